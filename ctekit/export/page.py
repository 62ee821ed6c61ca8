"""The frame around every page and sheet: head, landmarks, navigation, style, footer. Jinja with escaping on."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from ctekit import views
from ctekit.export.sources import address
from ctekit.export.terminal import readable
from ctekit.model.days import long_day
from ctekit.views import paper
from ctekit.workbook import Workbook
from ctekit.worksheets.profile import Profile

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Link:
    """One entry of a navigation."""

    href: str
    words: str
    here: bool = False


@dataclass
class Page:
    """What stands around the content of a page.

    Attributes
    ----------
    title : str
        The H1.
    partnership : str
        Its name; "" where there is none.
    pages : list of Link
        The other pages of the partnership.
    contents : list of Link
        The parts of this page.
    saved : str
        "As saved at ...", or "".
    sample : bool
        Everything is invented.
    private : bool
        Shows what is for the facilitator only.
    speaks : bool
        Something on the page comes from the store.
    kind : str
        ``page`` or ``sheet``; a sheet is made to be printed.
    language : str
        Of the content.
    style : str
        CSS for this page alone; from us, never from people.
    """

    title: str = ""
    partnership: str = ""
    pages: list[Link] = field(default_factory=list)
    contents: list[Link] = field(default_factory=list)
    saved: str = ""
    sample: bool = False
    private: bool = False
    speaks: bool = False
    kind: str = "page"
    language: str = "en"
    style: str = ""


def around(stems: Sequence[str], book: Workbook | None, here: str, private: bool) -> Page:
    """The page of one notebook, before its content is known.

    Parameters
    ----------
    stems : sequence of str
        The names of the notebooks that have a page, in order.
    book : Workbook or None
    here : str
        The name of this one.
    private : bool
    """
    links = [Link("index.html", "All pages", here == "index")] if stems else []
    links += [Link(address(stem), label(stem), stem == here) for stem in stems]
    page = Page(pages=links, private=private)
    if book is not None:
        profile = book[Profile]
        page.partnership, page.sample = profile.name or "", bool(profile.invented_sample)
        page.saved = saved(book)
    return page


def label(stem: str) -> str:
    """The short name of a page: "02-purpose" gives "2 Purpose"."""
    number, rest = (stem[:2], stem[2:]) if stem[:2].isdecimal() else ("", stem)
    words = re.sub(r"[-_\s]+", " ", rest).strip().capitalize() or stem
    return f"{int(number)} {words}" if number in ("01", "02", "03", "04", "05", "06", "07") else words


def saved(book: Workbook) -> str:
    """What the page was made from, in words."""
    then = f"As it stood on {long_day(book.as_it_stood_on)}" if book.as_it_stood_on else ""
    if not book.saved_at:
        return f"{then}: nothing had been saved yet" if then else ""
    at = datetime.datetime.fromisoformat(book.saved_at)
    zone = " UTC" if at.tzinfo else ""
    at = at.astimezone(datetime.UTC) if at.tzinfo else at
    said = f"s saved at {at:%H:%M:%S}{zone} on {long_day(at)}, revision {book.revision}"
    return f"{then}: a{said}" if then else f"A{said}"


def framed(page: Page, content: str) -> str:
    """The whole page.

    Parameters
    ----------
    page : Page
    content : str
        HTML that is safe already.
    """
    css = (_style() if page.kind == "page" else _style() + paper.stylesheet()) + page.style
    return readable(_template("frame").render(page=page, content=Markup(content), css=Markup(css))) + "\n"


def fragment(template: str, **values: object) -> str:
    """A piece of a page, from one of our templates."""
    return _template(template).render(**values)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES / "ctekit"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _template(name: str) -> Template:
    return _environment().get_template(f"{name}.html.j2")


@cache
def _style() -> str:
    return views.stylesheet() + _read("page.css")


def _read(name: str) -> str:
    return (TEMPLATES / "ctekit" / name).read_text(encoding="utf-8")
