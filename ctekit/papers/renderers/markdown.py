"""A paper as Markdown, for a document that others write on together. What people typed is text, whatever it holds."""

from __future__ import annotations

import re
from functools import singledispatch

from ctekit.model.days import long_day
from ctekit.model.text import legible
from ctekit.papers._blocks import (
    Fields,
    Gap,
    Heading,
    Items,
    Note,
    Paper,
    Paragraph,
    Picture,
    Signature,
    Table,
    Words,
    runs,
)

SUFFIX = ".md"

_SIGNS = re.compile(r"([\\`*_{}\[\]!|~<>&$^@])")
_AT_A_START = re.compile(r"^(\s*)([#+=:-]|\d+(?=[.)](?:\s|$)))", re.MULTILINE)
_ADDRESS = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)", re.IGNORECASE)
_LINE = "\\_" * 24


def render(paper: Paper) -> bytes:
    """Write a paper as Markdown (UTF-8)."""
    head = f"# {escaped(paper.title)}\n\n{escaped(paper.partnership)} · {long_day(paper.day)}"
    parts = [head, *(_block(block) for block in paper.blocks), f"*{escaped(paper.note)}*" if paper.note else ""]
    return ("\n\n".join(part for part in parts if part) + "\n").encode()


def escaped(words: str) -> str:
    """Words of people, with every sign escaped that could mean something where it stands."""
    return _ADDRESS.sub(r"\\", _AT_A_START.sub(_harmless, _SIGNS.sub(r"\\\1", legible(words))))


def _harmless(start: re.Match[str]) -> str:
    return f"{start[1]}{start[2]}\\" if start[2].isdecimal() else f"{start[1]}\\{start[2]}"


def _words(words: Words, line_break: str = "\\\n") -> str:
    parts = []
    for run in runs(words):
        if isinstance(run, Gap):
            parts.append(f"*{escaped(run.words)}*")
            continue
        text = escaped(run.text).replace("\n", line_break)
        parts.append(f"**{text}**" if run.bold and text.strip() else text)
    return "".join(parts)


@singledispatch
def _block(block: object) -> str:
    raise TypeError(f"Markdown cannot write {type(block).__name__}.")


@_block.register
def _(block: Heading) -> str:
    return f"{'#' * block.level} {_words(block.words, ' ')}"


@_block.register
def _(block: Paragraph) -> str:
    return _words(block.words)


@_block.register
def _(block: Note) -> str:
    return f"> {_words(block.words, ' ')}"


@_block.register
def _(block: Items) -> str:
    marks = (f"{number}." if block.is_ordered else "-" for number in range(1, len(block.items) + 1))
    return "\n".join(f"{mark} {_words(item, ' ')}" for mark, item in zip(marks, block.items, strict=True))


@_block.register
def _(block: Table) -> str:
    lines = [" | ".join(map(escaped, block.header)), " | ".join("---" for _ in block.header)]
    lines += [" | ".join(_words(cell, "<br>") for cell in row) for row in block.rows]
    return "\n".join([f"**{escaped(block.caption)}**\n", *(f"| {line} |" for line in lines)])


@_block.register
def _(block: Picture) -> str:
    return f"{escaped(block.caption)}\n\n*{escaped(block.alt)}*"


@_block.register
def _(block: Fields) -> str:
    return "\n".join(f"- **{escaped(label)}:** {_words(words, ' ') or _LINE}" for label, words in block.pairs)


@_block.register
def _(block: Signature) -> str:
    return f"**{escaped(block.party)}**\n\n{_block(Fields(block.lines))}"
