"""The showing verbs: a workbook and arguments in, static and escaped HTML out. Nothing here writes anything.

The same fragments are a notebook's ``_repr_html_`` and the exported page. `SENTENCES` is the only list of verbs.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files

from ctekit.views.agenda import agenda
from ctekit.views.as_of import over_time
from ctekit.views.changes import changes
from ctekit.views.chart import chart
from ctekit.views.check import check
from ctekit.views.handover import handover
from ctekit.views.overview import overview
from ctekit.views.picture import picture
from ctekit.views.ratings import rate
from ctekit.views.thread import thread
from ctekit.views.worksheet import worksheet

_VERBS = (worksheet, check, chart, overview, picture, thread, changes, handover, rate, agenda)

__all__ = ["SENTENCES", "stylesheet", *(verb.__name__ for verb in _VERBS)]

SENTENCES: dict[str, Callable[..., str]] = {verb.__name__: over_time(verb) for verb in _VERBS}
"""By verb: takes the workbook, the arguments written in the notebook, ``private``, and ``as_of`` for a look back."""


@cache
def stylesheet() -> str:
    """The style of every fragment, to stand once in a page or a cell's output.

    Returns
    -------
    str
        CSS.
    """
    return files("ctekit.views").joinpath("ctekit.css").read_text(encoding="utf-8")
