"""What is printed: empty worksheets, need cards, the slip and the ballot for the room.

Each function gives a fragment that begins a new page; `stylesheet` goes with them. Lines and boxes need no color.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, get_args

from ctekit import ratings, rubrics, worksheets
from ctekit.model.questions import Question
from ctekit.views.render import render
from ctekit.worksheets.profile import Sector
from ctekit.worksheets.recruitment import Need, Recruitment

ROWS = 10
"""Empty rows of a table on paper, ready-made ones included; more go on a second print."""

FITS_ACROSS = 4
"""More columns than this leave no room to write: each row becomes a box of its own."""

CARDS_A_PAGE = 8


@dataclass(frozen=True)
class Space:
    """One question with room to answer it by hand.

    Attributes
    ----------
    title, hint : str
    options : tuple of str
        To tick; empty where one writes.
    lines : int
        Ruled lines to write on.
    """

    title: str
    hint: str
    options: tuple[str, ...] = ()
    lines: int = 1


@dataclass(frozen=True)
class RuledTable:
    """An empty table: its columns, and the names that stand ready in its first one ("" where there is none)."""

    title: str
    hint: str
    columns: tuple[Space, ...]
    names: tuple[str, ...]

    @property
    def boxes(self) -> bool:
        """Whether each row is a box of its own."""
        return len(self.columns) > FITS_ACROSS


@dataclass(frozen=True)
class PaperGrid:
    """An empty matrix with its legend."""

    title: str
    hint: str
    along: str
    legend: tuple[tuple[str, str], ...]
    down: int = 10
    across: int = 9


@cache
def stylesheet() -> str:
    """The style of everything on paper."""
    return files("ctekit.views").joinpath("paper.css").read_text(encoding="utf-8")


def blank(name: str) -> str:
    """Print one worksheet empty: its quick questions, with room to write.

    Raises
    ------
    LookupError
        There is no such worksheet.
    """
    kind = worksheets.called(name)
    quick = {field: question for field, question in kind.questions().items() if question.quick and not question.private}
    parts: list[tuple[str, Space | RuledTable | PaperGrid]] = []
    for field, question in quick.items():
        if field == "ready":
            continue
        if question.is_rows:
            parts.append(("rows", _ruled(question)))
        elif question.is_matrix:
            legend = tuple(zip(question.options, question.meanings, strict=True))
            parts.append(
                ("matrix", PaperGrid(question.title, question.hint, kind.tables()[question.along].title, legend))
            )
        else:
            parts.append(("space", space(question)))
    return render("paper_blank", title=kind.title, element=kind.element, parts=parts)


def need_cards() -> str:
    """Print one page of need cards to cut apart: one need a card, no names."""
    priorities = Need.questions()["priority"].options
    return render("paper_cards", title=Recruitment.title, cards=range(CARDS_A_PAGE), priorities=priorities)


def slip() -> str:
    """Print the give-and-get slip that partners fill for each other, read back and sign."""
    return render("paper_slip")


def ballot() -> str:
    """Print the rating ballot of the quick round: seven indicators, the ladder, no name."""
    return render(
        "paper_ballot",
        ladder=rubrics.LADDER,
        indicators=rubrics.HEADLINES,
        dont_know=rubrics.DONT_KNOW,
        not_validated=rubrics.NOT_VALIDATED,
        sectors=get_args(Sector),
    )


def exit_ballot() -> str:
    """Print the ballot for the end of a meeting: two questions, no name, no sector."""
    title, questions = ratings.title_of("exit"), ratings.questions("exit")
    return render("paper_exit", title=title, questions=questions, dont_know=rubrics.DONT_KNOW)


def space(question: Question) -> Space:
    """The room that a question has on paper, by its kind."""
    choices = tuple(words for _, words in question.kind.choices(question))
    return Space(question.title, question.hint, choices, 0 if choices else question.kind.paper_lines)


def _ruled(question: Question) -> RuledTable:
    row: dict[str, Question] = {name: column for name, column in question.row.questions().items() if not column.private}
    quick = {name: column for name, column in row.items() if column.quick} or {
        question.row.named_by: row[question.row.named_by]
    }
    first = next(iter(quick))
    names = [_ready(first, ready) for ready in question.ready]
    names += [""] * max(2, ROWS - len(names))
    return RuledTable(question.title, question.hint, tuple(space(column) for column in quick.values()), tuple(names))


def _ready(field: str, row: Mapping[str, Any]) -> str:
    return str(row.get(field) or "")
