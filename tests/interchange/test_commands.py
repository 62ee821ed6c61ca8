"""The commands: what they show before anything is written, and how it is taken back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ctekit import cli
from ctekit.store import Edit, Store
from tests.interchange.files import answers, as_json

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*words: object) -> tuple[int, str, str]:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main([str(word) for word in words])
        captured = capsys.readouterr()
        return int(ended.value.code or 0), captured.out, captured.err

    return call


def test_a_file_is_shown_then_written_then_taken_back(
    hb: Store, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, file, before = hb.path.parent, tmp_path / "a.json", answers(hb)
    assert run("data", home, "-o", file)[0] == 0
    document = as_json(hb)
    profile = document["worksheets"]["profile"]
    profile["name"] = "Harrow Bend, renamed"
    profile["level"] = "???"
    profile["organizations"].append({"id": "org-*", "name": "Bakery"})
    gone = profile["steps"].pop()
    file.write_text(json.dumps(document))
    monkeypatch.setattr("typer.confirm", lambda _: False)
    code, output, _ = run("import", file, home)
    for words in ("New: 1", "Organizations: Bakery", "Changed: 1", "→ Harrow Bend, renamed", "add --delete",
                  f"Pathway steps: {gone['step']}", "held back: 1", "profile.level: “???” is not one of"):  # fmt: skip
        assert words in output
    assert (code, answers(hb)) == (0, before)
    assert "org-" not in output, "in people's words"
    monkeypatch.setattr("typer.confirm", lambda _: True)
    assert "2 answers and rows are written" in run("import", file, home)[1], "as shown: the new row, and what changed"
    assert as_json(hb)["worksheets"]["profile"]["name"] == "Harrow Bend, renamed"
    assert "taken back: 2 answers and rows" in run("undo-import", home)[1]
    now = {place: value for place, value in answers(hb).items() if place[1] != "org-12"}
    assert now == before
    assert "Nothing to do" in run("undo-import", home)[1]


def test_taking_an_import_back_leaves_what_was_changed_since_and_names_it(hb: Store, tmp_path: Path, run: Run) -> None:
    home, file, before = hb.path.parent, tmp_path / "a.json", answers(hb)
    document = as_json(hb, private=True)
    profile = document["worksheets"]["profile"]
    ids = [organization["id"] for organization in profile["organizations"][:3]]
    for number, organization in enumerate(profile["organizations"][:3]):
        organization["name"] = f"Imported {number}"
    profile["people"][0]["note"] = "An imported note for the facilitator"
    profile["organizations"] += [{"id": "org-*1", "name": "Bakery"}, {"id": "org-*2", "name": "Mill"}]
    file.write_text(json.dumps(document))
    assert run("import", file, home, "--yes")[0] == 0
    new = {
        organization["name"]: organization["id"]
        for organization in as_json(hb)["worksheets"]["profile"]["organizations"]
    }
    since = {
        ("profile", ids[1], "name"): "By hand",
        ("profile", new["Bakery"], "kind"): "Employer",
        ("profile", profile["people"][0]["id"], "note"): "Not for everybody",
    }
    hb.save([Edit(*place[::2], value, place[1]) for place, value in since.items()])
    code, output, _ = run("undo-import", home)
    assert code == 0
    assert "taken back: 3 answers and rows" in output, "two names, and the Mill"
    assert "3 answers and rows stay, because they were changed since" in output
    for words in ("    By hand: ", "    Bakery: Organizations", "1 for the facilitator only"):
        assert words in output
    for words in ("Mill", "Imported", "Not for everybody"):
        assert words not in output
    bakery = {place: value for place, value in answers(hb).items() if place[1] == new["Bakery"]}
    assert bakery["profile", new["Bakery"], "name"] == "Bakery"
    now = {place: value for place, value in answers(hb).items() if place[1] not in (new["Bakery"], new["Mill"])}
    assert now == before | {place: value for place, value in since.items() if place[1] != new["Bakery"]}
    assert ("profile", new["Mill"], "row") not in answers(hb)


def test_nothing_is_taken_back_where_all_was_changed_since(hb: Store, tmp_path: Path, run: Run) -> None:
    renamed(hb, tmp_path / "a.json", "Imported", run)
    hb.save([Edit("profile", "name", "By hand")])
    code, output, _ = run("undo-import", hb.path.parent)
    assert (code, answers(hb)["profile", "", "name"]) == (0, "By hand")
    assert "Nothing was taken back" in output
    assert "1 answer or row stays, because it was changed since" in output


def test_only_the_last_import_is_taken_back_and_that_is_said(hb: Store, tmp_path: Path, run: Run) -> None:
    renamed(hb, tmp_path / "a.json", "First", run)
    renamed(hb, tmp_path / "b.json", "Second", run)
    assert "taken back: 1 answer or row." in run("undo-import", hb.path.parent)[1]
    assert "Only the last import can be taken back" in run("undo-import", hb.path.parent)[1]
    assert answers(hb)["profile", "", "name"] == "First"


def renamed(store: Store, file: Path, name: str, run: Run) -> None:
    """Import a file that gives the partnership another name."""
    document = as_json(store)
    document["worksheets"]["profile"]["name"] = name
    file.write_text(json.dumps(document))
    assert run("import", file, store.path.parent, "--yes")[0] == 0


def test_a_file_makes_a_partnership_where_there_is_none(hb: Store, tmp_path: Path, run: Run) -> None:
    file, other = tmp_path / "a.json", tmp_path / "other"
    run("data", hb.path.parent, "-o", file)
    assert run("import", file, other, "--yes")[0] == 0
    assert (other / "00-start-here.ipynb").is_file()
    assert run("data", other, "-o", tmp_path / "b.json")[0] == 0
    assert (tmp_path / "b.json").read_bytes() == file.read_bytes()


def test_a_file_that_somebody_wrote_in_is_not_written_over(hb: Store, tmp_path: Path, run: Run) -> None:
    file = tmp_path / "a.xlsx"
    assert run("data", hb.path.parent, "-o", file)[0] == 0
    assert run("data", hb.path.parent, "-o", file)[0] == 0, "again: nothing differs"
    file.write_bytes(b"somebody's work")
    code, _, complaint = run("data", hb.path.parent, "-o", file)
    assert (code, file.read_bytes()) == (2, b"somebody's work")
    assert "--replace" in complaint
    assert run("data", hb.path.parent, "-o", file, "--replace")[0] == 0


def test_a_spreadsheet_without_the_extra_says_how_to_get_it(
    hb: Store, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "openpyxl", None)
    code, _, complaint = run("data", hb.path.parent, "-o", tmp_path / "a.xlsx")
    assert code == 2
    assert "pip install 'ctekit[papers]'" in complaint
    assert run("data", hb.path.parent, "-o", tmp_path / "a.json")[0] == 0


def test_the_schema_is_printed(run: Run) -> None:
    code, output, _ = run("data", "--schema")
    assert code == 0
    assert json.loads(output)["$id"] == "urn:ctekit:answers:1"
