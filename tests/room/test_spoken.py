"""Every word of the room's own stands in one place, in English and in Spanish, and none is left over."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import get_args

import pytest

from ctekit import ratings, room, rubrics
from ctekit.room.run_words import at
from ctekit.room.slips import LONGEST
from ctekit.room.translations import clock, counted, language, presenting, spoken, translated, words
from ctekit.rounds.ballot_form import Problem

HOME = Path(room.__file__).parent
TEMPLATES = sorted((HOME / "templates").glob("*.j2"))
CODE = "".join(path.read_text("utf-8") for path in (*TEMPLATES, *HOME.glob("*.py")))


def test_both_languages_say_the_same_things() -> None:
    english, spanish = words()["en"], words()["es"]
    assert english.keys() == rubrics.translation("es", "room.toml").keys()
    assert set(spanish["sectors"]) == set(ratings.SECTORS)
    for name, sentence in english.items():
        if isinstance(sentence, str):
            assert sentence.strip(), name
            assert spanish[name].strip(), name
            assert sorted(re.findall(r"{\w+}", sentence)) == sorted(re.findall(r"{\w+}", spanish[name])), name
            # A sentence that is word for word the same was forgotten.
            assert sentence != spanish[name] or not re.search("[a-z]", re.sub(r"{\w+}", "", sentence)), name


@pytest.mark.parametrize("name", words())
def test_a_language_says_nothing_that_the_room_does_not_know(name: str) -> None:
    own = rubrics.translation(name, "room.toml")
    assert own.keys() <= words()["en"].keys()
    for key, sentence in own.items():
        if isinstance(sentence, str):
            assert set(re.findall(r"{\w+}", sentence)) <= set(re.findall(r"{\w+}", words()["en"][key])), key


@pytest.mark.parametrize("screen", ["wall", "lead"])
def test_the_wall_and_the_leads_view_say_the_same_in_spanish(screen: str) -> None:
    english, spanish = presenting()[screen], rubrics.translation("es", "presenting.toml")[screen]
    pairs = [
        (english, spanish),
        *((table, spanish[name]) for name, table in english.items() if isinstance(table, dict)),
    ]
    for said_in_english, said_in_spanish in pairs:
        assert said_in_english.keys() == said_in_spanish.keys()
        for name, sentence in said_in_english.items():
            if isinstance(sentence, str) and name != "english":
                assert sorted(re.findall(r"{\w+}", sentence)) == sorted(re.findall(r"{\w+}", said_in_spanish[name])), (
                    name
                )
                assert said_in_spanish[name].strip(), name
    same = {name for name in english if english[name] == spanish[name]}
    assert same <= {"add", "less", "hours", "minutes", "ideas"}, (
        "a sentence that is word for word the same was forgotten"
    )


def test_our_own_questions_are_translated() -> None:
    kinds = ("exit", "fist", "quick", *ratings.elements())
    ours = [
        rating_item for about in kinds for rating_item in ratings.questions(about, title="x" if about == "fist" else "")
    ]
    shown = {rating_item.short or rating_item.statement for rating_item in ours} - {"x"}
    shown |= {
        text
        for rating_item in ours
        for choice in rating_item.choices
        for text in (choice.word, choice.short or choice.text)
    }
    # What a round is called that nobody has named.
    shown |= {ratings.title_of(about) for about in ("dots", *kinds)}
    assert shown - {""} <= translated("es").keys()
    assert translated("en") == {}


def test_every_word_is_used_and_every_word_used_is_there() -> None:
    used = set(re.findall(r"""\bsay(?:\.|\[['"])(\w+)""", CODE))
    used |= set(re.findall(r'Refused\(\d+, "(\w+)"\)', CODE)) | {"morning", "afternoon"}
    messages = set(re.findall(r'message\(\s*request,\s*"(\w+)"', CODE)) | {
        "closed",
        "revealed",
        "slip_closed",
        "wait",
        "over",
        "hold",
    }
    used |= messages | {f"{message}_title" for message in messages}
    used |= {f"slip_{name}{tail}" for name in LONGEST for tail in ("", "_hint")}
    used |= {*get_args(Problem), "too_many_dots_one"}
    lists, named_by_code = {"said", "sectors"}, {"slip_"}
    assert used - lists - named_by_code == set(words()["en"]) - lists - {"language", "in_english"}


def test_no_template_and_no_script_speaks_by_itself() -> None:
    for path in TEMPLATES:
        plain = re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}|<[^>]*>", " ", path.read_text("utf-8"), flags=re.S)
        assert not re.search(r"[A-Za-z]{2,}", plain), (path.name, plain)
    for path in HOME.glob("*.js"):
        code = re.sub(r"//.*|/\*.*?\*/", "", path.read_text("utf-8"))
        assert not re.search(r"""["'][A-Z][a-z]+ """, code), path.name


def test_the_wall_speaks_the_first_language_of_the_profile_that_it_knows() -> None:
    assert [spoken(named) for named in ("Hmong, Spanish, English", "Español", "English, Spanish", "Hmong", "")] == [
        "es",
        "es",
        "en",
        "en",
        "en",
    ]


def test_one_is_told_otherwise_than_none_or_two_and_so_is_one_o_clock() -> None:
    def words(lang: str, number: int) -> str:
        wall, lead = presenting(lang)["wall"], presenting(lang)["lead"]
        phrases = [counted(wall, name, number) for name in ("joined", "answered", "kept", "here", "answered_by")]
        phrases += [counted(lead, name, number) for name in ("joined", "answered", "people", "waiting", "late")]
        return "; ".join(phrases)

    assert words("en", 1) == (
        "joined; answered; slip kept; here; 1 person answered; 1 joined; 1 answered; 1 is here; 1 waits to be let in; "
        "1 not sent yet of what was open before"
    )
    assert words("es", 1) == (
        "entró; respondió; hoja guardada; presente; 1 persona respondió; 1 entró; 1 respondió; 1 presente; "
        "1 espera para entrar; 1 sin enviar de lo que estaba abierto antes"
    )
    for number in (0, 2):
        assert words("es", number).startswith(
            f"entraron; respondieron; hojas guardadas; presentes; {number} personas respondieron; {number} entraron; "
        )
        assert f"{number} people answered; {number} joined; {number} answered; {number} are here" in words("en", number)
    day = datetime.datetime(2026, 9, 16).astimezone()
    assert [at(day.replace(hour=hour, minute=5), "es") for hour in (0, 1, 13, 14)] == [
        "las 12:05 a. m.",
        "la 1:05 a. m.",
        "la 1:05 p. m.",
        "las 2:05 p. m.",
    ]
    assert at(day.replace(hour=13), "en") == "1:00 PM"


def test_a_phone_is_answered_in_the_language_it_reads() -> None:
    assert language("", "es-MX,es;q=0.9,en;q=0.5") == "es"
    assert language("en", "es") == "en"
    assert language("../../x", "fr") == "en"
    morning = datetime.datetime(2026, 9, 16, 0, 5).astimezone()
    assert clock(morning, words()["en"]) == "12:05 AM"
    assert clock(morning.replace(hour=15), words()["es"]) == "3:05 p. m."
