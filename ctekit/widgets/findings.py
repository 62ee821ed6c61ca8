"""The check while people work on it: look again, make a finding an action, or let it stand with a reason."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import ipywidgets as w
from markupsafe import escape

from ctekit import actions, roster
from ctekit.errors import ForPeople
from ctekit.rule import Finding, every
from ctekit.views.standing import open_findings
from ctekit.worksheets.profile import Profile

if TYPE_CHECKING:
    from ctekit.partnership import Partnership

MOST = 20
"""So many findings get buttons at once, the rest when those are dealt with: a hundred forms take seconds to open."""

_WIDE = "min(40em, 95%)"


class Findings(w.VBox):  # type: ignore[misc]
    """A check that can be worked on.

    Parameters
    ----------
    partnership : Partnership
    html : callable
        Gives the static view, made anew each time.
    worksheet : str
        Only the findings on this one; "" for all.

    Notes
    -----
    The list with its buttons is folded away at first: what a room sees is the view alone. Findings for the facilitator
    only are never in it, for the same notebook may stand on a projector.
    """

    def __init__(self, partnership: Partnership, html: Callable[[], str], worksheet: str = "") -> None:
        self.partnership = partnership
        self.html = html
        self.worksheet = worksheet
        self.found: list[Finding] = []
        self.again = _button("Check again", self._check_again, style="primary")
        self.work = _button("Work on the findings", self._fold)
        self.said = w.HTML()
        self.shown = w.HTML()
        self.list = w.VBox(layout=w.Layout(display="none"))
        super().__init__([w.HBox([self.again, self.work]), self.said, self.shown, self.list])
        self.refresh()

    def __repr__(self) -> str:
        return f"<check with {len(self.found)} open findings>"

    def refresh(self) -> None:
        """Ask all rules anew."""
        book = self.partnership.book
        self.found = [one for one in open_findings(book) if self.worksheet in ("", one.worksheet)]
        self.shown.value = self.html()
        open_now = self.list.layout.display != "none"
        self.work.disabled = not self.found
        self.work.description = "Fold the list away" if open_now else f"Work on the findings ({len(self.found)})"
        if open_now:
            self._fill()

    def _check_again(self, _: Any = None) -> None:
        def look() -> str:
            self.refresh()
            return f"Checked at {datetime.datetime.now():%H:%M:%S}: {_so_many(len(self.found))}."

        self._try(look)

    def saved(self, words: str) -> None:
        """Look again after something was saved, and say what."""
        self.said.value = f"<p role='status'>{escape(words)}</p>"
        try:
            self.refresh()
        except Exception as error:
            words = f"{words} The check could not be shown again, because of a fault in ctekit ({error!r})."
            self.said.value = f"<p role='alert'>{escape(words)}</p>"

    def _fold(self, _: Any = None) -> None:
        def fold() -> str:
            self.list.layout.display = "" if self.list.layout.display == "none" else "none"
            self.refresh()
            return ""

        self._try(fold)

    def _fill(self) -> None:
        lines: list[Any] = [Line(self, number, one) for number, one in enumerate(self.found[:MOST], 1)]
        more = len(self.found) - MOST
        if more > 0:
            lines.append(w.HTML(f"<p>{more} more come up here once these are dealt with.</p>"))
        if not self.found:
            lines.append(w.HTML("<p>Nothing is open.</p>"))
        self.list.children = lines

    def _try(self, deed: Callable[[], str]) -> None:
        """Do something and say what came of it; whatever goes wrong is a sentence, for a callback shows no error."""
        try:
            words = deed()
            self.said.value = f"<p role='status'>{escape(words)}</p>" if words else ""
        except Exception as error:
            self.said.value = f"<p role='alert'>{escape(sentence(error))}</p>"


class Line(w.VBox):  # type: ignore[misc]
    """One finding with its two buttons; the form of either opens under them.

    Parameters
    ----------
    board : Findings
        The check it stands in.
    number : int
        Said in the buttons, so that each has a name of its own.
    finding : Finding
    """

    def __init__(self, board: Findings, number: int, finding: Finding) -> None:
        self.board, self.number, self.finding = board, number, finding
        made = actions.of(board.partnership.book, finding)
        is_action = f" <strong>Action {escape(made.id)}:</strong> {escape(made.action or '')}" if made else ""
        words = w.HTML(
            f"<p><strong>{number}. {escape(finding.says)}</strong> {escape(finding.code)}<br>"
            f"{escape(finding.advice)}{is_action}</p>"
        )
        self.act = _button(f"Make {number} an action", lambda _: self._open(self._action))
        self.act.disabled = bool(made and not made.done)
        self.acknowledge = _button(f"Acknowledge {number}", lambda _: self._open(self._acknowledgement))
        locked = any(one.code == finding.code and one.locked for one in every())
        if locked:
            self.acknowledge.disabled = True
            self.acknowledge.tooltip = "This one has to be mended; nobody can let it stand."
        self.form = w.VBox()
        self.said = w.HTML()
        super().__init__([words, w.HBox([self.act, self.acknowledge]), self.form, self.said])

    def _open(self, form: Callable[[], list[Any]]) -> None:
        try:
            self.form.children = form()
            self.said.value = ""
        except Exception as error:
            self.said.value = f"<p role='alert'>{escape(sentence(error))}</p>"

    def _action(self) -> list[Any]:
        what = _field(w.Textarea, "What", value=self.finding.advice, rows=2)
        owner = _field(w.Dropdown, "Who", options=people(self.board.partnership), value="")
        by = _field(w.Text, "By when", placeholder="year-month-day, such as 2027-01-15")

        def save() -> str:
            row = self.board.partnership.act(self.finding, action=what.value, owner=owner.value, by=by.value)
            missing = " and ".join(name for name, one in (("a name", owner), ("a day", by)) if not one.value)
            add = f" It still needs {missing}: write it in the plan." if missing else ""
            return f"Saved as {row} in the plan.{add}"

        return [what, owner, by, self._buttons(save, f"Save action {self.number}")]

    def _acknowledgement(self) -> list[Any]:
        note = _field(w.Textarea, "Why it stays", rows=2)
        who = _field(w.Dropdown, "Who says so", options=people(self.board.partnership), value="")

        def save() -> str:
            self.board.partnership.acknowledge(self.finding, note=note.value, by=who.value)
            return f"{self.number} is acknowledged. It comes back when its facts change."

        return [note, who, self._buttons(save, f"Save the reason for {self.number}")]

    def _buttons(self, save: Callable[[], str], name: str) -> Any:
        def pressed(_: Any) -> None:
            try:
                words = save()
            except Exception as error:  # what was typed stays in the form
                self.said.value = f"<p role='alert'>{escape(sentence(error))}</p>"
                return
            self.board.saved(words)

        def closed(_: Any) -> None:
            self.form.children, self.said.value = (), ""

        return w.HBox([_button(name, pressed, style="primary"), _button(f"Leave {self.number} as it is", closed)])


def people(partnership: Partnership) -> list[tuple[str, str]]:
    """Whom one can choose: nobody yet, then all people who have not left or said no, by name and id."""
    book = partnership.book
    here = [one for one in book[Profile].people if roster.standing(book, one.id) != "not active"]
    return [("-", ""), *((f"{book.name(one.id)} ({one.id})", one.id) for one in here)]


def sentence(error: Exception) -> str:
    """What went wrong, in one sentence."""
    if isinstance(error, ForPeople):
        return str(error)
    return f"Nothing was changed, because of a fault in ctekit ({error!r}). What you typed is still here; try again."


def _so_many(number: int) -> str:
    return "nothing is open" if not number else f"{number} {'finding is' if number == 1 else 'findings are'} open"


def _button(name: str, pressed: Callable[[Any], None], style: str = "") -> Any:
    button = w.Button(description=name, button_style=style, layout=w.Layout(width="auto", min_height="32px"))
    button.on_click(pressed)
    return button


def _field(kind: Any, name: str, **more: Any) -> Any:
    layout = w.Layout(width=_WIDE)
    return kind(description=name, style={"description_width": "8em"}, layout=layout, **more)
