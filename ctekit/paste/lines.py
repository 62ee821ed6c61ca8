"""Pasted lines of cells, made clean: blanks and guards taken off, text with commas or strokes split, size bounded."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence

Cells = Sequence[Sequence[str]]
"""Lines of a pasted table; they may be of different lengths."""

LINES = 2000
COLUMNS = 200
"""So much is taken at a time; what is beyond is said."""

_GUARD = re.compile(r"^'(?=[=+\-@])")
_RULE = re.compile(r"\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?")
_STRIPPED = " \t\r\n\xa0\u200b\u2060\ufeff"


def cleaned(cells: Cells) -> list[list[str]]:
    """Without the blanks that spreadsheets add, and without the apostrophe that keeps one from reading a formula.

    All lines come out equally long; blank ones at the end are dropped.
    """
    lines = [
        [_GUARD.sub("", cell.replace("\xa0", " ").strip(_STRIPPED)) for cell in line[:COLUMNS]]
        for line in cells[:LINES]
    ]
    lines = _split(lines)
    while lines and not any(lines[-1]):
        lines.pop()
    width = max((last for line in lines for last, cell in enumerate(line, 1) if cell), default=0)
    return [line[:width] + [""] * (width - len(line)) for line in lines]


def _split(lines: list[list[str]]) -> list[list[str]]:
    """Lines of one cell each as a table, where they clearly are Markdown or text with semicolons or commas."""
    texts = [line[0] for line in lines if line and line[0]]
    if len(texts) < 2 or any(len(line) > 1 for line in lines):
        return lines
    if all(text.count("|") > 1 and text.startswith("|") for text in texts) or (
        _RULE.fullmatch(texts[1]) and "|" in texts[0]
    ):
        rows = [re.split(r"(?<!\\)\|", text.strip().removeprefix("|").removesuffix("|")) for text in texts]
        return [
            [cell.strip().replace("\\|", "|") for cell in row]
            for row, text in zip(rows, texts, strict=True)
            if not _RULE.fullmatch(text)
        ]
    for mark in (";", ","):
        rows = list(csv.reader(texts, delimiter=mark, skipinitialspace=True))
        # Three columns in every line are no accident; two may be names such as "Mills, Ames & Co."
        if len({len(row) for row in rows}) == 1 and len(rows[0]) > 2:
            return [[cell.strip() for cell in row] for row in rows]
    return lines
