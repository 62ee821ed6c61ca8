"""Pasting from a spreadsheet: what each cell becomes, what does not fit and why, before anything is written."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from ctekit import samples, worksheets
from ctekit.editing import paste, table_actions
from ctekit.editing.paste import Plan, UnreadableValue
from ctekit.editing.protocol import FromKernel
from ctekit.jupyter.partnership import Partnership
from ctekit.model import kinds
from ctekit.model.questions import InvalidAnswerError
from ctekit.store import Edit, create_store
from ctekit.widgets.sheet import Sheet
from ctekit.workbook import Workbook, from_answers
from ctekit.worksheets.meetings import Item, Meetings
from ctekit.worksheets.metrics import Metrics
from ctekit.worksheets.plan import Plan as PlanSheet
from ctekit.worksheets.profile import Profile
from ctekit.worksheets.recruitment import Recruitment
from ctekit.worksheets.roles import Roles
from tests.protocol import fitting


@pytest.fixture(scope="module")
def book() -> Workbook:
    return from_answers(
        {
            "profile": {
                "organizations": [
                    {"id": "org-1", "name": "Tri-Fork College"},
                    {"id": "org-2", "name": "Mills, Ames & Co."},
                ],
                "people": [
                    {"id": "s-1", "name": "Adaeze Whitcomb", "organization": "org-1", "status": "confirmed"},
                    {"id": "s-2", "name": "Ruben Achterberg"},
                    {"id": "s-3", "name": "Kim Lee"},
                    {"id": "s-4", "name": "kim lee"},
                ],
            },
            "recruitment": {
                "needs": [{"id": "need-1", "support": "A place"}],
                "invitations": [{"id": "ask-1", "person": "s-1"}],
            },
            "roles": {
                "tasks": [{"id": "task-1", "task": "Teach"}, {"id": "task-2", "task": "Host learners"}],
                "matrix": {"task-1": {"org-1": "A"}},
            },
            "plan": {"actions": [{"id": "act-1", "action": "Call", "done": True}, {"id": "act-2"}]},
        }
    )


def became(plan: Plan) -> dict[tuple[str, str], Any]:
    return {(cell.row, cell.field): cell.value for cell in plan.cells}


def test_cells_go_to_the_right_and_down_from_the_cell_in_focus(book: Workbook) -> None:
    plan = paste.plan(PlanSheet, "actions", "act-1", "by", [["6/30/2027", "no"], ["30-Jun-28", "yes"]], book)
    assert became(plan) == {
        ("act-1", "by"): "2027-06-30",
        ("act-1", "done"): False,
        ("act-2", "by"): "2028-06-30",
        ("act-2", "done"): True,
    }
    assert (plan.rows, plan.new_rows, plan.replaced, plan.misfits) == (2, (), 1, ())


def test_lines_below_the_last_row_are_added(book: Workbook) -> None:
    plan = paste.plan(PlanSheet, "actions", "act-2", "action", [["Ask"], ["Write"], ["Meet"]], book)
    assert became(plan) == {("act-2", "action"): "Ask", ("act-*1", "action"): "Write", ("act-*2", "action"): "Meet"}
    assert plan.new_rows == ("act-*1", "act-*2")


def test_blank_cells_and_blank_lines_change_nothing(book: Workbook) -> None:
    plan = paste.plan(PlanSheet, "actions", "act-1", "action", [["", "\xa0"], [""], ["", ""], ["Write"], [""]], book)
    assert became(plan) == {("act-*1", "action"): "Write"}


def test_what_stands_there_already_is_not_written_again(book: Workbook) -> None:
    plan = paste.plan(PlanSheet, "actions", "act-1", "action", [["Call"]], book)
    assert (plan.cells, plan.same) == ((), 1)


@pytest.mark.parametrize(
    ("field", "words", "kept"),
    [
        ("at_least", "1,200", 1200),
        ("by", "June 30, 2027", "2027-06-30"),
        ("by", "Wednesday, June 30, 2027", "2027-06-30"),
        ("by", "2027-06-30 00:00:00", "2027-06-30"),
    ],
)
def test_numbers_and_days_are_read_as_spreadsheets_show_them(book: Workbook, field: str, words: str, kept: Any) -> None:
    assert became(paste.plan(Recruitment, "needs", "", field, [[words]], book)) == {("need-*1", field): kept}


@pytest.mark.parametrize("words", ["October 13, 2026", "10/13/2026", "2026-10-13", "Oct 13, 2026"])
def test_a_meeting_is_known_by_its_day_however_that_is_written(words: str) -> None:
    reader = paste.Reader(from_answers({"meetings": {"meetings": [{"id": "meet-5", "date": "2026-10-13"}]}}))
    assert reader.read(Item.questions()["meeting"], words) == "meet-5"


def test_every_choice_of_every_worksheet_is_known_in_capitals_and_with_hyphens() -> None:
    reader = paste.Reader(Workbook({}))
    asked = [
        ask
        for kind in worksheets.every().values()
        for table in kind.tables().values()
        for ask in table.row.questions().values()
    ]
    choices = [(ask, option) for ask in asked if ask.kind.name == "choice" for option in ask.options]
    assert len(choices) > 50
    for ask, option in choices:
        assert reader.read(ask, f" {option.upper().replace(' ', '-')} ") == option


def test_in_progress_is_in_hyphen_progress() -> None:
    from ctekit.model.questions import Question

    reader = paste.Reader(Workbook({}))
    question = Question(kinds.CHOICE, "State", options=("in-progress", "not begun"))
    assert [reader.read(question, words) for words in ("In progress", "IN PROGRESS", "inprogress")] == [
        "in-progress"
    ] * 3


def test_a_step_of_a_scale_is_known_by_its_number_its_words_or_both(book: Workbook) -> None:
    ask = Recruitment.tables()["invitations"].row.questions()["influence"]
    reader = paste.Reader(book)
    words = (ask.options[1], ask.meanings[1].upper(), f"{ask.options[1]} - {ask.meanings[1]}", f"{ask.options[1]}.0")
    assert {reader.read(ask, word) for word in words} == {int(ask.options[1])}


def test_names_become_the_rows_they_name(book: Workbook) -> None:
    cells = [["adaeze  whitcomb"], ["Ruben Achterberg"]]
    plan = paste.plan(PlanSheet, "actions", "act-1", "owner", cells, book)
    assert became(plan) == {("act-1", "owner"): "s-1", ("act-2", "owner"): "s-2"}


def test_an_address_behind_a_name_is_no_part_of_it_and_alone_is_no_name(book: Workbook) -> None:
    reader = paste.Reader(book)
    owner = PlanSheet.tables()["actions"].row.questions()["owner"]
    assert reader.read(owner, "Adaeze Whitcomb <adaeze@example.org>") == "s-1"
    with pytest.raises(InvalidAnswerError, match="“<adaeze@example.org>” is not in “People”"):
        reader.read(owner, "<adaeze@example.org>")


def test_the_marks_of_a_list_of_choices_are_no_part_of_them(book: Workbook) -> None:
    reader = paste.Reader(book)
    question = Profile.tables()["people"].row.questions()["groups"]
    two = question.options[:2]
    for form in ("a) {}\nb) {}", "1. {}; 2. {}", "(A) {}\n(B) {}", "- {}\n- {}"):
        assert reader.read(question, form.format(*two)) == list(two)


BOXES = {
    "☐ Yes\n☒ No": False,
    "☒ Yes ☐ No": True,
    "[ ] Yes [x] No": False,
    "- [ ] Yes\n- [X] No": False,
    "□ yes   ☑ no": False,
    "☒": True,
    "☑ Yes": True,
}


@pytest.mark.parametrize("words", BOXES)
def test_of_boxes_to_tick_only_what_is_ticked_is_an_answer(book: Workbook, words: str) -> None:
    reader = paste.Reader(book)
    done = PlanSheet.tables()["actions"].row.questions()["done"]
    assert reader.read(done, words) is BOXES[words]


def test_no_box_that_is_left_open_chooses_anything(book: Workbook) -> None:
    reader = paste.Reader(book)
    status, groups = (Profile.tables()["people"].row.questions()[name] for name in ("status", "groups"))
    assert reader.read(status, "☐ asked ☒ confirmed") == "confirmed"
    assert reader.read(groups, "☒ parents\n☐ students\n☑ teachers") == ["parents", "teachers"]
    assert reader.read(Roles.questions()["parties"], "[ ] Tri-Fork College; [x] Mills, Ames & Co.") == ["org-2"]
    for question, words in ((status, "☐ asked"), (groups, "☐ parents\n☐ students"), (status, "[ ] asked [ ] left")):
        with pytest.raises(InvalidAnswerError, match="holds no box that is ticked"):
            reader.read(question, words)


def test_several_names_in_a_cell_also_where_a_name_holds_a_comma(book: Workbook) -> None:
    reader = paste.Reader(book)
    question = Roles.questions()["parties"]
    for words in (
        "Mills, Ames & Co., Tri-Fork College",
        "Mills, Ames and Co.; Tri-Fork college",
        "Mills, Ames & Co.\nTri-Fork College",
        "a) Mills, Ames & Co.\nb) Tri-Fork College",
        "1. Mills, Ames & Co.; 2. Tri-Fork College",
        "Mills, Ames & Co. <office@mills.example>; Tri-Fork College <info@tri-fork.example>;",
        "Mills, Ames & Co. <office@mills.example>, Tri-Fork College<info@tri-fork.example>",
    ):
        assert reader.read(question, words) == ["org-2", "org-1"]


def test_a_name_that_is_not_there_says_where_to_add_it(book: Workbook) -> None:
    plan = paste.plan(PlanSheet, "actions", "act-1", "owner", [["Jo Nobody"]], book)
    profile = Profile.title
    assert plan.misfits == (
        UnreadableValue(1, "Who", "Jo Nobody", f"“Jo Nobody” is not in “People”. Add it in “{profile}” first."),
    )


def test_a_name_that_is_nearly_there_is_asked_about_and_not_taken(book: Workbook) -> None:
    (misfit,) = paste.plan(PlanSheet, "actions", "act-1", "owner", [["Adaeze Witcomb"]], book).misfits
    assert misfit.why.endswith("Did you mean “Adaeze Whitcomb”?")


def test_a_name_that_two_rows_have_is_left_to_the_person(book: Workbook) -> None:
    (misfit,) = paste.plan(PlanSheet, "actions", "act-1", "owner", [["Kim Lee"]], book).misfits
    assert misfit.why.startswith("More than one row of “People” is called “Kim Lee”")


def test_what_does_not_fit_is_told_and_the_rest_stays(book: Workbook) -> None:
    plan = paste.plan(
        PlanSheet, "actions", "act-1", "by", [["soon", "yes", "", "", "far right"], ["2027-01-31", "maybe"]], book
    )
    assert became(plan) == {("act-2", "by"): "2027-01-31"}
    assert [(unreadable_value.line, unreadable_value.words) for unreadable_value in plan.misfits] == [
        (1, "soon"),
        (1, "far right"),
        (2, "maybe"),
    ]
    assert (
        plan.misfits[0].why
        == "“soon” is not a date. Write a day, a month or a year, such as June 30, 2027, June 2027 or 2027."
    )
    assert plan.same == 1


def test_a_line_of_which_nothing_fits_adds_no_empty_row(book: Workbook) -> None:
    plan = paste.plan(PlanSheet, "actions", "", "by", [["soon"], ["2027-01-31"]], book)
    assert plan.new_rows == ("act-*1",)
    assert became(plan) == {("act-*1", "by"): "2027-01-31"}


def test_headings_say_which_column_is_which(book: Workbook) -> None:
    plan = paste.plan(
        PlanSheet, "actions", "act-2", "done", [["Who", "Room", "WHAT"], ["Ruben Achterberg", "12", "Ask"]], book
    )
    assert became(plan) == {("act-2", "owner"): "s-2", ("act-2", "action"): "Ask"}
    assert plan.misfits == (UnreadableValue(2, "Room", "12", "No column here has this heading."),)
    assert plan.headings


def test_columns_that_are_not_shown_are_not_pasted_into(book: Workbook) -> None:
    cells = [["Ask", "2027-01-31", "secret"]]
    plan = paste.plan(PlanSheet, "actions", "act-2", "action", cells, book, columns=["action", "by"])
    assert became(plan) == {("act-2", "action"): "Ask", ("act-2", "by"): "2027-01-31"}
    assert plan.misfits[0].why == "There are no more columns at the right."


def test_a_sorted_view_takes_lines_in_the_order_that_is_seen(book: Workbook) -> None:
    plan = paste.plan(PlanSheet, "actions", "act-2", "action", [["one"], ["two"]], book, rows=["act-2", "act-1"])
    assert became(plan) == {("act-2", "action"): "one", ("act-1", "action"): "two"}


def test_letters_go_into_the_matrix_also_with_a_stroke_between(book: Workbook) -> None:
    plan = paste.plan(Roles, "matrix", "task-1", "matrix/org-1", [["A/R", "s"], ["X", "r, c"], ["I"]], book)
    assert became(plan) == {
        ("task-1", "matrix/org-1"): "AR",
        ("task-1", "matrix/org-2"): "S",
        ("task-2", "matrix/org-2"): "RC",
    }
    assert [
        (unreadable_value.line, unreadable_value.column, unreadable_value.words) for unreadable_value in plan.misfits
    ] == [(2, "Tri-Fork College", "X"), (3, "", "I")]
    assert plan.misfits[1].why == "There is no row here for this line."


def test_a_matrix_with_its_names_finds_rows_and_columns_by_them(book: Workbook) -> None:
    cells = [["", "Mills, Ames & Co.", "Tri-Fork College"], ["host learners", "R", "A"], ["Sing", "R", ""]]
    plan = paste.plan(Roles, "matrix", "task-1", "matrix/org-1", cells, book)
    assert became(plan) == {("task-2", "matrix/org-2"): "R", ("task-2", "matrix/org-1"): "A"}
    assert plan.misfits == (UnreadableValue(3, "", "Sing", "No row here is called “Sing”."),)


def test_the_apostrophe_that_guards_a_formula_is_taken_off(book: Workbook) -> None:
    plan = paste.plan(PlanSheet, "actions", "act-2", "action", [["'=1+1"], ["'tis so"]], book)
    assert [cell.value for cell in plan.cells] == ["=1+1", "'tis so"]


def test_a_large_table_is_planned_written_and_taken_back_as_one(tmp_path: Path) -> None:
    sheet, heard = opened(tmp_path, "metrics")
    columns = ["name", "horizon", "unit", "target", "target_date", "counted", "out_of", "who"]
    horizon = Metrics.tables()["metrics"].row.questions()["horizon"].options[0]
    cells = [[f"Measure {n}", horizon.upper(), "percent", "12.5", "6/30/2028", "a", "b", "c"] for n in range(500)]
    began = time.perf_counter()
    tell(sheet, paste={"table": "metrics", "row": "", "column": "name", "rows": [], "columns": columns, "cells": cells})
    plan = heard[-1]["plan"]
    tell(sheet, pasted=plan["token"])
    took = time.perf_counter() - began
    print(f"500 x 8 cells planned and on the disk after {took * 1000:.0f} ms")
    assert (plan["cells"], plan["misfits"]) == (4000, [])
    assert plan["words"].startswith("4000 cells in 500 rows would be written; 500 rows would be added")
    assert [metric.name for metric in sheet.session.store.load()[Metrics].metrics] == [line[0] for line in cells]
    tell(sheet, undo=True)
    assert sheet.session.store.load()[Metrics].metrics == ()


# In the sheet: shown first, written as one, undone as one.


def opened(folder: Path, name: str) -> tuple[Sheet, list[dict[str, Any]]]:
    create_store(folder / "partnership.ctekit").close()
    sheet = Sheet(Partnership(folder).store, name, who="Ann")
    heard: list[dict[str, Any]] = []
    sheet.send = lambda message, buffers=None: heard.append(fitting(message, FromKernel))  # type: ignore[method-assign]
    return sheet, heard


def tell(sheet: Sheet, **act: Any) -> None:
    sheet._receive(sheet, {"act": act, "uid": "1"}, [])


def given(cells: list[list[str]], row: str = "", column: str = "action", **more: Any) -> dict[str, Any]:
    return {"table": "actions", "row": row, "column": column, "cells": cells, **more}


def test_a_paste_is_shown_before_anything_is_written(tmp_path: Path) -> None:
    sheet, heard = opened(tmp_path, "plan")
    tell(sheet, paste=given([["Ask", "what"], ["Write", "what"]]))
    plan = heard[-1]["plan"]
    assert plan["misfits"][0][0] == "lines 1 (“Ask”), 2 (“Write”)"  # the same fault is told once
    assert sheet.session.store.load()[PlanSheet].actions == ()
    tell(sheet, pasted=plan["token"])
    reply = next(message for message in heard if "state" in message)
    assert reply["words"] == "Pasted: 2 cells. Undo takes them all back."
    assert [action.action for action in sheet.session.store.load()[PlanSheet].actions] == ["Ask", "Write"]
    tell(sheet, undo=True)
    assert sheet.session.store.load()[PlanSheet].actions == ()
    tell(sheet, redo=True)
    assert [action.action for action in sheet.session.store.load()[PlanSheet].actions] == ["Ask", "Write"]


def test_a_number_before_a_row_without_a_name_is_not_told_as_its_name(tmp_path: Path) -> None:
    sheet, heard = opened(tmp_path, "meetings")
    lines = [["No.", "Day of the meeting", "Where"], ["7", "soon", "Library"], ["8", "2027-03-04", "Hall"]]
    tell(sheet, paste=given(lines, column="date") | {"table": "meetings"})
    assert heard[-1]["plan"]["misfits"][0][0] == "line 2"


def test_columns_that_the_person_chooses_are_planned_again_and_written(tmp_path: Path) -> None:
    sheet, heard = opened(tmp_path, "plan")
    tell(sheet, paste=given([["Our list", ""], ["Activity", "Deadline"], ["Ask", "2027-01-31"], ["Write", ""]]))
    plan = heard[-1]["plan"]
    assert "Choose where each column goes" in plan["ask"]
    assert (plan["cells"], plan["heading"], plan["columns"]) == (0, 1, ["", ""])
    assert plan["heading_words"] == ["Activity", "Deadline"]
    assert plan["preview"] == [[3, "", ["Ask", "2027-01-31"]], [4, "", ["Write", ""]]]
    tell(sheet, layout={"heading": 1, "columns": ["action", "by"], "token": plan["token"]})
    plan = heard[-1]["plan"]
    assert (plan["cells"], plan["ask"], plan["preview"][0][1]) == (3, "", "new row")
    tell(sheet, pasted=plan["token"])
    assert [(action.action, str(action.by)) for action in sheet.session.store.load()[PlanSheet].actions] == [
        ("Ask", "2027-01-31"),
        ("Write", "None"),
    ]


def test_a_plan_that_another_tab_has_put_aside_is_not_written(tmp_path: Path) -> None:
    sheet, heard = opened(tmp_path, "plan")
    tell(sheet, paste=given([["Ask"]]))
    first = heard[-1]["plan"]["token"]
    tell(sheet, paste=given([["Write"]]))
    tell(sheet, pasted=first)
    assert "nothing to paste any more" in next(message["words"] for message in heard if "words" in message)
    tell(sheet, layout={"heading": -1, "token": first})
    assert heard[-1]["gone"] == "Something else was pasted since. Paste it again."
    tell(sheet, pasted=first + 1)
    assert [action.action for action in sheet.session.store.load()[PlanSheet].actions] == ["Write"]


def test_how_much_of_a_giant_paste_is_taken_is_said(tmp_path: Path) -> None:
    sheet, heard = opened(tmp_path, "plan")
    tell(sheet, paste=given([[f"Step {number}"] for number in range(paste.LINES)], count=20_000))
    (note,) = heard[-1]["plan"]["notes"]
    assert note.startswith("20,000 lines were pasted, and 1,000 are taken at a time: the first ones.")


def test_what_somebody_else_writes_while_the_plan_is_read_stays(tmp_path: Path) -> None:
    sheet, heard = opened(tmp_path, "plan")
    tell(sheet, add="actions", after="")
    row = heard[0]["row"]
    tell(sheet, paste=given([["Ask", "", "", "", "2027-01-31"]], row))
    sheet.session.store.save([Edit("plan", "action", "Theirs", row, "Ben")])
    tell(sheet, pasted=1)
    (action,) = sheet.session.store.load()[PlanSheet].actions
    assert (action.action, str(action.by)) == ("Theirs", "2027-01-31")
    assert "theirs stay" in next(message["words"] for message in heard if "words" in message)


def test_a_row_is_doubled_behind_itself(tmp_path: Path) -> None:
    sheet, heard = opened(tmp_path, "plan")
    tell(sheet, paste=given([["Ask"], ["Write"]]))
    tell(sheet, pasted=1)
    tell(sheet, duplicate="act-1")
    assert [action.action for action in sheet.session.store.load()[PlanSheet].actions] == ["Ask", "Ask", "Write"]
    assert next(message["row"] for message in heard if "row" in message) == "act-3"


# Looking at a table sorted, or in part.


@pytest.fixture(scope="module")
def sampled() -> Workbook:
    return samples.book("harrow-bend")


def seen(book: Workbook, *fields: str, **wanted: Any) -> list[Any]:
    by_id = {person.id: person for person in book[Profile].people}
    return [
        tuple(getattr(by_id[row], field) for field in fields)
        for row in table_actions.view(Profile, "people", book, **wanted)
    ]


def test_sorting_puts_blanks_last_either_way_and_leaves_the_stored_order(sampled: Workbook) -> None:
    before = [person.id for person in sampled[Profile].people]
    names = [name for (name,) in seen(sampled, "name", sort="name")]
    assert names == sorted(names, key=str.casefold)
    assert [name for (name,) in seen(sampled, "name", sort="name", descending=True)] == names[::-1]
    days = table_actions.view(PlanSheet, "actions", sampled, sort="by")
    stored = {action.id: action.by for action in sampled[PlanSheet].actions}
    assert [stored[row] for row in days if stored[row]] == sorted(day for day in stored.values() if day)
    assert table_actions.view(Profile, "people", sampled) == before == [person.id for person in sampled[Profile].people]


def test_what_is_of_a_meeting_is_sorted_by_its_day() -> None:
    days = {"meet-1": "2026-10-13", "meet-2": "2026-08-11", "meet-3": "2027-01-12", "meet-4": "2026-12-08"}
    meetings = [{"id": row, "date": day} for row, day in days.items()]
    items = [{"id": f"item-{row[-1]}", "meeting": row} for row in days]
    book = from_answers({"meetings": {"meetings": meetings, "items": [*items, {"id": "item-5"}]}})
    view = table_actions.view(Meetings, "items", book, sort="meeting")
    assert view == ["item-2", "item-1", "item-4", "item-3", "item-5"]


def test_choices_are_sorted_as_they_are_offered_and_references_by_name(sampled: Workbook) -> None:
    options = Profile.tables()["people"].row.questions()["status"].options
    places = [options.index(status) for (status,) in seen(sampled, "status", sort="status") if status]
    assert places == sorted(places)
    names = [
        sampled.name(organization).casefold()
        for (organization,) in seen(sampled, "organization", sort="organization")
        if organization
    ]
    assert names == sorted(names)


def test_finding_looks_through_what_is_shown_and_nothing_else(sampled: Workbook) -> None:
    assert [name for (name,) in seen(sampled, "name", find="ADAEZE")] == ["Adaeze Whitcomb"]
    assert seen(sampled, "name", find="adaeze", columns=["role"]) == []
    person = sampled[Profile].people[0]
    assert sampled.name(person.organization) in {
        sampled.name(organization)
        for _, organization in seen(sampled, "name", "organization", find=sampled.name(person.organization))
    }
