"""`rate`: what the latest round says once it is revealed; the spread, the sectors, and what to talk about first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

from markupsafe import Markup

from ctekit import charts, ratings, rounds, rubrics
from ctekit.charts import sectors, spread
from ctekit.model.days import long_day
from ctekit.model.errors import CtekitError, NotFoundError
from ctekit.model.text import count, without_full_stop
from ctekit.ratings import Change, IndicatorResult, Results, Round
from ctekit.ratings.folding import LEAST
from ctekit.ratings.results import LOW
from ctekit.rounds.subjects import VOTES
from ctekit.rules import Finding, action_of
from ctekit.views.chart import drawn
from ctekit.views.render import render
from ctekit.workbook import Workbook
from ctekit.worksheets.plan import Action

FIRST = 3
"""So many questions are talked about first; a room has time for no more."""


@dataclass(frozen=True)
class TalkItem:
    """One question to talk about: what it says, what to ask the room, and the action that came of it, if any."""

    result: IndicatorResult
    says: str
    asks: str
    action: Action | None


def rate(book: Workbook, about: str, what: str = "", private: bool = False) -> str:
    """Show what the latest revealed round says; nothing of a round that is not revealed.

    Parameters
    ----------
    book : Workbook
    about : str
        A worksheet's slug, ``"quick"``, ``"exit"``, ``"fist"``, ``"dots"`` or ``"slip"``.
    what : str
        What was voted on; see `ctekit.rounds.voted_on`. "" for the latest vote of the kind.
    private : bool
        Changes nothing: what is too little to be shown is shown to nobody.

    Returns
    -------
    str
        A fragment whose headings are ``h3``.

    Raises
    ------
    NotFoundError
        There is nothing of that name to rate.
    """
    book = book.seen(private)
    if not what:
        if about not in VOTES:  # their questions come with the round
            ratings.questions(about)
        return rated(book, about)
    try:
        return rated(book, about, rounds.asked(book, about, what))
    except NotFoundError:
        raise
    except CtekitError:  # it is blank by now: nothing of that name has been voted on
        return rated(book, about, ("", ()))


def rated(book: Workbook, about: str, asked: tuple[str, tuple[str, ...]] | None = None) -> str:
    """The same of the rounds that asked just this, by title and options; None for all about it.

    Parameters
    ----------
    book : Workbook
    about : str
        As for `rate`.
    asked : tuple or None
        Title and options.

    Returns
    -------
    str
        As for `rate`.
    """
    title = ratings.title_of(about)
    rounds = of(book, about, asked)
    if not rounds:
        return render("ratings", title=title, results=None, slips=about == ratings.SLIP)
    results = rounds[-1]
    earlier = next((other for other in reversed(rounds[:-1]) if _same(other.round, results.round)), None)
    return render(
        "ratings",
        title=title,
        results=results,
        people=count(results.people, "person", "people"),
        here=here(results.round.people, past=True),
        day=long_day(results.round.held_on),
        spread=_spread(results),
        sectors=_sectors(results),
        talk=[talk(book, results, indicator) for indicator in _first(results)],
        dots=[(_stem(indicator), indicator.dots) for indicator in results.talk_first if indicator.question.is_dot],
        missing=sum(indicator.missing for indicator in results.indicators),
        least=LEAST,
        consistency=next(iter(results.consistency.values()), None),
        earlier=earlier,
        earlier_day=long_day(earlier.round.held_on) if earlier else "",
        changes=[_words(change) for change in ratings.compare(earlier, results)] if earlier else (),
        not_validated=rubrics.NOT_VALIDATED if _is_rubric(results) else "",
    )


def here(people: int, *, past: bool = False) -> str:
    """How many the facilitator said are in the room, so that all see when more have answered; "" where nobody did.

    Parameters
    ----------
    people : int
    past : bool
        Whether the round is over.

    Returns
    -------
    str
    """
    if not people:
        return ""
    verb = ("was" if people == 1 else "were") if past else ("is" if people == 1 else "are")
    return f"{count(people, 'person', 'people')} {verb} here"


def of(book: Workbook, about: str, asked: tuple[str, tuple[str, ...]] | None = None) -> tuple[Results, ...]:
    """The revealed rounds about this, the earliest first; of a round about several elements, the part asked for.

    With `asked`, only those of this title and these options.

    Parameters
    ----------
    book : Workbook
    about : str
        As for `rate`.
    asked : tuple or None
        Title and options.

    Returns
    -------
    tuple of Results
    """
    matching = []
    for results in book.rounds():
        if asked is not None and (results.round.title, results.round.options) != asked:
            continue
        if results.round.about == about:
            matching.append(results)
        elif about in results.round.about.split("+"):
            part = tuple(indicator for indicator in results.indicators if ratings.element_of(indicator.number) == about)
            kept = {slug: value for slug, value in results.consistency.items() if slug == about}
            matching.append(replace(results, indicators=part, consistency=kept))
    return tuple(matching)


def _same(round_: Round, other: Round) -> bool:
    """Whether two rounds voted on the same; a vote on something else is no earlier round of this one."""
    return (round_.title, round_.options) == (other.title, other.options)


def talk(book: Workbook, results: Results, indicator: IndicatorResult) -> TalkItem:
    """One question with what to ask the room.

    Parameters
    ----------
    book : Workbook
        Whose plan is asked for an action.
    results : Results
    indicator : IndicatorResult
        One of them.

    Returns
    -------
    TalkItem
    """
    return TalkItem(indicator, says(indicator), indicator.prompt, action_of(book, finding(results, indicator)))


def says(indicator: IndicatorResult) -> str:
    """A question and its numbers in one line.

    Parameters
    ----------
    indicator : IndicatorResult

    Returns
    -------
    str
        Words without HTML.
    """
    number = f"{indicator.number} " if _is_number(indicator) else ""
    gap = f", gap between sectors {indicator.gap:g}" if indicator.gap else ""
    stem, bounds = _stem(indicator), indicator.everyone.middle_half
    half = f", half of all answers {bounds[0]:g} to {bounds[1]:g}" if bounds else ""
    middle = " Middle answer" if stem.endswith("?") else ": middle answer"
    return f"{number}{stem}{middle} {indicator.everyone.median or 0:g}{half}{gap}"


def _stem(indicator: IndicatorResult) -> str:
    """What was asked, without the full stop that a sentence of a worksheet may end with."""
    return without_full_stop(indicator.question.statement)


def finding(results: Results, indicator: IndicatorResult) -> Finding:
    """A low or split answer as a finding, so that it becomes an action like every other.

    Parameters
    ----------
    results : Results
    indicator : IndicatorResult
        One of them.

    Returns
    -------
    Finding
    """
    worksheet = ratings.element_of(indicator.number) or "plan"
    return Finding(
        worksheet, results.round.id, indicator.number, says(indicator), _step(indicator), code="rating", severity="hint"
    )


def _step(indicator: IndicatorResult) -> str:
    """The action to propose: one step up where it is low, else the evidence that those who differ look at together."""
    if not _is_number(indicator):
        return indicator.prompt
    if (indicator.everyone.median or 0) <= LOW:
        up = indicator.question.choices[int(indicator.everyone.median or 0) + 1]
        return f"Bring {indicator.number} to “{up.word}”: {up.short or up.text}"
    evidence = rubrics.called(indicator.number).evidence
    return f"Look at the evidence for {indicator.number} together: {evidence[:1].lower()}{evidence[1:]}"


def _first(results: Results) -> Sequence[IndicatorResult]:
    return [
        indicator
        for indicator in results.talk_first
        if indicator.everyone.median is not None and not indicator.question.is_dot
    ][:FIRST]


def _spread(results: Results) -> Markup:
    if all(indicator.question.is_dot for indicator in results.indicators):
        return Markup()
    numbers = spread.of_round(results)
    chart = charts.Chart("spread", spread.QUESTION, numbers, spread.tell(numbers), cast(charts.Module, spread))
    return Markup(drawn(chart))


def _sectors(results: Results) -> Markup:
    if not any(indicator.sectors for indicator in results.indicators) or not _is_rubric(results):
        return Markup()
    numbers = sectors.of_round(results)
    chart = charts.Chart("sectors", sectors.QUESTION, numbers, sectors.tell(numbers), cast(charts.Module, sectors))
    return Markup(drawn(chart))


def _is_rubric(results: Results) -> bool:
    return any(_is_number(indicator) for indicator in results.indicators)


def _is_number(indicator: IndicatorResult) -> bool:
    return indicator.number[:1].isdigit()


def _words(change: Change) -> tuple[str, str, str, str]:
    """A row of the table of changes: question, before, after, difference."""
    before, after = (
        "not shown" if spread.median is None else f"{spread.median:g}" for spread in (change.before, change.after)
    )
    if not change.same_wording:
        by = "not comparable: the words have changed"
    else:
        by = "not known" if change.by is None else "the same" if not change.by else f"{change.by:+g}"
    return change.statement, before, after, by
