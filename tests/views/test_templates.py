"""What holds for every template of HTML, wherever it lies."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import ctekit

HOME = Path(ctekit.__file__).parent
TEMPLATES = sorted(path for path in HOME.rglob("*.html.j2"))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(HOME)))
def test_no_list_item_turns_with_its_words_or_its_number_would_leave_the_list(template: Path) -> None:
    assert not re.findall(r"<li[^>]* dir=[^>]*>", template.read_text("utf-8")), "put <bdi> around the words"
