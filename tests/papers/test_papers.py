"""Papers: what is asked is in them, what is private is not, what is missing is told, what people typed is text."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from docx import Document
from pypdf import PdfReader

from ctekit import papers, samples
from ctekit.model.errors import CtekitError
from ctekit.model.question import Question
from ctekit.papers import Gap, Paper, gaps, render
from ctekit.partnership import Partnership
from ctekit.workbook import Workbook, from_answers
from ctekit.worksheets.purpose import Decision, Dispute, Purpose
from ctekit.worksheets.roles import Roles
from tests import named
from tests.papers.read_back import read, tags, words_on_sheets
from tests.secrets import found, plant

FORMS = [pytest.param(form, marks=[pytest.mark.slow] * (form in ("pdf", "word"))) for form in papers.FORMATS]
"""All papers take seconds of one core as PDF, and as files of Word."""


def every(book: Workbook) -> list[Paper]:
    return [paper for name in papers.every() for paper in papers.make(name, book)]


@pytest.fixture(scope="module")
def harrow_bend() -> Workbook:
    return samples.book("harrow-bend")


def answers_of_its_own(question: Question, name: str, number: int) -> Any:
    """An answer that stands nowhere else; None where a row or a fixed choice is the answer."""
    if question.kind.is_date:
        return f"20{30 + number // 12:02}-{1 + number % 12:02}-11"
    if question.kind.name in ("whole", "decimal"):
        return 7000 + number
    return f"words of {name.replace(chr(95), chr(32))} {number}" if question.kind.is_words else None


def test_the_agreement_holds_every_answer_of_the_worksheets_it_draws_on() -> None:
    answers = copy.deepcopy(samples.read("clean"))
    expected: dict[str, str] = {}
    number = 0

    def fill(part: dict[str, Any], questions: dict[str, Question], place: str) -> None:
        nonlocal number
        for field, question in questions.items():
            if question.private or field == "note" or question.kind.name in ("rows", "matrix"):
                continue
            number += 1
            own = answers_of_its_own(question, field, number)
            if own is not None:
                part[field] = own
                day = re.fullmatch(r"(\d{4})-\d\d-11", str(own))
                expected[f"{place}.{field}"] = f"11, {day[1]}" if day else f"{own:,}" if isinstance(own, int) else own

    fill(answers["roles"], Roles.questions(), "roles")
    for table, question in Roles.tables().items():
        answers["roles"][table] = answers["roles"][table][:1]
        fill(answers["roles"][table][0], question.row.questions(), f"roles.{table}")
    for table, row in (("decisions", Decision), ("disputes", Dispute)):
        answers["purpose"][table] = answers["purpose"][table][:1]
        fill(answers["purpose"][table][0], row.questions(), f"purpose.{table}")
    answers["purpose"]["decisions"][0]["decider"] = "voting partners"
    answers["roles"]["signatories"][0]["organization"] = answers["roles"]["parties"][0]
    public = next(row for row in answers["profile"]["organizations"] if row["id"] == answers["roles"]["parties"][0])
    public["public_body"] = True
    (paper,) = papers.make("agreement", from_answers(answers))
    text = render(paper, "markdown")[1].decode()
    assert len(expected) > 25
    assert {place for place, words in expected.items() if words not in text} == set()


def test_every_letter_of_the_grid_and_every_person_who_answers_is_in_the_agreement(harrow_bend: Workbook) -> None:
    (paper,) = papers.make("agreement", harrow_bend)
    text = render(paper, "markdown")[1].decode()
    for sentence in ("Helps: ", "Is asked before: ", "Is told after: ", "voting partners", "What is pledged for it: "):
        assert sentence in text


def test_the_agreement_names_who_votes_and_of_how_many_a_quorum_is(harrow_bend: Workbook) -> None:
    (paper,) = papers.make("agreement", harrow_bend)
    text = render(paper, "markdown")[1].decode()
    assert "9 partners vote, with one vote each: Alderfield Unified School District, " in text
    assert "Must be there: 7 of the 9 voters" in text
    assert "Must be there: 10 voters (there are 9)" in text
    assert "- Families and learners seat, which has a vote (section 5)" in text
    assert "Fist to five: each voter shows zero to five fingers" in text
    answers = copy.deepcopy(samples.read("harrow-bend"))
    for row in (*answers["profile"]["organizations"], *answers["profile"]["people"]):
        row["votes"] = None
    (paper,) = papers.make("agreement", from_answers(answers))
    assert Gap("Which partners vote", "Profile") in gaps(paper)
    assert "which has a vote" not in render(paper, "markdown")[1].decode()


def test_a_blank_says_what_is_missing_and_where_and_no_final_paper_has_one() -> None:
    book = from_answers({"profile": {"name": "New"}})
    (paper,) = papers.make("agreement", book)
    assert Gap("Notice to end", "worksheet 6") in gaps(paper)
    with pytest.raises(CtekitError, match="cannot be final: .* not written yet") as refused:
        papers.make("agreement", book, final=True)
    assert "\n- Notice to end (worksheet 6)" in str(refused.value)


def test_what_is_to_be_found_out_is_said_and_is_no_blank() -> None:
    answers = {"roles": {"marks": {"notice": {"kind": "to find out", "whom": "counsel"}}}}
    (paper,) = papers.make("agreement", from_answers(answers))
    assert "To find out: from counsel" in render(paper, "markdown")[1].decode()
    assert "Notice to end" not in {gap.what for gap in gaps(paper)}


@pytest.mark.parametrize("sample", ["half", "harrow-bend", ""])
@pytest.mark.parametrize("form", FORMS)
def test_every_paper_is_written_in_every_format_twice_the_same(sample: str, form: str) -> None:
    for paper in every(samples.book(sample) if sample else from_answers({})):
        if not papers.suits(paper, form):
            continue
        name, content = render(paper, form)
        assert (name, content) == render(paper, form)
        assert paper.title in text_of(form, content)


def test_no_two_papers_have_one_name(harrow_bend: Workbook) -> None:
    names = [paper.name for paper in every(harrow_bend)]
    assert len(names) == len(set(names))
    assert "partner-castellan-gear-7" in names


def text_of(form: str, content: bytes) -> str:
    """The words of a file, as a reader finds them."""
    if form == "word":
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            parts = b"".join(file.read(name) for name in file.namelist())
        document = Document(io.BytesIO(content))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return "\n".join(
            [*(paragraph.text for paragraph in document.paragraphs), *cells, parts.decode("utf-8", "replace")]
        )
    if form == "pdf":
        with pikepdf.open(io.BytesIO(content)) as document:
            data = f"{document.docinfo.items()}\n{document.Root.Metadata.read_bytes().decode()}\n"
        return data + "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return content.decode()


@pytest.mark.parametrize("form", FORMS)
def test_no_paper_holds_what_is_for_the_facilitator_only(tmp_path: Path, form: str) -> None:
    assert plant(tmp_path / "hb") > 800
    for paper in every(Partnership(tmp_path / "hb").book):
        assert not found(text_of(form, render(paper, form)[1]))


def test_a_paper_refuses_a_question_that_is_for_the_facilitator_only(harrow_bend: Workbook) -> None:
    answers = papers.Answers(harrow_bend)
    with pytest.raises(CtekitError, match="facilitator only"):
        answers.words(answers.book.rows("value.exchanges")[0], "worth")


def test_emoji_and_letters_without_a_glyph_are_named_in_a_pdf() -> None:
    from ctekit.papers.renderers._glyphs import drawable

    assert drawable("Well done 🎉") == "Well done [party popper]"
    assert drawable("José Núñez") == "José Núñez"
    assert drawable("Cafe\u0301") == "Café"


# A PDF is read aloud by its tags.


def elements(content: bytes) -> list[Any]:
    with pikepdf.open(io.BytesIO(content)) as document:
        assert document.Root.Lang == "en-US"
        assert document.Root.MarkInfo.Marked
        assert document.Root.ViewerPreferences.DisplayDocTitle
    return tags(content)


def test_a_pdf_has_headings_and_header_cells_with_their_scope(harrow_bend: Workbook) -> None:
    (paper,) = papers.make("agreement", harrow_bend)
    walked = elements(render(paper, "pdf")[1])
    kinds = [kind for kind, _, _ in walked]
    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") == 10
    scopes = {scope for kind, scope, _ in walked if kind == "/TH"}
    assert scopes == {"/Column", "/Row"}
    rows = sum(len(block.rows) for block in paper.blocks if isinstance(block, papers.Table))
    assert sum(scope == "/Row" for kind, scope, _ in walked if kind == "/TH") == rows
    assert [kind for kind, _, filled in walked if not filled and kind not in ("/TD", "/TH")] == []


def test_a_pdf_has_its_words(harrow_bend: Workbook) -> None:
    """A compiler without fonts makes a valid PDF without any text."""
    (paper,) = papers.make("charter", harrow_bend)
    words = " ".join(words_on_sheets(render(paper, "pdf")[1]).split())
    assert "Any learner in the programs who wants paid work experience gets it." in words


def test_each_blank_of_a_form_has_a_line_to_write_on_in_a_pdf(harrow_bend: Workbook) -> None:
    for name, book in (("minutes", harrow_bend), ("nominations", samples.book("half"))):
        paper = papers.make(name, book)[0]
        forms = [block.pairs for block in paper.blocks if isinstance(block, papers.Fields)]
        forms += [block.lines for block in paper.blocks if isinstance(block, papers.Signature)]
        blanks = sum(not words for form in forms for _, words in form)
        assert words_on_sheets(render(paper, "pdf")[1]).count("to fill in") == blanks > 0, name


def test_a_word_file_has_headings_repeated_header_rows_and_a_language(harrow_bend: Workbook) -> None:
    (paper,) = papers.make("agreement", harrow_bend)
    content = render(paper, "word")[1]
    document = Document(io.BytesIO(content))
    assert next(p.text for p in document.paragraphs if p.style.name == "Heading 2") == "1 Parties"
    for table in document.tables:
        assert table.rows[0]._tr.trPr.xpath("w:tblHeader")
        assert all(row._tr.trPr.xpath("w:cantSplit") for row in table.rows)
    assert document.core_properties.language == "en-US"
    assert document.core_properties.author == "Harrow Bend Advanced Manufacturing Pathway"
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert not [name for name in file.namelist() if "thumbnail" in name or "customXml" in name]


def test_the_sentence_of_a_purpose_that_is_only_in_parts_is_in_the_charter() -> None:
    answers = {"purpose": {"learners": "Learners", "change": "more credentials", "by": "2028-06-30"}}
    book = from_answers(answers)
    (paper,) = papers.make("charter", book)
    assert book[Purpose].composed in render(paper, "html")[1].decode()


def test_whoever_came_counts_as_having_said_yes_and_gets_no_invitation() -> None:
    people = [
        {"id": "s-1", "name": "Ann", "organization": "org-1", "here_today": True, "groups": ["business & industry"]}
        | {"may_be_named": True},
        {"id": "s-2", "name": "Bo", "organization": "org-1", "left_on": "2026-09-01"},
        {"id": "s-3", "name": "Cy", "organization": "org-1"},
    ]
    invitations = [{"id": f"ask-{number}", "person": f"s-{number}"} for number in (1, 2, 3)]
    people[0]["may_be_named"] = True
    organizations = [{"id": "org-1", "name": "Mill", "sector": "business & industry"}]
    book = from_answers(
        {
            "profile": {"people": people, "organizations": organizations},
            "recruitment": {"invitations": invitations},
        }
    )
    (roster,) = papers.make("roster", book)
    text = render(roster, "markdown")[1].decode()
    assert "**People who said yes:** 1" in text
    assert "Ann" in text
    assert "Bo" not in text
    (record,) = papers.make("consultation", book)
    assert "Ann" in render(record, "markdown")[1].decode()
    assert [paper.name for paper in papers.make("invitations", book)] == ["invitation-cy-3"]


def test_whoever_has_left_is_not_named_as_one_to_call() -> None:
    answers = copy.deepcopy(samples.read("clean"))
    lead = answers["convener"]["lead_person"]
    person = next(row for row in answers["profile"]["people"] if row["id"] == lead)
    person.update(status="left", left_on="2026-09-01")
    (charter,) = papers.make("charter", from_answers(answers))
    name = person["name"]
    assert [(gap.what, gap.state) for gap in gaps(charter)] == [
        ("Who decides", f"{name} has left, and nobody is written instead"),
        ("Which person leads", f"{name} has left, and nobody is written instead"),
    ]


@pytest.mark.parametrize("name", ["agreement", "charter"])
def test_a_final_paper_calls_itself_no_draft(name: str) -> None:
    answers = copy.deepcopy(samples.read("clean"))
    answers["roles"]["riders"] = "Equal access"
    for row in answers["roles"]["data_agreements"]:
        row["basis"] = "FERPA, studies"
    book = from_answers(answers)
    (draft,), (final,) = papers.make(name, book), papers.make(name, book, final=True)
    for form in ("html", "markdown", "pdf", "word"):
        words = [read(form, render(paper, form)[1])[1].casefold() for paper in (draft, final)]
        assert ["draft" in text for text in words] == [True, False], form


def test_an_agreement_marks_a_duty_for_which_two_answer_and_is_not_final_with_it(harrow_bend: Workbook) -> None:
    (paper,) = papers.make("agreement", harrow_bend)
    (gap,) = (gap for gap in gaps(paper) if "more than one is named" in gap.state)
    assert gap.where == "worksheet 6: Place learners in internships"
    with pytest.raises(CtekitError, match="Who answers for it: more than one is named"):
        papers.make("agreement", harrow_bend, final=True)


def test_what_is_missing_is_not_called_by_the_name_of_its_label_again(harrow_bend: Workbook) -> None:
    paper = next(paper for paper in papers.make("partner-sheets", harrow_bend) if paper.title == "Ostrander Tool")
    for form in ("html", "markdown", "pdf", "word"):
        text = "".join(read(form, render(paper, form)[1])[1].split())
        assert "Gets:notwritten" not in text
        assert "notwrittenyet(worksheet4" in text


@pytest.mark.parametrize("form", FORMS)
def test_a_paper_for_the_public_names_people_only_where_they_said_yes_to_it(tmp_path: Path, form: str) -> None:
    names = named.plant(tmp_path / "hb")
    book = Partnership(tmp_path / "hb").book
    assert names == 40
    for name in papers.every():
        for paper in papers.make(name, book, reader="public"):
            if papers.suits(paper, form):
                assert not named.named(text_of(form, render(paper, form)[1])), name


def test_papers_that_travel_name_nobody_without_a_yes_unless_partners_are_to_read_them(tmp_path: Path) -> None:
    named.plant(tmp_path / "hb")
    book = Partnership(tmp_path / "hb").book
    for name in ("roster", "consultation", "policy-briefs", "year-in-figures"):
        for paper in papers.make(name, book):
            assert not named.named(render(paper, "html")[1].decode()), name
    (roster,) = papers.make("roster", book, reader="partners")
    assert named.named(render(roster, "html")[1].decode())
