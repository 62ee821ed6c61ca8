"""How edits of the form are saved: read one by one, written together, thanked once they are on the disk."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from ctekit.editing import incoming
from ctekit.history import changes
from ctekit.model import questions
from ctekit.model.questions import InvalidAnswerError, Json
from ctekit.store import Edit, Revision, SaveResult, StoreError

if TYPE_CHECKING:
    from ctekit.widgets.sheet import Sheet


def save(sheet: Sheet, message: dict[str, Any]) -> None:
    """Save the edits of a message, each judged by itself, and say what became of each.

    Raises
    ------
    StoreError
        Nothing can be saved now, such as on a full disk. What was sent is not answered, and will be sent again.
    """
    sheet.refresh()
    before = sheet.revision
    view, number = incoming.sender(message)
    edits: list[Edit] = []
    saved: list[dict[str, Any]] = []
    wrong: list[dict[str, Any]] = []
    for given in incoming.sent_edits(message):
        try:
            sent = incoming.read_edit(given)
            row, field, key = sent.row, sent.field, (view, sent.row, sent.field)
            if sheet.newest.get(key, 0) > number:
                saved.append(_thanks(sheet, sent.uid, row, field, _current(sheet, row, field)))
                continue
            value = _read(sheet, row, field, sent.value)
            based_on = _based_on(sheet, row, field, sent.base)
        except Exception as error:  # whatever is wrong with one edit, the others are saved
            wrong.append(incoming.refusal(sheet.kind, given, error))
            continue
        sheet.newest[key] = number
        edits.append(Edit(sheet.kind.slug, field, value, row, sheet.who, based_on, sent.uid))
    edits, done = _write_what_can_be(sheet, edits, wrong)
    clashes = _clashes(sheet, [(edit, result.conflict) for edit, result in zip(edits, done, strict=True)])
    for edit, result in zip(edits, done, strict=True):
        value = result.conflict.value if result.conflict else edit.value
        if result.conflict or result.seq > before or not result.seq:
            _take(sheet, result, value)
        else:  # nothing new, or sent once more: what it said may have been taken back since
            value = _current(sheet, result.row, result.field)
        saved.append(_thanks(sheet, result.uid, result.row, result.field, value))
    sheet.missed += [one for one in clashes if one["private"]]
    shown = [one for one in clashes if not one["private"]]
    news = {"saved": saved, "wrong": wrong, "conflict": shown, "at": clock(), "view": view, "revision": sheet.revision}
    sheet.send(news | sheet.missed_news())
    if done:
        sheet.follow()


def _write_what_can_be(
    sheet: Sheet, edits: list[Edit], wrong: list[dict[str, Any]]
) -> tuple[list[Edit], list[SaveResult]]:
    """Save a batch; where the store cannot hold it, each edit by itself, and tell those that it cannot hold."""
    if not edits:
        return [], []
    try:
        return edits, sheet.write(edits)
    except StoreError:
        raise
    except Exception as error:
        if len(edits) == 1:
            raise  # a fault, until another edit shows that it is this one's
        fault = error
    kept: list[Edit] = []
    done: list[SaveResult] = []
    for edit in edits:
        try:
            done += sheet.write([edit])
            kept.append(edit)
        except StoreError:
            raise
        except Exception as error:
            wrong.append(incoming.refusal(sheet.kind, vars(edit), error))
    if not kept:
        raise fault
    return kept, done


def _read(sheet: Sheet, row: str, field: str, given: Json) -> Json:
    """What the store keeps of an answer; a wrong shape or a row that is gone is told in one sentence."""
    incoming.check_place(sheet.kind, sheet.now, row, field)
    name, _, part = field.partition("/")
    if name == "marks":
        return questions.read_mark(given)
    return questions.read(sheet.kind.ask(name, "" if part else row), given)


def _thanks(sheet: Sheet, uid: str, row: str, field: str, value: Json) -> dict[str, Any]:
    """What is said of an answer that is on the disk; a private one is named only while a view has asked for it."""
    thanks = {"uid": uid, "row": row, "field": field}
    if not sheet.kind.is_private(field, row):
        return thanks | {"value": value}
    return thanks | ({"private": value} if sheet.asking else {})


def _current(sheet: Sheet, row: str, field: str) -> Json:
    return sheet.now["answers"].get(row, {}).get(field)


def _based_on(sheet: Sheet, row: str, field: str, base: Json) -> int:
    """The revision an edit was made upon: the current one if the person saw its value, else none (a conflict)."""
    try:
        seen = _read(sheet, row, field, base)
    except InvalidAnswerError:
        seen = base
    return sheet.seqs.get((sheet.kind.slug, row, field), 0) if seen == _current(sheet, row, field) else 0


def _take(sheet: Sheet, result: SaveResult, value: Json) -> None:
    """Remember what has just been saved, without reading the store again."""
    public = not sheet.kind.is_private(result.field, result.row)
    for state in (sheet.now, sheet.shown) if public else (sheet.now,):
        answers = state["answers"].setdefault(result.row, {})
        answers.pop(result.field, None)
        if value is not None:
            answers[result.field] = value
    if not result.conflict:
        sheet.seqs[(sheet.kind.slug, result.row, result.field)] = result.seq
    if result.seq == sheet.revision + 1:
        sheet.revision = result.seq


def _clashes(sheet: Sheet, edits: list[tuple[Edit, Revision | None]]) -> list[dict[str, Any]]:
    """What to say of each edit that came too late, and of the revision that stands instead."""
    late = [(edit, theirs) for edit, theirs in edits if theirs is not None]
    if not late:
        return []
    telling = changes.ChangeDescriber(sheet.store.load(), private=True)  # once, however many they are
    return [
        {
            "row": edit.row,
            "field": edit.field,
            "private": sheet.kind.is_private(edit.field, edit.row),
            "title": changes.question(theirs),
            "mine": edit.value,
            "theirs": theirs.value,
            "mine_words": telling.words(theirs, edit.value),
            "theirs_words": telling.words(theirs, theirs.value),
            "who": theirs.who or "somebody else",
            "at": clock(theirs.at),
        }
        for edit, theirs in late
    ]


def clock(at: str = "") -> str:
    """A time of day as people read it on this computer: 10:42."""
    moment = datetime.datetime.fromisoformat(at) if at else datetime.datetime.now(datetime.UTC)
    return moment.astimezone().strftime("%H:%M")
