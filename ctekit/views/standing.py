"""What several views of the whole share: where a worksheet stands, what is open, and what we wait for."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ctekit import ratings, rules, worksheets
from ctekit.analysis import disclosure
from ctekit.model import text
from ctekit.model.days import long_day
from ctekit.model.questions import Question
from ctekit.model.text import count
from ctekit.model.worksheet import DEPTH_WORDS, Mark, Row, Worksheet
from ctekit.rules import Finding
from ctekit.views.answers import Wording, blank
from ctekit.views.check import SEVERITIES
from ctekit.workbook import Workbook
from ctekit.worksheets.metrics import Metric, Metrics
from ctekit.worksheets.plan import Plan
from ctekit.worksheets.profile import Severity


@dataclass(frozen=True)
class WorksheetStatus:
    """Where one worksheet stands.

    Attributes
    ----------
    title, href : str
        Its name and its page.
    begun : bool
    ready : str
        How far it is marked ready to check, in words; "" for not yet.
    answered, asked : int
        How many of its quick questions have an answer, and how many there are.
    findings : str
        The open findings by severity, in words.
    waits : int
        The rules that cannot speak yet, because it is not ready to check.
    """

    title: str
    href: str
    begun: bool
    ready: str
    answered: int
    asked: int
    findings: str
    waits: int


def stands(book: Workbook, private: bool, elements: bool = False) -> list[WorksheetStatus]:
    """All worksheets in their order but the plan, which sums them up; or only the seven elements."""
    book = book.seen(private)
    findings = open_findings(book, private)
    waiting = [result.rule for result in rules.check(book) if result.outcome == "waits"]
    lines = []
    for kind in worksheets.every().values():
        if kind is Plan or (elements and kind.slug not in ratings.elements()):
            continue
        sheet = book.sheets[kind.slug]
        answered, asked = progress(sheet, private)
        here = [finding.severity for finding in findings if finding.worksheet == kind.slug]
        lines.append(
            WorksheetStatus(
                kind.title,
                f"{kind.notebook}.html",
                sheet.begun,
                DEPTH_WORDS[sheet.ready],
                answered,
                asked,
                by_severity(here),
                sum(kind in rule.needs for rule in waiting) if not sheet.ready else 0,
            )
        )
    return lines


def progress(sheet: Worksheet, private: bool = False) -> tuple[int, int]:
    """How many quick questions of a worksheet have an answer, and how many there are."""
    quick = [
        name
        for name, question in sheet.questions().items()
        if question.quick and name != "ready" and (private or not question.private)
    ]
    return sum(not blank(getattr(sheet, name)) or name in sheet.suggestions() for name in quick), len(quick)


def by_severity(severities: list[Severity]) -> str:
    """So many of each severity, in words: "2 to mend, 1 hint"."""
    parts = [("error", "to mend", "to mend"), ("warning", "warning", ""), ("hint", "hint", "")]
    return ", ".join(count(severities.count(severity), *words) for severity, *words in parts if severity in severities)


def open_findings(book: Workbook, private: bool = False) -> list[Finding]:
    """What the rules found and nobody has acknowledged, the gravest first; private ones only where asked for."""
    findings = [finding for result in rules.check(book.seen(private)) for finding in result.findings]
    order = list(SEVERITIES)
    return sorted(findings, key=lambda finding: order.index(finding.severity))


@dataclass(frozen=True)
class AwaitedStep:
    """One answer that somebody was asked for.

    Attributes
    ----------
    whom : str
        Whom we ask, in words; "" where nobody was named.
    by : date or None
    question, place : str
        What we ask, and where the answer belongs.
    href : str
        There.
    """

    whom: str
    by: datetime.date | None
    question: str
    place: str
    href: str


def awaited(book: Workbook, private: bool = False) -> list[AwaitedStep]:
    """Everything marked "to find out" that is still blank, in the order of the worksheets."""
    wording = Wording(book, private)
    return [awaited_step for sheet in wording.book for awaited_step in _awaited(wording, sheet)]


def _awaited(wording: Wording, sheet: Worksheet) -> Iterator[AwaitedStep]:
    for field, question in sheet.questions().items():
        if not wording.shows(question):
            continue
        if field in sheet.marks:
            yield from _one(wording, sheet, sheet, field, question, sheet.marks[field])
        for row in sheet.rows(field) if question.is_rows else ():
            for column, each in row.questions().items():
                if column in row.marks and wording.shows(each):
                    yield from _one(wording, sheet, row, column, each, row.marks[column])


def _one(
    wording: Wording, sheet: Worksheet, model: Worksheet | Row, field: str, question: Question, mark: Mark
) -> Iterator[AwaitedStep]:
    if mark.kind != "to find out" or not blank(getattr(model, field)):
        return
    book, row = wording.book, model.id if isinstance(model, Row) else ""
    whom = mark.whom or ""
    known = whom in book.row_by_id or whom in book.removed
    place = f"{sheet.title}: {wording.name(row)}" if row else sheet.title
    where = f"{sheet.notebook}.html#{sheet.slug}-{row or field}"
    yield AwaitedStep(wording.name(whom) if known else whom, mark.by, question.title, place, where)


def latest(book: Workbook, metric: Metric) -> str:
    """The newest figure of a measure for everybody together, in words; or why there is none to show."""
    figure = figure_of(book, metric)
    if isinstance(figure, str):
        return figure
    value, day = figure
    return f"{value} on {long_day(day)}"


def figure_of(book: Workbook, metric: Metric) -> tuple[Any, datetime.date] | str:
    """The newest figure with its day, or in words why none is shown."""
    if metric.id in disclosure.without_agreement(book):
        return "hidden: no agreement allows these data"
    away = disclosure.hidden(book)
    counts = book[Metrics].observed(metric.id)
    observations = [
        observation
        for observation in counts
        if observation.id not in away and observation.as_of and observation.counted is not None
    ]
    if not observations:
        return "hidden: a small group, or marked not to be shown" if counts else "no figure yet"
    newest = observations[-1]
    unit = text.key(metric.unit or "percent")
    share = newest.percent if "percent" in unit or "%" in unit else None
    assert newest.as_of is not None
    return (f"{share}%" if share is not None else f"{newest.counted:,}"), newest.as_of
