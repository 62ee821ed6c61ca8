"""Sharing the room with the network: phones come in by the printed address, and only when it was asked for."""

from __future__ import annotations

import json
import re
import socket
import sys
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import httpx
import pytest

from ctekit import room, rounds
from ctekit.jupyter.partnership import Partnership
from ctekit.model.errors import CtekitError
from ctekit.room import console, networks
from tests.room.conftest import Opened
from tests.waiting import until


def own_address() -> str:
    """This computer's address in a network; the test is skipped where it is in none."""
    there = networks.networks()
    if not there:
        pytest.skip("this computer is in no network, so there is no address but its loopback")
    return there[0].address


def test_a_phone_joins_by_the_address_that_is_printed(opened: Opened) -> None:
    address = own_address()
    opened.handle.stop()
    opened.handle = room.start(opened.folder, opened.round.id, share=True)
    assert urlsplit(opened.handle.address).hostname == address
    assert opened.handle.shared
    typing = opened.phone()
    typing.page = typing.post("/room/code", {"code": opened.handle.code}).text
    for phone in (typing, opened.phone().join()):
        assert phone.send(answers={"2.1": "3"}).url.path == "/room/thanks"
        token = {"authorization": f"Bearer {opened.handle.token}"}
        assert phone.client.get("/presenter", headers=token).status_code == 401, "the presenter sits at this computer"
        assert phone.client.get("/room/", headers={"host": "evil.example"}).status_code == 421
    assert opened.numbers()["answered"] == 2
    assert address.encode() not in (opened.folder / "partnership.ctekit").read_bytes()


def test_without_being_asked_it_listens_to_this_computer_alone(opened: Opened) -> None:
    address, port = own_address(), urlsplit(opened.handle.address).port
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"http://{address}:{port}/room/", trust_env=False)
    assert urlsplit(opened.handle.address).hostname == "127.0.0.1"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the loopback has one address")
def test_a_shared_room_listens_in_its_one_network_and_in_no_other(opened: Opened) -> None:
    address = own_address()
    opened.handle.stop()
    opened.handle = room.start(opened.folder, opened.round.id, share=True, address=address)
    port = urlsplit(opened.handle.address).port
    for host in (address, "127.0.0.1"):
        assert httpx.get(f"http://{host}:{port}/room/", trust_env=False).status_code == 200
    with pytest.raises(httpx.ConnectError):  # whoever listens everywhere listens here too
        httpx.get(f"http://127.0.0.2:{port}/room/", trust_env=False)
    assert opened.numbers()["state"] == "open"
    assert opened.handle.serves(True, address)
    assert not opened.handle.serves(True, "192.0.2.99")
    assert not opened.handle.serves(False)


def test_an_address_that_this_computer_has_not_is_said_with_those_it_has(opened: Opened) -> None:
    with pytest.raises(CtekitError, match=rf"no address “10.9.8.7”. Choose one of these: {re.escape(own_address())}"):
        room.start(opened.folder, opened.round.id, share=True, address="10.9.8.7")


def test_on_a_hotspot_of_ones_own_an_address_is_known_though_no_way_leads_out(monkeypatch: pytest.MonkeyPatch) -> None:
    address = own_address()

    class NoWayOut(socket.socket):
        def connect(self, *_: object) -> None:
            raise OSError("Network is unreachable")

    monkeypatch.setattr(socket, "socket", NoWayOut)
    assert address in [network.address for network in networks.networks()]


@pytest.fixture
def several(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tunnel that has the way out, a Wi-Fi, a card without an address of its own, and one that is off."""
    cards = {
        "lo": ("127.0.0.1", "up,loopback,running", True),
        "tun0": ("10.8.0.2", "up,pointopoint,running", True),
        "eth0": ("169.254.7.7", "up,broadcast,running", True),
        "wlan0": ("192.168.1.5", "up,broadcast,running", True),
        "eth1": ("192.168.9.9", "broadcast", False),
    }
    addresses = {name: [SimpleNamespace(family=socket.AF_INET, address=card[0])] for name, card in cards.items()}
    addresses["wlan0"].append(SimpleNamespace(family=socket.AF_INET6, address="fe80::1"))
    stats = {name: SimpleNamespace(flags=card[1], isup=card[2]) for name, card in cards.items()}
    monkeypatch.setattr("psutil.net_if_addrs", lambda: addresses)
    monkeypatch.setattr("psutil.net_if_stats", lambda: stats)
    monkeypatch.setattr(networks, "_routed", lambda: "10.8.0.2")


def test_where_phones_hardly_are_comes_last(several: None) -> None:
    assert list(map(str, networks.networks())) == ["192.168.1.5 (wlan0)", "10.8.0.2 (tun0)", "169.254.7.7 (eth0)"]
    assert networks.choose().address == "192.168.1.5"
    assert networks.choose(" 10.8.0.2 ").name == "tun0"


def test_a_computer_in_no_network_shares_with_nobody_and_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("psutil.net_if_addrs", lambda: {})
    with pytest.raises(CtekitError, match="in no network.*Join a network, or switch on the computer's own hotspot"):
        networks.choose()


@pytest.mark.slow  # a room of its own
def test_a_terminal_says_which_network_was_taken_and_how_to_take_another(
    several: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Opened(tmp_path, "exit")
    opened.handle.stop()
    printed: list[str] = []
    served: dict[str, object] = {}
    monkeypatch.setattr(console, "serve", lambda *_, **how: served.update(how))
    try:
        console.run(tmp_path, "exit", share=True, port=0, say=lambda *lines: printed.extend(lines))
        assert printed[:2] == [
            "This computer is in 3 networks. The room is open in one of them: 192.168.1.5 (wlan0).",
            "If the phones are in another, stop and choose it with --address: 10.8.0.2 (tun0), 169.254.7.7 (eth0).",
        ]
        console.run(tmp_path, "exit", share=True, address="10.8.0.2", port=0, say=lambda *_: None)
        assert served["address"] == "10.8.0.2"
        rounds = len(opened.store.rounds())
        with pytest.raises(CtekitError, match="no address"):
            console.run(tmp_path, "quick", share=True, address="10.0.0.1", port=0, say=lambda *_: None)
        assert len(opened.store.rounds()) == rounds, "no round is left behind that nobody can join"
    finally:
        opened.end()


@pytest.mark.slow  # a room of its own
def test_a_notebook_asks_which_network_where_there_are_several(several: None, tmp_path: Path) -> None:
    Opened(tmp_path, "exit").end()
    partnership = Partnership(tmp_path)
    desk = partnership.rate("exit").live()
    desk.press("door")
    html = desk.draw()
    assert "In which of these networks are the phones?" in html
    assert html.index('value="192.168.1.5" checked') < html.index('value="10.8.0.2"')
    asked: list[tuple[object, ...]] = []
    desk.rooms.open = lambda *how: asked.append(how)
    desk.press("share", "", json.dumps({f"{desk.name} address": "10.8.0.2"}))
    assert asked[0][1:] == (True, "10.8.0.2")


def test_the_room_goes_on_after_its_round_and_is_opened_to_the_network_without_a_new_join(opened: Opened) -> None:
    own_address()
    phone = opened.phone().join()
    opened.handle.act("close")
    assert "This round is closed" in phone.look()
    code = opened.handle.code
    opened.handle = room.start(opened.folder, share=True)
    assert (opened.handle.shared, opened.handle.code) == (True, code)
    rounds.open_round(opened.store, "exit")
    until(lambda: "worth the time" in phone.look(), "the room looks again and again")
