"""The room of the day in a notebook: the way in, what is open now, and a button for each activity of the agenda."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from ctekit import ratings, rounds
from ctekit.model.errors import CtekitError
from ctekit.views.rating_panel import live
from ctekit.views.ratings import here
from ctekit.views.render import render
from ctekit.widgets.panel import OLD_BUTTON
from ctekit.widgets.room_card import RoomCard

if TYPE_CHECKING:
    from ctekit.room.offers import Offer
    from ctekit.widgets.rooms import Rooms


_OF_THE_ROOM = ("open", "show", "people", "admit")
"""The acts that are about no round: whatever is open by now, they are meant."""


class DayPanel(RoomCard):
    """The room of the day, with the same acts as the lead's view.

    Parameters
    ----------
    rooms : Rooms
        Of the partnership; all its panels share them.
    element : str
        The worksheet whose activities are offered; "" for all of a half-day.
    votes : callable
        Gives what else can be voted on now.

    Raises
    ------
    NotFoundError
        There is no such worksheet.
    """

    def __init__(self, rooms: Rooms, element: str = "", votes: Callable[[], list[Offer]] = list) -> None:
        from ctekit.room import offers
        from ctekit.room.translations import presenting

        self.element = element
        self.text: Mapping[str, Any] = {**presenting()["lead"], **presenting()["card"], **presenting()["day"]}
        self._activities: list[Offer] = offers.on_phones(element)
        self._votes = votes
        self.of_elements: list[Offer] = [] if element else offers.of_elements()
        self.question, self.asked, self._asked_of = "", "", ""
        self._drawn: object = None
        self._numbers = ""
        super().__init__(rooms, self.draw)
        self.acts = {
            "start": lambda _, typed: self._start(typed, rehearsal=False),
            "rehearse": lambda _, typed: self._start(typed, rehearsal=True),
            "open": self._open,
            "close": lambda what, _: self._end_round("close", "closed", what),
            "reveal": lambda what, _: self._end_round("reveal", "revealed", what),
            "reopen": lambda *_: self._do("reopen", "reopened"),
            "wait": lambda *_: self._do("show", "phones_waiting"),
            "timer": lambda minutes, _: self._do("timer", "timer_runs", minutes=minutes),
            "people": lambda _, typed: self._do("people", "people_set", people=typed.get("people", "").strip()),
            "admit": lambda *_: self._do("admit", "admitted"),
            "sort": self._sort,
            "words": self._change_words,
            "dots_on_ideas": lambda *_: self._do("dots_on_ideas", "opened"),
            "keep_in_list": lambda *_: self._do("keep_in_list", "kept_in_list"),
            "keep": lambda option, _: self._do("keep", "kept", option=option),
            "aside": lambda *_: self._ask_of_round("aside", self.text["aside_why"]),
            "set_aside": lambda _, typed: self._do("set_aside", "aside_done", reason=typed.get("reason", "")),
            "way": self.ask("way"),
            "end": self.ask_to_end,
            "end_sure": self.end,
            "menu": self.ask(""),
        }

    def __repr__(self) -> str:
        now = self.rooms.now()
        activity = now["activity"] if now else None
        return f"<room: {activity['name'] if activity else 'nothing open' if now else 'not started'}>"

    @property
    def offers(self) -> list[Offer]:
        """What can be opened now, besides a round about each of the elements."""
        return [*self._activities, *self._votes()]

    def draw(self) -> str:
        """All of it, as it stands now."""
        now, offers = self.rooms.now(), self.offers
        if self.mode in ("sure", "aside") and _round(now) != self._asked_of:
            self.mode = ""  # it was asked about a round that somebody else has ended
        self._drawn, self._numbers = (_standing(now), offers), self._live(now)
        return render(
            "day_panel",
            name=self.name,
            text=self.text,
            now=now,
            stopped=now is None and self.rooms.process is not None,
            mode=self.mode,
            question=self.question,
            end_question=self.end_question if now and self.mode == "end" else "",
            asked=self.asked,
            networks=() if now else self.networks(),
            hub="" if now else self.rooms.hub,
            chosen=self.rooms.chosen,
            numbers=self._numbers,
            offers=offers,
            of_elements=self.of_elements,
            timers=rounds.TIMERS,
            qr=Markup(self.room.qr(6)) if now else "",  # made by us, not typed
            bars=_bars(now),
            outcome=self.room.outcome() if now else {},
        )

    def refresh(self) -> None:
        """Show what was opened, answered, revealed or ended, by whomever."""
        with self._lock:
            if not self.is_seen:  # the room and the file are not asked for what nobody sees
                return
            now = self.rooms.now()
            if (_standing(now), self.offers) != self._drawn:
                self.send({"html": self.draw()})
            elif (numbers := self._live(now)) != self._numbers:
                self._numbers = numbers
                self.send({"parts": {f"{self.name}-live": numbers}})

    def let_in(self, *, address: str = "", people: int = 0) -> None:
        """Open the room to phones without a press; see `ctekit.room.start`."""
        self.rooms.open(share=True, address=address)
        if people:
            self._do("people", "people_set", people=str(people))

    def _start(self, typed: Mapping[str, str], *, rehearsal: bool) -> str:
        address = typed.get("address", "")
        self.rooms.open(share=bool(address), address=address, rehearsal=rehearsal)
        self.mode = "way"
        return str(self.text["started"])

    def _open(self, what: str, _typed: Mapping[str, str]) -> str:
        chosen = [offer for offer in (*self.offers, *self.of_elements) if offer.key == what]
        if not chosen:
            raise CtekitError(OLD_BUTTON)
        return self._do("open", "opened", **chosen[0].fields)

    def _end_round(self, act: str, says: str, what: str) -> str:
        from ctekit.room import RoomQuestion

        try:
            return self._do(act, says, **({"sure": "1"} if what else {}))
        except RoomQuestion as question:
            self.question, self.asked = str(question), act
            return self._ask_of_round("sure", self.question)

    def _ask_of_round(self, mode: str, question: str) -> str:
        self.mode, self._asked_of = mode, _round(self.rooms.now())
        return question

    def _sort(self, do: str, typed: Mapping[str, str]) -> str:
        picked = {name: ticked for name, ticked in typed.items() if name.startswith("idea-")}
        return self._do("sort", "ideas_sorted", do=do, **picked)

    def _change_words(self, idea: str, typed: Mapping[str, str]) -> str:
        return self._do("words", "ideas_sorted", idea=idea, words=typed.get(f"words-{idea}", ""))

    def _do(self, act: str, says: str, /, **fields: str) -> str:
        """Do one of `ctekit.room.acts`, and say so."""
        before = self.room.now()
        beside = {} if act in _OF_THE_ROOM else {"of": self.of}
        after = self.room.act(act, **beside, **fields)
        self.rooms.look_again()
        self.mode = ""
        activity = after["activity"] or before["activity"]
        return str(self.text[says]).format(name=activity["name"] if activity else "", here=here(after["people"]))

    def _live(self, now: Mapping[str, Any] | None) -> str:
        """The numbers that change by themselves; never what anybody answered."""
        if now is None:
            return ""
        activity = now["activity"] or {"answered": None, "unsent": 0, "left": None, "state": "", "about": ""}
        return live(
            activity["answered"],
            now["joined"],
            activity["left"] if activity["state"] == "open" else None,
            people=now["people"],
            unsent=activity["unsent"],
            late=now["late"],
            slips=activity["about"] == ratings.SLIP,
        )


def _round(now: Mapping[str, Any] | None) -> str:
    return str(((now or {}).get("activity") or {}).get("round", ""))


def _standing(now: Mapping[str, Any] | None) -> str:
    """What the panel has to be drawn anew for, when it changes."""
    if now is None:
        return ""
    activity = now["activity"] or {}
    shown = ("screen", "address", "code", "shared", "rehearsal", "people", "waiting")
    of_activity = [activity.get(name) for name in ("name", "state", "version")]
    # Beside what was revealed stands what of it is in the plan, or in the list that it is for.
    saved = now["saved"] if activity.get("state") == "revealed" and activity["about"] in ("dots", ratings.IDEAS) else 0
    return json.dumps([[now[name] for name in shown], of_activity, saved])


def _bars(now: Mapping[str, Any] | None) -> list[tuple[str, int, int]]:
    """Of dots that are revealed: each option, its dots, and how long its bar is, in hundredths of the longest."""
    items = [item for item in (now["results"] or {}).get("items", ()) if item["dots"] is not None] if now else []
    if not items or not now or (now["activity"] or {}).get("about") != "dots":
        return []
    most = max(item["dots"] for item in items) or 1
    return [(item["statement"], item["dots"], round(100 * item["dots"] / most)) for item in items]
