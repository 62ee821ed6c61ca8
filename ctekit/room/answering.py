"""The pages on which a person answers a round: the questions, the ballot as it was sent, and the thanks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ctekit.model.questions import Json
from ctekit.ratings import DONT_KNOW, SECTORS, Ballot, dots
from ctekit.room import pages, replies
from ctekit.room.middleware import same
from ctekit.room.state import Room
from ctekit.room.translations import words
from ctekit.store import StoreError
from ctekit.store.ballots import BallotRecord


def routes(room: Room) -> list[Route]:
    """The addresses of ballots."""

    async def answers(request: Request) -> Response:
        respondent = room.who(request)
        if stopped := replies.stopped(request, respondent, room.buckets):
            return stopped
        form = replies.form(request)
        ballot, token = _read(room, form), room.passes.form(respondent)
        if ballot is None or not same(dict(form).get("form", ""), token):
            return pages.message(request, "refused", 403)
        based_on, sector, given = ballot
        standing = await room.given(respondent)
        if troubles := _troubles(request, room, sector, given, standing):
            return pages.questions(request, room.round, standing, token, troubles, shown=(sector, given))
        if not await room.may_answer(respondent, standing):
            return replies.full(request)
        # The same form sent again has the same name, and is known: it counts once.
        name = json.dumps([room.round.id, respondent, based_on, sector, given], sort_keys=True)
        uid = hashlib.sha256(name.encode()).hexdigest()[:32]
        try:
            outcome = await room.keep(Ballot(room.round.id, respondent, sector, given, based_on, uid))
        except StoreError:
            return pages.message(request, "unsaved", 503)
        if outcome == "closed":
            return replies.closed(request, room)
        return replies.go(request, "/room/newer" if outcome == "newer" else "/room/thanks")

    async def thanks(request: Request) -> Response:
        respondent = room.who(request)
        ballot_record = await room.given(respondent) if respondent else None
        if ballot_record is None or not ballot_record.seq:
            return replies.go(request, "/room/")
        return pages.thanks(request, room.round, ballot_record, room.passes.form(respondent))

    async def somebody_else(request: Request) -> Response:
        """The phone is handed on: a new pass in place of the one whose answers are sent."""
        respondent = room.who(request)
        if stopped := replies.stopped(request, respondent, room.buckets):
            return stopped
        if not same(dict(replies.form(request)).get("form", ""), room.passes.form(respondent)):
            return pages.message(request, "refused", 403)
        if not room.is_open:
            return replies.closed(request, room)
        ballot_record = await room.given(respondent)
        if not ballot_record.seq:  # nothing was sent: the ballot on the screen is blank anyway
            return replies.go(request, "/room/")
        successor = await room.admit()
        return replies.hand_pass(replies.go(request, "/room/"), room, successor) if successor else replies.full(request)

    async def newer(request: Request) -> Response:
        return pages.message(request, "newer", 409)

    return [
        Route("/room/answers", answers, methods=["POST"]),
        Route("/room/thanks", thanks),
        Route("/room/else", somebody_else, methods=["POST"]),
        Route("/room/newer", newer),
    ]


def _read(room: Room, form: Sequence[tuple[str, str]]) -> tuple[int, str, dict[str, Json]] | None:
    """Revision, sector and answers of a form; None when our own page could not have sent it."""
    sent: dict[str, str] = {}
    allowed = {"form", "based_on", *room.fields, *(("sector",) if pages.asks_sector(room.round) else ())}
    for name, value in form:
        if name not in allowed or name in sent:
            return None
        sent[name] = value
    based_on = sent.get("based_on", "")
    sector = sent.get("sector", "")
    if not (based_on.isascii() and based_on.isdigit() and len(based_on) < 16) or sector not in ("", *SECTORS):
        return None
    answers: dict[str, Any] = {}
    for question in room.round.questions:
        codes: dict[str, Json] = {str(choice.code): choice.code for choice in question.choices}
        codes |= {DONT_KNOW: DONT_KNOW} if question.dont_know else {}
        value = sent.get(question.field, "")
        if value and value not in codes:
            return None
        answers[question.field] = codes.get(value)
    return int(based_on), sector, answers


def _troubles(
    request: Request, room: Room, sector: str, given: dict[str, Json], standing: BallotRecord
) -> list[tuple[str, str]]:
    """What a person has to mend: the place on the page, and a sentence."""
    say = words()[pages.language(request)]
    ticked = sum(code is not None for code in given.values())
    troubles = []
    if pages.asks_sector(room.round) and not sector:
        troubles.append(("sector", say["no_sector"]))
    if not ticked and not standing.seq:  # who has sent answers may take all of them back
        troubles.append(("answers", say["answer_one"]))
    most = dots(room.round.options)
    if room.round.about == "dots" and ticked > most:
        sentence = say["too_many_dots"] if most > 1 else say["too_many_dots_one"]
        troubles.append(("answers", sentence.format(given=ticked, dots=most)))
    return troubles
