"""Answers of a mailed file on their way back: based on how things stood when it was mailed, and written once."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from ctekit import worksheets
from ctekit.mail import _form
from ctekit.mail._answers import Answers, Entry
from ctekit.mail._judging import check, check_births, letter_of
from ctekit.mail._projection import for_partner
from ctekit.model import questions
from ctekit.store import Edit, Revision, SaveResult, Store
from ctekit.store.access import now
from ctekit.store.letters import Letter
from ctekit.workbook import Workbook

Place = tuple[str, str, str]


@dataclass(frozen=True)
class Plan:
    """What a file of answers would change.

    Attributes
    ----------
    letter : Letter
        What was mailed.
    who : str
        The name under which it is written.
    edits : tuple of Edit
    entries : tuple of str
        The ids of what the file holds, to be remembered.
    kept : tuple of str
        Names of rows that were deleted there and changed here meanwhile: they stay.
    lost : frozenset of str
        The ids of edits to rows that were deleted here: they go into the history, and nobody sees them elsewhere.
    is_known : bool
        Whether all of it was taken in before.
    """

    letter: Letter
    who: str
    edits: tuple[Edit, ...]
    entries: tuple[str, ...]
    kept: tuple[str, ...]
    lost: frozenset[str]
    is_known: bool


def plan(store: Store, answers: Answers, at: datetime.datetime | None = None) -> Plan:
    """See what a file would change. Nothing is written.

    Parameters
    ----------
    store : Store
    answers : Answers
        As `read` gives them.
    at : datetime.datetime or None
        The time from which its age counts; None for now.

    Returns
    -------
    Plan

    Raises
    ------
    WrongFileError
        It answers no letter of this partnership, comes too late, or holds what was not asked for.
    """
    letter = letter_of(store, answers, at or now())
    theirs = for_partner(store.load(revision=letter.revision), letter.organization)
    for entry in answers.entries:
        check(entry, theirs, letter)
    check_births(answers.entries)
    taken_uids = store.taken(letter.id)
    new = [entry for entry in answers.entries if entry.uid not in taken_uids]
    writer = _Writer(store, letter, store.load(), answers.entries)
    edits = tuple(writer.edits(writer.pending(answers.entries, new)))
    entries = tuple(entry.uid for entry in new)
    is_known = bool(answers.entries) and not new
    return Plan(letter, writer.who, edits, entries, tuple(writer.kept), frozenset(writer.lost), is_known)


def take(store: Store, planned: Plan) -> list[SaveResult]:
    """Write what a plan says, all or nothing.

    Parameters
    ----------
    store : Store
    planned : Plan

    Returns
    -------
    list of SaveResult
        Those with a conflict came too late; what stands here stays, and both are in the history.

    Raises
    ------
    ctekit.store.StoreError
        It could not be saved; nothing of it was.
    """
    if not planned.entries:
        return []
    return store.take(planned.letter.id, planned.edits, planned.entries)


class _Writer:
    """Makes edits of entries: each on what its writer had before them, so that a conflict is seen."""

    def __init__(self, store: Store, letter: Letter, book: Workbook, entries: Sequence[Entry]) -> None:
        self._letter, self._book = letter, book
        self.who = book.name(letter.person or letter.organization)
        self.kept: list[str] = []
        self.lost: set[str] = set()
        self._history: dict[Place, list[Revision]] = defaultdict(list)
        self._born: dict[str, str] = {}
        for slug in letter.worksheets:
            for revision in store.history(slug):
                self._history[revision.worksheet, revision.row, revision.field].append(revision)
                self._born[revision.uid] = revision.row
        births = [entry for entry in entries if entry.field == "row" and "*" in entry.row and entry.value is not None]
        self._rows = {entry.row: self._born[self._uid(entry)] for entry in births if self._uid(entry) in self._born}
        self._own = {self._uid(entry) for entry in entries}

    def pending(self, entries: Sequence[Entry], new: Collection[Entry]) -> list[Entry]:
        """What is new, and what was known before of rows that came and went there, and are only now to be born here."""
        unborn = {entry.row for entry in new if "*" in entry.row and entry.row not in self._rows}
        uids = {entry.uid for entry in new}
        return [entry for entry in entries if entry.uid in uids or entry.row in unborn]

    def edits(self, entries: Sequence[Entry]) -> Iterator[Edit]:
        """The edits of what is new: of entries about one place the last alone, rows before what stands in them."""
        last = {(entry.worksheet, self._row(entry.row), entry.field): entry for entry in entries}
        gone = {place[1] for place, entry in last.items() if place[2] == "row" and entry.value is None}
        rows = [(place, entry) for place, entry in last.items() if place[2] == "row" and entry.value is not None]
        yield from (self._edit(place, entry) for place, entry in rows)
        for (slug, row, _), entry in rows:
            if "*" in row:
                owner = _form.PARTS[slug][worksheets.called(slug).table_of(row.replace("*", ""))].owner
                yield Edit(slug, owner, self._letter.organization, row, self.who, uid=f"{self._uid(entry)}.owner")
        there = {row for _, row, _ in (place for place, _ in rows) if "*" in row} | set(self._book.row_by_id)
        there |= {place[1] for place, _ in rows if self._is_last_here(place)}
        for place, entry in last.items():
            if place[2] != "row" and (place[1] in there or place[1] not in gone):
                if place[1] not in there:
                    self.lost.add(self._uid(entry))
                yield self._edit(place, entry)
        for place, entry in last.items():
            if place[2] == "row" and place[1] in gone and place[1] in there and self._may_go(place[1]):
                yield self._edit(place, entry)

    def _edit(self, place: Place, entry: Entry) -> Edit:
        slug, row, field = place
        value = entry.value
        if field == "row" and isinstance(value, dict):
            value = {"after": self._row(value["after"])}
        elif field.startswith("marks/"):
            value = questions.read_mark(value)
        elif field != "row":
            head, slash, _ = field.partition("/")
            value = questions.read(worksheets.called(slug).question(head, "" if slash else row.replace("*", "")), value)
        said_at = min(max(entry.at, self._letter.at), self._latest)  # no clock but ours is trusted
        on, late = self._based_on(place), self._late(place)
        return Edit(slug, field, value, row, self.who, on, self._uid(entry), said_at, supersedes=late)

    @property
    def _latest(self) -> str:
        return now().isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def _row(self, row: str) -> str:
        return self._rows.get(row, row)

    def _uid(self, entry: Entry) -> str:
        return f"{self._letter.id}.{entry.uid}"

    def _is_ours(self, revision: Revision) -> bool:
        """Whether the writer had it before them: it was there when the file was mailed, or they wrote it themselves."""
        return revision.seq <= self._letter.revision or self._wrote(revision.uid)

    def _wrote(self, uid: str) -> bool:
        """Whether it is of the file that is taken in, which holds all that its writer saved before.

        Two people may answer one mailed file: neither has seen what the other wrote.
        """
        return uid in self._own or uid.rpartition(".")[0] in self._own  # the row of an answer, or whose row it is

    def _based_on(self, place: Place) -> int:
        """The newest of theirs that stood here: what came too late does not say that they have seen what stands."""
        history = (each for each in self._history.get(place, ()) if each.conflicts_with is None)
        return max((each.seq for each in history if self._is_ours(each)), default=0)

    def _late(self, place: Place) -> str:
        """The newest answer of this very writer that came too late; "" where none did."""
        late = (each.uid for each in reversed(self._history.get(place, [])) if each.conflicts_with is not None)
        return next((uid for uid in late if self._wrote(uid)), "")

    def _is_last_here(self, place: Place) -> bool:
        """Whether the writer had what stands at a place before them, so that they may change it."""
        standing = (each.seq for each in self._history.get(place, ()) if each.conflicts_with is None)
        return self._based_on(place) >= max(standing, default=0)

    def _may_go(self, row: str) -> bool:
        """Whether nobody here has changed a row that was deleted there; else it stays, and that is told."""
        changed = any(
            not self._is_ours(each) for place, history in self._history.items() if place[1] == row for each in history
        )
        if changed:
            self.kept.append(self._book.name(row))
        return not changed
