"""A name that holds signs of writing from right to left turns none of the words around it, wherever it is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ctekit import charts, cli, views, worksheets
from ctekit.model.paths import STORE_FILE
from ctekit.room.pages import fragment
from ctekit.store import Edit, Store, open_store
from tests.stores import harrow_bend

SIGNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
TURNING = "\u202e\u2066Zyx"
"""An override and an isolate that nothing closes."""
DATA = re.compile(r'<script type="application/json" id="mailed">.*?</script>', re.DOTALL)
"""What a mailed form keeps: the answers themselves, which come back as they were typed."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Harrow Bend, with such signs in every answer in words."""
    home = tmp_path_factory.mktemp("home")
    harrow_bend(home / "hb")
    store = open_store(home / "hb" / STORE_FILE)
    edits = list[Edit]()
    for slug, sheet in store.load().sheets.items():
        parts = [("", sheet), *((row.id, row) for table in sheet.tables() for row in sheet.rows(table))]
        for row, part in parts:
            words = {name for name, question in part.questions().items() if question.kind.is_words}
            answers = {name: getattr(part, name) for name in words - {"partnership_id"}}
            edits += [Edit(slug, name, f"{answer}{TURNING}", row) for name, answer in answers.items() if answer]
    store.save(edits)
    yield store
    store.close()


def test_no_view_is_turned_around(store: Store) -> None:
    book = store.load()
    assert set(book.rows("profile.people")[0].name or "") & SIGNS, "what is kept stays as it was typed"
    shown = {name: views.SENTENCES["chart"](book, name, private=True) for name in charts.every()}
    for verb in ("worksheet", "check"):
        shown |= {f"{verb} {slug}": views.SENTENCES[verb](book, slug, private=True) for slug in worksheets.every()}
    for verb in ("overview", "picture", "thread", "changes", "handover", "agenda"):
        shown[verb] = views.SENTENCES[verb](book, private=True)
    assert [name for name, html in shown.items() if set(html) & SIGNS] == []
    assert "Zyx" in shown["worksheet profile"]


def test_the_rooms_wall_is_not_turned_around() -> None:
    html = fragment("wall_ideas", name=f"Ideas of {TURNING}", people="", ideas=[TURNING], columns="", more="", key="")
    assert "Zyx" in html
    assert not set(html) & SIGNS


@pytest.mark.parametrize("command", ["export", "kit", "mail --yes", "paper all"])
def test_no_file_to_hand_round_is_turned_around(command: str, store: Store, tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main([*command.split(), str(store.path.parent), "--output", str(tmp_path / "out")])
    assert ended.value.code in (None, 0)
    pages = {path.name: DATA.sub("", path.read_text("utf-8")) for path in (tmp_path / "out").rglob("*.html")}
    assert [name for name, html in pages.items() if set(html) & SIGNS] == []
    assert any("Zyx" in html for html in pages.values())
