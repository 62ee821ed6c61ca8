"""Answers in words: names for ids, honest blanks, and what only the facilitator may read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ctekit import asks, suppression
from ctekit.asks import Ask
from ctekit.workbook import Workbook
from ctekit.worksheet import Mark, Row, Worksheet
from ctekit.worksheets.metrics import Observation


def blank(value: Any) -> bool:
    """Whether nothing was answered. No and 0 are answers."""
    return value is None or value == "" or value == () or value == {}


@dataclass(frozen=True)
class Said:
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
    """

    title: str
    words: str
    mark: str = ""
    lines: bool = False
    private: bool = False
    anchor: str = ""
    aside: str = ""

    @property
    def empty(self) -> bool:
        """Nothing to show: neither an answer nor a mark."""
        return not (self.words or self.mark)


@dataclass(frozen=True)
class Wording:
    """How one workbook is put into words, with or without what is private."""

    book: Workbook
    private: bool = False

    def shows(self, ask: Ask) -> bool:
        """Whether this question may be shown."""
        return self.private or not ask.private

    def name(self, row_id: str) -> str:
        """The name of the row behind an id; its bare id where the name itself is private."""
        return row_id if self._hides(row_id) else self.book.name(row_id)

    def said(self, ask: Ask, value: Any, mark: Mark | None = None, anchor: str = "", aside: str = "") -> Said:
        """One question with its answer."""
        words = asks.show(ask, value, self.name)
        return Said(ask.title, words, self.mark(mark), ask.kind == "long_text", ask.private, anchor, aside)

    def withheld(self, row: Row, field: str) -> str:
        """Why a count may stand on no page, in words; "" for whatever may.

        A small group is not shown, nor another count from which it follows by subtraction, whatever people marked.
        """
        if not isinstance(row, Observation) or field not in ("counted", "out_of") or blank(getattr(row, field)):
            return ""
        if row.shown is False:
            return "not shown"
        if row.metric in suppression.without_agreement(self.book):
            return "not shown: no agreement allows these data"
        if row.id not in suppression.hidden(self.book):
            return ""
        if row.out_of is None:
            return "not shown: nobody wrote out of how many"
        least = suppression.threshold(self.book)
        small = suppression.is_small(row.out_of, least)
        return f"not shown: fewer than {least}" if small else "not shown: would give a small group away"

    def mark(self, mark: Mark | None) -> str:
        """An honest blank in one line."""
        if mark is None:
            return ""
        if mark.kind == "to find out":
            whom = mark.whom or ""
            known = whom in self.book.row_by_id or whom in self.book.removed
            parts = [f"from {self.name(whom) if known else whom}" if whom else "", f"by {mark.by}" if mark.by else ""]
            more = ", ".join(part for part in parts if part)
            return f"To find out: {more}" if more else "To find out"
        return f"Does not apply: {mark.because}" if mark.because else "Does not apply"

    def kept_back(self, sheet: Worksheet, fields: dict[str, Ask]) -> int:
        """How many answers of these questions are for the facilitator only and therefore not shown."""
        if self.private:
            return 0
        number = 0
        for field, ask in fields.items():
            if ask.kind == "rows":
                hidden = [one for one, each in ask.row.asks().items() if ask.private or each.private]
                number += sum(_given(row, one) for row in sheet.rows(field) for one in hidden)
                number += sum(bool(self.withheld(row, one)) for row in sheet.rows(field) for one in ask.row.asks())
            elif ask.private:
                number += _given(sheet, field)
        return number

    def _hides(self, row_id: str) -> bool:
        row = self.book.row_by_id.get(row_id) or self.book.removed.get(row_id)
        if self.private or row is None:
            return False
        prefix = row_id.rpartition("-")[0]
        tables = (ask for sheet in self.book for ask in sheet.tables().values() if ask.prefix == prefix)
        return any(ask.private for ask in tables) or row.asks()[row.named_by].private


def _given(model: Worksheet | Row, field: str) -> bool:
    return not blank(getattr(model, field)) or field in model.marks
