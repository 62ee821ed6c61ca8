"""What a notebook shows of the answers: the check, charts and views, each redrawn when something is saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ctekit import partnership, worksheets


class ViewDisplays(partnership.Partnership):
    """The answers of one partnership, with a verb for each view of them.

    Each is one sentence of a notebook. `as_of` looks back to a day, such as "2027-01-15".
    """

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

    def agenda(self, as_of: str = "") -> Any:
        """Show the agenda of the next meeting, and what could be on it: each line has a button that takes it in.

        Parameters
        ----------
        as_of : str
            A day to look back to, such as ``"2027-01-15"``; "" for now.

        Returns
        -------
        object
            Shows itself in a notebook.
        """
        return self._display("agenda", (), as_of)

    def _display(self, verb: str, words: tuple[str, ...], as_of: str, widget: Callable[[], Any] | None = None) -> Any:
        from ctekit.jupyter import display

        if as_of and self.exists:
            self.as_of(as_of)
        return display.DISPLAYS.get(verb, display.Display)(self, verb, words, as_of, widget)
