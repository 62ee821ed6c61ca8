"""How edits of the form are saved: read one by one, written together, thanked once they are on the disk."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from ctekit.editing import incoming
from ctekit.editing.protocol import Conflict, FromSheet, RefusedEdit, SavedEdit
from ctekit.editing.session import EditSession
from ctekit.history import describe
from ctekit.model import questions
from ctekit.model.clock import time_of_day
from ctekit.model.questions import InvalidAnswerError, Json
from ctekit.store import Edit, SaveResult, StaleError, StoreError

Saved = tuple[Edit, SaveResult]
"""What was asked for, and what the store made of it."""


def save(session: EditSession, message: FromSheet) -> None:
    """Save the edits of a message, each judged by itself, and say what became of each.

    Raises
    ------
    StoreError
        Nothing can be saved now, such as on a full disk. What was sent is not answered, and will be sent again.
    """
    written, overtaken, wrong = _judge_and_write(session, message)
    before = session.revision
    written, strange = _tell_apart(session, written)
    conflicts = _conflicts(session, written)
    view, number = incoming.sender(message)
    session.newest_edits[view] = max(number, session.newest_edits.get(view, 0))
    session.written |= {(view, each.row, each.field): each.seq for _, each in written if not each.conflict}
    session.unchanged |= {
        each.uid for edit, each in written if each.seq <= before and each.row == edit.row and not each.conflict
    }
    saved = overtaken + [_record(session, edit, result, before) for edit, result in written]
    session.private_conflicts += [conflict for conflict in conflicts if conflict["private"]]
    session.send(
        {
            "saved": saved,
            "wrong": wrong + strange,
            "conflict": [conflict for conflict in conflicts if not conflict["private"]],
            "at": clock(),
            "view": view,
            "revision": session.revision,
        }
        | session.take_private_conflicts()
    )
    if written:
        session.send_consequences()


def _judge_and_write(
    session: EditSession, message: FromSheet
) -> tuple[list[Saved], list[SavedEdit], list[RefusedEdit]]:
    """What was written, what a newer message has overtaken, and what cannot be read or kept.

    Edits are judged by what was read last, which is what stands unless somebody else saved since: the transaction that
    writes them sees whether it is, so that reading takes none of its own. Where it is not, all is read and judged anew.
    """
    edits, overtaken, wrong = _judge(session, message)
    if edits:
        try:
            written, unwritable = _write(session, edits, if_newest=session.revision)
            return written, overtaken, wrong + unwritable
        except StaleError:
            pass
    session.refresh()
    edits, overtaken, wrong = _judge(session, message)
    written, unwritable = _write(session, edits)
    return written, overtaken, wrong + unwritable


def _judge(session: EditSession, message: FromSheet) -> tuple[list[Edit], list[SavedEdit], list[RefusedEdit]]:
    """What is to be written, what a newer message has overtaken, and what cannot be read."""
    view, number = incoming.sender(message)
    edits: list[Edit] = []
    overtaken: list[SavedEdit] = []
    wrong: list[RefusedEdit] = []
    written_upon = _written_upon(session, message)
    for received in incoming.sent_edits(message):
        try:
            sent = incoming.read_edit(received)
            row, field, key = sent.row, sent.field, (view, sent.row, sent.field)
            is_done = sent.uid in session.unchanged or sent.uid in written_upon
            if is_done or session.newest.get(key, 0) > number:
                overtaken.append(_thanks(session, sent.uid, row, field, session.answer(row, field)))
                continue
            value = _read(session, row, field, sent.value)
            based_on = _based_on(session, view, sent)
        except Exception as error:  # whatever is wrong with one edit, the others are saved
            wrong.append(incoming.refusal(session.kind, received, error))
            continue
        session.newest[key] = number
        edits.append(Edit(session.kind.slug, field, value, row, session.who, based_on, sent.uid))
    return edits, overtaken, wrong


def _written_upon(session: EditSession, message: FromSheet) -> set[str]:
    """The edits of a message upon which a later one of it was written that stands already.

    They come anew since the page heard no answer. One that changed nothing is in no history: it would be taken for new.
    """
    edits, earlier = incoming.sent_edits(message), set()
    if len(edits) < 2:
        return set()
    # By place: upon what the next edit was written, and whether that one, or one written upon it, stands.
    following: dict[tuple[str, str], tuple[Json, bool]] = {}
    for received in reversed(edits):
        try:
            sent = incoming.read_edit(received)
            place = sent.row, sent.field
            base, stands = following.get(place, (None, False))
            if stands and sent.value == base:
                earlier.add(sent.uid)
            else:
                stands = session.answer(*place) == _read_base(session, *place, sent.value)
            following[place] = sent.base, stands
        except Exception:  # what is wrong with it is told where it is judged
            continue
    return earlier


def _write(
    session: EditSession, edits: list[Edit], *, if_newest: int | None = None
) -> tuple[list[Saved], list[RefusedEdit]]:
    """Save a batch; where the store cannot hold it, each edit by itself, and tell those that it cannot hold."""
    if not edits:
        return [], []
    try:
        return list(zip(edits, session.write(edits, if_newest=if_newest), strict=True)), []
    except StoreError:
        raise
    except Exception as error:
        if len(edits) == 1:
            raise  # a fault, until another edit shows that it is this one's
        fault = error
    written: list[Saved] = []
    wrong: list[RefusedEdit] = []
    for edit in edits:
        try:
            written.append((edit, session.write([edit])[0]))
        except StoreError:
            raise
        except Exception as error:
            wrong.append(incoming.refusal(session.kind, vars(edit), error))
    if not written:
        raise fault
    return written, wrong


def _tell_apart(session: EditSession, written: list[Saved]) -> tuple[list[Saved], list[RefusedEdit]]:
    """What was written, and the edits that bear the uid of an answer elsewhere: the store takes them for that one."""
    strange = [
        (edit, result)
        for edit, result in written
        if edit.field != result.field or (edit.row != result.row and "*" not in edit.row)
    ]
    refused = [
        incoming.refusal(session.kind, vars(edit), InvalidAnswerError(incoming.UNREADABLE)) for edit, _ in strange
    ]
    return [each for each in written if each not in strange], refused


def _record(session: EditSession, edit: Edit, result: SaveResult, before: int) -> SavedEdit:
    """Remember what stands now, and thank for it."""
    value = result.conflict.value if result.conflict else edit.value
    if result.conflict or result.seq > before or not result.seq:
        session.record(result, value)
    else:  # nothing new, or sent once more: what it said may have been taken back since
        value = session.answer(result.row, result.field)
    return _thanks(session, result.uid, result.row, result.field, value)


def _read(session: EditSession, row: str, field: str, value: Json) -> Json:
    """What the store keeps of an answer; a wrong shape or a row that is gone is told in one sentence."""
    incoming.check_place(session.kind, session.state, row, field)
    name, _, part = field.partition("/")
    if name == "marks":
        return questions.read_mark(value)
    return questions.read(session.kind.question(name, "" if part else row), value)


def _thanks(session: EditSession, uid: str, row: str, field: str, value: Json) -> SavedEdit:
    """What is said of an answer that is on the disk; a private one is named only while a view has asked for it."""
    thanks: SavedEdit = {"uid": uid, "row": row, "field": field}
    if not session.kind.is_private(field, row):
        thanks["value"] = value
    elif session.revealing:
        thanks["private"] = value
    return thanks


def _based_on(session: EditSession, view: str, sent: incoming.SentEdit) -> int:
    """The revision an edit was made upon: the current one if the person saw or wrote it, else none (a conflict)."""
    row, field = sent.row, sent.field
    seq, answer = session.seq(row, field), session.answer(row, field)
    is_own = session.written.get((view, row, field)) == seq
    return seq if is_own or answer in [_read_base(session, row, field, base) for base in (sent.base, sent.root)] else 0


def _read_base(session: EditSession, row: str, field: str, base: Json) -> Json:
    try:
        return _read(session, row, field, base)
    except InvalidAnswerError:
        return base


def _conflicts(session: EditSession, written: Iterable[Saved]) -> list[Conflict]:
    """What to say of each edit that came too late, and of the revision that stands instead."""
    late = [(edit, result.conflict) for edit, result in written if result.conflict is not None]
    if not late:
        return []
    describer = describe.ChangeDescriber(session.store.load(), private=True)  # once, however many they are
    return [
        {
            "row": edit.row,
            "field": edit.field,
            "private": session.kind.is_private(edit.field, edit.row),
            "title": describe.question_title(theirs),
            "mine": edit.value,
            "theirs": theirs.value,
            "mine_words": describer.describe_value(theirs, edit.value),
            "theirs_words": describer.describe_value(theirs, theirs.value),
            "who": theirs.who or "somebody else",
            "at": clock(theirs.at),
        }
        for edit, theirs in late
    ]


def clock(at: str = "") -> str:
    """A time of day as people read it on this computer: 10:42 AM."""
    moment = datetime.datetime.fromisoformat(at) if at else datetime.datetime.now(datetime.UTC)
    return time_of_day(moment.astimezone())
