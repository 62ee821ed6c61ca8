"""Where notebooks, exercises and data lie: in the installed package, or beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

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
