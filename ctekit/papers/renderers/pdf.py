"""A paper as a PDF, made to PDF/UA-1 by Typst: tagged, with title, language and alternative texts.

What people typed goes in as data, never as Typst's own language. Needs typst and pikepdf.
"""

from __future__ import annotations

import functools
import io
import json
import shutil
import tempfile
from functools import singledispatch
from importlib.resources import files
from typing import Any, cast

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
from ctekit.papers._fit import fields_fit, introducing, is_long, label_share, parts, row_fits, table_fits
from ctekit.papers.renderers._glyphs import FONTS, drawable, drawable_in_picture
from ctekit.papers.renderers._missing import missing

SUFFIX = ".pdf"


def render(paper: Paper) -> bytes:
    """Write a paper as a PDF.

    Raises
    ------
    CtekitError
        typst or pikepdf is not installed.
    """
    try:
        compiler, _ = _compiler()
    except ImportError:
        raise missing("PDF", paper) from None
    template = files("ctekit.papers").joinpath("paper.typ").read_bytes()
    inputs = {"paper": json.dumps(_data(paper), ensure_ascii=False)}
    return _with_row_headers(
        compiler.compile(template, sys_inputs=inputs, format="pdf", pdf_standards="ua-1", timestamp=0)
    )


@functools.cache
def _compiler() -> tuple[Any, Any]:
    """One compiler for all papers, with our two fonts and no other, and the folder that they lie in as long."""
    import pikepdf  # noqa: F401
    import typst

    folder = tempfile.TemporaryDirectory(prefix="ctekit-fonts-")
    for font in FONTS:
        shutil.copy(font, folder.name)
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder.name])
    return typst.Compiler(font_paths=fonts, ignore_system_fonts=True), folder


def _data(paper: Paper) -> dict[str, Any]:
    lang, _, region = paper.language.partition("-")
    introduces = iter(introducing(paper.blocks))
    return {
        "title": _text(paper.title),
        "partnership": _text(paper.partnership),
        "subject": _text(paper.subject),
        "head": _text(paper.head),
        "foot": _text(paper.foot),
        "wide": paper.is_wide,
        "lang": lang,
        "region": region,
        "parts": [
            [{"kind": type(block).__name__, "introduces": next(introduces), **_block(block)} for block in part]
            for part in parts(paper.blocks)
        ],
    }


def _text(words: str) -> str:
    return drawable(legible(words))


def _words(words: Words, alone: bool = True) -> list[dict[str, Any]]:
    """Words of a block; beside a label, a gap need not say what it is."""
    return [
        {"text": _text(run.sentence if alone else run.words), "bold": False, "gap": True}
        if isinstance(run, Gap)
        else {"text": _text(run.text), "bold": run.bold, "gap": False}
        for run in runs(words)
    ]


def _pairs(pairs: tuple[tuple[str, Words], ...]) -> list[dict[str, Any]]:
    return [
        {"label": _text(label), "long": is_long(label), "words": _words(words, alone=False)} for label, words in pairs
    ]


@singledispatch
def _block(block: object) -> dict[str, Any]:
    raise TypeError(f"PDF cannot write {type(block).__name__}.")


@_block.register
def _(block: Heading) -> dict[str, Any]:
    return {"words": _words(block.words), "level": block.level, "page": block.begins_page}


@_block.register
def _(block: Paragraph) -> dict[str, Any]:
    return {"words": _words(block.words), "signed": block.is_signed}


@_block.register
def _(block: Note) -> dict[str, Any]:
    return {"words": _words(block.words)}


@_block.register
def _(block: Items) -> dict[str, Any]:
    return {"items": [_words(item) for item in block.items], "ordered": block.is_ordered}


@_block.register
def _(block: Table) -> dict[str, Any]:
    numeric = block.numeric
    return {
        "caption": "" if block.is_headed else _text(block.caption),
        "header": [_text(name) for name in block.header],
        "repeats": row_fits(block, block.header),
        "rows": [
            {"cells": [_words(cell, alone=False) for cell in row], "whole": row_fits(block, row)} for row in block.rows
        ],
        "shares": block.shares,
        "numeric": [place in numeric for place in range(len(block.header))],
        "short": table_fits(block),
        "form": block.is_form,
    }


@_block.register
def _(block: Picture) -> dict[str, Any]:
    width, height = block.size
    words = {"title": _text(block.title), "alt": _text(block.alt), "caption": _text(block.caption)}
    return {**words, "svg": drawable_in_picture(legible(block.chart.svg())), "width": width, "height": height}


@_block.register
def _(block: Fields) -> dict[str, Any]:
    return {"pairs": _pairs(block.pairs), "label": label_share(block.pairs), "short": fields_fit(block.pairs)}


@_block.register
def _(block: Signature) -> dict[str, Any]:
    return {"party": _text(block.party), "pairs": _pairs(block.lines), "label": label_share(block.lines)}


def _with_row_headers(pdf: bytes) -> bytes:
    """Say of the first cell of each row that it names the row: Typst can say so of columns alone."""
    import pikepdf
    from pikepdf import Array, Dictionary, Name

    def walk(element: Any) -> None:
        if not isinstance(element, Dictionary):
            return
        children = element.get("/K", Array())
        children = cast(Any, list(children) if isinstance(children, Array) else [children])
        if element.get("/S") == Name.TBody:
            for row in children:
                cells = row.get("/K", Array())
                cell = cells[0] if isinstance(cells, Array) else cells
                cell.S = Name.TH
                attributes = cell.get("/A", Array())
                lists = list(attributes) if isinstance(attributes, Array) else [attributes]
                table = [part for part in lists if part.get("/O") == Name.Table]
                for part in table:
                    part.Scope = Name.Row
                if not table:
                    cell.A = Array([*lists, Dictionary(O=Name.Table, Scope=Name.Row)])
        for child in children:
            walk(child)

    with pikepdf.open(io.BytesIO(pdf)) as document:
        walk(document.Root.StructTreeRoot)
        written = io.BytesIO()
        document.save(written, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return written.getvalue()
