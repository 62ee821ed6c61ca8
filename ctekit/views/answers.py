"""Answers in words: names for ids, honest blanks, and what only the facilitator may read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ctekit import worksheets
from ctekit.analysis import disclosure
from ctekit.model import kinds, questions
from ctekit.model.days import long_day
from ctekit.model.questions import Question
from ctekit.model.worksheet import Mark, Row
from ctekit.workbook import Workbook
from ctekit.worksheets.metrics import Observation

NAMED = ("profile.people", "profile.organizations")
"""The tables whose rows are called by names."""

_CODE = re.compile(r"[A-Z]{2}\d+")
"""Of a rule."""

UNNAMED = "name not shown here"
"""What stands for a name that is for the facilitator only. Ids are for programs."""


def blank(value: Any) -> bool:
    """Whether nothing was answered. No and 0 are answers."""
    return value is None or value == "" or value == () or value == {}


@dataclass(frozen=True)
class DisplayedAnswer:
    """What a page shows for one question.

    Attributes
    ----------
    title : str
        The question.
    words : str
        The answer; "" when blank.
    mark : str
        The honest blank in words, or "".
    lines : bool
        The answer keeps its line breaks.
    private : bool
        For the facilitator only.
    anchor : str
        The id that findings point to, or "".
    aside : str
        A remark about the answer, or about why there is none yet.
    typed : bool
        The words are people's own, whatever way they are written.
    names : bool
        They name a person or an organization, and stay as they are in a translation.
    """

    title: str
    words: str
    mark: str = ""
    lines: bool = False
    private: bool = False
    anchor: str = ""
    aside: str = ""
    typed: bool = False
    names: bool = False

    @property
    def empty(self) -> bool:
        """Nothing to show: neither an answer nor a mark."""
        return not (self.words or self.mark)


@dataclass(frozen=True)
class Wording:
    """How one workbook is put into words, with or without what is private.

    Attributes
    ----------
    book : Workbook
        The public one, unless what is private was asked for: a view that reads this one cannot tell more.
    private : bool
    """

    book: Workbook
    private: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "book", self.book.seen(self.private))

    def shows(self, question: Question) -> bool:
        """Whether this question may be shown."""
        return self.private or not question.private

    def name(self, row_id: str) -> str:
        """The name of the row behind an id, unless the name itself is private."""
        return UNNAMED if self._hides(row_id) else self.book.name(row_id)

    def displayed(
        self,
        question: Question,
        value: Any,
        mark: Mark | None = None,
        anchor: str = "",
        aside: str = "",
        unit: str | None = "",
    ) -> DisplayedAnswer:
        """One question with its answer."""
        words = questions.show(question, value, self.name, unit)
        if question.kind is kinds.SOURCE and words:
            words = self.source(words)
        typed = question.kind.is_words or question.is_reference
        return DisplayedAnswer(
            question.title,
            words,
            self.mark(mark),
            question.kind.keeps_lines,
            question.private,
            anchor,
            aside,
            typed,
            question.target in NAMED,
        )

    def source(self, words: str, with_code: bool = True) -> str:
        """Where an action comes from: ``task-9`` and ``ME33 metrics/metric-5/owner`` by the names of their rows.

        The code of a rule says nothing to whoever does not look at the check.
        """
        code, _, place = words.rpartition(" ")
        slug, *parts = place.split("/")
        rows = [self.name(part) for part in (slug, *parts) if part in self.book.row_by_id]
        kinds = worksheets.every() if parts or _CODE.fullmatch(code) else {}  # else a word of theirs, such as “purpose”
        told = [code] if with_code or not _CODE.fullmatch(code) else []
        return " ".join([*told, *(rows or [kinds[slug].title if slug in kinds else place])]).strip()

    def withheld(self, row: Row, field: str) -> str:
        """Why a count may stand on no page, in words; "" for whatever may.

        A small group is not shown, nor another count from which it follows by subtraction, whatever people marked.
        """
        if not isinstance(row, Observation) or field not in ("counted", "out_of") or blank(getattr(row, field)):
            return ""
        if row.shown is False:
            return "not shown"
        if row.metric in disclosure.without_agreement(self.book):
            return "not shown: no agreement allows these data"
        if row.id not in disclosure.hidden(self.book):
            return ""
        if row.out_of is None:
            return "not shown: nobody wrote out of how many"
        least = disclosure.threshold(self.book)
        small = disclosure.is_small(row.out_of, least)
        return f"not shown: fewer than {least}" if small else "not shown: would give a small group away"

    def mark(self, mark: Mark | None) -> str:
        """An honest blank in one line."""
        if mark is None:
            return ""
        if mark.kind == "to find out":
            whom = mark.whom or ""
            known = whom in self.book.row_by_id or whom in self.book.removed
            parts = [
                f"from {self.name(whom) if known else whom}" if whom else "",
                f"by {long_day(mark.by)}" if mark.by else "",
            ]
            more = ", ".join(part for part in parts if part)
            return f"To find out: {more}" if more else "To find out"
        return f"Does not apply: {mark.because}" if mark.because else "Does not apply"

    def kept_back(self, fields: dict[str, Question]) -> bool:
        """Whether one of these questions is for the facilitator only; never whether, or how often, it was answered.

        The note that every row has does not count: else each page would say it of each table.
        """
        asked = [
            *fields.items(),
            *(item for question in fields.values() if question.row for item in question.row.questions().items()),
        ]
        return not self.private and any(item.private for name, item in asked if name != "note")

    def _hides(self, row_id: str) -> bool:
        row = self.book.row_by_id.get(row_id) or self.book.removed.get(row_id)
        if self.private or row is None:
            return False
        prefix = row_id.rpartition("-")[0]
        tables = (question for sheet in self.book for question in sheet.tables().values() if question.prefix == prefix)
        return any(question.private for question in tables) or row.questions()[row.named_by].private
