"""The rounds that belong to the invented partnerships."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from ctekit import samples
from ctekit.model.errors import CtekitError
from ctekit.model.questions import Json
from ctekit.ratings import DONT_KNOW, Ballot, Round, element_of
from ctekit.ratings.questions import questions
from ctekit.rounds.lifecycle import reveal
from ctekit.store import Store

_GROUPS = {
    "business": ("business & industry",),
    "K-12": ("K-12",),
    "postsecondary": ("postsecondary",),
    "others": (
        "workforce or other public agency",
        "workforce or other public agency",
        "workforce or other public agency",
        "convener or intermediary",
        "community",
        "learners & families",
    ),
}
"""Who the people in a sample's round are; "others" in the order of its note."""


def sample(name: str) -> tuple[Round, tuple[Ballot, ...]]:
    """The round that belongs to an invented partnership, with ballots that give exactly its counts.

    Parameters
    ----------
    name : str
        The sample's name, such as ``"harrow-bend"``.

    Returns
    -------
    tuple
        The round, and its ballots.

    Raises
    ------
    CtekitError
        The sample has no round.
    """
    written = samples.ratings(name)
    if not written:
        raise CtekitError(f"The sample “{name}” has no round of ratings. Take “harrow-bend”.")
    fields = list(written["counts"])
    about = "+".join(dict.fromkeys(element_of(field) for field in fields))
    wording = {question.field: question.wording for question in questions(about)}
    round_ = Round("round-1", written["name"], str(written["held_on"]), about, state="revealed", wording=wording)
    ballots = []
    for group, size in written["people"].items():
        columns = [_answers(written["counts"][field][group], turn) for turn, field in enumerate(fields)]
        for person in range(size):
            own = zip(fields, columns, strict=True)
            codes = {field: column[person] for field, column in own if person < len(column)}
            sectors = _GROUPS[group]
            who = f"{name}-{group}-{person + 1}".lower()
            ballots.append(Ballot("round-1", who, sectors[person % len(sectors)], codes))
    return round_, tuple(ballots)


def keep_sample(store: Store, name: str) -> Round:
    """Put a sample's round into a store, revealed.

    Parameters
    ----------
    store : Store
        Where the round is kept.
    name : str
        The sample's name, such as ``"harrow-bend"``.

    Returns
    -------
    Round
        As kept.
    """
    round_, ballots = sample(name)
    kept = store.keep_round(dataclasses.replace(round_, id="", state="open"))
    store.rate([dataclasses.replace(ballot, round=kept.id) for ballot in ballots])
    return reveal(store, kept.id)


def _answers(counts: Sequence[int], turn: int) -> list[Json]:
    """One column of answers. Turned a little from question to question, so that nobody is always lowest."""
    column: list[Json] = [level for level, count in enumerate(counts[:5]) for _ in range(count)]
    column += [DONT_KNOW] * counts[5]
    turn = turn * 2 % max(1, len(column))
    return column[turn:] + column[:turn]
