"""Everybody in the room can read it: no passage is harder than grade 9. What a named leader said stands as said."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ctekit import exercises, rubrics, rules, worksheets, workshop
from ctekit.workshop.posters import posters
from tests.reading import grade, words

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted([*(ROOT / "notebooks").glob("*.ipynb"), *(ROOT / "exercises").glob("*.ipynb")])
HARDEST = 9
FROM_WORDS = 20
"""A shorter passage has no grade that means anything: one long name decides it."""
QUOTATION = re.compile(r'^> ".*$', re.MULTILINE)

PASSAGE = re.compile(r"<(?:p|li|td)\b[^>]*>(.*?)</(?:p|li|td)>|^  \(\d+, (\".*\")\),$", re.MULTILINE)
BLANK = re.compile(r"{{.*?}}")


def hard(passages: Iterator[str]) -> list[tuple[float, str]]:
    graded = [(round(grade(passage), 1), passage) for passage in passages if words(passage) >= FROM_WORDS]
    return [(difficulty, passage) for difficulty, passage in graded if difficulty > HARDEST]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_passage_of_a_notebook_can_be_read(path: Path) -> None:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    prose = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    assert hard(passage for text in prose for passage in QUOTATION.sub("", text).split("\n\n")) == []


@pytest.mark.parametrize("name", workshop.NAMES)
def test_what_the_lead_says_and_does_can_be_read(name: str) -> None:
    agenda = workshop.load(name)
    sentences = [trouble.do for trouble in agenda.trouble]
    for block in agenda.blocks:
        sentences += [block.aim, block.wall, block.paper, block.phone, block.typed, *block.words]
        sentences += [trouble.do for trouble in block.trouble] + [step.do for step in block.steps]
        sentences += [step.do for variant in block.tables for card in variant.cards for step in card.steps]
    assert hard(iter(sentences)) == []


def test_every_sheet_of_the_kit_can_be_read() -> None:
    sheets = [path.read_text("utf-8") for path in sorted((ROOT / "ctekit/export/kit/sheets").glob("*.j2"))]
    english = [text.split("+++")[-1] for text in sheets if 'language = "es"' not in text]
    passages = [BLANK.sub("something", part) for text in english for part in map("".join, PASSAGE.findall(text))]
    assert len(passages) > 100
    assert hard(re.sub(r"<[^>]+>", "", passage) for passage in passages) == []
    assert hard(poster.say for poster in posters()) == []


def test_every_rule_can_be_read() -> None:
    assert hard(passage for rule in rules.every() for passage in (rule.sentence, *rule.reason.split("\n\n"))) == []


def test_every_statement_and_level_of_the_rubric_can_be_read() -> None:
    texts = [
        text for indicator in rubrics.INDICATORS for level in indicator.levels for text in (level.screen, level.phone)
    ]
    texts += [text for indicator in rubrics.INDICATORS for text in (indicator.statement, indicator.gap)]
    assert [text for text in texts if grade(text) > HARDEST] == [], "these are read alone, however short"


@pytest.mark.parametrize("practice", exercises.every(), ids=lambda practice: practice.notebook)
def test_what_an_exercise_says_can_be_read(practice: exercises.Practice) -> None:
    texts = [words for question in practice.quiz for words in (question.asks, *_choices(question))]
    texts += [words for task in practice.tasks for words in (*task.hints, task.solution, task.asks_next, task.asks)]
    texts += [pitfall["why"] for task in practice.words.values() for pitfall in task.get("pitfalls", ())]
    assert hard(iter(texts)) == []


def _choices(question: exercises.QuizQuestion) -> Iterator[str]:
    for choice in question.choices:
        yield from (choice.words, choice.feedback)


def test_the_questions_of_every_worksheet_can_be_read() -> None:
    for kind in worksheets.every().values():
        asked = [(question.title, question.hint) for question in kind.questions().values()]
        for table in kind.tables().values():
            asked += [(column.title, column.hint) for column in table.row.questions().values()]
        assert hard(f"{title}. {hint}" for title, hint in asked) == [], kind.slug


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("The cat sat on the mat. The dog ran to the gate.", -2, 2),
        (
            "Institutional stakeholders collaboratively operationalize comprehensive interdisciplinary methodologies "
            "facilitating organizational accountability and regional representation.",
            20,
            60,
        ),
    ],
)
def test_the_grade_tells_easy_from_hard(text: str, least: float, most: float) -> None:
    assert least <= grade(text) <= most
