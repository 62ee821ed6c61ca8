"""What stands on the wall while a guided notebook is presented."""

from __future__ import annotations

from functools import cache
from typing import Any

from ctekit import ratings, views, worksheets
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


def rated(partnership: Partnership | None) -> list[str]:
    """The notebooks whose answers of a round can be presented.

    Parameters
    ----------
    partnership : Partnership or None

    Returns
    -------
    list of str
        Such as ``"02-purpose"``.
    """
    if partnership is None:
        return []
    book = partnership.book.public()
    return [notebook for notebook in _kinds() if (about := _about(notebook)) and views.ratings.of(book, about)]


def present_answers(partnership: Partnership | None, notebook: str) -> dict[str, Any]:
    """Show a room what it answered in the latest revealed round of a notebook.

    Parameters
    ----------
    partnership : Partnership or None
    notebook : str
        One that is `known`.

    Returns
    -------
    dict
        ``title`` and ``html``, without anything to press.
    """
    about = _about(notebook)
    if partnership is None or not about:
        return present(partnership, notebook)
    view = views.SENTENCES["rate"](partnership.book.public(), about)
    return {"title": ratings.title_of(about), "html": f"<style>{views.stylesheet()}</style>{view}"}


def _about(notebook: str) -> str:
    """What a notebook's round asks; "" where it has none."""
    slug = _kinds()[notebook].slug
    return slug if slug in ratings.elements() else {"profile": "quick", "plan": "exit"}.get(slug, "")
