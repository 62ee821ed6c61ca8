"""Exercise 4: the partner who only gives, one who finds it hardly worth it, and a yes that was somebody else's."""

from __future__ import annotations

import datetime
import re

from ctekit.exercises._case import harrow_bend, organization_of, row
from ctekit.exercises._engine import Practice, findings
from ctekit.exercises._task import Feedback, Mistake, Praise, Unsure, not_found
from ctekit.exercises._words import day, says
from ctekit.samples import Answers
from ctekit.workbook import Workbook
from ctekit.worksheets.value import Exchange, Value

TODAY = day("2026-10-05")
OSTRANDER, PUENTE, BLUE_HERON = "x-9", "x-10", "x-8"
WHEN = (
    r"\b(oct|nov)[a-z]*\.? \d|october|november|day\b|week|before|until|tomorrow|tonight|\d[/-]\d|\d(st|nd|rd|th)\b|"
    r"month|octubre|noviembre|semana|antes|mañana|lunes|martes|jueves|viernes|miércoles"
)
"""What a day looks like in somebody's words."""
FIELDS = ("gives", "how_much", "gets", "gets_nothing_yet", "in_own_words", "confirmed_by", "confirmed_on")


def start() -> Answers:
    """October 5, 2026: Ostrander gets nothing, Puente finds it hardly worth it, Blue Heron's yes was Castellan's."""
    answers = harrow_bend("2026-10-05", without=["D2"])
    row(answers, "value", PUENTE).update(worth=2)
    row(answers, "value", BLUE_HERON).update(confirmed_by="s-10")
    return answers


practice = Practice.read("value", start)


def _row(book: Workbook, row_id: str) -> Exchange | None:
    return next((exchange for exchange in book[Value].exchanges if exchange.id == row_id), None)


def _ostrander(book: Workbook) -> object:
    rows = [exchange for exchange in book[Value].exchanges if exchange.organization == "org-9"]
    return [(exchange.id, *(getattr(exchange, name) for name in FIELDS)) for exchange in rows]


@practice.task("ostrander", looks_at=_ostrander)
def ostrander(now: Workbook, before: Workbook) -> Feedback:
    """A gain of its own, out of the call, confirmed by Hank on a day; the gift stands as it was."""
    rows = [exchange for exchange in now[Value].exchanges if exchange.organization == "org-9"]
    if not any(exchange.gives for exchange in rows):
        yield Mistake("gift-struck", "The 40 hours are gone. That settles the sum, and 40 hours of mentoring with it.")
        return
    main = next((exchange for exchange in rows if exchange.gets), rows[0])
    gift = _row(now, OSTRANDER)
    if gift and gift.how_much != "40 hours a year":
        yield Mistake(
            "gift-cut", f"The gift is now “{gift.how_much}”. Hank did not ask to give less. He wants something back."
        )
    if not main.gets:
        name = "nothing-is-final" if main.gets_nothing_yet else "still-nothing"
        yield Mistake(
            name, "Ostrander still gets nothing. An honest note, but in the call Hank said what he would want."
        )
        return
    if says(main.gets, "thank|banner|recognition|plaque|certificate|award|visib|publicity|logo"):
        thanks = f"“{main.gets}”: Hank said what he thinks of that. What would he lose no sleep over?"
        yield Unsure("banner", thanks, main.gets)
    elif says(main.gets, "region|community|good of|all of us|future of|everyone|everybody|stronger"):
        all_get_it = f"“{main.gets}” comes to everybody, also to those who give nothing. What is his?"
        yield Unsure("good-of-all", all_get_it, main.gets)
    elif says(main.gets, "money|$|paid for|payment|refund|discount"):
        not_asked = f"“{main.gets}”: nobody offered that, and Hank did not ask. Read the call again."
        yield Unsure("invented", not_asked, main.gets)
    elif says(
        main.gets,
        "{learner}|{labor}|people|first look|intern|small shop|help|hands|someone who|somebody who|machinist|pair of",
    ):
        yield Praise(f"Ostrander gets “{main.gets}”. It is its own, and it was said in the call.")
    else:
        ask = "Where in the call did Hank say that?"
        yield not_found("not-in-the-call", main.gets, "something that Hank asked for", ask)
    yield from _confirmed(now, main)


def _confirmed(now: Workbook, exchange: Exchange) -> Feedback:
    """Whether somebody of the partner said yes, on a day: the product's own rule, said for the case."""
    wrong = findings("VA19", now, exchange.id)
    if not exchange.confirmed_by:
        yield Mistake("not-confirmed", f"{wrong[0].says} {wrong[0].advice}" if wrong else "Nobody has confirmed it.")
    elif organization_of(now, exchange.confirmed_by) != exchange.organization:
        yield Mistake(
            "spoken-for",
            f"{now.name(exchange.confirmed_by)} said yes for {now.name(exchange.organization or '')}. Only the partner "
            f"itself can.",
        )
    elif not exchange.confirmed_on:
        yield Mistake("no-day", "The yes has no day. In a year nobody knows whether it still holds.")
    elif exchange.confirmed_on > TODAY:
        yield Mistake("day-to-come", f"{exchange.confirmed_on} is still to come. In this case it is {TODAY}.")
    else:
        yield Praise(f"{now.name(exchange.confirmed_by)} said yes on {exchange.confirmed_on}.")


@practice.task(
    "puente",
    looks_at=lambda book: (
        (exchange := _row(book, PUENTE)) and (exchange.worth, exchange.action, exchange.gives, exchange.gets)
    ),
)
def puente(now: Workbook, before: Workbook) -> Feedback:
    """An action with a person and a day; the score and the deal are left to the partner."""
    exchange = _row(now, PUENTE)
    if exchange is None:
        yield Mistake("row-struck", "The row is gone, and with it a partner who said that something is wrong.")
        return
    if exchange.worth != 2:
        yield Mistake("score-mended", "The 2 was Inés's own answer. Change what she finds, not what she said.")
    if not exchange.action:
        wrong = findings("VA22", now, PUENTE)
        yield Mistake("nothing-done", wrong[0].says if wrong else "Nothing is being done about it.")
        return
    people = [part for who in now.rows("profile.people") for part in (who.name or "").split()[:1] if part]
    if not says(exchange.action, *people, *(who.name or "-" for who in now.rows("profile.people"))):
        yield not_found("nobody-does-it", exchange.action, "a name", "Who does it? Best somebody whom Inés trusts.")
    elif not re.search(WHEN, exchange.action.casefold()):
        ask = "By when? The seats for January are given out in November."
        yield not_found("some-day", exchange.action, "a day", ask)
    elif says(exchange.action, "explain|convince|remind her|tell her that|tell inés that|persuade"):
        at_her = f"“{exchange.action}” tells Inés that she is wrong. Ask her what would make it right."
        yield Unsure("talks-at-her", at_her, exchange.action)
    else:
        yield Praise(f"“{exchange.action}” has a name and a day, and leaves the answer to Inés.")
    if exchange.gives != (_row(before, PUENTE) or exchange).gives:
        yield Mistake(
            "asked-for-more", "What Puente gives was changed. It finds the deal thin: do not ask it for more."
        )


@practice.task(
    "heron",
    looks_at=lambda book: (
        (exchange := _row(book, BLUE_HERON)) and (exchange.confirmed_by, exchange.confirmed_on, exchange.gets)
    ),
)
def heron(now: Workbook, before: Workbook) -> Feedback:
    """Somebody of Blue Heron confirms what Blue Heron gets, on a day."""
    exchange = _row(now, BLUE_HERON)
    if exchange is None or not exchange.gets:
        yield Mistake("gain-struck", "What Blue Heron gets is gone. The gain was right; the yes was not.")
        return
    yield from _confirmed(now, exchange)


@practice.task(
    "notice", looks_at=lambda book: (exchange := _row(book, OSTRANDER)) and (exchange.review, exchange.metric)
)
def notice(now: Workbook, before: Workbook) -> Feedback:
    """A measure, or a day within a year: the product's own rule, and a limit on how far off."""
    exchange = _row(now, OSTRANDER)
    if exchange is None:
        yield Mistake("row-struck", "Ostrander's row is gone. There is nothing left to look at.")
    elif exchange.metric:
        yield Praise(f"“{now.name(exchange.metric)}” would show it.")
    elif exchange.review is None or exchange.review <= TODAY:
        yield Mistake("in-the-past", f"{exchange.review} is past. In this case it is {TODAY}.")
    elif exchange.review > TODAY + datetime.timedelta(days=366):
        yield Mistake("too-late", f"{exchange.review} is more than a year off. A firm that gets nothing will not wait.")
    else:
        yield Praise(f"On {exchange.review} somebody asks Hank whether it came.")
    if exchange is not None and not exchange.gets:
        yield Mistake("nothing-to-notice", "First say what Ostrander gets. Then there is something to notice.")
