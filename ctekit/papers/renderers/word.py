"""A paper as a Word document: real headings, repeated header rows, alternative texts, a language. Needs python-docx."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from functools import singledispatchmethod
from typing import TYPE_CHECKING, Any

from ctekit.model.text import legible
from ctekit.papers._blocks import (
    Fields,
    Gap,
    Heading,
    Items,
    Note,
    Paper,
    Paragraph,
    Picture,
    Signature,
    Table,
    Words,
    runs,
)
from ctekit.papers._fit import fields_fit, introducing, is_long, label_share, parts, row_fits, table_fits
from ctekit.papers.renderers._docx import (
    align,
    align_right,
    append_field,
    append_row,
    append_run,
    document,
    element,
    keep_ends,
    keep_rows,
    mark_header,
    new_numbering,
    packed,
    style_id,
)
from ctekit.papers.renderers._glyphs import drawable_figure
from ctekit.papers.renderers._missing import missing

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph as DocxParagraph

SUFFIX = ".docx"

_DAY = 2.2
"""Inches that the day of a signature takes, with its label."""
_WRITTEN = 1.0
"""Centimeters that a row of a form is high, at least."""


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
        from docx.enum.section import WD_ORIENT
        from docx.shared import Inches, Pt

        self.paper = paper
        self.document = document(paper.language)
        if paper.is_wide:
            self.document.styles["Table Text"].font.size = Pt(7.5)
        section = self.document.sections[0]
        width, height = (11, 8.5) if paper.is_wide else (8.5, 11)
        section.page_width, section.page_height = Inches(width), Inches(height)
        section.orientation = WD_ORIENT.LANDSCAPE if paper.is_wide else WD_ORIENT.PORTRAIT
        margin = 0.6 if paper.is_wide else 0.9
        self.width = width - 2 * margin
        section.left_margin = section.right_margin = Inches(margin)
        section.top_margin = section.bottom_margin = Inches(margin - 0.2)
        self._describe()
        self._foot()
        self.document.add_heading(legible(paper.title), 0)
        self.document.add_paragraph(legible(paper.head), "Subtitle")
        introduces = iter(introducing(paper.blocks))
        for part in parts(paper.blocks):
            begin = len(self.document.paragraphs) if len(part) > 1 else 0
            for block in part:
                self.add(block)
                if next(introduces):
                    self.document.paragraphs[-1].paragraph_format.keep_with_next = True
            if begin:
                self._keep(begin)

    def bytes(self) -> bytes:
        """The file; one date for all parts and one order, so that the same paper gives the same bytes."""
        written = io.BytesIO()
        self.document.save(written)
        return packed(written.getvalue())

    def _describe(self) -> None:
        properties, paper = self.document.core_properties, self.paper
        at = datetime.datetime.combine(paper.day, datetime.time())
        properties.title, properties.subject = legible(paper.title)[:255], legible(paper.subject)[:255]
        properties.author, properties.language = legible(paper.partnership)[:255], paper.language
        properties.comments = properties.keywords = properties.last_modified_by = ""
        properties.created = properties.modified = at
        properties.revision = 1

    def _foot(self) -> None:
        paragraph = self.document.sections[0].footer.paragraphs[0]
        for words, field in ((f"{self.paper.foot} · Page ", "PAGE"), (" of ", "NUMPAGES")):
            append_run(paragraph._p, legible(words))
            append_field(paragraph._p, field)

    # One method a kind of block

    @singledispatchmethod
    def add(self, block: object) -> None:
        """Add a block."""
        raise TypeError(f"Word cannot write {type(block).__name__}.")

    @add.register
    def _(self, block: Heading) -> None:
        heading = self._paragraph(f"Heading {block.level}")
        heading.paragraph_format.page_break_before = block.begins_page or None
        self._write(heading._p, block.words, alone=True)

    @add.register
    def _(self, block: Paragraph) -> None:
        self._write(self._paragraph("Signed" if block.is_signed else "Normal")._p, block.words, alone=True)

    @add.register
    def _(self, block: Note) -> None:
        from docx.shared import Inches

        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.left_indent = Inches(0.25)
        borders = element("w:pBdr", {})
        borders.append(element("w:left", {"w:val": "single", "w:sz": "24", "w:space": "8", "w:color": "444444"}))
        paragraph._p.get_or_add_pPr().insert_element_before(
            borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
        )
        self._write(paragraph._p, block.words, alone=True)

    @add.register
    def _(self, block: Items) -> None:
        number = new_numbering(self.document) if block.is_ordered else None
        for item in block.items:
            paragraph = self._paragraph("List Number" if block.is_ordered else "List Bullet")
            if number is not None:
                numbering = paragraph._p.get_or_add_pPr().get_or_add_numPr()
                numbering.get_or_add_ilvl().val, numbering.get_or_add_numId().val = 0, number
            self._write(paragraph._p, item, alone=True)

    @add.register
    def _(self, block: Fields) -> None:
        self._fields(block.pairs)

    @add.register
    def _(self, block: Signature) -> None:
        heading = self.document.add_paragraph(legible(block.party), "Heading 3")
        heading.paragraph_format.keep_with_next = True
        *above, (label, words), (day, date) = block.lines
        begin = len(self.document.paragraphs)
        if words or date:
            self._fields(block.lines)
        else:
            self._fields(above)
            self._line(self._field(label, "", self._label(above)), day)
        self._keep(begin)

    @add.register
    def _(self, block: Table) -> None:
        from docx.shared import Cm, Inches

        if not block.is_headed:
            self._title(block.caption)
        table = self.document.add_table(0, len(block.header))
        table._tbl.tblStyle_val = style_id("Table Grid")
        table.autofit = False
        table._tbl.tblPr.append(element("w:tblCaption", {"w:val": legible(block.caption)}))
        align(table._tbl)
        widths = [Inches(self.width * share) for share in block.shares]
        for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
            column.w = width
        style = style_id("Table Text")
        numeric = block.numeric
        for place, cells in enumerate((block.header, *block.rows)):
            height = Cm(_WRITTEN) if block.is_form and place else 0
            row = append_row(table._tbl, widths, style, row_fits(block, cells), height)
            for column, (paragraph, words) in enumerate(zip(row, cells, strict=True)):
                if column in numeric:
                    align_right(paragraph)
                self._write(paragraph, words, bold=not place)
        mark_header(table._tbl)
        if table_fits(block):
            keep_rows(table._tbl)
        else:
            keep_ends(table._tbl)
        self._paragraph("Table End")

    @add.register
    def _(self, block: Picture) -> None:
        """As PNG: a picture of lines in Word needs one beside it anyway. Its title is a line of the same paragraph."""
        from docx.shared import Pt

        title = self._title(block.title)
        drawn = io.BytesIO()
        drawable_figure(block.chart.figure).savefig(drawn, format="png", dpi=150, metadata={"Software": None})
        width, height = block.size
        title.paragraph_format.keep_together = True
        title.runs[-1].add_break()
        picture = title.add_run().add_picture(drawn, Pt(width), Pt(height))
        picture._inline.docPr.set("descr", legible(block.alt))
        self.document.add_paragraph(legible(block.caption))

    # Words

    def _title(self, words: str) -> DocxParagraph:
        """What a table or a picture is called, above it."""
        title = self._paragraph("Caption")
        title.add_run(legible(words))
        title.paragraph_format.keep_with_next = True
        return title

    def _fields(self, pairs: Sequence[tuple[str, Words]]) -> None:
        """Labels and what stands beside them, kept together while they fit a page."""
        begin = len(self.document.paragraphs)
        for label, words in pairs:
            self._field(label, words, self._label(pairs))
        if fields_fit(pairs):
            self._keep(begin)

    def _keep(self, begin: int) -> None:
        """Keep the paragraphs from this one to the last on one page."""
        for paragraph in self.document.paragraphs[begin:-1]:
            paragraph.paragraph_format.keep_with_next = True

    def _line(self, paragraph: DocxParagraph, label: str) -> None:
        """Another label with a line to write on, behind the line of a field."""
        from docx.enum.text import WD_TAB_LEADER
        from docx.shared import Inches

        stops = paragraph.paragraph_format.tab_stops
        del stops[-1]
        for inches in (self.width - _DAY, self.width):
            stops.add_tab_stop(Inches(inches), leader=WD_TAB_LEADER.LINES)
        paragraph.add_run(f" {legible(label)} ").bold = True
        paragraph.add_run("\t")

    def _label(self, pairs: Sequence[tuple[str, Words]]) -> float:
        """Inches that labels take."""
        return label_share(pairs) * self.width

    def _field(self, label: str, words: Words, inches: float) -> DocxParagraph:
        """A label and, after a tab, what stands beside it: a paragraph, for a table would need header cells."""
        from docx.enum.text import WD_TAB_LEADER
        from docx.shared import Inches

        paragraph = self._paragraph("Field" if words else "Line To Fill In")
        layout = paragraph.paragraph_format
        layout.left_indent, layout.first_line_indent = Inches(inches), Inches(-inches)
        layout.tab_stops.add_tab_stop(Inches(inches))
        paragraph.add_run(legible(label)).bold = True
        paragraph.add_run("\n" if is_long(label) else "\t")
        if words:
            self._write(paragraph._p, words)
        else:
            layout.tab_stops.add_tab_stop(Inches(self.width), leader=WD_TAB_LEADER.LINES)
            paragraph.add_run("\t")
        return paragraph

    def _paragraph(self, style: str) -> DocxParagraph:
        """A paragraph at the end, in a style."""
        paragraph = self.document.add_paragraph()
        paragraph._p.style = style_id(style)
        return paragraph

    def _write(self, paragraph: Any, words: Words, bold: bool = False, alone: bool = False) -> None:
        """Append words to the element of a paragraph; `alone`, without a label, a gap says what it is."""
        for part in runs(words):
            if isinstance(part, Gap):
                append_run(paragraph, legible(part.sentence if alone else part.words), italic=True)
            else:
                append_run(paragraph, legible(part.text), bold=part.bold or bold)
