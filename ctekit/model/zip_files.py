"""Zip files that hold the same bytes whenever they hold the same things."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Files in one, in the order given, with one date for all and no trace of whose computer it was.

    Parameters
    ----------
    files : mapping of str to bytes
        By name.

    Returns
    -------
    bytes
    """
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            file.writestr(entry, content)
    return written.getvalue()
