"""JupyterLab's server, as `ctekit start` sets it up, holds no message of the kernel back."""

from __future__ import annotations

import pytest
from jupyter_server.services.kernels.websocket import KernelWebsocketHandler

from ctekit.cli.websocket import NoDelayConnection, ZMQChannelsWebsocketConnection


def test_the_socket_is_told_not_to_wait_before_it_connects(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    handler = KernelWebsocketHandler.__new__(KernelWebsocketHandler)
    monkeypatch.setattr(handler, "set_nodelay", lambda on: done.append(f"nodelay {on}"))
    monkeypatch.setattr(ZMQChannelsWebsocketConnection, "connect", lambda self: done.append("connected"))
    connection = NoDelayConnection.__new__(NoDelayConnection)
    connection.set_trait("websocket_handler", handler)
    connection.connect()
    assert done == ["nodelay True", "connected"]
