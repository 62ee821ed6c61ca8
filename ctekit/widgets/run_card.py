"""The card that starts a run in a notebook: the room, the wall and the lead's view, each by a button.

What opens the lead's view never stands in the card's HTML unless somebody asked for it: notebooks save that.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from markupsafe import Markup

from ctekit import workshop
from ctekit.model.errors import CtekitError
from ctekit.views.render import render
from ctekit.widgets.panel import Panel
from ctekit.widgets.watcher import watch
from ctekit.workshop.progress import Progress, read
from ctekit.workshop.run import Run, resume

if TYPE_CHECKING:
    from ctekit.room import RoomProcess
    from ctekit.widgets.rooms import Rooms


class RunCard(Panel):
    """A run of a path, with the buttons that open its screens.

    Parameters
    ----------
    rooms : Rooms
        Of the partnership; all its panels share them.
    path : str
        One of `ctekit.workshop.NAMES`.
    """

    def __init__(self, rooms: Rooms, path: str) -> None:
        from ctekit.room.translations import presenting

        self.rooms, self.agenda = rooms, workshop.load(path)
        self.text: Mapping[str, Any] = presenting()["card"]
        self.mode, self.name = "", f"ctekit-{uuid4().hex[:8]}"
        self._drawn: object = None
        self._line = ""
        super().__init__(self.draw, self.press, private=True)
        watch(self)

    def __repr__(self) -> str:
        return f"<run of {self.agenda.name}>"

    def draw(self) -> str:
        """All of it, as it stands now."""
        from ctekit.room.run_words import line, time_of_day

        now, moment = self.rooms.now(), _moment()
        run = self._run(now)
        self._drawn, self._line = bool(now), line(run, moment)
        planned = run.progress.start if run else None
        return render(
            "run_card",
            name=self.name,
            text=self.text,
            title=self.agenda.title,
            running=bool(now),
            begun=run is not None,
            start=time_of_day(planned) if planned else "",
            networks=() if now else self._networks(),
            shared=bool(now and now["shared"]),
            line=self._line,
            mode=self.mode,
            qr=self._code() if self.mode == "code" and now else "",
        )

    def refresh(self) -> None:
        """Show how the run goes on, and whether the room still runs."""
        from ctekit.room.run_words import line

        with self._lock:
            now = self.rooms.now()
            if bool(now) != self._drawn:
                self.send({"html": self.draw()})
            elif now and (words := line(self._run(now), _moment())) != self._line:
                self._line = words
                self.send({"parts": {f"{self.name}-line": words}})

    def press(self, act: str, _what: str = "", value: str = "") -> str:
        """Do what a button does.

        Parameters
        ----------
        act : str
            The button.
        value : str
            What stands in the form, as JSON.

        Returns
        -------
        str
            The words to read out.

        Raises
        ------
        CtekitError
            It cannot be done; one sentence.
        """
        typed = {name.partition(" ")[2]: words for name, words in json.loads(value or "{}").items()}
        acts: Mapping[str, Callable[[], str]] = {
            "start": lambda: self._start(typed, rehearsal=False),
            "rehearse": lambda: self._start(typed, rehearsal=True),
            "wall": lambda: self._open("wall", "opened"),
            "lead": lambda: self._open("lead", "lead_opened"),
            "phone": lambda: self._show("phone", "phone_ask"),
            "show_code": lambda: self._show("code", "phone_scan"),
            "end": lambda: self._show("end", "end_ask"),
            "end_sure": self._end,
            "menu": lambda: self._show("", ""),
        }
        if act not in acts:
            raise CtekitError("This button is of an older version. Run the cell again.")
        return acts[act]()

    def _start(self, typed: Mapping[str, str], *, rehearsal: bool) -> str:
        address, before = typed.get("address", ""), resume(read(self.rooms.folder), _moment())
        room = self.rooms.open(share=bool(address), address=address, rehearsal=rehearsal)
        if before and before.started and before.progress.path == self.agenda.name and not rehearsal:
            return str(self.text["goes_on"])
        room.act("begin", path=self.agenda.name, start=typed.get("start", ""))
        return str(self.text["started"])

    def _open(self, screen: str, words: str) -> str:
        self.send({"open": self._room.screens()[screen], "held_back": f"{self.text['held_back']} {screen}"})
        return str(self.text[words])

    def _show(self, mode: str, words: str) -> str:
        self.mode = mode
        return str(self.text[words]) if words else ""

    def _end(self) -> str:
        self.mode = ""
        self._room.end()
        self.rooms.forget()
        return str(self.text["ended"])

    def _code(self) -> Markup:
        from ctekit.room import qr

        return Markup(qr(self._room.screens()["lead"], 6))  # made by us, not typed

    def _networks(self) -> list[Any]:
        try:
            return list(self.rooms.networks())
        except ImportError:  # the room's packages are missing: starting it says so
            return []

    def _run(self, now: Mapping[str, Any] | None) -> Run | None:
        kept = now["run"] if now else None
        progress = Progress.model_validate(kept) if kept else read(self.rooms.folder)
        return resume(progress, _moment())

    @property
    def _room(self) -> RoomProcess:
        if self.rooms.now() is None or self.rooms.process is None:
            raise CtekitError(str(self.text["stopped"]))
        return self.rooms.process


def _moment() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
