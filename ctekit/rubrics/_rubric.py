"""The rubric: one ladder for all, four indicators an element, seven of them for the quick round.

The names of the elements are ExcelinEd's; the indicators and levels are our own and have not been validated. Their
words stand in ``ctekit/rubrics``, one table an element; translations in ``ctekit/languages``, a folder each.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from ctekit.model.errors import NotFoundError, did_you_mean
from ctekit.rubrics._languages import translation

NOT_VALIDATED = (
    "Our own questions, to talk from. They have not been validated as a measure, and the levels are never added up "
    "into a grade for a partnership."
)
"""What every page of ratings says about the levels."""

TRANSLATED = "Translated by us. Nobody who grew up with Spanish and works in this field has read it yet."
"""What the rubric in another language says of itself."""

DONT_KNOW = "I don't know"
"""The answer that is no level."""

RULES_OF_USE = (
    "Rate what you could show a stranger, not what you intend.",
    "A level counts only if the ones below it do.",
    "A new partnership at 1 or 2 is on time.",
    f"If you cannot know it, “{DONT_KNOW}” is right for you: it says who was never told.",
)
"""How to rate, read aloud before a round."""


@dataclass(frozen=True)
class Level:
    """One step of the ladder.

    Attributes
    ----------
    step : int
        0 to 4.
    word : str
        What it is called on a phone or ballot.
    shown_by : str
        How a facilitator tells it from its neighbor.
    """

    step: int
    word: str
    shown_by: str


LADDER = (
    Level(0, "Not there", "“Show me” gets silence."),
    Level(1, "In someone's head", "One person can tell it; nobody else can."),
    Level(2, "Written down", "You can hand me the page."),
    Level(3, "Agreed", "Those it touches said yes, and you can say when."),
    Level(4, "Used", "In the last 90 days it changed a real decision, or was rehearsed; name it and its date."),
)
"""A level counts only if the ones below it do. The 90 days are those before the round's date."""


@dataclass(frozen=True)
class Written:
    """One level of one indicator, in words.

    Attributes
    ----------
    screen : str
        With a scene to recognize, in at most 30 words.
    phone : str
        The same in at most 18.
    """

    screen: str
    phone: str


@dataclass(frozen=True)
class Indicator:
    """One thing that would be true, shown by one piece of evidence.

    Attributes
    ----------
    number : str
        Element and place: ``"3.1"``.
    element : int
        1 to 7.
    statement : str
        What would be true, in at most 20 words.
    evidence : str
        What to ask for.
    headline : bool
        Part of the quick round: one an element.
    statement_short : str
        The statement as a phone shows it.
    gap : str
        What to ask two sectors that see it differently; ``{low}`` and ``{high}`` stand for them.
    levels : tuple of Written
        One a step of the ladder, from 0.
    """

    number: str
    element: int
    statement: str
    evidence: str
    headline: bool
    statement_short: str
    gap: str
    levels: tuple[Written, ...]


@dataclass(frozen=True)
class Element:
    """One of the seven: its number, the name of its worksheet, its title and its four indicators."""

    number: int
    slug: str
    title: str
    indicators: tuple[Indicator, ...]


def elements(language: str = "en") -> tuple[Element, ...]:
    """The seven, in English or as translated.

    Parameters
    ----------
    language : str
        ``"en"``, or another of `languages`. What is not translated there stays English.

    Returns
    -------
    tuple of Element
        In order.
    """
    home = files("ctekit").joinpath("rubrics")
    tables = [table for table in home.iterdir() if table.name.endswith(".toml")]
    return tuple(sorted((_element(table, language) for table in tables), key=lambda element: element.number))


def _element(table: Traversable, language: str) -> Element:
    words = tomllib.loads(table.read_text(encoding="utf-8"))
    other = translation(language, table.name)
    translated = {indicator["number"]: indicator for indicator in other.get("indicator", ())}
    four = tuple(
        _indicator(words["element"], indicator | translated.get(indicator["number"], {}))
        for indicator in words["indicator"]
    )
    return Element(words["element"], table.name.removesuffix(".toml"), other.get("title", words["title"]), four)


def _indicator(element: int, words: Mapping[str, Any]) -> Indicator:
    return Indicator(
        number=words["number"],
        element=element,
        statement=words["statement"],
        evidence=words["evidence"],
        headline=words.get("headline", False),
        statement_short=words["statement_short"],
        gap=words["gap"],
        levels=tuple(Written(**words[f"level-{level.step}"]) for level in LADDER),
    )


ELEMENTS = elements()
"""The seven, in order, in English."""

INDICATORS = tuple(indicator for element in ELEMENTS for indicator in element.indicators)
"""All 28, in order."""

HEADLINES = tuple(indicator for indicator in INDICATORS if indicator.headline)
"""The quick round: seven indicators, three minutes."""


@cache
def translations(language: str) -> Mapping[str, str]:
    """The rubric's English texts, and how each is said in another language, where it is; empty for English.

    The English stays what a question is known by: answers count together, and rounds are compared, whatever a phone
    reads.

    Parameters
    ----------
    language : str
        One of `languages`.

    Returns
    -------
    mapping
        English text -> the same in that language.

    Examples
    --------
    >>> translations("es")["Written down"]
    'Por escrito'
    """
    if language == "en":
        return {}
    texts = zip(_texts(ELEMENTS), _texts(elements(language)), strict=True)
    translated = {english: other for english, other in texts if english != other}
    return {**translation(language, "words.toml"), **translated}


def _texts(seven: Iterable[Element]) -> Iterator[str]:
    """Every text, in one order for all languages."""
    for element in seven:
        yield element.title
        for indicator in element.indicators:
            yield from (indicator.statement, indicator.statement_short, indicator.evidence, indicator.gap)
            for level in indicator.levels:
                yield from (level.screen, level.phone)


def called(number: str) -> Indicator:
    """The indicator with this number.

    Parameters
    ----------
    number : str
        Such as ``"2.4"``.

    Returns
    -------
    Indicator
        With its five levels.

    Raises
    ------
    NotFoundError
        There is none; the message says which ones there are.

    Examples
    --------
    >>> called("2.4").statement
    'We know which offers and duties we turn down'
    """
    for indicator in INDICATORS:
        if indicator.number == number:
            return indicator
    raise NotFoundError(f"No indicator has the number '{number}'. They run from 1.1 to 7.4, four an element.")


def of(slug: str) -> tuple[Indicator, ...]:
    """The four indicators of an element, by the name of its worksheet.

    Parameters
    ----------
    slug : str
        Such as ``"purpose"``.

    Returns
    -------
    tuple of Indicator
        In order.

    Raises
    ------
    NotFoundError
        No element has that worksheet; the message names the nearest and all of them.

    Examples
    --------
    >>> [indicator.number for indicator in of("purpose")]
    ['2.1', '2.2', '2.3', '2.4']
    """
    by_slug = {element.slug: element.indicators for element in ELEMENTS}
    if slug in by_slug:
        return by_slug[slug]
    guess = did_you_mean(slug, by_slug)
    raise NotFoundError(f"No element is called '{slug}'.{guess} The elements are: {', '.join(by_slug)}.")
