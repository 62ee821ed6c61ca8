"""The list that travels: what a state office needs of a region, and nothing that is private."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ctekit import papers
from ctekit.model.text import in_a_row
from ctekit.model.worksheet import Row
from ctekit.papers import Heading, Items, Note, Paragraph, Table
from ctekit.site._blocks import SiteBlock
from ctekit.site._says import Says
from ctekit.site.brief import unmet
from ctekit.worksheets.metrics import Metrics
from ctekit.worksheets.plan import Plan

TITLE = "The list for the state"
_ASK = {"lever": "Lever", "ask": "What we ask", "decides": "Who decides", "by": "By", "other_evidence": "Why"}
_MEASURE = {
    "name": "Measure",
    "federal_code": "Federal code",
    "target": "Target",
    "target_date": "By",
    "source": "Source",
}
_WIDTHS = {"name": 8, "ask": 5, "source": 3, "lever": 3, "decides": 3, "other_evidence": 4}
"""Shares of a column where it needs more than two."""


def blocks(says: Says) -> Iterator[SiteBlock]:
    """What stands on the page."""
    missing = unmet(says)
    yield Heading("Needs not met yet")
    yield Items(tuple(missing)) if missing else Paragraph("Every need has enough people who said yes.")
    asks = says.book[Plan].asks_of_state
    yield Heading("What we ask of the state")
    yield _table(says, "Asks by lever", _ASK, asks) if asks else Paragraph("Nothing is asked yet.")
    measures = says.book[Metrics].metrics
    if measures:
        yield Heading("What we measure")
        yield _table(says, "Measures", _MEASURE, measures)
    yield Heading("Whom we have consulted")
    (record,) = papers.every()["consultation"].papers(says.answers)
    yield from (_in_lines(block) for block in record.blocks if isinstance(block, Table))
    yield from (
        Paragraph(block.words) for block in record.blocks if isinstance(block, Note) and block != papers.INVENTED
    )


def _in_lines(table: Table) -> Table:
    """A table whose cells hold several names each, one after the other."""
    rows = tuple(
        tuple(in_a_row(cell.split("\n")) if isinstance(cell, str) else cell for cell in row) for row in table.rows
    )
    return replace(table, rows=rows, widths=(4, 5, 5))


def _table(says: Says, caption: str, columns: dict[str, str], rows: Sequence[Row]) -> Table:
    used = [field for field in columns if any(says.words(row, field) for row in rows)]
    cells = tuple(tuple(says.words(row, field, is_short=True) for field in used) for row in rows)
    return Table(
        caption, tuple(columns[field] for field in used), cells, widths=tuple(_WIDTHS.get(field, 2) for field in used)
    )
