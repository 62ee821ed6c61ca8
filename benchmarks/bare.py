"""The least it can cost: one durable commit; widgets that send back what they were sent, or only show cells."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import anywidget
import traitlets


class Commits:
    """Durable commits of one row each, with the settings of a partnership's file."""

    def __init__(self, path: Path) -> None:
        # Messages of one widget come in more than one thread (ipykernel's subshells), though never two at once.
        self.bare = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self.bare.execute("PRAGMA journal_mode = DELETE")
        self.bare.execute("PRAGMA synchronous = EXTRA")
        self.bare.execute("CREATE TABLE answer (seq INTEGER PRIMARY KEY, words TEXT)")

    def one(self, words: str) -> None:
        """Write a row to the disk."""
        self.bare.execute("BEGIN IMMEDIATE")
        self.bare.execute("INSERT INTO answer (words) VALUES (?)", (words,))
        self.bare.execute("COMMIT")


class Echo(anywidget.AnyWidget):
    """A line to type in: Enter sends it, the kernel commits it if asked to, and sends it back."""

    # The page's own clock (benchmarks/save_roundtrip.py) is told what came back.
    _esm = """export default { render({ model, el }) {
      const input = document.createElement("input");
      input.className = "bench-echo";
      input.addEventListener("keydown", (event) => {
        event.stopPropagation();
        if (event.key === "Enter") model.send({ words: input.value, commit: window.bench.way === "bare" });
      });
      model.on("msg:custom", () => window.bench.end());
      el.append(input);
    } }"""

    def __init__(self, path: str) -> None:
        self.commits = Commits(Path(path))
        super().__init__()
        self.on_msg(self._receive)

    def _receive(self, _widget: Any, message: dict[str, Any], _buffers: Any) -> None:
        if message["commit"]:
            self.commits.one(message["words"])
        self.send({"words": message["words"]})


class Cells(anywidget.AnyWidget):
    """So many buttons in a grid, with nothing behind them."""

    _esm = """export default { render({ model, el }) {
      el.style.cssText = "display: grid; grid-template-columns: repeat(12, 1fr)";
      for (let n = 0; n < model.get("count"); n++) el.append(document.createElement("button"));
      for (const cell of el.children) cell.className = "bench-cell";
    } }"""
    count = traitlets.Int().tag(sync=True)
