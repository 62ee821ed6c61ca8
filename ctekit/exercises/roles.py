"""Exercise 6: two who answer for one duty, a desk that carries too much, and a partner who leaves."""

from __future__ import annotations

from ctekit.analysis import participants
from ctekit.exercises._case import (
    actions,
    gone,
    harrow_bend,
    holders,
    kept,
    letters,
    names,
    new_rows,
    organization_of,
)
from ctekit.exercises._engine import Practice, findings
from ctekit.exercises._task import Feedback, Mistake, Praise, Unsure
from ctekit.exercises._words import says
from ctekit.samples import Answers
from ctekit.workbook import Workbook
from ctekit.worksheets.convener import Convener
from ctekit.worksheets.roles import Roles

PLACING, MENTORING, LINE = "task-5", "task-7", "task-15"
CHAMBER, ALDERFIELD, NOVAK, BLUE_HERON = "org-1", "org-3", "org-4", "org-8"


def start() -> Answers:
    """December 1, 2026: two districts answer for placing, the Chamber has taken on more, Blue Heron has left."""
    answers = harrow_bend("2026-12-01", without=["D1"])
    gone(answers, "2026-11-30", "s-11", "s-17")
    matrix = answers["roles"]["matrix"]
    matrix["task-10"] |= {CHAMBER: "AR", ALDERFIELD: "R"}
    matrix["task-13"] |= {CHAMBER: "AR", "org-6": "R"}
    answers["convener"]["fte"] = "0.45"
    answers["plan"]["actions"] = []
    return answers


practice = Practice.read("roles", start)


def _placing(book: Workbook) -> object:
    task = next((task for task in book[Roles].tasks if task.id == PLACING), None)
    return letters(book, PLACING), task and task.person


@practice.task("placing", looks_at=_placing)
def placing(now: Workbook, before: Workbook) -> Feedback:
    """One A, in a district; both districts still place; the person comes from the one that answers."""
    answering, doing = holders(now, PLACING, "A"), holders(now, PLACING, "R")
    task = next((task for task in now[Roles].tasks if task.id == PLACING), None)
    if task is None:
        yield Mistake("struck", "The duty of placing learners is gone. Forty learners still need a place in January.")
        return
    for finding in findings("RO27", now, PLACING):
        yield Mistake("two-answer" if answering else "nobody-answers", f"{finding.says} {finding.advice}")
    if not doing:
        yield Mistake("nobody-does", "Nobody does the placing: the row holds no R. Answering for work is not doing it.")
    elif not {ALDERFIELD, NOVAK} <= set(doing):
        out = names(now, sorted({ALDERFIELD, NOVAK} - set(doing)))
        yield Mistake(
            "district-left-out",
            f"{out} no longer has an R. The memo says that each district places its own learners; moving the A does "
            "not mean taking the work away.",
        )
    if len(answering) != 1:
        return
    (partner,) = answering
    if partner == CHAMBER:
        yield Mistake(
            "convener-takes-all",
            "The Chamber now answers for placing. It is the easy way out: it knows no learner, and it is the "
            "desk that "
            "carries too much already.",
        )
    elif partner not in (ALDERFIELD, NOVAK):
        yield Mistake(
            "far-from-learners",
            f"{now.name(partner)} now answers for placing. It helps, but it cannot reach a learner or a schedule. "
            "One of the two districts can.",
        )
    else:
        yield Praise(f"One partner answers for placing: {now.name(partner)}. Everyone knows whom to call.")
    if not task.person:
        yield Mistake("no-person", "No person is named yet. An organization does not pick up a phone.")
    elif participants.standing(now, task.person) != "active":
        yield Mistake(
            "person-gone",
            f"{now.name(task.person)} {participants.why_not(now, task.person)}. Name somebody who is here.",
        )
    elif organization_of(now, task.person) != partner:
        yield Mistake(
            "person-elsewhere",
            f"{now.name(task.person)} is the person, but comes from another organization than {now.name(partner)}, "
            "which holds the A.",
        )
    else:
        yield Praise(f"{now.name(task.person)} is the person, and comes from the partner that answers.")


def _others(book: Workbook) -> dict[str, object]:
    """The letters of all duties but the ones the other tasks are about, without the partner that left."""
    tasks = [task.id for task in book[Roles].tasks if task.id not in (PLACING, MENTORING, LINE)]
    return {task: {org: cell for org, cell in letters(book, task).items() if org != BLUE_HERON} for task in tasks}


def _load(book: Workbook) -> object:
    return _others(book), {task.id: task.hours for task in book[Roles].tasks}, book[Convener].fte


@practice.task("load", looks_at=_load)
def load(now: Workbook, before: Workbook) -> Feedback:
    """The Chamber answers for a third at most, has the hours, and keeps convening; nobody else is swamped."""
    hours = {task.id: task.hours or 0 for task in before[Roles].tasks}
    if any((task.hours or 0) < hours.get(task.id, 0) for task in now[Roles].tasks):
        yield Mistake(
            "hours-wished-away",
            "The hours of a duty were made fewer. The figure is smaller now; the work is not. Move work instead.",
        )
    if now[Convener].fte != before[Convener].fte:
        yield Mistake(
            "money-wished-for",
            "The Chamber's paid time was changed. The memo says that the money is not there before July.",
        )
    over = findings("RO30", now)
    for finding in over:
        mine = finding.says.startswith(now.name(CHAMBER))
        yield Mistake("still-over-a-third" if mine else "another-desk", f"{finding.says} {finding.advice}")
    if not over:
        yield Praise("No partner answers for more than a third of the duties.")
    short = findings("CO05", now)
    for finding in short:
        yield Mistake("hours-short", f"{finding.says} {finding.advice}")
    if not short:
        yield Praise("The Chamber has the paid hours that its duties take.")
    for finding in findings("CO02", now):
        yield Mistake(
            "lead-without-work", f"{finding.says} A lead that gives all of it away is a name on a letterhead."
        )
    was, is_now = _others(before), _others(now)
    changed = [organization for organization in is_now if is_now[organization] != was.get(organization)]
    if len(is_now) < len(was):
        yield Mistake("struck", "A duty was struck to lighten the load. It is still promised: somebody has to do it.")
    for finding in (*findings("RO27", now, *changed), *findings("RO28", now, *changed)) if changed else ():
        yield Mistake("left-hanging", f"{finding.says} {finding.advice}")
    for finding in findings("RE14", now, *changed) if changed else ():
        yield Mistake("not-asked", f"{finding.says} A duty that lands on a desk unasked does not stay there.")


def _leaving(book: Workbook) -> object:
    line = next((task.task for task in book[Roles].tasks if task.id == LINE), None)
    column = {task.id: letters(book, task.id).get(BLUE_HERON, "") for task in book[Roles].tasks}
    return letters(book, MENTORING), letters(book, LINE), line, {org: cell for org, cell in column.items() if cell}


@practice.task("leaving", looks_at=_leaving)
def leaving(now: Workbook, before: Workbook) -> Feedback:
    """No letter is left with Blue Heron; mentoring has one that was asked for it; the line is struck or found anew."""
    tasks = {task.id: task for task in now[Roles].tasks}
    left = [task for task in tasks if letters(now, task).get(BLUE_HERON)]
    if left:
        yield Mistake(
            "still-there",
            f"Blue Heron still holds letters on {names(now, left)}. It left on November 30; what it holds is not done.",
        )
    else:
        yield Praise("Blue Heron's column is empty: nothing waits for a partner that is gone.")
    yield from _mentoring(now, MENTORING in tasks)
    yield from _line(now, before)


def _mentoring(now: Workbook, there: bool) -> Feedback:
    answering = [organization for organization in holders(now, MENTORING, "A") if organization != BLUE_HERON]
    if not there:
        yield Mistake("mentoring-struck", "Mentoring was struck. Learners at 26 places still need a mentor in January.")
    elif not answering:
        yield Mistake("mentoring-open", "Nobody who is still here answers for mentoring. Who does it already?")
    elif len(answering) > 1:
        yield Mistake("mentoring-two", f"{names(now, answering)} both answer for mentoring. Leave one A.")
    elif answering == [CHAMBER]:
        yield Mistake("mentoring-to-lead", "The Chamber answers for mentoring now. It has no shop floor, and no hours.")
    elif unasked := findings("RE14", now, MENTORING):
        yield Mistake("mentoring-unasked", f"{unasked[0].says} They may say yes. Ask first, then write the letter.")
    else:
        yield Praise(f"{now.name(answering[0])} answers for mentoring, and was asked for it.")


def _line(now: Workbook, before: Workbook) -> Feedback:
    task = next((task for task in now[Roles].tasks if task.id == LINE), None)
    was = next(task.task for task in before[Roles].tasks if task.id == LINE)
    answering = [organization for organization in holders(now, LINE, "A") if organization != BLUE_HERON]
    if task is None:
        yield Praise("The duty of lending the line is struck: the line went home with its owner.")
    elif task.task == was and answering:
        yield Mistake(
            "line-moved",
            f"{names(now, answering)} now answers for lending a line that it does not own. Strike the duty, or write "
            "down the new one: finding another line.",
        )
    elif not answering:
        yield Mistake(
            "line-open", "The line is gone and its duty still stands there. Strike it, or rewrite it with an A."
        )
    else:
        yield Praise(f"The duty is a new one, “{task.task}”, and {names(now, answering)} answers for it.")


@practice.task("mending", looks_at=actions)
def mending(now: Workbook, before: Workbook) -> Feedback:
    """An action about the lost places, with an owner who is here and a day within 90 days."""
    written = new_rows(actions(now), actions(before))
    yield from kept(now, written)
    if not any(says(action.action, "{place}|14|fourteen|catorce") for action in written):
        forgotten = (
            "No action seems to be about the 14 places that left with Blue Heron. Will 14 learners find out in January?"
        )
        yield Unsure("places-forgotten", forgotten, " / ".join(action.action or "" for action in written))
    elif (
        any(action.owner and organization_of(now, action.owner) == CHAMBER for action in written)
        and len({action.owner for action in written}) == 1
    ):
        yield Mistake(
            "lead-again",
            "All of it stands under the Chamber, the desk that carries too much. Who else knows firms or families?",
        )
