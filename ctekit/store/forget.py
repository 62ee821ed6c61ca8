"""Forgetting a person on request: what was written is changed here, and where a backup is put back, nowhere else.

Name, contact and everything else that was said of the person in words leave the answers, the history and the backups.
That something was said, when and in which question stays, and so do the row and whatever refers to it.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from ctekit import worksheets
from ctekit.model.questions import Json
from ctekit.store import backups, file
from ctekit.store.connect import connect, translated_errors
from ctekit.store.edits import Edit, Revision
from ctekit.store.ours import check_schema
from ctekit.store.store import Store
from ctekit.store.text import from_text, to_text

FORGOTTEN = "(forgotten)"

_SHORTEST = 6
"""Letters of what is looked for in other answers; a shorter name or contact may mean somebody or something else."""


def forget(store: Store, row: str) -> int:
    """Take a person out of the answers, the history and the backups, for good.

    Parameters
    ----------
    store : Store
    row : str
        The person's id, such as ``"s-3"``; it may be that of a row that was removed.

    Returns
    -------
    int
        How many revisions held something of the person, backups included.

    Raises
    ------
    StoreError
        A file could not be written. Those that were written before are done; the same again does the rest.
    """
    file.refuse_pointer(store.path)
    history = store.history("profile", row)
    words = _words_of(history)
    born = next((revision.uid for revision in history if revision.field == "row"), "")
    folder = store.path.parent
    older = folder.glob(f"{store.path.name}.schema-*")
    # The partnership itself last: it says what is looked for in the others, should one of them fail.
    number = sum(_rewrite(path, born, words) for path in (*older, *backups.all_of(folder), store.path))
    # A new revision tells everybody who has the partnership open to read it again.
    note = "Name and contact were taken out on request."
    store.save([Edit("profile", "name", FORGOTTEN, row), Edit("profile", "note", note, row)])
    return number


def _words_of(history: Sequence[Revision]) -> list[str]:
    """The names and contacts the person ever had: what is looked for in other answers, the longest first."""
    revisions = [revision for revision in history if revision.field in ("name", "contact")]
    values = {value for revision in revisions for value in (revision.value, revision.old) if isinstance(value, str)}
    return sorted(
        {words for words in values - {FORGOTTEN} if len(words) >= _SHORTEST}, key=lambda words: (-len(words), words)
    )


def _rewrite(path: Path, born: str, words: Sequence[str]) -> int:
    """Rewrite one file. `born` is the uid of the person's first revision: a backup may give the row's id to another."""
    version = file.inspect(path)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE) if words else None
    with translated_errors(path), closing(connect(path, writing=True)) as connection:
        connection.execute("PRAGMA secure_delete = 1")
        connection.execute("BEGIN IMMEDIATE")
        check_schema(connection, path, version)
        theirs = connection.execute("SELECT row FROM revision WHERE uid = ?", (born,)).fetchone()
        changed = _changes(connection, theirs[0] if theirs else None, pattern)
        if changed:
            with backups.unlocked(connection):
                connection.executemany("UPDATE revision SET old = ?, value = ?, who = ? WHERE seq = ?", changed)
        connection.execute("COMMIT")
        if changed:
            connection.execute("VACUUM")  # pages that are free now may hold the words still
    return len(changed)


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
