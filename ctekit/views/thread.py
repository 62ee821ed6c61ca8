"""`thread`: one promise followed from need to people, pledges, duties, measures, decisions and those who hear of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ctekit import worksheets
from ctekit.analysis import participants
from ctekit.model.days import long_day
from ctekit.model.errors import NotFoundError, did_you_mean
from ctekit.model.figures import figure
from ctekit.model.text import count, listed, quotation
from ctekit.model.worksheet import Row
from ctekit.views.answers import Wording
from ctekit.views.check import Place
from ctekit.views.render import render
from ctekit.views.standing import latest
from ctekit.workbook import Workbook
from ctekit.worksheets.communication import Communication
from ctekit.worksheets.metrics import Metric, Metrics
from ctekit.worksheets.purpose import Clause, Purpose
from ctekit.worksheets.recruitment import Need, Recruitment
from ctekit.worksheets.roles import Roles, Task
from ctekit.worksheets.value import Value


@dataclass(frozen=True)
class Item:
    """One thing on the thread: where it stands, and what is said of it."""

    place: Place
    says: str = ""


@dataclass(frozen=True)
class Station:
    """One stop of the thread: what is there, and where it breaks."""

    title: str
    items: tuple[Item, ...]
    gaps: tuple[str, ...]


def thread(book: Workbook, promise: str = "", private: bool = False) -> str:
    """Follow one promise through all worksheets, and say each gap aloud.

    Parameters
    ----------
    book : Workbook
    promise : str
        Such as ``"clause-2"``; "" for the first that has a gap, or the first of all where none has.
    private : bool

    Returns
    -------
    str
        A fragment whose headings are ``h3``.

    Raises
    ------
    NotFoundError
        There is no such promise.
    """
    wording = Wording(book, private)
    clause = called(wording.book, promise)
    stations = of(wording, clause) if clause else ()
    gaps = sum(len(station.gaps) for station in stations)
    return render(
        "thread",
        clause=clause,
        private=private,
        promise=wording.name(clause.id) if clause else "",
        href=f"{Purpose.notebook}.html#{Purpose.slug}-{clause.id if clause else 'clauses'}",
        stations=stations,
        summary=f"{count(gaps, 'gap')} in this thread." if gaps else "This thread holds from end to end.",
    )


def called(book: Workbook, promise: str) -> Clause | None:
    """The promise with this id; for "" the first with a gap, else the first; None while there is none.

    Raises
    ------
    NotFoundError
        There is no such promise.
    """
    clauses = {clause.id: clause for clause in book[Purpose].clauses}
    if promise and promise not in clauses:
        guess = did_you_mean(promise, clauses)
        raise NotFoundError(f"No promise is called '{promise}'.{guess} There are: {', '.join(clauses) or 'none yet'}.")
    if promise:
        return clauses[promise]
    wording = Wording(book)
    broken = (clause for clause in clauses.values() if any(station.gaps for station in of(wording, clause)))
    return next(broken, next(iter(clauses.values()), None))


def of(wording: Wording, clause: Clause) -> tuple[Station, ...]:
    """The stops of one promise, in the order in which it is kept."""
    book = wording.book
    needs = [need for need in book[Recruitment].needs if need.promise == clause.id]
    serves = {need.id for need in needs}
    tasks = [task for task in book[Roles].tasks if task.need in serves]
    metrics = [metric for metric in book[Metrics].metrics if metric.promise == clause.id]
    return (
        _needs(wording, needs),
        _people(wording, needs),
        _pledges(wording, needs, tasks),
        _duties(wording, tasks),
        _measures(wording, metrics),
        _decisions(wording, metrics),
        _audiences(wording, metrics),
    )


def _needs(wording: Wording, needs: list[Need]) -> Station:
    items = [
        Item(
            _place(wording, "recruitment", need),
            _joined(need.priority, f"by {long_day(need.by)}" if need.by else ""),
        )
        for need in needs
    ]
    return _station("Needs that serve it", items, () if needs else ["No need serves this promise."])


def _people(wording: Wording, needs: list[Need]) -> Station:
    book = wording.book
    active, asked = participants.active_ids(book), participants.recruited(book)
    items, gaps, needs_of = [], [], dict[str, list[str]]()
    for need in needs:
        those = [person for person in asked.get(need.id, ()) if person in active]
        for person in those:
            needs_of.setdefault(person, []).append(wording.name(need.id))
        least = need.at_least or 1
        if len(those) < least:
            gaps.append(f"{quotation(wording.name(need.id))} has {len(those)} of {least} who said yes.")
    people = participants.people(book)
    for person, what in needs_of.items():
        items.append(Item(_place(wording, "profile", people[person]), f"for {', '.join(what)}"))
    return _station("People who said yes", items, gaps)


def _pledges(wording: Wording, needs: list[Need], tasks: list[Task]) -> Station:
    """What partners give for it: what its duties keep, and what the organizations of its people give of that kind."""
    book = wording.book
    people, asked = participants.people(book), participants.recruited(book)
    giving = {
        (people[person].organization, need.kind)
        for need in needs
        for person in asked.get(need.id, ())
        if person in people
    }
    kept = {pledge for task in tasks for pledge in task.gives}
    exchanges = [
        exchange
        for exchange in book[Value].exchanges
        if exchange.id in kept or (exchange.kind and (exchange.organization, exchange.kind) in giving)
    ]
    items = [
        Item(
            _place(wording, "value", exchange),
            _joined(
                exchange.how_much, wording.name(exchange.organization) if exchange.organization else "partner not named"
            ),
        )
        for exchange in exchanges
        if exchange.gives
    ]
    gaps = [
        f"{quotation(exchange.gives)} is nobody's duty yet."
        for exchange in exchanges
        if exchange.gives and exchange.id not in kept
    ]
    return _station("Pledges behind it", items, gaps if items else ["No partner has pledged anything for it."])


def _duties(wording: Wording, tasks: list[Task]) -> Station:
    items, gaps = [], []
    for task in tasks:
        cells = wording.book[Roles].matrix.get(task.id, {})
        answers = [wording.name(org) for org, letters in cells.items() if "A" in letters]
        does = [wording.name(org) for org, letters in cells.items() if "R" in letters]
        says = f"A: {listed(answers) or 'nobody'}. R: {listed(does) or 'nobody'}."
        items.append(Item(_place(wording, "roles", task), says))
        name = quotation(wording.name(task.id))
        if not answers:
            gaps.append(f"Nobody answers for {name}.")
        elif len(answers) > 1:
            gaps.append(f"{len(answers)} organizations answer for {name}.")
        if not does:
            gaps.append(f"Nobody does {name}.")
        gaps += _gone(wording, task.person, f"answers for {name}")
    return _station("Duties that keep it", items, gaps if tasks else ["No duty serves its needs."])


def _measures(wording: Wording, metrics: list[Metric]) -> Station:
    items, gaps = [], []
    for metric in metrics:
        due = f" by {long_day(metric.target_date)}" if metric.target_date else ""
        aim = "no target" if metric.target is None else f"target {figure(metric.target, metric.unit or 'percent')}{due}"
        newest = latest(wording.book, metric)
        items.append(Item(_place(wording, "metrics", metric), _joined(newest, aim)))
        if newest.startswith(("no figure", "hidden")):
            gaps.append(f"{quotation(wording.name(metric.id))} has no figure that can be shown.")
        gaps += _gone(wording, metric.owner, f"answers for {quotation(wording.name(metric.id))}")
        gaps += _gone(wording, metric.steward, f"holds the figures of {quotation(wording.name(metric.id))}")
    if not metrics:
        gaps.append("No measure tests this promise.")
    elif all(metric.kind == "process" for metric in metrics):
        gaps.append("Its measures say what we do; none says what changes for people.")
    return _station("Measures that test it", items, gaps)


def _decisions(wording: Wording, metrics: list[Metric]) -> Station:
    by_id = {decision.id: decision for decision in wording.book[Purpose].decisions}
    items, gaps = [], []
    for metric in metrics:
        if metric.feeds in by_id:
            says = (
                "fed by "
                f"{quotation(wording.name(metric.id))}{f'; if it fell: {metric.decision}' if metric.decision else ''}"
            )
            items.append(Item(_place(wording, "purpose", by_id[metric.feeds]), says))
            gaps += _gone(wording, by_id[metric.feeds].decider, f"decides on {quotation(wording.name(metric.feeds))}")
        else:
            gaps.append(f"{quotation(wording.name(metric.id))} feeds no decision.")
    return _station("Decisions it feeds", items, gaps if metrics else ["Without a measure, nothing feeds a decision."])


def _audiences(wording: Wording, metrics: list[Metric]) -> Station:
    audiences = wording.book[Communication].audiences
    ids = {metric.id for metric in metrics}
    heard = [audience for audience in audiences if ids.intersection(audience.metrics)]
    items = []
    for audience in heard:
        sees = listed(quotation(wording.name(metric)) for metric in audience.metrics if metric in ids)
        items.append(Item(_place(wording, "communication", audience), _joined(audience.how_often, f"sees {sees}")))
    measures = {metric for audience in heard for metric in audience.metrics}
    gaps = [
        gap
        for audience in heard
        for gap in _gone(wording, audience.owner, f"sends to {quotation(wording.name(audience.id))}")
    ]
    gaps += [
        f"No audience sees {quotation(wording.name(metric.id))}." for metric in metrics if metric.id not in measures
    ]
    return _station("Who hears of it", items, gaps if metrics else ["Without a measure, there is no figure to tell."])


def _gone(wording: Wording, person: str | None, what: str) -> list[str]:
    """The gap that a person leaves who holds something and is not, or no longer, in the partnership."""
    listed = person in participants.people(wording.book) or person in wording.book.removed
    if not person or not listed or participants.standing(wording.book, person) != "not active":
        return []  # also for those who are no single person, such as all who vote
    return [f"{wording.name(person)} {what} and {participants.why_not(wording.book, person)}."]


def _station(title: str, items: Iterable[Item], gaps: Iterable[str]) -> Station:
    return Station(title, tuple(items), tuple(dict.fromkeys(gaps)))


def _place(wording: Wording, slug: str, row: Row) -> Place:
    return Place(wording.name(row.id), f"{worksheets.called(slug).notebook}.html#{slug}-{row.id}")


def _joined(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)
