"""Worksheets by mail in a notebook: a button that writes the files, and one that takes in what came back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ctekit.mail import _answers, _report, _sending, _taking
from ctekit.model.days import long_day
from ctekit.model.errors import CtekitError
from ctekit.model.files import not_written_beside
from ctekit.views.render import render
from ctekit.widgets.panel import Panel
from ctekit.widgets.written import describe, list_files

if TYPE_CHECKING:
    from ctekit.partnership import Partnership

FOLDER = "mail"
"""Beside the notebooks: files to send lie there, and those that came back are put there."""


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
            ``"write"`` or ``"take"``.
        what : str
            To write for one organization alone: its id.
        value : str
            Not used.
        """
        self.files = []
        try:
            self.status = self._write([what] if what else []) if act == "write" else self._take()
        except OSError:
            self.status = [not_written_beside(FOLDER)]
        except CtekitError as error:
            self.status = [str(error)]
        return " ".join(self.status)

    @property
    def _folder(self) -> Path:
        return self.partnership.folder / FOLDER

    def _write(self, to: list[str]) -> list[str]:
        store = self.partnership.store
        self.files = _sending.send(store, _sending.prepare(store, to), self._folder)
        return [describe(self.files)]

    def _take(self) -> list[str]:
        """Take in every file of answers that lies in the folder; one that cannot be read keeps out no other."""
        files = sorted(path for path in self._folder.glob("*") if path.suffix.lower() in (".json", ".txt"))
        if not files:
            return [f"No answers lie in the folder “{FOLDER}”. Put the files that came back there, then press again."]
        lines = []
        store = self.partnership.store
        for file in files:
            try:
                planned = _taking.plan(store, _answers.read(file))
                lines += _report.report(store, planned, _taking.take(store, planned))
            except CtekitError as error:
                lines.append(f"{file.name}: {error}")
        return lines


def _standing(answered: str | None) -> str:
    if answered is None:
        return "no file yet"
    return f"answered on {long_day(answered[:10])}" if answered else "file written, no answer yet"
