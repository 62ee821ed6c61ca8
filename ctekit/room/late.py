"""Rounds that phones were called away from: what was ticked there and not sent can still be sent for a minute."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping

from ctekit.ratings import Round
from ctekit.room.activity import Activity

SECONDS = 75
"""How long. A phone asks for 60 seconds (``follow.js``); what is sent in the last of them is on its way for a while."""


class LateActivities:
    """The activities that were open when something else was put before everybody.

    Parameters
    ----------
    clock : callable
        Gives the moment, aware.
    """

    def __init__(self, clock: Callable[[], datetime.datetime]) -> None:
        self._clock = clock
        self._until: dict[str, tuple[Activity, datetime.datetime]] = {}

    def change(self, before: Activity | None, now: Activity | None) -> None:
        """Something else is before everybody.

        Parameters
        ----------
        before, now : Activity or None
        """
        if before and before.is_open:
            until = self._clock() + datetime.timedelta(seconds=SECONDS)
            self._until[before.round.id] = before, until
        if now:
            self._until.pop(now.round.id, None)

    def find(self, round_id: str) -> Activity | None:
        """The activity of a round that phones were called away from; None where there is none.

        Parameters
        ----------
        round_id : str

        Returns
        -------
        Activity or None
        """
        return next((activity for activity in self.activities if activity.round.id == round_id), None)

    @property
    def activities(self) -> list[Activity]:
        """Those to which answers are still taken."""
        return [activity for activity, until in [*self._until.values()] if activity.is_open and until > self._clock()]

    @property
    def round_ids(self) -> list[str]:
        """Of these, as phones are told: so they ask for nothing that is not taken any more."""
        return [activity.round.id for activity in self.activities]

    @property
    def unsent(self) -> int:
        """Phones on which something of them stands that was not sent."""
        return sum(len(activity.unsent) for activity in self.activities)

    def look(self, rounds: Mapping[str, Round]) -> None:
        """See what was closed elsewhere, and forget what is over.

        Parameters
        ----------
        rounds : mapping
            All rounds by id.
        """
        for activity in self.activities:
            activity.look(rounds.get(activity.round.id, activity.round))
        for round_id in [*self._until]:
            if not self.find(round_id):
                self._until.pop(round_id, None)
