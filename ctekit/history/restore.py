"""Bringing back how a worksheet stood: what stood before is written again, as new revisions."""

from __future__ import annotations

from collections.abc import Sequence

from ctekit import worksheets
from ctekit.history.changes import CurrentValues, Step, current_values, differences, place, until
from ctekit.history.entries import local_time
from ctekit.model.errors import NotFoundError
from ctekit.store import Edit, Revision, Store


def write(store: Store, edits: Sequence[Edit]) -> Step:
    """Save edits of one worksheet; gives all revisions that this made, also those that came too late."""
    if not edits:
        return ()
    since = store.latest()
    store.save(edits)
    return written(store, edits[0].worksheet, since, {edit.uid for edit in edits})


def written(store: Store, worksheet: str, since: int, uids: set[str]) -> Step:
    """The revisions after `since` that certain edits made, with those that put a new row into its table."""
    new = store.history(worksheet, since=since)
    return tuple(revision for revision in new if revision.uid in uids or revision.uid.removesuffix(".row") in uids)


def restore(store: Store, worksheet: str, moment: str | int, row: str = "", who: str = "") -> Step:
    """Bring a worksheet, or one row of it, back to a moment, by new revisions.

    Parameters
    ----------
    store : Store
    worksheet : str
        Its slug.
    moment : str or int
        See `until`.
    row : str
        The id of a row; "" for the whole worksheet.
    who : str
        Who says so; "" for the person at this computer.

    Returns
    -------
    tuple of Revision
        What was written; nothing if it stood that way already.

    Raises
    ------
    NotFoundError
        There is no such worksheet, or nothing had been saved by then.
    """
    now, back = _plan(store, worksheet, moment, row)
    # Whoever saves in this very moment is not written over: their answer stays, and ours is in the history.
    edits = [
        Edit(worksheet, revision.field, revision.value, revision.row, who, _seq(now, revision)) for revision in back
    ]
    return write(store, edits)


def plan_restore(store: Store, worksheet: str, moment: str | int, row: str = "") -> list[Revision]:
    """What `restore` would change, without changing it.

    Parameters
    ----------
    store, worksheet, moment, row
        As for `restore`.

    Returns
    -------
    list of Revision
        Each with `old` as it stands now and `value` as it would stand.
    """
    return _plan(store, worksheet, moment, row)[1]


def _plan(store: Store, worksheet: str, moment: str | int, row: str) -> tuple[CurrentValues, list[Revision]]:
    worksheets.called(worksheet)
    begun = store.history("profile", "", "partnership_id")
    if not until(begun, moment):
        raise NotFoundError(
            f"Nothing had been saved by “{moment}”. This partnership begins at {local_time(begun[0].at)}."
        )
    revisions = store.history(worksheet)
    if row and not any(revision.row == row for revision in revisions):
        raise NotFoundError(f"“{worksheet}” never had a row '{row}'. See `ctekit history` for those it had.")
    now = current_values(revisions)
    back = differences(now, current_values(until(revisions, moment)))
    return now, [revision for revision in back if not row or revision.row == row]


def _seq(now: CurrentValues, revision: Revision) -> int:
    there = now.get(place(revision))
    return there.seq if there else 0
