"""Rating alone in a notebook: a round from its opening to its results, as a panel that can be pressed."""

from __future__ import annotations

from ctekit.model.errors import CtekitError
from ctekit.widgets.rating_actions import ACTIONS
from ctekit.widgets.rating_view import RatingView


class RatingPanel(RatingView):
    """A round on the screen, with its buttons. Parameters are those of `RatingView`."""

    def press(self, act: str, what: str = "", value: str = "") -> str:
        """Do what a button does; see `ctekit.widgets.rating_actions`.

        Parameters
        ----------
        act, what : str
            The button, and what it is about.
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
        if act not in ACTIONS:
            raise CtekitError("This button is of an older version. Run the cell again.")
        return ACTIONS[act](self, what, value)
