"""A file of answers as a mailed page saves it: read as what a stranger sends, whole or not at all."""

from __future__ import annotations

import dataclasses
import json
import re
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from ctekit.model.errors import CtekitError
from ctekit.model.question import Json

FORMAT = 1
LARGEST = 5_000_000
"""Bytes of a file that is read."""

_MOST = 20_000
"""Entries of a file that is read."""

_BEGIN = '{"ctekit":"answers"'
_END = re.compile(r'(.*"end":")([0-9a-f]{8})"\}', re.DOTALL)
_ID = re.compile(r"[0-9a-f]{32}")
_ROW = re.compile(r"(?:[a-z]{1,30}-\*?[0-9]{1,9})?")
_FIELD = re.compile(r"[a-z_]{1,60}(?:/[a-z_]{1,60}(?:-[0-9]{1,9})?)?")
_TIME = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")


class WrongFileError(CtekitError):
    """A file cannot be taken in. One sentence or two say why; nothing was written."""


@dataclass(frozen=True)
class Entry:
    """One change that somebody made in a mailed page.

    Attributes
    ----------
    uid : str
        Made in the page, once; a later file of the same page holds it again.
    worksheet, row, field : str
        Where; a row that was added there is called ``x-*1``.
    value : object
        The answer; of ``"row"`` where it stands, or None where it was deleted.
    at : str
        When it went into a file (ISO 8601, UTC), by that computer's clock; "" if it does not say.
    """

    uid: str
    worksheet: str
    row: str
    field: str
    value: Json = dataclasses.field(repr=False)
    at: str


@dataclass(frozen=True)
class Answers:
    """What a file says of itself, and its entries, oldest first.

    Attributes
    ----------
    letter, partnership : str
        Ids.
    entries : tuple of Entry
    """

    letter: str
    partnership: str
    entries: tuple[Entry, ...]


def read(path: Path) -> Answers:
    """Read a file of answers. Nothing is written.

    Parameters
    ----------
    path : pathlib.Path

    Returns
    -------
    Answers

    Raises
    ------
    WrongFileError
        It is no such file, cannot be read, or was cut or changed.
    """
    try:
        if not path.is_file():
            raise WrongFileError(f"There is no file {path}. Check its name.")
        size = path.stat().st_size
        if size > LARGEST:
            raise WrongFileError(
                f"{path.name} has {size:,} bytes, and {LARGEST:,} are read at most. Nothing was written. "
                "Ask for the file that “Save my answers” made."
            )
        content = path.read_bytes()
    except OSError as error:
        raise WrongFileError(
            f"{path.name} could not be read ({error.strerror or error}). Nothing was written. "
            "Save it once more where you may read it, then try again."
        ) from None
    return parse(content, path.name)


def parse(content: bytes, name: str) -> Answers:
    """Read what a file of answers holds.

    Parameters
    ----------
    content : bytes
    name : str
        Of the file, for messages.

    Returns
    -------
    Answers

    Raises
    ------
    WrongFileError
        It is no such file, or was cut or changed.
    """
    try:
        text = content.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        text = ""
    if not text.startswith(_BEGIN):
        raise WrongFileError(
            f"{name} is not a file of answers to a mailed worksheet. Nothing was written. "
            "Ask for the file that “Save my answers” made, or for its text."
        )
    match = _END.fullmatch(text)
    if match is None or f"{zlib.crc32(match[1].encode()):08x}" != match[2]:
        raise WrongFileError(
            f"{name} was cut off or changed since the page saved it. Nothing was written. Ask for it once more."
        )
    try:
        answers = _shaped(json.loads(text, parse_constant=_refuse))
    except (ValueError, RecursionError, KeyError, TypeError):
        raise WrongFileError(
            f"{name} holds what no mailed page of this version saves. Nothing was written. "
            "Was it changed by hand, or made by a newer version? Ask for the file that “Save my answers” made."
        ) from None
    if len({entry.uid for entry in answers.entries}) < len(answers.entries):
        raise WrongFileError(
            f"{name} holds two changes under one id, as no mailed page saves them. It was changed by hand. "
            "Nothing was written. Ask for the file that “Save my answers” made."
        )
    return answers


def _shaped(data: Any) -> Answers:
    entries = data["entries"]
    if data["format"] != FORMAT or not isinstance(entries, list) or len(entries) > _MOST:
        raise ValueError(data["format"])
    return Answers(_fitting(_ID, data["mail"]), str(data["partnership"]), tuple(_entry(**entry) for entry in entries))


def _entry(uid: Any, worksheet: Any, row: Any, field: Any, value: Any, at: Any = "") -> Entry:
    when = at if isinstance(at, str) and _TIME.fullmatch(at) else ""
    places = (_fitting(_ID, uid), _fitting(_FIELD, worksheet), _fitting(_ROW, row), _fitting(_FIELD, field))
    return Entry(*places, value, when)


def _fitting(pattern: re.Pattern[str], text: Any) -> str:
    if not isinstance(text, str) or not pattern.fullmatch(text):
        raise ValueError(text)
    return text


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)
