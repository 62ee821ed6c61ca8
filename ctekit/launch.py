"""Starting JupyterLab or the app on a partnership's folder."""

from __future__ import annotations

import hashlib
import os
import secrets
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ctekit.errors import ForPeople

if TYPE_CHECKING:
    from ctekit.partnership import Partnership


class NoVoila(ForPeople):
    """The app was asked for where Voila is not installed."""


def lab(partnership: Partnership, *, browser: bool, say: Callable[..., None]) -> int:
    """Run JupyterLab on the folder until it is stopped; gives its exit code.

    It listens on this computer only and asks for a token. One partnership keeps one port where that is free, because
    what a browser keeps (text that could not be saved) belongs to an address with its port.
    """
    port = free_port(partnership.store.partnership)
    token = secrets.token_urlsafe(24)
    address = f"http://127.0.0.1:{port}/lab/tree/00-start-here.ipynb?token={token}"
    say("JupyterLab is starting. Its address, if no browser opens by itself:", "", f"  {address}", "")
    say("Stop it with Ctrl+C, twice.")
    options = {
        "ServerApp.root_dir": str(partnership.folder.absolute()),
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.port": port,
        "ServerApp.allow_root": True,
        "ServerApp.open_browser": browser and has_browser(),
        "LabApp.default_url": "/lab/tree/00-start-here.ipynb",
        # Our settings ask for no news and no updates: a filtered network answers neither, and nobody wants the pop-up.
        "LabApp.app_settings_dir": str(Path(__file__).parent / "lab"),
        "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
        "LabApp.extension_manager": "readonly",
        "ServerApp.log_level": "WARN",
        "ServerApp.kernel_websocket_connection_class": "ctekit.connection.Prompt",
    }
    partnership.store.close()
    return _run("jupyterlab", options, {"JUPYTER_TOKEN": token})


def app(partnership: Partnership, *, browser: bool, say: Callable[..., None]) -> int:
    """Run the notebooks as pages without code, in Voila, until it is stopped; gives its exit code.

    It listens, asks for a token and keeps its port as JupyterLab does. Our templates stand in ``voila/templates``.
    """
    if find_spec("voila") is None:
        raise NoVoila('Voila shows the notebooks as an app, and is not installed here: pip install "ctekit[app]".')
    port = free_port(partnership.store.partnership)
    token = secrets.token_urlsafe(24)
    address = f"http://127.0.0.1:{port}/voila/render/00-start-here.ipynb?token={token}"
    say(
        "The app is starting. Its address, if no browser opens by itself:",
        "",
        f"  {address}",
        "",
        "Stop it with Ctrl+C.",
    )
    notebooks = [path.stem for path in sorted(partnership.folder.glob("[0-9][0-9]-*.ipynb"))]
    options = {
        "Voila.root_dir": str(partnership.folder.absolute()),
        "Voila.ip": "127.0.0.1",
        "Voila.port": port,
        "Voila.port_retries": 0,
        "Voila.auto_token": True,  # takes ours from the environment
        "Voila.open_browser": False,  # it would leave the token out
        "Voila.log_level": "ERROR",
        "VoilaConfiguration.template": "ctekit",
        "VoilaConfiguration.allow_template_override": "NO",
        "VoilaConfiguration.allow_theme_override": "NO",
        "VoilaConfiguration.file_denylist": ".*",
        "VoilaConfiguration.resources": f"notebooks={'/'.join(notebooks)}",
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
    }
    partnership.store.close()
    if browser and has_browser():
        threading.Thread(target=_open_when_ready, args=(port, address), daemon=True).start()
    parts = os.pathsep.join(filter(None, (str(Path(__file__).parent), os.environ.get("JUPYTER_PATH"))))
    return _run("voila", options, {"JUPYTER_TOKEN": token, "JUPYTER_PATH": parts})


def _run(module: str, options: dict[str, Any], settings: dict[str, str]) -> int:
    # The token goes by the environment: other people on this computer can read a command line.
    words = [
        f"--{name}={one}"
        for name, value in options.items()
        for one in (value if isinstance(value, tuple) else (value,))
    ]
    command = [sys.executable, "-m", module, *words]
    try:
        return subprocess.call(command, env={**os.environ, **settings})
    except KeyboardInterrupt:
        return 0


def _open_when_ready(port: int, address: str) -> None:
    """Open the browser once the app answers. It is given a file that leads on, for the token's sake."""
    import webbrowser

    from jupyter_core.paths import jupyter_runtime_dir, secure_write

    for _ in range(120):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            break
        time.sleep(0.5)
    leads_on = Path(jupyter_runtime_dir()) / f"ctekit-{port}.html"
    leads_on.parent.mkdir(parents=True, exist_ok=True)
    with secure_write(str(leads_on)) as file:
        file.write(f'<meta http-equiv="refresh" content="0;url={address}">')
    webbrowser.open(leads_on.as_uri())


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
