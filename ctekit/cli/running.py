"""Which servers run already, so that a folder is not opened twice."""

from __future__ import annotations

import atexit
import json
import os
import socket
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

_PATIENCE = 3
"""Seconds in which a server that runs says so."""

_GLANCE = 0.3
"""Seconds in which something that listens takes a connection."""

_LONGEST = 24 * 60 * 60
"""Seconds that a file that leads on to a server is kept at most."""


@dataclass(frozen=True)
class Server:
    """A Jupyter server that answers: where, and with which token."""

    url: str
    token: str

    def page(self, path: str) -> str:
        """The address of a page, with the token."""
        return f"{self.url}{path}" + (f"?token={self.token}" if self.token else "")


def lab(folder: Path) -> Server | None:
    """The JupyterLab that runs on a folder, whoever started it. A mark that a crash left behind is passed over."""
    from jupyter_server.serverapp import list_running_servers

    with suppress(OSError, ValueError, TypeError):  # a mark that is no mark
        for mark in list_running_servers():
            server = Server(str(mark.get("url", "")), str(mark.get("token", "")))
            if _same(mark.get("root_dir"), folder) and _answers(server):
                return server
    return None


def _same(place: Any, folder: Path) -> bool:
    try:
        return folder.samefile(str(place))
    except OSError:
        return False


def _answers(server: Server) -> bool:
    """Whether JupyterLab is there and takes the token."""
    request = urllib.request.Request(f"{server.url}lab", headers={"Authorization": f"token {server.token}"})
    # The way to our own computer leads over no proxy.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=_PATIENCE) as answer:
            return "/login" not in answer.url
    except (OSError, ValueError):
        return False


def app(folder: Path) -> str | None:
    """The address of the app that runs on a folder."""
    from ctekit.room.running import listens

    for mark in _runtime().glob("ctekit-app-*.json"):
        with suppress(OSError, ValueError, TypeError, LookupError):
            server = json.loads(mark.read_text("utf-8"))
            if _same(server["root_dir"], folder) and listens(server["pid"], server["port"]):
                return str(server["address"])
    return None


@contextmanager
def announced(folder: Path, port: int, address: str) -> Iterator[None]:
    """Leave a mark of the app, readable by its owner only, for as long as it runs; JupyterLab leaves its own."""
    server = {"pid": os.getpid(), "root_dir": str(folder.absolute()), "port": port, "address": address}
    mark = _write(f"ctekit-app-{port}.json", json.dumps(server))
    try:
        yield
    finally:
        mark.unlink(missing_ok=True)


def leading_to(address: str, *, lasting: bool = False) -> Path:
    """A file, readable by its owner only, that leads a browser on to an address.

    It goes when this process ends, unless `lasting`: then the browser may be slower than the process. What such files
    and killed processes have left goes when the next one is made.
    """
    _sweep()
    name = sha256(address.partition("?")[0].encode()).hexdigest()[:12]
    path = _write(f"ctekit-{name}.html", f'<meta http-equiv="refresh" content="0;url={address}">')
    if not lasting:
        atexit.register(path.unlink, missing_ok=True)
    return path


def _sweep() -> None:
    """Remove the files that lead to servers that are no more."""
    for path in _runtime().glob("ctekit-*.html"):
        with suppress(OSError, ValueError):  # somebody else is faster, or it is no file of ours
            _, _, url = path.read_text("utf-8").partition(";url=")
            place = urlsplit(url.rstrip('">'))
            if not place.hostname or time.time() - path.stat().st_mtime > _LONGEST or _is_gone(place):
                path.unlink(missing_ok=True)


def _is_gone(place: SplitResult) -> bool:
    """Whether nothing listens there. Another computer that is slow may be there all the same."""
    try:
        with socket.create_connection((place.hostname or "", place.port or 443), _GLANCE):
            return False
    except ConnectionRefusedError:
        return True
    except OSError:
        return False


def _write(name: str, words: str) -> Path:
    from jupyter_core.paths import secure_write

    path = _runtime() / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with secure_write(str(path)) as file:
        file.write(words)
    return path


def _runtime() -> Path:
    from jupyter_core.paths import jupyter_runtime_dir

    return Path(jupyter_runtime_dir())
