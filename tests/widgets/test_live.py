"""What a notebook shows follows what is saved, by whomever, without a rerun; and nothing is drawn that nobody sees."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import pytest

from ctekit.editing.protocol import ToPanel
from ctekit.jupyter.partnership import Partnership
from ctekit.views.work import key
from ctekit.widgets import watcher
from ctekit.widgets.panel import OVERTAKEN
from tests.protocol import fitting
from tests.stores import harrow_bend

OPENED: dict[Any, watcher.LastRevision] = {}
"""What a test has opened."""

VERBS: dict[str, Callable[[Partnership], Any]] = {
    "overview": lambda p: p.overview(),
    "check": lambda p: p.check(),
    "picture": lambda p: p.picture(),
    "chart": lambda p: p.chart("promises"),
    "thread": lambda p: p.thread(),
    "handover": lambda p: p.handover(),
}


@pytest.fixture
def p(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Partnership:
    # No thread beside the test, and nothing of other tests: `look` looks at what is here.
    OPENED.clear()
    monkeypatch.setattr(watcher, "watch", lambda shown, store=None: OPENED.update({shown: watcher.LastRevision(store)}))
    harrow_bend(tmp_path / "hb")
    return Partnership(tmp_path / "hb")


def shown(display: Any, *, seen: bool = True) -> tuple[Any, list[str]]:
    """The widget of a display with one view, and the HTML that it sends from now on."""
    panel, sent = display.live(), []
    panel.send = lambda message: sent.append(fitting(message, ToPanel)["html"])
    if seen:
        panel._receive(panel, {"seen": True, "view": "first"}, [])
    return panel, sent


def other(p: Partnership) -> Partnership:
    """Somebody else with the same partnership, as in another notebook's kernel."""
    return Partnership(p.folder)


@pytest.mark.parametrize("verb", VERBS)
def test_a_view_follows_what_somebody_else_saves(p: Partnership, verb: str) -> None:
    display = VERBS[verb](p)
    _, sent = shown(display)
    watcher.look(OPENED)
    assert not sent
    for clause in p["purpose"].clauses:
        other(p).remove("purpose", clause.id)
    other(p).answer("convener", "money_until", "2020-01-01")
    watcher.look(OPENED)
    assert len(sent) == 1
    assert display.view() in sent[0]


def test_nothing_is_sent_where_what_is_shown_stays_the_same(p: Partnership) -> None:
    _, sent = shown(p.chart("promises"))
    other(p).answer("convener", "review", "2027-05-02")
    watcher.look(OPENED)
    assert not sent


def test_what_nobody_sees_is_drawn_when_somebody_does(p: Partnership, monkeypatch: pytest.MonkeyPatch) -> None:
    panel, sent = shown(p.overview(), seen=False)
    drawn = []
    monkeypatch.setattr(panel, "_draw", lambda: drawn.append(1) or "<p>Drawn</p>")
    other(p).answer("purpose", "learners", None)
    watcher.look(OPENED)
    assert not drawn
    panel._receive(panel, {"seen": True, "view": "first"}, [])
    assert sent == ["<p>Drawn</p>"]
    panel._receive(panel, {"seen": True, "view": "second"}, [])
    panel._receive(panel, {"seen": False, "view": "first"}, [])
    other(p).answer("purpose", "learners", "All of them")
    watcher.look(OPENED)
    assert len(drawn) == 2, "one of two views is still on the screen"
    panel._receive(panel, {"seen": False, "view": "second"}, [])
    other(p).answer("purpose", "learners", None)
    watcher.look(OPENED)
    assert len(drawn) == 2


@pytest.mark.parametrize("seen", [True, False])
def test_what_could_not_be_drawn_once_is_drawn_at_the_next_look(
    p: Partnership, monkeypatch: pytest.MonkeyPatch, seen: bool
) -> None:
    monkeypatch.setattr(watcher, "QUIET", 0)
    panel, sent = shown(p.check(), seen=False)
    panel._receive(panel, {"seen": seen, "view": "first"}, [])
    watcher.look(OPENED)
    drawn = iter([OSError("The file is busy")])

    def draw() -> str:
        for error in drawn:
            raise error
        return "<p>Five findings</p>"

    monkeypatch.setattr(panel, "_draw", draw)
    other(p).answer("purpose", "learners", None)
    for _ in range(4):
        watcher.look(OPENED)
    assert sent == ["<p>Five findings</p>"]


def test_what_can_never_be_drawn_is_tried_less_and_less_often(p: Partnership, monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter([place * watcher.PERIOD for place in range(2000)])
    now = [next(moments)]
    monkeypatch.setattr(watcher, "monotonic", lambda: now[0])
    panel, _ = shown(p.check())
    watcher.look(OPENED)
    tries = []

    def draw() -> str:
        tries.append(now[0])
        raise ValueError("A fault of ours")

    monkeypatch.setattr(panel, "_draw", draw)
    other(p).answer("purpose", "learners", None)
    for moment in moments:
        now[0] = moment
        watcher.look(OPENED)
    assert 15 < len(tries) < 40, "in eight minutes"
    monkeypatch.setattr(panel, "_draw", lambda: "<p>Mended</p>")
    now[0] += watcher.LONGEST_REST
    watcher.look(OPENED)
    assert panel._sent == "<p>Mended</p>"


def test_what_is_out_of_sight_follows_once_nothing_is_saved_and_what_is_closed_does_not(
    p: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    below, sent = shown(p.overview(), seen=False)
    below._receive(below, {"seen": False, "view": "first"}, [])
    closed, nothing = shown(p.overview())
    closed._receive(closed, {"seen": False, "view": "first", "gone": True}, [])
    other(p).answer("purpose", "learners", None)
    watcher.look(OPENED)
    watcher.look(OPENED)
    assert not sent, "people are still typing"
    monkeypatch.setattr(watcher, "QUIET", 0)
    watcher.look(OPENED)
    watcher.look(OPENED)
    assert len(sent) == 1
    assert not nothing


def test_many_saves_between_two_looks_are_drawn_once(p: Partnership) -> None:
    _, sent = shown(p.check("purpose"))
    for words in ("one", "two", None):
        other(p).answer("purpose", "learners", words)
    watcher.look(OPENED)
    watcher.look(OPENED)
    assert len(sent) <= 1


def test_a_form_that_somebody_writes_in_stays_until_it_is_left(p: Partnership) -> None:
    display = p.check()
    panel, sent = shown(display)
    panel.press("fold")
    finding = panel.findings[0]
    what = key(finding)
    panel.press("action", what)
    other(p).remove("purpose", p["purpose"].clauses[0].id)
    watcher.look(OPENED)
    assert not sent
    panel._receive(panel, {"act": "leave", "what": what, "value": ""}, [])
    assert display.view() in sent[0]


def test_a_button_that_was_pressed_first_and_comes_late_takes_away_no_form_that_somebody_writes_in(
    p: Partnership,
) -> None:
    """A page's first messages wait for the cells that run, so the button is pressed again."""
    panel, sent = shown(p.check())
    panel.press("fold")
    first, second = (key(finding) for finding in panel.findings[:2])
    panel._receive(panel, {"act": "action", "what": second, "value": "", "view": "first", "n": 2}, [])
    opened, before = panel.state, len(sent)
    panel._receive(panel, {"act": "action", "what": second, "value": "", "view": "first", "n": 1}, [])
    assert (panel.state, sent[before:]) == (opened, []), "the same button: nothing to say"
    panel.send = sent.append
    panel._receive(panel, {"act": "action", "what": first, "value": "", "view": "first", "n": 1}, [])
    assert (panel.state, sent[before:]) == (opened, [{"said": OVERTAKEN}])


def test_a_view_that_came_into_sight_is_not_taken_for_out_of_sight_by_what_it_said_before(p: Partnership) -> None:
    panel, _ = shown(p.overview(), seen=False)
    for number, message in [(2, {"seen": True}), (1, {"seen": False})]:
        panel._receive(panel, {**message, "view": "first", "n": number}, [])
    assert panel.is_seen
    for number, message in [(4, {"seen": False, "gone": True}), (3, {"seen": True})]:
        panel._receive(panel, {**message, "view": "first", "n": number}, [])
    assert not panel.is_seen


class Shown:
    """Something open that counts how often it was looked at."""

    looks = 0

    def refresh(self) -> None:
        """Count it."""
        self.looks += 1


def test_what_is_opened_amid_a_look_does_not_end_it(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, third = Shown(), Shown(), Shown()

    class Open(WeakKeyDictionary[Any, watcher.LastRevision]):
        def items(self) -> Iterator[tuple[Any, watcher.LastRevision]]:  # type: ignore[override]
            for each in super().items():
                yield each
                wait([pool.submit(watcher.watch, third)], 0.3)  # as long as one that is opened meanwhile may take

    monkeypatch.setattr(watcher, "_open", Open())
    watcher.watch(first)
    watcher.watch(second)
    with ThreadPoolExecutor(1) as pool:
        watcher.look(watcher._open)
    assert (first.looks, second.looks) == (1, 1)
    with ThreadPoolExecutor(1) as pool:
        watcher.look(watcher._open)
    assert (first.looks, second.looks, third.looks) == (2, 2, 1)


def test_a_view_that_cannot_be_drawn_does_not_stop_the_others(p: Partnership, monkeypatch: pytest.MonkeyPatch) -> None:
    broken, _ = shown(p.overview())
    _, sent = shown(p.overview())

    def fail() -> str:
        raise ZeroDivisionError

    monkeypatch.setattr(broken, "_draw", fail)
    other(p).answer("purpose", "learners", None)
    watcher.look(OPENED)
    assert len(sent) == 1


def test_a_private_view_leaves_nothing_in_what_a_notebook_saves(p: Partnership) -> None:
    for display in (p.chart("influence", private=True), p.check(private=True)):
        panel, sent = display.live(), []
        assert not panel.html
        panel.send = sent.append
        panel._receive(panel, {"hello": True}, [])
        assert display.view() in sent[0]["html"]


def test_a_look_back_is_no_widget(p: Partnership) -> None:
    assert p.overview(as_of="2027-01-15").live() is None
