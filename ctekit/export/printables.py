"""What is printed for a workshop: empty worksheets, cards, slip and ballot; or the facilitator's run sheet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from pathlib import Path

from ctekit import worksheets, workshop
from ctekit.export import kit
from ctekit.export.atomic_write import keep_what_is_not_ours, remove_marked, removed, write
from ctekit.export.errors import ExportError
from ctekit.export.page import Page, framed
from ctekit.model.paths import STORE_FILE
from ctekit.views import paper as views
from ctekit.views.run_sheet import run_sheet
from ctekit.worksheets.profile import Profile

FROM_THE_KIT = {
    "need-cards": "31-need-cards",
    "give-and-get-slip": "32-slips",
    "ballot": "37-ballot",
    "exit-ballot": "39-exit-ballot",
}
"""What goes with empty worksheets: the name of the file, and that of the sheet in the kit."""


def paper(
    folder: Path | None,
    output: Path,
    kind: str,
    private: bool,
    say: Callable[[str], None] | None = None,
    path: str = "",
    start: time | None = None,
) -> list[Path]:
    """See `ctekit.export.paper`."""
    name = _partnership(folder)
    if kind == "blank":
        sheets = {
            f"{worksheet.notebook}-blank": _sheet(worksheet.title, views.blank(worksheet.slug), name, private)
            for worksheet in worksheets.every().values()
        }
        sheets |= {stem: kit.sheet_called(of_kit).framed(name, private) for stem, of_kit in FROM_THE_KIT.items()}
    elif kind == "facilitator":
        agendas = [workshop.load(name) for name in ([path] if path else workshop.NAMES)]
        # A run sheet says by itself that it is for the facilitator only.
        sheets = {
            f"run-sheet-{agenda.name}": _sheet(f"Run sheet: {agenda.title}", run_sheet(agenda, start), name)
            for agenda in agendas
        }
    else:
        raise ExportError(f"There is no paper called '{kind}'. Choose 'blank' or 'facilitator'.")
    keep_what_is_not_ours(output / f"{stem}.html" for stem in sheets)
    gone = remove_marked(output) if kind == "blank" and not private else []
    if gone and say:
        say(removed(gone, output))
    return [write(output / f"{stem}.html", html) for stem, html in sheets.items()]


def _sheet(title: str, content: str, partnership: str, private: bool = False) -> str:
    return framed(Page(title, partnership=partnership, private=private, kind="sheet"), content)


def _partnership(folder: Path | None) -> str:
    if folder is None or not (folder / STORE_FILE).exists():
        return ""
    from ctekit.store import open_store

    return open_store(folder / STORE_FILE).load()[Profile].name or ""
