"""A Word file with fields, filled: answers go in as text, and nothing in the file is run or asked for elsewhere."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from ctekit.model.errors import CtekitError
from ctekit.model.zip_files import zipped
from ctekit.papers._fields import PLACE, Values

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FILLED = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_MOST_BYTES, _MOST_PARTS = 60_000_000, 500
_RUNS = {"vbaproject", "attachedtemplate", "oleobject", "package", "afchunk", "control", "subdocument", "frame"}
"""Kinds of relation to what Word runs, or reads as a part of the file."""
_COMMANDS = re.compile(r"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|DATABASE|LINK)\b", re.IGNORECASE)


def fill(content: bytes, values: Values) -> bytes:
    """Fill a Word file.

    Parameters
    ----------
    content : bytes
        Of the template.
    values : Values

    Returns
    -------
    bytes

    Raises
    ------
    CtekitError
        It is no Word file, too big, or runs or fetches something; or it names what is no field.
    """
    try:
        from lxml import etree  # type: ignore[import-untyped]
    except ImportError:
        raise CtekitError(
            f"{values.template} cannot be filled: what Word files need is not installed. "
            "Install it with `pip install 'ctekit[papers]'`, or use a template in Markdown."
        ) from None

    parts = _parts(content, values.template)
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        if any(
            name.endswith(".rels") and _runs_or_fetches(etree.fromstring(part, parser)) for name, part in parts.items()
        ):
            raise _refused(values.template, "it holds a macro, an object, or something that is fetched from elsewhere")
        for name, part in parts.items():
            if _FILLED.fullmatch(name):
                root = etree.fromstring(part, parser)
                _fill(root, values)
                parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    except etree.XMLSyntaxError:
        raise _refused(values.template, "it is damaged") from None
    return zipped(parts)


def _parts(content: bytes, template: str) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            infos = file.infolist()
            if len(infos) > _MOST_PARTS or sum(info.file_size for info in infos) > _MOST_BYTES:
                raise _refused(template, "it is too big")
            parts = {info.filename: file.read(info) for info in infos if not info.is_dir()}
    except CtekitError:
        raise
    except Exception:  # zlib and others have errors of their own
        raise _refused(template, "it is no Word file") from None
    if "word/document.xml" not in parts:
        raise _refused(template, "it is no Word file")
    return parts


def _runs_or_fetches(relations: Any) -> bool:
    """Whether a part is related to what runs, or to anything outside but by a link that somebody presses."""
    for relation in relations.iter("{*}Relationship"):
        kind = relation.get("Type", "").rstrip("/").rpartition("/")[2].lower()
        if kind in _RUNS or (relation.get("TargetMode", "").lower() == "external" and kind != "hyperlink"):
            return True
    return False


def _refused(template: str, why: str) -> CtekitError:
    return CtekitError(f"{template} cannot be used as a template: {why}. Save it in Word as a plain .docx file.")


def _fill(root: Any, values: Values) -> None:
    if any(_COMMANDS.search(code) for code in _codes(root)):
        raise _refused(values.template, "a field in it asks Word to fetch something")
    units: dict[Any, str] = {}
    for paragraph in root.iter(f"{_W}p"):
        text = "".join(part.text or "" for part in _texts(paragraph))
        if PLACE.search(text):
            unit = _unit(paragraph)
            units[unit] = f"{units.get(unit, '')}\n{text}"
    # A table in a cell of another first: its rows have to be there before the row around them is repeated.
    for unit, text in sorted(units.items(), key=lambda each: -sum(1 for _ in each[0].iterancestors())):
        rows = values.rows(text)
        copies = [copy.deepcopy(unit) for _ in rows[1:]]
        for place in reversed(copies):
            unit.addnext(place)
        for place, row in zip([unit, *copies], rows or (None,), strict=True):
            for paragraph in list(place.iter(f"{_W}p")):
                if _unit(paragraph) is place:
                    _fill_paragraph(paragraph, values, row)


def _codes(root: Any) -> Iterator[str]:
    """What the fields of a document say, each piece by itself and those of a paragraph together: Word cuts them."""
    for paragraph in root.iter(f"{_W}p"):
        yield "".join(part.text or "" for part in paragraph.iter(f"{_W}instrText"))
    yield from (part.text or "" for part in root.iter(f"{_W}instrText"))
    yield from (part.get(f"{_W}instr", "") for part in root.iter(f"{_W}fldSimple"))


def _unit(paragraph: Any) -> Any:
    """What is repeated for each row of a list that a paragraph names: its row of a table, or itself."""
    return next(paragraph.iterancestors(f"{_W}tr"), paragraph)


def _texts(paragraph: Any) -> Iterator[Any]:
    """The pieces of text of a paragraph; not those of a text box that hangs on it, which has paragraphs of its own."""
    for part in paragraph.iter(f"{_W}t"):
        if next(part.iterancestors(f"{_W}p")) is paragraph:
            yield part


def _fill_paragraph(paragraph: Any, values: Values, row: Any) -> None:
    """Put answers into a paragraph, however Word has cut its text in pieces; the first piece's letters stay."""
    parts = list(_texts(paragraph))
    text = "".join(part.text or "" for part in parts)
    for match in reversed(list(PLACE.finditer(text))):
        answer, at = values.words(match[1], row), 0
        for part in parts:
            piece = part.text or ""
            start, end = max(match.start() - at, 0), min(match.end() - at, len(piece))
            at += len(piece)
            if start < end:
                part.text = piece[:start] + answer + piece[end:]
                answer = ""
    if PLACE.search(text):
        for part in parts:
            _break_lines(part)


def _break_lines(part: Any) -> None:
    first, *others = (part.text or "").split("\n")
    part.text = first
    part.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    for line in reversed(others):
        text = copy.deepcopy(part)
        text.text = line
        part.addnext(text)
        part.addnext(part.makeelement(f"{_W}br", {}))
