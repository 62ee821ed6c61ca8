"""Rounds and ballots in the store: revisions like every other, of a respondent whom nobody can name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Select, func, insert, select

from ctekit.asks import Json
from ctekit.ratings import Ballot, Rating, Receipt, Round, code_of
from ctekit.store.edits import from_text, to_text
from ctekit.store.schema import r, revision, stands

SHEET = "ratings"
KEEPER = "facilitator"
"""The respondent who says what a round is. No answer of a person carries it, and no worksheet reads it."""


@dataclass(frozen=True)
class Given:
    """What one respondent has answered so far, and the revision to base the next ballot on."""

    sector: str
    answers: Mapping[str, Json]
    seq: int


class Ballots:
    """Writes rounds and ballots inside a transaction; whoever holds that one is alone in writing."""

    def __init__(self, connection: Connection, partnership: str, at: str) -> None:
        self._connection, self._partnership, self._at = connection, partnership, at

    def keep_round(self, held: Round) -> Round:
        """Append a round, new or changed. Revealed stays revealed, and closed is not opened again."""
        before = {one.id: one for one in rounds(self._connection, self._partnership)}
        if not held.id:
            held = replace(held, id=f"round-{len(before) + 1}")
        elif held.id in before:
            order = ("open", "closed", "revealed")
            held = replace(held, state=max(held.state, before[held.id].state, key=order.index))
        if before.get(held.id) != held:
            self._append(held.id, KEEPER, {"round": held.to_json()}, "")
        return held

    def keep(self, ballot: Ballot) -> Receipt:
        """Append what is new in a ballot. All of it, or nothing."""
        now = given(self._connection, self._partnership, ballot.round, ballot.respondent, tuple(ballot.answers))
        if self._known(ballot):
            return Receipt("kept", now.seq)
        if self._state(ballot.round) != "open":
            return Receipt("closed", now.seq)
        if ballot.based_on is not None and now.seq > ballot.based_on:
            return Receipt("newer", now.seq)
        moved = ballot.sector != now.sector
        new = {
            name: None if code is None else [ballot.sector, code]
            for name, code in ballot.answers.items()
            if code != now.answers.get(name) or (moved and code is not None)
        }
        return Receipt("kept", self._append(ballot.round, ballot.respondent, new, ballot.uid) or now.seq)

    def _known(self, ballot: Ballot) -> bool:
        uids = [f"{ballot.uid}.{name}" for name in ballot.answers]
        return self._connection.scalar(select(r.seq).where(r.uid.in_(uids)).limit(1)) is not None

    def _state(self, round_id: str) -> str:
        found = _by_seq(self._connection, _of_keeper(self._partnership).where(r.row == round_id))
        return from_text(found[-1].value)["state"] if found else ""

    def _append(self, row: str, respondent: str, values: Mapping[str, Json], uid: str) -> int:
        if not values:
            return 0
        begin: int = self._connection.scalar(select(func.max(r.seq))) or 0
        self._connection.execute(
            insert(revision),
            [
                {
                    "seq": seq,
                    "uid": f"{uid or f'{row}.{seq}'}.{name}",
                    "partnership": self._partnership,
                    "worksheet": SHEET,
                    "row": row,
                    "field": name,
                    "respondent": respondent,
                    "value": to_text(value),
                    "who": "",
                    "at": self._at,
                }
                for seq, (name, value) in enumerate(values.items(), begin + 1)
            ],
        )
        return begin + len(values)


def rounds(connection: Connection, partnership: str, revision: int | None = None) -> list[Round]:
    """All rounds in the order they were opened, as they stand or stood when a revision was the newest."""
    standing: dict[str, Round] = {}
    until = [r.seq <= revision] if revision is not None else []
    for one in _by_seq(connection, _of_keeper(partnership).where(*until)):
        standing[one.row] = Round.from_json(one.row, from_text(one.value))
    return list(standing.values())


def given(connection: Connection, partnership: str, round_id: str, respondent: str, fields: tuple[str, ...]) -> Given:
    """What one respondent has answered to these questions."""
    query = (
        select(r.field, r.seq, r.value)
        .where(r.partnership == partnership, r.worksheet == SHEET, r.row == round_id)
        .where(r.field.in_(fields), r.respondent == respondent, stands)
    )
    sector, answers, seq = "", {}, 0
    for field, at, text in _by_seq(connection, query):
        value, seq = from_text(text), at
        answers[field] = value[1] if value else None
        sector = value[0] if value else sector
    return Given(sector, answers, seq)


def ratings(connection: Connection, partnership: str, round_id: str | None) -> list[Rating]:
    """Every answer as it stands."""
    newest = _newest(partnership, round_id)
    query = select(r.row, r.respondent, r.field, r.value).where(r.seq.in_(newest), r.value.is_not(None)).order_by(r.seq)
    found = connection.execute(query).all()
    return [Rating(row, who, *_read(value)[:1], field, *_read(value)[1:]) for row, who, field, value in found]


def counts(connection: Connection, partnership: str, round_id: str | None) -> dict[tuple[str, str, str, Json], int]:
    """How many answers stand, by (round, question, sector, code); counted by the database."""
    # Round by round: the database sorts in memory, and one round is small however many there are.
    wanted = [round_id] if round_id is not None else _rounds_answered(connection, partnership)
    found: dict[tuple[str, str, str, Json], int] = {}
    for one in wanted:
        query = (
            select(r.field, r.value, func.count())
            .where(r.seq.in_(_newest(partnership, one)), r.value.is_not(None))
            .group_by(r.field, r.value)
        )
        for field, value, count in connection.execute(query).all():
            found[one, field, *_read(value)] = count
    return found


def _rounds_answered(connection: Connection, partnership: str) -> list[str]:
    query = select(r.row).where(*_answers(partnership, None), stands).distinct()
    return [one.row for one in connection.execute(query)]


def answered(connection: Connection, partnership: str, round_id: str) -> int:
    """How many respondents have a ballot that stands; who took every answer back has none."""
    newest = _newest(partnership, round_id)
    query = select(func.count(r.respondent.distinct())).where(r.seq.in_(newest), r.value.is_not(None))
    return connection.scalar(query) or 0


def _read(text: str) -> tuple[str, Json]:
    sector, code = from_text(text)
    return sector, code_of(code)


def _answers(partnership: str, round_id: str | None) -> list[Any]:
    narrow = [r.partnership == partnership, r.worksheet == SHEET, r.respondent != KEEPER]
    return narrow + ([r.row == round_id] if round_id is not None else [])


def _newest(partnership: str, round_id: str | None) -> Select[Any]:
    wanted = (*_answers(partnership, round_id), stands)
    return select(func.max(r.seq)).where(*wanted).group_by(r.row, r.field, r.respondent)


def _by_seq(connection: Connection, query: Select[Any]) -> list[Any]:
    """Few rows, oldest first. Asked to sort them, SQLite would walk through all revisions in place of the index."""
    return sorted(connection.execute(query), key=lambda row: row.seq)


def _of_keeper(partnership: str) -> Select[Any]:
    # `stands` is always true here, and is what lets the database read the index of standing answers.
    mine = (r.partnership == partnership, r.worksheet == SHEET, r.field == "round", r.respondent == KEEPER, stands)
    return select(r.row, r.seq, r.value).where(*mine)
