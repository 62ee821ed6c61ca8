"""Sharing the room with the network: phones come in by the printed address, and only when it was asked for."""

from __future__ import annotations

import ipaddress
import socket
import sys
from urllib.parse import urlsplit

import httpx
import pytest

from ctekit import room
from ctekit.room import serving
from tests.room.conftest import Opened


def own_address() -> str:
    """This computer's address in a network; the test is skipped where it is in none."""
    for one in serving.reachable():
        try:
            if ipaddress.ip_address(one).version == 4:
                return one
        except ValueError:  # a name
            continue
    pytest.skip("this computer is in no network, so there is no address but its loopback")


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
        token = {"authorization": f"Bearer {opened.handle._token}"}
        assert phone.client.get("/presenter", headers=token).status_code == 401, "the presenter sits at this computer"
        assert phone.client.get("/room/", headers={"host": "evil.example"}).status_code == 421
    assert opened.handle.numbers()["answered"] == 2
    assert address.encode() not in (opened.folder / "partnership.ctekit").read_bytes()


def test_without_being_asked_it_listens_to_this_computer_alone(opened: Opened) -> None:
    address, port = own_address(), urlsplit(opened.handle.address).port
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"http://{address}:{port}/room/", trust_env=False)
    assert urlsplit(opened.handle.address).hostname == "127.0.0.1"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the computer's name leads to its addresses")
def test_on_a_hotspot_of_ones_own_an_address_is_known_though_no_way_leads_out(monkeypatch: pytest.MonkeyPatch) -> None:
    address = own_address()

    class NoWayOut(socket.socket):
        def connect(self, *_: object) -> None:
            raise OSError("Network is unreachable")

    def unknown(_: str) -> None:
        raise OSError("Name or service not known")

    monkeypatch.setattr(socket, "socket", NoWayOut)
    monkeypatch.setattr(socket, "gethostbyname_ex", unknown)
    assert address in serving.reachable()
