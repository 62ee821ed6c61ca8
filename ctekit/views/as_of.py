"""Any view as of an earlier day: the same view of the workbook as it stood then, and a line that says so."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any

from ctekit.model.days import long_day
from ctekit.model.errors import CtekitError
from ctekit.views.render import render
from ctekit.workbook import Workbook


def over_time(view: Callable[..., str]) -> Callable[..., str]:
    """Give a view one more argument, ``as_of``: a day such as ``"2027-01-15"``, or "" for now.

    A day that cannot be looked back to is said in the page, where the notebook asks for it; it stops nothing.
    """

    @wraps(view)
    def shown(book: Workbook, *words: Any, as_of: str = "", **named: Any) -> str:
        if not as_of:
            return view(book, *words, **named)
        try:
            then = book.as_of(as_of)
        except CtekitError as error:
            return render("as_of", day="", words=str(error))
        nothing = "" if then.revision else "Nothing had been saved by then."
        return f"{render('as_of', day=long_day(then.as_it_stood_on), words=nothing)}\n{view(then, *words, **named)}"

    signature = inspect.signature(view)
    more = inspect.Parameter("as_of", inspect.Parameter.KEYWORD_ONLY, default="", annotation="str")
    # What `wraps` would give leaves the new argument out, and an exported page asks for it.
    vars(shown)["__signature__"] = signature.replace(parameters=[*signature.parameters.values(), more])
    return shown
