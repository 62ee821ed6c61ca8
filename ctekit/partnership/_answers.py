"""The answers of one partnership: where they are kept, reading and writing them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from os import PathLike
from typing import TYPE_CHECKING, Any

from ctekit import worksheets
from ctekit.model import questions
from ctekit.model.errors import CtekitError, NotFoundError, not_found, refuse_stripped
from ctekit.model.paths import STORE_FILE
from ctekit.model.text import legible
from ctekit.model.worksheet import Worksheet
from ctekit.terminal import command

if TYPE_CHECKING:
    from ctekit.store import Store
    from ctekit.workbook import Workbook


class NoPartnershipError(CtekitError):
    """There is no partnership in the folder. The message is one sentence for people."""


class Answers:
    """Where the answers lie, reading and writing them; parameters are those of `Partnership`."""

    def __init__(self, path: str | PathLike[str] = ".") -> None:
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
            from ctekit import copies

            raise NoPartnershipError(
                f"There is no partnership in {self.folder}. Start one there with "
                f"`{command('ctekit', 'new', 'NAME', '--folder', self.folder)}`, or open a notebook that lies beside a "
                f"file called partnership.ctekit.{copies.instead(self.folder)}"
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
        return f"<partnership '{legible(self.name)}'>" if self.exists else "<no partnership here yet>"

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
        columns = [row.id for row in self.book.rows(kind.questions()[name].target)]
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
        here = [row.id for table in kind.tables() for row in self[worksheet].rows(table)]
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
