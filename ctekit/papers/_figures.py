"""What a measure says, in words that may be shown: its start, its latest figure and its target."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from ctekit import charts
from ctekit.model.days import long_day
from ctekit.model.figures import figure
from ctekit.papers._answers import Answers
from ctekit.papers._blocks import Picture
from ctekit.worksheets.metrics import Metrics


class Figures(NamedTuple):
    """One measure. What is held back, and why, stands in `state`; its figures are "" then."""

    name: str
    start: str
    latest: str
    target: str
    state: str


def figures(answers: Answers) -> dict[str, Figures]:
    """Every measure by its id, as the chart of progress shows it: small groups are hidden there.

    Parameters
    ----------
    answers : Answers

    Returns
    -------
    dict
    """
    rows = charts.of("progress", answers.book).numbers.rows
    return {
        metric.id: Figures(
            name,
            _figure(unit, first, first_on),
            _figure(unit, last, last_on),
            _figure(unit, target, target_on),
            state,
        )
        for metric, (name, unit, first, first_on, last, last_on, target, target_on, _, state) in zip(
            answers.book[Metrics].metrics, rows, strict=True
        )
    }


def picture(answers: Answers, name: str) -> tuple[Picture, ...]:
    """The chart with this name; nothing where it has nothing to show.

    Parameters
    ----------
    answers : Answers
    name : str
        Such as ``"pathway"``.

    Returns
    -------
    tuple of Picture
        One or none.
    """
    chart = charts.of(name, answers.book)
    return (Picture(chart),) if chart.numbers.rows else ()


def _figure(unit: str, value: float | None, day: str | None) -> str:
    if value is None:
        return ""
    number = figure(value, unit)
    return f"{number}\n{long_day(datetime.date.fromisoformat(day))}" if day else number
