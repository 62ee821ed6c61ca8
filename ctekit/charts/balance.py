"""Gives and gets of each organization, side by side."""

from __future__ import annotations

from ctekit.analysis import participants
from ctekit.charts._chart import Numbers, Words
from ctekit.charts._drawing import BLUE, ORANGE, RED, Drawing
from ctekit.charts._layout import MOST_ROWS, SMALL, WIDTH, beyond, rows_layout
from ctekit.charts._words import named, plain
from ctekit.model.text import count
from ctekit.workbook import Workbook
from ctekit.worksheets.profile import Profile
from ctekit.worksheets.value import Value

WORKSHEET = "value"
QUESTION = "Who gives without getting, or gets without giving?"


def numbers(book: Workbook) -> Numbers:
    """One row an organization that takes part or is in an exchange. What it was worth to them stays out."""
    exchanges = book[Value].exchanges
    gives = [exchange.organization for exchange in exchanges if plain(exchange.gives)]
    gets = [exchange.organization for exchange in exchanges if plain(exchange.gets)]
    nothing = {exchange.organization for exchange in exchanges if exchange.gets_nothing_yet}
    there = {exchange.organization for exchange in exchanges if exchange.organization}
    ids = [organization.id for organization in book[Profile].organizations]
    taking_part = participants.active_ids(book) | there
    order = [id for id in ids if id in taking_part] + sorted(there - set(ids))
    rows = tuple(
        (
            plain(book.name(id)),
            gives.count(id),
            gets.count(id),
            "nothing yet, as they say" if id in nothing and not gets.count(id) else "",
        )
        for id in order
    )
    columns = ("Organization", "Things it gives", "Things it gets", "Said about getting")
    return Numbers(columns, rows if there else ())


def draw(numbers: Numbers, width: float = WIDTH) -> Drawing:
    """Draw a pair of bars an organization: gives on the left half, gets on the right."""
    rows = sorted(numbers.rows, key=lambda row: (bool(row[1]) == bool(row[2]), bool(row[1])))[:MOST_ROWS]
    uneven = {index for index, row in enumerate(rows) if not (row[1] and row[2])}
    layout = rows_layout(
        [row[0] for row in rows],
        bold=uneven,
        left=0.44,
        right=8,
        head=34,
        least=36,
        lines=4,
        total=len(numbers.rows),
        width=width,
    )
    if not rows:
        return layout.drawing
    layout.rules()
    half = (layout.right - layout.left) / 2
    layout.write(layout.left, 18, "things it gives", size=SMALL, bold=True)
    layout.write(layout.left + half, 18, "things it gets", size=SMALL, bold=True)
    longest = max(max(row[1], row[2]) for row in rows) or 1
    for y, (_, gives, gets, _) in zip(layout.middles, rows, strict=True):
        for x, many, color, hatched in ((layout.left, gives, BLUE, False), (layout.left + half, gets, ORANGE, True)):
            long = (half - 52) * many / longest
            if many:
                layout.bar(x, y, long, 17, color, hatched)
                layout.write(x + long + 7, y, str(many))
            else:
                layout.mark([(x + 8, y)], "cross", RED, 12)
                layout.write(x + 20, y, "none", bold=True)
    return layout.drawing


def tell(numbers: Numbers) -> Words:
    """Name the organizations that only give, only get, or do neither."""
    rows = numbers.rows
    if not rows:
        return Words(
            "Nothing is given or got yet. Write in 04-value what each organization gives, and what it gets for it.",
            "An empty chart: no exchange is written.",
        )
    giving = [row[0] for row in rows if row[1] and not row[2]]
    getting = [row[0] for row in rows if row[2] and not row[1]]
    neither = [row[0] for row in rows if not row[1] and not row[2]]
    sentences = []
    if giving:
        sentences.append(f"{named(giving)} {'gives' if len(giving) == 1 else 'give'} without getting.")
    if getting:
        sentences.append(f"{named(getting)} {'gets' if len(getting) == 1 else 'get'} without giving.")
    if neither:
        sentences.append(f"Neither giving nor getting: {named(neither)}.")
    even = len(rows) - len(giving) - len(getting) - len(neither)
    if even == len(rows):
        sentences.append(
            f"Nobody: {'the one organization' if even == 1 else f'all {even} organizations'} here both give and get."
        )
    elif even:
        sentences.append(f"The other {count(even, 'organization')} {'does' if even == 1 else 'do'} both.")
    alt = (
        f"Paired bar chart with {count(len(rows), 'organization')}, one a row: on the left the number of things it "
        f"gives, on the right the number it gets, from 0 to {max(max(row[1], row[2]) for row in rows)}. "
        f"{len(giving)} only give, {len(getting)} only get, {len(neither)} do neither."
        f"{beyond(len(rows))}"
    )
    return Words(" ".join(sentences), alt)
