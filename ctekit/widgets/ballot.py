"""What is typed into the panel of a round, read: one ballot, or how many people are in the room."""

from __future__ import annotations

from collections.abc import Mapping

from ctekit import ratings
from ctekit.model.errors import CtekitError
from ctekit.model.questions import Json
from ctekit.ratings import DONT_KNOW, Round
from ctekit.views.rating_panel import asks_sector


def read_ballot(held: Round, typed: Mapping[str, str], verb: str) -> tuple[str, dict[str, Json]]:
    """Sector and answers of a ballot.

    Parameters
    ----------
    held : Round
    typed : mapping
        Question -> what was typed or chosen.
    verb : str
        What a person did, for the sentences: ``"Choose"`` or ``"Type"``.

    Raises
    ------
    CtekitError
        Something is missing, or no level; the sentence says what.
    """
    sector = typed.get("sector", "")
    if asks_sector(held) and sector not in ratings.SECTORS:
        raise CtekitError(f"{verb} where the answers come from; nothing else is asked about a person.")
    answers: dict[str, Json] = {}
    for number, question in enumerate(held.questions, 1):
        given = typed.get(question.field, "")
        codes = {str(choice.code): choice.code for choice in question.choices}
        if held.about == "dots":
            codes.pop("0", None)  # no dot is a blank
        if given not in codes and given not in ("", DONT_KNOW if question.dont_know else ""):
            levels = " to ".join(dict.fromkeys((min(codes), max(codes))))
            raise CtekitError(
                f"“{given}” in line {number} cannot be counted. Type {levels}"
                f"{', ? for “I don’t know”,' if question.dont_know else ''} or nothing."
            )
        answers[question.field] = codes.get(given, given or None)
    if all(code is None for code in answers.values()):
        also = "; “I don’t know” is one" if held.questions[0].dont_know else ""
        raise CtekitError(f"{verb} one answer at least{also}.")
    ticked, most = sum(code is not None for code in answers.values()), ratings.dots(held.options)
    if held.about == "dots" and ticked > most:
        raise CtekitError(f"There are {ticked} dots here and {most} to give. Take some away.")
    return sector, answers


def read_people(typed: str) -> int:
    """A number of people.

    Raises
    ------
    CtekitError
        It is none.
    """
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 6):
        raise CtekitError(f"“{typed[:20]}” is no number of people. Type it in figures, such as 24.")
    return int(typed)
