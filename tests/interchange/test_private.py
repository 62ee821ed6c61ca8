"""Nothing for the facilitator only is in a file, or said of one, unless it was asked for with --private."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from ctekit import cli, interchange
from ctekit.model.paths import STORE_FILE
from ctekit.store import Edit, Store, open_store
from tests.interchange.files import as_json, take
from tests.secrets import found, plant


def words_of(content: bytes) -> str:
    """All text of a file, unpacked where it is packed."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return "".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())


def test_no_file_holds_a_secret_that_was_not_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert plant(tmp_path / "hb") > 800
    store = open_store(tmp_path / "hb" / STORE_FILE)
    for suffix in interchange.SUFFIXES:
        public, private = (interchange.write(store, suffix, private=each) for each in (False, True))
        assert not found(words_of(public)), suffix
        assert len(found(words_of(private))) > 700, suffix
    path = tmp_path / "a.json"
    path.write_bytes(interchange.write(store, ".json", private=True))
    store.save([Edit("profile", "note", "changed", row.id) for row in store.load().rows("profile.people")])
    document = path.read_text("utf-8").replace("SECRET", "SECRETER")
    path.write_text(document, "utf-8")
    store.close()
    for more in ([], ["--private"]):
        capsys.readouterr()
        with pytest.raises(SystemExit):
            cli.main(["import", str(path), str(tmp_path / "hb"), *more])
        captured = capsys.readouterr()
        assert bool(found(captured.out + captured.err)) is bool(more)


def test_counts_of_small_groups_are_left_out_and_stay_when_the_file_comes_back(hb: Store, tmp_path: Path) -> None:
    before = {row.id: (row.counted, row.out_of) for row in hb.load().rows("metrics.observations")}
    document = as_json(hb)["worksheets"]["metrics"]["observations"]
    withheld = [row["id"] for row in document if row["out_of"] is None and before[row["id"]][1] is not None]
    assert withheld
    for suffix in interchange.SUFFIXES:
        path = tmp_path / f"a{suffix}"
        path.write_bytes(interchange.write(hb, suffix))
        assert take(hb, path).edits == []
    assert {row.id: (row.counted, row.out_of) for row in hb.load().rows("metrics.observations")} == before


@pytest.mark.parametrize("suffix", interchange.SUFFIXES)
def test_private_answers_change_no_byte_of_a_file(hb: Store, suffix: str) -> None:
    before = interchange.write(hb, suffix)
    notes = [Edit("profile", "note", "for the facilitator", row.id) for row in hb.load().rows("profile.people")]
    hb.save([*notes, Edit("convener", "note", "why", "score-1"), Edit("plan", "note", "a row nobody sees", "ack-*")])
    assert interchange.write(hb, suffix) == before
