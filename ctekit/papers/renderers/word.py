"""A paper as a Word document: real headings, repeated header rows, alternative texts, a language. Needs python-docx."""

from __future__ import annotations

import datetime
import io
import zipfile
from functools import singledispatchmethod
from typing import TYPE_CHECKING, Any

from ctekit.model.text import printable
from ctekit.papers._blocks import (
    Fields,
    Gap,
    Heading,
    Items,
    Note,
    Paper,
    Paragraph,
    Signature,
    Table,
    Words,
    runs,
)
from ctekit.papers.renderers._missing import missing
from ctekit.views.render import long_day

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph as DocxParagraph

SUFFIX = ".docx"

_FONT = "Calibri"
_WIDTH = 6.5
"""Inches between the margins of a Letter page."""
_LABEL = 2.0


def render(paper: Paper) -> bytes:
    """Write a paper as a Word document.

    Raises
    ------
    CtekitError
        python-docx is not installed.
    """
    try:
        import docx  # noqa: F401
    except ImportError:
        raise missing("Word", paper) from None
    return _Document(paper).bytes()


class _Document:
    """One document, block by block."""

    def __init__(self, paper: Paper) -> None:
        from docx import Document
        from docx.shared import Inches

        self.paper = paper
        self.document = Document()
        section = self.document.sections[0]
        section.page_width, section.page_height = Inches(8.5), Inches(11)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Inches(1)
        self._strip()
        self._style()
        self._describe()
        self._foot()
        self.document.add_heading(printable(paper.title), 0)
        self.document.add_paragraph(printable(f"{paper.partnership} · {long_day(paper.day)}"), "Subtitle")
        for block in paper.blocks:
            self.add(block)

    def bytes(self) -> bytes:
        """The file; one date for all parts and one order, so that the same paper gives the same bytes."""
        written, packed = io.BytesIO(), io.BytesIO()
        self.document.save(written)
        with zipfile.ZipFile(written) as parts, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
            for name in sorted(parts.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
                entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
                file.writestr(entry, parts.read(name))
        return packed.getvalue()

    # What python-docx's own template brings and nobody needs: a thumbnail, another program's name, a hundred styles.

    def _strip(self) -> None:
        package, part = self.document.part.package, self.document.part
        for owner in (package, part):
            for key, relation in list(owner.rels.items()):
                if relation.reltype.rsplit("/", 1)[-1] in ("thumbnail", "customXml", "stylesWithEffects"):
                    del owner.rels[key]
        app = next(part for part in package.iter_parts() if part.partname == "/docProps/app.xml")
        app._blob = _APP
        styles = self.document.styles.element
        for style in list(styles.style_lst):
            if style.type is not None and style.type.name == "TABLE" and style.name_val not in _TABLE_STYLES:
                styles.remove(style)

    def _style(self) -> None:
        from docx.oxml.ns import qn
        from docx.shared import Pt, RGBColor

        for name, size in {
            "Normal": 11,
            "Title": 24,
            "Subtitle": 12,
            "Heading 2": 15,
            "Heading 3": 12,
            "Caption": 11,
        }.items():
            style = self.document.styles[name]
            style.font.size, style.font.color.rgb = Pt(size), RGBColor(0, 0, 0)
            style.font.italic = False
        for fonts in self.document.styles.element.iter(qn("w:rFonts")):
            for key in list(fonts.attrib):
                del fonts.attrib[key]
            for script in ("ascii", "hAnsi", "cs", "eastAsia"):
                fonts.set(qn(f"w:{script}"), _FONT)
        for language in self.document.styles.element.iter(qn("w:lang")):
            language.set(qn("w:val"), self.paper.language)
        self.document.styles["Normal"].paragraph_format.space_after = Pt(6)

    def _describe(self) -> None:
        properties, paper = self.document.core_properties, self.paper
        at = datetime.datetime.combine(paper.day, datetime.time())
        properties.title, properties.subject = printable(paper.title)[:255], printable(paper.subject)[:255]
        properties.author, properties.language = printable(paper.partnership)[:255], paper.language
        properties.comments = properties.keywords = properties.last_modified_by = ""
        properties.created = properties.modified = at
        properties.revision = 1

    def _foot(self) -> None:
        paper = self.paper
        paragraph = self.document.sections[0].footer.paragraphs[0]
        paragraph.add_run(printable(f"{paper.foot} · page "))
        for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
            run = paragraph.add_run()
            element = _element("w:fldChar", {"w:fldCharType": kind}) if kind else _element("w:instrText", {})
            element.text = text or None
            run._r.append(element)

    # One method a kind of block

    @singledispatchmethod
    def add(self, block: object) -> None:
        """Add a block."""
        raise TypeError(f"Word cannot write {type(block).__name__}.")

    @add.register
    def _(self, block: Heading) -> None:
        self._write(self.document.add_paragraph(style=f"Heading {block.level}"), block.words)

    @add.register
    def _(self, block: Paragraph) -> None:
        self._write(self.document.add_paragraph(), block.words)

    @add.register
    def _(self, block: Note) -> None:
        from docx.shared import Inches

        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.left_indent = Inches(0.25)
        borders = _element("w:pBdr", {})
        borders.append(_element("w:left", {"w:val": "single", "w:sz": "24", "w:space": "8", "w:color": "444444"}))
        paragraph._p.get_or_add_pPr().insert_element_before(
            borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
        )
        self._write(paragraph, block.words)

    @add.register
    def _(self, block: Items) -> None:
        number = self._numbering() if block.is_ordered else None
        for item in block.items:
            paragraph = self.document.add_paragraph(style="List Number" if block.is_ordered else "List Bullet")
            if number is not None:
                numbering = paragraph._p.get_or_add_pPr().get_or_add_numPr()
                numbering.get_or_add_ilvl().val, numbering.get_or_add_numId().val = 0, number
            self._write(paragraph, item)

    @add.register
    def _(self, block: Fields) -> None:
        for label, words in block.pairs:
            self._field(label, words)

    @add.register
    def _(self, block: Signature) -> None:
        heading = self.document.add_paragraph(printable(block.party), "Heading 3")
        heading.paragraph_format.keep_with_next = True
        for place, (label, words) in enumerate(block.lines, 1):
            paragraph = self._field(label, words)
            paragraph.paragraph_format.keep_with_next = place < len(block.lines)

    @add.register
    def _(self, block: Table) -> None:
        from docx.shared import Inches

        caption = self.document.add_paragraph(style="Caption")
        caption.add_run(printable(block.caption))
        caption.paragraph_format.keep_with_next = True
        table = self.document.add_table(len(block.rows) + 1, len(block.header), "Table Grid")
        table.autofit = False
        described = table._tbl.tblPr
        described.append(_element("w:tblCaption", {"w:val": printable(block.caption)}))
        grid = table._tbl.tblGrid.gridCol_lst
        for row, cells in zip(table._tbl.tr_lst, (block.header, *block.rows), strict=True):
            properties = row.get_or_add_trPr()
            properties.append(_element("w:cantSplit", {}))
            if cells is block.header:
                properties.append(_element("w:tblHeader", {}))
            for cell, words, share, column in zip(row.tc_lst, cells, block.shares, grid, strict=True):
                cell.width = column.w = Inches(_WIDTH * share)
                self._write(_paragraph(cell.p_lst[0], self.document), words, bold=cells is block.header)
        self.document.add_paragraph()

    # Words

    def _field(self, label: str, words: Words) -> DocxParagraph:
        """A label and, after a tab, what stands beside it: a paragraph, for a table would need header cells."""
        from docx.enum.text import WD_TAB_LEADER
        from docx.shared import Inches, Pt

        paragraph = self.document.add_paragraph()
        layout = paragraph.paragraph_format
        layout.left_indent, layout.first_line_indent = Inches(_LABEL), Inches(-_LABEL)
        layout.tab_stops.add_tab_stop(Inches(_LABEL))
        paragraph.add_run(printable(label)).bold = True
        paragraph.add_run("\t")
        if words:
            self._write(paragraph, words)
        else:
            layout.space_before = Pt(14)
            layout.tab_stops.add_tab_stop(Inches(_WIDTH), leader=WD_TAB_LEADER.LINES)
            paragraph.add_run("\t")
        return paragraph

    def _write(self, paragraph: DocxParagraph, words: Words, bold: bool = False) -> None:
        for part in runs(words):
            if isinstance(part, Gap):
                paragraph.add_run(printable(part.words)).italic = True
                continue
            run = paragraph.add_run(printable(part.text))
            run.bold = part.bold or bold or None

    def _numbering(self) -> int:
        """A list of its own, that begins with 1."""
        numbering = self.document.part.numbering_part.element
        style = self.document.styles["List Number"].element.pPr.numPr.numId.val
        abstract = next(number for number in numbering.num_lst if number.numId == style).abstractNumId.val
        number = numbering.add_num(abstract)
        number.add_lvlOverride(ilvl=0).add_startOverride(1)
        return int(number.numId)


_TABLE_STYLES = ("Normal Table", "Table Grid")
_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>ctekit</Application></Properties>"
)


def _element(tag: str, attributes: dict[str, str]) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(name), value)
    return element


def _paragraph(element: Any, parent: Any) -> DocxParagraph:
    from docx.text.paragraph import Paragraph as DocxParagraph

    return DocxParagraph(element, parent)
