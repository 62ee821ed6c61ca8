"""ctekit: the workshop toolkit for partnerships of schools, colleges and employers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from os import PathLike

    from ctekit.jupyter.exercise import Exercise
    from ctekit.jupyter.partnership import Partnership
    from ctekit.jupyter.state import State

__version__ = "0.1.0"
"""The version, such as ``"0.1.0"``."""

__all__ = ["__version__", "open_exercise", "open_partnership", "open_state"]


def open_partnership(path: str | PathLike[str] = ".") -> Partnership:
    """Open the partnership kept in a folder.

    Parameters
    ----------
    path : path
        The folder that holds ``partnership.ctekit``; the notebook's own folder if not told.

    Returns
    -------
    Partnership
        Also when there is none yet: ``partnership.exists`` is then False, and what would show a worksheet offers to
        start one.

    Raises
    ------
    ctekit.store.StoreError
        The file is there but cannot be used; one sentence says why and what to do.
    """
    from ctekit.jupyter.partnership import Partnership
    from ctekit.widgets import preload

    preload.load()
    return Partnership(path)


def open_exercise(name: str, path: str | PathLike[str] = ".") -> Exercise:
    """Open an exercise on a practice partnership of its own; the first time, it is made.

    Parameters
    ----------
    name : str
        Such as ``"roles"``.
    path : path
        The folder with the exercises; their practice partnerships lie in its folder ``practice``. The notebook's own
        folder if not told.

    Returns
    -------
    Exercise
        What the notebook of an exercise talks to.

    Raises
    ------
    ctekit.model.errors.NotFoundError
        There is no such exercise.
    ctekit.store.StoreError
        The practice partnership cannot be made or opened.
    """
    from ctekit.jupyter.exercise import Exercise

    return Exercise(name, path)


def open_state(path: str | PathLike[str] = ".") -> State:
    """Open a state's folder, to see the partnerships in it added up.

    Parameters
    ----------
    path : path
        The folder that holds the folder ``partnerships``; the notebook's own folder if not told.

    Returns
    -------
    State
        What the state's notebook talks to. Nothing is read before it is asked.
    """
    from ctekit.jupyter.state import State

    return State(path)
