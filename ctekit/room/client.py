"""What a notebook, an app or a command holds of the room: the one of this folder, found or started."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ctekit.model.errors import CtekitError
from ctekit.room import running

TOKEN = "CTEKIT_ROOM_TOKEN"

_NO_ROOM = (
    "The room needs a few small packages that are not installed. "
    "Install them with: python -m pip install 'ctekit[room]'. Paper works without."
)

_AWAY = "The room does not answer. Start it again: whoever has joined goes on where they were. Until then take paper."


class RoomQuestion(CtekitError):
    """Something has to be confirmed before it is done."""


class RoomProcess:
    """A room that runs; what a notebook holds of it.

    Attributes
    ----------
    address : str
        What people type into a phone.
    link : str
        What the QR code carries; joins without typing.
    code : str
        The join code.
    shared : bool
        Whether phones in the network can reach it.
    rehearsal : bool
        Whether all of it will be thrown away.
    token : str
        The presenter's: whoever has it may do what a notebook may.
    process : Popen or None
        None where something else has started it.
    """

    def __init__(self, port: int, token: str, process: subprocess.Popen[bytes] | None = None) -> None:
        self.process = process
        self._presenter, self.token = f"http://127.0.0.1:{port}/presenter", token
        now = self.now()
        self.address: str = now["address"]
        self.link: str = now["link"]
        self.code: str = now["code"]
        self.shared: bool = now["shared"]
        self.rehearsal: bool = now["rehearsal"]

    @property
    def running(self) -> bool:
        """Whether it answers. After a crash, `start` takes all phones back."""
        try:
            self.now()
        except CtekitError:
            return False
        return True

    def serves(self, share: bool, address: str = "") -> bool:
        """Whether it is open to just that: this computer alone, a network, or the one of `address`."""
        return self.shared == share and (not address or urlsplit(self.address).hostname == address)

    def now(self) -> dict[str, Any]:
        """What stands in the room; see `ctekit.room.now.Now`. Never an answer before its round is revealed.

        Raises
        ------
        CtekitError
            The room does not answer.
        """
        return self._ask("GET", "")

    def act(self, name: str, **fields: object) -> dict[str, Any]:
        """Do one of `ctekit.room.acts`; what stands in the room then.

        Raises
        ------
        RoomQuestion
            It has to be confirmed first: do it again with ``sure=1``.
        CtekitError
            It cannot be done; one sentence.
        """
        return self._ask("POST", f"/{name}", json.dumps(fields).encode())

    def screens(self) -> dict[str, str]:
        """The addresses of the wall and of the lead's view. Whoever has one may see and do what is there."""
        tokens = self._ask("GET", "/screens")
        port = urlsplit(self._presenter).port
        return {
            "wall": f"http://127.0.0.1:{port}/wall/{tokens['wall']}",
            "lead": f"{self.address}lead/{tokens['lead']}",
        }

    def qr(self, scale: int = 8) -> str:
        """The link as a QR code: SVG with a title, black on white whatever the theme."""
        return qr(self.link, scale)

    def stop(self) -> None:
        """End the process, not the day: started again, it takes all phones back. Stopping twice does no harm."""
        try:
            self.act("stop")
        except CtekitError:
            return
        self._wait()

    def end(self) -> None:
        """End the day: nobody's pass is worth anything any more. Ending twice does no harm."""
        try:
            self.act("end")
        except CtekitError:
            return
        self._wait()

    def _wait(self) -> None:
        until = time.monotonic() + 8
        while self.running and time.monotonic() < until:
            time.sleep(0.05)
        if self.process:
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def _ask(self, method: str, path: str, body: bytes | None = None) -> dict[str, Any]:
        request = urllib.request.Request(
            self._presenter + path, body, {"Authorization": f"Bearer {self.token}"}, method=method
        )
        # The way to our own computer leads over no proxy.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=10) as answer:
                told: dict[str, Any] = json.load(answer)
                return told
        except urllib.error.HTTPError as error:
            raise _trouble(error) from error
        except (OSError, ValueError) as error:
            raise CtekitError(_AWAY) from error


def find(folder: str | os.PathLike[str]) -> RoomProcess | None:
    """The room of a folder that runs, whoever has started it.

    Parameters
    ----------
    folder : path
        Of the partnership.

    Returns
    -------
    RoomProcess or None
        None where none runs.
    """
    written = running.read(Path(folder))
    if written is None:
        return None
    try:
        return RoomProcess(written["port"], written["token"])
    except CtekitError:
        return None


def start(
    folder: str | os.PathLike[str],
    round_id: str = "",
    share: bool = False,
    port: int = 0,
    *,
    address: str = "",
    rehearsal: bool = False,
) -> RoomProcess:
    """The room of today: the one that runs, or a process of its own; also after a crash.

    Parameters
    ----------
    folder : path
        Of the partnership.
    round_id : str
        An open round to put before everybody; see `ctekit.rounds.take_up`. "" to leave what is there.
    share : bool
        Listen to a network, for phones. Else only this computer can open it. A room that runs is opened to it.
    port : int
        0 for the one it had before, or a free one.
    address : str
        With `share`: this computer's in the network of the phones, where it is in several; "" for the likeliest.
    rehearsal : bool
        Work on a copy that is thrown away.

    Returns
    -------
    RoomProcess
        It listens already.

    Raises
    ------
    CtekitError
        The round is closed, the port taken, this computer in no such network, or the packages are missing.
    """
    folder = Path(folder).absolute()
    room = find(folder)
    if room and room.rehearsal != rehearsal:
        runs, wanted = ("A rehearsal", "real day") if room.rehearsal else ("The real day", "rehearsal")
        raise CtekitError(f"{runs} is open. End it first, then open the {wanted}.")
    if room and (room.serves(share, address) or (room.shared and not share)):
        if round_id:
            room.act("show", round=round_id)
        return room
    if room:
        room.stop()
    return _started(folder, round_id, share, port, address, rehearsal)


def _started(folder: Path, round_id: str, share: bool, port: int, address: str, rehearsal: bool) -> RoomProcess:
    left = running.read(folder)
    if left:  # by a room that was killed
        running.remove(folder, left["token"])
    token = secrets.token_urlsafe(24)
    command = [sys.executable, "-P", "-m", "ctekit.room", str(folder), *([round_id] if round_id else [])]
    command += ["--port", str(port), "--keeper", str(_keeper())]
    command += (["--share", "--address", address] if share else []) + (["--rehearsal"] if rehearsal else [])
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # it outlives whoever started it, and whose error output that is
        env={**os.environ, TOKEN: token},
        start_new_session=True,  # Ctrl+C and the interrupt button are for the notebook
    )
    assert process.stdout is not None
    with process.stdout as told:
        line = told.readline()
    first: dict[str, Any] = json.loads(line) if line.startswith(b"{") else {"trouble": _why()}
    if "trouble" in first:
        process.kill()
        process.wait()
        if room := find(folder):  # another notebook was faster
            return room
        raise CtekitError(first["trouble"])
    return RoomProcess(first["port"], token, process)


def _keeper() -> int:
    """With which process a room that is started here ends: the Jupyter server of this kernel, else this program."""
    server = os.environ.get("JPY_PARENT_PID", "")
    return int(server) if server.isdigit() and int(server) > 1 else os.getpid()


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

    drawn: str = segno.make(link, error="m").svg_inline(scale=scale, light="#fff", title="QR code: join the room")
    return drawn.replace("<svg ", '<svg role="img" ', 1)


def _trouble(error: urllib.error.HTTPError) -> CtekitError:
    try:
        told = json.load(error)
        return RoomQuestion(told["question"]) if "question" in told else CtekitError(told["trouble"])
    except (ValueError, KeyError, TypeError):
        return CtekitError(_AWAY)


def _why() -> str:
    from importlib.util import find_spec

    if any(find_spec(name) is None for name in ("starlette", "uvicorn", "itsdangerous", "segno")):
        return _NO_ROOM
    return "The room could not be started. Try it in a terminal, where it says why: ctekit room"
