"""What is open in the room: one round, who has answered it, and where slips are written."""

from __future__ import annotations

import asyncio
import datetime
import zlib
from collections.abc import Callable

from ctekit import ratings, rounds
from ctekit.ratings import SLIP, Ballot, Round
from ctekit.room.now import OpenActivity
from ctekit.room.slips import Slips
from ctekit.room.unsent import UnsentAnswers
from ctekit.store import Store
from ctekit.store.ballots import BallotRecord


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


class Activity:
    """One round in the room. Its answers are in the store alone, so that a room that was killed shows the same.

    Parameters
    ----------
    store : Store
    round_ : Round
    clock : callable
        Gives the moment, aware.

    Attributes
    ----------
    answered : int
        How many ballots or slips are kept.
    answering : set of str
        The respondents whose first ballot this process has let in.
    unsent : UnsentAnswers
        The respondents on whose phone something stands that was not sent.
    blank_pages : dict
        By language: the page with all questions and no answer, and what the timer said on it. All phones of a room come
        for it at once.
    """

    def __init__(self, store: Store, round_: Round, clock: Callable[[], datetime.datetime] = _now) -> None:
        self._store, self.round = store, round_
        self.answering: set[str] = set()
        self.unsent = UnsentAnswers(clock)
        self._respondents = store.respondents(round_.id)
        self.blank_pages: dict[str, tuple[int | None, str]] = {}
        self.fields = [question.field for question in round_.questions]
        self.slips = Slips(store, round_) if round_.about == SLIP else None
        self.answered = 0
        self.results: ratings.Results | None = None
        self.look(round_)

    @property
    def is_open(self) -> bool:
        """Whether answers are taken."""
        return self.round.state == "open"

    @property
    def summary(self) -> OpenActivity:
        """What is told of it."""
        round_ = self.round
        return OpenActivity(
            round_.id,
            round_.name,
            round_.about,
            round_.title,
            round_.options,
            round_.state,
            self.answered,
            round_.seconds_left,
            zlib.crc32(repr(sorted(round_.edited.items())).encode()),
            len(self.unsent) if self.is_open else 0,
        )

    @property
    def standing(self) -> tuple[object, ...]:
        """What makes it another one for the pages that show it; not all its results, which a revealed round keeps."""
        return (self.round, self.answered, len(self.unsent), self.results is not None)

    def begin(self, respondent: str, based_on: str) -> None:
        """Note that a phone has begun to answer, unless it has sent that meanwhile."""
        if based_on != "0" or respondent not in self._respondents:
            self.unsent.add(respondent)

    def look(self, round_: Round) -> None:
        """See how many have answered, also on paper and on the screen, and the results once they are revealed."""
        self.round = round_
        if self.slips is not None:
            self.slips.look()
        self.answered = len(self.slips) if self.slips is not None else self._store.answered(round_.id)
        if round_.state == "revealed" and round_.is_counted and self.results is None:
            self.results = rounds.results(self._store, round_.id)

    async def given(self, respondent: str) -> BallotRecord:
        """What a respondent has sent so far; the file is asked only for who has sent something."""
        if respondent not in self._respondents:
            return BallotRecord("", {}, 0)
        return await asyncio.to_thread(self._store.given, self.round.id, respondent, self.fields)

    async def keep(self, ballot: Ballot) -> str:
        """Hand a ballot to the store and wait until it is on the disk."""
        self._respondents.add(ballot.respondent)
        (receipt,) = await asyncio.wrap_future(self._store.rate_later([ballot]))
        self.unsent.discard(ballot.respondent)
        return receipt.outcome
