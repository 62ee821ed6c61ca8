"""What stands before the room: every request is looked at here before any page is made of it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Collection
from urllib.parse import parse_qsl

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ctekit.room.translations import language, words

MOST = 8 * 1024
"""Bytes of a body, and of a head without its cookies. The longest ballot takes two thousand."""
COOKIES = 48 * 1024
"""Bytes of cookies. A browser sends those of every program here, whatever their port; see `ctekit.room.security`."""
DEADLINE = 5.0
"""Seconds for a whole body. A phone sends it in one packet; whoever drips it is no phone."""
FORM = "application/x-www-form-urlencoded"

# `same-origin`, not `no-referrer`: with that one, browsers send "Origin: null" with our own forms, and nothing could
# tell them from another site's. Nothing goes to anybody else with either.
HEADERS = (
    (
        b"content-security-policy",
        b"default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; "
        b"form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (b"referrer-policy", b"same-origin"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
    (b"cache-control", b"no-store"),
)


class RequestRefused(Exception):
    """A request goes no further: the status, and how the sentence is called in the list of words."""

    def __init__(self, status: int, what: str) -> None:
        super().__init__(what)
        self.status, self.what = status, what


class RequestGuard:
    """Lets through what a browser on this room's own pages would send, and says no to the rest.

    Parameters
    ----------
    app : ASGI application
        Finds a form that was sent in ``scope["state"]["form"]``, as pairs.
    hosts : collection of str
        The names, with port, under which the room may be called. Another name means that some website's address was
        bent to point here.
    scheme : str
        With which its own pages call it.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str], scheme: str = "http") -> None:
        self._app, self._hosts, self._scheme = app, hosts, scheme

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Look at one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                there = {name for name, _ in message["headers"]}
                ours = [(name, value) for name, value in HEADERS if name not in there]
                message = {**message, "headers": [*message["headers"], *ours]}
            await send(message)

        body = _Body(receive)
        try:
            # uvicorn's own limit is for heads that come in pieces; one packet may carry more.
            sizes = {True: 0, False: len(scope["query_string"])}
            for name, value in scope["headers"]:
                sizes[name == b"cookie"] += len(name) + len(value)
            if sizes[False] > MOST or sizes[True] > COOKIES:
                raise RequestRefused(431, "gate_long")
            headers = _once(scope["headers"])
            host = headers.get(b"host", b"").decode("latin-1").lower()
            if host not in self._hosts:
                raise RequestRefused(421, "gate_host")
            presenter = path_in_room(scope).startswith("/presenter")
            if scope["method"] == "POST" and not presenter:
                _from_own_page(headers, f"{self._scheme}://{host}")
                scope.setdefault("state", {})["form"] = await _form(headers, body)
            elif scope["method"] not in ("GET", "HEAD", "POST"):
                raise RequestRefused(405, "gate_method")
        except RequestRefused as refused:
            await body.pass_by()
            await _say_no(refused, scope, sealed)
            return
        await self._app(scope, body, sealed)


def path_in_room(scope: Scope) -> str:
    """The path of a request without what comes before it on a hub, where each room has a folder of its own."""
    return str(scope["path"]).removeprefix(scope.get("root_path", ""))


class _Body:
    """What comes behind a request's head, and whether all of it has been read."""

    def __init__(self, receive: Receive) -> None:
        self._receive, self._whole = receive, False

    async def __call__(self) -> Message:
        """The next piece."""
        message = await self._receive()
        self._whole = message["type"] != "http.request" or not message.get("more_body", False)
        return message

    async def pass_by(self) -> None:
        """Read what is left, within bounds: a phone that is answered amid its own words may see a broken connection."""
        left = 8 * MOST
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(1.0):
                while left > 0 and not self._whole:
                    left -= len((await self()).get("body", b""))


def _once(headers: Collection[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    """The headers by name. Two of one that decides something are none of a browser's."""
    by_name: dict[bytes, bytes] = {}
    for name, value in headers:
        if name in by_name and name in (b"host", b"origin", b"cookie", b"content-type", b"content-length"):
            raise RequestRefused(400, "gate_twice")
        by_name[name] = value
    return by_name


def _from_own_page(headers: dict[bytes, bytes], origin: str) -> None:
    if headers.get(b"origin", b"").decode("latin-1").lower() != origin:
        raise RequestRefused(403, "gate_stranger")
    if headers.get(b"sec-fetch-site", b"same-origin") != b"same-origin":
        raise RequestRefused(403, "gate_stranger")


async def _form(headers: dict[bytes, bytes], receive: _Body) -> list[tuple[str, str]]:
    if headers.get(b"content-type", b"").split(b";")[0].strip().lower() != FORM.encode():
        raise RequestRefused(415, "gate_kind")
    if b"content-length" in headers and b"transfer-encoding" in headers:
        raise RequestRefused(400, "gate_twice")
    length = headers.get(b"content-length", b"0")
    if not length.isdigit() or len(length) > 9 or int(length) > MOST:
        raise RequestRefused(413, "gate_long")
    body = b""
    try:
        async with asyncio.timeout(DEADLINE):
            more = True
            while more:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise RequestRefused(400, "gate_broken")
                body += message.get("body", b"")
                more = message.get("more_body", False)
                if len(body) > MOST:  # chunked bodies do not say beforehand how long they are
                    raise RequestRefused(413, "gate_long")
    except TimeoutError:
        raise RequestRefused(408, "gate_slow") from None
    try:
        return parse_qsl(
            body.decode("utf-8"), keep_blank_values=True, max_num_fields=60, encoding="utf-8", errors="strict"
        )
    except ValueError:
        raise RequestRefused(400, "gate_broken") from None


async def _say_no(refused: RequestRefused, scope: Scope, send: Send) -> None:
    accepted = next((value for name, value in scope["headers"] if name == b"accept-language"), b"").decode("latin-1")
    asked = dict(parse_qsl(scope["query_string"].decode("latin-1")[:100])).get("lang", "")
    sentence = str(words()[language(asked, accepted)][refused.what]).encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(sentence)).encode()),
        (b"connection", b"close"),  # or the rest of a body without end would go on being read
    ]
    await send({"type": "http.response.start", "status": refused.status, "headers": headers})
    await send({"type": "http.response.body", "body": sentence})
