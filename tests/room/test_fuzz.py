"""A quarter of a minute of made-up requests: whatever comes, nothing breaks, and whoever is true goes on being served.

``CTEKIT_FUZZ`` is how many seconds it takes, ``CTEKIT_FUZZ_SEED`` where the chance begins; `make faults` takes minutes.
"""

from __future__ import annotations

import html
import itertools
import os
import re
import socket
import string
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import quote, quote_plus, urlsplit

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from ctekit import ratings
from ctekit.room.routes import application
from ctekit.room.slips import LONGEST
from ctekit.room.state import Room
from tests.room.conftest import FORM, Opened
from tests.room.test_slip import WRITTEN, partners
from tests.room.test_slip import kept as kept_slips

SECONDS = float(os.environ.get("CTEKIT_FUZZ", "15"))
SEED = int(os.environ.get("CTEKIT_FUZZ_SEED", "0"))
SLIPS = 500
"""So many slips are kept in a run; a room takes no more than 600."""

_APP = application(cast(Room, SimpleNamespace(buckets=None)), ())
# A stream of changes never ends; `test_stream.py` listens to it.
ROUTES = [route.path for route in _APP.routes if not route.path.endswith(("/now", "/stream"))]  # type: ignore[attr-defined]
MARK = "<script>alert(1)</script>"
TRUE = {
    "purpose": {"sector": "K-12", "2.1": "3", "2.2": "?", "2.4": "0"},
    "dots": {"option-2": "1"},
    ratings.SLIP: WRITTEN,
}


@dataclass(frozen=True)
class Made:
    """A request, told as how it differs from the one that a true phone would send.

    Attributes
    ----------
    form : tuple
        What is done to the true form, one after the other: ``(what, which, name, value)``.
    body : bytes or None
        Sent in place of the form.
    headers : tuple
        ``(how, name, value)``: "put" in the place of the true one, "add" beside it, or "drop".
    """

    method: str
    target: str
    form: tuple[tuple[str, int, str, str], ...]
    body: bytes | None
    chunked: bool
    headers: tuple[tuple[str, str, bytes], ...]


@dataclass
class Joined:
    """What a phone holds that has joined: its cookie, and the form of its page."""

    opened: Opened
    here: str
    cookie: str = ""
    form: tuple[tuple[str, str], ...] = ()

    def send(self, method: str, target: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """A true request; status and page."""
        body = "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in (form or {}).items()).encode()
        return answer(wire(self.opened, head(self, method, target, len(body)) + body, self.here))

    def join(self) -> Joined:
        reply = wire(self.opened, head(self, "POST", urlsplit(self.opened.handle.link).path, 0), self.here)
        match = re.search(rb"(?i)set-cookie: (ctekit_room_[0-9a-f]+=[\w.-]+);", reply)
        assert match, reply[:200]
        self.cookie = match[1].decode()
        return self.look()

    def look(self) -> Joined:
        status, page = self.send("GET", "/room/")
        assert status == 200, page[:200]
        self.form = tuple(re.findall(r'type="hidden" name="(\w+)" value="([\w-]+)"', page))
        return self

    def hand_in(self, *, keep: bool) -> None:
        """Answer, and be thanked."""
        about = self.opened.round.about
        sent = {**dict(self.look().form), **TRUE[about]}
        if about != ratings.SLIP:
            status, page = self.send("POST", "/room/answers", sent)
            if "/room/newer" in page:  # what was cut off amid its sending was kept all the same, behind our back
                time.sleep(1)  # and it may have been the sixth
                sent |= dict(self.look().form)
                status, page = self.send("POST", "/room/answers", sent)
            assert (status, "/room/thanks" in page) == (303, True), (status, page[:300])
            return
        status, page = self.send("POST", "/room/slip", sent)
        match = re.search(r'name="seen" value="([\w-]+)"', page)
        assert status == 200, page[:300]
        assert match
        if keep:
            status, page = self.send("POST", "/room/slip/keep", {**sent, "seen": match[1]})
            assert (status, "/room/slip/" in page) == (303, True), (status, page[:300])

    def agree(self, page: str) -> None:
        """Keep the slip that a page reads back."""
        form = page.partition("<form")[2].partition("</form>")[0]
        sent = {name: html.unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form)}
        status, page = self.send("POST", "/room/slip/keep", sent)
        assert status in (303, 429), page[:300]


def head(phone: Joined, method: str, target: str, length: int) -> bytes:
    host = urlsplit(phone.opened.handle.address).netloc
    lines = [f"{method} {target} HTTP/1.1", f"Host: {host}", "Connection: close", f"Cookie: {phone.cookie}"]
    if method == "POST":
        lines += [f"Origin: http://{host}", f"Content-Type: {FORM}", f"Content-Length: {length}"]
    return "\r\n".join([*lines, "", ""]).encode()


def wire(opened: Opened, sent: bytes, here: str = "127.0.0.1", *, whole: bool = True) -> bytes:
    """Send bytes as they are and read until the room hangs up; `whole`: nothing more is to come, so wait for it."""
    address = urlsplit(opened.handle.address)
    source = (here, 0) if sys.platform == "linux" else None  # elsewhere there is one loopback address only
    received = b""
    with socket.create_connection((address.hostname, address.port), 20, source) as line:
        try:
            line.sendall(sent)
            if not whole:
                line.shutdown(socket.SHUT_WR)
                line.settimeout(0.5)
            while more := line.recv(65536):
                received += more
        except OSError:
            pass  # it may hang up amid what nobody needs to read
    return received


def answer(reply: bytes) -> tuple[int, str]:
    """Status, and head and page together."""
    match = re.match(rb"HTTP/1\.1 (\d{3}) ", reply)
    assert match, reply[:100]
    return int(match[1]), reply.decode("utf-8", "replace")


# What is made up

ODD = st.one_of(
    st.sampled_from(
        ["", MARK, "'; DROP TABLE revision; --", "../../etc/passwd", "\x00", "٣", "𝕏" * 50, "\ud800", "-1"]
    ),
    st.text(max_size=30),
    st.text(string.printable, max_size=30),
)
BROKEN = st.sampled_from(
    ["%", "%zz", "%c0%af", "%2e%2e%2f", "%00", "%0d%0aX-A:1", "%ff%fe", "%u0041", ";", "//", "x" * 9000]
)
PIECE = st.one_of(ODD.map(lambda text: quote(text, safe="", errors="replace")), BROKEN)
NAMES = [
    "form",
    "based_on",
    "sector",
    "2.1",
    "2.4",
    "option-1",
    "code",
    "number",
    "organization",
    "gives",
    "by",
    "seen",
]
METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "BREW", "post"]
HEADERS = [
    *("Host", "Origin", "Cookie", "Content-Type", "Content-Length", "Transfer-Encoding", "Connection", "Expect"),
    *("Accept-Language", "Sec-Fetch-Site", "Authorization", "X-Forwarded-For", "X-Forwarded-Host", "Range", "Upgrade"),
    *("X-HTTP-Method-Override", "If-None-Match", "Content-Encoding", "Accept", "Referer"),
]
VALUES = st.one_of(
    st.sampled_from(
        [b"", b"chunked", b"0", b"-1", b"8193", b"1e9", b"gzip", b"null", b"application/json", b"es", b"*"]
    ),
    st.sampled_from(
        [b"Bearer ", b"bytes=0-9999999", b"127.0.0.1", b"100-continue", b"h2c", b"multipart/form-data", b"x" * 9000]
    ),
    st.binary(max_size=40).map(lambda data: data.replace(b"\r", b"").replace(b"\n", b"")),
    ODD.map(lambda text: text.encode("utf-8", "replace").replace(b"\r", b"").replace(b"\n", b"")),
)


@st.composite
def sometimes(draw: st.DrawFn, strategy: st.SearchStrategy[Any], other: st.SearchStrategy[Any]) -> Any:
    """Mostly the second: a request that is wrong in every way is refused at the first wall."""
    return draw(strategy if draw(st.integers(0, 7)) == 7 else other)


def targets() -> st.SearchStrategy[str]:
    filled = st.builds(
        lambda route, piece: re.sub(r"\{\w+\}", lambda _: piece, route),
        st.sampled_from(ROUTES),
        sometimes(PIECE, st.sampled_from(["KEY", "close", "reveal", "timer", "0" * 32])),
    )
    wild = st.one_of(PIECE.map(lambda piece: f"/{piece}"), st.just("*"), st.just("http://evil.example/room/"), PIECE)
    asked = st.one_of(
        st.sampled_from(["", "?lang=es", "?lang=en&lang=es", "?minutes=nan", "?minutes=1e999", "?"]),
        PIECE.map(lambda piece: f"?lang={piece}"),
        PIECE.map(lambda piece: f"?{piece}={piece}"),
    )
    return st.builds(lambda path, query: (path + query) or "/", sometimes(wild, filled), asked)


CHANGES = st.tuples(
    st.sampled_from(["put", "put", "add", "drop", "twice", "rename"]),
    st.integers(0, 9),
    st.one_of(st.sampled_from(NAMES), ODD),
    st.one_of(st.sampled_from(["0", "4", "7", "?", "1", "K-12", "-", "9" * 20, "y" * 9000]), ODD),
)
NEARLY = st.builds(
    Made,
    method=st.just("POST"),
    target=st.sampled_from(["FORM", "FORM", "FORM", "/room/answers", "/room/slip/keep", "/room/code"]),
    form=st.lists(CHANGES, min_size=1, max_size=2).map(tuple),
    body=st.none(),
    chunked=st.just(False),
    headers=st.just(()),
)
"""The true form with a slip or two in it: these come past every wall."""
ANYTHING = st.builds(
    Made,
    method=sometimes(st.sampled_from(METHODS), st.sampled_from(["GET", "POST", "POST"])),
    target=targets(),
    form=st.lists(CHANGES, max_size=3).map(tuple),
    body=sometimes(
        st.one_of(
            st.binary(max_size=200),
            st.sampled_from(
                [b'{"form": [1]}', b"x" * 8193, b"a=1&" * 90, b"%zz=%&=&&;", b"--x\r\n\r\n\r\n--x--", b"\xff=\xfe"]
            ),
        ),
        st.none(),
    ),
    chunked=sometimes(st.just(True), st.just(False)),
    headers=st.lists(
        st.tuples(st.sampled_from(["put", "put", "add", "drop"]), st.sampled_from(HEADERS), VALUES), max_size=2
    ).map(tuple),
)
NOISE = st.tuples(
    st.sampled_from([b"", b"GET /room/ HTTP/1.1\r\nHost: HOST\r\n", b"POST /room/code HTTP/1.1\r\nHost: HOST\r\n"]),
    st.binary(max_size=120),
    st.sampled_from([b"", b"\r\n\r\n", b"\r\nContent-Length: 3\r\n\r\nabc", b"\r\n\r\nGET / HTTP/1.1\r\n\r\n"]),
).map(b"".join)
STEPS = st.lists(sometimes(NOISE, st.one_of(NEARLY, ANYTHING)), min_size=2, max_size=5)
"""A phone may send six times at once; the last is its true answer."""


def written(request: Made, phone: Joined) -> bytes:
    """The bytes of a request."""
    pairs = [*phone.form, *TRUE[phone.opened.round.about].items()]
    for what, which, name, value in request.form:
        at = which % len(pairs) if pairs else 0
        if what == "add" or not pairs:
            pairs.append((name, value))
        elif what == "twice":
            pairs.append(pairs[at])
        else:
            before = pairs.pop(at)
            pairs += {"put": [(before[0], value)], "rename": [(name, before[1])], "drop": []}[what]
    body = request.body
    if body is None:
        body = "&".join("=".join(quote_plus(part, errors="replace") for part in pair) for pair in pairs).encode()
    host = urlsplit(phone.opened.handle.address).netloc.encode()
    lines = [
        (b"Host", host),
        (b"Origin", b"http://" + host),
        (b"Cookie", phone.cookie.encode()),
        (b"Content-Type", FORM.encode()),
        (b"Transfer-Encoding", b"chunked") if request.chunked else (b"Content-Length", str(len(body)).encode()),
        (b"Connection", b"close"),
    ]
    for how, name, value in request.headers:
        if how != "add":
            lines = [line for line in lines if line[0] != name.encode()]
        if how != "drop":
            lines.append((name.encode(), value))
    own = "/room/slip" if phone.opened.round.about == ratings.SLIP else "/room/answers"
    target = request.target.replace("FORM", own).replace("KEY", phone.opened.handle.link.rpartition("/")[2])
    start = f"{request.method} {target} HTTP/1.1".encode("utf-8", "replace")
    if request.chunked:
        body = b"".join(
            b"%x\r\n%b\r\n" % (len(body[at : at + 900]), body[at : at + 900]) for at in range(0, len(body), 900)
        )
        body += b"0\r\n\r\n"
    return b"\r\n".join([start, *(b": ".join(line) for line in lines), b"", body])


# What has to hold


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Opened]]:
    """A round, a vote and slips."""
    opened_rooms = [
        Opened(tmp_path_factory.mktemp("round")),
        Opened(tmp_path_factory.mktemp("vote"), "dots", title="Which?", options=[f"Option {n}" for n in range(1, 6)]),
        Opened(tmp_path_factory.mktemp("slips"), ratings.SLIP, before=partners),
    ]
    yield opened_rooms
    for opened in opened_rooms:
        opened.end()


def test_no_made_up_request_breaks_it(rooms: list[Opened]) -> None:
    statuses: Counter[int] = Counter()
    reached: set[str] = set()
    phones: dict[str, Opened] = {}
    kept = itertools.count()

    def attack(opened: Opened, steps: list[Made | bytes]) -> None:
        phone = Joined(opened, f"127.0.0.{len(phones) % 250 + 1}").join()
        phones[phone.cookie.partition("=")[2].partition(".")[0]] = opened
        host = urlsplit(opened.handle.address).netloc.encode()
        for step in steps:
            request = step.replace(b"HOST", host) if isinstance(step, bytes) else written(step, phone)
            # A head that promises more than comes would be waited for; whoever says no more says so.
            whole = isinstance(step, Made) and not {"Content-Length", "Transfer-Encoding", "Connection", "Expect"} & {
                name for _, name, _ in step.headers
            }
            reply = wire(opened, request, phone.here, whole=whole)
            if not reply:
                continue  # hung up on
            status, page = answer(reply)
            statuses[status] += 1
            if isinstance(step, Made) and status not in (404, 421):
                reached.update(route for route in ROUTES if _is_at(route, step.target))
            assert status < 500, (status, request)
            assert MARK not in page, request
            if 'name="seen"' in page and not len(phones) % 2 and next(kept) < SLIPS:
                phone.agree(page)
            # 400 may be uvicorn's own, for what is no HTTP; 100 is "go on".
            assert status in (100, 400) or "content-security-policy: default-src 'none'" in page, (page, request)
        if len(phones) % 2:  # of the others stands what was made up
            phone.hand_in(keep=opened.round.about == ratings.SLIP and next(kept) < SLIPS)

    def some(opened: Opened, turn: int) -> None:
        @seed(turn)
        @settings(max_examples=40, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(steps=STEPS)
        def go(steps: list[Made | bytes]) -> None:
            attack(opened, steps)

        go()

    begun = time.monotonic()
    for turn in itertools.count(SEED * 1000):
        some(rooms[turn % len(rooms)], turn)
        # On a busy machine a minute makes few requests: it goes on until each route was reached, within limits.
        enough = SECONDS if SECONDS < 30 or not set(ROUTES) - reached else SECONDS + 240
        if time.monotonic() - begun > enough:
            break
    print(
        f"{statuses.total()} made-up requests of {len(phones)} phones; answered with {dict(sorted(statuses.items()))}"
    )
    for opened in rooms:
        _is_unharmed(opened, {opened.respondent_of(name) for name, room in phones.items() if room is opened})
    if SECONDS >= 30:
        assert not set(ROUTES) - reached, "it never came past the walls there"
        assert {200, 303, 400, 401, 403, 404, 405, 431} <= set(statuses)


def _is_at(route: str, target: str) -> bool:
    return bool(re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", route), target.partition("?")[0]))


def _is_unharmed(opened: Opened, phones: set[str]) -> None:
    """The round is open, holds lawful answers of those phones only, one each, and takes more."""
    assert opened.handle.running
    assert opened.numbers()["state"] == "open"
    standing = opened.standing()
    assert {who for who, _, _ in standing} <= phones
    assert len({(who, field) for who, field, _ in standing}) == len(standing)
    lawful = {
        (rating_item.field, code)
        for rating_item in opened.round.questions
        for code in (None, "?" if rating_item.dont_know else None, *(choice.code for choice in rating_item.choices))
    }
    assert {(field, code) for _, field, code in standing} <= lawful
    assert {path.name for path in opened.folder.iterdir()} == {".ctekit-room.json", "partnership.ctekit"}
    for slip in kept_slips(opened):
        assert slip.get("organization", "org-1") in ("org-1", "org-2")
        assert all(len(str(slip.get(name, ""))) <= most for name, most in LONGEST.items())
    phone = opened.phone().join()
    if opened.round.about != ratings.SLIP:
        assert phone.send(answers=TRUE[opened.round.about]).url.path == "/room/thanks"
