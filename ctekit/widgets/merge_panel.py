"""Copies brought together in a notebook: chosen, looked over, merged, and what is to be chosen then."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from markupsafe import Markup

from ctekit.history import merging
from ctekit.model.errors import CtekitError
from ctekit.model.paths import STORE_FILE
from ctekit.model.text import count, listed
from ctekit.store import Store, merge, merge_undo
from ctekit.views.render import render
from ctekit.widgets.chosen import read_chosen
from ctekit.widgets.differences import Differences

_SHOWN = 100
"""So many lines of each kind are shown before anything is merged."""

_BEGUN = {
    "read": "The copy is being read.",
    "merge": "The copies are being brought together.",
    "unmerge": "The merge is being taken back.",
}
"""What is said as soon as a button was pressed."""


class MergePanel(Differences):
    """A control for other copies of the partnership, what they would bring, and the answers to choose among then.

    Parameters
    ----------
    store : Store
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.status: list[str] = []
        self.copies: list[merge.Copy] = []
        self.sections: list[tuple[str, list[str]]] = []
        self.merged = False
        super().__init__(store)

    def __repr__(self) -> str:
        return "<merge>"

    def draw(self) -> str:
        """All of it, as it stands now."""
        return render(
            "merge_panel",
            status=self.status,
            names=[copy.name for copy in self.copies],
            sections=self.sections,
            merged=self.merged,
            withdrawn=" ".join(merge_undo.WITHDRAWN),
            differences=Markup(super().draw()) if self.is_needed else "",
        )

    def press(self, act: str, what: str = "", value: str = "") -> str:
        """Do what a button does; gives the words to read out.

        Parameters
        ----------
        act : str
            ``"read"`` the files that were chosen, ``"merge"`` them, ``"leave"`` them, or ``"unmerge"``; or what
            `Differences` knows.
        what : str
            See `Differences.press`.
        value : str
            The files, see `read_chosen`.
        """
        if act not in (*_BEGUN, "leave"):
            self.status = []
            return super().press(act, what, value)
        if act in _BEGUN:
            self.send({"said": _BEGUN[act]})  # a long history takes longer than a page waits for a word
        try:
            match act:
                case "read":
                    self.status = self._read(value)
                case "merge":
                    self.status = self._merge()
                case "unmerge":
                    self.status = self._unmerge()
                case "leave":
                    self._forget()
                    self.status = ["Nothing was changed."]
        except OSError as error:  # no room for the copy that is looked at
            self._forget()
            self.status = [
                f"The copy could not be looked at ({error.strerror}). Nothing was changed. Make room on the disk."
            ]
        except CtekitError as error:
            self._forget()
            self.status = [str(error)]
        return " ".join(self.status)

    def _forget(self) -> None:
        self.copies, self.sections = [], []

    def _read(self, value: str) -> list[str]:
        self._forget()
        with TemporaryDirectory(prefix="ctekit-") as place:
            copies = [self._copy(Path(place, str(number)), *file) for number, file in enumerate(read_chosen(value))]
        sections = self._try(copies)
        if sections is None:
            return [f"{_named(copies)}: nothing to do. All of it is here."]
        self.copies, self.sections = copies, sections
        return [f"{_named(copies)}: read, and nothing is written yet. Look at what comes in."]

    def _copy(self, folder: Path, name: str, content: bytes) -> merge.Copy:
        folder.mkdir()
        path = folder / STORE_FILE
        path.write_bytes(content)
        try:
            (copy,) = merge.read(self.store, [path])
        except CtekitError as error:
            raise CtekitError(str(error).replace(str(path), name)) from error
        return merge.Copy(name, copy.lines)

    def _try(self, copies: list[merge.Copy]) -> list[tuple[str, list[str]]] | None:
        """What comes of merging, as headings with lines; None where nothing does."""
        with merge.tried(self.store, copies) as (draft, joined):
            if not any(each.lines for each in joined):
                return None
            sections = merging.report(draft, self.store.latest(), joined)
            if asked := merging.choices(draft):
                title = "Given in several ways: what was said last stands until you choose"
                sections.append((title, [choice.what for choice in asked]))
        return [
            (f"{title}: {len(lines)}", lines[:_SHOWN] + [f"and {len(lines) - _SHOWN} more"] * (len(lines) > _SHOWN))
            for title, lines in sections
        ]

    def _merge(self) -> list[str]:
        if not self.copies:
            return ["There is no copy to bring in. Choose it again."]
        sections = self._try(self.copies)
        if sections is not None and sections != self.sections:
            self.sections = sections
            return ["Answers were changed here meanwhile. Nothing is written yet. Look again at what comes in."]
        joined, backup = merge.merge(self.store, self.copies)
        self._forget()
        self.merged = True
        number = sum(len(each.lines) for each in joined)
        return [
            f"{count(number, 'change came in, with its', 'changes came in, with their')} history.",
            f"How it stood before is kept in {backup.parent.name}/{backup.name}.",
        ]

    def _unmerge(self) -> list[str]:
        self.merged = False
        undone = merge_undo.undo(self.store)
        if undone is None:
            return ["There is nothing to take back: no copies were merged, or it was taken back before."]
        return undone.sentences()


def _named(copies: list[merge.Copy]) -> str:
    return listed([copy.name for copy in copies], 3)
