"""What a rule is: a true sentence when it passes; else findings, or it waits."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal

from ctekit.model.worksheet import Depth, Worksheet
from ctekit.rules._acknowledged import acknowledgements, rule_code, stored_words
from ctekit.workbook import Workbook
from ctekit.worksheets.profile import Profile, Severity


@dataclass(frozen=True)
class Finding:
    """What one rule has to say about one place.

    Attributes
    ----------
    worksheet, row, field : str
        The place; `row` is "" for a field of the worksheet itself.
    says : str
        What is there, with the values.
    advice : str
        What to do next.
    private : bool
        It tells what only the facilitator may read.
    code, severity, sentence : str
        Of the rule that found it; filled in by `run`.
    acknowledged : str
        The note and the name of whoever lets it stand; "" for an open finding. Filled in by `run`.
    """

    worksheet: str
    row: str
    field: str
    says: str
    advice: str
    private: bool = False
    code: str = ""
    severity: Severity = "error"
    sentence: str = ""
    acknowledged: str = ""

    @property
    def place(self) -> str:
        """The place in one word that never changes: ``metrics/metric-5/owner``, ``convener/lead``."""
        return "/".join(part for part in (self.worksheet, self.row, self.field) if part)


@dataclass(frozen=True)
class Pending:
    """The rule cannot be answered yet.

    Attributes
    ----------
    until : str
        What has to be there first, in words.
    """

    until: str


Found = Iterator[Finding | Pending]


@dataclass(frozen=True)
class Rule:
    """A rule and the words people read about it.

    Attributes
    ----------
    code : str
        Family letters and the number of the rule in the catalogue: ``RO27``.
    needs : tuple of worksheet classes
        What it reads. A gap waits until all of them are marked ready to check, as far as its depth.
    severity : str
        Unless the partnership sets another; see `severity`.
    depth : str
        Of a gap, ``"quick"`` or ``"full"``: it speaks of blanks once the quick questions are done, or all are.
        "" for a contradiction, which compares only what is answered, and so answers at once.
    locked : bool
        No partnership sets another severity, and nobody acknowledges a finding away.
    private : bool
        It reads what is for the facilitator only, and so do its findings. Of a public workbook it is not asked.
    sentence, reason, source : str
        From the docstring: its first line, its middle, and the line that begins with "Source:".
    """

    code: str
    needs: tuple[type[Worksheet], ...]
    severity: Severity
    depth: Depth | Literal[""]
    sentence: str
    reason: str
    source: str
    find: Callable[[Workbook], Found]
    locked: bool = False
    private: bool = False


@dataclass(frozen=True)
class Result:
    """The outcome of one rule: ``holds``, ``findings`` or ``waits``.

    Attributes
    ----------
    findings : tuple of Finding
        The open ones.
    acknowledged : tuple of Finding
        Those that somebody lets stand, with a note and a name.
    waits : str
        What has to be there first, where the rule cannot be answered yet.
    """

    rule: Rule
    findings: tuple[Finding, ...] = ()
    waits: str = ""
    acknowledged: tuple[Finding, ...] = ()

    @property
    def outcome(self) -> Literal["holds", "findings", "waits"]:
        """In one word. A rule whose findings are all acknowledged does not hold."""
        return "findings" if self.findings or self.acknowledged else "waits" if self.waits else "holds"


_RULES: dict[str, Rule] = {}


def rule(
    code: str,
    needs: tuple[type[Worksheet], ...],
    *,
    severity: Severity = "error",
    depth: Depth | Literal[""] = "",
    locked: bool = False,
    private: bool = False,
) -> Callable[[Callable[[Workbook], Found]], Callable[[Workbook], Found]]:
    """Make a rule of a function; its docstring is the statement people read.

    Parameters
    ----------
    code : str
        Such as ``"CO01"``; nobody else's.
    needs : tuple of type
        The worksheets it reads.
    severity : str
        ``"error"``, ``"warning"`` or ``"hint"``.
    depth : str
        It speaks of what is blank, so it waits until its worksheets are marked ready to check. ``"quick"``: it speaks
        of the blanks of quick questions alone, which a half-day asks. ``"full"``: it waits until all is done.
    locked : bool
        No profile may set another severity, and nobody may let its findings stand.
    private : bool
        It reads what is for the facilitator only, and speaks only where that was asked for.

    Returns
    -------
    callable
        Takes the function, and gives it back.

    Raises
    ------
    ValueError
        The code is taken, or the docstring lacks its sentence or source.
    """

    def register(find: Callable[[Workbook], Found]) -> Callable[[Workbook], Found]:
        sentence, _, rest = inspect.cleandoc(find.__doc__ or "").partition("\n")
        reason, mark, source = rest.partition("Source:")
        if code in _RULES or not sentence or not mark:
            raise ValueError(f"Rule {code} needs a code of its own, a sentence and a source in its docstring.")
        _RULES[code] = Rule(
            code,
            needs,
            severity,
            depth,
            sentence,
            " ".join(reason.split()),
            " ".join(source.split()),
            find,
            locked,
            private,
        )
        return find

    return register


@cache
def every() -> tuple[Rule, ...]:
    """All rules, by code. A rule is found by standing in a module of ``ctekit.rules``.

    Returns
    -------
    tuple of Rule
    """
    families = importlib.import_module("ctekit.rules")
    for module in pkgutil.iter_modules(families.__path__):
        if not module.name.startswith("_"):
            importlib.import_module(f"ctekit.rules.{module.name}")
    return tuple(_RULES[code] for code in sorted(_RULES))


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
    results = [run(rule, book) for rule in every() if book.whole is book or not rule.private]
    if not worksheet:
        return tuple(results)
    here = []
    for result in results:
        findings = tuple(finding for finding in result.findings if finding.worksheet == worksheet)
        acknowledged = tuple(finding for finding in result.acknowledged if finding.worksheet == worksheet)
        reads = any(kind.slug == worksheet for kind in result.rule.needs)
        if findings or acknowledged or (reads and result.outcome != "findings"):
            here.append(replace(result, findings=findings, acknowledged=acknowledged))
    return tuple(here)
