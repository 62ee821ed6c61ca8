"""Papers made by pressing a button: nobody types a command, and what is blank leads to its question."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ctekit.jupyter.partnership import Partnership
from ctekit.model.errors import NotFoundError
from ctekit.widgets.paper_panel import PaperPanel
from tests.stores import harrow_bend


@pytest.fixture
def partnership(tmp_path: Path) -> Partnership:
    harrow_bend(tmp_path / "hb")
    return Partnership(tmp_path / "hb")


def test_a_button_makes_the_agreement_beside_the_notebooks(partnership: Partnership) -> None:
    panel = PaperPanel(partnership, "agreement")
    assert 'data-what="agreement word"' in panel.html
    reply = panel.press("make", "agreement word")
    assert reply == "agreement.docx is in the folder “papers” beside this notebook."
    assert (partnership.folder / "papers" / "agreement.docx").read_bytes()[:2] == b"PK"
    assert reply in panel.draw()


def test_each_file_has_a_link_where_it_lies_beside_the_notebook(
    partnership: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = PaperPanel(partnership)
    panel.press("make", "thanks html")
    assert "ctekit-written" not in panel.draw(), "a notebook in another folder: no address leads there for sure"
    monkeypatch.chdir(partnership.folder)
    links = re.findall(r"href='papers/(.*?)' [^>]*aria-label='Open (.*?)' ", panel.draw())
    written = sorted(path.name for path in (partnership.folder / "papers").iterdir())
    assert len(written) > 1
    assert sorted(links) == [(name, name) for name in written]
    panel.press("make", "missing html")
    assert "ctekit-written" not in panel.draw(), "nothing was written"


def test_what_is_blank_leads_to_its_question_until_it_is_answered(partnership: Partnership) -> None:
    panel = PaperPanel(partnership, "agreement")
    assert '<a href="06-roles.ipynb#roles-riders">What else must be in it (worksheet 6)</a>' in panel.draw()
    partnership.answer("roles", "riders", "Supervision by the host")
    assert "roles-riders" not in panel.draw()


def test_a_file_somebody_wrote_in_stays(partnership: Partnership) -> None:
    (partnership.folder / "papers").mkdir()
    counsel = partnership.folder / "papers" / "agreement.html"
    counsel.write_text("Counsel's notes")
    reply = PaperPanel(partnership, "agreement").press("make", "agreement html")
    assert "agreement-2.html is in the folder “papers” beside this notebook. Somebody may have written" in reply
    assert counsel.read_text() == "Counsel's notes"


def test_a_folder_that_cannot_be_written_is_told_in_words(partnership: Partnership) -> None:
    (partnership.folder / "papers").write_text("a file in its place", "utf-8")
    reply = PaperPanel(partnership).press("make", "agreement html")
    assert "The folder “papers” beside this notebook could not be used. Make sure" in reply


def test_all_papers_stand_in_one_panel_with_one_button_for_all(
    partnership: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ctekit.papers.pack", lambda _: b"PK")  # tests/papers/test_pack.py makes a whole one
    panel = PaperPanel(partnership)
    html = panel.draw()
    assert 'data-act="pack"' in html
    assert 'data-what="calendar ics"' in html
    assert 'data-what="charter ics"' not in html
    assert "No answer asks for it yet." in html
    assert "handover-pack.zip" in panel.press("pack")
    assert (partnership.folder / "papers" / "handover-pack.zip").read_bytes() == b"PK"


def test_without_the_extra_a_button_says_how_to_get_it(
    partnership: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "docx", None)
    panel = PaperPanel(partnership, "charter")
    assert "pip install 'ctekit[papers]'" in panel.press("make", "charter word")
    assert "ctekit[papers]" in panel.draw()


def test_a_paper_that_is_not_there_is_told_at_once(partnership: Partnership) -> None:
    with pytest.raises(NotFoundError, match="Did you mean"):
        partnership.paper("agrement")
    assert repr(partnership.paper("agreement")) == "<paper agreement>"


def test_whoever_asked_for_all_papers_hears_at_once_that_they_are_being_made(
    partnership: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel, order = PaperPanel(partnership), []
    monkeypatch.setattr(panel, "send", lambda message: order.append(message["said"]))
    monkeypatch.setattr("ctekit.papers.pack", lambda _: order.append("made") or b"")
    panel.press("pack")
    assert order == ["All papers are being made. That may take a minute.", "made"]
