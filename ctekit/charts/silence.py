"""People, and how long each goes at most without hearing anything."""

from __future__ import annotations

from typing import Any

from ctekit.analysis import participants
from ctekit.analysis.audiences import heard_in
from ctekit.charts._chart import Numbers, Words
from ctekit.charts._drawing import BLUE, ORANGE, RED, Drawing
from ctekit.charts._layout import EDGE, MOST_ROWS, SMALL, WIDTH, beyond, fold, rows_layout, text_width
from ctekit.charts._words import named, plain
from ctekit.model.text import count
from ctekit.workbook import Workbook
from ctekit.worksheets.communication import DAYS, Communication

WORKSHEET = "communication"
QUESTION = "Who goes more than 90 days without hearing anything?"

ALLOWED = 90
NEVER = "no end"
UNHEARD, UNSURE, UNKNOWN = "in no audience", "only when needed", "how often is not written"


def numbers(book: Workbook) -> Numbers:
    """One row an active person, longest silence first: the audience that meets most often sets it."""
    sheet = book[Communication]
    allowed = sheet.longest_silence or ALLOWED
    silences: list[tuple[Any, ...]] = []
    for person in participants.active_people(book):
        days: int | str | None
        heard = heard_in(book).get(person.id, ())
        gaps = {DAYS[audience.how_often]: audience for audience in heard if audience.how_often in DAYS}
        if gaps:
            days = min(gaps)
            why = f"{gaps[days].how_often}: {plain(gaps[days].audience)}".rstrip(": ")
        elif any(audience.how_often is None for audience in heard):
            days, why = None, UNKNOWN
        else:
            days, why = NEVER, UNSURE if heard else UNHEARD
        organization = person.organization
        silences.append(
            (plain(book.name(person.id)), plain(book.name(organization)) if organization else None, days, why, allowed)
        )
    silences.sort(key=lambda row: -_length(row[2]))
    columns = ("Person", "Organization", "Longest silence (days)", "Because", "Longest allowed (days)")
    note = "A month is counted as 30 days, a quarter as 90, a term as 120." if silences else ""
    return Numbers(columns, tuple(silences) if sheet.audiences else (), note if sheet.audiences else "")


def _length(days: int | str | None) -> float:
    if days is None:
        return 1e9
    return float("inf") if isinstance(days, str) else float(days)


def draw(numbers: Numbers, width: float = WIDTH) -> Drawing:
    """Draw a bar a person, and a line at the longest silence allowed."""
    rows = numbers.rows[:MOST_ROWS]
    late = {index for index, row in enumerate(rows) if row[2] is None or _length(row[2]) > row[4]}
    layout = rows_layout(
        [row[0] for row in rows],
        width=width,
        bold=late,
        left=0.36,
        right=16,
        head=24,
        foot=40,
        least=26,
        lines=2,
        total=len(numbers.rows),
    )
    if not rows:
        return layout.drawing
    allowed = rows[0][4]
    silences = [row[2] for row in rows if isinstance(row[2], int)]
    end: float = max([*silences, allowed]) * 1.34
    room = layout.right - layout.left

    def at(days: float) -> float:
        return layout.left + days / end * room

    step = next((days for days in (30, 60, 90, 180, 360) if end / days <= 6), int(end / 5))
    ticks = [days for days in range(0, int(end) + 1, step) if days <= end]
    layout.scale([at(days) for days in ticks], [str(days) for days in ticks], "days without hearing anything, at most")
    for y, row in zip(layout.middles, rows, strict=True):
        if isinstance(row[2], int):
            over = row[2] > allowed
            layout.bar(layout.left, y, at(row[2]) - layout.left, 14, ORANGE if over else BLUE, over)
            layout.write(at(row[2]) + 6, y, str(row[2]), size=SMALL, bold=over)
        else:
            never = row[2] == NEVER
            layout.mark([(layout.left + 9, y)], "cross" if never else "thin diamond", RED if never else ORANGE, 12)
            x = layout.left + 21
            if x + text_width(row[3], SMALL, True) > at(allowed) - 6:
                x = max(x, at(allowed) + 8)  # no room before the dashed line
            layout.write(x, y, fold(row[3], layout.width - x - EDGE, SMALL, 1, True), size=SMALL, bold=True)
    layout.line([(at(allowed), layout.top - 4), (at(allowed), layout.bottom)], 1.8, style="dashed")
    layout.write(at(allowed), layout.top - 12, f"{allowed} days", size=SMALL, bold=True, align="center")
    return layout.drawing


def tell(numbers: Numbers) -> Words:
    """Name who is not reached, and who waits longer than allowed."""
    rows = numbers.rows
    if not rows:
        return Words(
            "Nobody can say yet. Write the audiences in 05-communication, with who hears them and how often, "
            "and who said yes in the profile.",
            "An empty chart: no audience or no active person is written.",
        )
    allowed = rows[0][4]
    never = [row[0] for row in rows if row[3] == UNHEARD and row[2] == NEVER]
    unsure = [row[0] for row in rows if row[3] == UNSURE and row[2] == NEVER]
    unknown = [row[0] for row in rows if row[2] is None]
    late = [row[0] for row in rows if isinstance(row[2], int) and row[2] > allowed]
    fine = len(rows) - len(never) - len(unsure) - len(unknown) - len(late)
    sentences = []
    if never:
        sentences.append(
            f"{named(never)} {'is' if len(never) == 1 else 'are'} in no audience and may hear nothing at all."
        )
    if unsure:
        sentences.append(f"{named(unsure)} {'hears' if len(unsure) == 1 else 'hear'} something only when needed.")
    if late:
        sentences.append(f"{named(late)} may wait more than {allowed} days.")
    if unknown:
        sentences.append(f"Not known for {named(unknown)}: how often is not written.")
    if fine == len(rows):
        sentences.append(
            f"Nobody: all {count(fine, 'active person', 'active people')} hear something at least every {allowed} days."
        )
    else:
        sentences.append(
            f"{fine} of {count(len(rows), 'active person', 'active people')} hear something at least every {allowed} "
            "days."
        )
    alt = (
        f"Bar chart with {count(len(rows), 'active person', 'active people')}, one a row, longest silence first; "
        f"across, the longest time in days without hearing anything, with a dashed line at {allowed} days. "
        f"{len(never) + len(unsure)} marked with a cross (no regular word), {len(late)} past the line."
        f"{beyond(len(rows))}"
    )
    return Words(" ".join(sentences), alt)
