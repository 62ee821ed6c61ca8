"""The room: phones answer on a page of their own, served by a process of its own, never by the Jupyter server."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ctekit.model.errors import CtekitError

TOKEN = "CTEKIT_ROOM_TOKEN"

_NO_ROOM = (
    "The room needs a few small packages that are not installed. "
    "Install them with: python -m pip install 'ctekit[room]'. Paper works without."
)

_AWAY = "The room does not answer. Start it again: whoever has joined goes on where they were. Until then take paper."


class RoomProcess:
    """A room that runs; what a notebook holds of it.

    Attributes
    ----------
    round : str
        The round's id.
    address : str
        What people type into a phone.
    link : str
        What the QR code carries; joins without typing.
    code : str
        The join code.
    """

    def __init__(self, process: subprocess.Popen[bytes], round_id: str, token: str, listening: dict[str, Any]) -> None:
        self.round = round_id
        self.address: str = listening["address"]
        self.link: str = listening["link"]
        self.code: str = listening["code"]
        self.shared: bool = listening["shared"]
        self.process = process
        self._presenter = f"http://127.0.0.1:{listening['port']}/presenter"
        self._token = token

    @property
    def running(self) -> bool:
        """Whether the process lives. After a crash, `start` with the same round takes all phones back."""
        return self.process.poll() is None

    def serves(self, share: bool, address: str = "") -> bool:
        """Whether it runs, and is open to just that: this computer alone, a network, or the one of `address`."""
        return self.running and self.shared == share and (not address or urlsplit(self.address).hostname == address)

    def numbers(self) -> dict[str, Any]:
        """How many have joined and answered, whether it is closed or revealed, and the timer's seconds that are left.

        Never what they answered. In a room for slips, ``answered`` counts slips.

        Raises
        ------
        CtekitError
            The room does not answer.
        """
        return self._ask("GET", "")

    def close(self) -> dict[str, Any]:
        """Take no more answers."""
        return self._ask("POST", "/close")

    def reveal(self) -> dict[str, Any]:
        """Let the answers be looked at. The round is closed with it."""
        return self._ask("POST", "/reveal")

    def timer(self, minutes: float) -> dict[str, Any]:
        """Tell the phones how long there is; ``numbers()["left"]`` counts the seconds. Nothing closes by itself."""
        return self._ask("POST", f"/timer?minutes={float(minutes)}")

    def qr(self, scale: int = 8) -> str:
        """The link as a QR code: SVG with a title, black on white whatever the theme."""
        return qr(self.link, scale)

    def stop(self) -> None:
        """End the process. An open round stays open and can be started again. Stopping twice does no harm."""
        if self.process.stdin and not self.process.stdin.closed:
            self.process.stdin.close()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()

    def _ask(self, method: str, path: str) -> dict[str, Any]:
        request = urllib.request.Request(
            self._presenter + path, method=method, headers={"Authorization": f"Bearer {self._token}"}
        )
        # The way to our own computer leads over no proxy.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=10) as answer:
                numbers: dict[str, Any] = json.load(answer)
                return numbers
        except urllib.error.HTTPError as error:
            raise CtekitError(_trouble(error)) from error
        except (OSError, ValueError) as error:
            raise CtekitError(_AWAY) from error


def start(
    folder: str | os.PathLike[str],
    round_id: str,
    share: bool = False,
    port: int = 0,
    *,
    address: str = "",
) -> RoomProcess:
    """Open the room of a round in a process of its own; or take it up again after a crash.

    Parameters
    ----------
    folder : path
        Of the partnership.
    round_id : str
        An open round; see `ctekit.rounds.take_up`.
    share : bool
        Listen to a network, for phones. Else only this computer can open it.
    port : int
        0 for the one it had before, or a free one.
    address : str
        With `share`: this computer's in the network of the phones, where it is in several; "" for the likeliest.

    Returns
    -------
    RoomProcess
        It listens already.

    Raises
    ------
    CtekitError
        The round is closed, the port taken, this computer in no such network, or the packages are missing.
    """
    token = secrets.token_urlsafe(24)
    command = [sys.executable, "-P", "-m", "ctekit.room", str(Path(folder).absolute()), round_id, "--port", str(port)]
    process = subprocess.Popen(
        command + (["--share", "--address", address] if share else []),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, TOKEN: token},
        start_new_session=True,  # Ctrl+C and the interrupt button are for the notebook
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    first = json.loads(line) if line.startswith(b"{") else {"trouble": _why()}
    if "trouble" in first:
        process.kill()
        process.wait()
        raise CtekitError(first["trouble"])
    return RoomProcess(process, round_id, token, first)


def qr(link: str, scale: int = 8) -> str:
    """A link as a QR code in SVG.

    Parameters
    ----------
    link : str
    scale : int
        Pixels of one dot.

    Returns
    -------
    str
    """
    import segno

    drawn: str = segno.make(link, error="m").svg_inline(scale=scale, light="#fff", title="QR code: join the round")
    return drawn.replace("<svg ", '<svg role="img" ', 1)


def _trouble(error: urllib.error.HTTPError) -> str:
    try:
        return str(json.load(error)["trouble"])
    except (ValueError, KeyError, TypeError):
        return _AWAY


def _why() -> str:
    from importlib.util import find_spec

    if any(find_spec(name) is None for name in ("starlette", "uvicorn", "itsdangerous", "segno")):
        return _NO_ROOM
    return "The room could not be started. Try it in a terminal, where it says why: ctekit room"
