"""What a room knows while one round is open: its passes, and who has joined."""

from __future__ import annotations

import asyncio
import contextlib
import math
import time
from collections.abc import Callable

from starlette.requests import Request

from ctekit import rounds
from ctekit.ratings import SLIP, Ballot, new_respondent
from ctekit.room.security import GuessLimiter, SignedTokens, TokenBucket
from ctekit.room.slips import Slips
from ctekit.store import Store, StoreError
from ctekit.store.ballots import BallotRecord
from ctekit.store.room_access import RoomAccess

LOOK_EVERY = 0.4
"""Seconds until a round that was closed in the notebook is closed on the phones. The store itself is never late."""


class Room:
    """One round's room. Answers are in the store alone, so that a second room of the same round shows the same.

    Attributes
    ----------
    end : callable
        Ends the room; whoever runs it says how.
    joined, answering : set of str
        The respondents seen since this process began, and those whose first ballot it has let in.
    """

    def __init__(self, store: Store, round_id: str, access: RoomAccess, token: str, linger: float = math.inf) -> None:
        self.store, self.access, self.token = store, access, token
        self.round = rounds.find(store, round_id)
        self.passes, self.guesses, self.buckets = SignedTokens(access.secret, round_id), GuessLimiter(), TokenBucket()
        self.glances = TokenBucket(burst=24, per_second=2)  # reading a slip back keeps nothing, and may be done often
        self._linger = linger
        self.end: Callable[[], None] = lambda: None
        self.joined: set[str] = set()
        self.answering: set[str] = set()
        self.answered = store.answered(round_id)
        self.fields = [question.field for question in self.round.questions]
        self.slips = Slips(store, self.round) if self.round.about == SLIP else None

    @property
    def is_open(self) -> bool:
        """Whether answers are taken."""
        return self.round.state == "open"

    async def look(self) -> None:
        """See again and again whether the round was closed elsewhere; end the room some time after."""
        over = math.inf
        while time.monotonic() < over:
            await asyncio.sleep(LOOK_EVERY)
            with contextlib.suppress(StoreError):  # a busy disk: the next look will do
                self.round = await asyncio.to_thread(rounds.find, self.store, self.round.id)
                if self.round.places is not None:  # ballots from paper and from another room take places too
                    self.answered = await asyncio.to_thread(self.store.answered, self.round.id)
                if self.slips is not None:
                    await asyncio.to_thread(self.slips.look)
            over = math.inf if self.is_open else min(over, time.monotonic() + self._linger)
        self.end()

    def who(self, request: Request) -> str:
        """The respondent of this phone; "" when it has not joined."""
        respondent = self.passes.find(request.headers.get("cookie", ""))
        if respondent:
            self.joined.add(respondent)
        return respondent

    async def admit(self) -> str:
        """The respondent for one more person; "" when everybody who is here has joined."""
        respondent = new_respondent()
        return respondent if await self._has_place(respondent, self.joined) else ""

    async def may_answer(self, respondent: str, standing: BallotRecord) -> bool:
        """Whether this phone's ballot counts: it changes one that stands, or there is a place for one more.

        Asked besides `admit`: passes may have been taken before anybody said how many people are here.
        """
        return bool(standing.seq) or await self._has_place(respondent, self.answering)

    async def _has_place(self, respondent: str, counted: set[str]) -> bool:
        places = (await asyncio.to_thread(rounds.find, self.store, self.round.id)).places
        # No waiting from here on: of many at once, each is counted before the next is judged.
        if respondent not in counted and places is not None and max(len(counted), self.answered) >= places:
            return False
        counted.add(respondent)
        return True

    async def given(self, respondent: str) -> BallotRecord:
        """What this phone has sent so far."""
        return await asyncio.to_thread(self.store.given, self.round.id, respondent, self.fields)

    async def keep(self, ballot: Ballot) -> str:
        """Hand a ballot to the store and wait until it is on the disk."""
        (receipt,) = await asyncio.wrap_future(self.store.rate_later([ballot]))
        return receipt.outcome


def room_of(request: Request) -> Room:
    """The room that a request has come to."""
    room: Room = request.app.state.room
    return room
