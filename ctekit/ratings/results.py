"""What a round says: middle and spread of each question, by sector, and what to talk about first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ctekit import rubrics
from ctekit.model.questions import Json
from ctekit.ratings.folding import folded
from ctekit.ratings.model import DONT_KNOW, SECTORS, Rating, Round, code_of
from ctekit.ratings.questions import RatingItem, element_of
from ctekit.ratings.statistics import agreement, alpha, median, quartiles

LEAST_IN_ALL = 3
"""Below this a whole round is not shown: of two people, each knows what the other said."""
OTHERS = "others"
WIDE_GAP = 1.5
LOW = 1
_A_YES = 3
"""Fingers: whoever shows fewer is heard before it counts as decided."""

Counts = Mapping[tuple[str, str, Json], int]
"""(question, sector, code) -> how many."""


@dataclass(frozen=True)
class Spread:
    """The answers of one group to one question.

    Attributes
    ----------
    who : str
        The sector, ``"others"`` for those folded together, ``"everyone"``.
    n : int
        How many answered, "I don't know" included.
    levels : tuple of int
        Every answer, one dot each, from the lowest. Empty where too few answered to be shown.
    dont_know : int
        How many said that they do not know.
    median : float or None
        The middle answer.
    middle_half : tuple of float or None
        First and third quartile.
    """

    who: str
    n: int
    levels: tuple[int, ...] = ()
    dont_know: int = 0
    median: float | None = None
    middle_half: tuple[float, float] | None = None


@dataclass(frozen=True)
class IndicatorResult:
    """What a round says about one question.

    Attributes
    ----------
    question : Question
    everyone : Spread
    sectors : tuple of Spread
        Those that may be shown, then the others together. Empty where showing them would show somebody.
    gap : float or None
        Between the highest and the lowest median of those groups.
    agreement : float or None
        Van der Eijk's A, from -1 (split) over 0 (spread evenly) to 1 (all the same).
    missing : int
        Codes outside the scale; they count as no answer.
    """

    question: RatingItem
    everyone: Spread
    sectors: tuple[Spread, ...] = ()
    gap: float | None = None
    agreement: float | None = None
    missing: int = 0

    @property
    def number(self) -> str:
        """The indicator's number, such as ``"4.1"``."""
        return self.question.field

    @property
    def dots(self) -> int:
        """How many dots it got; 0 for another kind of question."""
        return self.everyone.n if self.question.is_dot else 0

    @property
    def is_wide(self) -> bool:
        """Whether the middle half of all answers lies so far apart that nobody can say the room sees it alike."""
        low, high = self.everyone.middle_half or (0, 0)
        return high - low >= WIDE_GAP

    @property
    def is_split(self) -> bool:
        """Whether most answers stand at both ends, and few between."""
        return self.agreement is not None and self.agreement < 0

    @property
    def calls_for_action(self) -> bool:
        """Low, or seen differently, or split: somebody should do something by some day. Dots call for none."""
        if self.question.is_dot:
            return False
        low = self.everyone.median is not None and self.everyone.median <= LOW
        return low or (self.gap or 0) >= WIDE_GAP or self.is_split

    @property
    def prompt(self) -> str:
        """What to ask the room. It belongs to the gap, not to the level."""
        if self.question.is_dot:
            return "Who gave it a dot, and what would be different here in a year?"
        spreads = [spread for spread in self.sectors if spread.median is not None]
        if self.gap and spreads:
            low = min(spreads, key=lambda spread: (spread.median or 0, spread.who == OTHERS))
            high = max(spreads, key=lambda spread: (spread.median or 0, spread.who != OTHERS))
            about = rubrics.called(self.number)
            return rubrics.prompt(about, low.who, low.median or 0, high.who, high.median or 0)
        if self.is_split:
            by_sector = ", and not by sector" if spreads else ""
            return f"This room is split{by_sector}. Who would tell what they have seen, one from each side?"
        if self.everyone.median is None:
            return "Too few have answered to show. Ask aloud, and keep it in the parking lot."
        if self.number == "fist":
            fewer = sum(level < _A_YES for level in self.everyone.levels)
            if fewer:
                return f"{fewer} showed fewer than three fingers. What would have to change for a three?"
            return "Nobody showed fewer than three fingers. Write down the day, and who was here."
        if self.number[:1].isdigit() and self.is_wide:
            return "The answers lie far apart. What have you seen, one voice from each end?"
        if self.everyone.median <= LOW:
            return "We agree that this is low. What would one step up look like, and who could show it by when?"
        if not self.number[:1].isdigit():
            return "What do we keep, and what do we do otherwise next time?"
        return "We see this much alike. What would we show a stranger to prove it?"


@dataclass(frozen=True)
class Results:
    """What a round says.

    Attributes
    ----------
    round : Round
    people : int
        How many handed in a ballot.
    indicators : tuple of IndicatorResult
        In the order asked.
    consistency : mapping
        Cronbach's alpha by element, only where it means something.
    """

    round: Round
    people: int
    indicators: tuple[IndicatorResult, ...]
    consistency: Mapping[str, float] = field(default_factory=dict)

    @property
    def talk_first(self) -> tuple[IndicatorResult, ...]:
        """Widest gap first, then lowest; what may not be shown comes last. Options with dots: the most dots first."""
        if self.round.about == "dots":
            return tuple(sorted(self.indicators, key=lambda indicator: -indicator.dots))
        return tuple(
            sorted(
                self.indicators,
                key=lambda indicator: (
                    indicator.everyone.median is None,
                    -(indicator.gap or 0),
                    indicator.everyone.median or 0,
                    indicator.agreement or 0,
                ),
            )
        )

    @property
    def chosen(self) -> tuple[IndicatorResult, ...]:
        """What the room chose with its dots: as many options as each person had dots, and those with as many dots."""
        if self.round.about != "dots":
            return ()
        dotted = [indicator for indicator in self.talk_first if indicator.dots]
        least = min((indicator.dots for indicator in dotted[: self.round.dots_each]), default=0)
        return tuple(indicator for indicator in dotted if indicator.dots >= least)

    def __getitem__(self, number: str) -> IndicatorResult:
        return next(indicator for indicator in self.indicators if indicator.number == number)


def of_ratings(round_: Round, ratings: Sequence[Rating]) -> Results:
    """What a round says, of its ratings as they stand.

    Parameters
    ----------
    round_ : Round
        The round.
    ratings : sequence of Rating
        Its answers.

    Returns
    -------
    Results
        Medians, spread and agreement, question by question.
    """
    counts = Counter((rating.field, rating.sector, code_of(rating.code)) for rating in ratings)
    people = len({rating.respondent for rating in ratings})
    return Results(round_, people, summarize(round_.questions, counts), _consistency(round_, ratings))


def summarize(questions: Iterable[RatingItem], counts: Counts) -> tuple[IndicatorResult, ...]:
    """Medians, gaps and agreement out of counts alone; counts of several partnerships can be added first.

    Parameters
    ----------
    questions : iterable of RatingItem
        What was asked.
    counts : mapping
        How many gave each answer, by question, sector and code.

    Returns
    -------
    tuple of IndicatorResult
        One a question.
    """
    by_field: defaultdict[str, dict[tuple[str, Json], int]] = defaultdict(dict)
    for (name, sector, code), count in counts.items():
        by_field[name][sector, code] = count
    return tuple(_indicator(question, by_field[question.field]) for question in questions)


def _indicator(question: RatingItem, counts: Mapping[tuple[str, Json], int]) -> IndicatorResult:
    codes = {choice.code for choice in question.choices}
    by_sector: defaultdict[str, Counter[Json]] = defaultdict(Counter)
    missing = 0
    for (sector, code), count in counts.items():
        if code is None:
            continue
        if (isinstance(code, int) and code in codes) or (code == DONT_KNOW and question.dont_know):
            by_sector[sector][code] += count
        else:
            missing += count
    whole: Counter[Json] = sum(by_sector.values(), Counter())
    everyone = _spread("everyone", whole)
    if everyone.n < LEAST_IN_ALL:
        return IndicatorResult(question, Spread("everyone", everyone.n), missing=missing)
    sectors = tuple(_spread(name, counted) for name, counted in _groups(by_sector))
    middles = [spread.median for spread in sectors if spread.median is not None]
    return IndicatorResult(
        question,
        everyone,
        sectors,
        max(middles) - min(middles) if len(middles) > 1 else None,
        agreement([whole[choice.code] for choice in question.choices]) if len(codes) > 2 else None,
        missing,
    )


def _groups(by_sector: Mapping[str, Counter[Json]]) -> list[tuple[str, Counter[Json]]]:
    """The sectors that may be shown, the rest folded together; nothing where only one group would be left."""
    there = {sector: counted.total() for sector, counted in by_sector.items() if counted.total()}
    small = folded(there)
    named = [(sector, by_sector[sector]) for sector in SECTORS if sector in there.keys() - small]
    rest: Counter[Json] = sum((by_sector[sector] for sector in small), Counter())
    groups = [*named, (OTHERS, rest)] if rest else named
    return groups if len(groups) > 1 else []


def _spread(who: str, counts: Counter[Json]) -> Spread:
    levels = tuple(sorted(code for code in counts.elements() if code != DONT_KNOW))
    return Spread(who, counts.total(), levels, counts[DONT_KNOW], median(levels), quartiles(levels))


def _consistency(round_: Round, ratings: Sequence[Rating]) -> dict[str, float]:
    values = {}
    if round_.about in ("quick", "exit", "fist", "dots"):
        return {}  # one question an element: they are not meant to hang together
    by_element: defaultdict[str, list[str]] = defaultdict(list)
    for question in round_.questions:
        by_element[element_of(question.field)].append(question.field)
    by_person: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for rating in ratings:
        if type(rating.code) is int and 0 <= rating.code <= 4:
            by_person[rating.respondent][rating.field] = rating.code
    for element, fields in by_element.items():
        whole = [[codes[name] for name in fields] for codes in by_person.values() if codes.keys() >= set(fields)]
        value = alpha(whole)
        if value is not None:
            values[element] = value
    return values
