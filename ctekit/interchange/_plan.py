"""What a file would change: compared with how the partnership stood when it was written, and with how it stands now."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from ctekit import worksheets
from ctekit.interchange._changes import Change, Format, Plan
from ctekit.interchange._contents import MOST_ROWS, Contents, Given, GivenRow, ImportRefusedError, Place
from ctekit.interchange._names import Names
from ctekit.interchange._snapshot import Snapshot, apart
from ctekit.model import questions
from ctekit.model.questions import InvalidAnswerError, Json, Question
from ctekit.model.text import quoted
from ctekit.model.worksheet import Mark
from ctekit.store import Edit, Store
from ctekit.store.batch import check
from ctekit.store.text import is_row

_DELETED = "This row was deleted here. Put it back, then import again."
_LARGEST_ID = 1_000_000
"""Of a row that a partnership made anew takes over."""


def plan(store: Store, contents: Contents, form: Format, *, delete: bool = False) -> Plan:
    """See what a file would change, and change nothing.

    Parameters
    ----------
    store : Store
    contents : Contents
        What the file says.
    form : Format
        The module of its format.
    delete : bool
        Whether rows that the file lacks are to be taken out.

    Returns
    -------
    Plan

    Raises
    ------
    ImportRefusedError
        The file is of another partnership; or rows are to be taken out, and it has more than are read.
    """
    if contents.partnership != store.partnership:
        raise ImportRefusedError(
            "The file is of another partnership, so its rows are not those of this one. Nothing was changed. "
            "Choose a file of this one, or import it with `ctekit import` into a folder that is not there yet."
        )
    if delete and contents.cut:
        raise ImportRefusedError(
            f"{quoted(contents.cut[0])} has more than {MOST_ROWS:,} rows, and only those are read: the rest would be "
            "taken out. Nothing was changed. Import without --delete, or take rows out of the file first."
        )
    history = store.history()
    seq = next((revision.seq for revision in history if revision.uid == contents.state), None)
    now = Snapshot(store.load(), contents.private)
    base = now if seq is None else Snapshot(store.load(revision=seq), contents.private)
    is_new = len(history) == 1  # only its id was ever written
    based_on = seq if seq is not None else history[-1].seq
    planner = _Planner(contents, form, base, now, based_on, is_new)
    planner.plan.knows_moment = seq is not None or is_new
    planner.plan.makes_partnership = is_new and seq is None
    planner.plan.removed = delete
    return planner.run()


class _Planner:
    """Goes through a file once."""

    def __init__(
        self, contents: Contents, form: Format, base: Snapshot, now: Snapshot, based_on: int, is_new: bool
    ) -> None:
        self.contents, self.form, self.base, self.now = contents, form, base, now
        self.based_on, self.is_new = based_on, is_new
        moments = (base, now) if contents.private else ()
        self.hidden = {place for moment in moments for place in Snapshot(moment.book, private=False).withheld}
        self.plan = Plan(refused=[Change(sentence) for sentence in contents.strange])
        self.rows = {table: self._called(table, rows) for table, rows in contents.tables.items()}
        self._coming = {called for rows in self.rows.values() for called, _ in rows}
        new_rows = {
            row.id: called
            for rows in self.rows.values()
            for called, row in rows
            if row.id and row.id not in self._coming
        }
        self.names = Names(base, now, new_rows=new_rows, any_id=is_new)
        self.new_names: dict[str, str] = {}
        for table, rows in self.rows.items():
            self._learn_names(table, rows)

    def run(self) -> Plan:
        for table, rows in self.rows.items():
            self._table(table, rows)
        for (slug, row, name), given in self.contents.answers.items():
            self._answer((slug, self.names.row(row), name), given)
        return self.plan

    # Rows.

    def _called(self, table: str, rows: Sequence[GivenRow]) -> list[tuple[str, GivenRow]]:
        """What each row is called when it is saved: its id, or a placeholder where it is new."""
        there = set(self.base.rows.get(table, ())) | set(self.now.rows.get(table, ()))
        prefix = _question(table).prefix
        firsts = {row.id: row for row in reversed(rows)}
        for row in rows:  # of a row that was copied whole, the one that says what stood there is the row itself
            if row.id in there and firsts[row.id] is not row and self._edited(table, firsts[row.id]):
                firsts[row.id] = row if not self._edited(table, row) else firsts[row.id]
        called: list[tuple[str, GivenRow]] = []
        for row in rows:
            keeps = row.id in there or row.id in self.now.book.removed or (self.is_new and _is_id(row.id, prefix))
            is_first = bool(row.id) and firsts[row.id] is row
            called.append((row.id if keeps and is_first else f"{prefix}-*{len(called) + 1}", row))
        return called

    def _edited(self, table: str, row: GivenRow) -> bool:
        slug = table.partition(".")[0]
        return any(not self._is_unchanged((slug, row.id, name), given) for name, given in row.answers.items())

    def _learn_names(self, table: str, rows: list[tuple[str, GivenRow]]) -> None:
        named_by = _question(table).row.named_by
        given = {called: row.answers[named_by].value for called, row in rows if named_by in row.answers}
        names = {called: self._name_in_file(table, name) for called, name in given.items() if name}
        self.new_names |= names
        for called, name in (*names.items(), *apart(names).items()):
            self.names.add(table, name, called)

    def _name_in_file(self, table: str, given: Any) -> str:
        """What a row of the file is called here: a meeting by its day in words, however the file holds it."""
        model = _question(table).row
        question = model.questions()[model.named_by]
        words = str(given)
        if not question.is_reference:
            with suppress(InvalidAnswerError):
                words = questions.show(question, self.form.read(question, given, self.names))
        return " ".join(words.split())

    def _table(self, table: str, rows: list[tuple[str, GivenRow]]) -> None:
        slug = table.partition(".")[0]
        there = set(self.base.rows.get(table, ()))
        here = set(self.now.rows.get(table, ()))
        for called, row in rows:
            if called in here:
                self._answers(slug, called, row)
            elif called in there or called in self.now.book.removed:
                if not self.is_new and (called not in there or self._edited(table, row)):
                    self._refuse(slug, called, "", row.where, _DELETED)
            else:
                self._birth(table, called, row)
        for row in self.base.rows.get(table, ()):
            if row in here and row not in self._coming:
                self._missing(slug, table, row)

    def _missing(self, slug: str, table: str, row: str) -> None:
        change = Change(self._what(slug, row, ""), private=_question(table).private)
        if self.base.of_row(row) != self.now.of_row(row):
            self.plan.both.append(replace(change, new="not in the file, but changed here meanwhile"))
            return
        self.plan.gone.append(change)
        if self.plan.removed:
            self.plan.edits.append(Edit(slug, "row", None, row, based_on=self.based_on))

    def _birth(self, table: str, called: str, row: GivenRow) -> None:
        if not row.id and all(given.value in (None, "", []) for given in row.answers.values()):
            return
        slug = table.partition(".")[0]
        self.plan.edits.append(Edit(slug, "row", "", called))
        self.plan.new.append(Change(self._what(slug, called, ""), private=_question(table).private))
        self._answers(slug, called, row)

    # Answers.

    def _answers(self, slug: str, called: str, row: GivenRow) -> None:
        for name, given in row.answers.items():
            self._answer((slug, called, name), given)

    def _answer(self, place: Place, given: Given) -> None:
        slug, row, name = place
        is_here = not row or row in self.now.book.row_by_id
        is_new_row = not is_here and row not in self.base.book.row_by_id
        if not is_new_row and self._is_unchanged(place, given):
            return
        try:
            if is_new_row and row not in self._coming:
                raise InvalidAnswerError("There is no such row here. Add it to its table, or leave this out.")
            if not is_new_row and not is_here:
                raise InvalidAnswerError(_DELETED)
            place = slug, row, name = self._column(place)
            value = self._read(place, given)
            check(Edit(slug, name, value, row))
        except (InvalidAnswerError, LookupError) as error:
            self._refuse(slug, row, name, given.where, str(error))
            return
        old, now = self.base.answers.get(place), self.now.answers.get(place)
        if value in (old, now):
            return
        self.plan.edits.append(Edit(slug, name, value, row, based_on=None if is_new_row else self.based_on))
        if not is_new_row:
            both = now != old
            is_private = _is_private(place) or place in self.hidden  # a count of few learners, too
            change = Change(self._what(*place), self._words(place, now), self._words(place, value), is_private)
            (self.plan.both if both else self.plan.changed).append(change)

    def _column(self, place: Place) -> Place:
        """The place with the column of a grid as it is called when it is saved."""
        slug, row, name = place
        head, slash, column = name.partition("/")
        if not slash or head == "marks":
            return place
        question = worksheets.called(slug).questions().get(head)
        if question is None or not question.is_matrix:
            raise InvalidAnswerError("There is no such question.")
        return slug, row, f"{head}/{self.names.by_id(question, column)}"

    def _is_unchanged(self, place: Place, given: Given) -> bool:
        return self.form.same(given.value, self.form.shown(self.base, place, _asked(place)))

    def _read(self, place: Place, given: Given) -> Json:
        if place[2].startswith("marks/"):
            return self.form.read_mark(given.value, self.names)
        question = _asked(place)
        if question is None:
            raise InvalidAnswerError("There is no such question.")
        return self.form.read(question, given.value, self.names)

    # Words.

    def _refuse(self, slug: str, row: str, name: str, where: str, reason: str) -> None:
        self.plan.refused.append(Change(where, new=reason, private=_is_private((slug, row, name or "row"))))

    def _what(self, slug: str, row: str, name: str) -> str:
        kind = worksheets.called(slug)
        title = kind.tables()[kind.table_of(row)].title if row else kind.title
        head, _, tail = name.partition("/")
        question = _asked((slug, row, name))
        parts = [title, self._name(row) if row else "", question.title if question else ""]
        if head == "marks":
            parts.append("no answer yet")
        elif tail:
            parts.append(self._name(tail))
        return ": ".join(part for part in parts if part)

    def _name(self, row: str) -> str:
        if "*" not in row and (row in self.now.book.row_by_id or row not in self.new_names):
            return self.now.wording.name(row)
        name = self.new_names.get(row, "a row without a name")
        named = self.names.row(name)
        is_other = named in self.new_names or named in self.now.book.row_by_id
        return self._name(named) if is_other and _is_named_by(row, named) else name

    def _words(self, place: Place, value: Json) -> str:
        if value is None:
            return ""
        if place in self.now.withheld and value == self.now.answers.get(place):
            return self.now.withheld[place]
        question = _asked(place)
        if place[2].startswith("marks/"):
            return self.now.wording.mark(Mark.model_validate(value))
        return questions.show(question, value, self._name) if question else quoted(value)


def _asked(place: Place) -> Question | None:
    """The question at a place; of a mark, the question that it marks."""
    slug, row, name = place
    head, slash, tail = name.partition("/")
    try:
        kind = worksheets.called(slug)
        return kind.question(tail, row) if head == "marks" else kind.question(head, "" if slash else row)
    except LookupError:
        return None


def _is_private(place: Place) -> bool:
    slug, row, name = place
    return worksheets.called(slug).is_private(name, row)


def _question(table: str) -> Question:
    slug, _, name = table.partition(".")
    return worksheets.called(slug).tables()[name]


def _is_named_by(row: str, other: str) -> bool:
    """Whether a row has the name of another one, as a candidate has that of an organization, and never of itself."""
    tables = [table for kind in worksheets.every().values() for table in kind.tables().values()]
    model = next(table.row for table in tables if table.prefix == row.rpartition("-")[0])
    question = model.questions()[model.named_by]
    return question.is_reference and _question(question.target).prefix == other.rpartition("-")[0]


def _is_id(row: str, prefix: str) -> bool:
    return is_row(row) and row.rpartition("-")[0] == prefix and int(row.rpartition("-")[2]) < _LARGEST_ID
