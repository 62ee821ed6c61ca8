"""The rooms that a notebook has opened for phones: one process a round, kept as long as the notebook's kernel."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ctekit.room import RoomProcess
    from ctekit.room.networks import Network


class Rooms:
    """Rooms of one partnership, by round.

    Parameters
    ----------
    folder : pathlib.Path
        The partnership's.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.processes: dict[str, RoomProcess] = {}

    def open(self, round_id: str, share: bool = False, address: str = "") -> RoomProcess:
        """The room of an open round, started unless it runs; see `ctekit.room.start`."""
        from ctekit import room

        process = self.processes.get(round_id)
        if process and process.serves(share, address):
            return process
        if process:
            process.stop()
        self.processes[round_id] = room.start(self.folder, round_id, share, address=address)
        return self.processes[round_id]

    def close(self, round_id: str) -> None:
        """End the room of a round, if it has one."""
        process = self.processes.pop(round_id, None)
        if process:
            process.stop()

    def networks(self) -> list[Network]:
        """The networks that a room can be shared with, the likeliest first."""
        from ctekit.room import networks

        return networks.networks()
