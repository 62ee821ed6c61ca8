"""The templates: Jinja with escaping always on, so that what people typed can only ever be text."""

from __future__ import annotations

import datetime
from functools import cache
from typing import Any

from jinja2 import BaseLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ctekit.model.days import long_day
from ctekit.model.text import legible


def _finalize(value: Any) -> Any:
    if isinstance(value, datetime.date):
        return long_day(value)
    return legible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def environment(loader: BaseLoader) -> Environment:
    """Read templates with escaping on, where no name can turn the words around it.

    What has no value is an error, not a blank.
    """
    return Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _environment() -> Environment:
    return environment(PackageLoader("ctekit.views"))


def render(template: str, **values: Any) -> str:
    """Fill one template.

    Parameters
    ----------
    template : str
        Its name without ``.html.j2``.
    **values
        What it shows. Every text is escaped; only `markupsafe.Markup` that we made ourselves is not.
    """
    return _environment().get_template(f"{template}.html.j2").render(**values).strip()


def kept_back(what: str) -> str:
    """The line that says what is not shown. Never how many there are: that would tell of what they say."""
    return f"{what} for the facilitator only are not shown."
