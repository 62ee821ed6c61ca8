"""What the browser needs to know of a worksheet: its questions once, its answers at one moment."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from ctekit import worksheets
from ctekit.editing.protocol import Follows, State
from ctekit.model import kinds
from ctekit.model.questions import Question
from ctekit.model.worksheet import Worksheet
from ctekit.views.answers import Wording
from ctekit.workbook import Workbook

SHOWN_ALWAYS = ("ready",)


def spec(kind: type[Worksheet], partnership: str, only: str = "") -> dict[str, Any]:
    """The questions of a worksheet, or only one of them, as plain data.

    Parameters
    ----------
    kind : type of Worksheet
    partnership : str
        The id of the partnership.
    only : str
        One question; "" for all.

    Returns
    -------
    dict
        What JSON can hold.
    """
    wanted = {name: question for name, question in kind.questions().items() if not only or name == only}
    return {
        "slug": kind.slug,
        "title": kind.title if not only else wanted[only].title,
        "partnership": partnership,
        "only": only,
        "questions": [_question(name, question, kind) for name, question in wanted.items()],
    }


def home(place: Path) -> str:
    """A word for the place of a file: a browser must not give one copy of a partnership what was typed into another."""
    return hashlib.sha256(str(place.resolve()).encode()).hexdigest()[:12]


def _question(field: str, question: Question, kind: Any = None) -> dict[str, Any]:
    """A question as the browser gets it."""
    data: dict[str, Any] = {
        "field": field,
        "kind": question.kind.name,
        "control": question.kind.control,
        "title": question.title,
        "hint": question.hint,
        "expects": question.kind.expects,
        "example": question.example,
        "unit": question.kind.unit,
    }
    data |= {"quick": question.quick, "private": question.private}
    if choices := question.kind.choices(question):
        data |= {"choices": choices, "blank": question.kind.blank}
    if question.target:
        there = worksheets.called(question.target.split(".")[0])
        data |= {"target": question.target, "also": question.also, "from": there.title, "notebook": there.notebook}
    if question.is_matrix:
        data |= {"options": question.options, "meanings": question.meanings}
        data |= {"along": question.along, "named_by": kind.tables()[question.along].row.named_by}
    if question.is_rows:
        columns = [_question(name, column) for name, column in question.row.questions().items()]
        data |= {"columns": columns, "named_by": question.row.named_by, "ready": len(question.ready)}
    return data


def state(kind: type[Worksheet], book: Workbook) -> State:
    """The answers of a worksheet as the browser keeps them, with the names of all rows it points to.

    Parameters
    ----------
    kind : type of Worksheet
    book : Workbook
        All of it, or ``book.public()`` for whoever may not see what is for the facilitator only.

    Returns
    -------
    State
    """
    sheet = book[kind]
    answers: dict[str, dict[str, Any]] = {"": _answers(sheet)}
    rows: dict[str, list[str]] = {}
    for table in kind.tables():
        rows[table] = [row.id for row in sheet.rows(table)]
        answers |= {row.id: _answers(row) for row in sheet.rows(table)}
    for name, question in kind.questions().items():
        if question.is_matrix:
            for row, cells in getattr(sheet, name).items():
                answers.setdefault(row, {}).update({f"{name}/{column}": letters for column, letters in cells.items()})
    derived = follows(kind, book)
    return {
        "revision": book.revision,
        "answers": answers,
        "rows": rows,
        "refs": derived["refs"],
        "closed": derived["closed"],
        "suggestions": derived["suggestions"],
    }


def follows(kind: type[Worksheet], book: Workbook) -> Follows:
    """What follows from the answers: names to choose from, tables still closed and why, sentences put together."""
    sheet = book[kind]
    closed = {name: question.opens(sheet) for name, question in sheet.questions().items() if question.opens}
    return {
        "refs": _references(kind, book),
        "closed": {name: why for name, why in closed.items() if why},
        "suggestions": dict(sheet.suggestions()),
    }


def _answers(model: Any) -> dict[str, Any]:
    plain = model.model_dump(mode="json", exclude_none=True)
    marks = plain.pop("marks", {})
    answers = {
        name: plain[name]
        for name, question in model.questions().items()
        if not question.is_table and plain.get(name) not in (None, [])
    }
    return answers | {f"marks/{name}": mark for name, mark in marks.items()}


def _references(kind: type[Worksheet], book: Workbook) -> dict[str, Any]:
    models: list[Any] = [kind, *(question.row for question in kind.tables().values())]
    targets = {asked.target for model in models for asked in model.questions().values() if asked.target}
    named = {target: [[row.id, book.name(row.id)] for row in book.rows(target)] for target in sorted(targets)}
    return named | {"gone": {row: book.name(row) for row in book.removed}, "sources": _sources(kind, book)}


def _sources(kind: type[Worksheet], book: Workbook) -> dict[str, str]:
    """Where rows come from, as it is kept, and by the names of what stands there."""
    wording = Wording(book, private=True)
    kept = {
        getattr(row, name)
        for table, question in kind.tables().items()
        for name, asked in question.row.questions().items()
        if asked.kind is kinds.SOURCE
        for row in book[kind].rows(table)
    }
    return {words: wording.source(words) for words in sorted(filter(None, kept))}
