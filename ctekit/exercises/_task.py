"""The parts of an exercise: a task that asks for judgment, what was seen in its answers, a question of the quiz."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from ctekit.workbook import Workbook

State = Literal["right", "settled", "compare", "not yet", "not attempted"]
"""``compare``: only words are in doubt. ``settled``: the learner says that they meant it so."""


@dataclass(frozen=True)
class Praise:
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


@dataclass(frozen=True)
class Unsure(Mistake):
    """What words alone made us doubt. Its writer may have meant the right thing, and may say so.

    Attributes
    ----------
    words : str
        What was written. An answer that is changed is looked at anew.
    """

    words: str = ""

    @property
    def key(self) -> str:
        """What is remembered when its writer meant it so."""
        return f"{self.name}: {self.words}"


OTHER_WORDS = "looked for {}, and did not find it. You may have said it in other words."
"""After "we": never "wrong" for words that nobody foresaw."""


def not_found(name: str, words: str | None, looked_for: str, ask: str = "") -> Unsure:
    """What to say when an answer holds none of the words that we know.

    Parameters
    ----------
    name : str
        Of the mistake.
    words : str
        What was written.
    looked_for : str
        What it should say, in a few words.
    ask : str
        A question that helps to find it.
    """
    says = f"“{words or ''}”: we {OTHER_WORDS.format(looked_for)}"
    return Unsure(name, f"{says} {ask}".rstrip(), words or "")


Feedback = Iterator[Praise | Mistake]
Grader = Callable[[Workbook, Workbook], Feedback]
ReplyGrader = Callable[[str], Feedback]


@dataclass(frozen=True)
class Task:
    """One task that asks for judgment, answered in a worksheet or in words of one's own.

    Attributes
    ----------
    name, title : str
        ``placing``, and the words people read.
    hints : tuple of str
        Three, each telling more than the last.
    solution : str
        One worked answer, and why; others may be as good.
    asks_next : str
        What a facilitator would ask next.
    looks_at : callable, optional
        Takes the workbook, gives the answers the task is about: unchanged, they mean "not attempted".
    grade : callable, optional
        Takes the workbook now and the one it began with; gives what is right and what is not yet.
    asks : str
        What is answered in words of one's own; "" for a task in a worksheet.
    look_at_reply : callable, optional
        Takes those words; gives what is right and what is not yet.
    """

    name: str
    title: str
    hints: tuple[str, ...]
    solution: str
    asks_next: str
    looks_at: Callable[[Workbook], object] | None = None
    grade: Grader | None = None
    asks: str = ""
    grade_reply: ReplyGrader | None = None


@dataclass(frozen=True)
class Outcome:
    """How one task stands: never a bare score."""

    task: Task
    state: State
    good: tuple[str, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    settled: tuple[Unsure, ...] = ()

    @property
    def done(self) -> bool:
        """Whether nothing is left to do."""
        return self.state in ("right", "settled")

    @property
    def unsure(self) -> tuple[Unsure, ...]:
        """What its writer may say they meant."""
        return tuple(mistake for mistake in self.mistakes if isinstance(mistake, Unsure))


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
