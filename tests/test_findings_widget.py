"""From a finding to an action: from Python in one call, and in the notebook with two buttons; never a traceback."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path
from typing import Any

import ipywidgets as w
import pytest

from ctekit import folder as folders
from ctekit.asks import WrongShape
from ctekit.errors import ForPeople, NotFound
from ctekit.partnership import Partnership
from ctekit.rule import Finding
from ctekit.widgets import findings as widget
from ctekit.widgets.findings import Findings, Line

TODAY = datetime.date.today()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "hb"
    folders.make(folder, "", "harrow-bend")
    return folder


@pytest.fixture
def p(made: Path, tmp_path: Path) -> Partnership:
    return Partnership(shutil.copytree(made, tmp_path / "hb"))


def found(p: Partnership, code: str) -> Finding:
    return next(one for one in p.check() if one.code == code)


# From Python


def test_a_finding_becomes_an_action_in_one_step(p: Partnership) -> None:
    before = len(p["plan"].actions)
    row = p.act(found(p, "RO27"), owner="s-3", by="2026-10-15")
    (action,) = [one for one in p["plan"].actions if one.id == row]
    assert action.action == "Leave one A. The others may keep an R: they do it, one answers for it."
    assert (action.element, action.finding) == ("roles", "RO27 roles/task-5/matrix")
    assert (action.owner, action.by, action.done) == ("s-3", datetime.date(2026, 10, 15), None)
    assert len(p["plan"].actions) == before + 1
    with pytest.raises(ForPeople, match=f"This is an action already: {row}, "):
        p.act(found(p, "RO27"))
    p.change("plan", row, done="yes")
    assert p.act(found(p, "RO27")) != row, "what was done and did not help may be tried again"


def test_a_parked_item_becomes_an_action_and_leaves_the_parking_lot(p: Partnership) -> None:
    parked = p.add("plan", "parked", {"item": "Evening bus to the plants"})
    row = p.act(parked, owner="s-1")
    (action,) = [one for one in p["plan"].actions if one.id == row]
    assert (action.action, action.owner, action.finding) == ("Evening bus to the plants", "s-1", parked)
    assert parked not in [one.id for one in p["plan"].parked]
    with pytest.raises(NotFound, match=f"Nothing in the parking lot is called '{parked}'"):
        p.act(parked)


def test_what_cannot_be_saved_is_said_and_nothing_of_it_is(p: Partnership) -> None:
    revision = p.book.revision
    with pytest.raises(NotFound, match="No person of the profile is called 's-99'"):
        p.act(found(p, "RO27"), owner="s-99")
    with pytest.raises(WrongShape, match="“soon” is not a date"):
        p.act(found(p, "RO27"), by="soon")
    with pytest.raises(ForPeople, match="with a reason and a name"):
        p.acknowledge(found(p, "CO03"), note=" ", by="s-1")
    with pytest.raises(NotFound):
        p.acknowledge(found(p, "CO03"), note="Trusted", by="Marcus")
    assert p.book.revision == revision


def test_an_acknowledged_finding_is_open_no_more_and_comes_back_with_other_facts(p: Partnership) -> None:
    row = p.acknowledge(found(p, "RE17"), note="Two firms join after the harvest", by="s-1")
    assert not [one for one in p.check() if one.code == "RE17"]
    (kept,) = [one for one in p["plan"].acknowledged if one.id == row]
    assert (kept.rule, kept.place, kept.by, kept.on) == ("RE17", "recruitment/invitations", "s-1", TODAY)
    assert "RE17" not in p.findings()["code"].tolist()
    p.answer("profile", "business_floor", "40")
    assert found(p, "RE17").says.endswith("Your floor is 40%.")


def test_what_is_locked_has_to_be_mended(p: Partnership) -> None:
    with pytest.raises(ForPeople, match="Nobody can let that stand"):
        p.acknowledge(found(p, "ME38"), note="We always did", by="s-1")


def test_an_action_from_a_private_finding_tells_nothing_of_it(p: Partnership) -> None:
    p.change("value", "x-9", worth=1)
    private = found(p, "VA22")
    assert private.private
    with pytest.raises(ForPeople, match="in words that everybody may read"):
        p.act(private)
    row = p.act(private, action="Visit the mentors")
    (action,) = [one for one in p["plan"].actions if one.id == row]
    assert (action.action, action.finding) == ("Visit the mentors", None)
    assert action.note == "VA22 value/x-9/action"
    assert "VA22" not in p.worksheet("plan")._repr_html_()
    with pytest.raises(ForPeople, match="an action already"):
        p.act(private, action="Again")


# In the notebook


def buttons(box: Any) -> dict[str, w.Button]:
    """All buttons, by what is written on them."""
    if isinstance(box, w.Button):
        return {box.description: box}
    return {name: one for child in getattr(box, "children", ()) for name, one in buttons(child).items()}


def fields(line: Line) -> dict[str, Any]:
    return {one.description: one for one in line.form.children if hasattr(one, "description")}


def opened(p: Partnership) -> Findings:
    board = p.check().live()
    board.work.click()
    return board


def line(board: Findings, code: str) -> Line:
    return next(one for one in board.list.children if isinstance(one, Line) and one.finding.code == code)


def test_a_check_shows_the_view_and_folds_the_work_away(p: Partnership) -> None:
    board = p.check().live()
    assert "ctekit-check" in board.shown.value
    assert list(buttons(board)) == ["Check again", "Work on the findings (10)"]
    board.work.click()
    assert len([one for one in board.list.children if isinstance(one, Line)]) == 10
    board.work.click()
    assert board.list.layout.display == "none"
    only = p.check("roles").live()
    assert {one.worksheet for one in only.found} == {"roles"}
    assert "ctekit-questions" in p.picture().live().shown.value


def test_every_control_has_a_name_of_its_own(p: Partnership) -> None:
    board = opened(p)
    for one in board.list.children:
        for button in (one.act, one.acknowledge):
            if not button.disabled:
                button.click()
        assert all(fields(one))
        assert not any(field.value for name, field in fields(one).items() if name not in ("What",))
    names = [one.description for one in _all(board) if isinstance(one, w.Button)]
    assert len(set(names)) == len(names)


def _all(box: Any) -> list[Any]:
    return [box, *(one for child in getattr(box, "children", ()) for one in _all(child))]


def test_check_again_sees_what_was_mended_meanwhile(p: Partnership) -> None:
    board = opened(p)
    p.mark("roles", "task-5", "org-4", "R")
    board.again.click()
    assert "9 findings are open" in board.said.value
    assert not [one for one in board.found if one.code == "RO27"]
    assert "RO27" not in board.shown.value.partition("<details>")[0]


def test_an_action_is_made_inline(p: Partnership) -> None:
    board = opened(p)
    one = line(board, "RO27")
    one.act.click()
    form = fields(one)
    assert form["What"].value.startswith("Leave one A.")
    assert form["Who"].value == ""
    assert "Neil Farrow (s-9)" not in dict(form["Who"].options), "whoever left is not offered"
    form["Who"].value, form["By when"].value = "s-3", "next week"
    buttons(one)[f"Save action {one.number}"].click()
    assert "“next week” is not a date" in one.said.value
    assert form["By when"].value == "next week", "what was typed stays"
    form["By when"].value = "2026-10-15"
    buttons(one)[f"Save action {one.number}"].click()
    made = p["plan"].actions[-1]
    assert (made.owner, made.by) == ("s-3", datetime.date(2026, 10, 15))
    assert f"Saved as {made.id} in the plan." in board.said.value
    assert line(board, "RO27").act.disabled


def test_what_an_action_still_lacks_is_said(p: Partnership) -> None:
    board = opened(p)
    one = line(board, "CM23")
    one.act.click()
    buttons(one)[f"Save action {one.number}"].click()
    assert "It still needs a name and a day" in board.said.value


def test_a_finding_is_acknowledged_inline(p: Partnership) -> None:
    board = opened(p)
    one = line(board, "RE17")
    one.acknowledge.click()
    save = buttons(one)[f"Save the reason for {one.number}"]
    save.click()
    assert "with a reason and a name" in one.said.value
    form = fields(one)
    form["Why it stays"].value, form["Who says so"].value = "Two firms join", "s-1"
    save.click()
    assert "is acknowledged" in board.said.value
    assert not [each for each in board.found if each.code == "RE17"]
    assert line(board, "ME38").acknowledge.disabled


def test_leaving_it_closes_the_form_and_saves_nothing(p: Partnership) -> None:
    board, revision = opened(p), p.book.revision
    one = line(board, "CM23")
    one.act.click()
    buttons(one)[f"Leave {one.number} as it is"].click()
    assert not one.form.children
    assert p.book.revision == revision


def test_nothing_private_is_in_the_list(p: Partnership) -> None:
    p.change("value", "x-9", worth=1)
    board = opened(p)
    assert "VA22" in [one.code for one in p.check()]
    assert "VA22" not in [one.code for one in board.found]
    assert not [one for one in _all(board) if isinstance(one, w.HTML) and "VA22" in one.value.partition("Holds (")[0]]


def test_a_fault_is_a_sentence(p: Partnership, monkeypatch: pytest.MonkeyPatch) -> None:
    board = opened(p)
    one = line(board, "CM23")
    one.act.click()

    def broken(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError("<oops>")

    monkeypatch.setattr(Partnership, "act", broken)
    buttons(one)[f"Save action {one.number}"].click()
    assert "Nothing was changed, because of a fault in ctekit" in one.said.value
    assert "<oops>" not in one.said.value
    monkeypatch.setattr(Partnership, "book", property(broken))
    board.again.click()
    assert "role='alert'" in board.said.value


def test_many_findings_open_only_as_many_forms_as_a_browser_likes(
    p: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(widget, "MOST", 3)
    board = opened(p)
    assert len([one for one in board.list.children if isinstance(one, Line)]) == 3
    assert "7 more come up here" in board.list.children[-1].value


def test_what_people_typed_is_text(p: Partnership) -> None:
    p.change("roles", "task-5", task="<img src=x onerror=alert(1)>")
    board = opened(p)
    assert not [one for one in _all(board) if isinstance(one, w.HTML) and "<img" in one.value]


def test_links_of_a_notebook_lead_to_notebooks_and_those_of_a_page_to_pages(p: Partnership) -> None:
    from ctekit import views

    html = p.check("roles").live().shown.value + p.overview()._repr_html_()
    assert 'href="07-metrics.ipynb"' in html
    assert ".html" not in html
    assert 'href="07-metrics.html"' in views.overview(p.book)
