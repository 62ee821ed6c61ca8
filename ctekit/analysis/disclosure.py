"""Small groups stay hidden: which counts must not be shown, and which others would give them away."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from ctekit.model import text
from ctekit.workbook import Workbook
from ctekit.worksheets.metrics import Metric, Metrics, Observation
from ctekit.worksheets.profile import Profile
from ctekit.worksheets.roles import Roles

DEFAULT = 10
"""The smallest group shown where the profile does not say. States differ; ten is common."""

SINGLE_PEOPLE = ("student", "wage record")
_EVERYBODY = ("all", "total", "everybody", "everyone")


def threshold(book: Workbook) -> int:
    """The smallest group of which results are shown."""
    return book[Profile].smallest_group or DEFAULT


def is_small(out_of: int | None, least: int) -> bool:
    """Whether a group is too small to show. Nobody (0) tells of nobody."""
    return out_of is not None and 0 < out_of < least


def complement(groups: Mapping[str, int], total: int | None, least: int) -> tuple[str, ...]:
    """Which shown groups must be hidden as well, because the total less the shown ones leaves a small group.

    Parameters
    ----------
    groups : mapping of str to int
        The groups of one breakdown that are shown, and their sizes.
    total : int or None
        The size of everybody together, where a reader can know it.
    least : int
        The smallest group shown.

    Returns
    -------
    tuple of str
        The fewest, the smallest first; empty when nothing is given away.

    Examples
    --------
    >>> complement({"all others": 405}, 412, 10)
    ('all others',)
    >>> complement({"north": 200, "south": 180}, 412, 10)
    ()
    """
    if total is None:
        return ()
    rest = total - sum(groups.values())
    hidden: list[str] = []
    for group in sorted(groups, key=groups.__getitem__):
        # The second test is for groups that overlap: everybody outside this one is a group as well.
        if is_small(rest, least) or is_small(total - groups[group], least):
            hidden.append(group)
            rest += groups[group]
    return tuple(hidden)


@dataclass(frozen=True)
class Disclosure:
    """One breakdown of one measure at one date that shows too much.

    Attributes
    ----------
    small : tuple of Observation
        Shown, of too few people.
    complement : tuple of Observation
        Shown, of enough people, but the small ones follow from them by subtraction.
    total : Observation or None
        The row of everybody, where it is shown.
    elsewhere : bool
        Nothing follows from this table alone; it does side by side with another of the same people.
    """

    small: tuple[Observation, ...]
    complement: tuple[Observation, ...]
    total: Observation | None
    elsewhere: bool = False


def is_everybody(observation: Observation) -> bool:
    """Whether a count is that of everybody together."""
    group = text.key(observation.group)
    return group in _EVERYBODY or not (group or observation.breakdown)


def disclosures(
    cells: Iterable[Observation],
    shown: Iterable[Observation],
    least: int,
    people: Mapping[str, str] | None = None,
) -> tuple[Disclosure, ...]:
    """What the shown counts give away: within a table, and across the tables that count the same people.

    Parameters
    ----------
    cells : iterable of Observation
        All counts there are, of measures about single people.
    shown : iterable of Observation
        Those a reader sees.
    least : int
        The smallest group shown.
    people : mapping of str to str
        Who is counted, by the id of the measure; see `populations`. Measures with the same words count the same people
        on the same day or in the same reporting year.

    Notes
    -----
    A *table* is one measure at one date. A group of the same people has the same size in each of their tables: hidden
    here and shown there, it is known. That tables are of the same people is told by words and day, words and reporting
    year, or by a total that is the same: at two dates of one measure, or in two measures at one date. Two cohorts of
    different people are never subtracted from each other. Groups of a breakdown are taken to be apart.
    """
    ids = {observation.id for observation in shown}
    tables: dict[tuple[str, datetime.date | None], _Table] = {}
    for observation in cells:
        count = _Count(_loose(observation.group), observation.out_of, observation.id in ids, observation)
        table = tables.setdefault((observation.metric or "", observation.as_of), {})
        table.setdefault("" if is_everybody(observation) else _loose(observation.breakdown), []).append(count)
    return tuple(disclosure for same in _of_the_same_people(tables, people or {}) for disclosure in _among(same, least))


class _Count(NamedTuple):
    """What matters here of an observation, close together: of very many, looking into each anew takes the time."""

    group: str
    size: int | None
    is_shown: bool
    observation: Observation


_Table = dict[str, list[_Count]]
"""The counts of one measure at one date by breakdown; "" for everybody together."""
_Key = tuple[str, ...]


def _of_the_same_people(
    tables: Mapping[tuple[str, datetime.date | None], _Table], people: Mapping[str, str]
) -> list[list[_Table]]:
    """The tables, those of the same people together. One pass over what each is known by: linear."""
    joined = list(range(len(tables)))

    def root(table: int) -> int:
        while joined[table] != table:
            joined[table] = table = joined[joined[table]]
        return table

    first: dict[_Key, int] = {}
    totals: dict[_Key, dict[str, int]] = {}
    without: list[tuple[int, list[_Key]]] = []
    for number, ((metric, day), table) in enumerate(tables.items()):
        who, at = people.get(metric) or metric, str(day)
        years = {count.observation.reporting_year for counts in table.values() for count in counts} - {None, ""}
        whens: list[_Key] = [(who, "on", at), *((who, "in", _loose(year)) for year in sorted(map(str, years)))]
        total = next((str(count.size) for count in table.get("", ()) if count.size is not None), "")
        size = total or str(max((_sum(rows) or 0 for name, rows in table.items() if name), default=0))
        keys: list[_Key] = [*((*when, size) for when in whens), (metric, size), ("", "on", at, size)]
        for key in keys if size != "0" else ():
            joined[root(number)] = root(first.setdefault(key, number))
        for when in whens:
            if total:
                totals.setdefault(when, {}).setdefault(total, number)
        if not total:
            without.append((number, whens))
    for number, whens in without:
        for when in whens:
            if len(totals.get(when, ())) == 1:
                joined[root(number)] = root(next(iter(totals[when].values())))
    classes: dict[int, list[_Table]] = {}
    for number, table in enumerate(tables.values()):
        classes.setdefault(root(number), []).append(table)
    return list(classes.values())


def _among(tables: list[_Table], least: int) -> Iterator[Disclosure]:
    """What tables of the same people give away together."""
    whole = [count for table in tables for count in table.get("", ()) if count.size is not None]
    groups: dict[str, dict[str, list[_Count]]] = {}
    for table in tables:
        for breakdown, counts in table.items():
            for count in counts if breakdown else ():
                groups.setdefault(breakdown, {}).setdefault(count.group, []).append(count)
    sizes = {breakdown: _known(parts, least) for breakdown, parts in groups.items()}
    complete = {name: sum(sizes[name].values()) for name, parts in groups.items() if len(sizes[name]) == len(parts)}
    also: dict[str, set[str]] = {}
    for breakdown, parts in groups.items():
        totals = {count.size for count in whole if count.is_shown}
        if not totals:  # the total stands nowhere; another breakdown of which every group is known gives it
            expected = {_sum(counts[0] for counts in parts.values()), *(count.size for count in whole)}
            totals = {size for name, size in complete.items() if name != breakdown and size in expected}
        also[breakdown] = {group for total in totals for group in complement(sizes[breakdown], total, least)}
    for table in tables:
        total = next((count for count in table.get("", ()) if count.is_shown and count.size is not None), None)
        for breakdown, counts in table.items():
            shown, hidden = [count for count in counts if count.is_shown], also.get(breakdown, set())
            small = [count for count in shown if is_small(count.size, least)]
            too = [count for count in shown if count.group in hidden and not is_small(count.size, least)]
            if small or too:
                own = {count.group: count.size for count in shown if count.size and not is_small(count.size, least)}
                alone = set(complement(own, total.size if total else None, least))
                yield Disclosure(
                    tuple(count.observation for count in small),
                    tuple(count.observation for count in too),
                    total.observation if total else None,
                    not small and not alone & {count.group for count in too},
                )


def _known(parts: Mapping[str, list[_Count]], least: int) -> dict[str, int]:
    """The sizes of the groups that a reader sees in any table, but for small ones: those will be hidden."""
    return {
        group: count.size
        for group, counts in parts.items()
        for count in counts
        if count.is_shown and count.size is not None and not is_small(count.size, least)
    }


def _sum(counts: Iterable[_Count]) -> int | None:
    sizes = [count.size for count in counts]
    return None if None in sizes else sum(size for size in sizes if size is not None)


def _loose(words: str | None) -> str:
    return text.key(words or "groups")


def populations(book: Workbook) -> dict[str, str]:
    """Whom each measure counts, in its own words; measures that say nothing are left out."""
    return {
        metric.id: " ".join(_loose(part) for part in (metric.out_of, metric.who or "-", metric.level or "-"))
        for metric in book[Metrics].metrics
        if metric.out_of
    }


def given_away(book: Workbook) -> tuple[Disclosure, ...]:
    """What the counts that are marked to be shown give away, of measures about single people."""
    about = about_single_people(book)
    cells = [observation for observation in book[Metrics].observations if observation.metric in about]
    return disclosures(
        cells, [observation for observation in cells if observation.shown], threshold(book), populations(book)
    )


@lru_cache(maxsize=8)
def hidden(book: Workbook) -> frozenset[str]:
    """The ids of the observations that no page, chart or document may show.

    Those marked not to be shown; those of a small or unknown number of people; and those that would give one away.
    Where a measure does not say whether it is about single people, it is treated as if it were.
    """
    sheet = book[Metrics]
    least = threshold(book)
    totals_only = {metric.id for metric in sheet.metrics if metric.about == "aggregate"}
    cells = [observation for observation in sheet.observations if observation.metric not in totals_only]
    gone = {observation.id for observation in sheet.observations if observation.shown is False}
    if book.seen_from:  # a look back tells nothing that is hidden or was taken out by now
        gone |= hidden(book.seen_from) | set(book.seen_from.removed)
    gone |= {
        observation.id for observation in cells if observation.out_of is None or is_small(observation.out_of, least)
    }
    observations = [observation for observation in cells if observation.id not in gone]
    for disclosure in disclosures(cells, observations, least, populations(book)):
        gone |= {observation.id for observation in disclosure.complement}
    return frozenset(gone)


def about_single_people(book: Workbook) -> dict[str, Metric]:
    """The measures whose source tells of single learners or wage records, by id."""
    return {metric.id: metric for metric in book[Metrics].metrics if metric.about in SINGLE_PEOPLE}


@lru_cache(maxsize=8)
def without_agreement(book: Workbook) -> dict[str, Metric]:
    """The measures about single people of which it is not written what allows them, by id: nothing may be shown.

    A data agreement allows them, or a reason why none applies: a district that counts its own learners needs none.
    """
    agreements = {agreement.id for agreement in book[Roles].data_agreements}
    return {
        key: metric
        for key, metric in about_single_people(book).items()
        if metric.agreement not in agreements and (metric.agreement or not metric.is_excused("agreement"))
    }
