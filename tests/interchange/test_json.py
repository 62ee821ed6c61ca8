"""Answers as JSON: whole, by its schema, and back with what was changed and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from ctekit import interchange
from ctekit.interchange import ImportRefusedError
from ctekit.store import Edit, Store, create_store
from tests.interchange.files import answers, as_json, fill_with_hostile_text, plan_of, take


def written(path: Path, document: Any) -> Path:
    path.write_text(json.dumps(document), "utf-8")
    return path


@pytest.mark.parametrize("private", [False, True])
def test_a_partnership_made_of_a_file_gives_the_same_file(hb: Store, tmp_path: Path, private: bool) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(interchange.write(hb, ".json", private=private))
    other = create_store(tmp_path / "other.ctekit", partnership=hb.partnership)
    assert take(other, path).refused == []
    assert interchange.write(other, ".json", private=private) == path.read_bytes()
    assert plan_of(other, path).edits == [], "taken twice, it is the same"
    document = as_json(other, private)
    document["worksheets"]["purpose"]["learners"] = "Everybody in three counties"
    hb.save([Edit("purpose", "region", "Four counties")])
    take(hb, written(path, document))
    purpose = as_json(hb)["worksheets"]["purpose"]
    assert (purpose["learners"], purpose["region"]) == ("Everybody in three counties", "Four counties"), (
        "a file of the copy"
    )
    other.save([Edit("purpose", "learners", "Of a moment that only the copy knows")])
    plan = plan_of(hb, written(path, as_json(other, private)))
    assert not plan.knows_moment
    assert {change.new for change in plan.changed} >= {"Of a moment that only the copy knows"}
    other.close()


@pytest.mark.parametrize("private", [False, True])
def test_a_file_is_as_its_schema_says(hb: Store, private: bool) -> None:
    schema = json.loads(interchange.schema())
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    document = as_json(hb, private)
    assert list(validator.iter_errors(document)) == []
    document["worksheets"]["profile"]["organizations"][0]["name"] = 7
    document["worksheets"]["profile"]["level"] = "no such level"
    document["worksheets"]["profile"]["shoe_size"] = None
    assert len(list(validator.iter_errors(document))) == 3


def test_what_only_the_file_changed_comes_in_and_what_both_changed_stays(hb: Store, tmp_path: Path) -> None:
    document = as_json(hb)
    hb.save([Edit("purpose", "learners", "ours"), Edit("purpose", "region", "ours")])
    document["worksheets"]["purpose"] |= {"learners": "theirs", "change": "theirs"}
    plan = take(hb, written(tmp_path / "a.json", document))
    assert [change.new for change in plan.changed] == ["theirs"]
    assert [(change.old, change.new) for change in plan.both] == [("ours", "theirs")]
    now = as_json(hb)["worksheets"]["purpose"]
    assert (now["learners"], now["region"], now["change"]) == ("ours", "ours", "theirs")
    late = [revision for revision in hb.history("purpose", "", "learners") if revision.conflicts_with]
    assert [revision.value for revision in late] == ["theirs"], "it is in the history, to be chosen"


def test_one_step_takes_an_import_back(hb: Store, tmp_path: Path) -> None:
    before = answers(hb)
    document = as_json(hb)
    profile = document["worksheets"]["profile"]
    profile["name"] = "Another name"
    profile["people"].append({"id": "s-*1", "name": "New Person", "organization": "org-1"})
    document["worksheets"]["recruitment"]["invitations"].append({"person": "s-*1"})
    gone = profile["steps"].pop()["id"]
    plan = take(hb, written(tmp_path / "a.json", document), delete=True)
    assert [change.what for change in plan.new] == ["People: New Person", "Whom we ask: New Person"]
    assert len(plan.gone) == 1
    now = as_json(hb)["worksheets"]
    person = now["profile"]["people"][-1]
    assert (person["name"], now["recruitment"]["invitations"][-1]["person"]) == ("New Person", person["id"])
    assert gone not in [step["id"] for step in now["profile"]["steps"]]
    hb.save([Edit("purpose", "region", "Saved later, and left alone")])
    undone = interchange.undo(hb)
    assert undone is not None
    assert (undone.number > 0, undone.stay) == (True, ())
    rows = {row for _, row, field in before if field == "row"}
    after = {place: value for place, value in answers(hb).items() if not place[1] or place[1] in rows}
    assert after == before | {("purpose", "", "region"): "Saved later, and left alone"}
    assert interchange.undo(hb) is None


def test_a_row_that_the_file_lacks_stays_unless_that_is_said(hb: Store, tmp_path: Path) -> None:
    document = as_json(hb)
    needs = document["worksheets"]["recruitment"]["needs"]
    first, second = needs.pop(0)["id"], needs.pop(0)["id"]
    hb.save([Edit("recruitment", "support", "Changed here meanwhile", first)])
    path = written(tmp_path / "a.json", document)
    plan = plan_of(hb, path)
    assert (len(plan.gone), len(plan.both), plan.edits) == (1, 1, [])
    take(hb, path, delete=True)
    left = [need["id"] for need in as_json(hb)["worksheets"]["recruitment"]["needs"]]
    assert first in left
    assert second not in left


def test_what_cannot_be_read_is_told_with_its_place_and_the_rest_comes_in(hb: Store, tmp_path: Path) -> None:
    document = as_json(hb)
    sheets = document["worksheets"]
    sheets["profile"]["people"][0] |= {"name": "Right", "organization": "org-999", "email": {"a": 1}}
    sheets["profile"]["level"] = "no such level"
    sheets["purpose"]["by"] = "32/1/2026"
    sheets["purpose"]["shoe_size"] = 44
    sheets["nothing"] = {}
    sheets["roles"]["matrix"]["task-1"]["org-99"] = "A"
    document["worksheets"]["recruitment"]["needs"].append("row")
    plan = take(hb, written(tmp_path / "a.json", document))
    sentences = " ".join(f"{change.what} {change.new}" for change in plan.refused)
    for place in ("people[0].organization", "profile.level", "purpose.by", "purpose.shoe_size", "nothing",
                  "matrix.task-1.org-99", "needs["):  # fmt: skip
        assert place in sentences
    assert as_json(hb)["worksheets"]["profile"]["people"][0]["name"] == "Right"


def test_rows_called_after_each_other_and_places_that_are_not_there_are_told(hb: Store, tmp_path: Path) -> None:
    document = as_json(hb, private=True)
    sheets = document["worksheets"]
    sheets["convener"]["candidates"] += [
        {"id": "cand-*1", "organization": "cand-*2"},
        {"id": "cand-*2", "organization": "cand-*1"},
    ]
    sheets["roles"]["matrix"] |= {"": {"org-1": "A"}, "org-1": {"org-1": "A"}, "elsewhere": {"org-1": "A"}}
    plan = take(hb, written(tmp_path / "a.json", document))
    sentences = " ".join(change.what for change in plan.refused)
    for place in ("organization", "matrix..org-1", "matrix.org-1.org-1", "matrix.elsewhere.org-1"):
        assert place in sentences


def test_an_answer_to_a_row_that_was_deleted_here_is_held_back_and_told(hb: Store, tmp_path: Path) -> None:
    document = as_json(hb)
    document["worksheets"]["roles"]["matrix"]["task-1"]["org-1"] = "I"
    hb.save([Edit("roles", "row", None, "task-1")])
    plan = plan_of(hb, written(tmp_path / "a.json", document))
    assert plan.edits == []
    assert "was deleted here" in " ".join(change.new for change in plan.refused)


def test_any_text_comes_back_as_it_was_typed(hb: Store, tmp_path: Path) -> None:
    fill_with_hostile_text(hb)
    path = tmp_path / "a.json"
    path.write_bytes(interchange.write(hb, ".json"))
    assert plan_of(hb, path).edits == []
    other = create_store(tmp_path / "other.ctekit", partnership=hb.partnership)
    take(other, path)
    assert interchange.write(other, ".json") == path.read_bytes()
    other.close()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "cut off or is no JSON"),
        (b"[" * 100_000, "cut off or is no JSON"),
        (b"{}", "not one of all answers from ctekit"),
        (b'{"format": "ctekit-answers", "version": 2}', "newer ctekit"),
        (b'{"format": "ctekit-answers", "version": 1}', "head of the file is not whole"),
        (b'{"format": NaN}', "cut off or is no JSON"),
        (b'{"a": ' + b"9" * 10_000 + b"}", "cut off or is no JSON"),
        (b"\xff\xfe{}", "cut off or is no JSON"),
        (b" " * 20_000_001, "at most"),
        (
            b'{"format": "ctekit-answers", "version": 1, "partnership": "x", "state": "y", "worksheets": {}}',
            "another partnership",
        ),
    ],
)
def test_a_strange_file_is_one_sentence_and_nothing_is_written(
    hb: Store, tmp_path: Path, content: bytes, sentence: str
) -> None:
    path, before = tmp_path / "a.json", hb.latest()
    path.write_bytes(content)
    with pytest.raises(ImportRefusedError, match=sentence):
        take(hb, path)
    assert hb.latest() == before


def test_a_file_cut_off_anywhere_is_refused(hb: Store, tmp_path: Path) -> None:
    content, path = interchange.write(hb, ".json"), tmp_path / "a.json"
    for length in range(0, len(content) - 2, len(content) // 40):
        path.write_bytes(content[:length])
        with pytest.raises(ImportRefusedError):
            interchange.read(path)
