"""A vote on an item of a meeting: how many voters were there, how many votes were counted, and how many it needs."""

from __future__ import annotations

from dataclasses import dataclass

from ctekit.analysis import participants
from ctekit.workbook import Workbook
from ctekit.worksheets.meetings import Item, Meeting, Meetings
from ctekit.worksheets.profile import Profile
from ctekit.worksheets.purpose import Purpose


@dataclass(frozen=True)
class Vote:
    """What is known of a vote. A vote belongs to an organization.

    Attributes
    ----------
    present : int or None
        Organizations that vote, with somebody there who casts their vote; None while nobody can say.
    counted : int or None
        For, against and not voting together; None where no number is written.
    quorum : int or None
        How many must be there, by the rule it was taken under; None where none is named.
    """

    present: int | None
    counted: int | None
    quorum: int | None

    @property
    def voters(self) -> int | None:
        """How many were there: those named as present; where nobody is named, those who were counted."""
        return self.counted if self.present is None else self.present

    @property
    def misses_quorum(self) -> bool:
        """Whether too few were there. What is voted then is no decision."""
        return self.voters is not None and self.quorum is not None and self.voters < self.quorum

    @property
    def exceeds_voters(self) -> bool:
        """Whether more votes were counted than voters were there."""
        return self.present is not None and self.counted is not None and self.counted > self.present


def vote_on(book: Workbook, item: Item) -> Vote:
    """The vote on an item.

    Parameters
    ----------
    book : Workbook
    item : Item

    Returns
    -------
    Vote
    """
    numbers = [number for number in (item.votes_for, item.votes_against, item.not_voting) if number is not None]
    meeting = next((row for row in book[Meetings].meetings if row.id == item.meeting), None)
    quorum = next((row.quorum for row in book[Purpose].decisions if row.id == item.how), None)
    return Vote(_present(book, meeting), sum(numbers) if numbers else None, quorum)


def is_lost(item: Item) -> bool:
    """Whether as many votes were against an item as for it, or more: a tie decides nothing.

    Parameters
    ----------
    item : Item

    Returns
    -------
    bool
    """
    against = item.votes_against or 0
    return against > 0 and against >= (item.votes_for or 0)


def _present(book: Workbook, meeting: Meeting | None) -> int | None:
    voting = {row.id for row in book[Profile].organizations if participants.votes(book, row)}
    if not (meeting and meeting.present and voting):  # until somebody says who votes, those named tell of no voter
        return None
    people = participants.people(book)
    there = (people[row] for row in meeting.present if row in people)
    return len({person.organization for person in there if person.votes is not False} & voting)
