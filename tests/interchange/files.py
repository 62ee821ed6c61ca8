"""What the tests of files of answers share: writing one, changing it as a program or a person would, taking it in."""

from __future__ import annotations

import io
import itertools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

from ctekit import interchange, worksheets
from ctekit.interchange import Plan
from ctekit.model import questions
from ctekit.model.questions import Json
from ctekit.store import Edit, Store

Place = tuple[str, str, str]

HOSTILE = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+1",
    "-2+3",
    "@SUM(A1)",
    "'quoted",
    "{{ 7*7 }} {% raw %}",
    "<script>alert(1)</script> &amp; ]]>",
    "_x0041_ _x000D_",
    "007",
    "1/2",
    "TRUE",
    "2027-01-01",
    "line one\nline two",
    "a\tb",
    "שלום \u202e abc \u2066x\u2069",
    "🎉👩‍👩‍👧 ó ﷽",
    "#REF!",
    "DDEAUTO c:\\windows INCLUDETEXT {=1+1}",
    '#panic() #read("/etc/passwd") $x$ *a* _b_ `c` \\input{x} # d',
    "NUL \x00 ESC \x1b[31m half \ud800",
    "“to find out”",
    "x" * 5000,
]


def as_json(store: Store, private: bool = False) -> Any:
    return json.loads(interchange.write(store, ".json", private=private))


def plan_of(store: Store, path: Path, **more: Any) -> Plan:
    contents, form = interchange.read(path)
    return interchange.plan(store, contents, form, **more)


def take(store: Store, path: Path, **more: Any) -> Plan:
    contents, form = interchange.read(path)
    plan = interchange.plan(store, contents, form, **more)
    interchange.take(store, plan, contents)
    return plan


def answers(store: Store) -> dict[Place, Json]:
    """Everything that stands."""
    standing = {
        (each.worksheet, each.row, each.field): each.value for each in store.history() if not each.conflicts_with
    }
    return {place: value for place, value in standing.items() if value is not None}


def fill_with_hostile_text(store: Store) -> int:
    """Put something nasty into every question that people answer with words; gives how many there are."""
    texts, edits = itertools.cycle(HOSTILE), list[Edit]()
    book = store.load()
    for slug, kind in worksheets.every().items():
        rows = [(row.id, table.row) for name, table in kind.tables().items() for row in book.sheets[slug].rows(name)]
        for row, model in [("", kind), *rows]:
            for field, question in model.questions().items():
                if question.kind.is_words and (slug, field) != ("profile", "partnership_id"):
                    edits.append(Edit(slug, field, questions.read(question, next(texts)), row))
    store.save(edits)
    return len(edits)


def sheet(book: Any, key: str) -> Any:
    return next(each for each in book.worksheets if each["A1"].value == key)


def cell(book: Any, key: str, row: str, field: str) -> Any:
    """The cell of an answer: by the hidden first row and column."""
    page = sheet(book, key)
    column = next(cell.column for cell in page[1] if cell.value == field)
    line = next(cell.row for cell in page["A"] if cell.value == row)
    return page.cell(line, column)


def add_row(page: Any, **answers: Any) -> None:
    """Write a row below the last one."""
    line = page.max_row + 1
    for column in page[1]:
        if column.value in answers:
            page.cell(line, column.column).value = answers[column.value]


def edited(content: bytes, path: Path, change: Callable[[Any], None]) -> Path:
    """A spreadsheet that somebody changed and saved."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    change(book)
    book.save(path)
    return path
