"""The rubric: seven elements, four indicators, five levels each, in words a room can take in and tell apart."""

from __future__ import annotations

import doctest
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from ctekit import rubric, worksheets
from ctekit.errors import NotFound
from ctekit.rubric import Indicator
from ctekit.worksheets.profile import Sector

ROOT = Path(__file__).parents[1]
SOURCE = ROOT.parent / "shared" / "rubric.md"
PAGE = ROOT / "docs" / "rubric.md"

FORBIDDEN = re.compile(r"(?<!\bat )\ball\b|\b(?:fully|effective\w*|robust\w*|leverag\w*)\b", re.IGNORECASE)
BRITISH = re.compile(r"organis|programme|neighbour|colour|behaviour|centre\b|\bring\b|\brang\b", re.IGNORECASE)
YES_OR_DATE = re.compile(r"\b(?:yes|agreed|date|dated|chose)\b", re.IGNORECASE)

each = pytest.mark.parametrize("one", rubric.INDICATORS, ids=lambda one: one.number)


def texts(one: Indicator) -> Iterator[str]:
    yield from (one.statement, one.statement_short, one.evidence, one.gap)
    for level in one.levels:
        yield from (level.screen, level.phone)


def words(text: str) -> int:
    return len(text.split())


def test_seven_elements_with_four_indicators_with_five_levels() -> None:
    assert [element.number for element in rubric.ELEMENTS] == [1, 2, 3, 4, 5, 6, 7]
    numbers = [f"{element}.{place}" for element in range(1, 8) for place in range(1, 5)]
    assert [one.number for one in rubric.INDICATORS] == numbers
    assert all(one.number.startswith(f"{one.element}.") for one in rubric.INDICATORS)
    assert all(len(one.levels) == len(rubric.LADDER) == 5 for one in rubric.INDICATORS)


def test_an_element_is_called_as_its_worksheet_is() -> None:
    for element in rubric.ELEMENTS:
        worksheet = worksheets.called(element.slug)
        assert (worksheet.element, worksheet.title) == (element.number, element.title)


def test_the_quick_round_has_one_indicator_an_element() -> None:
    assert [one.element for one in rubric.HEADLINES] == [1, 2, 3, 4, 5, 6, 7]


@each
def test_a_text_fits_where_it_is_shown(one: Indicator) -> None:
    assert words(one.statement) <= 20
    assert words(one.statement_short) <= 20
    for step, level in enumerate(one.levels):
        assert words(level.screen) <= 30, f"level {step} on a screen: {words(level.screen)} words"
        assert words(level.phone) <= 18, f"level {step} on a phone: {words(level.phone)} words"
        assert words(level.phone) <= words(level.screen), f"level {step} is longer on a phone than on a screen"


@each
def test_words_are_plain_and_american(one: Indicator) -> None:
    for text in texts(one):
        assert text == text.strip() != ""
        assert not FORBIDDEN.search(text)
        assert not BRITISH.search(text)
        assert "—" not in text
        assert "|" not in text, "a bar would break the table in docs/rubric.md"


@each
def test_a_level_is_a_whole_sentence(one: Indicator) -> None:
    for level in one.levels:
        for text in (level.screen, level.phone):
            assert re.fullmatch(r"[A-Z“].*[.”]", text)


def test_no_two_levels_say_the_same() -> None:
    for size in ("screen", "phone"):
        said = [getattr(level, size) for one in rubric.INDICATORS for level in one.levels]
        assert len(set(said)) == 28 * 5


@each
def test_level_three_has_a_yes_or_a_date_and_level_four_a_recent_decision(one: Indicator) -> None:
    *_, agreed, used = one.levels
    assert YES_OR_DATE.search(agreed.screen)
    assert YES_OR_DATE.search(agreed.phone)
    assert used.screen.startswith("In the last 90 days ")
    assert used.phone.startswith("In the last 90 days ")
    assert not any("90 days" in text for level in one.levels[:4] for text in (level.screen, level.phone))


def source() -> str:
    if not SOURCE.is_file():
        pytest.skip("shared/rubric.md, which the words come from, is not beside this checkout")
    # One word is American in the package: people are called, not rung.
    text = SOURCE.read_text(encoding="utf-8")
    return text.replace("Ring or write", "Call or write").replace("whom to ring", "whom to call")


def quotes(text: str) -> str:
    return text.replace("“", '"').replace("”", '"').replace("*", "")


def test_statements_and_evidence_are_those_of_the_source() -> None:
    rows = re.findall(r"^\| (\d\.\d)( H)? \|[^|]*\| ([^|]+) \| ([^|]+) \|$", source(), flags=re.MULTILINE)
    ours = [(one.number, " H" if one.headline else "", one.statement, one.evidence) for one in rubric.INDICATORS]
    assert ours == rows


def test_the_seven_written_out_in_the_source_are_kept_to_the_letter() -> None:
    written = re.findall(r"^\*\*(\d\.\d) .+\*\*\n0 (.+)$", source(), flags=re.MULTILINE)
    assert [number for number, _ in written] == ["1.2", "2.3", "3.1", "4.1", "5.3", "6.1", "7.4"]
    for number, levels in written:
        ours = [quotes(level.screen) for level in rubric.called(number).levels]
        assert ours == re.split(r" · \d ", quotes(levels))


def test_a_gap_is_asked_about_in_the_words_of_both_sectors() -> None:
    asked = rubric.prompt(rubric.called("4.1"), "business & industry", 1, "K-12", 3)
    assert asked.startswith("Business says 1, schools say 3. What have schools seen that business has not? ")
    assert rubric.prompt(rubric.called("4.1"), "others", 0.5, "business & industry", 2).startswith(
        "The other sectors say 0.5, business says 2. What has business seen that the other sectors have not? "
    )


@each
def test_every_indicator_has_its_own_question_for_a_gap(one: Indicator) -> None:
    assert "{low}" in one.gap
    assert "{high}" in one.gap
    assert one.gap.endswith(("?", "."))
    assert words(one.gap) <= 20
    assert [other.number for other in rubric.INDICATORS if other.gap == one.gap] == [one.number]
    assert not re.search(r"[{}]", rubric.prompt(one, "community", 1, "postsecondary", 4))


def test_every_sector_of_the_profile_can_be_spoken_of() -> None:
    assert {*get_args(Sector), "others"} == set(rubric.SPOKEN)


@pytest.mark.parametrize(("low", "high"), [(2, 2), (3, 1)])
def test_without_a_gap_there_is_nothing_to_ask(low: float, high: float) -> None:
    with pytest.raises(ValueError, match="A gap needs a lower and a higher median"):
        rubric.prompt(rubric.INDICATORS[0], "K-12", low, "community", high)


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    assert [one.number for one in rubric.of("roles")] == ["6.1", "6.2", "6.3", "6.4"]
    with pytest.raises(NotFound, match="Did you mean 'purpose'"):
        rubric.of("purpse")
    with pytest.raises(NotFound, match=r"No indicator has the number '8\.1'"):
        rubric.called("8.1")


def test_the_page_is_in_step_with_the_tables() -> None:
    assert PAGE.read_text(encoding="utf-8") == rubric.as_markdown(), "run: python -m ctekit.rubric > docs/rubric.md"


def test_the_page_never_claims_more_than_it_can() -> None:
    assert rubric.NOT_VALIDATED in rubric.as_markdown()


def test_the_page_shows_each_level_once() -> None:
    _, elements = rubric.as_markdown().split("## 1 ")
    shown = re.findall(r"^\| [0-4] \| (.+) \| (.+) \|$", elements, flags=re.MULTILINE)
    assert shown == [(level.screen, level.phone) for one in rubric.INDICATORS for level in one.levels]


def test_the_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(rubric).failed == 0


def syllables(word: str) -> int:
    """Groups of vowels, less a silent e: near enough for an average."""
    heard = len(re.findall(r"[aeiouy]+", word))
    return max(1, heard - (word.endswith("e") and not word.endswith("le") and heard > 1))


def grade(text: str) -> float:
    """The Flesch-Kincaid grade of a text, estimated."""
    sentences = max(1, len(re.findall(r"[.?!;:]+(?:\s|”|$)", text)))
    spoken = re.findall(r"[a-z']+", text.lower())
    return 0.39 * len(spoken) / sentences + 11.8 * sum(map(syllables, spoken)) / len(spoken) - 15.59


def test_the_levels_read_at_about_grade_nine(capsys: pytest.CaptureFixture[str]) -> None:
    grades = {
        (one.number, step): grade(level.screen) for one in rubric.INDICATORS for step, level in enumerate(one.levels)
    }
    mean = sum(grades.values()) / len(grades)
    hardest = max(grades, key=lambda level: grades[level])
    with capsys.disabled():
        number, step = hardest
        print(f"\nrubric reads at grade {mean:.1f}; hardest is level {step} of {number} at {grades[hardest]:.1f}")
    assert mean <= 10.5
