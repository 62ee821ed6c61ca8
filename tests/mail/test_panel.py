"""Worksheets mailed and taken back by buttons in a notebook: nobody types a command."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from pathlib import Path

import pytest

from ctekit.jupyter.partnership import Partnership
from ctekit.mail.panel import MailPanel
from tests.mail.answering import harrow_bend, write_answers
from tests.secrets import found, plant


@pytest.fixture
def panel(tmp_path: Path) -> MailPanel:
    harrow_bend(tmp_path / "hb").close()
    return MailPanel(Partnership(tmp_path / "hb"))


def test_a_button_writes_a_file_for_each_partner_or_for_one_beside_the_notebooks(panel: MailPanel) -> None:
    assert "no file yet" in panel.html
    assert "11 files are in the folder “mail” beside this notebook" in panel.press("write")
    assert len(list((panel.partnership.folder / "mail").glob("*.html"))) == 11
    assert "castellan-gear.html is in the folder “mail” beside this notebook." in panel.press("write", "org-7")
    assert "file written, no answer yet" in panel.draw()


def test_a_link_saves_each_file_where_it_lies_beside_the_notebook(
    panel: MailPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(panel.partnership.folder)
    panel.press("write", "org-7")
    links = re.findall(r"href='(.*?)' [^>]*aria-label='(.*?)' ", panel.draw())
    assert links == [("mail/castellan-gear.html", "Save castellan-gear.html")]
    panel.press("take")
    assert "<a " not in panel.draw()


def test_a_button_takes_in_what_lies_there_and_says_so_of_each_file(panel: MailPanel) -> None:
    folder = panel.partnership.folder / "mail"
    assert "No answers lie in the folder" in panel.press("take")
    panel.press("write", "org-7")
    write_answers(folder / "castellan-gear.html", folder / "answers-castellan-gear.json")
    (folder / "broken.json").write_text("{", "utf-8")
    reply = panel.press("take")
    assert "Castellan Gear: 2 changes taken in." in reply
    assert reply.count("broken.json") == 1
    assert "broken.json is not a file of answers" in reply
    assert "A lathe" in [row.gives for row in panel.partnership["value"].exchanges]
    assert "Castellan Gear</strong></bdi>: answered on" in panel.draw()
    assert "all of it was taken in before" in panel.press("take")


def chosen(*files: Path) -> str:
    return json.dumps([{"name": file.name, "content": b64encode(file.read_bytes()).decode()} for file in files])


def test_answers_that_came_back_are_chosen_where_they_lie_and_taken_in(panel: MailPanel, tmp_path: Path) -> None:
    folder = panel.partnership.folder / "mail"
    panel.press("write", "org-7")
    write_answers(folder / "castellan-gear.html", tmp_path / "answers (1).json")
    (tmp_path / "photo.json").write_bytes(b"\xff\xd8")
    reply = panel.press("choose", "", chosen(tmp_path / "photo.json", tmp_path / "answers (1).json"))
    assert "Castellan Gear: 2 changes taken in." in reply
    assert "photo.json is not a file of answers" in reply
    assert "A lathe" in [row.gives for row in panel.partnership["value"].exchanges]


@pytest.mark.parametrize(
    "sent",
    ["", "{", "7", "null", "[3]", '[{"name": 4, "content": ""}]', '[{"name": "a"}]', '[{"name": "", "content": "é"}]'],
)
def test_what_no_page_of_ours_sends_is_refused_in_a_sentence(panel: MailPanel, sent: str) -> None:
    assert panel.press("choose", "", sent) == "The files could not be read. Nothing was written. Choose them again."


def test_a_file_that_the_disk_does_not_give_keeps_out_no_other(
    panel: MailPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = panel.partnership.folder / "mail"
    panel.press("write", "org-7")
    write_answers(folder / "castellan-gear.html", folder / "b.json")
    (folder / "a.json").write_text("{", "utf-8")
    read_bytes = Path.read_bytes

    def read(path: Path) -> bytes:
        if path.name == "a.json":
            raise PermissionError(13, "Permission denied")
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", read)
    reply = panel.press("take")
    assert "a.json could not be read (Permission denied). Nothing was written." in reply
    assert "Castellan Gear: 2 changes taken in." in reply


def test_a_folder_that_cannot_be_written_is_told_in_words(panel: MailPanel) -> None:
    (panel.partnership.folder / "mail").write_text("a file in its place", "utf-8")
    assert "The folder “mail” beside this notebook could not be used. Make sure" in panel.press("write")


def test_what_goes_out_in_words_stands_beside_each_partner_and_nothing_private(tmp_path: Path) -> None:
    plant(tmp_path / "hb")
    html = MailPanel(Partnership(tmp_path / "hb")).html
    assert "Words of people that go out to it" in html
    assert not found(html)


def test_a_page_of_a_notebook_shows_no_buttons(panel: MailPanel) -> None:
    assert panel.partnership.mail()._repr_html_() == ""  # type: ignore[attr-defined]
