"""Round against round: what has changed, where the words are still the same."""

from __future__ import annotations

from dataclasses import dataclass

from ctekit.ratings.results import Results, Spread


@dataclass(frozen=True)
class Change:
    """One question in two rounds. `by` is None where the words have changed since, or one of them may not be shown."""

    number: str
    statement: str
    before: Spread
    after: Spread
    same_wording: bool
    by: float | None


def compare(before: Results, after: Results) -> tuple[Change, ...]:
    """Round against round. The people need not be the same; the words have to be.

    Parameters
    ----------
    before : Results
        What the earlier round says.
    after : Results
        What the later one says.

    Returns
    -------
    tuple of Change
        One for each question that both asked.
    """
    old = {indicator.number: indicator for indicator in before.indicators}
    changes = []
    for indicator in after.indicators:
        if indicator.number not in old:
            continue
        then, now = old[indicator.number].everyone, indicator.everyone
        print_before, print_after = (results.round.wording.get(indicator.number) for results in (before, after))
        same = print_before is not None and print_before == print_after
        shown = same and then.median is not None and now.median is not None
        by = (now.median or 0) - (then.median or 0) if shown else None
        changes.append(Change(indicator.number, indicator.question.statement, then, now, same, by))
    return tuple(changes)
