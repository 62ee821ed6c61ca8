"""Exercise 8: a person leaves in the middle, and the next 90 days have to be settled with those who stay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ctekit.analysis import participants
from ctekit.exercises._case import actions, gone, harrow_bend, organization_of, promised, row
from ctekit.exercises._engine import Practice, findings
from ctekit.exercises._task import Feedback, Mistake, Praise, Unsure
from ctekit.exercises._words import day, says
from ctekit.samples import Answers
from ctekit.workbook import Workbook
from ctekit.worksheets.communication import Communication
from ctekit.worksheets.convener import Convener
from ctekit.worksheets.metrics import Metrics
from ctekit.worksheets.plan import Action
from ctekit.worksheets.purpose import Purpose

LORRAINE, DARIO, ADAEZE, MARCUS = "s-9", "s-18", "s-1", "s-10"
HOSTS, STEERING, SPENDING = "com-5", "com-1", "prot-3"
WAGES, MONEY, DUTIES = "metric-6", "metric-8", "metric-9"
FREE_FROM = day("2027-03-01")
MOST = 2


def start() -> Answers:
    """February 1, 2027: Lorraine Teague has left the Workforce Board; Dario Quill was asked, and has not said yes."""
    answers = harrow_bend("2027-02-01")
    gone(answers, "2027-01-31", LORRAINE)
    answers["profile"]["people"].append(
        {"id": DARIO, "name": "Dario Quill", "organization": "org-6", "role": "Interim director", "status": "asked"}
    )
    plan = answers["plan"]
    plan["actions"] = [
        {
            "id": "act-1",
            "action": "Sign the wage refund for 12 interns",
            "element": "value",
            "owner": LORRAINE,
            "by": "2027-02-26",
        },
        {
            "id": "act-2",
            "action": "Renew the employers' pledges for 2027-28",
            "element": "convener",
            "owner": LORRAINE,
            "by": "2027-03-15",
        },
    ]
    row(answers, "plan", "policy-1")["contact"] = "s-8"
    return answers


practice = Practice.read("put-it-together", start)


def _still(book: Workbook, *places: str) -> Iterable[Mistake]:
    """Where Lorraine still stands, told by the product's own rule."""
    for finding in findings("ME41", book):
        if finding.worksheet in places:
            yield Mistake("still-named", f"{finding.says} {finding.advice}")


def _not_yet(book: Workbook, person: str | None, duty: str) -> Iterable[Mistake]:
    """Somebody who has not said yes, or is gone."""
    if person == DARIO:
        yield Mistake(
            "has-not-said-yes", f"Dario Quill {duty}. He was asked and has not said yes. Until then it is a hope."
        )
    elif person and person != LORRAINE and participants.standing(book, person) != "active":
        yield Mistake("gone-as-well", f"{book.name(person)} {duty}, and {participants.why_not(book, person)}.")


@practice.task("standin", looks_at=lambda book: (book[Convener].stand_in, book[Convener].lead_person))
def standin(now: Workbook, before: Workbook) -> Feedback:
    """Another person, who is here and has said yes: the product's own rule."""
    sheet = now[Convener]
    if not sheet.stand_in:
        yield Mistake("nobody", "Nobody stands in. If Adaeze falls ill this week, the partnership has no voice.")
        return
    unready = list(_not_yet(now, sheet.stand_in, "stands in"))
    yield from unready
    for finding in () if unready else findings("CO06", now):
        yield Mistake("own-stand-in", f"{finding.says} {finding.advice}")
    if sheet.lead_person != before[Convener].lead_person:
        yield Mistake("lead-changed", "The lead person was changed. Adaeze is still there; it was Lorraine who left.")
    if not unready and not findings("CO06", now):
        yield Praise(f"{now.name(sheet.stand_in)} is here, and stands in from today.")


def _voices(book: Workbook) -> object:
    return book[Communication].audiences, book[Purpose].decisions


@practice.task("voices", looks_at=_voices)
def voices(now: Workbook, before: Workbook) -> Feedback:
    """No message and no advice hangs on Lorraine; hosts have a sender; spending still takes advice."""
    wrong = [*_still(now, "communication", "purpose")]
    audiences = {audience.id: audience for audience in now[Communication].audiences}
    hosts = audiences.get(HOSTS)
    if hosts is None or STEERING not in audiences:
        wrong.append(Mistake("audience-struck", "An audience was struck. They did not leave; Lorraine did."))
    elif not hosts.owner:
        wrong.append(Mistake("no-sender", "Nobody sends to the host employers. Their last news was in December."))
    for audience in audiences.values():
        wrong += _not_yet(now, audience.owner, f"sends to “{audience.audience}”")
        wrong += _not_yet(now, audience.backup, f"steps in at “{audience.audience}”")
        if audience.owner and audience.owner == audience.backup:
            wrong.append(
                Mistake(
                    "own-backup",
                    f"{now.name(audience.owner)} sends to “{audience.audience}” and steps in for themselves.",
                )
            )
    spending = next((decision for decision in now[Purpose].decisions if decision.id == SPENDING), None)
    if spending is None or not spending.advice_from:
        wrong.append(
            Mistake(
                "spends-alone", "Adaeze now spends up to $5,000 without asking anybody. That rule protected her, too."
            )
        )
    elif ADAEZE in spending.advice_from:
        wrong.append(Mistake("advises-herself", "Adaeze takes advice from herself on spending."))
    else:
        for who in spending.advice_from:
            wrong += _not_yet(now, who, "advises on spending")
    yield from wrong
    if not wrong and hosts is not None:
        yield Praise(f"{now.name(hosts.owner or '')} sends to the hosts, and nothing waits for Lorraine.")


def _figures(book: Workbook) -> object:
    return [(metric.id, metric.owner, metric.steward) for metric in book[Metrics].metrics]


@practice.task("figures", looks_at=_figures)
def figures(now: Workbook, before: Workbook) -> Feedback:
    """Each has somebody who is here, nobody counts their own result, and not all of it lands on one."""
    metrics = {metric.id: metric for metric in now[Metrics].metrics}
    wrong = [*_still(now, "metrics")]
    for name, field in ((WAGES, "owner"), (MONEY, "steward"), (DUTIES, "steward")):
        metric = metrics.get(name)
        if metric is None:
            wrong.append(
                Mistake("measure-struck", "A measure was struck because its person left. The promise did not leave.")
            )
            continue
        person = getattr(metric, field)
        does = "answers for" if field == "owner" else "holds the figures of"
        if not person:
            wrong.append(
                Mistake("left-open", f"Nobody {does} “{metric.name}”. It will go on being printed until it is wrong.")
            )
        wrong += _not_yet(now, person, f"{does} “{metric.name}”")
        if metric.owner and metric.owner == metric.steward:
            wrong.append(
                Mistake("own-homework", f"{now.name(metric.owner)} answers for “{metric.name}” and counts it as well.")
            )
    wrong += _all_on_one(now)
    yield from wrong
    if not wrong:
        yield Praise("All three have somebody who is here, and nobody marks their own homework.")


def _all_on_one(now: Workbook) -> Iterable[Mistake]:
    """What was Lorraine's, and whose it is now."""
    metrics = {metric.id: metric for metric in now[Metrics].metrics}
    audiences = {audience.id: audience for audience in now[Communication].audiences}
    holders = [now[Convener].stand_in]
    holders += [audiences[HOSTS].owner] if HOSTS in audiences else []
    holders += [audiences[STEERING].backup] if STEERING in audiences else []
    holders += [metrics[WAGES].owner] if WAGES in metrics else []
    holders += [metrics[metric].steward for metric in (MONEY, DUTIES) if metric in metrics]
    for person, number in Counter(steward for steward in holders if steward and steward != LORRAINE).items():
        if number >= 4:
            yield Mistake(
                "all-on-one", f"{now.name(person)} now holds {number} of Lorraine's six duties. Then it happens again."
            )


@practice.task("plan", looks_at=actions)
def plan(now: Workbook, before: Workbook) -> Feedback:
    """Three to six open actions that are promises, of three houses, within what each can do; a successor, and money."""
    open_ones = [action for action in actions(now) if not action.done]
    faults = [wrong for action in open_ones for wrong in promised(now, action)]
    for action in open_ones:
        if action.owner == DARIO:
            faults += _not_yet(now, DARIO, f"owns “{action.action}”")
    faults = [mistake for mistake in faults if mistake.name != "owner-gone" or "Dario" not in mistake.says]
    if len(open_ones) < 3:
        faults.append(Mistake("too-few", f"{len(open_ones)} actions are open. What else do the notes ask for?"))
    if len(open_ones) > 6:
        faults.append(
            Mistake("too-many", f"{len(open_ones)} actions are open. What fits on a card is done. Park the others.")
        )
    faults += _shares(now, open_ones)
    if not any(
        says(action.action, "{successor}|dario|quill|lorraine's|workforce board|board's") for action in open_ones
    ):
        faults.append(
            Unsure(
                "no-successor",
                "No action seems to get a yes or a no from Dario Quill. A partner drifts off without one.",
                " / ".join(action.action or "" for action in open_ones),
            )
        )
    if not any(says(action.action, "{money}|2027-28|employers' ") for action in open_ones):
        faults.append(
            Unsure(
                "no-money",
                "No action seems to be about the money that ends on June 30. That day lies after your 90.",
                " / ".join(action.action or "" for action in open_ones),
            )
        )
    yield from faults
    if not faults:
        yield Praise(
            f"{len(open_ones)} actions, each with a name that can do it and a day. Dario is asked, and the "
            f"money is on it."
        )


def _shares(now: Workbook, open_ones: list[Action]) -> Iterable[Mistake]:
    """What each said that they can do."""
    owners = Counter(action.owner for action in open_ones if action.owner)
    for person, number in owners.items():
        if person == ADAEZE and number > 1:
            yield Mistake("lead-again", f"Adaeze has {number} actions. She wrote that she has room for one.")
        elif number > MOST:
            yield Mistake("one-shoulder", f"{now.name(person)} has {number} actions. Two are a lot beside a job.")
    for action in open_ones:
        if action.owner == MARCUS and action.by and action.by < FREE_FROM:
            yield Mistake(
                "not-when-they-can", f"“{action.action}”: Marcus wrote that he can do nothing before March 1."
            )
    houses = {organization_of(now, owner) for owner in owners} - {""}
    if open_ones and len(houses) < 3:
        yield Mistake(
            "few-houses", f"All of it is done by {len(houses)} organization(s). Three at least: it is a partnership."
        )
