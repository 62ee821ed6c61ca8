"""What is for the facilitator only leaves the kernel when a view asks for it, and only then."""

from __future__ import annotations

import datetime
import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ctekit import worksheets
from ctekit.editing import form_state
from ctekit.editing.protocol import FromKernel
from ctekit.jupyter.partnership import Partnership
from ctekit.store import Edit, create_store
from ctekit.widgets.sheet import Sheet
from ctekit.workbook import Workbook
from tests.protocol import fitting

SECRET = "between us"


class View:
    """One view of a sheet: what it says, and every message that its browser could read."""

    def __init__(self, sheet: Sheet, name: str = "here", heard: list[dict[str, Any]] | None = None) -> None:
        self.sheet, self.name, self.heard, self.n = sheet, name, [] if heard is None else heard, 0
        sheet.send = lambda message, buffers=None: self.heard.append(fitting(message, FromKernel))  # type: ignore[method-assign]

    def hear(self, message: dict[str, Any]) -> None:
        self.heard.append(json.loads(json.dumps(message)))

    def say(self, **message: Any) -> list[dict[str, Any]]:
        before = len(self.heard)
        self.sheet._receive(self.sheet, message, [])
        return self.heard[before:]

    def act(self, n: int = 0, **act: Any) -> dict[str, Any]:
        return next(message for message in self.say(act=act, uid="u", view=self.name, n=n) if "reply" in message)

    def type(self, row: str, field: str, value: Any, base: Any = None) -> dict[str, Any]:
        self.n += 1
        edit = {"uid": f"{self.name}-{self.n}", "row": row, "field": field, "value": value, "base": base}
        return next(message for message in self.say(edits=[edit], view=self.name, n=self.n) if "saved" in message)


@pytest.fixture
def partnership(tmp_path: Path) -> Partnership:
    create_store(tmp_path / "partnership.ctekit").close()
    return Partnership(tmp_path)


@pytest.fixture
def exchange(partnership: Partnership) -> str:
    return partnership.add("value", "exchanges", {"gives": "hours", "worth": 2, "action": SECRET})


@pytest.fixture
def view(partnership: Partnership, exchange: str) -> View:
    return View(Sheet(partnership.store, "value", who="Ann"))


def traits(sheet: Sheet) -> str:
    return json.dumps(sheet.get_state(["spec", "state"]), default=str)


def test_a_widgets_traits_hold_nothing_private_before_and_after_it_was_asked_for(view, exchange):
    assert SECRET not in traits(view.sheet)
    view.act(reveal=True)
    view.type(exchange, "action", f"{SECRET}, again", SECRET)
    view.sheet.refresh()
    assert SECRET not in traits(view.sheet)
    assert view.sheet.get_state(["state"])["state"]["answers"][exchange] == {"gives": "hours"}


def test_a_private_table_is_not_in_a_trait_by_so_much_as_its_rows(partnership):
    org = partnership.add("profile", "organizations", {"name": "Tri-Fork"})
    candidate = partnership.add("convener", "candidates", {"organization": org})
    score = partnership.add("convener", "scores", {"candidate": candidate, "scored_by": org, "score": 5})
    partnership.remove("convener", partnership.add("convener", "scores", {"candidate": candidate}))
    sheet = Sheet(partnership.store, "convener")
    assert "score-" not in traits(sheet)
    assert sheet.state["rows"]["scores"] == []
    view = View(sheet)
    assert view.act(reveal=True)["private"]["rows"]["scores"] == [score]


def test_private_answers_come_when_they_are_asked_for_and_no_longer_after_they_are_hidden(view, exchange, partnership):
    partnership.change("value", exchange, action=f"{SECRET} 2")
    view.sheet.refresh()
    view.say(hello=0)
    view.act(history=True)
    assert SECRET not in str(view.heard)
    shown = view.act(reveal=True)["private"]["answers"][exchange]
    assert shown == {"gives": "hours", "worth": 2, "action": f"{SECRET} 2"}
    view.act(reveal=False)
    before = len(view.heard)
    partnership.change("value", exchange, action=f"{SECRET} 3")
    view.sheet.refresh()
    view.act(undo=True)
    assert SECRET not in str(view.heard[before:])


def test_a_wish_to_see_private_answers_that_comes_after_they_were_hidden_again_is_not_granted(
    view, exchange, partnership
):
    """A page's first messages wait for the cells that run; by then somebody may have turned the projector on."""
    for number, reveal in [(2, True), (3, False), (1, True)]:
        before = len(view.heard)
        view.act(n=number, reveal=reveal)
    partnership.change("value", exchange, action=f"{SECRET} 2")
    view.sheet.refresh()
    assert SECRET not in str(view.heard[before:])


def test_while_one_view_asks_others_save_it_is_told(view, exchange, partnership):
    view.act(reveal=True)
    partnership.change("value", exchange, action="call Hank")
    before = len(view.heard)
    view.sheet.refresh()
    (news,) = view.heard[before:]
    assert news["private"]["answers"][exchange]["action"] == "call Hank"
    assert "action" not in news["state"]["answers"][exchange]


def test_a_private_answer_is_saved_by_a_view_that_no_longer_asks_and_not_sent_back(view, exchange, partnership):
    thanks = view.type(exchange, "action", "call Hank", SECRET)
    assert thanks["saved"] == [{"uid": "here-1", "row": exchange, "field": "action"}]
    assert partnership["value"].exchanges[0].action == "call Hank"


def test_saved_as_it_is_kept_for_a_view_that_asks(view, exchange):
    view.act(reveal=True)
    assert view.type(exchange, "worth", "4", 2)["saved"] == [
        {"uid": "here-1", "row": exchange, "field": "worth", "private": 4}
    ]


def test_a_private_answer_that_two_change_at_once_is_shown_to_whoever_asks(view, exchange, partnership):
    partnership.change("value", exchange, action="theirs, between us")
    reply = view.type(exchange, "action", "mine", SECRET)
    assert reply["conflict"] == []
    assert SECRET not in str(view.heard)
    (clash,) = view.act(reveal=True)["private_conflict"]
    assert (clash["mine"], clash["theirs"]) == ("mine", "theirs, between us")
    assert "private_conflict" not in view.act(reveal=True)


def test_a_clash_is_told_at_once_where_it_was_asked_for(view, exchange, partnership):
    view.act(reveal=True)
    partnership.change("value", exchange, action="theirs")
    (clash,) = view.type(exchange, "action", "mine", SECRET)["private_conflict"]
    assert (clash["mine"], clash["theirs"]) == ("mine", "theirs")


def test_a_view_that_went_without_a_word_is_forgotten_when_the_next_one_comes(view, exchange, partnership):
    view.act(reveal=True)
    heard = view.say(hello=view.sheet.session.revision)
    assert {"ask_again": True} in heard
    partnership.change("value", exchange, action=f"{SECRET} 2")
    before = len(view.heard)
    view.sheet.refresh()
    assert SECRET not in str(view.heard[before:])


def test_rows_are_not_found_or_sorted_by_what_was_not_asked_for(view, exchange, partnership):
    other = partnership.add("value", "exchanges", {"gives": "room", "worth": 1})
    view.sheet.refresh()
    wanted = {"table": "exchanges", "sort": "worth"}
    assert view.act(view=wanted)["shown"] == [exchange, other]
    assert view.act(view={"table": "exchanges", "find": SECRET})["shown"] == []
    view.act(reveal=True)
    assert view.act(view=wanted)["shown"] == [other, exchange]
    assert view.act(view={"table": "exchanges", "find": SECRET})["shown"] == [exchange]


def test_a_paste_does_not_tell_what_stands_in_a_private_column(view, exchange):
    paste = {"table": "exchanges", "row": exchange, "column": "worth", "cells": [["2"]]}
    assert "just so already" not in view.act(paste=paste)["plan"]["words"]
    view.act(reveal=True)
    assert "just so already" in view.act(paste=paste)["plan"]["words"]


def test_the_days_of_the_history_are_those_of_what_is_shown(tmp_path):
    before = datetime.datetime(2026, 9, 1, 12, tzinfo=datetime.UTC)
    with closing(create_store(tmp_path / "partnership.ctekit", clock=lambda: before)) as store:
        row = store.save([Edit("value", "gives", "hours", "x-*1")])[0].row
    partnership = Partnership(tmp_path)
    partnership.change("value", row, action="later, between us")
    view = View(Sheet(partnership.store, "value"))
    assert [day for day, _ in view.act(history=True)["days"]] == ["2026-09-01"]
    view.act(reveal=True)
    assert len(view.act(history=True)["days"]) == 2


@pytest.mark.parametrize("slug", list(worksheets.every()))
def test_what_every_view_gets_is_the_same_whatever_stands_in_private(slug, full_book):
    """Every private question of every worksheet, its mark and its tables: none reaches the state for everybody."""
    kind = worksheets.called(slug)
    assert form_state.state(kind, full_book.public()) == form_state.state(kind, emptied(full_book).public())


@pytest.fixture(scope="module")
def full_book(tmp_path_factory) -> Workbook:
    """One row in each table, every text and mark filled."""
    folder = tmp_path_factory.mktemp("full")
    store = create_store(folder / "partnership.ctekit")
    edits = []
    for slug, kind in worksheets.every().items():
        for name, question in kind.questions().items():
            model, row = (question.row, f"{question.prefix}-*1") if question.kind.name == "rows" else (kind, "")
            for field, each in model.questions().items() if row else ((name, question),):
                if field == "partnership_id":
                    continue
                if each.kind.name in ("text", "long_text"):
                    edits.append(Edit(slug, field, f"secret of {slug} {field}", row))
                if each.kind.name not in ("rows", "matrix"):
                    edits.append(Edit(slug, f"marks/{field}", {"kind": "to find out", "whom": "somebody"}, row))
    store.save(edits)
    book = store.load()
    store.close()
    return book


def emptied(book: Workbook) -> Workbook:
    """The same, with everything private taken out answer by answer."""
    sheets = {}
    for sheet in book:
        changed: dict[str, Any] = {}
        for name, question in type(sheet).questions().items():
            if question.kind.name == "rows":
                changed[name] = () if question.private else tuple(_emptied(row) for row in sheet.rows(name))
        sheets[sheet.slug] = _emptied(sheet.model_copy(update=changed))
    return Workbook(sheets, book.removed, book.revision, book.saved_at)


def _emptied(model: Any) -> Any:
    hidden = [name for name, ask in type(model).questions().items() if ask.private and ask.kind.name != "rows"]
    marks = {name: mark for name, mark in model.marks.items() if not type(model).questions()[name].private}
    return model.model_copy(update={**dict.fromkeys(hidden), "marks": marks})
