"""The pages on which a person answers a round: the questions, the ballot as it was sent, and the thanks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ctekit.model.questions import InvalidAnswerError
from ctekit.ratings import Ballot, dots
from ctekit.room import pages, replies
from ctekit.room.state import Room, room_of
from ctekit.room.translations import words
from ctekit.rounds import ballot_form
from ctekit.rounds.ballot_form import BallotForm
from ctekit.store import StoreError
from ctekit.store.ballots import BallotRecord


async def answers(request: Request) -> Response:
    """Take a ballot: judge it, keep it, and thank for it only once it is on the disk."""
    room = room_of(request)
    respondent = room.who(request)
    if stopped := replies.stopped(request, respondent, room.buckets):
        return stopped
    fields = replies.form(request)
    ballot = _read(room, fields)
    if ballot is None or not room.passes.is_form(respondent, dict(fields).get("form", "")):
        return pages.message(request, "refused", 403)
    based_on, form = ballot
    standing = await room.given(respondent)
    if troubles := _troubles(request, room, form, standing):
        token, shown = room.passes.form(respondent), (form.sector, form.answers)
        return pages.questions(request, room.round, standing, token, troubles, shown=shown)
    if not await room.may_answer(respondent, standing):
        return replies.full(request)
    # The same form sent again has the same name, and is known: it counts once.
    name = json.dumps([room.round.id, respondent, based_on, form.sector, form.answers], sort_keys=True)
    uid = hashlib.sha256(name.encode()).hexdigest()[:32]
    try:
        outcome = await room.keep(Ballot(room.round.id, respondent, form.sector, form.answers, based_on, uid))
    except StoreError:
        return pages.message(request, "unsaved", 503)
    if outcome == "closed":
        return replies.closed(request, room)
    return replies.go(request, "/room/newer" if outcome == "newer" else "/room/thanks")


async def thanks(request: Request) -> Response:
    """What a phone has sent, read back."""
    room = room_of(request)
    respondent = room.who(request)
    ballot_record = await room.given(respondent) if respondent else None
    if ballot_record is None or not ballot_record.seq:
        return replies.go(request, "/room/")
    return pages.thanks(request, room.round, ballot_record, room.passes.form(respondent))


async def somebody_else(request: Request) -> Response:
    """The phone is handed on: a new pass in place of the one whose answers are sent."""
    room = room_of(request)
    respondent = room.who(request)
    if stopped := replies.stopped(request, respondent, room.buckets):
        return stopped
    if not room.passes.is_form(respondent, dict(replies.form(request)).get("form", "")):
        return pages.message(request, "refused", 403)
    if not room.is_open:
        return replies.closed(request, room)
    ballot_record = await room.given(respondent)
    if not ballot_record.seq:  # nothing was sent: the ballot on the screen is blank anyway
        return replies.go(request, "/room/")
    successor = await room.admit()
    return replies.hand_pass(replies.go(request, "/room/"), room, successor) if successor else replies.full(request)


async def newer(request: Request) -> Response:
    """Said where another window of this phone has sent newer answers."""
    return pages.message(request, "newer", 409)


ROUTES = [
    Route("/room/answers", answers, methods=["POST"]),
    Route("/room/thanks", thanks),
    Route("/room/else", somebody_else, methods=["POST"]),
    Route("/room/newer", newer),
]


def _read(room: Room, fields: Sequence[tuple[str, str]]) -> tuple[int, BallotForm] | None:
    """Revision and ballot of a form; None when our own page could not have sent it."""
    sent = dict(fields)
    if len(sent) != len(fields) or not sent.keys() <= {"form", "based_on"} | ballot_form.field_names(room.round):
        return None
    based_on = sent.get("based_on", "")
    if not (based_on.isascii() and based_on.isdigit() and len(based_on) < 16):
        return None
    try:
        return int(based_on), ballot_form.read(room.round, sent)
    except InvalidAnswerError:
        return None


def _troubles(request: Request, room: Room, form: BallotForm, standing: BallotRecord) -> list[tuple[str, str]]:
    """What a person has to mend: the place on the page, and a sentence."""
    say, most = words()[pages.language(request)], dots(room.round.options)
    troubles = []
    for problem in ballot_form.problems(room.round, form, may_be_blank=bool(standing.seq)):
        place = "sector" if problem == "no_sector" else "answers"
        sentence = say[f"{problem}_one" if problem == "too_many_dots" and most == 1 else problem]
        troubles.append((place, sentence.format(given=form.answered, dots=most)))
    return troubles
