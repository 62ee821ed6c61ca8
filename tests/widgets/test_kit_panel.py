"""The kit of a workshop made by a button: it asks what the kit is for, and tells beside a field what it cannot read."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest

from ctekit import workshop
from ctekit.jupyter.partnership import Partnership
from ctekit.widgets.kit_panel import KitPanel
from tests.secrets import found, plant
from tests.stores import harrow_bend


@pytest.fixture
def panel(tmp_path: Path) -> KitPanel:
    harrow_bend(tmp_path / "hb")
    return KitPanel(Partnership(tmp_path / "hb"))


def make(panel: KitPanel, **typed: str) -> str:
    """Press the button; what is not said stands in the form as at first. A box without a tick is not sent."""
    form = {"people": "24", "path": "half-day", "paper": "letter", "start": ""} | typed
    return panel.press("make", value=json.dumps(form))


def sheet(panel: KitPanel, name: str) -> str:
    return (panel.partnership.folder / "kit" / f"{name}.html").read_text("utf-8")


def of_field(panel: KitPanel, name: str) -> tuple[str, str]:
    """A field's tag, and what stands beside it where it could not be read."""
    html = panel.draw()
    field = re.search(rf'<input [^>]*id="kit-{name}"[^>]*>', html)
    error = re.search(rf'<p id="kit-{name}-error"[^>]*>(.*?)</p>', html)
    assert field
    return field[0], unescape(error[1]) if error else ""


def test_a_button_makes_the_kit_beside_the_notebooks_and_says_how_much_paper_it_takes(panel: KitPanel) -> None:
    said = make(panel)
    files = sorted(path.name for path in (panel.partnership.folder / "kit").iterdir())
    counted = re.search(r"In all: <strong>(\d+) sheets of paper", sheet(panel, "00-checklist"))
    assert counted
    assert said == (
        f"{len(files)} files are in the folder “kit” beside this notebook, on {counted[1]} sheets of paper."
        " Begin with 00-checklist.html."
    )
    assert files[0] == "00-checklist.html"
    assert "41-run-sheet.html" in files
    assert said in panel.draw()


def test_the_sheets_are_for_what_was_asked_for(panel: KitPanel) -> None:
    make(panel, people=" 40 ", path="employers-90", paper="a4", start="1:30 pm", spanish="1")
    checklist = sheet(panel, "00-checklist")
    assert f"40 people, 8 tables, {workshop.load('employers-90').title}" in checklist
    assert 'lang="es"' in sheet(panel, "05-invitation-family-es")
    assert "1:30 PM" in sheet(panel, "03-invitation-employer")
    assert "size:210.0mm 297.0mm" in checklist
    shown = panel.draw()
    assert re.search(r'value="employers-90" selected>90 minutes with employers<', shown)
    assert re.search(r'id="kit-spanish"[^>]* checked>', shown)
    make(panel)
    assert "checked" not in panel.draw()


@pytest.mark.parametrize(
    ("field", "written", "said"),
    [
        ("people", "0", "A kit is for 2 to 400 people, not 0. Choose a number between."),
        ("people", "5000", "A kit is for 2 to 400 people, not 5000. Choose a number between."),
        ("people", "many", "Write how many people you expect, in digits, such as 24."),
        ("people", "", "Write how many people you expect, in digits, such as 24."),
        ("start", "25:99", "“25:99” is not a time of day. Write it as 9:00 or 1:30 pm."),
        ("start", '"><script>', '“"><script>” is not a time of day. Write it as 9:00 or 1:30 pm.'),
    ],
)
def test_what_cannot_be_read_is_told_beside_its_field_and_nothing_is_written(
    panel: KitPanel, field: str, written: str, said: str
) -> None:
    assert make(panel, **{field: written}) == said
    tag, beside = of_field(panel, field)
    assert beside == said
    assert f'aria-describedby="kit-{field}-hint kit-{field}-error" aria-invalid="true" data-focus' in tag
    assert not (panel.partnership.folder / "kit").exists()
    assert "<script" not in panel.draw()
    make(panel)
    assert of_field(panel, field)[1] == ""
    assert "aria-invalid" not in panel.draw()


def test_two_fields_that_cannot_be_read_are_both_told_and_the_first_is_gone_to(panel: KitPanel) -> None:
    said = make(panel, people="many", start="25:99")
    assert said == f"{of_field(panel, 'people')[1]} {of_field(panel, 'start')[1]}"
    assert panel.draw().count("data-focus") == 1
    assert "data-focus" in of_field(panel, "people")[0]


def test_a_file_of_somebody_elses_stays_and_nothing_is_written(panel: KitPanel) -> None:
    make(panel)
    folder = panel.partnership.folder / "kit"
    before = {path: path.read_bytes() for path in folder.iterdir()}
    theirs = folder / "21-posters.html"
    theirs.write_text("our own posters", "utf-8")
    said = make(panel, people="40")
    assert "21-posters.html" in said
    assert "nothing was written" in said
    assert "Open the checklist" not in panel.draw()
    assert {path: path.read_bytes() for path in folder.iterdir()} == before | {theirs: b"our own posters"}


def test_a_folder_that_cannot_be_written_is_told_in_words(panel: KitPanel) -> None:
    (panel.partnership.folder / "kit").write_text("a file in its place", "utf-8")
    assert "The folder “kit” beside this notebook could not be used. Make sure" in make(panel)


def test_a_link_opens_the_checklist_where_it_lies_beside_the_notebook(
    panel: KitPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(panel)
    assert "<a " not in panel.draw(), "a notebook in another folder: no address of the server leads there for sure"
    monkeypatch.chdir(panel.partnership.folder)
    link = re.search(r"<a hidden class='ctekit-written' href='(.*?)' [^>]*>(.*?)</a>", panel.draw())
    assert link
    assert link.groups() == ("kit/00-checklist.html", "Open the checklist")


def test_whoever_pressed_hears_at_once_that_it_is_being_made(panel: KitPanel, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    monkeypatch.setattr(panel, "send", lambda message: order.append(message["said"]))
    monkeypatch.setattr(panel, "_make", lambda _: order.append("made") or "done")
    make(panel)
    assert order == ["The kit is being made. That may take some seconds.", "made"]


def test_nothing_private_is_in_the_kit_or_the_panel(tmp_path: Path) -> None:
    plant(tmp_path)
    panel = KitPanel(Partnership(tmp_path))
    make(panel, spanish="1")
    assert not found(panel.draw())
    assert not [path.name for path in (tmp_path / "kit").iterdir() if found(path.read_text("utf-8"))]


def test_a_cell_shows_the_same_panel_each_time_and_saves_nothing_of_it(panel: KitPanel) -> None:
    partnership = panel.partnership
    assert isinstance(partnership, Partnership)
    display = partnership.kit()
    assert repr(display) == "<kit>"
    assert display._repr_html_() == ""
    assert display.live() is partnership.kit().live()
    saved = display._repr_mimebundle_()
    assert saved["text/html"].startswith('<div class="ctekit-last"><p>')
