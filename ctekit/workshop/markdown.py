"""Agendas as Markdown tables, for the notebook `00-start-here`: what we do when, and nothing of the script."""

from __future__ import annotations

from ctekit import rubrics, worksheets
from ctekit.workshop.agenda import Agenda, Session, load
from ctekit.workshop.block import Block


def clock_table(session: Session) -> str:
    """The clock of a session.

    Parameters
    ----------
    session : Session
        One coming together.

    Returns
    -------
    str
        A Markdown table, counted from the session's start.
    """
    rows = ["| After the start | Min | What we do | Worksheet | Where |", "|---|---|---|---|---|"]
    for block, offset in zip(session.blocks, session.offsets, strict=True):
        rows.append(f"| {_after(offset)} | {block.minutes} | {block.title} | {_worksheets(block)} | {_where(block)} |")
    return "\n".join(rows)


def meetings_table(agenda: Agenda) -> str:
    """The meetings of a path that has many, one a line.

    Parameters
    ----------
    agenda : Agenda
        The path.

    Returns
    -------
    str
        A Markdown table.
    """
    rows = ["| Week | Min | Meeting | To read before, 20 minutes at most |", "|---|---|---|---|"]
    for session in agenda.sessions:
        rows.append(f"| {session.week} | {session.minutes} | {session.title} | {session.read_before} |")
    return "\n".join(rows)


def tables() -> dict[str, str]:
    """The tables of the notebook.

    Returns
    -------
    dict
        By the heading above each: its table.
    """
    two = load("two-half-days")
    return {
        load("half-day").title: clock_table(load("half-day").sessions[0]),
        **{session.title: clock_table(session) for session in two.sessions},
        load("seven-meetings").title: meetings_table(load("seven-meetings")),
        load("employers-90").title: clock_table(load("employers-90").sessions[0]),
    }


def _after(offset: int) -> str:
    """Minutes from the start, so that nobody takes them for a time of day."""
    hours, minutes = divmod(abs(offset), 60)
    length = f"{hours} h {minutes} min" if hours else f"{minutes} min"
    return f"{length} before" if offset < 0 else length


def _worksheets(block: Block) -> str:
    """The worksheets of a block as the outline of the notebooks names them."""
    elements = {card.element for variant in block.tables for card in variant.cards} or {block.element}
    kinds = sorted((worksheets.called(element) for element in elements if element), key=lambda kind: kind.element)
    numbers = {element.number: f"{element.number} " for element in rubrics.ELEMENTS}
    return ", ".join(numbers.get(kind.element, "") + worksheets.short_title(kind) for kind in kinds)


def _where(block: Block) -> str:
    places = {"wall": block.wall, "paper": block.paper, "phone": block.phone}
    return ", ".join(place for place, what in places.items() if what)
