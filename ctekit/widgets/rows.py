"""What a sheet does with whole tables: show them sorted or in part, plan a paste and write it, write a row twice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ctekit import asks, paste, text
from ctekit.asks import Ask, Json
from ctekit.store import Edit
from ctekit.views.render import count
from ctekit.workbook import Workbook
from ctekit.worksheet import Worksheet

if TYPE_CHECKING:
    from ctekit.widgets.sheet import Sheet

_LISTED = 100
"""So many cells that do not fit are listed; how many more there are is said."""


def look(sheet: Sheet, act: dict[str, Any], private: bool = False) -> dict[str, Any]:
    """Answer an act that changes nothing: ``{"view"}`` or ``{"paste"}``; {} for any other.

    With `private`, also by what is for the facilitator only: of a view that has asked for it.
    """
    book = sheet.store.load() if private else sheet.store.load().public()
    if "view" in act:
        return {"shown": view(sheet.kind, book=book, **act["view"])}
    if "paste" in act:
        plan = paste.plan(sheet.kind, book=book, **act["paste"])
        slug, seqs = sheet.kind.slug, sheet.seqs
        sheet.planned = [
            Edit(slug, one.field, one.value, one.row, sheet.who, seqs.get((slug, one.row, one.field), 0))
            for one in plan.cells
        ]
        return {"plan": _told(plan)}
    return {}


def turn(sheet: Sheet, act: dict[str, Any], uid: str) -> dict[str, Any]:
    """Do an act that changes rows; a batch each, so that it is done as a whole or not at all.

    Raises
    ------
    LookupError
        There is no such act, table or row.
    """
    if "pasted" in act:
        return _paste(sheet)
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
        places = [one.value for one in sheet.store.history(sheet.kind.slug, act["restore"], "row") if one.value]
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
        raise asks.WrongShape("This row was deleted meanwhile. The history can bring it back.")
    return row


def _write_ready_rows(sheet: Sheet, table: str) -> None:
    ask = sheet.kind.tables()[table]
    questions = ask.row.asks()
    sheet.write(
        [
            Edit(sheet.kind.slug, name, asks.read(questions[name], given), f"{ask.prefix}-*{number}", sheet.who)
            for number, offered in enumerate(ask.ready, 1)
            for name, given in offered.items()
        ]
    )


def _paste(sheet: Sheet) -> dict[str, Any]:
    edits, sheet.planned = sheet.planned, []
    if not edits:
        return {"words": "There is nothing to paste any more. Paste it again."}
    done = sheet.write(edits)
    late = sum(one.conflict is not None for one in done)
    words = f"Pasted: {count(len(done) - late, 'cell')}. Undo takes them all back."
    if late:
        words += f" {count(late, 'answer')} had just been changed by somebody else: theirs stay, see History for both."
    return {"words": words, "first": [done[0].row, done[0].field]}


def _duplicate(sheet: Sheet, row: str) -> dict[str, Any]:
    slug, new = sheet.kind.slug, f"{row.rpartition('-')[0]}-*"
    ask = sheet.kind.tables()[sheet.kind.table_of(row)]
    answers = sheet.now["answers"].get(_standing(sheet, row), {})
    edits = [Edit(slug, "row", {"after": row}, new, sheet.who)]
    edits += [Edit(slug, field, answers[field], new, sheet.who) for field in ask.row.asks() if field in answers]
    return {"row": sheet.write(edits)[0].row}


def _told(plan: paste.Plan) -> dict[str, Any]:
    alike: dict[tuple[str, str], list[paste.Misfit]] = {}
    for one in plan.misfits:
        alike.setdefault((one.column, one.why), []).append(one)
    misfits = [[_lines(some), column, some[0].words, why] for (column, why), some in list(alike.items())[:_LISTED]]
    cells, rows = count(len(plan.cells), "cell"), count(plan.rows, "row")
    words = [f"{cells} in {rows} would be written" if plan.cells else "Nothing would be written"]
    if plan.new_rows:
        words.append(f"{count(len(plan.new_rows), 'row')} would be added")
    if plan.replaced:
        words.append(f"{count(plan.replaced, 'answer')} would be replaced")
    if plan.same:
        words.append(f"{count(plan.same, 'cell')} stand there just so already")
    if plan.headings:
        words.append("the first line was read as headings")
    return {
        "cells": len(plan.cells),
        "words": "; ".join(words) + ". Blank cells change nothing.",
        "unfit": f"{count(len(plan.misfits), 'cell')} would not fit:" if plan.misfits else "",
        "misfits": misfits,
        "more": max(0, len(alike) - _LISTED),
    }


def _lines(misfits: Sequence[paste.Misfit]) -> str:
    """Where the same thing is wrong: ``lines 2, 3, 4 and 10 more``."""
    found = list(dict.fromkeys(one.line for one in misfits))
    more = f" and {len(found) - 3} more" if len(found) > 3 else ""
    return f"{'line' if len(found) == 1 else 'lines'} {', '.join(map(str, found[:3]))}{more}"


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
    questions: dict[str, Ask] = kind.tables()[table].row.asks()
    shown = [name for name in questions if columns is None or name in columns]
    rows = list(book[kind].rows(table))
    for word in text.plain(find).split():
        rows = [
            row for row in rows if any(word in text.plain(_words(questions[name], row, name, book)) for name in shown)
        ]
    if sort in shown:
        filled = [row for row in rows if getattr(row, sort) not in (None, ())]
        blank = [row for row in rows if getattr(row, sort) in (None, ())]
        filled.sort(key=lambda row: _key(questions[sort], row, sort, book), reverse=descending)
        rows = filled + blank
    return [row.id for row in rows]


def _words(ask: Ask, row: Any, name: str, book: Workbook) -> str:
    return asks.show(ask, getattr(row, name), book.name)


def _key(ask: Ask, row: Any, name: str, book: Workbook) -> Any:
    """Choices in the order in which they are offered, numbers and days by size, everything else by its words."""
    value = getattr(row, name)
    if ask.kind == "choice":
        return ask.options.index(value) if value in ask.options else len(ask.options)
    if ask.kind in ("whole", "decimal", "money", "percentage", "date", "yes_no", "scale"):
        return value
    return text.order(_words(ask, row, name, book))
