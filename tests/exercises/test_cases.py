"""Every exercise knows a model answer, another good one, the typical wrong ones and blanks; one file of cases each."""

from __future__ import annotations

import importlib
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ctekit import exercises
from ctekit.exercises import Outcome, Practice
from ctekit.jupyter.exercise import Exercise
from ctekit.samples import Answers
from ctekit.workbook import from_answers
from tests.exercises.solver import UndoStack, by_hand, on_paper

PRACTICES = exercises.every()
ON_WORKSHEETS = [practice for practice in PRACTICES if any(not task.asks for task in practice.tasks)]
WORKSHEETS = pytest.mark.parametrize("practice", ON_WORKSHEETS, ids=lambda practice: practice.notebook)
EACH = pytest.mark.parametrize("practice", PRACTICES, ids=lambda practice: practice.notebook)


def cases(practice: Practice) -> Any:
    return importlib.import_module(f"tests.exercises.cases.{practice.name.replace('-', '_')}")


@cache
def beginning(name: str) -> Answers:
    return exercises.called(name).start()


def in_worksheets(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Those of tasks that are answered in a worksheet; replies have examples in the tables."""
    return [outcome for outcome in outcomes if not outcome.task.asks]


def states(practice: Practice, steps: UndoStack) -> dict[str, str]:
    outcomes = in_worksheets(practice.outcomes(on_paper(deepcopy(beginning(practice.name)), steps)))
    why = {outcome.task.name: f"{outcome.state}: {'; '.join(m.says for m in outcome.mistakes)}" for outcome in outcomes}
    return {name: words.removesuffix(": ") for name, words in why.items()}


def wrong() -> Iterator[Any]:
    for practice in ON_WORKSHEETS:
        for name, (task, steps) in cases(practice).WRONG.items():
            yield pytest.param(practice, name.partition("/")[0], task, steps, id=f"{practice.name}-{name}")


def replies(kind: str) -> list[Any]:
    """What the tables give as examples of replies: accepted (``also``), or with a pitfall in them."""
    return [
        pytest.param(practice, name, example, id=f"{practice.name}-{name}-{number}")
        for practice in PRACTICES
        for name, task in practice.words.items()
        for number, example in enumerate(task.get(kind, ()))
    ]


def also() -> list[Any]:
    return [
        pytest.param(practice, steps, id=f"{practice.name}-{number}")
        for practice in ON_WORKSHEETS
        for number, steps in enumerate(getattr(cases(practice), "ALSO", ()))
    ]


def test_a_file_of_cases_stands_beside_each_exercise_on_worksheets() -> None:
    names = {path.stem for path in (Path(__file__).parent / "cases").glob("[a-z]*.py")}
    assert names == {practice.name.replace("-", "_") for practice in ON_WORKSHEETS}


@pytest.mark.parametrize(("practice", "task", "reply"), replies("also"))
def test_a_good_reply_in_words_of_ones_own_is_accepted(practice: Practice, task: str, reply: str) -> None:
    outcome = next(
        outcome for outcome in practice.outcomes(practice.before, {task: reply}) if outcome.task.name == task
    )
    assert outcome.state == "right", [mistake.says for mistake in outcome.mistakes]
    assert outcome.good


@pytest.mark.parametrize(
    ("task", "reply", "missing"),
    [
        ("sponsor", "Grant, that was your point of view. Please note the clock.", "no-turn"),
        ("silence", "Come on, we do not have much time.", "no-other-way"),
        ("silence", "Why is the whole group so quiet?", "no-other-way"),
        ("silence", "Please note that silence means yes.", "no-other-way"),
        ("conflict", "Both of you: it is lunch soon.", "no-way-on"),
        ("mend", "You were rude to me. Finish, please.", "not-sorry"),
        ("mend", "Sorry, but your point was weak.", "no-floor"),
    ],
)
def test_a_word_alone_that_good_replies_hold_too_is_not_praised(task: str, reply: str, missing: str) -> None:
    practice = exercises.called("running-the-room")
    outcome = next(each for each in practice.outcomes(practice.before, {task: reply}) if each.task.name == task)
    assert missing in {doubt.name for doubt in outcome.unsure}


@pytest.mark.parametrize(("practice", "task", "pitfall"), replies("pitfalls"))
def test_a_pitfall_in_a_reply_is_known_by_name_and_answered_by_why(
    practice: Practice, task: str, pitfall: dict[str, str]
) -> None:
    outcomes = practice.outcomes(practice.before, {task: pitfall["such_as"]})
    outcome = next(outcome for outcome in outcomes if outcome.task.name == task)
    assert outcome.state == "compare"
    assert pitfall["why"] in [mistake.says for mistake in outcome.mistakes]


@pytest.mark.parametrize(("practice", "task", "reply"), replies("also"))
def test_a_reply_nobody_foresaw_is_never_called_wrong(practice: Practice, task: str, reply: str) -> None:
    replies = {task: "Xyzzy."}
    (doubted,) = (outcome for outcome in practice.outcomes(practice.before, replies) if outcome.task.name == task)
    assert doubted.state == "compare"
    assert all("You may have said it in other words." in mistake.says for mistake in doubted.mistakes)
    meant = {task: [doubt.key for doubt in doubted.unsure]}
    states_ = {outcome.task.name: outcome.state for outcome in practice.outcomes(practice.before, replies, meant)}
    assert states_[task] == "settled"
    changed = {
        outcome.task.name: outcome.state for outcome in practice.outcomes(practice.before, {task: "Plugh."}, meant)
    }
    assert changed[task] == "compare", "another answer is looked at anew"


@WORKSHEETS
def test_the_model_answer_is_right_in_every_task(practice: Practice) -> None:
    outcomes = states(practice, cases(practice).MODEL)
    assert outcomes == dict.fromkeys(outcomes, "right")


@WORKSHEETS
def test_another_good_answer_is_accepted(practice: Practice) -> None:
    assert cases(practice).OTHER != cases(practice).MODEL
    outcomes = states(practice, cases(practice).OTHER)
    assert outcomes == dict.fromkeys(outcomes, "right")


@pytest.mark.parametrize(("practice", "steps"), also())
def test_what_people_also_say_is_accepted(practice: Practice, steps: UndoStack) -> None:
    tried = {name: words for name, words in states(practice, steps).items() if words != "not attempted"}
    assert tried
    assert tried == dict.fromkeys(tried, "right")


@EACH
def test_blanks_are_not_attempted(practice: Practice) -> None:
    outcomes = states(practice, [])
    assert outcomes == dict.fromkeys(outcomes, "not attempted")


@pytest.mark.parametrize(("practice", "name", "task", "steps"), list(wrong()))
def test_a_typical_wrong_answer_is_known_by_name(practice: Practice, name: str, task: str, steps: UndoStack) -> None:
    outcomes = {
        outcome.task.name: outcome for outcome in practice.outcomes(on_paper(deepcopy(beginning(practice.name)), steps))
    }
    outcome = outcomes[task]
    assert name in [mistake.name for mistake in outcome.mistakes]
    assert outcome.state == ("compare" if set(outcome.mistakes) == set(outcome.unsure) else "not yet")


@pytest.mark.parametrize(("practice", "name", "task", "steps"), list(wrong()))
def test_what_was_doubted_for_its_words_alone_can_be_meant_so_and_nothing_else(
    practice: Practice, name: str, task: str, steps: UndoStack
) -> None:
    book = on_paper(deepcopy(beginning(practice.name)), steps)
    before = next(outcome for outcome in practice.outcomes(book) if outcome.task.name == task)
    meant = {task: [doubt.key for doubt in before.unsure]}
    after = next(outcome for outcome in practice.outcomes(book, meant=meant) if outcome.task.name == task)
    assert after.unsure == ()
    assert set(after.mistakes) == set(before.mistakes) - set(before.unsure)
    assert after.state == ("settled" if before.state == "compare" else "not yet")


@EACH
def test_there_are_enough_of_everything(practice: Practice) -> None:
    assert 3 <= len(practice.tasks) <= 6, "three to six tasks"
    assert 20 <= practice.minutes <= 40, "20 to 40 minutes"
    foreseen = sum(len(task.get("pitfalls", ())) for task in practice.words.values())
    wrong = len(cases(practice).WRONG) if practice in ON_WORKSHEETS else 0
    assert foreseen + wrong >= 6, "six pitfalls or more in all"
    assert all(task.hints and len(task.hints) == 3 for task in practice.tasks), "three hints a task"
    assert len(practice.quiz) >= 4, "four quiz questions or more"
    for question in practice.quiz:
        assert sum(choice.right for choice in question.choices) == 1
        assert len({choice.feedback for choice in question.choices}) == len(question.choices) >= 3


@pytest.mark.slow  # a third of a second of one core each
@WORKSHEETS
def test_the_model_answer_typed_into_a_practice_partnership_is_right_and_can_be_reset(
    practice: Practice, tmp_path: Path
) -> None:
    exercise = Exercise(practice.name, tmp_path)
    assert {outcome.state for outcome in exercise.outcomes()} == {"not attempted"}
    by_hand(exercise.partnership, cases(practice).MODEL)
    assert {outcome.state for outcome in in_worksheets(exercise.outcomes())} == {"right"}
    again = Exercise(practice.name, tmp_path)  # the next day: another kernel
    assert {outcome.state for outcome in in_worksheets(again.outcomes())} == {"right"}
    exercise.start_over()
    assert {outcome.state for outcome in again.outcomes()} == {"not attempted"}
    book = again.partnership.book
    for slug, sheet in from_answers(practice.start()).sheets.items():
        kept = {"partnership_id": None} if slug == "profile" else {}
        assert book.sheets[slug].model_copy(update=kept) == sheet


def most_by_chance(questions: int, choices: int = 3) -> int:
    """How often one place is the right one when places are drawn: more than this in one of 40 draws at most."""
    share = 1 / choices
    ways = [math.comb(questions, n) * share**n * (1 - share) ** (questions - n) for n in range(questions + 1)]
    return next(n for n in range(questions + 1) if sum(ways[n + 1 :]) <= 0.025)


@pytest.mark.parametrize("when", ["open", "close"])
def test_nobody_guesses_the_quiz_by_where_the_right_answer_stands(when: str) -> None:
    asked = [question for practice in PRACTICES for question in practice.asked(when)]
    places = Counter([choice.right for choice in question.choices].index(True) for question in asked)
    assert max(places.values()) <= most_by_chance(len(asked)), (
        f"Of all {len(asked)} quiz questions, so many are right at each place: {dict(places)}. The place of a choice "
        "comes from its words: change a word in the choices of a question, and they stand in another order."
    )
    assert len(places) == 3


def test_nobody_guesses_the_quiz_by_how_long_the_right_answer_is() -> None:
    quiz = [question for practice in PRACTICES for question in practice.quiz]
    rank = Counter(
        sum(len(choice.words) > len(right.words) for choice in question.choices)
        for question in quiz
        for right in question.choices
        if right.right
    )
    assert max(rank.values()) <= most_by_chance(len(quiz)), (
        f"Of all {len(quiz)} quiz questions, so many right answers are the longest (0), the second (1) and so on: "
        f"{dict(rank)}. Write a right answer shorter, or a wrong one longer."
    )


@EACH
def test_the_right_answer_moves_between_the_two_quizzes(practice: Practice) -> None:
    place = {
        when: {q.name: [choice.right for choice in q.choices].index(True) for q in practice.asked(when)}
        for when in ("open", "close")
    }
    assert all(place["open"][name] != place["close"][name] for name in place["open"])
