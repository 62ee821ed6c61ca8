"""The store of one partnership: save and load, look back, keep a copy."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence
from concurrent.futures import Future
from typing import Any

from sqlalchemy import bindparam, select

from ctekit.store.access import Clock
from ctekit.store.assembly import Assembly
from ctekit.store.ballot_store import BallotStore
from ctekit.store.batch import Batch, check
from ctekit.store.database import Database
from ctekit.store.edits import Edit, Revision, SaveResult, StoreError
from ctekit.store.letters import LetterStore
from ctekit.store.queries import (
    answers_once,
    days,
    end_of,
    last_public,
    public_days,
    readable,
    revisions,
    select_revisions,
)
from ctekit.store.schema import current, r
from ctekit.store.text import time
from ctekit.store.twins import births_of_twins
from ctekit.workbook import AnswerOnce, Earlier, Workbook

Seqs = dict[tuple[str, str, str], int]

PARTNERSHIP_ID = ("profile", "", "partnership_id")
"""Where the first revision of each file stands."""

# Put together once: it is asked several times for each edit.
_NEWEST = select(r.seq, r.uid).where(r.partnership == bindparam("partnership")).order_by(r.seq.desc()).limit(1)


class Store(BallotStore, LetterStore):
    """Every answer of a partnership, revision after revision. Made by `create_store` and `open_store`.

    No reading keeps anybody from saving; one thread writes.

    Attributes
    ----------
    path : Path
        Of the file, or of the pointer in its place.
    partnership : str
        The id of the partnership, made with the store; it never changes.
    """

    def __init__(self, database: Database, clock: Clock | None = None) -> None:
        super().__init__(database, clock)
        self._mark: Any = None
        self._kept: tuple[Workbook, Seqs]
        self._assembly = Assembly()

    def save(self, edits: Sequence[Edit], *, if_newest: int | None = None) -> list[SaveResult]:
        """Save a batch, all or nothing, and wait until it is on the disk.

        Parameters
        ----------
        edits : sequence of Edit
            Answers to save, in order.
        if_newest : int or None
            Only if this revision is the newest still: who has read it saves without reading again first. None: always.

        Returns
        -------
        list of SaveResult
            One an edit.

        Raises
        ------
        LookupError, ValueError, TypeError
            An edit names a place that does not exist, or holds what no answer can be.
        StaleError
            `if_newest` is not the newest revision any more; nothing was saved.
        StoreError
            It could not be saved; nothing of it was.
        """
        return self.submit(edits, if_newest=if_newest).result()

    def submit(self, edits: Sequence[Edit], *, if_newest: int | None = None) -> Future[list[SaveResult]]:
        """Save a batch without waiting; the future ends when it is on the disk. See `save` for what may go wrong.

        Parameters
        ----------
        edits : sequence of Edit
            Answers to save, in order.
        if_newest : int or None
            As for `save`.

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
        return self._writer.submit(lambda *where: Batch(*where).write(edits, if_newest))

    def load(self, as_of: str | None = None, revision: int | None = None) -> Workbook:
        """All answers.

        Parameters
        ----------
        as_of : str or None
            An ISO date or time: as it was at the end of it (of this computer's time, where no zone is given).
        revision : int or None
            As it was when the revision of this number was the newest.

        Returns
        -------
        Workbook
            It does not change when more is saved.

        Raises
        ------
        ValueError
            `as_of` is no date or time.
        """
        return self._standing()[0] if not as_of and revision is None else self._state(as_of, revision)[0]

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
        book, seqs = self._standing()
        return book, dict(seqs)

    def _standing(self) -> tuple[Workbook, Seqs]:
        with self._reading() as connection:
            mark = connection.execute(_NEWEST, {"partnership": self.partnership}).one_or_none()
        if mark is None or mark != self._mark:  # the uid too: a copy that was put back may have come as far
            self._kept, self._mark = self._state(None, assembly=self._assembly), mark
        return self._kept

    def latest(self) -> int:
        """The number of the newest revision; cheap, to be asked often.

        Returns
        -------
        int
            It grows with each save.
        """
        with self._reading() as connection:
            return connection.scalar(_NEWEST, {"partnership": self.partnership}) or 0

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

    def _state(
        self, as_of: str | None, revision: int | None = None, assembly: Assembly | None = None
    ) -> tuple[Workbook, Seqs]:
        """All answers as they stood on a day, or when a revision was the newest: a look back never sees what is new."""
        until = [r.at < end_of(as_of)] if as_of else []
        until += [r.seq <= revision] if revision is not None else []
        newest = select(r.seq, r.at).where(r.partnership == self.partnership, *until).order_by(r.seq.desc()).limit(1)
        with self._reading() as connection:
            last: Any = connection.execute(newest).one_or_none()
            lines = connection.execute(current(self.partnership, *until)).all()
            born = births_of_twins(connection, self.partnership, lines)
        seqs = {(worksheet, row, field): seq for seq, worksheet, row, field, _ in lines}
        seq, at = (last.seq, time(last.at)) if last else (0, "")
        past = Earlier(
            lambda: self._days(seq),
            lambda day: self._state(day, seq)[0],
            lambda: self._rounds(seq),
            lambda: self._last_public(*until, r.seq <= seq),
            lambda: self._days(seq, public=True),
            lambda fields: self._once(seq, fields),
        )
        return (assembly or Assembly()).workbook(lines, born, seq, at, past, (as_of or "")[:10]), seqs

    def _once(self, revision: int, fields: Collection[str]) -> tuple[AnswerOnce, ...]:
        with self._reading() as connection:
            query = answers_once(self.partnership, fields).where(r.seq <= revision)
            return tuple(itertools.starmap(AnswerOnce, readable(connection.execute(query))))

    def _days(self, revision: int, *, public: bool = False) -> tuple[str, ...]:
        with self._reading() as connection:
            read = public_days if public else days
            return read(connection, r.partnership == self.partnership, r.respondent == "", r.seq <= revision)

    def _last_public(self, *until: Any) -> tuple[int, str]:
        with self._reading() as connection:
            return last_public(connection, r.partnership == self.partnership, *until)
