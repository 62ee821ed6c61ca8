"""Which revisions a new one was written upon: what makes two copies of a file joinable, whatever they numbered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ctekit.store.edits import Revision


def parents_of(history: Sequence[Revision]) -> Mapping[str, tuple[str, ...]]:
    """The parents of each revision of one place, by uid.

    Parameters
    ----------
    history : sequence of Revision
        All of the place, oldest first.

    Returns
    -------
    mapping
        What a revision of the first schema does not say follows from its numbers: it was written upon the newest one
        that stood, and that its author had seen.
    """
    found: dict[str, tuple[str, ...]] = {}
    for place, revision in enumerate(history):
        if revision.parents:
            found[revision.uid] = revision.parents
            continue
        seen = [
            each
            for each in history[:place]
            if each.conflicts_with is None and (revision.based_on is None or each.seq <= revision.based_on)
        ]
        found[revision.uid] = (seen[-1].uid,) if seen else ()
    return found


def tips(history: Sequence[Revision], seen: int) -> tuple[str, ...]:
    """The uids of the revisions of a place that nobody had written upon when a revision was the newest.

    Parameters
    ----------
    history : sequence of Revision
        All of the place, oldest first.
    seen : int
        The number of that revision.

    Returns
    -------
    tuple of str
        More than one where two people had changed the same and nobody had chosen yet.
    """
    then = [revision for revision in history if revision.seq <= seen]
    written_upon = {uid for uids in parents_of(then).values() for uid in uids}
    return tuple(revision.uid for revision in then if revision.uid not in written_upon)
