"""From a finding to an action: from Python in one call, and in the notebook with two buttons; never a traceback."""

from __future__ import annotations

import datetime
import json
import re
import shutil
from pathlib import Path
from typing import Any

import html5lib
import pytest

from ctekit import views
from ctekit.editing.protocol import ToPanel
from ctekit.jupyter.partnership import Partnership
from ctekit.model.errors import CtekitError, NotFoundError
from ctekit.model.questions import InvalidAnswerError
from ctekit.rules import Finding
from ctekit.widgets.findings import Findings
from tests.protocol import fitting
from tests.stores import harrow_bend


@pytest.fixture(scope="module")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "hb"
    harrow_bend(folder)
    return folder


@pytest.fixture
def p(sample_folder: Path, tmp_path: Path) -> Partnership:
    return Partnership(shutil.copytree(sample_folder, tmp_path / "hb"))


def finding_of(p: Partnership, code: str) -> Finding:
    return next(finding for finding in p.check(private=True) if finding.code == code)


# From Python


def test_a_finding_becomes_an_action_in_one_step(p: Partnership) -> None:
    before = len(p["plan"].actions)
    row = p.act(finding_of(p, "RO27"), owner="s-3", by="2026-10-15")
    (action,) = [action for action in p["plan"].actions if action.id == row]
    assert action.action == "Settle which one organization answers for “Place learners in internships”"
    assert (action.element, action.finding) == ("roles", "RO27 roles/task-5/matrix")
    assert (action.owner, action.by, action.done) == ("s-3", datetime.date(2026, 10, 15), None)
    assert len(p["plan"].actions) == before + 1
    with pytest.raises(CtekitError, match="This is an action already: “Settle which"):
        p.act(finding_of(p, "RO27"))
    p.change("plan", row, done="yes")
    assert p.act(finding_of(p, "RO27")) != row, "what was done and did not help may be tried again"


def test_a_parked_item_becomes_an_action_and_leaves_the_parking_lot(p: Partnership) -> None:
    parked = p.add("plan", "parked", {"item": "Evening bus to the plants"})
    row = p.act(parked, owner="s-1")
    (action,) = [action for action in p["plan"].actions if action.id == row]
    assert (action.action, action.owner, action.finding) == ("Evening bus to the plants", "s-1", parked)
    assert parked not in [item.id for item in p["plan"].parked]
    with pytest.raises(NotFoundError, match=f"Nothing in the parking lot is called '{parked}'"):
        p.act(parked)


def test_what_cannot_be_saved_is_said_and_nothing_of_it_is(p: Partnership) -> None:
    revision = p.book.revision
    with pytest.raises(NotFoundError, match="No person of the profile is called 's-99'"):
        p.act(finding_of(p, "RO27"), owner="s-99")
    with pytest.raises(InvalidAnswerError, match="“soon” is not a date"):
        p.act(finding_of(p, "RO27"), by="soon")
    with pytest.raises(CtekitError, match="with a reason and a name"):
        p.acknowledge(finding_of(p, "CO03"), note=" ", by="s-1")
    with pytest.raises(NotFoundError):
        p.acknowledge(finding_of(p, "CO03"), note="Trusted", by="Marcus")
    assert p.book.revision == revision


def test_an_acknowledged_finding_is_open_no_more_and_comes_back_with_other_facts(p: Partnership) -> None:
    row = p.acknowledge(finding_of(p, "RE17"), note="Two firms join after the harvest", by="s-1")
    assert not [finding for finding in p.check() if finding.code == "RE17"]
    (kept,) = [acknowledgement for acknowledgement in p["plan"].acknowledged if acknowledgement.id == row]
    assert (kept.rule, kept.place, kept.by) == ("RE17", "recruitment/invitations", "s-1")
    assert kept.on == datetime.date.today()
    assert "RE17" not in p.findings()["code"].tolist()
    p.answer("profile", "business_floor", "40")
    assert finding_of(p, "RE17").says.endswith("Your least share is 40%.")


def test_what_is_locked_has_to_be_mended(p: Partnership) -> None:
    with pytest.raises(CtekitError, match="Nobody can let that stand"):
        p.acknowledge(finding_of(p, "ME38"), note="We always did", by="s-1")


def test_an_action_from_a_private_finding_tells_nothing_of_it(p: Partnership) -> None:
    p.change("value", "x-9", worth=1)
    private = finding_of(p, "VA22")
    assert private.private
    with pytest.raises(CtekitError, match="in words that everybody may read"):
        p.act(private)
    row = p.act(private, action="Visit the mentors")
    (action,) = [action for action in p["plan"].actions if action.id == row]
    assert (action.action, action.finding) == ("Visit the mentors", None)
    assert action.note == "VA22 value/x-9/action"
    assert "VA22" not in p.worksheet("plan")._repr_html_()
    with pytest.raises(CtekitError, match="an action already"):
        p.act(private, action="Again")


# In the notebook


def buttons(board: Findings) -> dict[str, tuple[str, str, bool]]:
    """What is written on each button: what it does, to which finding, and whether it can be pressed."""
    by_words = {}
    for element in tree(board).iter("button"):
        words = "".join(element.itertext())
        assert words not in by_words, "every button has a name of its own"
        by_words[words] = (element.get("data-act"), element.get("data-what"), element.get("disabled") is None)
    return by_words


def tree(board: Findings) -> Any:
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(
        f"<!doctype html><title>P</title>{board.draw()}"
    )


def press(board: Findings, words: str, **typed: str) -> str:
    """Send what the browser sends when a button is pressed, and give what is read out."""
    act, what, can_be = buttons(board)[words]
    assert can_be
    sent: list[dict[str, Any]] = []
    board.send = lambda message: sent.append(fitting(message, ToPanel))  # type: ignore[method-assign]
    board._receive(board, {"act": act, "what": what, "value": json.dumps(typed)}, [])
    assert sent[-1].get("html", board.draw()) == board.draw()
    return str(sent[-1]["said"])


def opened(p: Partnership, verb: str = "check") -> Findings:
    board = getattr(p, verb)().live()
    press(board, "Work on the findings (9)")
    return board


def number(board: Findings, code: str) -> int:
    return next(n for n, finding in enumerate(board.findings, 1) if finding.code == code)


def test_a_check_shows_the_view_and_folds_the_work_away(p: Partnership) -> None:
    board = p.check().live()
    assert "ctekit-check" in board.html
    assert list(buttons(board)) == ["Work on the findings (9)"]
    press(board, "Work on the findings (9)")
    assert len([name for name in buttons(board) if name.startswith("Make ")]) == 9
    press(board, "Fold the list away")
    assert len(buttons(board)) == 1
    assert {finding.worksheet for finding in p.check("roles").live().findings} == {"roles"}
    assert "ctekit-questions" in p.picture().live().html


def test_every_control_of_a_form_has_a_label_and_answers_for_nobody(p: Partnership) -> None:
    board = opened(p)
    for words in ("Make 1 an action", f"Acknowledge {number(board, 'RE17')}"):
        press(board, words)
        page = tree(board)
        labeled = {element.get("for") for element in page.iter("label")}
        controls = [element for tag in ("input", "select", "textarea") for element in page.iter(tag)]
        assert {control.get("id") for control in controls} == labeled
        assert not page.findall(".//option[@selected]")
        ids = [element.get("id") for element in page.iter() if element.get("id")]
        assert len(ids) == len(set(ids))
    other = opened(p)
    press(other, "Make 1 an action")
    assert not {element.get("id") for element in tree(other).iter("label")} & {
        element.get("id") for element in tree(board).iter("label")
    } - {None}


def test_an_action_is_made_inline(p: Partnership) -> None:
    board = opened(p)
    n = number(board, "RO27")
    press(board, f"Make {n} an action")
    assert "Leave one A (answers for it). The others may keep an R" in board.draw().partition("<textarea")[2]
    names = ["".join(element.itertext()) for element in tree(board).iter("option")]
    assert names[0] == "-"
    assert not [name for name in names if "Neil Farrow" in name], "whoever left is not offered"
    typed = {"action": "Settle it", "owner": "s-3"}
    assert "“next week” is not a date" in press(board, f"Save action {n}", **typed, by="next week")
    html = board.draw()
    assert "“next week” is not a date" in html
    assert ">Settle it</textarea>" in html, "what was typed stays"
    assert 'value="s-3" selected' in html
    reply = press(board, f"Save action {n}", **typed, by="2026-10-15")
    action = p["plan"].actions[-1]
    assert (action.action, action.owner, action.by) == ("Settle it", "s-3", datetime.date(2026, 10, 15))
    assert reply == "Saved in the plan: “Settle it”."
    assert reply in board.draw()
    assert "In the plan: Settle it" in board.draw()
    assert action.id not in re.sub("<[^>]*>", "", board.draw())
    assert not buttons(board)[f"Make {number(board, 'RO27')} an action"][2]


def test_what_an_action_still_lacks_is_said(p: Partnership) -> None:
    board = opened(p)
    press(board, "Make 1 an action")
    assert "It still needs a name and a day" in press(board, "Save action 1", action="Ask them", owner="", by="")


def test_a_finding_is_acknowledged_inline(p: Partnership) -> None:
    board = opened(p)
    n = number(board, "RE17")
    press(board, f"Acknowledge {n}")
    assert "with a reason and a name" in press(board, f"Save the reason for {n}", note="Two firms join", by_whom="")
    assert ">Two firms join</textarea>" in board.draw()
    reply = press(board, f"Save the reason for {n}", note="Two firms join", by_whom="s-1")
    assert reply.startswith("Acknowledged: 3 of the 14 people")
    assert "RE17" not in [finding.code for finding in board.findings]
    assert f"Acknowledge {number(board, 'ME38')}" not in buttons(board)
    assert "nobody can let it stand" in board.draw()


def test_leaving_it_closes_the_form_and_saves_nothing(p: Partnership) -> None:
    board, revision = opened(p), p.book.revision
    press(board, "Make 1 an action")
    press(board, "Leave 1 as it is")
    assert "<fieldset" not in board.draw()
    assert p.book.revision == revision


def test_a_finding_that_changed_meanwhile_is_not_taken_for_another(p: Partnership) -> None:
    board = opened(p)
    press(board, f"Make {number(board, 'RE17')} an action")
    act, what, _ = buttons(board)[f"Save action {number(board, 'RE17')}"]
    p.answer("profile", "business_floor", "40")
    assert "somebody changed what it tells of" in board.press(act, what, json.dumps({"action": "x"}))
    assert not [action for action in p["plan"].actions if action.action == "x"]


def test_nothing_private_is_in_the_list(p: Partnership) -> None:
    p.change("value", "x-9", worth=1)
    board = opened(p)
    assert "VA22" in [finding.code for finding in p.check(private=True)]
    assert "VA22" not in [finding.code for finding in p.check()]
    assert "VA22" not in [finding.code for finding in board.findings]
    assert "VA22" not in board.draw()


def test_a_fault_is_a_sentence(p: Partnership, monkeypatch: pytest.MonkeyPatch) -> None:
    board = opened(p)
    press(board, "Make 1 an action")

    def broken(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr(Partnership, "act", broken)
    with pytest.raises(ZeroDivisionError):
        press(board, "Save action 1", action="x")
    sent: list[dict[str, Any]] = []
    board.send = lambda message: sent.append(fitting(message, ToPanel))  # type: ignore[method-assign]
    with pytest.raises(ZeroDivisionError):
        board._receive(board, {"act": "save-action", "what": buttons(board)["Save action 1"][1], "value": "{}"}, [])
    assert "because of a fault in ctekit" in sent[-1]["said"]


def test_many_findings_list_only_as_many_as_people_read(p: Partnership, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctekit.views.work.MOST", 3)
    board = opened(p)
    assert len([name for name in buttons(board) if name.startswith("Make ")]) == 3
    assert "6 more come up here" in board.draw()


def test_what_people_typed_is_text(p: Partnership) -> None:
    p.change("roles", "task-5", task='"><img src=x onerror=alert(1)>')
    board = opened(p)
    press(board, "Make 1 an action")
    press(board, "Save action 1", action="</textarea><script>", by="soon")
    html = board.draw()
    assert "<img" not in html
    assert "<script" not in html


def test_links_of_a_notebook_lead_to_notebooks_and_those_of_a_page_to_pages(p: Partnership) -> None:
    html = p.check("roles").live().html + p.overview()._repr_html_()
    assert 'href="07-metrics.ipynb"' in html
    assert ".html" not in html
    assert 'href="07-metrics.html"' in views.overview(p.book)
