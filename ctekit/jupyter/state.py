"""What the state's notebook talks to: partnerships added up, each verb one cell."""

from __future__ import annotations

import datetime
import os
import shutil
from functools import cached_property
from os import PathLike
from pathlib import Path

from markupsafe import Markup

from ctekit import rollup, state_folder
from ctekit.model.errors import CtekitError, NotFoundError, describe_fault, did_you_mean
from ctekit.model.text import count, legible, listed
from ctekit.rollup import Pages, Rollup
from ctekit.store.pointer import AGENCY_VARIABLE

VIEW = "state-view"
"""Where `State.keep` writes, in the state's folder, and where it is remembered what was shown."""


class Shown:
    """Something that a cell shows: as words, and as HTML where there is a page."""

    def __init__(self, words: str, html: str) -> None:
        self._words, self._html = words, html

    def __repr__(self) -> str:
        return self._words

    def _repr_html_(self) -> str:
        return self._html


class State:
    """The partnerships of a state, added up.

    Parameters
    ----------
    path : path
        The folder that holds the folder ``partnerships``.
    """

    def __init__(self, path: str | PathLike[str] = ".") -> None:
        self.folder = Path(path)

    def sources(self) -> Shown:
        """Who is in it, and which files are not, and why.

        Returns
        -------
        Shown
            Shows itself in a notebook.
        """
        summaries, unread = self._gathered
        sentence = f"{count(len(summaries), 'partnership is', 'partnerships are')} in it."
        lines = [*(legible(summary.name) or summary.partnership for summary in summaries), *map(legible, unread)]
        items = Markup("").join(Markup("<li>{}</li>").format(line) for line in lines)
        html = Markup("<p>{}</p><ul>{}</ul>").format(sentence, items)
        return Shown("\n".join((sentence, *lines)), html)

    def view(self) -> Shown:
        """All partnerships together: the page of the state.

        Returns
        -------
        Shown
            Shows itself in a notebook.
        """
        return self._page("index")

    def regions(self) -> Shown:
        """Each region beside the spread of the others, folded until it is opened.

        Returns
        -------
        Shown
            Shows itself in a notebook.
        """
        names = {name: title for name, title in self._pages.names.items() if name != "index"}
        parts = (
            Markup("<details><summary>{}</summary>{}</details>").format(title, Markup(self._page(name)._repr_html_()))
            for name, title in names.items()
        )
        return Shown("\n".join(names.values()), Markup("").join(parts) or "No partnership says its region.")

    def region(self, name: str) -> Shown:
        """One region beside the spread of the others.

        Parameters
        ----------
        name : str
            Its code, or what stands in its place.

        Returns
        -------
        Shown
            Shows itself in a notebook.

        Raises
        ------
        NotFoundError
            There is no such region; the message names those there are.
        """
        pages = {title: page for page, title in self._pages.names.items() if page != "index"}
        if name not in pages:
            there = listed(pages) or "none yet"
            raise NotFoundError(f"No region is called “{name}”.{did_you_mean(name, pages)} There are: {there}.")
        return self._page(pages[name])

    def keep(self) -> Shown:
        """Write the pages and the spreadsheet into the folder ``state-view``.

        An earlier spreadsheet is kept beside the new one where it says other numbers, or somebody wrote in it.

        Returns
        -------
        Shown
            Says where they are.
        """
        summaries, unread = self._gathered
        output, today = self.folder / VIEW, datetime.date.today()
        place = output / rollup.SPREADSHEET
        aside = _set_aside(place)
        try:
            if aside and rollup.is_untouched(summaries, output, _written_at(place).date(), len(unread)):
                aside.unlink()
            written = rollup.write(summaries, output, day=today, not_in_it=len(unread), replace=True)
        finally:
            if aside and aside.exists() and place.is_file() and aside.read_bytes() == place.read_bytes():
                aside.unlink()  # also where nothing was written
        sentence = f"{count(len(written), 'file is', 'files are')} in {output}. Begin with {written[0].name}."
        if aside and aside.exists():
            sentence += f" The spreadsheet that was there is {aside.name} now."
        return Shown(sentence, str(Markup("<p>{}</p>").format(sentence)))

    def _page(self, name: str) -> Shown:
        title = self._pages.names[name]
        frame = Markup('<iframe title="{}" sandbox srcdoc="{}" style="border: 0; width: 100%; height: 40rem"></iframe>')
        return Shown(title, str(frame.format(title, self._pages.page(name))))

    @cached_property
    def _gathered(self) -> tuple[list[rollup.Summary], list[str]]:
        unread: list[str] = []
        files = rollup.paths([self.folder / state_folder.PARTNERSHIPS])
        submitted = rollup.submitted(os.environ.get(AGENCY_VARIABLE, ""))
        return rollup.gather([*files, *submitted], unread.append), unread

    @cached_property
    def _pages(self) -> Pages:
        summaries, unread = self._gathered
        added_up = Rollup(summaries, rollup.load(self.folder / VIEW))
        self._remember(added_up)
        return Pages(added_up, day=datetime.date.today(), not_in_it=len(unread), is_alone=True)

    def _remember(self, added_up: Rollup) -> None:
        """Before any page is seen: a roll-up that was told must never be forgotten."""
        folder = self.folder / VIEW
        if added_up.pooled == added_up.earlier:
            return
        try:
            rollup.save(folder, added_up.pooled)
        except OSError as error:
            raise CtekitError(
                "It has to be kept whose small groups are added together, and it was not, so nothing is shown: a later "
                f"view could give one away. {error}"
            ) from None


def _written_at(place: Path) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(place.stat().st_mtime)


def _set_aside(place: Path) -> Path | None:
    """A copy of a spreadsheet that is there, named by when it was last written; somebody may have written in it."""
    try:
        if not place.is_file():
            return None
        at = _written_at(place)
        aside = place.with_stem(f"{place.stem}-{at:%Y-%m-%d-%H%M%S-%f}")
        return Path(shutil.copy2(place, aside))
    except OSError as error:
        raise CtekitError(
            f"{place} is there and could not be copied ({describe_fault(error)}), so nothing was written. "
            "Move it elsewhere, then try again."
        ) from None
