"""The page of one worksheet: its answers first, a chart beside them, then its tables; lesson and findings if asked."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from markupsafe import Markup

from ctekit.model.figures import figure
from ctekit.model.question import Question
from ctekit.model.text import count
from ctekit.model.worksheet import Row, Worksheet
from ctekit.papers import Heading, Items, Paragraph, Words
from ctekit.rules.meetings import decided
from ctekit.site._blocks import Beside, Facts, Figure, Fragment, Grid, Record, Records, SiteBlock, Statement
from ctekit.site._layout import Layout, layout_of
from ctekit.site._says import Says
from ctekit.views.check import check
from ctekit.worksheets.meetings import Item
from ctekit.worksheets.metrics import Metrics, Observation
from ctekit.worksheets.purpose import Purpose

COLUMNS = 6
"""A table has so many columns; what else its rows say stands below each of them."""


def blocks(says: Says, slug: str) -> Iterator[SiteBlock]:
    """What stands on the page of a worksheet."""
    sheet, layout = says.book.sheets[slug], layout_of(slug)
    if not sheet.begun:
        yield Paragraph("Nothing is written here yet.")
    if layout.lead and sheet.begun:
        yield Statement(says.answers.purpose() if slug == Purpose.slug else says.words(sheet, layout.lead))
    fields = _fields(says, sheet, layout)
    figures = tuple(_figures(says, layout, in_column=bool(fields) or len(layout.charts) > 1))
    tables = [table for name in sheet.questions() for table in _tables(says, sheet, name, layout)]
    yield from _arranged(fields, figures, tables)
    if says.reader == "partners" and (blank := _blank(says, sheet)):
        yield Paragraph(f"Not answered yet here: {count(blank, 'question')}.")
    if says.is_facilitator:
        yield Heading("Findings")
        yield _findings(says, slug)


def _findings(says: Says, slug: str) -> SiteBlock:
    try:
        return Fragment(Markup(check(says.book, slug, private=True)))
    except Exception:  # a rule with a fault costs no page
        if "CTEKIT_DEBUG" in os.environ:
            raise
        return Paragraph("The check could not be made.")


def _arranged(
    fields: tuple[SiteBlock, ...], figures: tuple[Figure, ...], tables: list[SiteBlock]
) -> Iterator[SiteBlock]:
    """Charts stand beside the answers to single questions; without such, behind the tables, in two columns."""
    if fields and figures:
        yield Beside(fields, figures)
        yield from tables
    elif len(figures) > 1:
        yield from tables
        yield Beside(figures[::2], figures[1::2])
    else:
        yield from (*fields, *tables, *figures)


def _figures(says: Says, layout: Layout, in_column: bool) -> Iterator[Figure]:
    facilitators = layout.facilitator_charts if says.is_facilitator else ()
    for name in (*layout.charts, *layout.screen_charts, *facilitators):
        if figure := says.figure(name, in_column):
            yield replace(figure, on_paper=name not in layout.screen_charts)


def _fields(says: Says, sheet: Worksheet, layout: Layout) -> tuple[SiteBlock, ...]:
    facts = [
        (_label(layout, name, question), words or "not written yet", f"{sheet.slug}-{name}")
        for name, question in _single(says, sheet)
        if name != layout.lead and ((words := says.words(sheet, name)) or says.is_facilitator)
    ]
    return (Facts(tuple(facts)),) if facts else ()


def _single(says: Says, sheet: Worksheet) -> Iterator[tuple[str, Question]]:
    """The questions that are neither tables nor about the worksheet itself."""
    for name, question in sheet.questions().items():
        if name != "ready" and not question.is_rows and not question.is_matrix and says.shows(type(sheet), name):
            yield name, question


def _blank(says: Says, sheet: Worksheet) -> int:
    """How many questions nobody has answered yet. Their short labels make no sense without an answer."""
    layout = layout_of(sheet.slug)
    asked = (name for name, _ in _single(says, sheet) if name not in (*layout.unasked, layout.lead))
    return sum(not says.words(sheet, name) for name in asked) if sheet.begun else 0


def _label(layout: Layout, name: str, question: Question) -> str:
    return layout.labels.get(name) or question.title.rstrip("?")


def _tables(says: Says, sheet: Worksheet, name: str, layout: Layout) -> Iterator[SiteBlock]:
    question = sheet.questions()[name]
    if question.is_matrix and getattr(sheet, name):
        yield _grid(says, sheet, name)
    if question.is_rows and says.shows(type(sheet), name) and (rows := sheet.rows(name)):
        asked = {
            field: _label(layout, f"{name}.{field}", each)
            for field, each in question.row.questions().items()
            if says.shows(type(sheet), field, name)
        }
        words_by_row = {row.id: {field: says.words(row, field, is_short=True) for field in asked} for row in rows}
        for row in rows:
            if isinstance(row, Observation):
                words_by_row[row.id] |= _count(says, row, words_by_row[row.id])
            elif isinstance(row, Item) and row.decided == "yes" and row.id not in decided(says.book):
                words_by_row[row.id]["decided"] = "no decision yet"
        used = [field for field in asked if any(words[field] for words in words_by_row.values())]
        columns = [field for field in layout.tables.get(name, asked) if field in used][:COLUMNS]
        if used == columns[:1]:
            yield Heading(question.title)
            yield Items(tuple(words_by_row[row.id][used[0]] for row in rows))
        elif columns:
            records = [_record(sheet, row, words_by_row[row.id], columns, asked) for row in rows]
            if name in layout.grouped:
                records[1:] = [
                    replace(record, is_again=record.cells[0] == above.cells[0]) for above, record in pairwise(records)
                ]
            header = tuple(asked[field] for field in columns)
            yield Records(question.title, header, tuple(records), f"{sheet.slug}-{name}")


def _count(says: Says, row: Observation, words: Mapping[str, Words]) -> dict[str, Words]:
    """A count with what it is out of, and its percent; where it may not be shown, why not, once."""
    if row.percent is None or row.counted is None or row.out_of is None:
        return {}
    if words["counted"] != figure(row.counted) or words["out_of"] != figure(row.out_of):
        return {"out_of": ""} if words["counted"] == words["out_of"] else {}
    units = {metric.id: metric.unit or "" for metric in says.book[Metrics].metrics}
    sign = "$" if "dollar" in units.get(row.metric or "", "").casefold() else ""
    counted = f"{sign}{words['counted']} of {sign}{words['out_of']}, {figure(row.percent, 'percent')}"
    return {"counted": counted, "out_of": ""}


def _record(sheet: Worksheet, row: Row, words: dict[str, Words], columns: list[str], asked: dict[str, str]) -> Record:
    details = tuple((asked[field], words[field]) for field in asked if field not in columns and words[field])
    return Record(tuple(words[field] for field in columns), details, f"{sheet.slug}-{row.id}")


def _grid(says: Says, sheet: Worksheet, name: str) -> Grid:
    question, cells = sheet.questions()[name], getattr(sheet, name)
    down = dict.fromkeys([*(row.id for row in sheet.rows(question.along)), *cells])
    row_ids = [row.id for row in says.book.rows(question.target)]
    used = {across for letters in cells.values() for across in letters}
    across = [*(row_id for row_id in row_ids if row_id in used), *sorted(used.difference(row_ids))]
    rows = tuple(
        (says.answers.name(row_id), *(cells.get(row_id, {}).get(column, "") for column in across)) for row_id in down
    )
    row = sheet.tables()[question.along].row
    corner = row.questions()[row.named_by].title
    legend = tuple(zip(question.options, question.meanings, strict=True))
    header = tuple(says.answers.name(row_id) for row_id in across)
    return Grid(question.title, corner, header, rows, legend, f"{sheet.slug}-{name}")
