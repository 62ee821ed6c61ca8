"""How a round is rated in a notebook: on this screen, from paper, by phones. For a notebook only, never for a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ctekit import ratings, rounds, rubrics
from ctekit.analysis import participants
from ctekit.model import clock
from ctekit.model.days import long_day
from ctekit.model.text import count
from ctekit.ratings import DONT_KNOW, SECTORS, RatingItem, Results, Round
from ctekit.views.ratings import TalkItem, finding, here, talk
from ctekit.views.render import render
from ctekit.workbook import Workbook
from ctekit.worksheets.profile import Profile


@dataclass(frozen=True)
class RatingPanelState:
    """How the panel stands on the screen.

    Attributes
    ----------
    mode : str
        ``""``: the choice of ways. ``"new"``: the form of a new round. ``"screen"``: one person answers. ``"kept"``:
        the blank screen between two people. ``"paper"``: ballots are typed. ``"door"``: whom the room is opened to.
        ``"aside"``: why the round is set aside.
        ``"reveal"``, ``"close"``: whether to end the round although too few have answered, or somebody is amid it.
        ``"room"``: the way in for phones.
    respondent : str
        Who answers now; each person gets a new random name.
    last : str
        Who handed in the paper ballot before.
    keyed : int
        How many paper ballots have been typed in a row.
    action : str
        The question whose form for an action is open.
    """

    mode: str = ""
    respondent: str = ""
    last: str = ""
    keyed: int = 0
    action: str = ""


@dataclass(frozen=True)
class JoinInfo:
    """The way into a room: what to type and scan; whether it is open to the network, runs, and shows this round now."""

    address: str
    code: str
    qr: str
    shared: bool
    running: bool
    shown: bool = True


def live(
    answered: int | None,
    joined: int | None = None,
    left: int | None = None,
    *,
    people: int = 0,
    unsent: int = 0,
    late: int = 0,
    slips: bool = False,
) -> str:
    """The numbers of an open round, as they change: never what anybody answered.

    Parameters
    ----------
    answered, joined : int or None
        How many ballots or slips are kept, and how many phones have joined; None for no round, and for no room.
    left : int or None
        Seconds of the timer.
    people : int
        How many are in the room; 0 where nobody said.
    unsent : int
        Phones on which something stands that was not sent.
    late : int
        Phones on which something stands of what was open before.
    slips : bool
        Whether slips are written.

    Returns
    -------
    str
        Words without HTML.
    """
    parts = ["" if joined is None else f"{joined} joined"]
    if answered is not None:
        parts.append(f"{count(answered, 'slip')} kept" if slips else f"{answered} answered")
    parts += [f"{unsent} not sent yet" if unsent else ""]
    parts += [f"{late} not sent yet of what was open before" if late else "", here(people) if people else ""]
    words = ", ".join(filter(None, parts))
    if left is not None:
        words += f"; {clock.minutes(left)} left" if left else "; time is up"
    return words


def balloting(
    state: RatingPanelState,
    round_: Round | None,
    *,
    name: str,
    about: str,
    asked: str = "",
    today: str,
    numbers: str = "",
    question: str = "",
    networks: Sequence[object] = (),
    hub: str = "",
    way: JoinInfo | None = None,
) -> str:
    """Draw the panel of a round that is not revealed, or of none.

    Parameters
    ----------
    state : RatingPanelState
    round_ : Round or None
    name : str
        Begins every id, so that several panels can stand in one window.
    about : str
        What is rated.
    asked : str
        What is voted on; "" where nothing is.
    today : str
        The date a new round is proposed for (ISO).
    numbers : str
        See `live`.
    question : str
        What is asked before the round ends.
    networks : sequence
        Those the room can be opened to, each with its address; asked about where there are several.
    hub : str
        The address of a hub's rooms, where all phones reach it; "" where it opens on this computer.
    way : JoinInfo or None
        Into the room, once it is open.

    Returns
    -------
    str
        A fragment of HTML.
    """
    return render(
        "balloting",
        state=state,
        round=round_,
        name=name,
        title=ratings.title_of(about),
        asked=asked,
        slips=about == ratings.SLIP,
        today=today,
        numbers=numbers,
        question=question,
        most_people=rounds.LARGEST_ROOM,
        timers=rounds.TIMERS,
        networks=networks,
        hub=hub,
        way=way,
        qr=Markup(way.qr) if way else "",
        day=long_day(round_.held_on) if round_ else "",
        **_ballot(round_),
    )


def _ballot(round_: Round | None) -> dict[str, object]:
    """What a ballot of this round asks."""
    questions = round_.questions if round_ else ()
    indicators = round_ is not None and round_.asks_sector
    return {
        "dots": round_.dots_each if round_ and round_.about == "dots" else 0,
        "sectors": SECTORS if indicators else (),
        "questions": questions,
        "indicators": indicators,
        "ladder": _ladder(questions),
        "dont_know": (DONT_KNOW, rubrics.DONT_KNOW),
    }


def afterwards(book: Workbook, results: Results, state: RatingPanelState, name: str) -> str:
    """Draw the buttons that stand over the results: a new round, and an action for what is low or split.

    Parameters
    ----------
    book : Workbook
    results : Results
        Of the latest revealed round.
    state : RatingPanelState
    name : str
        Begins every id.

    Returns
    -------
    str
        A fragment of HTML.
    """
    items = [talk(book, results, indicator) for indicator in results.talk_first if indicator.calls_for_action]
    people = [person for person in book[Profile].people if not participants.has_left(person)]
    return render(
        "balloting_after",
        state=state,
        name=name,
        items=items,
        proposed=_proposed(results, items, state),
        people=[(person.id, book.name(person.id)) for person in people],
        how_many=count(len(items), "answer"),
    )


def left_out(lines: Sequence[str]) -> str:
    """Draw the rounds that were set aside, and why; "" for none.

    Parameters
    ----------
    lines : sequence of str
        As `ctekit.rounds.left_out` gives them.

    Returns
    -------
    str
        A fragment of HTML.
    """
    return render("left_out", rounds=lines, how_many=count(len(lines), "round")) if lines else ""


def _proposed(results: Results, items: Sequence[TalkItem], state: RatingPanelState) -> str:
    """The words that the open form of an action begins with."""
    return next((finding(results, item.result).advice for item in items if item.result.number == state.action), "")


def _ladder(asked: Sequence[RatingItem]) -> str:
    """What the numbers on a ballot mean, in one line."""
    if not asked:
        return ""
    words = [f"{choice.code} {choice.word}" for choice in asked[0].choices]
    return "; ".join([*words, f"{DONT_KNOW} {rubrics.DONT_KNOW}"] if asked[0].dont_know else words)
