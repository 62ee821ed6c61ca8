"""What the papers of a meeting share: its head, its name for people, and its file's name."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ctekit.model.days import long_day
from ctekit.papers._answers import Answers
from ctekit.papers._blocks import Block, Fields, Paper, Words
from ctekit.papers._frame import file_name, framed
from ctekit.views.agenda import named, next_meeting
from ctekit.worksheets.meetings import Meeting


def head(answers: Answers, meeting: Meeting, *more: tuple[str, Words]) -> Fields:
    """Who meets, when and where.

    Parameters
    ----------
    answers : Answers
    meeting : Meeting
    *more : pair
        Names with what stands beside each.

    Returns
    -------
    Fields
    """
    ends = answers.words(meeting, "ends", gap=False)
    when: Words = (named(meeting), " to ", ends) if ends and meeting.starts else named(meeting)
    return Fields(
        (
            ("Who meets", (meeting.kind or "").capitalize() or answers.words(meeting, "kind")),
            ("When", when),
            ("Where", answers.words(meeting, "place")),
            *more,
        )
    )


def of_next_meeting(
    answers: Answers, kind: str, title: str, subject: str, blocks: Callable[[Answers, Meeting], Iterable[Block]]
) -> tuple[Paper, ...]:
    """A paper for the next meeting.

    Parameters
    ----------
    answers : Answers
    kind : str
        What its file's name begins with.
    title, subject : str
        See `Paper`.
    blocks : callable
        Makes its content.

    Returns
    -------
    tuple of Paper
        One; none where no meeting to come has a day.
    """
    meeting = next_meeting(answers.book)
    if meeting is None:
        return ()
    name, heading = paper_name(kind, meeting), titled(title, meeting)
    return (framed(answers, name, heading, subject, blocks(answers, meeting), note=""),)


def titled(title: str, meeting: Meeting) -> str:
    """What stands above the paper of a meeting: "Minutes: advisory board, August 11, 2026".

    Parameters
    ----------
    title : str
    meeting : Meeting

    Returns
    -------
    str
    """
    day = long_day(meeting.date) if meeting.date else ""
    return f"{title}: {', '.join(filter(None, (meeting.kind, day)))}".removesuffix(": ")


def paper_name(kind: str, meeting: Meeting) -> str:
    """What the file is called: ``minutes-2026-09-30-4``.

    Parameters
    ----------
    kind : str
    meeting : Meeting

    Returns
    -------
    str
    """
    return file_name(kind, str(meeting.date or ""), meeting.id)


def stacked(*lines: Words) -> Words:
    """Words one under the other, without the blank ones.

    Parameters
    ----------
    *lines : Words

    Returns
    -------
    Words
    """
    there = [line for line in lines if line]
    return tuple(part for line in there[:-1] for part in (line, "\n")) + tuple(there[-1:])
