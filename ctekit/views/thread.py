"""`thread`: one promise followed from need to people, pledges, duties, measures, decisions and those who hear of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ctekit import worksheets
from ctekit.analysis import participants
from ctekit.model.errors import NotFound, did_you_mean
from ctekit.model.worksheet import Row
from ctekit.views.answers import Wording
from ctekit.views.check import Place
from ctekit.views.render import count, render
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
    NotFound
        There is no such promise.
    """
    wording = Wording(book, private)
    clause = called(wording.book, promise)
    stations = of(wording, clause) if clause else ()
    gaps = sum(len(one.gaps) for one in stations)
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
    NotFound
        There is no such promise.
    """
    clauses = {one.id: one for one in book[Purpose].clauses}
    if promise and promise not in clauses:
        guess = did_you_mean(promise, clauses)
        raise NotFound(f"No promise is called '{promise}'.{guess} There are: {', '.join(clauses) or 'none yet'}.")
    if promise:
        return clauses[promise]
    wording = Wording(book)
    broken = (one for one in clauses.values() if any(station.gaps for station in of(wording, one)))
    return next(broken, next(iter(clauses.values()), None))


def of(wording: Wording, clause: Clause) -> tuple[Station, ...]:
    """The stops of one promise, in the order in which it is kept."""
    book = wording.book
    needs = [one for one in book[Recruitment].needs if one.promise == clause.id]
    serves = {one.id for one in needs}
    tasks = [one for one in book[Roles].tasks if one.need in serves]
    metrics = [one for one in book[Metrics].metrics if one.promise == clause.id]
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
        Item(_place(wording, "recruitment", one), _joined(one.priority, f"by {one.by}" if one.by else ""))
        for one in needs
    ]
    return _station("Needs that serve it", items, () if needs else ["No need serves this promise."])


def _people(wording: Wording, needs: list[Need]) -> Station:
    book = wording.book
    active, asked = participants.active_ids(book), participants.recruited(book)
    items, gaps, seen = [], [], dict[str, list[str]]()
    for need in needs:
        those = [one for one in asked.get(need.id, ()) if one in active]
        for one in those:
            seen.setdefault(one, []).append(wording.name(need.id))
        least = need.at_least or 1
        if len(those) < least:
            gaps.append(f"{_quoted(wording.name(need.id))} has {len(those)} of {least} who said yes.")
    people = participants.people(book)
    for one, what in seen.items():
        items.append(Item(_place(wording, "profile", people[one]), f"for {', '.join(what)}"))
    return _station("People who said yes", items, gaps)


def _pledges(wording: Wording, needs: list[Need], tasks: list[Task]) -> Station:
    """What partners give for it: what its duties keep, and what the organizations of its people give of that kind."""
    book = wording.book
    people, asked = participants.people(book), participants.recruited(book)
    giving = {
        (people[one].organization, need.kind) for need in needs for one in asked.get(need.id, ()) if one in people
    }
    kept = {pledge for task in tasks for pledge in task.gives}
    given = [
        one for one in book[Value].exchanges if one.id in kept or (one.kind and (one.organization, one.kind) in giving)
    ]
    items = [
        Item(
            _place(wording, "value", one),
            _joined(one.how_much, wording.name(one.organization) if one.organization else "partner not named"),
        )
        for one in given
        if one.gives
    ]
    gaps = [f"{_quoted(one.gives)} is nobody's duty yet." for one in given if one.gives and one.id not in kept]
    return _station("Pledges behind it", items, gaps if items else ["No partner has pledged anything for it."])


def _duties(wording: Wording, tasks: list[Task]) -> Station:
    items, gaps = [], []
    for task in tasks:
        cells = wording.book[Roles].matrix.get(task.id, {})
        answers = [wording.name(org) for org, letters in cells.items() if "A" in letters]
        does = [wording.name(org) for org, letters in cells.items() if "R" in letters]
        says = f"A: {_listed(answers) or 'nobody'}. R: {_listed(does) or 'nobody'}."
        items.append(Item(_place(wording, "roles", task), says))
        name = _quoted(wording.name(task.id))
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
    for one in metrics:
        due = f" by {one.target_date}" if one.target_date else ""
        target = f"target {one.target:,}{due}" if one.target is not None else "no target"
        figure = latest(wording.book, one)
        items.append(Item(_place(wording, "metrics", one), _joined(figure, target)))
        if figure.startswith(("no figure", "hidden")):
            gaps.append(f"{_quoted(wording.name(one.id))} has no figure that can be shown.")
        gaps += _gone(wording, one.owner, f"answers for {_quoted(wording.name(one.id))}")
        gaps += _gone(wording, one.steward, f"holds the figures of {_quoted(wording.name(one.id))}")
    if not metrics:
        gaps.append("No measure tests this promise.")
    elif all(one.kind == "process" for one in metrics):
        gaps.append("Its measures say what we do; none says what changes for people.")
    return _station("Measures that test it", items, gaps)


def _decisions(wording: Wording, metrics: list[Metric]) -> Station:
    known = {one.id: one for one in wording.book[Purpose].decisions}
    items, gaps = [], []
    for one in metrics:
        if one.feeds in known:
            says = f"fed by {_quoted(wording.name(one.id))}{f'; if it fell: {one.decision}' if one.decision else ''}"
            items.append(Item(_place(wording, "purpose", known[one.feeds]), says))
            gaps += _gone(wording, known[one.feeds].decider, f"decides on {_quoted(wording.name(one.feeds))}")
        else:
            gaps.append(f"{_quoted(wording.name(one.id))} feeds no decision.")
    return _station("Decisions it feeds", items, gaps if metrics else ["Without a measure, nothing feeds a decision."])


def _audiences(wording: Wording, metrics: list[Metric]) -> Station:
    audiences = wording.book[Communication].audiences
    ids = {one.id for one in metrics}
    heard = [one for one in audiences if ids.intersection(one.metrics)]
    items = []
    for one in heard:
        sees = _listed(_quoted(wording.name(each)) for each in one.metrics if each in ids)
        items.append(Item(_place(wording, "communication", one), _joined(one.how_often, f"sees {sees}")))
    seen = {each for one in heard for each in one.metrics}
    gaps = [gap for one in heard for gap in _gone(wording, one.owner, f"sends to {_quoted(wording.name(one.id))}")]
    gaps += [f"No audience sees {_quoted(wording.name(one.id))}." for one in metrics if one.id not in seen]
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


def _quoted(words: str | None) -> str:
    return f"“{(words or '').rstrip('. ')}”"


def _joined(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)


def _listed(names: Iterable[str]) -> str:
    found = list(names)
    return " and ".join(filter(None, [", ".join(found[:-1]), *found[-1:]]))
