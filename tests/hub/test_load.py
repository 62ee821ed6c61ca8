"""Many who type at once into one database: everything is kept, and the times are printed beside a bare INSERT's."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest
from sqlalchemy import URL

from ctekit.model.paths import STORE_FILE
from ctekit.store import create_store
from ctekit.store.postgres import roles
from tests.hub.figures import tell
from tests.stores import LIMIT, ROOT

SECONDS = 8
PROCESSES = 4
"""The writers are spread over so many, as kernels are processes of their own."""


@pytest.fixture(scope="module")
def writers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[tuple[str, str]]]:
    """Addresses and partnerships of two hundred, ten users with twenty each."""
    from sqlalchemy import make_url

    from tests.stores import ADMINISTRATOR

    owner, folder = make_url(ADMINISTRATOR), tmp_path_factory.mktemp("load")
    with psycopg.connect(plain(owner)) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS bare (p text, n int, w text, f text, v text)")
        connection.execute("GRANT INSERT ON bare TO ctekit_facilitator")
    writers = []
    for number in range(10):
        address = roles.mint(owner, f"load-{number}").render_as_string(hide_password=False)
        for count in range(20):
            home = folder / f"{number}-{count}"
            home.mkdir()
            with closing(create_store(home / STORE_FILE, url=address)) as store:
                writers.append((address, store.partnership))
    writers.sort(key=lambda writer: writer[1])  # so that the first ten are of several users
    yield writers
    with psycopg.connect(plain(owner)) as connection:
        connection.execute("DROP TABLE bare")


def plain(url: URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def measured(kind: str, writers: list[tuple[str, str]]) -> list[float]:
    """The milliseconds of each save of these writers."""
    command = [sys.executable, "-m", "tests.hub.load", kind, str(SECONDS)]
    parts = [writers[start::PROCESSES] for start in range(PROCESSES)]
    running = [
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in parts
    ]
    for process, part in zip(running, parts, strict=True):
        assert process.stdin
        process.stdin.write(json.dumps(part))
        process.stdin.close()
        process.stdin = None
    try:
        return [each for process in running for each in json.loads(process.communicate(timeout=LIMIT)[0])]
    finally:
        for process in running:
            process.kill()


@pytest.mark.timeout(300)
@pytest.mark.parametrize("number", [10, 50, 200])
def test_all_that_many_writers_save_is_kept(writers: list[tuple[str, str]], number: int, owner: URL) -> None:
    some = writers[:number]
    with psycopg.connect(plain(owner)) as connection:
        count = "SELECT count(*) FROM revision WHERE field = 'region' AND partnership = ANY(%s)"
        before = connection.execute(count, [[identity for _, identity in some]]).fetchone()
        times = {kind: sorted(measured(kind, some)) for kind in ("bare", "ctekit")}
        after = connection.execute(count, [[identity for _, identity in some]]).fetchone()
    assert before
    assert after
    assert after[0] - before[0] >= len(times["ctekit"]) - number, "an answer that stays the same is no revision"
    assert all(times.values()), f"nothing was saved within {SECONDS} seconds: the computer is too busy for this test"
    words = [
        f"{kind} p50 {statistics.median(each):.1f} p95 {each[int(0.95 * len(each))]:.1f} ms ({len(each)} saves)"
        for kind, each in times.items()
    ]
    tell(f"{number} writers, a save a second each: {', '.join(words)}")
