"""Many rooms behind one address, as on a hub: each phone is in one of them, and nobody gets from one into another."""

from __future__ import annotations

import re
import threading
import time
import warnings
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import httpx
import pytest

from ctekit import rounds
from ctekit.lab import handlers
from ctekit.model.errors import CtekitError
from ctekit.room import hub_server, running
from ctekit.room.client import RoomProcess
from ctekit.room.hub_server import HubRooms
from ctekit.room.translations import words
from ctekit.store import Store, StoreError, create_store, open_store
from ctekit.store.room_access import RoomAccess
from tests.room.conftest import FORM
from tests.stores import today

with warnings.catch_warnings(action="ignore"):  # it would rather have another HTTP client than ours
    from starlette.testclient import TestClient

ADDRESS = "https://rooms.example.org"


class FileDoors:
    """The doors of two partnerships that are files, in a hub's database's place."""

    def __init__(self, folder: Path) -> None:
        self.stores: dict[str, Store] = {}
        for name in ("first", "second"):
            (folder / name).mkdir()
            self.stores[name] = create_store(folder / name / "partnership.ctekit")
            rounds.open_round(self.stores[name], "purpose", "Before the workshop", "2026-09-16")
        self.doors = {name: store.door(today()) for name, store in self.stores.items()}

    def read(self, day: str) -> Mapping[str, tuple[str, RoomAccess]]:
        return {door.name: (name, door) for name, door in self.doors.items() if door.day == day}

    def store(self, partnership: str, folder: Path) -> Store:
        assert folder.is_dir()
        return open_store(self.stores[partnership].path)


@pytest.fixture
def doors(tmp_path: Path) -> FileDoors:
    return FileDoors(tmp_path)


@pytest.fixture
def hub(doors: FileDoors, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setattr(hub_server, "LOOK_EVERY", 0.02)
    app = HubRooms(doors, ADDRESS, tmp_path / "rooms").application()
    with TestClient(app, base_url=ADDRESS, headers={"origin": ADDRESS}) as client:
        yield client


def put_up(hub: TestClient, door: RoomAccess) -> None:
    """A notebook puts the open round before everybody."""
    act = {"headers": {"authorization": f"Bearer {door.token}"}, "json": {"round": "round-1"}}
    assert hub.post(f"/{door.name}/presenter/show", **act).status_code == 200


def join(hub: TestClient, door: RoomAccess) -> httpx.Response:
    hub.cookies.clear()
    return hub.post(f"/{door.name}/room/j/{door.key}", headers={"content-type": FORM})


def until_status(hub: TestClient, door: RoomAccess, status: int) -> None:
    """The rooms look for doors again and again: wait until they have seen what was done to this one."""
    ends = time.monotonic() + 20
    while (answer := hub.get(f"/{door.name}/room/")).status_code != status:
        assert time.monotonic() < ends, f"still {answer.status_code}"
        time.sleep(0.01)


def test_a_phone_joins_rates_and_is_thanked_below_the_name_of_its_room(hub: TestClient, doors: FileDoors) -> None:
    door = doors.doors["first"]
    put_up(hub, door)
    page = join(hub, door)
    assert page.url.path == f"/{door.name}/room/"
    inside = re.findall(r'(?:href|src|action)="(/[^"]*)"', page.text)
    assert inside
    assert all(path.startswith(f"/{door.name}/room/") for path in inside)
    for path in inside:
        if path.endswith((".css", ".js")):
            assert hub.get(path).status_code == 200
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([\w-]+)"', page.text))
    answers = str(httpx.QueryParams({**hidden, "sector": "K-12", "2.1": "3"}))
    sent = hub.post(f"/{door.name}/room/answers", headers={"content-type": FORM}, content=answers)
    assert sent.url.path == f"/{door.name}/room/thanks"
    assert doors.stores["first"].answered("round-1") == 1
    assert doors.stores["second"].answered("round-1") == 0


def test_a_pass_is_for_one_room_and_for_encrypted_ways(hub: TestClient, doors: FileDoors) -> None:
    first, second = doors.doors["first"], doors.doors["second"]
    put_up(hub, first)
    put_up(hub, second)
    set_cookie = join(hub, first).history[0].headers["set-cookie"]
    # By this name browsers take it from this host alone: no page of the hub can give a phone a pass of its own making.
    assert set_cookie.startswith("__Host-ctekit_room_")
    assert "Path=/;" in set_cookie
    assert "Domain" not in set_cookie
    assert "Secure" in set_cookie
    assert "HttpOnly" in set_cookie
    assert "SameSite=strict" in set_cookie
    cookie = set_cookie.split(";")[0]
    assert 'name="2.1"' in hub.get(f"/{first.name}/room/").text
    hub.cookies.clear()
    tossed = hub.get(f"/{first.name}/room/", headers={"cookie": cookie.removeprefix("__Host-")})
    assert 'name="2.1"' not in tossed.text
    elsewhere = hub.get(f"/{second.name}/room/", headers={"cookie": cookie})
    assert 'name="code"' in elsewhere.text
    assert 'name="2.1"' not in elsewhere.text


def test_only_the_rooms_own_pages_send_and_only_its_own_notebooks_act(hub: TestClient, doors: FileDoors) -> None:
    first, second = doors.doors["first"], doors.doors["second"]
    for origin in ("http://rooms.example.org", "https://hub.example.org", "null"):
        answer = hub.post(f"/{first.name}/room/j/{first.key}", headers={"content-type": FORM, "origin": origin})
        assert answer.status_code == 403
    assert hub.get(f"/{first.name}/room/", headers={"host": "hub.example.org"}).status_code == 421
    for token in ("", second.token, first.key, first.code):
        answer = hub.get(f"/{first.name}/presenter", headers={"authorization": f"Bearer {token}"})
        assert answer.status_code == 401
    assert hub.get(f"/{first.name}/presenter", headers={"authorization": f"Bearer {first.token}"}).status_code == 200
    for screen in ("wall", "lead"):
        assert hub.get(f"/{first.name}/{screen}/").status_code == 404


def test_the_wall_is_reached_by_its_token_and_stays_below_the_rooms_name(hub: TestClient, doors: FileDoors) -> None:
    door = doors.doors["first"]
    tokens = hub.get(f"/{door.name}/presenter/screens", headers={"authorization": f"Bearer {door.token}"}).json()
    for screen in ("wall", "lead"):
        page = hub.get(f"/{door.name}/{screen}/{tokens[screen]}")
        assert (page.status_code, page.url.path) == (200, f"/{door.name}/{screen}/")
        assert f'="/{door.name}/{screen}/{screen}.js"' in page.text
    assert f"{ADDRESS}/{door.name}" in hub.get(f"/{door.name}/wall/").text.replace("<wbr>", "")


def test_what_is_no_room_is_told_in_a_sentence(hub: TestClient, doors: FileDoors) -> None:
    for path in ("/", "/room/", "/NOROOM/room/", "/hub/", f"/{doors.doors['first'].name}x/room/", "/../room/"):
        answer = hub.get(path)
        assert (answer.status_code, "no open room" in answer.text) == (404, True)
        assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_a_name_that_is_typed_in_small_letters_leads_to_its_room(hub: TestClient, doors: FileDoors) -> None:
    name = doors.doors["first"].name
    for path in (f"/{name.lower()}", f"/{name.lower()}/"):
        answer = hub.get(path)
        assert (answer.status_code, answer.url.path) == (200, f"/{name}/room/")


def test_what_is_no_room_is_told_in_the_phones_language(hub: TestClient) -> None:
    answer = hub.get("/NOROOM/room/", headers={"accept-language": "es-MX,es;q=0.9"})
    assert (answer.status_code, answer.text) == (404, words()["es"]["gate_no_room"])


def test_while_nobody_knows_which_rooms_are_open_phones_are_asked_to_try_again(
    doors: FileDoors, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: str) -> Mapping[str, tuple[str, RoomAccess]]:
        raise StoreError("The database does not answer.")

    monkeypatch.setattr(hub_server, "LOOK_EVERY", 0.02)
    app = HubRooms(doors, ADDRESS, tmp_path / "rooms").application()
    with monkeypatch.context() as away:
        away.setattr(doors, "read", fail)
        with TestClient(app, base_url=ADDRESS) as client:
            answer = client.get(f"/{doors.doors['first'].name}/room/")
            assert (answer.status_code, answer.text) == (503, words()["en"]["gate_away"])
            away.undo()
            until_status(client, doors.doors["first"], 200)


def test_a_day_that_is_ended_is_over_for_all_and_another_room_goes_on(hub: TestClient, doors: FileDoors) -> None:
    first, second = doors.doors["first"], doors.doors["second"]
    join(hub, first)
    ended = hub.post(f"/{first.name}/presenter/end", headers={"authorization": f"Bearer {first.token}"}, json={})
    assert ended.status_code == 200
    doors.doors.pop("first")  # as the database has it then
    until_status(hub, first, 404)
    assert join(hub, second).status_code == 200


def test_rooms_open_and_end_after_a_look_that_failed(
    hub: TestClient, doors: FileDoors, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = doors.doors.pop("second")
    until_status(hub, second, 404)
    read, looks = doors.read, iter([RuntimeError])

    def fail_once(day: str) -> Mapping[str, tuple[str, RoomAccess]]:
        for failure in looks:
            raise failure
        return read(day)

    monkeypatch.setattr(doors, "read", fail_once)
    doors.doors["second"] = second
    until_status(hub, second, 200)
    assert not list(looks), "no look has failed"


def test_a_process_that_was_started_again_takes_its_phones_back(
    hub: TestClient, doors: FileDoors, tmp_path: Path
) -> None:
    door = doors.doors["first"]
    join(hub, door)
    again = HubRooms(doors, ADDRESS, tmp_path / "rooms").application()
    with TestClient(again, base_url=ADDRESS, cookies=hub.cookies) as client:
        put_up(client, door)
        assert 'name="2.1"' in client.get(f"/{door.name}/room/").text


def test_a_room_that_was_left_on_a_hub_keeps_none_from_opening_here(tmp_path: Path) -> None:
    running.write_on_hub(tmp_path, address=f"{ADDRESS}/K7QF2M/", token="of the hub")
    assert running.write(tmp_path, port=8100, token="of here")
    assert (running.read(tmp_path) or {})["token"] == "of here"


def test_the_steps_lead_to_a_hubs_wall_until_the_day_is_ended_wherever_that_was_done(
    doors: FileDoors, tmp_path: Path
) -> None:
    folder, store, door = tmp_path / "first", doors.stores["first"], doors.doors["first"]
    before = handlers.opened(folder)[1]
    running.write_on_hub(folder, address=f"{ADDRESS}/{door.name}/", token=door.token)
    partnership, mark = handlers.opened(folder)
    assert mark != before
    assert door.token not in mark
    assert handlers.has_room(folder, partnership)
    store.close_door()
    assert not handlers.has_room(folder, partnership)


def test_stopping_a_room_of_a_hub_waits_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def answer(_: RoomProcess, __: str, path: str, body: bytes | None = None) -> dict[str, object]:
        asked.append(path)
        return dict.fromkeys(("address", "link", "code", "shared", "rehearsal"), "")

    monkeypatch.setattr(RoomProcess, "_ask", answer)
    RoomProcess(f"{ADDRESS}/K7QF2M/", "token").stop()
    assert asked == ["", "/stop"]


def test_the_presenters_token_follows_no_redirect() -> None:
    asked: list[str] = []

    class Redirecting(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(302)
            self.send_header("location", "/elsewhere")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Redirecting) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        with pytest.raises(CtekitError, match="does not answer"):
            RoomProcess(f"http://127.0.0.1:{server.server_port}/K7QF2M/", "token")
        server.shutdown()
        thread.join(20)
    assert asked == ["/K7QF2M/presenter"]
