"""What goes wrong for people: one sentence that says what happened, what was expected and what to do next."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path
from traceback import extract_tb

_PACKAGE = Path(__file__).parent.parent


class CtekitError(Exception):
    """An error whose message is one sentence for people; commands, forms and notebooks show it as it stands."""

    def _render_traceback_(self) -> list[str]:
        """What IPython shows in place of a traceback."""
        return [str(self)]


class InvalidAnswerError(CtekitError, ValueError):
    """What was typed cannot be read as this kind of answer. The message is one sentence for people."""


class NotFoundError(CtekitError, LookupError):
    """There is no worksheet, question, row, chart or sample of that name; the message says which ones there are."""


def refuse_stripped() -> None:
    """See that Python kept the docstrings: a rule's is the statement that people read.

    Raises
    ------
    CtekitError
        It runs with ``-OO`` or ``PYTHONOPTIMIZE=2``.
    """
    if sys.flags.optimize > 1:
        raise CtekitError(
            "ctekit needs Python's docstrings. Unset PYTHONOPTIMIZE (or leave -OO out), then start again."
        )


def describe_fault(error: BaseException) -> str:
    """What a fault is called and where in ctekit it came up. What it says may hold answers, and is left out."""
    place = ""
    for frame in extract_tb(error.__traceback__):
        if (path := Path(frame.filename)).is_relative_to(_PACKAGE):
            place = f" in {path.relative_to(_PACKAGE).as_posix()}, line {frame.lineno}"
    return type(error).__name__ + place


def did_you_mean(name: str, there: Iterable[str]) -> str:
    """What follows "No chart is called 'x'.": a guess at the nearest name, with a space before it; "" for no guess."""
    near = get_close_matches(name, list(there), 1)
    return f" Did you mean '{near[0]}'?" if near else ""


def not_found(worksheet: str, what: str, name: str, there: Sequence[str]) -> NotFoundError:
    """The error that names the nearest, and what else there is.

    Parameters
    ----------
    worksheet, what, name : str
        Where it was looked for, what it would be ("question", "row"), and how it was called.
    there : sequence of str
        The names that there are.

    Returns
    -------
    NotFoundError
        To be raised.
    """
    guess = did_you_mean(name, there)
    some = ", ".join(there[:30]) or "none yet"
    return NotFoundError(
        f"“{worksheet}” has no {what} called '{name}'.{guess} Its {what}s are: {some}{' …' if len(there) > 30 else ''}."
    )
