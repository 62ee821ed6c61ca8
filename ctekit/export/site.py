"""All pages of a partnership's folder in one run, with an index."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ctekit import rules, worksheets
from ctekit.export.atomic_write import keep_what_is_not_ours, mark_of, remove_private, removed, title_of, write
from ctekit.export.errors import ExportError
from ctekit.export.exporter import CtekitExporter
from ctekit.export.page import around, fragment, framed
from ctekit.export.sources import NotebookFormatError, address, left_out, linked, named, notebooks, read
from ctekit.model.errors import CtekitError
from ctekit.model.worksheet import DEPTH_WORDS
from ctekit.workbook import Workbook

_PAGE = re.compile(r"\d\d(?!\d)")


@dataclass(frozen=True)
class Line:
    """One page in the index."""

    href: str
    title: str
    begun: str
    ready: str
    findings: str


def pages(
    folder: Path,
    output: Path,
    names: Sequence[str],
    private: bool,
    progress: Callable[[str], None] | None,
    as_of: str = "",
    say: Callable[[str], None] | None = None,
) -> list[Path]:
    """See `ctekit.export.pages`."""
    progress, say = progress or _nobody, say or _nobody
    paths = _wanted(folder, names)
    keep_what_is_not_ours(output / f"{name}.html" for name in (*(path.stem for path in paths), "index"))
    exporter = CtekitExporter(private=private, as_of=as_of)
    exporter.book(folder)  # what is no partnership of ours costs all pages: said before any is written
    kept = _kept(folder, output, paths, private) if names else []
    gone = [] if private else remove_private(output)
    failed: dict[Path, str] = {}
    while True:
        titles, new = _write(exporter, folder, output, paths, kept, progress)
        failed |= new
        if not new:
            break
        paths = [path for path in paths if path not in failed]  # and once more, without links to these
    written = [output / f"{stem}.html" for stem in titles if stem not in kept]
    written.append(write(output / "index.html", _index(exporter, folder, titles, private)))
    progress("index.html")
    spared = {f"{path.stem}.html" for path in failed} | {path.name for path in written}
    gone += _remove_old(output, spared) if not names else []
    if gone := sorted(set(gone) - {path.name for path in written}):
        say(removed(gone, output))
    for sentence in left_out(folder) if not names else ():
        say(sentence)
    if failed:
        raise ExportError(" ".join(failed.values()))
    return written


def _nobody(words: str) -> None:
    """Nobody asked to be told."""


def _wanted(folder: Path, names: Sequence[str]) -> list[Path]:
    asked = {name: named(folder, name) or folder / f"{worksheets.called(name).notebook}.ipynb" for name in names}
    paths = [path for path in dict.fromkeys(asked.values()) if path.exists()] if names else notebooks(folder)
    if not paths:
        which = f" for {', '.join(names)}" if names else ""
        raise ExportError(
            f"{folder} holds no notebook{which}. Pages are made from notebooks such as 02-purpose.ipynb;"
            " go to the partnership’s folder, or name it."
        )
    return sorted(paths)


def _kept(folder: Path, output: Path, found: Sequence[Path], private: bool) -> list[str]:
    """Pages of an earlier export that stay beside the few that are written now."""
    others = linked([path for path in notebooks(folder) if path not in found])
    fits = ("page", "private page") if private else ("page",)
    return [stem for stem in others if mark_of(output / f"{stem}.html") in fits]


def _write(
    exporter: CtekitExporter,
    folder: Path,
    output: Path,
    found: Sequence[Path],
    kept: Sequence[str],
    progress: Callable[[str], None],
) -> tuple[dict[str, str], dict[Path, str]]:
    """Write a page for each notebook; the titles of all pages there are, and a sentence for each that failed."""
    titles = {stem: title_of(output / f"{stem}.html") for stem in kept}
    failed: dict[Path, str] = {}
    exporter.stems = sorted([*kept, *linked(found)])
    for notebook in found:
        try:
            html, resources = exporter.from_notebook_node(
                read(notebook), {"metadata": {"name": notebook.stem, "path": str(folder)}}
            )
        except CtekitError:
            raise
        except Exception as reason:
            if not isinstance(reason, OSError | NotebookFormatError) and "CTEKIT_DEBUG" in os.environ:
                raise
            failed[notebook] = _sentence(notebook, reason)
            continue
        titles[notebook.stem] = resources["page"].title
        progress(write(output / f"{notebook.stem}.html", html).name)
    return dict(sorted(titles.items())), failed


def _sentence(notebook: Path, reason: Exception) -> str:
    if isinstance(reason, OSError):
        return f"{notebook.name} could not be read ({reason.strerror or reason}); the other pages were written."
    if isinstance(reason, NotebookFormatError):
        return (
            f"{notebook.name} is not a notebook that can be read; the other pages were written."
            " Open it in JupyterLab, or put a fresh copy in its place."
        )
    return (
        f"{notebook.name} could not be made into a page; the other pages were written."
        " Run it again with CTEKIT_DEBUG=1 and report what it says."
    )


def _remove_old(output: Path, spared: set[str]) -> list[str]:
    """Take away pages of an earlier export that would stand beside the new ones as if they belonged to them."""
    pages = [path for path in output.glob("*.html") if _PAGE.match(path.name) and path.name not in spared]
    gone = [path for path in pages if mark_of(path) in ("page", "private page")]
    for path in gone:
        path.unlink(missing_ok=True)
    return [path.name for path in gone]


def _index(exporter: CtekitExporter, folder: Path, titles: Mapping[str, str], private: bool) -> str:
    book = exporter.book(folder)
    book = book if private or not book else book.public()
    page = around(list(titles), book, "index", private)
    page.title, page.speaks = "All pages", book is not None
    found = _findings(book) if book is not None else None
    kinds = {kind.notebook: kind for kind in worksheets.every().values()}
    lines = []
    for stem, title in titles.items():
        kind = kinds.get(stem)
        states = ("", "", "")
        if book is not None and kind is not None:
            sheet = book[kind]
            states = (
                "yes" if sheet.begun else "not yet",
                DEPTH_WORDS[sheet.ready] or "not yet",
                "" if found is None else str(found[kind.slug]),
            )
        lines.append(Line(address(stem), title, *states))
    return framed(page, fragment("pages", lines=lines, book=book is not None))


def _findings(book: Workbook) -> Counter[str] | None:
    """How many findings each worksheet has; None where a rule has a fault, which is no reason for no index."""
    try:
        return Counter(finding.worksheet for result in rules.check(book) for finding in result.findings)
    except Exception:
        if "CTEKIT_DEBUG" in os.environ:
            raise
        return None
