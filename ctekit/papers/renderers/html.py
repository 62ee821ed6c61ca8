"""A paper as a web page: one file, no script, no request; printed, it is the paper."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from ctekit import views
from ctekit.model.days import long_day
from ctekit.model.text import legible
from ctekit.papers._blocks import Paper, runs

SUFFIX = ".html"


def render(paper: Paper) -> bytes:
    """Write a paper as HTML (UTF-8)."""
    css = files("ctekit.papers").joinpath("paper.css").read_text("utf-8")
    page = environment().get_template("paper.html.j2").render(paper=paper, css=Markup(css), day=long_day(paper.day))
    return (page + "\n").encode()


@cache
def environment() -> Environment:
    """Read our templates, with escaping on; text from people is made legible."""
    templates = views.render.environment(PackageLoader("ctekit.papers", "."))
    templates.filters["runs"] = runs
    templates.tests["gap"] = lambda run: hasattr(run, "where")
    templates.filters["kind"] = lambda block: type(block).__name__
    # The SVG is ours: what people typed is escaped when it is written.
    templates.filters["svg"] = lambda chart: Markup(legible(chart.svg()))
    templates.filters["lines"] = lambda words: words.split("\n")
    return templates
