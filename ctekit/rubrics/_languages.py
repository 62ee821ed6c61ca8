"""The languages there are: English, and a folder of tables for each other one in ``ctekit/languages``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any


def languages() -> tuple[str, ...]:
    """English, and each language that has a folder in ``ctekit/languages``.

    Returns
    -------
    tuple of str
        Such as ``("en", "es")``.
    """
    folders = files("ctekit").joinpath("languages").iterdir()
    return ("en", *sorted(folder.name for folder in folders if folder.is_dir() and folder.name.isalpha()))


def translation(language: str, table: str) -> Mapping[str, Any]:
    """One table of a language's folder.

    Parameters
    ----------
    language : str
        Such as ``"es"``.
    table : str
        Such as ``"words.toml"``.

    Returns
    -------
    mapping
        Empty where the language has no such table, as English.
    """
    path = files("ctekit").joinpath("languages", language, table)
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
