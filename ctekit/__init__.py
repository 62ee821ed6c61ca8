"""ctekit: the workshop toolkit for partnerships of schools, colleges and employers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from os import PathLike

    from ctekit.partnership import Partnership

__version__ = "0.1.0"
__all__ = ["__version__", "open_partnership"]


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
    from ctekit.partnership import Partnership

    return Partnership(path)
