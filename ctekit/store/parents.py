"""Which revisions a new one was written upon: what makes two copies of a file joinable, whatever they numbered."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Protocol


class Written(Protocol):
    """What says, of a revision, upon which ones it was written."""

    @property
    def seq(self) -> int:
        """Its number."""

    @property
    def uid(self) -> str:
        """Its name."""

    @property
    def based_on(self) -> int | None:
        """The number of the revision that its author had seen; None where that is not known."""

    @property
    def conflicts_with(self) -> int | None:
        """The number of the one that went on standing, where it came too late."""

    @property
    def parents(self) -> tuple[str, ...]:
        """The names of those it was written upon, where it says so."""


def parents_of(history: Sequence[Written]) -> Mapping[str, tuple[str, ...]]:
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
    parents: dict[str, tuple[str, ...]] = {}
    standing: list[Written] = []
    for revision in history:
        if revision.parents:
            parents[revision.uid] = revision.parents
        else:
            on = revision.based_on
            count = len(standing) if on is None else bisect_right(standing, on, key=lambda each: each.seq)
            parents[revision.uid] = (standing[count - 1].uid,) if count else ()
        if revision.conflicts_with is None:
            standing.append(revision)
    return parents


def tips(history: Sequence[Written], seq: int) -> tuple[str, ...]:
    """The uids of the revisions of a place that nobody had written upon when a revision was the newest.

    Parameters
    ----------
    history : sequence of Revision
        All of the place, oldest first.
    seq : int
        The number of that revision.

    Returns
    -------
    tuple of str
        More than one where two people had changed the same and nobody had chosen yet.
    """
    then = [revision for revision in history if revision.seq <= seq]
    written_upon = {uid for uids in parents_of(then).values() for uid in uids}
    return tuple(revision.uid for revision in then if revision.uid not in written_upon)
