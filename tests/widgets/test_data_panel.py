"""Answers as a file without a command: written by a button, looked over, taken in, taken back."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from pathlib import Path

import pytest

from ctekit import interchange
from ctekit.jupyter.partnership import Partnership
from ctekit.model.errors import CtekitError
from ctekit.store import Edit
from ctekit.widgets.chosen import read_chosen
from ctekit.widgets.data_panel import DataPanel
from ctekit.widgets.panel import OLD_BUTTON
from tests.secrets import found, plant
from tests.stores import harrow_bend


@pytest.fixture
def panel(tmp_path: Path) -> DataPanel:
    harrow_bend(tmp_path / "hb")
    return DataPanel(Partnership(tmp_path / "hb"))


def chosen(name: str, content: bytes) -> str:
    return json.dumps([{"name": name, "content": b64encode(content).decode()}])


def changed(panel: DataPanel, learners: str) -> bytes:
    panel.press("write", ".json")
    document = json.loads((panel.partnership.folder / "answers" / "answers.json").read_text("utf-8"))
    document["worksheets"]["purpose"]["learners"] = learners
    document["worksheets"]["profile"]["level"] = "???"
    return json.dumps(document).encode()


@pytest.mark.parametrize("suffix", [".xlsx", ".json"])
def test_a_button_writes_a_file_that_changes_nothing_when_it_is_chosen_again(panel: DataPanel, suffix: str) -> None:
    sentence = f"answers{suffix} is in the folder “answers” beside this notebook."
    assert panel.press("write", suffix) == sentence
    assert sentence in panel.draw()
    content = (panel.partnership.folder / "answers" / f"answers{suffix}").read_bytes()
    reply = panel.press("choose", "", chosen(f"answers{suffix}", content))
    assert reply == f"answers{suffix}: nothing to do. All that it says stands here just so."
    assert "Write this" not in panel.draw()


def test_what_a_file_changes_is_seen_before_it_is_written_and_taken_back_in_one_step(panel: DataPanel) -> None:
    before = panel.partnership["purpose"].learners
    reply = panel.press("choose", "", chosen("ours.json", changed(panel, "<b>juniors</b>")))
    assert "nothing is written yet" in reply
    html = panel.draw()
    assert '<summary id="data-part-1">Changed: 1</summary>' in html
    assert "→ &lt;b&gt;juniors&lt;/b&gt;" in html
    assert "Could not be read, and is held back: 1" in html
    assert panel.partnership["purpose"].learners == before
    assert panel.press("take") == "1 answer or row is written."
    assert panel.partnership["purpose"].learners == "<b>juniors</b>"
    assert 'data-act="undo"' in panel.draw()
    assert panel.press("undo") == "The last import was taken back: 1 answer or row."
    assert panel.partnership["purpose"].learners == before
    assert "Nothing to do: there was no import" in panel.press("undo")


def test_a_file_that_is_left_changes_nothing_and_cannot_be_written_by_an_old_button(panel: DataPanel) -> None:
    before = panel.partnership.store.latest()
    panel.press("choose", "", chosen("ours.json", changed(panel, "juniors")))
    assert panel.press("leave") == "Nothing was changed."
    assert panel.press("take") == "There is no file to take in. Choose it again."
    assert panel.partnership.store.latest() == before


def test_what_somebody_changes_between_the_look_and_the_writing_is_shown_before_anything_is_written(
    panel: DataPanel,
) -> None:
    panel.press("choose", "", chosen("ours.json", changed(panel, "juniors")))
    panel.partnership.answer("purpose", "learners", "somebody else's")
    assert "Nothing is written yet. Look again" in panel.press("take")
    assert "Changed here as well" in panel.draw()
    assert "somebody else&#39;s (the file: juniors)" in panel.draw()
    said = panel.press("take")
    assert said.startswith("0 answers and rows are written. 1 answer or row was changed here as well: what stood here")
    assert panel.partnership["purpose"].learners == "somebody else's"
    assert 'data-act="undo"' not in panel.draw(), "there is nothing to take back"


def test_a_row_that_goes_between_the_look_and_the_writing_is_told(panel: DataPanel) -> None:
    panel.press("write", ".json")
    document = json.loads((panel.partnership.folder / "answers" / "answers.json").read_text("utf-8"))
    row = document["worksheets"]["profile"]["organizations"][0]
    row["kind"] = "of the file"
    panel.press("choose", "", chosen("ours.json", json.dumps(document).encode()))
    panel.partnership.store.save([Edit("profile", "row", None, row["id"])])
    assert "Look again" in panel.press("take")
    assert "This row was deleted here" in panel.draw()


def test_each_button_says_at_once_what_has_begun(panel: DataPanel, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[dict[str, str]] = []
    content = changed(panel, "juniors")
    monkeypatch.setattr(panel, "send", sent.append)
    panel.press("choose", "", chosen("ours.json", content))
    panel.press("take")
    panel.press("undo")
    assert [message["said"] for message in sent] == [
        "The file is being read.",
        "The answers are being written.",
        "The answers are being taken back.",
    ]


def test_a_button_that_is_no_more_takes_no_import_back(panel: DataPanel) -> None:
    panel.press("choose", "", chosen("ours.json", changed(panel, "juniors")))
    panel.press("take")
    assert panel.press("of-an-older-version") == OLD_BUTTON
    assert panel.partnership["purpose"].learners == "juniors"


def test_counts_of_few_learners_are_not_shown_of_a_file_that_says_it_is_private(panel: DataPanel) -> None:
    store = panel.partnership.store
    document = json.loads(interchange.write(store, ".json", private=True))
    public = json.loads(interchange.write(store, ".json"))["worksheets"]["metrics"]["observations"]
    hidden = [each["id"] for each in public if each["out_of"] is None]
    rows = document["worksheets"]["metrics"]["observations"]
    counts = [row["out_of"] for row in rows if row["id"] in hidden and row["out_of"] is not None]
    assert counts
    for row in rows:
        if row["id"] in hidden and row["out_of"] is not None:
            row["out_of"] = 987_654
    panel.press("choose", "", chosen("ours.json", json.dumps(document).encode()))
    assert f"and {len(counts)} for the facilitator only" in panel.draw()
    assert "987,654" not in panel.draw()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.ods", b"", "a.ods is no .xlsx file"),
        ("photo.jpg", b"\xff\xd8", "“.jpg” is no format of answers"),
        ("a.xlsx", b"PK", "is no spreadsheet"),
        ("a.json", b"{", "Nothing was changed"),
        ("../../a.json", b"[]", "Nothing was changed"),
    ],
)
def test_another_file_is_one_sentence_and_takes_an_older_one_off_the_table(
    panel: DataPanel, name: str, content: bytes, sentence: str
) -> None:
    panel.press("choose", "", chosen("ours.json", changed(panel, "juniors")))
    assert sentence in panel.press("choose", "", chosen(name, content))
    assert 'data-act="take"' not in panel.draw()


def test_more_files_than_are_read_at_once_are_told_and_none_is_left_out_without_a_word() -> None:
    assert len(read_chosen(json.dumps([{"name": "a.json", "content": ""}] * 200))) == 200
    with pytest.raises(CtekitError, match="More than 200 files were chosen, and so many are read at once"):
        read_chosen(json.dumps([{"name": "a.json", "content": ""}] * 201))


@pytest.mark.parametrize("sent", ["", "{}", "[1]"])
def test_what_no_page_of_ours_sends_is_one_sentence(panel: DataPanel, sent: str) -> None:
    assert panel.press("choose", "", sent) == "The files could not be read. Nothing was written. Choose them again."


def test_no_private_answer_is_in_a_file_or_on_the_screen(tmp_path: Path) -> None:
    plant(tmp_path)
    panel = DataPanel(Partnership(tmp_path))
    content = changed(panel, "juniors")
    panel.press("choose", "", chosen("ours.json", content))
    panel.press("write", ".xlsx")
    written = [file.read_bytes() for file in (tmp_path / "answers").iterdir()]
    assert not found(content.decode() + panel.draw())
    assert len(written) == 2


def test_a_link_saves_the_file_where_it_lies_beside_the_notebook(
    panel: DataPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(panel.partnership.folder)
    panel.press("write", ".json")
    assert re.findall(r"data-page='(.*?)'", panel.draw()) == ["answers/answers.json"]


def test_a_folder_that_cannot_be_written_is_told_in_words(panel: DataPanel) -> None:
    (panel.partnership.folder / "answers").write_text("a file in its place", "utf-8")
    assert "The folder “answers” beside this notebook could not be used. Make sure" in panel.press("write", ".json")
