"""Answers as a spreadsheet or JSON in a notebook: written by a button, looked over and taken back in by others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctekit import interchange, papers
from ctekit.interchange import Change, Contents, Plan
from ctekit.model.errors import CtekitError
from ctekit.model.files import not_written_beside
from ctekit.views.render import render
from ctekit.widgets.chosen import read_chosen
from ctekit.widgets.panel import OLD_BUTTON, Panel
from ctekit.widgets.written import describe, list_files

if TYPE_CHECKING:
    from pathlib import Path

    from ctekit.interchange._changes import Format
    from ctekit.partnership import Partnership

FOLDER = "answers"
"""Beside the notebooks."""

_BEGUN = {
    "write": "The file is being written.",
    "choose": "The file is being read.",
    "take": "The answers are being written.",
    "undo": "The answers are being taken back.",
}
"""What is said as soon as a button was pressed."""

_SHOWN = 100
"""So many changes of each kind are shown before they are written."""


class DataPanel(Panel):
    """Buttons that write all answers to a file, and take a file's back in once somebody has seen what it changes.

    Parameters
    ----------
    partnership : Partnership
    """

    def __init__(self, partnership: Partnership) -> None:
        self.partnership = partnership
        self.status: list[str] = []
        self.files: list[Path] = []
        self.file = ""
        self.read: tuple[Plan, Contents, Format] | None = None
        self.taken = False
        super().__init__(self.draw, self.press)

    def __repr__(self) -> str:
        return "<data>"

    def draw(self) -> str:
        """All of it, as it stands now."""
        return render(
            "data_panel",
            status=self.status,
            files=list_files(self.files, "Save"),
            file=self.file,
            sections=[_section(*section) for section in self.read[0].sections()] if self.read else [],
            plan=self.read[0] if self.read else None,
            taken=self.taken,
        )

    def press(self, act: str, what: str = "", value: str = "") -> str:
        """Do what a button does; gives the words to read out.

        Parameters
        ----------
        act : str
            ``"write"`` a file, ``"choose"`` one, ``"take"`` what it says, ``"leave"`` it, or ``"undo"``.
        what : str
            To write: how the file's name ends.
        value : str
            The file that was chosen, see `read_chosen`.
        """
        self.files, self.taken = [], False
        if act in _BEGUN:
            self.send({"said": _BEGUN[act]})  # thousands of rows take longer than a page waits for a word
        try:
            match act:
                case "write":
                    self.status = self._write(what)
                case "choose":
                    self.status = self._read(value)
                case "take":
                    self.status = self._take()
                case "leave":
                    self.read, self.status = None, ["Nothing was changed."]
                case "undo":
                    undone = interchange.undo(self.partnership.store)
                    self.status = undone.sentences() if undone else [interchange.NOTHING_TO_UNDO]
                case _:
                    self.status = [OLD_BUTTON]
        except OSError:
            self.status = [not_written_beside(FOLDER)]
        except CtekitError as error:
            self.status = [str(error)]
        return " ".join(self.status)

    def _write(self, suffix: str) -> list[str]:
        contents = {f"answers{suffix}": interchange.write(self.partnership.store, suffix)}
        self.files = papers.put(contents, self.partnership.folder / FOLDER, beside=True)
        return [describe(self.files)]

    def _read(self, value: str) -> list[str]:
        """Look a file over; only the first of several is read."""
        self.read = None
        self.file, content = next(iter(read_chosen(value)), ("", b""))
        contents, form = interchange.parse(content, self.file)
        plan = interchange.plan(self.partnership.store, contents, form)
        if not plan.edits and not plan.refused:
            return [f"{self.file}: nothing to do. All that it says stands here just so."]
        self.read = plan, contents, form
        return [f"{self.file} was read, and nothing is written yet. Look at what it would change."]

    def _take(self) -> list[str]:
        if self.read is None:
            return ["There is no file to take in. Choose it again."]
        seen, contents, form = self.read
        plan = interchange.plan(self.partnership.store, contents, form)
        if list(plan.sections()) != list(seen.sections()):
            self.read = plan, contents, form
            return ["Answers were changed here meanwhile. Nothing is written yet. Look again at what it would change."]
        saved = interchange.take(self.partnership.store, plan, contents)
        self.read, self.taken = None, plan.written(saved) > 0
        return plan.sentences(saved)


def _section(title: str, changes: list[Change], words: str) -> tuple[str, list[str]]:
    """A heading, and its lines; of what is for the facilitator only, just how much it is."""
    public = [change for change in changes if not change.private]
    lines = list(interchange.lines(public[:_SHOWN], private=False, words=words))
    lines += [f"and {len(public) - _SHOWN} more"] * (len(public) > _SHOWN)
    lines += [f"and {len(changes) - len(public)} for the facilitator only"] * (len(changes) > len(public))
    return f"{title}: {len(changes)}", lines
