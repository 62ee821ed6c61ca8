"""The marks on the wall and what each means: one legend for scripts, run sheets, posters and the kit."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Mark:
    """Something that people put on the wall.

    Attributes
    ----------
    name, plural : str
        What it is called, with its shape.
    means : str
        What somebody says by it.
    """

    name: str
    plural: str
    means: str


@cache
def marks() -> dict[str, Mark]:
    """All marks.

    Returns
    -------
    dict
        By the word that texts name each with.
    """
    content = tomllib.loads(files("ctekit.workshop").joinpath("marks.toml").read_text(encoding="utf-8"))
    return {word: Mark(**entry) for word, entry in content.items()}


def with_marks(content: str) -> str:
    """Put the marks' names into a text.

    Parameters
    ----------
    content : str
        It names them as ``{must}``, ``{musts}``, ``{Must}`` or ``{legend}``.

    Returns
    -------
    str
    """
    return re.sub(r"\{(\w+)\}", lambda place: _words().get(place[1], place[0]), content)


@cache
def _words() -> dict[str, str]:
    words = {"legend": "; ".join(f"{mark.name}: {mark.means}" for mark in marks().values())}
    words |= {word: mark.name for word, mark in marks().items()}
    words |= {f"{word}s": mark.plural for word, mark in marks().items()}
    return words | {word.capitalize(): name[0].upper() + name[1:] for word, name in words.items()}
