"""What the room's pages have in common: the form that was sent, the way on, and who is sent back."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ctekit.room import pages
from ctekit.room.activity import Activity
from ctekit.room.now import screen_of
from ctekit.room.security import TokenBucket
from ctekit.room.state import Room, room_of


def form(request: Request) -> list[tuple[str, str]]:
    """The fields of the form that the guard has read."""
    fields: list[tuple[str, str]] = request.scope["state"]["form"]
    return fields


def go(request: Request, path: str) -> Response:
    """On to another page of the room, in the same language."""
    root, mark = room_of(request).place.root, "&" if "?" in path else "?"
    return RedirectResponse(f"{root}{path}{mark}lang={pages.language(request)}", 303)


def hand_pass(answer: Response, room: Room, phone: str) -> Response:
    """Put a pass on the phone."""
    room.passes.give(answer, phone, room.place.root)
    return answer


def wait(request: Request, room: Room, status: int = 200) -> Response:
    """Nothing can be answered now: the page that waits for what comes next."""
    activity = room.activity
    if room.waits(request):
        what = screen = "hold"
    elif activity is None:
        what = screen = room.screen()
    elif (round_ := activity.round).state == "open":  # not what was asked for: the phone goes on to it by itself
        what = screen = "wait"
    else:
        what, screen = round_.state if activity.slips is None else "slip_closed", screen_of(round_)
    return pages.page(request, "wait", status, screen=screen, what=what)


def full(request: Request) -> Response:
    """So many have answered as there are people here; the facilitator can raise the number."""
    return pages.message(request, "full", 403)


def stopped(request: Request, phone: str, buckets: TokenBucket) -> Response | None:
    """What anybody is told who sends without having joined, or very fast; None when it may go on."""
    if not phone:
        return pages.message(request, "lost", 403)
    if not buckets.take(phone):
        answer = pages.message(request, "fast", 429)
        answer.headers["retry-after"] = "3"
        return answer
    return None


def activity_of(room: Room, phone: str, token: str) -> Activity | None:
    """What a form was made for: what is open, or what phones were just called away from; None for anything else."""
    for activity in (room.activity, *room.late.activities):
        if activity and room.passes.is_form(room.passes.respondent(phone, activity.round.id), token):
            return activity
    return None


def activity_for(room: Room, phone: str) -> Activity | None:
    """What a phone is to show: what is open, or what it was just called away from where something is not sent there.

    The page says anew that something stands on it; a browser that keeps nothing shows it once, and goes on.
    """
    for activity in room.late.activities:
        respondent = room.passes.respondent(phone, activity.round.id)
        if respondent in activity.unsent:
            activity.unsent.discard(respondent)
            return activity
    return room.activity


def of_another_round(request: Request, room: Room, phone: str, token: str) -> Response:
    """A form that was not made here, or for a round that is over: the facilitator has gone on meanwhile."""
    now = room.activity.round.id if room.activity else ""
    earlier = (room.passes.respondent(phone, round_id) for round_id in room.round_ids if round_id != now)
    if any(room.passes.is_form(respondent, token) for respondent in earlier):
        return pages.message(request, "gone_on", 410, forget=True)
    return pages.message(request, "refused", 403)
