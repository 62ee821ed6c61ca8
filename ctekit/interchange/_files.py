"""Writing files of answers, and taking them in."""

from __future__ import annotations

import re
import uuid
from dataclasses import replace
from pathlib import Path
from typing import cast

from ctekit import worksheets
from ctekit.interchange import _cells, _json
from ctekit.interchange._changes import Format, Plan
from ctekit.interchange._contents import LARGEST, Contents, ImportRefusedError
from ctekit.interchange._snapshot import Snapshot
from ctekit.model.errors import CtekitError
from ctekit.store import Revision, SaveResult, Store

SUFFIXES = (".xlsx", ".json")
"""How the names of files of answers end."""

_ID = re.compile(r"[\w-]{1,64}")
_STATE = re.compile(r"[\w.-]{1,100}")


def write(store: Store, suffix: str, *, private: bool = False) -> bytes:
    """The answers of a partnership as a file; the same answers always give the same bytes.

    Parameters
    ----------
    store : Store
    suffix : str
        ``".xlsx"`` or ``".json"``.
    private : bool
        Also what is for the facilitator only, and counts of small groups.

    Returns
    -------
    bytes

    Raises
    ------
    CtekitError
        There is no such format, or what it needs is not installed.
    """
    _known(suffix)
    snapshot = Snapshot(store.load(), private)
    state = _state(store.history(), private)
    if suffix == ".json":
        return _json.write(snapshot, store.partnership, state)
    need_openpyxl()
    from ctekit.interchange import _xlsx_write

    return _xlsx_write.write(snapshot, store.partnership, state)


def read(path: Path) -> tuple[Contents, Format]:
    """What a file says, and the format that can read its answers. Nothing is written.

    Parameters
    ----------
    path : pathlib.Path
        Its name ends with ``.xlsx`` or ``.json``.

    Returns
    -------
    contents : Contents
    form : Format

    Raises
    ------
    ImportRefusedError
        It is no file of ours, or may not be read.
    CtekitError
        What reads it is not installed.
    """
    _suffix(path.name)
    if not path.is_file():
        raise ImportRefusedError(f"There is no file {path}. Check its name.")
    if path.stat().st_size > LARGEST:
        raise ImportRefusedError(
            f"{path.name} has {path.stat().st_size:,} bytes, and {LARGEST:,} are read at most. Nothing was changed."
        )
    return parse(path.read_bytes(), path.name)


def parse(content: bytes, name: str) -> tuple[Contents, Format]:
    """What a file says that was read already, and the format that can read its answers. Nothing is written.

    Parameters
    ----------
    content : bytes
    name : str
        Of the file: its end tells the format.

    Returns
    -------
    contents : Contents
    form : Format

    Raises
    ------
    ImportRefusedError
        It is no file of ours.
    CtekitError
        What reads it is not installed.
    """
    suffix = _suffix(name)
    if suffix == ".json":
        return _json.parse(content), cast(Format, _json)
    need_openpyxl()
    from ctekit.interchange import _xlsx_read

    return _xlsx_read.parse(content), cast(Format, _cells)


def partnership_id(contents: Contents) -> str:
    """The id that a partnership made of a file has: its own, so that what is written in one place fits the other.

    Parameters
    ----------
    contents : Contents
        Of the file.

    Returns
    -------
    str

    Raises
    ------
    ImportRefusedError
        It is no id.
    """
    if not _ID.fullmatch(contents.partnership):
        raise ImportRefusedError(
            "The file names its partnership in no way that ctekit does. Nothing was made. Write it anew."
        )
    return contents.partnership


def take(store: Store, plan: Plan, contents: Contents) -> list[SaveResult]:
    """Write what a plan says, all or nothing.

    Parameters
    ----------
    store : Store
    plan : Plan
        What the file changes.
    contents : Contents
        What it says.

    Returns
    -------
    list of SaveResult
        Those with a conflict came too late; what stood there stays, and both are in the history.
    """
    token = f"import-{uuid.uuid4().hex}"
    edits = [replace(edit, uid=f"{token}.{number}") for number, edit in enumerate(plan.edits)]
    if edits and plan.makes_partnership and _STATE.fullmatch(contents.state):
        # Here as there it names the moment at which the answers stood so: a file of one merges into the other.
        edits[-1] = replace(edits[-1], uid=contents.state)
    return store.save(edits) if edits else []


def _state(history: list[Revision], private: bool) -> str:
    """The uid of the newest revision that the file tells of."""
    uids = [revision.uid for revision in history if private or not _is_private(revision)]
    return uids[-1] if uids else history[0].uid


def _is_private(revision: Revision) -> bool:
    kind = worksheets.every().get(revision.worksheet)
    return kind is None or kind.is_private(revision.field, revision.row)


def _suffix(name: str) -> str:
    """How a file's name ends, where that is one of ours."""
    suffix = Path(name).suffix.lower()
    if suffix in (".xlsm", ".xltm", ".xls", ".ods"):
        raise ImportRefusedError(f"{name} is no .xlsx file. Nothing was changed. Save it as .xlsx, then try again.")
    _known(suffix)
    return suffix


def _known(suffix: str) -> None:
    if suffix not in SUFFIXES:
        raise CtekitError(
            f"“{suffix or 'no ending'}” is no format of answers. Take a file that ends with .xlsx or .json."
        )


def need_openpyxl() -> None:
    """See that spreadsheets can be read and written.

    Raises
    ------
    CtekitError
        What does it is not installed.
    """
    try:
        import openpyxl as _  # noqa: F401
    except ImportError:
        raise CtekitError(
            "Spreadsheets need what is not installed. Install it with `pip install 'ctekit[papers]'`, or take .json."
        ) from None
