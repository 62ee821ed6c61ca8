"""Numbers and days have one reader: what is clear is read, what can be read in two ways is asked about."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

from ctekit.editing import paste
from ctekit.exercises._words import number
from ctekit.model import kinds, questions
from ctekit.model.days import long_day, long_days
from ctekit.model.questions import InvalidAnswerError, Question
from ctekit.workbook import Workbook

WHOLE = Question(kinds.WHOLE, "How many?", least=Decimal(0))
NUMBER = Question(kinds.DECIMAL, "Hours", least=Decimal(0))
TARGET = Question(kinds.DECIMAL, "Target", units="$%")
MONEY = Question(kinds.MONEY, "Amount", least=Decimal(0))
WEIGHT = Question(kinds.DECIMAL, "Weight", least=Decimal(0), most=Decimal(100))
SHARE = Question(kinds.PERCENTAGE, "Share", least=Decimal(0), most=Decimal(100))
DAY = Question(kinds.DATE, "On")
PERIOD = Question(kinds.DATE, "By when?", period=True)


def refusal(question: Question, given: Any) -> str:
    with pytest.raises(InvalidAnswerError) as error:
        questions.read(question, given)
    return str(error.value)


@pytest.mark.parametrize(
    ("question", "given", "kept"),
    [
        (WHOLE, "1,200", 1200),
        (WHOLE, "1 200 000", 1200000),
        (WHOLE, "1\xa0000", 1000),
        (WHOLE, "1\u2009000", 1000),
        (WHOLE, "1\u202f000", 1000),
        (WHOLE, "1'000", 1000),
        (WHOLE, "1’000", 1000),
        (WHOLE, "١٬٠٠٠", 1000),
        (WHOLE, "１２３", 123),
        (WHOLE, "१२", 12),
        (WHOLE, "\u200e42", 42),
        (WHOLE, "007", 7),
        (WHOLE, "5.0", 5),
        (WHOLE, 5.0, 5),
        (WHOLE, "+5", 5),
        (NUMBER, "1,200.50", "1200.50"),
        (NUMBER, ".5", "0.5"),
        (NUMBER, "0.125", "0.125"),
        (NUMBER, "1.25", "1.25"),
        (NUMBER, "1.1250", "1.1250"),
        (NUMBER, "1234.500", "1234.500"),
        (NUMBER, 1.0, "1.0"),
        (NUMBER, Decimal("1.000"), "1"),
        (NUMBER, Decimal("1.250"), "1.25"),
        (NUMBER, 1.125, "1.1250"),
        (WEIGHT, "1.000", "1.000"),
        (WEIGHT, "99.125", "99.125"),
        (SHARE, "12.500", "12.500"),
        (TARGET, "12.500 %", "12.5"),
        (NUMBER, "٣٫٥", "3.5"),
        (NUMBER, 0.1, "0.1"),
        (NUMBER, "-0", "0"),
        (TARGET, "-2.5", "-2.5"),
        (TARGET, "−2.5", "-2.5"),
        (TARGET, "(2.5)", "-2.5"),
        (TARGET, "-$1,200", "-1200"),
        (TARGET, "25 %", "25"),
        (MONEY, "$1,200.50", "1200.50"),
        (MONEY, "＄１，２００", "1200"),
        (MONEY, "US$ 60000", "60000"),
        (MONEY, "60000 dollars", "60000"),
        (MONEY, Decimal("1.200"), "1.20"),
        (SHARE, "12 %", "12"),
        (SHARE, "12.5 percent", "12.5"),
        (SHARE, "12٪", "12"),
    ],
)
def test_a_number_with_one_clear_reading_is_read(question: Question, given: Any, kept: Any) -> None:
    assert questions.read(question, given) == kept


@pytest.mark.parametrize("question", [NUMBER, TARGET, WEIGHT, SHARE], ids=lambda question: question.title)
@pytest.mark.parametrize("given", ["1", "1.1", "1.100", "1.125", "12.000", "99.999", "0.125"])
def test_a_number_that_a_script_gives_is_never_asked_about_and_reads_back(question: Question, given: str) -> None:
    kept = questions.read(question, Decimal(given))
    assert questions.read(question, str(kept)) == kept
    assert Decimal(kept) == Decimal(given)


def test_many_digits_with_a_comma_are_asked_about() -> None:
    assert "can be read as" in refusal(MONEY, "1" * 40 + ",5")


@pytest.mark.parametrize(
    ("question", "given", "sentence"),
    [
        (NUMBER, "0,5", "“0,5” can be read as 0.5 or as 5. Write 0.5 or 5."),
        (MONEY, "3,5", "“3,5” can be read as 3.5 or as 35. Write 3.5 or 35."),
        (NUMBER, "-12,50", "“-12,50” can be read as -12.50 or as -1250. Write -12.50 or -1250."),
        (NUMBER, "0,500", "“0,500” can be read as 0.500 or as 500. Write 0.500 or 500."),
        (WHOLE, "1.000", "“1.000” can be read as 1 or as 1000. Write 1 or 1000."),
        (MONEY, "1.200", "“1.200” can be read as 1.200 or as 1200. Write 1.2 or 1200."),
        (NUMBER, "1.000", "“1.000” can be read as 1 or as 1000. Write 1 or 1000."),
        (NUMBER, "1.250", "“1.250” can be read as 1.250 or as 1250. Write 1.25 or 1250."),
        (NUMBER, "12.125", "“12.125” can be read as 12.125 or as 12125. Write 12.1250 or 12125."),
        (TARGET, "-1.250", "“-1.250” can be read as -1.250 or as -1250. Write -1.25 or -1250."),
        (TARGET, "$1.250", "“$1.250” can be read as 1.250 or as 1250. Write 1.25 or 1250."),
        (MONEY, "1.200,50", "“1.200,50” can be read as 1200.50. Write 1200.50 if that is meant."),
        (MONEY, "1 200,50", "“1 200,50” can be read as 1200.50. Write 1200.50 if that is meant."),
        (WHOLE, "1.000.000", "“1.000.000” can be read as 1000000. Write 1000000 if that is meant."),
        (WHOLE, "1,20,000", "“1,20,000” can be read as 120000. Write 120000 if that is meant."),
        (WHOLE, "1.200,50", "and a whole number is expected here. Write it in digits, or leave it blank."),
        (WHOLE, "3,5", "Write 35 if that is meant."),
        (MONEY, "5k", "“5k” can be read as 5000. Write 5000 in full if that is meant."),
        (MONEY, "$1.5 million", "can be read as 1500000."),
        (MONEY, "1.2E+05", "“1.2E+05” can be read as 120000."),
        (NUMBER, "1E-3", "“1E-3” can be read as 0.001."),
        (MONEY, "$1,200-$1,500", "is a range. Write one number"),
        (WHOLE, "10 to 20", "is a range. Write one number"),
        (WHOLE, "1,2,3", "looks like more than one number"),
        (WHOLE, "12 34", "looks like more than one number"),
        (MONEY, "€5", "“€5” holds “€”. Write an amount in dollars without it."),
        (MONEY, "5%", "“5%” holds “%”. Write an amount in dollars without it."),
        (MONEY, "5 %", "“5 %” holds “%”. Write an amount in dollars without it."),
        (WHOLE, "5 percent", "“5 percent” holds “percent”. Write a whole number without it."),
        (NUMBER, "50%", "Write a number without it, such as 0.5 for one half."),
        (WHOLE, "$5", "“$5” holds “$”. Write a whole number without it."),
        (SHARE, "$5", "“$5” holds “$”. Write a percentage without it."),
        (SHARE, "120%", "“120%” is outside what is expected here: a percentage from 0 to 100."),
        (WHOLE, "(500)", "“(500)” is outside what is expected here: a whole number of at least 0."),
        (MONEY, "−5", "“−5” is outside what is expected here: an amount in dollars of at least 0."),
        (
            MONEY,
            "1.005",
            "can be read as 1.005 or as 1005, and an amount in dollars is expected here. Write 1005 if that is meant.",
        ),
        (MONEY, Decimal("1.005"), "has parts of a cent"),
        (WHOLE, "5²", "“5²” is not a whole number. Write a whole number in digits, or leave it blank."),
        (WHOLE, "½", "is not a whole number"),
        (WHOLE, "<10", "is not a whole number"),
        (WHOLE, "5-", "is not a whole number"),
        (WHOLE, "--5", "is not a whole number"),
        (WHOLE, "(5", "is not a whole number"),
        (WHOLE, "1,200,", "looks like more than one number"),
        (WHOLE, "ten", "is not a whole number"),
        (WHOLE, True, "“True” is not a whole number"),
        (NUMBER, float("nan"), "“nan” is no answer"),
        (NUMBER, [1], "A list is not a number"),
    ],
)
def test_a_number_that_can_be_read_in_two_ways_or_in_none_is_asked_about(
    question: Question, given: Any, sentence: str
) -> None:
    assert sentence in refusal(question, given)


@pytest.mark.parametrize("question", [WHOLE, NUMBER, MONEY, TARGET], ids=lambda question: question.title)
@pytest.mark.parametrize(
    "given",
    ["1e99999999", "1e999999999999", "9" * 16, "9" * 10_000, "0." + "1" * 30, 10**5000, 1e300, 1e-300, Decimal("1e99")],
    ids=range(9),
)
def test_no_number_takes_more_room_than_a_number_needs(question: Question, given: Any) -> None:
    assert len(refusal(question, given)) < 250


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("2027-06-30", "2027-06-30"),
        ("2027/6/3", "2027-06-03"),
        ("2027–06–30", "2027-06-30"),
        ("6/30/2027", "2027-06-30"),
        ("3/4/26", "2026-03-04"),
        ("6/30/28", "2028-06-30"),
        ("6/30/49", "2049-06-30"),
        ("6 / 30 / 2027", "2027-06-30"),
        ("6/30/2027.", "2027-06-30"),
        ("6/30/2027 at 5 p.m.", "2027-06-30"),
        ("Wed., Jun. 30, 2027", "2027-06-30"),
        ("06-30-2027", "2027-06-30"),
        ("Sept 5, 2026", "2026-09-05"),
        ("Sept. 5, 2026", "2026-09-05"),
        ("March 4th, 2026", "2026-03-04"),
        ("4th of March 2026", "2026-03-04"),
        ("4 march 2026", "2026-03-04"),
        ("3-Jun-2027", "2027-06-03"),
        ("30-Jun-28", "2028-06-30"),
        ("5 de junio de 2027", "2027-06-05"),
        ("miércoles, 4 de marzo de 2026", "2026-03-04"),
        ("Sábado 5 de junio del 2027", "2027-06-05"),
        ("mar 4, 2026", "2026-03-04"),
        ("Wednesday, June 30, 2027", "2027-06-30"),
        ("3/4/2026 12:00:00 AM", "2026-03-04"),
        ("2026-03-04T00:00:00", "2026-03-04"),
        ("2026-03-04T00:00:00.000Z", "2026-03-04"),
        ("2026-03-04 0:00", "2026-03-04"),
        ("٢٠٢٧-٠٦-٣٠", "2027-06-30"),
        ("２０２７/０６/３０", "2027-06-30"),
        ("６/３０/２０２７", "2027-06-30"),
        (datetime.date(2027, 6, 30), "2027-06-30"),
        (datetime.datetime(2027, 6, 30, 10, 42), "2027-06-30"),
    ],
)
def test_a_clear_day_is_read(given: Any, kept: str) -> None:
    assert questions.read(DAY, given) == kept


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("٠١/١٢/٢٠٢٦", "“٠١/١٢/٢٠٢٦” can be read as 2026-01-12 or as 2026-12-01. Write 2026-01-12 or 2026-12-01."),
        ("31/12/2026", "“31/12/2026” can be read as 2026-12-31. Write 2026-12-31 if that is meant."),
        ("4.3.2026", "can be read as 2026-03-04 or as 2026-04-03. Write 2026-03-04 or 2026-04-03."),
        ("3-4-26", "can be read as 2026-03-04 or as 2026-04-03."),
        ("26-03-04", "can be read as 2004-03-26 or as 2026-03-04."),
        ("martes, 4 de marzo de 2026", "2026-03-04 is a Wednesday."),
        (
            "3/4/0026",
            "is in the year 26. Days from 1900 to 2200 are expected here. Write it as 2026-03-04.",
        ),
        ("1899-12-31", "is in the year 1899."),
        ("9999-12-31", "is in the year 9999."),
        (datetime.date(26, 3, 4), "is in the year 26."),
        ("June 2029", "names no day. Which day in June 2029? Write the day, such as June 30, 2029."),
        ("2029", "names no day. Which day in 2029? Write the day, such as December 31, 2029."),
        ("Jun-29", "can be a day without its year, or a month."),
        ("Monday, June 30, 2027", "2027-06-30 is a Wednesday."),
        ("2/30/2027", "“2/30/2027” is no day of the calendar. Write it as June 30, 2027 or as 2027-06-30."),
        ("6/30/99", "can be read as 1999-06-30 or as 2099-06-30. Write 1999-06-30 or 2099-06-30."),
        ("3-Jun-98", "can be read as 1998-06-03 or as 2098-06-03."),
        ("30.6.98", "can be read as 1998-06-30 or as 2098-06-30."),
        ("30. 6. 2027", "can be read as 2027-06-30. Write 2027-06-30 if that is meant."),
        ("46085", "“46085” can be read as 2026-03-04. Write 2026-03-04 if that is meant."),
        (46085, "can be read as 2026-03-04."),
        ("46085.75", "can be read as 2026-03-04."),
        ("99999", "is not a date"),
        ("12345", "is not a date"),
        ("Q3 2027", "“Q3 2027” is not a date. Write it as June 30, 2027 or as 2027-06-30."),
        ("end of June 2027", "is not a date"),
        ("2027-06-30 or later", "is not a date"),
        ("June 3 - 5, 2027", "is not a date"),
        ("2027-06-30T25:00", "is not a date"),
        ("3/4", "is not a date"),
        ("2026-27", "is not a date"),
        ("2" * 100_000, "is not a date"),
        (True, "is not a date"),
        ([2027, 6, 30], "A list is not a date"),
    ],
)
def test_a_day_that_is_not_clear_is_asked_about(given: Any, sentence: str) -> None:
    assert sentence in refusal(DAY, given)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("June 2029", "2029-06-30"),
        ("Feb. 2028", "2028-02-29"),
        ("2/2028", "2028-02-29"),
        ("2029-06", "2029-06-30"),
        ("2029", "2029-12-31"),
        (2029, "2029-12-31"),
        ("6/30/28", "2028-06-30"),
        ("end of June 2027", "2027-06-30"),
        ("by the end of Feb. 2028", "2028-02-29"),
        ("By June 15, 2027", "2027-06-15"),
        ("until 15 June 2027", "2027-06-15"),
    ],
)
def test_where_a_month_or_year_is_asked_for_its_last_day_is_kept(given: Any, kept: str) -> None:
    assert questions.read(PERIOD, given) == kept


@pytest.mark.parametrize("given", ["Q3 2027", "fall 2027", "2026-27", "2026/27", "end of June", "ongoing"])
def test_where_a_month_or_year_will_do_that_is_said(given: str) -> None:
    sentence = "is not a date. Write a day, a month or a year, such as June 30, 2027, June 2027 or 2027."
    assert refusal(PERIOD, given) == f"“{given}” {sentence}"


@pytest.mark.parametrize(
    "given", ["0,5", "- 5", "– 5", "1.000", "1.200,50", "1'000", "5k", "12 %", "($5)", "1e99999999", "$1,200"]
)
@pytest.mark.parametrize("question", [WHOLE, NUMBER, MONEY, SHARE], ids=lambda question: question.kind)
def test_pasted_numbers_are_read_as_typed_ones(question: Question, given: str) -> None:
    assert _outcome(paste.Reader(Workbook({})).read, question, given) == _outcome(questions.read, question, given)


@pytest.mark.parametrize(
    "given", ["3/4/26", "Sept 5, 2026", "31/12/2026", "3/4/0026", "June 2029", "3-Jun-2027", "4.3.26"]
)
@pytest.mark.parametrize("question", [DAY, PERIOD], ids=lambda question: question.title)
def test_pasted_days_are_read_as_typed_ones(question: Question, given: str) -> None:
    assert _outcome(paste.Reader(Workbook({})).read, question, given) == _outcome(questions.read, question, given)


def _outcome(read: Any, question: Question, given: str) -> Any:
    try:
        return read(question, given)
    except InvalidAnswerError as error:
        return str(error)


@pytest.mark.parametrize(
    ("words", "figure"),
    [("11.0%", 11.0), ("from 1,200 learners", 1200), ("3,5", 3.5), ("$60,000.", 60000), ("25", 25), ("none", None)],
)
def test_a_figure_in_an_exercise_is_read_as_everywhere(words: str, figure: float | None) -> None:
    assert number(words) == figure


@pytest.mark.parametrize(
    ("day", "words"),
    [("2027-03-06", "March 6, 2027"), (datetime.date(2026, 12, 31), "December 31, 2026"), ("next fall", "next fall")],
)
def test_a_day_is_said_as_people_say_it(day: str | datetime.date, words: str) -> None:
    assert long_day(day) == words
    assert long_days(f"Open on {day}.") == f"Open on {words}."
    assert not isinstance(day, datetime.date) or questions.show(DAY, day) == words
