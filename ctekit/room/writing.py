"""The pages on which a partner writes a slip: written, read back, kept."""

from __future__ import annotations

import asyncio

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ctekit import rounds
from ctekit.room import pages, replies, slips
from ctekit.room.middleware import same
from ctekit.room.state import Room
from ctekit.room.translations import words
from ctekit.store import StoreError


def routes(room: Room) -> list[Route]:
    """The addresses of slips."""

    async def read_back(request: Request) -> Response:
        return await _slip(request, keep=False)

    async def keep_slip(request: Request) -> Response:
        return await _slip(request, keep=True)

    async def _slip(request: Request, *, keep: bool) -> Response:
        respondent = room.who(request)
        if stopped := replies.stopped(request, respondent, room.buckets if keep else room.glances):
            return stopped
        if room.slips is None:
            raise HTTPException(404)
        token, form = room.passes.form(respondent), replies.form(request)
        sent = dict(form)
        written = slips.read(form, room.slips.names, also=["seen"] if keep else ["change"])
        if written is None or not same(sent.get("form", ""), token):
            return pages.message(request, "refused", 403)
        if "change" in sent or slips.troubles(written, words()[pages.language(request)]):
            return pages.slip(request, room.round, room.slips.names, token, written, mend="change" not in sent)
        # Nothing is kept that its writer has not had read back, word for word.
        seen = room.passes.read_back(respondent, str(written))
        if not keep:
            return pages.page(request, "slip_check", slip=written, names=room.slips.names, token=token, seen=seen)
        if not same(sent.get("seen", ""), seen):
            return pages.message(request, "refused", 403)
        receipt = room.slips.receipt(respondent, written)
        try:
            if not room.slips.has(receipt):
                room.round = await asyncio.to_thread(rounds.find, room.store, room.round.id)
                if not room.is_open:
                    return replies.closed(request, room)
                if room.slips.full(respondent):
                    return pages.message(request, "slip_full", 429, back=False)
                await room.slips.keep(respondent, written)
        except StoreError:
            return pages.message(request, "slip_unsaved", 503)
        return replies.go(request, f"/room/slip/{receipt}")

    async def thanks(request: Request) -> Response:
        if room.slips is None or not room.slips.has(request.path_params["receipt"]):
            return replies.go(request, "/room/")
        return pages.page(request, "slip_thanks")

    return [
        Route("/room/slip", read_back, methods=["POST"]),
        Route("/room/slip/keep", keep_slip, methods=["POST"]),
        Route("/room/slip/{receipt}", thanks),
    ]
