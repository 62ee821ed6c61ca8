"""What the room's pages have in common: the form that was sent, the way on, and who is sent back."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ctekit.room import pages
from ctekit.room.security import TokenBucket
from ctekit.room.state import Room


def form(request: Request) -> list[tuple[str, str]]:
    """The fields of the form that the guard has read."""
    fields: list[tuple[str, str]] = request.scope["state"]["form"]
    return fields


def go(request: Request, path: str) -> Response:
    """On to another page of the room, in the same language."""
    return RedirectResponse(f"{path}{'&' if '?' in path else '?'}lang={pages.language(request)}", 303)


def hand_pass(answer: Response, room: Room, respondent: str) -> Response:
    """Put the pass of a respondent on the phone."""
    room.passes.give(answer, respondent)
    return answer


def closed(request: Request, room: Room, status: int = 410) -> Response:
    """The round is over; its pass goes with it, so that a phone does not collect them."""
    answer = pages.message(
        request, "slip_closed" if room.slips is not None else "closed", status, back=False, forget=True
    )
    room.passes.take_off(answer)
    return answer


def full(request: Request) -> Response:
    """Everybody who is here has joined; the facilitator can raise the number."""
    return pages.message(request, "full", 403)


def stopped(request: Request, respondent: str, buckets: TokenBucket) -> Response | None:
    """What anybody is told who sends without having joined, or very fast; None when it may go on."""
    if not respondent:
        return pages.message(request, "lost", 403)
    if not buckets.take(respondent):
        answer = pages.message(request, "fast", 429)
        answer.headers["retry-after"] = "3"
        return answer
    return None
