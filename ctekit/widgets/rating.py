"""Rating alone in a notebook: opens a round, takes answers here, from paper and from phones, and reveals them."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

from ctekit import ratings, rounds
from ctekit.model.errors import CtekitError
from ctekit.ratings import Ballot, Results, Round
from ctekit.views import ratings as results
from ctekit.views.rating_panel import JoinInfo, RatingPanelState, afterwards, balloting, live, too_few
from ctekit.views.ratings import here
from ctekit.views.render import count
from ctekit.widgets.ballot import read_ballot, read_people
from ctekit.widgets.panel import Panel
from ctekit.widgets.watcher import watch

if TYPE_CHECKING:
    from ctekit.partnership import Partnership


class RatingPanel(Panel):
    """A round from its opening to its results.

    Parameters
    ----------
    partnership : Partnership
    about, what : str
        As for `ctekit.partnership.Partnership.rate`.

    Raises
    ------
    CtekitError
        There is nothing of that name to rate or to vote on.

    Notes
    -----
    Before a round is revealed nothing here holds an answer longer than it takes to save it; while one is open, earlier
    results are not shown either, for they would tell people what to say.
    """

    def __init__(self, partnership: Partnership, about: str, what: str = "") -> None:
        self.partnership = partnership
        self.about, self.what = about, what
        self.asked = rounds.asked(partnership.book, about, what)
        self.desk = RatingPanelState()
        self.name = f"ctekit-{uuid4().hex[:8]}"
        self._looked: object = None
        self._drawn: object = None
        self._numbers = ""
        self._ticks = False
        self._results: tuple[int, str] = (-1, "")
        super().__init__(self.draw, self.press)
        watch(self)

    def __repr__(self) -> str:
        round_ = self.held
        return f"<rating of {self.about}: {f'{round_.name}, {round_.state}' if round_ else 'no round yet'}>"

    @property
    def held(self) -> Round | None:
        """The newest round that asks just this, in whatever state."""
        asked = (self.about, *self.asked)
        rounds = [
            round_
            for round_ in self.partnership.store.rounds()
            if (round_.about, round_.title, round_.options) == asked
        ]
        return rounds[-1] if rounds else None

    @property
    def found(self) -> Results | None:
        """What the latest revealed round says."""
        revealed = results.of(self.partnership.book, self.about, self._voted)
        return revealed[-1] if revealed else None

    # Showing

    def draw(self) -> str:
        """All of it, as it stands now."""
        round_ = self.held
        self._drawn, self._numbers = self._standing(round_), self._told(round_)
        is_open = round_ is not None and round_.state == "open"
        if not is_open and self.desk.mode not in ("new", "few", ""):
            self.desk = RatingPanelState()
        results = None if is_open else self.found
        if results and (round_ is None or round_.state == "revealed") and self.desk.mode != "new":
            parts = [afterwards(self.partnership.book, results, self.desk, self.name)]
        else:
            parts = [
                balloting(
                    self.desk,
                    round_ if round_ and round_.state != "revealed" else None,
                    name=self.name,
                    about=self.about,
                    title=ratings.title_of(self.about),
                    asked=self.asked[0],
                    today=datetime.date.today().isoformat(),
                    numbers=self._numbers,
                    answered=self._answered(round_) if self.desk.mode == "few" and round_ else 0,
                    networks=self.partnership.networks() if self.desk.mode == "door" else (),
                    way=self._way(round_),
                )
            ]
        return "\n".join([*parts, self._view()] if results else parts)

    def _view(self) -> str:
        revision = self.partnership.book.revision
        if self._results[0] != revision:
            self._results = revision, results.told(self.partnership.book, self.about, self._voted)
        return self._results[1]

    def _way(self, held: Round | None) -> JoinInfo | None:
        room = self.partnership.rooms.get(held.id) if held else None
        return JoinInfo(room.address, room.code, room.qr(6), room.shared, room.running) if room else None

    def _told(self, held: Round | None) -> str:
        self._ticks = False
        if held is None or held.state == "revealed":
            return ""
        room = self.partnership.rooms.get(held.id)
        joined = None
        self._ticks = bool((room and room.running) or held.seconds_left)
        if room and room.running:
            try:
                joined = room.numbers()["joined"]
            except CtekitError:  # it is busy: the next look will tell
                joined = None
        return live(
            self._answered(held), joined, held.seconds_left, people=held.people, slips=self.about == ratings.SLIP
        )

    def _answered(self, held: Round) -> int:
        store = self.partnership.store
        return len(rounds.slips_kept(store, held.id)) if self.about == ratings.SLIP else store.answered(held.id)

    @property
    def _voted(self) -> tuple[str, tuple[str, ...]] | None:
        """Title and options of a vote; None for a rating, whose rounds are about the same whatever they are called."""
        return self.asked if self.asked[0] else None

    def _standing(self, held: Round | None) -> object:
        """What the panel has to be drawn anew for, when it changes."""
        room = self.partnership.rooms.get(held.id) if held else None
        return (held.id, held.state, room is not None and room.running) if held else None

    def refresh(self) -> None:
        """Show what changed elsewhere: who joined and answered on phones, or that somebody revealed the round."""
        with self._lock:
            running = [handle.running for handle in self.partnership.rooms.values()]
            round_ = self.held
            answered = self._answered(round_) if round_ and round_.state == "open" else 0
            looked = (self.partnership.store.latest(), running, answered)
            if looked == self._looked and not self._ticks:
                return
            self._looked = looked
            if self._standing(round_) != self._drawn:
                self.send({"html": self.draw()})
            elif (numbers := self._told(round_)) != self._numbers:
                self._numbers = numbers
                self.send({"parts": {f"{self.name}-live": numbers}})

    # Doing

    def press(self, act: str, what: str = "", value: str = "") -> str:
        """Do what a button does; gives the words to read out.

        Parameters
        ----------
        act, what : str
            The button, and what it is about.
        value : str
            What stands in the form, as JSON; or the button's own value.
        """
        doing = getattr(self, f"_do_{act}", None)
        if doing is None:
            raise CtekitError("This button is of an older version. Run the cell again.")
        said: str = doing(what, value)
        return said

    def _do_menu(self, _what: str, _value: str) -> str:
        self.desk = RatingPanelState()
        return "Nothing was changed." if self._shows_results else "Choose how to go on."

    def _do_new(self, _what: str, _value: str) -> str:
        self.desk = RatingPanelState("new")
        return "Give the new round a name and a date."

    def _do_open(self, _what: str, value: str) -> str:
        typed, earlier = self._typed(value), self.held
        if earlier is None or earlier.state != "open":  # what is voted on may have been changed since
            self.asked = rounds.asked(self.partnership.book, self.about, self.what)
        standing = self.held
        if standing and standing.state == "open":  # pressed twice, or opened elsewhere
            return f"“{standing.name}” is open."
        title, options = self.asked
        try:
            round_ = rounds.open_round(
                self.partnership.store,
                self.about,
                typed.get("name", ""),
                typed.get("held_on", ""),
                title=title,
                options=options,
            )
        except ValueError as error:
            raise CtekitError(str(error)) from None
        before = self.partnership.rooms.pop(earlier.id, None) if earlier else None
        if before:
            before.stop()  # until now it told its phones that the round is closed
        self.desk = RatingPanelState()
        return f"“{round_.name}” is open. Choose how people answer."

    def _do_screen(self, _what: str, _value: str) -> str:
        self._open()
        self.desk = RatingPanelState("screen", ratings.new_respondent())
        return "One person answers now, alone."

    _do_next = _do_screen

    def _do_send(self, what: str, value: str) -> str:
        if what != self.desk.respondent or self.desk.mode != "screen":
            return "These answers are kept."
        self._hand_in(self._typed(value), "Choose")
        self.desk = RatingPanelState("kept")
        return "Thank you. Your answers are kept."

    def _do_paper(self, _what: str, _value: str) -> str:
        self._open()
        self.desk = RatingPanelState("paper", ratings.new_respondent())
        return "Type the first ballot."

    def _do_key(self, what: str, value: str) -> str:
        if what != self.desk.respondent or self.desk.mode != "paper":
            return "This ballot is kept."
        self._hand_in(self._typed(value), "Type")
        keyed = self.desk.keyed + (self.desk.last != self.desk.respondent)
        self.desk = RatingPanelState("paper", ratings.new_respondent(), self.desk.respondent, keyed)
        return f"{count(keyed, 'paper ballot')} kept."

    def _do_again(self, _what: str, _value: str) -> str:
        self.desk = replace(self.desk, respondent=self.desk.last)
        return "Type the last ballot once more."

    def _do_door(self, _what: str, _value: str) -> str:
        self._open()
        self.desk = RatingPanelState("door")
        return "Say whom the room is open to."

    def _do_share(self, what: str, value: str) -> str:
        return self._let_in(share=True, address=what or self._typed(value).get("address", ""))

    def _do_alone(self, _what: str, _value: str) -> str:
        return self._let_in(share=False)

    def _let_in(self, *, share: bool, address: str = "") -> str:
        self.partnership.open_room(self._open().id, share, address)
        self.desk = RatingPanelState("room")
        return "The room is open."

    def _do_room(self, _what: str, _value: str) -> str:
        self.desk = RatingPanelState("room")
        return "This is the way in."

    def _do_timer(self, _what: str, value: str) -> str:
        minutes = float(value)
        rounds.start_timer(self.partnership.store, self._open().id, minutes)
        return f"The timer runs for {minutes:g} minutes. Nothing closes by itself."

    def _do_people(self, _what: str, value: str) -> str:
        people = read_people(self._typed(value).get("people", ""))
        round_ = rounds.set_people(self.partnership.store, self._open().id, people)
        return f"{here(round_.people)}. No more phones than {round_.places} can join."

    def _do_close(self, _what: str, _value: str) -> str:
        round_ = rounds.close(self.partnership.store, self._open().id)
        self.desk = RatingPanelState()
        return f"“{round_.name}” is closed."

    def _do_reveal(self, what: str, _value: str) -> str:
        round_ = self.held
        if round_ is None:
            raise CtekitError("There is no round to reveal. Open one first.")
        answered = self.partnership.store.answered(round_.id)
        if not answered:
            raise CtekitError("Nobody has answered yet, so there is nothing to reveal. Wait, or close the round.")
        if what != "few" and (question := too_few(round_, answered)):
            self.desk = RatingPanelState("few")
            return question
        rounds.reveal(self.partnership.store, round_.id)  # a room sees it within half a second, and tells its phones
        self.desk = RatingPanelState()
        people = f", {here(round_.people)}" if round_.people else ""
        return f"“{round_.name}” is revealed: {count(answered, 'person', 'people')} answered{people}."

    def _do_action(self, what: str, _value: str) -> str:
        self.desk = RatingPanelState(action=what)
        return "The form is open below the button."

    def _do_save(self, what: str, value: str) -> str:
        found, typed = self.found, self._typed(value)
        indicator = (
            next((indicator for indicator in found.indicators if indicator.number == what), None) if found else None
        )
        if found is None or indicator is None:
            raise CtekitError("A newer round was revealed meanwhile. Run the cell again.")
        owner, by = typed.get("owner", ""), typed.get("by", "")
        about = results.finding(found, indicator)
        row = self.partnership.act(about, action=typed.get("action", ""), owner=owner, by=by)
        self.desk = RatingPanelState()
        missing = " and ".join(name for name, given in (("a name", owner), ("a day", by)) if not given)
        return f"Saved as {row} in the plan.{f' It still needs {missing}: write it there.' if missing else ''}"

    @property
    def _shows_results(self) -> bool:
        round_ = self.held
        return round_ is None or round_.state == "revealed"

    def _typed(self, value: str) -> dict[str, str]:
        """What stands in the form: its names begin with the panel's own."""
        typed: Mapping[str, str] = json.loads(value) if value else {}
        return {name.partition(" ")[2]: words.strip() for name, words in typed.items()}

    def _open(self) -> Round:
        round_ = self.held
        if round_ is None or round_.state != "open":
            raise CtekitError("The round is closed, so nothing more is counted. Open a new round.")
        return round_

    def _hand_in(self, typed: Mapping[str, str], verb: str) -> None:
        """Keep a ballot; says what is missing or no level, and keeps nothing then."""
        round_ = self._open()
        form = read_ballot(round_, typed, verb)
        (receipt,) = self.partnership.store.rate([Ballot(round_.id, self.desk.respondent, form.sector, form.answers)])
        if receipt.outcome != "kept":
            raise CtekitError("The round was closed meanwhile, so this ballot was not counted.")
