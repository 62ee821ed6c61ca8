"""An exercise: a practice partnership to begin with, tasks that look at answers, and a short quiz.

Its words stand in ``<name>.toml``: quiz, hints, worked answers, never in a notebook that is handed out. Where tasks are
answered in words, that is all. Where they are answered in worksheets, a module of the same name looks at those.
"""

from __future__ import annotations

import importlib
import tomllib
from collections.abc import Callable, Collection, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from ctekit import rules
from ctekit.exercises._task import Choice, Grader, Mistake, Outcome, Praise, QuizQuestion, Task, Unsure
from ctekit.exercises._words import grade_reply
from ctekit.model.errors import NotFoundError, did_you_mean
from ctekit.rules import Finding
from ctekit.samples import Answers
from ctekit.workbook import Workbook, from_answers


@dataclass
class Practice:
    """One exercise.

    Attributes
    ----------
    notebook : str
        Name of the notebook, ``06-roles``; its practice partnership lies in a folder of that name.
    title : str
    minutes : int
    start : callable
        Gives the answers of the practice partnership as it begins: a sample, with what is changed in it.
    quiz : tuple of Question
        Asked before and after, in another order.
    words : mapping
        Task -> its title, hints, worked answer and next question.
    tasks : list of Task
        Filled by `task`.
    """

    notebook: str
    title: str
    minutes: int
    start: Callable[[], Answers]
    quiz: tuple[QuizQuestion, ...]
    words: Mapping[str, Mapping[str, Any]]
    tasks: list[Task] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The exercise's name: ``roles`` of ``06-roles``."""
        return self.notebook.partition("-")[2]

    @cached_property
    def before(self) -> Workbook:
        """The practice partnership as it begins."""
        return as_if_ready(from_answers(self.start()))

    @classmethod
    def read(cls, name: str, start: Callable[[], Answers] | None = None) -> Practice:
        """The exercise whose words stand in the table of this name.

        Parameters
        ----------
        name : str
            Such as ``"roles"``.
        start : callable, optional
            Gives the answers of the practice partnership as it begins. Without it, those under ``start`` in the table.

        Returns
        -------
        Practice
            With the tasks that are answered in words; `task` adds those of worksheets.
        """
        words = tomllib.loads(_tables()[name].read_text("utf-8"))
        quiz = tuple(
            QuizQuestion(question["name"], question["asks"], tuple(Choice(**choice) for choice in question["choices"]))
            for question in words["quiz"]
        )
        written = {task["name"]: task for task in words["task"]}
        begin = start or partial(deepcopy, words.get("start", {}))
        practice = cls(words["notebook"], words["title"], words["minutes"], begin, quiz, written)
        for task in words["task"]:
            if "asks" in task:
                practice._add(task["name"], asks=task["asks"], grade_reply=partial(grade_reply, task))
        return practice

    def task(self, name: str, *, looks_at: Callable[[Workbook], object]) -> Callable[[Grader], Grader]:
        """Make a task of a function that looks at the answers; see `Task`.

        Parameters
        ----------
        name : str
            Such as ``"placing"``: its words are in the table.
        looks_at : callable
            Gives the part of a workbook that the task is about.

        Returns
        -------
        callable
            Takes the function that looks, and gives it back.
        """

        def register(grade: Grader) -> Grader:
            self._add(name, looks_at=looks_at, grade=grade)
            return grade

        return register

    def _add(self, name: str, **looking: Any) -> None:
        words = self.words[name]
        self.tasks.append(
            Task(name, words["title"], tuple(words["hints"]), words["solution"], words["asks_next"], **looking)
        )
        self.tasks.sort(key=lambda task: list(self.words).index(task.name))

    def outcomes(
        self,
        now: Workbook,
        replies: Mapping[str, str] | None = None,
        meant: Mapping[str, Collection[str]] | None = None,
    ) -> tuple[Outcome, ...]:
        """How each task stands.

        Parameters
        ----------
        now : Workbook
            The practice partnership as it stands.
        replies : mapping, optional
            Task -> what was answered in words of one's own.
        meant : mapping, optional
            Task -> the keys of what we were unsure of, and its writer meant so.

        Returns
        -------
        tuple of Outcome
            One a task.
        """
        now, replies, meant = as_if_ready(now), replies or {}, meant or {}
        return tuple(
            _outcome(task, now, self.before, replies.get(task.name, "").strip(), meant.get(task.name, ()))
            for task in self.tasks
        )

    def asked(self, when: str) -> tuple[QuizQuestion, ...]:
        """The questions, ``"open"`` in order, ``"close"`` the other way round; choices stand in an order of their own.

        Parameters
        ----------
        when : str
            ``"open"`` or ``"close"``.

        Returns
        -------
        tuple of QuizQuestion
            All of the exercise's.
        """
        turned = when != "open"
        questions = (
            QuizQuestion(question.name, question.asks, _shuffled(f"{self.name}/{question.name}", question, turned))
            for question in self.quiz
        )
        return tuple(questions)[:: -1 if turned else 1]


def _shuffled(salt: str, question: QuizQuestion, turned: bool) -> tuple[Choice, ...]:
    """The choices in an order that tells nothing and is the same each day; turned by one at the end."""
    choices = sorted(question.choices, key=lambda choice: sha256(f"{salt}/{choice.words}".encode()).digest())
    return tuple(choices[1:] + choices[:1] if turned else choices)


def _outcome(task: Task, now: Workbook, before: Workbook, reply: str, meant: Collection[str]) -> Outcome:
    if task.grade_reply:
        if not reply:
            return Outcome(task, "not attempted")
        parts = list(task.grade_reply(reply))
    else:
        assert task.looks_at is not None
        assert task.grade is not None
        if task.looks_at(now) == task.looks_at(before):
            return Outcome(task, "not attempted")
        parts = list(task.grade(now, before))
    good = tuple(part.says for part in parts if isinstance(part, Praise))
    settled = tuple(part for part in parts if isinstance(part, Unsure) and part.key in meant)
    mistakes = tuple(part for part in parts if isinstance(part, Mistake) and part not in settled)
    if any(not isinstance(mistake, Unsure) for mistake in mistakes):
        return Outcome(task, "not yet", good, mistakes, settled)
    return Outcome(task, "compare" if mistakes else "settled" if settled else "right", good, mistakes, settled)


def as_if_ready(book: Workbook) -> Workbook:
    """The workbook with every worksheet marked ready: in practice no rule waits."""
    sheets = {slug: sheet.model_copy(update={"ready": "full"}) for slug, sheet in book.sheets.items()}
    return Workbook(sheets, book.removed, book.revision, book.saved_at)


def findings(code: str, book: Workbook, *rows: str) -> tuple[Finding, ...]:
    """What one of the product's own rules finds, everywhere or in some rows: practice judges as the real thing does."""
    (asked,) = (rule for rule in rules.every() if rule.code == code)
    return tuple(finding for finding in rules.run(asked, book).findings if not rows or finding.row in rows)


def _tables() -> dict[str, Traversable]:
    """The words of each exercise, by its name."""
    tables = (table for table in _folder().iterdir() if table.name.endswith(".toml") and not table.name.startswith("_"))
    return {table.name.removesuffix(".toml").replace("_", "-"): table for table in tables}


def _folder() -> Traversable:
    return files("ctekit").joinpath("exercises")


def _practice(name: str) -> Practice:
    module = name.replace("-", "_")
    if not _folder().joinpath(f"{module}.py").is_file():
        return Practice.read(name)
    practice: Practice = importlib.import_module(f"ctekit.exercises.{module}").practice
    return practice


@cache
def every() -> tuple[Practice, ...]:
    """All exercises in order. One is found by its table of words in ``ctekit/exercises``.

    Returns
    -------
    tuple of Practice
        Sorted by number.
    """
    return tuple(sorted(map(_practice, _tables()), key=lambda practice: practice.notebook))


def called(name: str) -> Practice:
    """The exercise of a name: ``roles``, or its notebook's, ``06-roles``.

    Parameters
    ----------
    name : str
        With or without the number of its notebook.

    Returns
    -------
    Practice
        Its tasks and questions.

    Raises
    ------
    NotFoundError
        There is none; the message names the nearest.
    """
    there = {practice.name: practice for practice in every()}
    wanted = {practice.notebook: practice.name for practice in every()}.get(name, name)
    if wanted in there:
        return there[wanted]
    guess = did_you_mean(name, there)
    raise NotFoundError(f"No exercise is called '{name}'.{guess} The exercises are: {', '.join(there)}.")
