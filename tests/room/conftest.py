"""A real room in a process of its own, and phones that behave."""

from __future__ import annotations

import contextlib
import html
import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from ctekit import room, rounds
from ctekit.room.security import SignedTokens
from ctekit.store import Store, create_store
from tests.stores import today

FORM = "application/x-www-form-urlencoded"


class Phone:
    """One phone: joins by the QR code, reads the page it gets, sends the page's own form."""

    def __init__(self, handle: room.RoomProcess) -> None:
        self.handle = handle
        self.base = handle.address.rstrip("/")
        self.client = httpx.Client(
            base_url=self.base,
            headers={"origin": self.base[: len(self.base) - len(urlsplit(self.base).path)]},
            follow_redirects=True,
            timeout=20,
            trust_env=False,
            verify=False,
        )
        self.page = ""

    def post(self, path: str, data: dict[str, Any] | None = None, **more: Any) -> httpx.Response:
        headers = {"content-type": FORM, **more.pop("headers", {})}
        if data is not None:
            more["content"] = str(httpx.QueryParams(data))
        return self.client.post(path, headers=headers, **more)

    def join(self) -> Phone:
        answer = self.post(self.handle.link, {})
        assert answer.status_code == 200, answer.text
        self.page = answer.text
        return self

    def look(self) -> str:
        self.page = self.client.get("/room/").text
        return self.page

    @property
    def cookie(self) -> str:
        """The room's cookie as the browser sends it, "name=value"; "" before it has joined."""
        return next((f"{cookie.name}={cookie.value}" for cookie in self.client.cookies.jar), "")

    @property
    def name(self) -> str:
        """The random name in the pass, which is written nowhere."""
        return self.cookie.partition("=")[2].partition(".")[0]

    def hidden(self) -> dict[str, str]:
        """What the form carries without the person."""
        return dict(re.findall(r'type="hidden" name="(\w+)" value="([\w-]+)"', self.page))

    def send(self, headers: dict[str, str] | None = None, **more: Any) -> httpx.Response:
        sector = {"sector": "K-12"} if 'name="sector"' in self.page else {}
        sent = {**self.hidden(), **sector, **more.pop("answers", {}), **more}
        return self.post("/room/answers", sent, headers=headers or {})

    def says(self, answer: httpx.Response) -> str:
        """The words of a page."""
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


class Opened:
    """A partnership with one open round and its room."""

    def __init__(
        self, folder: Path, about: str = "purpose", before: Callable[[Store], None] = lambda _: None, **more: Any
    ) -> None:
        self.folder = folder
        self.store: Store = create_store(folder / "partnership.ctekit")
        before(self.store)
        self.round = rounds.open_round(self.store, about, "Before the workshop", "2026-09-16", **more)
        self.handle = room.start(folder, self.round.id)

    def phone(self) -> Phone:
        return Phone(self.handle)

    def standing(self) -> list[tuple[str, str, Any]]:
        """Who says what, as the store has it: respondent, question, code."""
        # Straight from the file: the store itself tells nobody the answers of a round that is not revealed.
        query = "SELECT respondent, field, value FROM revision WHERE row = ? AND respondent NOT IN ('', 'facilitator')"
        with contextlib.closing(sqlite3.connect(self.store.path)) as file:
            rows = file.execute(f"{query} ORDER BY seq", [self.round.id]).fetchall()
        newest = {(who, field): value for who, field, value in rows}
        return [(who, field, json.loads(value)[1]) for (who, field), value in newest.items() if value is not None]

    def of(self, phone: Phone) -> list[tuple[str, Any]]:
        """What this phone says."""
        return [(field, code) for respondent, field, code in self.standing() if respondent == self.respondent(phone)]

    def respondent(self, phone: Phone) -> str:
        """Under which name the answers of a phone are kept in this round."""
        return self.respondent_of(phone.name)

    def respondent_of(self, name: str) -> str:
        """The same, by the phone's own name of the day."""
        day = today()
        return SignedTokens(self.store.door(day).secret, day).respondent(name, self.round.id)

    def numbers(self) -> dict[str, Any]:
        """What stands in the room, the round's own numbers too."""
        now = self.handle.now()
        return {**now, **(now["activity"] or {})}

    def again(self) -> None:
        """kill -9, and start it anew."""
        assert self.handle.process is not None
        self.handle.process.kill()
        self.handle.process.wait(30)
        self.handle = room.start(self.folder, self.round.id)

    def end(self) -> None:
        self.handle.end()
        self.store.close()


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    """A room of this test alone."""
    opened = Opened(tmp_path)
    yield opened
    opened.end()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """One room for all attacks of a module; it has to stand them all."""
    opened = Opened(tmp_path_factory.mktemp("room"))
    yield opened
    opened.end()
