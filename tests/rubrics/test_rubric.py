"""The rubric: seven elements, four indicators, five levels each, in words a room can take in and tell apart."""

from __future__ import annotations

import doctest
import hashlib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from ctekit import rubrics, worksheets
from ctekit.model.errors import NotFoundError
from ctekit.rubrics import Indicator, _rubric
from ctekit.worksheets.profile import Sector

ROOT = Path(__file__).parents[2]
PAGES = {"en": ROOT / "docs" / "rubric.md", "es": ROOT / "docs" / "rubric.es.md"}
TABLES = ROOT / "ctekit" / "rubrics"
SPANISH_TABLES = ROOT / "ctekit" / "languages" / "es"

FORBIDDEN = re.compile(r"(?<!\bat )\ball\b|\b(?:fully|effective\w*|robust\w*|leverag\w*)\b", re.IGNORECASE)
BRITISH = re.compile(r"organis|programme|neighbour|colour|behaviour|centre\b|\bring\b|\brang\b", re.IGNORECASE)
YES_OR_DATE = re.compile(r"\b(?:yes|agreed|date|dated|chose)\b", re.IGNORECASE)

SPANISH = {indicator.number: indicator for element in rubrics.elements("es") for indicator in element.indicators}

each = pytest.mark.parametrize("indicator", rubrics.INDICATORS, ids=lambda indicator: indicator.number)


def texts(indicator: Indicator) -> Iterator[str]:
    yield from (indicator.statement, indicator.statement_short, indicator.evidence, indicator.gap)
    for level in indicator.levels:
        yield from (level.screen, level.phone)


def words(text: str) -> int:
    return len(text.split())


def test_seven_elements_with_four_indicators_with_five_levels() -> None:
    assert [element.number for element in rubrics.ELEMENTS] == [1, 2, 3, 4, 5, 6, 7]
    numbers = [f"{element}.{place}" for element in range(1, 8) for place in range(1, 5)]
    assert [indicator.number for indicator in rubrics.INDICATORS] == numbers
    assert all(indicator.number.startswith(f"{indicator.element}.") for indicator in rubrics.INDICATORS)
    assert all(len(indicator.levels) == len(rubrics.LADDER) == 5 for indicator in rubrics.INDICATORS)


def test_an_element_is_called_as_its_worksheet_is() -> None:
    for element in rubrics.ELEMENTS:
        worksheet = worksheets.called(element.slug)
        assert (worksheet.element, worksheet.title) == (element.number, element.title)


def test_the_quick_round_has_one_indicator_an_element() -> None:
    assert [indicator.element for indicator in rubrics.HEADLINES] == [1, 2, 3, 4, 5, 6, 7]


@each
def test_a_text_fits_where_it_is_shown(indicator: Indicator) -> None:
    assert words(indicator.statement) <= 20
    assert words(indicator.statement_short) <= 20
    for step, level in enumerate(indicator.levels):
        assert words(level.screen) <= 30, f"level {step} on a screen: {words(level.screen)} words"
        assert words(level.phone) <= 18, f"level {step} on a phone: {words(level.phone)} words"
        assert words(level.phone) <= words(level.screen), f"level {step} is longer on a phone than on a screen"


@each
def test_words_are_plain_and_american(indicator: Indicator) -> None:
    for text in texts(indicator):
        assert text == text.strip() != ""
        assert not FORBIDDEN.search(text)
        assert not BRITISH.search(text)
        assert "—" not in text
        assert "|" not in text, "a bar would break the table in docs/rubric.md"


@each
def test_a_level_is_a_whole_sentence(indicator: Indicator) -> None:
    for level in indicator.levels:
        for text in (level.screen, level.phone):
            assert re.fullmatch(r"[A-Z“].*[.”]", text)


def test_no_two_levels_say_the_same() -> None:
    for size in ("screen", "phone"):
        sentences = [getattr(level, size) for indicator in rubrics.INDICATORS for level in indicator.levels]
        assert len(set(sentences)) == 28 * 5


@each
def test_level_three_has_a_yes_or_a_date_and_level_four_a_recent_decision(indicator: Indicator) -> None:
    *_, agreed, used = indicator.levels
    assert YES_OR_DATE.search(agreed.screen)
    assert YES_OR_DATE.search(agreed.phone)
    assert used.screen.startswith("In the last 90 days ")
    assert used.phone.startswith("In the last 90 days ")
    assert not any("90 days" in text for level in indicator.levels[:4] for text in (level.screen, level.phone))


@pytest.mark.parametrize("number", ["1.1", "1.2", "1.4", "2.3", "4.3", "4.4", "5.4", "6.1", "6.3", "6.4"])
def test_what_is_used_only_when_something_goes_wrong_can_be_rehearsed_in_a_quiet_quarter(number: str) -> None:
    (used,) = [indicator.levels[4] for indicator in rubrics.INDICATORS if indicator.number == number]
    assert "rehears" in used.screen
    assert "rehears" in used.phone


def test_a_gap_is_asked_about_in_the_words_of_both_sectors() -> None:
    asked = rubrics.prompt(rubrics.called("4.1"), "business & industry", 1, "K-12", 3)
    assert asked.startswith("Business says level 1 of 4, schools say 3. What have schools seen that business has not? ")
    assert rubrics.prompt(rubrics.called("4.1"), "others", 0.5, "business & industry", 2).startswith(
        "The other sectors say level 0.5 of 4, business says 2. "
        "What has business seen that the other sectors have not? "
    )


@each
def test_every_indicator_has_its_own_question_for_a_gap(indicator: Indicator) -> None:
    assert "{low}" in indicator.gap
    assert "{high}" in indicator.gap
    assert indicator.gap.endswith(("?", "."))
    assert words(indicator.gap) <= 20
    assert [other.number for other in rubrics.INDICATORS if other.gap == indicator.gap] == [indicator.number]
    assert not re.search(r"[{}]", rubrics.prompt(indicator, "community", 1, "postsecondary", 4))


def test_every_sector_of_the_profile_can_be_spoken_of() -> None:
    assert {*get_args(Sector), "others"} == set(rubrics.SPOKEN)


@pytest.mark.parametrize(("low", "high"), [(2, 2), (3, 1)])
def test_without_a_gap_there_is_nothing_to_ask(low: float, high: float) -> None:
    with pytest.raises(ValueError, match="A gap needs a lower and a higher median"):
        rubrics.prompt(rubrics.INDICATORS[0], "K-12", low, "community", high)


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    assert [indicator.number for indicator in rubrics.of("roles")] == ["6.1", "6.2", "6.3", "6.4"]
    with pytest.raises(NotFoundError, match="Did you mean 'purpose'"):
        rubrics.of("purpse")
    with pytest.raises(NotFoundError, match=r"No indicator has the number '8\.1'"):
        rubrics.called("8.1")


@pytest.mark.parametrize(("language", "page"), PAGES.items())
def test_the_page_is_in_step_with_the_tables(language: str, page: Path) -> None:
    again = f"run: python -m ctekit.rubrics {language} > docs/{page.name}"
    assert page.read_text(encoding="utf-8") == rubrics.as_markdown(language), again


def test_the_page_never_claims_more_than_it_can() -> None:
    assert rubrics.NOT_VALIDATED in rubrics.as_markdown()
    assert rubrics.TRANSLATED in rubrics.as_markdown()
    spanish = rubrics.as_markdown("es")
    assert "No están validadas como medida" in spanish
    assert "Todavía no la ha leído nadie que haya crecido con el español" in spanish


@pytest.mark.parametrize("language", PAGES)
def test_the_page_shows_each_level_once(language: str) -> None:
    _, elements = rubrics.as_markdown(language).split("## 1 ")
    shown = re.findall(r"^\| [0-4] \| (.+) \| (.+) \|$", elements, flags=re.MULTILINE)
    indicators = [indicator for element in rubrics.elements(language) for indicator in element.indicators]
    assert shown == [(level.screen, level.phone) for indicator in indicators for level in indicator.levels]


def test_both_languages_have_the_same_shape() -> None:
    def shape(value: object) -> object:
        if isinstance(value, dict):
            return {name: shape(part) for name, part in value.items() if name != "english"}
        if isinstance(value, list):
            return [shape(part) for part in value]
        return "words" if isinstance(value, str) else value

    for table in TABLES.glob("*.toml"):
        english, spanish = (tomllib.loads(path.read_text("utf-8")) for path in (table, SPANISH_TABLES / table.name))
        assert shape(spanish) == shape(english), table.name
        assert [indicator["number"] for indicator in spanish["indicator"]] == [
            indicator["number"] for indicator in english["indicator"]
        ]
    assert not rubrics.translations("en")


def test_nothing_is_left_in_english() -> None:
    translations = rubrics.translations("es")
    ours = {text for indicator in rubrics.INDICATORS for text in texts(indicator)} | {
        element.title for element in rubrics.ELEMENTS
    }
    ours |= {rubrics.NOT_VALIDATED, rubrics.DONT_KNOW, rubrics.TRANSLATED, *rubrics.RULES_OF_USE}
    ours |= {text for level in rubrics.LADDER for text in (level.word, level.shown_by)}
    assert ours <= translations.keys()
    assert not [english for english, spanish in translations.items() if english == spanish or not spanish.strip()]
    # Each key of what stands besides is a text that the page still prints.
    besides = tomllib.loads((SPANISH_TABLES / "words.toml").read_text("utf-8"))
    assert not [english for english in besides.keys() - {rubrics.DONT_KNOW} if english not in rubrics.as_markdown()]


@each
def test_the_spanish_says_what_the_english_says_now(indicator: Indicator) -> None:
    """The print tells a translator what has changed since; the same English has the same Spanish everywhere."""
    tables = [tomllib.loads(table.read_text("utf-8")) for table in SPANISH_TABLES.glob("*.toml")]
    prints = {two["number"]: two["english"] for table in tables for two in table.get("indicator", ())}
    now = hashlib.sha256("\n".join(texts(indicator)).encode()).hexdigest()[:12]
    assert prints[indicator.number] == now, (
        f'read the Spanish of {indicator.number} again, then write: english = "{now}"'
    )
    translations = rubrics.translations("es")
    assert [translations[text] for text in texts(indicator)] == list(texts(SPANISH[indicator.number]))


@each
def test_the_spanish_fits_and_is_as_strict(indicator: Indicator) -> None:
    spanish = SPANISH[indicator.number]
    assert words(spanish.statement_short) <= 20
    for level in spanish.levels:
        assert words(level.phone) <= 21  # Spanish takes about a sixth more words
        assert words(level.phone) <= words(level.screen) <= 35
        for text in (level.screen, level.phone):
            assert re.fullmatch(r"[A-ZÁÉÍÓÚÑ“].*\.", text)
    *below, agreed, used = spanish.levels
    for text in (agreed.screen, agreed.phone):
        assert re.search(r"\bsí\b|\bfecha\b|\b[Aa]cord|\b[Ee]ligieron\b", text)
    assert all(text.startswith("En los últimos 90 días ") for text in (used.screen, used.phone))
    assert not any("90 días" in text for level in (*below, agreed) for text in (level.screen, level.phone))
    assert {*re.findall(r"{\w+}", spanish.gap)} == {"{low}", "{high}"}
    for text in texts(spanish):
        assert text == text.strip() != ""
        assert not re.search(r"[—|]|\b(?:tú|tus?|ti|vosotros)\b", text, re.IGNORECASE)
        assert text.count("¿") == text.count("?")


def test_the_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(_rubric).failed == 0


@pytest.mark.parametrize("language", rubrics.languages())
def test_a_language_translates_what_there_is_and_leaves_the_rest_in_english(language: str) -> None:
    english, other = list(_rubric._texts(rubrics.ELEMENTS)), list(_rubric._texts(rubrics.elements(language)))
    assert len(english) == len(other)
    for table in (ROOT / "ctekit" / "languages" / language).glob("*.toml"):
        assert table.name in {
            "families.toml",
            "presenting.toml",
            "room.toml",
            "words.toml",
            *(f"{element.slug}.toml" for element in rubrics.ELEMENTS),
        }
    if language != "en":
        assert (
            rubrics.translations(language).items()
            >= {a: b for a, b in zip(english, other, strict=True) if a != b}.items()
        )
