"""How papers lie on the page: what is kept together, where tables begin, what is written by hand."""

from __future__ import annotations

import io
import itertools
from dataclasses import replace
from typing import Any

import pikepdf
import pytest
from docx import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt
from lxml.html import fromstring
from pypdf import PdfReader

from ctekit import papers, samples
from ctekit.papers import Heading, Paper, Table, render, sign_in
from ctekit.workbook import Workbook
from tests.papers.read_back import words_on_sheets


@pytest.fixture(scope="module")
def harrow_bend() -> Workbook:
    return samples.book("harrow-bend")


def word(paper: Paper) -> Any:
    return Document(io.BytesIO(render(paper, "word")[1]))


def test_rows_to_sign_in_are_a_centimeter_high(harrow_bend: Workbook) -> None:
    (paper,) = papers.make("sign-in", harrow_bend)
    (table,) = word(paper).tables
    assert {row.height_rule for row in table.rows[1:]} == {WD_ROW_HEIGHT_RULE.AT_LEAST}
    assert min(row.height for row in table.rows[1:]) >= Cm(1) - Pt(0.1)
    assert 'class="form"' in render(paper, "html")[1].decode()
    down = _places_of("Guest", render(paper, "pdf")[1])
    assert len(down) == sign_in.GUESTS
    assert min(above - below for above, below in itertools.pairwise(down)) > 28, "points; a centimeter is 28.3"


def _places_of(word: str, pdf: bytes) -> list[float]:
    """How high on its page each place of a word lies, in points."""
    places: list[float] = []

    def look(text: str, matrix: Any, place: Any, *_: Any) -> None:
        if text.strip() == word:
            places.append(place[5] * matrix[3] + matrix[5])

    for page in PdfReader(io.BytesIO(pdf)).pages:
        page.extract_text(visitor_text=look)
    return sorted(places, reverse=True)


def test_a_letter_has_room_to_sign_by_hand(harrow_bend: Workbook) -> None:
    letter = papers.make("confirmations", harrow_bend)[0]
    *_, regards, name = word(letter).paragraphs
    assert (regards.text, name.text.splitlines()[0]) == ("With kind regards,", "Adaeze Whitcomb")
    assert name.style.paragraph_format.space_before >= Pt(36)
    assert '<p class="signed" dir="auto">Adaeze Whitcomb<br>' in render(letter, "html")[1].decode()
    pdf = render(letter, "pdf")[1]
    (regards_at,), (name_at,) = _places_of("With kind regards,", pdf), _places_of("Adaeze Whitcomb", pdf)
    assert regards_at - name_at > 45, "points; a line is 15"


def test_what_follows_a_list_or_fields_in_word_stands_apart_from_it_and_their_lines_do_not(
    harrow_bend: Workbook,
) -> None:
    document = word(papers.make("confirmations", harrow_bend)[0])
    for name in ("List Bullet", "List Number", "Field"):
        style = document.styles[name]
        assert style.paragraph_format.space_after >= Pt(4)
        assert style.element.xpath("w:pPr/w:contextualSpacing"), "none between two of a list"
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    assert {"List Bullet", "Field"} <= set(styles)
    assert not [each for each in document.paragraphs if each.paragraph_format.space_after is not None]


def test_tables_in_word_begin_where_the_text_does_and_are_as_wide(harrow_bend: Workbook) -> None:
    document = word(papers.make("roster", harrow_bend)[0])
    section = document.sections[0]
    width = section.page_width - section.left_margin - section.right_margin
    for table in document.tables:
        assert table._tbl.tblPr.xpath("w:tblInd/@w:w") == ["108"], "the margin of a cell, which Word takes off"
        assert sum(column.width for column in table.columns) == pytest.approx(width, abs=Pt(1))


def test_signatures_stay_with_one_another_and_with_what_is_signed(harrow_bend: Workbook) -> None:
    document = word(papers.make("work-sites", harrow_bend)[0])
    paragraphs = [paragraph for paragraph in document.paragraphs if paragraph.style.name != "Table End"]
    first = next(place for place, each in enumerate(paragraphs) if each.text.startswith("For all other questions"))
    last = next(place for place, each in enumerate(paragraphs) if each.text == "Checklist of the site") - 1
    kept = [paragraph.paragraph_format.keep_with_next for paragraph in paragraphs[first:last]]
    assert paragraphs[last].text.startswith("Signature")
    assert set(kept) == {True}


def test_a_card_of_a_measure_stands_on_one_page_in_word(harrow_bend: Workbook) -> None:
    (paper,) = papers.make("metric-cards", harrow_bend)
    paragraphs = word(paper).paragraphs
    begins = [place for place, each in enumerate(paragraphs) if each.style.name == "Heading 2"]
    for begin, end in zip(begins, [*begins[1:], len(paragraphs)], strict=True):
        assert all(each.paragraph_format.keep_with_next for each in paragraphs[begin + 1 : end - 1])
        assert not paragraphs[end - 1].paragraph_format.keep_with_next


def test_a_line_to_write_on_is_told_and_not_seen(harrow_bend: Workbook) -> None:
    paper = papers.make("work-sites", harrow_bend)[0]
    pdf = render(paper, "pdf")[1]
    assert "to fill in" in words_on_sheets(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert b" cs 1 scn\n" in document.pages[0].Contents.read_bytes(), "white"


def test_no_table_repeats_the_heading_above_it_and_each_still_has_its_name(harrow_bend: Workbook) -> None:
    for name in papers.every():
        for paper in papers.make(name, harrow_bend):
            for above, block in zip(paper.blocks, paper.blocks[1:], strict=False):
                if isinstance(above, Heading) and isinstance(block, Table):
                    assert block.is_headed == (above.words == block.caption), (paper.name, block.caption)
    (year,) = papers.make("year-in-figures", harrow_bend)
    assert render(year, "markdown")[1].decode().count("What partners give") == 1
    captions = [table._tbl.tblPr.xpath("w:tblCaption/@w:val")[0] for table in word(year).tables]
    assert "What partners give" in captions


def test_a_chart_has_its_question_for_a_title_in_every_format(harrow_bend: Workbook) -> None:
    (paper,) = papers.make("year-in-figures", harrow_bend)
    title = "Are we moving, and from a start that everybody accepts?"
    assert title in render(paper, "html")[1].decode()
    assert title in render(paper, "markdown")[1].decode()
    assert f"{title}\n" in [paragraph.text for paragraph in word(paper).paragraphs]
    assert title in " ".join(words_on_sheets(render(paper, "pdf")[1]).split())


def test_what_leads_to_a_table_stays_with_it_and_no_row_stands_alone_in_word(harrow_bend: Workbook) -> None:
    document = word(papers.make("agreement", harrow_bend)[0])
    above = next(each for each in document.paragraphs if each.text.startswith("For each duty one party answers."))
    assert above.paragraph_format.keep_with_next
    kept = [
        all(paragraph.paragraph_format.keep_with_next for cell in row.cells for paragraph in cell.paragraphs)
        for row in document.tables[0].rows
    ]
    assert (kept[0], kept[-2], kept[-1], any(kept[1:-2])) == (True, True, False, False)


def test_a_table_begins_on_the_page_of_its_section_in_a_pdf(harrow_bend: Workbook) -> None:
    pdf = render(papers.make("agreement", harrow_bend)[0], "pdf")[1]
    (page,) = (text for each in PdfReader(io.BytesIO(pdf)).pages if "4 Duties" in (text := each.extract_text()))
    assert "Who answers for each duty" in page
    assert "Call the steering group" in page


def test_a_page_in_word_says_of_how_many_it_is(harrow_bend: Workbook) -> None:
    document = word(papers.make("charter", harrow_bend)[0])
    foot = document.sections[0].footer.paragraphs[0]
    assert [part.text for part in foot._p.xpath(".//w:instrText")] == ["PAGE", "NUMPAGES"]
    assert foot.text.endswith(" · Page  of ")


def test_a_long_label_has_its_value_beside_it(harrow_bend: Workbook) -> None:
    paper = papers.make("board-report", harrow_bend)[0]
    (line,) = (each for each in word(paper).paragraphs if each.text.startswith("Worth of what partners give, a year"))
    assert line.text.startswith("Worth of what partners give, a year\t$")


def test_no_word_of_the_poster_is_cut_and_its_columns_have_lines_between_them(harrow_bend: Workbook) -> None:
    (paper,) = papers.make("responsibilities", harrow_bend)
    (table,) = word(paper).tables
    assert min(column.width for column in table.columns) - Pt(10.8) > Pt(41.7), "Department, in bold"
    with pikepdf.open(io.BytesIO(render(paper, "pdf")[1])) as document:
        lines = document.pages[0].Contents.read_bytes()
    assert lines.count(b" l\n") > len(paper.blocks[-1].rows) + 1, "more than those between rows"


def test_the_calendar_has_a_heading_for_each_month_and_no_empty_cell(harrow_bend: Workbook) -> None:
    (paper,) = papers.make("calendar", harrow_bend)
    headings = [block.words for block in paper.blocks if isinstance(block, Heading)]
    assert headings[:3] == ["From October 1, 2026 on", "October 2026", "November 2026"]
    assert headings[-2:] == ["June 2029", "Days that have passed, and are not marked as done"]
    tables = [block for block in paper.blocks if isinstance(block, Table)]
    assert tables[1].rows[0] == ("November 1", "The agreement starts", "–")
    assert [row for table in tables for row in table.rows if not all(row)] == []


def test_an_address_too_long_for_its_line_breaks_behind_a_sign(harrow_bend: Workbook) -> None:
    (paper,) = papers.make("board-report", harrow_bend)
    with io.BytesIO(render(paper, "pdf")[1]) as content:
        lines = [line.strip() for page in PdfReader(content).pages for line in page.extract_text().splitlines()]
    ends = [line.replace("\u200b", "") for line in lines if "frontdoor@" in line]
    assert ends, lines
    assert ends[0].endswith(("@", ".", "harrowbend.example")), ends


def test_the_record_of_consultation_heads_reasons_as_reasons(harrow_bend: Workbook) -> None:
    (paper,) = papers.make("consultation", harrow_bend)
    (table,) = (block for block in paper.blocks if isinstance(block, Table))
    assert table.header[-1] == "Where from, or why nobody"


def test_days_that_no_duty_has_are_said_once(harrow_bend: Workbook) -> None:
    (paper,) = papers.make("program-of-work", harrow_bend)
    text = render(paper, "markdown")[1].decode()
    assert text.count("A duty without a date goes on for as long as the agreement does") == 1
    assert "| for the whole term |" not in text


def test_markdown_escapes_only_what_would_mean_something(harrow_bend: Workbook) -> None:
    (paper,) = papers.make("board-report", harrow_bend)
    text = render(paper, "markdown")[1].decode()
    assert "Region 4 Workforce Board: October 8, 2026" in text
    assert "frontdoor@harrowbend.example" in text
    assert "as of October 1, 2026 · Draft" in text


def test_figures_end_where_their_column_does_and_other_words_begin_there(harrow_bend: Workbook) -> None:
    rows = (("Gift", "1,200", "12.5%", "2 vans", "2026-27", ""), ("Time", "", "−3%", "40", "2027-28", ""))
    table = Table("Worth", ("What", "Dollars", "Share", "Gives", "School year", "Notes"), rows)
    assert table.numeric == {1, 2}
    paper = replace(papers.make("roster", harrow_bend)[0], blocks=(table,))
    (in_word,) = word(paper).tables
    right = WD_ALIGN_PARAGRAPH.RIGHT
    for row in in_word.rows:
        assert {at for at, cell in enumerate(row.cells) if cell.paragraphs[0].alignment == right} == {1, 2}
    page = fromstring(render(paper, "html")[1])
    assert [cell.text_content() for cell in page.find_class("number")] == [
        *table.header[1:3],
        *rows[0][1:3],
        *rows[1][1:3],
    ]


def test_a_figure_stands_apart_from_the_words_of_the_next_column(harrow_bend: Workbook) -> None:
    table = Table("Worth", ("What", "Hours", "Whose"), (("Gift", "7", "vans"),))
    pdf = render(replace(papers.make("roster", harrow_bend)[0], blocks=(table,)), "pdf")[1]
    across: dict[str, float] = {}

    def keep(text: str, matrix: Any, place: Any, *_: Any) -> None:
        across[text.strip()] = place[4] * matrix[0] + matrix[4]

    PdfReader(io.BytesIO(pdf)).pages[0].extract_text(visitor_text=keep)
    wide = 6  # points, of one figure
    assert across["vans"] - across["7"] >= wide + 14
