"""Which row is meant by a name or an id of a file: one that is here, or one that the file brings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from ctekit import worksheets
from ctekit.interchange._snapshot import Snapshot
from ctekit.model.days import in_full
from ctekit.model.questions import InvalidAnswerError, Question
from ctekit.model.text import key, quoted


class Names:
    """The rows that can be named.

    Parameters
    ----------
    moments : Snapshot
        Whose rows, and whose removed ones, may be named.
    new_rows : mapping
        By what the file calls a row: its id, or the placeholder it has until it is saved.
    any_id : bool
        Whether an id is taken that nobody knows: a partnership made anew names rows that were removed before.
    """

    def __init__(self, *moments: Snapshot, new_rows: Mapping[str, str] | None = None, any_id: bool = False) -> None:
        self._any_id = any_id
        self._new_rows = dict(new_rows or {})
        self._ids = {row for moment in moments for row in (*moment.book.row_by_id, *moment.book.removed)}
        self._by_name: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for moment in moments:
            for table in moment.rows:
                for row, name in moment.names(table).items():
                    self.add(table, name, row)
                    self.add(table, moment.wording.name(row), row)
                prefix = _prefix(table)
                for row in moment.book.removed:
                    if row.rpartition("-")[0] == prefix:
                        self.add(table, moment.wording.name(row), row)

    def add(self, table: str, name: str, row: str) -> None:
        """Let a row of a table be called by a name."""
        self._by_name[table][key(name)].add(row)

    def by_name(self, question: Question, given: str) -> str:
        """The row, or the words beside rows, that a person named.

        Raises
        ------
        InvalidAnswerError
            Nobody is called so, or several are.
        """
        words = key(given)
        for other in question.also:
            if key(other) == words:
                return other
        names = self._by_name[question.target]
        rows = names.get(words) or names.get(key(in_full(given)), set())
        if len(rows) == 1:
            return next(iter(rows))
        title = _title(question.target)
        if rows:
            raise InvalidAnswerError(
                f"{quoted(given)} is the name of {len(rows)} rows of “{title}”. Choose one in the form."
            )
        raise InvalidAnswerError(
            f"No row of “{title}” is called {quoted(given)}. Choose one from the list, or add a row."
        )

    def person(self, given: str) -> str:
        """The id of the person or organization of a name; the words themselves where not just one has it."""
        rows = {
            row for table in ("profile.people", "profile.organizations") for row in self._by_name[table][key(given)]
        }
        return next(iter(rows)) if len(rows) == 1 else given

    def by_id(self, question: Question, given: object) -> str:
        """The row that a program named.

        Raises
        ------
        InvalidAnswerError
            There is no such row.
        """
        if isinstance(given, str):
            if given in question.also:
                return given
            row = self._new_rows.get(given, given)
            if row.rpartition("-")[0] == _prefix(question.target) and (
                row != given or row in self._ids or self._any_id
            ):
                return row
        raise InvalidAnswerError(f"{quoted(given)} names no row of “{_title(question.target)}”. Give the id of one.")

    def row(self, given: str) -> str:
        """What the file calls a row, as it is called when it is saved."""
        return self._new_rows.get(given, given)


def _table(target: str) -> Question:
    slug, _, table = target.partition(".")
    return worksheets.called(slug).tables()[table]


def _prefix(target: str) -> str:
    return _table(target).prefix


def _title(target: str) -> str:
    return _table(target).title
