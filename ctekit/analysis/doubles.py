"""Rows that look like the same organization or person, written twice: proposed, never joined by themselves."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from ctekit.model.text import plain
from ctekit.workbook import Workbook
from ctekit.worksheets.profile import Profile

ALIKE = 90
"""Of 100: names at least as alike look like one. “Novak High School” and “Novak Middle School” do not."""

_LEGAL_FORMS = frozenset(
    ("the", "inc", "incorporated", "llc", "ltd", "limited", "lp", "llp", "pllc", "plc", "corp", "corporation", "co",
     "company", "gmbh", "ag", "kg", "sa", "sarl", "srl", "bv", "nv")
)  # fmt: skip
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Double:
    """Two rows that look like the same.

    Attributes
    ----------
    first, second : str
        Their ids, that of the earlier row first.
    names : tuple of str
        What each is called.
    """

    first: str
    second: str
    names: tuple[str, str]


def doubles(book: Workbook, among: Collection[str] | None = None) -> list[Double]:
    """Organizations and people that look like the same.

    Parameters
    ----------
    book : Workbook
    among : collection of str or None
        Only where one of the two is one of these rows; None for all.

    Returns
    -------
    list of Double
        Accents, case, the order of words and legal forms (Inc., LLC) make no difference; a number does.
    """
    profile = book[Profile]
    return [*_alike(profile.organizations, _organization, among), *_alike(profile.people, _person, among)]


def _alike(rows: Sequence[Any], spelled: Callable[[Any], list[str]], among: Collection[str] | None) -> list[Double]:
    from rapidfuzz import fuzz

    named = [(row, spelled(row)) for row in rows if row.name]
    return [
        Double(first.id, other.id, (first.name, other.name))
        for (first, a), (other, b) in combinations([(row, words) for row, words in named if words], 2)
        if (among is None or first.id in among or other.id in among)
        and _numbers(a) == _numbers(b)
        and fuzz.ratio(" ".join(a), " ".join(b), score_cutoff=ALIKE) >= ALIKE
    ]


def _organization(row: Any) -> list[str]:
    words = _WORD.findall(plain(row.name).replace(".", "").replace("&", " and "))
    return sorted(word for word in words if word not in _LEGAL_FORMS) or sorted(words)


def _person(row: Any) -> list[str]:
    return sorted(_WORD.findall(plain(row.name)))


def _numbers(words: Sequence[str]) -> list[str]:
    return [word for word in words if any(sign.isdigit() for sign in word)]
