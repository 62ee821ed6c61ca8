"""What a room knows of its day: who has joined, how many are here, and the activity that is open."""

from __future__ import annotations

import asyncio
import datetime
import logging
import time
from collections import Counter
from collections.abc import Callable
from threading import Lock

from starlette.requests import Request

from ctekit import ratings, rounds
from ctekit.ratings import Round, new_respondent
from ctekit.room.activity import Activity
from ctekit.room.late import LateActivities
from ctekit.room.networks import ListeningSocket
from ctekit.room.now import Bell, Now, revealed, screen_of
from ctekit.room.security import GuessLimiter, SignedTokens, TokenBucket
from ctekit.store import Store, StoreError
from ctekit.store.room_access import RoomAccess
from ctekit.workshop.progress import ProgressFile
from ctekit.workshop.run import resume

LOOK_EVERY = 0.4
"""Seconds until what was opened or closed elsewhere is so on the phones. The store itself is never late."""

HEARING = datetime.timedelta(seconds=10)
"""In which all phones that are awake have found a room that was started anew, and have said what is not sent there."""

MOST_WAITING = 500
"""Phones that can wait for the facilitator's nod at once."""


class Room:
    """The room of one day.

    Parameters
    ----------
    store : Store
    access : RoomAccess
        The day's.
    token : str
        The presenter's.
    place : ListeningSocket or None
        Where it listens.
    rehearsal : bool
        Whether the store is a copy that is thrown away.
    round_id : str
        The round to put before everybody at first; "" for the newest of today that is open.
    is_anew : bool
        Whether phones may have joined before this process began.

    Attributes
    ----------
    end, may_go_on : callable
        Ends the process, and says whether it may go on; whoever runs it says how.
    people : int
        How many are here, as the facilitator says; 0 where nobody has said.
    joined, waiting : set of str
        The passes seen since this process began, and those that wait for a nod. They are written nowhere.
    lock : Lock
        Held by whoever reads a round and tells the activity of it: no look is older than a change that was seen.
    changes, screens : Bell
        Rung when anything has changed, and when what phones show has.
    """

    def __init__(
        self,
        store: Store,
        access: RoomAccess,
        token: str,
        place: ListeningSocket | None = None,
        *,
        rehearsal: bool = False,
        round_id: str = "",
        is_anew: bool = False,
    ) -> None:
        self.store, self.access, self.token, self.rehearsal = store, access, token, rehearsal
        self.lock = Lock()
        self.place = place or ListeningSocket("", "", access.code, 0, False)
        self.day = datetime.date.today().isoformat()
        self.passes = SignedTokens(access.secret, access.day, encrypted=self.place.encrypted)
        self.guesses, self.buckets = GuessLimiter(), TokenBucket()
        self.glances = TokenBucket(burst=24, per_second=2)  # reading a slip back keeps nothing, and may be done often
        self.end: Callable[[], None] = lambda: None
        self.may_go_on: Callable[[], bool] = lambda: True
        self.joined, self.waiting, self.streams = set[str](), set[str](), Counter[str]()
        self.changes, self.screens = Bell(), Bell()
        self.activity: Activity | None = None
        self.late = LateActivities(lambda: self.clock())
        self.ended, self.is_over, self._nodded, self._looked = False, rehearsal, 0, 0.0
        self.clock: Callable[[], datetime.datetime] = lambda: datetime.datetime.now(datetime.UTC)
        self.progress, self._saved = ProgressFile(store.path.parent), store.latest()
        self._last_shown: tuple[object, ...] | None = None
        self._rounds = store.rounds()
        today = [round_ for round_ in self._rounds if round_.held_on == self.day]
        self.people = next((round_.people for round_ in reversed(today) if round_.people), 0)
        is_open = [round_ for round_ in today if round_.state == "open"]
        if round_id:
            self.activity = self._activity(rounds.find(store, round_id))
        elif is_open:
            self.activity = self._activity(is_open[-1])
        self._hears_until = self.clock() + HEARING if is_anew and self.activity else None

    # Who is here

    @property
    def places(self) -> int | None:
        """How many phones may join without a nod; None for any number."""
        places = ratings.places(self.people)
        return None if places is None else places + self._nodded

    def who(self, request: Request) -> str:
        """The pass of this phone; "" where it has not joined, or still waits for a nod."""
        phone = self.passes.find(request.headers.get("cookie", ""))
        if not phone or phone in self.waiting:
            return ""
        if phone not in self.joined:
            self.joined.add(phone)
            self.changed()
        return phone

    def waits(self, request: Request) -> str:
        """The pass of a phone that waits for the facilitator's nod, or ""."""
        phone = self.passes.find(request.headers.get("cookie", ""))
        return phone if phone in self.waiting else ""

    async def admit(self) -> str:
        """A pass for one more phone, which may have to wait for a nod; "" where far too many wait already."""
        await self._hear()
        phone = new_respondent()
        # No waiting from here on: of many at once, each is counted before the next is judged.
        if self.places is None or len(self.joined) < self.places:
            self.joined.add(phone)
        elif len(self.waiting) < MOST_WAITING:
            self.waiting.add(phone)
        else:
            return ""
        self.changed()
        return phone

    def nod(self) -> None:
        """Let everybody in who waits."""
        self._nodded += max(0, len(self.joined) + len(self.waiting) - (self.places or 0))
        self.joined |= self.waiting
        self.waiting.clear()
        self.changed()
        self.screens.ring()

    async def may_answer(self, activity: Activity, respondent: str) -> bool:
        """Whether a first ballot counts: passes may have been taken before anybody said how many people are here."""
        await self._hear()
        places, counted = self.places, activity.answering
        if respondent not in counted and places is not None and max(len(counted), activity.answered) >= places:
            return False
        counted.add(respondent)
        return True

    async def _hear(self) -> None:
        """How many people a notebook says are here: that holds as soon as it is said."""
        if self.activity and self.activity.is_open:
            round_ = await asyncio.to_thread(rounds.find, self.store, self.activity.round.id)
            self.people = round_.people or self.people

    # What is open

    @property
    def is_hearing(self) -> bool:
        """Whether phones may still say that something stands on them, since the room was started anew amid a round."""
        return bool(self._hears_until and self.clock() < self._hears_until and self.activity and self.activity.is_open)

    def screen(self, phone: str = "") -> str:
        """What a phone shows."""
        if phone in self.waiting:
            return "hold"
        if self.activity:
            return screen_of(self.activity.round)
        run = resume(self.progress.now, self.clock())
        return "over" if run and run.ended else "wait"

    def now(self) -> Now:
        """What stands at this moment; `ctekit.room.now` says of what that is made."""
        activity, place = self.activity, self.place
        return Now(
            screen=self.screen(),
            day=self.day,
            rehearsal=self.rehearsal,
            address=place.address,
            code=place.code,
            link=place.link,
            shared=place.shared,
            people=self.people,
            joined=len(self.joined),
            waiting=len(self.waiting),
            activity=activity.summary if activity else None,
            results=revealed(activity.results) if activity and activity.results else None,
            run=self.progress.now.model_dump(mode="json") if self.progress.now else None,
            saved=self._saved,
            late=self.late.unsent,
            hearing=self.is_hearing,
        )

    @property
    def round_ids(self) -> list[str]:
        """All rounds that there are."""
        return [round_.id for round_ in self._rounds]

    async def show(self, round_id: str) -> None:
        """Put a round before everybody; "" for none: phones wait and look at the wall."""
        self._put(await asyncio.to_thread(self._find, round_id) if round_id else None)

    def _put(self, activity: Activity | None) -> None:
        if activity is not self.activity:
            self.late.change(self.activity, activity)
        self.activity = activity
        self.changed()

    def _activity(self, round_: Round) -> Activity:
        return Activity(self.store, round_, lambda: self.clock())

    def _find(self, round_id: str) -> Activity:
        with self.lock:
            round_, shown = rounds.find(self.store, round_id), self.late.find(round_id) or self.activity
            self._rounds = self.store.rounds()
            if shown is None or shown.round.id != round_id:
                return self._activity(round_)
            shown.look(round_)  # the same stays: it knows whose ballot is just on its way to the disk
            return shown

    async def look(self) -> None:
        """See again and again what was opened, answered or closed elsewhere, until the day ends."""
        while datetime.date.today().isoformat() == self.day:
            # A notebook that asks looks too, and its look is everybody's.
            await asyncio.sleep(max(LOOK_EVERY - (time.monotonic() - self._looked), 0.01))
            try:
                if not await asyncio.to_thread(self.may_go_on):
                    break
                if time.monotonic() - self._looked >= LOOK_EVERY:
                    await self.refresh()
            except Exception as error:  # the next look will do; without one nothing is followed, and no day ends
                self._looked = time.monotonic()
                if not isinstance(error, StoreError | OSError):  # a busy disk
                    logging.getLogger("ctekit").warning("The room could not be looked at", exc_info=True)
        else:
            self.is_over = True
        self.stop()

    async def refresh(self) -> None:
        """See what was opened, answered or closed elsewhere."""
        before, self._looked = self.activity, time.monotonic()
        activity = await asyncio.to_thread(self._look, before)
        if self.activity is not before:  # somebody was faster, and this look is an old one
            return
        if activity and activity.is_open:
            self.people = activity.round.people or self.people
        self._put(activity)

    def _look(self, activity: Activity | None) -> Activity | None:
        with self.lock:
            round_ids = {round_.id for round_ in self._rounds}
            self._rounds = self.store.rounds()
            self.progress.look()
            self._saved = self.store.latest()
            by_id = {round_.id: round_ for round_ in self._rounds}
            self.late.look(by_id)
            if activity:
                activity.look(by_id.get(activity.round.id, activity.round))
            fresh = [round_ for round_ in self._rounds if round_.id not in round_ids and round_.state == "open"]
            if fresh:
                return self._activity(fresh[-1])
            return None if activity and activity.round.set_aside else activity

    def changed(self) -> None:
        """Ring the bells if anything is otherwise than it was told last. Pages count time down by themselves."""
        activity = self.activity
        stands, shown = activity.standing if activity else None, (self.screen(), self.late.round_ids)
        sizes = self.people, len(self.joined), len(self.waiting), self.late.unsent, self.is_hearing
        now = shown, stands, sizes, self._saved, self.progress.now
        before, self._last_shown = self._last_shown, now
        if before == now:
            return
        self.changes.ring()
        if before is None or before[0] != now[0]:
            self.screens.ring()

    def stop(self) -> None:
        """End all streams, and the process."""
        self.ended = True
        self.changes.ring()
        self.screens.ring()
        self.end()


def room_of(request: Request) -> Room:
    """The room that a request has come to."""
    room: Room = request.app.state.room
    return room
