"""Small groups stay hidden: which counts must not be shown, and which others would give them away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

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
    for group in sorted(groups, key=lambda one: groups[one]):
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
    """

    small: tuple[Observation, ...]
    complement: tuple[Observation, ...]
    total: Observation | None


def is_everybody(one: Observation) -> bool:
    """Whether a count is that of everybody together."""
    group = (one.group or "").strip().casefold()
    return group in _EVERYBODY or not (group or one.breakdown)


def disclosures(cells: Iterable[Observation], shown: Iterable[Observation], least: int) -> tuple[Disclosure, ...]:
    """What the shown counts give away.

    Parameters
    ----------
    cells : iterable of Observation
        All counts there are, of measures about single people.
    shown : iterable of Observation
        Those a reader sees.
    least : int
        The smallest group shown.
    """
    seen = {one.id for one in shown}
    tables: dict[tuple[str, str], dict[str, list[Observation]]] = {}
    for one in cells:
        table = tables.setdefault((one.metric or "", str(one.as_of)), {})
        table.setdefault("" if is_everybody(one) else _loose(one.breakdown), []).append(one)
    return tuple(found for table in tables.values() for found in _of_one_date(table, seen, least))


def _of_one_date(table: Mapping[str, list[Observation]], seen: set[str], least: int) -> list[Disclosure]:
    everybody = next((one for one in table.get("", ()) if one.id in seen and one.out_of is not None), None)
    found = []
    for breakdown, cells in table.items():
        shown = [one for one in cells if one.id in seen]
        small = tuple(one for one in shown if is_small(one.out_of, least))
        large = {one.id: one.out_of for one in shown if one.out_of is not None and not is_small(one.out_of, least)}
        total = _known_total(table, breakdown, everybody, seen)
        also = complement(large, total, least) if breakdown else ()
        if small or also:
            found.append(Disclosure(small, tuple(one for one in shown if one.id in also), everybody))
    return found


def _known_total(
    table: Mapping[str, list[Observation]], breakdown: str, everybody: Observation | None, seen: set[str]
) -> int | None:
    """What a reader knows of everybody: the row itself, or another breakdown of which every group is shown."""
    if everybody is not None:
        return everybody.out_of
    expected = {_sum(table[breakdown]), *(one.out_of for one in table.get("", ()))} - {None}
    for other, cells in table.items():
        whole = _sum(cells)
        if other not in ("", breakdown) and whole in expected and all(one.id in seen for one in cells):
            return whole
    return None


def _sum(cells: Iterable[Observation]) -> int | None:
    sizes = [one.out_of for one in cells]
    return None if None in sizes else sum(size for size in sizes if size is not None)


def _loose(words: str | None) -> str:
    return " ".join((words or "groups").split()).casefold()


@lru_cache(maxsize=8)
def hidden(book: Workbook) -> frozenset[str]:
    """The ids of the observations that no page, chart or document may show.

    Those marked not to be shown; those of a small or unknown number of people; and those that would give one away.
    Where a measure does not say whether it is about single people, it is treated as if it were.
    """
    sheet = book[Metrics]
    least = threshold(book)
    totals_only = {one.id for one in sheet.metrics if one.about == "aggregate"}
    cells = [one for one in sheet.observations if one.metric not in totals_only]
    gone = {one.id for one in sheet.observations if one.shown is False}
    if book.seen_from:  # a look back tells nothing that is hidden or was taken out by now
        gone |= hidden(book.seen_from) | set(book.seen_from.removed)
    gone |= {one.id for one in cells if one.out_of is None or is_small(one.out_of, least)}
    shown = [one for one in cells if one.id not in gone]
    for found in disclosures(cells, shown, least):
        gone |= {one.id for one in found.complement}
    return frozenset(gone)


def about_single_people(book: Workbook) -> dict[str, Metric]:
    """The measures whose source tells of single learners or wage records, by id."""
    return {one.id: one for one in book[Metrics].metrics if one.about in SINGLE_PEOPLE}


def without_agreement(book: Workbook) -> dict[str, Metric]:
    """The measures about single people that no data agreement allows, by id: nothing of them may be shown."""
    agreements = {one.id for one in book[Roles].data_agreements}
    return {key: one for key, one in about_single_people(book).items() if one.agreement not in agreements}
