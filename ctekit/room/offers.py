"""What a block can open, as buttons: the same in the lead's view and in a notebook."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ctekit import ratings, worksheets, workshop
from ctekit.model.errors import NotFoundError
from ctekit.room import wall_view
from ctekit.room.run_words import text
from ctekit.room.translations import translated
from ctekit.views.agenda import items_of, next_meeting
from ctekit.workbook import Workbook
from ctekit.workshop.block import Activity, Block

PATH = "half-day"
"""Whose activities are offered where no element is named."""


PICTURES = {"join": "code", "check": "questions", "plan": "plan"}
"""The picture of the wall that an activity shows, by its kind."""


@dataclass(frozen=True)
class Offer:
    """A button: what it is called, the act, and what the act needs to know."""

    label: str
    act: str
    fields: Mapping[str, str]

    @property
    def key(self) -> str:
        """Its name in a page. A label will not do: a page leaves out marks that turn a line round."""
        words = json.dumps([self.label, self.act, dict(self.fields)], sort_keys=True)
        return hashlib.sha256(words.encode()).hexdigest()[:16]


def offers(activity: Activity, lang: str = "en") -> list[Offer]:
    """The buttons of something that a block opens; none for what stands on paper only.

    Parameters
    ----------
    activity : Activity
    lang : str
        Of the labels.

    Returns
    -------
    list of Offer
    """
    kind, subject = activity.kind, activity.subject
    label = text(lang)["offers"].get(kind, "")
    if kind in ("round", "exit"):
        return [Offer(label.format(name=_translated(ratings.title_of(subject), lang)), "open", {"about": subject})]
    if kind in ("fist", "dots"):
        dots = {"dots": str(activity.dots)} if activity.dots else {}
        label = label.format(name=_translated(_title(subject), lang))
        return [Offer(label, "open", {"about": kind, "what": subject, **dots})]
    if kind == "ideas":
        dots = {"dots": str(activity.dots)} if activity.dots else {}
        return [Offer(label, "open", {"about": ratings.IDEAS, "what": subject, **dots})]
    if kind == "slips":
        return [Offer(label, "open", {"about": ratings.SLIP})]
    if kind in PICTURES:
        return [Offer(label, "wall", {"picture": PICTURES[kind]})]
    if kind != "worksheet":
        return []
    try:
        sheet = worksheets.called(subject.partition(".")[0])
    except NotFoundError:
        return []
    shown = subject if subject in wall_view.SHEETS else sheet.slug
    label = label.format(name=wall_view.title_of(shown, lang), element=_translated(sheet.title, lang))
    return [Offer(label, "wall", {"picture": wall_view.SHEETS.get(shown, shown)})]


def opens_phones(block: Block) -> bool:
    """Whether a block asks phones for anything."""
    return any(offer.act == "open" for activity in block.activities for offer in offers(activity))


def on_phones(element: str = "") -> list[Offer]:
    """What phones can be asked in the blocks of an element, in whatever path; in all of a half-day where none is named.

    Parameters
    ----------
    element : str
        A worksheet's slug.

    Returns
    -------
    list of Offer
        In the order of the agenda, each once.

    Raises
    ------
    NotFoundError
        There is no such worksheet.
    """
    if element:
        worksheets.called(element)
    names = workshop.NAMES if element else (PATH,)
    blocks = [block for name in names for block in workshop.load(name).blocks]
    return _openers(activity for block in blocks if element in ("", block.element) for activity in block.activities)


def of_elements() -> list[Offer]:
    """A round about each of the elements.

    Returns
    -------
    list of Offer
    """
    return _openers(Activity(kind="round", subject=slug) for slug in ratings.elements())


def on_items(book: Workbook) -> list[Offer]:
    """Fist to five on each item of the next meeting that is still to be decided.

    Parameters
    ----------
    book : Workbook

    Returns
    -------
    list of Offer
        None for a topic of one word, which could be the name of a worksheet.
    """
    items = items_of(book, next_meeting(book))
    topics = [item.topic.strip() for item in items if item.kind == "to decide" and item.topic and not item.decided]
    label = text()["offers"]["fist"]
    return [
        Offer(label.format(name=topic), "open", {"about": "fist", "what": topic}) for topic in topics if " " in topic
    ]


def _openers(activities: Iterable[Activity]) -> list[Offer]:
    every_offer = (offer for activity in activities for offer in offers(activity))
    return list({offer.label: offer for offer in every_offer if offer.act == "open"}.values())


def _translated(name: str, lang: str) -> str:
    """A name in a language, where it is known there."""
    return translated(lang).get(name, name)


def _title(subject: str) -> str:
    """What people call that on which they vote."""
    slug, _, field = subject.partition(".")
    sheet = worksheets.called(slug)
    asked = sheet.questions().get(field or "sentence")  # of a whole worksheet, its sentence is voted on
    return asked.title if asked else sheet.title
