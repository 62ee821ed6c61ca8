"""Rating alone in a notebook: a round from its opening to its results, as a panel that can be pressed."""

from __future__ import annotations

from ctekit.widgets.rating_actions import ACTIONS
from ctekit.widgets.rating_view import RatingView


class RatingPanel(RatingView):
    """A round on the screen, with its buttons. Parameters are those of `RatingView`."""

    actions = ACTIONS
