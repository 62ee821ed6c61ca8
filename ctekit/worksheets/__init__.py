"""The worksheets, one module an element. A module is found by being here: nothing else is registered."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from ctekit.model.errors import NotFoundError, did_you_mean
from ctekit.model.worksheet import Worksheet

__all__ = ["called", "every", "short_title"]


@cache
def every() -> dict[str, type[Worksheet]]:
    """All worksheets by slug, in the order of the elements.

    Returns
    -------
    dict
        Slug -> class.
    """
    kinds = []
    for module in pkgutil.iter_modules(__path__):
        names = vars(importlib.import_module(f"{__name__}.{module.name}"))
        kinds += [
            kind
            for kind in names.values()
            if isinstance(kind, type) and issubclass(kind, Worksheet) and kind.__module__ == names["__name__"]
        ]
    return {kind.slug: kind for kind in sorted(kinds, key=lambda kind: kind.element)}


def called(name: str) -> type[Worksheet]:
    """The worksheet with this slug.

    Parameters
    ----------
    name : str
        Such as ``"purpose"``.

    Returns
    -------
    type
        A class of worksheets, not the answers to one.

    Raises
    ------
    NotFoundError
        With one sentence that names the nearest and all of them.
    """
    kinds = every()
    if name in kinds:
        return kinds[name]
    guess = did_you_mean(name, kinds)
    raise NotFoundError(f"No worksheet is called '{name}'.{guess} The worksheets are: {', '.join(kinds)}.")


def short_title(kind: type[Worksheet]) -> str:
    """A worksheet in one or two words, as the outline of the notebooks has it.

    Parameters
    ----------
    kind : type
        A class of worksheets.

    Returns
    -------
    str
        Such as ``"Recruitment"``.
    """
    return kind.notebook.partition("-")[2].replace("-", " ").capitalize()
