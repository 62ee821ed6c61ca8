"""The past: undo and redo, who changed what, comparing, bringing back. Random scripts of two writers show it holds."""

from __future__ import annotations

import datetime
import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ctekit import worksheets
from ctekit.editing import form_state
from ctekit.history import changes, describe, restore, undo
from ctekit.jupyter.partnership import Partnership
from ctekit.model.errors import NotFoundError
from ctekit.model.paths import STORE_FILE
from ctekit.model.questions import InvalidAnswerError
from ctekit.store import Edit, Store, create_store, open_store
from ctekit.widgets.sheet import Sheet
from tests.widgets.test_sheet import Browser

SCRIPTS = int(os.environ.get("CTEKIT_SCRIPTS", "50"))
"""So many random scripts; `make faults` runs 5,000."""


class Clock:
    """Time that passes only when it is told to."""

    def __init__(self) -> None:
        self.now = datetime.datetime(2026, 10, 1, 12, tzinfo=datetime.UTC)

    def __call__(self) -> datetime.datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += datetime.timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Store:
    return create_store(tmp_path / STORE_FILE, clock=clock)


@pytest.fixture
def partnership(store: Store) -> Partnership:
    return Partnership(store.path)


@pytest.fixture
def ann(store: Store) -> Browser:
    return Browser(Sheet(store, "purpose", who="Ann"))


@pytest.fixture
def ben(store: Store, clock: Clock) -> Browser:
    return Browser(Sheet(open_store(store.path, clock=clock), "purpose", who="Ben"))


def act(browser: Browser, uid: str = "", **what: Any) -> dict[str, Any]:
    browser.n += 1
    return browser.say(act=what, uid=uid or f"act-{id(browser)}-{browser.n}")


def learners(store: Store) -> str | None:
    return store.load().sheets["purpose"].learners


# Undo and redo.


def test_undo_takes_back_the_last_answer_and_redo_brings_it_again(ann, store, clock):
    ann.type("", "learners", "everybody")
    clock.pass_by(minutes=1)
    ann.type("", "region", "Novak")
    reply = act(ann, undo=True)
    assert reply["words"] == "Undone: “Which region is it about?”." or reply["words"].startswith("Undone: “")
    assert reply["places"] == [["", "region"]]
    assert "region" not in reply["state"]["answers"][""]
    act(ann, undo=True)
    assert learners(store) is None
    act(ann, redo=True)
    assert learners(store) == "everybody"
    act(ann, redo=True)
    assert store.load().sheets["purpose"].region == "Novak"
    assert act(ann, redo=True)["words"] == "There is nothing to do again."


def test_an_undo_is_a_revision_like_any_other(ann, store):
    ann.type("", "learners", "everybody")
    act(ann, undo=True)
    assert [(revision.old, revision.value, revision.who) for revision in store.history("purpose", "", "learners")] == [
        (None, "everybody", "Ann"),
        ("everybody", None, "Ann"),
    ]


def test_a_new_answer_leaves_nothing_to_do_again(ann):
    ann.type("", "learners", "everybody")
    act(ann, undo=True)
    ann.type("", "region", "Novak")
    assert act(ann, redo=True)["words"] == "There is nothing to do again."
    assert [message["can"] for message in ann.heard if "can" in message] == [
        [True, False],
        [False, True],
        [True, False],
    ]


def test_one_bout_of_typing_is_one_step_and_a_later_one_another(ann, store, clock):
    base = None
    for words in ("every", "everybody", "everybody here"):
        ann.type("", "learners", words, base=base)
        base = words
        clock.pass_by(seconds=2)
    clock.pass_by(minutes=5)
    ann.type("", "learners", "nobody", base=base)
    act(ann, undo=True)
    assert learners(store) == "everybody here"
    act(ann, undo=True)
    assert learners(store) is None
    act(ann, redo=True)
    assert learners(store) == "everybody here"


def test_what_somebody_else_wrote_since_is_never_undone(ann, ben, store, clock):
    ann.type("", "learners", "everybody")
    ann.type("", "region", "Novak")
    ben.type("", "region", "Alderfield", base="Novak")
    reply = act(ann, undo=True)
    assert reply["words"].startswith("Not undone. “")
    assert "was changed by Ben at 2026-10-01" in reply["words"]
    assert reply["words"].endswith("after you. That stays; see History for both.")
    assert store.load().sheets["purpose"].region == "Alderfield"
    act(ann, undo=True)  # the next one is the step before
    assert learners(store) is None


def test_undo_is_for_ones_own_steps_only(ann, ben):
    ann.type("", "learners", "everybody")
    assert act(ben, undo=True)["words"] == "There is nothing to undo."


def test_ready_rows_are_one_step(ann, store):
    act(ann, ready_rows="decisions")
    reply = act(ann, undo=True)
    assert reply["state"]["rows"]["decisions"] == []
    assert reply["words"] == "Undone: 4 rows of “Clear purpose and established protocols”."
    act(ann, redo=True)
    assert [decision.decision for decision in store.load().sheets["purpose"].decisions][::3] == [
        "Add a partner",
        "Show results",
    ]


def test_rows_come_back_in_their_places_with_their_answers(ann, clock):
    rows = [act(ann, add="clauses", after="")["row"] for _ in range(3)]
    ann.type(rows[0], "promise", "Paid work for whoever wants it.")
    before = ann.sheet.session.state["rows"]["clauses"]
    act(ann, move=rows[0], after="")
    act(ann, remove=rows[0])
    reply = act(ann, undo=True)
    assert reply["state"]["answers"][rows[0]]["promise"] == "Paid work for whoever wants it."
    assert act(ann, undo=True)["state"]["rows"]["clauses"] == before
    act(ann, undo=True)
    assert act(ann, undo=True)["state"]["rows"]["clauses"] == [rows[1], rows[0]]


def test_a_row_into_which_somebody_else_wrote_is_not_undone(ann, ben, store):
    row = act(ann, add="clauses", after="")["row"]
    ben.sheet.refresh()
    ben.type(row, "promise", "Ours.")
    assert "changed by Ben" in act(ann, undo=True)["words"]
    assert [clause.promise for clause in store.load().sheets["purpose"].clauses] == ["Ours."]


def test_an_answer_in_a_row_that_somebody_deleted_is_not_undone(ann, ben, store):
    row = act(ann, add="clauses", after="")["row"]
    ann.type(row, "promise", "Ours.")
    act(ben, remove=row)
    assert act(ann, undo=True)["words"].startswith("Not undone. The row was deleted by Ben")
    assert store.history("purpose", row, "promise")[-1].value == "Ours."


def test_an_answer_sent_again_after_its_undo_does_not_come_back(ann, store):
    ann.type("", "learners", "everybody", uid="lost-thanks")
    act(ann, undo=True)
    again = ann.type("", "learners", "everybody", uid="lost-thanks")
    assert again["saved"][0]["value"] is None
    assert learners(store) is None
    assert "learners" not in ann.sheet.session.state["answers"][""]


def test_a_full_disk_leaves_the_step_to_be_undone_later(ann, store, monkeypatch):
    from ctekit.store import StoreError

    ann.type("", "learners", "everybody")
    whole = store.save

    def full(edits: object) -> None:
        raise StoreError("There is no room on the disk.")

    monkeypatch.setattr(store, "save", full)
    assert act(ann, undo=True)["failed"] == "There is no room on the disk."
    monkeypatch.setattr(store, "save", whole)
    act(ann, undo=True)
    assert learners(store) is None


def test_a_page_that_comes_back_is_told_what_can_be_undone(ann):
    ann.type("", "learners", "everybody")
    ann.heard.clear()
    ann.say(hello=ann.sheet.session.revision)
    assert ann.heard[-1] == {"can": [True, False]}


def test_running_the_cells_again_keeps_what_can_be_undone(ann, store):
    ann.type("", "learners", "everybody")
    again = Browser(Sheet(open_store(store.path), "purpose", who="Ann"))
    act(again, undo=True)
    assert learners(store) is None


# History and bringing back, in the sheet.


def test_the_panel_tells_in_words_and_brings_back_what_was_replaced(ann, ben, store):
    ann.type("", "learners", "everybody")
    ben.type("", "learners", "nobody", base="everybody")
    newest, first = act(ann, history=True)["history"]
    title = worksheets.called("purpose").question("learners").title
    assert (newest["who"], newest["words"]) == ("Ben", f"{title}: everybody → nobody")
    assert (newest["bring"], first["bring"]) == ("Bring back “everybody”", "Bring back “everybody”")
    assert act(ann, bring=newest["seq"])["words"].startswith("Brought back: “")
    assert learners(store) == "everybody"
    act(ann, undo=True)
    assert learners(store) == "nobody"


def test_the_panel_brings_back_a_deleted_row(ann, store):
    row = act(ann, add="clauses", after="")["row"]
    ann.type(row, "promise", "Ours.")
    act(ann, remove=row)
    deleted = act(ann, history=True)["history"][0]
    assert deleted["words"].endswith("deleted")
    assert deleted["bring"] == "Bring the row back"
    act(ann, bring=deleted["seq"])
    assert [clause.promise for clause in store.load().sheets["purpose"].clauses] == ["Ours."]


def test_an_answer_that_came_too_late_can_be_brought_back(ann, ben, store):
    ann.type("", "region", "Novak")
    ben.type("", "region", "Alderfield")
    late = act(ben, history=True)["history"][0]
    assert late["words"].endswith("(came too late, did not count)")
    assert late["bring"] == "Bring back “Alderfield”"
    act(ben, bring=late["seq"])
    assert store.load().sheets["purpose"].region == "Alderfield"


def test_two_people_who_mark_the_same_blank_are_told_of_each_other(ann, ben):
    ann.type("", "marks/start", {"kind": "to find out", "whom": "the college"})
    (clash,) = ben.type("", "marks/start", {"kind": "does not apply"})["conflict"]
    assert (clash["mine_words"], clash["theirs_words"]) == ("Does not apply", "To find out: from the college")
    assert clash["title"] == worksheets.called("purpose").question("start").title


def test_two_days_are_compared_and_the_worksheet_brought_back(ann, store, clock):
    ann.type("", "learners", "everybody")
    row = act(ann, add="clauses", after="")["row"]
    clock.pass_by(days=3)
    ann.type("", "learners", "nobody", base="everybody")
    act(ann, remove=row)
    days = [day for day, _ in act(ann, history=True)["days"]]
    assert len(days) == 2
    reply = act(ann, compare=[days[1], days[0]])
    assert reply["words"] == "2 differences."
    assert sorted(revision["words"].rsplit(" ", 1)[1] for revision in reply["history"]) == ["deleted", "nobody"]
    reply = act(ann, bring_all=days[1])
    assert "2 changes. Undo takes that back." in reply["words"]
    assert learners(store) == "everybody"
    assert reply["state"]["rows"]["clauses"] == [row]
    assert act(ann, bring_all=days[1])["words"].startswith("Nothing was changed: it stands just as")
    act(ann, undo=True)
    assert learners(store) == "nobody"


def test_the_panel_shows_the_facilitators_answers_only_when_asked(partnership):
    row = partnership.add("purpose", "clauses", {"promise": "Ours.", "note": "between us"})
    assert row
    sheet = Browser(Sheet(partnership.store, "purpose"))
    assert "between us" not in str(act(sheet, history=True))
    act(sheet, reveal=True)
    assert "between us" in str(act(sheet, history=True))
    act(sheet, reveal=False)
    assert "between us" not in str(act(sheet, history=True))


# For notebooks and scripts.


def test_history_shows_itself_with_names_and_escaped(partnership):
    org = partnership.add("profile", "organizations", {"name": "<b>Tri-Fork</b>"})
    task = partnership.add("roles", "tasks", {"task": "Teach"})
    partnership.mark("roles", task, org, "A")
    newest = partnership.history("roles")[0]
    assert (newest.name, newest.old, newest.new) == ("Teach", "", "A")
    assert "<b>Tri-Fork</b>" in newest.question
    page = partnership.history()._repr_html_()
    assert "&lt;b&gt;Tri-Fork" in page
    assert "<b>" not in page
    assert [revision.new for revision in partnership.history("roles", row=task, field="task")] == ["Teach"]


def test_history_leaves_out_what_is_private_and_small_counts(partnership):
    partnership.add("purpose", "clauses", {"note": "between us"})
    metric = partnership.add("metrics", "metrics", {"name": "Jobs"})
    partnership.add("metrics", "observations", {"metric": metric, "counted": 3, "out_of": 4})
    shown = repr(partnership.history())
    assert "between us" not in shown
    assert "a count, not shown here" in shown
    whole = repr(partnership.history(private=True))
    assert "between us" in whole
    assert "(blank) → 3" in whole


def test_compare_and_restore_a_row_or_all(partnership):
    row = partnership.add("purpose", "clauses", {"promise": "Ours."})
    partnership.answer("purpose", "learners", "everybody")
    then = partnership.store.latest()
    partnership.change("purpose", row, promise="Theirs.")
    partnership.answer("purpose", "learners", "nobody")
    partnership.add("purpose", "clauses", {"promise": "New."})
    assert {change.new for change in partnership.compare(then)} == {"Theirs.", "nobody", "added", "New."}
    assert [change.new for change in partnership.restore("purpose", then, row)] == ["Ours."]
    partnership.restore("purpose", then)
    assert [clause.promise for clause in partnership["purpose"].clauses] == ["Ours."]
    assert len(partnership.compare(then)) == 0
    assert len(partnership.restore("purpose", then)) == 0


def test_moments_and_names_that_are_none_are_told_in_a_sentence(partnership):
    with pytest.raises(InvalidAnswerError, match=r"“then” is not a date or a time.*number of a revision"):
        partnership.restore("purpose", "then")
    with pytest.raises(NotFoundError, match="Nothing had been saved by “2001-01-01”"):
        partnership.restore("purpose", "2001-01-01")
    with pytest.raises(NotFoundError, match="never had a row 'clause-9'"):
        partnership.restore("purpose", partnership.store.latest(), "clause-9")
    with pytest.raises(NotFoundError, match="No worksheet is called 'purpse'"):
        partnership.history("purpse")


# Random scripts: two writers, one file. What the history says is what is shown, and nothing that was said is lost.

ROWS, TEXTS = st.integers(0, 5), st.sampled_from(["", "a", "b", "longer words"])
OPS = st.tuples(
    st.integers(0, 1),
    st.one_of(
        st.tuples(st.just("type"), st.sampled_from(["learners", "region", "by", "marks/start"]), TEXTS, st.booleans()),
        st.tuples(st.just("cell"), ROWS, st.sampled_from(["promise", "note"]), TEXTS),
        st.tuples(st.just("add"), ROWS),
        st.tuples(st.just("move"), ROWS, ROWS),
        st.tuples(st.just("remove"), ROWS),
        st.tuples(st.just("put back"), ROWS),
        st.tuples(st.just("ready")),
        st.tuples(st.just("undo")),
        st.tuples(st.just("undo")),
        st.tuples(st.just("redo")),
        st.tuples(st.just("bring"), st.integers(0, 30)),
        st.tuples(st.just("restore"), st.integers(0, 30)),
        st.tuples(st.just("refresh")),
    ),
)


class Script:
    """Two people at two sheets of one file, each with a store of their own as two kernels have."""

    def __init__(self, home: Path) -> None:
        self.file = home / STORE_FILE
        self.clock = Clock()
        self.stores = [open_store(self.file, clock=self.clock) for _ in range(2)]
        self.writers = [Browser(Sheet(self.stores[n], "purpose", who=who)) for n, who in enumerate(("Ann", "Ben"))]
        self.said: list[tuple[str, str, Any]] = []

    def do(self, who: int, op: tuple[Any, ...]) -> None:
        self.clock.pass_by(seconds=20)
        writer = self.writers[who]
        sheet = writer.sheet
        rows = sorted(sheet.session.state["rows"]["clauses"])
        match op:
            case "type", field, words, honest:
                self.type(writer, "", field, words, honest)
            case "cell", number, field, words:
                self.type(writer, rows[number % len(rows)] if rows else "clause-1", field, words, True)
            case "add", number:
                act(writer, add="clauses", after=rows[number % len(rows)] if rows else "")
            case "move", number, other if rows:
                act(writer, move=rows[number % len(rows)], after=rows[other % len(rows)])
            case "remove", number if rows:
                act(writer, remove=rows[number % len(rows)])
            case "put back", _:
                gone = [
                    revision["seq"]
                    for revision in act(writer, history=True)["history"]
                    if revision["bring"].endswith("row back")
                ]
                if gone:
                    act(writer, bring=gone[0])
            case ("ready",):
                act(writer, ready_rows="decisions")
            case ("undo" | "redo",):
                self.turn(writer, op[0])
            case "bring", number:
                offers = [revision["seq"] for revision in act(writer, history=True)["history"] if revision["bring"]]
                if offers:
                    act(writer, bring=offers[number % len(offers)])
            case "restore", number:
                revision = 1 + number % sheet.session.store.latest()
                then = self.shown(revision)
                act(writer, bring_all=str(revision))
                assert self.shown() == then, "a moment that was brought back is another one"
            case ("refresh",):
                sheet.refresh()

    def type(self, writer: Browser, row: str, field: str, words: str, honest: bool) -> None:
        value: Any = words
        if field == "by":
            value = {"a": "2028-06-30", "b": "next summer"}.get(words, "")
        elif field.startswith("marks/"):
            value = {"kind": "to find out", "whom": words} if words else None
        other: Any = {"kind": "does not apply"} if field.startswith("marks/") else "something else"
        base = writer.sheet.session.state["answers"].get(row, {}).get(field) if honest else other
        reply = writer.type(row, field, value, base=base)
        self.said += [
            (saved_edit["row"], saved_edit["field"], words)
            for saved_edit in reply["saved"]
            if words and field in ("learners", "promise")
        ]

    def turn(self, writer: Browser, which: str) -> None:
        """Undo, and redo or undo back again: everything stands as before, whoever did what meanwhile."""
        before = self.shown()
        reply = act(writer, **{which: True})
        if not reply.get("places"):
            assert self.shown() == before, "a refused step has changed something"
            return
        other = "redo" if which == "undo" else "undo"
        assert act(writer, **{other: True})["places"]
        assert self.shown() == before, "there and back again is not where we were"
        act(writer, **{which: True})

    def replay(self, revision: int | None = None) -> dict[tuple[str, str], Any]:
        """What the file's lines say by themselves: no code of ours reads them."""
        with closing(sqlite3.connect(self.file)) as file:
            lines = file.execute(
                'select seq, "row", field, old, value, conflicts_with from revision where worksheet = ? order by seq',
                ("purpose",),
            ).fetchall()
        now: dict[tuple[str, str], Any] = {}
        for seq, row, field, old, value, late in lines:
            if revision is not None and seq > revision:
                break
            assert now.get((row, field)) == old, "the chain of old and new is broken"
            if late is None:
                now[row, field] = value
        return now

    def shown(self, revision: int | None = None) -> tuple[dict[tuple[str, str], Any], dict[str, list[str]]]:
        """Answers and the order of rows as they should be seen; rows at one place stand as they were born."""
        with closing(sqlite3.connect(self.file)) as file:
            born = file.execute('select "row", min(at), uid from revision where field = ? group by "row"', ("row",))
            births = {row: (at, uid) for row, at, uid in born}
        return shown(self.replay(revision), births)

    def end(self) -> None:
        now = self.shown()
        for writer, store in zip(self.writers, self.stores, strict=True):
            writer.sheet.refresh()
            fresh = form_state.state(worksheets.called("purpose"), store.load())
            shows = {**writer.sheet.session.state, "revision": fresh["revision"]}
            assert shows == fresh, "a sheet shows what the store does not hold"
            answers = {
                (row, field): value for row, fields in fresh["answers"].items() for field, value in fields.items()
            }
            assert (answers, {name: rows for name, rows in fresh["rows"].items() if rows}) == now
        kept = {
            (revision.row, revision.field, revision.value)
            for revision in self.stores[0].history("purpose")
            if isinstance(revision.value, str)
        }
        assert kept >= set(self.said), "an answer that was thanked for is nowhere in the history"
        everything = describe.history(self.stores[0], self.stores[0].load(), "purpose", private=True)
        assert len(everything) == len(self.stores[0].history("purpose")), "something that happened cannot be told"

    def close(self) -> None:
        for writer, store in zip(self.writers, self.stores, strict=True):
            writer.sheet.close()
            store.close()


def shown(
    now: dict[tuple[str, str], Any], births: dict[str, tuple[str, str]]
) -> tuple[dict[tuple[str, str], Any], dict[str, list[str]]]:
    """Answers and the order of rows, out of the bare places: rows that are gone are not shown."""
    prefixes = {question.prefix: name for name, question in worksheets.called("purpose").tables().items()}
    standing = [(value, births[row], row) for (row, field), value in now.items() if field == "row" and value]
    rows: dict[str, list[str]] = {}
    for _, _, row in sorted((json.loads(value), birth, row) for value, birth, row in standing):
        rows.setdefault(prefixes[row.split("-")[0]], []).append(row)
    there = {"", *(row for _, _, row in standing)}
    answers = {
        (row, field): json.loads(value)
        for (row, field), value in now.items()
        if row in there and field != "row" and value is not None
    }
    return answers, rows


@pytest.fixture(scope="module")
def quick_place() -> Iterator[Path]:
    """A place whose disk is memory, where there is one: here it is not the disk that is tested."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as place:
        create_store(Path(place) / "blank").close()
        yield Path(place)


@pytest.mark.slow  # four seconds of one core
@settings(max_examples=SCRIPTS, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(ops=st.lists(OPS, min_size=1, max_size=14))
def test_the_history_replays_to_the_state_shown_whatever_two_people_do(quick_place: Path, ops: list[Any]) -> None:
    home = Path(tempfile.mkdtemp(dir=quick_place))
    shutil.copy(quick_place / "blank", home / STORE_FILE)
    script = Script(home)
    try:
        for who, op in ops:
            script.do(who, op)
        script.end()
    finally:
        script.close()
        shutil.rmtree(home)


def test_a_step_is_taken_back_by_plain_edits(store: Store) -> None:
    step = restore.write(store, [Edit("purpose", "learners", "everybody", who="Ann")])
    now = changes.current_values(store.history("purpose"))
    (edit,) = undo.inverse_edits(step, now, {step[0].seq}, "Ann")
    assert (edit.field, edit.value, edit.based_on) == ("learners", None, step[0].seq)
    later = restore.write(store, [Edit("purpose", "learners", "nobody", who="Ben")])
    now = changes.current_values([*step, *later])
    with pytest.raises(undo.SupersededError):
        undo.inverse_edits(step, now, {step[0].seq}, "Ann")
