"""A table as somebody wants to look at it: sorted, or only the rows that hold some words."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from ctekit.editing.protocol import FromKernel, FromSheet
from ctekit.editing.session import EditSession
from ctekit.model import questions, text
from ctekit.model.questions import Question
from ctekit.model.worksheet import Worksheet
from ctekit.workbook import Workbook


def _view(session: EditSession, message: FromSheet) -> FromKernel:
    return {"shown": view(session.kind, book=session.book(message), **message["act"]["view"])}


def view(
    kind: type[Worksheet],
    table: str,
    book: Workbook,
    sort: str = "",
    descending: bool = False,
    find: str = "",
    columns: Sequence[str] | None = None,
) -> list[str]:
    """The rows of a table as somebody wants to look at them; the order that is stored stays as it is.

    Parameters
    ----------
    kind : type of Worksheet
    table : str
    book : Workbook
    sort : str
        The column to sort by; "" for the stored order. Blanks come last either way.
    descending : bool
    find : str
        Words that have to stand somewhere in the row; case and accents do not count.
    columns : sequence of str
        The columns that are shown, and so looked through; all if not told.

    Returns
    -------
    list of str
        The ids of the rows.
    """
    questions: dict[str, Question] = kind.tables()[table].row.questions()
    shown = [name for name in questions if columns is None or name in columns]
    rows = list(book[kind].rows(table))
    wanted = text.plain(find).split()
    if wanted:
        written = {row.id: "\n".join(_words(questions[name], row, name, book) for name in shown) for row in rows}
        lines = {row: text.plain(words) for row, words in written.items()}
        rows = [row for row in rows if all(word in lines[row.id] for word in wanted)]
    if sort in shown:
        filled = [row for row in rows if getattr(row, sort) not in (None, ())]
        blank = [row for row in rows if getattr(row, sort) in (None, ())]
        filled.sort(key=lambda row: _key(questions[sort], row, sort, book), reverse=descending)
        rows = filled + blank
    return [row.id for row in rows]


def _words(question: Question, row: Any, name: str, book: Workbook) -> str:
    """As it is shown; a number also as it is typed, without its commas."""
    shown = questions.show(question, getattr(row, name), book.name)
    return f"{shown} {getattr(row, name)}" if question.kind.is_number and shown else shown


def _key(question: Question, row: Any, name: str, book: Workbook) -> Any:
    sort_key, value = question.kind.sort_key, getattr(row, name)
    if sort_key:
        return sort_key(question, value)
    return text.order(questions.show(question, value, lambda row_id: _sortable_name(book, row_id)))


def _sortable_name(book: Workbook, row_id: str) -> str:
    """The name of a row; a meeting, which is called by its day, comes in the order of days and not of months' names."""
    row = book.row_by_id.get(row_id)
    name = getattr(row, row.named_by) if row else None
    return name.isoformat() if isinstance(name, datetime.date) else book.name(row_id)


QUERIES = {"view": _view}
