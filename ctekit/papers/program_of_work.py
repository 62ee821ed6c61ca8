"""The program of work: from each promise to its duties, actions and measures, each with a name and a day."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from ctekit.model.days import short_day
from ctekit.papers._answers import Answers
from ctekit.papers._blocks import Block, Gap, Heading, Paper, Paragraph, Table, Words
from ctekit.papers._duties import answering, table_of_duties
from ctekit.papers._frame import framed
from ctekit.worksheets.metrics import Metric, Metrics
from ctekit.worksheets.plan import Plan
from ctekit.worksheets.purpose import Purpose
from ctekit.worksheets.recruitment import Recruitment
from ctekit.worksheets.roles import Roles

TITLE = "Program of work"
ABOUT = "Promise by promise: what is done, who answers for it, by when, and the measure that will show it."

_DUTY = ("What is done", "Who answers for it")
_MEASURE = ("Measure", "Target", "By", "Who answers for the result")
_ACTION = ("What", "Who", "By")
_DUE = ("Quarter", "What is due, and whose it is")
_QUARTERS = ("January to March", "April to June", "July to September", "October to December")


def papers(answers: Answers) -> tuple[Paper, ...]:
    """Make the program of work.

    Parameters
    ----------
    answers : Answers

    Returns
    -------
    tuple of Paper
        One.
    """
    return (framed(answers, "program-of-work", TITLE, ABOUT, _blocks(answers)),)


def _blocks(answers: Answers) -> Iterator[Block]:
    purpose = answers.book[Purpose]
    if not purpose.clauses:
        yield Paragraph(Gap("What we promise", "worksheet 2"))
    if not all(task.by for task in answers.book[Roles].tasks):
        yield Paragraph("A duty without a date goes on for as long as the agreement does.")
    for number, clause in enumerate(purpose.clauses, 1):
        yield Heading((f"{number} ", answers.words(clause, "promise")))
        yield from _duties(answers, clause.id)
        yield from _measures(answers, clause.id)
    actions = [action for action in answers.book[Plan].actions if not action.done]
    yield Heading("The next 90 days")
    if actions:
        ordered = sorted(actions, key=lambda action: (action.by is None, action.by))
        yield Table(
            "The next 90 days",
            _ACTION,
            tuple(tuple(answers.words(row, field) for field in ("action", "owner", "by")) for row in ordered),
        )
    else:
        yield Paragraph("No action is open.")
    yield from _by_quarter(answers)


def _by_quarter(answers: Answers) -> Iterator[Block]:
    quarters: dict[str, list[Words]] = {}
    for day, *what in sorted(_due(answers), key=lambda due: due[0]):
        quarter = f"{_QUARTERS[(day.month - 1) // 3]} {day.year}"
        lines = quarters.setdefault(quarter, [])
        lines.append(("\n" if lines else "", f"{short_day(day)}: ", *what))
    if quarters:
        yield Heading("Quarter by quarter")
        rows = tuple((quarter, tuple(lines)) for quarter, lines in quarters.items())
        yield Table("Quarter by quarter", _DUE, rows, widths=(2, 7))


def _due(answers: Answers) -> Iterator[tuple[datetime.date, Words, Words]]:
    """Day, what, and whose it is, of each duty, open action and measure that has a day."""
    roles = answers.book[Roles]
    for task in roles.tasks:
        if task.by:
            holding = [row for row, letters in roles.matrix.get(task.id, {}).items() if "A" in letters]
            yield task.by, answers.name(task.id), _whose(answers.names(holding))
    for action in answers.book[Plan].actions:
        if action.by and not action.done:
            yield action.by, answers.words(action, "action"), _whose(answers.words(action, "owner", gap=False))
    for metric in answers.book[Metrics].metrics:
        if metric.target_date:
            words = (answers.words(metric, "name"), " reaches its target")
            yield metric.target_date, words, _whose(answers.words(metric, "owner", gap=False))


def _whose(who: Words) -> Words:
    """The name in parentheses; that nobody answers for it is said above already."""
    return (" (", who, ")") if who and not isinstance(who, Gap) else ""


def _duties(answers: Answers, promise: str) -> Iterator[Block]:
    roles = answers.book[Roles]
    needs = {need.id for need in answers.book[Recruitment].needs if need.promise == promise}
    rows = [(task, answering(answers, task)) for task in roles.tasks if task.need in needs]
    if rows:
        yield from table_of_duties(answers, "Duties", _DUTY, rows, widths=(5, 4, 2))
    else:
        yield Paragraph("No duty serves this promise yet.")


def _measures(answers: Answers, promise: str) -> Iterator[Block]:
    rows = [row for row in answers.book[Metrics].metrics if row.promise == promise]
    if rows:
        yield Table("Measures", _MEASURE, tuple(_measure(answers, row) for row in rows), widths=(4, 2, 2, 3))
    else:
        yield Paragraph("No measure shows this promise yet.")


def _measure(answers: Answers, row: Metric) -> tuple[Words, ...]:
    return tuple(answers.words(row, field) for field in ("name", "target", "target_date", "owner"))
