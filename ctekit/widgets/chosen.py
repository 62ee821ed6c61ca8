"""Files that somebody chose in a panel, as its page sends them."""

from __future__ import annotations

import base64
import json

from ctekit.model.errors import CtekitError

_MOST = 200
"""Files that are read at once."""

_LONGEST_NAME = 120


def read_chosen(value: str) -> list[tuple[str, bytes]]:
    """The files of a message (``widgets/js/files.js``): the name of each, without a folder, and its content.

    Parameters
    ----------
    value : str
        JSON. A page is a stranger, and what it sends may be anything.

    Returns
    -------
    list of tuple of str and bytes

    Raises
    ------
    CtekitError
        It holds no files, or too many.
    """
    try:
        sent = json.loads(value)[: _MOST + 1]
        files = [(_name(file["name"]), base64.b64decode(file["content"], validate=True)) for file in sent]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise CtekitError("The files could not be read. Nothing was written. Choose them again.") from None
    if len(files) > _MOST:
        raise CtekitError(
            f"More than {_MOST} files were chosen, and so many are read at once. Nothing was written. Choose fewer."
        )
    return files


def _name(written: str) -> str:
    name = "".join(filter(str.isprintable, written.replace("\\", "/").rpartition("/")[2]))
    return name[-_LONGEST_NAME:] or "A file without a name"
