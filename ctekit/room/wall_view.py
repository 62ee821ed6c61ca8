"""The pictures of the wall, as HTML: the way in, a block and its time, the reveal, the partnership's own words.

No picture holds a control, a word of the script, an id or an answer that is for the facilitator only.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from ctekit.model.text import count
from ctekit.ratings import LEAST_IN_ALL, Results, Round
from ctekit.room import pages, wall_answers, wall_results
from ctekit.room.run_words import until
from ctekit.room.translations import clock, presenting, words
from ctekit.workbook import Workbook
from ctekit.workshop.run import Run

RESULTS = ("everyone", "sectors", "agree")
"""The pictures of a reveal, in the order in which a room looks at them."""
ANSWERS = ("sentence", "needs", "matrix", "plan", "questions")
"""The pictures of what the partnership has written; and the slug of each worksheet shows that one."""
MOST_IDEAS = 30
"""More cannot be read from ten metres."""
_COLUMNS = ((6, "one"), (16, "two"), (math.inf, "three"))
"""Up to so many ideas stand in so many columns."""
SHEETS = {"purpose": "sentence", "recruitment": "needs", "roles": "matrix", "plan": "plan"}
"""The worksheets that have a picture of their own."""


@dataclass(frozen=True)
class WayIn:
    """How phones join, and how many have.

    Attributes
    ----------
    address, code : str
        What people type.
    qr : str
        The link as a picture.
    title : str
        Of what is open; the partnership's name before anything is.
    joined : int
    answered : int or None
        None where nothing is open to be answered.
    people : int
        How many are here; 0 where nobody said.
    left : int or None
        Seconds of the timer that phones see.
    slips : bool
        Whether slips are counted.
    closed : bool
        Whether no more answers are taken.
    statement : str
        The sentence that is voted on, for all to read; "" for none.
    """

    address: str
    code: str
    qr: str
    title: str
    joined: int
    answered: int | None = None
    people: int = 0
    left: int | None = None
    slips: bool = False
    closed: bool = False
    statement: str = ""


def text() -> Mapping[str, Any]:
    """The words of the wall."""
    return presenting()["wall"]


def code(way: WayIn) -> str:
    """The way in, as large as the wall takes it, and how many have joined and answered; never what.

    Beside a sentence that is voted on it is smaller: whoever votes has joined, and reads the sentence.
    """
    shown = {**vars(way), "title": way.title if way.answered is not None else text()["join"], "qr": Markup(way.qr)}
    return pages.fragment(
        "wall_code",
        text=text(),
        key=f"code {way.title} {way.code}",
        lead=text()["closed" if way.closed else "join_lead"],
        **shown,
    )


@lru_cache(maxsize=4)
def qr(link: str) -> str:
    """A link as a QR code that fills its place: SVG, black on white whatever the theme."""
    import segno

    drawn: str = segno.make(link, error="m").svg_inline(omitsize=True, border=2, light="#fff", title=text()["join"])
    return drawn.replace("<svg ", '<svg role="img" ', 1)


def block(run: Run, now: datetime.datetime) -> str:
    """The block that is on, how long it lasts, and what comes next; only its title, never its script."""
    on, following = run.now, run.next
    if on is None:
        title = text()["over"] if run.ended else _starts(run)
        return pages.fragment("wall_block", text=text(), key=title, title=title, left=None, until="", next="")
    return pages.fragment(
        "wall_block",
        text=text(),
        key=f"block {on.key}",
        title=on.title,
        left=run.left(now),
        until=until(run, now),
        next=following.title if following else "",
    )


def results(results: Results, part: str) -> str:
    """A picture of a reveal.

    Parameters
    ----------
    results : Results
        Of a round that is revealed.
    part : str
        One of `RESULTS`.

    Returns
    -------
    str
    """
    values: dict[str, Any] = {"bars": (), "rows": (), "levels": (), "agreed": None, "talk": "", "subtitle": ""}
    title = results.round.name
    values["subtitle"] = results.round.title
    if part == "sectors":
        picture = wall_results.by_sector(results, text())
        title = text()["talk"]
        values |= {"subtitle": picture["statement"], "rows": picture["strips"], **_only(picture, "levels", "talk")}
    elif part == "agree":
        title = text()["agree"]
        values |= {"agreed": wall_results.alike(results)}
        values |= {"instead": text()["agree_none" if wall_results.knows_sectors(results) else "agree_few"]}
    else:
        picture = wall_results.everyone(results, text())
        values |= {"rows": picture["strips"], **_only(picture, "bars", "levels", "talk")}
    return pages.fragment(
        "wall_results",
        text=text(),
        key=f"{part} {results.round.id}",
        title=title,
        width=wall_results.WIDTH,
        people=text()["answered_by"].format(people=count(results.people, "person", "people")),
        **values,
    )


def ideas(round_: Round, people: int) -> str:
    """The ideas that are shown, in the words in which the lead shows them.

    Parameters
    ----------
    round_ : Round
        About ideas, and revealed.
    people : int
        How many sent ideas.

    Returns
    -------
    str
    """
    return pages.fragment(
        "wall_ideas",
        text=text(),
        key=f"ideas {round_.id}",
        round=round_,
        ideas=round_.options[:MOST_IDEAS],
        more=max(0, len(round_.options) - MOST_IDEAS),
        columns=next(name for most, name in _COLUMNS if len(round_.options) <= most),
        people=text()["answered_by"].format(people=count(people, "person", "people")),
        instead=text()["no_ideas" if people >= LEAST_IN_ALL else "few_ideas"],
    )


def answers(book: Workbook, name: str, today: datetime.date, left: int | None = None) -> str:
    """A picture of what the partnership has written.

    Parameters
    ----------
    book : Workbook
    name : str
        One of `ANSWERS`, or a worksheet's slug.
    today : date
        From which the next 90 days count.
    left : int or None
        Seconds left of the block.

    Returns
    -------
    str
    """
    name = SHEETS.get(name, name)
    shown: dict[str, Any] = {"text": text(), "key": name, "left": left}
    if name == "sentence":
        return pages.fragment("wall_sentence", **shown, **wall_answers.sentence(book))
    if name == "questions":
        return pages.fragment("wall_questions", **shown, questions=wall_answers.questions(book))
    listings: Mapping[str, Callable[[], wall_answers.Listing]] = {
        "needs": lambda: wall_answers.needs(book, text()),
        "matrix": lambda: wall_answers.matrix(book, text()),
        "plan": lambda: wall_answers.plan(book, text(), today),
    }
    if name not in listings:
        return pages.fragment("wall_sheet", **shown, **wall_answers.sheet(book, name))
    return pages.fragment(
        "wall_listing",
        **shown,
        picture=name,
        title=text()[name],
        listing=listings[name](),
        legend=text()["matrix_legend"] if name == "matrix" else "",
    )


def _starts(run: Run) -> str:
    start = run.progress.start
    return str(text()["starts"]).format(clock=clock(start, words()["en"])) if start else str(text()["soon"])


def _only(picture: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: picture[name] for name in names}
