"""The room of a partnership on a hub: opened there, where phones reach it; see `ctekit.room.hub_server`."""

from __future__ import annotations

import datetime
import os
import time
from contextlib import closing
from pathlib import Path

from ctekit import rounds
from ctekit.model.errors import CtekitError
from ctekit.model.paths import STORE_FILE
from ctekit.room import running
from ctekit.room.client import RoomProcess
from ctekit.store import Store, open_store, pointer

VARIABLE = "CTEKIT_ROOMS"
"""The environment variable with the address of a hub's rooms, as phones open it: ``https://rooms.example.org``."""

PATIENCE = 15.0
"""Seconds until the hub must have seen that a room was opened. It looks once a second, and may be starting again."""


def rooms_of(folder: Path) -> str:
    """The address of the rooms of a hub, for a partnership that is kept on one.

    Parameters
    ----------
    folder : pathlib.Path
        Of the partnership.

    Returns
    -------
    str
        "" where the partnership is a file, or the hub has no rooms: then a room is a process on this computer.
    """
    address = os.environ.get(VARIABLE, "").rstrip("/")
    return address if address and pointer.read(folder / STORE_FILE) else ""


def start(folder: Path, rooms: str, round_id: str = "") -> RoomProcess:
    """The room of today on the hub: the one that is open, whoever has opened it, or a new one.

    Parameters
    ----------
    folder : pathlib.Path
        Of the partnership.
    rooms : str
        The address of the hub's rooms.
    round_id : str
        An open round to put before everybody; "" to leave what is there.

    Returns
    -------
    RoomProcess
        Phones can join already.

    Raises
    ------
    CtekitError
        The round is closed, or the hub's rooms do not answer.
    """
    with closing(open_store(folder / STORE_FILE)) as store:
        if round_id:
            refuse_closed(store, round_id)
        access = store.door(f"day-{datetime.date.today().isoformat()}")
    room = _joined(f"{rooms}/{access.name}/", access.token)
    running.write_on_hub(folder, address=f"{rooms}/{access.name}/", token=access.token)
    if round_id:
        room.act("show", round=round_id)
    return room


def refuse_closed(store: Store, round_id: str) -> None:
    """See that phones can join a round.

    Parameters
    ----------
    store : Store
        Where the round is kept.
    round_id : str
        The round's id.

    Raises
    ------
    CtekitError
        It is not open, or there is none.
    """
    round_ = rounds.find(store, round_id)
    if round_.state != "open":
        raise CtekitError(f"The round “{round_.name}” is closed, so nobody can join. Open a new one.")


def _joined(address: str, token: str) -> RoomProcess:
    ends = time.monotonic() + PATIENCE
    while True:
        try:
            return RoomProcess(address, token)
        except CtekitError as error:
            if time.monotonic() > ends:
                raise CtekitError(
                    f"The hub's rooms do not answer at {address}, so no phone could join. Open the room again; if that "
                    "fails too, tell whoever runs the hub, and take paper."
                ) from error
        time.sleep(0.3)
