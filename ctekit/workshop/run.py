"""The clock of a run: which block is now, what is left of it, and how far the room is ahead or behind.

Nothing here reads a clock or a file: each moment is handed in, so that a run can be played as fast as one likes.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctekit.model.errors import CtekitError
from ctekit.workshop.agenda import NAMES, load
from ctekit.workshop.progress import Progress, Visit

if TYPE_CHECKING:
    from ctekit.workshop.block import Block

LONGEST_BLOCK = 600
"""Minutes."""


@dataclass(frozen=True)
class Slot:
    """A block with its times, as they look from now.

    Attributes
    ----------
    block : Block
    starts, ends : datetime
        When it began or will begin, and when it is over.
    minutes : int
        With what was added.
    state : str
        ``"done"``, ``"now"``, ``"next"``, ``"later"`` or ``"skipped"``.
    """

    block: Block
    starts: datetime.datetime
    ends: datetime.datetime
    minutes: int
    state: str


@dataclass(frozen=True)
class Run:
    """A session's blocks and how far they have come. Each act gives a new run; nothing changes in place.

    Parameters
    ----------
    blocks : sequence of Block
        In the order of the agenda, each with a key of its own.
    progress : Progress
    """

    blocks: Sequence[Block]
    progress: Progress

    # Where we are

    @property
    def started(self) -> bool:
        """Whether somebody has pressed start."""
        return bool(self.progress.visits)

    @property
    def ended(self) -> bool:
        """Whether the last block is done."""
        return self.progress.ended is not None

    @property
    def now(self) -> Block | None:
        """The block that is on; None before the start and after the end."""
        return self.blocks[self._at] if self.started and not self.ended else None

    @property
    def next(self) -> Block | None:
        """The block after it that is not skipped; before the start, the first of all. None where there is none."""
        if self.ended:
            return None
        rest = self.blocks[self._at + 1 :] if self.started else self.blocks
        return next((block for block in rest if block.key not in self.progress.skipped), None)

    def minutes(self, block: Block) -> int:
        """How long a block takes, with what was added."""
        return max(0, block.minutes + self.progress.added.get(block.key, 0))

    def left(self, now: datetime.datetime) -> int:
        """Seconds left of the block that is on; below zero once it is over its time. 0 where none is on."""
        return round((self.ends - now).total_seconds()) if self.now else 0

    @property
    def ends(self) -> datetime.datetime:
        """When the block that is on has had its time. The doors close at the start, whenever they were opened."""
        visit, block = self.progress.visits[-1], self.blocks[self._at]
        if block.before and self.progress.start:
            more = self.progress.added.get(block.key, 0)
            after = (later.minutes for later in self.blocks[self._at + 1 :] if later.before)
            return self.progress.start - _minutes(after) + _minutes([more])
        return visit.began + _minutes([self.minutes(block)])

    def behind(self, now: datetime.datetime) -> int:
        """Whole minutes that the room will end later than the run sheet says; below zero where it is ahead."""
        if not self.started or self.ended:
            return 0
        planned = self._planned_start + _minutes(block.minutes for block in self.blocks if not block.before)
        return int((self._end(now) - planned).total_seconds() / 60)  # toward zero: half a minute is on time

    def slots(self, now: datetime.datetime) -> tuple[Slot, ...]:
        """Every block with its times as they look from now.

        Parameters
        ----------
        now : datetime

        Returns
        -------
        tuple of Slot
        """
        began = {visit.block: visit.began for visit in self.progress.visits}
        at = self._at if self.started else -1
        doors = _minutes(block.minutes for block in self.blocks if block.before)
        clock = self._planned_start - doors if self.started or self.progress.start else now
        upcoming = self.next
        slots = []
        for place, block in enumerate(self.blocks):
            minutes = self.minutes(block)
            if block.key in self.progress.skipped or (place < at and block.key not in began):
                slots.append(Slot(block, clock, clock, minutes, "skipped"))
                continue
            starts = began.get(block.key, clock)
            if self.ended or place < at:
                ends, state = self._left_at(block.key, starts), "done"
            elif place == at:
                ends, state = max(now, self.ends), "now"
            else:
                ends = starts + _minutes([minutes])
                state = "next" if block is upcoming else "later"
            slots.append(Slot(block, starts, ends, minutes, state))
            clock = ends
        return tuple(slots)

    # What people do

    def begin(self, now: datetime.datetime) -> Run:
        """Start the first block; a run that has started goes on as it is. Past the start, nobody opens the doors."""
        late = self.progress.start is not None and now >= self.progress.start
        coming = (block for block in self.blocks if block.key not in self.progress.skipped)
        first = next((block for block in coming if not (late and block.before)), None)
        if self.started or first is None:
            return self
        return self._with(visits=(Visit(block=first.key, began=now),), wall="")

    def go_on(self, now: datetime.datetime) -> Run:
        """On to the next block that is not skipped; after the last one the run has ended."""
        if not self.started:
            return self.begin(now)
        upcoming = self.next
        if upcoming is None:
            return self if self.ended else self._with(ended=now, wall="")
        return self._with(visits=(*self.progress.visits, Visit(block=upcoming.key, began=now)), wall="")

    def go_back(self) -> Run:
        """Take the last step back, as if nobody had gone on: the block's time has run all the while."""
        visits = self.progress.visits if self.ended else self.progress.visits[:-1]
        again = {visit.block for visit in visits[-1:]}
        return self._with(visits=visits, ended=None, skipped=self.progress.skipped - again, wall="")

    def add(self, minutes: int) -> Run:
        """Give the block that is on more minutes, or fewer.

        Raises
        ------
        CtekitError
            No block is on, or it would take longer than any block can.
        """
        block = self.now
        if block is None:
            raise CtekitError("No block is on, so no minutes can be added. Start the run first.")
        total = self.minutes(block) + minutes
        if total > LONGEST_BLOCK:
            raise CtekitError(f"A block takes {LONGEST_BLOCK} minutes at most. Go on to the next one.")
        return self._with(added={**self.progress.added, block.key: max(0, total) - block.minutes})

    def skip(self, key: str, now: datetime.datetime) -> Run:
        """Leave a block out. Where it is on, the room goes on to the next.

        Raises
        ------
        CtekitError
            The agenda has no such block, or it is over.
        """
        block = self._coming(key)
        left_out = self._with(skipped=self.progress.skipped | {key})
        return left_out.go_on(now) if block is self.now else left_out

    def put_back(self, key: str) -> Run:
        """Take up again a block that was to be left out.

        Raises
        ------
        CtekitError
            The agenda has no such block, or it is over.
        """
        self._coming(key)
        return self._with(skipped=self.progress.skipped - {key})

    # Within

    @property
    def _at(self) -> int:
        """The place of the block that was begun last."""
        return self._place(self.progress.visits[-1].block) if self.progress.visits else 0

    @property
    def _planned_start(self) -> datetime.datetime:
        """When the session starts by the run sheet; where that was not said, when its first block was begun."""
        if self.progress.start:
            return self.progress.start
        doors = {block.key for block in self.blocks if block.before}
        visits = self.progress.visits
        first = next((visit for visit in visits if visit.block not in doors), visits[-1])
        rest = self.blocks[self._place(first.block) :]
        return first.began + _minutes(self.minutes(block) for block in rest if block.before)

    def _place(self, key: str) -> int:
        """Of a block; an agenda that was edited since begins anew."""
        return next((place for place, block in enumerate(self.blocks) if block.key == key), 0)

    def _end(self, now: datetime.datetime) -> datetime.datetime:
        """When the room ends, if all goes on as planned from now."""
        rest = (block for block in self.blocks[self._at + 1 :] if block.key not in self.progress.skipped)
        return max(now, self.ends) + _minutes(map(self.minutes, rest))

    def _left_at(self, key: str, otherwise: datetime.datetime) -> datetime.datetime:
        """When a block that is done was left."""
        visits = self.progress.visits
        place = next((place for place, visit in enumerate(visits) if visit.block == key), len(visits))
        if place + 1 < len(visits):
            return visits[place + 1].began
        return self.progress.ended or otherwise

    def _coming(self, key: str) -> Block:
        coming = self.blocks[self._at if self.started else 0 :] if not self.ended else ()
        for block in coming:
            if block.key == key:
                return block
        raise CtekitError("That block is over, or not in this agenda. Choose one that is still to come.")

    def _with(self, **changes: object) -> Run:
        return Run(self.blocks, self.progress.model_copy(update=changes))


def resume(kept: Progress | None, now: datetime.datetime) -> Run | None:
    """The run that was kept, where it is one of today.

    Parameters
    ----------
    kept : Progress or None
    now : datetime
        Aware.

    Returns
    -------
    Run or None
        None where none was begun, or its last block belongs to another day.
    """
    if kept is None or kept.path not in NAMES:
        return None
    if any(not _same_day(visit.began, now) for visit in kept.visits[-1:]):
        return None
    sessions = load(kept.path).sessions
    return Run(sessions[min(kept.session, len(sessions) - 1)].blocks, kept)


def on_wall(kept: Progress | None, now: datetime.datetime) -> str:
    """What the lead has put on the wall today; "" for what belongs to the moment.

    Parameters
    ----------
    kept : Progress or None
    now : datetime
        Aware.

    Returns
    -------
    str
    """
    return kept.wall if kept and kept.chosen and _same_day(kept.chosen, now) else ""


def _same_day(moment: datetime.datetime, now: datetime.datetime) -> bool:
    return moment.astimezone().date() == now.astimezone().date()


def _minutes(lengths: Iterable[int]) -> datetime.timedelta:
    return datetime.timedelta(minutes=sum(lengths))
