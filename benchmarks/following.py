"""Phones follow what is opened: from the facilitator's order to the page of the new round, on 100 phones at once."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

from benchmarks.measure import Comparison, percentile
from benchmarks.room import Phone, ask, joined, opened
from ctekit import rounds

PEOPLE = 100
ORDERS = 10
JITTER = 0.3
"""Seconds within which a phone loads its page anew, told by `ctekit/room/follow.js`: not all in the same instant."""


class Stream:
    """What one phone listens to, as its page does."""

    def __init__(self, port: int, phone: Phone) -> None:
        self.port, self.phone, self.screen = port, phone, ""

    async def open(self) -> None:
        """Listen, and read what stands in the room."""
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self.port)
        head = f"GET /room/now HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nCookie: {self.phone.cookie}\r\n\r\n"
        self._writer.write(head.encode())
        await self.next()

    async def next(self) -> None:
        """Wait until another screen is told."""
        async with asyncio.timeout(60):
            async for line in self._reader:
                if line.startswith(b"data: ") and (screen := json.loads(line[6:])["screen"]) != self.screen:
                    self.screen = screen
                    return
        raise ConnectionError("The room has ended.")

    def close(self) -> None:
        """Listen no more."""
        self._writer.close()


async def load(port: int, phone: Phone) -> None:
    """Load the page anew, as a phone does: in its own moment."""
    await asyncio.sleep(random.random() * JITTER)
    status, reply = await ask(port, "GET", "/room/", cookie=phone.cookie)
    if status != 200 or "<form" not in reply:
        raise RuntimeError(f"No form came, but: {reply[:200]}")


async def follow() -> tuple[list[float], list[float], list[float]]:
    """Milliseconds from the order to what is told, and to the page; and what the page alone takes."""
    told: list[float] = []
    followed: list[float] = []
    alone: list[float] = []
    async with opened() as (_, store, round_id, handle):
        port = urlsplit(handle.address).port or 0
        phones = await joined(handle, store, round_id, PEOPLE)
        streams = [Stream(port, phone) for phone in phones]
        await asyncio.gather(*(stream.open() for stream in streams))

        async def once(stream: Stream, began: float) -> None:
            await stream.next()
            told.append(1000 * (time.perf_counter() - began))
            await load(port, stream.phone)
            followed.append(1000 * (time.perf_counter() - began))

        async def page(phone: Phone, began: float) -> None:
            await load(port, phone)
            alone.append(1000 * (time.perf_counter() - began))

        for order in range(ORDERS):
            began = time.perf_counter()
            waiting = asyncio.gather(*(once(stream, began) for stream in streams))
            round_ = rounds.open_round(store, ("quick", "value", "roles")[order % 3])
            await asyncio.to_thread(handle.act, "show", round=round_.id)
            await waiting
            began = time.perf_counter()
            await asyncio.gather(*(page(phone, began) for phone in phones))
        for stream in streams:
            stream.close()
    return told, followed, alone


def compare() -> Iterator[Comparison | str]:
    """Phones are sockets of this process; the room is a process of its own."""
    told, followed, alone = asyncio.run(follow())
    at = percentile(0.95)
    us, them = f"order -> page of the new round, {PEOPLE} phones", "the same pages loaded at once, nothing waited for"
    yield Comparison("following_p95", followed, alone, "ms", us, them, "below 1000 ms", at)
    yield f"told to the last of {PEOPLE} phones within {max(told):.0f} ms (p95 {at(told):.0f}, n {len(told)})"
