"""Rounds and ballots in the store: revisions like every other, of a respondent whom nobody can name.

What the file tells of who answered when, for SECURITY.md. A ballot bears its round's day and no finer time, and its
revisions stand at a place drawn by lot, so that neither numbers nor times tell in which order ballots came. That some
ballots are of one person the random name says, which only the phone knows once the round is closed. What is left:
whoever copies the file again and again while people answer sees which ballots are new in each copy; and the layout
inside SQLite's pages may tell an expert something about the order in which neighbors were written, until the file is
copied by `Store.backup`.
"""

from __future__ import annotations

import dataclasses
import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Select, func, insert, select

from ctekit.model.errors import CtekitError
from ctekit.model.questions import Json
from ctekit.ratings import Ballot, Rating, Receipt, Round, code_of
from ctekit.store.database import newest_seq
from ctekit.store.schema import r, revision, stands
from ctekit.store.text import from_text, is_row, to_text

SHEET = "ratings"
_BELOW = 2**48
"""Ballots stand this far below the revisions of worksheets at most; room for far more than there can ever be."""

_STEP = 2**20
"""A changed ballot stands so far above what it replaces at most."""

KEEPER = "facilitator"
"""The respondent who says what a round is. No answer of a person carries it, and no worksheet reads it."""


@dataclass(frozen=True)
class BallotRecord:
    """What one respondent has answered so far, and a number to base the next ballot on: 0 before the first one."""

    sector: str
    answers: Mapping[str, Json] = dataclasses.field(repr=False)
    seq: int


class Ballots:
    """Writes rounds and ballots inside a transaction; whoever holds that one is alone in writing."""

    def __init__(self, connection: Connection, partnership: str, at: str) -> None:
        self._connection, self._partnership, self._at = connection, partnership, at

    def keep_round(self, round_: Round, uid: str) -> Round:
        """Append a round, new or changed. Revealed stays revealed, and closed is opened again by `reopened` alone."""
        before = {earlier.id: earlier for earlier in rounds(self._connection, self._partnership)}
        again: str | None = self._connection.scalar(select(r.row).where(*self._of_uids([f"{uid}.round"])))
        if again in before:
            return before[again]
        if not round_.id:
            round_ = replace(round_, id=self._new_round())
        elif round_.id in before:
            round_ = _gone_on(before[round_.id], round_)
        if before.get(round_.id) != round_:
            self._append(round_.id, KEEPER, {"round": round_.to_json()}, uid, self._at, self._newest())
        return round_

    def keep(self, ballot: Ballot) -> Receipt:
        """Append what is new in a ballot. All of it, or nothing."""
        now = given(self._connection, self._partnership, ballot.round, ballot.respondent, tuple(ballot.answers))
        if self._known(ballot):
            return Receipt("kept", now.seq)
        round_ = self._round(ballot.round)
        if round_ is None or round_.state != "open":
            return Receipt("closed", now.seq)
        if ballot.based_on is not None and now.seq > ballot.based_on:
            return Receipt("newer", now.seq)
        moved = ballot.sector != now.sector
        new = {
            name: None if code is None else [ballot.sector, code]
            for name, code in ballot.answers.items()
            if code != now.answers.get(name) or (moved and code is not None)
        }
        if not new:
            return Receipt("kept", now.seq)
        at = f"{round_.held_on}T00:00:00.000Z"
        after = self._place(ballot)
        return Receipt("kept", _number(self._append(ballot.round, ballot.respondent, new, ballot.uid, at, after)))

    def _known(self, ballot: Ballot) -> bool:
        uids = [f"{ballot.uid}.{name}" for name in ballot.answers]
        return self._connection.scalar(select(r.seq).where(*self._of_uids(uids)).limit(1)) is not None

    def _of_uids(self, uids: Sequence[str]) -> tuple[Any, ...]:
        return r.partnership == self._partnership, r.uid.in_(uids)

    def _round(self, round_id: str) -> Round | None:
        standing = rounds(self._connection, self._partnership, round_id)
        return standing[0] if standing else None

    def _new_round(self) -> str:
        kept = _by_seq(self._connection, *_of_keeper(self._partnership))
        return f"round-{1 + max((int(row.row.rpartition('-')[2]) for row in kept if is_row(row.row)), default=0)}"

    def _newest(self) -> int:
        return newest_seq(self._connection, self._partnership)

    def _place(self, ballot: Ballot) -> int:
        """Behind which revision a ballot is put: by lot, but never before an earlier one of the same respondent."""
        mine = (r.partnership == self._partnership, r.worksheet == SHEET, r.row == ballot.round)
        earlier: int | None = self._connection.scalar(
            select(func.max(r.seq)).where(*mine, r.respondent == ballot.respondent, stands)
        )
        if earlier is None:
            return secrets.randbelow(_BELOW // 2) - _BELOW
        return earlier + secrets.randbelow(_STEP) if earlier < 0 else self._newest()

    def _append(self, row: str, respondent: str, values: Mapping[str, Json], uid: str, at: str, after: int) -> int:
        self._connection.execute(
            insert(revision),
            [
                {
                    "seq": seq,
                    "uid": f"{uid}.{name}",
                    "partnership": self._partnership,
                    "worksheet": SHEET,
                    "row": row,
                    "field": name,
                    "respondent": respondent,
                    "value": to_text(value),
                    "who": "",
                    "at": at,
                }
                for seq, (name, value) in enumerate(values.items(), after + 1)
            ],
        )
        return after + len(values)


def rounds(connection: Connection, partnership: str, round_id: str = "", revision: int | None = None) -> list[Round]:
    """All rounds, or one, in the order they were opened, as they stand or stood when a revision was the newest."""
    standing: dict[str, Round] = {}
    gone: dict[str, bool] = {}
    narrow = [r.seq <= revision] if revision is not None else []
    narrow += [r.row == round_id] if round_id else []
    for row in _by_seq(connection, *(query.where(*narrow) for query in _of_keeper(partnership))):
        is_late = row.conflicts_with is not None  # said on another copy, and merged
        if not is_late:
            gone[row.row] = row.value is None
        if row.value is not None and (round_ := _read_round(row.row, row.value)) is not None:
            earlier = standing.get(row.row, round_)
            standing[row.row] = _gone_on(round_, earlier) if is_late else _gone_on(earlier, round_)
    return [round_ for round_ in standing.values() if not gone.get(round_.id)]


def given(
    connection: Connection, partnership: str, round_id: str, respondent: str, fields: tuple[str, ...]
) -> BallotRecord:
    """What one respondent has answered to these questions."""
    query = (
        select(r.field, r.seq, r.value)
        .where(r.partnership == partnership, r.worksheet == SHEET, r.row == round_id)
        .where(r.field.in_(fields), r.respondent == respondent, stands)
    )
    sector, answers, newest = "", {}, 0
    for row in _by_seq(connection, query):
        answer, newest = _read(row.value), row.seq
        answers[row.field] = answer[1] if answer else None
        sector = answer[0] if answer else sector
    return BallotRecord(sector, answers, _number(newest))


def ratings(connection: Connection, partnership: str, round_ids: Sequence[str]) -> list[Rating]:
    """Every answer of these rounds as it stands; whoever asks sees to it that they are revealed."""
    query = select(r.row, r.respondent, r.field, r.value).order_by(r.seq)
    return [
        Rating(row, who, answer[0], field, answer[1])
        for round_id in round_ids
        for row, who, field, text in connection.execute(query.where(*_standing(partnership, round_id)))
        if isinstance(field, str) and (answer := _read(text))
    ]


def counts(connection: Connection, partnership: str, round_ids: Sequence[str]) -> dict[tuple[str, str, str, Json], int]:
    """How many answers stand, by (round, question, sector, code); counted by the database."""
    # Round by round: the database sorts in memory, and one round is small however many there are.
    counted: Counter[tuple[str, str, str, Json]] = Counter()
    read = lru_cache(maxsize=1024)(_read)  # few texts, each of many answers
    for round_id in round_ids:
        query = select(r.field, r.value, func.count()).where(*_standing(partnership, round_id))
        for field, text, count in connection.execute(query.group_by(r.field, r.value)):
            if isinstance(field, str) and (answer := read(text)):
                counted[round_id, field, *answer] += count
    return dict(counted)


def fingerprints(connection: Connection, partnership: str, round_ids: Sequence[str]) -> dict[str, str]:
    """Round -> some letters that change with its ballots: where one comes late, is mended, or is gone."""
    prints = {}
    for round_id in round_ids:
        # Where a ballot stands is drawn by lot, so nobody can try counts out until the letters are these.
        query = select(func.count(), func.sum(r.seq % 2**31)).where(
            r.partnership == partnership, r.worksheet == SHEET, r.row == round_id, r.respondent != KEEPER
        )
        ballots, places = connection.execute(query).one()
        prints[round_id] = sha256(f"{ballots} {places}".encode()).hexdigest()[:16]
    return prints


def answered(connection: Connection, partnership: str, round_id: str) -> int:
    """How many respondents have a ballot that stands; who took every answer back has none."""
    query = select(func.count(r.respondent.distinct())).where(*_standing(partnership, round_id))
    return connection.scalar(query) or 0


def respondents(connection: Connection, partnership: str, round_id: str) -> set[str]:
    """Who has ever handed in a ballot of a round."""
    mine = (r.partnership == partnership, r.worksheet == SHEET, r.row == round_id, r.respondent != KEEPER, stands)
    return set(connection.scalars(select(r.respondent).where(*mine).distinct()))


def _read(text: object) -> tuple[str, Json] | None:
    """Sector and code of an answer; None where it is blank or odd."""
    value = from_text(text)
    if isinstance(value, list) and len(value) == 2 and isinstance(value[0], str):
        return value[0], code_of(value[1])
    return None


def _read_round(round_id: object, text: object) -> Round | None:
    """A round; None where it is odd, or asks what this ctekit does not know."""
    try:
        round_ = Round.from_json(str(round_id), from_text(text))
        _ = round_.questions
    except (CtekitError, ValueError, TypeError, AttributeError):
        return None
    return round_ if is_row(round_id) else None


def _gone_on(before: Round, round_: Round) -> Round:
    """A round that was said in two ways. Revealed stays revealed, and closed is opened again by `reopened` alone.

    Nor does a round that was set aside count again because somebody keeps an older view of it.
    """
    newest = max(round_, before, key=_how_far)
    set_aside = round_.set_aside or before.set_aside
    return replace(round_, state=newest.state, reopened=max(round_.reopened, before.reopened), set_aside=set_aside)


def _how_far(round_: Round) -> tuple[bool, int, bool]:
    """How far a round has come: revealed, opened again so often, closed."""
    return round_.state == "revealed", round_.reopened, round_.state == "closed"


def _number(seq: int) -> int:
    """A revision of a respondent as a number above 0."""
    return seq + _BELOW if seq else 0


def _standing(partnership: str, round_id: str) -> tuple[Any, ...]:
    """What narrows revisions to the answers of a round that stand."""
    mine = (r.partnership == partnership, r.worksheet == SHEET, r.row == round_id, r.respondent != KEEPER, stands)
    newest = select(func.max(r.seq)).where(*mine).group_by(r.field, r.respondent)
    return r.partnership == partnership, r.seq.in_(newest), r.value.is_not(None)


def _by_seq(connection: Connection, *queries: Select[Any]) -> list[Any]:
    """Few rows, oldest first. Asked to sort them, SQLite would walk through all revisions in place of the index."""
    return sorted((row for query in queries for row in connection.execute(query)), key=lambda row: row.seq)


def _of_keeper(partnership: str) -> tuple[Select[Any], Select[Any]]:
    """Two queries, since each has an index of its own."""
    mine = (r.partnership == partnership, r.worksheet == SHEET, r.field == "round", r.respondent == KEEPER)
    query = select(r.row, r.seq, r.value, r.conflicts_with).where(*mine)
    return query.where(stands), query.where(r.conflicts_with.is_not(None))
