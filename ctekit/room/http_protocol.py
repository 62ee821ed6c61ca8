"""What uvicorn does not do: hang up on who never finishes a request's head, and end on Ctrl+C without a traceback."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import threading
from collections.abc import Iterator

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

DEADLINE = 5.0
"""Seconds from the first byte, or from the connection, to the end of the head."""


class HeaderTimeoutProtocol(H11Protocol):
    """uvicorn's own protocol with a deadline for the head of each request; bodies have theirs in the gate."""

    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start the clock."""
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Stop the clock when the head is whole, start it when another begins."""
        super().data_received(data)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the clock."""
        self._stop()
        super().connection_lost(exc)

    def _watch(self) -> None:
        # IDLE: the head of the next request has not come in whole. Behind a response uvicorn's keep-alive clock runs.
        if self.conn.their_state is not h11.IDLE or self.transport.is_closing():
            self._stop()
        elif self._deadline is None:
            self._deadline = self.loop.call_later(DEADLINE, self._hang_up)

    def _stop(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _hang_up(self) -> None:
        self._deadline = None
        if self.conn.their_state is h11.IDLE:
            self.transport.abort()


class Server(uvicorn.Server):
    """uvicorn's server; a signal ends it, and is not raised once more behind its back."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take Ctrl+C and the polite request to end."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        numbers = [signal.SIGINT, signal.SIGTERM]
        if (
            hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN
        ):  # the terminal is closed
            numbers.append(signal.SIGHUP)
        before = {number: signal.signal(number, self.handle_exit) for number in numbers}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
