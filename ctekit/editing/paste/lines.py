"""Pasted lines of cells, made clean: blanks and guards taken off, text with commas or strokes split, size bounded."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Sequence

Cells = Sequence[Sequence[str]]
"""Lines of a pasted table; they may be of different lengths."""

LINES = 1000
COLUMNS = 200
"""So much is taken at a time; what is beyond is said."""

_GUARD = re.compile(r"^'(?=[=+\-@])")
_RULE = re.compile(r"\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?")
_STRIPPED = " \t\r\n\xa0\u200b\u2060\ufeff"


def cleaned(cells: Cells, is_heading: Callable[[str], bool]) -> list[list[str]]:
    """Without the blanks that spreadsheets add, and without the apostrophe that keeps one from reading a formula.

    All lines come out equally long; blank ones at the end are dropped. `is_heading` says whether words are a heading.
    """
    taken = [line[:COLUMNS] for line in cells[:LINES]]
    lines = [[_GUARD.sub("", cell.replace("\xa0", " ").strip(_STRIPPED)) for cell in line] for line in taken]
    lines = _split(lines, is_heading)
    while lines and not any(lines[-1]):
        lines.pop()
    width = max((last for line in lines for last, cell in enumerate(line, 1) if cell), default=0)
    return [line[:width] + [""] * (width - len(line)) for line in lines]


def _split(lines: list[list[str]], is_heading: Callable[[str], bool]) -> list[list[str]]:
    """Lines of one cell each as a table, where they clearly are Markdown, or text with commas under known headings."""
    texts = [line[0] for line in lines if line and line[0]]
    if len(texts) < 2 or any(len(line) > 1 for line in lines):
        return lines
    if "|" in texts[0] and (_RULE.fullmatch(texts[1]) or all(re.fullmatch(r"\|.*\|", text) for text in texts)):
        table = [text for text in texts if not _RULE.fullmatch(text)]
        rows = [re.split(r"(?<!\\)\|", text.removeprefix("|").removesuffix("|")) for text in table]
        return [[cell.strip().replace("\\|", "|") for cell in row] for row in rows]
    for mark in (";", ","):
        rows = list(csv.reader(texts, delimiter=mark, skipinitialspace=True))
        # Sentences and names hold commas, too: only what stands under headings that are known here is a table.
        if sum(is_heading(cell) for cell in rows[0]) > 1:
            return [[cell.strip() for cell in row] for row in rows]
    return lines
