"""What programs write to a terminal, as plain text: no colors, and of a progress bar only its last state."""

from __future__ import annotations

import re
from typing import Any

from ctekit.model.text import printable

# The middle one, a link or a title, ends before the next escape: looking further would be quadratic.
_ANSI = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")
_MOVE = re.compile(r"\n|\r|\x08|\x1b\[(\d{0,4})A|\x1b\[([0-2]?)K")
_MOVES = re.compile(r"\r(?!\n)|\x08|\x1b\[\d{0,4}A")


def readable(text: str) -> str:
    """Leave out terminal colors and the characters that no page may hold."""
    return printable(_ANSI.sub("", text), "\ufffd")


def raw(text: Any) -> str:
    """Notebook files keep long texts as lists of lines."""
    return "".join(map(str, text)) if isinstance(text, list | tuple) else str(text)


def joined(text: Any) -> str:
    """A text of a notebook file, free of what no page may hold."""
    return readable(raw(text))


def screen(text: str) -> str:
    """What a terminal shows in the end: carriage returns, backspaces and steps up write over what was there."""
    text = text.replace("\r\n", "\n")
    if not _MOVES.search(text):
        return readable(text)
    lines: list[list[str]] = [[]]
    row = column = start = 0
    for move in _MOVE.finditer(text):
        column = _put(lines[row], column, readable(text[start : move.start()]))
        start = move.end()
        if move[0] == "\n":
            row, column = row + 1, 0
            if row == len(lines):
                lines.append([])
        elif move[0] == "\r":
            column = 0
        elif move[0] == "\x08":
            column = max(column - 1, 0)
        elif move[0].endswith("A"):
            row = max(row - int(move[1] or 1), 0)
        elif move[2] == "":
            del lines[row][column:]
        else:
            lines[row][: column if move[2] == "1" else None] = " " * min(column, len(lines[row]))
    _put(lines[row], column, readable(text[start:]))
    return "\n".join("".join(line) for line in lines)


def _put(line: list[str], column: int, words: str) -> int:
    """Write over what a line holds from a column on; where that ended."""
    line.extend(" " * (column - len(line)))
    line[column : column + len(words)] = words
    return column + len(words)
