"""The kit of a workshop in a notebook: a button that writes every sheet to print, and leads to the checklist."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ctekit import workshop
from ctekit.export import kit as kits
from ctekit.model import clock
from ctekit.model.errors import CtekitError
from ctekit.model.files import not_written_beside
from ctekit.views.render import render
from ctekit.widgets.panel import Panel
from ctekit.widgets.written import link_to

if TYPE_CHECKING:
    from ctekit.partnership import Partnership

FOLDER = "kit"
"""Beside the notebooks."""
PAPERS = {"letter": "Letter", "a4": "A4"}
BLANK = {"people": "24", "path": workshop.NAMES[0], "paper": "letter", "start": "", "spanish": ""}
"""What stands in the form at first."""


class KitPanel(Panel):
    """A form that asks what a kit is for, and the button that makes it.

    Parameters
    ----------
    partnership : Partnership
        Its names stand on the sheets.
    """

    def __init__(self, partnership: Partnership) -> None:
        self.partnership = partnership
        self.typed: Mapping[str, str] = BLANK
        self.errors: dict[str, str] = {}
        self.status, self.first = "", ""
        super().__init__(self.draw, self.press)

    def __repr__(self) -> str:
        return "<kit>"

    def draw(self) -> str:
        """All of it, as it stands now."""
        checklist = self.partnership.folder / FOLDER / self.first
        return render(
            "kit_panel",
            typed=self.typed,
            errors=self.errors,
            paths={name: workshop.load(name).title for name in workshop.NAMES},
            papers=PAPERS,
            status=self.status,
            link=link_to(checklist, "Open the checklist") if self.first else "",
        )

    def press(self, act: str, what: str = "", value: str = "") -> str:
        """Make the kit, or say beside a field what it cannot be made for; gives the words to read out.

        Parameters
        ----------
        act : str
            ``"make"``.
        what : str
            Not used.
        value : str
            What stands in the form, as JSON.
        """
        self.typed = BLANK | json.loads(value)
        self.status, self.first = "", ""
        options = self._read()
        if options is None:
            return " ".join(self.errors.values())
        self.send({"said": "The kit is being made. That may take some seconds."})
        try:
            self.status = self._make(options)
        except OSError:
            self.status = not_written_beside(FOLDER)
        except CtekitError as error:
            self.status = str(error)
        return self.status

    def _read(self) -> kits.Options | None:
        """What the kit is for; None where a field cannot be read."""
        readers: dict[str, Callable[[str], Any]] = {"people": _people, "start": _start}
        read, self.errors = {}, {}
        for name, reader in readers.items():
            try:
                read[name] = reader(self.typed[name])
            except CtekitError as error:
                self.errors[name] = str(error)
        if self.errors:
            return None
        language = "es" if self.typed["spanish"] else "en"
        return kits.Options(**read, path=self.typed["path"], paper=self.typed["paper"], language=language)

    def _make(self, options: kits.Options) -> str:
        folder = self.partnership.folder
        printed = kits.kit(folder, folder / FOLDER, options)
        self.first = f"{printed[0].sheet.name}.html"
        return (
            f"{len(printed)} files are in the folder “{FOLDER}” beside this notebook, on"
            f" {sum(line.paper for line in printed)} sheets of paper. Begin with {self.first}."
        )


def _people(written: str) -> int:
    try:
        people = int(written)
    except ValueError:
        raise CtekitError("Write how many people you expect, in digits, such as 24.") from None
    return kits.Options(people).people


def _start(written: str) -> Any:
    return clock.read(written) if written.strip() else None
