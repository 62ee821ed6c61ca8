"""What `ctekit start` adds to JupyterLab: settings, extensions for the browser, and an extension of the server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jupyter_server.serverapp import ServerApp

__all__ = ["GUIDED", "PLAIN"]

PLAIN = Path(__file__).parent
"""Settings and browser extensions of every JupyterLab that `ctekit start` starts."""

GUIDED = PLAIN / "guided"
"""Those of the place made for guided notebooks."""


def _jupyter_server_extension_points() -> list[dict[str, Any]]:
    return [{"module": "ctekit.lab"}]


def _load_jupyter_server_extension(server: ServerApp) -> None:
    """Add our addresses to a server on a partnership's folder, and start its kernel (`ctekit start` asks for it)."""
    from ctekit.lab import handlers, sessions

    folder = Path(server.root_dir)
    kernel = sessions.SharedKernel(folder, server.session_manager, server.kernel_manager)
    handlers.add(server.web_app, server.base_url, folder, kernel)
    server.io_loop.add_callback(kernel.start)
