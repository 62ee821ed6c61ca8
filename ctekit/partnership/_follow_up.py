"""Doing something about what was found: an action, a reason to let it stand, an item of the next meeting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ctekit.model.errors import CtekitError, NotFoundError
from ctekit.model.text import quotation
from ctekit.partnership._answers import Answers

if TYPE_CHECKING:
    from ctekit.rules import Finding


class FollowUp(Answers):
    """The answers of a partnership, and what follows from findings; parameters are those of `Partnership`."""

    def act(self, about: Finding | str, *, action: str = "", owner: str = "", by: Any = "") -> str:
        """Make an action of the plan from a finding, or from a parked item, which then leaves the parking lot.

        Parameters
        ----------
        about : Finding or str
            One of ``partnership.check().findings``, or the id of a parked item, such as ``"park-2"``.
        action : str
            What is to be done; the finding's advice, or the parked item, if not told.
        owner : str
            The id of a person, such as ``"s-3"``.
        by : str or date
            By when.

        Returns
        -------
        str
            The id of the action.

        Raises
        ------
        NotFoundError
            There is no such parked item or person.
        ctekit.model.questions.InvalidAnswerError
            `by` is not a date.
        """
        from ctekit import rules

        return self._save(rules.plan_action(self.book, about, action, owner, by))

    def acknowledge(self, finding: Finding, *, note: str, by: str) -> str:
        """Say that a finding is known and meant to stay; it comes back when what it says changes.

        Parameters
        ----------
        finding : Finding
            One of ``partnership.check().findings``; of a rule that is locked, it has to be mended.
        note : str
            Why it stays.
        by : str
            Who says so: the id of a person, such as ``"s-3"``.

        Returns
        -------
        str
            The id of the row that remembers it.
        """
        import datetime

        from ctekit import rules

        return self._save(rules.acknowledge(self.book, finding, note, by, datetime.date.today()))

    def put_on_agenda(self, source: str) -> str:
        """Take a proposal of the agenda into the next meeting, as an item.

        Parameters
        ----------
        source : str
            What it comes from, as `ctekit.views.agenda.proposals` says: the id of a row, such as ``"park-2"``, or code
            and place of a finding.

        Returns
        -------
        str
            The id of the item.

        Raises
        ------
        NotFoundError
            Nothing is proposed from there.
        CtekitError
            It is on an agenda already, or no meeting to come has a day.
        """
        from ctekit import rules
        from ctekit.views.agenda import next_meeting, proposals

        book = self.book
        proposal = {proposal.source: proposal for proposal in proposals(book)}.get(source)
        meeting = next_meeting(book)
        if proposal is None:
            raise NotFoundError(f"Nothing is proposed from “{source}”: somebody dealt with it. Look at the list again.")
        if proposal.taken:
            raise CtekitError(f"This is on the agenda already: {quotation(proposal.topic)}.")
        if meeting is None:
            raise CtekitError("No meeting to come has a day. Write it under Meetings first, then take this in.")
        return self._save(rules.plan_item(meeting.id, proposal.topic, proposal.kind, source))

    def _save(self, answers: Sequence[tuple[str, str, str, Any]]) -> str:
        from ctekit.store import Edit

        return self.store.save([Edit(worksheet, field, value, row) for worksheet, row, field, value in answers])[0].row
