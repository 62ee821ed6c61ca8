"""The agenda while people make it: a press takes a proposal into the next meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from ctekit.model.text import quotation
from ctekit.views.agenda import with_buttons
from ctekit.widgets.panel import Panel

if TYPE_CHECKING:
    from ctekit.partnership import Partnership


class Agenda(Panel):
    """An agenda with a button at each proposal.

    Parameters
    ----------
    partnership : Partnership
    """

    def __init__(self, partnership: Partnership) -> None:
        self.partnership = partnership
        self.name = f"ctekit-{uuid4().hex[:8]}"
        self.status = ""
        super().__init__(self.draw, self.press, partnership.store)

    def __repr__(self) -> str:
        return "<the agenda of the next meeting>"

    def draw(self) -> str:
        """All of it, as it stands now."""
        return with_buttons(self.partnership.book, self.name, self.status)

    def press(self, act: str, what: str = "", value: str = "") -> str:
        """Take a proposal in; gives the words to read out.

        Parameters
        ----------
        act, what, value : str
            The button, and what its proposal comes from.
        """
        row = self.partnership.put_on_agenda(what)
        self.status = f"On the agenda: {quotation(self.partnership.book.name(row))}."
        return self.status
