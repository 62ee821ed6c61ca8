"""A form cannot jam: whatever a message holds, the honest edit beside it and the one after it are saved."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ctekit.editing import incoming
from ctekit.jupyter.partnership import Partnership
from ctekit.store import StoreError, create_store
from ctekit.widgets.sheet import Sheet
from tests.widgets.test_sheet import Browser

DEEP: Any = []
for _ in range(100_000):
    DEEP = [DEEP]


@pytest.fixture
def browser(tmp_path: Path) -> Browser:
    create_store(tmp_path / "partnership.ctekit").close()
    return Browser(Sheet(Partnership(tmp_path).store, "purpose", who="Ann"))


def edit(row: Any = "", field: Any = "region", value: Any = "Novak", uid: Any = "bad", **more: Any) -> dict[str, Any]:
    return {"uid": uid, "row": row, "field": field, "value": value, "base": None} | more


BAD_EDITS = {
    "a number": 5,
    "a word": "region",
    "nothing": None,
    "a list": [1, 2],
    "an empty object": {},
    "no value": {"uid": "bad", "row": "", "field": "by"} | {"value": "soon"},
    "a question that is no more": edit(field="old_question"),
    "a mark of a question that is no more": edit(field="marks/old_question", value={"kind": "to find out"}),
    "a mark of no shape": edit(field="marks/region", value=[1]),
    "a mark whose words are no words": edit(field="marks/region", value={"kind": ["to find out"]}),
    "a question of a table": edit(field="clauses", value=[{"promise": "x"}]),
    "a part of a question that has none": edit(field="region/org-1"),
    "the place of a row": edit(row="", field="row", value="a"),
    "a row that is gone": edit(row="clause-999", field="promise"),
    "a row of another worksheet": edit(row="organization-1", field="name"),
    "a row of no table": edit(row="nonsense", field="promise"),
    "a row that is a list": edit(row=["clause-1"]),
    "a field that is a number": edit(field=3),
    "a value that is an object": edit(field="by", value={"a": 1}),
    "a value nested without end": edit(value=DEEP),
    "an answer without end": edit(value="x" * (incoming.LONGEST + 1)),
    "a number without end": edit(field="by", value=10**5000),
    "half a letter": edit(value="\ud83d"),
    "a uid that is a list": edit(uid=[1]),
    "a uid without end": edit(uid="u" * 10_000),
}

HALF_GOOD = {"half a letter"}
"""May be kept, if it can be."""


@pytest.mark.parametrize("bad", BAD_EDITS.values(), ids=BAD_EDITS)
def test_a_bad_edit_is_told_in_a_sentence_and_the_edits_beside_it_are_saved(bad, browser):
    before, after = edit(field="learners", value="before", uid="1"), edit(field="change", value="after", uid="2")
    heard = browser.say(edits=[before, bad, after], view="view", n=1)
    assert {"1", "2"} <= {saved["uid"] for saved in heard["saved"]}
    for wrong in heard["wrong"]:
        assert wrong["error"].endswith(".")
        assert wrong["error"][0] == "“" or wrong["error"][0].isupper()
        assert all(isinstance(wrong[name], str) for name in ("uid", "row", "field"))
    answers = browser.sheet.session.store.load().sheets["purpose"]
    assert (answers.learners, answers.change) == ("before", "after")
    assert browser.type("", "learners", "honest", base="before")["saved"][0]["value"] == "honest"


def test_every_bad_edit_has_an_answer(browser):
    for name, bad in BAD_EDITS.items():
        if name not in HALF_GOOD:
            assert len(browser.say(edits=[bad], view="view", n=1)["wrong"]) == 1, name


def test_the_reason_says_what_is_gone(browser):
    def reason(**bad: Any) -> str:
        return browser.say(edits=[edit(**bad)], view="view", n=1)["wrong"][0]["error"]

    assert reason(field="old_question") == incoming.GONE
    assert reason(row="clause-999", field="promise") == incoming.ROW_GONE
    assert "1,000,0" in reason(value="x" * 1_000_000)


def test_a_column_that_was_deleted_is_told(tmp_path):
    create_store(tmp_path / "partnership.ctekit").close()
    partnership = Partnership(tmp_path)
    column = partnership.add("profile", "organizations", {"name": "Tri-Fork"})
    task = partnership.add("roles", "tasks", {"task": "Teach"})
    partnership.remove("profile", column)
    browser = Browser(Sheet(partnership.store, "roles"))
    heard = browser.say(edits=[edit(row=task, field=f"matrix/{column}", value="R")], view="view", n=1)
    assert heard["wrong"][0]["error"] == incoming.COLUMN_GONE


@pytest.mark.parametrize(
    "message",
    [
        {"edits": 5},
        {"edits": None},
        {"edits": {"a": 1}},
        {"edits": [], "view": [1], "n": "one"},
        {"edits": [edit(field="learners")], "view": {}, "n": None},
        {"hello": [1]},
        {"nonsense": 1},
        {},
        [],
        5,
        None,
    ],
)
def test_a_message_of_any_shape_is_answered_and_an_honest_edit_is_saved_after_it(message, browser):
    browser.sheet._receive(browser.sheet, message, [])
    assert browser.heard
    assert not any("refused" in heard for heard in browser.heard)
    assert browser.type("", "region", "Novak")["saved"]


BAD_ACTS = [
    {},
    5,
    None,
    "undo",
    [],
    {"fly": True},
    {"add": "no_table", "after": ""},
    {"add": "clauses"},
    {"add": ["clauses"], "after": ""},
    {"move": "clause-999", "after": ""},
    {"remove": "clause-999"},
    {"remove": {"a": 1}},
    {"restore": "clause-999"},
    {"duplicate": "clause-999"},
    {"ready_rows": "clauses?"},
    {"bring": 10**9},
    {"bring": "x"},
    {"bring_all": [1]},
    {"compare": 5},
    {"compare": ["yesterday?", ""]},
    {"view": {"table": "no_table"}},
    {"view": {"table": "clauses", "fly": 1}},
    {"view": 5},
    {"paste": {"cells": 5}},
    {"paste": None},
    {"sample": "no_question", "row": ""},
    {"sample": "learners"},
]


@pytest.mark.parametrize("act", BAD_ACTS, ids=str)
def test_a_bad_act_is_answered_with_a_sentence_and_an_honest_edit_is_saved_after_it(act, browser):
    heard = browser.say(act=act, uid="7")
    assert heard["reply"] == "7"
    assert (heard.get("failed") or heard["words"]).endswith(".")
    assert not browser.sheet.session.store.history("purpose")
    assert browser.type("", "region", "Novak")["saved"]


def test_an_act_that_a_full_disk_stops_says_so_to_whoever_waits_for_it(browser, monkeypatch):
    def full(edits: object, **_: object) -> None:
        raise StoreError("There is no room on the disk.")

    monkeypatch.setattr(browser.sheet.session.store, "save", full)
    assert browser.say(act={"add": "clauses", "after": ""}, uid="7") == {
        "reply": "7",
        "failed": "There is no room on the disk.",
    }


def test_what_the_store_cannot_hold_costs_that_edit_alone(browser, monkeypatch):
    save = browser.sheet.session.store.save

    def picky(edits: Any, **how: Any) -> Any:
        if any(edit.value == "poison" for edit in edits):
            raise OverflowError
        return save(edits, **how)

    monkeypatch.setattr(browser.sheet.session.store, "save", picky)
    edits = [edit(value="poison"), edit(field="learners", value="everybody", uid="good")]
    heard = browser.say(edits=edits, view="view", n=1)
    assert [saved_edit["uid"] for saved_edit in heard["saved"]] == ["good"]
    assert [(fault["uid"], fault["error"]) for fault in heard["wrong"]] == [("bad", incoming.UNREADABLE)]


@pytest.mark.parametrize("at_once", [True, False])
def test_two_answers_of_one_uid_hold_up_nothing_and_neither_is_thanked_for_the_other(browser, at_once):
    first, second = edit(value="Novak", uid="same"), edit(field="learners", value="everybody", uid="same")
    honest = edit(field="sentence", value="honest", uid="good")
    if not at_once:
        browser.say(edits=[first], view="view", n=1)
    heard = browser.say(edits=[first, second, first, honest], view="view", n=2)
    assert [(each["uid"], each["field"]) for each in heard["saved"]] == [
        ("same", "region"),
        ("same", "region"),
        ("good", "sentence"),
    ]
    assert [(each["field"], each["error"]) for each in heard["wrong"]] == [("learners", incoming.UNREADABLE)]
    purpose = browser.sheet.session.store.load().sheets["purpose"]
    assert (purpose.region, purpose.learners, purpose.sentence) == ("Novak", None, "honest")


def test_ready_rows_are_one_step_to_be_undone(browser):
    browser.say(act={"ready_rows": "decisions"}, uid="1")
    assert len(browser.sheet.session.state["rows"]["decisions"]) == 4
    browser.say(act={"undo": True}, uid="2")
    assert browser.sheet.session.state["rows"]["decisions"] == []


def test_what_is_said_to_one_view_names_it(browser):
    heard = browser.say(edits=[edit(field="by", value="soon")], view="the first", n=1)
    assert heard["view"] == "the first"
