"""The room of a partnership, as its panels in one notebook see it: the one that runs, whoever has started it."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ctekit.model.errors import CtekitError

if TYPE_CHECKING:
    from ctekit.room import RoomProcess
    from ctekit.room.networks import Network

_FRESH = 0.3
"""Seconds for which what stands in the room is not asked again: several panels of a notebook ask at once."""


class Rooms:
    """The room of one partnership.

    Parameters
    ----------
    folder : pathlib.Path
        The partnership's.

    Attributes
    ----------
    process : RoomProcess or None
        The room, once it was opened or found; it may have stopped since.
    chosen : str or None
        The address of the network that it was opened to last from here, "" for this computer alone; None where no
        network was named.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.process: RoomProcess | None = None
        self.chosen: str | None = None
        self._now: dict[str, Any] | None = None
        self._asked = -1.0

    def open(
        self, round_id: str = "", share: bool = False, address: str = "", *, rehearsal: bool = False
    ) -> RoomProcess:
        """The room, started unless it runs, with a round before everybody; see `ctekit.room.start`."""
        from ctekit import room

        process = room.start(self.folder, round_id, share, address=address, rehearsal=rehearsal)
        self.chosen = address or (None if share else "")
        if self.process is None or self.process.token != process.token:
            self.process = process
        self.look_again()
        return self.process

    def show(self, round_id: str) -> None:
        """Put a round before everybody in the room that runs."""
        if self.now() is None or self.process is None:
            raise CtekitError("The room has stopped. Open it again.")
        self.process.act("show", round=round_id)
        self.look_again()

    def forget(self) -> None:
        """Know nothing of a room that has ended."""
        self.process, self._asked = None, -1.0

    def look_again(self) -> None:
        """Something was done in the room: ask it anew."""
        self._asked = -1.0

    def now(self) -> dict[str, Any] | None:
        """What stands in the room; None where none runs. See `ctekit.room.now.Now`."""
        if time.monotonic() - self._asked > _FRESH:
            self._now, self._asked = self._look(), time.monotonic()
        return self._now

    def _look(self) -> dict[str, Any] | None:
        from ctekit import room

        with suppress(CtekitError):
            if self.process:
                return self.process.now()
        with suppress(CtekitError):  # it may end just after it was found
            # Another notebook may have started it again, or opened it to the network.
            if running := room.find(self.folder):
                self.process = running
                return running.now()
        return None

    @property
    def hub(self) -> str:
        """The address of the hub's rooms, which all phones reach; "" where the room opens on this computer."""
        from ctekit.room import hub

        return hub.rooms_of(self.folder)

    def networks(self) -> list[Network]:
        """The networks that a room can be shared with, the likeliest first."""
        from ctekit.room import networks

        return networks.networks()
