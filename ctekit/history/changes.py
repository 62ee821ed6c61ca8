"""Which answers stand at a moment, and what is different between two. Nothing here ever takes a revision away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ctekit.model.questions import InvalidAnswerError
from ctekit.store import Revision
from ctekit.store.queries import end_of

Place = tuple[str, str, str]
"""Worksheet, row and field."""

CurrentValues = Mapping[Place, Revision]
"""The revision that stands at each place, of one moment."""

Step = tuple[Revision, ...]
"""What one act of one person wrote."""


def current_values(revisions: Iterable[Revision]) -> dict[Place, Revision]:
    """What stands at each place after these revisions, which are given oldest first."""
    return {place(revision): revision for revision in revisions if revision.conflicts_with is None}


def place(revision: Revision) -> Place:
    """Where a revision belongs."""
    return revision.worksheet, revision.row, revision.field


def until(revisions: Sequence[Revision], moment: str | int) -> list[Revision]:
    """Those revisions that had been saved at a moment.

    Parameters
    ----------
    revisions : sequence of Revision
    moment : str or int
        The end of a day (``"2026-10-01"``), a time (``"2026-10-01T10:42"``), or the number of a revision.

    Raises
    ------
    ctekit.model.questions.InvalidAnswerError
        It is none of these.
    """
    if isinstance(moment, int) or (moment.isdecimal() and len(moment) < 19):
        return [revision for revision in revisions if revision.seq <= int(moment)]
    return [revision for revision in revisions if revision.at < end_of_moment(moment)]


def end_of_moment(moment: str) -> str:
    """The first time after a day or time that a person names, as the store keeps it.

    Raises
    ------
    ctekit.model.questions.InvalidAnswerError
        It is neither.
    """
    try:
        return end_of(moment)
    except ValueError as error:
        raise InvalidAnswerError(f"{error} The number of a revision will do as well.") from None


def differences(before: CurrentValues, after: CurrentValues) -> list[Revision]:
    """What is different in `after`. A row that is not there in it is told once, not question by question.

    Parameters
    ----------
    before, after : mapping
        What stands at two moments, see `current_values`.

    Returns
    -------
    list of Revision
        Those whose `old` stands in `before`, and whose `value` stands in `after`; oldest first.
    """
    revisions = []
    for where in {**before, **after}:
        worksheet, row, field = where
        old = before[where].value if where in before else None
        value = after[where].value if where in after else None
        if old == value or (row and field != "row" and not _is_there(after, worksheet, row)):
            continue
        revision = after.get(where) or before[where]
        revisions.append(replace(revision, old=old, value=value))
    return sorted(revisions, key=lambda each: each.seq)


def _is_there(moment: CurrentValues, worksheet: str, row: str) -> bool:
    born = moment.get((worksheet, row, "row"))
    return born is not None and born.value is not None
