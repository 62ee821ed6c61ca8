"""The sheets of a kit. One is one file in ``sheets``: a few lines of TOML that the checklist reads, then its pages."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader

from ctekit.export.kit._options import MILLIMETERS, PAPERS, Options
from ctekit.views import render

FENCE = "+++\n"
"""What stands before and after the lines that the checklist reads."""
PAGE = '<section class="page'
MARGIN = 12
"""Millimeters of white around every page: more than any printer needs."""
_ROOT = files("ctekit.export.kit")
_SUFFIX = ".html.j2"


@dataclass(frozen=True)
class Sheet:
    """What the checklist says of one sheet.

    Attributes
    ----------
    name : str
        Of its file, such as ``31-need-cards``; sheets stand in this order.
    title : str
    part : str
        The heading it stands under in the checklist.
    copies : mapping
        How many times to print it; see `Options.count`.
    stock : str
        What to print it on, and what to do with it then.
    wide : bool
        Lies on its side.
    big : bool
        On paper twice as big.
    paths : tuple of str
        The agendas that use it; all if empty.
    language : str
    about : mapping
        Of a sheet that has as many pages as its words take in a type: path -> about how many. Others are counted.
    """

    name: str
    title: str
    part: str
    copies: Mapping[str, float] = field(default_factory=lambda: {"fixed": 1})
    stock: str = "plain"
    wide: bool = False
    big: bool = False
    paths: tuple[str, ...] = ()
    language: str = "en"
    about: Mapping[str, int] = field(default_factory=dict)

    def is_for(self, options: Options) -> bool:
        """Whether a kit has it."""
        return self.language in ("en", options.language) and (not self.paths or options.path in self.paths)


@cache
def all_sheets() -> tuple[Sheet, ...]:
    """Every sheet there is, in order; those whose names begin with an underscore are parts of others."""
    names = sorted(entry.name.removesuffix(_SUFFIX) for entry in _ROOT.joinpath("sheets").iterdir())
    return tuple(
        Sheet(name=name, **tomllib.loads(_read(name).split(FENCE)[1])) for name in names if not name.startswith("_")
    )


def pages_of(sheet: Sheet, values: Mapping[str, Any]) -> str:
    """The pages of a sheet as HTML."""
    return _environment().get_template(sheet.name).render(values, sheet=sheet).strip()


def style(sheet: Sheet, options: Options) -> str:
    """The CSS of a sheet on this paper: its size, its margins, and how high a page is."""
    name = PAPERS[options.paper][sheet.big]
    width, height = MILLIMETERS[name][::-1] if sheet.wide else MILLIMETERS[name]
    sizes = f":root{{--page-width:{width - 2 * MARGIN}mm;--page-height:{height - 2 * MARGIN - 0.5}mm}}\n"
    # Where a browser knows no margin boxes, the foot is missing and nothing else.
    foot = '@bottom-left{content:"Made with ctekit, CC BY 4.0"}'
    foot += '@bottom-right{content:counter(page) " of " counter(pages)}'
    paper = f"@page{{size:{width}mm {height}mm;margin:{MARGIN}mm;font:8pt sans-serif;{foot}}}\n"
    return _ROOT.joinpath("kit.css").read_text(encoding="utf-8") + sizes + paper


def _read(name: str) -> str:
    return _ROOT.joinpath("sheets", name + _SUFFIX).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    return render.environment(FunctionLoader(lambda name: _read(name).split(FENCE)[-1]))
