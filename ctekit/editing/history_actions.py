"""What a sheet does about the past: undo, redo, show the history, compare two days, bring something back."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from ctekit.editing.protocol import Change, FromKernel, FromSheet
from ctekit.editing.session import Action, EditSession
from ctekit.history import changes, describe, restore
from ctekit.history.changes import CurrentValues
from ctekit.history.describe import ChangeDescriber
from ctekit.history.entries import Entry
from ctekit.history.undo import SupersededError, step_in_words
from ctekit.model.days import long_day
from ctekit.model.errors import CtekitError
from ctekit.model.questions import Json
from ctekit.model.text import count
from ctekit.store import Edit, Revision, StoreError

_SHOWN = 50
"""So many changes the panel lists; `partnership.history` has them all."""

_LONG = 40


def _explained(action: Action) -> Action:
    """The action; what cannot be done is said in the panel of the history, in words."""

    def explained(session: EditSession, message: FromSheet) -> FromKernel:
        try:
            return action(session, message)
        except StoreError:
            raise
        except CtekitError as error:
            return {"words": str(error)}

    return explained


def _history(session: EditSession, message: FromSheet) -> FromKernel:
    """The last changes in words, and the days on which there were any."""
    private = session.is_revealed(message)
    revisions = session.store.history(session.kind.slug)
    entries = ChangeDescriber(session.store.load(), private=private).describe(revisions)[:_SHOWN]
    now = changes.current_values(revisions)
    by_seq = {revision.seq: revision for revision in revisions}
    lines = [_line(entry, _offer(by_seq[entry.seq], now, entry)) for entry in entries]
    is_private = session.kind.is_private
    visible = [revision for revision in revisions if private or not is_private(revision.field, revision.row)]
    return {"history": lines, "days": _days(visible)}


@_explained
def _compare(session: EditSession, message: FromSheet) -> FromKernel:
    """What is different between two days."""
    since, to = message["act"]["compare"]
    differences = describe.compare(
        session.store, session.store.load(), since, to, session.kind.slug, private=session.is_revealed(message)
    )
    return {
        "history": [_line(entry) for entry in differences],
        "words": f"{count(len(differences), 'difference')}.",
    }


@_explained
def _undo(session: EditSession, message: FromSheet) -> FromKernel:
    return _step(session, undo=True)


@_explained
def _redo(session: EditSession, message: FromSheet) -> FromKernel:
    return _step(session, undo=False)


def _step(session: EditSession, undo: bool) -> FromKernel:
    done, not_done = ("Undone", "Not undone") if undo else ("Done again", "Not done again")
    stack = session.undo_stack
    try:
        step = stack.undo(session.store, session.who) if undo else stack.redo(session.store, session.who)
    except SupersededError as error:
        return {"words": f"{not_done}. {error}"}
    if not step:
        return {"words": "There is nothing to undo." if undo else "There is nothing to do again."}
    return {"words": f"{done}: {step_in_words(step)}.", "places": [(revision.row, revision.field) for revision in step]}


@_explained
def _bring(session: EditSession, message: FromSheet) -> FromKernel:
    """Bring one answer or row back."""
    revisions = session.store.history(session.kind.slug)
    wanted = next(revision for revision in revisions if revision.seq == message["act"]["bring"])
    now = changes.current_values(revisions)
    if not _can_come(wanted, now):
        return {"words": "Nothing was changed: it stands already, or its row has to be brought back first."}
    current = now.get(changes.place(wanted))
    # Whoever saves in this very moment is not written over.
    based_on = current.seq if current else 0
    session.write([Edit(session.kind.slug, wanted.field, _earlier(wanted), wanted.row, session.who, based_on)])
    words = "a row" if wanted.field == "row" else describe.quoted_title(wanted)
    return {"words": f"Brought back: {words}. Undo takes that back.", "places": [(wanted.row, wanted.field)]}


@_explained
def _bring_all(session: EditSession, message: FromSheet) -> FromKernel:
    """Bring the whole worksheet back to a day."""
    day = message["act"]["bring_all"]
    step = restore.restore(session.store, session.kind.slug, day, who=session.who)
    session.undo_stack.push(step)
    if not step:
        return {"words": f"Nothing was changed: it stands just as it did on {day}."}
    return {"words": f"Brought back to how it stood on {day}: {count(len(step), 'change')}. Undo takes that back."}


def _earlier(revision: Revision) -> Json:
    """What can be brought back of a change: what it replaced; or itself, where it replaced nothing or came too late."""
    return revision.value if revision.conflicts_with is not None or revision.old is None else revision.old


def _can_come(revision: Revision, now: CurrentValues) -> bool:
    there = now.get(changes.place(revision))
    if revision.field == "row":
        return revision.value is None and there is not None and there.value is None
    row = now.get((revision.worksheet, revision.row, "row"))
    gone = bool(revision.row) and (row is None or row.value is None)
    return not gone and (there.value if there else None) != _earlier(revision)


def _offer(revision: Revision, now: CurrentValues, entry: Entry) -> str:
    """What the button says; "" for none."""
    if not _can_come(revision, now):
        return ""
    if revision.field == "row":
        return "Bring the row back"
    words = entry.new if revision.conflicts_with is not None or revision.old is None else entry.old
    return f"Bring back “{words if len(words) <= _LONG else words[: _LONG - 1] + '…'}”"


def _line(entry: Entry, offer: str | None = None) -> Change:
    line: Change = {"seq": entry.seq, "when": entry.moment, "who": entry.who, "words": entry.words}
    return line if offer is None else line | {"bring": offer}


def _days(revisions: Sequence[Revision]) -> list[tuple[str, str]]:
    """The days on which this worksheet was changed, newest first, as they are kept and as people read them."""
    days = {datetime.datetime.fromisoformat(revision.at).astimezone().date() for revision in revisions}
    return [(day.isoformat(), long_day(day)) for day in sorted(days, reverse=True)]


QUERIES = {"history": _history, "compare": _compare}
COMMANDS = {"undo": _undo, "redo": _redo, "bring": _bring, "bring_all": _bring_all}
