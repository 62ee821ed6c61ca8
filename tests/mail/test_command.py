"""Answers taken in by command."""

from __future__ import annotations

from pathlib import Path

import pytest

from ctekit import cli, mail
from ctekit.store import SaveResult, Store, StoreError
from tests.mail.answering import MailedPage, harrow_bend


def test_a_file_that_the_store_does_not_take_keeps_out_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    store = harrow_bend(tmp_path / "hb")
    files = []
    for name in ("Castellan Gear", "Marcus Dray"):
        page = MailedPage(store, name).write("value", "x-*1", "row", "")
        files.append(page.write("value", "x-*1", "gives", f"A lathe of {name}").save(tmp_path / f"{name}.json"))
    store.close()
    take = mail.take

    def take_or_fail(store: Store, planned: mail.Plan) -> list[SaveResult]:
        if planned.who == "Castellan Gear":
            raise StoreError("The disk is full. Nothing was saved.")
        return take(store, planned)

    monkeypatch.setattr(mail, "take", take_or_fail)
    with pytest.raises(SystemExit) as ended:
        cli.main(["take", *map(str, files), "--folder", str(tmp_path / "hb"), "--yes"])
    words = capsys.readouterr()
    assert ended.value.code == 2
    assert "Castellan Gear.json: The disk is full." in " ".join(words.err.split())
    assert "Marcus Dray: 2 changes taken in." in words.out
