"""Reading what a state may know of a partnership, out of its file or its list of counts. Both stay as they are."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ctekit.model.errors import CtekitError, describe_fault
from ctekit.model.paths import STORE_FILE
from ctekit.model.text import shortened
from ctekit.rollup._document import ENDING, LONGEST, read_document
from ctekit.rollup._newest import grouped, newest
from ctekit.rollup._summary import ElementRatings, Summary, summarize
from ctekit.store import Store, open_to_read, pointer
from ctekit.worksheets.metrics import Metrics


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
    visited: set[str] = set()
    for source in sources:
        for path in _within(source) if _is(source.is_dir) else [source]:
            # Where a link leads to itself, `Path.resolve` would raise.
            if (place := os.path.realpath(path)) not in visited:
                visited.add(place)
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
        return _of_a_day(read_document(source.document, str(source), source.partnership), source)
    if source.suffix == ".json":
        return _read_list(source)
    with open_to_read(source) as store:
        return summary_of(store)


def _read_list(path: Path) -> Summary:
    try:
        with path.open("rb") as file:
            return _of_a_day(read_document(file.read(LONGEST + 1), str(path)), path)
    except OSError as error:
        raise CtekitError(f"“{path}” cannot be read ({describe_fault(error)}), so it is left out.") from None


def _of_a_day(summary: Summary, source: Source) -> Summary:
    """A list, unless it is of a day to come: it would be newer than any other for ever.

    Raises
    ------
    CtekitError
        It is, or of no day at all.
    """
    try:
        is_fine = not summary.saved or datetime.fromisoformat(summary.saved) <= datetime.now(UTC) + timedelta(days=1)
    except (ValueError, TypeError):  # a time without a zone cannot be compared
        is_fine = False
    if not is_fine:
        raise CtekitError(
            f"“{source}” says that it was saved on “{shortened(summary.saved)}”, which is no day, or has not come yet. "
            "So it is left out. Ask for a new one."
        )
    return summary


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
    rated = newest([round_.id for round_ in store.rounds()], grouped(store.counts()))
    return {element: replace(ratings, version=prints.get(ratings.round, "")) for element, ratings in rated.items()}


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
        One a partnership: of two sources of one, that with the newer answers; but no list that came by mail takes the
        place of a partnership's file, or of what the hub's database holds.
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
            candidate = (summary, source)
            if before := newest_of.get(summary.partnership):
                first, candidate = sorted((candidate, before), key=_standing)
                tell(_of_one(first, candidate))
            newest_of[summary.partnership] = candidate
        step()
    return [summary for summary, _ in newest_of.values()]


def _standing(candidate: tuple[Summary, Source]) -> tuple[bool, str]:
    """What is believed sooner, last. A list of counts can be written by hand, with any partnership's id and any day."""
    return not _is_list(candidate[1]), candidate[0].saved


def _is_list(source: Source) -> bool:
    return isinstance(source, Path) and source.suffix == ".json"


def _of_one(first: tuple[Summary, Source], second: tuple[Summary, Source]) -> str:
    """Which of two sources counts, and what to do where it is the wrong one."""
    sources = [f"“{source}” (saved on {summary.saved[:10] or 'no day'})" for summary, source in (first, second)]
    both = f"{' and '.join(sources)} are of one partnership; the second"
    if _is_list(first[1]) and not _is_list(second[1]):
        return (
            f"{both} is counted, once. A list can be written by hand, so it never takes the place of a partnership's "
            "file or of what was submitted on the hub. If the list is right, leave the other out."
        )
    if _is_list(second[1]):
        return (
            f"{both} is newer, and counted once. A list can be written by hand: if you did not ask for a newer one, "
            "ask the partnership which is theirs, and leave the other out."
        )
    return f"{both} is newer, and counted once."
