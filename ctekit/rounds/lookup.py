"""Finding a round in a store: by its id, or by what it asks."""

from __future__ import annotations

from collections.abc import Sequence

from ctekit.model.days import long_day
from ctekit.model.errors import NotFoundError
from ctekit.model.text import one_line
from ctekit.ratings import IDEAS, Round
from ctekit.store import Store


def find(store: Store, round_id: str) -> Round:
    """The round with this id.

    Parameters
    ----------
    store : Store
        Where the round is kept.
    round_id : str
        The round's id.

    Returns
    -------
    Round
        As it stands now.

    Raises
    ------
    NotFoundError
        There is none; the sentence names those there are.
    """
    rounds = store.rounds()
    for round_ in rounds:
        if round_.id == round_id:
            return round_
    there = ", ".join(f"{round_.id} ({round_.name})" for round_ in rounds) or "none yet"
    raise NotFoundError(f"There is no round “{round_id}”. The rounds are: {there}.")


def newest(store: Store, about: str, *, title: str = "", options: Sequence[str] = ()) -> Round | None:
    """The newest round that asks just this, in whatever state; None where there is none.

    Parameters
    ----------
    store : Store
        Where the round is kept.
    about : str
        As for `ctekit.ratings.questions`.
    title : str
        What is decided; "" for a round that is no vote.
    options : sequence of str
        What is voted on, for dots.

    Returns
    -------
    Round or None
        As it stands now.
    """
    rounds = asking(store, about, title, options)
    return rounds[-1] if rounds else None


def left_out(store: Store, about: str = "") -> list[str]:
    """The rounds that count in nothing, with their day and why, as people read it.

    Parameters
    ----------
    store : Store
    about : str
        Only those about this; "" for all.

    Returns
    -------
    list of str
        In the order they were opened.
    """
    rounds = [round_ for round_ in store.rounds() if round_.set_aside and about in ("", round_.about)]
    return [f"“{round_.name}”, {long_day(round_.held_on)}: {one_line(round_.set_aside)}" for round_ in rounds]


def asking(store: Store, about: str, title: str, options: Sequence[str]) -> list[Round]:
    """The rounds that ask just this, in the order they were opened.

    Parameters
    ----------
    store, about, title, options
        As for `newest`.

    Returns
    -------
    list of Round
    """
    asked = about, title, tuple(options)
    rounds = (round_ for round_ in store.rounds() if not round_.set_aside)
    # The options of ideas are what people wrote.
    return [row for row in rounds if (row.about, row.title, () if row.about == IDEAS else row.options) == asked]
