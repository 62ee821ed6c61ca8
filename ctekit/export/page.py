"""The frame around a sheet for a workshop or the page of an exercise: head, style, footer. Jinja escapes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, Template
from markupsafe import Markup

from ctekit import views
from ctekit.export.terminal import readable
from ctekit.views import paper
from ctekit.views.render import environment

TEMPLATES = Path(__file__).parent / "templates"


@dataclass
class Page:
    """What stands around the content of a sheet.

    Attributes
    ----------
    title : str
        The H1.
    partnership : str
        Its name; "" where there is none.
    private : bool
        Is for the facilitator only.
    sample : bool
        Everything is invented.
    kind : str
        ``sheet``, made to be printed; or ``page``, such as that of an exercise.
    language : str
        Of the content.
    style : str
        CSS for this sheet alone; from us, never from people.
    """

    title: str = ""
    partnership: str = ""
    private: bool = False
    sample: bool = False
    kind: str = "page"
    language: str = "en"
    style: str = ""


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


@cache
def _environment() -> Environment:
    return environment(FileSystemLoader(TEMPLATES / "ctekit"))


@cache
def _template(name: str) -> Template:
    return _environment().get_template(f"{name}.html.j2")


@cache
def _style() -> str:
    return views.stylesheet() + _read("page.css")


def _read(name: str) -> str:
    return (TEMPLATES / "ctekit" / name).read_text(encoding="utf-8")
