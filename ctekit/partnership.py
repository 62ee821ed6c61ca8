"""The answers of one partnership, for scripts and commands: read, write, look back, export. No widget."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ctekit import worksheets
from ctekit.model import questions
from ctekit.model.errors import CtekitError, NotFoundError, not_found, refuse_stripped
from ctekit.model.worksheet import Worksheet
from ctekit.terminal import command

if TYPE_CHECKING:
    from pandas import DataFrame

    from ctekit.history.entries import History
    from ctekit.rules import Finding
    from ctekit.store import Store
    from ctekit.workbook import Workbook

__all__ = ["NoPartnershipError", "Partnership"]


class NoPartnershipError(CtekitError):
    """There is no partnership in the folder. The message is one sentence for people."""


class Partnership:
    """The answers of one partnership, in one folder.

    Parameters
    ----------
    path : path
        The folder that holds ``partnership.ctekit``.

    Examples
    --------
    >>> partnership = Partnership("no-such-folder")
    >>> partnership.exists
    False
    """

    def __init__(self, path: str | PathLike[str] = ".") -> None:
        from ctekit.model.paths import STORE_FILE
        from ctekit.store.connect import absolute

        refuse_stripped()
        folder = absolute(path)  # the same place also when the kernel's own folder is taken away
        self.folder = folder.parent if folder.name == STORE_FILE else folder
        self._file = self.folder / STORE_FILE
        if self.exists:
            _ = self.store

    @property
    def exists(self) -> bool:
        """Whether there is a partnership in the folder."""
        return self._file.exists()

    @property
    def lost(self) -> bool:
        """Whether it was open, and its file has been taken away since."""
        return "store" in self.__dict__ and not self.exists

    @cached_property
    def store(self) -> Store:
        """Where the answers are kept; most people need `answer`, `add`, `change` and `remove` only."""
        from ctekit.store import open_store

        if not self.exists:
            raise NoPartnershipError(
                f"There is no partnership in {self.folder}. Start one there with "
                f"`{command('ctekit', 'new', 'NAME', '--folder', self.folder)}`, or open a notebook that lies beside a "
                "file called partnership.ctekit."
            )
        return open_store(self._file)

    @property
    def book(self) -> Workbook:
        """All worksheets as they stand now."""
        return self.store.load()

    @property
    def name(self) -> str:
        """The partnership's name, or "" while it has none."""
        from ctekit.worksheets.profile import Profile

        return self.book[Profile].name or ""

    def __getitem__(self, name: str) -> Worksheet:
        """The answers of one worksheet: ``partnership["purpose"].learners``."""
        return self.book.sheets[worksheets.called(name).slug]

    def __repr__(self) -> str:
        return f"<partnership '{self.name}'>" if self.exists else "<no partnership here yet>"

    # Writing, for scripts, tests and other people's tools: same validation and history as the form.

    def answer(self, worksheet: str, field: str, value: Any) -> None:
        """Answer one question of a worksheet.

        Parameters
        ----------
        worksheet, field : str
            Such as ``"purpose"`` and ``"learners"``.
        value : object
            Text as a person would type it, or a Python value; None or "" for blank.

        Raises
        ------
        NotFoundError
            There is no such worksheet or question.
        ctekit.model.questions.InvalidAnswerError
            The value is not of the question's kind.
        """
        self._write(worksheet, "", {field: value})

    def add(self, worksheet: str, table: str, values: Mapping[str, Any]) -> str:
        """Add a row at the end of a table and give its id, such as ``"need-3"``. Errors as for `answer`.

        Parameters
        ----------
        worksheet : str
            A worksheet's slug, such as ``"purpose"``.
        table : str
            Such as ``"needs"``.
        values : mapping
            Question -> answer.

        Returns
        -------
        str
            The row's id.
        """
        kind = worksheets.called(worksheet)
        if table not in kind.tables():
            raise not_found(worksheet, "table", table, list(kind.tables()))
        return self._write(worksheet, f"{kind.tables()[table].prefix}-*", values)

    def change(self, worksheet: str, row: str, **values: Any) -> None:
        """Change answers of a row, such as ``change("recruitment", "need-3", at_least=2)``. Errors as for `answer`.

        Parameters
        ----------
        worksheet : str
            A worksheet's slug, such as ``"purpose"``.
        row : str
            A row's id, such as ``"need-3"``.
        **values : object
            Question and answer each.
        """
        self._standing(worksheet, row)
        self._write(worksheet, row, values)

    def mark(self, worksheet: str, row: str, column: str, letters: str) -> None:
        """Put letters into a cell of a worksheet's matrix: ``partnership.mark("roles", "task-5", "org-4", "AR")``.

        Parameters
        ----------
        worksheet : str
            A worksheet's slug, such as ``"roles"``.
        row : str
            The row's id, such as ``"task-5"``.
        column : str
            The id of the row that stands in the column, such as ``"org-4"``.
        letters : str
            Such as ``"AR"``; "" takes out what is there.

        Raises
        ------
        NotFoundError
            The worksheet has no grid, or there is no such row or column.
        """
        self._standing(worksheet, row)
        kind = worksheets.called(worksheet)
        name = next((field for field, question in kind.questions().items() if question.is_matrix), None)
        if name is None:
            raise NotFoundError(f"“{worksheet}” has no matrix.")
        columns = [one.id for one in self.book.rows(kind.questions()[name].target)]
        if column not in columns:
            raise not_found(worksheet, "column", column, columns)
        self._write(worksheet, row, {f"{name}/{column}": letters})

    def remove(self, worksheet: str, row: str) -> None:
        """Take a row out. Its id is never used again, and its answers stay in the history.

        Parameters
        ----------
        worksheet : str
            A worksheet's slug, such as ``"purpose"``.
        row : str
            A row's id, such as ``"need-3"``.
        """
        from ctekit.store import Edit

        self._standing(worksheet, row)
        self.store.save([Edit(worksheet, "row", None, row)])

    def _standing(self, worksheet: str, row: str) -> None:
        kind = worksheets.called(worksheet)
        here = [one.id for table in kind.tables() for one in self[worksheet].rows(table)]
        if row in self.book.removed:
            raise NotFoundError(
                f"The row '{row}' of “{worksheet}” was removed. Add a new one; its answers are in the history."
            )
        if row not in here:
            raise not_found(worksheet, "row", row, here)

    def _write(self, worksheet: str, row: str, values: Mapping[str, Any]) -> str:
        from ctekit.store import Edit

        kind = worksheets.called(worksheet)
        edits = [Edit(worksheet, "row", "", row)] if row.endswith("-*") else []
        for field, value in values.items():
            name, _, part = field.partition("/")
            try:
                question = kind.question(name, "" if part else row)
            except KeyError:
                model: Any = kind.tables()[kind.table_of(row)].row if row else kind
                raise not_found(worksheet, "question", field, list(model.questions())) from None
            if question.is_table and not part:
                how = "add(…) and change(…)" if question.is_rows else "mark(…)"
                raise NotFoundError(f"“{field}” of “{worksheet}” holds more than one answer. Write it with {how}.")
            edits.append(Edit(worksheet, field, questions.read(question, value), row))
        saved = self.store.save(edits)
        return saved[0].row if saved else row

    def as_of(self, day: str) -> Workbook:
        """All worksheets as they stood on a day.

        Parameters
        ----------
        day : str
            Such as ``"2027-01-15"``; "" for now.

        Returns
        -------
        Workbook
            To be read only.
        """
        return self.book.as_of(day) if day else self.book

    # Looking back at single answers, and bringing them back. Nothing that was ever saved is lost.

    def history(
        self, worksheet: str = "", row: str = "", field: str = "", *, since: str = "", private: bool = False
    ) -> History:
        """Who changed what and when, newest first; shows itself as a table.

        Parameters
        ----------
        worksheet, row, field : str
            Only of this worksheet, row (its id, such as ``"need-3"``) and question; "" for all.
        since : str
            Only what was saved after the end of this day, or after this time.
        private : bool
            Also what is for the facilitator only.

        Returns
        -------
        History
            A sequence of changes.

        Raises
        ------
        NotFoundError
            There is no such worksheet.
        ctekit.model.questions.InvalidAnswerError
            `since` is neither a day nor a time.
        """
        from ctekit.history import describe

        return describe.history(self.store, self.book, worksheet, row, field, since=since, private=private)

    def compare(self, since: str | int, to: str | int = "", worksheet: str = "", *, private: bool = False) -> History:
        """What is different at one moment from an earlier one, answer by answer; `changes` tells what that means.

        Parameters
        ----------
        since, to : str or int
            The end of a day, a time such as ``"2026-10-01T10:42"``, or the number of a revision; `to` "" for now.
        worksheet : str
            Only this one; "" for all.
        private : bool
            Also what is for the facilitator only.

        Returns
        -------
        History
            A sequence of changes.

        Raises
        ------
        NotFoundError
            There is no such worksheet.
        ctekit.model.questions.InvalidAnswerError
            A moment is none of these.
        """
        from ctekit.history import describe

        return describe.compare(self.store, self.book, since, to, worksheet, private=private)

    def restore(self, worksheet: str, to: str | int, row: str = "", *, private: bool = False) -> History:
        """Bring a worksheet, or one row of it, back to a moment. What stands now stays in the history.

        Parameters
        ----------
        worksheet : str
            Such as ``"purpose"``.
        to : str or int
            The end of a day, a time such as ``"2026-10-01T10:42"``, or the number of a revision.
        row : str
            The id of a row, such as ``"need-3"``; "" for the whole worksheet.
        private : bool
            Tell also of answers for the facilitator only. They are brought back either way.

        Returns
        -------
        History
            What that changed.

        Raises
        ------
        NotFoundError
            There is no such worksheet or row, or nothing had been saved by then.
        ctekit.model.questions.InvalidAnswerError
            `to` is no moment.
        """
        from ctekit.history import restore
        from ctekit.history.changes import current_values
        from ctekit.history.describe import ChangeDescriber
        from ctekit.history.entries import History

        step = restore.restore(self.store, worksheet, to, row)
        describer = ChangeDescriber(self.book, current_values(step), private)
        return History(describer.describe(step), f"Brought back to {to}")

    # As data frames, for people who use Python. See `ctekit.dataframes` for columns and types.

    def frame(self, name: str, as_of: str = "", *, private: bool = False) -> DataFrame:
        """A table of the worksheets as a pandas data frame: ``frame("metrics")``, ``frame("metrics.observations")``.

        Parameters
        ----------
        name : str
            A worksheet's slug for its main table, or slug and table with a period between.
        as_of : str
            A day to look back to.
        private : bool
            Also the columns for the facilitator only, and the rows of tables that are.

        Returns
        -------
        DataFrame
            One row for each row of the table; a blank answer is missing.

        Raises
        ------
        NotFoundError
            There is no such table. The message names those there are.
        """
        from ctekit import dataframes

        return dataframes.frame(self.as_of(as_of), name, private)

    def findings(self, as_of: str = "", *, private: bool = False) -> DataFrame:
        """What the rules found, one row a finding, as a pandas data frame; see `ctekit.dataframes.findings`.

        Parameters
        ----------
        as_of : str
            A day to look back to, such as ``"2027-01-15"``; "" for now.
        private : bool
            Also what is for the facilitator only.

        Returns
        -------
        DataFrame
            A finding a row.
        """
        from ctekit import dataframes

        return dataframes.findings(self.as_of(as_of), private)

    def ratings(self) -> DataFrame:
        """What the revealed rounds of ratings say, as a pandas data frame; see `ctekit.dataframes.ratings`.

        Returns
        -------
        DataFrame
            See there for its columns.
        """
        from ctekit import dataframes, rounds

        revealed = [round_.id for round_ in self.store.rounds() if round_.state == "revealed"]
        return dataframes.ratings(rounds.results(self.store, one) for one in revealed)

    # Doing something about what was found.

    def act(self, about: Finding | str, *, action: str = "", owner: str = "", by: Any = "") -> str:
        """Make an action of the plan from a finding, or from a parked item, which then leaves the parking lot.

        Parameters
        ----------
        about : Finding or str
            One of ``partnership.check().findings``, or the id of a parked item, such as ``"park-2"``.
        action : str
            What is to be done; the finding's advice, or the parked item, if not told.
        owner : str
            The id of a person, such as ``"s-3"``.
        by : str or date
            By when.

        Returns
        -------
        str
            The id of the action.

        Raises
        ------
        NotFoundError
            There is no such parked item or person.
        ctekit.model.questions.InvalidAnswerError
            `by` is not a date.
        """
        from ctekit import rules

        return self._save(rules.plan_action(self.book, about, action, owner, by))

    def acknowledge(self, finding: Finding, *, note: str, by: str) -> str:
        """Say that a finding is known and meant to stay; it comes back when what it says changes.

        Parameters
        ----------
        finding : Finding
            One of ``partnership.check().findings``; of a rule that is locked, it has to be mended.
        note : str
            Why it stays.
        by : str
            Who says so: the id of a person, such as ``"s-3"``.

        Returns
        -------
        str
            The id of the row that remembers it.
        """
        import datetime

        from ctekit import rules

        return self._save(rules.acknowledge(self.book, finding, note, by, datetime.date.today()))

    def _save(self, answers: Sequence[tuple[str, str, str, Any]]) -> str:
        from ctekit.store import Edit

        return self.store.save([Edit(worksheet, field, value, row) for worksheet, row, field, value in answers])[0].row

    def export(
        self,
        output: str | PathLike[str],
        names: tuple[str, ...] = (),
        *,
        private: bool = False,
        progress: Callable[[str], None] | None = None,
        as_of: str = "",
        say: Callable[[str], None] = print,
    ) -> list[Path]:
        """Write one page per notebook of the folder, and an index, that anyone can open, print and read aloud.

        Parameters
        ----------
        output : path
            A folder; made if it is not there.
        names : tuple of str
            Only these worksheets, or notebooks of these names.
        private : bool
            With the answers for the facilitator only; each page then says so.
        progress : callable
            Told the name of each page as it is written.
        as_of : str
            Everything as it stood on this day, such as ``"2027-01-15"``.
        say : callable
            Told which notebooks have no page, and which earlier pages were removed; unless told, they are printed.

        Returns
        -------
        list of pathlib.Path
        """
        from ctekit import export

        self.as_of(as_of)
        return export.pages(self.folder, Path(output), names, private=private, progress=progress, as_of=as_of, say=say)
