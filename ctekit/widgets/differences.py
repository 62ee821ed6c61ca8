"""Answers of merged copies that contradict each other, side by side: taken one by one, row by row, or all at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ctekit.history.merging import Choice, choices, proposed_doubles
from ctekit.model.errors import CtekitError
from ctekit.model.text import count
from ctekit.store import Revision, Store, join_rows
from ctekit.store.differences import Difference, choose, reopen
from ctekit.store.told_apart import ask_again, tell_apart, told_apart
from ctekit.views.render import render
from ctekit.widgets.panel import Panel

_MOST = 60
"""So many are shown at once; the rest when those are chosen."""


@dataclass(frozen=True)
class Group:
    """The choices of one row, or of a worksheet outside its tables."""

    key: str
    name: str
    choices: Sequence[Choice]


class Differences(Panel):
    """What is to be chosen since copies were merged.

    Parameters
    ----------
    store : Store
    private : bool
        Also what is for the facilitator only: not on the projector.
    """

    def __init__(self, store: Store, *, private: bool = False) -> None:
        self._answers, self._private, self._status = store, private, ""
        self._step: tuple[Revision, ...] = ()
        self._joined = False
        self._drawn: frozenset[frozenset[str]] = frozenset()
        super().__init__(self.draw, self.press, store, private=private)

    def __repr__(self) -> str:
        return f"<differences: {len(self.choices)}>"

    @property
    def choices(self) -> list[Choice]:
        """Those that may be shown."""
        return choices(self._answers, private=self._private)

    @property
    def is_needed(self) -> bool:
        """Whether there is anything to choose, to join, or to take back."""
        return bool(self._step or self._joined or self.choices or proposed_doubles(self._answers))

    def draw(self) -> str:
        """All of it, as it stands now."""
        there = self.choices
        self._drawn = frozenset(_uids(each.difference) for each in there)
        groups: dict[str, list[Choice]] = {}
        for choice in there[:_MOST]:
            groups.setdefault(_group(choice), []).append(choice)
        return render(
            "differences",
            groups=[Group(key, _named(chosen[0]), chosen) for key, chosen in groups.items()],
            how_many=len(there),
            more=max(0, len(there) - _MOST),
            private=self._private,
            status=self._status,
            doubles=proposed_doubles(self._answers),
            apart=len(told_apart(self._answers)),
            joined=self._joined,
            undo=count(len(self._step), "answer") if self._step else "",
        )

    def press(self, act: str, what: str = "", value: str = "") -> str:
        """Do what a button does; gives the words to read out.

        Parameters
        ----------
        act : str
            ``"choose"`` one answer; ``"ours"`` or ``"theirs"`` of a group, or of all; ``"undo"``. ``"join"`` two rows
            that look like the same; ``"part"`` them again; say that they are ``"two"``; ``"ask"`` about all such again.
        what : str
            The answer's uid, or the group, "" for all; or the ids of the row that stays and of the other one.
        value : str
            Of no meaning here.
        """
        there = self.choices
        if act == "join":
            kept, other = what.split(" ")
            number = join_rows.join_rows(self._answers, "profile", kept, other)
            self._joined, self._status = True, f"They are one now: {count(number, 'answer')} changed."
        elif act == "part":
            join_rows.undo(self._answers)
            self._joined, self._status = False, "They are two again."
        elif act == "two":
            tell_apart(self._answers, *what.split(" "))
            self._status = "They are two, and not proposed again."
        elif act == "ask":
            self._status = f"{count(ask_again(self._answers), 'pair')} told apart before may be proposed again."
        elif act == "undo":
            self._status = self._undo()
        elif act == "choose":
            choices = [(each.difference, answer.revision) for each in there for answer in each.answers
                     if answer.revision.uid == what]  # fmt: skip
            self._status = self._choose(choices)
        elif act in ("ours", "theirs"):
            wanted = [each.difference for each in there if what in ("", _group(each))]
            self._status = self._choose([(each, each.of(act)) for each in wanted])
        return self._status

    def _choose(self, wanted: Sequence[tuple[Difference, Revision]]) -> str:
        # Of an answer that came since the panel was drawn nobody was asked yet.
        chosen = [each for each in wanted if _uids(each[0]) in self._drawn]
        if not chosen:
            raise CtekitError("This was chosen, or changed, by somebody else meanwhile. Look at what is there now.")
        since = self._answers.latest()
        number = choose(self._answers, chosen)
        places = {(answer.worksheet, answer.row, answer.field) for _, answer in chosen}
        self._step = tuple(
            each
            for each in self._answers.history(since=since)
            if each.uid.startswith("choice-")
            and each.conflicts_with is None
            and (each.worksheet, each.row, each.field) in places
        )
        return f"{count(number, 'answer')} chosen.{_left(len(wanted) - number)}"

    def _undo(self) -> str:
        step, self._step = self._step, ()
        if not step:
            return "There is nothing to take back."
        number = reopen(self._answers, step)
        return f"Taken back, to be chosen again: {count(number, 'answer')}.{_left(len(step) - number)}"


def _group(choice: Choice) -> str:
    place = choice.difference.stands
    return f"{place.worksheet}/{place.row}"


def _uids(difference: Difference) -> frozenset[str]:
    return frozenset(answer.uid for answer in difference.answers)


def _left(number: int) -> str:
    """The sentence about answers that nothing was done about."""
    stay = "stays as it is" if number == 1 else "stay as they are"
    return f" {count(number, 'answer')} changed meanwhile and {stay}." if number else ""


def _named(choice: Choice) -> str:
    return ": ".join(filter(None, (choice.worksheet, choice.row)))
