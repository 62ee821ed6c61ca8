"""The one way from an answer to the words of a paper: names for ids, long dates, honest blanks, and gaps."""

from __future__ import annotations

from collections.abc import Iterable

from ctekit.analysis import participants
from ctekit.analysis.readers import seen_by
from ctekit.model import questions
from ctekit.model.errors import CtekitError
from ctekit.model.figures import tidy
from ctekit.model.reader import Reader
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
        Who will read it. To the public, people who have not said yes to being named are called by what they do; what is
        private is said to the facilitator alone, and in no paper.

    Attributes
    ----------
    book : Workbook
    """

    def __init__(self, book: Workbook, reader: Reader = "partners") -> None:
        self._wording = Wording(seen_by(book, reader), private=reader == "facilitator")
        self.book = self._wording.book

    def words(self, part: Worksheet | Row, field: str, gap: bool = True) -> Words:
        """One answer in words; of a count that may stand on no page, why it may not.

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
        if not self._wording.shows(question):
            raise CtekitError(f"“{question.title}” is for the facilitator only. No paper says it.")
        if isinstance(part, Row) and (why_not := self._wording.withheld(part, field)):
            return why_not
        value = getattr(part, field)
        if isinstance(value, str) and participants.has_left(participants.people(self.book).get(value)):
            return self._gap(part, field, f"{self.name(value)} has left, and nobody is written instead")
        if not blank(value):
            return tidy(questions.show(question, value, self._wording.name, part.unit_of(field)))
        if mark := part.marks.get(field):
            return self._wording.mark(mark)
        return self._gap(part, field) if gap else ""

    def _gap(self, part: Worksheet | Row, field: str, state: str = Gap.state) -> Gap:
        sheet, where = part, ""
        if isinstance(part, Row):
            prefix = part.id.rpartition("-")[0]
            sheets = (sheet for sheet in self.book for table in sheet.tables().values() if table.prefix == prefix)
            sheet, where = next(sheets), f": {self.book.name(part.id)}"
        assert isinstance(sheet, Worksheet)
        anchor = part.id if isinstance(part, Row) else field
        what = part.questions()[field].title.rstrip("?")
        return Gap(what, f"{_title(sheet)}{where}", f"{sheet.notebook}.html#{sheet.slug}-{anchor}", state)

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


def address(book: Workbook, gap: Gap) -> str:
    """The address of the page where a gap is asked for, as pages and notebooks link to it.

    Parameters
    ----------
    book : Workbook
    gap : Gap

    Returns
    -------
    str
        Such as ``"06-roles.html#roles-notice"``; "" where its words name no worksheet.
    """
    named = gap.where.partition(":")[0]
    return gap.href or next((f"{sheet.notebook}.html" for sheet in book if _title(sheet) == named), "")


def _title(sheet: Worksheet) -> str:
    is_numbered = 0 < sheet.element < _LAST
    return f"worksheet {sheet.element}" if is_numbered else sheet.title


_LAST = 99
"""The number of the plan, which stands behind all others and is called by its title."""
