"""A roster in Word, from answers to bytes, in one process: ours beside docxtpl with a template of the same content."""

from __future__ import annotations

import io
from collections.abc import Iterator

from docx import Document
from docxtpl import DocxTemplate

from benchmarks.measure import Comparison, by_turns, processor_seconds, seconds
from ctekit import papers, samples
from ctekit.model.zip_files import zipped
from ctekit.papers import Table
from ctekit.workbook import Workbook

TIMES = 30


def compare() -> Iterator[Comparison | str]:
    """The roster of Harrow Bend: the same tables, headings and rows on both sides; then all papers in all formats."""
    book = samples.book("harrow-bend")
    (paper,) = papers.make("roster", book)
    tables = [block for block in paper.blocks if isinstance(block, Table)]
    template = _template(tables[0])
    content = {
        "title": paper.title,
        "tables": [{"caption": table.caption, "rows": [list(map(str, row)) for row in table.rows]} for table in tables],
    }
    taken = by_turns(
        lambda: 1000 * processor_seconds(lambda: _ours(book)),
        lambda: 1000 * processor_seconds(lambda: _theirs(template, content)),
        times=TIMES,
        warm=3,
    )
    yield Comparison("paper_word", *taken, "ms", "the roster as Word, made from the answers", "docxtpl, values at hand")
    contents: dict[str, bytes] = {}
    wall = seconds(lambda: contents.update(_all(book)))
    size = len(zipped(contents)) / 1e6
    yield f"all papers in all formats, {len(contents)} files: {wall:.1f} s by the clock (aim: under 10 s)"
    yield f"the same, zipped: {size:.1f} MB (aim: under 5 MB)"


def _ours(book: Workbook) -> bytes:
    (paper,) = papers.make("roster", book)
    return papers.render(paper, "word")[1]


def _theirs(template: bytes, content: dict[str, object]) -> bytes:
    document = DocxTemplate(io.BytesIO(template))
    document.render(content, autoescape=True)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _template(table: Table) -> bytes:
    """A heading, and for each sector a table with a row an organization, as docxtpl writes them."""
    document = Document()
    document.add_heading("{{ title }}", 0)
    document.add_paragraph("{%p for table in tables %}")
    document.add_paragraph("{{ table.caption }}", "Caption")
    filled = document.add_table(4, len(table.header), "Table Grid")
    for cell, name in zip(filled.rows[0].cells, table.header, strict=True):
        cell.text = name
    filled.rows[1].cells[0].text = "{%tr for row in table.rows %}"
    for number, cell in enumerate(filled.rows[2].cells):
        cell.text = f"{{{{ row[{number}] }}}}"
    filled.rows[3].cells[0].text = "{%tr endfor %}"
    document.add_paragraph("{%p endfor %}")
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _all(book: Workbook) -> Iterator[tuple[str, bytes]]:
    for name in papers.every():
        for paper in papers.make(name, book):
            yield from (papers.render(paper, form) for form in papers.FORMATS if papers.suits(paper, form))
