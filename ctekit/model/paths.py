"""Where notebooks, exercises and data lie: in the installed package, or beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

STORE_FILE = "partnership.ctekit"
"""How the store's file is called in a partnership's folder."""

_PACKAGE = Path(__file__).parent.parent


def content(*parts: str) -> Path:
    """The path of something that travels with ctekit.

    Parameters
    ----------
    *parts : str
        As in a checkout: ``content("data", "sample")``.

    Returns
    -------
    Path
        Inside ``ctekit/content`` where ctekit was installed from a wheel, else beside the package. Whether the path
        exists is for the caller to ask.
    """
    installed = _PACKAGE / "content"
    return (installed if installed.is_dir() else _PACKAGE.parent).joinpath(*parts)


def notebooks(folder: Path) -> list[Path]:
    """The guided notebooks and exercises of a folder, in their order: those whose name begins with two digits."""
    return sorted(folder.glob("[0-9][0-9]-*.ipynb"))
