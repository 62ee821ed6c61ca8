"""Every exercise knows a model answer, another good one, the typical wrong ones and blanks; one file of cases each."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ctekit import exercises
from ctekit.exercises import Practice
from ctekit.jupyter.exercise import Exercise
from ctekit.samples import Answers
from ctekit.workbook import from_answers
from tests.exercises.solver import UndoStack, by_hand, on_paper

PRACTICES = exercises.every()
EACH = pytest.mark.parametrize("practice", PRACTICES, ids=lambda one: one.notebook)


def cases(practice: Practice) -> Any:
    return importlib.import_module(f"tests.exercises.cases.{practice.name.replace('-', '_')}")


@cache
def beginning(name: str) -> Answers:
    return exercises.called(name).start()


def states(practice: Practice, steps: UndoStack) -> dict[str, str]:
    outcomes = practice.outcomes(on_paper(deepcopy(beginning(practice.name)), steps))
    why = {outcome.task.name: f"{outcome.state}: {'; '.join(m.says for m in outcome.mistakes)}" for outcome in outcomes}
    return {name: words.removesuffix(": ") for name, words in why.items()}


def wrong() -> Iterator[Any]:
    for practice in PRACTICES:
        for name, (task, steps) in cases(practice).WRONG.items():
            yield pytest.param(practice, name.partition("/")[0], task, steps, id=f"{practice.name}-{name}")


def also() -> list[Any]:
    return [
        pytest.param(practice, steps, id=f"{practice.name}-{number}")
        for practice in PRACTICES
        for number, steps in enumerate(getattr(cases(practice), "ALSO", ()))
    ]


def test_a_file_of_cases_stands_beside_each_exercise() -> None:
    names = {path.stem for path in (Path(__file__).parent / "cases").glob("[a-z]*.py")}
    assert names == {practice.name.replace("-", "_") for practice in PRACTICES}


@EACH
def test_the_model_answer_is_right_in_every_task(practice: Practice) -> None:
    found = states(practice, cases(practice).MODEL)
    assert found == dict.fromkeys(found, "right")


@EACH
def test_another_good_answer_is_accepted(practice: Practice) -> None:
    assert cases(practice).OTHER != cases(practice).MODEL
    found = states(practice, cases(practice).OTHER)
    assert found == dict.fromkeys(found, "right")


@pytest.mark.parametrize(("practice", "steps"), also())
def test_what_people_also_say_is_accepted(practice: Practice, steps: UndoStack) -> None:
    tried = {name: words for name, words in states(practice, steps).items() if words != "not attempted"}
    assert tried
    assert tried == dict.fromkeys(tried, "right")


@EACH
def test_blanks_are_not_attempted(practice: Practice) -> None:
    found = states(practice, [])
    assert found == dict.fromkeys(found, "not attempted")


@pytest.mark.parametrize(("practice", "name", "task", "steps"), list(wrong()))
def test_a_typical_wrong_answer_is_known_by_name(practice: Practice, name: str, task: str, steps: UndoStack) -> None:
    outcomes = {
        outcome.task.name: outcome for outcome in practice.outcomes(on_paper(deepcopy(beginning(practice.name)), steps))
    }
    assert outcomes[task].state == "not yet"
    assert name in [mistake.name for mistake in outcomes[task].mistakes]


@EACH
def test_there_are_enough_of_everything(practice: Practice) -> None:
    assert 3 <= len(practice.tasks) <= 6
    assert 20 <= practice.minutes <= 40
    assert len(cases(practice).WRONG) >= 6
    assert len(practice.quiz) >= 4
    for question in practice.quiz:
        assert sum(choice.right for choice in question.choices) == 1
        assert len({choice.feedback for choice in question.choices}) == len(question.choices) >= 3


@EACH
def test_the_model_answer_typed_into_a_practice_partnership_is_right_and_can_be_reset(
    practice: Practice, tmp_path: Path
) -> None:
    exercise = Exercise(practice.name, tmp_path)
    assert {outcome.state for outcome in exercise.outcomes()} == {"not attempted"}
    by_hand(exercise.partnership, cases(practice).MODEL)
    assert {outcome.state for outcome in exercise.outcomes()} == {"right"}
    again = Exercise(practice.name, tmp_path)  # the next day: another kernel
    assert {outcome.state for outcome in again.outcomes()} == {"right"}
    exercise.start_over()
    assert {outcome.state for outcome in again.outcomes()} == {"not attempted"}
    book = again.partnership.book
    for slug, sheet in from_answers(practice.start()).sheets.items():
        kept = {"partnership_id": None} if slug == "profile" else {}
        assert book.sheets[slug].model_copy(update=kept) == sheet
