"""What is printed for a workshop: empty worksheets, cards, slip and ballot; or the facilitator's run sheet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from pathlib import Path

from ctekit import worksheets, workshop
from ctekit.export.atomic_write import keep_what_is_not_ours, remove_private, removed, write
from ctekit.export.errors import ExportError
from ctekit.export.page import Page, framed
from ctekit.model.paths import STORE_FILE
from ctekit.views import paper as views
from ctekit.views.run_sheet import run_sheet
from ctekit.worksheets.profile import Profile


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
    if kind == "blank":
        sheets = {f"{one.notebook}-blank": (one.title, views.blank(one.slug)) for one in worksheets.every().values()}
        sheets |= {
            "need-cards": ("Need cards", views.need_cards()),
            "give-and-get-slip": ("Give-and-get slip", views.slip()),
            "ballot": ("Rating ballot", views.ballot()),
            "exit-ballot": ("Exit ballot", views.exit_ballot()),
        }
    elif kind == "facilitator":
        agendas = [workshop.load(name) for name in ([path] if path else workshop.NAMES)]
        sheets = {
            f"run-sheet-{agenda.name}": (f"Run sheet: {agenda.title}", run_sheet(agenda, start)) for agenda in agendas
        }
        private = False  # the run sheet says by itself that it is for the facilitator only
    else:
        raise ExportError(f"There is no paper called '{kind}'. Choose 'blank' or 'facilitator'.")
    name = _partnership(folder)
    keep_what_is_not_ours(output / f"{stem}.html" for stem in sheets)
    gone = remove_private(output) if kind == "blank" and not private else []
    if gone and say:
        say(removed(gone, output))
    return [
        write(output / f"{stem}.html", framed(Page(title, partnership=name, private=private, kind="sheet"), content))
        for stem, (title, content) in sheets.items()
    ]


def _partnership(folder: Path | None) -> str:
    if folder is None or not (folder / STORE_FILE).exists():
        return ""
    from ctekit.store import open_store

    return open_store(folder / STORE_FILE).load()[Profile].name or ""
