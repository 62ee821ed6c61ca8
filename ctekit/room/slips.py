"""The give-and-get slip on a phone: written, read back to the partner, and only then kept as a row of element 4."""

from __future__ import annotations

import asyncio
import datetime
import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ctekit.model import questions
from ctekit.model.questions import InvalidAnswerError
from ctekit.model.text import one_line
from ctekit.ratings import SLIP, Round
from ctekit.room.translations import day_in_words
from ctekit.rounds import slips_kept
from ctekit.store import Edit, Store
from ctekit.worksheets.value import Exchange

LONGEST = {"gives": 160, "how_much": 60, "by": 20, "gets": 200, "in_own_words": 400}
"""Characters of each answer. Together they fit into a body of 8 KB in any script."""
NOT_LISTED = "-"
EACH, IN_ALL = 12, 600
"""So many slips of one phone and of one room: nobody fills the worksheet for fun."""
WHO = "a phone in the room"
"""Who the history says it was. Which phone, nobody keeps."""


@dataclass(frozen=True)
class Slip:
    """What one partner wrote: the slip's own number, made with its empty page, and the answers by field."""

    number: str
    organization: str
    answers: Mapping[str, str]

    def __str__(self) -> str:
        return json.dumps([self.number, self.organization, self.answers], sort_keys=True)

    def shown(self, lang: str) -> dict[str, str]:
        """The answers as they are read back: the day that is kept, as people say it."""
        day = questions.read(Exchange.questions()["by"], self.answers["by"])
        return {**self.answers, "by": day_in_words(datetime.date.fromisoformat(str(day)), lang) if day else ""}

    def hidden(self) -> dict[str, str]:
        """What a form carries so that the same slip comes back."""
        return {"number": self.number, "organization": self.organization, **self.answers}


class Slips:
    """The slips of one round. They are kept in the worksheet alone; here is only what showing a page needs.

    Attributes
    ----------
    names : mapping
        Organization's id -> name, in the order of the profile. Nothing else of the partnership is held here.
    """

    def __init__(self, store: Store, round_: Round) -> None:
        self._store, self._uid = store, f"{SLIP}-{round_.id}-"
        self._by_phone: Counter[str] = Counter()
        self._seen = -1
        self.names: dict[str, str] = {}
        self._kept = slips_kept(store, round_.id)
        self.look()

    def __len__(self) -> int:
        return len(self._kept)

    def look(self) -> None:
        """See which organizations there are, if anything was saved since."""
        newest = self._store.latest()
        if newest == self._seen:
            return
        rows = self._store.load().rows("profile.organizations")
        self.names, self._seen = {row.id: row.name for row in rows if row.name}, newest

    def receipt(self, respondent: str, slip: Slip) -> str:
        """How this slip of this phone is called; the same when it is sent again."""
        return hashlib.sha256(f"{respondent}:{slip}".encode()).hexdigest()[:32]

    def has(self, receipt: str) -> bool:
        """Whether this slip is on the disk."""
        return f"{self._uid}{receipt}" in self._kept

    def full(self, respondent: str) -> bool:
        """Whether this phone, or all of them, have written more than anybody would."""
        return self._by_phone[respondent] >= EACH or len(self._kept) >= IN_ALL

    async def keep(self, respondent: str, slip: Slip) -> str:
        """Put the slip into the worksheet and wait until it is on the disk; gives its receipt.

        Raises
        ------
        ctekit.store.StoreError
            It could not be saved.
        """
        receipt = self.receipt(respondent, slip)
        uid = f"{self._uid}{receipt}"
        unlisted = slip.organization == NOT_LISTED
        note = f"from a phone, {datetime.date.today().isoformat()}"
        values = {
            "organization": None if unlisted else slip.organization,
            **{name: questions.read(Exchange.questions()[name], answer) for name, answer in slip.answers.items()},
            "note": f"{note}; its organization was not in the list" if unlisted else note,
        }
        edits = [
            Edit("value", name, value, row="x-*", who=WHO, uid=f"{uid}.{name}")
            for name, value in values.items()
            if value is not None
        ]
        await asyncio.wrap_future(self._store.submit(edits))
        if uid not in self._kept:
            self._kept.add(uid)
            self._by_phone[respondent] += 1
        return receipt


def read(form: Sequence[tuple[str, str]], names: Mapping[str, str], also: Sequence[str] = ()) -> Slip | None:
    """The slip of a form; None when our own page could not have sent it."""
    sent = dict(form)
    allowed = {"form", "number", "organization", *LONGEST, *also}
    if len(sent) != len(form) or not sent.keys() <= allowed:
        return None
    organization, number = sent.get("organization", ""), sent.get("number", "")
    if organization not in ("", NOT_LISTED, *names) or not re.fullmatch("[0-9a-f]{16}", number):
        return None
    return Slip(number, organization, {name: one_line(sent.get(name, "")) for name in LONGEST})


def troubles(slip: Slip, say: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What a person has to mend: the place on the page, and a sentence."""
    wrong = []
    if not slip.organization:
        wrong.append(("organization", say["slip_no_organization"]))
    if slip.organization == NOT_LISTED and not slip.answers["in_own_words"]:
        wrong.append(("in_own_words", say["slip_no_name"]))
    if not slip.answers["gives"] and not slip.answers["gets"]:
        wrong.append(("gives", say["slip_nothing"]))
    for name, answer in slip.answers.items():
        if len(answer) > LONGEST[name]:
            wrong.append((name, say["slip_long"].format(what=say[f"slip_{name}"], most=LONGEST[name])))
    try:
        questions.read(Exchange.questions()["by"], slip.answers["by"])
    except InvalidAnswerError:
        wrong.append(("by", say["slip_no_day"].format(given=slip.answers["by"][:30])))
    return wrong
