"""Asking the rules: how badly each counts here, what it finds, and what somebody lets stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from ctekit.model.text import quotation
from ctekit.rules._acknowledged import acknowledgements, rule_code, stored_words
from ctekit.rules._rule import Finding, Pending, Result, Rule, every
from ctekit.workbook import Workbook
from ctekit.worksheets.profile import Profile, Severity


@lru_cache(maxsize=8)
def _severities(book: Workbook) -> Mapping[str, Severity]:
    return {rule_code(severity.rule): severity.severity for severity in book[Profile].severities if severity.severity}


def severity(rule: Rule, book: Workbook) -> Severity:
    """How badly the findings of this rule count in this partnership: the profile may set another severity.

    Parameters
    ----------
    rule : Rule
        One of `every`.
    book : Workbook
        All worksheets.

    Returns
    -------
    str
        ``"error"``, ``"warning"`` or ``"hint"``.
    """
    return rule.severity if rule.locked else _severities(book).get(rule.code, rule.severity)


def run(rule: Rule, book: Workbook) -> Result:
    """Ask one rule.

    A finding whose code, place and words are those of an acknowledgement is no longer open. Change what it tells of,
    and its words change: it comes back.

    Parameters
    ----------
    rule : Rule
        One of `every`.
    book : Workbook
        All worksheets.

    Returns
    -------
    Result
        Holds, findings, or waits.
    """
    if rule.depth:
        unready = [kind.title for kind in rule.needs if not book[kind].is_ready(rule.depth)]
        if unready:
            far = "" if rule.depth == "quick" else ", all of it done"
            return Result(rule, waits=f"Waits until marked ready to check{far}: {', '.join(unready)}.")
    answers = list(rule.find(book))
    weight, notes = severity(rule, book), {} if rule.locked else acknowledgements(book)
    findings = [
        replace(
            finding,
            private=finding.private or rule.private,
            code=rule.code,
            severity=weight,
            sentence=rule.sentence,
            asks=finding.asks or rule.asks,
            action=(finding.action or rule.action).format(subject=subject_of(book, finding)),
            acknowledged=notes.get((rule.code, finding.place, stored_words(finding.says)), ""),
        )
        for finding in answers
        if isinstance(finding, Finding) and (book.whole is book or not finding.private)
    ]
    waits = "" if findings else next((answer.until for answer in answers if isinstance(answer, Pending)), "")
    if not findings and any(isinstance(answer, Finding) for answer in answers):
        waits = "What it says is for the facilitator only."
    still_open = tuple(finding for finding in findings if not finding.acknowledged)
    return Result(rule, still_open, waits, tuple(finding for finding in findings if finding.acknowledged))


def let_stand(book: Workbook, code: str) -> frozenset[str]:
    """The rows of which a rule finds something that somebody lets stand, with a reason.

    Parameters
    ----------
    book : Workbook
    code : str
        Of the rule.

    Returns
    -------
    frozenset of str
        Ids.
    """
    return frozenset(finding.row for rule in every() if rule.code == code for finding in run(rule, book).acknowledged)


def subject_of(book: Workbook, finding: Finding) -> str:
    """Whom or what a finding is about; where its rule does not say, what stands at its place: a row, else a question.

    Parameters
    ----------
    book : Workbook
    finding : Finding

    Returns
    -------
    str
        A name, or a name between quotes.
    """
    if finding.subject:
        return finding.subject
    if finding.row:
        return quotation(book.name(finding.row))
    return quotation(book.sheets[finding.worksheet].question(finding.field).title.rstrip("?"))


@lru_cache(maxsize=8)
def _results(book: Workbook, asked: tuple[Rule, ...]) -> tuple[Result, ...]:
    """What all rules say of a workbook, which never changes: every view of a moment asks for it."""
    return tuple(run(rule, book) for rule in asked if book.whole is book or not rule.private)


def check(book: Workbook, worksheet: str = "") -> tuple[Result, ...]:
    """Ask all rules, or those that read or speak of one worksheet.

    Parameters
    ----------
    book : Workbook
    worksheet : str
        A slug, or "" for all.

    Returns
    -------
    tuple of Result
        By code. With a worksheet: the rules that read it, with only the findings on it; a rule that found something
        elsewhere only is left out, for it does not hold. Of a public workbook: what everybody may see, and none of the
        rules that read what is for the facilitator only.
    """
    results = _results(book, every())
    if not worksheet:
        return results
    here = []
    for result in results:
        findings = tuple(finding for finding in result.findings if finding.worksheet == worksheet)
        acknowledged = tuple(finding for finding in result.acknowledged if finding.worksheet == worksheet)
        reads = any(kind.slug == worksheet for kind in result.rule.needs)
        if findings or acknowledged or (reads and result.outcome != "findings"):
            here.append(replace(result, findings=findings, acknowledged=acknowledged))
    return tuple(here)
