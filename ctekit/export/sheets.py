"""What is printed for a workshop: empty worksheets, cards, slip and ballot; or the facilitator's run sheet."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from ctekit import worksheets
from ctekit.export import STORE, ExportError
from ctekit.export.frame import Page, framed
from ctekit.export.markdown import Prose, settled
from ctekit.export.sources import notebooks
from ctekit.export.terminal import readable
from ctekit.export.writing import keep_what_is_not_ours, remove_private, removed, write
from ctekit.views import paper as views
from ctekit.worksheets.profile import Profile


def paper(
    folder: Path | None, output: Path, kind: str, private: bool, say: Callable[[str], None] | None = None
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
        sheets = {"run-sheet": ("Run sheet", _run_sheet(folder))}
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
    if folder is None or not (folder / STORE).exists():
        return ""
    from ctekit.store import open_store

    return open_store(folder / STORE).load()[Profile].name or ""


def _run_sheet(folder: Path | None) -> str:
    found = notebooks(folder) if folder else []
    if not found:
        raise ExportError(
            f"{folder or 'No folder'} holds no notebook to read a run sheet from."
            " Go to the partnership’s folder, or name it."
        )
    prose = Prose()
    # The run sheet has an h1, an h2 and an h3 for each notebook already.
    prose.begin(lambda path: None, below=3)
    return settled(views.run_sheet([_script(path, prose) for path in found]))[0]


def _script(path: Path, prose: Prose) -> tuple[str, list[str]]:
    """The title of a notebook, and what stands in its facilitator cells."""
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
        scripts = ["".join(cell["source"]) for cell in cells if "facilitator" in (cell["metadata"].get("tags") or ())]
    except (ValueError, KeyError, TypeError, AttributeError) as reason:
        raise ExportError(f"{path.name} is not a notebook that can be read. Put a fresh copy in its place.") from reason
    titles = (line.removeprefix("# ").strip() for source in sources for line in source.splitlines() if line[:2] == "# ")
    return readable(next(titles, path.stem)), [prose.render(readable(source)) for source in scripts]
