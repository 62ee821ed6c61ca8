"""What is typed into the panel of a round, read: one ballot, or how many people are in the room."""

from __future__ import annotations

from collections.abc import Mapping

from ctekit.model.errors import CtekitError
from ctekit.ratings import Round
from ctekit.rounds import ballot_form
from ctekit.rounds.ballot_form import BallotForm, Problem


def read_ballot(round_: Round, typed: Mapping[str, str], verb: str) -> BallotForm:
    """A ballot, whole.

    Parameters
    ----------
    round_ : Round
    typed : mapping
        Question -> what was typed or chosen.
    verb : str
        What a person did, for the sentences: ``"Choose"`` or ``"Type"``.

    Returns
    -------
    BallotForm

    Raises
    ------
    CtekitError
        Something is missing, or no level; the sentence says what.
    """
    form = ballot_form.read(round_, typed)
    for problem in ballot_form.problems(round_, form):
        raise CtekitError(_sentence(problem, round_, form, verb))
    return form


def _sentence(problem: Problem, round_: Round, form: BallotForm, verb: str) -> str:
    if problem == "no_sector":
        return f"{verb} where the answers come from; nothing else is asked about a person."
    if problem == "answer_one":
        return f"{verb} one answer at least; “I don’t know” is one."
    if problem == "choose_one":
        return f"{verb} one answer at least."
    return f"There are {form.answered} dots here and {round_.dots_each} to give. Take some away."


def read_people(typed: str) -> int:
    """A number of people.

    Parameters
    ----------
    typed : str

    Returns
    -------
    int

    Raises
    ------
    CtekitError
        It is none.
    """
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 6):
        raise CtekitError(f"“{typed[:20]}” is no number of people. Type it in figures, such as 24.")
    return int(typed)
