"""Papers read back by other programs' readers: what they are built of, without the words, and the words."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from typing import Any

import html5lib
import icalendar
import mistune
import pikepdf
from lxml import etree
from pypdf import PdfReader

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SVG = "{http://www.w3.org/2000/svg}svg"


def read(form: str, content: bytes) -> tuple[str, str]:
    """What a file is built of, in order, and its words. The inside of a chart is left out of the first."""
    if form == "pdf":  # its words are read for long, so that `structure` leaves them
        return structure(form, content), words_on_sheets(content)
    built, words = _READERS.get(form, _text)(content)
    return _digest(built), words


def structure(form: str, content: bytes) -> str:
    """What a file is built of, as `read` gives it."""
    return _digest(_pdf(content) if form == "pdf" else _READERS.get(form, _text)(content)[0])


def _digest(built: list[str]) -> str:
    return hashlib.sha256("\n".join(built).encode()).hexdigest()  # what differs would be a page long


def _text(content: bytes) -> tuple[list[str], str]:
    """Of a format without signs of its own."""
    return [], content.decode()


def _html(content: bytes) -> tuple[list[str], str]:
    page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(content.decode())
    body = page.find("body")

    def walk(element: Any) -> Iterator[str]:
        if isinstance(element.tag, str) and element.tag != SVG:
            yield f"{element.tag} {sorted(element.attrib)}"
            for child in element:
                yield from walk(child)

    return list(walk(page)), "".join(body.itertext())


def _markdown(content: bytes) -> tuple[list[str], str]:
    plugins = ["table", "strikethrough", "footnotes", "url", "task_lists", "math", "def_list", "abbr", "mark", "insert"]
    tokens = mistune.create_markdown(renderer=None, plugins=plugins)(content.decode())
    kinds: list[str] = []
    words: list[str] = []

    def walk(token: dict[str, Any]) -> None:
        if token["type"] not in ("text", "softbreak", "linebreak", "blank_line"):
            kinds.append(token["type"])
        if token["type"] == "text":
            words.append(token["raw"])
        elif token["type"] == "inline_html":
            kinds.append(token["raw"])
        elif token["type"] in ("linebreak", "softbreak"):
            words.append("\n")
        for child in token.get("children", ()):
            walk(child)

    for token in tokens:
        walk(token)
    return kinds, "".join(words)


def _word(content: bytes) -> tuple[list[str], str]:
    kinds: list[str] = []
    words: list[str] = []
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert file.testzip() is None
        for name in sorted(file.namelist()):
            if not name.endswith((".xml", ".rels")):
                continue
            root = etree.fromstring(file.read(name), etree.XMLParser(resolve_entities=False, no_network=True))
            if name.startswith(("word/document", "word/footer")):
                kinds += [etree.QName(part).localname for part in root.iter(etree.Element)]
                kinds += [f"field {part.text}" for part in root.iter(f"{W}instrText")]
                words += [part.text or "" for part in root.iter(f"{W}t")]
            else:
                kinds += [f"{name} {etree.QName(part).localname}" for part in root.iter(etree.Element)]
    return kinds, "".join(words)


def _ics(content: bytes) -> tuple[list[str], str]:
    calendar = icalendar.Calendar.from_ical(content)
    parts = list(calendar.walk())
    kinds = [f"{part.name} {sorted(part)}" for part in parts]
    words = [str(part.get(name, "")) for part in parts for name in ("SUMMARY", "DESCRIPTION", "X-WR-CALNAME")]
    return kinds, "\n".join(words)


_READERS = {"html": _html, "ics": _ics, "markdown": _markdown, "word": _word}


def _pdf(content: bytes) -> list[str]:
    # Where a page ends amid words, Typst tags both parts; between a table and its caption, it puts each in a Div.
    passing = {"/Div", "/Em", "/Span", "/Strong"}
    return sorted(f"{kind} {scope}" for kind, scope, _ in tags(content) if kind not in passing)


def words_on_sheets(pdf: bytes) -> str:
    """The words of a PDF, but for those that lie beside the sheet, where nobody reads them."""
    words: list[str] = []
    for page in PdfReader(io.BytesIO(pdf)).pages:
        width, height = float(page.mediabox.width), float(page.mediabox.height)

        def keep(text: str, matrix: Any, place: Any, *_: Any, width: float = width, height: float = height) -> None:
            x, y = place[4] * matrix[0] + matrix[4], place[5] * matrix[3] + matrix[5]
            if text.strip() and 0 < x < width and 0 < y < height:
                words.append(text)

        page.extract_text(visitor_text=keep)
    return "".join(words)


def tags(content: bytes) -> list[tuple[str, str, bool]]:
    """The tags of a PDF in order: kind, scope of a header cell, whether something is in it."""
    with pikepdf.open(io.BytesIO(content)) as document:
        walked: list[tuple[str, str, bool]] = []

        def walk(element: Any) -> None:
            if not isinstance(element, pikepdf.Dictionary) or "/S" not in element:
                return
            parts = element.get("/K", pikepdf.Array())
            children = list(parts) if isinstance(parts, pikepdf.Array) else [parts]
            attributes = element.get("/A", pikepdf.Array())
            lists = list(attributes) if isinstance(attributes, pikepdf.Array) else [attributes]
            scope = next((str(part.Scope) for part in lists if "/Scope" in part), "")
            walked.append((str(element.S), scope, bool(children)))
            for child in children:
                walk(child)

        for child in document.Root.StructTreeRoot.K:
            walk(child)
        return walked
