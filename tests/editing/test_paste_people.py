"""Lists of people that are no tables: contact cards, chats and names with where they come from become their columns."""

from __future__ import annotations

import pytest

from ctekit.editing import paste
from ctekit.workbook import Workbook, from_answers
from ctekit.worksheets.meetings import Meetings
from ctekit.worksheets.profile import Profile


@pytest.fixture(scope="module")
def book() -> Workbook:
    organizations = [{"id": "org-1", "name": "River College"}, {"id": "org-2", "name": "Mills, Ames & Co."}]
    return from_answers({"profile": {"organizations": organizations, "people": [{"id": "s-1", "name": "Ana Ruiz"}]}})


def lines_of(text: str) -> list[list[str]]:
    return [line.split("\t") for line in text.split("\n")]


def written(text: str, book: Workbook, table: str = "people") -> list[tuple[str, str, object]]:
    plan = paste.plan(Profile, table, "", "name", lines_of(text), book)
    return [(cell.row, cell.field, cell.value) for cell in plan.cells]


PARTED = {
    "name, role, organization": "Ida Ek, Coach, River College\nLu Zu, Dean, River College",
    "name, organization, role": "Ida Ek, River College, Coach\nLu Zu, River College, Dean",
    "a stroke and parentheses": "Ida Ek – Coach (River College)\nLu Zu – Dean (River college)",
    "organization first": "River College: Ida Ek, Coach\nRiver College: Lu Zu, Dean",
    "numbered": "1. Ida Ek | Coach | River College\n2. Lu Zu | Dean | River College",
}


@pytest.mark.parametrize("form", PARTED)
def test_the_organizations_behind_names_say_which_part_is_which(form: str, book: Workbook) -> None:
    assert sorted(written(PARTED[form], book)) == [
        ("s-*1", "name", "Ida Ek"),
        ("s-*1", "organization", "org-1"),
        ("s-*1", "role", "Coach"),
        ("s-*2", "name", "Lu Zu"),
        ("s-*2", "organization", "org-1"),
        ("s-*2", "role", "Dean"),
    ]


def test_a_comma_in_quotes_parts_no_name(book: Workbook) -> None:
    assert written('"Ek, Ida","River College"\n"Ruiz, Ana","Mills, Ames & Co."', book) == [
        ("s-*1", "name", "Ek, Ida"),
        ("s-*1", "organization", "org-1"),
        ("s-*2", "name", "Ruiz, Ana"),
        ("s-*2", "organization", "org-2"),
    ]


def test_sectors_behind_organizations_are_theirs(book: Workbook) -> None:
    text = "Oak Mills LLC, business & industry\nCity High, K-12"
    assert written(text, book, "organizations") == [
        ("org-*1", "name", "Oak Mills LLC"),
        ("org-*1", "sector", "business & industry"),
        ("org-*2", "name", "City High"),
        ("org-*2", "sector", "K-12"),
    ]


def test_an_organization_that_is_missing_yet_among_known_ones_is_told(book: Workbook) -> None:
    text = "Ida Ek, River College\nLu Zu, River College\nJo Kim, Zu Works"
    plan = paste.plan(Profile, "people", "", "name", lines_of(text), book)
    assert [cell.value for cell in plan.cells if cell.field == "name"] == ["Ida Ek", "Lu Zu", "Jo Kim"]
    assert [(misfit.words, misfit.why) for misfit in plan.misfits] == [
        ("Zu Works", "“Zu Works” is not in “Organizations”. Add it in “Profile” first.")
    ]


@pytest.mark.parametrize(
    "text", ["Ek, Ida\nZu, Lu", "Ida Ek, PhD\nLu Zu, Jr.", "Ida Ek, River College\nLu Zu, Ek, Dean"]
)
def test_a_comma_that_parts_no_known_answer_stays(text: str, book: Workbook) -> None:
    assert [value for _, _, value in written(text, book)] == text.split("\n")


@pytest.mark.parametrize("words", ['Ida "Id" Ek\nCoach', '"' + "Ida Ek, " * 20_000])
def test_quotes_that_hold_no_parts_are_left_to_the_answer(words: str, book: Workbook) -> None:
    plan = paste.plan(Profile, "people", "", "name", [[words], ["Lu Zu, River College"]], book)
    assert len(plan.cells) + len(plan.misfits) == 2


CARDS = r"""BEGIN:VCARD
VERSION:3.0
N:Ek;Ida;;;
FN:Ida
  Ek\, PhD
item1.ORG:Mills\, Ames & Co.;Training
TITLE:Coach
EMAIL;TYPE=WORK:ida@x.example
END:VCARD
BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Z=C3=BA;Lu;;;
ORG:River College
END:VCARD"""


def test_contact_cards_become_people(book: Workbook) -> None:
    assert written(CARDS, book) == [
        ("s-*1", "name", "Ida Ek, PhD"),
        ("s-*1", "organization", "org-2"),
        ("s-*1", "role", "Coach"),
        ("s-*2", "name", "Lu Zú"),
        ("s-*2", "organization", "org-1"),
    ]


@pytest.mark.parametrize(
    "text",
    ["BEGIN:VCARD", " BEGIN:VCARD\nFN:", "BEGIN:VCARD\nN;CHARSET=x;ENCODING=QUOTED-PRINTABLE:=\nN:;;\nEND:VCARD"],
)
def test_a_card_that_says_nothing_writes_nothing(text: str, book: Workbook) -> None:
    assert written(text, book) == []


CHATS = {
    "Zoom": "10:02:13 From Ana Ruiz to Everyone:\n\tAna Ruiz, River College\n10:02:40 From Ida Ek to Everyone:\n\tHi\n"
    "10:03:40 From Ida Ek to Everyone:\n\tIda: two words",
    "Zoom, as it was": "10:02:13\t From  Ana Ruiz : Ana Ruiz, River College\n"
    "10:02:40\t From  Ida Ek : Hi Ida: two words",
    "a telephone": "\u200e[12/1/26, 9:02:11\u202fAM] Ana Ruiz: Ana Ruiz, River College\n"
    "[12/1/26, 9:03:11\u202fAM] Ida Ek: Hi\n[12/1/26, 9:04:11\u202fAM] Ida Ek: Ida: two words",
    "another telephone": "12/1/26, 9:02 AM - Ana Ruiz: Ana Ruiz, River College\n12/1/26, 9:03 AM - Ida Ek: Hi\n"
    "Ida: two words",
}


@pytest.mark.parametrize("form", CHATS)
def test_of_a_chat_each_person_is_taken_once_and_what_they_said_is_shown(form: str, book: Workbook) -> None:
    plan = paste.plan(Profile, "people", "", "name", lines_of(CHATS[form]), book)
    assert [(cell.row, cell.field, cell.value) for cell in plan.cells] == [("s-*1", "name", "Ida Ek")]
    assert plan.lines == [["Name", "Message"], ["Ana Ruiz", "Ana Ruiz, River College"], ["Ida Ek", "Hi Ida: two words"]]


def test_the_times_of_an_agenda_are_no_chat(book: Workbook) -> None:
    text = "9:00 Welcome: Ana\n9:15 From buses to labs\n10:00 - 10:30 Close: all"
    plan = paste.plan(Meetings, "items", "", "topic", lines_of(text), book)
    assert [cell.value for cell in plan.cells] == text.split("\n")
