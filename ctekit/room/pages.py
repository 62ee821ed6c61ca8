"""The pages on a phone: plain HTML that works without script, in the language of the phone."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from ctekit import rubric
from ctekit.asks import Json
from ctekit.ratings import DONT_KNOW, SECTORS, Question, Round, dots
from ctekit.store.ballots import Given

HERE = Path(__file__).parent
_INDICATORS = frozenset(one.number for one in rubric.INDICATORS)


@cache
def words() -> dict[str, dict[str, Any]]:
    """The page's own words by language."""
    with (HERE / "words.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def _environment() -> Environment:
    loader = FileSystemLoader(HERE / "templates")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


@cache
def asset(name: str) -> tuple[str, str]:
    """The page's style or script, and its kind."""
    return (HERE / name).read_text("utf-8"), "text/css" if name.endswith(".css") else "text/javascript"


def language(request: Request) -> str:
    """The language asked for, else the first that the phone reads and we speak, else English."""
    asked = request.query_params.get("lang", "")
    if asked in words():
        return asked
    for one in request.headers.get("accept-language", "").split(","):
        spoken = one.split(";")[0].strip()[:2].lower()
        if spoken in words():
            return spoken
    return "en"


def page(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """One page."""
    lang = language(request)
    say = words()[lang]
    text = (
        _environment()
        .get_template(f"{template}.html.j2")
        .render(lang=lang, say=say, said=say["said"], languages=words(), **values)
    )
    return HTMLResponse(text, status)


def message(request: Request, what: str, status: int, *, back: bool = True) -> HTMLResponse:
    """A page that only says something: its title and words are called `what` in the list of words."""
    say = words()[language(request)]
    return page(request, "message", status, title=say[f"{what}_title"], words=say[what], back=back)


def asks_sector(held: Round) -> bool:
    """Whether a round is looked at by sector; votes and the exit ballot are not, and so do not ask."""
    return any(one.field in _INDICATORS for one in held.questions)


def questions(
    request: Request,
    held: Round,
    given: Given,
    token: str,
    troubles: Sequence[tuple[str, str]] = (),
    *,
    shown: tuple[str, Mapping[str, Json]] | None = None,
) -> HTMLResponse:
    """The page with all questions. `shown`: what was typed, where it has to be mended."""
    lang = language(request)
    names = words()[lang]["sectors"]
    sector, answers = shown or (given.sector, given.answers)
    return page(
        request,
        "questions",
        400 if troubles else 200,
        round=held,
        questions=held.questions,
        indicators=asks_sector(held),
        sectors=[(one, _begun(names.get(one, one))) for one in SECTORS] if asks_sector(held) else (),
        sector=sector,
        answers=answers,
        based_on=given.seq,
        token=token,
        dots=dots(held.options) if held.about == "dots" else 0,
        troubles=troubles,
        untranslated=asks_sector(held) and bool(words()[lang]["untranslated"]),
    )


def thanks(request: Request, held: Round, given: Given) -> HTMLResponse:
    """What stands, read back, and what happens next."""
    say = words()[language(request)]
    yours = [(one.short or one.statement, _in_words(one, given.answers.get(one.field), say)) for one in held.questions]
    return page(request, "thanks", yours=yours)


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]


def _in_words(question: Question, code: Json, say: Mapping[str, Any]) -> str:
    if code == DONT_KNOW:
        return str(say["dont_know"])
    return next((one.word for one in question.choices if one.code == code), "")
