"""Kernels and memory with all nine guided notebooks open and run: as ``ctekit start`` opens them, and with ``--plain``.

Nothing is closed meanwhile, while the guided view closes the widgets of each notebook that is left.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
from jupyter_client import BlockingKernelClient

from benchmarks.lab import ask, serving
from benchmarks.measure import Comparison
from benchmarks.places import harrow_bend, read
from ctekit import export

PATIENCE = 120
"""Seconds for one cell on a busy computer, and for the kernels to be there."""

MB = 2**20


def compare() -> Iterator[Comparison | str]:
    """Memory of the kernels; where the system counts shared pages, each page once."""
    yield "Nine notebooks open and run: kernels, and their memory"
    costs = []
    for words, more in (("ctekit start", ()), ("ctekit start --plain", ("--plain",))):
        kernels, counted, resident = _measure(*more)
        yield f"{words}: {kernels} kernel{'s' * (kernels != 1)}, {counted:.0f} MB (PSS), {resident:.0f} MB (RSS)"
        costs.append(counted)
    ours, peer = costs
    yield Comparison("nine_notebooks_memory", [ours], [peer], "MB", "one kernel for all", "a kernel for each notebook")


def _measure(*more: str) -> tuple[int, float, float]:
    """Kernels, and their PSS and RSS in MB."""
    with harrow_bend() as home, serving(home, *more) as (address, token):
        notebooks = export.notebooks(home)
        if "--plain" in more:
            for path in notebooks:
                words = {"path": path.name, "name": path.name, "type": "notebook", "kernel": {"name": "python3"}}
                ask(address, token, "POST", "/api/sessions", words)
        kernels = _kernels(address, token, len(notebooks))
        for path in notebooks:
            _run(path, _connection(home, kernels[path.name]))
        infos = [_process(kernel).memory_full_info() for kernel in set(kernels.values())]
        resident = sum(info.rss for info in infos) / MB
        return len(infos), sum(getattr(info, "pss", info.rss) for info in infos) / MB, resident


def _kernels(address: str, token: str, number: int) -> dict[str, str]:
    """The kernel of each notebook, by the notebook's name, once every notebook has one."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        sessions = ask(address, token, "GET", "/api/sessions")
        if len(sessions) == number:
            return {session["path"]: session["kernel"]["id"] for session in sessions}
        time.sleep(0.2)
    raise RuntimeError(f"{number} notebooks have no kernel after {PATIENCE} seconds.")


def _connection(home: Path, kernel: str) -> Path:
    return home.parent / "jupyter_data_dir" / "runtime" / f"kernel-{kernel}.json"


def _run(notebook: Path, connection: Path) -> None:
    """Run the code cells of a notebook on its kernel."""
    client: Any = BlockingKernelClient(connection_file=str(connection))
    client.load_connection_file()
    client.start_channels()
    try:
        client.wait_for_ready(PATIENCE)
        for cell in read(notebook, as_version=4).cells:
            if cell.cell_type != "code":
                continue
            reply = client.execute(cell.source, reply=True, timeout=PATIENCE)
            if reply["content"]["status"] != "ok":
                raise RuntimeError(f"{notebook.name}: {cell.source} gave {reply['content']['evalue']}")
    finally:
        client.stop_channels()


def _process(kernel: str) -> psutil.Process:
    """The process that holds a kernel's connection file."""
    for process in psutil.process_iter(["cmdline"]):
        if any(f"kernel-{kernel}.json" in word for word in process.info["cmdline"] or ()):
            return process
    raise RuntimeError(f"No process holds the kernel {kernel}.")
