"""A state's folder: the partnerships' files that it was given, and its own copy of the state's notebook."""

from __future__ import annotations

from pathlib import Path

from ctekit.model.files import make_folder, refuse_unfit, write_whole
from ctekit.model.paths import content

NOTEBOOK = "98-state-view.ipynb"
PARTNERSHIPS = "partnerships"
"""The folder in a state's folder that holds the partnerships' files."""

_READ_ME = (
    "Put each partnership's folder, its .ctekit file or its .counts.json file in here. They are only read. Then open "
    "the notebook beside this folder, or run: ctekit rollup\n"
)


def make(folder: Path) -> Path:
    """Start a state's folder: for the files of partnerships, and a notebook that adds them up. What is there stays.

    Parameters
    ----------
    folder : Path
        Made if it is not there.

    Returns
    -------
    Path
        Where the partnerships' files belong.

    Raises
    ------
    CtekitError
        The folder cannot be written, or is called as none can be on Windows.
    """
    notebook, partnerships = folder / NOTEBOOK, folder / PARTNERSHIPS
    refuse_unfit(folder)
    make_folder(partnerships)
    if not notebook.exists():
        write_whole(notebook, content("notebooks", "state", NOTEBOOK).read_bytes())
    if not any(partnerships.iterdir()):
        write_whole(partnerships / "README.txt", _READ_ME.encode())
    return partnerships


def is_state(folder: Path) -> bool:
    """Whether a folder is a state's.

    Parameters
    ----------
    folder : Path
        Any folder.

    Returns
    -------
    bool
        False also for a folder that is not there.
    """
    return (folder / NOTEBOOK).is_file()
