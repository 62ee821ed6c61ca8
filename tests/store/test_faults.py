"""What was said to be saved is on the disk: through kills amid a save, other programs, full and read-only disks."""

from __future__ import annotations

import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.faults.stores import at_every_moment
from ctekit.model.paths import STORE_FILE
from ctekit.store import Store, StoreError, create_store, open_store
from ctekit.worksheets.purpose import Purpose
from tests.stores import LIMIT, begin, in_process, names, promises, say

pytestmark = pytest.mark.slow  # each starts fresh processes and kills them, or fills their disks
unix = pytest.mark.skipif(sys.platform == "win32", reason="needs signals and owners of files as on Unix")


# Kills


@unix
def test_every_acknowledged_answer_survives_kill_9(store: Store) -> None:
    script = "mine = open_store(path)\nfor count in range(10_000):\n    promise(mine, f'{sys.argv[2]}/{count}')\n"
    script += "    print(f'{sys.argv[2]}/{count}', flush=True)"
    acknowledged = 0
    for number in range(5):
        child = begin(script, store.path, number)
        assert child.stdout is not None
        output = [child.stdout.readline().strip()]  # at least one, however slow the disk
        time.sleep(random.uniform(0.05, 0.25))
        child.kill()
        output += child.communicate(timeout=LIMIT)[0].split("\n")[:-1]
        acknowledged += len(output)
        kept = promises(open_store(store.path))
        assert {words for _, words in kept} >= set(output)
        assert None not in {words for _, words in kept}, "half a batch was kept"
        assert len({row for row, _ in kept}) == len(kept)
    assert acknowledged >= 5


KILLED_WHEN_THE_FILE_GROWS = """
import resource
mine = open_store(path)
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)  # the system kills whoever writes past the limit
resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 4096 * int(sys.argv[2]),) * 2)
say(mine, "region", "r" * 9000)
"""


@pytest.mark.file
@unix
@pytest.mark.parametrize("pages", [0, 1, 2])
def test_a_save_cut_short_is_taken_back_and_the_store_opens(store: Store, pages: int) -> None:
    for number in range(12):  # the journal has to be shorter than the file
        say(store, "learners", f"acknowledged {number}" + " x" * 450)
    process = begin(KILLED_WHEN_THE_FILE_GROWS, store.path, pages)
    process.communicate(timeout=LIMIT)
    assert process.returncode == -signal.SIGXFSZ
    assert names(store.path.parent) == [STORE_FILE, f"{STORE_FILE}-journal"]
    sheet = open_store(store.path).load()[Purpose]
    assert (sheet.learners, sheet.region) == ("acknowledged 11" + " x" * 450, None)
    assert names(store.path.parent) == [STORE_FILE]
    say(store, "region", "now it is saved")
    assert open_store(store.path).load()[Purpose].region == "now it is saved"


@pytest.mark.file
def test_a_save_cut_short_at_any_system_call_is_taken_back_or_whole() -> None:
    figures = at_every_moment(1)
    assert figures.times > 30
    assert (figures.lost, dict(figures.refused)) == (0, {})


@pytest.mark.file
@unix
def test_a_strangers_journal_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / STORE_FILE
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
        connection.executemany("INSERT INTO recipes VALUES (?)", [("soup" * 500,)] * 12)
        connection.commit()
    script = "import resource, sqlite3\nsignal.signal(signal.SIGXFSZ, signal.SIG_DFL)\n"
    script += "resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size,) * 2)\n"
    script += "connection = sqlite3.connect(path)\nconnection.execute('INSERT INTO recipes VALUES (?)', ['x' * 9000])\n"
    script += "connection.commit()"
    process = begin(script, path)
    process.communicate(timeout=LIMIT)
    assert process.returncode == -signal.SIGXFSZ
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert sorted(before) == [STORE_FILE, f"{STORE_FILE}-journal"]
    with pytest.raises(StoreError, match="not a partnership of ctekit"):
        open_store(path)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_a_store_opens_while_somebody_saves(store: Store) -> None:
    script = "mine = open_store(path)\nfor count in range(1_000_000):\n"
    script += "    say(mine, 'learners', f'{count} ' + 'x' * (count % 3 * 5000))\n    print(count, flush=True)"
    writer = begin(script, store.path)
    assert writer.stdout is not None
    try:
        writer.stdout.readline()
        for _ in range(100):
            open_store(store.path).close()
    finally:
        writer.kill()
        writer.communicate(timeout=LIMIT)


def test_what_waits_is_written_when_python_ends(store: Store) -> None:
    script = "mine = open_store(path)\n"
    script += "for number in range(60): mine.submit([Edit('purpose', 'learners', str(number))])\nanswer = None"
    in_process(script, store.path)
    assert len(store.history("purpose", "", "learners")) == 60


# Disks


LOOK = """
if os.getuid() == 0:
    os.setuid(65534)
try:
    mine = open_store(path)
    answer = [str(mine.load().sheets["purpose"].learners)]
    for attempt in (lambda: say(mine, "learners", "y"), lambda: create_store(path.with_name("other"))):
        try:
            attempt()
        except StoreError as error:
            answer.append(str(error))
    mine.backup(Path(sys.argv[2]))
    answer.append(str(open_store(sys.argv[2]).load().sheets["purpose"].learners))
except StoreError as error:
    answer = str(error)
"""


@pytest.mark.file
@unix
def test_a_read_only_folder_can_be_read_and_says_why_not_more() -> None:
    folder, elsewhere = Path(tempfile.mkdtemp()), Path(tempfile.mkdtemp())
    elsewhere.chmod(0o777)
    copy = elsewhere / "copy"
    try:
        store = create_store(folder / STORE_FILE)
        say(store, "learners", "x")
        store.path.chmod(0o444)
        folder.chmod(0o555)
        value, saving, making, copied = in_process(LOOK, store.path, copy)
        copy.unlink()
        assert value == copied == "x"
        assert "read-only" in saving
        assert "read-only" in making
        store.path.chmod(0o666)
        assert "read-only" in in_process(LOOK, store.path, copy)[1], "the file may be written, its journal may not"
        assert names(folder) == [STORE_FILE]
        store.path.chmod(0)
        assert "may not read" in in_process(LOOK, store.path, copy)
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)
        shutil.rmtree(elsewhere)


FILL = """
import resource
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
mine = open_store(path)
size, limit = path.stat().st_size, resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 8192, limit[1]))
answer = []
for attempt in (
    lambda: mine.save([Edit("purpose", "region", "small"), Edit("purpose", "sentence", "x" * 100_000)]),
    lambda: mine.backup(path.with_name("copy")),
):
    try:
        attempt()
    except StoreError as error:
        answer.append(str(error))
sheet = mine.load().sheets["purpose"]
resource.setrlimit(resource.RLIMIT_FSIZE, limit)
mine.save([Edit("purpose", "sentence", "x" * 100_000)])
answer += [sheet.learners, sheet.region]
"""


@pytest.mark.file
@unix
def test_a_full_disk_loses_nothing_and_the_next_save_works(store: Store) -> None:
    say(store, "learners", "before")
    saving, *rest = in_process(FILL, store.path)
    assert "disk is full" in saving
    assert rest[-2:] == ["before", None]
    sheet = open_store(store.path).load()[Purpose]
    assert (sheet.learners, len(sheet.sentence or "")) == ("before", 100_000)
