"""The parts of a spreadsheet: looked at before anything is unpacked, and written without a clock."""

from __future__ import annotations

import io
import re
import zipfile

from ctekit.interchange._contents import LARGEST, ImportRefusedError
from ctekit.model.zip_files import zipped

_MOST_PARTS = 300
_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
"""How files begin that Excel locked with a password, and .xls files."""

_NOT_TAKEN = "Nothing was changed."


def check(content: bytes) -> None:
    """See that a spreadsheet may be unpacked: its size, its parts, and that it holds no program.

    Raises
    ------
    ImportRefusedError
        It may not.
    """
    if content.startswith(_OLD_OR_LOCKED):
        raise ImportRefusedError(
            f"The file is locked with a password, or is an old .xls file. {_NOT_TAKEN} Save it as .xlsx without one."
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            _check_parts(parts)
    except ImportRefusedError:
        raise
    except Exception:  # zlib and others have errors of their own
        raise ImportRefusedError(
            f"The file is cut off or is no spreadsheet. {_NOT_TAKEN} Ask for it once more, or save it anew as .xlsx."
        ) from None


def _check_parts(parts: zipfile.ZipFile) -> None:
    entries = parts.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise ImportRefusedError(f"The file is locked with a password. {_NOT_TAKEN} Save it without one.")
    if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > LARGEST:
        raise ImportRefusedError(
            f"The file unpacks to more than {LARGEST // 1_000_000} MB, or has over {_MOST_PARTS} parts. {_NOT_TAKEN} "
            "Take out what ctekit did not write."
        )
    names = [entry.filename.lower() for entry in entries]
    if len(set(names)) < len(names) or "xl/workbook.xml" not in names:
        raise ImportRefusedError(f"The file is no spreadsheet. {_NOT_TAKEN} Save it as .xlsx.")
    if any("vbaproject" in name or "macrosheets" in name for name in names):
        raise ImportRefusedError(f"The file holds macros. {_NOT_TAKEN} Save it as .xlsx, which has none.")
    for entry in entries:
        if entry.filename.lower().endswith((".xml", ".rels")):
            text = parts.read(entry)  # no more than its size says, which was counted above
            if b"<!DOCTYPE" in text or b"<!ENTITY" in text or b"\0" in text[:64]:
                raise ImportRefusedError(
                    f"The file is not as a spreadsheet writes it. {_NOT_TAKEN} Save it anew as .xlsx."
                )


def without_clock(content: bytes) -> bytes:
    """The same spreadsheet with one date in it, so that the same answers give the same bytes."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        files = {name: parts.read(name) for name in parts.namelist()}
    core = "docProps/core.xml"
    files[core] = re.sub(rb"(<dcterms:\w+ [^>]*>)[^<]*", rb"\g<1>1980-01-01T00:00:00Z", files[core])
    return zipped(files)
