"""The people we ask, by how much they can move and how much they care. For the facilitator alone."""

from __future__ import annotations

from typing import Any

from ctekit.analysis import participants
from ctekit.charts._chart import Numbers, Words
from ctekit.charts._drawing import BLACK, INK, ORANGE, PAPER, RULE, SKY, YELLOW, Drawing
from ctekit.charts._layout import EDGE, MOST_ROWS, SMALL, WIDTH, Layout, beyond, fold
from ctekit.charts._words import named, plain
from ctekit.model.text import count
from ctekit.workbook import Workbook
from ctekit.worksheets.recruitment import Invitation, Recruitment

WORKSHEET = "recruitment"
QUESTION = "Whom must we keep close, and how do they see us today?"
PRIVATE = True

HIGH, STEPS = 4, 5
CLOSE, CONTENT, INFORMED, WATCHED = "work closely with", "keep content", "keep informed", "keep an eye on"
UNSEEN = "not placed yet"
UNSAID = "not said"
STANCES = {
    "for": ("circle", SKY),
    "waiting": ("square", YELLOW),
    "against": ("diamond", ORANGE),
    UNSAID: ("circle", PAPER),
}
"""Sign and color; the shape alone tells them apart."""
_ON = {stance: INK if color == PAPER else BLACK for stance, (_, color) in STANCES.items()}
"""The color of the number that stands on a sign."""
_SLOTS = 4
"""People in one cell of the grid who get a mark each; more share one."""
_SIDE, _LINE, _AXIS = 46.0, 21.0, 40.0


def numbers(book: Workbook) -> Numbers:
    """One row a person who is asked, the most influence and interest first; the number stands on the map.

    Who is asked twice counts where both scores are highest. Who left is left out; who declined can still move things.
    """
    gone = {
        person.id
        for person in participants.people(book).values()
        if person.status == "left" or (person.left_on and not person.status)
    }
    best: dict[str, Invitation] = {}
    for invitation in book[Recruitment].invitations:
        if (
            invitation.person
            and invitation.person not in gone
            and _rank(invitation) > _rank(best.get(invitation.person))
        ):
            best[invitation.person] = invitation
    placed = sorted(
        (invitation for invitation in best.values() if _placed(invitation)),
        key=lambda invitation: (-_cell(invitation)[0], -_cell(invitation)[1]),
    )
    rows: list[tuple[Any, ...]] = [
        (
            plain(book.name(invitation.person or "")),
            number,
            *_cell(invitation),
            invitation.stance or UNSAID,
            _treated(*_cell(invitation)),
        )
        for number, invitation in enumerate(placed, 1)
    ]
    for invitation in best.values():
        if not _placed(invitation):
            name = plain(book.name(invitation.person or ""))
            rows.append((name, None, invitation.influence, invitation.interest, invitation.stance or UNSAID, UNSEEN))
    columns = (
        "Person",
        "Number on the map",
        "Influence (1-5)",
        "Interest (1-5)",
        "How they see us",
        "What the place suggests",
    )
    return Numbers(columns, tuple(rows) if placed else ())


def _placed(invitation: Invitation) -> bool:
    return bool(invitation.influence and invitation.interest)


def _cell(invitation: Invitation) -> tuple[int, int]:
    return invitation.influence or 0, invitation.interest or 0


def _rank(invitation: Invitation | None) -> tuple[int, int]:
    return (min(_cell(invitation)), sum(_cell(invitation))) if invitation else (-1, -1)


def _treated(influence: int, interest: int) -> str:
    if influence >= HIGH:
        return CLOSE if interest >= HIGH else CONTENT
    return INFORMED if interest >= HIGH else WATCHED


def draw(numbers: Numbers, width: float = WIDTH) -> Drawing:
    """Draw a grid of five by five with numbered marks, and the names that belong to them beside it or under it."""
    placed = [row for row in numbers.rows if row[1]]
    beside = width >= 480
    listed = placed[:MOST_ROWS]
    left, top = EDGE + _AXIS, 26.0
    side = STEPS * _SIDE
    x = left + side + 20 if beside else EDGE
    names = [fold(row[0], width - x - 44, SMALL, 1) for row in listed]
    ends = top + side + 84
    begins = top if beside else ends
    down = max(ends, begins + len(names) * _LINE + 22) if placed else 20
    layout = Layout(width, down, left, left + side, top, top + side)
    if not placed:
        return layout.drawing
    _grid(layout)
    marks: dict[str, list[tuple[float, float]]] = {}
    cells: dict[tuple[int, int], list[tuple[Any, ...]]] = {}
    for row in placed:
        cells.setdefault((row[2], row[3]), []).append(row)
    for (influence, interest), those in cells.items():
        middle = left + (interest - 0.5) * _SIDE, top + (STEPS - influence + 0.5) * _SIDE
        if len(those) > _SLOTS:
            layout.write(*middle, f"{those[0][1]}–{those[-1][1]}", size=SMALL, bold=True, align="center")
            continue
        for slot, row in enumerate(those):
            at = (middle[0] + _aside(slot % 2, len(those) > 1), middle[1] + _aside(slot // 2, len(those) > 2))
            marks.setdefault(row[4], []).append(at)
            layout.write(*at, str(row[1]), size=SMALL, align="center", color=_ON[row[4]])
    for row, name, y in zip(listed, names, (begins + _LINE * (at + 0.5) for at in range(len(listed))), strict=False):
        marks.setdefault(row[4], []).append((x + 10, y))
        layout.write(x + 10, y, str(row[1]), size=SMALL, align="center", color=_ON[row[4]])
        layout.write(x + 26, y, name, size=SMALL, bold=row[5] == CLOSE)
    if more := beyond(len(placed)):
        layout.write(EDGE, down - 10, more.strip(), size=SMALL, bold=True)
    for stance, points in marks.items():
        # A diamond is a square on its tip, wider than its size says.
        layout.mark(points, *STANCES[stance], 15 if STANCES[stance][0] == "diamond" else 18)
    return layout.drawing


def _aside(slot: int, crowded: bool) -> float:
    """How far from the middle of its cell a mark stands: alone in it, or one of two or four."""
    return (slot - 0.5) * _SIDE / 2.05 if crowded else 0.0


def _grid(layout: Layout) -> None:
    """The cells, the two scales, the four places and what the shapes of the marks mean."""
    side = layout.right - layout.left
    every = [step * _SIDE for step in range(STEPS + 1)]
    for steps, thick, color in ((every, 0.8, RULE), ([(HIGH - 1) * _SIDE], 2.0, INK)):
        for step in steps:
            layout.down(layout.left + step, layout.top, layout.bottom, thick, color)
            layout.across(layout.bottom - step, layout.left, layout.right, thick, color)
    for step in range(STEPS):
        layout.write(layout.left + (step + 0.5) * _SIDE, layout.bottom + 10, str(step + 1), size=SMALL, align="center")
        layout.write(layout.left - 10, layout.bottom - (step + 0.5) * _SIDE, str(step + 1), size=SMALL, align="center")
    low, high = layout.left + (HIGH - 1) * _SIDE / 2, layout.left + (HIGH - 1) * _SIDE + (STEPS - HIGH + 1) * _SIDE / 2
    layout.write(layout.left + side / 2, layout.bottom + 25, "interest", size=SMALL, align="center")
    layout.write(EDGE + 8, layout.top + side / 2, "influence", size=SMALL, align="center", upright=True)
    layout.write(low, layout.top - 11, CONTENT, size=SMALL, bold=True, align="center")
    layout.write(high + 6, layout.top - 11, CLOSE, size=SMALL, bold=True, align="center")
    layout.write(low, layout.bottom + 42, WATCHED, size=SMALL, bold=True, align="center")
    layout.write(high + 6, layout.bottom + 42, INFORMED, size=SMALL, bold=True, align="center")
    x = EDGE + 8.0
    for stance, (marker, color) in STANCES.items():
        layout.mark([(x, layout.bottom + 66)], marker, color, 12)
        layout.write(x + 12, layout.bottom + 66, stance, size=SMALL)
        x += 22 + 7.2 * len(stance) + 8


def tell(numbers: Numbers) -> Words:
    """Name whom to work with closely, and who among them is not for it."""
    rows = numbers.rows
    placed = [row for row in rows if row[1]]
    if not placed:
        return Words(
            "Nobody is placed yet. Give influence and interest, from 1 to 5, to those whom you ask in 03-recruitment; "
            "only the facilitator sees them.",
            "An empty chart: nobody has both scores.",
        )
    close = [row for row in placed if row[5] == CLOSE]
    doubtful = {stance: [row[0] for row in close if row[4] == stance] for stance in ("against", "waiting")}
    unplaced = [row[0] for row in rows if not row[1]]
    if close:
        sentences = [f"{len(close)} of {count(len(placed), 'person', 'people')} can move much and care much: "]
        sentences[0] += f"{named([row[0] for row in close])}."
    else:
        sentences = [f"None of {count(len(placed), 'person', 'people')} has both high influence and high interest."]
    for stance, words in (("against", "Against it"), ("waiting", "Still waiting")):
        if doubtful[stance]:
            sentences.append(f"{words} among them: {named(doubtful[stance])}.")
    lost = [row[0] for row in placed if row[5] == CONTENT]
    if lost:
        sentences.append(f"Much influence and less interest: {named(lost)}.")
    if unplaced:
        sentences.append(f"Not placed yet: {named(unplaced)}.")
    each = [f"{sum(row[5] == what for row in placed)} to {what}" for what in (CLOSE, CONTENT, INFORMED, WATCHED)]
    alt = (
        f"Map with {count(len(placed), 'person', 'people')}, numbered, on a grid of five by five: across interest, "
        f"upward influence, each from 1 to 5; a circle for those who are for it, a square for those who wait, a "
        f"diamond for those against. {'; '.join(each)}."
        f"{beyond(len(placed))}"
    )
    return Words(" ".join(sentences), alt)
