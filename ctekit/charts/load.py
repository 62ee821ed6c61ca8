"""Hours a month that each organization carries, against the hours that are known."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ctekit.chart import BLUE, INK, ORANGE, Numbers, Words
from ctekit.charts._board import MOST_ROWS, TEXT, beyond, board, steps_to, width
from ctekit.charts._words import count, named, plain, short, shown
from ctekit.workbook import Workbook
from ctekit.worksheets.convener import Convener
from ctekit.worksheets.profile import Profile
from ctekit.worksheets.roles import Roles

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WORKSHEET = "roles"
QUESTION = "Who is carrying more than they have hours for?"

POST = 160
"""Hours a month of one full-time post."""


def numbers(book: Workbook) -> Numbers:
    """One row an organization that does something. The hours of a duty are shared equally by those who do it.

    Hours available are known only for the convener, from its paid time. What was pledged in words is not counted.
    """
    roles, convener = book[Roles], book[Convener]
    hours: dict[str, Fraction] = {}
    duties: dict[str, int] = {}
    untold = unshared = 0
    for task in roles.tasks:
        doers = [org for org, letters in roles.matrix.get(task.id, {}).items() if "R" in letters]
        untold += task.hours is None and bool(doers)
        unshared += not doers
        for org in doers:
            duties[org] = duties.get(org, 0) + 1
            hours[org] = hours.get(org, Fraction()) + Fraction(task.hours or 0) / len(doers)
    # Paid time of the lead; before it is settled, what the one chosen offered as a candidate.
    offered = next((one.fte for one in convener.candidates if one.organization == convener.lead), None)
    fte = convener.fte if convener.fte is not None else offered
    has = {convener.lead: float(fte * POST)} if convener.lead and fte is not None else {}
    order = [one.id for one in book[Profile].organizations]
    ids = [id for id in order if id in hours] + sorted(set(hours) - set(order))
    rows = [(plain(book.name(id)), duties[id], round(float(hours[id]), 1), has.get(id)) for id in ids]
    rows.sort(key=lambda row: (row[3] is None, -row[2]))
    notes = []
    if untold:
        notes.append(f"{count(untold, 'duty', 'duties')} without hours {'is' if untold == 1 else 'are'} counted as 0.")
    if unshared:
        notes.append(
            f"{count(unshared, 'duty', 'duties')} that nobody does {'is' if unshared == 1 else 'are'} left out."
        )
    columns = ("Organization", "Duties it does", "Hours a month it carries", "Hours a month it has")
    return Numbers(columns, tuple(rows), " ".join(notes) if rows else "")


def draw(figure: Figure, numbers: Numbers) -> None:
    """Draw a bar an organization, and a thick line at the hours it has where they are known."""
    rows = numbers.rows[:MOST_ROWS]
    over = {index for index, row in enumerate(rows) if row[3] is not None and row[2] > row[3]}
    words = [shown(row[2]) if row[3] is None else f"{shown(row[2])} of {shown(row[3])}" for row in rows]
    # The words stand after the bar, so the scale ends early enough for the longest of them.
    beside = max((width(said, TEXT, True) for said in words), default=0) + 12
    labels = [row[0] for row in rows]
    made = board(
        figure, labels, bold=over, left=0.42, right=beside, foot=40, least=36, lines=2, total=len(numbers.rows)
    )
    if not rows:
        return
    steps = steps_to(max(max(row[2], row[3] or 0) for row in rows))
    room = made.right - made.left

    def at(hours: float) -> float:
        return made.left + room * hours / (steps[-1] or 1)

    made.scale([at(step) for step in steps], [f"{step:,.0f}" for step in steps], "hours a month")
    for index, (y, (_, _, hours, has), said) in enumerate(zip(made.middles, rows, words, strict=True)):
        heavy = index in over
        made.bar(made.left, y, at(hours) - made.left, 16, ORANGE if heavy else BLUE, "///" if heavy else "")
        if has is not None:
            made.axes.vlines(at(has), y - 13, y + 13, colors=INK, linewidth=3.5)
        made.write(max(at(hours), at(has or 0)) + 8, y, said, bold=heavy)


def tell(numbers: Numbers) -> Words:
    """Name who carries more than it has; say for whom nobody knows."""
    rows = numbers.rows
    if not rows:
        return Words(
            "Nobody carries anything yet. Write duties and hours in 06-roles, an R where an organization does one.",
            "An empty chart: no duty has an organization that does it.",
        )
    known = [row for row in rows if row[3] is not None]
    over = [row for row in known if row[2] > row[3]]
    said = []
    if over:
        said += [f"{short(row[0])} carries {shown(row[2])} hours a month and has {shown(row[3])}." for row in over]
    elif known:
        said += [
            f"Nobody that we know of: {short(row[0])} carries {shown(row[2])} of its {shown(row[3])} hours a month."
            for row in known
        ]
    else:
        said.append(
            "Nobody can say: no organization has its hours written. Write the convener's paid time in 01-convener."
        )
    unknown = [row for row in rows if row[3] is None]
    most = max((row[2] for row in unknown), default=0.0)
    if unknown and known:
        said.append(
            f"For {count(len(unknown), 'other organization')} nobody has written the hours they have; "
            f"the most is {shown(most)} a month, at {named([row[0] for row in unknown if row[2] == most])}."
        )
    alt = (
        f"Bar chart with {count(len(rows), 'organization')}, one a row; across, hours a month it carries, from "
        f"{shown(min(row[2] for row in rows))} to {shown(max(row[2] for row in rows))}, with a thick line at the "
        f"hours it has where they are known ({len(known)} of {len(rows)}). {len(over)} past "
        f"{'its' if len(over) == 1 else 'their'} line."
        f"{beyond(len(rows))}"
    )
    return Words(" ".join(said), alt)
