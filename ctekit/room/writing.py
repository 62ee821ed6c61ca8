"""The pages on which a partner writes a slip: written, read back, kept."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ctekit.room import pages, replies, slips
from ctekit.room.activity import Activity
from ctekit.room.now import screen_of
from ctekit.room.security import constant_time_equal
from ctekit.room.slips import Slip
from ctekit.room.state import Room, room_of
from ctekit.room.translations import words
from ctekit.store import StoreError


async def read_back(request: Request) -> Response:
    """Show a slip to whoever wrote it; nothing is kept yet."""
    return await _slip(request, keep=False)


async def keep_slip(request: Request) -> Response:
    """Keep a slip that was read back."""
    return await _slip(request, keep=True)


async def thanks(request: Request) -> Response:
    """Said of a slip that is on the disk."""
    room = room_of(request)
    slips = room.activity.slips if room.activity else None
    if slips is None or not slips.has(request.path_params["receipt"]):
        return replies.go(request, "/room/")
    return pages.page(request, "slip_thanks")


ROUTES = [
    Route("/room/slip", read_back, methods=["POST"]),
    Route("/room/slip/keep", keep_slip, methods=["POST"]),
    Route("/room/slip/{receipt}", thanks),
]


async def _slip(request: Request, *, keep: bool) -> Response:
    room = room_of(request)
    phone, form = room.who(request), replies.form(request)
    if stopped := replies.stopped(request, phone, room.buckets if keep else room.glances):
        return stopped
    sent = dict(form)
    token = sent.get("form", "")
    activity = replies.activity_of(room, phone, token)
    if keep and activity is None:
        activity = await asyncio.to_thread(_open_behind, room, phone, token)
    if activity is None or activity.slips is None:
        return replies.of_another_round(request, room, phone, token)
    names = activity.slips.names
    written = slips.read(form, names, also=["seen"] if keep else ["change"])
    if written is None:
        return replies.of_another_round(request, room, phone, token)
    respondent = room.passes.respondent(phone, activity.round.id)
    if "change" in sent or slips.troubles(written, words()[pages.language(request)]):
        return pages.slip(request, activity.round, names, token, written, mend="change" not in sent)
    # Nothing is kept that its writer has not had read back, word for word.
    proof = room.passes.read_back(respondent, str(written))
    if not keep:
        screen = screen_of(activity.round)
        return pages.page(request, "slip_check", screen=screen, slip=written, names=names, token=token, seen=proof)
    if not constant_time_equal(sent.get("seen", ""), proof):
        return pages.message(request, "refused", 403)
    return await _keep(request, room, activity, respondent, written)


def _open_behind(room: Room, phone: str, token: str) -> Activity | None:
    """What a form was made for, however long ago the room went on: what was read back is kept until that is closed."""
    for round_ in room.store.rounds():
        is_form = room.passes.is_form(room.passes.respondent(phone, round_.id), token)
        if is_form and round_.state == "open":
            return Activity(room.store, round_)
    return None


async def _keep(request: Request, room: Room, activity: Activity, respondent: str, written: Slip) -> Response:
    kept = activity.slips
    assert kept is not None
    receipt = kept.receipt(respondent, written)
    try:
        if not kept.has(receipt):
            await room.refresh()
            if not activity.is_open:
                return replies.wait(request, room, 410)
            if kept.full(respondent):
                return pages.message(request, "slip_full", 429, back=False)
            await kept.keep(respondent, written)
            activity.unsent.discard(respondent)
    except StoreError:
        return pages.message(request, "slip_unsaved", 503)
    return replies.go(request, f"/room/slip/{receipt}" if activity is room.activity else "/room/late")
