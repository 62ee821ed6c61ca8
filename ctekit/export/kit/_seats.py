"""Who sits where: tables that mix the sectors, for guests with names and for seats still open."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import zip_longest


@dataclass(frozen=True)
class BadgeSector:
    """A sector on badges and seats: see ``sectors.toml``."""

    letter: str
    name: str
    spanish: str
    share: int
    share_among_employers: int
    shape: str
    shape_name: str


@dataclass(frozen=True)
class Guest:
    """Somebody who is expected.

    Attributes
    ----------
    letter : str
        Of the sector; "" where it is not known.
    name, organization : str
        "" on a badge to be written on.
    table, seat : int
        Where the seat is, from 1; 0 for nowhere yet.
    partner : int
        The seat of the partner for the day; at an odd table the last one joins the pair before.
    """

    letter: str
    name: str = ""
    organization: str = ""
    table: int = 0
    seat: int = 0
    partner: int = 0


@cache
def sectors() -> tuple[BadgeSector, ...]:
    """The seven sectors, in the order of the badges."""
    content = files("ctekit.export.kit").joinpath("sectors.toml").read_text(encoding="utf-8")
    return tuple(BadgeSector(letter, **entry) for letter, entry in tomllib.loads(content).items())


def mix(people: int, path: str = "half-day") -> dict[str, int]:
    """How many of each sector a room of so many would be glad of.

    Returns
    -------
    dict
        Letter -> how many; they add up to `people`.
    """
    counts = Counter(guest.letter for guest in _filled((), people, path))
    return {sector.letter: counts[sector.letter] for sector in sectors()}


def seated(guests: Sequence[Guest], people: int, tables: int, path: str = "half-day") -> list[Guest]:
    """Give everybody a table, a seat and a partner: the guests there are, then open seats up to `people`.

    One sector after another goes round the tables, and within it one organization, so that no table is of one kind.
    """
    order = [sector.letter for sector in sectors()] + [""]
    everybody = sorted(_filled(guests, people, path), key=lambda guest: (order.index(guest.letter), guest.organization))
    placed = [replace(guest, table=place % tables + 1) for place, guest in enumerate(everybody)]
    numbers: dict[int, tuple[int, int]] = {}
    for table in range(1, tables + 1):
        here = [place for place, guest in enumerate(placed) if guest.table == table]
        numbers |= _pairs(here, first=len(numbers) + 1)
    return [replace(guest, seat=numbers[place][0], partner=numbers[place][1]) for place, guest in enumerate(placed)]


def _pairs(here: Sequence[int], first: int) -> dict[int, tuple[int, int]]:
    """The places of a table, in the order of their sectors, with seat and partner's seat; partners are far apart."""
    half = (len(here) + 1) // 2
    beside = [place for pair in zip_longest(here[:half], here[half:]) for place in pair if place is not None]
    last = len(beside) - 1
    partners = [max(0, at - 1) if at == last and not at % 2 else at ^ 1 for at in range(len(beside))]
    return {place: (first + at, first + partners[at]) for at, place in enumerate(beside)}


def _filled(guests: Sequence[Guest], people: int, path: str) -> list[Guest]:
    """The guests and as many open seats as are left, each for the sector that is furthest from its share."""
    everybody = list(guests)
    shares = {
        sector.letter: sector.share_among_employers if path == "employers-90" else sector.share for sector in sectors()
    }
    total = sum(shares.values())
    counts = Counter(guest.letter for guest in guests)
    while len(everybody) < people:
        furthest = max(shares, key=lambda letter: shares[letter] * people / total - counts[letter])
        counts[furthest] += 1
        everybody.append(Guest(furthest))
    return everybody
