"""What the tests of the store share: sentences to save, and fresh processes to save them in."""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import text

from ctekit import workspace
from ctekit.model.paths import STORE_FILE
from ctekit.ratings import Rating
from ctekit.store import Edit, Store, ballots, create_store
from ctekit.store.pointer import VARIABLE
from ctekit.worksheets.purpose import Purpose

ROOT = Path(__file__).parents[1]
ADMINISTRATOR = os.environ.get("CTEKIT_TEST_POSTGRES", "")
"""The address of a prepared database, with the role that owns it, where there is a PostgreSQL (`make hub-test`)."""
LIMIT = 120
"""Seconds after which a process that should have ended is a fault."""

_PRELUDE = """
import json, os, signal, sys
from pathlib import Path
from ctekit import worksheets
from ctekit.store import *
from tests.stores import *
worksheets.every()  # imported before a script gives up the right to read them
path = Path(sys.argv[1])
"""


def create(path: Path, **more: Any) -> Store:
    """A store at a path: in a file, or in PostgreSQL where a test of the store is run on that."""
    return create_store(path, url=os.environ.get(VARIABLE, ""), **more)


def harrow_bend(folder: Path) -> Path:
    """The sample as a partnership in a folder, made once a process and copied: making takes a quarter second."""
    return Path(shutil.copytree(Path(_made().name, "made"), folder, dirs_exist_ok=True), STORE_FILE)


@cache
def _made() -> tempfile.TemporaryDirectory[str]:
    place = tempfile.TemporaryDirectory()
    workspace.make(Path(place.name, "made"), "", "harrow-bend")
    return place


@contextlib.contextmanager
def held(store: Store) -> Iterator[None]:
    """While this block runs, nobody can save: somebody else is writing."""
    if os.environ.get(VARIABLE):
        with store._writer._engine.connect() as connection, connection.begin():
            yield
        return
    with contextlib.closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("COMMIT")


def run_sql(store: Store, statement: str, **values: Any) -> None:
    """Run a statement as whoever uses the store may."""
    if os.environ.get(VARIABLE):
        with store._writer._engine.begin() as connection:
            connection.execute(text(statement), values)
        return
    with contextlib.closing(sqlite3.connect(store.path)) as connection:
        connection.execute(statement, values)
        connection.commit()


def say(store: Store, field: str, value: Any, row: str = "", **more: Any) -> Any:
    return store.save([Edit("purpose", field, value, row, **more)])[0]


def promise(store: Store, words: str, place: Any = "") -> str:
    saved = store.save([Edit("purpose", "row", place, "clause-*"), Edit("purpose", "promise", words, "clause-*")])
    return str(saved[0].row)


def promises(store: Store, as_of: str | None = None) -> list[tuple[str, str | None]]:
    return [(row.id, row.promise) for row in store.load(as_of)[Purpose].clauses]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def today() -> str:
    """The name of this day's door to a room. A run of the tests may begin on one day and end on the next."""
    return f"day-{datetime.date.today().isoformat()}"


def secret_ratings(store: Store, round_id: str) -> list[Rating]:
    """Every answer of a round that may not be revealed, which the store itself gives nobody."""
    with store._reading() as connection:
        return ballots.ratings(connection, store.partnership, [round_id])


def begin(script: str, *arguments: object) -> subprocess.Popen[str]:
    """A fresh process that runs a script on the store at `path`, its first argument; it is never forked from ours."""
    command = [sys.executable, "-c", _PRELUDE + script, *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def in_process(script: str, *arguments: object) -> Any:
    """What a script in a fresh process put into `answer`."""
    process = begin(f"{script}\nprint(json.dumps(answer))", *arguments)
    try:
        output, errors = process.communicate(timeout=LIMIT)
    finally:
        process.kill()
    assert process.returncode == 0, errors
    return json.loads(output)
