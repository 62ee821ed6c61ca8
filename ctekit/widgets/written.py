"""Files that a button wrote beside the notebook: told in a sentence, listed, and led to by links."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from markupsafe import Markup

from ctekit.model.text import count

_MOST = 3
"""Files that a sentence names one by one."""


def describe(files: Sequence[Path]) -> str:
    """How many files were written where, without their names: ``2 files are in the folder “papers” …``."""
    return f"{count(len(files), 'file is', 'files are')} in the folder “{files[0].parent.name}” beside this notebook"


def enumerate_names(files: Sequence[Path]) -> str:
    """The names of the first files, and that there are others."""
    return ", ".join(file.name for file in files[:_MOST]) + (" and others" if len(files) > _MOST else "")


def list_files(files: Sequence[Path], verb: str = "Open") -> Markup:
    """Every file by name, each with its link; "" for none.

    Parameters
    ----------
    files : sequence of pathlib.Path
    verb : str
        What the link does: a browser saves what it cannot show.

    Returns
    -------
    Markup
    """
    lines = [Markup("<li>{}{}</li>").format(file.name, link_to(file, verb, f"{verb} {file.name}")) for file in files]
    return Markup('<ul class="ctekit-files">{}</ul>').format(Markup().join(lines)) if lines else Markup()


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
