"""Middle answers on the ladder from 0 to 4, one row a question or element: a mark a sector, a thick line for all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ctekit.charts._drawing import BLUE, GRAY, GREEN, INK, ORANGE, PURPLE, RED, SKY, YELLOW, Drawing
from ctekit.charts._layout import EDGE, MOST_ROWS, SMALL, Layout, rows_layout, text_width
from ctekit.ratings import SECTORS
from ctekit.ratings.results import OTHERS, Results
from ctekit.rubrics import LADDER

if TYPE_CHECKING:
    from ctekit.workbook import Workbook

GROUPS = (*SECTORS, OTHERS)
SIGNS = dict(
    zip(
        GROUPS,
        (
            ("circle", BLUE),
            ("square", ORANGE),
            ("up", GREEN),
            ("diamond", RED),
            ("down", PURPLE),
            ("plus", SKY),
            ("cross", YELLOW),
            ("star", GRAY),
        ),
        strict=True,
    )
)
"""Each group keeps its sign from chart to chart."""
NOT_RATED = "Nobody has been asked yet: no round is revealed. Rate alone in 00-start-here or with any of the seven."
_KEY, _APART = 20, 13


def rated(book: Workbook) -> Results | None:
    """The latest revealed round about the rubric; votes and the exit ballot are none."""
    about = [
        results for results in book.rounds() if any(indicator.number[:1].isdigit() for indicator in results.indicators)
    ]
    return about[-1] if about else None


def draw(
    labels: Sequence[str],
    groups: Sequence[str],
    medians: Sequence[Sequence[float | None]],
    everyone: Sequence[float | None],
    words: Sequence[str],
    width: float,
) -> Drawing:
    """Draw the rows.

    Parameters
    ----------
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
    width : float
        Points of the sheet.
    """
    key = _key(groups, width)
    lines = max((line for _, line, _ in key), default=-1) + 1
    beside = max((text_width(label) for label in words), default=0) + 22
    shown = labels[:MOST_ROWS]
    tallest = max((_stacked(row) for row in medians[:MOST_ROWS]), default=1)
    layout = rows_layout(
        shown,
        width=width,
        left=0.4,
        right=beside,
        head=lines * _KEY + 12,
        foot=40,
        least=max(38, tallest * _APART + 14),
        total=len(labels),
    )
    if not labels:
        return layout.drawing
    room = layout.right - layout.left - 16

    def at(level: float) -> float:
        return layout.left + 8 + room * level / LADDER[-1].step

    _draw_key(layout, key, groups)
    layout.rules()
    layout.scale([at(level.step) for level in LADDER], [str(level.step) for level in LADDER], "middle answer, 0 to 4")
    rows = zip(layout.middles, medians, everyone, words, strict=False)
    for y, row, middle, label in rows:
        if middle is not None:
            half = max(11, _stacked(row) * _APART / 2 + 2)
            layout.down(at(middle), y - half, y + half, 3.5)
        for group, value in zip(groups, row, strict=True):
            if value is not None:
                same = [name for name, median in zip(groups, row, strict=True) if median == value]
                down = (same.index(group) - (len(same) - 1) / 2) * _APART
                layout.mark([(at(value), y + down)], *SIGNS[group], 9)
        layout.write(layout.right + 14, y, label)
    return layout.drawing


def _draw_key(layout: Layout, key: Sequence[tuple[float, int, str]], groups: Sequence[str]) -> None:
    """Draw which sign is whose, over the rows."""
    for (x, line, name), (sign, color) in zip(key, [("|", INK), *(SIGNS[group] for group in groups)], strict=True):
        y: float = 14 + line * _KEY
        if sign == "|":
            layout.down(x + 6, y - 7, y + 7, 3.5)
        else:
            layout.mark([(x + 6, y)], sign, color, 9)
        layout.write(x + 16, y, name, size=SMALL)


def _stacked(row: Sequence[float | None]) -> int:
    """How many signs stand above each other at most."""
    there = [value for value in row if value is not None]
    return max((there.count(value) for value in there), default=1)


def _key(groups: Sequence[str], width: float) -> list[tuple[float, int, str]]:
    """Where each sign is explained: x, line, name."""
    entries: list[tuple[float, int, str]] = []
    x, line = EDGE, 0
    for name in ("everyone", *groups):
        long = text_width(name, SMALL) + 30
        if x + long > width and x > EDGE:
            x, line = EDGE, line + 1
        entries.append((x, line, name))
        x += long
    return entries
