"""The showing verbs: a workbook and arguments in, static and escaped HTML out. Nothing here writes anything.

The same fragments are a notebook's ``_repr_html_`` and the exported page. `SENTENCES` is the only list of verbs.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files

from ctekit.views.chart import chart
from ctekit.views.check import check
from ctekit.views.over_time import over_time
from ctekit.views.worksheet import worksheet

__all__ = ["SENTENCES", "chart", "check", "stylesheet", "worksheet"]

SENTENCES: dict[str, Callable[..., str]] = {view.__name__: over_time(view) for view in (worksheet, check, chart)}
"""By verb: takes the workbook, the arguments written in the notebook, ``private``, and ``as_of`` for a look back."""


@cache
def stylesheet() -> str:
    """The style of every fragment, to stand once in a page or a cell's output."""
    return files("ctekit.views").joinpath("ctekit.css").read_text(encoding="utf-8")
