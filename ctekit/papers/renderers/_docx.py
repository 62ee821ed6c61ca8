"""What every Word document needs and python-docx does not do: a clean template, one font, the same bytes each time."""

from __future__ import annotations

import functools
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from ctekit.model.zip_files import zipped

if TYPE_CHECKING:
    from docx.document import Document

_FONT = "Arial"
"""On every computer, or one with letters as wide in its place: so a page ends where we saw it end."""
_SPACES = {
    "Normal": (0, 4),
    "Title": (0, 4),
    "Subtitle": (0, 6),
    "Heading 2": (12, 4),
    "Heading 3": (8, 2),
    "Caption": (6, 3),
    "List Bullet": (0, 5),
    "List Number": (0, 5),
}
"""Points before and after a paragraph of each style; between two of a list there are none."""
_OWN_STYLES = {
    "Table Text": (9, 0.5, 0.5),
    "Table End": (4, 0, 0),
    "Field": (10, 0, 5),
    "Line To Fill In": (10, 10, 1),
    "Signed": (10, 40, 4),
}
"""Points of the letters of each of our own, and before and after a paragraph; above a name, room to sign by hand."""
_TABLE_STYLES = ("Normal Table", "Table Grid")
_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>ctekit</Application></Properties>"
)


def document(language: str) -> Document:
    """A new document without content, with our letters and sizes, in a language."""
    import docx

    return docx.Document(io.BytesIO(_template(language)))


@functools.cache
def style_id(name: str) -> str:
    """What a style is called inside our documents; looked up once: python-docx goes through all each time."""
    return str(document("en-US").styles[name].style_id)


@functools.cache
def _template(language: str) -> bytes:
    """Cleaned and styled once for all documents."""
    import docx

    document = docx.Document()
    _strip(document)
    _style(document, language)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _strip(document: Document) -> None:
    """Take out what python-docx's own template brings: a thumbnail, another program's name, a hundred styles."""
    package, part = document.part.package, document.part
    for owner in (package, part):
        for key, relation in list(owner.rels.items()):
            if relation.reltype.rsplit("/", 1)[-1] in ("thumbnail", "customXml", "stylesWithEffects"):
                del owner.rels[key]
    app = next(part for part in package.iter_parts() if part.partname == "/docProps/app.xml")
    app._blob = _APP
    styles = document.styles.element
    for each in list(styles.style_lst):
        if each.type is not None and each.type.name == "TABLE" and each.name_val not in _TABLE_STYLES:
            styles.remove(each)


def _style(document: Document, language: str) -> None:
    """Set letters, sizes and the language of all styles."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    for name, size in {
        "Normal": 10,
        "Title": 20,
        "Subtitle": 10,
        "Heading 2": 13,
        "Heading 3": 11,
        "Caption": 10,
    }.items():
        each = document.styles[name]
        each.font.size, each.font.color.rgb = Pt(size), RGBColor(0, 0, 0)
        each.font.italic = False
    for name, (size, before, after) in _OWN_STYLES.items():
        own = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        own.base_style, own.font.size = document.styles["Normal"], Pt(size)
        own.paragraph_format.space_before, own.paragraph_format.space_after = Pt(before), Pt(after)
    # Below the last field of a list alone, as below the last item of one.
    document.styles["Field"].element.get_or_add_pPr().append(element("w:contextualSpacing", {}))
    for fonts in document.styles.element.iter(qn("w:rFonts")):
        for key in list(fonts.attrib):
            del fonts.attrib[key]
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{script}"), _FONT)
    for each in document.styles.element.iter(qn("w:lang")):
        each.set(qn("w:val"), language)
    for name, (before, after) in _SPACES.items():
        layout = document.styles[name].paragraph_format
        layout.space_before, layout.space_after, layout.line_spacing = Pt(before), Pt(after), 1
    spacing = document.styles["Subtitle"].element.find(f".//{qn('w:spacing')}[@{qn('w:val')}]")
    if spacing is not None:
        spacing.getparent().remove(spacing)


def packed(document: bytes) -> bytes:
    """The same file with one date for all its parts and one order: the same parts always give the same bytes."""
    with zipfile.ZipFile(io.BytesIO(document)) as parts:
        names = sorted(parts.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        return zipped({name: parts.read(name) for name in names})


def element(tag: str, attributes: dict[str, str]) -> Any:
    """An element of Word's own language."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    child = OxmlElement(tag)
    for name, value in attributes.items():
        child.set(qn(name), value)
    return child


def new_numbering(document: Document) -> int:
    """The number of a new list of a document, that begins with 1."""
    numbering = document.part.numbering_part.element
    style = document.styles["List Number"].element.pPr.numPr.numId.val
    abstract = next(number for number in numbering.num_lst if number.numId == style).abstractNumId.val
    number = numbering.add_num(abstract)
    number.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(number.numId)


# Tables and words are built element by element: python-docx looks for a place for each, which takes twice as long.


def append_row(table: Any, widths: Sequence[int], style: str, is_whole: bool, height: int = 0) -> list[Any]:
    """Append a row to the element of a table.

    Parameters
    ----------
    table : element
    widths : sequence of int
        Of its cells, in Word's units of length.
    style : str
        The id of its paragraphs' style.
    is_whole : bool
        Whether no page ends amid it.
    height : int
        The least it has, in Word's units of length.

    Returns
    -------
    list of element
        The paragraph of each cell.
    """
    row, paragraphs = _within(table, "tr"), []
    properties = _within(row, "trPr")
    if is_whole:
        _within(properties, "cantSplit")
    if height:
        _within(properties, "trHeight", val=_twentieths(height), hRule="atLeast")
    for width in widths:
        cell = _within(row, "tc")
        _within(_within(cell, "tcPr"), "tcW", type="dxa", w=_twentieths(width))
        paragraph = _within(cell, "p")
        _within(_within(paragraph, "pPr"), "pStyle", val=style)
        paragraphs.append(paragraph)
    return paragraphs


def _twentieths(length: int) -> str:
    """A length in twentieths of a point."""
    return str(round(length / 635))


def align(table: Any) -> None:
    """Let the frame of a table begin where the text does: Word begins with its words, so that the frame hangs out."""
    margin = element("w:tblInd", {"w:w": str(_CELL_MARGIN), "w:type": "dxa"})
    table.tblPr.insert_element_before(margin, "w:tblLayout", "w:tblLook", "w:tblCaption")


def align_right(paragraph: Any) -> None:
    """Let the words of a paragraph end where its cell does, as figures do."""
    _within(paragraph.pPr, "jc", val="right")


_CELL_MARGIN = 108
"""Twentieths of a point between the frame of a cell and its words, as the style of tables has it."""


def keep_rows(table: Any) -> None:
    """Keep all rows of a table on one page."""
    _keep(table.tr_lst[:-1])


def keep_ends(table: Any) -> None:
    """Let neither the header of a long table stand alone on a page, nor its last row."""
    _keep([table.tr_lst[0], *table.tr_lst[1:][-2:-1]])


def _keep(rows: Iterable[Any]) -> None:
    for row in rows:
        for properties in row.iter(f"{_W}pPr"):
            properties.insert(1, element("w:keepNext", {}))


def mark_header(table: Any) -> None:
    """Say of the first row that it names the columns, and repeat it on each page."""
    _within(table.tr_lst[0].trPr, "tblHeader")


def append_run(paragraph: Any, words: str, *, bold: bool = False, italic: bool = False) -> None:
    """Append words to the element of a paragraph; a new line and a tab stay what they are.

    Parameters
    ----------
    paragraph : element
    words : str
    bold, italic : bool
    """
    run = _within(paragraph, "r")
    if bold or italic:
        _within(_within(run, "rPr"), "b" if bold else "i")
    for piece in _PIECES.findall(words):
        if piece in _SIGNS:
            _within(run, _SIGNS[piece])
        else:
            text = _within(run, "t")
            text.text = piece
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def append_field(paragraph: Any, name: str) -> None:
    """Append a number that Word reckons, such as that of the page, to the element of a paragraph."""
    for kind in ("begin", "", "end"):
        run = _within(paragraph, "r")
        if kind:
            _within(run, "fldChar", fldCharType=kind)
        else:
            _within(run, "instrText").text = name


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SIGNS = {"\n": "br", "\t": "tab"}
_PIECES = re.compile(r"[\n\t]|[^\n\t]+")


def _within(parent: Any, tag: str, **attributes: str) -> Any:
    """A new element at the end of another."""
    child = parent.makeelement(_W + tag, {_W + name: value for name, value in attributes.items()})
    parent.append(child)
    return child
