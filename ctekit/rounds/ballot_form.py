"""A ballot as a form sends it, read and judged: the one place for phone, screen, paper and mail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ctekit.model.questions import InvalidAnswerError, Json
from ctekit.model.text import one_line
from ctekit.ratings import DONT_KNOW, IDEAS, SECTORS, RatingItem, Round
from ctekit.ratings.questions import LONGEST_IDEA

Problem = Literal["no_sector", "answer_one", "choose_one", "too_many_dots", "no_idea", "long_idea"]
"""What a person has to mend. Each page says it in its own words."""


@dataclass(frozen=True)
class BallotForm:
    """What one person sends.

    Attributes
    ----------
    sector : str
        Where they come from; "" where it is not asked or not said.
    answers : mapping
        Question -> code, `DONT_KNOW`, an idea, or None for blank; every question of the round.
    """

    sector: str
    answers: Mapping[str, Json] = field(repr=False)

    @property
    def answered(self) -> int:
        """How many questions are answered, "I don't know" included; of dots, how many are given."""
        return sum(code is not None for code in self.answers.values())


def field_names(round_: Round) -> set[str]:
    """The fields that a form of this round has.

    Parameters
    ----------
    round_ : Round

    Returns
    -------
    set of str
    """
    return {question.field for question in round_.questions} | ({"sector"} if round_.asks_sector else set())


def read(round_: Round, sent: Mapping[str, str]) -> BallotForm:
    """Read the fields of a form; fields of other names are left alone.

    Parameters
    ----------
    round_ : Round
    sent : mapping
        Field -> what was typed or chosen; one that is missing is blank.

    Returns
    -------
    BallotForm

    Raises
    ------
    InvalidAnswerError
        Something is no answer to its question. No page of ours offers it; on paper it is a slip of the finger.
    """
    sector = sent.get("sector", "") if round_.asks_sector else ""
    if sector not in ("", *SECTORS):
        raise InvalidAnswerError(f"“{sector[:40]}” is no sector. Choose one of: {', '.join(SECTORS)}.")
    lines = enumerate(round_.questions, 1)
    answers = {question.field: _code(question, line, sent.get(question.field, "")) for line, question in lines}
    return BallotForm(sector, answers)


def problems(round_: Round, form: BallotForm, *, may_be_blank: bool = False) -> list[Problem]:
    """What a person has to mend before a ballot counts.

    Parameters
    ----------
    round_ : Round
    form : BallotForm
    may_be_blank : bool
        Whether blank answers are one too: who has sent answers may take all of them back.

    Returns
    -------
    list
        In the order of the form; empty where it counts.
    """
    wrong: list[Problem] = []
    if round_.asks_sector and not form.sector:
        wrong.append("no_sector")
    if not form.answered and not may_be_blank:
        wrong.append(_blank(round_))
    if round_.about == "dots" and form.answered > round_.dots_each:
        wrong.append("too_many_dots")
    if round_.about == IDEAS and any(len(str(words or "")) > LONGEST_IDEA for words in form.answers.values()):
        wrong.append("long_idea")
    return wrong


def _blank(round_: Round) -> Problem:
    """What to say of a form without an answer: "I don't know" is named only where it is offered."""
    if round_.about == IDEAS:
        return "no_idea"
    return "answer_one" if any(question.dont_know for question in round_.questions) else "choose_one"


def _code(question: RatingItem, line: int, answer: str) -> Json:
    if question.is_written:
        return one_line(answer) or None
    codes: dict[str, Json] = {str(choice.code): choice.code for choice in question.choices}
    if question.is_dot:
        del codes["0"]  # no dot is a blank
    if question.dont_know:
        codes[DONT_KNOW] = DONT_KNOW
    if answer and answer not in codes:
        steps = [code for code in codes if code != DONT_KNOW]
        levels = " to ".join(dict.fromkeys((min(steps), max(steps))))
        raise InvalidAnswerError(
            f"“{answer[:40]}” in line {line} cannot be counted. Type {levels}"
            f"{', ? for “I don’t know”,' if question.dont_know else ''} or nothing."
        )
    return codes.get(answer)
