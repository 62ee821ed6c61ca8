"""A partnership on a hub: its folder holds a pointer, a small file of text, where a laptop has the store's file.

The pointer says where the database is and which partnership is meant, and nothing secret. Whoever opens it has the
address, with user name and password, in the environment; so a pointer that a stranger sent is never followed.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ctekit.store.connect import is_pointer
from ctekit.store.edits import StoreError
from ctekit.store.file import whole

if TYPE_CHECKING:
    from sqlalchemy import URL

VARIABLE = "CTEKIT_STORE"
"""The environment variable with the address of the database: ``postgresql+psycopg://USER:PASSWORD@HOST/DATABASE``."""

AGENCY_VARIABLE = "CTEKIT_AGENCY_STORE"
"""The same, for somebody of the state agency, who reads what was submitted and keeps no partnership there."""

_DRIVER = "postgresql+psycopg"
_EXAMPLE = f"Write it as {_DRIVER}://USER:PASSWORD@HOST/DATABASE."
_WORDS = "# The answers of this partnership are kept on a hub. The notebooks beside this file stay files.\n"


@dataclass(frozen=True)
class Pointer:
    """Where a partnership is kept.

    Attributes
    ----------
    store : str
        The address of the database, without user name and password.
    partnership : str
        The partnership's id.
    """

    store: str
    partnership: str


def read(path: Path) -> Pointer | None:
    """The pointer at a path; None where there is none.

    Raises
    ------
    StoreError
        It looks like one, and says nothing that can be used.
    """
    if not is_pointer(path):
        return None
    try:
        values = tomllib.loads(path.read_text("utf-8"))
        return Pointer(location(address(str(values["store"]))), str(values["partnership"]))
    except (OSError, ValueError, KeyError, StoreError):
        raise StoreError(
            f"“{path}” should say where on a hub its partnership is kept, and cannot be read. Ask whoever runs the hub."
        ) from None


def write(path: Path, pointer: Pointer) -> None:
    """Write a pointer where there is no file yet. It is there whole, or not at all."""
    with whole(path) as draft:
        draft.write_text(text(pointer), "utf-8")


def text(pointer: Pointer) -> str:
    """What the file says."""
    return f'{_WORDS}store = "{pointer.store}"\npartnership = "{pointer.partnership}"\n'


def address(words: str) -> URL:
    """The address of a database of a hub, read.

    Raises
    ------
    StoreError
        It is none.
    """
    from importlib.util import find_spec

    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    if not words:
        raise StoreError(f"Where is the hub's database? Give its address with --store, or set {VARIABLE}. {_EXAMPLE}")
    try:
        url = make_url(words)
    except (ArgumentError, ValueError):  # which would repeat the password
        raise StoreError(f"The address of the hub's database cannot be read. {_EXAMPLE}") from None
    if url.drivername not in ("postgresql", _DRIVER) or not url.database:
        raise StoreError(f"A hub keeps partnerships in PostgreSQL; this is the address of something else. {_EXAMPLE}")
    if find_spec("psycopg") is None:
        raise StoreError("PostgreSQL's driver is not installed. Install it with: pip install 'ctekit[hub]'")
    return url.set(drivername=_DRIVER)


def location(url: URL) -> str:
    """An address without what is secret, and without settings: two that are the same lead to the same database."""
    from sqlalchemy.util import immutabledict

    places = {name: url.query[name] for name in ("host", "port") if name in url.query}
    return url._replace(username=None, password=None, query=immutabledict(places)).render_as_string()


def address_of(path: Path, pointer: Pointer) -> URL:
    """The address in the environment, if it is that of the database that a pointer names.

    Raises
    ------
    StoreError
        There is none, or another one's.
    """
    words = os.environ.get(VARIABLE, "")
    url = address(words) if words else None
    if url is None or location(url) != pointer.store:
        raise StoreError(
            f"“{path}” is kept on a hub, at {pointer.store}. Open it there; or set {VARIABLE} to that address, with "
            "your user name and password in it."
        )
    return url
