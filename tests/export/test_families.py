"""The page for families says the same in each language, in plain words, and leaves people's answers as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import html5lib
import pytest

from ctekit import samples
from ctekit.site import Site, families
from ctekit.site.families import words
from ctekit.workbook import from_answers
from tests.reading import grade

_OTHERS = [code for code in words() if code != "en"]


def flat(text: dict[str, Any]) -> dict[str, str]:
    return {key: value for key, value in text.items() if key != "step"} | {
        f"step.{key}": value for key, value in text["step"].items()
    }


@pytest.fixture(scope="module")
def page() -> Any:
    return html5lib.parse(Site(samples.book("harrow-bend")).page("families"), namespaceHTMLElements=False)


def test_spanish_is_one_of_the_languages() -> None:
    assert "es" in _OTHERS


@pytest.mark.parametrize("code", _OTHERS)
def test_a_language_says_what_english_says_and_leaves_the_same_blanks(code: str) -> None:
    english, other = flat(dict(words()["en"])), flat(dict(words()[code]))
    assert english.keys() == other.keys()
    for key, text in other.items():
        assert text.strip(), key
        assert re.findall(r"{\w+}", text) == re.findall(r"{\w+}", english[key]), key


def test_spanish_leaves_nothing_in_english() -> None:
    english, spanish = flat(dict(words()["en"])), flat(dict(words()["es"]))
    assert [key for key, text in spanish.items() if text == english[key]] == []


@pytest.fixture
def page_with_a_few_words(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The page where a second language has a few words of its own, and a part of those of the table."""
    few = {"es": {"language": "Kreyòl", "ask": "Kiyès pou mande", "step": {"where": "Ki kote"}}}
    monkeypatch.setattr(families.rubrics, "translation", lambda code, _: few.get(code, {}))
    words.cache_clear()
    yield html5lib.parse(Site(samples.book("harrow-bend")).page("families"), namespaceHTMLElements=False)
    words.cache_clear()


def test_what_a_language_does_not_say_stays_english(page_with_a_few_words: Any) -> None:
    (section,) = page_with_a_few_words.findall(".//section[@id='es']")
    columns = ["".join(cell.itertext()) for cell in section.iter("th") if cell.get("scope") == "col"]
    assert columns == ["What you learn", "Ki kote", "What you can show", "What counts later", "Pay an hour"]
    assert {"Kiyès pou mande", "The steps"} <= {"".join(heading.itertext()) for heading in section.iter("h3")}


def test_the_words_of_the_page_can_be_read_by_everybody() -> None:
    sentences = [text for text in flat(dict(words()["en"])).values() if text.endswith((".", "?"))]
    assert sentences
    assert [text for text in sentences if grade(text) > 6] == []
    spanish = flat(dict(words()["es"])).values()
    assert [text for text in spanish if max(map(len, re.split(r"[.:;]", text))) > 70] == [], "short sentences alone"


@pytest.mark.parametrize("code", ["en", *_OTHERS])
def test_what_nobody_has_written_has_the_address_to_ask_beside_it(page: Any, code: str) -> None:
    text, door = words()[code], "Harrow Bend Pathway Desk"
    (line,) = (line for each in page.iter("p") if (line := "".join(each.itertext())).startswith(text["hurt"]))
    assert line.startswith(text["unknown"].format(what=text["hurt"], where=door).rstrip("."))


def test_where_no_address_is_written_families_are_sent_to_whom_they_know() -> None:
    page = Site(from_answers({"profile": {"name": "Yards"}})).page("families")
    assert "If a learner is hurt or missing at a work site" in page
    assert "please ask whoever gave you this page." in page
    assert "not known" not in page.lower()


@pytest.mark.parametrize("code", _OTHERS)
def test_each_language_is_marked_as_such_and_leads_to_the_other(page: Any, code: str) -> None:
    (section,) = page.findall(f".//section[@id='{code}']")
    assert section.get("lang") == code
    assert page.get("lang") == "en"
    assert [link.get("lang") for link in page.findall(f".//a[@href='#{code}']")] == [code]
    (back,) = section.findall(".//a")
    assert (back.get("href"), back.get("lang")) == ("#main", "en")
    levels = [int(element.tag[1]) for element in page.iter() if re.fullmatch(r"h[1-6]", str(element.tag))]
    assert all(below <= above + 1 for above, below in pairwise(levels)), levels


@pytest.mark.parametrize("code", _OTHERS)
def test_it_says_in_both_languages_that_answers_stay_as_they_were_written(page: Any, code: str) -> None:
    (section,) = page.findall(f".//section[@id='{code}']")
    in_section = {"".join(element.itertext()) for element in section.iter("p")}
    assert words()[code]["as_written"] in in_section
    assert words()["en"]["as_written"] in {"".join(element.itertext()) for element in page.iter("p")} - in_section


@pytest.mark.parametrize("code", _OTHERS)
def test_answers_are_in_each_language_as_people_wrote_them(page: Any, code: str) -> None:
    (section,) = page.findall(f".//section[@id='{code}']")
    answers = ["".join(element.itertext()) for element in section.iter() if element.get("lang") == ""]
    assert "More graduates leave with a credential that our employers use." in answers
    assert any("Harrow Bend Pathway Desk" in answer for answer in answers)
    fixed = {"".join(element.itertext()) for tag in ("h2", "h3", "dt") for element in section.iter(tag)}
    assert fixed <= set(flat(dict(words()[code])).values())
