"""The minutes of each meeting: who was there, what was said and decided, under which rule, and what follows."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from ctekit.analysis.votes import Vote, is_lost, vote_on
from ctekit.model.text import count
from ctekit.papers._answers import Answers
from ctekit.papers._blocks import Block, Fields, Gap, Heading, Paper, Paragraph, Run, Signature, Table, Words
from ctekit.papers._frame import DRAFT, framed
from ctekit.papers._meeting import head, paper_name, stacked, titled
from ctekit.rules import let_stand
from ctekit.rules.meetings import LOST_VOTE, NO_QUORUM, TOO_MANY_VOTES, WITHOUT_QUORUM
from ctekit.views.agenda import items_of
from ctekit.worksheets.meetings import Item, Meeting, Meetings
from ctekit.worksheets.plan import Plan

TITLE = "Minutes"
ABOUT = "Who was there, what was said and decided and how, and who does what by when. A draft until it is approved."

_OUTCOMES = {"yes": "Agreed", "no": "Not agreed", "put off": "Put off"}
_VOTES = {"votes_for": "for", "votes_against": "against", "not_voting": "not voting"}


def papers(answers: Answers) -> tuple[Paper, ...]:
    """Make the minutes of each meeting with an outcome of an item, or with approved minutes, the latest first.

    Parameters
    ----------
    answers : Answers

    Returns
    -------
    tuple of Paper
    """
    sheet = answers.book[Meetings]
    minuted = {item.meeting for item in sheet.items if item.said or item.decided}
    meetings = sorted(
        (row for row in sheet.meetings if row.id in minuted or row.approved_on),
        key=lambda row: str(row.date),
        reverse=True,
    )
    return tuple(
        framed(
            answers,
            paper_name("minutes", meeting),
            titled(TITLE, meeting),
            ABOUT,
            _blocks(answers, meeting),
            note="" if meeting.approved_on else DRAFT,
        )
        for meeting in meetings
    )


def _blocks(answers: Answers, meeting: Meeting) -> Iterator[Block]:
    there = answers.names(meeting.present) if meeting.present else answers.words(meeting, "present")
    others = answers.words(meeting, "others", gap=False)
    more: list[tuple[str, Words]] = [("Present", there), *([("Others", others)] if others else [])]
    yield head(answers, meeting, *more, ("Minutes by", answers.words(meeting, "minutes_by")))
    yield Heading("What was said and decided")
    stands = [let_stand(answers.book, code) for code in (NO_QUORUM, LOST_VOTE, TOO_MANY_VOTES)]
    rows = tuple(
        (answers.words(item, "topic"), _said(answers, item), _outcome(answers, item, *stands))
        for item in items_of(answers.book, meeting)
    )
    if rows:
        header = ("Item", "What was said and decided", "Outcome")
        yield Table("What was said and decided", header, rows, widths=(4, 5, 3))
    else:
        where = f"worksheet 8: {answers.name(meeting.id)}"
        yield Paragraph(Gap("What was said and decided", where, state="no item of this meeting is written"))
    yield from _follow_up(answers, meeting)
    yield Fields((("Approved on", answers.words(meeting, "approved_on", gap=False)),))
    yield Signature("For the partnership", (("Name", ""), ("Signature", ""), ("Day", "")))


def _said(answers: Answers, item: Item) -> Words:
    """What was said of an item; where something was decided and no word tells what, that is what is missing."""
    words = answers.words(item, "said")
    if item.decided == "yes" and isinstance(words, Gap):
        return replace(words, what="What was decided", state="what was decided is not written down")
    return words


def _outcome(
    answers: Answers,
    item: Item,
    without_quorum: Collection[str],
    though_lost: Collection[str],
    with_more_votes: Collection[str],
) -> Words:
    """What came of an item; what somebody lets stand with a reason, votes by mail perhaps, is not marked."""
    vote = vote_on(answers.book, item)
    votes = [f"{number} {words}" for field, words in _VOTES.items() if (number := getattr(item, field)) is not None]
    decided: Words = _OUTCOMES.get(item.decided or "", "")
    if not decided:
        decided = answers.words(item, "decided") if item.kind == "to decide" else "Nothing was to be decided"
    what_next: Words = ""
    if item.decided == "yes" and vote.misses_quorum and item.id not in without_quorum:
        decided, what_next = Run("No quorum, so this is no decision yet", bold=True), WITHOUT_QUORUM
    elif item.decided == "yes" and is_lost(item) and item.id not in though_lost:
        decided = Run("Not more votes for it than against, so this is no decision yet", bold=True)
    counted: Words = f"Votes: {', '.join(votes)}" if votes else ""
    if vote.exceeds_voters and vote.present is not None and item.id not in with_more_votes:
        voters = count(vote.present, "voter was", "voters were")
        counted = (counted, "\n", Run(f"More votes than voters: {voters} there. Count again", bold=True))
    return stacked(decided, _rule(answers, item, vote), counted, what_next)


def _rule(answers: Answers, item: Item, vote: Vote) -> Words:
    """Under which rule, with how many voters there against its quorum."""
    if not item.how:
        return ""
    voters = f": {count(vote.voters, 'voter')} there" if vote.voters is not None else ""
    return f"Under “{answers.name(item.how)}”{voters}" + (f", {vote.quorum} needed" if vote.quorum is not None else "")


def _follow_up(answers: Answers, meeting: Meeting) -> Iterator[Block]:
    actions = [row for row in answers.book[Plan].actions if row.meeting == meeting.id]
    if actions:
        yield Heading("Who does what")
        rows = tuple(tuple(answers.words(row, field) for field in ("action", "owner", "by")) for row in actions)
        yield Table("Actions agreed on", ("What", "Who", "By"), rows, widths=(6, 3, 3))
    recommended = [row for row in answers.book[Meetings].recommendations if row.meeting == meeting.id]
    if recommended:
        yield Heading("What we recommend")
        rows = tuple(tuple(answers.words(row, field) for field in ("recommends", "to")) for row in recommended)
        yield Table("Recommendations made", ("What", "To whom"), rows, widths=(6, 4))
