"""`check`: what the rules say about the answers, what waits, and what holds."""

from __future__ import annotations

from dataclasses import dataclass

from ctekit import rules, worksheets
from ctekit.model.text import count
from ctekit.rules import Finding, Result
from ctekit.views.answers import Wording
from ctekit.views.render import kept_back, render
from ctekit.workbook import Workbook

SEVERITIES = {"error": "Must be mended", "warning": "Warning", "hint": "Hint"}


@dataclass(frozen=True)
class Place:
    """Where to go: words and an address."""

    words: str
    href: str


@dataclass(frozen=True)
class LinkedFinding:
    """One finding with its place."""

    finding: Finding
    place: Place


def check(book: Workbook, worksheet: str = "", private: bool = False) -> str:
    """Show what the rules found.

    Parameters
    ----------
    book : Workbook
    worksheet : str
        A slug; "" for all worksheets together.
    private : bool
        Also findings that tell what is for the facilitator only.

    Returns
    -------
    str
        A fragment whose headings are ``h3``.

    Raises
    ------
    LookupError
        There is no such worksheet.
    """
    wording = Wording(book, private)
    book = wording.book
    kinds = [worksheets.called(worksheet)] if worksheet else list(worksheets.every().values())
    label = f"Check of {kinds[0].title}" if worksheet else "Check of all worksheets"
    begun = any(book.sheets[kind.slug].begun for kind in kinds)
    results = _about(book, worksheet) if begun else ()
    findings = [finding for result in results for finding in result.findings if worksheet in ("", finding.worksheet)]
    shown = [LinkedFinding(finding, place(wording, finding, worksheet)) for finding in findings]
    groups = {severity: [linked for linked in shown if linked.finding.severity == severity] for severity in SEVERITIES}
    acknowledged_findings = [
        finding for result in results for finding in result.acknowledged if worksheet in ("", finding.worksheet)
    ]
    acknowledged = [LinkedFinding(finding, place(wording, finding, worksheet)) for finding in acknowledged_findings]
    return render(
        "check",
        label=label,
        private=private,
        begun=begun,
        unbegun=[kind.title for kind in kinds if not book.sheets[kind.slug].begun],
        groups={SEVERITIES[severity]: (severity, group) for severity, group in groups.items() if group},
        acknowledged=acknowledged,
        kept_back="" if private else kept_back("Findings"),
        summary=_summary(groups, results, worksheet),
        waiting=[result for result in results if result.outcome == "waits"],
        holding=[result for result in results if result.outcome == "holds"],
    )


def _about(book: Workbook, worksheet: str) -> tuple[Result, ...]:
    """The results that concern a worksheet. One with findings only elsewhere neither holds nor is listed here."""
    results = rules.check(book)
    if not worksheet:
        return results
    return tuple(
        result
        for result in results
        if any(finding.worksheet == worksheet for finding in (*result.findings, *result.acknowledged))
        or (result.outcome != "findings" and any(kind.slug == worksheet for kind in result.rule.needs))
    )


def _summary(groups: dict[str, list[LinkedFinding]], results: tuple[Result, ...], worksheet: str) -> str:
    if not results:
        return "No check looks at this worksheet yet." if worksheet else "There is no check yet."
    errors, warnings, hints = (len(groups[severity]) for severity in SEVERITIES)
    numbers = [
        f"{errors} must be mended" if errors else "",
        count(warnings, "warning") if warnings else "",
        count(hints, "hint") if hints else "",
    ]
    holding = sum(result.outcome == "holds" for result in results)
    waits = sum(result.outcome == "waits" for result in results)
    met = f"Of {count(len(results), 'check')}, {holding} passed"
    waiting = f"{waits} {'waits' if waits == 1 else 'wait'} for more answers"
    return f"{', '.join(part for part in numbers if part) or 'Nothing to mend'}. {met}, and {waiting}."


def place(wording: Wording, finding: Finding, here: str = "") -> Place:
    """The link to a row or field; to the page alone where what it points to is not shown."""
    kind = worksheets.called(finding.worksheet)
    page = "" if here == finding.worksheet else f"{kind.notebook}.html"
    table, anchor, words = finding.field, "", kind.title
    if finding.row:
        table = next(
            (name for name, question in kind.tables().items() if finding.row.rpartition("-")[0] == question.prefix), ""
        )
        words = f"{kind.title}: {wording.name(finding.row)}"
    question = kind.questions().get(table)
    if question and wording.shows(question):
        standing = {row.id for row in wording.book.sheets[kind.slug].rows(table)} if question.is_rows else set()
        anchor = finding.row if finding.row in standing else table
        words = words if finding.row else f"{kind.title}: {question.title}"
    if not anchor:
        return Place(words, page)
    return Place(words, f"{page}#{kind.slug}-{anchor}")
