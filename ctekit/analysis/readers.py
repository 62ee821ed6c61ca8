"""Who reads what leaves the room, and how a person is called to them: decided here, for all pages and papers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, TypeVar

from ctekit.model.reader import Reader
from ctekit.model.worksheet import Mark, Row, Worksheet
from ctekit.workbook import Workbook
from ctekit.worksheets.convener import Convener
from ctekit.worksheets.profile import Person, Profile
from ctekit.worksheets.roles import Signatory

P = TypeVar("P", Row, Worksheet)

_NOBODY = "a partner"
"""What somebody is called of whom nothing else may be said."""


@lru_cache(maxsize=4)
def seen_by(book: Workbook, reader: Reader) -> Workbook:
    """What a reader may know of a partnership. Views, charts and papers made of it can tell no more.

    The last few are kept: all papers and pages of a partnership are made of one workbook, which never changes.

    Parameters
    ----------
    book : Workbook
    reader : str
        ``"facilitator"`` knows all; ``"partners"`` what is not private, and nothing from which the ranking of who could
        lead would follow; ``"public"`` the same without what was said to the partnership in somebody's own words, and
        without the names of people who have not said yes to being named: they appear by what they do, and where.

    Returns
    -------
    Workbook
    """
    if reader == "facilitator":
        return book
    unranked = _without_ranking(book.whole)
    return (unranked if reader == "partners" else _for_the_public(unranked, unranked)).public()


def may_be_named(person: Person) -> bool:
    """Whether somebody has said yes to being named in public. Whoever was not asked has not."""
    return person.may_be_named is True


def _without_ranking(book: Workbook) -> Workbook:
    """The same partnership without who could have led: no mean of scores, chart or finding can be made of it."""
    blank = {"candidates": (), "evidence": (), "scores": (), "reason": None}
    sheet = book[Convener]
    marks = {name: mark for name, mark in sheet.marks.items() if name not in blank}
    convener = sheet.model_copy(update={**blank, "marks": marks})
    gone = tuple(f"{question.prefix}-" for name, question in Convener.tables().items() if name in blank)
    removed = {key: row for key, row in book.removed.items() if not key.startswith(gone)}
    return book.replaced({**book.sheets, Convener.slug: convener}, removed, _without_ranking)


def _for_the_public(book: Workbook, now: Workbook) -> Workbook:
    """The same partnership as the public may know it: people named only where they say yes `now`; looks back too."""
    named = {person.id for person in _people(now) if may_be_named(person)}
    places = {row.id: row.name for row in book[Profile].organizations if row.name}
    public_names = frozenset(words for row in _people(now) if row.id in named for words in (row.id, row.name) if words)
    unnamed = [row for row in (*_people(now), *_people(book)) if row.id not in named]
    hidden = {row.name: _NOBODY for row in unnamed if row.name and row.name not in public_names}
    in_roles = _Renamer({}, hidden, public_names)  # what somebody does may be said with another's name
    called = {row.id: in_roles.text(_by_role(row, places)) for row in unnamed}
    renamer = _Renamer(called, {row.name: called[row.id] for row in unnamed if row.name in hidden}, public_names)
    return book.replaced(
        {slug: renamer.rewritten(sheet) for slug, sheet in book.sheets.items()},
        {key: renamer.rewritten(row) for key, row in book.removed.items()},
        lambda earlier: _for_the_public(earlier, now),
    )


def _people(book: Workbook) -> Iterator[Person]:
    yield from (row for row in book.removed.values() if isinstance(row, Person))
    yield from book[Profile].people


def _by_role(person: Person, places: Mapping[str, str]) -> str:
    """What somebody is called who may not be named: "Dean, Tri-Fork Technical College"."""
    place = places.get(person.organization or "", "")
    return ", ".join(dict.fromkeys(part for part in (person.role, place) if part)) or _NOBODY


@dataclass(frozen=True)
class _Renamer:
    """Puts roles in the place of names, in names of rows and in whatever else people typed.

    Attributes
    ----------
    called : mapping
        By id of a person: what they are called.
    words : mapping
        The same by name.
    known : frozenset
        The names that may stand, and the ids of whoever bears them.
    """

    called: Mapping[str, str]
    words: Mapping[str, str]
    known: frozenset[str]

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        # A name of one word, such as "Grace", is also a word: only the row itself is called otherwise.
        names = sorted((name for name in self.words if len(name.split()) > 1), key=len, reverse=True)
        spaced = (r"\s+".join(map(re.escape, name.split())) for name in names)
        return re.compile(rf"(?<!\w)(?:{'|'.join(spaced)})(?!\w)", re.IGNORECASE) if names else None

    @cached_property
    def _folded(self) -> Mapping[str, str]:
        return {" ".join(name.split()).casefold(): words for name, words in self.words.items()}

    def text(self, words: str) -> str:
        """A text without the names."""
        if self._pattern is None:
            return words
        return self._pattern.sub(lambda hit: self._folded.get(" ".join(hit[0].split()).casefold(), _NOBODY), words)

    def rewritten(self, part: P) -> P:
        """A worksheet or row without the names, and without what somebody said in their own words."""
        changed: dict[str, Any] = {}
        for name, question in part.questions().items():
            value = getattr(part, name)
            if question.is_rows:
                changed[name] = tuple(self.rewritten(row) for row in value)
            elif question.quoted:
                changed[name] = None
            elif question.kind.is_words and value:
                changed[name] = self.text(value)
        if isinstance(part, Person) and part.id in self.called:
            changed["name"] = self.called[part.id]
        if isinstance(part, Signatory) and part.signer and part.signer not in self.known:
            changed["signer"] = None  # nobody has asked whoever signs
        if part.marks:
            quoted = {name for name, question in part.questions().items() if question.quoted}
            changed["marks"] = {name: self._mark(mark) for name, mark in part.marks.items() if name not in quoted}
        return part.model_copy(update=changed)

    def _mark(self, mark: Mark) -> Mark:
        asked = mark.whom if mark.whom in self.called or mark.whom in self.known else None
        because = self.text(mark.because) if mark.because else None
        return mark.model_copy(update={"whom": asked, "because": because})
