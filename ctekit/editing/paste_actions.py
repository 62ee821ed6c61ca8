"""What a sheet does with a paste: plan it, show the plan, plan it again as the person says, and write it as one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ctekit.editing import paste, protocol
from ctekit.editing.paste import PasteOptions, Plan
from ctekit.editing.protocol import FromKernel, FromSheet
from ctekit.editing.session import EditSession
from ctekit.model.text import count
from ctekit.store import Edit
from ctekit.workbook import Workbook

_LISTED = 100
"""So many cells that do not fit are listed; how many more there are is said."""

_PREVIEW = 5
"""So many lines are shown under the columns they would go to."""

_OFFERED = 12
"""One of so many lines can be chosen as the headings."""


def _paste(session: EditSession, message: FromSheet) -> FromKernel:
    """Plan what was pasted."""
    session.pasted = {**message["act"]["paste"], "token": session.pasted.get("token", 0) + 1}
    return _plan(session, session.book(message), {})


def _layout(session: EditSession, message: FromSheet) -> FromKernel:
    """Plan it again with other columns."""
    layout = dict(message["act"]["layout"])
    if layout.pop("token") != session.pasted.get("token"):
        return {"gone": "Something else was pasted since. Paste it again."}
    return _plan(session, session.book(message), layout)


def _plan(session: EditSession, book: Workbook, layout: dict[str, Any]) -> FromKernel:
    pasted = {name: value for name, value in session.pasted.items() if name not in ("token", "notes", "count")}
    plan = paste.plan(session.kind, book=book, wishes=PasteOptions(**layout), **pasted)
    session.planned = [
        Edit(session.kind.slug, cell.field, cell.value, cell.row, session.who, session.seq(cell.row, cell.field))
        for cell in plan.cells
    ]
    notes = [*session.pasted.get("notes", ()), *_bounds(session.pasted), *plan.notes]
    return {"plan": _message(plan, session.pasted["token"], layout.get("every_line", False), notes)}


def _write(session: EditSession, message: FromSheet) -> FromKernel:
    """Write what was planned last, as one step to be undone."""
    token = message["act"]["pasted"]
    if not session.planned or token != session.pasted.get("token"):
        return {"words": "There is nothing to paste any more. Paste it again."}
    edits, session.planned, session.pasted = session.planned, [], {"token": token}
    results = session.write(edits)
    late = sum(result.conflict is not None for result in results)
    words = f"Pasted: {count(len(results) - late, 'cell')}. Undo takes them all back."
    if late:
        words += f" {count(late, 'answer')} had just been changed by somebody else: theirs stay, see History for both."
    return {"words": words, "first": (results[0].row, results[0].field)}


def _bounds(pasted: dict[str, Any]) -> list[str]:
    """A sentence where more was pasted than is taken at a time."""
    lines, taken = pasted.get("count", 0), min(len(pasted["cells"]), paste.LINES)
    if lines <= taken:
        return []
    return [
        f"{lines:,} lines were pasted, and {taken:,} are taken at a time: the first ones. Paste the others after them."
    ]


def _message(plan: Plan, token: int, every_line: bool, notes: list[str]) -> protocol.Plan:
    alike: dict[tuple[str, str], list[paste.UnreadableValue]] = {}
    for misfit in plan.misfits:
        alike.setdefault((misfit.column, misfit.why), []).append(misfit)
    misfits = [
        (_lines(plan, some), column, some[0].words, why) for (column, why), some in list(alike.items())[:_LISTED]
    ]
    return {
        "token": token,
        "every_line": every_line,
        "notes": notes,
        "cells": len(plan.cells),
        "words": _summary(plan),
        "ask": _question(plan),
        "unfit": f"{count(len(plan.misfits), 'cell')} would not fit:" if plan.misfits else "",
        "misfits": misfits,
        "more": max(0, len(alike) - _LISTED),
        **_preview(plan),
    }


def _summary(plan: Plan) -> str:
    """What writing the plan would do."""
    cells, rows = count(len(plan.cells), "cell"), count(plan.rows, "row")
    words = [f"{cells} in {rows} would be written" if plan.cells else "Nothing would be written"]
    if plan.new_rows:
        words.append(f"{count(len(plan.new_rows), 'row')} would be added")
    if plan.replaced:
        words.append(f"{count(plan.replaced, 'answer')} would be replaced")
    if plan.same:
        words.append(f"{count(plan.same, 'cell stands', 'cells stand')} there just so already")
    if plan.layout.heading is not None:
        which = "the first line" if plan.layout.heading == 0 else f"line {plan.layout.heading + 1}"
        words.append(f"{which} was read as headings")
    return "; ".join(words) + ". Blank cells change nothing."


def _question(plan: Plan) -> str:
    """What the person has to say before anything can be pasted; "" if all is clear."""
    if plan.layout.unsure:
        return (
            f"Line {(plan.layout.heading or 0) + 1} looks like headings, but not all of them are known here. "
            "Choose where each column goes. If that line is no heading, say so."
        )
    if plan.lines and plan.headings and not plan.layout.lines:
        return "There are no lines below the headings. Copy the lines, too, or say that no line is a heading."
    return ""


def _preview(plan: Plan) -> protocol.PlanPreview:
    """The first lines under the columns that they would go to, and what can be chosen there."""
    layout, place = plan.layout, plan.place
    assert place is not None
    shown = layout.lines[:_PREVIEW]
    offered = [at for at, line in enumerate(plan.lines) if any(line)][:_OFFERED]
    if layout.heading is not None and layout.heading not in offered:
        offered.append(layout.heading)
    choices = [(paste.ROW_NAMES, "Names of the rows")] if place.is_matrix else []
    return {
        "size": (len(plan.lines), len(layout.columns)),
        "heading": -1 if layout.heading is None else layout.heading,
        "heading_words": [_short(words) for words in plan.lines[layout.heading]] if layout.heading is not None else [],
        "heading_lines": [(at, _short(" | ".join(filter(None, plan.lines[at])))) for at in offered],
        "columns": [name or "" for name in layout.columns],
        "choices": [*choices, *((name, place.titles[name]) for name in place.columns)],
        "turned": layout.turned if place.is_matrix or layout.turned or plan.turned_back else None,
        "alone": len(layout.left_out.get("alone", ())),
        "preview": [(at + 1, _target(plan, at), [_short(words) for words in plan.lines[at]]) for at in shown],
        "below": len(layout.lines) - len(shown),
    }


def _target(plan: Plan, at: int) -> str:
    """Where a line goes, in words."""
    if at not in plan.targets or plan.place is None:
        return ""
    row = plan.targets[at]
    return "new row" if not row else plan.place.row_names[row] or f"row {plan.place.all_rows.index(row) + 1}"


def _short(words: str) -> str:
    words = " ".join(words[:200].split())
    return words if len(words) <= 80 else words[:79] + "…"


def _lines(plan: Plan, misfits: Sequence[paste.UnreadableValue]) -> str:
    """Where the same thing is wrong: ``lines 2 (“Hosts”), 3 (“Mentors”), 4 and 10 more``."""
    lines = list(dict.fromkeys(misfit.line for misfit in misfits))
    shown = [f"{line} (“{name}”)" if (name := _row_name(plan, line - 1)) else str(line) for line in lines[:3]]
    more = f" and {len(lines) - 3} more" if len(lines) > 3 else ""
    return f"{'line' if len(lines) == 1 else 'lines'} {', '.join(shown)}{more}"


def _row_name(plan: Plan, at: int) -> str:
    """What the row is called to which a line goes; "" where it goes to none, or to one without a name."""
    if at not in plan.targets or plan.place is None:
        return ""
    if row := plan.targets[at]:
        return _short(plan.place.row_names[row])
    columns = plan.layout.columns
    named = [name for name in (paste.ROW_NAMES, plan.place.named_by) if name and name in columns]
    return _short(plan.lines[at][columns.index(named[0])]) if named else ""


QUERIES = {"paste": _paste, "layout": _layout}
COMMANDS = {"pasted": _write}
