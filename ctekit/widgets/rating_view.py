"""How a round stands on the screen, from its opening to its results; what its buttons do stands beside it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import uuid4

from ctekit import ratings, rounds, views
from ctekit.model.errors import CtekitError
from ctekit.ratings import Results, Round
from ctekit.views.rating_panel import JoinInfo, RatingPanelState, afterwards, balloting, left_out, live
from ctekit.widgets.panel import OLD_BUTTON, Panel
from ctekit.widgets.watcher import watch

if TYPE_CHECKING:
    from ctekit.partnership import Partnership
    from ctekit.widgets.rooms import Rooms

OTHER_ROUND = "Another round is open now. What was not sent is gone; begin again."
ROUND_ENDED = "This round was closed elsewhere. What was not sent is gone."
STANDS = {"open": "“{}” is open.", "closed": "“{}” takes no more answers.", "revealed": "“{}” is revealed."}
"""What is said of a round that somebody opened, closed or revealed elsewhere, in place of what was said before."""


class RatingView(Panel):
    """A round from its opening to its results, on the screen.

    Parameters
    ----------
    partnership : Partnership
    rooms : Rooms
        Of this partnership; all its panels share them.
    about, what : str
        As for `ctekit.jupyter.Partnership.rate`.

    Attributes
    ----------
    actions : mapping
        Each button's name, and what it does.
    asked : tuple
        Title and options of what is voted on; "" and none for a rating.
    state : RatingPanelState
        How it stands on the screen.
    name : str
        Begins every id in it.

    Raises
    ------
    CtekitError
        There is nothing of that name to rate or to vote on.

    Notes
    -----
    Before a round is revealed nothing here holds an answer longer than it takes to save it; while one is open, earlier
    results are not shown either, for they would tell people what to say.
    """

    actions: ClassVar[Mapping[str, Callable[[RatingView, str, str], str]]] = {}

    def __init__(self, partnership: Partnership, rooms: Rooms, about: str, what: str = "") -> None:
        self.partnership, self.rooms = partnership, rooms
        self.about, self.what = about, what
        self.asked = rounds.asked(partnership.book, about, what)
        self.state = RatingPanelState()
        self.name = f"ctekit-{uuid4().hex[:8]}"
        self._looked: object = None
        self._drawn: object = None
        self._round_id = ""
        self._numbers = ""
        self._ticks = False
        self._view: tuple[int, str] = (-1, "")
        super().__init__(self.draw, self.press)
        watch(self)

    def __repr__(self) -> str:
        round_ = self.round
        return f"<rating of {self.about}: {f'{round_.name}, {round_.state}' if round_ else 'no round yet'}>"

    @property
    def round(self) -> Round | None:
        """The newest round that asks just this, in whatever state."""
        title, options = self.asked
        return rounds.newest(self.partnership.store, self.about, title=title, options=options)

    @property
    def open_round(self) -> Round:
        """The same, where it is open.

        Raises
        ------
        CtekitError
            It is not.
        """
        round_ = self.round
        if round_ is None or round_.state != "open":
            raise CtekitError("The round is closed, so nothing more is counted. Open a new round.")
        return round_

    @property
    def results(self) -> Results | None:
        """What the latest revealed round says."""
        revealed = views.ratings.of(self.partnership.book, self.about, self._voted)
        return revealed[-1] if revealed else None

    # Showing

    def draw(self) -> str:
        """All of it, as it stands now."""
        round_ = self.round
        self._drawn, self._numbers = self._standing(round_), self._live(round_)
        is_open = round_ is not None and round_.state == "open"
        before, self._round_id = self._round_id, round_.id if round_ else ""
        if before not in ("", self._round_id) and self.state.mode not in ("new", "room"):
            self.state = RatingPanelState()  # what was asked or begun was of the round before
        if not is_open and self.state.mode not in ("new", "reveal", "close", "aside", ""):
            self.state = RatingPanelState()
        results = None if is_open else self.results
        if results and (round_ is None or round_.state == "revealed") and self.state.mode not in ("new", "aside"):
            parts = [afterwards(self.partnership.book, results, self.state, self.name)]
        else:
            parts = [
                self._balloting(
                    round_ if round_ and (round_.state != "revealed" or self.state.mode == "aside") else None
                )
            ]
        parts += [self._results() if results else "", left_out(rounds.left_out(self.partnership.store, self.about))]
        return "\n".join(filter(None, parts))

    def _balloting(self, round_: Round | None) -> str:
        return balloting(
            self.state,
            round_,
            name=self.name,
            about=self.about,
            asked=self.asked[0],
            today=datetime.date.today().isoformat(),
            numbers=self._numbers,
            question=self.question(round_, self.state.mode) if round_ else "",
            networks=self.rooms.networks() if self.state.mode == "door" else (),
            hub=self.rooms.hub if self.state.mode == "door" else "",
            way=self._way(round_),
        )

    def _results(self) -> str:
        revision = self.partnership.book.revision
        if self._view[0] != revision:
            self._view = revision, views.ratings.rated(self.partnership.book, self.about, self._voted)
        return self._view[1]

    def _way(self, round_: Round | None) -> JoinInfo | None:
        """The way into the room, and whether this round is before everybody in it; None where it cannot be."""
        now, room = self.rooms.now(), self.rooms.process
        if room is None or (now and now["rehearsal"]):
            return None
        shown = now is None or self._is_shown(round_, now)
        return JoinInfo(room.address, room.code, room.qr(6), room.shared, now is not None, shown)

    @staticmethod
    def _is_shown(round_: Round | None, now: dict[str, Any]) -> bool:
        return bool(round_ and now["activity"] and now["activity"]["round"] == round_.id and not now["rehearsal"])

    def _live(self, round_: Round | None) -> str:
        """The numbers that change while it is open."""
        self._ticks = False
        if round_ is None or round_.state == "revealed":
            return ""
        now = self.rooms.now()
        shown = now if now and self._is_shown(round_, now) else None
        self._ticks = bool(shown or round_.seconds_left)
        joined = shown["joined"] if shown else None
        slips = self.about == ratings.SLIP
        return live(self.answered(round_), joined, round_.seconds_left, people=round_.people, slips=slips)

    def answered(self, round_: Round) -> int:
        """How many have answered, or how many slips are kept; never what."""
        store = self.partnership.store
        return len(rounds.slips_kept(store, round_.id)) if self.about == ratings.SLIP else store.answered(round_.id)

    def question(self, round_: Round, act: str) -> str:
        """What is to be asked before the round ends by ``"close"`` or ``"reveal"``; "" for nothing."""
        from ctekit.room.ending import before_close, before_reveal, unsent_answers

        if act not in ("close", "reveal"):
            return ""
        now = self.rooms.now()
        unsent = unsent_answers(now if now and self._is_shown(round_, now) else None, round_)
        return before_close(*unsent) if act == "close" else before_reveal(round_, self.answered(round_), *unsent)

    @property
    def _voted(self) -> tuple[str, tuple[str, ...]] | None:
        """Title and options of a vote; None for a rating, whose rounds are about the same whatever they are called."""
        return self.asked if self.asked[0] else None

    def _standing(self, round_: Round | None) -> object:
        """What the panel has to be drawn anew for, when it changes."""
        now = self.rooms.now()
        return (round_.id, round_.state, now is not None and self._is_shown(round_, now)) if round_ else None

    def refresh(self) -> None:
        """Show what changed elsewhere: who joined and answered on phones, or that somebody revealed the round."""
        with self._lock:
            if not self.is_seen:  # the room and the file are not asked for what nobody sees
                return
            round_ = self.round
            answered = self.answered(round_) if round_ and round_.state == "open" else 0
            looked = (self.partnership.store.latest(), self._standing(round_), answered)
            if looked == self._looked and not self._ticks:
                return
            self._looked = looked
            if self._standing(round_) != self._drawn:
                before, amid = self._round_id, self.state.mode in ("screen", "paper")
                message = {"html": self.draw()}
                if amid and not self.state.mode:
                    message["said"] = ROUND_ENDED if self._round_id == before else OTHER_ROUND
                elif round_ and not self.state.mode:
                    message["said"] = STANDS[round_.state].format(round_.name)
                self.send(message)
            elif (numbers := self._live(round_)) != self._numbers:
                self._numbers = numbers
                self.send({"parts": {f"{self.name}-live": numbers}})

    # Doing

    def press(self, act: str, what: str = "", value: str = "") -> str:
        """Do what a button does; see `ctekit.widgets.rating_actions`.

        Parameters
        ----------
        act, what : str
            The button, and what it is about.
        value : str
            What stands in the form, as JSON; or the button's own value.

        Returns
        -------
        str
            The words to read out.

        Raises
        ------
        CtekitError
            It cannot be done; one sentence.
        """
        if act not in self.actions:
            raise CtekitError(OLD_BUTTON)
        if self.of and (round_ := self.round) and round_.id != self.of:
            raise CtekitError("Somebody has opened another round meanwhile. Look at it, then press again.")
        return self.actions[act](self, what, value)

    def take_up(self, *, name: str = "", held_on: str = "", minutes: float = 0, people: int = 0) -> Round:
        """The open round of this panel, or a new one; see `ctekit.rounds.take_up`."""
        earlier = self.round
        if earlier is None or earlier.state != "open":  # what is voted on may have been changed since
            self.asked = rounds.asked(self.partnership.book, self.about, self.what)
        title, options = self.asked
        return rounds.take_up(
            self.partnership.store,
            self.about,
            title=title,
            options=options,
            name=name,
            held_on=held_on,
            minutes=minutes,
            people=people,
        )

    def show_on_phones(self) -> None:
        """Put the open round before everybody in the room that runs."""
        self.rooms.show(self.open_round.id)
        self.state = RatingPanelState("room")

    def let_in(self, *, share: bool, address: str = "") -> None:
        """Open the room of the open round, and show the way in; see `ctekit.room.start`."""
        self.rooms.open(self.open_round.id, share, address)
        self.state = RatingPanelState("room")
