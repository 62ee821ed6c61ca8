"""How JupyterLab's server passes the kernel's words on to the browser, under `ctekit start`: each of them at once."""

from __future__ import annotations

import asyncio

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection


class NoDelayConnection(ZMQChannelsWebsocketConnection):
    """Jupyter's own connection, on a socket that does not wait.

    The kernel answers a save with several small messages. TCP by itself holds the second back until the browser has
    acknowledged the first, which may take it 40 ms (`make bench ARGS=save_roundtrip` shows it).
    """

    def connect(self) -> asyncio.Future[None] | None:  # type: ignore[override]  # as Jupyter's own says
        """Connect as Jupyter does."""
        self.websocket_handler.set_nodelay(True)
        return super().connect()
