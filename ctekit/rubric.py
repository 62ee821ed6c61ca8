"""The rubric: one ladder for all, four indicators an element, seven of them for the quick round.

The names of the elements are ExcelinEd's; the indicators and levels are our own and have not been validated.
"""

from __future__ import annotations

from dataclasses import dataclass

NOT_VALIDATED = (
    "Our own questions, to talk from. They have not been validated as a measure, and the levels are never added up "
    "into a grade for a partnership."
)
DONT_KNOW = "I don't know"


@dataclass(frozen=True)
class Level:
    """One step of the ladder.

    Attributes
    ----------
    step : int
        0 to 4.
    word : str
        What it is called on a phone or ballot.
    shown_by : str
        How a facilitator tells it from its neighbor.
    """

    step: int
    word: str
    shown_by: str


LADDER = (
    Level(0, "Not there", "“Show me” gets silence."),
    Level(1, "In someone's head", "One person can tell it; nobody else can."),
    Level(2, "Written down", "You can hand me the page."),
    Level(3, "Agreed", "Those it touches said yes, and you can say when."),
    Level(4, "Used", "It changed a real decision in the last 90 days; name it."),
)
"""A level counts only if the ones below it do. The 90 days are those before the round's date."""


@dataclass(frozen=True)
class Indicator:
    """One thing that would be true, shown by one piece of evidence.

    Attributes
    ----------
    number : str
        Element and place: ``"3.1"``.
    element : int
        1 to 7.
    statement : str
        What would be true, in at most 20 words.
    evidence : str
        What to ask for.
    headline : bool
        Part of the quick round: one an element.
    """

    number: str
    element: int
    statement: str
    evidence: str
    headline: bool = False


INDICATORS = (
    Indicator(
        "1.1",
        1,
        "Partners outside the lead body name the same body and the same person as leading",
        "Ask three partners separately",
        headline=True,
    ),
    Indicator(
        "1.2",
        1,
        "Someone else could run next month's meeting from what is written",
        "Backup's name; the folder",
    ),
    Indicator(
        "1.3",
        1,
        "The convener's time is paid, with a known end date and a plan past it",
        "Budget line, end date",
    ),
    Indicator(
        "1.4",
        1,
        "Partners can question the convener and get an answer",
        "A question raised, and what came of it",
    ),
    Indicator(
        "2.1",
        2,
        "Anyone in the room can say in one sentence what changes, for whom, by when",
        "Three people, one sentence each",
        headline=True,
    ),
    Indicator(
        "2.2",
        2,
        "The purpose rests on local facts that employers and educators both accept",
        "The figures, their source and date",
    ),
    Indicator(
        "2.3",
        2,
        "It is settled who decides what, and what happens when we cannot agree",
        "Decision table; last use",
    ),
    Indicator("2.4", 2, "We have a written list of what we will not do", "The list; the last time it was used"),
    Indicator(
        "3.1",
        3,
        "Needs were listed before names: each partner was asked for one of them",
        "Need list with dates; a partner's own words",
        headline=True,
    ),
    Indicator(
        "3.2",
        3,
        "Every need we cannot do without is met by a partner who has said yes",
        "Must-haves beside confirmed names",
    ),
    Indicator(
        "3.3",
        3,
        "Learners, families and groups our programs miss have shaped what we decide",
        "Who came; what they changed",
    ),
    Indicator("3.4", 3, "We know who is still missing, who will ask, and by when", "Open asks with dates"),
    Indicator(
        "4.1",
        4,
        "Each partner can say what it gains, in its own words",
        "Signed give-and-get slips",
        headline=True,
    ),
    Indicator("4.2", 4, "What each gives is concrete: how much, by when", "Pledge list with amounts"),
    Indicator(
        "4.3",
        4,
        "A partner for whom the balance is poor has a safe way to say so",
        "Last private check-in and the action",
    ),
    Indicator("4.4", 4, "A promise that cannot be kept is said in time", "Promise list, dates met and dates moved"),
    Indicator("5.1", 5, "Outsiders reach us through one front door", "Ring or write as a stranger", headline=True),
    Indicator(
        "5.2",
        5,
        "Each group hears what it needs in a form and language it can use",
        "The plan; the Spanish or plain version",
    ),
    Indicator("5.3", 5, "Those usually told last can answer back and see what came of it", "A comment and its reply"),
    Indicator("5.4", 5, "News survives a change of staff", "Last change of contact and the hand-over"),
    Indicator(
        "6.1",
        6,
        "For each big task, exactly one partner answers for it, and it knows",
        "Ask the partner, not the table",
        headline=True,
    ),
    Indicator(
        "6.2",
        6,
        "Duties stand in an agreement that somebody with authority signed",
        "Signature, authority, board date",
    ),
    Indicator("6.3", 6, "The load each partner carries fits the time it has", "Hours pledged against hours needed"),
    Indicator(
        "6.4",
        6,
        "It is agreed how to join, change a duty, leave, and who keeps what",
        "Exit and change terms; last use",
    ),
    Indicator(
        "7.1",
        7,
        "A few measures run from first meeting to first job, each with a start, a target and a date",
        "The list of measures",
        headline=True,
    ),
    Indicator(
        "7.2",
        7,
        "Every measure has one person who answers for it, with a lawful source",
        "Name; data agreement",
    ),
    Indicator(
        "7.3",
        7,
        "We look at results for groups the average can hide, without exposing small ones",
        "Last breakdown; suppression used",
    ),
    Indicator("7.4", 7, "A result has changed what we do", "The decision and its date"),
)

HEADLINES = tuple(indicator for indicator in INDICATORS if indicator.headline)
"""The quick round: seven indicators, three minutes."""
