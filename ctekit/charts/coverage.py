"""Needs: how many people said yes to each, against how many are needed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ctekit.analysis import participants
from ctekit.charts._chart import Numbers, Words
from ctekit.charts._drawing import BLUE, ORANGE, PAPER, RED, Drawing
from ctekit.charts._layout import EDGE, MOST_ROWS, SMALL, WIDTH, Layout, beyond, rows_layout, text_width
from ctekit.charts._words import plain, quoted
from ctekit.model.text import count
from ctekit.workbook import Workbook
from ctekit.worksheets.profile import Profile
from ctekit.worksheets.recruitment import Recruitment

WORKSHEET = "recruitment"
QUESTION = "Which must-have has no yes?"

_ORDER = ("must", "should", "could", "not said")
_MOST_SLOTS = 8
"""Up to so many, each person is a square; beyond that a bar."""


def numbers(book: Workbook) -> Numbers:
    """One row a need, must-haves first. Names stay out: only how many."""
    sheet = book[Recruitment]
    active = participants.active_ids(book)
    no = {invitation.person for invitation in sheet.invitations if invitation.answer == "no"}
    gone = {person.id for person in book[Profile].people if person.status in ("declined", "left") or person.left_on}
    rows: list[tuple[Any, ...]] = []
    for need in sheet.needs:
        asked = participants.recruited(book).get(need.id, ())
        yes = sum(person in active for person in asked)
        waiting = sum(person not in active and person not in no and person not in gone for person in asked)
        least = need.at_least or 1
        name = plain(need.support) or "Need without words"
        rows.append((name, need.priority or "not said", yes, least, max(least - yes, 0), waiting))
    rows.sort(key=lambda row: _ORDER.index(row[1]))
    columns = (
        "Support needed",
        "Must, should or could",
        "People who said yes",
        "Needed at least",
        "Still missing",
        "On the list, no answer yet",
    )
    return Numbers(columns, tuple(rows))


def draw(numbers: Numbers, width: float = WIDTH) -> Drawing:
    """Draw a square for each yes, and an empty one for each that is missing."""
    rows = numbers.rows[:MOST_ROWS]
    bare = {index for index, row in enumerate(rows) if row[1] == "must" and not row[2]}
    layout = rows_layout(
        [row[0] for row in rows],
        bold=bare,
        left=0.47,
        right=8,
        head=50,
        least=38,
        lines=5,
        total=len(numbers.rows),
        width=width,
    )
    if not rows:
        return layout.drawing
    layout.rules()
    first = layout.left + 56
    _legend(layout, rows)
    layout.write(layout.left, 34, "yes, of those needed", size=SMALL, bold=True)
    for index, (y, row) in enumerate(zip(layout.middles, rows, strict=True)):
        _, badly, yes, least, *_ = row
        layout.write(layout.left, y, badly, size=SMALL, bold=index in bare)
        shown = max(yes, least)
        side = min(17.0, (layout.right - first - 62) / (shown * 1.25)) if shown <= _MOST_SLOTS else 0
        if side:
            for slot in range(shown):
                full = slot < yes
                spare = slot >= least
                color = (ORANGE if spare else BLUE) if full else PAPER
                layout.bar(first + slot * side * 1.25, y, side, side, color, spare, dashed=not full)
            end = first + shown * side * 1.25
        else:
            room = layout.right - first - 62
            layout.bar(first, y, room, 17, PAPER, dashed=True)
            if yes:
                layout.bar(first, y, room * yes / shown, 17, BLUE)
            end = first + room
        if not yes:
            layout.mark([(end + 8, y)], "cross", RED, 12)
        layout.write(end + (20 if not yes else 6), y, f"{yes} of {least}", bold=yes < least)
    return layout.drawing


def _legend(layout: Layout, rows: Sequence[tuple[Any, ...]]) -> None:
    """Write at the head what each kind of square means, of those that there are."""
    signs = (
        ("said yes", BLUE, any(row[2] for row in rows)),
        ("more than needed", ORANGE, any(row[2] > row[3] for row in rows)),
        ("still missing", PAPER, any(row[4] for row in rows)),
    )
    x = EDGE
    for words, color, is_there in signs:
        if is_there:
            layout.bar(x, 12, 10, 10, color, color == ORANGE, dashed=color == PAPER)
            layout.write(x + 14, 12, words, size=SMALL)
            x += text_width(words, SMALL) + 22


def tell(numbers: Numbers) -> Words:
    """Name the must-haves without a yes, then those with too few."""
    rows = numbers.rows
    if not rows:
        return Words(
            "There is no need yet. Write in 03-recruitment what support you cannot do without; then who could give it.",
            "An empty chart: no need is written.",
        )
    must = [row for row in rows if row[1] == "must"]
    bare = [row[0] for row in must if not row[2]]
    short_of = [row[0] for row in must if row[2] and row[4]]
    sentences = []
    if not must:
        sentences.append(
            f"No must-have is named among {count(len(rows), 'need')}: say in 03-recruitment how badly each is needed."
        )
    elif bare:
        sentences.append(
            f"{len(bare)} of {count(len(must), 'must-have')} {'has' if len(bare) == 1 else 'have'} no yes: "
            f"{quoted(bare)}."
        )
    elif short_of:
        sentences.append(f"Each of {count(len(must), 'must-have')} has a yes.")
    else:
        sentences.append(
            f"None: {'the one must-have has' if len(must) == 1 else f'all {len(must)} must-haves have'} as many "
            "people as needed."
        )
    if short_of:
        sentences.append(f"Too few said yes to {quoted(short_of)}.")
    lesser = [row[0] for row in rows if row[1] != "must" and row[4]]
    if lesser and not bare and must:
        sentences.append(f"Among the other needs, still open: {quoted(lesser)}.")
    alt = (
        f"Chart of squares with {count(len(rows), 'need')}, one a row, must-haves first: a filled square for each "
        "person who said yes, a hatched one for each beyond what is needed, a dashed empty one for each still "
        f"missing. {len(bare)} of {count(len(must), 'must-have')} without any yes, {len(short_of)} with too few."
        f"{beyond(len(rows))}"
    )
    return Words(" ".join(sentences), alt)
