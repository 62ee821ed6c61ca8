"""What the wall shows of a revealed round: every answer as a dot, the sectors apart, and what all see alike.

It computes nothing of its own: who may be shown, `ctekit.ratings.results` has decided, and nobody is shown alone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from ctekit.model.text import without_full_stop
from ctekit.ratings import IndicatorResult, Results
from ctekit.ratings.results import OTHERS, Spread
from ctekit.room.translations import presenting, translated, words

WIDTH = 1000.0
"""Of a strip of dots; the browser makes it as wide as the wall."""
TOTAL = 740.0
"""How high all strips are together, in the same measure."""
TALLEST = 320.0
LARGEST_DOT = 34.0
ALIKE = 0.5
"""Medians of sectors that lie no further apart say the same."""
MOST_ALIKE = 5


@dataclass(frozen=True)
class Strip:
    """One question, or one group's answers to it, as piles of dots.

    Attributes
    ----------
    label : str
        The question, or the group.
    words : str
        The same numbers for who cannot see the dots.
    height : float
        Of the strip; it is `WIDTH` wide.
    size : float
        Of a dot, across.
    piles : tuple
        For each level, and last for "I don't know": the middles of its dots.
    median : float or None
        Where the middle answer stands, from the left.
    aside : str
        What stands beside the dots.
    """

    label: str
    words: str
    height: float
    size: float
    piles: tuple[tuple[tuple[float, float], ...], ...]
    median: float | None
    aside: str


@dataclass(frozen=True)
class Bar:
    """An option and its dots."""

    label: str
    dots: int
    length: float


def everyone(results: Results, lang: str = "en") -> dict[str, Any]:
    """Every question with all its answers; of dots, the options with the most dots first.

    Parameters
    ----------
    results : Results
        Of a round that is revealed.
    lang : str
        The language of the wall.

    Returns
    -------
    dict
        What the template shows.
    """
    if results.round.about == "dots":
        most = max((indicator.dots for indicator in results.indicators), default=0) or 1
        bars = [
            Bar(_statement(indicator), indicator.dots, WIDTH * indicator.dots / most)
            for indicator in results.talk_first
        ]
        return {"bars": bars, "strips": (), "levels": (), "talk": chosen(results, lang)}
    alone = len(results.indicators) == 1
    height = min(TALLEST / 2 if alone else TALLEST, TOTAL / max(1, len(results.indicators)))
    strips = [
        _strip(indicator, indicator.everyone, "" if alone else _statement(indicator, lang), height, lang)
        for indicator in results.indicators
    ]
    first = results.indicators[0]
    return {"bars": (), "strips": strips, "levels": levels(first, lang), "talk": first.prompt if alone else ""}


def chosen(results: Results, lang: str = "en") -> str:
    """What the room chose with its dots, in one sentence; "" where nobody gave one.

    Parameters
    ----------
    results : Results
        Of a round that is revealed.
    lang : str
        The language of the wall.

    Returns
    -------
    str
    """
    words = presenting(lang)["wall"]
    if results.chosen and len(results.indicators) > 1 == len({indicator.dots for indicator in results.indicators}):
        return str(words["all_tied"])
    names = "; ".join(without_full_stop(_statement(item)) for item in results.chosen)
    return str(words["chosen"]).format(names=names) if names else ""


def by_sector(results: Results, lang: str = "en") -> dict[str, Any]:
    """The question to talk about first, with the groups that may be shown apart, and what to ask the room.

    Parameters
    ----------
    results : Results
        Of a round that is revealed.
    lang : str
        The language of the wall.

    Returns
    -------
    dict
        What the template shows.
    """
    first = results.talk_first[0]
    groups = first.sectors or (first.everyone,)
    height = min(TALLEST / 2, TOTAL * 0.5 / len(groups))
    strips = [_strip(first, group, _group(group, lang), height, lang) for group in groups]
    return {
        "statement": _statement(first, lang),
        "strips": strips,
        "levels": levels(first, lang),
        "talk": first.prompt,
    }


def alike(results: Results, lang: str = "en") -> list[tuple[str, str]]:
    """What all sectors agree on: the statement, and the level in words; the closest first.

    Sectors with the same middle do not agree where each of them is split itself.

    Parameters
    ----------
    results : Results
        Of a round that is revealed.
    lang : str
        The language of the wall.

    Returns
    -------
    list of tuple
        Empty where no sector may be shown apart, or where they differ everywhere.
    """
    same = [
        indicator
        for indicator in results.indicators
        if indicator.gap is not None
        and indicator.gap <= ALIKE
        and not (indicator.is_wide or indicator.is_split)
        and all(spread.median is not None for spread in indicator.sectors)
    ]
    same.sort(key=lambda indicator: (indicator.gap or 0, -(indicator.agreement or 0)))
    return [(_statement(indicator, lang), _level(indicator, lang)) for indicator in same[:MOST_ALIKE]]


def knows_sectors(results: Results) -> bool:
    """Whether any group may be shown apart."""
    return any(indicator.sectors for indicator in results.indicators)


def levels(indicator: IndicatorResult, lang: str = "en") -> list[tuple[str, str]]:
    """The scale: number and word of each level, and the question mark last."""
    scale = [
        (str(choice.code), translated(lang).get(choice.word, choice.word)) for choice in indicator.question.choices
    ]
    mark, _, said = str(presenting(lang)["wall"]["dont_know"]).partition(" ")
    return [*scale, (mark, said)] if indicator.question.dont_know else scale


def _statement(indicator: IndicatorResult, lang: str = "en") -> str:
    statement = indicator.question.short or indicator.question.statement
    return translated(lang).get(statement, statement)


def _group(spread: Spread, lang: str) -> str:
    text = presenting(lang)["wall"]
    named: dict[str, str] = {**words()[lang]["sectors"], OTHERS: text["others"], "everyone": text["everyone"]}
    name = named.get(spread.who, spread.who)
    return f"{name[:1].upper()}{name[1:]}"


def _level(indicator: IndicatorResult, lang: str) -> str:
    """The middle level in words; between two, both."""
    middle = indicator.everyone.median or 0
    names = {choice.code: translated(lang).get(choice.word, choice.word) for choice in indicator.question.choices}
    return " – ".join(dict.fromkeys(names[code] for code in (math.floor(middle), math.ceil(middle)) if code in names))


def _strip(indicator: IndicatorResult, spread: Spread, label: str, height: float, lang: str) -> Strip:
    scale, text = levels(indicator, lang), presenting(lang)["wall"]
    codes = [choice.code for choice in indicator.question.choices]
    counts = [spread.levels.count(code) for code in codes]
    if indicator.question.dont_know:
        counts.append(spread.dont_know if spread.levels or spread.median is not None else 0)
    step = WIDTH / len(scale)
    size = _size(max(counts), step * 0.92, height * 0.88)
    piles = tuple(
        tuple(_pile(count, (place + 0.5) * step, height / 2, step * 0.92, size)) for place, count in enumerate(counts)
    )
    if spread.median is None:
        few = str(text["too_few"])
        return Strip(label, few, height, size, piles, None, few)
    low, high = math.floor(spread.median), math.ceil(spread.median)
    middle = str(text["middle" if low == high else "middle_between"]).format(low=low, high=high)
    counted = ", ".join(f"{number} {word}: {count}" for (number, word), count in zip(scale, counts, strict=True))
    at = (codes.index(math.floor(spread.median)) + spread.median % 1 + 0.5) * step
    return Strip(label, f"{counted}. {middle}.", height, size, piles, at, middle)


def _size(most: int, width: float, height: float) -> float:
    """The largest dot with which the highest pile has room."""
    size = min(LARGEST_DOT, width, height)
    while size > 2 and int(width // size) * int(height // size) < most:
        size -= 0.5
    return size


def _pile(count: int, x: float, y: float, width: float, size: float) -> list[tuple[float, float]]:
    """The middles of the dots of one level: lines above each other, around the middle."""
    if not count:
        return []
    lines = max(1, math.ceil(count / max(1, int(width // size))))
    across = math.ceil(count / lines)
    places = []
    for number in range(count):
        line, place = divmod(number, across)
        here = min(across, count - line * across)
        places.append((round(x + (place - (here - 1) / 2) * size, 1), round(y + (line - (lines - 1) / 2) * size, 1)))
    return places
