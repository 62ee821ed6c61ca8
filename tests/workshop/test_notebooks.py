"""The notebooks tell the times of the agendas, and say what is the same for all elements once."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from ctekit import rubrics, worksheets, workshop
from ctekit.lab.steps import steps
from ctekit.workbook import from_answers
from ctekit.workshop.markdown import tables

FOLDER = Path(__file__).parents[2] / "notebooks"
ELEMENTS = [element.slug for element in rubrics.ELEMENTS]
WRITE_ANEW = "The agendas have changed: put what `python -m ctekit.workshop` prints into the notebook."


def prose(name: str) -> str:
    cells = json.loads((FOLDER / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    return "\n\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")


def half_day_minutes(slug: str) -> int:
    """Minutes of the half-day in which this worksheet is worked on, the gallery and the fist left out."""
    blocks = [block for block in workshop.load("half-day").blocks if block.key not in ("gallery", "fist")]
    minutes = 0
    for block in blocks:
        cards = {card.element for variant in block.tables for card in variant.cards}
        minutes += block.minutes if slug in (cards or {block.element}) else 0
    return minutes


def test_the_tables_of_start_here_are_those_of_the_agendas() -> None:
    start = prose("00-start-here")
    for heading, table in tables().items():
        assert table in start, f"{heading}: {WRITE_ANEW}"
    assert start.count("|---|---|---|---|---|\n") == 4, "and there is no other clock"


@pytest.mark.parametrize("slug", ELEMENTS)
def test_an_element_promises_the_minutes_that_it_gets(slug: str) -> None:
    (time,) = re.findall(r"\*\*Time:\*\* (\d+) minutes", prose(worksheets.called(slug).notebook))
    assert int(time) == half_day_minutes(slug)


def test_the_whole_picture_promises_the_minutes_that_it_gets() -> None:
    (session,) = workshop.load("half-day").sessions
    begins = {block.key: offset for block, offset in zip(session.blocks, session.offsets, strict=True)}
    (time,) = re.findall(r"\*\*Time:\*\* (\d+) minutes", prose("99-whole-picture"))
    assert int(time) == begins["slack"] - begins["findings"]


def test_how_to_rate_and_when_the_check_speaks_stand_once() -> None:
    texts = [prose(worksheets.called(slug).notebook) for slug in ELEMENTS]
    for words in ("| 3 | Agreed |", "A level counts only if", "Contradictions answer at once", "Usual first actions"):
        assert [words in text for text in texts] == [False] * len(ELEMENTS), words
    assert all("[Start here](00-start-here.ipynb)" in text for text in texts)
    assert prose("00-start-here").count("| 3 | Agreed |") == 1


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.ipynb")), ids=lambda path: path.stem)
def test_what_a_leader_learned_has_a_place_and_a_source(path: Path) -> None:
    boxes = prose(path.stem).split("### What they learned: ")[1:]
    assert len(boxes) <= 1
    for box in boxes:
        place, _, lesson = box.partition("\n")
        assert place.strip()
        assert re.search(r"Sources?: \[", lesson.split("\n*The seven")[0])


@pytest.mark.parametrize("slug", ELEMENTS)
def test_each_element_says_what_somebody_else_learned(slug: str) -> None:
    assert prose(worksheets.called(slug).notebook).count("### What they learned: ") == 1


def test_leaders_of_four_states_are_heard() -> None:
    lessons = " ".join(prose(path.stem) for path in FOLDER.glob("*.ipynb"))
    for place in ("Rutherford County, Tennessee", "Delaware", "Minnesota", "Texas"):
        assert f"### What they learned: {place}" in lessons


def test_a_clock_of_the_notebook_cannot_be_taken_for_a_time_of_day_and_names_worksheets_as_the_outline_does() -> None:
    outline = {f"{step.number} {step.title}".strip() for step in steps(from_answers({}))}
    for table in tables().values():
        if "After the start" in table:
            cells = [[cell.strip() for cell in row.split("|")[1:-1]] for row in table.split("\n")[2:]]
            assert all(re.fullmatch(r"(\d h )?\d+ min( before)?", row[0]) for row in cells)
            assert {name for row in cells for name in row[3].split(", ") if name} <= outline
    half_day = next(line for line in prose("99-whole-picture").splitlines() if line.startswith("In the half-day"))
    assert not re.search(r"\d:\d\d|\b0[1-7]\b", half_day)
