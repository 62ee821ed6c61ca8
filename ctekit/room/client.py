"""What a notebook, an app or a command holds of the room that runs; `ctekit.room.starting` finds or starts it."""

from __future__ import annotations

import json
import subprocess
import time
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlsplit

from ctekit.model.errors import CtekitError

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

    Parameters
    ----------
    place : str
        Where this computer reaches it: ``"http://127.0.0.1:8100/"``, or its address on a hub.
    """

    def __init__(self, place: str, token: str, process: subprocess.Popen[bytes] | None = None) -> None:
        self.process, self._place, self.token = process, place, token
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
        """Whether it is open to just that: this computer alone, a network, or the one of `address`.

        Parameters
        ----------
        share : bool
        address : str

        Returns
        -------
        bool
        """
        return self.shared == share and (not address or urlsplit(self.address).hostname == address)

    def now(self) -> dict[str, Any]:
        """What stands in the room; see `ctekit.room.now.Now`. Never an answer before its round is revealed.

        Returns
        -------
        dict

        Raises
        ------
        CtekitError
            The room does not answer.
        """
        return self._ask("GET", "")

    def act(self, name: str, **fields: object) -> dict[str, Any]:
        """Do one of `ctekit.room.acts`.

        Parameters
        ----------
        name : str
            Such as ``"open"``.
        **fields : object
            What the act asks for, such as ``about="exit"``.

        Returns
        -------
        dict
            What stands in the room then.

        Raises
        ------
        RoomQuestion
            It has to be confirmed first: do it again with ``sure=1``.
        CtekitError
            It cannot be done; one sentence.
        """
        return self._ask("POST", f"/{name}", json.dumps(fields).encode())

    def outcome(self) -> dict[str, Any]:
        """The ideas to be sorted and what the room chose; see `ctekit.room.idea_acts.outcome`.

        Returns
        -------
        dict
        """
        return self._ask("GET", "/outcome")

    def screens(self) -> dict[str, str]:
        """The addresses of the wall and of the lead's view. Whoever has one may see and do what is there.

        Returns
        -------
        dict
            ``"wall"`` and ``"lead"``.
        """
        tokens = self._ask("GET", "/screens")
        return {
            "wall": f"{self._place}wall/{tokens['wall']}",
            "lead": f"{self.address}lead/{tokens['lead']}",
        }

    def qr(self, scale: int = 8) -> str:
        """The link as a QR code: SVG with a title, black on white whatever the theme.

        Parameters
        ----------
        scale : int
            Pixels of one dot.

        Returns
        -------
        str
        """
        return qr(self.link, scale)

    def stop(self) -> None:
        """End the process, not the day: started again, it takes all phones back. Stopping twice does no harm."""
        try:
            self.act("stop")
        except CtekitError:
            return
        if urlsplit(self._place).path == "/":  # on a hub each question makes the room anew
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
            f"{self._place}presenter{path}", body, {"Authorization": f"Bearer {self.token}"}, method=method
        )
        # The way to our own computer leads over no proxy.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirects)
        try:
            with opener.open(request, timeout=10) as answer:
                reply: dict[str, Any] = json.load(answer)
                return reply
        except urllib.error.HTTPError as error:
            raise _trouble(error) from error
        except (OSError, ValueError) as error:
            raise CtekitError(_AWAY) from error


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Go nowhere else: the token would go along."""


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
        reply = json.load(error)
        return RoomQuestion(reply["question"]) if "question" in reply else CtekitError(reply["trouble"])
    except (ValueError, KeyError, TypeError):
        return CtekitError(_AWAY)
