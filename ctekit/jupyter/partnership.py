"""The one object a notebook talks to: a partnership's answers, with a verb for each thing that a cell shows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from os import PathLike
from typing import TYPE_CHECKING, Any

from ctekit import partnership, worksheets
from ctekit.model.errors import not_found

if TYPE_CHECKING:
    from ctekit.widgets.day_panel import DayPanel
    from ctekit.widgets.rating import RatingPanel
    from ctekit.widgets.rooms import Rooms
    from ctekit.widgets.run_card import RunCard
    from ctekit.widgets.sheet import Sheet

__all__ = ["Partnership"]


class Partnership(partnership.Partnership):
    """The answers of one partnership, in one folder, as a notebook shows them.

    Parameters
    ----------
    path : path
        The folder that holds ``partnership.ctekit``.

    Examples
    --------
    >>> partnership = Partnership("no-such-folder")
    >>> partnership.exists
    False
    """

    def __init__(self, path: str | PathLike[str] = ".") -> None:
        super().__init__(path)
        self._sheets: dict[tuple[str, str], Sheet] = {}
        self._panels: dict[tuple[str, str], RatingPanel] = {}
        self._runs: dict[tuple[str, int], RunCard] = {}
        self._days: dict[str, DayPanel] = {}
        self._rooms: Rooms | None = None

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        from ctekit.jupyter.display import opened

        if self.exists or self.lost:
            return opened(self)
        return self.keep()._repr_mimebundle_()  # type: ignore[no-any-return]

    # Showing: each of these is one sentence of a notebook. `as_of` looks back to a day, such as "2027-01-15".

    def worksheet(self, name: str, only: str = "", as_of: str = "") -> Any:
        """Show a worksheet to fill in, or one question of it. `only` names the question, such as ``"actions"``.

        With `as_of`, it is shown as it stood on that day, to be read only.

        Parameters
        ----------
        name : str
            A worksheet's slug, such as ``"purpose"``.
        only : str
            Only this question; "" for all.
        as_of : str
            A day to look back to, such as ``"2027-01-15"``; "" for now.

        Returns
        -------
        object
            Shows itself in a notebook.
        """
        kind = worksheets.called(name)
        if only and only not in kind.questions():
            raise not_found(name, "question", only, list(kind.questions()))
        return self._display("worksheet", (name, only), as_of, partial(self._sheet, name, only))

    def check(self, name: str = "", as_of: str = "", *, private: bool = False) -> Any:
        """Check one worksheet against the others, or all of them.

        Parameters
        ----------
        name : str
            A worksheet's name; "" for all.
        as_of : str
            See above.
        private : bool
            Also what the rules find in answers for the facilitator only: not on the projector. An exported page never
            takes it from a notebook.

        Returns
        -------
        CheckDisplay
            Shows itself in a notebook; ``.findings`` and ``.results`` for Python.
        """
        if name:
            worksheets.called(name)
        display = self._display("check", (name,), as_of)
        display.private = private
        return display

    def chart(self, name: str, as_of: str = "", *, private: bool = False) -> Any:
        """Draw a chart. In a notebook it shows itself; ``.figure`` is the matplotlib figure, ``.numbers`` its table.

        `private` draws also what is for the facilitator only, such as ``chart("influence", private=True)``: not on the
        projector. An exported page never takes it from a notebook.

        Parameters
        ----------
        name : str
            Such as ``"promises"``.
        as_of : str
            A day to look back to, such as ``"2027-01-15"``; "" for now.
        private : bool
            Also what is for the facilitator only.

        Returns
        -------
        object
            Shows itself in a notebook.
        """
        from ctekit import charts

        charts.called(name)
        display = self._display("chart", (name,), as_of)
        display.private = private
        return display

    def overview(self, as_of: str = "") -> Any:
        """Show where each worksheet stands, with a link to its notebook.

        Parameters
        ----------
        as_of : str
            A day to look back to, such as ``"2027-01-15"``; "" for now.

        Returns
        -------
        object
            Shows itself in a notebook.
        """
        return self._display("overview", (), as_of)

    def picture(self, as_of: str = "") -> Any:
        """Show the whole: where the seven elements stand, five questions for the room, and what to do next.

        Parameters
        ----------
        as_of : str
            A day to look back to, such as ``"2027-01-15"``; "" for now.

        Returns
        -------
        object
            Shows itself in a notebook.
        """
        return self._display("picture", (), as_of)

    def thread(self, promise: str = "", as_of: str = "") -> Any:
        """Follow one promise from need to people, duties, measures and those who hear of it.

        Parameters
        ----------
        promise : str
            Such as ``"clause-2"``; "" for the first whose thread has a gap.
        as_of : str
            See above.

        Returns
        -------
        object
            Shows itself in a notebook.
        """
        if promise and self.exists:
            from ctekit.views.thread import called

            called(self.as_of(as_of), promise)
        return self._display("thread", (promise,), as_of)

    def changes(self, since: str = "", as_of: str = "") -> Any:
        """Compare with an earlier day, such as ``"2026-10-01"``: what got better, and what was lost.

        Parameters
        ----------
        since : str
            The earlier day.
        as_of : str
            A day to look back to, such as ``"2027-01-15"``; "" for now.

        Returns
        -------
        object
            Shows itself in a notebook.
        """
        if since and self.exists:
            self.as_of(as_of).as_of(since)
        return self._display("changes", (since,), as_of)

    def handover(self, as_of: str = "") -> Any:
        """Show what a successor has to know on the first day.

        Parameters
        ----------
        as_of : str
            A day to look back to, such as ``"2027-01-15"``; "" for now.

        Returns
        -------
        object
            Shows itself in a notebook.
        """
        return self._display("handover", (), as_of)

    def rate(self, about: str, what: str = "", as_of: str = "") -> Any:
        """Rate alone, then look together: open a round, take answers, reveal them, and see what they say.

        Parameters
        ----------
        about : str
            A worksheet's slug, such as ``"purpose"``; ``"quick"``: one question an element; ``"exit"``: was it useful?
            Or a vote: ``"fist"``, fist to five; ``"dots"``. Or ``"slip"``, for phones only: see `room`.
        what : str
            What is voted on: a list (``"purpose.clauses"``); for fist to five also an answer (``"purpose.sentence"``),
            a worksheet (``"purpose"``) or a sentence.
        as_of : str
            See above.

        Returns
        -------
        object
            Shows itself in a notebook.

        Raises
        ------
        NotFoundError
            There is nothing of that name to rate or to vote on.
        CtekitError
            What is voted on is blank, not said, or for the facilitator only.
        """
        from ctekit import rounds

        if self.exists:
            rounds.asked(self.book, about, what)
        words = (about, what) if what else (about,)
        return self._display("rate", words, as_of, partial(self._panel, about, what))

    def room(
        self,
        about: str = "",
        what: str = "",
        *,
        element: str = "",
        share: bool = False,
        address: str = "",
        minutes: float = 0,
        people: int = 0,
    ) -> Any:
        """Show the room of the day, with a button for each activity; or open it at once for a round about something.

        The latter is the same as the command ``ctekit room``, with the same words.

        Parameters
        ----------
        about : str
            As for `rate`, or ``"slip"``: each partner writes give-and-get slips, which go into the worksheet "value".
            "" to open nothing yet.
        what : str
            What is voted on; see `rate`.
        element : str
            Without `about`: the worksheet whose activities have buttons; "" for those of a half-day.
        share : bool
            Open it to phones in the network; else to this computer alone.
        address : str
            With `share`, where this computer is in several networks: its address in that of the phones.
        minutes : float
            Show a timer, unless one runs; 0 for none. Nothing closes by itself.
        people : int
            How many are in the room: no more phones than that, and a few, can join; 0 to say nothing.

        Returns
        -------
        object
            Shows itself in a notebook.

        Raises
        ------
        NotFoundError, CtekitError
            As for `rate`; or the room cannot be opened.

        Examples
        --------
        The day's panel, with buttons::

            partnership.room()

        One question an element, for the phones in this network, with three minutes to answer::

            partnership.room("quick", share=True, minutes=3, people=24)

        Fist to five on the purpose sentence, on a whole worksheet, or on words of your own::

            partnership.room("fist", "purpose.sentence", share=True)
            partnership.room("fist", "roles", share=True)
            partnership.room("fist", "We meet every second month.", share=True)

        Dots on a list of two to twelve; each person has a quarter as many dots as there are lines::

            partnership.room("dots", "purpose.clauses", share=True)

        Give-and-get slips, and the two questions before people go::

            partnership.room("slip", share=True)
            partnership.room("exit", share=True)
        """
        if not about:
            day = self._day(element)
            if share:
                day.let_in(address=address, people=people)
            return self._display("room", (), "", partial(self._day, element))
        display = self.rate(about, what)
        panel = self._panel(about, what)
        panel.take_up(minutes=minutes, people=people)
        panel.let_in(share=share, address=address)
        return display

    def run(self, path: str = "half-day", meeting: int = 1) -> Any:
        """Run a meeting: a card that opens the room for phones, the wall for the projector and the lead's view.

        The same as the command ``ctekit run``, with the same clock. A reload or another kernel goes on with it.

        Parameters
        ----------
        path : str
            ``"half-day"``, ``"two-half-days"``, ``"seven-meetings"`` or ``"employers-90"``.
        meeting : int
            Which meeting of the path, from 1.

        Returns
        -------
        object
            Shows itself in a notebook.

        Raises
        ------
        NotFoundError
            There is no such path, or it has no such meeting.
        """
        from ctekit import workshop

        workshop.load(path).meeting(meeting)
        return self._display("run", (path,), "", partial(self._run_card, path, meeting))

    def keep(self) -> Any:
        """Show a button that writes the pages to hand round.

        Returns
        -------
        object
            Shows itself in a notebook.
        """
        from ctekit.widgets.cards import keep_box

        return self._display("keep", (), "", partial(keep_box, self))

    def _display(self, verb: str, words: tuple[str, ...], as_of: str, widget: Callable[[], Any] | None = None) -> Any:
        from ctekit.jupyter import display

        if as_of and self.exists:
            self.as_of(as_of)
        return display.DISPLAYS.get(verb, display.Display)(self, verb, words, as_of, widget)

    # The live widgets: the same one each time, so that running a cell again loses nothing.

    def _sheet(self, name: str, only: str) -> Sheet:
        from ctekit.widgets.sheet import Sheet

        if (name, only) not in self._sheets:
            self._sheets[name, only] = Sheet(self.store, name, only=only)
        return self._sheets[name, only]

    def _panel(self, about: str, what: str) -> RatingPanel:
        from ctekit.widgets.rating import RatingPanel

        if (about, what) not in self._panels:
            self._panels[about, what] = RatingPanel(self, self._room_of_today(), about, what)
        return self._panels[about, what]

    def _run_card(self, path: str, meeting: int) -> RunCard:
        from ctekit.widgets.run_card import RunCard

        if (path, meeting) not in self._runs:
            self._runs[path, meeting] = RunCard(self._room_of_today(), path, meeting)
        return self._runs[path, meeting]

    def _day(self, element: str) -> DayPanel:
        from ctekit.widgets.day_panel import DayPanel

        if element not in self._days:
            self._days[element] = DayPanel(self._room_of_today(), element)
        return self._days[element]

    def _room_of_today(self) -> Rooms:
        from ctekit.widgets.rooms import Rooms

        if self._rooms is None:
            self._rooms = Rooms(self.folder)
        return self._rooms
