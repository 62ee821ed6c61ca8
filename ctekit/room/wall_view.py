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

from ctekit import worksheets
from ctekit.ratings import IDEAS, LEAST_IN_ALL, SLIP, Results, Round
from ctekit.room import pages, wall_answers, wall_results
from ctekit.room.run_words import at, until
from ctekit.room.translations import counted, named_in, presenting, translated
from ctekit.workbook import Workbook
from ctekit.workshop.run import Run

RESULTS = ("everyone", "sectors", "agree")
"""The pictures of a reveal, in the order in which a room looks at them."""
ANSWERS = ("sentence", "steps", "needs", "matrix", "asks", "plan", "questions")
"""The pictures of what the partnership has written; and the slug of each worksheet shows that one."""
MOST_IDEAS = 30
"""More cannot be read from ten metres."""
MOST_OPTIONS = 20
"""More would push the way in off the wall."""
_COLUMNS = ((6, "one"), (16, "two"), (math.inf, "three"))
"""Up to so many ideas stand in so many columns."""
SHEETS = {"purpose": "sentence", "recruitment": "needs", "roles": "matrix", "plan": "plan"}
SHEETS |= {"profile.steps": "steps", "plan.asks_of_state": "asks"}
"""The worksheets, and lists of one, that have a picture of their own."""


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
    until : str
        Until when the run sheet goes on with this, where no timer runs; "" for none.
    slips : bool
        Whether slips are counted.
    closed : bool
        Whether no more answers are taken.
    statement : str
        The sentence that is voted on, or what ideas or dots are for, for all to read; "" for none.
    ask : str
        What to do with it, where that does not go without saying.
    options : tuple of str
        What dots are given to, as many as stand beside the way in.
    more : int
        How many options there are besides; phones show all.
    """

    address: str
    code: str
    qr: str
    title: str
    joined: int
    answered: int | None = None
    people: int = 0
    left: int | None = None
    until: str = ""
    slips: bool = False
    closed: bool = False
    statement: str = ""
    ask: str = ""
    options: tuple[str, ...] = ()
    more: int = 0


def asked(round_: Round, lang: str = "en") -> dict[str, Any]:
    """What phones are asked, for all to read: ``statement``, ``ask``, ``options`` and ``more`` of a `WayIn`.

    Parameters
    ----------
    round_ : Round
        What is open.
    lang : str
        The language of the wall.

    Returns
    -------
    dict
        Empty where phones show many questions.
    """
    if round_.about == "fist":
        return {"statement": round_.title}
    dots = "ask_dots_one" if round_.dots_each == 1 else "ask_dots"
    asks = {IDEAS: "ask_ideas", SLIP: "ask_slips", "dots": dots}
    if round_.about not in asks:
        return {}
    title = named_in(round_.title, lang)
    ask = text(lang)[asks[round_.about]].format(count=round_.dots_each) if round_.state == "open" else ""
    options = round_.options if round_.about == "dots" else ()
    return {
        "statement": title or ask,
        "ask": ask if title else "",
        "options": options[:MOST_OPTIONS],
        "more": max(0, len(options) - MOST_OPTIONS),
    }


def text(lang: str) -> Mapping[str, Any]:
    """The words of the wall."""
    return presenting(lang)["wall"]


def title_of(slug: str, lang: str = "en") -> str:
    """What the wall calls the picture of a worksheet, such as ``"What we are for"``; else the worksheet's title."""
    words = text(lang)
    title = words[SHEETS[slug]] if slug in SHEETS else words["sheets"].get(slug)
    return str(title or named_in(worksheets.called(slug).title, lang))


def code(way: WayIn, lang: str = "en") -> str:
    """The way in, as large as the wall takes it, and how many have joined and answered; never what.

    Beside what is asked it is smaller: whoever answers has joined, and reads that.
    """
    words = text(lang)
    shown = {**vars(way), "title": way.title if way.answered is not None else words["join"], "qr": Markup(way.qr)}
    return pages.fragment(
        "wall_code",
        text=words,
        key=f"code {way.title} {way.code}",
        lead=words[("closed_slips" if way.slips else "closed") if way.closed else "join_lead"],
        **shown,
    )


@lru_cache(maxsize=4)
def qr(link: str, lang: str = "en") -> str:
    """A link as a QR code that fills its place: SVG, black on white whatever the theme."""
    import segno

    drawn: str = segno.make(link, error="m").svg_inline(omitsize=True, border=2, light="#fff", title=text(lang)["join"])
    return drawn.replace("<svg ", '<svg role="img" ', 1)


def block(run: Run, now: datetime.datetime, lang: str = "en") -> str:
    """The block that is on, how long it lasts, and what comes next; only its title, never its script."""
    on, following, words = run.now, run.next, text(lang)
    if on is None:
        title = words["over"] if run.ended else _starts(run, lang)
        values = {"key": title, "title": title, "left": None, "until": "", "next": ""}
        return pages.fragment("wall_block", text=words, **values)
    return pages.fragment(
        "wall_block",
        text=words,
        key=f"block {on.key}",
        title=on.title,
        left=run.left(now),
        until=until(run, now, lang),
        next=following.title if following else "",
    )


def results(results: Results, part: str, lang: str = "en") -> str:
    """A picture of a reveal.

    Parameters
    ----------
    results : Results
        Of a round that is revealed.
    part : str
        One of `RESULTS`.
    lang : str
        The language of the wall.

    Returns
    -------
    str
    """
    values: dict[str, Any] = {"bars": (), "rows": (), "levels": (), "agreed": None, "talk": ""}
    words, name = text(lang), translated(lang).get(results.round.name, results.round.name)
    values |= {"title": name, "subtitle": named_in(results.round.title, lang)}
    if part == "sectors":
        picture = wall_results.by_sector(results, lang)
        values |= {"title": words["talk"], "subtitle": picture["statement"], "rows": picture["strips"]}
        values |= _only(picture, "levels", "talk")
    elif part == "agree":
        values |= {"title": words["agree"], "agreed": wall_results.alike(results, lang)}
        values |= {"instead": words["agree_none" if wall_results.knows_sectors(results) else "agree_few"]}
    else:
        picture = wall_results.everyone(results, lang)
        values |= {"rows": picture["strips"], **_only(picture, "bars", "levels", "talk")}
    return pages.fragment(
        "wall_results",
        text=words,
        key=f"{part} {results.round.id}",
        width=wall_results.WIDTH,
        people=counted(text(lang), "answered_by", results.people),
        **values,
    )


def ideas(round_: Round, people: int, lang: str = "en") -> str:
    """The ideas that are shown, in the words in which the lead shows them.

    Parameters
    ----------
    round_ : Round
        About ideas, and revealed.
    people : int
        How many sent ideas.
    lang : str
        The language of the wall.

    Returns
    -------
    str
    """
    return pages.fragment(
        "wall_ideas",
        text=text(lang),
        name=named_in(round_.title or round_.name, lang),
        key=f"ideas {round_.id}",
        round=round_,
        ideas=round_.options[:MOST_IDEAS],
        more=max(0, len(round_.options) - MOST_IDEAS),
        columns=next(name for most, name in _COLUMNS if len(round_.options) <= most),
        people=counted(text(lang), "answered_by", people),
        instead=text(lang)["no_ideas" if people >= LEAST_IN_ALL else "few_ideas"],
    )


def answers(book: Workbook, name: str, today: datetime.date, left: int | None = None, lang: str = "en") -> str:
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
    lang : str
        The language of the wall.

    Returns
    -------
    str
    """
    name, words = SHEETS.get(name, name), text(lang)
    shown: dict[str, Any] = {"text": words, "key": name, "left": left}
    if name == "sentence":
        return pages.fragment("wall_sentence", **shown, **wall_answers.sentence(book))
    if name == "questions":
        asked = wall_answers.questions(book)
        instead = "" if asked else wall_answers.nothing_asked(book, words)
        return pages.fragment("wall_questions", **shown, questions=asked, instead=instead)
    listings: Mapping[str, Callable[[], wall_answers.Listing]] = {
        "steps": lambda: wall_answers.steps(book),
        "asks": lambda: wall_answers.asks(book),
        "needs": lambda: wall_answers.needs(book, words),
        "matrix": lambda: wall_answers.matrix(book, words),
        "plan": lambda: wall_answers.plan(book, words, today),
    }
    if name not in listings:
        title = title_of(name, lang)
        return pages.fragment("wall_sheet", **shown, lang=lang, title=title, **wall_answers.sheet(book, name))
    legend = words["matrix_legend"] if name == "matrix" else ""
    return pages.fragment(
        "wall_listing", **shown, picture=name, title=words[name], listing=listings[name](), legend=legend
    )


def _starts(run: Run, lang: str) -> str:
    start, words = run.progress.start, text(lang)
    return str(words["starts"]).format(clock=at(start, lang)) if start else str(words["soon"])


def _only(picture: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: picture[name] for name in names}
