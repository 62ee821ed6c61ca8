"""What the buttons of a rating's panel do: each takes the panel, what it is about and its form, and gives words."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from ctekit import ratings, rounds, views
from ctekit.model.errors import CtekitError
from ctekit.model.text import count
from ctekit.ratings import Ballot
from ctekit.views.rating_panel import RatingPanelState
from ctekit.views.ratings import here
from ctekit.widgets.ballot import read_ballot, read_people
from ctekit.widgets.findings import saved_in_plan

if TYPE_CHECKING:
    from ctekit.widgets.rating_view import RatingView


def show_menu(panel: RatingView, _what: str, _value: str) -> str:
    """Leave whatever is open."""
    panel.state = RatingPanelState()
    round_ = panel.round
    return "Nothing was changed." if round_ is None or round_.state == "revealed" else "Choose how to go on."


def ask_for_round(panel: RatingView, _what: str, _value: str) -> str:
    """Show the form of a new round."""
    panel.state = RatingPanelState("new")
    return "Give the new round a name and a date."


def open_round(panel: RatingView, _what: str, value: str) -> str:
    """Open it; pressed twice, or opened elsewhere, it is the same one."""
    typed, earlier = _typed(value), panel.round
    round_ = panel.take_up(name=typed.get("name", ""), held_on=typed.get("held_on", ""))
    if earlier and earlier.id == round_.id:
        return f"“{round_.name}” is open."
    panel.state = RatingPanelState()
    return f"“{round_.name}” is open. Choose how people answer."


def answer_here(panel: RatingView, _what: str, _value: str) -> str:
    """Show an empty ballot to one person."""
    _ = panel.open_round
    panel.state = RatingPanelState("screen", ratings.new_respondent())
    return "One person answers now, alone."


def send_answers(panel: RatingView, what: str, value: str) -> str:
    """Keep what one person chose on this screen."""
    if what != panel.state.respondent or panel.state.mode != "screen":
        return "These answers are kept."
    _keep(panel, _typed(value), "Choose")
    panel.state = RatingPanelState("kept")
    return "Thank you. Your answers are kept."


def type_paper(panel: RatingView, _what: str, _value: str) -> str:
    """Show the form for paper ballots."""
    _ = panel.open_round
    panel.state = RatingPanelState("paper", ratings.new_respondent())
    return "Type the first ballot."


def keep_paper(panel: RatingView, what: str, value: str) -> str:
    """Keep one paper ballot, and show the form for the next."""
    state = panel.state
    if what != state.respondent or state.mode != "paper":
        return "This ballot is kept."
    _keep(panel, _typed(value), "Type")
    keyed = state.keyed + (state.last != state.respondent)
    panel.state = RatingPanelState("paper", ratings.new_respondent(), state.respondent, keyed)
    return f"{count(keyed, 'paper ballot')} kept."


def type_again(panel: RatingView, _what: str, _value: str) -> str:
    """Put another paper ballot in the place of the last one."""
    panel.state = replace(panel.state, respondent=panel.state.last)
    return "Type the last ballot once more."


def ask_whom(panel: RatingView, _what: str, _value: str) -> str:
    """Ask whom the room is opened to."""
    _ = panel.open_round
    panel.state = RatingPanelState("door")
    return "Say whom the room is open to."


def share_room(panel: RatingView, what: str, value: str) -> str:
    """Open the room to phones in a network."""
    panel.let_in(share=True, address=what or _typed(value).get("address", ""))
    return "The room is open."


def open_room(panel: RatingView, _what: str, _value: str) -> str:
    """Open the room to this computer alone."""
    panel.let_in(share=False)
    return "The room is open."


def show_way_in(panel: RatingView, _what: str, _value: str) -> str:
    """Show the address, the code and the picture again."""
    panel.state = RatingPanelState("room")
    return "This is the way in."


def show_on_phones(panel: RatingView, _what: str, _value: str) -> str:
    """Put this round before everybody who has joined, in place of whatever they see."""
    panel.show_on_phones()
    return "Phones show this round now."


def start_timer(panel: RatingView, _what: str, value: str) -> str:
    """Tell everybody how long they have."""
    minutes = float(value)
    rounds.start_timer(panel.partnership.store, panel.open_round.id, minutes)
    return f"The timer runs for {minutes:g} minutes. Nothing closes by itself."


def set_people(panel: RatingView, _what: str, value: str) -> str:
    """Say how many are in the room."""
    people = read_people(_typed(value).get("people", ""))
    round_ = rounds.set_people(panel.partnership.store, panel.open_round.id, people)
    return f"{here(round_.people)}. No more phones than {round_.places} can join."


def close_round(panel: RatingView, what: str, _value: str) -> str:
    """Take no more answers; where somebody is amid one, ask first."""
    standing = panel.open_round
    if what != "sure" and (question := panel.question(standing, "close")):
        panel.state = RatingPanelState("close")
        return question
    round_ = rounds.close(panel.partnership.store, standing.id)
    panel.state = RatingPanelState()
    return f"“{round_.name}” is closed."


def reveal_round(panel: RatingView, what: str, _value: str) -> str:
    """Let everybody look at the answers; where too few are there to be shown, or somebody is amid one, ask first."""
    round_ = panel.round
    if round_ is None:
        raise CtekitError("There is no round to reveal. Open one first.")
    answered = panel.partnership.store.answered(round_.id)
    if not answered:
        raise CtekitError("Nobody has answered yet, so there is nothing to reveal. Wait, or close the round.")
    if what != "sure" and (question := panel.question(round_, "reveal")):
        panel.state = RatingPanelState("reveal")
        return question
    rounds.reveal(panel.partnership.store, round_.id)  # a room sees it within half a second, and tells its phones
    panel.state = RatingPanelState()
    people = f", {here(round_.people)}" if round_.people else ""
    return f"“{round_.name}” is revealed: {count(answered, 'person', 'people')} answered{people}."


def ask_for_reason(panel: RatingView, _what: str, _value: str) -> str:
    """Ask why the round is set aside."""
    panel.state = RatingPanelState("aside")
    return "Say why this round is set aside."


def set_aside(panel: RatingView, _what: str, value: str) -> str:
    """Let the round count in nothing."""
    if panel.round is None:
        raise CtekitError("There is no round to set aside. Open one first.")
    round_ = rounds.set_aside(panel.partnership.store, panel.round.id, _typed(value).get("reason", ""))
    panel.state = RatingPanelState()
    return f"“{round_.name}” is set aside: it counts in no picture and on no page."


def ask_for_action(panel: RatingView, what: str, _value: str) -> str:
    """Show the form of an action from one result."""
    panel.state = RatingPanelState(action=what)
    return "The form is open below the button."


def save_action(panel: RatingView, what: str, value: str) -> str:
    """Put that action into the plan."""
    results, typed = panel.results, _typed(value)
    indicators = [indicator for indicator in results.indicators if indicator.number == what] if results else []
    if results is None or not indicators:
        raise CtekitError("A newer round was revealed meanwhile. Run the cell again.")
    finding = views.ratings.finding(results, indicators[0])
    owner, by = typed.get("owner", ""), typed.get("by", "")
    row = panel.partnership.act(finding, action=typed.get("action", ""), owner=owner, by=by)
    panel.state = RatingPanelState()
    return saved_in_plan(panel.partnership.book.name(row), owner, by)


ACTIONS: Mapping[str, Callable[[RatingView, str, str], str]] = {
    "menu": show_menu,
    "new": ask_for_round,
    "open": open_round,
    "screen": answer_here,
    "next": answer_here,
    "send": send_answers,
    "paper": type_paper,
    "key": keep_paper,
    "again": type_again,
    "door": ask_whom,
    "share": share_room,
    "alone": open_room,
    "room": show_way_in,
    "phones": show_on_phones,
    "timer": start_timer,
    "people": set_people,
    "close": close_round,
    "reveal": reveal_round,
    "aside": ask_for_reason,
    "set_aside": set_aside,
    "action": ask_for_action,
    "save": save_action,
}
"""Each button's name, as the page sends it, and what it does."""


def _typed(value: str) -> dict[str, str]:
    """What stands in the form: its names begin with the panel's own."""
    typed: Mapping[str, str] = json.loads(value) if value else {}
    return {name.partition(" ")[2]: words.strip() for name, words in typed.items()}


def _keep(panel: RatingView, typed: Mapping[str, str], verb: str) -> None:
    """Keep a ballot; says what is missing or no level, and keeps nothing then."""
    round_ = panel.open_round
    form = read_ballot(round_, typed, verb)
    (receipt,) = panel.partnership.store.rate([Ballot(round_.id, panel.state.respondent, form.sector, form.answers)])
    if receipt.outcome != "kept":
        raise CtekitError("The round was closed meanwhile, so this ballot was not counted.")
