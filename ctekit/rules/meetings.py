"""Rules 70 to 72, 75, 78 and 79: meetings leave minutes, votes add up, and recommendations get an answer."""

from __future__ import annotations

import datetime

from ctekit.analysis.votes import is_lost, vote_on
from ctekit.model.days import long_day
from ctekit.model.text import count, quotation
from ctekit.rules._engine import let_stand
from ctekit.rules._rule import Finding, Found, Pending, rule
from ctekit.workbook import Workbook
from ctekit.worksheets.meetings import Meeting, Meetings
from ctekit.worksheets.profile import Profile
from ctekit.worksheets.purpose import Purpose

ANSWER_WITHIN = datetime.timedelta(days=60)
MINUTES_WITHIN = datetime.timedelta(days=30)
YEAR = datetime.timedelta(days=365)

WITHOUT_QUORUM = "Put it to the vote again, or ask by mail for a yes."
"""What to do about a vote that had too few voters. Where it was asked by mail, the finding is let stand."""
NO_QUORUM, TOO_MANY_VOTES, LOST_VOTE = "MT75", "MT78", "MT79"

NO_DAY = Pending("Waits until something has been saved.")


def decided(book: Workbook) -> frozenset[str]:
    """The items that were decided: voted yes, with their quorum, in a vote that was not lost.

    Where somebody lets a vote stand without that, with a reason, it is a decision.

    Parameters
    ----------
    book : Workbook

    Returns
    -------
    frozenset of str
        Ids.
    """
    without_quorum, though_lost = let_stand(book, NO_QUORUM), let_stand(book, LOST_VOTE)
    return frozenset(
        item.id
        for item in book[Meetings].items
        if item.decided == "yes"
        and (item.id in without_quorum or not vote_on(book, item).misses_quorum)
        and (item.id in though_lost or not is_lost(item))
    )


def _of(meeting: Meeting) -> str:
    day = long_day(meeting.date) if meeting.date else "no day yet"
    return f"{meeting.kind or 'meeting'} of {day}"


@rule(
    "MT70",
    needs=(Meetings,),
    severity="warning",
    depth="quick",
    asks="Who asks them for an answer?",
    action="Ask for an answer to {subject}",
)
def each_recommendation_is_answered(book: Workbook) -> Found:
    """Each recommendation has an answer within 60 days.

    People stop advising a board that never answers. An answer may be no; then the reason is worth having.

    Source: advisory councils that are only a box to tick, https://paperzz.com/doc/7618628; the number is ctekit's own.
    """
    sent = [row for row in book[Meetings].recommendations if row.recommends and row.on]
    if book.day is None or not sent:
        yield NO_DAY if book.day is None else Pending("Waits until a recommendation was sent on a day.")
        return
    for row in sent:
        if (
            row.on
            and row.answer in (None, "none yet")
            and not row.is_excused("answer")
            and row.on < book.day - ANSWER_WITHIN
        ):
            to = f" to {row.to}" if row.to else ""
            says = f"{quotation(row.recommends)} went{to} on {long_day(row.on)}, and there is no answer."
            yield Finding(
                Meetings.slug, row.id, "answer", says, "Ask whoever sits there, and write down what they say."
            )


@rule(
    "MT71",
    needs=(Meetings,),
    severity="warning",
    depth="quick",
    asks="Who remembers what we decided?",
    action="Ask whoever was there for the minutes of {subject}",
)
def each_meeting_has_minutes(book: Workbook) -> Found:
    """Each meeting has minutes within 30 days.

    Minutes are here its items, with what was said or decided. A workshop's record is the other worksheets.

    Source: minutes among the headings of a partnership's governing document,
    https://ppponline.affinitext.com/public/book?id=1611&toc_id=446409; the number is ctekit's own.
    """
    sheet = book[Meetings]
    dated = [meeting for meeting in sheet.meetings if meeting.date and meeting.kind != "workshop"]
    if book.day is None or not dated:
        yield NO_DAY if book.day is None else Pending("Waits until a meeting has a day.")
        return
    minuted = {item.meeting for item in sheet.items if item.said or item.decided}
    for meeting in dated:
        if meeting.date and meeting.date < book.day - MINUTES_WITHIN and meeting.id not in minuted:
            says = f"The {_of(meeting)} has no item that says what was said or decided."
            advice = "Write two lines an item, and read them aloud at the next meeting; or take the row out."
            yield Finding(Meetings.slug, meeting.id, "date", says, advice, subject=f"the {_of(meeting)}")


@rule(
    "MT72",
    needs=(Profile, Meetings),
    severity="warning",
    depth="full",
    asks="On which days do we meet?",
    action="Set the missing days of the advisory board",
)
def the_board_meets_as_often_as_the_state_asks(book: Workbook) -> Found:
    """The advisory board meets at least as often in a year as the state asks.

    Counted are twelve months: those from its first meeting, with what is planned; later, those up to the last save.

    Source: handbooks of several states ask for a number of meetings a year; ask yours. The test is ctekit's own.
    """
    asked, day = book[Profile].meetings_a_year, book.day
    board = sorted(row.date for row in book[Meetings].meetings if row.date and row.kind == "advisory board")
    if asked is None or day is None or not board:
        yield Pending(
            "Waits until it is known how often the state asks the board to meet, and a meeting of it has a day."
        )
        return
    begins = max(board[0], day - YEAR)
    number = sum(begins <= date < begins + YEAR or date == day for date in board)
    if number < asked:
        says = (
            f"The advisory board meets {count(number, 'time')} in the twelve months from {long_day(begins)}. "
            f"The state asks for {asked}."
        )
        yield Finding(Meetings.slug, "", "meetings", says, "Agree on the missing days, and tell everybody.")


@rule(
    NO_QUORUM,
    needs=(Profile, Purpose, Meetings),
    asks="Do we vote again, or did the others agree by mail?",
    action="Put {subject} to the vote again, with enough voters there",
)
def each_decision_had_its_quorum(book: Workbook) -> Found:
    """No decision was taken with fewer voters in the room than its quorum.

    A vote belongs to an organization. It is there where somebody of it is who casts its vote; where nobody is named,
    the votes are counted.

    Source: quorum among the headings of a partnership's governing document,
    https://ppponline.affinitext.com/public/book?id=1611&toc_id=446409; the test is ctekit's own.
    """
    judged = False
    for item in book[Meetings].items:
        vote = vote_on(book, item)
        if item.decided != "yes" or vote.quorum is None or vote.voters is None:
            continue
        judged = True
        if vote.misses_quorum:
            says = (
                f"{quotation(book.name(item.id))} was decided with {count(vote.voters, 'voter')} there; "
                f"“{book.name(item.how or '')}” needs {vote.quorum}."
            )
            yield Finding(Meetings.slug, item.id, "decided", says, WITHOUT_QUORUM)
    if not judged:
        yield Pending("Waits until a decision names its rule with a quorum, and it is known who was there.")


@rule(
    TOO_MANY_VOTES,
    needs=(Profile, Meetings),
    severity="warning",
    asks="Who counted, and who was in the room?",
    action="Count the votes on {subject} again",
)
def no_more_votes_than_voters(book: Workbook) -> Found:
    """No item has more votes written down than voters were in the room.

    For, against and not voting together are held against the organizations that vote and had somebody there who casts
    their vote. Votes that came by mail are a reason to let it stand.

    Source: one vote an organization, as worksheet 2 counts a quorum; the test is ctekit's own.
    """
    judged = False
    for item in book[Meetings].items:
        vote = vote_on(book, item)
        if vote.present is None or vote.counted is None:
            continue
        judged = True
        if vote.exceeds_voters:
            says = (
                f"{quotation(book.name(item.id))} has {count(vote.counted, 'vote')} written down, "
                f"and {count(vote.present, 'voter was', 'voters were')} there."
            )
            advice = "Count again, one vote an organization; or add whoever is missing under “Who was there”."
            yield Finding(Meetings.slug, item.id, "votes_for", says, advice)
    if not judged:
        yield Pending("Waits until votes are counted at a meeting of which it is known who was there.")


@rule(
    LOST_VOTE,
    needs=(Meetings,),
    severity="warning",
    asks="What came of this vote?",
    action="Settle what came of the vote on {subject}",
)
def no_lost_vote_is_a_decision(book: Workbook) -> Found:
    """No item is written down as decided with as many votes against it as for it.

    Where your own rules let somebody decide a tie, that is a reason to let it stand.

    Source: a tie decides nothing in common rules of order; the test is ctekit's own.
    """
    voted = [item for item in book[Meetings].items if item.decided == "yes" and item.votes_against is not None]
    if not voted:
        yield Pending("Waits until votes against a decision are counted.")
    for item in voted:
        if is_lost(item):
            says = (
                f"{quotation(book.name(item.id))} is written down as decided, with "
                f"{count(item.votes_for or 0, 'vote')} for it and {item.votes_against} against."
            )
            yield Finding(
                Meetings.slug, item.id, "decided", says, "Mend the numbers, or write “no” or “put off”; or vote again."
            )
