"""A kind of question that somebody adds is there wherever questions are: see `tests.newcomer`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ctekit import dataframes, views, worksheets
from ctekit.editing import form_state, paste, table_actions
from ctekit.model.errors import InvalidAnswerError
from ctekit.views import paper
from ctekit.workbook import Workbook, from_answers
from tests.newcomer import new_kind

CONTACTS = [
    {"id": "contact-1", "name": "Zoe", "email": "ann@School.example"},
    {"id": "contact-2", "name": "Ann", "email": "zoe@mill.example"},
]


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Workbook]:
    with new_kind(tmp_path):
        yield from_answers({"contacts": {"office": "Office@CTE.example", "contacts": CONTACTS}})


def test_it_is_read_as_its_entry_says(book: Workbook) -> None:
    assert book.sheets["contacts"].office == "office@cte.example"
    with pytest.raises(InvalidAnswerError, match="has an @ in it"):
        from_answers({"contacts": {"office": "nowhere"}})


def test_a_page_shows_it(book: Workbook) -> None:
    html = views.worksheet(book, "contacts")
    assert "office@cte.example" in html
    assert "zoe@mill.example" in html


def test_a_data_frame_has_a_column_of_its_type(book: Workbook) -> None:
    column = dataframes.frame(book, "contacts.contacts")["email"]
    assert column.dtype == "string"
    assert list(column) == ["ann@school.example", "zoe@mill.example"]


def test_there_is_room_for_it_on_paper(book: Workbook) -> None:
    kind = worksheets.called("contacts")
    assert "Email of the office" in paper.blank("contacts")
    assert paper.space(kind.questions()["office"]).lines == 3


def test_it_is_pasted(book: Workbook) -> None:
    kind = worksheets.called("contacts")
    plan = paste.plan(kind, "contacts", "", "name", [["Name", "Email"], ["Bo", "Bo@x.example"], ["Cy", "none"]], book)
    assert "bo@x.example" in [cell.value for cell in plan.cells]
    assert "has an @ in it" in str(plan.misfits)


def test_a_table_is_sorted_by_it(book: Workbook) -> None:
    rows = table_actions.view(worksheets.called("contacts"), "contacts", book, "email", descending=True)
    assert rows == ["contact-2", "contact-1"]


def test_a_form_is_sent_its_control(book: Workbook) -> None:
    spec = form_state.spec(worksheets.called("contacts"), "Us")
    assert [question["control"] for question in spec["questions"]][:1] == ["email"]
