"""The charts of a roll-up: drawn as those of a partnership, of numbers that are added up already."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ctekit import charts, rubrics
from ctekit.charts import Chart, Numbers, Words
from ctekit.ratings import SECTORS, median
from ctekit.ratings.results import OTHERS
from ctekit.rollup._figures import EVERYONE, Figures
from ctekit.site import Figure, figure_of

_CHART = "readiness"
FEWEST_OTHERS = 4
"""Of fewer other regions no spread is shown: it would show single ones."""
NOT_FOR_RANKING = "What people in one room say cannot be compared with what people in another say: rank nobody by it."

_Level = Callable[[int, str], float | None]


def _middles(figures: Figures) -> _Level:
    def level(element: int, who: str) -> float | None:
        total = figures.ratings.get((element, who))
        return total.middle[1] if total and total.middle else None

    return level


def readiness(figures: Figures) -> Figure | None:
    """Where people say the elements stand, by sector; None where nobody was asked.

    Parameters
    ----------
    figures : Figures
        Of the partnerships it is about.

    Returns
    -------
    Figure or None
    """
    level = _middles(figures)
    groups = [sector for sector in SECTORS if any(level(element.number, sector) for element in rubrics.ELEMENTS)]
    module = charts.called(_CHART)
    numbers = _numbers(level, groups)
    return _figure(numbers, module.QUESTION, module.tell(numbers)) if numbers else None


def beside(region: Figures, others: Sequence[Figures]) -> Figure | None:
    """Where people of one region say the elements stand, and the middle of the other regions.

    Parameters
    ----------
    region : Figures
    others : sequence of Figures
        The other regions.

    Returns
    -------
    Figure or None
        None where nobody was asked. The middle is shown of elements that enough other regions rated.
    """
    own, theirs = _middles(region), [_middles(figures) for figures in others]

    def level(element: int, who: str) -> float | None:
        if who == EVERYONE:
            return own(element, who)
        values = [value for value in (other(element, EVERYONE) for other in theirs) if value is not None]
        doubled = median([int(2 * value) for value in values]) if len(values) >= FEWEST_OTHERS else None
        return None if doubled is None else doubled / 2

    numbers = _numbers(level, [OTHERS])
    if not numbers:
        return None
    sentence = charts.called(_CHART).tell(numbers)
    caption = "The thick line is this region, the star the middle of the other regions."
    return _figure(numbers, "Where do people of this region say we stand?", Words(caption, sentence.alt))


def _numbers(level: _Level, groups: Sequence[str]) -> Numbers | None:
    """As the chart of a partnership has them; None where nobody was asked."""
    rows = []
    for element in rubrics.ELEMENTS:
        everyone = level(element.number, EVERYONE)
        levels = [level(element.number, group) for group in groups]
        values = [value for value in levels if value is not None]
        gap = max(values) - min(values) if len(values) > 1 else None
        name = f"{element.number} {element.title}"
        rows.append((name, everyone, *levels, gap, int(everyone is not None), ""))
    if all(row[1] is None for row in rows):
        return None
    columns = ("Element", "Everyone", *groups, "Gap", "Rated", "In which round")
    return Numbers(columns, tuple(rows), f"{rubrics.NOT_VALIDATED} {NOT_FOR_RANKING}")


def _figure(numbers: Numbers, question: str, words: Words) -> Figure:
    return figure_of(Chart(_CHART, question, numbers, words, charts.called(_CHART)))
