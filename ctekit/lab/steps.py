"""The outline of the guided notebooks: where each of them stands."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

from ctekit import ratings, worksheets, workspace
from ctekit.model.worksheet import Worksheet
from ctekit.views.standing import progress
from ctekit.workbook import Workbook


@dataclass(frozen=True)
class Step:
    """One guided notebook in the outline.

    Attributes
    ----------
    notebook : str
        Its file, such as ``"02-purpose.ipynb"``.
    number : str
        The element's number; "" before and after the seven.
    title : str
        One or two words.
    state : str
        ``"blank"``, ``"begun"`` or ``"ready"``.
    words : str
        The same in words, with how many quick questions are answered.
    """

    notebook: str
    number: str
    title: str
    state: str
    words: str


def steps(book: Workbook) -> list[Step]:
    """Say where every guided notebook stands, in their order.

    Parameters
    ----------
    book : Workbook
        Answers for the facilitator only are not counted.

    Returns
    -------
    list of Step
    """
    public = book.public()
    return [_step(kind, public.sheets[kind.slug]) for kind in worksheets.every().values()]


def _step(kind: type[Worksheet], sheet: Worksheet) -> Step:
    answered, asked = progress(sheet)
    state = "ready" if sheet.ready else "begun" if sheet.begun else "blank"
    words = {"ready": "Ready", "begun": f"{answered} of {asked}", "blank": "Not begun"}[state]
    number = str(kind.element) if kind.slug in ratings.elements() else ""
    return Step(f"{kind.notebook}.ipynb", number, worksheets.short_title(kind), state, words)


@cache
def sources() -> frozenset[str]:
    """The code cells of the guided notebooks and the exercises as they are shipped: what runs by itself.

    Returns
    -------
    frozenset of str
        The source of each.
    """
    shipped = [path for path in (*workspace.notebooks(), *workspace.exercises()) if path.suffix == ".ipynb"]
    cells = (cell for path in shipped for cell in json.loads(path.read_text("utf-8"))["cells"])
    return frozenset("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
