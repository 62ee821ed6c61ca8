"""Looking over this computer before a workshop: versions, Jupyter's parts, the terminal, the folder."""

from __future__ import annotations

import datetime
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from ctekit.model.clock import time_of_day
from ctekit.model.errors import CtekitError
from ctekit.model.text import listed
from ctekit.terminal import holds


def examine(folder: Path) -> Iterator[tuple[bool, str]]:
    """Everything that has to be right for a workshop, one sentence each, with whether it is."""
    version = ".".join(str(part) for part in sys.version_info[:3])
    yield sys.version_info >= (3, 11), f"Python {version} in {sys.prefix} (3.11 or later is needed)."
    for package in ("ctekit", "jupyterlab", "ipywidgets", "anywidget", "nbconvert", "matplotlib", "pandas"):
        try:
            yield True, f"{package} {metadata.version(package)} is installed."
        except metadata.PackageNotFoundError:
            yield False, f"{package} is not installed here. Install ctekit again: pip install ctekit."
    exporters = [entry.value for entry in metadata.entry_points(group="nbconvert.exporters") if entry.name == "ctekit"]
    yield (
        bool(exporters),
        "Jupyter's menu “Save and Export Notebook As” "
        + ("knows ctekit." if exporters else "does not know ctekit: install it where Jupyter is."),
    )
    yield from _server_and_kernel()
    encoding = getattr(sys.stdout, "encoding", None) or "nothing"
    if holds("→ “ü” 日"):
        yield True, f"The terminal shows every character ({encoding})."
    else:
        yield True, f"The terminal holds only {encoding}: -> stands for an arrow, ? for a letter that it cannot show."
    yield phones()
    yield True, day()
    yield from _place(folder)


def phones() -> tuple[bool, str]:
    """Whether phones could reach a room on this computer. A workshop on paper needs none, so that none is no fault."""
    from ctekit.room.networks import networks

    there = networks()
    if not there:
        return True, "This computer is in no network: phones cannot join. Join one, or switch on its own hotspot."
    others = f", or choose {listed(map(str, there[1:]))} with --address" if there[1:] else ""
    return True, (
        f"Phones can join over {there[0]} where they are in the same network{others}. A guest network or a firewall "
        "may still keep them out: try with one phone before the day."
    )


def day() -> str:
    """By which clock days begin and end here. A computer that keeps UTC may stand where that is right."""
    now = datetime.datetime.now().astimezone()
    ends = f"It is {time_of_day(now)} by this computer's clock ({now.tzname()}). Its midnight ends a room's day."
    if now.utcoffset():
        return ends
    return f"{ends} In the United States that is an afternoon or evening: there, set TZ, such as TZ=America/Chicago."


def _server_and_kernel() -> Iterator[tuple[bool, str]]:
    """Whether Jupyter's server and the kernel that runs the notebooks are in one environment."""
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    try:
        python = KernelSpecManager().get_kernel_spec("python3").argv[0]
    except NoSuchKernel:
        yield False, "There is no kernel called python3. Install ipykernel beside ctekit: pip install ipykernel."
        return
    # Jupyter starts a kernel that is only called "python" with the Python its server runs in.
    kernel = _ask(python if Path(python).is_absolute() else sys.executable)
    if kernel is None:
        yield (
            False,
            f"The kernel's Python ({python}) cannot import ctekit. Install ctekit there too: pip install ctekit.",
        )
        return
    yield True, f"The kernel python3 runs in {kernel['prefix']} with ctekit {kernel['version']}."
    server = shutil.which("jupyter-lab")
    home = Path(server).parent.parent.resolve() if server else Path(sys.prefix).resolve()
    if home == Path(kernel["prefix"]).resolve():
        yield True, f"Jupyter's server and kernel live in the same environment ({home})."
    else:
        yield (
            False,
            f"Jupyter's server lives in {home}, the kernel in {kernel['prefix']}: worksheets show only where both have "
            f"ctekit. Start with `ctekit start` from {kernel['prefix']}, or install ctekit in both.",
        )


def _ask(python: str) -> dict[str, str] | None:
    """Where a Python lives and which ctekit it has, by its own word."""
    question = "import sys, json, ctekit; print(json.dumps({'prefix': sys.prefix, 'version': ctekit.__version__}))"
    try:
        output = subprocess.run(
            [python, "-P", "-c", question], capture_output=True, text=True, timeout=60, check=True
        ).stdout
        answer: dict[str, str] = json.loads(output)
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
    return answer


def _place(folder: Path) -> Iterator[tuple[bool, str]]:
    from ctekit import copies
    from ctekit.partnership import Partnership

    path = folder.absolute()
    try:
        partnership = Partnership(folder)
        yield True, f"{path} holds {f'“{partnership.name}”' if partnership.exists else 'no partnership yet'}."
        if partnership.exists:
            yield from ((False, words) for words in copies.beside(partnership.store))
    except CtekitError as error:
        yield False, str(error)
    writable = os.access(folder, os.W_OK)
    yield writable, f"{path} can{'' if writable else 'not'} be written to."
    clouds = ("onedrive", "dropbox", "google drive", "icloud")
    synced = [part for part in path.parts if any(word in part.lower() for word in clouds)]
    if synced:
        advice = "Keep the partnership on the local disk, and copy only pages there."
        yield False, f"The folder lies in {synced[0]}, which copies files while they are written. {advice}"
    free = shutil.disk_usage(folder if folder.exists() else Path()).free // 1_000_000
    yield free > 200, f"{free} MB of disk are free (200 are needed)."
