"""Exercise 5: who hears last, and from whom; families; a front door that is a person's own mailbox."""

from __future__ import annotations

from ctekit.analysis import participants
from ctekit.exercises._case import harrow_bend, row
from ctekit.exercises._engine import Practice, findings
from ctekit.exercises._task import Feedback, Mistake, Praise, Unsure, not_found
from ctekit.exercises._words import day, says
from ctekit.samples import Answers
from ctekit.workbook import Workbook
from ctekit.worksheets.communication import Audience, Communication

TODAY, CHOSEN = day("2026-10-05"), day("2026-11-02")
PARENT, HOSTS, MAXIMUM = "s-14", "com-5", 5
MONTHLY = ("every week", "every two weeks", "monthly")


def start() -> Answers:
    """October 5, 2026: families hear nothing, hosts hear each quarter, and the front door is Adaeze's own mailbox."""
    answers = harrow_bend("2026-10-05", without=["D4"])
    sheet = answers["communication"]
    sheet |= {"front_door_address": "adaeze.whitcomb@chamber.example", "longest_silence": None}
    row(answers, "communication", HOSTS).update(how_often="quarterly", two_way=False)
    return answers


practice = Practice.read("communication", start)


def _families(book: Workbook) -> list[Audience]:
    return [
        audience
        for audience in book[Communication].audiences
        if PARENT in audience.members or audience.kind == "learners & families"
    ]


@practice.task("families", looks_at=_families)
def families(now: Workbook, before: Workbook) -> Feedback:
    """An audience made for families, in their languages and ways, monthly, two-way, before places are given out."""
    silent = [finding for finding in findings("CM23", now) if finding.says.startswith(now.name(PARENT))]
    if silent:
        yield Mistake("still-silent", f"{silent[0].says} {silent[0].advice}")
    old = {audience.id for audience in before[Communication].audiences}
    theirs = [
        audience for audience in _families(now) if audience.id not in old or audience.kind == "learners & families"
    ]
    if not theirs:
        if not silent:
            yield Mistake(
                "copied-in",
                "Bethany now gets what partners get: their words, their hour, in English. Make an audience for "
                "families.",
            )
        return
    audience = theirs[0]
    name = audience.audience or "The new audience"
    if not says(audience.language, "{spanish}"):
        ask = f"“{name}”: half of these families read Spanish at home. In which languages?"
        yield (
            not_found("english-only", audience.language, "Spanish", ask)
            if audience.language
            else Mistake("english-only", ask)
        )
    for wrong in findings("CM26", now, audience.id):
        yield Mistake("no-format", f"{wrong.says} {wrong.advice}")
    if says(audience.channel, "{web}") and not says(audience.channel, "{by_hand}"):
        web = f"“{audience.channel}”: four in ten of these homes have no internet. What do they carry with them?"
        yield Unsure("web-only", web, audience.channel or "")
    if audience.how_often not in MONTHLY:
        yield Mistake(
            "too-rarely", f"“{name}” hears {audience.how_often or 'nobody knows how often'}. Places go within weeks."
        )
    if not audience.two_way or not audience.reply:
        yield Mistake(
            "no-answer", f"“{name}” cannot answer here, or does not know how. Half of what matters is what they say."
        )
    yield from _sender(now, audience)
    if audience.first_on is None:
        yield Mistake("no-first-day", "When first? Without a day it will be after the places are gone.")
    elif audience.first_on >= CHOSEN:
        yield Mistake("after-the-fact", f"First on {audience.first_on}: the places are given out on {CHOSEN}.")
    elif not silent and audience.two_way and audience.reply:
        yield Praise(f"“{name}” hears first on {audience.first_on}, before places are given out, and can answer.")


def _sender(now: Workbook, audience: Audience) -> Feedback:
    if not audience.owner:
        yield Mistake("no-sender", "Who sends it? A message without a sender is not sent.")
    elif participants.standing(now, audience.owner) != "active":
        yield Mistake("sender-gone", f"{now.name(audience.owner)} {participants.why_not(now, audience.owner)}.")
    elif sum(other.owner == audience.owner for other in now[Communication].audiences) > MAXIMUM:
        yield Mistake("sender-full", f"{now.name(audience.owner)} sends to more than five audiences already.")
    else:
        yield Praise(f"{now.name(audience.owner)} sends it.")


@practice.task(
    "hosts",
    looks_at=lambda book: next(
        ((o.how_often, o.two_way, o.reply, o.owner) for o in book[Communication].audiences if o.id == HOSTS), None
    ),
)
def hosts(now: Workbook, before: Workbook) -> Feedback:
    """Monthly or every two weeks, both ways, sent by somebody who is there."""
    audience = next((audience for audience in now[Communication].audiences if audience.id == HOSTS), None)
    if audience is None:
        yield Mistake("hosts-struck", "The hosts' row is gone. Now they hear never.")
        return
    if audience.how_often == "every week":
        yield Mistake("too-often", "Every week: Marcus said that nobody on the floor would read it by the third time.")
    elif audience.how_often not in MONTHLY:
        yield Mistake(
            "still-rare", f"{(audience.how_often or 'Blank').capitalize()}: the safety shoes waited seven weeks."
        )
    else:
        yield Praise(f"Hosts hear {audience.how_often}: a small trouble is heard while it is small.")
    if not audience.two_way or not audience.reply:
        yield Mistake("one-way", "They hear, and cannot answer there. Most of what you need is what they say.")
    else:
        yield Praise("They can answer, and know how.")
    if audience.owner and participants.standing(now, audience.owner) != "active":
        yield Mistake("sender-gone", f"{now.name(audience.owner)} {participants.why_not(now, audience.owner)}.")


def _door(book: Workbook) -> object:
    sheet = book[Communication]
    return sheet.front_door_person, sheet.front_door_address, sheet.emergency


@practice.task("door", looks_at=_door)
def door(now: Workbook, before: Workbook) -> Feedback:
    """An address of the partnership, a person who is there, and an office's line for emergencies."""
    sheet = now[Communication]
    own = [part.casefold() for who in now.rows("profile.people") for part in (who.name or "").split("(")[0].split()]
    address, line = (sheet.front_door_address or "").casefold(), sheet.emergency
    if any(len(part) > 3 and part in address for part in own):
        yield Mistake("private-box", f"{sheet.front_door_address} is one person's box. It was shut for nine days.")
    elif "@" not in address and not any(sign.isdigit() for sign in address):
        yield Mistake("no-address", "The door has no address that anybody could write to or call.")
    else:
        yield Praise(f"{sheet.front_door_address} stays when people move on.")
    if not sheet.front_door_person or participants.standing(now, sheet.front_door_person) != "active":
        yield Mistake("nobody-there", "Nobody who is here answers at the door.")
    if not line:
        yield Mistake(
            "no-line", "A learner fainted at Castellan, and nobody knew whom to call. Still no line is written."
        )
    elif says(line, "e-mail|email|mail|@|frontdoor|front door|web"):
        yield Unsure("mail-for-worst", f"“{line}”: nobody reads mail while somebody lies on the floor.", line)
    elif says(line, "cell|mobile|home number|private|personal") or any(
        says(line, part) for part in own if len(part) > 3
    ):
        private = f"“{line}” is one person's. On that day they may be on a plane. Name an office."
        yield Unsure("private-line", private, line)
    else:
        yield Praise(f"Emergency: “{line}”. Somebody is there, whoever it is.")


@practice.task("silence", looks_at=lambda book: book[Communication].longest_silence)
def silence(now: Workbook, before: Workbook) -> Feedback:
    """Between two weeks and ninety days: a promise that can be kept, and is worth something."""
    days = now[Communication].longest_silence
    if days is None or days > 90:
        yield Mistake("too-long", f"{days or 'No'} days: families left last spring after 97 days without a word.")
    elif days < 14:
        yield Mistake(
            "cannot-keep", f"{days} days: who writes to six audiences that often? A promise that breaks in a month."
        )
    else:
        yield Praise(f"After {days} days at the latest everybody hears something. That can be kept.")
