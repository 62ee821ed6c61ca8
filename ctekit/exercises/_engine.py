"""What an exercise is made of: a practice partnership to begin with, tasks that look at answers, and a short quiz.

Its words stand in ``<name>.toml``: quiz, hints, worked answers, never in a notebook that is handed out. Its module of
the same name gives the answers to begin with, and looks at what a learner made of them.
"""

from __future__ import annotations

import importlib
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal

from ctekit import rules
from ctekit.model.errors import NotFoundError, did_you_mean
from ctekit.rules import Finding
from ctekit.samples import Answers
from ctekit.workbook import Workbook, from_answers

State = Literal["right", "not yet", "not attempted"]


@dataclass(frozen=True)
class Good:
    """Something that is right, and why."""

    says: str


@dataclass(frozen=True)
class Mistake:
    """Something that is not right yet.

    Attributes
    ----------
    name : str
        Of the mistake, such as ``two-answer``: what is recognized, not what is typed.
    says : str
        Why it is not right yet, from what was entered, and where to look next.
    """

    name: str
    says: str


Seen = Iterator[Good | Mistake]
Look = Callable[[Workbook, Workbook], Seen]


@dataclass(frozen=True)
class Task:
    """One task that asks for judgment.

    Attributes
    ----------
    name, title : str
        ``placing``, and the words people read.
    looks_at : callable
        Takes the workbook, gives the answers the task is about: unchanged, they mean "not attempted".
    hints : tuple of str
        Three, each telling more than the last.
    solution : str
        One worked answer, and why; others may be as good.
    asks_next : str
        What a facilitator would ask next.
    look : callable
        Takes the workbook now and the one it began with; gives what is right and what is not yet.
    """

    name: str
    title: str
    looks_at: Callable[[Workbook], object]
    hints: tuple[str, ...]
    solution: str
    asks_next: str
    look: Look


@dataclass(frozen=True)
class Outcome:
    """How one task stands: never a bare score."""

    task: Task
    state: State
    good: tuple[str, ...] = ()
    mistakes: tuple[Mistake, ...] = ()


@dataclass(frozen=True)
class Choice:
    """One answer to a question of the quiz, and what we say to it."""

    words: str
    feedback: str
    right: bool = False


@dataclass(frozen=True)
class QuizQuestion:
    """One question of the five-minute quiz."""

    name: str
    asks: str
    choices: tuple[Choice, ...]


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
    def read(cls, name: str, start: Callable[[], Answers]) -> Practice:
        """The exercise whose words stand in the table of this name.

        Parameters
        ----------
        name : str
            Such as ``"roles"``.
        start : callable
            Gives the answers of the practice partnership as it begins.

        Returns
        -------
        Practice
            Without tasks: `task` adds each.
        """
        words = tomllib.loads(_tables()[name].read_text("utf-8"))
        quiz = tuple(
            QuizQuestion(question["name"], question["asks"], tuple(Choice(**one) for one in question["choices"]))
            for question in words["quiz"]
        )
        written = {task["name"]: task for task in words["task"]}
        return cls(words["notebook"], words["title"], words["minutes"], start, quiz, written)

    def task(self, name: str, *, looks_at: Callable[[Workbook], object]) -> Callable[[Look], Look]:
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
        words = self.words[name]
        title, hints = words["title"], tuple(words["hints"])

        def made(look: Look) -> Look:
            self.tasks.append(Task(name, title, looks_at, hints, words["solution"], words["asks_next"], look))
            return look

        return made

    def outcomes(self, now: Workbook) -> tuple[Outcome, ...]:
        """How each task stands in a workbook.

        Parameters
        ----------
        now : Workbook
            The practice partnership as it stands.

        Returns
        -------
        tuple of Outcome
            One a task.
        """
        now = as_if_ready(now)
        return tuple(_outcome(task, now, self.before) for task in self.tasks)

    def asked(self, when: str) -> tuple[QuizQuestion, ...]:
        """The questions, ``"open"`` in order, ``"close"`` the other way round, choices as well.

        Parameters
        ----------
        when : str
            ``"open"`` or ``"close"``.

        Returns
        -------
        tuple of QuizQuestion
            All of the exercise's.
        """
        if when == "open":
            return self.quiz
        turned = (QuizQuestion(question.name, question.asks, question.choices[::-1]) for question in self.quiz)
        return tuple(turned)[::-1]


def _outcome(task: Task, now: Workbook, before: Workbook) -> Outcome:
    if task.looks_at(now) == task.looks_at(before):
        return Outcome(task, "not attempted")
    seen = list(task.look(now, before))
    good = tuple(one.says for one in seen if isinstance(one, Good))
    mistakes = tuple(one for one in seen if isinstance(one, Mistake))
    return Outcome(task, "not yet" if mistakes else "right", good, mistakes)


def as_if_ready(book: Workbook) -> Workbook:
    """The workbook with every worksheet marked ready: in practice no rule waits."""
    sheets = {slug: sheet.model_copy(update={"ready": True}) for slug, sheet in book.sheets.items()}
    return Workbook(sheets, book.removed, book.revision, book.saved_at)


def findings(code: str, book: Workbook, *rows: str) -> tuple[Finding, ...]:
    """What one of the product's own rules finds, everywhere or in some rows: practice judges as the real thing does."""
    (asked,) = (one for one in rules.every() if one.code == code)
    return tuple(finding for finding in rules.run(asked, book).findings if not rows or finding.row in rows)


def _tables() -> dict[str, Traversable]:
    """The words of each exercise, by its name."""
    ending = ".toml"
    tables = (one for one in files("ctekit").joinpath("exercises").iterdir() if one.name.endswith(ending))
    return {table.name.removesuffix(ending).replace("_", "-"): table for table in tables}


@cache
def every() -> tuple[Practice, ...]:
    """All exercises in order. One is found by its table of words in ``ctekit/exercises``.

    Returns
    -------
    tuple of Practice
        Sorted by number.
    """
    modules = (importlib.import_module(f"ctekit.exercises.{name.replace('-', '_')}") for name in _tables())
    return tuple(sorted((module.practice for module in modules), key=lambda practice: practice.notebook))


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
