"""Looking back and taking back: who changed what, how a worksheet stood before, and the way back there.

Nothing here ever takes a revision away. To take something back is to write what stood before, as new revisions.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import overload

from ctekit import worksheets
from ctekit.model import questions
from ctekit.model.errors import NotFoundError
from ctekit.model.questions import InvalidAnswerError, Question
from ctekit.model.worksheet import Mark
from ctekit.store import Edit, Revision, Store
from ctekit.store.queries import end_of, is_too_large
from ctekit.views.answers import Wording
from ctekit.views.render import clean, count
from ctekit.workbook import Workbook
from ctekit.worksheets.metrics import Observation

Place = tuple[str, str, str]
"""Worksheet, row and field."""

Standing = Mapping[Place, Revision]
"""The revision that stands at each place, of one moment."""

Step = tuple[Revision, ...]
"""What one act of one person wrote."""

_NONE = "There is no change to show."
"""Also where something private was changed, and was not asked for."""

_SHOWN = 200
"""So many changes a table shows; a longer one says how many more there are."""

MOST_WORDS = 200
"""Characters of an answer that no question can have."""


# Moments.


def standing(revisions: Iterable[Revision]) -> dict[Place, Revision]:
    """What stands at each place after these revisions, which are given oldest first."""
    return {place(revision): revision for revision in revisions if revision.conflicts_with is None}


def place(revision: Revision) -> Place:
    """Where a revision belongs."""
    return revision.worksheet, revision.row, revision.field


def until(revisions: Sequence[Revision], moment: str | int) -> list[Revision]:
    """Those revisions that had been saved at a moment.

    Parameters
    ----------
    revisions : sequence of Revision
    moment : str or int
        The end of a day (``"2026-10-01"``), a time (``"2026-10-01T10:42"``), or the number of a revision.

    Raises
    ------
    ctekit.model.questions.InvalidAnswerError
        It is none of these.
    """
    if isinstance(moment, int) or (moment.isdecimal() and len(moment) < 19):
        return [revision for revision in revisions if revision.seq <= int(moment)]
    return [revision for revision in revisions if revision.at < _end(moment)]


def _end(moment: str) -> str:
    try:
        return end_of(moment)
    except ValueError as error:
        raise InvalidAnswerError(f"{error} The number of a revision will do as well.") from None


def differences(one: Standing, other: Standing) -> list[Revision]:
    """What is another way in `other`: revisions whose `old` stands in `one`, and whose `value` stands in `other`.

    A row that is not there in `other` is told once, not question by question.
    """
    revisions = []
    for where in {**one, **other}:
        worksheet, row, field = where
        before, after = one.get(where), other.get(where)
        revision = after or before
        assert revision is not None
        old, value = (before.value if before else None), (after.value if after else None)
        if old == value or (row and field != "row" and not _is_there(other, worksheet, row)):
            continue
        revisions.append(replace(revision, old=old, value=value))
    return sorted(revisions, key=lambda each: each.seq)


def _is_there(moment: Standing, worksheet: str, row: str) -> bool:
    born = moment.get((worksheet, row, "row"))
    return born is not None and born.value is not None


# Writing.


def write(store: Store, edits: Sequence[Edit]) -> Step:
    """Save edits of one worksheet; gives all revisions that this made, also those that came too late."""
    if not edits:
        return ()
    since = store.latest()
    store.save(edits)
    return written(store, edits[0].worksheet, since, {edit.uid for edit in edits})


def written(store: Store, worksheet: str, since: int, uids: set[str]) -> Step:
    """The revisions after `since` that certain edits made, with those that put a new row into its table."""
    new = store.history(worksheet, since=since)
    return tuple(revision for revision in new if revision.uid in uids or revision.uid.removesuffix(".row") in uids)


def restore(store: Store, worksheet: str, moment: str | int, row: str = "", who: str = "") -> Step:
    """Bring a worksheet, or one row of it, back to a moment, by new revisions.

    Parameters
    ----------
    store : Store
    worksheet : str
        Its slug.
    moment : str or int
        See `until`.
    row : str
        The id of a row; "" for the whole worksheet.
    who : str
        Who says so; "" for the person at this computer.

    Returns
    -------
    tuple of Revision
        What was written; nothing if it stood that way already.

    Raises
    ------
    NotFoundError
        There is no such worksheet, or nothing had been saved by then.
    """
    now, back = _way_back(store, worksheet, moment, row)
    # Whoever saves in this very moment is not written over: their answer stays, and ours is in the history.
    edits = [
        Edit(worksheet, revision.field, revision.value, revision.row, who, _seq(now, revision)) for revision in back
    ]
    return write(store, edits)


def way_back(store: Store, worksheet: str, moment: str | int, row: str = "") -> list[Revision]:
    """What `restore` would change, without changing it."""
    return _way_back(store, worksheet, moment, row)[1]


def _way_back(store: Store, worksheet: str, moment: str | int, row: str) -> tuple[Standing, list[Revision]]:
    worksheets.called(worksheet)
    begun = store.history("profile", "", "partnership_id")
    if not until(begun, moment):
        raise NotFoundError(f"Nothing had been saved by “{moment}”. This partnership begins at {when(begun[0].at)}.")
    revisions = store.history(worksheet)
    if row and not any(revision.row == row for revision in revisions):
        raise NotFoundError(f"“{worksheet}” never had a row '{row}'. See `ctekit history` for those it had.")
    now = standing(revisions)
    back = differences(now, standing(until(revisions, moment)))
    return now, [revision for revision in back if not row or revision.row == row]


def _seq(now: Standing, revision: Revision) -> int:
    there = now.get(place(revision))
    return there.seq if there else 0


# In words.


@dataclass(frozen=True)
class Entry:
    """One change in words.

    Attributes
    ----------
    seq : int
        The number of its revision.
    at, who : str
        When it was saved (ISO 8601, UTC), and who said so.
    worksheet, row, field : str
        Where.
    question, name : str
        The question's title, and the row's name; "" for the worksheet itself.
    old, new : str
        The answers before and after in words; "" for blank. Of a row: what happened to it is `new`.
    late : bool
        It came too late: somebody else's answer went on standing.
    """

    seq: int
    at: str
    who: str
    worksheet: str
    row: str
    field: str
    question: str
    name: str
    old: str
    new: str
    late: bool = False

    @property
    def moment(self) -> str:
        """When, as people read it: ``2026-10-01 10:42``."""
        return when(self.at)

    @property
    def what(self) -> str:
        """Where it was changed: the row and the question."""
        return f"{self.name}: {self.question}" if self.name else self.question

    @property
    def words(self) -> str:
        """The change in one line."""
        if self.field == "row":
            return f"{self.question}: “{self.name}” {self.new}"
        late = " (came too late, did not count)" if self.late else ""
        return f"{self.what}: {self.old or '(blank)'} → {self.new or '(blank)'}{late}"


class History(Sequence[Entry]):
    """Changes, newest first; shows itself as a table."""

    def __init__(self, entries: Sequence[Entry], caption: str = "Changes, newest first") -> None:
        self._entries = tuple(entries)
        self._caption = caption

    @overload
    def __getitem__(self, index: int) -> Entry: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Entry]: ...
    def __getitem__(self, index: int | slice) -> Entry | Sequence[Entry]:
        return self._entries[index]

    def __len__(self) -> int:
        return len(self._entries)

    def __repr__(self) -> str:
        return "\n".join(f"{entry.moment}  {entry.who}  {entry.words}" for entry in self) or _NONE

    def _repr_html_(self) -> str:
        if not self:
            return f"<p>{_NONE}</p>"
        heads = "".join(f'<th scope="col">{words}</th>' for words in ("When", "Who", "What", "Before", "After"))
        more = len(self) - _SHOWN
        rest = f"<p>And {count(more, 'earlier change')}. Ask for one worksheet, row or field.</p>" if more > 0 else ""
        return (
            f"<table><caption>{_html(self._caption)}</caption><thead><tr>{heads}</tr></thead>"
            f"<tbody>{''.join(map(_line, self[:_SHOWN]))}</tbody></table>{rest}"
        )


def _line(entry: Entry) -> str:
    after = entry.new + (" (came too late, did not count)" if entry.late else "")
    cells = (entry.moment, entry.who, entry.what, entry.old, after)
    return f"<tr>{''.join(f'<td>{_html(words)}</td>' for words in cells)}</tr>"


def _html(words: str) -> str:
    return escape(clean(words))


class ChangeDescriber:
    """Puts revisions into words.

    Parameters
    ----------
    book : Workbook
        For the names of rows.
    before : mapping
        What stood before the revisions: a row that stood there once is put back, not added.
    private : bool
        Also what is for the facilitator only.
    """

    def __init__(self, book: Workbook, before: Standing | None = None, private: bool = False) -> None:
        self._wording = Wording(book, private)
        self._private = private
        self._rows = {(worksheet, row) for worksheet, row, field in before or {} if field == "row"}

    def tell(self, revisions: Iterable[Revision]) -> list[Entry]:
        """The changes that may be told, newest first. The revisions are given oldest first."""
        return [entry for entry in map(self._entry, revisions) if entry is not None][::-1]

    def _entry(self, revision: Revision) -> Entry | None:
        ask = ask_of(revision)
        table = _table(revision)
        if (revision.worksheet, revision.field) == ("profile", "partnership_id") or ask is None:
            return None
        if not self._private and (ask.private or (table is not None and table.private)):
            return None
        name = self._wording.name
        question = ask.title
        if revision.field.startswith("marks/"):
            question += ", no answer yet"
        elif "/" in revision.field:
            question += f", {name(revision.field.partition('/')[2])}"
        old, new = (
            ("", self._row(revision))
            if revision.field == "row"
            else (self.words(revision, revision.old), self.words(revision, revision.value))
        )
        return Entry(
            revision.seq, revision.at, revision.who, revision.worksheet, revision.row, revision.field,
            question, name(revision.row) if revision.row else "", old, new, revision.conflicts_with is not None,
        )  # fmt: skip

    def _row(self, revision: Revision) -> str:
        seen = (revision.worksheet, revision.row) in self._rows
        self._rows.add((revision.worksheet, revision.row))
        if revision.value is None:
            return "deleted"
        return "moved" if revision.old is not None else "put back" if seen else "added"

    def words(self, revision: Revision, value: questions.Json) -> str:
        """An answer to the question of a revision in words; "" for blank."""
        if value is None:
            return ""
        question = ask_of(revision)
        if question is not None and is_too_large(question, value):
            return str(value)[:MOST_WORDS]
        try:
            return self._words(revision, question, value)
        except (
            TypeError,
            ValueError,
            ArithmeticError,
            LookupError,
            AttributeError,
        ):  # of no such question
            return str(value)[:MOST_WORDS]

    def _words(self, revision: Revision, question: Question | None, value: questions.Json) -> str:
        if revision.field.startswith("marks/"):
            return self._wording.mark(Mark(**value))
        # What is a large group now may have been a small one then, so no count that stood once is shown to everybody.
        table = _table(revision)
        if not self._private and table and table.row is Observation and revision.field in ("counted", "out_of"):
            return "a count, not shown here"
        return questions.show(question, value, self._wording.name) if question else str(value)


def history(
    store: Store,
    book: Workbook,
    worksheet: str = "",
    row: str = "",
    field: str = "",
    *,
    since: str = "",
    private: bool = False,
) -> History:
    """Who changed what and when, newest first.

    Parameters
    ----------
    store : Store
    book : Workbook
        As it stands now, for names.
    worksheet, row, field : str
        Only of this worksheet, row (its id) and question; "" for all.
    since : str
        Only what was saved after this day or time ended.
    private : bool
        Also what is for the facilitator only.
    """
    if worksheet:
        worksheets.called(worksheet)
    end = _end(since) if since else ""
    entries = ChangeDescriber(book, private=private).tell(store.history(worksheet))
    return History(
        [
            entry
            for entry in entries
            if entry.at >= end and row in ("", entry.row) and field in ("", entry.field, entry.field.partition("/")[0])
        ]
    )


def compare(
    store: Store, book: Workbook, since: str | int, to: str | int = "", worksheet: str = "", *, private: bool = False
) -> History:
    """What is another way at one moment than at an earlier one: one entry a place, by whoever changed it last.

    Parameters
    ----------
    store : Store
    book : Workbook
        As it stands now, for names.
    since, to : str or int
        The two moments, see `until`; `to` "" for now.
    worksheet : str
        Only this one; "" for all.
    private : bool
        Also what is for the facilitator only.
    """
    if worksheet:
        worksheets.called(worksheet)
    revisions = store.history(worksheet)
    one = standing(until(revisions, since))
    other = standing(until(revisions, to) if to != "" else revisions)
    caption = f"What is different {f'at {to}' if to != '' else 'now'} from {since}"
    return History(ChangeDescriber(book, one, private).tell(differences(one, other)), caption)


def when(at: str) -> str:
    """Day and time as people read it on this computer: ``2026-10-01 10:42``."""
    return datetime.datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M")


def question(revision: Revision) -> str:
    """The title of the question a revision answers; of the table, for a row itself."""
    ask = ask_of(revision)
    return ask.title if ask else revision.field


def title(revision: Revision) -> str:
    """The same between quotes."""
    return f"“{question(revision)}”"


def ask_of(revision: Revision) -> Question | None:
    """The question a revision belongs to; for a row itself, the table. None for what is no question any more."""
    try:
        kind = worksheets.called(revision.worksheet)
        head, _, tail = revision.field.partition("/")
        if revision.field == "row":
            return _table(revision)
        return kind.ask(tail, revision.row) if head == "marks" else kind.ask(head, "" if tail else revision.row)
    except LookupError:
        return None


def _table(revision: Revision) -> Question | None:
    try:
        kind = worksheets.called(revision.worksheet)
        return kind.tables()[kind.table_of(revision.row)] if revision.row else None
    except LookupError:
        return None
