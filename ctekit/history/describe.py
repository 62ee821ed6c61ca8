"""Who changed what, when, from what to what: revisions put into words."""

from __future__ import annotations

from collections.abc import Iterable

from ctekit import worksheets
from ctekit.history.changes import CurrentValues, current_values, differences, end_of_moment, until
from ctekit.history.entries import Entry, History
from ctekit.model import questions
from ctekit.model.questions import Question
from ctekit.model.worksheet import Mark
from ctekit.store import Revision, Store
from ctekit.store.assembly import is_too_large
from ctekit.store.differences import taken_back
from ctekit.views.answers import Wording
from ctekit.workbook import Workbook
from ctekit.worksheets.metrics import Observation

MOST_WORDS = 200
"""Characters of an answer that no question can have."""


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

    def __init__(self, book: Workbook, before: CurrentValues | None = None, private: bool = False) -> None:
        self._wording = Wording(book, private)
        self._private = private
        self._rows = {(worksheet, row) for worksheet, row, field in before or {} if field == "row"}

    def describe(self, revisions: Iterable[Revision]) -> list[Entry]:
        """The changes that may be told, newest first. The revisions are given oldest first."""
        return [entry for entry in map(self._entry, revisions) if entry is not None][::-1]

    def _entry(self, revision: Revision) -> Entry | None:
        question = question_of(revision)
        table = _table(revision)
        if (revision.worksheet, revision.field) == ("profile", "partnership_id") or question is None:
            return None
        if not self._private and (question.private or (table is not None and table.private)):
            return None
        name = self._wording.name
        title = question.title
        if revision.field.startswith("marks/"):
            title += ", no answer yet"
        elif "/" in revision.field:
            title += f", {name(revision.field.partition('/')[2])}"
        old, new = (
            ("", self._row(revision))
            if revision.field == "row"
            else (self.describe_value(revision, revision.old), self.describe_value(revision, revision.value))
        )
        return Entry(
            revision.seq, revision.at, revision.who, revision.worksheet, revision.row, revision.field,
            title, name(revision.row) if revision.row else "", old, new, revision.conflicts_with is not None,
            revision.said_at, bool(taken_back([revision])),
        )  # fmt: skip

    def _row(self, revision: Revision) -> str:
        seen = (revision.worksheet, revision.row) in self._rows
        self._rows.add((revision.worksheet, revision.row))
        if revision.value is None:
            return "deleted"
        return "moved" if revision.old is not None else "put back" if seen else "added"

    def describe_value(self, revision: Revision, value: questions.Json) -> str:
        """An answer to the question of a revision in words; "" for blank."""
        if value is None:
            return ""
        question = question_of(revision)
        if question is not None and is_too_large(question, value):
            return str(value)[:MOST_WORDS]
        try:
            return self._words(revision, question, value)
        except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError):  # of no such question
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
    end = end_of_moment(since) if since else ""
    entries = ChangeDescriber(book, private=private).describe(store.history(worksheet))
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
    before = current_values(until(revisions, since))
    after = current_values(until(revisions, to) if to != "" else revisions)
    caption = f"What is different {f'at {to}' if to != '' else 'now'} from {since}"
    return History(ChangeDescriber(book, before, private).describe(differences(before, after)), caption)


def question_title(revision: Revision) -> str:
    """The title of the question a revision answers; of the table, for a row itself."""
    question = question_of(revision)
    return question.title if question else revision.field


def quoted_title(revision: Revision) -> str:
    """The same between quotes."""
    return f"“{question_title(revision)}”"


def question_of(revision: Revision) -> Question | None:
    """The question a revision belongs to; for a row itself, the table. None for what is no question any more."""
    try:
        kind = worksheets.called(revision.worksheet)
        head, _, tail = revision.field.partition("/")
        if revision.field == "row":
            return _table(revision)
        return (
            kind.question(tail, revision.row) if head == "marks" else kind.question(head, "" if tail else revision.row)
        )
    except LookupError:
        return None


def _table(revision: Revision) -> Question | None:
    try:
        kind = worksheets.called(revision.worksheet)
        return kind.tables()[kind.table_of(revision.row)] if revision.row else None
    except LookupError:
        return None
