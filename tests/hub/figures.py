"""Figures that tests measure, kept in a file that `make hub-test` prints at its end."""

from __future__ import annotations

import os
from pathlib import Path

FIGURES = "CTEKIT_TEST_FIGURES"


def tell(sentence: str) -> None:
    """Add a line."""
    print(sentence)
    if path := os.environ.get(FIGURES):
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(f"{sentence}\n")
