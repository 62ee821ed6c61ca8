"""What a rule is: a true sentence when it passes; else findings, or it waits."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ctekit.model.worksheet import Depth, Worksheet
from ctekit.workbook import Workbook
from ctekit.worksheets.profile import Severity


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
    subject : str
        Whom or what it is about, in words; "" where the name of its row says it.
    code, severity, sentence : str
        Of the rule that found it; filled in by `run`.
    asks, action : str
        What a room is asked, and what somebody could do about it; where the finding does not say, the rule's, filled in
        by `run`.
    acknowledged : str
        The note and the name of whoever lets it stand; "" for an open finding. Filled in by `run`.
    """

    worksheet: str
    row: str
    field: str
    says: str
    advice: str
    private: bool = False
    subject: str = ""
    code: str = ""
    severity: Severity = "error"
    sentence: str = ""
    asks: str = ""
    action: str = ""
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
    asks : str
        What a room is asked where the rule has something to say: "Which one of us answers for it?".
    action : str
        What somebody could do about it, beginning with a verb; ``{subject}`` stands for whom or what it is about.
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
    asks: str
    action: str
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
    asks: str,
    action: str,
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
    asks, action : str
        What it asks a room, and what somebody could do, with ``{subject}`` for whom or what a finding is about.
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
        if taken := _RULES.get(code):
            raise ValueError(
                f"Two rules have the code {code}. The other is “{taken.sentence}” "
                "Take the next number that is free in docs/rules.md."
            )
        if not sentence or not mark:
            raise ValueError(
                f"The docstring of rule {code} lacks its sentence or its source. "
                "Begin it with a sentence that is true when all is well, and end it with a line “Source: …”."
            )
        _RULES[code] = Rule(
            code,
            needs,
            severity,
            depth,
            sentence,
            " ".join(reason.split()),
            " ".join(source.split()),
            find,
            asks,
            action,
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
