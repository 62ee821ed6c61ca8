"""The one way from an answer to the words of a paper: names for ids, long dates, honest blanks, and gaps."""

from __future__ import annotations

from collections.abc import Iterable

from ctekit.analysis import participants
from ctekit.analysis.readers import Reader, seen_by
from ctekit.model import questions
from ctekit.model.errors import CtekitError
from ctekit.model.text import listed
from ctekit.model.worksheet import Row, Worksheet
from ctekit.papers._blocks import Gap, Words
from ctekit.views.answers import Wording, blank
from ctekit.workbook import Workbook
from ctekit.worksheets.purpose import Purpose


class Answers:
    """The public answers of a partnership, as papers say them.

    Parameters
    ----------
    book : Workbook
        Of whatever reader: nothing that is for the facilitator only can be read here.
    reader : str
        Who will read it; to the public, people who have not said yes to being named are called by what they do.

    Attributes
    ----------
    book : Workbook
    """

    def __init__(self, book: Workbook, reader: Reader = "partners") -> None:
        self._wording = Wording(seen_by(book, reader))
        self.book = self._wording.book

    def words(self, part: Worksheet | Row, field: str, gap: bool = True) -> Words:
        """One answer in words.

        Parameters
        ----------
        part : Worksheet or Row
        field : str
            The question.
        gap : bool
            Whether a blank is something that is missing; "" else.

        Returns
        -------
        Words

        Raises
        ------
        CtekitError
            The question is for the facilitator only.
        """
        question = part.questions()[field]
        if question.private:
            raise CtekitError(f"“{question.title}” is for the facilitator only. No paper says it.")
        value = getattr(part, field)
        if isinstance(value, str) and participants.has_left(participants.people(self.book).get(value)):
            return Gap(f"{question.title.rstrip('?')}: {self.name(value)} has left", _where(self.book, part))
        if not blank(value):
            return questions.show(question, value, self._wording.name)
        if mark := part.marks.get(field):
            return self._wording.mark(mark)
        return Gap(question.title.rstrip("?"), _where(self.book, part)) if gap else ""

    def purpose(self) -> Words:
        """The purpose in one sentence: as it is written, else as its parts make it.

        Returns
        -------
        Words
        """
        purpose = self.book[Purpose]
        return self.words(purpose, "sentence", gap=False) or purpose.composed or self.words(purpose, "sentence")

    def name(self, row_id: str | None) -> str:
        """The name of the row behind an id; "" for none.

        Parameters
        ----------
        row_id : str or None
            Such as ``"org-3"``.

        Returns
        -------
        str
        """
        return self._wording.name(row_id) if row_id else ""

    def names(self, row_ids: Iterable[str]) -> str:
        """The names of rows: "A, B and C".

        Parameters
        ----------
        row_ids : iterable of str

        Returns
        -------
        str
        """
        return listed(self.name(row_id) for row_id in row_ids)


def _where(book: Workbook, part: Worksheet | Row) -> str:
    """The worksheet that asks, in words."""
    if isinstance(part, Worksheet):
        return _title(part)
    prefix = part.id.rpartition("-")[0]
    sheet = next(sheet for sheet in book for table in sheet.tables().values() if table.prefix == prefix)
    return f"{_title(sheet)}: {book.name(part.id)}"


def _title(sheet: Worksheet) -> str:
    return f"worksheet {sheet.element}" if sheet.element else sheet.title
