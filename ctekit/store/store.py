"""The store of one partnership: save and load, look back, keep a copy."""

from __future__ import annotations

import datetime
import os
import sqlite3
import weakref
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import DBAPIError

from ctekit.model.questions import Json
from ctekit.ratings import Ballot, Rating, Receipt, Results, Round, of_ratings
from ctekit.store import ballots, file
from ctekit.store.ballots import BallotRecord, Ballots
from ctekit.store.batch import Batch, check
from ctekit.store.connect import absolute, connect, sentence, told
from ctekit.store.edits import Edit, Revision, SaveResult, StoreError
from ctekit.store.engine import engine
from ctekit.store.ours import partnership_of
from ctekit.store.queries import (
    days,
    end_of,
    last_public,
    public_days,
    readable,
    revisions,
    select_revisions,
    time_of,
    workbook,
)
from ctekit.store.room_access import RoomAccess, door, revoke
from ctekit.store.schema import current, r
from ctekit.store.text import time
from ctekit.store.writer import Writer
from ctekit.workbook import Earlier, Workbook

Clock = Callable[[], datetime.datetime]
Seqs = dict[tuple[str, str, str], int]

PARTNERSHIP_ID = ("profile", "", "partnership_id")
"""Where the first revision of each file stands."""


class Store:
    """Every answer of a partnership, revision after revision. Made by `create_store` and `open_store`.

    Each reading opens the file and closes it again: it never keeps anybody from saving, and always reads what lies at
    the path now. One thread writes.

    Attributes
    ----------
    path : Path
        Of the file.
    partnership : str
        The id of the partnership, made with the file; it never changes.
    """

    def __init__(self, path: Path, clock: Clock | None = None) -> None:
        self.path = path
        with told(path), closing(connect(path, writing=False)) as connection:
            self.partnership = partnership_of(connection, path)
        self._reader = engine(path, self.partnership, writing=False)
        self._mark: Any = None
        self._kept: tuple[Workbook, Seqs]
        tell = clock or now
        writer = Writer(engine(path, self.partnership, writing=True), path, self.partnership, lambda: time_of(tell()))
        self._writer = writer
        # Also when Python ends: a thread that is merely dropped would take waiting answers with it.
        self._finish = weakref.finalize(self, writer.finish)

    def save(self, edits: Sequence[Edit]) -> list[SaveResult]:
        """Save a batch, all or nothing, and wait until it is on the disk.

        Parameters
        ----------
        edits : sequence of Edit
            Answers to save, in order.

        Returns
        -------
        list of SaveResult
            One an edit.

        Raises
        ------
        LookupError, ValueError, TypeError
            An edit names a place that does not exist, or holds what no answer can be.
        StoreError
            It could not be saved; nothing of it was.
        """
        return self.submit(edits).result()

    def submit(self, edits: Sequence[Edit]) -> Future[list[SaveResult]]:
        """Save a batch without waiting; the future ends when it is on the disk. See `save` for what may go wrong.

        Parameters
        ----------
        edits : sequence of Edit
            Answers to save, in order.

        Returns
        -------
        Future
            Gives what `save` gives.

        Raises
        ------
        StoreError
            An edit would change the partnership's id.
        """
        edits = tuple(edits)
        for edit in edits:
            if (edit.worksheet, edit.row, edit.field) == PARTNERSHIP_ID:
                if edit.value != self.partnership:
                    raise StoreError(
                        f"The id of this partnership is '{self.partnership}' and never changes. "
                        "Make a new partnership if you need another one."
                    )
                continue
            check(edit)
        return self._writer.submit(lambda *where: Batch(*where).write(edits))

    def load(self, as_of: str | None = None) -> Workbook:
        """All answers.

        Parameters
        ----------
        as_of : str or None
            An ISO date or time: as it was at the end of it (of this computer's time, where no zone is given).

        Returns
        -------
        Workbook
            It does not change when more is saved.

        Raises
        ------
        ValueError
            `as_of` is no date or time.
        """
        return self._state(as_of)[0] if as_of else self.state()[0]

    def seqs(self) -> Seqs:
        """The current revision of each answer, by (worksheet, row, field).

        Returns
        -------
        mapping
            (worksheet, row, field) -> number of the revision.
        """
        return self.state()[1]

    def state(self) -> tuple[Workbook, Seqs]:
        """All answers and their revisions, of one moment; put together anew only when something was saved since.

        Returns
        -------
        tuple
            What `load` and `seqs` give.
        """
        newest = select(r.seq, r.uid).where(r.partnership == self.partnership).order_by(r.seq.desc()).limit(1)
        with self._reading() as connection:
            mark = connection.execute(newest).one_or_none()
        if mark is None or mark != self._mark:  # the uid too: a copy that was put back may have come as far
            self._kept, self._mark = self._state(None), mark
        book, seqs = self._kept
        return book, dict(seqs)

    def latest(self) -> int:
        """The number of the newest revision; cheap, to be asked often.

        Returns
        -------
        int
            It grows with each save.
        """
        with self._reading() as connection:
            return connection.scalar(select(func.max(r.seq)).where(r.partnership == self.partnership)) or 0

    def history(
        self, worksheet: str = "", row: str | None = None, field: str | None = None, since: int = 0
    ) -> list[Revision]:
        """The revisions of everything, a worksheet, a row or a field, oldest first; also those that came too late.

        With `since`, only those after the revision of that number.

        Parameters
        ----------
        worksheet : str
            Only of this one; "" for all.
        row : str or None
            Only of this row; "" for answers outside tables, None for all.
        field : str or None
            Only of this question; None for all.
        since : int
            The number of a revision; 0 for all.

        Returns
        -------
        list of Revision
            Empty where there is none.
        """
        wanted = [r.partnership == self.partnership, r.respondent == ""]
        wanted += [r.worksheet == worksheet] if worksheet else []
        wanted += [r.row == row] if row is not None else []
        wanted += [r.field == field] if field is not None else []
        wanted += [r.seq > since] if since else []
        with self._reading() as connection:
            return revisions(connection, select_revisions(*wanted))

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
        return self._writer.submit(lambda *where: [Ballots(*where).keep(ballot) for ballot in forms])

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

    def _revealed(self, connection: Connection, round_id: str | None) -> list[str]:
        rounds = ballots.rounds(connection, self.partnership, round_id or "")
        return [round_.id for round_ in rounds if round_.state == "revealed"]

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
        """Append a round, new (without id) or changed; gives it with its id. Closing it takes its door away.

        Parameters
        ----------
        round_to_keep : Round
            The round; "" as its id for a new one.

        Returns
        -------
        Round
            As kept.
        """

        def write(connection: Connection, partnership: str, at: str) -> Round:
            round_ = Ballots(connection, partnership, at).keep_round(round_to_keep)
            if round_.state != "open":
                revoke(connection, round_.id)
            return round_

        return self._writer.submit(write).result()

    def door(self, round_id: str, port: int | None = None) -> RoomAccess:
        """The way into a round's room; made at first, the same again after a crash. With `port`, where it listens now.

        It lies in the file beside the revisions and is no part of them: no export, history or workbook knows it. A
        copy of the file made while the round is open holds it too.

        Parameters
        ----------
        round_id : str
            The round's id.
        port : int or None
            Where the room listens; None leaves it as it was.

        Returns
        -------
        RoomAccess
            What lets phones in.
        """
        return self._writer.submit(lambda connection, *_: door(connection, round_id, port)).result()

    def backup(self, path: str | os.PathLike[str]) -> None:
        """Keep a whole, checked copy of everything saved so far; people may go on typing meanwhile.

        Parameters
        ----------
        path : path
            Of the copy; there must be no file yet.

        Raises
        ------
        StoreError
            There is a file already, or the copy could not be made.
        """
        with self._reading():  # which sees that the file is still ours
            file.copy(self.path, absolute(path))

    def close(self) -> None:
        """Write what is waiting, then stop writing. Closing twice does no harm."""
        self._finish()

    def _state(self, as_of: str | None, revision: int | None = None) -> tuple[Workbook, Seqs]:
        """All answers as they stood on a day, or when a revision was the newest: a look back never sees what is new."""
        until = [r.at < end_of(as_of)] if as_of else []
        until += [r.seq <= revision] if revision is not None else []
        newest = select(r.seq, r.at).where(r.partnership == self.partnership, *until).order_by(r.seq.desc()).limit(1)
        with self._reading() as connection:
            last: Any = connection.execute(newest).one_or_none()
            lines = connection.execute(current(self.partnership, *until)).all()
        seqs = {(worksheet, row, field): seq for seq, worksheet, row, field, _ in lines}
        seq, at = (last.seq, time(last.at)) if last else (0, "")
        past = Earlier(
            lambda: self._days(seq),
            lambda day: self._state(day, seq)[0],
            lambda: self._rounds(seq),
            lambda: self._last_public(*until, r.seq <= seq),
            lambda: self._days(seq, public=True),
        )
        return workbook(readable(lines), seq, at, past, (as_of or "")[:10]), seqs

    def _days(self, revision: int, *, public: bool = False) -> tuple[str, ...]:
        with self._reading() as connection:
            read = public_days if public else days
            return read(connection, r.partnership == self.partnership, r.respondent == "", r.seq <= revision)

    def _last_public(self, *until: Any) -> tuple[int, str]:
        with self._reading() as connection:
            return last_public(connection, r.partnership == self.partnership, *until)

    def _rounds(self, revision: int) -> tuple[Results, ...]:
        with self._reading() as connection:
            rounds = ballots.rounds(connection, self.partnership, revision=revision)
            # No answer is taken once a round is revealed, so that those of today are those of then.
            revealed = sorted(
                (round_ for round_ in rounds if round_.state == "revealed"), key=lambda round_: round_.held_on
            )
            return tuple(
                of_ratings(round_, ballots.ratings(connection, self.partnership, [round_.id])) for round_ in revealed
            )

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        try:
            with self._reader.begin() as connection:
                yield connection
        except (DBAPIError, sqlite3.Error) as error:
            raise StoreError(sentence(error, self.path)) from error


def now() -> datetime.datetime:
    """The time of this computer's clock."""
    return datetime.datetime.now(datetime.UTC)
