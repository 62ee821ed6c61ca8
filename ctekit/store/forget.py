"""Forgetting a person on request: what was written is changed here, and where a backup is put back, nowhere else.

Name, contact and everything else that was said of the person in words leave the answers, the history and the backups.
That something was said, when and in which question stays, and so do the row and whatever refers to it.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from ctekit import worksheets
from ctekit.model.questions import Json
from ctekit.store import backups, file
from ctekit.store.connect import connect, translated_errors
from ctekit.store.edits import Edit, StoreError
from ctekit.store.ours import check_schema
from ctekit.store.store import Store
from ctekit.store.text import from_text, to_text

FORGOTTEN = "(forgotten)"

_NAMED = "SELECT value, old FROM revision WHERE worksheet = 'profile' AND row = ? AND field IN ('name', 'contact')"

_SHORTEST = 6
"""Letters of what is looked for in other answers; a shorter name or contact may mean somebody or something else."""


@dataclass(frozen=True)
class Forgotten:
    """What forgetting a person did.

    Attributes
    ----------
    number : int
        How many revisions held something of the person, backups included.
    not_done : tuple of str
        A sentence for each backup, or older copy, that could not be read or written.
    """

    number: int
    not_done: tuple[str, ...] = ()


def forget(store: Store, row: str) -> Forgotten:
    """Take a person out of the answers, the history and the backups, for good.

    Parameters
    ----------
    store : Store
    row : str
        The person's id, such as ``"s-3"``; it may be that of a row that was removed.

    Returns
    -------
    Forgotten
        Of a file that was not done, the same again takes what the file itself has as the person's name and contact: the
        partnership has forgotten what they were later.

    Raises
    ------
    StoreError
        The partnership itself could not be written.
    """
    file.refuse_pointer(store.path)
    history = store.history("profile", row)
    named = (revision for revision in history if revision.field in ("name", "contact"))
    words = _words_of(value for revision in named for value in (revision.value, revision.old))
    born = next((revision.uid for revision in history if revision.field == "row"), "")
    folder = store.path.parent
    older = folder.glob(f"{store.path.name}.schema-*")
    number, not_done = 0, []
    for path in (*older, *backups.all_of(folder)):
        try:
            number += _rewrite(path, born, words)
        except StoreError as error:
            not_done.append(str(error))
    number += _rewrite(store.path, born, words)
    # A new revision tells everybody who has the partnership open to read it again.
    note = "Name and contact were taken out on request."
    store.save([Edit("profile", "name", FORGOTTEN, row), Edit("profile", "note", note, row)])
    return Forgotten(number, tuple(not_done))


def _words_of(values: Iterable[Json]) -> set[str]:
    """Of the names and contacts that a person ever had, what is looked for in other answers."""
    return {value for value in values if isinstance(value, str) and value != FORGOTTEN and len(value) >= _SHORTEST}


def _rewrite(path: Path, born: str, words: Collection[str]) -> int:
    """Rewrite one file. `born` is the uid of the person's first revision: a backup may give the row's id to another."""
    version = file.inspect(path)
    with translated_errors(path), closing(connect(path, writing=True)) as connection:
        connection.execute("PRAGMA secure_delete = 1")
        connection.execute("BEGIN IMMEDIATE")
        check_schema(connection, path, version)
        theirs = connection.execute("SELECT row FROM revision WHERE uid = ?", (born,)).fetchone()
        their_row = theirs[0] if theirs else None
        # Its own names too: the partnership may have forgotten them when this file could not be written.
        own = connection.execute(_NAMED, (their_row,)).fetchall()
        pattern = _pattern({*words, *_words_of(from_text(text) for texts in own for text in texts)})
        changed = _changes(connection, their_row, pattern)
        if changed:
            with backups.unlocked(connection):
                connection.executemany("UPDATE revision SET old = ?, value = ?, who = ? WHERE seq = ?", changed)
        connection.execute("COMMIT")
        if changed:
            connection.execute("VACUUM")  # pages that are free now may hold the words still
    return len(changed)


def _pattern(words: Collection[str]) -> re.Pattern[str] | None:
    longest_first = sorted(words, key=lambda each: (-len(each), each))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE) if words else None


def _changes(
    connection: sqlite3.Connection, row: str | None, pattern: re.Pattern[str] | None
) -> list[tuple[str | None, str | None, str, int]]:
    changes = []
    query = "SELECT seq, worksheet, row, field, old, value, who FROM revision"
    for seq, worksheet, of_row, field, old, value, who in connection.execute(query):
        is_theirs = (worksheet, of_row) == ("profile", row)
        # Somebody else of that name keeps it.
        is_other_name = worksheet == "profile" and str(of_row).startswith("s-") and field == "name" and not is_theirs
        looked_for = None if is_other_name else pattern
        new = [_without(text, field if is_theirs else "", looked_for) for text in (old, value)]
        writer = "" if pattern and isinstance(who, str) and pattern.fullmatch(who) else who
        if [*new, writer] != [old, value, who]:
            changes.append((*new, writer, seq))
    return changes


def _without(text: object, field: str, pattern: re.Pattern[str] | None) -> str | None:
    """A stored answer without the person. `field` is the question of the person's own row, "" for any other answer."""
    if not isinstance(text, str):
        return None
    value = before = from_text(text)
    if field and field != "row":
        value = _of_their_row(field, value)
        if before is None:  # odd, and nobody knows what it holds
            return None
    if pattern:
        value = _replaced(value, pattern)
    return to_text(value) if value != before else text


def _of_their_row(field: str, value: Json) -> Json:
    if field == "name":
        return None if value is None else FORGOTTEN
    if field.startswith("marks/") and isinstance(value, dict):
        return {"kind": value["kind"]} if "kind" in value else None
    question = worksheets.called("profile").tables()["people"].row.questions().get(field)
    return None if question is None or question.kind.is_words else value


def _replaced(value: Json, pattern: re.Pattern[str]) -> Json:
    if isinstance(value, str):
        return pattern.sub(FORGOTTEN, value)
    if isinstance(value, list):
        return [_replaced(part, pattern) for part in value]
    if isinstance(value, dict):
        return {name: _replaced(part, pattern) for name, part in value.items()}
    return value
