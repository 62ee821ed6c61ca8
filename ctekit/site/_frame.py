"""The frame around every page of the site, and its blocks as HTML. Jinja with escaping on."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from urllib.parse import quote

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from ctekit import views
from ctekit.model.days import long_day
from ctekit.model.reader import Reader
from ctekit.model.text import printable
from ctekit.papers import runs
from ctekit.site._blocks import Fragment, SiteBlock
from ctekit.views.render import environment


@dataclass(frozen=True)
class Link:
    """One entry of the list of pages."""

    href: str
    words: str
    here: bool = False


@dataclass(frozen=True)
class Around:
    """What stands around the content of a page.

    Attributes
    ----------
    name, title : str
        Of the page; the title is its only heading of level 1.
    partnership, place : str
        Whose it is, and where that is.
    groups : tuple
        The other pages, each group with its heading.
    reader : str
        Who may read it.
    is_sample, is_draft : bool
    day : datetime.date or None
        As of which the answers are read.
    saved, left_out : str
        What the foot says.
    """

    name: str
    title: str
    partnership: str
    groups: tuple[tuple[str, tuple[Link, ...]], ...]
    reader: Reader
    is_sample: bool
    place: str
    day: datetime.date | None
    is_draft: bool
    saved: str
    left_out: str


def address(name: str) -> str:
    """The address of a page, seen from beside it.

    Parameters
    ----------
    name : str

    Returns
    -------
    str
    """
    return f"{quote(os.fsencode(name))}.html"


def framed(around: Around, blocks: tuple[SiteBlock, ...], may_link: Callable[[str], bool]) -> str:
    """A whole page.

    Parameters
    ----------
    around : Around
    blocks : tuple
        Its content.
    may_link : callable
        Whether there is a page of a name.

    Returns
    -------
    str
        HTML.
    """
    day = long_day(around.day) if around.day else ""
    has_fragments = any(isinstance(block, Fragment) for block in blocks)
    css = (views.stylesheet() if has_fragments else "") + _style()
    page = (
        _environment()
        .get_template("page.html.j2")
        .render(around=around, blocks=blocks, css=Markup(css), day=day, foot=_foot(around, day), may_link=may_link)
    )
    return printable(page, "\ufffd") + "\n"


def _foot(around: Around, day: str) -> Markup:
    """The running foot as a string of CSS. What is no plain letter is written by its number: none ends the string."""
    words = " · ".join(part for part in (around.partnership or around.title, day) if part)[:120]
    return Markup(re.sub(r"[^A-Za-z0-9 ]", lambda sign: f"\\{ord(sign[0]):06x} ", printable(words)))


@cache
def _style() -> str:
    return files("ctekit.site").joinpath("site.css").read_text("utf-8")


@cache
def _environment() -> Environment:
    jinja = environment(PackageLoader("ctekit.site"))
    jinja.filters["runs"] = runs
    jinja.filters["address"] = address
    jinja.filters["kind"] = lambda block: type(block).__name__
    jinja.filters["lines"] = lambda words: words.split("\n")
    jinja.tests["gap"] = lambda run: hasattr(run, "where")
    return jinja
