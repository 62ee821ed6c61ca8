"""Middle answers on the ladder from 0 to 4, one row a question or element: a mark a sector, a thick line for all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ctekit.charts._chart import BLUE, GRAY, GREEN, INK, ORANGE, PURPLE, RED, SKY, YELLOW
from ctekit.charts._layout import EDGE, MOST_ROWS, SMALL, board, width
from ctekit.ratings import SECTORS
from ctekit.ratings.results import OTHERS, Results
from ctekit.rubric import LADDER

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ctekit.workbook import Workbook

GROUPS = (*SECTORS, OTHERS)
SIGNS = dict(
    zip(
        GROUPS,
        (("o", BLUE), ("s", ORANGE), ("^", GREEN), ("D", RED), ("v", PURPLE), ("P", SKY), ("X", YELLOW), ("*", GRAY)),
        strict=True,
    )
)
"""Each group keeps its sign from chart to chart."""
NOT_RATED = "Nobody has been asked yet: no round is revealed. Rate alone in 00-start-here or with any of the seven."
_KEY, _APART = 20, 13


def rated(book: Workbook) -> Results | None:
    """The latest revealed round about the rubric; votes and the exit ballot are none."""
    about = [one for one in book.rounds() if any(each.number[:1].isdigit() for each in one.indicators)]
    return about[-1] if about else None


def draw(
    figure: Figure,
    labels: Sequence[str],
    groups: Sequence[str],
    medians: Sequence[Sequence[float | None]],
    everyone: Sequence[float | None],
    words: Sequence[str],
) -> None:
    """Draw the rows.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
    labels : sequence of str
        One a row.
    groups : sequence of str
        Those with a sign.
    medians : sequence of sequences
        For each row, the median of each group; None where it is not shown.
    everyone : sequence
        For each row, the median of all.
    words : sequence of str
        What stands at the end of each row.
    """
    across = figure.get_figwidth() * 72
    key = _key(groups, across)
    lines = max((line for _, line, _ in key), default=-1) + 1
    beside = max((width(said) for said in words), default=0) + 22
    shown = labels[:MOST_ROWS]
    tallest = max((_stacked(row) for row in medians[:MOST_ROWS]), default=1)
    made = board(
        figure,
        shown,
        left=0.4,
        right=beside,
        head=lines * _KEY + 12,
        foot=40,
        least=max(38, tallest * _APART + 14),
        total=len(labels),
    )
    if not labels:
        return
    room = made.right - made.left - 16

    def at(level: float) -> float:
        return made.left + 8 + room * level / LADDER[-1].step

    for (x, line, name), (sign, color) in zip(key, [("|", INK), *(SIGNS[one] for one in groups)], strict=True):
        y: float = 14 + line * _KEY
        if sign == "|":
            made.axes.vlines(x + 6, y - 7, y + 7, colors=INK, linewidth=3.5)
        else:
            made.mark([(x + 6, y)], sign, color, 9)
        made.write(x + 16, y, name, size=SMALL)
    made.rules()
    made.scale([at(one.step) for one in LADDER], [str(one.step) for one in LADDER], "median level, 0 to 4")
    rows = zip(made.middles, medians, everyone, words, strict=False)
    for y, row, middle, said in rows:
        if middle is not None:
            half = max(11, _stacked(row) * _APART / 2 + 2)
            made.axes.vlines(at(middle), y - half, y + half, colors=INK, linewidth=3.5, zorder=1.2)
        for group, value in zip(groups, row, strict=True):
            if value is not None:
                same = [one for one, other in zip(groups, row, strict=True) if other == value]
                down = (same.index(group) - (len(same) - 1) / 2) * _APART
                made.mark([(at(value), y + down)], *SIGNS[group], 9)
        made.write(made.right + 14, y, said)


def _stacked(row: Sequence[float | None]) -> int:
    """How many signs stand above each other at most."""
    there = [value for value in row if value is not None]
    return max((there.count(value) for value in there), default=1)


def _key(groups: Sequence[str], across: float) -> list[tuple[float, int, str]]:
    """Where each sign is explained: x, line, name."""
    found: list[tuple[float, int, str]] = []
    x, line = EDGE, 0
    for name in ("everyone", *groups):
        long = width(name, SMALL) + 30
        if x + long > across and x > EDGE:
            x, line = EDGE, line + 1
        found.append((x, line, name))
        x += long
    return found
