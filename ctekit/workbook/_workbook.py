"""All answers of a partnership at one moment: the public part of them, and the look back."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from ctekit import worksheets
from ctekit.model import days
from ctekit.model.errors import NotFoundError
from ctekit.model.worksheet import Row, Worksheet
from ctekit.workbook._sheets import Sheets

if TYPE_CHECKING:
    from ctekit.ratings import Results


class AnswerOnce(NamedTuple):
    """What was saved once as an answer; blank and removed are None."""

    worksheet: str
    row: str
    field: str
    value: Any


@dataclass(frozen=True)
class Earlier:
    """How a workbook looks back; whoever keeps a history gives it along.

    Attributes
    ----------
    days : callable
        Gives the days on which something was saved, oldest first (ISO, of this computer's calendar).
    at : callable
        Takes such a day and gives the workbook as it was at the end of it.
    rounds : callable
        Gives what the rounds of ratings say that had been revealed by then, the earliest first.
    public : callable or None
        Gives number and time of the last save of something that is not for the facilitator only.
    public_days : callable or None
        Gives the days of such saves, as `days` does.
    revisions : callable
        Gives all that was ever saved as answers to questions of these names; see `Workbook.revisions`.
    """

    days: Callable[[], tuple[str, ...]]
    at: Callable[[str], Workbook]
    rounds: Callable[[], tuple[Results, ...]] = tuple
    public: Callable[[], tuple[int, str]] | None = None
    public_days: Callable[[], tuple[str, ...]] | None = None
    revisions: Callable[[Collection[str]], tuple[AnswerOnce, ...]] = lambda _: ()


class Workbook(Sheets):
    """All answers of a partnership, frozen.

    Parameters
    ----------
    sheets : mapping of str to Worksheet
        By slug; a worksheet that is missing is blank.
    removed : mapping of str to Row
        Rows that were taken out, by id: whoever still points to one can say its name.
    revision : int
        The number of the last revision that is in it.
    saved_at : str
        When that one was saved (ISO 8601, UTC); "" for an empty store.
    past : Earlier
        How to look back; None for plain answers, which have no history.
    as_it_stood_on : str
        The day of which this is a look back (ISO); "" for how it stands now.

    Attributes
    ----------
    seen_from : Workbook or None
        Of a look back: the later workbook it was asked from. What that one hides, a look back must not tell.
    whole : Workbook
        Of a public workbook: the one with what is for the facilitator only. Whoever reads it answers for what leaves
        it: a mean of enough scores, a reason meant for everybody. Else the workbook itself.

    Examples
    --------
    >>> from ctekit.worksheets.purpose import Purpose
    >>> book = Workbook({"purpose": Purpose(learners="learners in three counties")})
    >>> book[Purpose].learners
    'learners in three counties'
    """

    def __init__(
        self,
        sheets: Mapping[str, Worksheet],
        removed: Mapping[str, Row] | None = None,
        revision: int = 0,
        saved_at: str = "",
        past: Earlier | None = None,
        as_it_stood_on: str = "",
    ) -> None:
        super().__init__(sheets, removed or {})
        self.revision = revision
        self.saved_at = saved_at
        self.as_it_stood_on = as_it_stood_on
        self.seen_from: Workbook | None = None
        self.whole: Workbook = self
        self._past = past
        self._earlier: dict[str, Workbook] = {}

    def public(self) -> Workbook:
        """The same partnership without what is for the facilitator only: blank answers, empty tables, no marks.

        Everything that is not asked for with ``private`` is made from this one, so that nothing private can be in it.

        Returns
        -------
        Workbook
            A copy.
        """
        return self._public if self.whole is self else self

    def seen(self, private: bool) -> Workbook:
        """What a view may read: all of it only where what is private was asked for.

        Parameters
        ----------
        private : bool
            Whether answers for the facilitator only were asked for.

        Returns
        -------
        Workbook
            This one, or its public part.
        """
        return self if private else self.public()

    def replaced(
        self,
        sheets: Mapping[str, Worksheet],
        removed: Mapping[str, Row],
        look_back: Callable[[Workbook], Workbook],
    ) -> Workbook:
        """The same moment in other words.

        Parameters
        ----------
        sheets : mapping of str to Worksheet
            In the place of these.
        removed : mapping of str to Row
            Likewise.
        look_back : callable
            What each look back is put through.

        Returns
        -------
        Workbook
            A copy.
        """
        past = self._past
        if past is not None:
            at = past.at
            past = replace(past, at=lambda day: look_back(at(day)))
        book = Workbook(sheets, removed, self.revision, self.saved_at, past, self.as_it_stood_on)
        book.seen_from = self.seen_from
        return book

    @cached_property
    def _public(self) -> Workbook:
        sheets = {slug: sheet.public() for slug, sheet in self.sheets.items()}
        hidden = {question.prefix for sheet in self for question in sheet.tables().values() if question.private}
        removed = {key: row.public() for key, row in self.removed.items() if key.rpartition("-")[0] not in hidden}
        saved = (self.revision, self.saved_at)
        if self._past and self._past.public:  # that somebody wrote something private is nobody's business either
            saved = self._past.public()
        book = Workbook(sheets, removed, *saved, self._past, self.as_it_stood_on)
        book.seen_from, book.whole = self.seen_from, self
        return book

    def days(self) -> tuple[str, ...]:
        """The days on which something was saved, oldest first; none for plain answers such as a sample's.

        Returns
        -------
        tuple of str
            Such as ``"2027-01-15"``.
        """
        if self._past is None:
            return ()
        public = self._past.public_days if self.whole is not self else None
        return (public or self._past.days)()

    def rounds(self) -> tuple[Results, ...]:
        """What the revealed rounds of ratings say, the earliest first; none for plain answers such as a sample's.

        Returns
        -------
        tuple of Results
            Empty where none is revealed.
        """
        return self._rounds

    @cached_property
    def _rounds(self) -> tuple[Results, ...]:
        if self.whole is not self:
            return self.whole.rounds()
        return self._past.rounds() if self._past else ()

    def revisions(self, fields: Collection[str]) -> tuple[AnswerOnce, ...]:
        """All that was ever saved as answers to questions of these names, oldest first.

        Parameters
        ----------
        fields : collection of str
            Such as ``{"by"}``; ``"row"`` for the coming and going of rows.

        Returns
        -------
        tuple of AnswerOnce
            None of what is for the facilitator only. Empty for plain answers, which have no history.
        """
        past = self._past.revisions(fields) if self._past else ()
        kinds = worksheets.every()
        return tuple(
            once
            for once in past
            if once.worksheet in kinds and not kinds[once.worksheet].is_private(once.field, once.row)
        )

    def as_of(self, day: str) -> Workbook:
        """The same partnership as it stood at the end of a day.

        Parameters
        ----------
        day : str
            Such as ``"2027-01-15"``, or as people write it elsewhere.

        Returns
        -------
        Workbook
            A copy.

        Raises
        ------
        ctekit.model.questions.InvalidAnswerError
            It is not a day.
        NotFoundError
            These answers have no history.
        """
        iso = days.read(day)
        if self._past is None:
            raise NotFoundError(
                "These answers have no history to look back into; open the partnership that keeps them."
            )
        if self.whole is not self:
            return self.whole.as_of(day).public()
        if iso not in self._earlier:
            self._earlier[iso] = self._past.at(iso)
            self._earlier[iso].seen_from = self
        return self._earlier[iso]

    @cached_property
    def day(self) -> datetime.date | None:
        """The day from which people count: the one looked back to, a sample's own, or that of the last save.

        Never the clock's, so that the same answers always give the same page. None for plain answers without a day.
        """
        if self.as_it_stood_on:
            return datetime.date.fromisoformat(self.as_it_stood_on)
        own: datetime.date | None = getattr(self.sheets["profile"], "as_of", None)
        return own or (datetime.date.fromisoformat(self.saved_at[:10]) if self.saved_at else None)
