"""Worksheets by mail in a notebook: a button that writes the files, and ways to take in what came back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ctekit.mail import _answers, _report, _sending, _taking
from ctekit.mail._answers import Answers
from ctekit.model.days import long_day
from ctekit.model.errors import CtekitError
from ctekit.model.files import not_written_beside
from ctekit.views.render import render
from ctekit.widgets.chosen import read_chosen
from ctekit.widgets.panel import Panel
from ctekit.widgets.written import describe, list_files

if TYPE_CHECKING:
    from ctekit.partnership import Partnership

FOLDER = "mail"
"""Beside the notebooks: files to send lie there, and those that came back may be put there."""


@dataclass(frozen=True)
class Receiver:
    """A partner to whom a worksheet can be mailed.

    Attributes
    ----------
    id, name : str
    words : tuple of str
        What goes out in words of their own.
    standing : str
        Whether a file was written for it, and when it answered.
    """

    id: str
    name: str
    words: tuple[str, ...]
    standing: str


class MailPanel(Panel):
    """Buttons that write files for partners, and take their answers in.

    Parameters
    ----------
    partnership : Partnership
    """

    def __init__(self, partnership: Partnership) -> None:
        self.partnership = partnership
        self.status: list[str] = []
        self.files: list[Path] = []
        super().__init__(self.draw, self.press, partnership.store)

    def __repr__(self) -> str:
        return "<mail>"

    def draw(self) -> str:
        """All of it, as it stands now."""
        answered = self.partnership.store.letters_answered()
        receivers = [
            Receiver(organization, name, words, _standing(answered.get(organization)))
            for organization, name, words in _sending.words_by_organization(self.partnership.book)
        ]
        files = list_files(self.files, "Save")
        return render("mail_panel", receivers=receivers, status=self.status, files=files, folder=FOLDER)

    def press(self, act: str, what: str = "", value: str = "") -> str:
        """Do what a button does; gives the words to read out.

        Parameters
        ----------
        act : str
            ``"write"``; ``"take"`` what lies in the folder; ``"choose"`` what was chosen.
        what : str
            To write for one organization alone: its id.
        value : str
            The files that were chosen, see `read_chosen`.
        """
        self.files = []
        try:
            self.status = self._do(act, what, value)
        except OSError:
            self.status = [not_written_beside(FOLDER)]
        except CtekitError as error:
            self.status = [str(error)]
        return " ".join(self.status)

    def _do(self, act: str, what: str, value: str) -> list[str]:
        if act == "write":
            return self._write([what] if what else [])
        if act == "choose":
            return self._take((name, partial(_answers.parse, content, name)) for name, content in read_chosen(value))
        files = sorted(path for path in self._folder.glob("*") if path.suffix.lower() in (".json", ".txt"))
        if files:
            return self._take((file.name, partial(_answers.read, file)) for file in files)
        return [f"No answers lie in the folder “{FOLDER}”. Choose the files that came back, or put them there."]

    @property
    def _folder(self) -> Path:
        return self.partnership.folder / FOLDER

    def _write(self, to: list[str]) -> list[str]:
        store = self.partnership.store
        self.files = _sending.send(store, _sending.prepare(store, to), self._folder)
        return [describe(self.files)]

    def _take(self, files: Iterable[tuple[str, Callable[[], Answers]]]) -> list[str]:
        """Take in files of answers, each as it is read; one that cannot be read keeps out no other."""
        lines = []
        store = self.partnership.store
        for name, read in files:
            try:
                planned = _taking.plan(store, read())
                lines += _report.report(store, planned, _taking.take(store, planned))
            except CtekitError as error:
                lines.append(str(error) if str(error).startswith(name) else f"{name}: {error}")
        return lines


def _standing(answered: str | None) -> str:
    if answered is None:
        return "no file yet"
    return f"answered on {long_day(answered[:10])}" if answered else "file written, no answer yet"
