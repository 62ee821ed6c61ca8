"""Promises, each followed from its needs to the people, the duties, the measures and those who hear of it."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from ctekit.analysis import participants
from ctekit.charts._chart import Numbers, Words
from ctekit.charts._drawing import PAPER, RED, Drawing
from ctekit.charts._layout import MOST_ROWS, SMALL, WIDTH, beyond, rows_layout
from ctekit.charts._words import plain, quoted, several
from ctekit.model.text import count
from ctekit.workbook import Workbook
from ctekit.worksheets.communication import Communication
from ctekit.worksheets.metrics import Metrics
from ctekit.worksheets.purpose import Purpose
from ctekit.worksheets.recruitment import Recruitment
from ctekit.worksheets.roles import Roles

WORKSHEET = "plan"
QUESTION = "Where does the thread of a promise break?"

STOPS = {
    "needs": "needs",
    "people": "said\nyes",
    "duties": "duties",
    "measures": "mea-\nsures",
    "audiences": "who\nhears",
}
"""By the word for them, how they are headed in the figure."""


def numbers(book: Workbook) -> Numbers:
    """One row a promise; what hangs on none is in the note, so that the thread is followed both ways.

    A need says which promise it serves, people are invited for a need and said yes, a duty says which need it serves,
    a measure says which promise it tests, and an audience says which measures it sees.
    """
    clauses = {clause.id: plain(clause.promise) or "Promise without words" for clause in book[Purpose].clauses}
    serves = {need.id: need.promise for need in book[Recruitment].needs if need.promise in clauses}
    tests = {metric.id: metric.promise for metric in book[Metrics].metrics if metric.promise in clauses}
    active, recruited = participants.active_ids(book), participants.recruited(book)
    hung: dict[str | None, dict[str, set[str]]] = {id: {stop: set() for stop in STOPS} for id in (*clauses, None)}
    for need in book[Recruitment].needs:
        thread = hung[serves.get(need.id)]
        thread["needs"].add(need.id)
        thread["people"].update(person for person in recruited.get(need.id, ()) if person in active)
    for task in book[Roles].tasks:
        hung[serves.get(task.need or "")]["duties"].add(task.id)
    for metric in book[Metrics].metrics:
        hung[tests.get(metric.id)]["measures"].add(metric.id)
    for audience in book[Communication].audiences:
        for measured in audience.metrics:
            if measured in tests:
                hung[tests[measured]]["audiences"].add(audience.id)
    rows = []
    for id, name in clauses.items():
        broken = [stop for stop, parts in hung[id].items() if not parts]
        rows.append((name, *(len(parts) for parts in hung[id].values()), several(broken, len(STOPS)) or "none"))
    loose = [
        count(len(hung[None][stop]), noun, many)
        for stop, noun, many in (("needs", "need", ""), ("duties", "duty", "duties"), ("measures", "measure", ""))
        if hung[None][stop]
    ]
    columns = (
        "Promise",
        "Needs that serve it",
        "People who said yes to one of them",
        "Duties for one of them",
        "Measures that test it",
        "Audiences that see one of those",
        "Nothing here",
    )
    return Numbers(columns, tuple(rows), f"On no promise: {several(loose)}." if loose and rows else "")


def draw(numbers: Numbers, width: float = WIDTH) -> Drawing:
    """Draw a thread a promise: a ring with its count at each stop, a cross and a broken line where there is nothing."""
    rows = numbers.rows[:MOST_ROWS]
    broken = {index for index, row in enumerate(rows) if 0 in row[1:6]}
    layout = rows_layout(
        [row[0] for row in rows],
        bold=broken,
        left=0.42,
        right=4,
        head=44,
        least=44,
        total=len(numbers.rows),
        width=width,
    )
    if not rows:
        return layout.drawing
    layout.rules()
    step = (layout.right - layout.left) / len(STOPS)
    across = [layout.left + step * (index + 0.5) for index in range(len(STOPS))]
    for x, words in zip(across, STOPS.values(), strict=True):
        layout.write(x, 22, words, size=SMALL, bold=True, align="center")
    whole: list[list[tuple[float, float]]] = []
    torn: list[list[tuple[float, float]]] = []
    there: list[tuple[float, float]] = []
    gone: list[tuple[float, float]] = []
    for y, row in zip(layout.middles, rows, strict=True):
        stops = list(zip(across, row[1:6], strict=True))
        for (x, here), (onward, next_one) in pairwise(stops):
            (whole if here and next_one else torn).append([(x, y), (onward, y)])
        for x, many in stops:
            (there if many else gone).append((x, y))
            if many:
                layout.write(x, y, str(many), size=SMALL, bold=True, align="center")
    for points in whole:
        layout.line(points, 2.4)
    for points in torn:
        layout.line(points, 1.2, style="dotted")
    layout.mark(there, "circle", PAPER, 24)
    layout.mark(gone, "cross", RED, 13)
    return layout.drawing


def tell(numbers: Numbers) -> Words:
    """Name the promises whose thread breaks, and at which stop most of them do."""
    rows: tuple[tuple[Any, ...], ...] = numbers.rows
    if not rows:
        return Words(
            "There is no promise to follow yet. Write three to five in 02-purpose; needs, duties and measures then "
            "point to them.",
            "An empty chart: no promise is written.",
        )
    broken = [row for row in rows if 0 in row[1:6]]
    if not broken:
        hold = "The one promise holds" if len(rows) == 1 else f"All {len(rows)} promises hold"
        caption = f"Nowhere: {hold[0].lower()}{hold[1:]} from need to people, duty, measure and audience."
    else:
        lacks = [row[6].replace(", ", ", no ").replace(" and ", " and no ") for row in broken]
        gaps = [f"{quoted([row[0]])} has no {lack}." for row, lack in zip(broken, lacks, strict=True)]
        more = f" {len(gaps) - 3} more with a gap." if len(gaps) > 3 else ""
        caption = f"{' '.join(gaps[:3])}{more}"
        caption += f" {len(rows) - len(broken)} of {count(len(rows), 'promise')} hold from end to end."
    at = [f"{sum(not row[place] for row in rows)} at {stop}" for place, stop in enumerate(STOPS, 1)]
    alt = (
        f"Grid with {count(len(rows), 'promise')}, one a row; across, five stops joined by a line: needs, people who "
        "said yes, duties, measures and audiences, each a ring with its count, or a cross where there is nothing. "
        f"{len(broken)} with a gap; crosses: {', '.join(at)}."
        f"{beyond(len(rows))}"
    )
    return Words(caption, alt)
