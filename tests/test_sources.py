"""What we cite can be looked up: each source is a page, never the front door of a site."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).parent.parent
CITING = [
    *sorted((ROOT / "notebooks").glob("*.ipynb")),
    *sorted((ROOT / "exercises").glob("*.ipynb")),
    *sorted((ROOT / "ctekit" / "rules").glob("*.py")),
    *sorted((ROOT / "ctekit" / "worksheets").glob("*.py")),
    *sorted((ROOT / "ctekit" / "rubrics").glob("*.toml")),
    ROOT / "docs" / "rules.md",
]
ADDRESS = re.compile(r"https?://[^\s\"')>\\]+")
SITE_WITHOUT_ADDRESS = re.compile(r"[Ss]ource: \S+\.(?:org|com|edu|gov)[ ,;.]")


@pytest.mark.parametrize("path", CITING, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_source_is_a_page_and_not_a_home_page(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    addresses = [address.rstrip(".,;") for address in ADDRESS.findall(text)]
    assert [address for address in addresses if not urlsplit(address).path.strip("/")] == []
    assert SITE_WITHOUT_ADDRESS.findall(text) == []
