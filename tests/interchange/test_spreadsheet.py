"""Answers as a spreadsheet: typed, harmless, and back with what somebody changed and nothing else."""

from __future__ import annotations

import datetime
import io
import shutil
import subprocess
import time
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ctekit import interchange, worksheets
from ctekit.interchange import ImportRefusedError
from ctekit.model.errors import CtekitError
from ctekit.store import Edit, Store, create_store, open_store
from tests.interchange.files import (
    add_row,
    answers,
    as_json,
    cell,
    edited,
    fill_with_hostile_text,
    plan_of,
    sheet,
    take,
)
from tests.interchange.typing_in_calc import Calc

LIMIT = 180


def through_libreoffice(path: Path) -> Path:
    """The same file opened and saved by LibreOffice Calc; where there is none, as openpyxl saved it."""
    office = shutil.which("soffice")
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    to = [
        "--headless",
        profile,
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        path.parent / "office",
        path,
    ]
    saved = path.parent / "office" / path.name
    if office:
        subprocess.run([office, *map(str, to)], check=False, capture_output=True, timeout=LIMIT)
    if not saved.is_file():
        print("No LibreOffice Calc here: looked at as openpyxl saved it")
        return path
    return saved


@pytest.fixture(scope="module")
def spreadsheet(template: Path) -> bytes:
    """Harrow Bend, in which nobody wrote yet: written once, since that takes a quarter second."""
    with closing(open_store(template)) as store:
        return interchange.write(store, ".xlsx")


def differing(before: dict[Any, Any], after: dict[Any, Any]) -> dict[Any, Any]:
    return {place: after.get(place) for place in before | after if before.get(place) != after.get(place)}


@pytest.mark.slow  # LibreOffice
def test_what_was_edited_in_libreoffice_comes_back_alone(hb: Store, tmp_path: Path) -> None:
    assert fill_with_hostile_text(hb) > 500
    before = answers(hb)
    rows = as_json(hb, private=True)["worksheets"]
    need, person, exchange = (rows[slug][name][0]["id"] for slug, name in
                              (("recruitment", "needs"), ("profile", "people"), ("value", "exchanges")))  # fmt: skip

    def change(book: Any) -> None:
        cell(book, "questions", "purpose.by", "answer").value = datetime.date(2031, 6, 30)
        cell(book, "questions", "profile.level", "answer").value = None
        cell(book, "recruitment.needs", need, "note").value = "=1+1 as text"
        cell(book, "recruitment.needs", need, "note").data_type = "s"
        cell(book, "profile.people", person, "role").value = "_x005F_x0041_ is no A"  # as spreadsheets write it
        cell(book, "value.exchanges", exchange, "worth").value = 12
        add_row(sheet(book, "profile.people"), name="Somebody New")

    path = edited(interchange.write(hb, ".xlsx", private=True), tmp_path / "a.xlsx", change)
    plan = take(hb, through_libreoffice(path))
    refused = [change.new for change in plan.refused]
    changed = differing(before, answers(hb))
    new = next(row for _, row, field in changed if field == "name")
    position = changed.pop(("profile", new, "row"))
    assert position
    worth = changed.pop(("value", exchange, "worth"), None)
    assert worth in (12, "12") or refused
    assert changed == {
        ("purpose", "", "by"): "2031-06-30",
        ("profile", "", "level"): None,
        ("recruitment", need, "note"): "=1+1 as text",
        ("profile", person, "role"): "_x0041_ is no A",
        ("profile", new, "name"): "Somebody New",
    }


@pytest.mark.slow  # LibreOffice
def test_what_was_typed_in_calc_comes_back_as_it_was_meant_and_alone(hb: Store, tmp_path: Path) -> None:
    before, rows = answers(hb), as_json(hb, private=True)["worksheets"]
    meeting, item = rows["meetings"]["meetings"][5]["id"], rows["meetings"]["items"][1]["id"]
    task, parked, money = (rows[slug][name][0]["id"] for slug, name in
                           (("roles", "tasks"), ("plan", "parked"), ("convener", "funding")))  # fmt: skip
    calc = Calc(interchange.write(hb, ".xlsx", private=True), tmp_path)
    calc.type("questions", "purpose.by", "answer", "6/30/2031")
    calc.type("questions", "profile.business_floor", "answer", "35%")
    calc.type("questions", "profile.pathway", "answer", 'Robots & "cobots", José’s')
    calc.type("meetings.meetings", meeting, "date", "11/17/2026")
    calc.type("meetings.meetings", meeting, "starts", "2:30 PM")
    calc.type("meetings.items", item, "votes_for", "7")
    calc.type("roles.tasks", task, "hours", "12.5")
    calc.type("convener.funding", money, "amount", "$39,000")
    calc.remove_row("plan.parked", parked)
    calc.insert_row("profile.organizations", 6, name="Brand New Bakery", sector="business & industry")
    calc.sort_down("profile.people", "name")
    plan = take(hb, calc.saved())

    assert (plan.refused, [change.what for change in plan.gone]) == (
        [],
        ["Parking lot: Evening bus from Novak to the plants"],
    )
    changed = differing(before, answers(hb))
    bakery = next(row for _, row, field in changed if field == "name")
    assert changed.pop(("profile", bakery, "row"))
    assert changed == {
        ("purpose", "", "by"): "2031-06-30",
        ("profile", "", "business_floor"): "35",
        ("profile", "", "pathway"): 'Robots & "cobots", José’s',
        ("meetings", meeting, "date"): "2026-11-17",
        ("meetings", meeting, "starts"): "2:30 PM",
        ("meetings", item, "votes_for"): 7,
        ("roles", task, "hours"): "12.5",
        ("convener", money, "amount"): "39000",
        ("profile", bakery, "name"): "Brand New Bakery",
        ("profile", bakery, "sector"): "business & industry",
    }


@pytest.mark.parametrize("day", [datetime.date(2026, 11, 10), "11/10/2026", "November 10, 2026"])
def test_a_meeting_is_picked_by_its_day_also_where_the_spreadsheet_makes_a_date_of_it(
    hb: Store, spreadsheet: bytes, tmp_path: Path, day: datetime.date | str
) -> None:
    item = as_json(hb)["worksheets"]["meetings"]["items"][0]["id"]

    def change(book: Any) -> None:
        cell(book, "meetings.items", item, "meeting").value = day

    assert take(hb, edited(spreadsheet, tmp_path / "a.xlsx", change)).refused == []
    assert answers(hb)["meetings", item, "meeting"] == "meet-6"


def test_a_month_that_a_spreadsheet_keeps_as_its_first_day_means_its_last(
    hb: Store, spreadsheet: bytes, tmp_path: Path
) -> None:
    ids = {
        table: as_json(hb)["worksheets"][table.partition(".")[0]][table.partition(".")[2]][0]["id"]
        for table in ("roles.tasks", "meetings.meetings")
    }

    def change(book: Any) -> None:
        for table, field in (("roles.tasks", "by"), ("meetings.meetings", "date")):
            typed = cell(book, table, ids[table], field)
            typed.value, typed.number_format = datetime.date(2027, 6, 1), "mmm-yy"  # as Excel keeps “June 2027”

    plan = take(hb, edited(spreadsheet, tmp_path / "a.xlsx", change))
    assert answers(hb)["roles", ids["roles.tasks"], "by"] == "2027-06-30"
    assert ["Which day in June 2027?" in str(refused.new) for refused in plan.refused] == [True], "a meeting has a day"


@pytest.mark.slow  # LibreOffice
def test_nothing_is_changed_by_opening_and_saving_a_file(hb: Store, tmp_path: Path) -> None:
    for private in (False, True):
        path = tmp_path / f"a{private}.xlsx"
        path.write_bytes(interchange.write(hb, ".xlsx", private=private))
        plan = plan_of(hb, through_libreoffice(path))
        assert (plan.edits, plan.gone, plan.refused) == ([], [], [])


def test_a_partnership_made_of_a_spreadsheet_gives_the_same_spreadsheet(hb: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(interchange.write(hb, ".xlsx", private=True))
    other = create_store(tmp_path / "other.ctekit", partnership=hb.partnership)
    assert take(other, path).refused == []
    assert interchange.write(other, ".xlsx", private=True) == path.read_bytes()
    other.close()


def test_cells_are_typed_choices_are_offered_and_no_text_is_a_formula(hb: Store) -> None:
    fill_with_hostile_text(hb)
    book = openpyxl.load_workbook(io.BytesIO(interchange.write(hb, ".xlsx")))
    cells = [cell for page in book.worksheets for row in page.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type in ("f", "e")]
    assert isinstance(cell(book, "questions", "purpose.by", "answer").value, datetime.datetime)
    needs = sheet(book, "recruitment.needs")
    assert (needs.freeze_panes, needs.row_dimensions[1].hidden, needs.column_dimensions["A"].hidden) == (
        "C3",
        True,
        True,
    )
    people = sheet(book, "profile.people")
    assert {rule.type for rule in people.data_validations.dataValidation} == {"list"}
    assert people.data_validations.dataValidation[0].formula1.startswith("Choices!")
    asked = {line[1].value for line in sheet(book, "questions").iter_rows(min_row=3)}
    assert asked == {kind.title for kind in worksheets.every().values()}, "the plain questions of all worksheets"


def test_a_name_with_a_sign_that_no_cell_holds_is_written_without_it(hb: Store, tmp_path: Path) -> None:
    hb.save([Edit("profile", "name", "Over\x07there"), Edit("profile", "name", "Bell\x07 Works", "org-1")])
    path = tmp_path / "a.xlsx"
    path.write_bytes(interchange.write(hb, ".xlsx"))
    assert plan_of(hb, path).edits == []


def test_the_same_answers_give_the_same_bytes_whenever_they_are_written(
    hb: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = interchange.write(hb, ".xlsx")
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(2_000_000_000))
    time.sleep(1.1)  # the clock of a spreadsheet counts seconds
    assert interchange.write(hb, ".xlsx") == first
    hb.save(
        [Edit("recruitment", "note", "For the facilitator", as_json(hb)["worksheets"]["recruitment"]["needs"][0]["id"])]
    )
    assert interchange.write(hb, ".xlsx") == first, "nothing private changes a byte"


def test_rows_are_named_by_people_and_a_copied_row_is_a_new_one(hb: Store, spreadsheet: bytes, tmp_path: Path) -> None:
    rows = as_json(hb)["worksheets"]
    exchange = rows["value"]["exchanges"][0]
    names = {row["id"]: row["name"] for row in rows["profile"]["organizations"]}

    def change(book: Any) -> None:
        page = sheet(book, "value.exchanges")
        line = next(cell.row for cell in page["A"] if cell.value == exchange["id"])
        for column, copied in enumerate(page[line], 1):
            page.cell(page.max_row + (column == 1), column).value = copied.value
        page.cell(page.max_row, 2).value = "No such partner"
        add_row(sheet(book, "profile.organizations"), name="Brand New Bakery")
        cell(book, "profile.people", rows["profile"]["people"][0]["id"], "organization").value = "brand new  bakery"

    plan = take(hb, edited(spreadsheet, tmp_path / "a.xlsx", change))
    now = as_json(hb)["worksheets"]
    assert len(now["value"]["exchanges"]) == len(rows["value"]["exchanges"]) + 1
    assert now["value"]["exchanges"][-1] | {"id": ""} == exchange | {"id": "", "organization": None}
    bakery = now["profile"]["organizations"][-1]
    assert bakery["name"] == "Brand New Bakery"
    assert now["profile"]["people"][0]["organization"] == bakery["id"]
    assert [change.new for change in plan.refused] == [
        "No row of “Organizations” is called “No such partner”. Choose one from the list, or add a row."
    ]
    assert names[exchange["organization"]], "and what was there stays"


def test_what_cannot_be_read_is_told_with_its_cell_and_the_rest_comes_in(
    hb: Store, spreadsheet: bytes, tmp_path: Path
) -> None:
    first = as_json(hb)["worksheets"]["metrics"]["metrics"][0]["id"]

    def change(book: Any) -> None:
        cell(book, "questions", "purpose.by", "answer").value = "someday"
        cell(book, "questions", "purpose.region", "answer").value = '=HYPERLINK("http://x")'
        cell(book, "questions", "profile.business_floor", "answer").value = 0.515
        cell(book, "questions", "profile.business_floor", "answer").number_format = "0.0%"
        cell(book, "metrics.metrics", first, "name").value = "A measure"
        page = sheet(book, "metrics.metrics")
        page.cell(4, page.max_column + 1).value = "my own column"
        book.create_sheet("My sheet")["A1"] = 1
        book.move_sheet(page, -5)
        page.title = "Renamed"

    plan = take(hb, edited(spreadsheet, tmp_path / "a.xlsx", change))
    sentences = " ".join(f"{change.what} {change.new}" for change in plan.refused)
    for words in ("“Questions”, cell D", "“someday” is not a date", "holds a formula", "this column is not from ctekit",
                  "The sheet “My sheet” is not from ctekit"):  # fmt: skip
        assert words in sentences
    sheets = as_json(hb)["worksheets"]
    assert sheets["metrics"]["metrics"][0]["name"] == "A measure"
    assert sheets["profile"]["business_floor"] == "51.5"
    assert len(plan.changed) == 2


def test_an_honest_blank_is_changed_on_its_own_sheet(hb: Store, tmp_path: Path) -> None:
    hb.save([Edit("purpose", "marks/region", {"kind": "to find out", "whom": "s-1", "by": "2027-01-01"})])

    def change(book: Any) -> None:
        line = cell(book, "marks", "purpose||marks/region", "by")
        line.value = datetime.date(2028, 1, 1)

    take(hb, edited(interchange.write(hb, ".xlsx"), tmp_path / "a.xlsx", change))
    assert as_json(hb)["worksheets"]["purpose"]["marks"]["region"] == {
        "kind": "to find out", "whom": "s-1", "by": "2028-01-01"
    }  # fmt: skip


def test_a_text_longer_than_a_cell_stays_whole(hb: Store, tmp_path: Path) -> None:
    hb.save([Edit("purpose", "not_do", "long " * 20_000)])
    path = tmp_path / "a.xlsx"
    path.write_bytes(interchange.write(hb, ".xlsx"))
    assert plan_of(hb, path).edits == []

    def change(book: Any) -> None:
        words = cell(book, "questions", "purpose.not_do", "answer")
        words.value = f"Changed {words.value}"

    plan = plan_of(hb, edited(path.read_bytes(), path, change))
    assert plan.edits == []
    assert "Change it in the worksheet" in plan.refused[0].new


def repacked(content: bytes, change: Callable[[str, bytes], bytes], more: dict[str, bytes] | None = None) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as parts, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in parts.namelist():
            new.writestr(name, change(name, parts.read(name)))
        for name, text in (more or {}).items():
            new.writestr(name, text)
    return target.getvalue()


def as_is(name: str, text: bytes) -> bytes:
    return text


def in_sheet(old: bytes, new: bytes) -> Callable[[str, bytes], bytes]:
    return lambda name, text: text.replace(old, new, 1) if name == "xl/worksheets/sheet3.xml" else text


ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]>'


@pytest.mark.parametrize(
    ("strange", "sentence"),
    [
        (lambda content: b"", "cut off or is no spreadsheet"),
        (lambda content: content[: len(content) // 2], "cut off or is no spreadsheet"),
        (lambda content: content[:200] + bytes(100) + content[300:], "cut off or is no spreadsheet"),
        (lambda content: b"\xd0\xcf\x11\xe0" + content, "locked with a password"),
        (lambda content: repacked(content, as_is, {"xl/vbaProject.bin": b"x"}), "holds macros"),
        (lambda content: repacked(content, as_is, {"xl/bomb.xml": b"0" * 30_000_000}), "unpacks to more than"),
        (lambda content: repacked(content, as_is, {f"x{n}": b"" for n in range(300)}), "unpacks to more than"),
        (lambda content: repacked(content, lambda name, text: ENTITY + text), "not as a spreadsheet writes it"),
        (lambda content: repacked(content, in_sheet(b"<sheetData>", b"<sheetData><row>")), "could not be read"),
        (lambda content: repacked(content, lambda name, text: b"" if name.endswith(".rels") else text), "could not be"),
    ],
    ids=["empty", "cut", "spoiled amid", "locked", "macros", "bomb", "parts", "entities", "broken", "no relations"],
)
def test_a_hostile_file_is_one_sentence_and_nothing_is_written(
    hb: Store, spreadsheet: bytes, tmp_path: Path, strange: Callable[[bytes], bytes], sentence: str
) -> None:
    path, before = tmp_path / "a.xlsx", hb.latest()
    path.write_bytes(strange(spreadsheet))
    with pytest.raises(ImportRefusedError, match=sentence):
        take(hb, path)
    assert hb.latest() == before


def test_a_sheet_that_says_it_is_huge_is_read_as_far_as_rows_may_go(
    hb: Store, spreadsheet: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    row = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>far</t></is></c></row></sheetData>'
    path.write_bytes(repacked(spreadsheet, in_sheet(b"</sheetData>", row)))
    begun = time.process_time()
    assert plan_of(hb, path).edits == []
    assert time.process_time() - begun < 60, "and does not walk through a million rows"


@pytest.mark.slow  # three seconds of one core
def test_a_sheet_with_more_rows_than_are_read_takes_no_row_out(hb: Store, spreadsheet: bytes, tmp_path: Path) -> None:
    def add_many(book: Any) -> None:
        for number in range(10_000):
            sheet(book, "recruitment.needs").append(["", f"Need {number}"])

    path = edited(spreadsheet, tmp_path / "a.xlsx", add_many)
    with pytest.raises(ImportRefusedError, match="has more than 10,000 rows, and only those are read.*--delete"):
        plan_of(hb, path, delete=True)


@pytest.mark.parametrize("name", ["a.xlsm", "a.xls", "a.ods", "a.csv", "a", "missing.xlsx"])
def test_another_kind_of_file_is_one_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(CtekitError, match=r"is no|There is no file"):
        interchange.read(tmp_path / name)


def test_a_spreadsheet_that_is_none_of_ours_is_one_sentence(hb: Store, tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "a.xlsx")
    with pytest.raises(ImportRefusedError, match="not from ctekit, or its sheet"):
        take(hb, tmp_path / "a.xlsx")
