"""All pages of a partnership's folder in one run: those of its answers, and those of its own notebooks."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from ctekit import worksheets
from ctekit.export.atomic_write import keep_what_is_not_ours, mark_of, remove_marked, removed, write
from ctekit.export.errors import ExportError
from ctekit.export.exporter import CtekitExporter, guided
from ctekit.export.sources import NotebookFormatError, left_out, linked, named, notebooks, read
from ctekit.model.errors import CtekitError
from ctekit.model.reader import Reader
from ctekit.site import Site
from ctekit.workbook import Workbook

INDEX = "index"
MARKS: dict[Reader, str] = {"public": "public page", "partners": "page", "facilitator": "private page"}
"""What pages say that they are, by who may read them; each reader may read those before as well."""
_PAGE = re.compile(r"\d\d(?!\d)|partner-|families\.|for-the-state\.")
"""How the names of pages begin."""


def pages(
    folder: Path,
    output: Path,
    names: Sequence[str],
    reader: Reader = "partners",
    lesson: bool = False,
    progress: Callable[[str], None] | None = None,
    as_of: str = "",
    say: Callable[[str], None] | None = None,
) -> list[Path]:
    """See `ctekit.export.pages`."""
    progress, say = progress or _nobody, say or _nobody
    exporter = CtekitExporter(reader=reader, lesson=lesson, as_of=as_of)
    book = exporter.book(folder)  # what is no partnership of ours costs all pages: said before any is written
    wanted = _wanted(exporter, folder, book, names)
    keep_what_is_not_ours(output / f"{name}.html" for name in wanted)
    gone = remove_marked(output, set(MARKS.values()) - set(_fitting(reader)))
    kept = _kept(exporter, folder, output, book, wanted) if names else []
    html_of, failed = _make(exporter, folder, book, wanted, kept)
    written = []
    for name, html in html_of.items():
        written.append(write(output / f"{name}.html", html))
        progress(f"{name}.html")
    spared = {path.name for path in written} | {f"{name}.html" for name in failed}
    gone += _remove_old(output, spared) if not names else []
    if gone := sorted(set(gone) - {path.name for path in written}):
        say(removed(gone, output))
    for sentence in _without_page(folder, reader, book) if not names else ():
        say(sentence)
    if failed:
        raise ExportError(" ".join(failed.values()))
    return written


def _nobody(words: str) -> None:
    """Nobody asked to be told."""


def _wanted(exporter: CtekitExporter, folder: Path, book: Workbook | None, names: Sequence[str]) -> list[str]:
    """The names of the pages to write, the index last."""
    site = exporter.site(folder, book)
    of_answers = [name for name in site.names if name != INDEX] if book else []
    own = [path.stem for path in notebooks(folder) if not book or path.stem not in guided()]
    if book and exporter.reader == "public":
        own = []
    if names:
        asked = [stem.stem if (stem := named(folder, name)) else worksheets.called(name).notebook for name in names]
        mine = {name for name in asked if named(folder, name)} if exporter.reader != "public" or not book else set()
        wanted = [name for name in dict.fromkeys(asked) if name in mine or (book and name in guided())]
    else:
        wanted = [*of_answers, *own]
    if not wanted:
        which = f" for {', '.join(names)}" if names else ""
        raise ExportError(
            f"{folder} holds no notebook{which} and no answers. Pages are made from a partnership’s folder;"
            " go to it, or name it."
        )
    return [*sorted(wanted), INDEX]


def _kept(
    exporter: CtekitExporter, folder: Path, output: Path, book: Workbook | None, wanted: Sequence[str]
) -> list[str]:
    """Pages of an earlier export that stay beside the few that are written now."""
    fits = _fitting(exporter.reader)
    others = [name for name in exporter.site(folder, book).linkable if name not in wanted]
    return [name for name in others if mark_of(output / f"{name}.html") in fits]


def _fitting(reader: Reader) -> tuple[str, ...]:
    """The marks of the pages that may lie beside those for a reader."""
    return tuple(MARKS.values())[: tuple(MARKS).index(reader) + 1]


def _make(
    exporter: CtekitExporter, folder: Path, book: Workbook | None, wanted: Sequence[str], kept: Sequence[str]
) -> tuple[dict[str, str], dict[str, str]]:
    """The pages, and a sentence for each that could not be made. All are made before the first is written."""
    failed: dict[str, str] = {}
    while True:
        names = [name for name in wanted if name not in failed]
        readable = {*linked(notebooks(folder)), *guided()}
        exporter.linked = [*kept, *(name for name in names if name in readable or name not in _stems(folder))]
        site = exporter.site(folder, book, failed)
        html_of: dict[str, str] = {}
        new: dict[str, str] = {}
        for name in names:
            try:
                html_of[name] = _page(exporter, folder, book, site, name)
            except CtekitError:
                raise
            except Exception as reason:
                if not isinstance(reason, OSError | NotebookFormatError) and "CTEKIT_DEBUG" in os.environ:
                    raise
                new[name] = _sentence(f"{name}.ipynb", reason)
        if not new:
            return html_of, failed
        failed |= new  # and once more, without links to these


def _stems(folder: Path) -> set[str]:
    return {path.stem for path in notebooks(folder)}


def _page(exporter: CtekitExporter, folder: Path, book: Workbook | None, site: Site, name: str) -> str:
    notebook = named(folder, name)
    of_answers = book is not None and (name == INDEX or name in site.names or name in guided())
    if name == INDEX or (of_answers and not (exporter.lesson and notebook)):
        return site.page(name)
    assert notebook is not None, f"{name} is neither a page of the answers nor a notebook"
    resources = {"metadata": {"name": name, "path": str(folder)}}
    return exporter.from_notebook_node(read(notebook), resources)[0]


def _sentence(name: str, reason: Exception) -> str:
    if isinstance(reason, OSError):
        return f"{name} could not be read ({reason.strerror or reason}); the other pages were written."
    if isinstance(reason, NotebookFormatError):
        return (
            f"{name} is not a notebook that can be read; the other pages were written."
            " Open it in JupyterLab, or put a fresh copy in its place."
        )
    return (
        f"{name} could not be made into a page; the other pages were written."
        " Run it again with CTEKIT_DEBUG=1 and report what it says."
    )


def _without_page(folder: Path, reader: Reader, book: Workbook | None) -> Iterator[str]:
    """A sentence for each notebook that has no page: why."""
    yield from left_out(folder)
    if book is not None and reader == "public":
        for path in notebooks(folder):
            if path.stem not in guided():
                yield f"{path.name} has no page: a notebook of your own may name people. Partners get it."


def _remove_old(output: Path, spared: set[str]) -> list[str]:
    """Take away pages of an earlier export that would stand beside the new ones as if they belonged to them."""
    pages = [path for path in output.glob("*.html") if _PAGE.match(path.name) and path.name not in spared]
    gone = [path for path in pages if mark_of(path) in MARKS.values()]
    for path in gone:
        path.unlink(missing_ok=True)
    return [path.name for path in gone]
