"""What a batch of edits becomes: new ids, positions, conflicts and revisions, inside one transaction."""

from __future__ import annotations

import getpass
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, insert, select, union_all

from ctekit import worksheets
from ctekit.store.database import check_number
from ctekit.store.edits import Edit, Revision, SaveResult, StaleError
from ctekit.store.order import Positions, is_key
from ctekit.store.parents import tips
from ctekit.store.queries import revisions, select_revisions
from ctekit.store.schema import current, r, revision, stands
from ctekit.store.text import is_row, position, row_number, to_text

Place = tuple[str, str, str]
"""Worksheet, row and field."""

_NEW_ROW = re.compile(r"[a-z]+-\*[0-9]*")

_MANY = 500
"""So many values go into one query at most."""


def check(edit: Edit) -> None:
    """See that the place an edit writes to exists.

    Raises
    ------
    LookupError
        There is no such worksheet, table or question.
    TypeError, ValueError
        The value cannot be kept, or is no position of a row.
    """
    kind = worksheets.called(edit.worksheet)
    where = f" in row '{edit.row}'" if edit.row else ""
    try:
        if edit.row and not _names_row(edit.row):
            raise KeyError(edit.row)
        head, _, tail = edit.field.partition("/")
        if edit.field == "row":
            kind.table_of(edit.row)
        elif head == "marks":
            kind.question(tail, edit.row)
        elif tail:
            question = kind.questions()[head]
            if (
                not question.is_matrix
                or question.along != kind.table_of(edit.row)
                or not (is_row(tail) or _NEW_ROW.fullmatch(tail))
            ):
                raise KeyError(edit.field)
        elif kind.question(head, edit.row).is_table:
            raise KeyError(edit.field)
    except KeyError as error:
        raise LookupError(f"The worksheet '{edit.worksheet}' has no question '{edit.field}'{where}.") from error
    if edit.field == "row" and not (edit.value in (None, "") or is_key(edit.value) or _after(edit.value) is not None):
        raise ValueError(f"“{edit.value}” is not a position of a row. Give '' for the end, or {{'after': 'need-3'}}.")
    to_text(edit.value)


def _names_row(text: str) -> bool:
    return is_row(text) or _NEW_ROW.fullmatch(text) is not None


def _after(value: Any) -> str | None:
    return value["after"] if isinstance(value, dict) and set(value) == {"after"} else None


# Put together once: SQLAlchemy takes longer to build a statement than SQLite to answer it.
_INSERT = insert(revision)
_BY_UID = select_revisions(r.partnership == bindparam("partnership"), r.uid.in_(bindparam("part", expanding=True)))
_OF_ROWS = (
    r.partnership == bindparam("partnership"),
    r.worksheet == bindparam("worksheet"),
    r.row.in_(bindparam("rows", expanding=True)),
    r.field.in_(bindparam("fields", expanding=True)),
)
_HERE = (
    r.partnership == bindparam("partnership"),
    r.worksheet == bindparam("worksheet"),
    r.row == bindparam("row"),
    r.field == bindparam("field"),
    r.respondent == "",
)
# Two, since each has an index of its own; and not sorted, for SQLite would walk through all revisions to sort these.
_AT_PLACE = [select_revisions(*_HERE, which).order_by(None) for which in (stands, r.conflicts_with.is_not(None))]
_NEWEST = select(func.max(r.seq)).where(*_OF_ROWS).group_by(r.row, r.field)
# What stands at each place, and the last that came too late there: however many did, one is read.
_LEARNED = union_all(
    *(
        select_revisions(r.partnership == bindparam("partnership"), r.seq.in_(newest)).order_by(None)
        for newest in (_NEWEST.where(r.respondent == "", stands), _NEWEST.where(r.conflicts_with.is_not(None)))
    )
)


class Batch:
    """One batch inside a transaction; whoever holds that one is alone in writing, so revisions can be counted here."""

    def __init__(self, connection: Connection, partnership: str, at: str, newest: int) -> None:
        self._connection, self._partnership, self._at = connection, partnership, at
        check_number(newest)
        self._begin = self._seq = newest
        self._known: dict[Place, Revision] = {}
        self._contested: set[Place] = set()
        self._tables: dict[tuple[str, str], Positions] = {}
        self._used: dict[tuple[str, str], int] = {}
        self._new: list[Revision] = []

    def write(self, edits: Sequence[Edit], if_newest: int | None = None) -> list[SaveResult]:
        """Append what is new in these edits, and say what became of each; see `ctekit.store.Store.save`."""
        if if_newest not in (None, self._begin):
            raise StaleError(
                f"Revision {if_newest} is not the newest any more, so nothing was saved. Read again first."
            )
        new_rows = [_birth(edit) for edit in edits if "*" in edit.row]
        again = {stored.uid: stored for stored in self._stored(_BY_UID, [edit.uid for edit in (*edits, *new_rows)])}
        ids = {(edit.worksheet, edit.row): again[edit.uid].row for edit in (*edits, *new_rows) if edit.uid in again}
        for edit in edits:
            if "*" in edit.row and (edit.worksheet, edit.row) not in ids:
                ids[edit.worksheet, edit.row] = self._new_id(edit.worksheet, edit.row)
        edits = [_with_ids(edit, ids) for edit in edits] if ids else edits
        self._learn(edits)
        saved = []
        for edit in edits:
            if (before := again.get(edit.uid)) is None:
                saved.append(self._save(edit))
                again |= {new.uid: new for new in self._new[-2:]}  # it may stand in this batch once more
            else:
                now = self._known.get(_place(edit)) if before.conflicts_with else None
                conflict = now if now and now.value != before.value else None
                saved.append(SaveResult(edit.uid, before.row, before.field, before.seq, before.at, conflict))
        if self._new:
            self._connection.execute(_INSERT, [self._line(new) for new in self._new])
        return saved

    def _save(self, edit: Edit) -> SaveResult:
        if edit.row and edit.field != "row" and (edit.worksheet, edit.row, "row") not in self._known:
            self._save(_birth(edit))
        now = self._known.get(_place(edit))
        if edit.field == "row" and edit.value is not None and not is_key(edit.value):
            rows = self._positions(edit.worksheet, _prefix(edit.row))
            edit = replace(edit, value=rows.place(edit.row, _after(edit.value)))
        if not edit.settles and to_text(now.value if now else None) == to_text(edit.value):
            return SaveResult(edit.uid, edit.row, edit.field, now.seq if now else 0, now.at if now else self._at)
        # What this very batch wrote is ours: one cannot be late against oneself.
        late = now is not None and edit.based_on is not None and edit.based_on < now.seq <= self._begin
        self._seq += 1
        revision = Revision(
            seq=self._seq,
            uid=edit.uid,
            worksheet=edit.worksheet,
            row=edit.row,
            field=edit.field,
            old=now.value if now else None,
            value=edit.value,
            who=edit.who or somebody(),
            at=self._at,
            based_on=edit.based_on,
            conflicts_with=now.seq if now and late else None,
            parents=self._parents(edit, now),
            said_at=edit.said_at,
        )
        self._new.append(revision)
        if not late:
            if edit.field == "row":
                self._positions(edit.worksheet, _prefix(edit.row)).put(edit.row, edit.value)
            self._known[_place(edit)] = revision
        return SaveResult(edit.uid, edit.row, edit.field, revision.seq, revision.at, now if late else None)

    def _parents(self, edit: Edit, now: Revision | None) -> tuple[str, ...]:
        """The revisions that whoever wrote this had before them, and has now written upon."""
        is_ours = now is not None and now.seq > self._begin
        base = self._seq if edit.based_on is None or is_ours else edit.based_on
        if now is None or not (base or edit.supersedes):  # who had nothing before them, however much stands here
            return ()
        is_chain = _place(edit) not in self._contested and not (now.said_at or edit.settles)  # as far as we know
        if now.seq <= base and is_chain:
            return (now.uid,)
        place = dict(zip(("worksheet", "row", "field"), _place(edit), strict=True), partnership=self._partnership)
        stored = [each for query in _AT_PLACE for each in revisions(self._connection, query, **place)]
        ours = [each for each in self._new if _place(each) == _place(edit)]
        history = sorted([*stored, *ours], key=lambda each: each.seq)
        had = [each for each in history if each.seq <= base or each.uid == edit.supersedes]
        return tips(had, self._seq)

    def _line(self, revision: Revision) -> dict[str, Any]:
        changed = {"old": to_text(revision.old), "value": to_text(revision.value)}
        changed |= {"parents": to_text(revision.parents or None), "said_at": revision.said_at or None}
        return {**vars(revision), **changed, "partnership": self._partnership, "respondent": ""}

    def _learn(self, edits: Sequence[Edit]) -> None:
        """Read what stands at the places of these edits, and which of their rows were ever born."""
        for worksheet in {edit.worksheet for edit in edits}:
            mine = [edit for edit in edits if edit.worksheet == worksheet]
            rows = sorted({edit.row for edit in mine})
            fields = sorted({"row"} | {edit.field for edit in mine})
            for start in range(0, len(rows), _MANY):
                where = {"worksheet": worksheet, "rows": rows[start : start + _MANY], "fields": fields}
                for stored in revisions(self._connection, _LEARNED, partnership=self._partnership, **where):
                    if stored.conflicts_with is None:
                        self._known[_place(stored)] = stored
                    else:
                        self._contested.add(_place(stored))

    def _stored(self, query: Select[Any], values: Sequence[Any]) -> Iterator[Revision]:
        for start in range(0, len(values), _MANY):
            yield from revisions(
                self._connection, query, partnership=self._partnership, part=values[start : start + _MANY]
            )

    def _new_id(self, worksheet: str, placeholder: str) -> str:
        prefix = placeholder.partition("*")[0]
        if (worksheet, prefix) not in self._used:
            self._used[worksheet, prefix] = max(map(row_number, self._positions(worksheet, prefix).of_rows), default=0)
        self._used[worksheet, prefix] += 1
        while f"{prefix}{self._used[worksheet, prefix]}" in self._positions(worksheet, prefix).of_rows:
            self._used[worksheet, prefix] += 1
        return f"{prefix}{self._used[worksheet, prefix]}"

    def _rows(self, worksheet: str, prefix: str) -> tuple[Any, ...]:
        mine = (r.partnership == self._partnership, r.worksheet == worksheet, r.respondent == "")
        return (*mine, r.field == "row", r.row.startswith(prefix, autoescape=True))

    def _positions(self, worksheet: str, prefix: str) -> Positions:
        """Where each row stands whose id begins so."""
        table = worksheet, prefix
        if table not in self._tables:
            standing = self._connection.execute(current(self._partnership, *self._rows(worksheet, prefix))).all()
            keys = ((row.row, position(row.value)) for row in standing)
            self._tables[table] = Positions({row: key if is_key(key) else None for row, key in keys})
        return self._tables[table]


def _birth(edit: Edit) -> Edit:
    """The edit that puts the row of another edit into its table; sent again, it is known again."""
    return replace(edit, field="row", value="", based_on=None, uid=f"{edit.uid}.row")


def _with_ids(edit: Edit, ids: Mapping[tuple[str, str], str]) -> Edit:
    """An edit with the ids that new rows were given, wherever it names one: row, neighbor, column or reference."""
    row = ids.get((edit.worksheet, edit.row), edit.row)
    head, slash, tail = edit.field.partition("/")
    if edit.field == "row":
        behind = _after(edit.value)
        value = {"after": ids.get((edit.worksheet, behind), behind)} if isinstance(behind, str) else edit.value
        return replace(edit, row=row, value=value)
    if head == "marks":
        return replace(edit, row=row)
    question = worksheets.called(edit.worksheet).question(head, "" if slash else edit.row)
    slug = question.target.partition(".")[0]
    if slash:
        return replace(edit, row=row, field=f"{head}/{ids.get((slug, tail), tail)}")
    value = edit.value
    if question.is_reference and isinstance(value, list):
        value = [ids.get((slug, part), part) if isinstance(part, str) else part for part in value]
    elif question.is_reference and isinstance(value, str):
        value = ids.get((slug, value), value)
    return replace(edit, row=row, value=value)


def _prefix(row: str) -> str:
    return row.rpartition("-")[0] + "-"


def _place(written: Edit | Revision) -> Place:
    return written.worksheet, written.row, written.field


@cache
def somebody() -> str:
    """Who sits at this computer; "" when it does not know."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
