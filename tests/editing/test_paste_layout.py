"""Pasted tables of all forms: where the headings stand, which columns and lines go where, what is asked and told."""

# ruff: noqa: E501 - what is pasted is easier to read in whole lines

from __future__ import annotations

from typing import Any

import pytest

from ctekit.editing import paste
from ctekit.editing.paste import ROW_NAMES, PasteOptions, Plan
from ctekit.workbook import Workbook, from_answers
from ctekit.worksheets.communication import Communication
from ctekit.worksheets.metrics import Metrics
from ctekit.worksheets.plan import Plan as PlanSheet
from ctekit.worksheets.profile import Profile
from ctekit.worksheets.roles import Roles

DUTIES = ("Report", "Recruit", "Train", "Teach", "Host learners", "Pay buses")
PARTNERS = ("Plant", "College", "School")
LETTERS = {("Teach", "College"): "A", ("Teach", "School"): "R", ("Teach", "Plant"): "I"} | {
    ("Host learners", "College"): "I",
    ("Host learners", "School"): "C",
    ("Host learners", "Plant"): "A",
}
MATRIX = [["Task", "College", "School", "Plant"], ["Teach", "A", "R", "I"], ["Host learners", "I", "C", "A"]]


@pytest.fixture(scope="module")
def book() -> Workbook:
    organizations = [{"id": f"org-{at}", "name": name} for at, name in enumerate(PARTNERS, 1)]
    return from_answers(
        {
            "profile": {
                "organizations": organizations,
                "people": [
                    {"id": "s-1", "name": "Ana Ruiz", "organization": "org-2", "role": "Dean"},
                    {"id": "s-2", "name": "José Martí"},
                    {"id": "s-3"},
                ],
            },
            "roles": {"tasks": [{"id": f"task-{at}", "task": name} for at, name in enumerate(DUTIES, 1)]},
            "metrics": {"metrics": [{"id": "metric-1", "name": "Placed"}], "observations": []},
        }
    )


def table(text: str) -> list[list[str]]:
    """Lines with strokes between the cells, as they are easiest to read here."""
    return [[cell.strip().replace("⏎", "\n") for cell in line.split("|")] for line in text.strip("\n").split("\n")]


def people(book: Workbook, text: str, **more: Any) -> Plan:
    return paste.plan(Profile, "people", "s-1", "name", table(text), book, **more)


def matrix(book: Workbook, cells: list[list[str]], **more: Any) -> Plan:
    return paste.plan(Roles, "matrix", "task-1", "matrix/org-1", cells, book, **more)


def written(plan: Plan) -> list[tuple[str, str, Any]]:
    return [(cell.row, cell.field, cell.value) for cell in plan.cells]


def letters(plan: Plan, book: Workbook) -> dict[tuple[str, str], Any]:
    """Letters by the names of duty and partner."""
    return {(book.name(cell.row), book.name(cell.field.partition("/")[2])): cell.value for cell in plan.cells}


NEW_PERSON = [("s-3", "name", "Ben Ode"), ("s-3", "organization", "org-3"), ("s-3", "role", "Head")]

FOUND = {
    "headings first": "Person | Comes from | What they do there\nBen Ode | School | Head",
    "title and blank lines above": "Our partners | |\n | |\nPerson | Comes from | What they do there\nBen Ode | School | Head",
    "a legend above": "x = confirmed | |\n? = to ask | |\nPerson | Comes from | Role\nBen Ode | School | Head",
    "other order, other case, plural": "WHAT THEY DO  THERE: | People | Comes\u200b from\nHead | Ben Ode | School",
    "names of fields": "name | organization | role\nBen Ode | School | Head",
    "line breaks in headings": "Person | Comes⏎from | What they⏎do there\nBen Ode | School | Head",
    "a number column before": "No. | Person | Comes from | Role\n1 | Ben Ode | School | Head",
    "an id column before": "ID | Person | Comes from | Role\nS-1 | Ben Ode | School | Head\nS-2 | | |",
    "empty columns before": " | | Person | Comes from | Role\n | | Ben Ode | School | Head",
    "a line of units below": "Person | Comes from | Role\n(full name) | (text) | (text)\nBen Ode | School | Head",
    "headings in two lines": "Who | | Work\nPerson | Comes from | Role\nBen Ode | School | Head",
    "headings merged down": "Person | Work |\nPerson | Comes from | Role\nBen Ode | School | Head",
    "headings printed on each page": "Person | Comes from | Role\nBen Ode | School | Head\nPerson | Comes from | Role",
    "sections, notes and a total": "Person | Comes from | Role\nSchools | |\nBen Ode | School | Head\nSchools | |"
    + "\nAna Ruiz | College | Dean" * 6
    + "\nTotal | 7 |\nNote: draft of May 3. | |",
    "a legend below": "Person | Comes from | Role | Status\nBen Ode | School | Head |\n | | |\nH | head | |\nD | dean | |",
    "another table below": "Person | Comes from | Role\nBen Ode | School | Head\n | |\nOrganization | Sector |\nPlant | community |",
    "mixed languages": "Nombre | Person | Comes from | Role\n | Ben Ode | School | Head",
    "bullets": "Person | Comes from | Role\n• Ben Ode | – School | · Head",
    "nothing known besides the names": "Person | Comes from | Role | Shoe size\nBen Ode | School | Head |",
}


@pytest.mark.parametrize("form", FOUND)
def test_the_headings_are_found_wherever_they_stand(book: Workbook, form: str) -> None:
    plan = people(book, FOUND[form])
    assert set(written(plan)) == set(NEW_PERSON)
    assert plan.headings
    assert not plan.layout.unsure


def test_what_is_passed_by_is_told(book: Workbook) -> None:
    plan = people(book, FOUND["sections, notes and a total"])
    assert plan.notes == (
        "Left out: 4 lines that look like a section, a note or a total (“Schools”; “Schools”; “Total 7” and 1 more).",
    )
    plan = people(book, FOUND["another table below"])
    assert plan.notes == ("Left out: 2 lines below the table (“Organization Sector”; “Plant community”).",)
    plan = people(book, FOUND["a number column before"])
    assert plan.notes == ("Columns left out: No..",)
    plan = people(book, "Person | Role\nAna Ruiz | Dean\nAna Ruiz | Provost")
    assert plan.misfits[0].why == "“Ana Ruiz” stands in more than one line. Only the first one is taken."


def test_lines_that_look_like_sections_go_in_when_the_person_says_so(book: Workbook) -> None:
    text = "Person | Comes from | Role\nBen Ode | School | Head\nCy Day | |\nAna Ruiz | College | Dean\nJosé Martí | School |"
    assert ("s-*1", "name", "Cy Day") not in written(people(book, text))
    assert ("s-*1", "name", "Cy Day") in written(people(book, text, wishes=PasteOptions(every_line=True)))


@pytest.mark.parametrize(
    "title", ["Partners of the pathway, fall 2026 | |\n", "Partners of the pathway, fall 2026 | |\n | |\n", ""]
)
@pytest.mark.parametrize(
    ("sections", "body"),
    [
        (2, "Schools | |\nNorth High | School | Ed\nColleges | |\nValley | College | Ed"),
        (2, "Schools | |\nNorth High | School | Ed\nSouth High | School | Ed\nColleges | |\nValley | College | Ed"),
        (3, "Schools | |\nNorth High | School | Ed\nColleges | |\nValley | College | Ed\nWork | |\nMill | Firm | Wood"),
        (2, "Mill | Firm | Wood\nSchools | |\nNorth High | School | Ed\nColleges | |\nValley | College | Ed"),
        (2, " | Schools |\nNorth High | School | Ed\n | |\n | Colleges |\nValley | College | Ed"),
    ],
)
def test_lines_that_divide_a_table_are_no_rows_however_many_they_are(
    book: Workbook, title: str, sections: int, body: str
) -> None:
    cells = table(f"{title}Organization | What kind | Sector\n{body}")
    plan = paste.plan(Profile, "organizations", "org-1", "name", cells, book)
    assert (
        sum(cell.field == "name" for cell in plan.cells) == len(plan.targets) == body.count("Ed") + body.count("Wood")
    )
    assert any(note.startswith(f"Left out: {sections} lines that look like a section") for note in plan.notes)
    back = paste.plan(Profile, "organizations", "org-1", "name", cells, book, wishes=PasteOptions(every_line=True))
    assert len(back.targets) == len(plan.targets) + sections


def test_a_list_of_which_many_lines_hold_a_name_alone_keeps_them(book: Workbook) -> None:
    text = "Person | Comes from | Role\nBen Ode | School | Head\nCy Day | |\nDee Fox | |\nAna Ruiz | College | Dean"
    assert [cell.value for cell in people(book, text).cells if cell.field == "name"] == ["Ben Ode", "Cy Day", "Dee Fox"]


def test_names_decide_into_which_row_a_line_goes_and_not_the_cell_in_focus(book: Workbook) -> None:
    plan = people(book, "Person | Role\nJose\u0301 Martí | Head\nNew Person | Cook\nANA RUIZ | Provost")
    assert written(plan) == [
        ("s-2", "role", "Head"),
        ("s-3", "name", "New Person"),
        ("s-3", "role", "Cook"),
        ("s-1", "role", "Provost"),
    ]
    assert plan.replaced == 1


def test_columns_without_the_names_go_down_from_the_cell_in_focus(book: Workbook) -> None:
    plan = paste.plan(Profile, "people", "s-2", "name", table("Role | Comes from\nHead | School\nCook | Plant"), book)
    assert [(cell.row, cell.value) for cell in plan.cells if cell.field == "role"] == [("s-2", "Head"), ("s-3", "Cook")]


def test_rows_that_are_named_by_another_table_are_added_and_not_found(book: Workbook) -> None:
    plan = paste.plan(Metrics, "observations", "", "", table("Measure | Value\nPlaced | 3\nPlaced | 4"), book)
    assert len(plan.new_rows) == 2 or plan.layout.unsure


UNKNOWN = {
    "one word known of five": "Plan | Goal | Recurrence | Owner | Distribution\nStand-up | Keep work moving | Daily | Lead | Board",
    "none known": "Stakeholder | Frequency | Topics | Contact method\nCity council | Monthly | Budget | Email"
    "\nBus company | Quarterly | Routes | Phone",
    "below a title": "Our plan | | |\nGroup | Topics | Frequency | Method\nCity council | Budget | Monthly | Email",
    "one of them is an answer elsewhere": "No | Group | Owner | Community | Method (letter, call, visit; say which)"
    "\n1 | City council | Lee | North | Email\n2 | Bus company | Poe | West | Phone",
    "two alike": "Name | Notes | Date | Notes\nCity council | x | 2027-01-01 | y",
    "dates below tell them": "Zeta | Omega\nCouncil of the town | 2026-10-22\nBus company | 2026-11-02",
    "many columns": "ID | Title | Department | Interest | Influence | Email\n1 | Clerk | Water | High | Low | a@b.example",
}


@pytest.mark.parametrize("form", UNKNOWN)
def test_headings_that_nobody_knows_are_asked_about_and_nothing_is_guessed(form: str) -> None:
    empty = from_answers({})
    plan = paste.plan(Communication, "audiences", "", "audience", table(UNKNOWN[form]), empty)
    assert plan.layout.unsure
    assert plan.headings
    assert plan.cells == () == plan.misfits


def test_what_the_person_says_about_the_columns_is_done() -> None:
    cells, empty = table(UNKNOWN["none known"]), from_answers({})
    wishes = PasteOptions(heading=0, columns=["audience", "how_often", "message", ""])
    plan = paste.plan(Communication, "audiences", "", "audience", cells, empty, wishes=wishes)
    assert written(plan)[:3] == [
        ("com-*1", "audience", "City council"),
        ("com-*1", "how_often", "monthly"),
        ("com-*1", "message", "Budget"),
    ]
    assert plan.misfits == ()
    assert plan.notes == ("Columns left out: Contact method.",)


def test_a_line_is_no_heading_when_the_person_says_so() -> None:
    cells, empty = table(UNKNOWN["none known"]), from_answers({})
    plan = paste.plan(Communication, "audiences", "", "audience", cells, empty, wishes=PasteOptions(heading=-1))
    assert [cell.value for cell in plan.cells if cell.field == "audience"] == [
        "Stakeholder",
        "City council",
        "Bus company",
    ]


def test_bold_words_above_plain_ones_are_headings() -> None:
    cells, empty = table("Zeta | Omega\nCity council | Budget\nBus company | Routes"), from_answers({})
    assert not paste.plan(Communication, "audiences", "", "", cells, empty).headings
    assert paste.plan(Communication, "audiences", "", "", cells, empty, marked=[0]).layout.unsure
    assert not paste.plan(Communication, "audiences", "", "", cells, empty, marked=[0, 1, 2]).headings


PLAIN = {
    "two columns of names": "Ask | Write\nMeet | Call",
    "one line": "Call the college | Ana Ruiz | 2027-01-31 | no",
    "words that a heading could hold": "Call the owner | Ana Ruiz\nMeet the lead | Ana Ruiz",
    "a list": "Call\nWrite\nMeet",
    "a list that begins with a title of a column": "Call\nWhat",
}


@pytest.mark.parametrize("form", PLAIN)
def test_lines_of_answers_go_down_and_to_the_right_as_ever(book: Workbook, form: str) -> None:
    cells = table(PLAIN[form])
    plan = paste.plan(PlanSheet, "actions", "", "action", cells, book)
    assert not plan.headings
    assert [cell.value for cell in plan.cells if cell.field == "action"] == [line[0] for line in cells]


def test_headings_without_lines_write_nothing(book: Workbook) -> None:
    for text in ("Name | Alias | Department | Project | Role", "Person | Comes from"):
        plan = people(book, text)
        assert (plan.headings, plan.cells, plan.layout.lines) == (True, (), ())


def test_a_column_that_begins_with_no_is_not_taken_for_numbers(book: Workbook) -> None:
    plan = paste.plan(PlanSheet, "actions", "", "done", table("No | ME01\nYes | ME02"), book)
    assert [cell.value for cell in plan.cells if cell.field == "done"] == [False, True]


def test_an_answer_like_its_heading_is_an_answer(book: Workbook) -> None:
    plan = people(book, "Person | Role\nBen Ode | Role\nCy Day | Cook")
    assert [cell.value for cell in plan.cells] == ["Ben Ode", "Role", "Cy Day", "Cook"]


def test_a_number_column_without_headings_is_left_out(book: Workbook) -> None:
    plan = paste.plan(PlanSheet, "actions", "", "action", table("1. | Call\n2. | Write\n3. | Meet"), book)
    assert [cell.value for cell in plan.cells] == ["Call", "Write", "Meet"]
    assert plan.notes == ("The first column only numbers the lines; it is left out.",)


def test_a_question_that_two_columns_name_is_written_once(book: Workbook) -> None:
    plan = people(book, "Person | Role | | Person | Role\nBen Ode | Head | | Cy Day | Cook")
    assert [cell.value for cell in plan.cells] == ["Ben Ode", "Head"]
    assert {misfit.why for misfit in plan.misfits} == {"More than one column has this heading."}


def test_a_question_that_is_hidden_is_named_as_such(book: Workbook) -> None:
    plan = people(book, "Person | Role | Contact\nBen Ode | Head | ben@x.example", columns=["name", "role"])
    assert [misfit.why for misfit in plan.misfits] == [
        "This question is not shown now. Show all questions, then paste again."
    ]


SPLIT = {
    "Markdown": "| Person | Comes from | Role |\n|---|:-:|---|\n| Ben Ode | School | Head |",
    "Markdown without strokes outside": "Person|Comes from|Role\n-|-|-\nBen Ode|School|Head",
    "strokes alone": "Person|Comes from|Role\nBen Ode|School|Head",
    "Org mode": "| Person | Comes from | Role |\n|--------+------------+------|\n| Ben Ode | School | Head |",
    "a frame of signs": "+----+----+----+\n| Person | Comes from | Role |\n+====+====+====+\n| Ben Ode | School | Head |\n+----+----+----+",
    "a drawn frame": "┌────┬────┬────┐\n│ Person │ Comes from │ Role │\n├────┼────┼────┤\n│ Ben Ode │ School │ Head │\n└────┴────┴────┘",
    "semicolons": "Person;Comes from;Role\nBen Ode;School;Head",
    "semicolons, named as Excel does": "sep=;\nPerson;Comes from;Role\nBen Ode;School;Head",
    "semicolons below a title": "Our people\nPerson;Comes from;Role\nBen Ode;School;Head",
    "commas": 'Person, Comes from, Role\n"Ben Ode", School, Head',
    "tildes": "Person~Comes from~Role\nBen Ode~School~Head",
    "blanks": "Person    Comes from   Role\nBen Ode   School       Head",
    "a quoted mail": "> Person;Comes from;Role\n> Ben Ode;School;Head",
}


@pytest.mark.parametrize("form", SPLIT)
def test_text_that_clearly_is_a_table_is_split(book: Workbook, form: str) -> None:
    plan = paste.plan(Profile, "people", "", "name", [[line] for line in SPLIT[form].split("\n")], book)
    assert {cell.value for cell in plan.cells} == {"Ben Ode", "org-3", "Head"}


def test_columns_of_blanks_are_not_split_where_a_cell_may_be_missing(book: Workbook) -> None:
    lines = [["Person    Comes from   Role"], ["Ben Ode   School       Head"], ["Ida Fox                Boss"]]
    plan = paste.plan(Profile, "people", "", "name", lines, book)
    assert [cell.value for cell in plan.cells][2] == "Ida Fox                Boss"


@pytest.mark.parametrize("between", ["R|A", "-", "--"])
def test_a_column_of_letters_with_strokes_stays_one_column(book: Workbook, between: str) -> None:
    plan = matrix(book, [["R|A"], [between], ["C"]])
    assert [(cell.row, cell.value) for cell in plan.cells if cell.value != "AR"] == [("task-3", "C")]


@pytest.mark.parametrize(
    "words",
    [
        "• Ben Ode\n• Ida Fox",
        "1. Ben Ode\n2. Ida Fox",
        "1) Ben Ode\n\n2) Ida Fox",
        "a) Ben Ode\nb) Ida Fox",
        "(A) Ben Ode\n\n(B) Ida Fox",
        "a. Ben Ode\nb. Ida Fox",
        "☐ Ben Ode\n☑ Ida Fox",
        "✔️ Ben Ode\n➢ Ida Fox",
        "- [ ] Ben Ode\n- [x] Ida Fox",
        "> Ben Ode\n>\n> Ida Fox",
        "> > 1. Ben Ode\n> > 2. Ida Fox",
    ],
)
def test_marks_of_a_list_are_no_part_of_its_names(book: Workbook, words: str) -> None:
    plan = paste.plan(Profile, "people", "", "name", [[line] for line in words.split("\n")], book)
    assert [cell.value for cell in plan.cells if cell.field == "name"] == ["Ben Ode", "Ida Fox"]


@pytest.mark.parametrize(
    "words",
    [
        "•|Ben Ode\n•|Ida Fox",
        "•|Ben Ode\no|Ida Fox",
        "§|Ben Ode\n\nØ|Ida Fox",
        "a)|Ben Ode\nb)|Ida Fox",
        "(A)|Ben Ode\n(B)|Ida Fox",
        "1.|Ben Ode\n2.|Ida Fox",
        "-|Ben Ode\n-|Ida Fox",
    ],
)
def test_marks_with_a_tab_behind_them_are_no_names(book: Workbook, words: str) -> None:
    """As Word puts a list on the clipboard as text."""
    lines = [line.split("|") for line in words.split("\n")]
    plan = paste.plan(Profile, "people", "", "name", lines, book)
    assert [(cell.field, cell.value) for cell in plan.cells] == [("name", "Ben Ode"), ("name", "Ida Fox")]
    assert plan.misfits == ()


def test_strokes_and_ticks_are_answers_where_no_words_are_asked_for(book: Workbook) -> None:
    ticks = paste.plan(Profile, "people", "", "here_today", [["✓", "asked"], ["✓", "left"]], book)
    assert {(cell.field, cell.value) for cell in ticks.cells} == {
        ("here_today", True),
        ("status", "asked"),
        ("status", "left"),
    }
    assert letters(matrix(book, [["-", "R"], ["-", "A"]]), book) == {
        ("Report", "College"): "R",
        ("Recruit", "College"): "A",
    }


@pytest.mark.parametrize(
    "words", ["3. Ben Ode\n4. Ida Fox", "1. Ben Ode\nIda Fox", "1.5 days\n2.5 days", "A. Ode\nB. Fox", "b) Ode\nc) Fox"]
)
def test_numbers_that_do_not_count_the_lines_stay(book: Workbook, words: str) -> None:
    plan = paste.plan(Profile, "people", "", "name", [[line] for line in words.split("\n")], book)
    assert [cell.value for cell in plan.cells] == words.split("\n")


@pytest.mark.parametrize(
    "headings",
    [
        "Per\u200bson|Comes\xa0from",
        "\u200ePerson|Co\u00admes from",
        "Ｐｅｒｓｏｎ|Comes from",
        "Person *|Comes from (optional)",
        "PERSON:|COMES FROM [if known]",
        "Person ▼|Comes from ▲",
        "Person¹|Comes from²",
        "Person†|Comes from *¹",
    ],
)
def test_headings_are_known_with_marks_that_forms_and_spreadsheets_add(book: Workbook, headings: str) -> None:
    plan = people(book, f"{headings}\nBen Ode|School")
    assert [(cell.field, cell.value) for cell in plan.cells] == [("name", "Ben Ode"), ("organization", "org-3")]


@pytest.mark.parametrize("words", [">50\n>60", "> 50%\n> 60%", ">= 20 learners\n>= 30 learners", ">> $5\n>> $.5"])
def test_signs_that_say_more_than_are_no_marks_of_a_quoted_mail(book: Workbook, words: str) -> None:
    plan = paste.plan(Metrics, "metrics", "", "name", [[line] for line in words.split("\n")], book)
    assert [cell.value for cell in plan.cells] == words.split("\n")


@pytest.mark.parametrize(
    "lines",
    [
        ["Ben\nOde", "Ida Fox"],
        ["x" * 140_000, "Ida Fox"],
        ["Mills, Ames & Co.", "Person, Role", "Lee, Son"],
        ["Ann / Bo", "Person/Role", "1/2/3"],
    ],
)
def test_a_list_is_not_taken_apart(book: Workbook, lines: list[str]) -> None:
    plan = paste.plan(Profile, "people", "", "role", [[line] for line in lines], book)
    assert [line for (line,) in plan.lines] == lines


def test_headings_below_each_other_are_headings(book: Workbook) -> None:
    lines = "Person|Ben Ode|Ida Fox\nComes from|School|Plant\nRole||Boss"
    plan = people(book, lines)
    assert [cell.value for cell in plan.cells] == ["Ben Ode", "org-3", "Ida Fox", "org-1", "Boss"]
    assert not plan.misfits
    assert plan.notes[0] == "Rows and columns were swapped."
    back = people(book, lines, wishes=PasteOptions(turned=False))
    assert back.layout.heading is None
    assert back.turned_back, "so that they can be swapped again"


def test_the_number_of_a_printed_page_is_no_row(book: Workbook) -> None:
    plan = people(book, "Person|Comes from\nBen Ode|School\nPage 1 of 2|\nPerson|Comes from\nIda Fox|Plant")
    assert [cell.value for cell in plan.cells] == ["Ben Ode", "org-3", "Ida Fox", "org-1"]


@pytest.mark.parametrize(
    "words", ["Page 2/3", "Printed 11/12/2026 by admin", "Source: HR", "Total", "Last updated: 2026-11-12"]
)
def test_what_stands_below_a_narrow_table_is_no_row_and_is_told(book: Workbook, words: str) -> None:
    plan = people(book, f"Person|Comes from\nBen Ode|School\nIda Fox|Plant\n{words}|")
    assert [cell.value for cell in plan.cells] == ["Ben Ode", "org-3", "Ida Fox", "org-1"]
    assert any(words in note for note in plan.notes)


@pytest.mark.parametrize(
    "words", ["Printed Circuits Inc.", "Total Solutions", "Sourceworks", "Notes Jones", "Update 5 labs"]
)
def test_a_name_like_a_footer_stays(book: Workbook, words: str) -> None:
    plan = people(book, f"Person|Comes from\nBen Ode|School\n{words}|")
    assert words in [cell.value for cell in plan.cells]


def test_text_with_semicolons_is_a_table_in_any_language_and_sentences_are_none(book: Workbook) -> None:
    """As spreadsheets of countries with a decimal comma write it."""
    strange = paste.plan(
        Profile, "organizations", "", "name", [["Firma;Sektor"], ["Oak Mills;K-12"], ["River;K-12"]], book
    )
    assert (strange.layout.unsure, len(strange.lines[0]), strange.cells) == (True, 2, ())
    cells = [["Oak Mills;mill"], ["River;college"], ['"Mill; Sons";mill']]
    plain = paste.plan(Profile, "organizations", "", "name", cells, book)
    assert [cell.value for cell in plain.cells] == ["Oak Mills", "mill", "River", "college", "Mill; Sons", "mill"]
    sentences = ["Call the mayor; then write", "Ask the board; wait", "Go to the mill; see"]
    asked = paste.plan(PlanSheet, "actions", "", "action", [[sentence] for sentence in sentences], book)
    assert [cell.value for cell in asked.cells] == sentences


@pytest.mark.parametrize(
    "lines", [["Mills, Ames & Co.", "Lee, Son & Co."], ["Ask Al, Bo, and Cy.", "Tell Di, Ed, and Flo."]]
)
def test_names_and_sentences_with_commas_are_not_split(book: Workbook, lines: list[str]) -> None:
    plan = paste.plan(Profile, "organizations", "", "name", [[line] for line in lines], book)
    assert [cell.value for cell in plan.cells] == lines


@pytest.mark.parametrize(
    "error",
    ["#N/A", "#REF!", "#DIV/0!", "#NAME?", "#VALUE!", "#SPILL!", "#NV", "#¡REF!", "Err:502", "####", "Loading..."],
)
def test_errors_of_spreadsheets_are_told_and_never_kept(book: Workbook, error: str) -> None:
    for kind, name, field in ((Profile, "people", "name"), (Profile, "people", "organization"), (Roles, "matrix", "")):
        plan = paste.plan(kind, name, "", field, [[error]], book)
        assert plan.cells == ()
        assert (
            plan.misfits[0].why
            == f"“{error}” is an error of the spreadsheet, not an answer. Correct it there, or type it here."
        )


@pytest.mark.parametrize(
    ("words", "value"), [("X", True), ("✓", True), ("☑", True), ("Sí", True), ("✔️", True), ("TRUE", True), ("N", False)]
)
def test_ticks_are_yes(book: Workbook, words: str, value: bool) -> None:
    assert [cell.value for cell in paste.plan(Profile, "people", "s-1", "here_today", [[words]], book).cells] == [value]


def test_a_giant_paste_is_bounded(book: Workbook) -> None:
    lines = [["Person", "Comes from"]] + [[f"Person {number}", "Nowhere"] for number in range(20_000)]
    plan = paste.plan(Profile, "people", "", "name", lines, book)
    assert len(plan.new_rows) == paste.LINES - 1
    assert len(plan.lines) == paste.LINES


# The matrix: names across and down, wherever they stand.


def with_title(cells: list[list[str]]) -> list[list[str]]:
    return [["Who does what, draft 3", "", "", ""], ["", "", "", ""], *cells]


MATRICES = {
    "as it is": MATRIX,
    "title and blank line above": with_title(MATRIX),
    "turned": [list(line) for line in zip(*MATRIX, strict=True)],
    "turned below a title": with_title([list(line) for line in zip(*MATRIX, strict=True)]),
    "a number column before": [[number, *line] for number, line in zip(("No.", "1", "2"), MATRIX, strict=True)],
    "numbers before the names": [
        [MATRIX[0][0], *MATRIX[0][1:]],
        ["1.1 Teach", *MATRIX[1][1:]],
        ["2) Host learners", *MATRIX[2][1:]],
    ],
    "sections and a legend": [
        MATRIX[0],
        ["Learning", "", "", ""],
        *MATRIX[1:],
        ["", "", "", ""],
        ["R = does it", "", "", ""],
    ],
    "breaks and other spaces in names": [
        ["", "COL\nLEGE", "Sch\u200bool", "plant "],
        ["teach\xa0", "a", " r", "i"],
        ["Host-\nlearners", "i", "c", "a"],
    ],
    "columns nobody knows": [[*MATRIX[0], "Notes"], [*MATRIX[1], "see letter"], [*MATRIX[2], ""]],
    "a column before the names": [["Phase", *MATRIX[0]], ["Run", *MATRIX[1]], ["", *MATRIX[2]]],
    "letters in full": [
        MATRIX[0],
        ["Teach", "Accountable", "Responsible", "is told after"],
        ["Host learners", "Informed", "Consulted", "accountable"],
    ],
    "headings printed on each page": [MATRIX[0], MATRIX[1], MATRIX[0], MATRIX[2]],
    "another matrix below": [*MATRIX, ["", "", "", ""], ["", "Plant", "", ""], ["Recruit", "A", "", ""]],
    "a matrix of strangers below": [*MATRIX, ["Duty", "Firm A", "Firm B", ""], ["Recruit", "A", "R", ""]],
    "groups of partners above": [["", "Education", "", "Firms"], *MATRIX],
    "no cell above the names, as where a mail lost the tab": [MATRIX[0][1:], *MATRIX[1:]],
    "turned, and no cell above the names": [
        ["Teach", "Host learners"],
        *[list(line) for line in zip(*MATRIX, strict=True)][1:],
    ],
    "notes at the names": [["Task", "College¹", "School*", "Plant †"], *MATRIX[1:]],
    "total row": [*MATRIX, ["Total", "2", "2", "2"]],
}


@pytest.mark.parametrize("form", MATRICES)
def test_letters_follow_the_names_wherever_they_stand(book: Workbook, form: str) -> None:
    assert letters(matrix(book, MATRICES[form]), book) == LETTERS


def test_letters_stand_in_all_ways_that_people_write_them(book: Workbook) -> None:
    cells = [
        ["", "College", "School", "Plant"],
        ["Teach", "R;A", "R\nA", "r / a"],
        ["Host learners", "-", "R (lead)", "R&C"],
    ]
    plan = matrix(book, cells)
    assert [cell.value for cell in plan.cells] == ["AR", "AR", "AR", "R", "RC"]
    assert plan.notes == ("Only letters fit here; remarks beside them are left out, such as “(lead)”.",)


def test_what_is_no_letter_is_told_in_the_words_that_were_pasted(book: Workbook) -> None:
    plan = matrix(book, [["", "College"], ["Teach", "R – lead"], ["Report", "(main) R"]])
    whys = ["“R – lead” holds D, which means nothing here.", "“(main) R” holds M, which means nothing here."]
    assert [misfit.why for misfit in plan.misfits] == [f"{why} Use the letters A, R, S, C, I." for why in whys]


def test_names_that_nobody_knows_are_asked_about_and_nothing_is_written_by_position(book: Workbook) -> None:
    cells = [["Duty", "Firm A", "Firm B"], ["Cook", "A", "R"], ["Clean", "R", "A"]]
    plan = matrix(book, cells)
    assert plan.layout.unsure
    assert plan.cells == ()
    plan = matrix(book, cells, wishes=PasteOptions(heading=0, columns=["", "matrix/org-2", "matrix/org-3"]))
    assert [(cell.row, cell.field, cell.value) for cell in plan.cells][:2] == [
        ("task-1", "matrix/org-2", "A"),
        ("task-1", "matrix/org-3", "R"),
    ]


@pytest.mark.parametrize(
    "cells",
    [[["Duty", "Firm A"], ["Teach", "A"]], [["Firm A"], ["A"], ["R"]], [["", "Firm A", "Firm B"], ["Teach", "A", "R"]]],
)
def test_letters_below_a_stranger_are_not_given_to_the_column_in_focus(book: Workbook, cells: list[list[str]]) -> None:
    plan = matrix(book, cells)
    assert plan.layout.unsure
    assert plan.cells == ()


def test_a_strange_name_among_known_ones_is_told(book: Workbook) -> None:
    plan = matrix(book, [["", "College", "Scool"], ["Teach", "A", "R"], ["Teech", "R", "A"]])
    assert letters(plan, book) == {("Teach", "College"): "A"}
    assert [(misfit.line, misfit.why) for misfit in plan.misfits] == [
        (2, "No column here has this heading. Did you mean “School”?"),
        (3, "No row here is called “Teech”. Did you mean “Teach”?"),
    ]


def test_letters_alone_go_down_and_to_the_right_as_ever(book: Workbook) -> None:
    plan = matrix(book, [["A", "R"], ["I", "C"]])
    places = [(cell.row, cell.field) for cell in plan.cells]
    assert places == [(row, f"matrix/org-{at}") for row in ("task-1", "task-2") for at in (1, 2)]


def test_names_down_without_names_across_keep_the_rows(book: Workbook) -> None:
    plan = matrix(book, [["Host learners", "A", "R"], ["Teach", "I", "C"]])
    assert plan.layout.columns == (ROW_NAMES, "matrix/org-1", "matrix/org-2")
    assert {cell.row for cell in plan.cells} == {"task-4", "task-5"}


def test_swapped_rows_and_columns_can_be_swapped_back(book: Workbook) -> None:
    plan = matrix(book, MATRICES["turned"])
    assert plan.notes == ("Rows and columns were swapped.",)
    assert matrix(book, MATRICES["turned"], wishes=PasteOptions(turned=False)).cells == ()


def test_a_wide_chart_of_seventeen_partners_comes_whole_below_a_title() -> None:
    names = [f"Partner {chr(65 + at)}" for at in range(17)]
    duties = [f"Duty {at}" for at in range(1, 20)]
    book = from_answers(
        {
            "profile": {
                "organizations": [{"id": f"org-{at}", "name": name} for at, name in enumerate(reversed(names), 1)]
            },
            "roles": {"tasks": [{"id": f"task-{at}", "task": name} for at, name in enumerate(reversed(duties), 1)]},
        }
    )
    lines = [["Step"] + [name.replace(" ", "\n") for name in names]]
    for at, duty in enumerate(duties):
        lines += [[f"Phase {at // 5}"] + [""] * 17] if at % 5 == 0 else []
        lines += [[f"{duty}\xa0"] + ["ARCI"[(at + column) % 4] if (at + column) % 9 else "" for column in range(17)]]
    expected = sum(bool(cell) for line in lines[1:] for cell in line[1:])
    plan = matrix(book, [["Responsibility chart"], [], *lines])
    assert (len(plan.cells), plan.misfits) == (expected, ())
    for cell in plan.cells[::29]:
        duty, partner = book.name(cell.row), book.name(cell.field.partition("/")[2])
        at, column = duties.index(duty), names.index(partner)
        assert cell.value == "ARCI"[(at + column) % 4]


@pytest.mark.parametrize(
    "words", ["ESCUELA JOSE MARTI", "escuela jose marti", "Escuela Jose Martí", "ESCUELA JOSE MARTY"]
)
def test_a_name_without_its_accents_is_asked_about(words: str) -> None:
    book = from_answers({"profile": {"organizations": [{"id": "org-1", "name": "Escuela José Martí"}], "people": []}})
    plan = people(book, f"Person | Comes from\nAna Ruiz | {words}")
    assert [misfit.why for misfit in plan.misfits] == [
        f"“{words}” is not in “{Profile.questions()['organizations'].title}”. Did you mean “Escuela José Martí”?"
    ]


@pytest.mark.parametrize(
    "words",
    [
        'Dana Fox <dana@x.org>; "Gray, Eli" <eli@x.org>; far@x.org',
        'Dana Fox <dana@x.org>, "Gray, Eli" <eli@x.org>, far@x.org,',
        'Dana Fox <dana@x.org>;\n"Gray, Eli" <eli@x.org>;\nfar@x.org',
    ],
)
def test_whom_a_mail_is_for_is_a_line_each_and_no_name_of_one_person(book: Workbook, words: str) -> None:
    cells = [[line] for line in words.split("\n")]
    plan = paste.plan(Profile, "people", "s-1", "name", cells, book)
    assert [cell.value for cell in plan.cells] == ["Dana Fox", "Gray, Eli", "far@x.org"]
    assert not plan.replaced
    assert [misfit.words for misfit in plan.misfits] == ["dana@x.org", "eli@x.org", "far@x.org"]


@pytest.mark.parametrize(
    "words", ["dana@x.org; eli@x.org", "Dana <dana@x.org>", "see <b>; ask dana@x.org", "<a@b>;" * 9]
)
def test_addresses_that_answer_one_cell_stay_in_it(book: Workbook, words: str) -> None:
    plan = paste.plan(Profile, "people", "s-1", "contact", [[words]], book)
    assert [(cell.row, cell.field, cell.value) for cell in plan.cells] == [("s-1", "contact", words)]


def test_the_headings_of_who_was_in_a_call_are_asked_about_and_not_written_as_a_person(book: Workbook) -> None:
    heading = ["Full Name", "First Join", "Last Leave", "In-Meeting Duration", "Email", "Participant ID (UPN)", "Role"]
    people = [
        ["Dana Fox", "11/30/26, 9:00:04 AM", "11/30/26, 10:01:33 AM", "1h 1m 29s", "d@x.org", "d@x.org", "Organizer"],
        ["Eli Gray (Guest)", "11/30/26, 9:02:00 AM", "11/30/26, 10:00:00 AM", "58m", "", "", "Presenter"],
    ]
    plan = paste.plan(Profile, "people", "s-1", "name", [heading, *people], book)
    assert (plan.layout.heading, plan.layout.unsure) == (0, True)
    assert not plan.cells


def test_marks_of_direction_hide_no_bullet_of_a_list(book: Workbook) -> None:
    cells = [["\u200f• מדרשת הנהר"], ["\u200f• بيت\u200e"]]
    plan = paste.plan(Profile, "organizations", "", "name", cells, book)
    assert [cell.value for cell in plan.cells] == ["מדרשת הנהר", "بيت"]


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        (
            ["1. Welcome", "2. Old business", "a. Buses", "b. Labs", "3. End"],
            ["Welcome", "Old business", "Buses", "Labs", "End"],
        ),
        (["a. Buses", "1. Welcome", "2. End"], ["a. Buses", "1. Welcome", "2. End"]),
        (["1. Welcome", "2. End", "c. Labs"], ["1. Welcome", "2. End", "c. Labs"]),
        (["1. Welcome", "a. Buses"], ["1. Welcome", "a. Buses"]),
    ],
)
def test_an_agenda_with_letters_below_its_numbers_loses_both_where_they_count_on(
    book: Workbook, words: list[str], kept: list[str]
) -> None:
    plan = paste.plan(PlanSheet, "actions", "", "action", [[each] for each in words], book)
    assert [cell.value for cell in plan.cells] == kept
