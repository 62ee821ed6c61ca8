"""For families and learners: what there is, what it leads to, whom to ask; in each language that has the words for it.

The languages stand on one page, so that one sheet of paper goes home. People's answers stay as they wrote them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from ctekit import rubrics
from ctekit.model.worksheet import Row, Worksheet
from ctekit.papers import Fields, Heading, Items, Paragraph, Table, Words
from ctekit.site._blocks import Beside, Languages, SiteBlock, Statement, Translation
from ctekit.site._says import Says
from ctekit.worksheets.communication import Communication
from ctekit.worksheets.profile import Profile
from ctekit.worksheets.purpose import Purpose


@cache
def words() -> Mapping[str, Mapping[str, Any]]:
    """What the page says itself, by language: English, and each other that has a ``families.toml``."""
    english = tomllib.loads(files("ctekit.site").joinpath("families.toml").read_text("utf-8"))
    others = {code: rubrics.translation(code, "families.toml") for code in rubrics.languages()}
    return {"en": english} | {
        code: {**english, **own, "step": {**english["step"], **own.get("step", {})}}
        for code, own in others.items()
        if own
    }


TITLE: str = words()["en"]["title"]


def blocks(says: Says) -> Iterator[SiteBlock]:
    """What stands on the page."""
    others = [code for code in words() if code != "en"]
    if others:
        yield Languages(tuple((code, words()[code]["language"]) for code in others))
    yield from _told(says, words()["en"])
    if others:
        yield Paragraph(words()["en"]["as_written"])
    for code in others:
        text = words()[code]
        blocks = (Paragraph(text["as_written"]), *_told(says, text, level=3))
        yield Translation(code, text["title"], words()["en"]["language"], blocks)


def _told(says: Says, text: Mapping[str, Any], level: int = 2) -> Iterator[SiteBlock]:
    """The page in one language, its headings of one level."""
    profile, purpose, front = says.book[Profile], says.book[Purpose], says.book[Communication]
    yield Statement(says.words(purpose, "badge") or says.words(profile, "pathway") or says.answers.purpose())
    asked = {
        "question": _line(says, front, "front_door", "front_door_address"),
        "hurt": says.words(front, "emergency"),
        "languages": says.words(profile, "languages"),
        "not_do": says.words(purpose, "not_do"),
        "data": says.words(purpose, "data_stance"),
    }
    contacts: tuple[SiteBlock, ...] = (
        Heading(text["ask"], level),
        Fields(tuple((text[name], answer) for name, answer in asked.items() if answer)),
        *_unanswered(text, asked),
    )
    if purpose.clauses:
        promises = Items(tuple(says.words(clause, "promise") for clause in purpose.clauses))
        yield Beside((Heading(text["promise"], level), promises), contacts)
    else:
        yield from contacts
    if profile.steps:
        yield Heading(text["steps"], level)
        cells = tuple(tuple(says.words(step, field) for field in text["step"]) for step in profile.steps)
        yield Table(text["path"], tuple(text["step"].values()), cells, widths=(5, 5, 3, 5, 2))
    heard = [row for row in front.audiences if row.kind == "learners & families" and row.channel]
    if heard:
        yield Heading(text["hear"], level)
        yield Items(tuple(_line(says, row, "channel", "how_often", "language", "reply") for row in heard))
    yield Paragraph(text["free"])


def _unanswered(text: Mapping[str, Any], asked: Mapping[str, Words]) -> Iterator[Paragraph]:
    """What nobody has written yet: whom to ask, not that nobody knows it."""
    if what := "; ".join(text[name] for name, answer in asked.items() if not answer):
        yield Paragraph(text["unknown" if asked["question"] else "nobody"].format(what=what, where=asked["question"]))


def _line(says: Says, part: Worksheet | Row, *fields: str) -> str:
    return ", ".join(str(words) for field in fields if (words := says.words(part, field)))
