"""People who type at once: how long each save takes, beside a bare INSERT in the same database; see `test_load`.

``python -m tests.hub.load KIND SECONDS`` takes addresses and ids as JSON on standard input, each one writer.
"""

from __future__ import annotations

import json
import random
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from ctekit.store import Edit, Store
from ctekit.store.postgres.database import PostgresDatabase

PAUSE = 1.0
"""Seconds between two saves of one writer, about: the form saves 400 ms after the last key."""


def ctekit(address: str, partnership: str) -> Callable[[int], None]:
    """Saves an answer as a form does: history, conflicts, positions."""
    store = Store(PostgresDatabase(Path(), make_url(address), partnership))
    store.latest()
    return lambda number: [*store.save([Edit("purpose", "region", f"words {number}")])].clear()


def bare(address: str, partnership: str) -> Callable[[int], None]:
    """One INSERT, one COMMIT."""
    connection = psycopg.connect(address.replace("+psycopg", ""), autocommit=True)
    statement = "INSERT INTO bare VALUES (%s, %s, 'purpose', 'region', %s)"
    return lambda number: [connection.execute(statement, [partnership, number, f"words {number}"])].clear()


def main(kind: str, seconds: float) -> None:
    """Let each writer save for a while, and print the milliseconds of each save."""
    make = {"ctekit": ctekit, "bare": bare}[kind]
    saves = [make(*writer) for writer in json.load(sys.stdin)]
    times: list[float] = []

    def write(save: Callable[[int], None]) -> None:
        time.sleep(random.random() * PAUSE)
        ends, number = time.monotonic() + seconds, 0
        while time.monotonic() < ends:
            begun = time.perf_counter()
            save(number)
            times.append(1000 * (time.perf_counter() - begun))
            number += 1
            time.sleep(PAUSE * random.uniform(0.5, 1.5))

    threads = [threading.Thread(target=write, args=[save], daemon=True) for save in saves]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(seconds + 60)
    print(json.dumps(times))


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
