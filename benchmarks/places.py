"""The folders that are measured: Harrow Bend with its nine notebooks, in a place that goes away afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

from ctekit import export, workspace

# nbformat has no types: it is named here once, and what it gives is a notebook.
read: Any = nbformat.read
write: Any = nbformat.write
v4: Any = nbformat.v4

SCRIPTS = Path(sys.executable).parent
"""Where the commands of this environment lie."""


@contextmanager
def harrow_bend() -> Iterator[Path]:
    """A partnership's folder made from the sample."""
    with tempfile.TemporaryDirectory(prefix="ctekit-bench-") as place:
        home = Path(place, "partnership")
        workspace.make(home, sample="harrow-bend")
        yield home


def executed(home: Path) -> dict[str, nbformat.NotebookNode]:
    """The folder's notebooks after "Run All" and "Save", by name; saved there too."""
    nodes = {}
    for path in export.notebooks(home):
        node = read(path, as_version=4)
        NotebookClient(node, timeout=300, resources={"metadata": {"path": str(home)}}).execute(
            stderr=subprocess.DEVNULL
        )
        write(node, path)
        nodes[path.stem] = node
    return nodes


def surroundings(home: Path) -> dict[str, str]:
    """The environment for a command: this one's scripts first, Jupyter's and IPython's own folders beside `home`."""
    beside = {
        name: str(home.parent / name.lower()) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR")
    }
    path = os.pathsep.join([str(SCRIPTS), os.environ.get("PATH", "")])
    return {**os.environ, **beside, "PATH": path, "PYTHONUNBUFFERED": "1", "NO_COLOR": "1"}
