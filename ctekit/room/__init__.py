"""The room: phones answer on a page of their own, served by a process of its own, never by the Jupyter server.

One process serves a partnership's whole day; see `ctekit.room.now` for what it tells whom.
"""

from __future__ import annotations

from ctekit.room.client import RoomProcess, RoomQuestion, qr
from ctekit.room.starting import find, start

__all__ = ["RoomProcess", "RoomQuestion", "find", "qr", "start"]
