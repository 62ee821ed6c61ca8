"""The handover pack: all papers in one zip file, with an index that says what each is and what is still blank in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.resources import files
from typing import NamedTuple

from markupsafe import Markup

from ctekit.model.days import long_day
from ctekit.model.reader import Reader
from ctekit.model.zip_files import zipped
from ctekit.papers._answers import Answers
from ctekit.papers._blocks import Gap, gaps
from ctekit.papers._frame import framed
from ctekit.papers._paper import every, make
from ctekit.papers.renderers import render, suits
from ctekit.papers.renderers.html import environment
from ctekit.workbook import Workbook

PACK = "handover-pack.zip"
"""What its file is called."""


class Entry(NamedTuple):
    """What the index says of one kind of paper."""

    title: str
    about: str
    papers: list[tuple[str, list[tuple[str, str]]]]
    gaps: tuple[Gap, ...]


def pack(
    book: Workbook,
    formats: Sequence[str] = ("html", "word", "pdf", "ics"),
    progress: Callable[[str], None] | None = None,
    *,
    final: bool = False,
    reader: Reader | None = None,
) -> bytes:
    """Make all papers and put them into one file; the same answers give the same bytes.

    Parameters
    ----------
    book : Workbook
    formats : sequence of str
        Of `ctekit.papers.FORMATS`.
    progress : callable
        Told the name of each file as it is made.
    final : bool
        Whether nothing may be missing.
    reader : str
        Who will read them; see `ctekit.papers.make`.

    Returns
    -------
    bytes
        A zip file; ``index.html`` in it leads to the rest.
    """
    contents: dict[str, bytes] = {}
    entries = []
    for name, module in every().items():
        documents = make(name, book, final=final, reader=reader)
        titles, links = [paper.title for paper in documents], []
        for paper in documents:
            files_of = [render(paper, form) for form in formats if suits(paper, form)]
            for file, content in files_of:
                contents[f"{name}/{file}"] = content
                if progress:
                    progress(file)
            called = f"{paper.title} ({paper.name})" if titles.count(paper.title) > 1 else paper.title
            links.append((called, [(f"{name}/{file}", _kind(file)) for file, _ in files_of]))
        missing = tuple(dict.fromkeys(gap for paper in documents for gap in gaps(paper)))
        entries.append(Entry(module.TITLE, module.ABOUT, links, missing))
    return zipped({"index.html": _index(Answers(book, reader or "partners"), entries), **contents})


def _kind(file: str) -> str:
    """What a file is, for somebody who does not know its ending."""
    return _KINDS.get(file.rpartition(".")[2], file)


_KINDS = {"html": "web page", "docx": "Word", "pdf": "PDF", "ics": "for your own calendar", "md": "plain text"}


def _index(answers: Answers, entries: Sequence[Entry]) -> bytes:
    """The page that leads to all files."""
    subject = "All papers of the partnership, with what is still blank."
    paper = framed(answers, "index", "Handover pack", subject, ())
    css = files("ctekit.papers").joinpath("paper.css").read_text("utf-8")
    template = environment().get_template("pack.html.j2")
    page = template.render(paper=paper, entries=entries, css=Markup(css), day=long_day(paper.day))
    return (page + "\n").encode()
