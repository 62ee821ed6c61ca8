"""A ballot is read and judged in one place, whatever form it comes from."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ctekit.model.errors import CtekitError
from ctekit.ratings import DONT_KNOW, Round
from ctekit.rounds import ballot_form

RATING = Round("round-1", "Autumn", "2026-09-16", "purpose")
DOTS = Round("round-2", "Dots", "2026-09-16", "dots", "Promises", ("one", "two", "three", "four", "five"))


def test_a_rating_carries_its_sector_and_every_question_answered_or_blank() -> None:
    form = ballot_form.read(RATING, {"sector": "K-12", "2.1": "3", "2.2": DONT_KNOW, "token": "of the page"})
    assert (form.sector, form.answered) == ("K-12", 2)
    assert dict(form.answers) == {"2.1": 3, "2.2": DONT_KNOW, "2.3": None, "2.4": None}
    assert ballot_form.problems(RATING, form) == []


def test_what_has_to_be_mended_is_named() -> None:
    assert ballot_form.problems(RATING, ballot_form.read(RATING, {})) == ["no_sector", "answer_one"]
    ballot = ballot_form.read(RATING, {"sector": "K-12"})
    assert ballot_form.problems(RATING, ballot, may_be_blank=True) == [], "answers may be taken back"
    assert ballot_form.problems(DOTS, ballot_form.read(DOTS, {})) == ["choose_one"], "no dot is called “I don't know”"
    two = ballot_form.read(DOTS, {"option-1": "1", "option-2": "1"})
    assert ballot_form.problems(DOTS, two) == ["too_many_dots"]


@pytest.mark.parametrize(("dots", "each"), [(0, 1), (3, 3), (9, 4)])
def test_each_has_as_many_dots_as_the_agenda_says_and_one_option_less_at_most(dots: int, each: int) -> None:
    round_ = replace(DOTS, dots=dots)
    assert round_.dots_each == each
    assert Round.from_json("round-2", round_.to_json()) == round_
    most = ballot_form.read(round_, {f"option-{number}": "1" for number in range(1, each + 1)})
    assert ballot_form.problems(round_, most) == []
    assert ballot_form.problems(round_, ballot_form.read(round_, {f"option-{n}": "1" for n in range(1, each + 2)}))


def test_a_round_that_was_kept_before_dots_could_be_said_opens() -> None:
    kept = DOTS.to_json()
    del kept["dots"]
    assert Round.from_json("round-2", kept).dots_each == 1


@pytest.mark.parametrize("round_", [RATING, DOTS])
@pytest.mark.parametrize("code", ["7", "-1", "03", "3.0", "True", "null", "<b>", "٣"])
def test_what_is_no_answer_is_refused(round_: Round, code: str) -> None:
    field = round_.questions[0].field
    with pytest.raises(CtekitError, match="in line 1 cannot be counted"):
        ballot_form.read(round_, {field: code})


def test_a_vote_asks_for_no_sector_and_takes_none() -> None:
    assert "sector" in ballot_form.field_names(RATING)
    assert "sector" not in ballot_form.field_names(DOTS)
    assert ballot_form.read(DOTS, {"sector": "K-12", "option-1": "1"}).sector == ""
    with pytest.raises(CtekitError, match="“The mayor” is no sector"):
        ballot_form.read(RATING, {"sector": "The mayor"})
