"""What a sheet does with whole tables: show them sorted or in part, plan a paste and write it, write a row twice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ctekit.editing import paste_actions
from ctekit.model import questions, text
from ctekit.model.questions import Json, Question
from ctekit.model.worksheet import Worksheet
from ctekit.store import Edit
from ctekit.workbook import Workbook

if TYPE_CHECKING:
    from ctekit.widgets.sheet import Sheet


def look(sheet: Sheet, act: dict[str, Any], private: bool = False) -> dict[str, Any]:
    """Answer an act that changes nothing: ``{"view"}``, ``{"paste"}`` or ``{"layout"}``; {} for any other.

    With `private`, also by what is for the facilitator only: of a view that has asked for it.
    """
    book = sheet.store.load() if private else sheet.store.load().public()
    if "view" in act:
        return {"shown": view(sheet.kind, book=book, **act["view"])}
    return paste_actions.look(sheet, act, book)


def turn(sheet: Sheet, act: dict[str, Any], uid: str) -> dict[str, Any]:
    """Do an act that changes rows; a batch each, so that it is done as a whole or not at all.

    Raises
    ------
    LookupError
        There is no such act, table or row.
    """
    if "pasted" in act:
        return paste_actions.write(sheet, act["pasted"])
    if "duplicate" in act:
        return _duplicate(sheet, act["duplicate"])
    if "add" in act:
        return {"row": _place(sheet, f"{sheet.kind.tables()[act['add']].prefix}-*", {"after": act["after"]}, uid)}
    if "ready_rows" in act:
        _write_ready_rows(sheet, act["ready_rows"])
    elif "move" in act:
        _place(sheet, _standing(sheet, act["move"]), {"after": act["after"]}, uid)
    elif "remove" in act:
        _place(sheet, _standing(sheet, act["remove"]), None, uid)
    elif "restore" in act:
        places = [
            revision.value for revision in sheet.store.history(sheet.kind.slug, act["restore"], "row") if revision.value
        ]
        _place(sheet, act["restore"], places[-1], uid)
    else:
        raise LookupError(f"There is no act {sorted(act)}.")
    return {}


def _place(sheet: Sheet, row: str, place: Json, uid: str) -> str:
    return sheet.write([Edit(sheet.kind.slug, "row", place, row, sheet.who, None, uid)])[0].row


def _standing(sheet: Sheet, row: str) -> str:
    """The row itself, if it is still there."""
    sheet.refresh()
    if not any(row in rows for rows in sheet.now["rows"].values()):
        raise questions.InvalidAnswerError("This row was deleted meanwhile. The history can bring it back.")
    return row


def _write_ready_rows(sheet: Sheet, table: str) -> None:
    question = sheet.kind.tables()[table]
    columns = question.row.questions()
    sheet.write(
        [
            Edit(sheet.kind.slug, name, questions.read(columns[name], given), f"{question.prefix}-*{number}", sheet.who)
            for number, offered in enumerate(question.ready, 1)
            for name, given in offered.items()
        ]
    )


def _duplicate(sheet: Sheet, row: str) -> dict[str, Any]:
    slug, new = sheet.kind.slug, f"{row.rpartition('-')[0]}-*"
    question = sheet.kind.tables()[sheet.kind.table_of(row)]
    answers = sheet.now["answers"].get(_standing(sheet, row), {})
    edits = [Edit(slug, "row", {"after": row}, new, sheet.who)]
    edits += [
        Edit(slug, field, answers[field], new, sheet.who) for field in question.row.questions() if field in answers
    ]
    return {"row": sheet.write(edits)[0].row}


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
    return questions.show(question, getattr(row, name), book.name)


def _key(question: Question, row: Any, name: str, book: Workbook) -> Any:
    sort_key = question.kind.sort_key
    return sort_key(question, getattr(row, name)) if sort_key else text.order(_words(question, row, name, book))
