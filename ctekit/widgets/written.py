"""Files that a button wrote beside the notebook: told in a sentence, listed, and led to by links."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from markupsafe import Markup


def describe(files: Sequence[Path]) -> str:
    """Where files were written: one by its name, several by how many they are."""
    names = f"{files[0].name} is" if len(files) == 1 else f"{len(files)} files are"
    return f"{names} in the folder “{files[0].parent.name}” beside this notebook."


def list_files(files: Sequence[Path], verb: str = "Open") -> Markup:
    """The links to files: of several each with its name, on a line of its own.

    Parameters
    ----------
    files : sequence of pathlib.Path
    verb : str
        What the link does: a browser saves what it cannot show.

    Returns
    -------
    Markup
    """
    links = [link_to(file, verb, f"{verb} {file.name}") for file in files]
    if len(files) < 2:
        return Markup().join(links)
    lines = [Markup("<li>{}{}</li>").format(file.name, link) for file, link in zip(files, links, strict=True)]
    return Markup('<ul class="ctekit-files">{}</ul>').format(Markup().join(lines))


def link_to(file: Path, words: str, name: str = "") -> Markup:
    """A link to a file in a folder beside this notebook; "" where the notebook lies elsewhere.

    It is hidden where no script of ours (``written.js``) knows by which address the server gives the file.

    Parameters
    ----------
    file : pathlib.Path
    words : str
        The link's.
    name : str
        What it is called aloud, where the words alone do not tell it from others.

    Returns
    -------
    Markup
    """
    if file.parent.parent.resolve() != Path.cwd():
        return Markup()
    return Markup(
        " <a hidden class='ctekit-written' href='{0}' data-page='{0}' aria-label='{1}' target='_blank' rel='noopener'>"
        "{2}</a>"
    ).format(f"{file.parent.name}/{file.name}", name or words, words)
