"""The one object a notebook talks to: a partnership's answers, with a verb for each thing that a cell shows."""

from __future__ import annotations

from functools import partial
from os import PathLike
from typing import Any

from ctekit import worksheets
from ctekit.jupyter.live_widgets import LiveWidgets
from ctekit.jupyter.view_displays import ViewDisplays
from ctekit.model.errors import CtekitError, not_found

__all__ = ["Partnership"]


class Partnership(ViewDisplays):
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
        self._live = LiveWidgets(self)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        from ctekit.jupyter.display import opened

        if self.exists or self.lost:
            return opened(self)
        return self.keep()._repr_mimebundle_()  # type: ignore[no-any-return]

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
        return self._display("worksheet", (name, only), as_of, partial(self._live.sheet, name, only))

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
        from ctekit import ratings, rounds

        if about == ratings.IDEAS:
            raise CtekitError("Ideas come from phones. Open them by a button of partnership.room().")
        if self.exists:
            rounds.asked(self.book, about, what)
        words = (about, what) if what else (about,)
        return self._display("rate", words, as_of, partial(self._live.rating_panel, about, what))

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
            day = self._live.day_panel(element)
            if share:
                day.let_in(address=address, people=people)
            return self._display("room", (), "", partial(self._live.day_panel, element))
        display = self.rate(about, what)
        panel = self._live.rating_panel(about, what)
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
        return self._display("run", (path,), "", partial(self._live.run_card, path, meeting))

    def kit(self) -> Any:
        """Show a button that makes the kit of a workshop: what is on the wall, the table and badges, and in the mail.

        The same sheets as those of the command ``ctekit kit``, in the folder ``kit`` beside the notebooks.

        Returns
        -------
        object
            Shows itself in a notebook.
        """
        return self._display("kit", (), "", self._live.kit_panel)

    def paper(self, name: str = "") -> Any:
        """Show buttons that make a paper, such as the agreement, in Word, as a PDF or as a web page.

        What is blank in it is listed, with a link to the question.

        Parameters
        ----------
        name : str
            Such as ``"agreement"``; "" for all papers, and for all of them in one file.

        Returns
        -------
        object
            Shows itself in a notebook.

        Raises
        ------
        NotFoundError
            There is no such paper.
        """
        from ctekit import papers

        if name:
            papers.called(name)
        return self._display("paper", (name,) if name else (), "", partial(self._live.paper_panel, name))

    def differences(self, *, private: bool = False) -> Any:
        """Show answers that contradict each other since copies were merged, side by side, with a button for each.

        Parameters
        ----------
        private : bool
            Also those for the facilitator only: not on the projector.

        Returns
        -------
        object
            Shows itself in a notebook.
        """
        return self._display("differences", (), "", partial(self._live.differences, private))

    def mail(self) -> Any:
        """Show buttons that write a worksheet for each partner as a file to mail, and take answers in.

        Returns
        -------
        object
            Shows itself in a notebook.
        """
        return self._display("mail", (), "", self._live.mail_panel)

    def keep(self) -> Any:
        """Show a button that writes the pages to hand round, and below it all answers as a spreadsheet, and back in.

        Returns
        -------
        object
            Shows itself in a notebook.
        """
        from ctekit.widgets.cards import keep_box

        return self._display("keep", (), "", partial(keep_box, self))
