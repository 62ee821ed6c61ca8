"""What a sheet does about the past: undo, redo, show the history, compare two days, bring something back."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ctekit.history import changes
from ctekit.history.changes import ChangeDescriber, Entry, Standing
from ctekit.history.undo import SupersededError, step_in_words
from ctekit.model.errors import CtekitError
from ctekit.model.questions import Json
from ctekit.store import Edit, Revision, StoreError
from ctekit.views.render import count, long_day

if TYPE_CHECKING:
    from ctekit.widgets.sheet import Sheet

_SHOWN = 50
"""So many changes the panel lists; `partnership.history` has them all."""

_LONG = 40


def look(sheet: Sheet, act: dict[str, Any], private: bool = False) -> dict[str, Any]:
    """Answer an act that only looks back: ``{"history"}`` or ``{"compare": [day, day]}``; {} for any other.

    With `private`, also what is for the facilitator only: of a view that has asked for it.
    """
    if "history" in act:
        revisions = sheet.store.history(sheet.kind.slug)
        entries = ChangeDescriber(sheet.store.load(), private=private).tell(revisions)[:_SHOWN]
        now = changes.standing(revisions)
        by_seq = {revision.seq: revision for revision in revisions}
        lines = [_line(entry) | {"bring": _offer(by_seq[entry.seq], now, entry)} for entry in entries]
        told = [
            revision for revision in revisions if private or not sheet.kind.is_private(revision.field, revision.row)
        ]
        return {"history": lines, "days": _days(told)}
    if "compare" in act:
        try:
            since, to = act["compare"]
            history = changes.compare(sheet.store, sheet.store.load(), since, to, sheet.kind.slug, private=private)
        except CtekitError as error:
            return {"words": str(error)}
        return {"history": [_line(entry) for entry in history], "words": f"{count(len(history), 'difference')}."}
    return {}


def turn(sheet: Sheet, act: dict[str, Any]) -> dict[str, Any]:
    """Do an act that takes or brings something back, and say so; {} for any other."""
    try:
        if "undo" in act or "redo" in act:
            return _step(sheet, "undo" in act)
        if "bring" in act:
            return _bring(sheet, act["bring"])
        if "bring_all" in act:
            step = changes.restore(sheet.store, sheet.kind.slug, act["bring_all"], who=sheet.who)
            sheet.steps.did(step)
            day = act["bring_all"]
            words = f"Brought back to how it stood on {day}: {count(len(step), 'change')}. Undo takes that back."
            return {"words": words if step else f"Nothing was changed: it stands just as it did on {day}."}
    except StoreError:
        raise
    except CtekitError as error:
        return {"words": str(error)}
    return {}


def _step(sheet: Sheet, undo: bool) -> dict[str, Any]:
    done, not_done = ("Undone", "Not undone") if undo else ("Done again", "Not done again")
    try:
        step = sheet.steps.undo(sheet.store, sheet.who) if undo else sheet.steps.redo(sheet.store, sheet.who)
    except SupersededError as error:
        return {"words": f"{not_done}. {error}"}
    if not step:
        return {"words": "There is nothing to undo." if undo else "There is nothing to do again."}
    return {"words": f"{done}: {step_in_words(step)}.", "places": [[revision.row, revision.field] for revision in step]}


def _bring(sheet: Sheet, seq: int) -> dict[str, Any]:
    revisions = sheet.store.history(sheet.kind.slug)
    wanted = next(one for one in revisions if one.seq == seq)
    now = changes.standing(revisions)
    if not _can_come(wanted, now):
        return {"words": "Nothing was changed: it stands already, or its row has to be brought back first."}
    revision = now.get(changes.place(wanted))
    # Whoever saves in this very moment is not written over.
    based_on = revision.seq if revision else 0
    sheet.write([Edit(sheet.kind.slug, wanted.field, _earlier(wanted), wanted.row, sheet.who, based_on)])
    words = "a row" if wanted.field == "row" else changes.title(wanted)
    return {"words": f"Brought back: {words}. Undo takes that back.", "places": [[wanted.row, wanted.field]]}


def _earlier(revision: Revision) -> Json:
    """What can be brought back of a change: what it replaced; or itself, where it replaced nothing or came too late."""
    return revision.value if revision.conflicts_with is not None or revision.old is None else revision.old


def _can_come(revision: Revision, now: Standing) -> bool:
    there = now.get(changes.place(revision))
    if revision.field == "row":
        return revision.value is None and there is not None and there.value is None
    row = now.get((revision.worksheet, revision.row, "row"))
    gone = bool(revision.row) and (row is None or row.value is None)
    return not gone and (there.value if there else None) != _earlier(revision)


def _offer(revision: Revision, now: Standing, entry: Entry) -> str:
    """What the button says; "" for none."""
    if not _can_come(revision, now):
        return ""
    if revision.field == "row":
        return "Bring the row back"
    words = entry.new if revision.conflicts_with is not None or revision.old is None else entry.old
    return f"Bring back “{words if len(words) <= _LONG else words[: _LONG - 1] + '…'}”"


def _line(entry: Entry) -> dict[str, Any]:
    return {"seq": entry.seq, "when": entry.moment, "who": entry.who, "words": entry.words}


def _days(revisions: Sequence[Revision]) -> list[list[str]]:
    """The days on which this worksheet was changed, newest first, as they are kept and as people read them."""
    days = sorted(
        {datetime.datetime.fromisoformat(revision.at).astimezone().date() for revision in revisions}, reverse=True
    )
    return [[day.isoformat(), long_day(day)] for day in days]
