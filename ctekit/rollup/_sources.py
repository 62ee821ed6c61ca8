"""Reading what a state may know of a partnership, out of its file or its list of counts. Both stay as they are."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import add
from pathlib import Path

from ctekit import rubrics
from ctekit.model.errors import CtekitError, describe_fault
from ctekit.model.paths import STORE_FILE
from ctekit.model.questions import Json
from ctekit.ratings import LEAST_IN_ALL, SECTORS, folded
from ctekit.rollup._document import ENDING, LONGEST, read_document
from ctekit.rollup._summary import ANSWERS, ElementRatings, Summary, summarize
from ctekit.store import Store, open_to_read, pointer
from ctekit.worksheets.metrics import Metrics

_PLACES: dict[Json, int] = {code: place for place, code in enumerate(ANSWERS)}
_ELEMENTS = {indicator.number: int(indicator.number.partition(".")[0]) for indicator in rubrics.INDICATORS}

Counts = Mapping[tuple[str, str, str, Json], int]
"""(round, question, sector, code) -> answers."""


@dataclass(frozen=True)
class Submission:
    """A list of counts that a partnership of a hub gave its state agency.

    Attributes
    ----------
    partnership : str
        Whose, as the hub's database knows it.
    document : str
        The list.
    """

    partnership: str
    document: str

    def __str__(self) -> str:
        return f"{self.partnership} on the hub"


Source = Path | Submission


def submitted(store: str) -> list[Submission]:
    """What partnerships of a hub gave their state agency.

    Parameters
    ----------
    store : str
        The address of the hub's database, with the name and password of somebody of the agency; "" for no hub.

    Returns
    -------
    list of Submission
        One a partnership.

    Raises
    ------
    StoreError
        The database does not answer, or does not let us.
    """
    if not store:
        return []
    url = pointer.address(store)
    from ctekit.store.submitting import submissions  # which needs PostgreSQL's driver

    return [Submission(*each) for each in submissions(url)]


def paths(sources: Iterable[Path]) -> Iterator[Path]:
    """The files that sources stand for.

    Parameters
    ----------
    sources : iterable of Path
        Files; partnerships' folders; or folders that hold many of either.

    Yields
    ------
    Path
        Each once, in the order of names. What is not there, or may not be entered, is passed on as it is.
    """
    seen: set[str] = set()
    for source in sources:
        for path in _within(source) if _is(source.is_dir) else [source]:
            # Where a link leads to itself, `Path.resolve` would raise.
            if (place := os.path.realpath(path)) not in seen:
                seen.add(place)
                yield path


def _within(folder: Path) -> list[Path]:
    """The files of a folder that is a partnership's, or holds several; of one that cannot be read, its own."""
    own = folder / STORE_FILE
    if _is(own.is_file):
        return [own]
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return [own]
    files = [entry for entry in entries if entry.name.endswith((".ctekit", ENDING))]
    for entry in entries:
        if _is(entry.is_dir) and (os.path.lexists(entry / STORE_FILE) or not os.access(entry, os.X_OK)):
            files.append(entry / STORE_FILE)
    return sorted(files) or [own]


def _is(kind: Callable[[], bool]) -> bool:
    """Whether a file is of a kind, as far as one may look."""
    try:
        return kind()
    except OSError:
        return False


def read(source: Source) -> Summary:
    """What a state may know of the partnership in a file, or in a list of counts.

    Parameters
    ----------
    source : Path or Submission

    Returns
    -------
    Summary

    Raises
    ------
    CtekitError
        It is damaged, or no partnership's. One sentence.
    """
    if isinstance(source, Submission):
        return read_document(source.document, str(source), source.partnership)
    if source.suffix == ".json":
        return _read_list(source)
    with open_to_read(source) as store:
        return summary_of(store)


def _read_list(path: Path) -> Summary:
    try:
        with path.open("rb") as file:
            return read_document(file.read(LONGEST + 1), str(path))
    except OSError as error:
        raise CtekitError(f"“{path}” cannot be read ({describe_fault(error)}), so it is left out.") from None


def summary_of(store: Store) -> Summary:
    """What a state may know of a partnership.

    Parameters
    ----------
    store : Store
        Open.

    Returns
    -------
    Summary
    """
    uids = {revision.row: revision.uid for revision in store.history(Metrics.slug)}
    return summarize(store.load(), store.partnership, ratings_of(store), uids)


def ratings_of(store: Store) -> dict[int, ElementRatings]:
    """What the newest revealed round about each element says.

    Parameters
    ----------
    store : Store

    Returns
    -------
    dict of int to ElementRatings
        Only elements that somebody rated.
    """
    prints = store.fingerprints()
    rated = newest([round_.id for round_ in store.rounds()], store.counts())
    return {element: replace(ratings, version=prints.get(ratings.round, "")) for element, ratings in rated.items()}


def newest(rounds: Iterable[str], counts: Counts) -> dict[int, ElementRatings]:
    """Of counted answers, those of the newest round about each element.

    Parameters
    ----------
    rounds : iterable of str
        Ids, the earliest first.
    counts : mapping
        How many answers stand, by (round, question, sector, code).

    Returns
    -------
    dict of int to ElementRatings
    """
    tallies: defaultdict[tuple[str, int], _Tally] = defaultdict(_Tally)
    for (round_id, question, sector, code), number in counts.items():
        element, place = _ELEMENTS.get(question), _PLACES.get(code)
        if element is not None and place is not None:
            tallies[round_id, element].add(question, sector if sector in SECTORS else "", place, number)
    order = {round_id: place for place, round_id in enumerate(rounds)}
    latest = sorted(tallies, key=lambda key: order.get(key[0], -1))
    return {element: tallies[round_id, element].ratings(round_id) for round_id, element in latest}


class _Tally:
    """The answers of one round about one element, as they are counted."""

    def __init__(self) -> None:
        self._codes: defaultdict[str, dict[str, list[int]]] = defaultdict(dict)
        self._sizes: defaultdict[str, dict[str, int]] = defaultdict(dict)

    def add(self, question: str, sector: str, place: int, number: int) -> None:
        self._codes[question].setdefault(sector, [0] * len(ANSWERS))[place] += number
        sizes = self._sizes[question]
        sizes[sector] = sizes.get(sector, 0) + number

    def ratings(self, round_id: str) -> ElementRatings:
        """What is told of a question that too few answered: nothing, as its partnership tells nothing of it."""
        answered = {name: sizes for name, sizes in self._sizes.items() if sum(sizes.values()) >= LEAST_IN_ALL}
        people: dict[str, int] = {}
        for sizes in answered.values() or self._sizes.values():
            people |= {sector: max(number, people.get(sector, 0)) for sector, number in sizes.items()}
        codes: defaultdict[str, list[int]] = defaultdict(lambda: [0] * len(ANSWERS))
        for name in answered:
            for sector, numbers in self._codes[name].items():
                codes[sector] = [*map(add, codes[sector], numbers)]
        return ElementRatings(
            round_id,
            {sector: tuple(numbers) for sector, numbers in codes.items()},
            people,
            tuple(_the_same(folded(sizes)) for sizes in answered.values()),
            _the_same(_partly_folded(answered.values())),
        )


def _partly_folded(questions: Iterable[Mapping[str, int]]) -> frozenset[str]:
    """The sectors that are shown by themselves in some questions that they answered, and folded in others."""
    sizes = list(questions)
    hidden = frozenset[str]().union(*map(folded, sizes))
    shown = frozenset[str]().union(*(each.keys() - folded(each) for each in sizes))
    return hidden & shown


@lru_cache(maxsize=512)
def _the_same(sectors: frozenset[str]) -> frozenset[str]:
    """One of all that are equal: there are few, and each stands in many places."""
    return sectors


def gather(
    sources: Iterable[Source], tell: Callable[[str], None] = lambda _: None, step: Callable[[], None] = lambda: None
) -> list[Summary]:
    """What a state may know of each partnership; one that cannot be read costs itself alone.

    Parameters
    ----------
    sources : iterable of Path or Submission
    tell : callable
        Takes one sentence about each source that is not in it.
    step : callable
        Called after each source.

    Returns
    -------
    list of Summary
        One a partnership: of two sources of one, that with the newer answers.
    """
    newest_of: dict[str, tuple[Summary, Source]] = {}
    for source in sources:
        try:
            summary = read(source)
        except CtekitError as error:
            tell(str(error))
        except Exception as error:  # a stranger's file may hold what nobody foresaw; the others go on
            tell(f"“{source}” could not be read ({describe_fault(error)}), so it is left out. Ask for another copy.")
        else:
            before = newest_of.get(summary.partnership)
            if before:
                older = source if summary.saved <= before[0].saved else before[1]
                newer = before[1] if older == source else source
                tell(f"“{older}” and “{newer}” are of one partnership; the second is newer, and counted once.")
            if not before or summary.saved > before[0].saved:
                newest_of[summary.partnership] = (summary, source)
        step()
    return [summary for summary, _ in newest_of.values()]
