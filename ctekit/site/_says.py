"""The one way from an answer to the words of the site: what papers say, small groups hidden, private ones if asked."""

from __future__ import annotations

import datetime
import os
from collections.abc import Sequence

from markupsafe import Markup

from ctekit import charts, rules
from ctekit.analysis import participants
from ctekit.model import kinds
from ctekit.model.days import short_day
from ctekit.model.reader import Reader
from ctekit.model.text import legible
from ctekit.model.worksheet import Row, Worksheet
from ctekit.papers import Answers, Words
from ctekit.rules import Finding
from ctekit.site._blocks import Figure
from ctekit.site._layout import layout_of
from ctekit.views.answers import Wording
from ctekit.views.room_questions import chosen
from ctekit.workbook import Workbook
from ctekit.worksheets.metrics import Metrics
from ctekit.worksheets.profile import Profile

_COLUMN, _PAGE = 320.0, 480.0
"""Points that a chart is drawn wide: in half a page and on a phone, or in a whole page. Printed at four fifths, its
smallest letters are 8 points high."""


class Says:
    """The answers of a partnership as one reader may know them.

    Parameters
    ----------
    book : Workbook
        With whatever is private.
    reader : str

    Attributes
    ----------
    book : Workbook
        What the reader may know.
    answers : Answers
        The same, as papers say it.
    """

    def __init__(self, book: Workbook, reader: Reader) -> None:
        self.reader = reader
        self.answers = Answers(book, reader)
        self.book = self.answers.book
        self._wording = Wording(self.book, private=self.is_facilitator)

    @property
    def is_facilitator(self) -> bool:
        """Whether what is private may be shown."""
        return self.reader == "facilitator"

    def shows(self, sheet: type[Worksheet], field: str, table: str = "") -> bool:
        """Whether a question, or a column of a table, is on the page of its worksheet."""
        question = sheet.tables()[table].row.questions()[field] if table else sheet.questions()[field]
        name = f"{table}.{field}" if table else field
        return self._wording.shows(question) and name not in layout_of(sheet.slug).settings

    def words(self, part: Worksheet | Row, field: str, is_short: bool = False) -> Words:
        """One answer in words, a day in few of them if `is_short`; "" where there is none."""
        value = getattr(part, field)
        if is_short and isinstance(value, datetime.date):
            return short_day(value)
        if isinstance(value, str) and participants.has_left(participants.people(self.book).get(value)):
            return f"{self.answers.name(value)} (has left)"
        words = self.answers.words(part, field, gap=False)
        is_source = part.questions()[field].kind is kinds.SOURCE and isinstance(words, str) and words
        return self._wording.source(str(words), with_code=self.is_facilitator) if is_source else words

    def figure(self, name: str, in_column: bool = False) -> Figure | None:
        """A chart, or None where it has nothing to draw; narrow where it stands in a column beside other things."""
        chart = charts.of(name, self.book)
        if not chart.numbers.rows or (getattr(chart.module, "PRIVATE", False) and not self.is_facilitator):
            return None
        return figure_of(chart, in_column)

    def open_questions(self) -> list[Finding]:
        """At most five findings, to be told by what is to be done; none where a rule has a fault: it costs no page.

        None names a partner or a person: what those lack is said to them, not to whoever reads a page.
        """
        profile = self.book[Profile]
        names = [self.book.name(row.id) for row in (*profile.organizations, *profile.people)]
        try:
            findings = (finding for result in rules.check(self.book) for finding in result.findings)
            return chosen([each for each in findings if self._may_be_told(each, names)])
        except Exception:
            if "CTEKIT_DEBUG" in os.environ:
                raise
            return []

    def _may_be_told(self, finding: Finding, names: Sequence[str]) -> bool:
        """Whether there is something to do about it, it names none of these, and it is about no single group."""
        groups = {row.id for row in self.book[Metrics].observations}
        return bool(finding.action) and finding.row not in groups and not any(name in finding.action for name in names)


def figure_of(chart: charts.Chart, in_column: bool = False) -> Figure:
    """A chart as part of a page: drawn wide, and narrow for phones; narrow alone in a column.

    Parameters
    ----------
    chart : Chart
    in_column : bool
        Whether it stands in half a page, beside other things.

    Returns
    -------
    Figure
    """
    narrow = Markup(legible(chart.svg(_COLUMN)))
    if in_column:
        return Figure(chart.question, chart.words.caption, narrow, chart.numbers.note, _COLUMN)
    wide = Markup(legible(chart.svg(_PAGE)))
    return Figure(chart.question, chart.words.caption, wide, chart.numbers.note, _PAGE, narrow_svg=narrow)
