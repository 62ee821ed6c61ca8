"""All pages of a partnership's folder in one run, with an index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from ctekit import rule, worksheets
from ctekit.export import ExportError, notebooks
from ctekit.export.exporter import CtekitExporter
from ctekit.export.frame import around, fragment, framed
from ctekit.export.writing import write


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
) -> list[Path]:
    """See `ctekit.export.pages`."""
    wanted = {worksheets.called(name).notebook for name in names}
    found = [path for path in notebooks(folder) if not wanted or path.stem in wanted]
    if not found:
        which = f" for {', '.join(names)}" if names else ""
        raise ExportError(
            f"{folder} holds no notebook{which}. Pages are made from notebooks such as 02-purpose.ipynb;"
            " go to the partnership’s folder, or name it."
        )
    exporter = CtekitExporter(private=private, as_of=as_of)
    written, failed, titles = [], [], {}
    for notebook in found:
        try:
            html, resources = exporter.from_notebook_node(
                _read(notebook), {"metadata": {"name": notebook.stem, "path": str(folder)}}
            )
        except (OSError, nbformat.ValidationError, _NotANotebook) as reason:
            failed.append(_sentence(notebook, reason))
            continue
        titles[notebook.stem] = resources["page"].title
        written.append(write(output / f"{notebook.stem}.html", html))
        if progress:
            progress(written[-1].name)
    written.append(write(output / "index.html", _index(exporter, folder, titles, private)))
    if progress:
        progress("index.html")
    if failed:
        raise ExportError(" ".join(failed))
    return written


class _NotANotebook(Exception):
    pass


def _read(notebook: Path) -> Any:
    try:
        return nbformat.read(notebook, as_version=4)  # type: ignore[no-untyped-call]
    except (ValueError, KeyError, AttributeError, TypeError) as reason:
        raise _NotANotebook from reason


def _sentence(notebook: Path, reason: Exception) -> str:
    if isinstance(reason, OSError):
        return f"{notebook.name} could not be read ({reason.strerror or reason}); the other pages were written."
    return (
        f"{notebook.name} is not a notebook that can be read; the other pages were written."
        " Open it in JupyterLab, or put a fresh copy in its place."
    )


def _index(exporter: CtekitExporter, folder: Path, titles: dict[str, str], private: bool) -> str:
    book = exporter.book(folder)
    book = book if private or not book else book.public()
    page = around(folder, book, "index", private)
    page.title, page.speaks = "All pages", book is not None
    found: Counter[str] = Counter()
    if book is not None:
        found.update(one.worksheet for result in rule.check(book) for one in result.findings)
    kinds = {kind.notebook: kind for kind in worksheets.every().values()}
    lines = []
    for stem, title in titles.items():
        kind = kinds.get(stem)
        states = ("", "", "")
        if book is not None and kind is not None:
            sheet = book[kind]
            states = (_yes(sheet.begun), _yes(sheet.ready), str(found[kind.slug]))
        lines.append(Line(f"{stem}.html", title, *states))
    return framed(page, fragment("pages", lines=lines, book=book is not None))


def _yes(given: bool | None) -> str:
    return "yes" if given else "not yet"
