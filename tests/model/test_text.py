"""Names are compared without what nobody sees, and found without their accents."""

from __future__ import annotations

import itertools
import unicodedata
from typing import Any

import pytest

from ctekit.editing import paste, table_actions
from ctekit.model import kinds, questions, text
from ctekit.rules import check
from ctekit.workbook import Workbook, from_answers
from ctekit.worksheets.profile import Profile
from ctekit.worksheets.roles import Roles

MARTI = "Escuela José Martí"
SAME = [
    (MARTI, unicodedata.normalize("NFD", MARTI)),
    ("O’Brien", "O'Brien"),
    ("Tri\u2011Fork College", "Tri-Fork College"),
    ("Tri–Fork College", "Tri-Fork  college"),
    ("Ana\u00a0Ruiz", "Ana Ruiz"),
    ("Ana\u200b Ruiz\u200e", "Ana Ruiz"),
    ("\ufeffAna Ruiz", "Ana Ruiz"),
    ("Post\u00adsecondary", "Postsecondary"),
    ("می\u200cروم", "میروم"),
    ("Ｏａｋ Ｍｉｌｌｓ", "Oak Mills"),
    ("STRASSE", "Straße"),
    ("ΟΔΟΣ", "οδος"),
    ("“Oak” Mills", '"Oak" Mills'),
]
OTHER = [
    ("José", "Jose"),
    ("कि", "की"),
    ("★", "☆"),
    ("Oak Mill", "Oak Mills"),
    ("👨‍👩‍👧", "👨👩👧"),
    ("Area 5", "Area 15"),
]


@pytest.mark.parametrize(("name", "other"), SAME)
def test_two_spellings_of_one_name_are_one_name(name: str, other: str) -> None:
    assert text.key(name) == text.key(other)
    assert text.loose(name) == text.loose(other)


@pytest.mark.parametrize(("name", "other"), OTHER)
def test_two_names_stay_two(name: str, other: str) -> None:
    assert text.key(name) != text.key(other)
    assert text.loose(name) != text.loose(other)


def book(*names: str) -> Workbook:
    people = [{"id": f"s-{number}", "name": name, "organization": "org-1"} for number, name in enumerate(names, 1)]
    organizations = [{"id": "org-1", "name": MARTI}, {"id": "org-2", "name": "Oak Mills"}]
    return from_answers({"profile": {"organizations": organizations, "people": people}})


@pytest.mark.parametrize(
    "spelled", [unicodedata.normalize("NFD", MARTI), MARTI.upper(), f"\u200e{MARTI}", MARTI.lower()]
)
def test_a_name_pasted_as_another_system_writes_it_is_that_row(spelled: str) -> None:
    person = Profile.tables()["people"].row.questions()["organization"]
    assert paste.Reader(book()).read(person, spelled) == "org-1"
    assert paste.Reader(book()).read(Roles.questions()["parties"], f"{spelled}, Oak Mills") == ["org-1", "org-2"]


@pytest.mark.parametrize(("name", "other"), SAME)
def test_a_name_that_is_on_the_list_in_two_spellings_is_found_twice(name: str, other: str) -> None:
    assert any(
        finding.code == "PR44" and finding.row == "s-2"
        for result in check(book(name, other), "profile")
        for finding in result.findings
    )


def test_people_whose_names_differ_in_an_accent_are_two() -> None:
    assert not any(
        finding.code == "PR44" for result in check(book("José", "Jose"), "profile") for finding in result.findings
    )


def people_found(words: str, *names: str) -> list[Any]:
    workbook = book(*names)
    return [workbook.name(row) for row in table_actions.view(Profile, "people", workbook, find=words, columns=["name"])]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("jose", "José Martínez"),
        ("martinez", unicodedata.normalize("NFD", "José Martínez")),
        ("MARTÍNEZ", "Jose Martinez"),
        ("lodz", "Łódź"),
        ("soren", "Søren"),
        ("weiss", "Weiß"),
        ("o'brien", "Pat O’Brien"),
        ("viet", "Việt"),
        ("محمد", "محـمّد"),
    ],
)
def test_finding_does_not_trip_over_accents(words: str, name: str) -> None:
    assert people_found(words, "Zoe Ode", name) == [unicodedata.normalize("NFC", name)]
    assert people_found(f"{words} nowhere", "Zoe Ode", name) == []


def test_sorting_ignores_accents_and_case_and_puts_numbers_by_size() -> None:
    names = ["alan", "Álvaro", "Beth", "Élan", "Room 9", "Room 10", "Room 010b", "zoe"]
    for shuffled in itertools.islice(itertools.permutations(names), 0, 40000, 977):
        workbook = book(*shuffled)
        assert [workbook.name(row) for row in table_actions.view(Profile, "people", workbook, sort="name")] == names


@pytest.mark.parametrize("name", ["a" + "\u0301\u0316" * 50_000, "(\u0301" * 50_000, "9" * 10_000, "\ud800", ""])
def test_any_text_can_be_compared_sorted_and_found(name: str) -> None:
    assert text.key(name) == text.key(name.upper())
    assert text.order(name) == text.order(name)
    assert isinstance(text.plain(name) + text.loose(name), str)


def test_what_is_kept_has_one_form_of_each_letter_and_nothing_that_no_file_can_hold() -> None:
    question = questions.Question(kinds.TEXT, "Name")
    assert questions.read(question, unicodedata.normalize("NFD", MARTI)) == MARTI
    assert questions.read(question, "a\x1b[31mb\x07") == "a[31mb"
    assert questions.read(question, "half \ud83d, whole \ud83d\ude00") == "half �, whole 😀"
    assert (
        questions.read(questions.Question(kinds.LONG_TEXT, "Note"), "one\r\ntwo\x0bthree\u2028four")
        == "one\ntwo\nthree\nfour"
    )
    kept = "👨‍👩‍👧 می\u200cروم \u202bעברית\u202c 𝒜"
    assert questions.read(question, kept) == kept


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Start at 7. ", "Start at 7"),
        ("Start at 6 a.m.", "Start at 6 a.m."),
        ("Learn about the U. S.", "Learn about the U. S."),
        ("Who pays...", "Who pays"),
        ("يبدأ الآن.", "يبدأ الآن"),
        (None, ""),
    ],
)
def test_a_full_stop_goes_where_a_sentence_stands_in_a_list_and_an_abbreviation_keeps_its_own(
    sentence: str | None, words: str
) -> None:
    assert text.without_full_stop(sentence) == words
