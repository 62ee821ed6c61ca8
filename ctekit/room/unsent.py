"""Phones on which something stands that was not sent, as far as they have said so lately."""

from __future__ import annotations

import datetime
from collections.abc import Callable

HEARD_FOR = datetime.timedelta(minutes=3)
"""How long a phone counts after it was heard. Its page says it again every 45 seconds (``follow.js``); one whose screen
is dark says nothing, and its owner may still be in the room."""


class UnsentAnswers:
    """The respondents on whose phone something stands that was not sent. What stands there, a phone does not tell.

    Parameters
    ----------
    clock : callable
        Gives the moment, aware.
    """

    def __init__(self, clock: Callable[[], datetime.datetime]) -> None:
        self._clock = clock
        self._heard: dict[str, datetime.datetime] = {}

    def __contains__(self, respondent: str) -> bool:
        """Whether this one's phone has said so lately."""
        return respondent in self._heard and self._is_fresh(self._heard[respondent])

    def __len__(self) -> int:
        """How many have said so lately; who has left with something on the phone is not waited for."""
        return sum(map(self._is_fresh, [*self._heard.values()]))

    def add(self, respondent: str) -> None:
        """Something stands on this one's phone now."""
        self._heard[respondent] = self._clock()

    def discard(self, respondent: str) -> None:
        """It was sent, or will not be."""
        self._heard.pop(respondent, None)

    def _is_fresh(self, heard: datetime.datetime) -> bool:
        return self._clock() - heard <= HEARD_FOR
