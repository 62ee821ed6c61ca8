"""What papers say of duties: which party answers for one, and by when duties are due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ctekit.papers._answers import Answers
from ctekit.papers._blocks import Block, Gap, Table, Words
from ctekit.worksheets.roles import Roles, Task

_TWO = "more than one is named, and one alone has to answer"


def answering(answers: Answers, task: Task) -> Words:
    """Who answers for a duty; a gap where that is nobody, and behind the names where they are several.

    Parameters
    ----------
    answers : Answers
    task : Task

    Returns
    -------
    Words
    """
    cells = answers.book[Roles].matrix.get(task.id, {})
    holding = [organization for organization, letters in cells.items() if "A" in letters]
    where = f"worksheet 6: {answers.name(task.id)}"
    if len(holding) > 1:
        return (answers.names(holding), "\n", Gap("Who answers for it", where, state=_TWO))
    return answers.names(holding) or Gap("Who answers for it", where)


def table_of_duties(
    answers: Answers,
    caption: str,
    header: tuple[str, str],
    rows: Sequence[tuple[Task, Words]],
    widths: tuple[int, int, int],
) -> Iterator[Block]:
    """Duties with their days; without a column of days where none has one.

    Parameters
    ----------
    answers : Answers
    caption : str
    header : pair of str
        What the duty's column and the one beside it are called.
    rows : sequence of pair
        A duty, and what stands beside it.
    widths : tuple of int
        Of both columns, and of the days.

    Yields
    ------
    Block
    """
    columns = 3 if any(task.by for task, _ in rows) else 2
    cells = tuple(
        (answers.name(task.id), beside, answers.words(task, "by", gap=False) or "for the whole term")[:columns]
        for task, beside in rows
    )
    yield Table(caption, (*header, "By")[:columns], cells, widths[:columns])
