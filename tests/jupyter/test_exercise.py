"""An exercise as a learner meets it: opened, answered, checked, hinted, shown, summed up, started over."""

from __future__ import annotations

import json
import shutil
from html import unescape
from pathlib import Path
from typing import Any

import pytest

import ctekit
from ctekit import cli, exercises
from ctekit.jupyter.exercise import Exercise
from ctekit.jupyter.exercise_session import NOTES
from ctekit.model.errors import NotFoundError
from ctekit.model.paths import STORE_FILE
from ctekit.store import StoreError, create_store
from tests.exercises.cases import roles
from tests.exercises.solver import by_hand

GIVEN_AWAY = "Alderfield keeps the list and pays the placement day"


@pytest.fixture(scope="module")
def opened_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("opened-once")
    ctekit.open_exercise("roles", place).partnership.store.close()
    return place


@pytest.fixture
def exercise(opened_once: Path, tmp_path: Path) -> Exercise:
    shutil.copytree(opened_once, tmp_path, dirs_exist_ok=True)
    return ctekit.open_exercise("roles", tmp_path)


def press(exercise: Exercise, verb: str, *words: str, act: str, what: str = "", value: str = "") -> dict[str, Any]:
    """Press a button as the browser does; gives the message that comes back."""
    shown = getattr(exercise, verb)(*words)
    shown._repr_mimebundle_()
    sent: list[dict[str, Any]] = []
    shown._panel.send = sent.append
    shown._panel._receive(None, {"act": act, "what": what, "value": value}, [])
    (message,) = sent
    return message


# Opening


def test_each_exercise_has_a_practice_partnership_of_its_own_beside_the_notebook(tmp_path: Path) -> None:
    real = create_store(tmp_path / STORE_FILE)
    before = real.latest()
    first, other = ctekit.open_exercise("roles", tmp_path), ctekit.open_exercise("01-convener", tmp_path)
    first.partnership.answer("purpose", "learners", "only here")
    assert sorted(path.parent.name for path in tmp_path.glob("practice/*/partnership.ctekit")) == [
        "01-convener",
        "06-roles",
    ]
    assert other.partnership["purpose"].learners != "only here"  # type: ignore[attr-defined]
    assert real.latest() == before
    assert first.partnership["profile"].invented_sample  # type: ignore[attr-defined]
    assert "practice" in first.partnership.name


def test_answers_are_there_the_next_day(exercise: Exercise, tmp_path: Path) -> None:
    exercise.partnership.mark("roles", "task-5", "org-4", "R")
    again = ctekit.open_exercise("roles", tmp_path)
    assert again.partnership["roles"].matrix["task-5"]["org-4"] == "R"  # type: ignore[attr-defined]


def test_a_practice_partnership_that_was_cut_off_while_it_was_made_is_finished(tmp_path: Path) -> None:
    folder = tmp_path / "practice" / "06-roles"
    folder.mkdir(parents=True)
    create_store(folder / STORE_FILE).close()
    exercise = ctekit.open_exercise("roles", tmp_path)
    assert {outcome.state for outcome in exercise.outcomes()} == {"not attempted"}


def test_an_unknown_exercise_task_or_quiz_is_said_in_one_sentence(exercise: Exercise, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="No exercise is called 'role'. Did you mean 'roles'?"):
        ctekit.open_exercise("role", tmp_path)
    with pytest.raises(NotFoundError, match="has no task 'load-it'. Its tasks are: placing, load"):
        exercise.hint("load-it")
    with pytest.raises(NotFoundError, match="There is no quiz 'middle'"):
        exercise.quiz("middle")


def test_a_folder_that_cannot_be_written_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "practice").write_text("in the way")
    with pytest.raises(StoreError, match="cannot be made"):
        ctekit.open_exercise("roles", tmp_path)


def test_the_worksheet_is_the_live_one_of_a_real_partnership(exercise: Exercise) -> None:
    shown = exercise.worksheet("roles", only="matrix")
    bundle = shown._repr_mimebundle_()
    sheet = exercise.partnership.worksheet("roles", "matrix").live()
    assert bundle["application/vnd.jupyter.widget-view+json"]["model_id"] == sheet.model_id
    edit = {"row": "task-5", "field": "matrix/org-4", "value": "R", "base": "AR", "uid": "1"}
    sheet._receive(sheet, {"edits": [edit], "n": 1, "view": "v"}, [])
    (placing, *_) = exercise.outcomes()
    assert "no-person" in [mistake.name for mistake in placing.mistakes]
    assert "two-answer" not in [mistake.name for mistake in placing.mistakes]


def test_the_papers_can_be_read_above_the_grid(exercise: Exercise) -> None:
    page = exercise.papers().html(live=True)
    assert "Blue Heron" in page
    assert "<blockquote>" in page
    assert "ctekit.open_exercise" not in page


# Checking


def test_the_check_says_per_task_what_is_right_and_what_is_not_yet_and_why(exercise: Exercise) -> None:
    assert "No task has been attempted yet" in exercise.check().html()
    by_hand(exercise.partnership, roles.PLACING[:1])
    page = press(exercise, "check", act="check")["html"]
    assert "One partner answers for placing: Alderfield Unified School District." in page
    assert "No person is named yet." in page
    assert page.count("Not attempted") == 3
    assert "%" not in page
    assert "points" not in page
    by_hand(exercise.partnership, roles.MODEL[1:])
    assert "All tasks are right." in press(exercise, "check", act="check")["html"]


def test_the_check_of_one_task_shows_that_task_only(exercise: Exercise) -> None:
    page = exercise.check("load").html()
    assert "A lead that can carry what it holds" in page
    assert "placing" not in page


def test_what_a_learner_typed_is_escaped(exercise: Exercise) -> None:
    exercise.partnership.add(
        "plan", "actions", {"action": "<script>hit</script> places", "owner": "s-10", "by": "2026-12-18"}
    )
    assert "<script>" not in exercise.check().html(live=True)
    assert "&lt;script&gt;" in exercise.check().html(live=True)


def test_a_learner_who_meant_it_so_reads_the_worked_answer_beside_their_own_and_goes_on(exercise: Exercise) -> None:
    action = {"action": "Write to <everybody> & all", "owner": "s-10", "by": "2026-12-18"}
    exercise.partnership.add("plan", "actions", action)
    page = press(exercise, "check", act="check")["html"]
    assert "Look again" in page
    assert "A firm asks a firm." not in page
    assert page.count("I meant it so") == 1
    page = press(exercise, "check", act="meant", what="mending")["html"]
    assert "Write to &lt;everybody&gt; &amp; all" in page
    assert "A firm asks a firm." in page
    assert "I meant it so" not in page
    assert "1 done, 0 not yet, 3 not attempted" in exercise.progress().html()
    assert ctekit.open_exercise("roles", exercise.home.parent).outcomes()[-1].state == "settled"
    exercise.partnership.change("plan", "act-1", action="Write a letter")
    assert "I meant it so" in press(exercise, "check", act="check")["html"]


def test_nobody_can_mean_a_fact_of_the_grid_so(exercise: Exercise) -> None:
    exercise.partnership.change("roles", "task-5", person="s-3")
    assert "I meant it so" not in exercise.check().html(live=True)
    press(exercise, "check", act="meant", what="placing")
    assert exercise.outcomes()[0].state == "not yet"


def test_a_task_in_words_of_ones_own_is_kept_looked_at_and_escaped(tmp_path: Path) -> None:
    room = ctekit.open_exercise("running-the-room", tmp_path)
    typed = json.dumps({"reply": "<b>Thank you</b>, Grant. I write it down. Next: Ms. Duarte."})
    message = press(room, "reply", "sponsor", act="reply", what="sponsor", value=typed)
    assert message["said"].startswith("Kept.")
    assert "&lt;b&gt;Thank you&lt;/b&gt;" in message["html"]
    assert "He can tell that he was heard." in message["html"]
    again = ctekit.open_exercise("running-the-room", tmp_path)
    assert again.outcomes()[0].state == "right"
    assert "&lt;b&gt;Thank you" in again.reply("sponsor").html(live=True)
    long = press(room, "reply", "few", act="reply", what="few", value=json.dumps({"reply": "word " * 500}))
    assert "Only the first 2000 characters are kept." in long["said"]
    room.start_over()
    assert {outcome.state for outcome in room.outcomes()} == {"not attempted"}


# Hints and worked answers


def test_hints_come_one_at_a_time_and_are_remembered(exercise: Exercise, tmp_path: Path) -> None:
    task = exercise.practice.tasks[0]
    assert task.hints[0] not in exercise.hint().html(live=True)
    for number, words in enumerate(task.hints, 1):
        message = press(exercise, "hint", act="hint", what=task.name)
        assert message["said"] == words
        assert sum(hint in unescape(message["html"]) for hint in task.hints) == number
    assert "Show hint 4" not in exercise.hint().html(live=True)
    assert ctekit.open_exercise("roles", tmp_path).standing().hints == {task.name: 3}
    assert "fault" not in press(exercise, "hint", act="hint", what=task.name)["said"]


def test_no_worked_answer_leaves_the_kernel_before_it_is_asked_for(exercise: Exercise) -> None:
    bundle = json.dumps(exercise.solution()._repr_mimebundle_()) + exercise.solution().html(live=True)
    assert GIVEN_AWAY not in bundle
    page = press(exercise, "solution", act="solution", what="placing")["html"]
    assert GIVEN_AWAY in page
    assert "A facilitator would ask next:" in page
    assert page.count("Show a worked answer") == len(exercise.practice.tasks) - 1


# The quiz


def test_the_quiz_answers_what_was_chosen_and_asks_again_in_another_order(exercise: Exercise) -> None:
    quiz = exercise.practice.quiz
    for question in quiz:
        for number, choice in enumerate(question.choices):
            message = press(exercise, "quiz", "open", act="choose", what=question.name, value=str(number))
            assert choice.feedback in message["said"]
            assert ("Yes." in message["said"]) == choice.right
    first, last = exercise.quiz("open").html(live=True), exercise.quiz("close").html(live=True)
    asks = [quiz_question.asks for quiz_question in quiz]
    assert sorted(asks, key=first.index) == asks
    assert sorted(asks, key=last.index) == asks[::-1]
    assert "checked" in first
    assert "checked" not in last, "the answers of the first quiz are not shown in the second"


def test_at_the_end_a_learner_sees_what_changed(exercise: Exercise) -> None:
    right = {
        quiz_question.name: next(n for n, choice in enumerate(quiz_question.choices) if choice.right)
        for quiz_question in exercise.practice.quiz
    }
    knew, *learned = right
    for name, number in right.items():
        press(
            exercise, "quiz", "open", act="choose", what=name, value=str(number if name == knew else (number + 1) % 3)
        )
        assert "What changed" not in exercise.quiz("close").html()
    for name, number in right.items():
        message = press(exercise, "quiz", "close", act="choose", what=name, value=str(number))
    assert message["html"].count("New: not sure at the start, clear now.") == len(learned)
    assert message["html"].count("You knew this at the start, and still do.") == 1


# Progress, summary, starting over


def test_progress_shows_all_exercises(exercise: Exercise, tmp_path: Path) -> None:
    by_hand(exercise.partnership, roles.PLACING)
    page = exercise.progress().html()
    assert page.count("Not begun") == len(exercises.every()) - 1
    assert "1 done, 0 not yet, 3 not attempted" in page
    assert "(this one)" in page


def test_the_summary_page_says_what_was_tried_and_is_no_certificate(exercise: Exercise, tmp_path: Path) -> None:
    by_hand(exercise.partnership, roles.PLACING)
    message = press(exercise, "summary", act="write")
    assert "summary.html" in message["said"]
    page = (tmp_path / "practice" / "summary.html").read_text("utf-8")
    assert page.startswith("<!doctype html>")
    assert page.count("<h1") == 1
    assert "One that answers for placing learners" in page
    assert "This is no certificate." in page
    assert "Invented sample" in page
    assert "<button" not in page
    assert "<script" not in page
    assert GIVEN_AWAY not in page


def test_starting_over_asks_first_and_reaches_a_worksheet_that_is_open(exercise: Exercise) -> None:
    sheet = exercise.partnership.worksheet("roles", "matrix").live()
    by_hand(exercise.partnership, [*roles.MODEL, *roles.WRONG["two-answer"][1]])
    press(exercise, "hint", act="hint", what="load")
    assert "Yes, start this exercise over" in press(exercise, "reset", act="ask")["html"]
    press(exercise, "reset", act="keep")
    assert {outcome.state for outcome in exercise.outcomes()} == {"right"}
    press(exercise, "reset", act="ask")
    press(exercise, "reset", act="reset")
    assert {outcome.state for outcome in exercise.outcomes()} == {"not attempted"}
    assert exercise.standing().hints == {}
    sheet.refresh()
    assert sheet.session.state["answers"]["task-5"]["matrix/org-4"] == "AR"
    assert "task-15" in sheet.session.state["rows"]["tasks"]


def test_a_notes_file_that_cannot_be_read_costs_no_answer(exercise: Exercise) -> None:
    by_hand(exercise.partnership, roles.PLACING)
    (exercise.folder / NOTES).write_text("{broken")
    assert exercise.outcomes()[0].state == "right"
    press(exercise, "hint", act="hint", what="load")
    assert exercise.standing().hints == {"load": 1}


# The command


def test_practice_copies_the_exercises_and_keeps_those_that_are_somebodys(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def run() -> str:
        with pytest.raises(SystemExit) as ended:
            cli.main(["practice", str(tmp_path)])
        assert not ended.value.code
        return capsys.readouterr().out

    assert "Begin with 01-convener." in run()
    names = {path.name for path in (tmp_path / "exercises").iterdir()}
    assert names == {*(f"{practice.notebook}.ipynb" for practice in exercises.every()), "README.md"}
    (tmp_path / "exercises" / "06-roles.ipynb").write_text("mine")
    assert "06-roles.ipynb differs from this version's exercise; yours is kept as it is." in run()
    assert (tmp_path / "exercises" / "06-roles.ipynb").read_text() == "mine"
