"""Answers that contradict each other since copies were merged, and choosing among them. Both stay in the history."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from ctekit.store.edits import Edit, Revision
from ctekit.store.lines import Line, append, by_place, lines_that_met_others
from ctekit.store.parents import tips
from ctekit.store.store import Store
from ctekit.store.text import to_text

_SAID_AGAIN = re.compile(r"(choice-[0-9a-f]{32})\.\d+")


@dataclass(frozen=True)
class Difference:
    """One answer that was given in several ways, none by somebody who knew the others.

    Attributes
    ----------
    answers : tuple of Revision
        What people may choose among, in the order in which it came here.
    stands : Revision
        The one that stands until somebody chooses.
    """

    answers: tuple[Revision, ...]
    stands: Revision

    def of(self, side: str) -> Revision:
        """The answer that was here first (``"ours"``), or came last (``"theirs"``)."""
        return self.answers[0 if side == "ours" else -1]


def differences(store: Store) -> list[Difference]:
    """What is to be chosen, worksheet by worksheet.

    Parameters
    ----------
    store : Store

    Returns
    -------
    list of Difference
        Empty where no copies were merged, or all was chosen. Not where rows stand, nor what was in rows that are gone.
    """
    with store._reading() as connection:
        places = by_place(lines_that_met_others(connection, store.partnership))
    standing = {place: line for place, history in places.items() for line in history if line.conflicts_with is None}
    gone = {place[:2] for place, line in standing.items() if place[2] == "row" and line.value is None}
    arrived = [(place, history) for place, history in places.items() if any(line.said_at for line in history)]
    contradicting = []
    for place, history in arrived:
        if place not in standing or (place[2] != "row" and place[:2] in gone):
            continue
        ends = set(tips(history, history[-1].seq))
        answers = [line for line in history if line.uid in ends and _is_to_be_chosen(line)]
        values = {line.value for line in answers}
        if len(values) > 1 and (place[2] != "row" or None in values):
            contradicting.append(Difference(tuple(line.revision for line in answers), standing[place].revision))
    return contradicting


def choose(store: Store, chosen: Sequence[tuple[Difference, Revision]], who: str = "") -> int:
    """Choose one answer of each of some differences.

    Parameters
    ----------
    store : Store
    chosen : sequence of tuple
        Each a difference and one of its answers.
    who : str
        Who chooses; "" for the person at this computer.

    Returns
    -------
    int
        How many were chosen; the others were changed meanwhile, and what stands there stays.

    Raises
    ------
    StoreError
        It could not be written; nothing was.
    """
    edits = [
        Edit(
            answer.worksheet, answer.field, answer.value, answer.row, who,
            based_on=max(each.seq for each in difference.answers), uid=f"choice-{uuid.uuid4().hex}", settles=True,
        )
        for difference, answer in chosen
    ]  # fmt: skip
    return sum(result.conflict is None for result in store.save(edits)) if edits else 0


def reopen(store: Store, choices: Sequence[Revision]) -> int:
    """Take choices back: people may choose again among the same answers, in every copy.

    Parameters
    ----------
    store : Store
    choices : sequence of Revision
        What `choose` wrote.

    Returns
    -------
    int
        How many were taken back; the others were changed since, and what stands there stays.

    Raises
    ------
    StoreError
        It could not be written; nothing was.
    """

    def work(connection: Connection, partnership: str, at: str, newest: int) -> int:
        number = 0
        places = by_place(lines_that_met_others(connection, partnership))
        lines: list[Line] = []
        for choice in choices:
            history = places.get((choice.worksheet, choice.row, choice.field, ""), [])
            if not history or choice.conflicts_with is not None:
                continue  # a backup from before it was put back, or it came too late and never stood
            again = _said_again(choice, history, newest + len(lines), at)
            uids = {line.uid for line in again}
            number += history[-1].uid == choice.uid or history[-1].uid in uids  # before the connection was lost
            if history[-1].uid == choice.uid:
                lines += again
        append(connection, partnership, lines)
        return number

    return store.write(work)


def _said_again(choice: Revision, history: Sequence[Line], newest: int, at: str) -> list[Line]:
    """The answers that somebody chose among, said again upon the choice, in the order in which they came here."""
    by_time = sorted((line for line in history if line.uid in choice.parents), key=lambda line: line.said)
    uids = {line.uid: f"{choice.uid}.{number}" for number, line in enumerate(by_time)}  # the same in every copy
    answers = [line for line in history if line.uid in uids and _is_to_be_chosen(line)]
    again = [
        line._replace(
            seq=seq, uid=uids[line.uid], old=to_text(choice.value), said_at=line.said[0], at=at,
            based_on=choice.seq, conflicts_with=None, parents=(choice.uid,),
        )
        for seq, line in enumerate(answers, newest + 1)
    ]  # fmt: skip
    # What was said last stands, here as in copies that merge this: those behind it come too late, as in a merge.
    last = max(again, key=lambda line: line.said, default=None)
    return [line._replace(conflicts_with=last.seq) if last and line.seq > last.seq else line for line in again]


def taken_back(history: Sequence[Line] | Sequence[Revision]) -> dict[str, str]:
    """The answers of a place that were said again since a choice was taken back.

    Parameters
    ----------
    history : sequence of Line or Revision
        All of the place, or some.

    Returns
    -------
    dict
        The uid of each -> the uid of the choice.
    """
    return {line.uid: match[1] for line in history if (match := _SAID_AGAIN.fullmatch(line.uid))}


def _is_to_be_chosen(line: Line) -> bool:
    """Not what came too late here: that was told to whoever wrote it, then and there."""
    return line.conflicts_with is None or bool(line.said_at)
