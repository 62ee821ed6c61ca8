"""The exercises on the screen and on paper: quiz, check, hints, worked answers, progress, summary. All escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from ctekit.exercises import Outcome, Practice, QuizQuestion, Task
from ctekit.model.text import count
from ctekit.views.render import render

STEPS = 3
"""Hints a task has."""
STATES = {
    "right": "Right",
    "settled": "You meant it so",
    "compare": "Look again",
    "not yet": "Not yet",
    "not attempted": "Not attempted",
}


@dataclass(frozen=True)
class ExerciseProgress:
    """How one learner stands in one exercise.

    Attributes
    ----------
    practice : Practice
    begun : bool
        Whether the practice partnership has been made.
    outcomes : tuple of Outcome
        Empty while it is not begun.
    quiz : mapping
        ``"open"`` and ``"close"``: question -> number of the choice, as the opening quiz numbers them.
    hints : mapping
        Task -> how many hints were taken.
    solutions : sequence of str
        Tasks whose worked answer was opened.
    replies : mapping
        Task -> what was answered in words of one's own.
    """

    practice: Practice
    begun: bool = False
    outcomes: tuple[Outcome, ...] = ()
    quiz: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    hints: Mapping[str, int] = field(default_factory=dict)
    solutions: Sequence[str] = ()
    replies: Mapping[str, str] = field(default_factory=dict)

    @property
    def done(self) -> int:
        """Tasks that are right, or that the learner meant so."""
        return sum(outcome.done for outcome in self.outcomes)

    @property
    def attempted(self) -> int:
        """Tasks that were attempted."""
        return sum(outcome.state != "not attempted" for outcome in self.outcomes)

    def knew(self, when: str) -> tuple[str, ...]:
        """The questions of the quiz that were answered rightly."""
        answers = self.quiz.get(when, {})
        return tuple(question.name for question in self.practice.quiz if _rightly(question, answers.get(question.name)))


def _rightly(question: QuizQuestion, number: int | None) -> bool:
    return number is not None and 0 <= number < len(question.choices) and question.choices[number].right


def quiz(standing: ExerciseProgress, when: str, live: bool = False) -> str:
    """The quiz, with what we say to each answer; at the end also what changed since the start."""
    practice = standing.practice
    answers = standing.quiz.get(when, {})
    asked = []
    for question in practice.asked(when):
        numbers = {choice.words: number for number, choice in enumerate(_named(practice, question.name).choices)}
        chosen = next(
            (choice for choice in question.choices if numbers[choice.words] == answers.get(question.name)), None
        )
        asked.append((question, [(numbers[choice.words], choice) for choice in question.choices], chosen))
    done = len(answers) == len(practice.quiz)
    changed = _changed(standing) if when == "close" and done and standing.quiz.get("open") else []
    return render("practice_quiz", practice=practice, when=when, asked=asked, done=done, changed=changed, live=live)


def _named(practice: Practice, name: str) -> QuizQuestion:
    return next(question for question in practice.quiz if question.name == name)


def _changed(standing: ExerciseProgress) -> list[tuple[str, str]]:
    """Each question with what became of it between the two quizzes."""
    first, last = standing.knew("open"), standing.knew("close")
    words = {
        (True, True): "You knew this at the start, and still do.",
        (False, True): "New: not sure at the start, clear now.",
        (True, False): "Clear at the start, not now. Look at what we said above.",
        (False, False): "Not clear yet. Look at what we said above, then at the worked answers.",
    }
    return [
        (question.asks, words[question.name in first, question.name in last])
        for question in standing.practice.asked("close")
    ]


def papers(html: str) -> str:
    """What lies on the table, to be opened above a worksheet: the HTML is clean already."""
    return render("practice_papers", papers=Markup(html))


def check(standing: ExerciseProgress, task: str = "", live: bool = False) -> str:
    """Per task: what is right, what is not yet and why, or that it was not attempted."""
    outcomes = [outcome for outcome in standing.outcomes if task in ("", outcome.task.name)]
    return render(
        "practice_check", standing=standing, outcomes=outcomes, states=STATES, summary=_summary(outcomes), live=live
    )


def _summary(outcomes: Sequence[Outcome]) -> str:
    """One sentence on all tasks together: which are right, by name of their state."""
    number = {state: sum(outcome.state == state for outcome in outcomes) for state in STATES}
    if number["right"] == len(outcomes):
        return "All tasks are right. Other answers may be as good: compare yours with the worked answers."
    if number["right"] + number["settled"] == len(outcomes):
        return "All tasks are done. Where we did not know your words, a worked answer stands beside them."
    if number["not attempted"] == len(outcomes):
        return "No task has been attempted yet. Fill in the worksheets above, then check."
    parts = [
        f"{count(number['right'], 'task is', 'tasks are')} right" if number["right"] else "",
        f"{number['settled']} as you meant it" if number["settled"] else "",
        f"{number['compare']} to look at again" if number["compare"] else "",
        f"{number['not yet']} not yet" if number["not yet"] else "",
        f"{number['not attempted']} not attempted" if number["not attempted"] else "",
    ]
    return f"{', '.join(part for part in parts if part)}. Read why, change your answers, and check again."


def reply(standing: ExerciseProgress, task: str, live: bool = False) -> str:
    """A task that is answered in words of one's own, and what we found in them."""
    outcome = next((outcome for outcome in standing.outcomes if outcome.task.name == task), None)
    (asked,) = _tasks(standing, task)
    words = standing.replies.get(task, "")
    return render(
        "practice_reply", standing=standing, task=asked, words=words, outcome_=outcome, states=STATES, live=live
    )


def hint(standing: ExerciseProgress, task: str = "", live: bool = False) -> str:
    """The hints taken so far, and a button for the next one."""
    return render("practice_hint", standing=standing, tasks=_tasks(standing, task), steps=STEPS, live=live)


def solution(standing: ExerciseProgress, task: str = "", live: bool = False) -> str:
    """The worked answers that were asked for, each with what a facilitator would ask next."""
    return render("practice_solution", standing=standing, tasks=_tasks(standing, task), live=live)


def _tasks(standing: ExerciseProgress, task: str) -> list[Task]:
    return [each for each in standing.practice.tasks if task in ("", each.name)]


def progress(standings: Sequence[ExerciseProgress], here: str = "", live: bool = False) -> str:
    """Where a learner stands across all exercises."""
    unfinished = [each for each in standings if not each.begun or each.done < len(each.practice.tasks)]
    left = sum(each.practice.minutes for each in unfinished)
    return render("practice_progress", standings=standings, here=here, left=left, live=live)


def summary(standings: Sequence[ExerciseProgress], live: bool = False, link: str = "") -> str:
    """What was practiced, task by task. No certificate: it says what was entered and why it holds.

    Parameters
    ----------
    standings : sequence of ExerciseProgress
    live : bool
    link : Markup or str
        To the page, once it is written.
    """
    begun = [each for each in standings if each.begun]
    return render("practice_summary", standings=begun, states=STATES, live=live, link=link)


def reset(standing: ExerciseProgress, live: bool = False, asked: bool = False) -> str:
    """A button that puts the practice partnership back to where it began, after asking once."""
    return render("practice_reset", standing=standing, live=live, asked=asked)
