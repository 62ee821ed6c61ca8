"""The pages on which a person answers a round: the questions, the ballot as it was sent, and the thanks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ctekit.model.questions import InvalidAnswerError
from ctekit.ratings import Ballot, Round
from ctekit.ratings.questions import LONGEST_IDEA
from ctekit.room import pages, replies
from ctekit.room.state import room_of
from ctekit.room.translations import words
from ctekit.rounds import ballot_form
from ctekit.rounds.ballot_form import BallotForm
from ctekit.store import StoreError
from ctekit.store.ballots import BallotRecord


async def answers(request: Request) -> Response:
    """Take a ballot: judge it, keep it, and thank for it only once it is on the disk."""
    room = room_of(request)
    phone = room.who(request)
    if stopped := replies.stopped(request, phone, room.buckets):
        return stopped
    fields = replies.form(request)
    token = dict(fields).get("form", "")
    activity = replies.activity_of(room, phone, token)
    ballot = _read(activity.round, fields) if activity else None
    if activity is None or ballot is None:
        return replies.of_another_round(request, room, phone, token)
    respondent = room.passes.respondent(phone, activity.round.id)
    based_on, form = ballot
    standing = await activity.given(respondent)
    if troubles := _troubles(request, activity.round, form, standing):
        shown = (form.sector, form.answers)
        return pages.questions(request, activity.round, standing, token, troubles, shown=shown)
    if not standing.seq and not await room.may_answer(activity, respondent):
        return replies.full(request)
    # The same form sent again has the same name, and is known: it counts once.
    name = json.dumps([activity.round.id, respondent, based_on, form.sector, form.answers], sort_keys=True)
    uid = hashlib.sha256(name.encode()).hexdigest()[:32]
    try:
        outcome = await activity.keep(Ballot(activity.round.id, respondent, form.sector, form.answers, based_on, uid))
    except StoreError:
        return pages.message(request, "unsaved", 503)
    if outcome == "closed":
        await room.refresh()
        return replies.wait(request, room, 410)
    if outcome == "newer":
        return replies.go(request, "/room/newer")
    return replies.go(request, "/room/thanks" if activity is room.activity else "/room/late")


async def begun(request: Request) -> Response:
    """A phone says that something stands in its form and is not sent yet, or (``done``) will not be; never what."""
    room = room_of(request)
    phone = room.who(request)
    if stopped := replies.stopped(request, phone, room.glances):
        return stopped
    sent = dict(replies.form(request))
    activity = replies.activity_of(room, phone, sent.get("form", ""))
    if activity is not None and activity.is_open:
        respondent = room.passes.respondent(phone, activity.round.id)
        if "done" in sent:
            activity.unsent.discard(respondent)
        else:
            activity.begin(respondent, sent.get("based_on", "0"))
        room.changed()
    return Response(status_code=204)


async def thanks(request: Request) -> Response:
    """What a phone has sent, read back."""
    room = room_of(request)
    phone, activity = room.who(request), room.activity
    # Read once: while the file is asked, the room may go on, and the page has to know for what it was made.
    if not phone or activity is None or (round_ := activity.round).state != "open":
        return replies.go(request, "/room/")
    respondent = room.passes.respondent(phone, round_.id)
    ballot_record = await activity.given(respondent)
    if not ballot_record.seq:
        return replies.go(request, "/room/")
    return pages.thanks(request, round_, ballot_record, room.passes.form(respondent))


async def somebody_else(request: Request) -> Response:
    """The phone is handed on: a new pass in place of the one whose answers are sent."""
    room = room_of(request)
    phone, activity = room.who(request), room.activity
    if stopped := replies.stopped(request, phone, room.buckets):
        return stopped
    if activity is None or not activity.is_open:
        return replies.wait(request, room, 410)
    respondent = room.passes.respondent(phone, activity.round.id)
    token = dict(replies.form(request)).get("form", "")
    if not room.passes.is_form(respondent, token):
        return replies.of_another_round(request, room, phone, token)
    ballot_record = await activity.given(respondent)
    if not ballot_record.seq:  # nothing was sent: the ballot on the screen is blank anyway
        return replies.go(request, "/room/")
    activity.unsent.discard(respondent)
    successor = await room.admit()
    return replies.hand_pass(replies.go(request, "/room/"), room, successor) if successor else replies.full(request)


async def newer(request: Request) -> Response:
    """Said where another window of this phone has sent newer answers."""
    return pages.message(request, "newer", 409)


async def late(request: Request) -> Response:
    """Said of answers that were sent after the room had gone on."""
    return pages.message(request, "late", 200)


ROUTES = [
    Route("/room/answers", answers, methods=["POST"]),
    Route("/room/begun", begun, methods=["POST"]),
    Route("/room/thanks", thanks),
    Route("/room/else", somebody_else, methods=["POST"]),
    Route("/room/newer", newer),
    Route("/room/late", late),
]


def _read(round_: Round, fields: Sequence[tuple[str, str]]) -> tuple[int, BallotForm] | None:
    """Revision and ballot of a form; None when our own page could not have sent it."""
    sent = dict(fields)
    if len(sent) != len(fields) or not sent.keys() <= {"form", "based_on"} | ballot_form.field_names(round_):
        return None
    based_on = sent.get("based_on", "")
    if not (based_on.isascii() and based_on.isdigit() and len(based_on) < 16):
        return None
    try:
        return int(based_on), ballot_form.read(round_, sent)
    except InvalidAnswerError:
        return None


def _troubles(request: Request, round_: Round, form: BallotForm, standing: BallotRecord) -> list[tuple[str, str]]:
    """What a person has to mend: the place on the page, and a sentence."""
    say, most = words()[pages.language(request)], round_.dots_each
    troubles = []
    for problem in ballot_form.problems(round_, form, may_be_blank=bool(standing.seq)):
        place = "sector" if problem == "no_sector" else "answers"
        sentence = say[f"{problem}_one" if problem == "too_many_dots" and most == 1 else problem]
        troubles.append((place, sentence.format(given=form.answered, dots=most, most=LONGEST_IDEA)))
    return troubles
