"""Looking back at single answers, and bringing them back. Nothing that was ever saved is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctekit.partnership._answers import Answers

if TYPE_CHECKING:
    from ctekit.history.entries import History


class AnswersOverTime(Answers):
    """The answers of one partnership, and every one that stood there before."""

    def history(
        self, worksheet: str = "", row: str = "", field: str = "", *, since: str = "", private: bool = False
    ) -> History:
        """Who changed what and when, newest first; shows itself as a table.

        Parameters
        ----------
        worksheet, row, field : str
            Only of this worksheet, row (its id, such as ``"need-3"``) and question; "" for all.
        since : str
            Only what was saved after the end of this day, or after this time.
        private : bool
            Also what is for the facilitator only.

        Returns
        -------
        History
            A sequence of changes.

        Raises
        ------
        NotFoundError
            There is no such worksheet.
        ctekit.model.questions.InvalidAnswerError
            `since` is neither a day nor a time.
        """
        from ctekit.history import describe

        return describe.history(self.store, self.book, worksheet, row, field, since=since, private=private)

    def compare(self, since: str | int, to: str | int = "", worksheet: str = "", *, private: bool = False) -> History:
        """What is different at one moment from an earlier one, answer by answer; `changes` tells what that means.

        Parameters
        ----------
        since, to : str or int
            The end of a day, a time such as ``"2026-10-01T10:42"``, or the number of a revision; `to` "" for now.
        worksheet : str
            Only this one; "" for all.
        private : bool
            Also what is for the facilitator only.

        Returns
        -------
        History
            A sequence of changes.

        Raises
        ------
        NotFoundError
            There is no such worksheet.
        ctekit.model.questions.InvalidAnswerError
            A moment is none of these.
        """
        from ctekit.history import describe

        return describe.compare(self.store, self.book, since, to, worksheet, private=private)

    def restore(self, worksheet: str, to: str | int, row: str = "", *, private: bool = False) -> History:
        """Bring a worksheet, or one row of it, back to a moment. What stands now stays in the history.

        Parameters
        ----------
        worksheet : str
            Such as ``"purpose"``.
        to : str or int
            The end of a day, a time such as ``"2026-10-01T10:42"``, or the number of a revision.
        row : str
            The id of a row, such as ``"need-3"``; "" for the whole worksheet.
        private : bool
            Tell also of answers for the facilitator only. They are brought back either way.

        Returns
        -------
        History
            What that changed.

        Raises
        ------
        NotFoundError
            There is no such worksheet or row, or nothing had been saved by then.
        ctekit.model.questions.InvalidAnswerError
            `to` is no moment.
        """
        from ctekit.history import restore
        from ctekit.history.changes import current_values
        from ctekit.history.describe import ChangeDescriber
        from ctekit.history.entries import History

        step = restore.restore(self.store, worksheet, to, row)
        describer = ChangeDescriber(self.book, current_values(step), private)
        return History(describer.describe(step), f"Brought back to {to}")
