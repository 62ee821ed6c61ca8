"""What may be told of the answers in a store: how many before a round is revealed, and what they say after."""

from __future__ import annotations

from ctekit.model.errors import CtekitError
from ctekit.ratings import SLIP, Results, of_ratings
from ctekit.rounds.lookup import find
from ctekit.store import Store


class NotRevealedError(CtekitError):
    """Somebody asked for the answers of a round that nobody has revealed yet."""


def responses(store: Store, round_id: str) -> int:
    """How many have answered, without saying what.

    Parameters
    ----------
    store : Store
        Where the round is kept.
    round_id : str
        The round's id.

    Returns
    -------
    int
        People.
    """
    return store.answered(round_id)


def slips_kept(store: Store, round_id: str) -> set[str]:
    """How the slips of a round are called that stand in the worksheet; each is called so in the uid of its edits.

    Parameters
    ----------
    store : Store
        Where the round is kept.
    round_id : str
        The round's id.

    Returns
    -------
    set of str
        Their ids.
    """
    begins = f"{SLIP}-{round_id}-"
    written = (revision.uid.partition(".")[0] for revision in store.history("value", field="note"))
    return {uid for uid in written if uid.startswith(begins)}


def results(store: Store, round_id: str) -> Results:
    """What a revealed round says.

    Parameters
    ----------
    store : Store
        Where the round is kept.
    round_id : str
        The round's id.

    Returns
    -------
    Results
        Medians, spread and agreement, question by question.

    Raises
    ------
    NotFoundError
        There is no such round.
    NotRevealedError
        Nobody has revealed it yet.
    CtekitError
        It was set aside.
    """
    round_ = find(store, round_id)
    if round_.set_aside:
        raise CtekitError(f"“{round_.name}” was set aside and counts in nothing: {round_.set_aside}.")
    if not round_.is_counted:
        raise CtekitError(f"“{round_.name}” has answers in words, and nothing to count.")
    if round_.state != "revealed":
        raise NotRevealedError(
            f"The answers of “{round_.name}” are still secret. Let everybody answer, then reveal them."
        )
    return of_ratings(round_, store.ratings(round_id))
