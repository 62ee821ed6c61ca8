"""The brief: what a reader who was not there must know, on two printed pages. The first page of the site."""

from __future__ import annotations

from collections.abc import Iterator

from ctekit import charts
from ctekit.analysis import participants
from ctekit.model import numbers
from ctekit.model.errors import InvalidAnswerError
from ctekit.model.figures import figure
from ctekit.model.text import listed, without_full_stop
from ctekit.papers import Fields, Gap, Heading, Items, Paragraph, Table, Words
from ctekit.site._blocks import Beside, Pointers, SiteBlock, Statement
from ctekit.site._says import Says
from ctekit.worksheets.communication import Communication
from ctekit.worksheets.convener import Convener
from ctekit.worksheets.plan import Plan
from ctekit.worksheets.profile import Profile
from ctekit.worksheets.purpose import Purpose
from ctekit.worksheets.recruitment import Recruitment

RESULTS = 3
"""So many results stand on the first screen."""
STEPS = 6
"""So many of the next steps."""
ASKS = 3
"""So many asks of one sector."""
RECORDS = "Some partners are public bodies: what stands here may be asked for as a public record."


def blocks(says: Says) -> Iterator[SiteBlock]:
    """What stands on the brief, the most important first."""
    yield Statement(says.answers.purpose())
    yield Beside((_lead(says), *_results(says)), tuple(_next_steps(says)))
    promises = tuple(says.words(clause, "promise") for clause in says.book[Purpose].clauses)
    asks = tuple(_asks(says))
    if promises or asks:
        listed_promises = (Heading("What we promise"), Items(promises, is_ordered=True)) if promises else ()
        yield Beside((*listed_promises, *_front_door(says)), asks)
    pathway = says.figure("pathway")
    questions = tuple(_open(says))
    if pathway:
        yield Heading("From school to a job")
        yield pathway
    yield from questions
    if says.reader != "public" and any(row.public_body for row in says.book[Profile].organizations):
        yield Paragraph(RECORDS)


def is_draft(says: Says) -> bool:
    """Whether the partners have not agreed on the purpose yet."""
    return says.book[Purpose].agreed_on is None


def _lead(says: Says) -> Fields:
    lead = says.book[Convener]
    person, place = says.words(lead, "lead_person"), says.words(lead, "lead")
    is_placed = place and str(person).endswith(str(place))  # as the public knows whoever is not named
    who = str(person) if is_placed else _joined(person, place)
    return Fields((("Who leads", who or Gap("Who leads", "worksheet 1")),))


def _front_door(says: Says) -> Iterator[SiteBlock]:
    front = says.book[Communication]
    if door := _joined(says.words(front, "front_door"), says.words(front, "front_door_address")):
        yield Heading("Whom to ask")
        yield Paragraph(door)


def _joined(*words: Words) -> str:
    return ", ".join(str(part) for part in words if part)


def _results(says: Says) -> Iterator[SiteBlock]:
    """Measures that have a start, a newest figure and a target, as their chart counts them: the promised one first."""
    rows = [row for row in charts.of("progress", says.book).numbers.rows if None not in (row[2], row[4], row[6])]
    if not rows:
        return
    purpose = says.book[Purpose]
    promised = (_number(purpose.start), _number(purpose.target))
    rows.sort(key=lambda row: promised != (row[2], row[6]))
    cells = tuple((row[0], *(figure(row[place], row[1]) for place in (2, 4, 6))) for row in rows[:RESULTS])
    yield Heading("Results so far")
    yield Table("Results so far", ("Measure", "Start", "Latest", "Target"), cells, (6, 2, 2, 2), is_headed=True)


def _number(words: str | None) -> float | None:
    """The figure that the purpose names, "11%" or "11 percent"; None where it is not one figure."""
    try:
        return float(numbers.read(words or "", "decimal", units="$%"))
    except InvalidAnswerError:
        return None


def _next_steps(says: Says) -> Iterator[SiteBlock]:
    actions = [action for action in says.book[Plan].actions if not action.done and action.action]
    yield Heading("Next steps")
    if not actions:
        yield Paragraph("No step is open.")
        return
    ordered = sorted(actions, key=lambda action: (action.by is None, action.by))
    cells = tuple(
        (
            says.words(action, "action"),
            says.words(action, "owner") or "nobody yet",
            says.words(action, "by", is_short=True) or "no day yet",
        )
        for action in ordered[:STEPS]
    )
    yield Table("Next steps", ("What", "Who", "By"), cells, (5, 3, 3), is_headed=True)
    if len(ordered) > STEPS:
        yield Paragraph(f"And {len(ordered) - STEPS} more.")


def _asks(says: Says) -> Iterator[SiteBlock]:
    """What partners are asked for, by sector; then the needs that nobody has met yet."""
    by_sector: dict[str, list[str]] = {}
    people = participants.people(says.book)
    for row in says.book[Recruitment].invitations:
        person = people.get(row.person or "")
        sector = participants.sector(says.book, person) if person else ""
        if row.ask and row.answer != "no" and not participants.has_left(person):
            by_sector.setdefault(sector or "others", []).append(without_full_stop(row.ask))
    if not by_sector:
        return
    yield Heading("What we ask of you")
    order = [row.sector or "others" for row in says.book[Profile].organizations]
    sectors = sorted(by_sector, key=lambda sector: order.index(sector) if sector in order else len(order))
    yield Fields(
        tuple(
            (sector[0].upper() + sector[1:], "; ".join(dict.fromkeys(by_sector[sector][:ASKS]))) for sector in sectors
        )
    )
    if missing := unmet(says):
        yield Paragraph(f"Still looked for: {listed(missing)}.")


def unmet(says: Says) -> list[str]:
    """The needs for which too few people have said yes, as their chart counts them."""
    return [row[0] for row in charts.of("coverage", says.book).numbers.rows if row[4]]


def _open(says: Says) -> Iterator[SiteBlock]:
    findings = says.open_questions()
    if findings:
        yield Heading("What is still open")
        sheets = [says.book.sheets[finding.worksheet] for finding in findings]
        steps = (without_full_stop(finding.action) for finding in findings)
        yield Pointers(tuple((step, sheet.notebook, sheet.title) for step, sheet in zip(steps, sheets, strict=True)))
