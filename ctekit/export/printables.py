"""What is printed for a workshop: empty worksheets, cards, slip and ballot; or the facilitator's run sheet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ctekit import worksheets
from ctekit.export.atomic_write import keep_what_is_not_ours, remove_private, removed, write
from ctekit.export.errors import ExportError
from ctekit.export.markdown import Prose, settled
from ctekit.export.page import Page, framed
from ctekit.export.sources import NotebookFormatError, notebooks, read
from ctekit.export.terminal import joined
from ctekit.model.paths import STORE_FILE
from ctekit.views import paper as views
from ctekit.worksheets.profile import Profile


def paper(
    folder: Path | None, output: Path, kind: str, private: bool, say: Callable[[str], None] | None = None
) -> list[Path]:
    """See `ctekit.export.paper`."""
    failed: list[str] = []
    if kind == "blank":
        sheets = {f"{one.notebook}-blank": (one.title, views.blank(one.slug)) for one in worksheets.every().values()}
        sheets |= {
            "need-cards": ("Need cards", views.need_cards()),
            "give-and-get-slip": ("Give-and-get slip", views.slip()),
            "ballot": ("Rating ballot", views.ballot()),
            "exit-ballot": ("Exit ballot", views.exit_ballot()),
        }
    elif kind == "facilitator":
        html, failed = _run_sheet(folder)
        sheets = {"run-sheet": ("Run sheet", html)}
        private = False  # the run sheet says by itself that it is for the facilitator only
    else:
        raise ExportError(f"There is no paper called '{kind}'. Choose 'blank' or 'facilitator'.")
    name = _partnership(folder)
    keep_what_is_not_ours(output / f"{stem}.html" for stem in sheets)
    gone = remove_private(output) if kind == "blank" and not private else []
    if gone and say:
        say(removed(gone, output))
    written = [
        write(output / f"{stem}.html", framed(Page(title, partnership=name, private=private, kind="sheet"), content))
        for stem, (title, content) in sheets.items()
    ]
    if failed:
        are = "is not a notebook" if len(failed) == 1 else "are not notebooks"
        raise ExportError(
            f"{', '.join(failed)} {are} that can be read. The run sheet was written without; put a fresh copy in place."
        )
    return written


def _partnership(folder: Path | None) -> str:
    if folder is None or not (folder / STORE_FILE).exists():
        return ""
    from ctekit.store import open_store

    return open_store(folder / STORE_FILE).load()[Profile].name or ""


def _run_sheet(folder: Path | None) -> tuple[str, list[str]]:
    """The run sheet, and the names of the notebooks that could not be read for it."""
    paths = notebooks(folder) if folder else []
    if not paths:
        raise ExportError(
            f"{folder or 'No folder'} holds no notebook to read a run sheet from."
            " Go to the partnership’s folder, or name it."
        )
    prose = Prose()
    # The run sheet has an h1, an h2 and an h3 for each notebook already.
    prose.begin(lambda path: None, below=3)
    scripts, failed = [], []
    for path in paths:
        try:
            scripts.append(_script(path, prose))
        except (OSError, NotebookFormatError):
            failed.append(path.name)
    return settled(views.run_sheet(scripts))[0], failed


def _script(path: Path, prose: Prose) -> tuple[str, list[str]]:
    """The title of a notebook, and what stands in its facilitator cells."""
    title, scripts = "", []
    for cell in read(path)["cells"]:
        try:
            source, tags = joined(cell["source"]), (cell.get("metadata") or {}).get("tags") or ()
            if "facilitator" in tags:
                scripts.append(prose.render(source))
            elif cell["cell_type"] == "markdown" and not title:
                title = next((line[2:].strip() for line in source.splitlines() if line[:2] == "# "), "")
        except (KeyError, TypeError, AttributeError):  # a cell that cannot be read costs only itself
            continue
    return title or path.stem, scripts
