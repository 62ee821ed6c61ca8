"""A process that saves as hard as it can, and says of each save when it is on the disk; others kill it.

`python -m benchmarks.faults.writer FILE NAME LOG [SAVES]`
"""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import time
from pathlib import Path

from ctekit.store import Edit, Store, open_store

ROOT = Path(__file__).parents[2]
PATIENCE = 120.0
"""Seconds within which a writer has to begin, and to end."""


def main(path: str, name: str, log: str, saves: int = 0) -> None:
    store = open_store(path)
    with Path(log).open("a", buffering=1) as file:
        for number in itertools.count(1) if not saves else range(1, saves + 1):
            words = f"{name}-{os.getpid()}-{number}"
            long = words + " x" * (number % 4 * 700)
            store.save([Edit("purpose", "learners", words), Edit("purpose", "region", long)])
            file.write(words + "\n")
    store.close()


class Writer:
    """Such a process, and what it has said."""

    def __init__(self, path: Path, name: str, saves: int = 0, before: tuple[str, ...] = ()) -> None:
        self.path, self.name, self.log = path, name, path.with_name(f"{name}.log")
        self.command = [*before, sys.executable, "-m", "benchmarks.faults.writer", str(path), name, str(self.log)]
        self.command += [str(saves)] * bool(saves)

    def begin(self) -> Writer:
        self.log.touch()
        self.begun = self.log.stat().st_size
        self.process = subprocess.Popen(self.command, cwd=ROOT)
        return self

    def wait_for_a_save(self) -> None:
        ends = time.monotonic() + PATIENCE
        while self.log.stat().st_size == self.begun:
            if self.process.poll() is not None or time.monotonic() > ends:
                raise RuntimeError(f"the writer did not begin: {self.process.poll()}")
            time.sleep(0.002)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(PATIENCE)

    @property
    def said(self) -> list[str]:
        return [line for line in self.log.read_text("utf-8").split("\n")[:-1] if line]


def lost(store: Store, acknowledged: list[str]) -> int:
    """How many of the saves that were acknowledged are not there; and of all, how many are there in part."""
    learners = {revision.value for revision in store.history("purpose", "", "learners")}
    region = {str(revision.value).split()[0] for revision in store.history("purpose", "", "region")}
    return len(set(acknowledged) - learners) + len(learners ^ region)


if __name__ == "__main__":
    main(*sys.argv[1:4], *map(int, sys.argv[4:]))
