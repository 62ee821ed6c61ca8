"""The card that starts a run in a notebook: the room, the wall and the lead's view, each by a button.

What opens the lead's view never stands in the card's HTML unless somebody asked for it: notebooks save that.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from ctekit import workshop
from ctekit.views.render import render
from ctekit.widgets.room_card import RoomCard
from ctekit.workshop.agenda import Agenda
from ctekit.workshop.progress import Progress, read
from ctekit.workshop.run import Run, resume

if TYPE_CHECKING:
    from ctekit.widgets.rooms import Rooms
    from ctekit.workbook import Workbook


class RunCard(RoomCard):
    """A run of a path, with the buttons that open its screens.

    Parameters
    ----------
    rooms : Rooms
        Of the partnership; all its panels share them.
    path : str
        One of `ctekit.workshop.NAMES`.
    meeting : int
        Which meeting of the path, from 1.
    book : callable
        Gives all worksheets, to tell before a start what is still to be written.
    """

    def __init__(self, rooms: Rooms, path: str, meeting: int = 1, *, book: Callable[[], Workbook]) -> None:
        self._book = book
        self.agenda, self.session = workshop.load(path), meeting - 1
        self._drawn: object = None
        self._line = ""
        super().__init__(rooms, self.draw)
        text = self.card_text
        self.acts = {
            "start": lambda _, typed: self._start(typed, rehearsal=self._rehearses),
            "rehearse": lambda _, typed: self._start(typed, rehearsal=True),
            "wall": lambda *_: self._open("wall", "opened"),
            "lead": lambda *_: self._open("lead", "lead_opened"),
            "phone": self.ask("phone", text["phone_ask"]),
            "show_code": self.ask("code", text["phone_scan"]),
            "end": self.ask_to_end,
            "end_sure": self.end,
            "menu": self.ask(""),
        }

    def __repr__(self) -> str:
        return f"<run of {self.agenda.name}>"

    @property
    def title(self) -> str:
        """The path's, and which meeting of it."""
        return _title(self.agenda, self.session)

    @property
    def _paths(self) -> list[tuple[str, str, bool]]:
        """Every meeting of every path, its words, and whether it is the one of this card."""
        chosen = self.agenda.name, self.session
        return [
            (f"{agenda.name} {session}", _title(agenda, session), (agenda.name, session) == chosen)
            for agenda in map(workshop.load, workshop.NAMES)
            for session in range(len(agenda.sessions))
        ]

    def _choose(self, path: str) -> None:
        """Take another meeting than the one that the cell names."""
        if any(path == each for each, _, _ in self._paths):
            name, _, session = path.partition(" ")
            self.agenda, self.session = workshop.load(name), int(session)

    def draw(self) -> str:
        """All of it, as it stands now."""
        from ctekit.room.run_words import line, time_of_day

        now, moment = self.rooms.now(), _moment()
        run = self._run(now)
        if run:  # the card is about what goes on
            self.agenda, self.session = workshop.load(run.progress.path), run.progress.session
        self._drawn, self._line = self._standing(now, run), line(run, moment)
        planned = run.progress.start if run else None
        return render(
            "run_card",
            name=self.name,
            text=self.card_text,
            title=self.title,
            paths=self._paths,
            running=bool(now),
            needed=self._needed(run),
            begun=run is not None,
            start=time_of_day(planned) if planned else "",
            networks=() if now else self.networks(),
            hub="" if now else self.rooms.hub,
            chosen=self.rooms.chosen,
            shared=bool(now and now["shared"]),
            rehearsal=bool(now and now["rehearsal"]),
            line=self._line,
            mode=self.mode,
            end_question=self.end_question if now and self.mode == "end" else "",
            qr=self._code() if self.mode == "code" and now else "",
        )

    def refresh(self) -> None:
        """Show how the run goes on, and whether the room still runs."""
        from ctekit.room.run_words import line

        with self._lock:
            if not self.is_seen:  # the room and the file are not asked for what nobody sees
                return
            now = self.rooms.now()
            run = self._run(now)
            if self._standing(now, run) != self._drawn:
                self.send({"html": self.draw()})
            elif now and (words := line(run, _moment())) != self._line:
                self._line = words
                self.send({"parts": {f"{self.name}-line": words}})

    def _start(self, typed: Mapping[str, str], *, rehearsal: bool) -> str:
        self._choose(typed.get("path", ""))
        address, before = typed.get("address", ""), resume(read(self.rooms.folder), _moment())
        room = self.rooms.open(share=bool(address), address=address, rehearsal=rehearsal)
        kept = (before.progress.path, before.progress.session) if before and before.started else None
        if kept == (self.agenda.name, self.session) and not rehearsal:
            return str(self.card_text["goes_on"])
        room.act("begin", path=self.agenda.name, session=self.session, start=typed.get("start", ""))
        return str(self.card_text["started"])

    @property
    def _rehearses(self) -> bool:
        now = self.rooms.now()
        return bool(now and now["rehearsal"])

    def _standing(self, now: Mapping[str, Any] | None, run: Run | None) -> tuple[object, ...]:
        """What makes the card another one."""
        of_room = bool(now), bool(now and now["shared"]), bool(now and now["rehearsal"])
        return (run is not None, *of_room, self._needed(run))

    def _needed(self, run: Run | None) -> list[str]:
        """What is still to be written before a start."""
        from ctekit.room import needed

        return [] if run else needed.missing(self._book(), self.agenda.sessions[self.session].blocks)

    def _open(self, screen: str, words: str) -> str:
        self.send({"open": self.room.screens()[screen], "held_back": f"{self.card_text['held_back']} {screen}"})
        return str(self.card_text[words])

    def _code(self) -> Markup:
        from ctekit.room import qr

        return Markup(qr(self.room.screens()["lead"], 6))  # made by us, not typed

    def _run(self, now: Mapping[str, Any] | None) -> Run | None:
        if now is None:
            return resume(read(self.rooms.folder), _moment())
        return resume(Progress.model_validate(now["run"]) if now["run"] else None, _moment())


def _title(agenda: Agenda, session: int) -> str:
    return agenda.title if len(agenda.sessions) == 1 else f"{agenda.title}: {agenda.sessions[session].title}"


def _moment() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
