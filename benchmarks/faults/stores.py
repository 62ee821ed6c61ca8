"""What is done to a store amid saves: its writer is killed at every system call or at random, the power is cut."""

from __future__ import annotations

import filecmp
import io
import os
import random
import shutil
import signal
import subprocess
import tarfile
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.faults.figures import Figures
from benchmarks.faults.writer import PATIENCE, Writer, lost
from ctekit.model.paths import STORE_FILE
from ctekit.store import Edit, create_store, open_store

CALLS = ("pwrite64", "fdatasync", "fsync", "unlink", "ftruncate")
"""By which SQLite changes what is on the disk."""

MOMENTS = Path(__file__).with_name("moments.tar.xz")
"""The file and its journal as they lay at each of these moments, for where there is no strace; and for the tests."""

BEFORE = [f"before-{number}" for number in range(12)]
"""The saves that were acknowledged before the one that is struck."""

A_STORE = 100
"""Kills of the writers of one store, then a new one."""


@contextmanager
def a_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="ctekit-faults-") as place:
        yield Path(place)


def _begun(folder: Path) -> Path:
    """A store with saves that were acknowledged, longer than the journal of one more."""
    folder.mkdir(parents=True, exist_ok=True)
    store = create_store(folder / STORE_FILE)
    for number in range(12):
        edits = [
            Edit("purpose", "learners", f"before-{number}"),
            Edit("purpose", "region", f"before-{number}" + " x" * 450),
        ]
        store.save(edits)
    store.close()
    return folder / STORE_FILE


def _look(figures: Figures, path: Path, acknowledged: list[str]) -> None:
    """Open a store that was struck, and see that what was acknowledged is there."""
    figures.times += 1
    figures.acknowledged += len(acknowledged)
    try:
        store = open_store(path)
    except Exception as error:
        figures.refuse(error, path)
        return
    figures.lost += lost(store, acknowledged)
    store.close()


def at_every_call(turns: int, keep: Path | None = None) -> Figures:
    """Kill the writer at each system call of one save; with `keep`, put what lay there then into an archive."""
    strace = shutil.which("strace")
    if strace is None:
        return at_every_moment(turns)
    figures, moments = Figures(), {}
    with a_folder() as place:
        base = _begun(place / "base").parent
        for turn in range(turns):
            for call in CALLS:
                for number in range(1, 100):
                    path = place / f"{turn}-{call}-{number}"
                    shutil.copytree(base, path)
                    if not _killed(strace, path / STORE_FILE, call, number):
                        shutil.rmtree(path)
                        break
                    files = tuple(sorted((file.name, file.read_bytes()) for file in path.glob(f"{STORE_FILE}*")))
                    moments[files] = f"{call}-{number}"
                    _look(figures, path / STORE_FILE, BEFORE + Writer(path / STORE_FILE, "w").said)
                    shutil.rmtree(path)
    if keep is not None:
        with tarfile.open(keep, "w:xz") as archive:
            for files, moment in moments.items():
                for name, content in files:
                    member = tarfile.TarInfo(f"{moment}/{name}")
                    member.size = len(content)
                    archive.addfile(member, io.BytesIO(content))
    return figures


def _killed(strace: str, path: Path, call: str, number: int) -> bool:
    """Whether the one save of a writer was struck at so many calls of a kind."""
    watched = ("-P", str(path), "-P", f"{path}-journal", "-e", f"trace={call}")
    inject = ("-e", f"inject={call}:signal=SIGKILL:when={number}")
    writer = Writer(path, "w", saves=1, before=(strace, "-f", "-qq", "-o", os.devnull, *watched, *inject)).begin()
    try:
        return writer.process.wait(PATIENCE) != 0
    finally:
        writer.process.kill()


def at_every_moment(turns: int) -> Figures:
    """The same without strace: open what lay on the disk at each of these moments."""
    figures = Figures(message="no strace here: file and journal as they lay at each moment elsewhere")
    with a_folder() as place:
        for turn in range(turns):
            with tarfile.open(MOMENTS) as archive:
                archive.extractall(place / str(turn), filter="data")
            for path in sorted((place / str(turn)).iterdir()):
                _look(figures, path / STORE_FILE, BEFORE)
    return figures


def writers_killed(times: int) -> Figures:
    """Kill one of two hard writers at random, again and again; after each kill a third process opens the store."""
    figures, chance = Figures(), random.Random()
    while figures.times < times:
        with a_folder() as place:
            path = place / STORE_FILE
            create_store(path).close()
            writers = [Writer(path, name).begin() for name in "ab"]
            try:
                for _ in range(min(A_STORE, times - figures.times)):
                    writer = chance.choice(writers)
                    writer.wait_for_a_save()
                    time.sleep(chance.uniform(0, 0.1))
                    writer.kill()
                    figures.times += 1
                    try:
                        open_store(path).close()
                    except Exception as error:
                        figures.refuse(error, path)
                    writer.begin()
            finally:
                for writer in writers:
                    writer.kill()
            acknowledged = [words for writer in writers for words in writer.said]
            store = open_store(path)
            figures.acknowledged += len(acknowledged)
            figures.lost += lost(store, acknowledged)
            store.close()
        print(
            f"  {figures.times} of {times} kills, {figures.acknowledged} acknowledged, {figures.lost} lost", flush=True
        )
    return figures


def opened_beside(seconds: float) -> Figures:
    """Open the store again and again while somebody saves as hard as they can."""
    figures = Figures(message=f"{seconds:g} s")
    with a_folder() as place:
        path = place / STORE_FILE
        create_store(path).close()
        writer = Writer(path, "w").begin()
        try:
            writer.wait_for_a_save()
            ends = time.monotonic() + seconds
            while time.monotonic() < ends:
                figures.times += 1
                try:
                    store = open_store(path)
                    store.latest()
                    store.close()
                except Exception as error:
                    figures.refuse(error, path)
        finally:
            writer.kill()
        store = open_store(path)
        figures.acknowledged = len(writer.said)
        figures.lost = lost(store, writer.said)
        store.close()
    return figures


def power_cut(times: int) -> Figures:
    """Copy the disk image that a writer's store lies on while it is stopped: what the system held back is lost."""
    if (
        os.name != "posix"
        or os.geteuid() != 0
        or not shutil.which("mkfs.ext4")
        or not Path("/dev/loop-control").exists()
    ):
        return Figures(message="not run: needs root, mkfs.ext4 and loop devices")
    figures, chance = Figures(), random.Random()
    with a_folder() as place, _mounted(_image(place / "image"), place / "here") as here:
        path = here / STORE_FILE
        create_store(path).close()
        writer = Writer(path, "w")
        writer.log = place / "w.log"
        writer.command[-1] = str(writer.log)
        writer.begin()
        try:
            writer.wait_for_a_save()
            for _ in range(times):
                time.sleep(chance.uniform(0.02, 0.4))
                writer.process.send_signal(signal.SIGSTOP)
                acknowledged = writer.said
                _copy_at_one_moment(place / "image", place / "copy")
                writer.process.send_signal(signal.SIGCONT)
                with _mounted(place / "copy", place / "there") as there:
                    _look(figures, there / STORE_FILE, acknowledged)
        finally:
            writer.kill()
        figures.acknowledged = len(writer.said)
    return figures


def _image(path: Path, size: int = 64 * 2**20) -> Path:
    with path.open("wb") as handle:
        handle.truncate(size)
    subprocess.run(["mkfs.ext4", "-q", "-F", str(path)], check=True, timeout=PATIENCE)
    return path


def _copy_at_one_moment(image: Path, copy: Path) -> None:
    """Copy an image to which the system may write meanwhile: until nothing is written in the time of a whole look.

    Else a copy may hold what was written last without what was written before it, as no power cut leaves it.
    """
    ends = time.monotonic() + PATIENCE
    shutil.copyfile(image, copy)
    while not filecmp.cmp(image, copy, shallow=False):
        if time.monotonic() > ends:
            raise TimeoutError(f"The system wrote to the image for {PATIENCE} s without a pause.")
        shutil.copyfile(image, copy)


@contextmanager
def _mounted(image: Path, folder: Path) -> Iterator[Path]:
    folder.mkdir(exist_ok=True)
    subprocess.run(["mount", "-o", "loop", str(image), str(folder)], check=True, timeout=PATIENCE)
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True, timeout=PATIENCE)
