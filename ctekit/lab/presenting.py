"""What stands on the wall while a guided notebook is presented."""

from __future__ import annotations

from functools import cache
from typing import Any

from ctekit import views, worksheets
from ctekit.model.worksheet import Worksheet
from ctekit.partnership import Partnership


@cache
def _kinds() -> dict[str, type[Worksheet]]:
    return {kind.notebook: kind for kind in worksheets.every().values()}


def known(notebook: str) -> bool:
    """Whether a notebook is guided, such as ``"02-purpose"``."""
    return notebook in _kinds()


def present(partnership: Partnership | None, notebook: str) -> dict[str, Any]:
    """Show a notebook's worksheet to a room.

    Parameters
    ----------
    partnership : Partnership or None
    notebook : str
        One that is `known`.

    Returns
    -------
    dict
        ``title`` and ``html``. Answers for the facilitator only are not in it, whatever else is on the screen.
    """
    kind = _kinds()[notebook]
    if partnership is None:
        return {"title": kind.title, "html": "<p>There is no partnership in this folder yet.</p>"}
    view = views.SENTENCES["worksheet"](partnership.book.public(), kind.slug)
    return {"title": kind.title, "html": f"<style>{views.stylesheet()}</style>{view}"}
