"""The figures of all faults: faults.json keeps them, faults.md shows them as a table."""

from __future__ import annotations

import datetime
import json
import platform
import sqlite3
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parents[1] / "faults.json"
TABLE = RESULTS.with_suffix(".md")
COLUMNS = ("fault", "times", "acknowledged", "lost", "refused", "message")


@dataclass
class Figures:
    """What became of a store under one kind of fault.

    Attributes
    ----------
    times
        How often the fault struck.
    acknowledged
        Saves that were said to be on the disk.
    lost
        Of these, those that are not there; and saves of which only a part is there.
    refused
        How often the store could not be opened, by the sentence that was told.
    message
        What else is to be said.
    """

    times: int = 0
    acknowledged: int = 0
    lost: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    message: str = ""

    def refuse(self, error: Exception, path: Path) -> None:
        self.refused[f"{type(error).__name__}: {str(error).replace(str(path), 'FILE')}"[:200]] += 1

    def good(self) -> bool:
        return not (self.lost or self.refused)

    def kept(self) -> dict[str, Any]:
        message = "; ".join(
            [self.message] * bool(self.message) + [f"{n} x {words}" for words, n in self.refused.items()]
        )
        return {
            "times": self.times,
            "acknowledged": self.acknowledged,
            "lost": self.lost,
            "refused": self.refused.total(),
            "message": message,
            "on": f"{datetime.date.today()}, {platform.system()}, Python {platform.python_version()}, "
            f"SQLite {sqlite3.sqlite_version}",
        }


def write(name: str, figures: dict[str, Any] | str) -> None:
    """Keep the figures; what is not run keeps those it had."""
    kept = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    kept |= {name: figures}
    RESULTS.write_text(json.dumps(kept, indent=2) + "\n", "utf-8")
    TABLE.write_text(table(kept), "utf-8")


def table(kept: dict[str, Any]) -> str:
    """All figures as Markdown."""
    lines = [
        "# What faults did to what was saved",
        "",
        "Written by `make faults`. Lost: said to be saved, and not there, or there in part. Refused: a sound store",
        "that could not be opened. Of typed text, acknowledged and lost are characters; of all else, saves.",
        "",
        f"| {' | '.join(COLUMNS)} |",
        f"| {' | '.join('---:' if name in COLUMNS[1:5] else '---' for name in COLUMNS)} |",
    ]
    for name, figures in kept.items():
        row = {"message": figures} if isinstance(figures, str) else {"times": figures.get("runs", "")} | figures
        if "unsent" in row:
            row["message"] = f"{row['unsent']:,} characters not yet sent, {row['seen_again']:,} of them came back"
        if "on" in row:
            row["message"] = f"{row['message']} ({row['on']})".strip()
        cells = (row.get(column, "") for column in COLUMNS[1:])
        words = (f"{cell:,}" if isinstance(cell, int) else str(cell).replace("|", "/") for cell in cells)
        lines.append(f"| {name} | {' | '.join(words)} |")
    return "\n".join(lines) + "\n"
