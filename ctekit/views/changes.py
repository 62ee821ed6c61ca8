"""`changes`: the partnership beside itself at an earlier day, what got better and what was lost."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ctekit import rules
from ctekit.analysis import participants
from ctekit.model.days import long_day
from ctekit.model.errors import CtekitError
from ctekit.rules import Finding
from ctekit.views.answers import Wording
from ctekit.views.check import place
from ctekit.views.render import render
from ctekit.views.standing import figure_of, open_findings
from ctekit.workbook import Workbook
from ctekit.worksheets.metrics import Metrics
from ctekit.worksheets.plan import Plan
from ctekit.worksheets.recruitment import Recruitment

APART = 28
"""So many days lie at least between the two, where nobody names the earlier one."""


@dataclass
class ChangeReport:
    """What changed, sentence by sentence, under the words that head it."""

    better: dict[str, list[str]] = field(default_factory=dict)
    lost: dict[str, list[str]] = field(default_factory=dict)
    moved: list[str] = field(default_factory=list)


def changes(book: Workbook, since: str = "", private: bool = False) -> str:
    """Compare with how it stood at the end of an earlier day.

    Parameters
    ----------
    book : Workbook
    since : str
        Such as ``"2026-10-01"``; "" for the last day with a save that is four weeks back, or else the first day of all.
    private : bool
        Also findings for the facilitator only.

    Returns
    -------
    str
        A fragment whose headings are ``h3``.
    """
    book = book.seen(private)
    since = since or earlier(book)
    try:
        then = book.as_of(since) if since else None
    except CtekitError as error:
        return render("changes", private=private, day="", report=None, words=str(error))
    if then is None:
        words = (
            "There is nothing to compare with yet: everything was saved on one day. Come back after the next meeting."
        )
        return render("changes", private=private, day="", report=None, words=words)
    words = "" if then.revision else "Nothing had been saved by then, so everything is new."
    return render(
        "changes",
        private=private,
        day=long_day(then.as_it_stood_on),
        report=compare(then, book, private),
        words=words,
    )


def earlier(book: Workbook) -> str:
    """The day to compare with where nobody names one; "" where there is none."""
    days = book.days()
    if len(days) < 2:
        return ""
    last = datetime.date.fromisoformat(days[-1])
    far = [day for day in days[:-1] if (last - datetime.date.fromisoformat(day)).days >= APART]
    return far[-1] if far else days[0]


def compare(then: Workbook, now: Workbook, private: bool = False) -> ChangeReport:
    """What got better and what was lost between two moments of one partnership."""
    then, now = then.seen(private), now.seen(private)
    change_report = ChangeReport()
    _findings(change_report, then, now, private)
    _needs(change_report, then, now)
    _people(change_report, then, now)
    _sheets(change_report, then, now)
    _figures(change_report, then, now)
    return change_report


def _say(under: dict[str, list[str]], words: str, sentences: Iterable[str]) -> None:
    lines = list(sentences)
    if lines:
        under[words] = lines


def _findings(report: ChangeReport, then: Workbook, now: Workbook, private: bool) -> None:
    old, new = _by_place(open_findings(then, private)), _by_place(open_findings(now, private))
    wording = Wording(now, private)

    def as_words(finding: Finding) -> str:
        return f"{finding.says} ({place(wording, finding).words}, {finding.code})"

    acknowledged = _by_place([finding for result in rules.check(now) for finding in result.acknowledged])
    stands = [finding for key, finding in old.items() if key not in new and key in acknowledged]
    _say(
        report.better,
        "Findings that are gone",
        (as_words(finding) for key, finding in old.items() if key not in {**new, **acknowledged}),
    )
    _say(report.better, "Findings that were talked over and may stand", map(as_words, stands))
    _say(report.lost, "Findings that are new", (as_words(finding) for key, finding in new.items() if key not in old))


def _by_place(findings: list[Finding]) -> dict[tuple[str, str, str, str], Finding]:
    return {(finding.code, finding.worksheet, finding.row, finding.field): finding for finding in findings}


def _needs(report: ChangeReport, then: Workbook, now: Workbook) -> None:
    old, new = dict(_met(then)), dict(_met(now))
    _say(
        report.better, "Needs that are met now", (now.name(key) for key, met in new.items() if met and not old.get(key))
    )
    _say(
        report.lost,
        "Needs that are met no more",
        (now.name(key) for key, met in new.items() if old.get(key) and not met),
    )


def _met(book: Workbook) -> Iterator[tuple[str, bool]]:
    active, asked = participants.active_ids(book), participants.recruited(book)
    for need in book[Recruitment].needs:
        yield need.id, sum(each in active for each in asked.get(need.id, ())) >= (need.at_least or 1)


def _people(report: ChangeReport, then: Workbook, now: Workbook) -> None:
    old = {person.id for person in participants.active_people(then)}
    new = {person.id for person in participants.active_people(now)}
    _say(
        report.better,
        "People who said yes",
        (now.name(person.id) for person in participants.active_people(now) if person.id not in old),
    )
    gone = [person.id for person in participants.active_people(then) if person.id not in new]
    words = (f"{now.name(person)} {participants.why_not(now, person)}" for person in gone)
    _say(report.lost, "People who are here no more", words)


def _sheets(report: ChangeReport, then: Workbook, now: Workbook) -> None:
    ready = [sheet.title for sheet in now if sheet.ready and not then.sheets[sheet.slug].is_ready(sheet.ready)]
    _say(report.better, "Worksheets that became ready to check", ready)
    done = {action.id for action in then[Plan].actions if action.done}
    _say(
        report.better,
        "Actions that were done",
        (now.name(action.id) for action in now[Plan].actions if action.done and action.id not in done),
    )


def _figures(report: ChangeReport, then: Workbook, now: Workbook) -> None:
    """Each measure whose newest figure is another one; a figure that is hidden now or was then is told of neither."""
    before = {metric.id: metric for metric in then[Metrics].metrics}
    for metric in now[Metrics].metrics:
        new = figure_of(now, metric)
        old = figure_of(then, before[metric.id]) if metric.id in before else ""
        if isinstance(new, str) or (not isinstance(old, str) and old == new):
            continue
        if isinstance(old, str) and old.startswith("hidden"):
            continue
        was = f"{old[0]} on {long_day(old[1])}, " if not isinstance(old, str) else "no figure then, "
        report.moved.append(
            f"{now.name(metric.id)}: {was}{new[0]} on {long_day(new[1])} now{_way(metric.direction, old, new)}."
        )


def _way(direction: str | None, old: tuple[str, object] | str, new: tuple[str, object]) -> str:
    """Whether a figure went the way that is wanted, in words; "" where that cannot be told."""
    if isinstance(old, str) or direction not in ("up", "down"):
        return ""
    first, last = (float(row[0].rstrip("%").replace(",", "")) for row in (old, new))
    if first == last:
        return ", unchanged"
    return ", the way we want" if (last > first) == (direction == "up") else ", away from what we want"
