"""Whatever is given as an answer, it is an answer of bounded length or one sentence, and nothing takes long."""

from __future__ import annotations

import datetime
import json
import unicodedata
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctekit import worksheets
from ctekit.model import kinds, questions
from ctekit.model.questions import InvalidAnswerError, Question
from ctekit.workbook import sheet
from ctekit.worksheets.roles import Roles

OPTIONS = ("in person", "by phone, or mail", "not yet")
ONE_OF_EACH = {
    "text": Question(kinds.TEXT, "Name"),
    "long_text": Question(kinds.LONG_TEXT, "Note"),
    "choice": Question(kinds.CHOICE, "How", options=OPTIONS),
    "choices": Question(kinds.CHOICES, "How", options=OPTIONS),
    "scale": Question(kinds.SCALE, "How much", options=("0", "1", "2"), meanings=("no", "hardly", "yes")),
    "date": Question(kinds.DATE, "On"),
    "month": Question(kinds.DATE, "By when?", period=True),
    "whole": Question(kinds.WHOLE, "How many", least=Decimal(0)),
    "decimal": Question(kinds.DECIMAL, "Target", units="$%"),
    "money": Question(kinds.MONEY, "Amount", least=Decimal(0)),
    "percentage": Question(kinds.PERCENTAGE, "Share", least=Decimal(0), most=Decimal(100)),
    "yes_no": Question(kinds.YES_NO, "Done"),
    "reference": Question(kinds.REFERENCE, "Who", target="profile.people", also=("all of us",)),
    "references": Question(kinds.REFERENCES, "Who", target="profile.people", also=("all of us",)),
    "matrix": Roles.question("matrix"),
    "rows": Roles.question("tasks"),
}
EACH = pytest.mark.parametrize("kind", ONE_OF_EACH)

SIGNS = st.sampled_from(
    [*"0123456789 ,.'-−–+$%€()/:eEkxX✓RA;\n\x00\x1b\u200b\u202e\ud800", "June", "2027", "T00:00", "٣", "²"]
)
WORDS = st.one_of(
    st.text(st.characters(exclude_categories=())),
    st.lists(SIGNS).map("".join),
    st.sampled_from([*OPTIONS, "need-3", "Sí"]),
)
PLAIN = st.one_of(
    WORDS, st.none(), st.booleans(), st.integers(), st.floats(), st.decimals(), st.dates(), st.datetimes(), st.binary()
)
ANYTHING = st.recursive(
    PLAIN,
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(max_size=5), inner), st.tuples(inner)),
    max_leaves=8,
)


def outcome(kind: str, value: Any) -> Any:
    """What is kept, or None where a sentence says why not."""
    try:
        return questions.read(ONE_OF_EACH[kind], value)
    except InvalidAnswerError as error:
        sentence = str(error)
    assert 10 < len(sentence) < 500
    assert not any(unicodedata.category(sign) in ("Cc", "Cs", "Cf") for sign in sentence.replace("\u200d", ""))
    return None


@EACH
@given(value=ANYTHING)
@settings(max_examples=80, deadline=None)
def test_anything_is_an_answer_of_bounded_length_or_a_sentence(kind: str, value: Any) -> None:
    kept = outcome(kind, value)
    assert len(json.dumps(kept, ensure_ascii=False).encode()) < 1_000_000
    assert outcome(kind, kept) == kept, "what was read is read as the same"


HOSTILE = {
    "marks on one letter": "a" + "\u0301\u0316" * 99_000,
    "marks and signs": "(\u0301" * 90_000,
    "decomposed": unicodedata.normalize("NFD", "é") * 90_000,
    "ten million": "x" * 10_000_000,
    "digits": "1" * 150_000,
    "commas": "1," * 70_000,
    "spaces": " " * 150_000 + "1",
    "lines": "a\n" * 90_000,
    "brackets": "(" * 100_000,
    "separators": "R;" * 50_000,
    "surrogates": "\ud83d" * 100_000,
    "a list of lists": [[["a"] * 1000] * 1000] * 1000,
    "a long list": ["in person"] * 1_000_000,
    "a list of long": ["x" * 1_000_000] * 1000,
    "a list of choices": [*OPTIONS] * 333,
    "a large number": 10**100_000,
    "exponents": "1e99999999",
    "signaling": Decimal("sNaN"),
    "exponent": Decimal("1e99999999"),
    "a table": {"kind": "to find out"},
    "bytes": b"2027-06-30",
    "an object": object(),
}


@EACH
@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_answers_are_refused_at_once(kind: str, what: str) -> None:
    kept = outcome(kind, HOSTILE[what])
    assert len(json.dumps(kept)) < 1_500_000
    assert outcome(kind, kept) == kept


@pytest.mark.parametrize(("kind", "most"), [("text", 5_000), ("long_text", 200_000)])
def test_a_text_that_is_too_long_is_told_how_long_it_is_and_may_be(kind: str, most: int) -> None:
    assert questions.read(ONE_OF_EACH[kind], "x" * most) == "x" * most
    with pytest.raises(
        InvalidAnswerError, match=rf"is {most + 1:,} characters long, and {most:,} can be kept here\. Shorten it"
    ):
        questions.read(ONE_OF_EACH[kind], "x" * (most + 1))


def test_a_list_that_is_too_long_is_told_so() -> None:
    with pytest.raises(InvalidAnswerError, match=r"names 1,001 things, and 1,000 can be kept here"):
        questions.read(ONE_OF_EACH["references"], [f"s-{number}" for number in range(1001)])
    with pytest.raises(InvalidAnswerError, match=r"names 1,001 things"):
        questions.read(ONE_OF_EACH["references"], "\n".join(f"s-{number}" for number in range(1001)))


@pytest.mark.parametrize("kind", ["date", "whole", "decimal", "money", "percentage", "scale", "yes_no", "choice"])
@given(value=PLAIN)
@settings(max_examples=80, deadline=None)
def test_what_is_shown_is_read_as_what_was_kept(kind: str, value: Any) -> None:
    question, kept = ONE_OF_EACH[kind], outcome(kind, value)
    if kept is not None:
        again = questions.read(question, questions.show(question, kept))
        assert Decimal(again) == Decimal(kept) if kind in ("decimal", "money", "percentage") else again == kept


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        ("yes_no", "✓", True),
        ("yes_no", "✔️", True),
        ("yes_no", "X", True),
        ("yes_no", "Sí", True),
        ("yes_no", "Yes.", True),
        ("yes_no", "NO", False),
        ("yes_no", False, False),
        ("choice", "In-Person", "in person"),
        ("choice", "by phone or mail", "by phone, or mail"),
        ("choices", ["not yet", "Not yet"], ["not yet"]),
        ("choices", "in person", ["in person"]),
        ("scale", "1 hardly", 1),
        ("scale", "hardly", 1),
        ("scale", "2.0", 2),
        ("scale", 2.0, 2),
        ("reference", "All of us", "all of us"),
        ("references", "s-1\ns-2\ns-1", ["s-1", "s-2"]),
        ("matrix", "R;A", "AR"),
        ("matrix", "R\nA", "AR"),
        ("matrix", "R | c", "RC"),
        ("matrix", "R–A", "AR"),
        ("matrix", "（Ｒ）", "R"),
        ("matrix", "-", None),
        ("text", 5, "5"),
        ("text", datetime.date(2027, 6, 30), "2027-06-30"),
        ("text", True, "yes"),
        ("text", "\u200b \ufeff", None),
    ],
)
def test_what_people_write_for_an_answer_is_that_answer(kind: str, given: Any, kept: Any) -> None:
    assert questions.read(ONE_OF_EACH[kind], given) == kept


@pytest.mark.parametrize(
    ("kind", "given", "sentence"),
    [
        ("yes_no", "✗", "“✗” is not yes or no. Choose yes or no, or leave it blank."),
        ("yes_no", 1, "“1” is not yes or no."),
        ("choice", "X", "“X” is not one of the choices here. Choose one of: in person, by phone, or mail, not yet."),
        ("choices", [["in person"]], "A list is not one of the choices here."),
        ("scale", True, "“True” is not on the scale. Choose a step from 0 to 2."),
        ("scale", 3, "“3” is not on the scale."),
        ("reference", "need-٣", "“need-٣” does not name a row. Pick one from the list, or one of: all of us."),
        ("matrix", "R (lead)", "“R (lead)” holds D, which means nothing here. Use the letters A, R, S, C, I."),
        ("matrix", ["R", "A"], "A list holds no letters for this cell."),
        ("text", ["a"], "A list is no text. Write words, or leave it blank."),
        ("rows", "a", "is a table. Answer the questions of its rows one by one."),
    ],
)
def test_what_fits_no_answer_is_told_in_a_sentence(kind: str, given: Any, sentence: str) -> None:
    with pytest.raises(InvalidAnswerError) as error:
        questions.read(ONE_OF_EACH[kind], given)
    assert sentence in str(error.value)


@given(value=ANYTHING)
@settings(max_examples=80, deadline=None)
def test_any_mark_is_a_mark_or_a_sentence(value: Any) -> None:
    given_marks = (value, {"kind": value}, {"kind": "to find out", "by": value, "whom": value, "because": value})
    for mark in given_marks:
        try:
            kept = questions.read_mark(mark)
        except InvalidAnswerError:
            continue
        assert questions.read_mark(kept) == kept
        assert kept is None or sheet("purpose", {"marks": {"by": kept}}).marks["by"].kind == kept["kind"]


def test_a_mark_keeps_its_parts_and_nothing_else() -> None:
    mark = {"kind": "to find out", "whom": " Ana ", "by": "6/30/2027", "because": None, "else": "x"}
    assert questions.read_mark(mark) == {"kind": "to find out", "whom": "Ana", "by": "2027-06-30"}
    assert questions.read_mark(None) is questions.read_mark("") is questions.read_mark({}) is None


def test_every_example_in_every_worksheet_is_an_answer() -> None:
    models: list[Any] = []
    for kind in worksheets.every().values():
        models += [kind, *(question.row for question in kind.tables().values())]
    examples = [
        ask for model in models for ask in model.questions().values() if ask.example and ask.kind.name != "rows"
    ]
    assert len(examples) > 100
    for ask in examples:
        if not ask.target:
            assert questions.read(ask, ask.example) is not None
