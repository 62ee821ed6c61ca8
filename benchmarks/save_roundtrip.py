"""From an edit as the browser sends it to a row on the disk, beside one bare durable commit in the same folder."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from statistics import median
from time import perf_counter
from typing import Any
from uuid import uuid4

from benchmarks.measure import Comparison, by_turns, percentile, seconds
from benchmarks.places import harrow_bend
from ctekit.store import open_store

TIMES = 300
WORDS = "120 juniors and seniors in advanced manufacturing, at all three high schools, number {}. " * 3


def compare() -> Iterator[Comparison | str]:
    """Headless: the sheet gets the browser's own message, and is timed until it answers "saved"."""
    from ctekit.widgets.sheet import Sheet

    with harrow_bend() as home:
        store = open_store(home / "partnership.ctekit")
        sheet = Sheet(store, "purpose")
        answered: list[tuple[float, Any]] = []
        sheet.send = lambda content, buffers=None: answered.append((perf_counter(), content))
        seen, count, view = sheet.now["answers"].get("", {}).get("learners"), 0, uuid4().hex

        def edit() -> float:
            nonlocal seen, count
            count += 1
            words = WORDS.format(*[count] * 3).strip()
            one = {"uid": uuid4().hex, "row": "", "field": "learners", "value": words, "base": seen}
            began = perf_counter()
            answered.clear()
            sheet._receive(sheet, {"edits": [one], "view": view, "n": count}, [])
            at, answer = answered[0]  # the thanks; what follows from the answer comes after it
            if len(answer["saved"]) != 1 or answer["conflict"]:
                raise RuntimeError(f"The edit was not saved as it should be: {answer}")
            seen = answer["saved"][0]["value"]
            return 1000 * (at - began)

        with closing(sqlite3.connect(home.parent / "bare.sqlite", isolation_level=None)) as bare:
            bare.execute("PRAGMA journal_mode = DELETE")
            bare.execute("PRAGMA synchronous = EXTRA")
            bare.execute("CREATE TABLE answer (seq INTEGER PRIMARY KEY, words TEXT)")

            def commit() -> float:
                def do() -> None:
                    bare.execute("BEGIN IMMEDIATE")
                    bare.execute("INSERT INTO answer (words) VALUES (?)", (WORDS,))
                    bare.execute("COMMIT")

                return 1000 * seconds(do)

            ours, peer = by_turns(edit, commit, times=TIMES, warm=20)
        kept = len(store.history("purpose", "", "learners"))
        store.close()
    us, them = "edit received -> saved told", "BEGIN IMMEDIATE, INSERT, COMMIT"
    for share in (50, 95):
        at = median if share == 50 else percentile(share / 100)
        yield Comparison(f"save_roundtrip_p{share}", ours, peer, "ms", us, them, at=at)
    yield f"{kept} revisions of the answer are in the store ({count} edits were made, after the sample's own)"
