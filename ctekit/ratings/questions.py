"""What a round asks: the rubric's indicators, exit ballot, fist to five, dots. One list for phone, paper and screen."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ctekit import rubrics, worksheets
from ctekit.model.errors import CtekitError, NotFoundError, did_you_mean

MANY_OPTIONS = 12
"""So many options can be voted on with dots at once; beyond it nobody reads them all."""

_INDICATORS = frozenset(indicator.number for indicator in rubrics.INDICATORS)


@dataclass(frozen=True)
class Choice:
    """One answer that may be given: its code, its word, and when it is true, on a screen and shorter on a phone."""

    code: int
    word: str
    text: str = ""
    short: str = ""


@dataclass(frozen=True)
class RatingItem:
    """One question of a round.

    Attributes
    ----------
    field : str
        The indicator's number (``"4.1"``), ``"useful"``, ``"fist"``, ``"option-3"`` or ``"idea-2"``.
    statement : str
        What is asked.
    choices : tuple of Choice
        From the lowest to the highest; empty where people write.
    dont_know : bool
        Whether "I don't know" is a fair answer.
    short : str
        The statement as a phone shows it.
    """

    field: str
    statement: str
    choices: tuple[Choice, ...]
    dont_know: bool = True
    short: str = ""

    @property
    def is_indicator(self) -> bool:
        """Whether it is one of the rubric's."""
        return self.field in _INDICATORS

    @property
    def is_dot(self) -> bool:
        """Whether people give a dot here, or none, instead of a step of a ladder."""
        return len(self.choices) == 2

    @property
    def is_written(self) -> bool:
        """Whether people answer in words of their own."""
        return not self.choices

    @property
    def wording(self) -> str:
        """A short print of the exact words. Rounds are compared only where it is the same."""
        words = "\n".join(
            (
                self.statement,
                self.short,
                *(f"{choice.code} {choice.word} {choice.text} {choice.short}" for choice in self.choices),
            )
        )
        return hashlib.sha256(words.encode()).hexdigest()[:16]


_HOW_FAR = tuple(Choice(code, word) for code, word in enumerate(("Not at all", "A little", "Partly", "Mostly", "Yes")))
EXIT = (
    RatingItem("useful", "Was this meeting worth the time you gave it?", _HOW_FAR),
    RatingItem("heard", "Did you get to say what you came to say, and was it heard?", _HOW_FAR),
)
_FIST = (
    Choice(0, "Fist", "No. I would stop this."),
    Choice(1, "One finger", "I have a serious worry that must be settled first."),
    Choice(2, "Two", "I have smaller worries that I want to talk about now."),
    Choice(3, "Three", "I have doubts, but I will not stand in the way."),
    Choice(4, "Four", "A good idea; I will work for it."),
    Choice(5, "Five", "Yes, and I am willing to lead part of it."),
)
_DOT = (Choice(0, "No dot"), Choice(1, "A dot"))
SLIP = "slip"
"""A round that rates nothing: partners write their give-and-get slips, which go into the worksheet of element 4."""
IDEAS = "ideas"
"""A round in which people write: what they need or propose, in a few words each, for dots afterwards."""
IDEAS_EACH, LONGEST_IDEA = 3, 100
"""Ideas of one person, and characters of each."""
KINDS = ("quick", "exit", "fist", "dots", SLIP)


def elements() -> dict[str, int]:
    """The worksheets that have indicators, and the numbers of their elements.

    Returns
    -------
    dict
        Slug -> number of the element.
    """
    rated = {indicator.element for indicator in rubrics.INDICATORS}
    return {slug: kind.element for slug, kind in worksheets.every().items() if kind.element in rated}


def element_of(field: str) -> str:
    """The slug of the element that an indicator belongs to; "" for other questions.

    Parameters
    ----------
    field : str
        A question of a round, such as ``"4.1"``.

    Returns
    -------
    str
        Such as ``"value"``.
    """
    head = field.partition(".")[0]
    return next((slug for slug, element in elements().items() if str(element) == head), "")


def title_of(about: str) -> str:
    """What to call a round that nobody has named.

    Parameters
    ----------
    about : str
        As for `questions`.

    Returns
    -------
    str
        For people.
    """
    named = {"quick": "Quick round", "exit": "Before we go", "fist": "Fist to five", "dots": "Dots"}
    named |= {SLIP: "Give-and-get slips", IDEAS: "Ideas"}
    return named.get(about) or ", ".join(worksheets.called(slug).title for slug in about.split("+"))


def dots(options: Sequence[str]) -> int:
    """How many dots each person has: a quarter of the options, one at least.

    Parameters
    ----------
    options : sequence of str
        What is voted on.

    Returns
    -------
    int
        Dots a person.
    """
    return max(1, round(len(options) / 4))


def questions(about: str, options: Sequence[str] = (), title: str = "") -> tuple[RatingItem, ...]:
    """The questions of a round.

    Parameters
    ----------
    about : str
        A worksheet's slug, several joined by "+", or ``"quick"``, ``"exit"``, ``"fist"``, ``"dots"``; ``"slip"`` asks
        nothing that is counted, and ``"ideas"`` for words.
    options : sequence of str
        What is voted on, for dots.
    title : str
        What is decided, for fist to five.

    Returns
    -------
    tuple of RatingItem
        In the order in which they are asked.

    Raises
    ------
    NotFoundError
        There is nothing of that name to rate.
    CtekitError
        Fist to five without a sentence; dots with fewer than two or more than twelve options.
    """
    return _questions(about, tuple(options), title)


@lru_cache(maxsize=64)
def _questions(about: str, options: tuple[str, ...], title: str) -> tuple[RatingItem, ...]:
    if about == "exit":
        return EXIT
    if about == SLIP:
        return ()
    if about == IDEAS:
        return tuple(RatingItem(f"idea-{n}", f"Idea {n}", (), dont_know=False) for n in range(1, IDEAS_EACH + 1))
    if about == "fist":
        if not title.strip():
            raise CtekitError("Fist to five needs the sentence that people vote on. Give it as the title.")
        return (RatingItem("fist", title, _FIST, dont_know=False),)
    if about == "dots":
        if not 2 <= len(options) <= MANY_OPTIONS:
            raise CtekitError(
                f"Dots can be given to 2 to {MANY_OPTIONS} options, and here are {len(options)}. "
                "Merge some, or leave some out."
            )
        return tuple(RatingItem(f"option-{n}", words, _DOT, dont_know=False) for n, words in enumerate(options, 1))
    if about == "quick":
        return tuple(map(_of_indicator, rubrics.HEADLINES))
    slugs = about.split("+")
    element_slugs = elements()
    for slug in slugs:
        if slug not in element_slugs:
            there = (*element_slugs, *KINDS)
            guess = did_you_mean(slug, there)
            raise NotFoundError(f"Nothing called “{slug}” can be rated.{guess} Choose one of: {', '.join(there)}.")
    return tuple(
        _of_indicator(indicator)
        for slug in slugs
        for indicator in rubrics.INDICATORS
        if indicator.element == element_slugs[slug]
    )


def _of_indicator(indicator: rubrics.Indicator) -> RatingItem:
    written = zip(rubrics.LADDER, indicator.levels, strict=True)
    choices = tuple(Choice(level.step, level.word, words.screen, words.phone) for level, words in written)
    return RatingItem(indicator.number, indicator.statement, choices, short=indicator.statement_short)
