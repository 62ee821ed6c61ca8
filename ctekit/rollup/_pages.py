"""The pages of a roll-up: one of the state, and one a region, which sees itself beside the spread of the others."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from ctekit.model import text
from ctekit.model.text import count
from ctekit.papers import Heading, Note, Paragraph, Table
from ctekit.ratings import quartiles
from ctekit.rollup import _charts, _tables
from ctekit.rollup._charts import FEWEST_OTHERS
from ctekit.rollup._figures import EVERYONE, Figures
from ctekit.rollup._rollup import Rollup
from ctekit.rollup._summary import ANSWERS, NOT_SAID
from ctekit.rubrics import ELEMENTS
from ctekit.site import Around, Link, Pointers, SiteBlock, address, framed

INDEX = "index"
TITLE = "The state’s view"

_DIMENSIONS = {
    "region": "By region",
    "level": "By level",
    "cluster": "By career cluster",
    "stage": "By stage",
    "program year": "By program year",
}
_ABOUT = {
    "Needs": "Needs not met yet",
    "Asks of the state": "What they ask of the state",
    "Findings that recur": "What recurs",
    "Consultation": "Who has been consulted",
    "Agreements": "Agreements",
    "Measures": "Measures with a federal code",
}
_NOTHING = {
    "Needs": "No need is written.",
    "Asks of the state": "Nothing is asked.",
    "Findings that recur": "Nothing stands open in more than one partnership.",
    "Consultation": "No partnership is in it.",
    "Agreements": "No partnership is in it.",
    "Measures": "No measure with a federal code has counts.",
}
_WIDTHS = {
    "Overview": (6, 3, 2, 2, 2, 2, 3, 2),
    "Needs": (5, 3, 2, 2),
    "Findings that recur": (2, 9, 3, 3),
    "Asks of the state": (6, 3, 2),
    "Consultation": (6, 2, 2, 2),
    "Agreements": (4, 3, 3, 2),
    "Measures": (2, 3, 3, 2, 3, 2, 2, 2, 3),
}


@dataclass
class Pages:
    """The pages of a roll-up.

    Parameters
    ----------
    rollup : Rollup
    title : str
        Whose view it is; "" for the state that the partnerships name.
    day : datetime.date or None
        Of the roll-up.
    not_in_it : int
        Files that are not in it.
    is_alone : bool
        A page is shown where no other is at hand, and links to none.
    """

    rollup: Rollup
    title: str = ""
    day: datetime.date | None = None
    not_in_it: int = 0
    is_alone: bool = False
    _regions: dict[str, Figures] = field(init=False)

    def __post_init__(self) -> None:
        self._regions = self.rollup.by("region")

    @cached_property
    def names(self) -> dict[str, str]:
        """The names of the pages, each with its title."""
        names = {INDEX: self.title or self._state or TITLE}
        for region in self._regions:
            stem = "region-" + (re.sub(r"[^a-z0-9]+", "-", text.plain(region)).strip("-")[:60] or "x")
            double = sum(name == stem or name.startswith(f"{stem}--") for name in names)
            if region != NOT_SAID:
                names[f"{stem}--{double + 1}" if double else stem] = region
        return names

    def page(self, name: str) -> str:
        """One page.

        Parameters
        ----------
        name : str
            Of `names`.

        Returns
        -------
        str
            HTML, whole.
        """
        blocks = tuple(self._of_state() if name == INDEX else self._of_region(self.names[name]))
        there = {} if self.is_alone else self.names
        links = tuple(Link(address(other), title, other == name) for other, title in there.items())
        around = Around(
            name=name,
            title=self.names[name],
            partnership=self.names[INDEX],
            groups=(("", links[:1]), ("Regions", links[1:])) if links[1:] else (),
            reader="partners",
            is_sample=any(summary.is_sample for summary in self.rollup.summaries),
            place=TITLE if name == INDEX and self.names[name] != TITLE else "",
            day=self.day,
            is_draft=False,
            saved="",
            left_out=self.left_out,
        )
        return framed(around, blocks, there.__contains__)

    @property
    def left_out(self) -> str:
        """What is not in the numbers, and why, in sentences."""
        files = count(self.not_in_it, "file is", "files are")
        why = "damaged, no partnership’s, or older than another one of the same partnership"
        return (
            "Left out: answers, names and notes of single partnerships, because they belong to them; counts of fewer "
            f"than {self.rollup.least} learners and of fewer than five people who rated, unless several of them can be "
            "added up without giving one away. Numerators and denominators are added, percentages never."
            + (f" {files} not in it: {why}." if self.not_in_it else "")
        )

    @property
    def _state(self) -> str:
        """The state that all partnerships name, if they name one."""
        states = {" ".join(summary.state.split()) for summary in self.rollup.summaries}
        return states.pop() if len(states) == 1 else ""

    def _of_state(self) -> Iterator[SiteBlock]:
        whole = self.rollup.statewide
        yield Note(
            f"{count(whole.partnerships, 'partnership')}, added up. This page ranks nobody: regions differ in whom "
            "they serve, and stand in the order of their names."
        )
        for title in _ABOUT:
            yield from _table(title, whole)
        yield Heading("Where people say the elements stand")
        chart = _charts.readiness(whole)
        yield from (chart, _ratings(whole)) if chart else (Paragraph("No round of ratings has been revealed."),)
        for dimension, heading in _DIMENSIONS.items():
            yield Heading(heading)
            yield _overview(dimension, self.rollup.by(dimension))
            if dimension == "region":
                yield Pointers(tuple(("", name, title) for name, title in self.names.items() if name != INDEX))

    def _of_region(self, region: str) -> Iterator[SiteBlock]:
        figures = self._regions[region]
        others = [theirs for name, theirs in self._regions.items() if name not in (region, NOT_SAID)]
        yield Note(
            f"{count(figures.partnerships, 'partnership')} of this region, beside the spread of the other regions. "
            "Where it stands in the spread is no rank: regions differ in whom they serve."
        )
        yield Heading("Beside the other regions")
        if len(others) < FEWEST_OTHERS:
            yield Paragraph(
                f"A spread is shown beside {FEWEST_OTHERS} other regions or more: of fewer, it would show single ones."
            )
        yield _spread(figures, others if len(others) >= FEWEST_OTHERS else [])
        chart = _charts.beside(figures, others)
        if chart:
            yield Heading("Where people say the elements stand")
            yield chart
            yield _ratings(figures)
        for title in _ABOUT:
            yield from _table(title, figures)


def _words(value: Any) -> str:
    if value is None:
        return "not shown"
    if isinstance(value, Decimal):  # one decimal in each row, also where it is 0
        return f"{value:,}"
    return f"{value:,.10g}" if isinstance(value, int | float) else str(value)


def _table(title: str, figures: Figures) -> Iterator[SiteBlock]:
    header, rows = _tables.TABLES[title]
    yield Heading(_ABOUT[title])
    cells = tuple(tuple(map(_words, row)) for row in rows(figures))
    if cells:
        yield Table(_ABOUT[title], header, cells, widths=_WIDTHS[title])
    else:
        yield Paragraph(_NOTHING[title])


def _overview(dimension: str, groups: dict[str, Figures]) -> Table:
    header, rows = _tables.TABLES["Overview"]
    cells = tuple((group, *map(_words, row)) for group, figures in groups.items() for row in rows(figures))
    head = dimension[0].upper() + dimension[1:]
    return Table(_DIMENSIONS[dimension], (head, *header), cells, widths=_WIDTHS["Overview"])


def _ratings(figures: Figures) -> Table:
    """How often each answer was given, by element; by sector the spreadsheet says."""
    header = ("Element", "People", *(str(step) for step in ANSWERS[:-1]), "I don't know", "Middle")
    rows = []
    for element in ELEMENTS:
        total = figures.ratings.get((element.number, EVERYONE))
        if total and total.partnerships:
            middle = total.middle[1] if total.middle else None
            rows.append((f"{element.number} {element.title}", *map(_words, (total.people, *total.numbers, middle))))
    return Table("How often each answer was given", header, tuple(rows), widths=(7, 2, 2, 2, 2, 2, 2, 3, 2))


def _spread(figures: Figures, others: Sequence[Figures]) -> Table:
    """The region's own shares, and between which two the middle half of the other regions lies."""
    rows = []
    for name, part, own, theirs in _shares(figures, others):
        low, high = quartiles(theirs) or (None, None) if len(theirs) >= FEWEST_OTHERS else (None, None)
        spread = f"{low:.0f}% to {high:.0f}%" if low is not None and high is not None else "too few to show"
        rows.append((name, part, _percent(own), spread))
    header = ("What", "This region", "In percent", "Middle half of the others")
    return Table("Beside the other regions", header, tuple(rows), widths=(6, 4, 2, 4))


def _percent(share: float | None) -> str:
    return "not shown" if share is None else f"{share:.0f}%"


def _shares(figures: Figures, others: Sequence[Figures]) -> Iterator[tuple[str, str, float | None, list[float]]]:
    """What can be told as a share: its name, the counts, the region's share, and the others'."""

    def pairs(of: Figures) -> dict[str, tuple[int, int]]:
        unmet, needs = of.unmet
        measured = {
            f"{measure.code} {measure.level} {measure.year}": (total.counted, total.out_of)
            for measure, total in sorted(of.measures.items())
            if total.partnerships
        }
        return {
            "Needs not met yet": (unmet, needs),
            "Consultation groups reached": of.reached,
            "Agreements signed by all": (of.signed, of.partnerships),
            **measured,
        }

    theirs = [pairs(other) for other in others]
    for name, (part, whole) in pairs(figures).items():
        shares = [100 * their[name][0] / their[name][1] for their in theirs if name in their and their[name][1]]
        yield name, f"{part:,} of {whole:,}", 100 * part / whole if whole else None, shares
