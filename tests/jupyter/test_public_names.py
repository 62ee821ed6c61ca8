"""Whatever a partnership offers by name stands somewhere that people read; what is public by accident is found here."""

from __future__ import annotations

import re
from pathlib import Path

import ctekit
from ctekit import workspace

ROOT = Path(__file__).parents[2]
READ = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / "notebooks").glob("*.ipynb")]


def test_each_public_name_of_a_partnership_stands_in_a_notebook_or_in_the_docs(tmp_path: Path) -> None:
    workspace.make(tmp_path / "ours", "Ours")
    partnership = ctekit.open_partnership(tmp_path / "ours")
    partnership.worksheet("purpose").live()
    partnership.rate("quick").live()  # what a cell keeps of it is there too
    read = {name for page in READ for name in re.findall(r"\bpartnership\.(\w+)", page.read_text("utf-8"))}
    assert {name for name in dir(partnership) if not name.startswith("_")} - read == set()
