"""A worksheet filled by plain messages alone: for whatever is no widget, such as a page that came by mail."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from ctekit.editing import dispatch, incoming
from ctekit.editing.dispatch import COMMANDS, QUERIES
from ctekit.editing.protocol import Act, FromKernel
from ctekit.editing.session import EditSession
from ctekit.store import Edit, create_store, open_store
from tests.protocol import fields, fitting

AN_EDIT = """
import sys
from ctekit.editing import dispatch
from ctekit.editing.session import EditSession
from ctekit.store import create_store

heard = []
store = create_store(sys.argv[1])
session = EditSession(store, "purpose", heard.append, who="Ann")
edit = {"uid": "1", "row": "", "field": "region", "value": "Novak", "base": None}
dispatch.receive(session, {"edits": [edit], "view": "v", "n": 1})
dispatch.receive(session, {"act": {"add": "clauses", "after": ""}, "uid": "2", "view": "v"})
dispatch.receive(session, {"act": {"history": True}, "uid": "3", "view": "v"})
assert session.state["answers"][""] == {"region": "Novak"}, heard
print(*{"anywidget", "ipywidgets", "traitlets", "IPython"} & {name.split(".")[0] for name in sys.modules})
"""


@pytest.fixture
def heard() -> list[FromKernel]:
    return []


@pytest.fixture
def session(tmp_path: Path, heard: list[FromKernel]) -> EditSession:
    store = create_store(tmp_path / "partnership.ctekit")
    return EditSession(store, "purpose", lambda message: heard.append(fitting(message, FromKernel)), who="Ann")


def reply(session: EditSession, heard: list[FromKernel], **act: Any) -> FromKernel:
    dispatch.receive(session, {"act": act, "uid": str(len(heard)), "view": "v"})
    return next(message for message in reversed(heard) if "reply" in message)


@pytest.mark.slow  # a fresh process
def test_editing_loads_no_widget(tmp_path: Path) -> None:
    command = [sys.executable, "-c", AN_EDIT, str(tmp_path / "partnership.ctekit")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stdout.strip()) == (0, ""), done.stderr


def test_an_answer_is_saved_and_thanked(session: EditSession, heard: list[FromKernel]) -> None:
    edit = {"uid": "1", "row": "", "field": "region", "value": "Novak", "base": None}
    dispatch.receive(session, {"edits": [edit], "view": "v", "n": 1})
    assert heard[0]["saved"] == [{"uid": "1", "row": "", "field": "region", "value": "Novak"}]
    assert session.store.load().sheets["purpose"].region == "Novak"


@pytest.mark.parametrize("order", list(permutations([1, 2, 3])), ids=str)
def test_edits_of_one_page_are_not_late_against_each_other_in_whatever_order_they_come(
    order: tuple[int, ...], session: EditSession, heard: list[FromKernel]
) -> None:
    """JupyterLab gives a page's first messages to the kernel's main thread, and the later ones to another."""
    session.store.save([Edit("purpose", "region", "Novak")])
    words = ["Novak", "one", "two", "three"]
    for n in order:
        edit = {"uid": words[n], "row": "", "field": "region", "value": words[n], "base": words[n - 1], "root": "Novak"}
        dispatch.receive(session, {"edits": [edit], "view": "v", "n": n})
    answers = [message for message in heard if "saved" in message]
    assert [message["saved"][0]["uid"] for message in answers] == [words[n] for n in order]
    assert not any(message["conflict"] for message in answers)
    assert session.store.load().sheets["purpose"].region == "three"


def test_what_somebody_else_wrote_amid_edits_of_one_page_still_makes_them_late(
    session: EditSession, heard: list[FromKernel]
) -> None:
    session.store.save([Edit("purpose", "region", "Novak")])
    for number, (word, base) in enumerate([("one", "Novak"), ("two", "one")], 1):
        edit = {"uid": word, "row": "", "field": "region", "value": word, "base": base, "root": "Novak"}
        dispatch.receive(session, {"edits": [edit], "view": "v", "n": number})
        session.store.save([Edit("purpose", "region", "somebody else's")])
    late = next(message for message in reversed(heard) if "saved" in message)
    assert late["conflict"][0]["theirs"] == "somebody else's"
    assert session.store.load().sheets["purpose"].region == "somebody else's"


def test_what_somebody_else_saved_since_is_read_before_an_edit_is_judged(
    session: EditSession, heard: list[FromKernel]
) -> None:
    """In another window: an answer elsewhere, the same answer, and a row of which this one knows nothing yet."""
    with closing(open_store(session.store.path)) as other:
        other.save([Edit("purpose", "learners", "all juniors")])
        edit = {"uid": "1", "row": "", "field": "region", "value": "Novak", "base": None}
        dispatch.receive(session, {"edits": [edit], "view": "v", "n": 1})
        assert heard[0]["state"]["answers"][""] == {"learners": "all juniors"}
        assert (heard[1]["saved"][0]["uid"], heard[1]["conflict"]) == ("1", [])

        row = other.save([Edit("purpose", "promise", "We meet on Mondays.", row="clause-*")])[0].row
        edit = {
            "uid": "2",
            "row": row,
            "field": "promise",
            "value": "We meet on Fridays.",
            "base": "We meet on Mondays.",
        }
        dispatch.receive(session, {"edits": [edit], "view": "v", "n": 2})
        saved = next(message for message in reversed(heard) if "saved" in message)
        assert ([each["uid"] for each in saved["saved"]], saved["wrong"], saved["conflict"]) == (["2"], [], [])

        other.save([Edit("purpose", "region", "theirs")])
        edit = {"uid": "3", "row": "", "field": "region", "value": "ours", "base": "Novak"}
        dispatch.receive(session, {"edits": [edit], "view": "v", "n": 3})
        late = next(message for message in reversed(heard) if "saved" in message)
        assert late["conflict"][0]["theirs"] == "theirs"
        assert other.load().sheets["purpose"].region == "theirs"


def blank_and_more(at: int) -> dict[str, Any]:
    """Edits of one page, each upon the one before; the first brings a blank at the end alone, which changes nothing."""
    words = ["Novak", "Novak ", "Novak c", "Novak county"]
    return {"uid": str(at), "row": "", "field": "region", "value": words[at], "base": words[at - 1], "root": "Novak"}


@pytest.mark.parametrize("parcels", [[[1, 2]], [[1], [2]]], ids=str)
def test_an_edit_that_changed_nothing_takes_no_later_one_back_when_it_is_sent_again(
    parcels: list[list[int]], session: EditSession, heard: list[FromKernel]
) -> None:
    """A page that hears nothing sends all that is not answered anew, and what changed nothing is in no history."""
    session.store.save([Edit("purpose", "region", "Novak")])
    for n, parcel in enumerate([[1], [1, 2], *parcels], 1):
        dispatch.receive(session, {"edits": [blank_and_more(at) for at in parcel], "view": "v", "n": n})
    assert session.store.load().sheets["purpose"].region == "Novak c"
    assert not any(message["conflict"] for message in heard if "saved" in message)
    assert [saved["uid"] for message in heard for saved in message.get("saved", ())] == list("112") + list("12")
    assert len(session.store.history("purpose", "", "region")) == 2


def test_an_edit_that_changed_nothing_is_not_late_where_a_kernel_that_died_saved_the_next(
    session: EditSession, heard: list[FromKernel]
) -> None:
    session.store.save([Edit("purpose", "region", "Novak")])
    for n, at in enumerate([1, 2], 1):
        dispatch.receive(session, {"edits": [blank_and_more(at)], "view": "v", "n": n})
    anew = EditSession(session.store, "purpose", heard.append, who="Ann")
    heard.clear()
    dispatch.receive(anew, {"edits": [blank_and_more(at) for at in (1, 2, 3)], "view": "w", "n": 1})
    assert [(len(message["saved"]), message["conflict"]) for message in heard if "saved" in message] == [(3, [])]
    assert session.store.load().sheets["purpose"].region == "Novak county"


def test_what_another_tab_kept_before_what_stands_now_is_told(session: EditSession, heard: list[FromKernel]) -> None:
    """Only what was written upon it takes the place of an edit."""
    session.store.save([Edit("purpose", "region", "Novak")])
    mine, other = blank_and_more(2), blank_and_more(2) | {"uid": "other", "value": "another tab's"}
    dispatch.receive(session, {"edits": [mine], "view": "v", "n": 1})
    heard.clear()
    dispatch.receive(session, {"edits": [other, mine], "view": "w", "n": 1})
    (told,) = (message["conflict"] for message in heard if message.get("conflict"))
    assert told[0]["mine"] == "another tab's"


def overtaken(heard: list[FromKernel]) -> list[str]:
    return [message["failed"] for message in heard if "failed" in message]


@pytest.mark.parametrize("late", [{"undo": True}, {"add": "clauses", "after": ""}], ids=str)
def test_an_act_that_comes_after_what_was_typed_since_is_not_done(
    late: Act, session: EditSession, heard: list[FromKernel]
) -> None:
    """Else undo would take back what was typed after the key was pressed."""
    edit = {"uid": "1", "row": "", "field": "region", "value": "Novak", "base": None}
    dispatch.receive(session, {"edits": [edit], "view": "v", "n": 2})
    dispatch.receive(session, {"act": late, "uid": "u", "view": "v", "n": 1})
    assert overtaken(heard) == [incoming.OVERTAKEN]
    purpose = session.store.load().sheets["purpose"]
    assert (purpose.region, purpose.clauses) == ("Novak", ())
    dispatch.receive(session, {"act": {"undo": True}, "uid": "u", "view": "another view", "n": 1})
    assert session.answer("", "region") is None


def test_rows_that_a_page_gave_up_waiting_for_come_once(session: EditSession, heard: list[FromKernel]) -> None:
    """A person who was told that nothing came of it presses the button again."""
    for number in (2, 1):
        dispatch.receive(
            session, {"act": {"add": "clauses", "after": ""}, "uid": f"u{number}", "view": "v", "n": number}
        )
    assert len(session.store.load().sheets["purpose"].clauses) == 1
    assert overtaken(heard) == [incoming.OVERTAKEN]


def test_a_table_that_was_pasted_first_does_not_take_the_place_of_the_second(
    session: EditSession, heard: list[FromKernel]
) -> None:
    for number, words in [(2, "second"), (1, "first")]:
        pasted = {"cells": [[words]], "table": "clauses", "row": "", "column": "promise", "columns": ["promise"]}
        dispatch.receive(
            session, {"act": {"paste": {**pasted, "rows": []}}, "uid": str(number), "view": "v", "n": number}
        )
    (token,) = [message["plan"]["token"] for message in heard if "plan" in message]
    dispatch.receive(session, {"act": {"pasted": token}, "uid": "u", "view": "v", "n": 3})
    assert [clause.promise for clause in session.store.load().sheets["purpose"].clauses] == ["second"]


def test_what_only_looks_waits_for_nothing_that_is_typed(session: EditSession, heard: list[FromKernel]) -> None:
    edit = {"uid": "1", "row": "", "field": "region", "value": "Novak", "base": None}
    dispatch.receive(session, {"edits": [edit], "view": "v", "n": 2})
    dispatch.receive(session, {"act": {"history": True}, "uid": "u", "view": "v", "n": 1})
    assert overtaken(heard) == []
    assert any("history" in message for message in heard)


def test_where_an_action_comes_from_is_shown_by_names_and_kept_as_it_was(tmp_path: Path) -> None:
    store = create_store(tmp_path / "partnership.ctekit")
    source = "ME33 metrics/metric-1/owner"
    answers = [("metrics", "metric-1", "name", "Paid offers"), ("plan", "act-1", "finding", source)]
    store.save([Edit(slug, "row", "", row) for slug, row, _, _ in answers])
    store.save([Edit(slug, field, value, row) for slug, row, field, value in answers])
    state = EditSession(store, "plan", lambda _: None).state
    assert state["answers"]["act-1"]["finding"] == source
    assert state["refs"]["sources"] == {source: "ME33 Paid offers"}


def test_rows_are_added_and_taken_back(session: EditSession, heard: list[FromKernel]) -> None:
    row = reply(session, heard, add="clauses", after="")["row"]
    assert session.state["rows"]["clauses"] == [row]
    assert reply(session, heard, undo=True)["words"] == "Undone: a row of “What we promise”."
    assert session.state["rows"]["clauses"] == []


def test_every_act_of_the_protocol_is_answered_by_one_table(session: EditSession) -> None:
    needs = {"row", "after"}
    assert QUERIES.keys() & COMMANDS.keys() == set()
    assert QUERIES.keys() | COMMANDS.keys() == fields(Act).keys() - needs


@pytest.mark.parametrize("act", [{}, {"fly": 1}, None, "undo", ["fly"], {"add": "no table"}, {"move": "clause-1"}])
def test_an_act_that_nobody_knows_or_lacks_something_changes_nothing(
    act: Any, session: EditSession, heard: list[FromKernel]
) -> None:
    dispatch.receive(session, {"act": act, "uid": "1", "view": "v"})
    assert heard[0]["reply"] == "1"
    assert heard[0]["failed"]
    assert not session.store.history("purpose")
