"""The pages on a phone: plain HTML that works without script, in the language of the phone."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from ctekit.model import clock
from ctekit.model.questions import Json
from ctekit.ratings import DONT_KNOW, IDEAS, SECTORS, RatingItem, Round
from ctekit.ratings.questions import LONGEST_IDEA
from ctekit.room import slips, translations
from ctekit.room.activity import Activity
from ctekit.room.now import screen_of
from ctekit.room.slips import Slip
from ctekit.room.state import room_of
from ctekit.room.translations import translated, words
from ctekit.store.ballots import BallotRecord
from ctekit.views.render import environment

HERE = Path(__file__).parent
_TOKEN = secrets.token_hex(16)
"""Stands for the token in a page that is made for all phones."""


@cache
def _environment() -> Environment:
    jinja = environment(FileSystemLoader(HERE / "templates"))
    jinja.filters["minutes"] = clock.minutes
    jinja.globals |= {"counted": translations.counted, "named_in": translations.named_in}
    return jinja


@cache
def _asset(name: str) -> tuple[str, str]:
    return (HERE / name).read_text("utf-8"), "text/css" if name.endswith(".css") else "text/javascript"


async def _send_asset(request: Request) -> Response:
    text, kind = _asset(request.url.path.rpartition("/")[2])
    return Response(text, media_type=kind, headers={"cache-control": "max-age=600"})


def assets(folder: str, *names: str) -> list[Route]:
    """The ways to a page's styles and scripts."""
    return [Route(f"{folder}/{name}", _send_asset) for name in names]


def language(request: Request) -> str:
    """The language of the phone that asks."""
    return translations.language(request.query_params.get("lang", ""), request.headers.get("accept-language", ""))


def page(request: Request, template: str, status: int = 200, *, screen: str = "", **values: Any) -> HTMLResponse:
    """One page; `screen` names what it was made for, where that may be another than the phone's by now."""
    lang, room = language(request), room_of(request)
    phone = room.passes.find(request.headers.get("cookie", ""))
    values |= {"lang": lang, "say": words()[lang], "translated": translated(lang), "languages": words()}
    # What the page was made for: `follow.js` loads it anew once another thing is open.
    values |= {"root": room.place.root, "rehearsal": room.rehearsal}
    values["screen"] = screen or (room.screen(phone) if phone else "")
    return HTMLResponse(_environment().get_template(f"{template}.html.j2").render(**values), status)


def fragment(template: str, **values: Any) -> str:
    """A part of a page, or the page of a screen."""
    return _environment().get_template(f"{template}.html.j2").render(**values)


def message(request: Request, what: str, status: int, *, back: bool = True, forget: bool = False) -> HTMLResponse:
    """A page that only says something: its title and words are called `what` in the list of words.

    With `forget`, the phone drops what was not sent.
    """
    say = words()[language(request)]
    return page(request, "message", status, title=say[f"{what}_title"], words=say[what], back=back, forget=forget)


def timer(request: Request, round_: Round) -> dict[str, Any] | None:
    """What a page shows of the time: until when, and how many seconds are left; None where no time runs."""
    left = round_.seconds_left
    if left is None:
        return None
    return {
        "left": left,
        "clock": translations.clock(datetime.datetime.fromisoformat(round_.until), words()[language(request)]),
    }


def questions(
    request: Request,
    round_: Round,
    ballot_record: BallotRecord,
    token: str,
    troubles: Sequence[tuple[str, str]] = (),
    *,
    shown: tuple[str, Mapping[str, Json]] | None = None,
) -> HTMLResponse:
    """The page with all questions. `shown`: what was typed, where it has to be mended."""
    names = words()[language(request)]["sectors"]
    sector, answers = shown or (ballot_record.sector, ballot_record.answers)
    return page(
        request,
        "questions",
        400 if troubles else 200,
        screen=screen_of(round_),
        round=round_,
        questions=round_.questions,
        indicators=round_.asks_sector,
        sectors=[(name, _begun(names.get(name, name))) for name in SECTORS] if round_.asks_sector else (),
        sector=sector,
        answers=answers,
        based_on=ballot_record.seq,
        token=token,
        longest=LONGEST_IDEA if round_.about == IDEAS else 0,
        dots=round_.dots_each if round_.about == "dots" else 0,
        troubles=troubles,
        too_many_dots=round_.about == "dots" and sum(code == 1 for code in answers.values()) > round_.dots_each,
        timer=timer(request, round_),
    )


def blank_questions(request: Request, activity: Activity, round_: Round, token: str) -> HTMLResponse:
    """The page with all questions, for who has answered none: made once, for it differs by its token alone."""
    lang, left = language(request), round_.seconds_left
    kept = activity.blank_pages.get(lang)
    if kept is None or kept[0] != left:
        page = questions(request, round_, BallotRecord("", {}, 0), _TOKEN)
        kept = activity.blank_pages[lang] = left, bytes(page.body).decode()
    return HTMLResponse(kept[1].replace(_TOKEN, token))


def thanks(request: Request, round_: Round, ballot_record: BallotRecord, token: str) -> HTMLResponse:
    """What stands, read back, and what happens next."""
    say = words()[language(request)]
    about: dict[str, Any] = {"indicators": round_.asks_sector, "dots": round_.about == "dots", "token": token}
    about["screen"] = screen_of(round_)
    if round_.about == IDEAS:
        written = [
            (say["idea"].format(number=number), ballot_record.answers.get(question.field))
            for number, question in enumerate(round_.questions, 1)
        ]
        return page(request, "thanks", yours=written, written=True, **about)
    yours = [
        (question.short or question.statement, _in_words(question, ballot_record.answers.get(question.field), say))
        for question in round_.questions
    ]
    return page(request, "thanks", yours=yours, written=False, **about)


def slip(
    request: Request,
    round_: Round,
    names: Mapping[str, str],
    token: str,
    written: Slip | None = None,
    *,
    mend: bool = False,
) -> HTMLResponse:
    """The slip to write: empty with a number of its own, or as it was written; `mend`: with what has to be mended."""
    written = written or Slip(secrets.token_hex(8), "", dict.fromkeys(slips.LONGEST, ""))
    wrong = slips.troubles(written, words()[language(request)]) if mend else []
    return page(
        request,
        "slip",
        400 if wrong else 200,
        screen=screen_of(round_),
        slip=written,
        names=names,
        token=token,
        longest=slips.LONGEST,
        troubles=wrong,
        wrong={place for place, _ in wrong},
        timer=timer(request, round_),
    )


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]


def _in_words(question: RatingItem, code: Json, say: Mapping[str, Any]) -> str:
    if code == DONT_KNOW:
        return str(say["dont_know"])
    return next((choice.word for choice in question.choices if choice.code == code), "")
