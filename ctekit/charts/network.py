"""The partnership as a network: organizations in a ring, a line between those who work on the same duties."""

from __future__ import annotations

from itertools import combinations
from math import sqrt
from typing import Any

from ctekit.analysis import participants
from ctekit.charts._chart import Numbers, Words
from ctekit.charts._drawing import BLUE, GREEN, ORANGE, PAPER, PURPLE, RED, SKY, YELLOW, Align, Drawing
from ctekit.charts._layout import (
    EDGE,
    LINE,
    MOST_ROWS,
    SMALL,
    WIDTH,
    Layout,
    beyond,
    fold,
    rows_layout,
    steps_to,
    text_width,
)
from ctekit.charts._words import named, plain
from ctekit.model.text import count
from ctekit.workbook import Workbook
from ctekit.worksheets.profile import Profile
from ctekit.worksheets.roles import Roles
from ctekit.worksheets.value import Value

WORKSHEET = "roles"
QUESTION = "Who works with whom, and who works alone?"

MOST = 30
"""More organizations than this in a ring are a ball of wool: then bars say how many others each works with."""
UNKNOWN = "sector not written"
SECTORS = {
    "convener or intermediary": ("star", YELLOW),
    "K-12": ("square", SKY),
    "postsecondary": ("diamond", BLUE),
    "business & industry": ("circle", ORANGE),
    "workforce or other public agency": ("up", GREEN),
    "community": ("pentagon", PURPLE),
    "learners & families": ("down", RED),
    UNKNOWN: ("circle", PAPER),
}
"""In the order of the ring: marker and color; the shape alone tells them apart."""
AT_WORK = frozenset("ARS")
_FIXED = 4
"""Columns of the table before those of who works with whom."""


def numbers(book: Workbook) -> Numbers:
    """One row an organization, by sector, and a column for each: how many duties the two share.

    A duty is shared by those who answer for it, do it or help with it, and by those whose pledge it keeps. Who is only
    asked or told does not work on it. What partners give goes to the partnership, so that no line says "to whom".
    """
    roles = book[Roles]
    giver = {exchange.id: exchange.organization for exchange in book[Value].exchanges}
    shared: dict[tuple[str, str], int] = {}
    duties: dict[str, int] = {}
    for task in roles.tasks:
        here = {org for org, letters in roles.matrix.get(task.id, {}).items() if AT_WORK & set(letters)}
        here |= {org for give in task.gives if (org := giver.get(give))}
        for org in here:
            duties[org] = duties.get(org, 0) + 1
        for pair in combinations(sorted(here), 2):
            shared[pair] = shared.get(pair, 0) + 1
    active = participants.active_ids(book)
    sector = {organization.id: organization.sector or UNKNOWN for organization in book[Profile].organizations}
    ids = [id for id in sector if id in active or id in duties] + sorted(set(duties) - set(sector))
    ids.sort(key=lambda id: list(SECTORS).index(sector.get(id, UNKNOWN)))
    names = [plain(book.name(id)) for id in ids]
    rows = []
    for organization, name in zip(ids, names, strict=True):
        ties = [shared.get((min(organization, other), max(organization, other)), 0) for other in ids]
        partners = sum(many > 0 for many in ties)
        rows.append((name, sector.get(organization, UNKNOWN), duties.get(organization, 0), partners, *ties))
    columns = ("Organization", "Sector", "Duties it works on", "Others it works with", *names)
    return Numbers(columns, tuple(rows) if duties else ())


def draw(numbers: Numbers, width: float = WIDTH) -> Drawing:
    """Draw the ring; of too many organizations, a bar each instead."""
    rows = numbers.rows
    if len(rows) > MOST:
        return _bars(rows, width)
    right = (len(rows) + 1) // 2
    lines = 1 if len(rows) > 16 else 2
    high = max(lines * SMALL * LINE + 8, 22)
    tall = max(right * high, 190.0) if rows else 0
    legend = _legend(width, {row[1] for row in rows})
    down = 12 + tall + 14 + 18 * (legend[-1][2] + 2 if legend else 0) + EDGE
    layout = Layout(width, down, width * 0.3, width * 0.7, 12, 12 + tall)
    if not rows:
        return layout.drawing
    places = _ring(len(rows), layout)
    for thick, least, most in ((0.9, 1, 1), (2.2, 2, 3), (4.2, 4, 10**6)):
        ways = [
            _bow(places[row], places[other], layout)
            for row, other in combinations(range(len(rows)), 2)
            if least <= rows[row][_FIXED + other] <= most
        ]
        for points in ways:
            layout.line(points, thick)
    for index, (row, (x, y)) in enumerate(zip(rows, places, strict=True)):
        layout.mark([(x, y)], *SECTORS[row[1]], _size(row[1]))
        on_right = index < right
        room = (width - EDGE - x if on_right else x - EDGE) - 14
        label = fold(row[0], room, SMALL, lines, not row[3])
        align: Align = "left" if on_right else "right"
        layout.write(x + (14 if on_right else -14), y, label, size=SMALL, bold=not row[3], align=align)
    layout.write(EDGE, down - EDGE - 9, "the thicker a line, the more duties the two share", size=SMALL)
    for sector, x, line in legend:
        y = layout.bottom + 24 + 18 * line
        layout.mark([(x + 6, y)], *SECTORS[sector], _size(sector))
        layout.write(x + 18, y, sector, size=SMALL)
    return layout.drawing


def _size(sector: str) -> float:
    return 15 if SECTORS[sector][0] == "star" else 11


def _ring(many: int, layout: Layout) -> list[tuple[float, float]]:
    """Places on an oval, clockwise from the top, level steps apart, so that every name has a line of its own."""
    right = (many + 1) // 2
    places = []
    for index in range(many):
        there, of = (index, right) if index < right else (many - 1 - index, many - right)
        up = (there + 0.5) / of * 2 - 1
        half = (layout.right - layout.left) / 2 * (0.15 + 0.85 * sqrt(1 - up * up))
        middle = (layout.left + layout.right) / 2
        y = layout.top + (up + 1) / 2 * (layout.bottom - layout.top)
        places.append((middle + half if index < right else middle - half, y))
    return places


def _bow(start: tuple[float, float], other: tuple[float, float], layout: Layout) -> list[tuple[float, float]]:
    """A line that bends toward the middle of the ring, so that neighbors' lines do not lie on one another."""
    middle = (layout.left + layout.right) / 2, (layout.top + layout.bottom) / 2
    by = [0.35 * (a + b) + 0.3 * m for a, b, m in zip(start, other, middle, strict=True)]
    steps = [step / 12 for step in range(13)]
    x, y = (
        [(1 - t) ** 2 * a + 2 * t * (1 - t) * m + t * t * b for t in steps]
        for a, m, b in zip(start, by, other, strict=True)
    )
    return list(zip(x, y, strict=True))


def _legend(width: float, sectors: set[str]) -> list[tuple[str, float, int]]:
    """Where each sector's sign stands under the ring: from the left, and on which line."""
    entries, x, line = [], EDGE, 0
    for sector in SECTORS:
        if sector in sectors:
            wide = text_width(sector, SMALL) + 32
            if x > EDGE and x + wide > width:
                x, line = EDGE, line + 1
            entries.append((sector, x, line))
            x += wide
    return entries


def _bars(rows: tuple[tuple[Any, ...], ...], width: float) -> Drawing:
    """How many others each works with, those who work alone first."""
    some = sorted(rows, key=lambda row: row[3])[:MOST_ROWS]
    alone = {index for index, row in enumerate(some) if not row[3]}
    labels = [row[0] for row in some]
    layout = rows_layout(
        labels, width=width, bold=alone, left=0.44, right=36, foot=40, least=30, lines=2, total=len(rows)
    )
    steps = steps_to(max(row[3] for row in some))
    room = layout.right - layout.left
    last = steps[-1] or 1
    words = [f"{step:g}" for step in steps]
    layout.scale([layout.left + room * step / last for step in steps], words, "others it works with")
    for y, row in zip(layout.middles, some, strict=True):
        long = room * row[3] / last
        if row[3]:
            layout.bar(layout.left, y, long, 15, BLUE)
        else:
            layout.mark([(layout.left + 9, y)], "cross", RED, 12)
        layout.write(layout.left + max(long, 14) + 7, y, str(row[3]) if row[3] else "none", bold=not row[3], size=SMALL)
    return layout.drawing


def tell(numbers: Numbers) -> Words:
    """Name who works alone, and who works with most."""
    rows = numbers.rows
    if not rows:
        return Words(
            "Nobody works with anybody yet. Write duties in 06-roles, and who answers for each, does it or helps.",
            "An empty chart: no duty has an organization at work on it.",
        )
    ties = [
        (row[_FIXED + other], number, other)
        for number, row in enumerate(rows)
        for other in range(number + 1, len(rows))
    ]
    joined = [tie for tie in ties if tie[0]]
    alone = [row[0] for row in rows if not row[3]]
    sentences = []
    if alone:
        sentences.append(f"{named(alone)} {'shares' if len(alone) == 1 else 'share'} no duty with anybody.")
    else:
        sentences.append(f"Nobody works alone: each of {count(len(rows), 'organization')} shares a duty with another.")
    if joined:
        most = max(row[3] for row in rows)
        hub = [row[0] for row in rows if row[3] == most]
        sentences.append(f"With most others, {most}, {'works' if len(hub) == 1 else 'work'} {named(hub)}.")
        strong = max(joined, key=lambda tie: tie[0])
        pairs = [tie for tie in joined if tie[0] == strong[0]]
        if len(pairs) == 1:
            pair = named([rows[strong[1]][0], rows[strong[2]][0]])
            sentences.append(f"{pair} share most: {count(strong[0], 'duty', 'duties')}.")
    many = f"{count(len(rows), 'organization')}"
    if len(rows) > MOST:
        sentences.append(f"{len(rows)} organizations are too many for a network to be read; the bars say the same.")
        alt = f"Bar chart with {many}, one a row, those who work alone first; across, with how many others each works"
        alt += f", from {min(row[3] for row in rows)} to {max(row[3] for row in rows)}. {len(alone)} with none."
        return Words(" ".join(sentences), f"{alt}{beyond(len(rows))}")
    alt = (
        f"Network with {many} in a ring, by sector, and {count(len(joined), 'line')} between those who work on the "
        f"same duties, thicker for 2 or 3 and for 4 or more. {len(alone)} without a line."
    )
    return Words(" ".join(sentences), alt)
