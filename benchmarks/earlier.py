"""An earlier commit of this repository, checked out for as long as it is compared with what stands here."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
LIMIT = 600


def run(command: list[str], folder: Path = ROOT) -> None:
    """Run a command; what it prints is of no matter."""
    subprocess.run(command, cwd=folder, capture_output=True, check=True, timeout=LIMIT)


def ctekit(repository: Path, *words: str) -> None:
    """Run a command of the ctekit that stands in this repository."""
    run([sys.executable, "-m", "ctekit", *words], repository)


@contextmanager
def earlier(revision: str) -> Iterator[Path]:
    """The repository as it was at a commit."""
    with tempfile.TemporaryDirectory() as folder:
        repository = Path(folder) / "earlier"
        git = ["git", "-C", str(ROOT), "worktree"]
        run([*git, "add", "--detach", str(repository), revision])
        try:
            yield repository
        finally:
            run([*git, "remove", "--force", str(repository)])
