"""Rules 66 to 69: the plan has names and days, nothing is overdue, and what was set aside has a reason."""

from __future__ import annotations

from ctekit.model.days import long_day
from ctekit.model.text import quotation
from ctekit.model.worksheet import Row, Worksheet
from ctekit.rules._places import answered, should_be_active
from ctekit.rules._rule import Finding, Found, Pending, Rule, every, rule
from ctekit.workbook import Workbook
from ctekit.worksheets.plan import Action, Plan
from ctekit.worksheets.profile import Profile


def _to_do(book: Workbook) -> list[Action]:
    return [action for action in book[Plan].actions if action.action and not action.done]


@rule(
    "PL66",
    needs=(Profile, Plan),
    severity="warning",
    depth="quick",
    asks="Who does it, and by which day?",
    action="Agree on one name and one day for {subject}",
)
def each_action_has_a_name_and_a_day(book: Workbook) -> Found:
    """Each action has one person who said yes, and a day.

    “We should” is nobody, and “soon” is never. That somebody who left still holds one is another rule's finding.

    Source: who does what by when, as meeting practice has it,
    http://www.starttoolkit.org/sample-agenda-first-partnership-meeting;
    the test is ctekit's own.
    """
    actions = _to_do(book)
    if not actions:
        yield Pending("Waits until an action is written.")
    for action in actions:
        place, what = (Plan.slug, action.id, "owner"), quotation(action.action)
        if not answered(action, "owner"):
            yield Finding(*place, f"Nobody is named for {what}.", "Name one person who said yes.")
        elif action.owner:
            yield from should_be_active(
                book, place, action.owner, f"is to do {what}", "Ask them, or name somebody else."
            )
        if not answered(action, "by"):
            yield Finding(Plan.slug, action.id, "by", f"{what} has no day.", "Agree on a day within 90 days.")


@rule(
    "PL67",
    needs=(Plan,),
    severity="warning",
    asks="Is it done, dropped, or due on a new day?",
    action="Ask how it stands with {subject}, and for a new day",
)
def nothing_is_overdue(book: Workbook) -> Found:
    """Nothing that was to be done or found out is overdue.

    Reads the plan's actions and the blanks marked “to find out”. What counts is the day of the last save. A computer's
    own clock may be wrong.

    Source: ctekit's own, from practice.
    """
    day = book.day
    if day is None:
        yield Pending("Waits until something has been saved.")
        return
    for action in _to_do(book):
        if action.by and action.by < day:
            who = f" ({book.name(action.owner)})" if action.owner else ""
            says = f"{quotation(action.action)}{who} was due on {long_day(action.by)}."
            yield Finding(Plan.slug, action.id, "by", says, "Mark it done, agree on a new day, or drop it.")
    for sheet in book:
        for part in (sheet, *(row for table in sheet.tables() for row in sheet.rows(table))):
            for field, mark in part.marks.items():
                if mark.kind == "to find out" and mark.by and mark.by < day:
                    yield _not_found_out(book, sheet, part, field)


def _not_found_out(book: Workbook, sheet: Worksheet, part: Worksheet | Row, field: str) -> Finding:
    mark, row = part.marks[field], part.id if isinstance(part, Row) else ""
    question = part.questions().get(field)
    table = sheet.tables()[sheet.table_of(row)] if row else None
    private = bool((question and question.private) or (table and table.private))
    where = f" of {quotation(book.name(row))}" if row and not private else ""
    whom = f" from {book.name(mark.whom)}" if mark.whom in book.row_by_id else f" from {mark.whom}" if mark.whom else ""
    by = f" by {long_day(mark.by)}" if mark.by else ""
    says = f"“{question.title.rstrip('?') if question else field}”{where} was to be found out{whom}{by}."
    return Finding(sheet.slug, row, field, says, "Ask again, and write the answer or a new day.", private)


@rule(
    "PL68",
    needs=(Plan,),
    severity="warning",
    depth="full",
    asks="Who decides, and who carries it there?",
    action="Find out who decides on {subject}, and who carries it there",
)
def each_ask_of_the_state_can_be_carried(book: Workbook) -> Found:
    """Each ask of the state says who decides, what shows it, and who carries it there.

    Without the three it is a complaint.

    Source: state levers for partnerships,
    https://excelined.org/2018/05/30/askexcelined-what-are-key-elements-of-strong-cross-sector-partnerships-for-cte-programs/;
    the test is ctekit's own.
    """
    asks = [ask for ask in book[Plan].asks_of_state if ask.ask]
    if not asks:
        yield Pending("Waits until an ask of the state is written.")
    for ask in asks:
        if not answered(ask, "decides"):
            says = f"Who decides on {quotation(ask.ask)} is not written."
            yield Finding(Plan.slug, ask.id, "decides", says, "Name the office or body.")
        if not answered(ask, "evidence") and not ask.other_evidence:
            says = f"No figure or document is named that supports our ask: {quotation(ask.ask)}."
            yield Finding(Plan.slug, ask.id, "evidence", says, "Pick a measure, or name a document.")
        if not answered(ask, "contact"):
            says = f"Nobody is named who takes our ask to the state: {quotation(ask.ask)}."
            yield Finding(Plan.slug, ask.id, "contact", says, "Name one person who will be listened to.")


@rule(
    "PL69",
    needs=(Profile, Plan),
    severity="hint",
    asks="Why do we let this stand, and who says so?",
    action="Write down why we let it stand, and who says so",
)
def whatever_is_set_aside_has_a_reason(book: Workbook) -> Found:
    """Each change of a rule and each finding that is let stand has a reason, and a name.

    A finding that is let stand without both stays open, and three rules cannot be changed at all.

    Source: ctekit's own, from practice.
    """
    rules_by_code = {rule_.code: rule_ for rule_ in every()}
    for severity in book[Profile].severities:
        code = (severity.rule or "").strip().upper()
        set_aside = rules_by_code.get(code)
        if severity.rule and severity.severity and (set_aside is None or set_aside.locked or not severity.because):
            yield _changed(severity.id, severity.rule, set_aside)
    for acknowledgement in book[Plan].acknowledged:
        set_aside = rules_by_code.get((acknowledgement.rule or "").strip().upper())
        locked = set_aside is not None and set_aside.locked
        if acknowledgement.rule and (not set_aside or locked or not acknowledgement.note or not acknowledgement.by):
            yield _let_stand(acknowledgement.id, acknowledgement.rule, set_aside, bool(acknowledgement.note))


def _changed(row: str, typed: str, rule_: Rule | None) -> Finding:
    place = (Profile.slug, row, "because" if rule_ and not rule_.locked else "rule")
    if rule_ is None:
        return Finding(*place, f"No rule has the code {quotation(typed)}.", "Copy the code from the check.")
    if rule_.locked:
        return Finding(*place, f"{rule_.code} counts as an error in every partnership.", "Take the row out.")
    return Finding(
        *place, f"Rule {rule_.code} was set to count differently here, and no reason is written.", "Write the reason."
    )


def _let_stand(row: str, typed: str, rule_: Rule | None, noted: bool) -> Finding:
    place = (Plan.slug, row, "rule" if rule_ is None or rule_.locked else "by" if noted else "note")
    if rule_ is None:
        return Finding(
            *place, f"No rule has the code {quotation(typed)}.", "Copy the code from the check.", private=True
        )
    if rule_.locked:
        return Finding(
            *place, f"A finding of {rule_.code} cannot be let stand.", "Mend it, and take the row out.", private=True
        )
    says = f"A finding of {rule_.code} is let stand, and {'who says so' if noted else 'why'} is not written."
    return Finding(*place, says, "Write it; until then the finding stays open.", private=True)
