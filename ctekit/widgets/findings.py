"""The check while people work on it: make a finding an action, or let it stand with a reason."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

from ctekit.model.errors import CtekitError
from ctekit.model.text import count, quotation
from ctekit.rules import Finding
from ctekit.views.standing import open_findings
from ctekit.views.work import State, key, work
from ctekit.widgets.panel import Panel

if TYPE_CHECKING:
    from ctekit.partnership import Partnership


def saved_in_plan(action: str, owner: str, by: str) -> str:
    """What is said when an action was saved, and what it still lacks."""
    missing = " and ".join(name for name, value in (("a name", owner), ("a day", by)) if not value)
    lacks = f" It still needs {missing}: write it there." if missing else ""
    return f"Saved in the plan: {quotation(action)}.{lacks}"


class Findings(Panel):
    """A check that can be worked on.

    Parameters
    ----------
    partnership : Partnership
    view : callable
        Gives the static view, made anew each time.
    worksheet : str
        Only the findings on this one; "" for all.
    private : bool
        The view shows what is for the facilitator only.

    Notes
    -----
    The list with its buttons is folded away at first: what a room sees is the view alone. Findings for the facilitator
    only are never in it, for the same notebook may stand on a projector.
    """

    def __init__(
        self, partnership: Partnership, view: Callable[[], str], worksheet: str = "", *, private: bool = False
    ) -> None:
        self.partnership = partnership
        self.view = view
        self.worksheet = worksheet
        self.state = State()
        self.name = f"ctekit-{uuid4().hex[:8]}"
        super().__init__(self.draw, self.press, partnership.store, private=private)

    def __repr__(self) -> str:
        return f"<check with {count(len(self.findings), 'open finding')}>"

    @property
    def findings(self) -> list[Finding]:
        """The open findings that everybody may see, the gravest first."""
        return [
            finding for finding in open_findings(self.partnership.book) if self.worksheet in ("", finding.worksheet)
        ]

    def _follow(self) -> None:
        if not self.state.open:  # somebody writes in a form of it
            super()._follow()

    def draw(self) -> str:
        """All of it, as it stands now."""
        return f"{work(self.partnership.book, self.findings, self.state, self.name)}\n{self.view()}"

    def press(self, act: str, what: str = "", value: str = "") -> str:
        """Do what a button does; gives the words to read out. What was typed stays in its form when it cannot be saved.

        Parameters
        ----------
        act, what : str
            The button, and the key of its finding.
        value : str
            What stands in the form, as JSON.
        """
        typed = json.loads(value) if value else {}
        if act in ("save-action", "save-reason"):
            try:
                status = self._save(act, self._finding(what), typed)
            except CtekitError as error:
                self.state = replace(self.state, typed=typed, status=str(error))
                return str(error)
            self.state = State(folded=False, status=status)
        elif act in ("action", "reason"):
            self._finding(what)
            self.state = State(folded=False, open=what, form=act)
            status = "The form is open below the button."
        elif act == "fold":
            self.state = State(folded=not self.state.folded)
            status = "The list is folded away." if self.state.folded else "The list is open."
        else:
            self.state, status = State(folded=False), "Nothing was changed."
        return status

    def _finding(self, what: str) -> Finding:
        for finding in self.findings:
            if key(finding) == what:
                return finding
        raise CtekitError("This finding is no longer there: somebody changed what it tells of.")

    def _save(self, act: str, finding: Finding, typed: dict[str, str]) -> str:
        if act == "save-reason":
            self.partnership.acknowledge(finding, note=typed.get("note", ""), by=typed.get("by_whom", ""))
            return f"Acknowledged: {finding.says} It comes back when its facts change."
        owner, by = typed.get("owner", ""), typed.get("by", "")
        row = self.partnership.act(finding, action=typed.get("action", ""), owner=owner, by=by)
        return saved_in_plan(self.partnership.book.name(row), owner, by)
