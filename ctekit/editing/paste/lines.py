"""Pasted lines of cells, made clean: blanks and marks taken off, tables of text split, size bounded."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Sequence
from itertools import groupby
from string import ascii_lowercase

Cells = Sequence[Sequence[str]]
"""Lines of a pasted table; they may be of different lengths."""

LINES = 1000
COLUMNS = 200
"""So much is taken at a time; what is beyond is said."""

_GUARD = re.compile(r"^'(?=[=+\-@])")
_RULE = re.compile(r"(?=.*(?:\|.*-|-.*\||\+[-=]{2}|[-=]{2} +[-=]{2}|[\u2500-\u257f]{2}))[-+|:=\s\u2500-\u257f]+")
_STROKE = re.compile(r"[\u2502\u2503\u2551]")
_QUOTED = re.compile(r"^(?:>[ \t]?)+(?![>\s]*(?:=|[-+.$€£]*\d(?!\d{0,2}[.)]\s)))")
"""How mails quote a line; not ``> 50`` and ``>= 20``, which say "more than"."""
_NUMBERED = re.compile(r"\(?(\d{1,3}(?=[.)])|[A-Za-z](?=\))|[a-z](?=\.))[.)]\s+(?=\S)")
"""``1.``, ``(2)``, ``a)``, ``b.``; not ``A.``, which begins names."""
_HANGING = frozenset("•‣◦▪▫●○■□➢–—*·∙⁃\uf0b7\uf0a7\uf0d8\uf0fc-o§Øüvq")
"""The marks of a list in a column of their own; letters are those of Wingdings, as Word writes it as text."""
_SEPARATOR = re.compile(r'"?sep=([^\w\s])"?', re.IGNORECASE)
_PROSE = re.compile(r'^[^"]*(?:"[^"]*"[^"]*)*;\s')
"""A semicolon with a blank behind it, not in quotes: a sentence has one, a spreadsheet's text none."""
_STRIPPED = " \t\r\n\xa0\u200b\u2060\ufeff\u200e\u200f\u061c"
_ADDRESSEE = re.compile(
    r'(?:"([^"]{1,200})"|([^<>"]{1,200}?))\s{0,9}<([^<>\s@]{1,99}@[^<>\s@]{1,99})>|([^<>\s@,;"]{1,99}@[^<>\s@,;"]{1,99})'
)
"""``Ana Ruiz <ana@x.org>``, ``"Ruiz, Ana" <ana@x.org>`` and ``ana@x.org``, as mails name whom they are for."""

_MARKS = (";", "|", ",", "~", "^", "/", ":", "  ")
"""What may stand between the cells of a line of text; at the end, two blanks or more."""


def cleaned(cells: Cells, is_heading: Callable[[str], bool]) -> list[list[str]]:
    """Without the blanks that spreadsheets add, and without the apostrophe that keeps one from reading a formula.

    All lines come out equally long; blank ones at the end are dropped. `is_heading` says whether words are a heading.
    """
    taken = [line[:COLUMNS] for line in cells[:LINES]]
    lines = [[_GUARD.sub("", cell.replace("\xa0", " ").strip(_STRIPPED)) for cell in line] for line in taken]
    lines = _unnumbered(_addressees(_split(_unquoted(lines), is_heading)))
    while lines and not any(lines[-1]):
        lines.pop()
    width = max((last for line in lines for last, cell in enumerate(line, 1) if cell), default=0)
    return [line[:width] + [""] * (width - len(line)) for line in lines]


def without_hanging_marks(cells: Cells) -> Cells:
    """A list without its marks, where tabs stand behind them, as in text from Word: ``•⇥Ana Ruiz``, ``a)⇥Ana Ruiz``."""
    items = [line for line in cells if len(line) > 1 and any(map(str.strip, line))]
    marks = [line[0].strip() for line in items]
    letters = [f"{letter})" for letter in ascii_lowercase[: len(items)]]
    is_list = _HANGING.issuperset(marks) or (
        len(items) > 1 and [mark.strip("(.)").lower() + ")" for mark in marks] == letters
    )
    if not items or not is_list or not all(line[1].strip() for line in items):
        return cells
    return [line[1:] if len(line) > 1 else line for line in cells]


def _unquoted(lines: list[list[str]]) -> list[list[str]]:
    """Without the marks with which mails quote: ``> Ana Ruiz``."""
    if not any(map(any, lines)) or not all(_QUOTED.match(line[0]) for line in lines if any(line)):
        return lines
    return [[_QUOTED.sub("", cell) if at == 0 else cell for at, cell in enumerate(line)] for line in lines]


def _unnumbered(lines: list[list[str]]) -> list[list[str]]:
    """A list without the numbers before its lines."""
    filled = [line for line in lines if any(line)]
    if any(len(line) != 1 for line in filled):
        return lines
    names = iter(without_numbers([line[0] for line in filled]))
    return [[next(names)] if any(line) else line for line in lines]


def without_numbers(names: Sequence[str]) -> list[str]:
    """Names without the numbers or letters before them, where those count on from the first: ``a) Ben``, ``b) Ida``."""
    numbers = [number[1].lower() if (number := _NUMBERED.match(name)) else "" for name in names]
    return [_NUMBERED.sub("", name, 1) for name in names] if _count_on(numbers) else list(names)


def _count_on(numbers: Sequence[str]) -> bool:
    """Whether they are 1, 2, 3 or a, b, c, or numbers with letters below some of them: 1, 2, a, b, 3."""
    counted = [number for number in numbers if number.isdigit()]
    runs = [[*run] for is_digit, run in groupby(numbers, str.isdigit) if not is_digit]
    begins = not counted or numbers[0] == "1"
    return (
        len(counted or numbers) > 1
        and begins
        and counted == [str(at) for at in range(1, len(counted) + 1)]
        and all(run == [*ascii_lowercase[: len(run)]] for run in runs)
    )


def _addressees(lines: list[list[str]]) -> list[list[str]]:
    """Whom a mail is for as a table, a line for each; not addresses alone, which may be the answer of one cell."""
    texts = [line[0] for line in lines if any(line)]
    if not texts or any(len(line) > 1 for line in lines):
        return lines
    mark = ";" if ";" in texts[0] else ","
    parts = [part.strip() for text in texts for part in re.findall(rf'(?:"[^"]*"|[^"{mark}])+', text)]
    matches = [_ADDRESSEE.fullmatch(part) for part in parts[: LINES - 1] if part]
    if len(matches) < 2 or not all(matches) or not any(match[3] for match in matches if match):
        return lines
    named = [[(match[1] or match[2] or match[4]).strip(), match[3] or match[4]] for match in matches if match]
    return [["Name", "Email"], *named]


def _split(lines: list[list[str]], is_heading: Callable[[str], bool]) -> list[list[str]]:
    """Lines of one cell each as a table, where they clearly are drawn with strokes or stand under known headings."""
    if any(len(line) > 1 for line in lines):
        return lines
    texts = [_STROKE.sub("|", line[0]) for line in lines if line and line[0] and not _is_rule(line[0])]
    named = _SEPARATOR.fullmatch(texts[0]) if texts else None
    texts = texts[1:] if named else texts
    if len(texts) < 2:
        return lines
    rows = _cells_between_strokes(texts)
    has_rules = len(texts) < sum(map(any, lines)) and not named
    if len(rows[0]) > 1 and (has_rules or all(re.fullmatch(r"\|.*\|", text) for text in texts)):
        return rows
    for mark in (named[1],) if named else _MARKS:
        rows = _cells_between(texts, mark)
        # Sentences and names hold commas, too: only what stands under headings that are known here is a table.
        known = sum(map(is_heading, next((row for row in rows if len(row) > 1), []))) > 1
        if rows and (named or known or (mark == ";" and _is_even(rows) and not any(map(_PROSE.search, texts)))):
            return rows
    return lines


def _is_even(rows: list[list[str]]) -> bool:
    """Whether several lines have the same number of cells, more than one, of which none is blank at the beginning."""
    return len(rows) > 2 and len(rows[0]) > 1 and len(set(map(len, rows))) == 1 and all(row[0] for row in rows)


def _is_rule(text: str) -> bool:
    """Whether a line only draws: its beginning tells, and a long one takes time by more than its length."""
    return bool(_RULE.fullmatch(text[:300]))


def _cells_between(texts: list[str], mark: str) -> list[list[str]]:
    """The cells of lines of text; none for columns of blanks where a cell may be missing, or where lines break."""
    if mark == "|":
        return _cells_between_strokes(texts)
    if mark == "  ":
        rows = [re.split(r" {2,}", text) for text in texts]
        return rows if len(set(map(len, rows))) == 1 else []
    try:
        return [[cell.strip() for cell in row] for row in csv.reader(texts, delimiter=mark, skipinitialspace=True)]
    except csv.Error:  # a cell of a spreadsheet with several lines, or a long one
        return []


def _cells_between_strokes(texts: list[str]) -> list[list[str]]:
    rows = [re.split(r"(?<!\\)\|", text.removeprefix("|").removesuffix("|")) for text in texts]
    return [[cell.strip().replace("\\|", "|") for cell in row] for row in rows]
