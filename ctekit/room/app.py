"""The room: a few pages for phones, and the numbers for whoever presents. It can do nothing else."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from functools import partial
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from ctekit import ratings
from ctekit.asks import Json
from ctekit.errors import ForPeople
from ctekit.ratings import DONT_KNOW, SECTORS, SLIP, Ballot, dots, new_respondent
from ctekit.room import pages, slips
from ctekit.room.gate import Buckets, Gate, Guesses, Passes, same
from ctekit.room.slips import Slips
from ctekit.room.spoken import words
from ctekit.store import Store, StoreError
from ctekit.store.ballots import Given
from ctekit.store.doors import Door

COOKIE = "ctekit_room"
HOURS = 8
"""A pass outlives a phone's browser being closed, and a day's meeting, but not the next one."""
NOTHING = Given("", {}, 0)
LOOK_EVERY = 0.4
"""Seconds until a round that was closed in the notebook is closed on the phones. The store itself is never late."""


class Room:
    """What is known while one round is open.

    Answers are in the store before anybody is thanked. What is held here besides is who has joined, and what each has
    answered, so that showing a page never waits for the disk.
    """

    def __init__(self, store: Store, round_id: str, door: Door, token: str) -> None:
        self.store, self.door, self.token = store, door, token
        self.round = ratings.find(store, round_id)
        self.passes, self.guesses, self.buckets = Passes(door.secret, round_id), Guesses(), Buckets()
        self.glances = Buckets(burst=24, per_second=2)  # reading a slip back keeps nothing, and may be done often
        self.joined: set[str] = set()
        self.given: dict[str, Given] = _standing(store, self.round)
        self.fields = [one.field for one in self.round.questions]
        self.slips = Slips(store, self.round) if self.round.about == SLIP else None

    @property
    def is_open(self) -> bool:
        """Whether answers are taken."""
        return self.round.state == "open"

    async def look(self) -> None:
        """See again and again whether the round was closed elsewhere."""
        while True:
            await asyncio.sleep(LOOK_EVERY)
            with contextlib.suppress(StoreError):  # a busy disk: the next look will do
                self.round = await asyncio.to_thread(ratings.find, self.store, self.round.id)
                if self.slips is not None:
                    await asyncio.to_thread(self.slips.look)

    def who(self, request: Request) -> str:
        """The respondent of this phone; "" when it has not joined."""
        respondent = self.passes.open(request.cookies.get(COOKIE, ""))
        if respondent:
            self.joined.add(respondent)
        return respondent

    async def keep(self, ballot: Ballot) -> str:
        """Hand a ballot to the store and wait until it is on the disk."""
        (receipt,) = await asyncio.wrap_future(self.store.rate_later([ballot]))
        before = self.given.get(ballot.respondent, NOTHING)
        if receipt.outcome == "kept" and receipt.seq > before.seq:
            self.given[ballot.respondent] = Given(ballot.sector, dict(ballot.answers), receipt.seq)
        return receipt.outcome


def _standing(store: Store, held: ratings.Round) -> dict[str, Given]:
    """What everybody has answered before this process began."""
    by_person: defaultdict[str, dict[str, Json]] = defaultdict(dict)
    sectors, newest = {}, store.latest()
    for one in store.ratings(held.id):
        by_person[one.respondent][one.field] = one.code
        sectors[one.respondent] = one.sector
    return {who: Given(sectors[who], answers, newest) for who, answers in by_person.items()}


def application(room: Room, hosts: Collection[str]) -> Starlette:
    """The pages and the presenter's numbers, behind the gate.

    Parameters
    ----------
    room : Room
    hosts : collection of str
        The names, with port, under which it may be called.
    """

    async def front(request: Request) -> Response:
        return RedirectResponse("/room/", 303)

    async def enter(request: Request) -> Response:
        respondent = room.who(request)
        if not room.is_open:
            return _closed(request, room, 200 if respondent else 410)
        if not respondent:
            return _code_page(request, room)
        if room.slips is not None:
            return pages.slip(request, room.round, room.slips.names, room.passes.form(respondent))
        return pages.questions(request, room.round, room.given.get(respondent, NOTHING), room.passes.form(respondent))

    async def by_key(request: Request) -> Response:
        if not same(request.path_params["key"], room.door.key):
            return pages.message(request, "wrong_code", 404)
        if not room.is_open:
            return _closed(request, room)
        if request.method == "POST":
            return _let_in(request)
        return pages.page(
            request, "join", round=room.round, slip=room.slips is not None, action=f"/room/j/{room.door.key}"
        )

    async def by_code(request: Request) -> Response:
        address = request.client.host if request.client else ""
        if room.guesses.locked(address):
            return pages.message(request, "locked", 429, back=False)
        given = dict(_form(request)).get("code", "")
        if not same("".join(given.split()).replace("-", "").upper(), room.door.code):
            room.guesses.wrong(address)
            return _code_page(request, room, trouble=True)
        if not room.is_open:
            return _closed(request, room)
        return _let_in(request)

    def _let_in(request: Request) -> Response:
        # A phone that scans the code again stays who it is, so that it counts once.
        respondent = room.who(request) or new_respondent()
        room.joined.add(respondent)
        answer = _go(request, "/room/")
        answer.set_cookie(
            COOKIE, room.passes.seal(respondent), max_age=HOURS * 3600, path="/room", httponly=True, samesite="strict"
        )
        return answer

    def _stopped(request: Request, respondent: str, buckets: Buckets = room.buckets) -> Response | None:
        """What anybody is told who sends without having joined, or very fast; None when it may go on."""
        if not respondent:
            return pages.message(request, "lost", 403)
        if not buckets.take(respondent):
            answer = pages.message(request, "fast", 429)
            answer.headers["retry-after"] = "3"
            return answer
        return None

    async def slip(request: Request) -> Response:
        return await _slip(request, keep=False)

    async def keep_slip(request: Request) -> Response:
        return await _slip(request, keep=True)

    async def _slip(request: Request, *, keep: bool) -> Response:
        respondent = room.who(request)
        if stopped := _stopped(request, respondent, room.buckets if keep else room.glances):
            return stopped
        if room.slips is None:
            raise HTTPException(404)
        token, form = room.passes.form(respondent), _form(request)
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
                room.round = await asyncio.to_thread(ratings.find, room.store, room.round.id)
                if not room.is_open:
                    return _closed(request, room)
                if room.slips.full(respondent):
                    return pages.message(request, "slip_full", 429, back=False)
                await room.slips.keep(respondent, written)
        except StoreError:
            return pages.message(request, "slip_unsaved", 503)
        return _go(request, f"/room/slip/{receipt}")

    async def slip_thanks(request: Request) -> Response:
        if room.slips is None or not room.slips.has(request.path_params["receipt"]):
            return _go(request, "/room/")
        return pages.page(request, "slip_thanks")

    async def answers(request: Request) -> Response:
        respondent = room.who(request)
        if stopped := _stopped(request, respondent):
            return stopped
        form = _form(request)
        read = _read(room, form)
        sent = dict(form)
        if read is None or not same(sent.get("form", ""), room.passes.form(respondent)):
            return pages.message(request, "refused", 403)
        based_on, sector, given = read
        troubles = _troubles(request, room, sector, given)
        if troubles:
            standing = room.given.get(respondent, NOTHING)
            return pages.questions(
                request, room.round, standing, room.passes.form(respondent), troubles, shown=(sector, given)
            )
        # The same form sent again has the same name, and is known: it counts once.
        name = json.dumps([room.round.id, respondent, based_on, sector, given], sort_keys=True)
        uid = hashlib.sha256(name.encode()).hexdigest()[:32]
        try:
            outcome = await room.keep(Ballot(room.round.id, respondent, sector, given, based_on, uid))
        except StoreError:
            return pages.message(request, "unsaved", 503)
        if outcome == "closed":
            return _closed(request, room)
        return _go(request, "/room/newer" if outcome == "newer" else "/room/thanks")

    async def thanks(request: Request) -> Response:
        respondent = room.who(request)
        if respondent not in room.given:
            return _go(request, "/room/")
        return pages.thanks(request, room.round, room.given[respondent])

    async def newer(request: Request) -> Response:
        return pages.message(request, "newer", 409)

    async def asset(request: Request) -> Response:
        text, kind = pages.asset(request.url.path.rpartition("/")[2])
        return Response(text, media_type=kind, headers={"cache-control": "max-age=600"})

    async def numbers(request: Request) -> Response:
        _is_presenter(request, room.token)
        what = request.path_params.get("what", "")
        acts: dict[str, Callable[[Store, str], ratings.Round]] = {
            "close": ratings.close,
            "reveal": ratings.reveal,
            "timer": partial(_timer, request),
        }
        act = acts.get(what)
        if (request.method == "POST") != (act is not None) or what not in ("", *acts):
            raise HTTPException(404)
        try:
            if act:
                room.round = await asyncio.to_thread(act, room.store, room.round.id)
            if room.slips is not None:
                answered = len(room.slips)
            else:
                answered = await asyncio.to_thread(room.store.answered, room.round.id)
        except StoreError as error:
            return JSONResponse({"trouble": str(error)}, 503)
        except ForPeople as error:
            return JSONResponse({"trouble": str(error)}, 400)
        return JSONResponse(
            {
                "round": room.round.id,
                "name": room.round.name,
                "state": room.round.state,
                "revealed": room.round.state == "revealed",
                "joined": len(room.joined | room.given.keys()),
                "answered": answered,
                "left": room.round.seconds_left,
            }
        )

    async def nothing(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 404
        if request.url.path.startswith("/presenter"):
            return JSONResponse({"trouble": "Nothing here."}, status)
        return pages.message(request, "nothing", status)

    @contextlib.asynccontextmanager
    async def living(_: Starlette) -> AsyncIterator[None]:
        looking = asyncio.create_task(room.look())
        yield
        looking.cancel()

    return Starlette(
        routes=[
            Route("/", front),
            Route("/room", front),
            Route("/room/", enter),
            Route("/room/code", by_code, methods=["POST"]),
            Route("/room/j/{key}", by_key, methods=["GET", "POST"]),
            Route("/room/answers", answers, methods=["POST"]),
            Route("/room/thanks", thanks),
            Route("/room/slip", slip, methods=["POST"]),
            Route("/room/slip/keep", keep_slip, methods=["POST"]),
            Route("/room/slip/{receipt}", slip_thanks),
            Route("/room/newer", newer),
            Route("/room/page.css", asset),
            Route("/room/send.js", asset),
            Route("/room/timer.js", asset),
            Route("/presenter", numbers),
            Route("/presenter/{what}", numbers, methods=["GET", "POST"]),
        ],
        middleware=[Middleware(Gate, hosts=hosts)],
        exception_handlers={HTTPException: nothing},
        lifespan=living,
    )


def _closed(request: Request, room: Room, status: int = 410) -> Response:
    return pages.message(request, "slip_closed" if room.slips is not None else "closed", status, back=False)


def _code_page(request: Request, room: Room, *, trouble: bool = False) -> Response:
    status, count = 403 if trouble else 200, len(room.door.code)
    return pages.page(request, "code", status, trouble=trouble, count=count, slip=room.slips is not None)


def _form(request: Request) -> list[tuple[str, str]]:
    form: list[tuple[str, str]] = request.scope["state"]["form"]
    return form


def _go(request: Request, path: str) -> Response:
    return RedirectResponse(f"{path}?lang={pages.language(request)}", 303)


def _timer(request: Request, store: Store, round_id: str) -> ratings.Round:
    given = request.query_params.get("minutes", "")
    try:
        return ratings.start_timer(store, round_id, float(given))
    except ValueError:
        raise ForPeople(f"“{given[:20]}” is no number of minutes.") from None


def _is_presenter(request: Request, token: str) -> None:
    here = request.client is not None and request.client.host in ("127.0.0.1", "::1", "testclient")
    given = request.headers.get("authorization", "")
    if not here or not same(given, f"Bearer {token}"):
        raise HTTPException(401)


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
        codes: dict[str, Json] = {str(one.code): one.code for one in question.choices}
        codes |= {DONT_KNOW: DONT_KNOW} if question.dont_know else {}
        value = sent.get(question.field, "")
        if value and value not in codes:
            return None
        answers[question.field] = codes.get(value)
    return int(based_on), sector, answers


def _troubles(request: Request, room: Room, sector: str, given: dict[str, Json]) -> list[tuple[str, str]]:
    """What a person has to mend: the place on the page, and a sentence."""
    say = words()[pages.language(request)]
    ticked = sum(code is not None for code in given.values())
    found = []
    if pages.asks_sector(room.round) and not sector:
        found.append(("sector", say["no_sector"]))
    if not ticked:
        found.append(("answers", say["no_answer"]))
    most = dots(room.round.options)
    if room.round.about == "dots" and ticked > most:
        found.append(("answers", say["too_many_dots"].format(given=ticked, dots=most)))
    return found
