"""The form without a browser: it is handed the very messages a browser sends."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from ctekit.editing.protocol import FromKernel
from ctekit.jupyter.partnership import Partnership
from ctekit.store import StoreError, create_store, open_store
from ctekit.widgets.sheet import Sheet
from tests.protocol import fitting


class Browser:
    """A sheet, and what it sent back."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet, self.heard, self.n = sheet, [], 0
        sheet.send = lambda message, buffers=None: self.hear(message)  # type: ignore[method-assign]

    def hear(self, message: dict[str, Any]) -> None:
        self.heard.append(fitting(message, FromKernel))

    def say(self, **message: Any) -> dict[str, Any]:
        """Say it, and give the answer: not the news of others before it, nor what follows from it."""
        before = len(self.heard)
        self.sheet._receive(self.sheet, message, [])
        heard = self.heard[before:]
        return next((message for message in heard if {"saved", "reply", "hello", "refused"} & message.keys()), heard[0])

    def type(self, row: str, field: str, value: Any, base: Any = None, uid: str = "") -> dict[str, Any]:
        self.n += 1
        edit = {"uid": uid or f"{id(self)}-{self.n}", "row": row, "field": field, "value": value, "base": base}
        return self.say(edits=[edit], view="view", n=self.n)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    create_store(tmp_path / "partnership.ctekit").close()
    return tmp_path


@pytest.fixture
def partnership(folder: Path) -> Partnership:
    return Partnership(folder)


@pytest.fixture
def browser(partnership: Partnership) -> Browser:
    return Browser(Sheet(partnership.store, "purpose", who="Ann"))


def test_an_answer_is_thanked_after_it_is_on_disk(browser, folder):
    heard = browser.type("", "learners", "learners in three counties")
    assert [saved_edit["field"] for saved_edit in heard["saved"]] == ["learners"]
    assert heard["at"]
    other = open_store(folder / "partnership.ctekit")
    assert other.load().sheets["purpose"].learners == "learners in three counties"
    assert other.history("purpose", "", "learners")[0].who == "Ann"


def test_what_was_typed_comes_back_as_it_is_kept(browser):
    assert browser.type("", "by", "6/30/2028")["saved"][0]["value"] == "2028-06-30"


def test_a_wrong_shape_is_told_in_a_sentence_and_the_rest_is_saved(browser, partnership):
    edits = [
        {"uid": "a", "row": "", "field": "by", "value": "soon", "base": None},
        {"uid": "b", "row": "", "field": "region", "value": "Novak", "base": None},
    ]
    heard = browser.say(edits=edits, view="view", n=1)
    sentence = "“soon” is not a date. Write a day, a month or a year, such as June 30, 2027, June 2027 or 2027."
    assert heard["wrong"] == [{"uid": "a", "row": "", "field": "by", "error": sentence, "private": False}]
    assert partnership["purpose"].region == "Novak"
    assert partnership["purpose"].by is None


def test_an_older_edit_never_replaces_a_newer_one(browser, partnership):
    newer = [{"uid": "n2", "row": "", "field": "region", "value": "new", "base": None}]
    older = [{"uid": "n1", "row": "", "field": "region", "value": "old", "base": None}]
    browser.say(edits=newer, view="view", n=2)
    heard = browser.say(edits=older, view="view", n=1)
    assert heard["saved"][0]["uid"] == "n1"
    assert partnership["purpose"].region == "new"


def test_an_edit_sent_twice_is_saved_once(browser, partnership):
    browser.type("", "region", "Novak", uid="same")
    browser.type("", "region", "Novak", uid="same")
    assert len(partnership.store.history("purpose", "", "region")) == 1


def test_rows_are_added_moved_deleted_and_put_back(browser, partnership):
    first = browser.say(act={"add": "clauses", "after": ""}, uid="1")["row"]
    second = browser.say(act={"add": "clauses", "after": first}, uid="2")["row"]
    browser.type(first, "promise", "Paid work for whoever wants it.")
    assert browser.say(act={"move": second, "after": ""}, uid="3")["state"]["rows"]["clauses"] == [second, first]
    assert browser.say(act={"remove": first}, uid="4")["state"]["rows"]["clauses"] == [second]
    assert browser.say(act={"restore": first}, uid="5")["state"]["rows"]["clauses"] == [second, first]
    assert partnership["purpose"].clauses[1].promise == "Paid work for whoever wants it."


def test_ready_rows_fill_an_empty_table(browser, partnership):
    browser.say(act={"ready_rows": "decisions"}, uid="1")
    assert [decision.decision for decision in partnership["purpose"].decisions] == [
        "Add a partner",
        "Spend money",
        "Change a course",
        "Show results",
    ]


def test_different_fields_of_two_writers_merge(browser, folder):
    other = Browser(Sheet(open_store(folder / "partnership.ctekit"), "purpose", who="Ben"))
    browser.type("", "region", "Novak")
    other.type("", "learners", "everybody")
    browser.sheet.refresh()
    assert browser.heard[-1]["state"]["answers"][""] == {"region": "Novak", "learners": "everybody"}


def test_the_same_field_of_two_writers_is_shown_to_the_later_and_both_stay(browser, folder, partnership):
    other = Browser(Sheet(open_store(folder / "partnership.ctekit"), "purpose", who="Ben"))
    browser.type("", "region", "Novak")
    clash = other.type("", "region", "Alderfield", base=None)["conflict"][0]
    assert (clash["mine"], clash["theirs"], clash["who"]) == ("Alderfield", "Novak", "Ann")
    assert partnership["purpose"].region == "Novak"
    assert [revision.value for revision in partnership.store.history("purpose", "", "region")] == [
        "Novak",
        "Alderfield",
    ]
    other.type("", "region", "Alderfield", base="Novak")  # "Use mine"
    assert partnership["purpose"].region == "Alderfield"


def test_many_late_edits_of_one_message_read_the_store_no_more_often_than_one(browser, folder, monkeypatch):
    other = Browser(Sheet(open_store(folder / "partnership.ctekit"), "purpose", who="Ben"))
    browser.type("", "region", "Novak")
    other.sheet.refresh()
    load, loads = other.sheet.session.store.load, []
    monkeypatch.setattr(other.sheet.session.store, "load", lambda *moment: loads.append(moment) or load(*moment))

    def late(times: int) -> int:
        loads.clear()
        edits = [
            {"uid": f"{times}-{number}", "row": "", "field": "region", "value": f"late {number}", "base": "older"}
            for number in range(times)
        ]
        assert len(other.say(edits=edits, view="v", n=times)["conflict"]) == times
        return len(loads)

    assert late(1) == late(60)


def test_a_base_that_reads_the_same_is_no_conflict(partnership):
    browser = Browser(Sheet(partnership.store, "convener"))
    row = browser.say(act={"add": "funding", "after": ""}, uid="1")["row"]
    browser.type(row, "amount", "$38,000")
    assert browser.type(row, "amount", "$39,000", base="$38,000")["conflict"] == []
    assert str(partnership["convener"].funding[0].amount) == "39000"


def test_an_edit_of_a_row_somebody_deleted_says_so(browser, partnership):
    row = browser.say(act={"add": "clauses", "after": ""}, uid="1")["row"]
    partnership.remove("purpose", row)
    assert "deleted meanwhile" in browser.type(row, "promise", "Too late")["wrong"][0]["error"]


def test_letters_go_into_the_matrix(partnership):
    organization = partnership.add("profile", "organizations", {"name": "Tri-Fork"})
    task = partnership.add("roles", "tasks", {"task": "Teach"})
    browser = Browser(Sheet(partnership.store, "roles"))
    assert browser.type(task, f"matrix/{organization}", "ra")["saved"][0]["value"] == "AR"
    assert "X" in browser.type(task, f"matrix/{organization}", "X")["wrong"][0]["error"]
    assert partnership["roles"].matrix == {task: {organization: "AR"}}


def test_an_honest_blank_is_kept_with_its_reason(browser, partnership):
    mark = {"kind": "to find out", "whom": "the college", "by": "2026-12-01"}
    browser.type("", "marks/start", mark)
    assert partnership["purpose"].marks["start"].whom == "the college"
    assert "Choose" in browser.type("", "marks/start", {"kind": "never"})["wrong"][0]["error"]
    browser.type("", "marks/start", None, base=mark)
    assert partnership["purpose"].marks == {}


def test_the_sentence_is_put_together_as_the_parts_come(browser):
    for field, value in (("learners", "learners"), ("change", "a paid job"), ("by", "2028-06-30")):
        heard = browser.type("", field, value)
    assert heard["saved"]
    assert browser.heard[-1]["follows"]["suggestions"] == {"sentence": "For learners: a paid job by June 2028."}


def test_names_open_once_three_needs_stand(partnership):
    browser = Browser(Sheet(partnership.store, "recruitment"))
    assert "invitations" in browser.sheet.session.state["closed"]
    for number in range(3):
        row = browser.say(act={"add": "needs", "after": ""}, uid=f"add-{number}")["row"]
        browser.type(row, "support", f"need {number}")
    assert browser.heard[-1]["follows"]["closed"] == {}


def test_a_full_disk_is_told_and_nothing_is_thanked(browser, monkeypatch):
    def full(edits: object, **_: object) -> None:
        raise StoreError("There is no room on the disk. Make room; what you typed is kept.")

    monkeypatch.setattr(browser.sheet.session.store, "save", full)
    heard = browser.type("", "region", "Novak")
    assert heard == {"refused": "There is no room on the disk. Make room; what you typed is kept.", "view": "view"}


def test_a_fault_of_ours_is_shown_and_not_swallowed(browser, monkeypatch):
    monkeypatch.setattr(browser.sheet.session.store, "save", lambda edits, **_: {}[edits[0].value])
    with pytest.raises(KeyError):
        browser.type("", "region", "Novak")
    refusal = browser.heard[-1]["refused"]
    assert refusal.startswith("This was not saved because of a fault in ctekit (KeyError in ")
    assert "Novak" not in refusal, "the answer may be for the facilitator only, and the words stand on the wall"


def test_running_the_cell_again_shows_the_same_sheet(partnership):
    assert partnership.worksheet("purpose").live() is partnership.worksheet("purpose").live()


def test_a_page_that_comes_back_gets_what_was_saved_meanwhile(browser):
    browser.type("", "region", "Novak")
    assert browser.say(hello=0)["state"]["answers"][""]["region"] == "Novak"
    assert browser.say(hello=browser.sheet.session.revision) == {"hello": browser.sheet.session.revision}


def test_how_the_sample_answered_is_told_in_names(browser, partnership):
    assert "three counties" in browser.say(act={"sample": "learners", "row": ""}, uid="1")["sample"]
    row = browser.say(act={"add": "decisions", "after": ""}, uid="2")["row"]
    assert "Adaeze Whitcomb" in browser.say(act={"sample": "decider", "row": row}, uid="3")["sample"]


def test_a_whole_worksheet_costs_two_messages_to_open(partnership):
    """One opens it, one answers the browser's hello; every further one would be a wait on a slow network."""
    sheet = Browser(Sheet(partnership.store, "metrics"))
    sheet.say(hello=sheet.sheet.session.revision)
    assert len(sheet.heard) == 1


def test_nothing_is_written_when_nothing_changed(browser, folder):
    browser.type("", "region", "Novak")
    with sqlite3.connect(folder / "partnership.ctekit") as file:
        before = file.execute("select count(*) from revision").fetchone()
    browser.type("", "region", " Novak ", base="Novak")
    with sqlite3.connect(folder / "partnership.ctekit") as file:
        assert file.execute("select count(*) from revision").fetchone() == before


def test_an_older_copy_in_the_place_of_the_file_is_told_of_while_it_is_open_and_on_another_day(browser, folder):
    store = browser.sheet.session.store
    store.backup(folder / "backup")
    browser.type("", "learners", "newer than the copy")
    latest = store.latest()
    (folder / "backup").replace(store.path)
    browser.sheet.refresh()
    (message_,) = [message for message in browser.heard if "older" in message]
    assert f"it ends at revision {latest - 1}, and revision {latest} was in it before" in message_["older"]
    assert "learners" not in browser.heard[-1]["state"]["answers"][""], "what the copy holds is shown"
    browser.sheet.refresh()
    assert len([message for message in browser.heard if "older" in message]) == 1, "once"

    another_day = Browser(Sheet(open_store(store.path), "plan"))
    another_day.say(hello=0, seen=latest)
    assert [message["revision"] for message in another_day.heard if "older" in message] == [latest - 1]
    another_day.say(hello=0, seen=latest - 1)
    assert len([message for message in another_day.heard if "older" in message]) == 1
