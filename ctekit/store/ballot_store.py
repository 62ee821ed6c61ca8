"""Rounds and ballots in the store: handed in, counted once they are revealed, and the way into a day's room."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from concurrent.futures import Future

from sqlalchemy import Connection

from ctekit.model.questions import Json
from ctekit.ratings import IDEAS, Ballot, Rating, Receipt, Results, Round, of_ratings
from ctekit.store import ballots
from ctekit.store.access import Access
from ctekit.store.ballots import BallotRecord, Ballots
from ctekit.store.room_access import RoomAccess, door, is_open, revoke


class BallotStore(Access):
    """The rounds of a partnership and what was answered in them."""

    def rate(self, forms: Sequence[Ballot]) -> list[Receipt]:
        """Hand in ballots, all of them or none, and wait until they are on the disk.

        Parameters
        ----------
        forms : sequence of Ballot
            Each of one person.

        Returns
        -------
        list of Receipt
            One a ballot.

        Raises
        ------
        StoreError
            They could not be saved; nothing of them was.
        """
        return self.rate_later(forms).result()

    def rate_later(self, forms: Sequence[Ballot]) -> Future[list[Receipt]]:
        """Hand in ballots without waiting; the future ends when they are on the disk.

        Parameters
        ----------
        forms : sequence of Ballot
            Each of one person.

        Returns
        -------
        Future
            Gives what `rate` gives.
        """
        forms = tuple(forms)
        return self._writer.submit(lambda *where: [Ballots(*where[:3]).keep(ballot) for ballot in forms])

    def ratings(self, round_id: str | None = None) -> list[Rating]:
        """Every answer of a round, or of all, as it stands; none of a round that is not revealed.

        Parameters
        ----------
        round_id : str or None
            The round's id; None for all rounds.

        Returns
        -------
        list of Rating
            One for each question that a person answered.
        """
        with self._reading() as connection:
            return ballots.ratings(connection, self.partnership, self._revealed(connection, round_id))

    def counts(self, round_id: str | None = None) -> dict[tuple[str, str, str, Json], int]:
        """How many answers stand, by (round, question, sector, code), as `ratings` gives them; for very many.

        Parameters
        ----------
        round_id : str or None
            The round's id; None for all rounds.

        Returns
        -------
        dict
            (round, question, sector, code) -> answers.
        """
        with self._reading() as connection:
            return ballots.counts(connection, self.partnership, self._revealed(connection, round_id))

    def fingerprints(self) -> dict[str, str]:
        """What tells whether the ballots of a revealed round are still the same.

        Returns
        -------
        dict of str to str
            Round -> letters that change with its ballots, and say nothing of them.
        """
        with self._reading() as connection:
            return ballots.fingerprints(connection, self.partnership, self._revealed(connection, None))

    def _revealed(self, connection: Connection, round_id: str | None) -> list[str]:
        rounds = ballots.rounds(connection, self.partnership, round_id or "")
        return [round_.id for round_ in rounds if round_.state == "revealed" and round_.is_counted]

    def ideas(self, round_id: str) -> list[Rating]:
        """The ideas of a round that takes no more, as they were typed; none while people still send.

        Parameters
        ----------
        round_id : str
            The round's id.

        Returns
        -------
        list of Rating
            Each idea is the code of one.
        """
        with self._reading() as connection:
            rounds = ballots.rounds(connection, self.partnership, round_id)
            closed = [round_.id for round_ in rounds if round_.about == IDEAS and round_.state != "open"]
            return ballots.ratings(connection, self.partnership, closed)

    def answered(self, round_id: str) -> int:
        """How many people have handed in a ballot.

        Parameters
        ----------
        round_id : str
            The round's id.

        Returns
        -------
        int
            People.
        """
        with self._reading() as connection:
            return ballots.answered(connection, self.partnership, round_id)

    def respondents(self, round_id: str) -> set[str]:
        """Under which names ballots of a round were ever handed in; who took all answers back is among them.

        Parameters
        ----------
        round_id : str
            The round's id.

        Returns
        -------
        set of str
            As `ctekit.ratings.new_respondent` made them.
        """
        with self._reading() as connection:
            return ballots.respondents(connection, self.partnership, round_id)

    def given(self, round_id: str, respondent: str, fields: Sequence[str]) -> BallotRecord:
        """What one respondent has answered so far.

        Parameters
        ----------
        round_id : str
            The round's id.
        respondent : str
            As `ctekit.ratings.new_respondent` named them.
        fields : sequence of str
            The questions to look up.

        Returns
        -------
        BallotRecord
            With the number to base the next ballot on.
        """
        with self._reading() as connection:
            return ballots.given(connection, self.partnership, round_id, respondent, tuple(fields))

    def rounds(self) -> list[Round]:
        """All rounds, in the order they were opened.

        Returns
        -------
        list of Round
            Each as it stands now.
        """
        with self._reading() as connection:
            return ballots.rounds(connection, self.partnership)

    def keep_round(self, round_to_keep: Round) -> Round:
        """Append a round, new (without id) or changed; gives it with its id.

        Parameters
        ----------
        round_to_keep : Round
            The round; "" as its id for a new one.

        Returns
        -------
        Round
            As kept.
        """
        uid = uuid.uuid4().hex  # made before it is sent: sent twice, it is kept once
        return self._writer.submit(lambda *where: Ballots(*where[:3]).keep_round(round_to_keep, uid)).result()

    def door(self, day: str, port: int | None = None) -> RoomAccess:
        """The way into the room of a day; made at first, the same again after a crash. With `port`, where it listens.

        It lies in the file beside the revisions and is no part of them: no export, history or workbook knows it. A
        copy of the file made while the room is open holds it too. The doors of other days are taken away.

        Parameters
        ----------
        day : str
            As `RoomAccess.day` has it.
        port : int or None
            Where the room listens; None leaves it as it was.

        Returns
        -------
        RoomAccess
            What lets phones in.
        """
        return self._writer.submit(lambda connection, *_: door(connection, day, port)).result()

    def has_door(self, day: str) -> bool:
        """Whether the way into the room of a day is there; none is made.

        Parameters
        ----------
        day : str
            As `RoomAccess.day` has it.

        Returns
        -------
        bool
            False, too, once the day was ended.
        """
        with self._reading() as connection:
            return is_open(connection, day)

    def close_door(self) -> None:
        """Take the way in away for good: the day is over, and no pass of it is worth anything any more."""
        self._writer.submit(lambda connection, *_: revoke(connection)).result()

    def _rounds(self, revision: int) -> tuple[Results, ...]:
        with self._reading() as connection:
            rounds = ballots.rounds(connection, self.partnership, revision=revision)
            # No answer is taken once a round is revealed, so that those of today are those of then.
            revealed = sorted(
                (round_ for round_ in rounds if round_.state == "revealed" and round_.is_counted),
                key=lambda round_: round_.held_on,
            )
            return tuple(
                of_ratings(round_, ballots.ratings(connection, self.partnership, [round_.id])) for round_ in revealed
            )
