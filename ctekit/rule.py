"""What a rule is: a true sentence when it passes; else findings, or it waits."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ctekit.workbook import Workbook
from ctekit.worksheet import Worksheet

Severity = Literal["error", "warning", "hint"]


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


@dataclass(frozen=True)
class Waits:
    """The rule cannot be answered yet.

    Attributes
    ----------
    until : str
        What has to be there first, in words.
    """

    until: str


Found = Iterator[Finding | Waits]


@dataclass(frozen=True)
class Rule:
    """A rule and the words people read about it.

    Attributes
    ----------
    code : str
        Family letters and the number of the rule in the catalogue: ``RO27``.
    needs : tuple of worksheet classes
        What it reads. An omission waits until all of them are marked ready to check.
    severity : str
    omission : bool
        An omission waits for "ready to check"; a contradiction answers at once.
    sentence, reason, source : str
        From the docstring: its first line, its middle, and the line that begins with "Source:".
    """

    code: str
    needs: tuple[type[Worksheet], ...]
    severity: Severity
    omission: bool
    sentence: str
    reason: str
    source: str
    find: Callable[[Workbook], Found]


@dataclass(frozen=True)
class Result:
    """The outcome of one rule: ``holds``, ``findings`` or ``waits``."""

    rule: Rule
    findings: tuple[Finding, ...] = ()
    waits: str = ""

    @property
    def outcome(self) -> Literal["holds", "findings", "waits"]:
        """In one word."""
        return "findings" if self.findings else "waits" if self.waits else "holds"


_FOUND: dict[str, Rule] = {}


def rule(
    code: str, needs: tuple[type[Worksheet], ...], *, severity: Severity = "error", omission: bool = False
) -> Callable[[Callable[[Workbook], Found]], Callable[[Workbook], Found]]:
    """Make a rule of a function; its docstring is the statement people read.

    Raises
    ------
    ValueError
        The code is taken, or the docstring lacks its sentence or source.
    """

    def made(find: Callable[[Workbook], Found]) -> Callable[[Workbook], Found]:
        sentence, _, rest = inspect.cleandoc(find.__doc__ or "").partition("\n")
        reason, mark, source = rest.partition("Source:")
        if code in _FOUND or not sentence or not mark:
            raise ValueError(f"Rule {code} needs a code of its own, a sentence and a source in its docstring.")
        _FOUND[code] = Rule(
            code, needs, severity, omission, sentence, " ".join(reason.split()), " ".join(source.split()), find
        )
        return find

    return made


@cache
def every() -> tuple[Rule, ...]:
    """All rules, by code. A rule is found by standing in a module of ``ctekit.rules``."""
    families = importlib.import_module("ctekit.rules")
    for module in pkgutil.iter_modules(families.__path__):
        importlib.import_module(f"ctekit.rules.{module.name}")
    return tuple(_FOUND[code] for code in sorted(_FOUND))


def run(rule: Rule, book: Workbook) -> Result:
    """Ask one rule."""
    if rule.omission:
        unready = [kind.title for kind in rule.needs if not book[kind].ready]
        if unready:
            return Result(rule, waits=f"Waits until marked ready to check: {', '.join(unready)}.")
    said = list(rule.find(book))
    findings = tuple(
        Finding(
            one.worksheet,
            one.row,
            one.field,
            one.says,
            one.advice,
            one.private,
            rule.code,
            rule.severity,
            rule.sentence,
        )
        for one in said
        if isinstance(one, Finding)
    )
    waits = "" if findings else next((one.until for one in said if isinstance(one, Waits)), "")
    return Result(rule, findings, waits)


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
        elsewhere only is left out, for it does not hold.
    """
    results = [run(one, book) for one in every()]
    if not worksheet:
        return tuple(results)
    here = []
    for result in results:
        findings = tuple(one for one in result.findings if one.worksheet == worksheet)
        reads = any(kind.slug == worksheet for kind in result.rule.needs)
        if findings or (reads and not result.findings):
            here.append(Result(result.rule, findings, result.waits))
    return tuple(here)
