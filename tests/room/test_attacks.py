"""What somebody in the network may try: each is refused, and the room goes on as if nothing had been."""

from __future__ import annotations

import itertools
import random
import re
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from ctekit.room.networks import networks
from ctekit.room.security import LONGEST_PASS, GuessLimiter, SignedTokens, TokenBucket
from tests.room.conftest import FORM, Opened, Phone

EVIL = [
    "'; DROP TABLE revision; --",
    '" OR 1=1 --',
    "<script>alert(1)</script>",
    "{{7*7}}",
    "../../../../etc/passwd",
    "\x00\x01",
    "𝕏" * 100,
    "-1",
    "5",
    "3.0",
    "٣",
    "1e0",
    " 3",
]


@pytest.fixture(autouse=True)
def unharmed(shared: Opened) -> Iterator[None]:
    """After every attack a person joins, answers, is thanked and counted once; nobody else's answer has moved."""
    before = set(shared.standing())
    yield
    phone = shared.phone().join()
    assert phone.send(answers={"2.1": "3", "2.2": "?"}).url.path == "/room/thanks"
    assert answer_of(shared, phone) == [3, "?"]
    assert before <= set(shared.standing())


def answer_of(shared: Opened, phone: Phone) -> list[object]:
    return [code for _, code in shared.of(phone)]


def raw(shared: Opened, *parts: bytes) -> bytes:
    """Send bytes as they are, and read until the room hangs up, or says nothing more."""
    address = urlsplit(shared.handle.address)
    received = b""
    with socket.create_connection((address.hostname, address.port), timeout=30) as wire:
        try:
            for part in parts:
                wire.sendall(part)
            while more := wire.recv(65536):
                received += more
                wire.settimeout(2)
        except (TimeoutError, ConnectionError):
            pass
    return received


def head(shared: Opened, phone: Phone, *more: str, path: str = "/room/answers") -> bytes:
    host = urlsplit(shared.handle.address).netloc
    lines = [f"POST {path} HTTP/1.1", f"Host: {host}", f"Origin: http://{host}", f"Cookie: {phone.cookie}"]
    return "\r\n".join([*lines, f"Content-Type: {FORM}", *more, "", ""]).encode()


@pytest.mark.parametrize(
    "forge",
    [
        lambda right: "",
        lambda right: right[:-2] + ("0" if right[-2] != "0" else "1") + right[-1],  # the last letter is half padding
        lambda right: right[:-1],
        lambda right: "0" * 24 + right[24:],
        lambda right: right.partition(".")[0],
        lambda right: right.partition(".")[0] + ".",
        lambda right: "." + right.partition(".")[2],
        lambda right: "facilitator." + right.partition(".")[2],
        lambda right: "\xff.\xff",
        lambda right: "a" * 3000,
    ],
)
def test_a_forged_or_missing_cookie_answers_for_nobody(shared: Opened, forge) -> None:
    phone = shared.phone().join()
    sent = {**phone.hidden(), "sector": "K-12", "2.1": "0"}
    name, _, right = phone.cookie.partition("=")
    phone.client.cookies.clear()
    cookie = f"{name}={forge(right)}".encode("latin-1")
    answer = phone.post("/room/answers", sent, headers={"cookie": cookie})
    assert answer.status_code == 403
    assert "has not joined" in phone.says(answer)


def at(monkeypatch: pytest.MonkeyPatch, tokens: SignedTokens, seconds: int) -> None:
    monkeypatch.setattr(tokens._passes, "get_timestamp", lambda: seconds)


def test_a_pass_is_as_old_as_the_rooms_own_clock_says(monkeypatch: pytest.MonkeyPatch) -> None:
    tokens = SignedTokens("ab" * 16, "round-1")
    at(monkeypatch, tokens, 1_000_000)
    cookie = f"{tokens.cookie}={tokens.seal('somebody')}"
    for seconds in (1_000_000, 1_000_000 + LONGEST_PASS, 999_000):  # a clock that was set back locks nobody out
        at(monkeypatch, tokens, seconds)
        assert tokens.find(f"other=1; {cookie}") == "somebody"
    at(monkeypatch, tokens, 1_000_001 + LONGEST_PASS)
    assert tokens.find(cookie) == "", "whatever the phone says of its cookie"


def test_a_pass_with_a_later_time_or_another_name_or_of_another_round_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    tokens = SignedTokens("ab" * 16, "round-1")
    at(monkeypatch, tokens, 1_000_000)
    who, _, signature = tokens.seal("somebody").split(".")
    at(monkeypatch, tokens, 2_000_000)
    right = tokens.seal("somebody")
    later = right.split(".")[1]
    for value in (f"{who}.{later}.{signature}", f"else.{right.partition('.')[2]}", f"{who}.{later}.", who):
        assert tokens.find(f"{tokens.cookie}={value}") == "", value
    assert tokens.find(f"{tokens.cookie}={right}") == who == "somebody"
    for other in (SignedTokens("cd" * 16, "round-1"), SignedTokens("ab" * 16, "round-2")):
        assert other.cookie != tokens.cookie
        assert other.find(f"{other.cookie}={right}") == ""
        assert not other.is_form(who, tokens.form(who))
    assert tokens.is_form(who, tokens.form(who))
    assert not tokens.is_form(who, tokens.form("else"))
    assert not tokens.is_form(who, tokens.read_back(who, ""))


def test_the_cookie_is_kept_from_scripts_other_sites_and_other_pages(shared: Opened) -> None:
    phone = shared.phone()
    phone.client.follow_redirects = False
    cookie = phone.post(shared.handle.link, {}).headers["set-cookie"]
    assert re.fullmatch(
        r"ctekit_room_[0-9a-f]{12}=[0-9a-f]{24}\.[\w-]{6}\.[\w-]{43}; "
        r"HttpOnly; Max-Age=50400; Path=/room; SameSite=strict",
        cookie,
    )


ELSEWHERE = [
    {"origin": "http://evil.example"},
    {"origin": "null"},
    {"origin": ""},
    {"origin": "http://127.0.0.1:1"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "none"},
]


@pytest.mark.parametrize("path", ["/room/answers", "/room/code", "link"])
def test_a_form_of_another_site_is_refused(shared: Opened, path: str) -> None:
    phone = shared.phone().join()
    path = shared.handle.link if path == "link" else path
    sent = {**phone.hidden(), "sector": "K-12", "2.1": "0", "code": shared.handle.code}
    for headers in ELSEWHERE:
        assert phone.post(path, sent, headers=headers).status_code == 403, headers
    assert answer_of(shared, phone) == []


def test_a_form_without_origin_is_refused(shared: Opened) -> None:
    phone = shared.phone().join()
    del phone.client.headers["origin"]
    assert phone.send(answers={"2.1": "0"}).status_code == 403


@pytest.mark.parametrize("token", ["", "0" * 40, "another's"])
def test_a_form_needs_the_token_of_its_own_phone(shared: Opened, token: str) -> None:
    phone, other = shared.phone().join(), shared.phone().join()
    token = other.hidden()["form"] if token == "another's" else token
    sent = {**phone.hidden(), "form": token, "sector": "K-12", "2.1": "0"}
    assert phone.post("/room/answers", sent).status_code == 403
    assert answer_of(shared, phone) == answer_of(shared, other) == []


def test_nobody_overwrites_anothers_answer(shared: Opened) -> None:
    victim, thief = shared.phone().join(), shared.phone().join()
    victim.send(answers={"2.1": "4"})
    who = victim.name
    for extra in ({"respondent": who}, {"who": who}, {"round": "round-1"}, {"uid": "x"}):
        assert thief.send(answers={"2.1": "0", **extra}).status_code == 403
    assert thief.send(answers={"2.1": "0"}).url.path == "/room/thanks"
    assert answer_of(shared, victim) == [4]
    assert answer_of(shared, thief) == [0]


@pytest.mark.parametrize(
    "kind", ["application/json", "text/plain", "multipart/form-data; boundary=x", "", "application/x-www-form"]
)
def test_only_forms_are_taken(shared: Opened, kind: str) -> None:
    phone = shared.phone().join()
    answer = phone.post("/room/answers", {**phone.hidden(), "2.1": "0"}, headers={"content-type": kind})
    assert answer.status_code == 415


def test_other_methods_are_refused(shared: Opened) -> None:
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT-ME"):
        assert shared.phone().client.request(method, "/room/").status_code in (400, 405), method


def test_a_long_body_is_refused_by_its_length(shared: Opened) -> None:
    phone = shared.phone().join()
    assert raw(shared, head(shared, phone, "Content-Length: 8193")).startswith(b"HTTP/1.1 413")
    assert raw(shared, head(shared, phone, "Content-Length: 99999999999999")).startswith(b"HTTP/1.1 413")
    assert phone.send(answers={"x": "y" * 9000}).status_code == 413


def test_a_chunked_body_is_refused_while_it_comes(shared: Opened) -> None:
    phone = shared.phone().join()
    chunk = b"400\r\n" + b"x" * 1024 + b"\r\n"
    reply = raw(shared, head(shared, phone, "Transfer-Encoding: chunked"), chunk * 9)
    assert reply.startswith(b"HTTP/1.1 413")
    assert b"connection: close" in reply.lower()
    form = "&".join(f"{name}={value}" for name, value in {**phone.hidden(), "sector": "K-12", "2.1": "2"}.items())
    small = f"{len(form):x}\r\n{form}\r\n0\r\n\r\n".encode()
    reply = raw(shared, head(shared, phone, "Transfer-Encoding: chunked", "Connection: close"), small)
    assert reply.startswith(b"HTTP/1.1 303")
    assert answer_of(shared, phone) == [2]


@pytest.mark.parametrize(
    "more",
    [
        ["Content-Length: 4", "Transfer-Encoding: chunked"],
        ["Content-Length: 4", "Content-Length: 5"],
        ["Content-Length: -4"],
        ["Content-Length: 0x4"],
        ["Host: evil.example"],
        ["Cookie: other=x"],
        ["Origin: http://evil.example"],
    ],
)
def test_a_request_that_can_be_read_in_two_ways_is_refused(shared: Opened, more: list[str]) -> None:
    phone = shared.phone().join()
    reply = raw(shared, head(shared, phone, *more, *([] if "Length" in str(more) else ["Content-Length: 4"])), b"a=bc")
    assert re.match(rb"HTTP/1.1 (4\d\d)", reply), reply[:80]
    assert answer_of(shared, phone) == []


def test_a_long_head_is_refused(shared: Opened) -> None:
    phone = shared.phone()
    assert phone.client.get("/room/", headers={"x-long": "x" * 20_000}).status_code in (400, 431)
    assert phone.client.get("/room/?" + "x" * 20_000).status_code in (400, 431)
    assert phone.client.get("/room/", headers={"cookie": "x=" + "x" * 60_000}).status_code in (400, 431)


def test_cookies_of_other_programs_on_this_computer_do_not_lock_a_browser_out(shared: Opened) -> None:
    phone = shared.phone().join()
    others = "; ".join(f'username-127-0-0-1-{port}="2|1:0|{"x" * 400}"' for port in range(8888, 8948))
    tossed = f"{phone.cookie.partition('=')[0]}=somebody.else"  # set by another port's page, for a shorter path
    answer = phone.send(answers={"2.1": "2"}, headers={"cookie": f"{others}; {phone.cookie}; {tossed}; _xsrf=1; =; x"})
    assert answer.url.path == "/room/thanks"
    assert answer_of(shared, phone) == [2]


def test_two_hundred_slow_connections_are_hung_up_on_and_nobody_waits(shared: Opened) -> None:
    address = urlsplit(shared.handle.address)
    phone = shared.phone().join()
    whole = f"GET /room/page.css HTTP/1.1\r\nHost: {address.netloc}\r\n\r\n".encode()
    slow = []
    for number in range(200):
        wire = socket.create_connection((address.hostname, address.port), timeout=20)
        if number % 4 == 1:
            wire.sendall(b"GET /room/ HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        elif number % 4 == 2:
            wire.sendall(head(shared, phone, "Content-Length: 500") + b"form=")
        elif number % 4 == 3:  # the drip begins behind a first whole request
            wire.sendall(whole)
            assert wire.recv(65536).startswith(b"HTTP/1.1 200")
            wire.sendall(b"GET /room/ HTTP/1.1\r\nX-Slow: ")
        slow.append(wire)
    quick = shared.phone().join()
    assert quick.send(answers={"2.1": "1"}).url.path == "/room/thanks"
    until = time.monotonic() + 60
    dripped = 0
    for wire in slow:
        while True:
            assert time.monotonic() < until, "a slow connection was not hung up on"
            try:
                wire.sendall(b"x")
                dripped += 1
                wire.settimeout(0.25)
                if not wire.recv(4096):
                    break
            except TimeoutError:
                continue
            except OSError:
                break
        wire.close()
    assert dripped


def test_guessing_codes_locks_guessing_and_not_the_room(tmp_path: Path) -> None:
    opened = Opened(tmp_path)
    try:
        inside, guesser = opened.phone().join(), opened.phone()
        statuses = [guesser.post("/room/code", {"code": "AAAAAA"}).status_code for _ in range(45)]
        assert statuses == [403] * 40 + [429] * 5
        right = guesser.post("/room/code", {"code": opened.handle.code})
        assert right.status_code == 429
        assert "Scan the square code" in guesser.says(right)
        assert inside.send(answers={"2.1": "1"}).url.path == "/room/thanks"
        assert opened.phone().join().send(answers={"2.1": "1"}).url.path == "/room/thanks"
        assert opened.phone().client.get("/room/j/" + "x" * 22).status_code == 404
    finally:
        opened.end()


def test_guesses_are_forgotten_and_are_counted_in_all_too() -> None:
    now = [0.0]
    guesses = GuessLimiter(each=2, in_all=5, seconds=60, clock=lambda: now[0])
    for address in ("a", "a", "b", "c"):
        guesses.wrong(address)
    assert guesses.locked("a")
    assert not guesses.locked("d")
    guesses.wrong("d")
    assert guesses.locked("e")
    now[0] = 61
    assert not guesses.locked("a")


def test_who_sends_very_fast_waits_and_a_whole_room_behind_one_address_does_not(shared: Opened) -> None:
    phone = shared.phone().join()
    assert [phone.send(answers={"2.1": "1"}).status_code for _ in range(6)] == [200] * 6
    with ThreadPoolExecutor(30) as pool:  # together: one more is let through each second, and a busy computer is slow
        sent = set(pool.map(lambda _: phone.send(answers={"2.1": "1"}).status_code, range(30)))
    assert 429 in sent
    assert answer_of(shared, phone) == [1]
    for _ in range(20):
        assert shared.phone().join().send(answers={"2.1": "2"}).url.path == "/room/thanks"


def test_a_bucket_fills_by_one_a_second() -> None:
    now = [0.0]
    buckets = TokenBucket(clock=lambda: now[0])
    assert [buckets.take("me") for _ in range(7)] == [True] * 6 + [False]
    assert buckets.take("you")
    now[0] = 1.0
    assert [buckets.take("me"), buckets.take("me")] == [True, False]


@pytest.mark.parametrize("field", ["2.1", "sector", "based_on", "form", "new"])
def test_what_our_page_cannot_have_sent_is_refused(shared: Opened, field: str) -> None:
    for number, evil in enumerate(EVIL):
        if number % 5 == 0:
            phone = shared.phone().join()  # six at once are a phone's share
        # A whole number is what `based_on` may be.
        if (field, evil) == ("based_on", "5"):
            continue
        answer = phone.send(answers={"2.2": "1", field: evil})
        assert answer.status_code == 403, evil
        assert evil not in answer.text or evil in "5 -1"
        assert answer_of(shared, phone) == []


def test_a_field_sent_twice_is_refused(shared: Opened) -> None:
    phone = shared.phone().join()
    hidden = "&".join(f"{name}={value}" for name, value in phone.hidden().items())
    answer = phone.post("/room/answers", content=f"{hidden}&sector=K-12&2.1=1&2.1=4")
    assert answer.status_code == 403


def test_evil_codes_are_only_wrong(shared: Opened) -> None:
    for evil in EVIL:
        assert shared.phone().post("/room/code", {"code": evil}).status_code in (403, 429), evil


PATHS_OUT = [
    "/room/../partnership.ctekit",
    "/room/..%2f..%2fetc%2fpasswd",
    "/room/page.css/../../app.py",
    "/room/app.py",
    "/room/words.toml",
    "/room/templates/frame.html.j2",
    "//etc/passwd",
    "/room/j/..%2f..",
    "/%00",
    "/partnership.ctekit",
    "/presenter/../room/",
]


def test_no_path_leads_out(shared: Opened) -> None:
    host = urlsplit(shared.handle.address).netloc
    for path in PATHS_OUT:
        reply = raw(shared, f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        assert re.match(rb"HTTP/1.1 (4\d\d)", reply), (path, reply[:100])
        assert b"root:" not in reply
        assert b"import" not in reply


def test_another_host_name_is_refused(shared: Opened) -> None:
    names = ("evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example", "", "[::1]:80")
    for host, path in itertools.product(names, ("/room/", "/presenter")):
        assert shared.phone().client.get(path, headers={"host": host}).status_code in (400, 421)


@pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer x", "Basic eDp4", "bearer {token}", "Bearer é"])
def test_the_presenters_numbers_need_the_presenters_token(shared: Opened, authorization: str) -> None:
    words = authorization.format(token=shared.handle.token).encode()
    phone = shared.phone().join()
    for method, path in (("GET", "/presenter"), ("POST", "/presenter/reveal"), ("POST", "/presenter/close")):
        answer = phone.client.request(method, path, headers={"authorization": words})
        assert answer.status_code == 401, (method, path)
    assert shared.numbers()["state"] == "open"


def test_every_answer_carries_the_walls(shared: Opened) -> None:
    phone = shared.phone().join()
    for answer in (
        phone.client.get("/room/"),
        phone.client.get("/room/page.css"),
        phone.client.get("/nowhere"),
        phone.send(answers={"2.1": "1"}),
        phone.post("/room/code", {"code": "x"}, headers={"origin": "http://evil.example"}),
    ):
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; ")
        assert "unsafe" not in policy
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "server" not in answer.headers
        assert not re.search(r'(src|href|action)="(?!/room|\?lang|data:,|#)', answer.text)


def test_nothing_of_names_or_addresses_is_written(shared: Opened) -> None:
    phone = shared.phone().join()
    phone.client.headers["user-agent"] = "Telltale-Agent/1.0"
    phone.send(answers={"2.1": "1"})
    stored = (shared.folder / "partnership.ctekit").read_bytes()
    assert b"127.0.0.1" not in stored
    assert b"Telltale" not in stored
    room_file = shared.folder / ".ctekit-room.json"  # how other notebooks find the room
    assert room_file.stat().st_mode & 0o077 == 0
    assert b"Telltale" not in room_file.read_bytes()
    assert {path.name for path in shared.folder.iterdir()} == {room_file.name, "partnership.ctekit"}


def test_respondents_are_random_and_new_for_each_round(shared: Opened, tmp_path: Path) -> None:
    first, other = shared.phone().join(), Opened(tmp_path)
    try:
        stranger = other.phone().join()
        name = stranger.cookie.partition("=")[0]
        stranger.client.cookies.clear()
        value = first.cookie.partition("=")[2]
        answer = stranger.client.get("/room/", headers={"cookie": f"{first.cookie}; {name}={value}"})
        assert "Code on the screen" in answer.text
    finally:
        other.end()


def test_shared_names_are_never_loopback() -> None:
    assert all(not network.address.startswith("127.") for network in networks())


def test_a_storm_of_true_requests_in_random_order_leaves_one_answer_a_phone(shared: Opened) -> None:
    chance = random.Random(7)
    phones = [shared.phone().join() for _ in range(5)]
    last: dict[int, str] = {}
    for _ in range(30):
        number = chance.randrange(5)
        phone = phones[number]
        if chance.random() < 0.5:
            phone.look()
        try:
            level = str(chance.randrange(5))
            if phone.send(answers={"2.1": level}).url.path == "/room/thanks":
                last[number] = level
        except httpx.HTTPError:
            pass
    for number in last:
        standing = answer_of(shared, phones[number])
        assert len(standing) == 1
        assert f'value="{standing[0]}" checked' in phones[number].look()
    assert last
