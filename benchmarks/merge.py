"""Merging copies of 200 stakeholders and 20,000 revisions, beside a bare INSERT of the rows that one of them lacks."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from benchmarks.measure import Comparison, by_turns, seconds
from ctekit.model.paths import STORE_FILE
from ctekit.store import Edit, Store, create_store, merge, open_store

STAKEHOLDERS = 200
REVISIONS = 20_000
EACH = 2_000
"""So many changes each side makes after the copy was taken."""

FIELDS = ("name", "role", "organization", "contact", "note")
TIMES = 7


def compare() -> Iterator[Comparison | str]:
    """Wall time of a merge, backup and list of what comes in left out."""
    with tempfile.TemporaryDirectory(prefix="ctekit-bench-") as place:
        home = Path(place)
        ours, theirs = two_copies(home)

        def merged() -> float:
            (home / "run").mkdir()
            with closing(open_store(shutil.copyfile(ours, home / "run" / STORE_FILE))) as store:
                copies: list[merge.Copy] = []
                taken = seconds(lambda: copies.extend(merge.read(store, [theirs])))
                taken += seconds(lambda: merge.write(store, copies))
            shutil.rmtree(home / "run")
            return taken

        def bare() -> float:
            path = Path(shutil.copyfile(ours, home / "bare.ctekit"))
            taken = seconds(lambda: insert(path, theirs))
            path.unlink()
            return taken

        costs = by_turns(merged, bare, TIMES)
        yield Comparison(
            "merge", *costs, "s", f"merge of {EACH:,} changes on each side of {REVISIONS:,}",
            "INSERT of the rows that are missing, from an attached file", "ours under 2 s",
        )  # fmt: skip


def two_copies(home: Path) -> tuple[Path, Path]:
    """A partnership and a copy of it, both gone on with; a part of what they changed is the same answer."""
    with closing(create_store(home / "ours.ctekit")) as store:
        write(store, REVISIONS - EACH, "before")
        store.backup(home / "theirs.ctekit")
        write(store, EACH, "ours")
    with closing(open_store(home / "theirs.ctekit")) as store:
        write(store, EACH, "theirs")
        return home / "ours.ctekit", store.path


def write(store: Store, number: int, words: str) -> None:
    """Some answers of all stakeholders, one after another."""
    edits = [
        Edit("profile", field, f"{words} {place}", f"s-{1 + place % STAKEHOLDERS}")
        for place in range(number)
        for field in (FIELDS[place // STAKEHOLDERS % len(FIELDS)],)
    ]
    for start in range(0, number, 1000):
        store.save(edits[start : start + 1000])


def insert(path: Path, other: Path) -> None:
    """The least it can cost: no parents, no conflicts, no ids."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = EXTRA")
        connection.execute("ATTACH ? AS other", (str(other),))
        columns = 'uid, partnership, worksheet, "row", field, respondent, old, value, who, at'
        connection.execute(
            f"INSERT INTO revision ({columns}) SELECT {columns} FROM other.revision "
            "WHERE uid NOT IN (SELECT uid FROM revision)"
        )
