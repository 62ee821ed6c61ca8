"""The findings as a list to work on: two buttons each, and the form of the one that is open. For a notebook only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ctekit.analysis import participants
from ctekit.rules import Finding, action_of, action_source, every
from ctekit.views.render import render
from ctekit.workbook import Workbook
from ctekit.worksheets.plan import Action
from ctekit.worksheets.profile import Profile

MOST = 20
"""So many findings are listed at once; the rest when those are dealt with."""


@dataclass(frozen=True)
class State:
    """How the list stands on the screen.

    Attributes
    ----------
    folded : bool
        The list is not shown: a room sees the view alone.
    open : str
        The key of the finding whose form is open.
    form : str
        ``"action"`` or ``"reason"``.
    typed : mapping
        What stands in the form.
    status : str
        What came of the last press, under the finding that is open or above the list.
    """

    folded: bool = True
    open: str = ""
    form: str = ""
    typed: Mapping[str, str] | None = None
    status: str = ""


@dataclass(frozen=True)
class Item:
    """One finding of the list."""

    number: int
    key: str
    finding: Finding
    action: Action | None
    locked: bool


def key(finding: Finding) -> str:
    """What a button calls its finding: the same words at the same place, or it is another one."""
    return f"{action_source(finding)} {finding.says}"


def work(book: Workbook, findings: Sequence[Finding], state: State, name: str = "ctekit") -> str:
    """The buttons, and the list when it is unfolded.

    Parameters
    ----------
    book : Workbook
    findings : sequence of Finding
        Those that are open; none for the facilitator only.
    state : State
    name : str
        Begins every id, so that several of them can stand in one window.
    """
    locked = {rule.code for rule in every() if rule.locked}
    items = [
        Item(number, key(finding), finding, action_of(book, finding), finding.code in locked)
        for number, finding in enumerate(findings[:MOST], 1)
    ]
    people = [person for person in book[Profile].people if not participants.has_left(person)]
    return render(
        "work",
        name=name,
        state=state,
        typed=state.typed or {},
        items=items,
        how_many=len(findings),
        more=max(0, len(findings) - MOST),
        people=[(person.id, book.name(person.id)) for person in people],
    )
