"""Honest blanks: nobody knows yet, or the question does not apply."""

from __future__ import annotations

from typing import Any

from ctekit.model.errors import InvalidAnswerError
from ctekit.model.kinds import DATE, TEXT
from ctekit.model.question import Json, Question
from ctekit.model.reading import read

MARKS = ("to find out", "does not apply")

_PARTS = {
    "whom": Question(TEXT, "From whom"),
    "because": Question(TEXT, "Because"),
    "by": Question(DATE, "By when"),
}


def read_mark(given: Any) -> Json:
    """Read an honest blank: *to find out* (from whom, by when), or *does not apply* (because ...); None for neither.

    Parameters
    ----------
    given : object
        None, or a mapping with the `kind` and any of the parts `whom`, `by` and `because`.

    Returns
    -------
    dict or None
        The kind, and those of its parts that are not blank.

    Raises
    ------
    InvalidAnswerError
        It is none of the two, or one of its parts cannot be read.
    """
    if given is None or (isinstance(given, str | dict) and not given):
        return None
    if not isinstance(given, dict) or given.get("kind") not in MARKS:
        raise InvalidAnswerError("Choose “to find out” or “does not apply”, or leave it blank.")
    mark = {name: read(question, given.get(name)) for name, question in _PARTS.items()}
    return {"kind": given["kind"]} | {name: part for name, part in mark.items() if part is not None}
