"""Starting JupyterLab or the app on a folder, in this very process: what ends the command ends the server."""

from __future__ import annotations

import hashlib
import logging
import os
import secrets
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ctekit.cli import running
from ctekit.lab import GUIDED, PLAIN, trust
from ctekit.model.errors import CtekitError

if TYPE_CHECKING:
    from ctekit.partnership import Partnership

Say = Callable[..., None]
"""Prints; each argument is one line."""

PATIENCE = 60
"""Seconds for a server to answer before its address is printed all the same."""


class VoilaMissingError(CtekitError):
    """The app was asked for where Voila is not installed."""


def lab(partnership: Partnership, *, browser: bool, say: Say, verbose: bool = False, plain: bool = False) -> int:
    """Run JupyterLab on a partnership's folder until it is stopped; gives the exit code.

    It opens the place made for guided notebooks; or, `plain`, JupyterLab as it is.

    One partnership keeps one port where that is free, because what a browser keeps (text that could not be saved)
    belongs to an address with its port.
    """
    port = free_port(partnership.store.partnership)
    partnership.store.close()
    folder = partnership.folder
    if plain:
        return _lab(folder, "/lab/tree/00-start-here.ipynb", port, PLAIN, browser=browser, say=say, verbose=verbose)
    trust.sign_unchanged(folder)
    return _lab(folder, "/lab", port, GUIDED, browser=browser, say=say, verbose=verbose)


def without_partnership(folder: Path, first: str, *, browser: bool, say: Say, verbose: bool = False) -> int:
    """Run JupyterLab on a folder with the exercises, or with a state's notebook, which need no partnership."""
    port = free_port(str(folder.resolve()))
    return _lab(folder, f"/lab/tree/{first}", port, PLAIN, browser=browser, say=say, verbose=verbose)


FIRST_EXERCISE = "01-convener.ipynb"


def _lab(folder: Path, page: str, port: int, settings: Path, *, browser: bool, say: Say, verbose: bool) -> int:
    """JupyterLab listens on this computer only and asks for a token."""
    browser = browser and has_browser()
    server = running.lab(folder)
    if server:
        return _show("JupyterLab", server.page(page.lstrip("/")), browser, say)
    token = secrets.token_urlsafe(24)
    address = f"http://127.0.0.1:{port}{page}?token={token}"

    def where() -> str | None:  # another program may have taken the port while JupyterLab was starting
        server = running.lab(folder)
        return server.page(page.lstrip("/")) if server else None

    _say_when_ready("JupyterLab", address, where, "Stop it with Ctrl+C, twice.", say)
    labextensions = tuple(str(place / "labextensions") for place in dict.fromkeys((PLAIN, settings)))
    options = {
        "ServerApp.root_dir": str(folder.absolute()),
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.port": port,
        "ServerApp.allow_root": True,
        "ServerApp.open_browser": browser,
        "IdentityProvider.token": token,
        "LabApp.default_url": page,
        # Our settings ask for no news and no updates: a filtered network answers neither, and nobody wants the pop-up.
        "LabApp.app_settings_dir": str(settings),
        "LabServerApp.extra_labextensions_path": labextensions,
        "LabApp.workspaces_dir": _workspaces(folder, settings),
        "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
        "LabApp.extension_manager": "readonly",
        "ServerApp.kernel_websocket_connection_class": "ctekit.cli.websocket.NoDelayConnection",
        # Where the kernel can. Else it says on each start that others on this computer might listen.
        "KernelManager.transport_encryption": "auto",
        **_quiet("ServerApp", "LabApp", verbose=verbose),
    }
    if settings == GUIDED:
        options["ServerApp.jpserver_extensions"] = ("jupyterlab=True", "ctekit.lab=True")
    return _run("jupyterlab.labapp:LabApp", options)


def _workspaces(folder: Path, settings: Path) -> str:
    """Where JupyterLab remembers what is open: a place for each folder, so that no partnership opens another's."""
    from jupyter_core.paths import jupyter_config_dir

    name = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]
    return str(Path(jupyter_config_dir()) / "lab" / "ctekit-workspaces" / f"{name}-{settings.name}")


def app(partnership: Partnership, *, browser: bool, say: Say, verbose: bool = False) -> int:
    """Run the notebooks as pages without code, in Voila, until it is stopped; gives the exit code.

    It listens, asks for a token and keeps its port as JupyterLab does. Our templates stand in ``voila/templates``, and
    what the pages share with the guided place beside that.
    """
    if find_spec("voila") is None:
        raise VoilaMissingError(
            'Voila shows the notebooks as an app, and is not installed here: pip install "ctekit[app]".'
        )
    browser = browser and has_browser()
    there = running.app(partnership.folder)
    if there:
        return _show("The app", there, browser, say)
    port = free_port(partnership.store.partnership)
    partnership.store.close()
    token = secrets.token_urlsafe(24)
    address = f"http://127.0.0.1:{port}/voila/render/00-start-here.ipynb?token={token}"
    _say_when_ready(
        "The app", address, lambda: address if _answers(port) else None, "Stop it with Ctrl+C.", say, browser=browser
    )
    options = {
        "Voila.root_dir": str(partnership.folder.absolute()),
        "Voila.ip": "127.0.0.1",
        "Voila.port": port,
        "Voila.port_retries": 0,
        "Voila.token": token,
        "Voila.open_browser": False,  # it would leave the token out
        "VoilaConfiguration.template": "ctekit",
        "VoilaConfiguration.allow_template_override": "NO",
        "VoilaConfiguration.allow_theme_override": "NO",
        "VoilaConfiguration.file_denylist": ".*",
        "VoilaConfiguration.extra_labextensions_path": (str(GUIDED / "labextensions"),),
        # What our widgets need. JupyterLab's other parts want JupyterLab, and fill the browser's log with that.
        "VoilaConfiguration.extension_allowlist": (
            "anywidget",
            "@jupyter-widgets/jupyterlab-manager",
            "@voila-dashboards/widgets-manager8",
        ),
        "VoilaExecutor.cell_error_instruction": "Load the page again, or open the notebook with: ctekit start",
        "TagRemovePreprocessor.remove_cell_tags": "facilitator",
        # A page that is closed ends its kernel. One that was lost with its tab is ended here.
        "MappingKernelManager.cull_idle_timeout": 3600,
        "KernelManager.transport_encryption": "auto",
        **_quiet("Voila", verbose=verbose),
    }
    parts = os.pathsep.join(filter(None, (str(Path(__file__).parent.parent), os.environ.get("JUPYTER_PATH"))))
    os.environ["JUPYTER_PATH"] = parts
    with running.announced(partnership.folder, port, address):
        return _run("ctekit.lab.voila_app:App", options)


def _quiet(*applications: str, verbose: bool) -> dict[str, str]:
    """Errors only: what else Jupyter says is for its developers ("not trusted", "deprecated"), and alarms people."""
    return {f"{name}.log_level": "INFO" if verbose else "ERROR" for name in applications}


def _run(application: str, options: dict[str, Any]) -> int:
    """Run one of Jupyter's applications in this process. Other people on this computer read no token: it is no command.

    Ctrl+C and SIGTERM are handled by Jupyter, which ends its kernels first; so does a terminal that is closed.
    """
    words = [
        f"--{name}={each}"
        for name, value in options.items()
        for each in (value if isinstance(value, tuple) else (value,))
    ]
    if options.get("ServerApp.log_level", options.get("Voila.log_level")) == "ERROR":
        logging.captureWarnings(True)  # to a log that nobody reads
        logging.getLogger("tornado.access").setLevel("ERROR")  # Voila's, which knows no level of its own
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, lambda *_: signal.raise_signal(signal.SIGTERM))
    module, _, name = application.partition(":")
    try:
        getattr(import_module(module), name).launch_instance(words)
    except KeyboardInterrupt:
        return 130
    return 0


def _show(what: str, address: str, browser: bool, say: Say) -> int:
    """Lead to a server that runs already: a second one would hide from the first what is unsaved."""
    say(f"{what} is open on this folder already. Its address:", "", f"  {address}", "")
    say("Stop it in the terminal where it was started.")
    if browser:
        _open(address, lasting=True)
    return 0


def _say_when_ready(
    what: str, planned: str, where: Callable[[], str | None], stop: str, say: Say, *, browser: bool = False
) -> None:
    """Print the address once the server answers, and open the browser on it if told."""

    def tell(address: str) -> None:
        say("Its address, if no browser opens by itself:", "", f"  {address}", "", stop)
        if browser:
            _open(address)

    say(f"{what} is starting.")
    _when_ready(planned, where, tell)


def _when_ready(planned: str, where: Callable[[], str | None], tell: Callable[[str], None]) -> None:
    """Tell the address once the server answers there; after a minute, in any case, that which was planned."""

    def wait() -> None:
        until = time.monotonic() + PATIENCE
        while not (address := where()) and time.monotonic() < until:
            time.sleep(0.2)
        tell(address or planned)

    threading.Thread(target=wait, daemon=True).start()


def _answers(port: int) -> bool:
    """Whether a server gives an answer, whatever it is; it listens a little earlier."""
    connection = HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/api")
        connection.getresponse()
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
    return True


def _open(address: str, *, lasting: bool = False) -> None:
    """Open the browser on a file that leads on: others on this computer can read a command line with a token."""
    import webbrowser

    webbrowser.open(running.leading_to(address, lasting=lasting).as_uri())


def free_port(partnership: str) -> int:
    """The partnership's own port, or the next free one."""
    first = 18000 + int(hashlib.sha256(partnership.encode()).hexdigest(), 16) % 2000
    for port in range(first, first + 50):
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    return 0


def has_browser() -> bool:
    """Whether there is a screen and a browser to open on it."""
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return False
    import webbrowser

    try:
        webbrowser.get()
    except webbrowser.Error:
        return False
    return True
