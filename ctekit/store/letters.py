"""Letters in the store: which worksheets were mailed to whom and when, and which answers of theirs were taken in.

They are revisions like every other, of a respondent whom no worksheet reads, so that a copy of the file knows them too.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select

from ctekit.model.questions import Json
from ctekit.store.access import Access
from ctekit.store.batch import Batch
from ctekit.store.database import newest_seq
from ctekit.store.edits import Edit, SaveResult
from ctekit.store.schema import r, revision, stands
from ctekit.store.text import from_text, time, to_text

MAIL = "mail"
"""The worksheet of all that is said about letters."""

_KEEPER = "post"
"""The respondent of all that is said about letters. No answer of a person carries it."""

_SENT, _TAKEN = "sent", "taken"


@dataclass(frozen=True)
class Letter:
    """One mailed file.

    Attributes
    ----------
    id : str
        Made at random; whoever has it has the file.
    organization, person : str
        The ids of whom it was sent to; the person is "" where it went to the organization.
    worksheets : tuple of str
        Their slugs.
    revision : int
        The newest revision when it was made: what it holds is what stood then.
    at : str
        When it was kept (ISO 8601, UTC); "" before.
    """

    id: str
    organization: str
    person: str
    worksheets: tuple[str, ...]
    revision: int
    at: str = ""


class LetterStore(Access):
    """The letters of a partnership."""

    def keep_letters(self, letters: Sequence[Letter]) -> None:
        """Remember letters before they are sent, and wait until they are on the disk.

        Parameters
        ----------
        letters : sequence of Letter

        Raises
        ------
        StoreError
            They could not be saved; none of them was.
        """
        letters = tuple(letters)

        def work(connection: Connection, partnership: str, at: str, _newest: int) -> None:
            for letter in letters:
                _keep(connection, partnership, at, letter)

        self._writer.submit(work).result()

    def letter(self, letter_id: str) -> Letter | None:
        """A letter by its id.

        Parameters
        ----------
        letter_id : str

        Returns
        -------
        Letter or None
            None where this partnership has sent no such letter.
        """
        with self._reading() as connection:
            # What a merge brought in was mailed from another copy: which answers it had seen is known there alone.
            query = _lines(self.partnership, f"{letter_id}.{_SENT}").where(r.said_at.is_(None))
            line = connection.execute(query).first()
            content = from_text(line.value) if line else None
            if line is None or not isinstance(content, dict):
                return None
            number = connection.scalar(
                select(r.seq).where(r.partnership == self.partnership, r.uid == content["newest"])
            )
        places = (str(content["organization"]), str(content["person"]), tuple(map(str, content["worksheets"])))
        return Letter(letter_id, *places, number, time(line.at)) if number else None

    def letters_answered(self) -> dict[str, str]:
        """When each organization last answered a letter, and "" for those that were sent one and have not answered.

        Returns
        -------
        dict
            By the id of the organization (ISO 8601, UTC).
        """
        with self._reading() as connection:
            lines = connection.execute(_lines(self.partnership, "")).all()
        organizations: dict[str, str] = {}
        answered: dict[str, str] = {}
        for line in lines:
            letter, _, what = line.field.partition(".")
            content = from_text(line.value)
            if what == _SENT and isinstance(content, dict):
                organizations[letter] = str(content.get("organization"))
            elif isinstance(content, list):
                answered[letter] = max(time(line.at), answered.get(letter, ""))
        last = dict.fromkeys(organizations.values(), "")
        for letter, at in answered.items():
            if letter in organizations:
                last[organizations[letter]] = max(at, last[organizations[letter]])
        return last

    def taken(self, letter_id: str) -> frozenset[str]:
        """What was taken in of the answers to a letter.

        Parameters
        ----------
        letter_id : str

        Returns
        -------
        frozenset of str
            The ids that the mailed page gave its entries.
        """
        with self._reading() as connection:
            lines = connection.execute(_lines(self.partnership, f"{letter_id}.{_TAKEN}.")).all()
        contents = [from_text(line.value) for line in lines]
        return frozenset(str(entry) for entries in contents if isinstance(entries, list) for entry in entries)

    def take(self, letter_id: str, edits: Sequence[Edit], entries: Sequence[str]) -> list[SaveResult]:
        """Save what was answered to a letter, and remember what was taken in: both, or nothing.

        Parameters
        ----------
        letter_id : str
        edits : sequence of Edit
        entries : sequence of str
            The ids of the entries that need not be taken in once more.

        Returns
        -------
        list of SaveResult
            One an edit.

        Raises
        ------
        StoreError
            It could not be saved; nothing of it was.
        """
        edits, entries = tuple(edits), list(entries)
        field = f"{_TAKEN}.{uuid.uuid4().hex}"

        def work(connection: Connection, partnership: str, at: str, newest: int) -> list[SaveResult]:
            results = Batch(connection, partnership, at, newest).write(edits)
            _append(connection, partnership, at, letter_id, field, entries)
            return results

        return self._writer.submit(work).result()


def _keep(connection: Connection, partnership: str, at: str, letter: Letter) -> None:
    newest = connection.scalar(select(r.uid).where(r.partnership == partnership, r.seq == letter.revision))
    content = {"organization": letter.organization, "person": letter.person, "worksheets": list(letter.worksheets)}
    _append(connection, partnership, at, letter.id, _SENT, {**content, "newest": newest})


def _append(connection: Connection, partnership: str, at: str, letter: str, field: str, value: Json) -> None:
    name = f"{letter}.{field}"
    if connection.scalar(select(r.seq).where(r.partnership == partnership, r.uid == name)) is not None:
        return  # sent again, since the connection was lost before it was known to be there
    place = {"partnership": partnership, "worksheet": MAIL, "row": "", "field": name, "respondent": _KEEPER}
    line = {"seq": newest_seq(connection, partnership) + 1, "uid": name, "value": to_text(value), "who": "", "at": at}
    connection.execute(insert(revision), [place | line])


def _lines(partnership: str, begin: str) -> Any:
    mine = (r.partnership == partnership, r.worksheet == MAIL, r.row == "", r.respondent == _KEEPER, stands)
    return select(r.field, r.value, r.at).where(*mine, r.field.startswith(begin, autoescape=True))
