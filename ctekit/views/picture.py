"""`picture`: the whole partnership on one page, for the room and for whoever leads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ctekit import rules
from ctekit.model.days import long_day
from ctekit.model.questions import show
from ctekit.model.text import count
from ctekit.views.answers import Wording
from ctekit.views.changes import compare, earlier
from ctekit.views.chart import chart
from ctekit.views.render import kept_back, render
from ctekit.views.room_questions import for_the_facilitator, for_the_room
from ctekit.views.standing import AwaitedStep, awaited, open_findings, stands
from ctekit.workbook import Workbook
from ctekit.worksheets.plan import Plan, PolicyAsk
from ctekit.worksheets.profile import Profile


@dataclass(frozen=True)
class Reminder:
    """What to send to one person or office: all that we wait for from them."""

    whom: str
    opening: str
    wanted: tuple[AwaitedStep, ...]


def picture(book: Workbook, private: bool = False) -> str:
    """Show where the seven stand, five questions for the room, our asks of the state, and what we wait for.

    Parameters
    ----------
    book : Workbook
    private : bool
        Also what is for the facilitator only. The questions for the room never hold any of it.

    Returns
    -------
    str
        A fragment whose headings are ``h3``; the whole list of findings is folded away.
    """
    wording = Wording(book, private)
    book = wording.book
    findings = open_findings(book, private)
    groups = for_the_facilitator(wording, findings)
    since = earlier(book)
    return render(
        "picture",
        private=private,
        lines=stands(book, private, elements=True),
        readiness=Markup(chart(book, "readiness", private)) if book.rounds() else "",
        begun=any(sheet.begun for sheet in book),
        questions=for_the_room(wording, findings),
        groups=groups,
        how_many=len(findings),
        kept_back="" if private or not any(sheet.begun for sheet in book) else kept_back("Findings"),
        waits=count(sum(result.outcome == "waits" for result in rules.check(book)), "rule waits", "rules wait"),
        asks=[_ask(wording, ask) for ask in book[Plan].asks_of_state],
        since=long_day(since) if since else "",
        report=compare(book.as_of(since), book, private) if since else None,
        messages=messages(awaited(book, private), book[Profile].name or ""),
    )


def messages(awaited: Sequence[AwaitedStep], partnership: str) -> list[Reminder]:
    """One message for each person or office we wait for, the earliest day first; answers of nobody come last."""
    by_whom: dict[str, list[AwaitedStep]] = {}
    for awaited_step in awaited:
        by_whom.setdefault(awaited_step.whom, []).append(awaited_step)
    name = f" of {partnership}" if partnership else ""
    reminders = []
    for whom, wanted in by_whom.items():
        wanted.sort(key=lambda awaited_step: str(awaited_step.by or "9999"))
        first = next((awaited_step.by for awaited_step in wanted if awaited_step.by), None)
        by = f" by {long_day(first)}" if first else ""
        opening = f"We are filling in the worksheets{name}. Could you tell us{by}:" if whom else ""
        reminders.append(Reminder(whom, opening, tuple(wanted)))
    return sorted(reminders, key=lambda message: (not message.whom, str(message.wanted[0].by or "9999")))


def _ask(wording: Wording, row: PolicyAsk) -> dict[str, str]:
    return {
        field: show(question, getattr(row, field), wording.name)
        for field, question in row.questions().items()
        if not question.private
    }
