"""What the cards that open a room have in common: whom to open it to, what stands in it, and the end of the day."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from ctekit.model.errors import CtekitError
from ctekit.widgets.panel import OLD_BUTTON, Panel
from ctekit.widgets.watcher import watch

if TYPE_CHECKING:
    from ctekit.room import RoomProcess
    from ctekit.widgets.rooms import Rooms

Act = Callable[[str, Mapping[str, str]], str]
"""Takes what a button is about and what stands in the form, and gives the words to read out."""


class RoomCard(Panel):
    """A card with the buttons of a room. Nothing of it stands in what a notebook saves.

    Parameters
    ----------
    rooms : Rooms
        Of the partnership; all its panels share them.
    draw : callable
        Gives all of the card, as it stands now.

    Attributes
    ----------
    mode : str
        What is asked at the moment; "" for nothing.
    name : str
        Begins every id in it.
    acts : mapping
        Each button's name, and what it does.
    """

    def __init__(self, rooms: Rooms, draw: Callable[[], str]) -> None:
        from ctekit.room.translations import presenting

        self.rooms = rooms
        self.card_text: Mapping[str, Any] = presenting()["card"]
        self.mode, self.name = "", f"ctekit-{uuid4().hex[:8]}"
        self.acts: Mapping[str, Act] = {}
        super().__init__(draw, self.press, private=True)
        watch(self)

    def press(self, act: str, what: str = "", value: str = "") -> str:
        """Do what a button does.

        Parameters
        ----------
        act : str
            The button.
        what : str
            What it is about.
        value : str
            What stands in the form, as JSON; or the button's own value.

        Returns
        -------
        str
            The words to read out.

        Raises
        ------
        CtekitError
            It cannot be done; one sentence.
        """
        if act not in self.acts:
            raise CtekitError(OLD_BUTTON)
        fields = json.loads(value) if value.startswith("{") else {}
        return self.acts[act](what, {name.partition(" ")[2]: words for name, words in fields.items()})

    def ask(self, mode: str, words: str = "") -> Act:
        """What a button does that only shows other buttons."""

        def show(_what: str, _typed: Mapping[str, str]) -> str:
            self.mode = mode
            return words

        return show

    def ask_to_end(self, _what: str, _typed: Mapping[str, str]) -> str:
        """Ask before the day is ended: what was answered stays, except in a rehearsal."""
        self.mode = "end"
        return self.end_question

    @property
    def end_question(self) -> str:
        """What to ask before the day is ended; first of the phones whose answers would be lost by it."""
        from ctekit.room.ending import before_end

        return " ".join(filter(None, (before_end(self.rooms.now()), self._of_day("end_ask"))))

    def _of_day(self, words: str) -> str:
        """What the card says of a day, or of a rehearsal."""
        now = self.rooms.now()
        return str(self.card_text[f"{words}_rehearsal" if now and now["rehearsal"] else words])

    def end(self, _what: str, _typed: Mapping[str, str]) -> str:
        """End the day."""
        self.mode = ""
        words = self._of_day("ended")
        self.room.end()
        self.rooms.forget()
        return words

    @property
    def room(self) -> RoomProcess:
        """The room that runs.

        Raises
        ------
        CtekitError
            None does.
        """
        if self.rooms.now() is None or self.rooms.process is None:
            raise CtekitError(str(self.card_text["stopped"]))
        return self.rooms.process

    def networks(self) -> list[Any]:
        """Those the room can be opened to."""
        try:
            return list(self.rooms.networks())
        except ImportError:  # the room's packages are missing: starting it says so
            return []
