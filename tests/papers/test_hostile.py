"""Whatever people type is shown as they typed it, in every paper and every format, and changes nothing around it."""

from __future__ import annotations

import copy
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from functools import cache

import pytest

from ctekit import papers, samples
from ctekit.model.text import clean, legible
from ctekit.papers import Gap, Paper, Picture
from ctekit.papers.renderers._glyphs import drawable
from ctekit.workbook import Workbook, from_answers
from tests.papers.read_back import read, structure

HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=alert(1)> &lt; ]]> --> {{ 7*7 }} {% for x in y %} #panic() "
    '#read("/etc/passwd") $x$ *a* _b_ **c** `d` ~~e~~ [f](javascript:g) ![h](i) https://j.example www.k.example '
    "l@m.example @ref <label> \\ // /* */ = heading \\input{x} \\end{document} =1+1 =cmd|'/c calc'!A0 @SUM(A1) | a |\n"
    "# heading\n- item\n1. first\n> quote\n---\nBEGIN:VALARM\nDDEAUTO c:\\windows INCLUDETEXT _x0041_ {=1+1} "
    "\u202eright to left\u202c \u200fmark \u2066x\u2069 \x00\x1b[31m 🎉 👩‍👩‍👧 中文 Cafe\u0301 \ufffe \ud800 end"
)
HARMLESS = re.sub(r"\S", "w", clean(HOSTILE))
"""As long, on as many lines."""


@cache
def book_of(words: str) -> Workbook:
    """Harrow Bend with these words in every question that takes words."""
    answers = copy.deepcopy(samples.read("harrow-bend"))
    for slug, sheet in samples.book("harrow-bend").sheets.items():
        parts = [(answers.setdefault(slug, {}), sheet.questions())]
        for name, table in sheet.tables().items():
            parts += [(row, table.row.questions()) for row in answers[slug].get(name, [])]
        for part, questions in parts:
            part.update({field: words for field, question in questions.items() if question.kind.is_words})
    answers["purpose"]["decisions"][0]["decider"] = "voting partners"
    people = {row["id"]: row for row in answers["profile"]["people"]}
    for invitation, status in zip(answers["recruitment"]["invitations"], ("asked", "declined"), strict=False):
        invitation["answer"], people[invitation["person"]]["status"] = None, status
    answers["profile"]["organizations"].append({"id": "org-99", "name": words, "sector": "K-12"})
    return from_answers(answers)


@cache
def papers_of(name: str, words: str) -> tuple[Paper, ...]:
    return papers.make(name, book_of(words))


def words_of(paper: Paper, form: str) -> set[str]:
    """The words that the paper hands to a format, as a reader of that format finds them."""
    if form == "ics":
        sentences = {event.summary for event in paper.events} | {event.who for event in paper.events}
    else:
        blocks = [block for block in paper.blocks if not isinstance(block, Picture)]
        sentences = {paper.title, paper.partnership, *words_in(blocks)}
    if form != "pdf":
        return {squeezed(words, form) for words in map(legible, sentences)}
    # Word by word: where a row of a table goes on at the next page, so does each of its cells.
    return {squeezed(word, form) for words in sentences for word in drawable(legible(words)).split()}


def words_in(value: object) -> Iterator[str]:
    """All words of blocks."""
    if isinstance(value, str | Gap):
        yield value if isinstance(value, str) else value.words
    elif is_dataclass(value):
        for field in fields(value):
            yield from words_in(getattr(value, field.name))
    elif isinstance(value, Iterable):
        for part in value:
            yield from words_in(part)


def squeezed(words: str, form: str) -> str:
    """Without spaces, which lines and cells make or take; of a PDF also without joined letters and invisible signs."""
    if form == "pdf":
        words = "".join(sign for sign in unicodedata.normalize("NFKC", words) if unicodedata.category(sign) != "Cf")
    return re.sub(r"\s+", "", words)


LONG = " long" * 880
"""With it an answer is as long as one may be: more than a page of a column."""

CASES = [(name, form, "") for name in papers.every() for form in papers.FORMATS if form != "ics" or name == "calendar"]
CASES += [(name, form, LONG) for name in ("charter", "board-report") for form in ("html", "markdown", "pdf", "word")]
PARAMS = [
    pytest.param(
        name,
        form,
        more,
        id=f"{name}-{form}{'-long' if more else ''}",
        marks=[pytest.mark.slow] * (form in ("pdf", "word")),  # a second for each PDF, five for the files of Word
    )
    for name, form, more in CASES
]


@pytest.mark.parametrize(("name", "form", "more"), PARAMS)
def test_what_people_type_is_shown_as_typed_and_changes_nothing_around_it(name: str, form: str, more: str) -> None:
    documents = papers_of(name, HOSTILE + more)
    assert any("alert(1)" in words for paper in documents for words in words_of(paper, form))
    for paper, other in zip(documents, papers_of(name, HARMLESS + more), strict=True):
        built, text = read(form, papers.render(paper, form)[1])
        text = squeezed(text, form)
        assert [words for words in words_of(paper, form) if words not in text] == []
        assert built == structure(form, papers.render(other, form)[1]), paper.name


def test_a_mark_that_no_letter_takes_up_in_a_chart_costs_no_paper() -> None:
    """As Yoruba has them; Typst knows the mark only where the words around the chart hold it, too."""
    marked, plain = (papers_of("policy-briefs", words)[0] for words in ("\u1eb9\u0301k\u1ecd\u0301", "words"))
    (chart,), (words,) = (
        [block.chart for block in paper.blocks if isinstance(block, Picture)] for paper in (marked, plain)
    )
    alone = Picture(replace(words, numbers=chart.numbers))
    assert "\u0301" in alone.chart.svg()
    assert papers.render(replace(plain, blocks=(alone,)), "pdf")[1].startswith(b"%PDF")


@pytest.mark.slow
def test_letters_without_a_glyph_are_named_in_the_pictures_of_word(recwarn: pytest.WarningsRecorder) -> None:
    """Where a letter is missing, matplotlib warns and draws an empty box."""
    document = papers_of("policy-briefs", "\u6771\u4eac")[0]
    assert any(isinstance(block, Picture) for block in document.blocks)
    papers.render(document, "word")
    assert not [warning for warning in recwarn if "missing from font" in str(warning.message)]
