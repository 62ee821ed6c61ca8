"""Papers in a notebook: a button for each format, and what is still blank, with a link to where it is asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ctekit import papers
from ctekit.model.errors import CtekitError
from ctekit.model.files import not_written_beside
from ctekit.views.render import render
from ctekit.widgets.panel import Panel
from ctekit.widgets.written import describe, list_files

if TYPE_CHECKING:
    from ctekit.partnership import Partnership

FOLDER = "papers"
"""Beside the notebooks."""
_STAYS = " Somebody may have written in a file of that name, so it stays, and the new one has a number."
FORMATS = {"word": "Word", "pdf": "PDF", "html": "Web page"}


@dataclass(frozen=True)
class Offer:
    """One paper that can be made.

    Attributes
    ----------
    gaps : tuple
        What is blank in it: words, and the address where it is asked for.
    files : int
        How many files it is; none where no answer asks for it.
    formats : dict
        Name -> what the button says.
    """

    name: str
    title: str
    about: str
    gaps: tuple[tuple[str, str], ...]
    files: int
    formats: dict[str, str]


class PaperPanel(Panel):
    """Buttons that make papers.

    Parameters
    ----------
    partnership : Partnership
    name : str
        Of one paper, such as ``"agreement"``; "" for all, and for all in one file.
    """

    def __init__(self, partnership: Partnership, name: str = "") -> None:
        self.partnership = partnership
        self.name = name
        self.status, self.pressed = "", ""
        self.files: list[Path] = []
        super().__init__(self.draw, self.press, partnership.store)

    def __repr__(self) -> str:
        return f"<papers {self.name}>" if self.name else "<papers>"

    def draw(self) -> str:
        """All of it, as it stands now."""
        return render(
            "paper_panel",
            offers=list(self._offers()),
            status=self.status,
            files=list_files(self.files),
            pressed=self.pressed,
            is_whole=not self.name,
        )

    def _offers(self) -> Iterator[Offer]:
        book = self.partnership.book
        for name, module in papers.every().items():
            if self.name not in ("", name):
                continue
            documents = papers.make(name, book)
            missing = dict.fromkeys(gap for paper in documents for gap in papers.gaps(paper))
            gaps = tuple((f"{gap.what} ({gap.where})", _in_jupyter(papers.address(book, gap))) for gap in missing)
            days = {"ics": "Calendar"} if any(papers.suits(paper, "ics") for paper in documents) else {}
            yield Offer(name, module.TITLE, module.ABOUT, gaps, len(documents), FORMATS | days)

    def press(self, act: str, what: str = "", value: str = "") -> str:
        """Do what a button does; gives the words to read out.

        Parameters
        ----------
        act : str
            ``"make"``, or ``"pack"`` for all in one file.
        what : str
            Paper and format: ``"agreement word"``.
        value : str
            Not used.
        """
        self.pressed = what.partition(" ")[0]
        self.files = []
        try:
            self.status = self._make(act, what)
        except OSError:
            self.status = not_written_beside(FOLDER)
        except CtekitError as error:
            self.status = str(error)
        return self.status

    def _make(self, act: str, what: str) -> str:
        book = self.partnership.book
        if act == "pack":
            self.send({"said": "All papers are being made. That may take a minute."})
            contents = {papers.PACK: papers.pack(book)}
        else:
            name, _, form = what.partition(" ")
            documents = papers.make(name, book)
            contents = dict(papers.render(paper, form) for paper in documents if papers.suits(paper, form))
        self.files = papers.put(contents, self.partnership.folder / FOLDER, beside=True)
        stays = "" if all(file.name in contents for file in self.files) else _STAYS
        return describe(self.files) + stays


def _in_jupyter(href: str) -> str:
    """In a notebook a link leads to a notebook."""
    return href.replace(".html", ".ipynb", 1)
