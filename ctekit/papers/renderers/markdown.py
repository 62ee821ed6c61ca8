"""A paper as Markdown, for a document that others write on together. What people typed is text, whatever it holds."""

from __future__ import annotations

import re
from functools import singledispatch

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

_SIGNS = re.compile(r"([\\`*{}\[\]|~<$^]|(?<![^\W_])[_@]|_(?![^\W_])|!(?=\[)|&(?=#?\w+;))")
_AT_A_START = re.compile(r"^(\s*)([#+=:>-]|\d+(?=[.)](?:\s|$)))", re.MULTILINE)
_ADDRESS = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)", re.IGNORECASE)
_LINE = "\\_" * 24


def render(paper: Paper) -> bytes:
    """Write a paper as Markdown (UTF-8)."""
    parts = [f"# {escaped(paper.title)}", escaped(paper.head), *(_block(block) for block in paper.blocks)]
    return ("\n\n".join(part for part in parts if part) + "\n").encode()


def escaped(words: str, is_start: bool = True) -> str:
    """Words of people, with every sign escaped that could mean something where it stands, and no other."""
    signs = _SIGNS.sub(r"\\\1", legible(words))

    def started(start: re.Match[str]) -> str:
        return _harmless(start) if is_start or start.start() else start[0]

    return _ADDRESS.sub(r"\\", _AT_A_START.sub(started, signs))


def _harmless(start: re.Match[str]) -> str:
    return f"{start[1]}{start[2]}\\" if start[2].isdecimal() else f"{start[1]}\\{start[2]}"


def _words(words: Words, line_break: str = "\\\n", alone: bool = True) -> str:
    """Words of a block; beside a label, a gap need not say what it is."""
    parts = list[str]()
    for run in runs(words):
        if isinstance(run, Gap):
            parts.append(f"*{escaped(run.sentence if alone else run.words)}*")
            continue
        is_start = not parts or parts[-1].endswith(line_break)
        text = escaped(run.text, is_start).replace("\n", line_break)
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
    lines += [" | ".join(_words(cell, "<br>", alone=False) for cell in row) for row in block.rows]
    caption = [] if block.is_headed else [f"**{escaped(block.caption)}**\n"]
    return "\n".join([*caption, *(f"| {line} |" for line in lines)])


@_block.register
def _(block: Picture) -> str:
    return f"**{escaped(block.title)}**\n\n{escaped(block.caption)}\n\n*{escaped(block.alt)}*"


@_block.register
def _(block: Fields) -> str:
    return "\n".join(
        f"- **{escaped(label)}:** {_words(words, ' ', alone=False) or _LINE}" for label, words in block.pairs
    )


@_block.register
def _(block: Signature) -> str:
    return f"**{escaped(block.party)}**\n\n{_block(Fields(block.lines))}"
