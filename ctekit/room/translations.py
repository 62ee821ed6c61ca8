"""The room's own words in each language, and which of them a phone reads."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ctekit import rubrics
from ctekit.model.clock import time_of_day


@cache
def words() -> dict[str, dict[str, Any]]:
    """The room's own words by language: `words.toml`, and `room.toml` of each language; English where there is none."""
    with Path(__file__).with_name("words.toml").open("rb") as file:
        english = tomllib.load(file)
    return {name: {**english, **rubrics.translation(name, "room.toml")} for name in rubrics.languages()}


@cache
def presenting(lang: str = "en") -> dict[str, dict[str, Any]]:
    """What wall, lead's view, notebook and terminal say; the first two in the language of the room."""
    with Path(__file__).with_name("presenting.toml").open("rb") as file:
        english = tomllib.load(file)
    own = rubrics.translation(lang, "presenting.toml")
    return {name: {**table, **own.get(name, {})} for name, table in english.items()}


def spoken(languages: str) -> str:
    """The first language that is named here and that the wall speaks, else English.

    Examples
    --------
    >>> spoken("Hmong, Spanish, English"), spoken("Español"), spoken("")
    ('es', 'es', 'en')
    """
    speaks = [code for code in words() if code == "en" or rubrics.translation(code, "presenting.toml")]
    # English last: a language that does not say its English name has that of English.
    codes = {words()[code][name].casefold(): code for code in reversed(speaks) for name in ("language", "in_english")}
    named = (name.strip().casefold() for name in languages.replace(";", ",").split(","))
    return next((codes[name] for name in named if name in codes), "en")


@cache
def translated(lang: str) -> dict[str, str]:
    """The texts that rounds ask in English, and how they are said in a language: the room's own and the rubric's."""
    return {**words()[lang]["said"], **rubrics.translations(lang)}


def named_in(name: str, lang: str) -> str:
    """A name in a language, where it is known there, or its parts are: ``"Ideas: What we need"``."""
    translations = translated(lang)
    return translations.get(name) or ": ".join(translations.get(part, part) for part in name.split(": "))


def language(asked: str, accepted: str) -> str:
    """The language asked for, else the first that the phone reads and we speak, else English.

    Examples
    --------
    >>> language("", "es-MX,es;q=0.9,en;q=0.5"), language("en", "es"), language("xx", "fr")
    ('es', 'en', 'en')
    """
    if asked in words():
        return asked
    for accepted_language in accepted.split(","):
        spoken = accepted_language.split(";")[0].strip()[:2].lower()
        if spoken in words():
            return spoken
    return "en"


def counted(text: Mapping[str, Any], name: str, number: int, **more: object) -> str:
    """What a table says of a number: its words for one, or those for any other.

    Parameters
    ----------
    text : mapping
    name : str
        With ``_one`` behind it, the words for one.
    number : int
    **more : object
        What else stands in the words.

    Returns
    -------
    str
    """
    return str(text[f"{name}_one" if number == 1 else name]).format(count=number, **more)


def clock(moment: datetime.datetime, say: Mapping[str, Any]) -> str:
    """A time of day as people here say it, by this computer's clock."""
    return time_of_day(moment.astimezone(), say["morning"], say["afternoon"])


def day_in_words(day: datetime.date, lang: str) -> str:
    """A day as people say it in a language of the room.

    Examples
    --------
    >>> day_in_words(datetime.date(2027, 6, 1), "en"), day_in_words(datetime.date(2027, 6, 1), "es")
    ('June 1, 2027', '1 de junio de 2027')
    """
    month = presenting(lang)["wall"]["months"][day.month - 1]
    say = words()[lang]
    return str(say["day"]).format(day=day.day, month=month, year=day.year)
