"""Formats: one module each, found by standing here; each turns any paper into the bytes of a file."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Protocol, cast

from ctekit.model.errors import NotFoundError, did_you_mean
from ctekit.papers._blocks import Paper

FORMATS = tuple(module.name for module in pkgutil.iter_modules(__path__) if module.name[0] != "_")
"""Their names: ``html``, ``ics``, ``markdown``, ``pdf``, ``word``."""


class Module(Protocol):
    """What stands in a format's module."""

    SUFFIX: str

    def render(self, paper: Paper) -> bytes:
        """Write a paper; the same paper always gives the same bytes."""
        ...


def suits(paper: Paper, form: str) -> bool:
    """Whether a paper can be written in a format: a calendar (``ics``) takes what has days for it, all others any.

    Parameters
    ----------
    paper : Paper
    form : str
        One of `FORMATS`.

    Returns
    -------
    bool
    """
    return form != "ics" or bool(paper.events)


def render(paper: Paper, form: str) -> tuple[str, bytes]:
    """Write a paper in a format.

    Parameters
    ----------
    paper : Paper
    form : str
        One of `FORMATS`.

    Returns
    -------
    name : str
        Of its file.
    content : bytes

    Raises
    ------
    NotFoundError
        There is no such format.
    CtekitError
        What the format needs is not installed; the message says how to get it.
    """
    if form not in FORMATS:
        guess = did_you_mean(form, FORMATS)
        raise NotFoundError(f"No format is called '{form}'.{guess} The formats are: {', '.join(FORMATS)}.")
    module = cast(Module, importlib.import_module(f"{__name__}.{form}"))
    return f"{paper.name}{module.SUFFIX}", module.render(paper)
