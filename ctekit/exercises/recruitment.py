"""Exercise 3: needs before names, out of a meeting where everybody calls out names."""

from __future__ import annotations

from ctekit.analysis import participants
from ctekit.exercises._case import harrow_bend, organization_of
from ctekit.exercises._engine import Practice
from ctekit.exercises._task import Feedback, Mistake, Praise, Unsure, not_found
from ctekit.exercises._words import says
from ctekit.samples import Answers
from ctekit.workbook import Workbook
from ctekit.worksheets.profile import Profile
from ctekit.worksheets.recruitment import Need, Recruitment

KINDS = {
    "places for interns": "intern|host|work experience|work-based|placements for|work site|paid places|job site|pasant",
    "somebody in each district who places": "fills the place|places learners|place learners|placement "
    "person|each district|each school|coordinat internship",
    "instructors": "instructor|teach|teacher|faculty|trainers|maestr",
    "college credit": "credit|counts at the college|credito",
    "results, lawfully read": "data|result|figures|records|numbers|outcomes|datos",
    "outreach to families": "outreach|reach famil|reach learner|famil|parent|spanish|languages|bilingual|padres",
    "money for coordination": "money|fund|pay for|budget|wage|salary|grant|dinero|fondos",
    "rides": "ride|bus|transport|van|shuttle|carpool|get there|autobus",
}
"""What the transcript asks for, and words that tell."""
ENOUGH = 5
THINGS = "logo|website|web site|newsletter|banner|brochure|slogan"
FAMILIES = "{learner}"


def start() -> Answers:
    """May 12, 2026: nobody has been asked for anything, and no family has a seat."""
    answers = harrow_bend("2026-05-12")
    answers["recruitment"] |= {"needs": [], "invitations": []}
    answers["recruitment"].pop("missing", None)
    profile = answers["profile"]
    profile["people"] = [person for person in profile["people"] if person["id"] not in ("s-14", "s-16", "s-17")]
    for task in answers["roles"]["tasks"]:
        task.pop("need", None)
    for audience in answers["communication"]["audiences"]:
        audience["members"] = [member for member in audience["members"] if member not in ("s-14", "s-16", "s-17")]
    for exchange in answers["value"]["exchanges"]:
        if exchange.get("confirmed_by") in ("s-14", "s-16", "s-17"):
            exchange.pop("confirmed_by")
    return answers


practice = Practice.read("recruitment", start)


def _written(book: Workbook) -> list[Need]:
    return [need for need in book[Recruitment].needs if need.support]


def _names(book: Workbook) -> list[str]:
    """Names of people and organizations, and the parts by which people call them."""
    profile = book[Profile]
    people = [part for person in profile.people for part in (person.name or "").split("(")[0].split() if len(part) > 3]
    return [
        *people,
        "castellan",
        "blue heron",
        "ostrander",
        "puente",
        "tri-fork",
        "the chamber",
        "alderfield",
        "novak rural",
    ]


@practice.task("needs", looks_at=lambda book: [(need.id, need.support) for need in book[Recruitment].needs])
def needs(now: Workbook, before: Workbook) -> Feedback:
    """Five needs or more that the transcript holds, none of them a name or a thing to make."""
    written = _written(now)
    for need in written:
        if says(need.support, *_names(now)):
            named = f"“{need.support}” holds a name. What would they bring? Write that, and drop the name."
            yield Unsure("name-first", named, need.support or "")
        elif says(need.support, THINGS):
            thing = f"“{need.support}” is a thing that you might make. What is it for?"
            yield Unsure("thing-not-need", thing, need.support or "")
        elif len((need.support or "").split()) < 2:
            short = f"“{need.support}” fits too much. Say it for somebody who was not in the room."
            yield Unsure("one-word", short, need.support or "")
        if sum(says(need.support, words) for words in KINDS.values()) >= 4:
            many = f"“{need.support}” holds many needs. Nobody can say yes to all. One need a row."
            yield Unsure("all-in-one", many, need.support or "")
    there = {kind for kind, words in KINDS.items() for need in written if says(need.support, words)}
    if len(there) < ENOUGH:
        have = f" So far: {', '.join(sorted(there))}." if there else ""
        few = f"The transcript asks for more than {len(there)} kinds of support.{have}"
        if len(written) < ENOUGH:
            yield Mistake("too-few", few)
        else:
            ours = "We did not find others; you may have said them in other words."
            yield Unsure("too-few", f"{few} {ours}", " / ".join(need.support or "" for need in written))
    else:
        yield Praise(f"You heard {len(there)} needs behind the names: {', '.join(sorted(there))}.")


@practice.task(
    "weight",
    looks_at=lambda book: [(need.id, need.priority, need.at_least, need.promise) for need in book[Recruitment].needs],
)
def weight(now: Workbook, before: Workbook) -> Feedback:
    """Some musts and some not, more than one host, and a promise behind each need."""
    written = _written(now)
    if not written:
        yield Mistake("needs-first", "No need is written yet. Weigh what is there.")
        return
    weighed = [need.priority for need in written if need.priority]
    if len(weighed) < len(written):
        yield Mistake("not-weighed", f"{len(written) - len(weighed)} needs are not weighed yet. Must, should or could?")
    if weighed and set(weighed) == {"must"}:
        yield Mistake("all-musts", "Everything is a must. When two of them clash, which one waits?")
    elif weighed and "must" not in weighed:
        yield Mistake("no-must", "Nothing is a must. Then no promise fails, whatever happens. Is that so?")
    elif len(weighed) == len(written):
        yield Praise(f"{weighed.count('must')} of {len(weighed)} are musts: you chose.")
    for need in written:
        if says(need.support, KINDS["places for interns"]):
            if (need.at_least or 1) < 2:
                yield Mistake(
                    "one-host",
                    f"“{need.support}” takes one. In 2023 there was one, its line stopped, and 20 "
                    "learners stood there.",
                )
            else:
                yield Praise(f"“{need.support}” takes {need.at_least}: if one falls out, not all is lost.")
            break
    without = [need for need in written if not need.promise]
    if without:
        yield Mistake(
            "serves-nothing",
            f"“{without[0].support}” serves no promise yet. If there is none, drop it, or a promise is missing.",
        )
    else:
        yield Praise("Each need says which promise it serves.")


@practice.task("names", looks_at=lambda book: book[Recruitment].invitations)
def names(now: Workbook, before: Workbook) -> Feedback:
    """Three invitations or more, each to somebody who is there, for a need, by somebody else, with a size."""
    rows = now[Recruitment].invitations
    if len(rows) < 3:
        yield Mistake("too-few-asked", f"{len(rows)} asked so far. Three to begin with, for different needs.")
    need_ids = {need.id for need in now[Recruitment].needs}
    sound = 0
    for invitation in rows:
        who = now.name(invitation.person) if invitation.person else "An empty row"
        if not invitation.person:
            yield Mistake("nobody-asked", "A row has no person. Whom do we ask?")
            continue
        faults = [
            (
                participants.standing(now, invitation.person) == "not active",
                "asks-the-gone",
                f"{who} {participants.why_not(now, invitation.person)}.",
            ),
            (not need_ids & set(invitation.needs), "no-need", f"{who} is asked for nothing: no need is ticked."),
            (not invitation.asked_by, "nobody-asks", f"Who asks {who}? Somebody they would call back."),
            (
                bool(invitation.asked_by) and invitation.asked_by == invitation.person,
                "asks-themselves",
                f"{who} is asked by themselves.",
            ),
            (not invitation.ask, "no-size", f"What exactly do we ask of {who}? Without a size, yes means nothing."),
        ]
        wrong = [Mistake(name, words) for is_made, name, words in faults if is_made]
        if says(invitation.ask, "support us|be involved|help out|get involved|join us|participate"):
            vague = f"“{invitation.ask}”: to that everybody says yes, and nothing follows."
            wrong.append(Unsure("vague-ask", vague, invitation.ask or ""))
        yield from wrong
        sound += not wrong
    asked = [invitation.person for invitation in rows if invitation.person]
    if len(asked) >= 3 and max(map(asked.count, asked)) * 2 > len(asked):
        yield Mistake("one-shoulder", f"{now.name(max(asked, key=asked.count))} stands in most rows. Who else could?")
    if sound >= 3 and len({organization_of(now, person) for person in asked}) >= 2:
        yield Praise(f"{sound} people know for what they are asked, and by whom.")
    elif sound >= 3:
        yield Mistake("one-house", "All of them come from one organization. That is a staff meeting.")


@practice.task("missing", looks_at=lambda book: book[Recruitment].missing)
def missing(now: Workbook, before: Workbook) -> Feedback:
    """Families and learners are named, with a reason that lies with us, and without blame or a child's name."""
    words = now[Recruitment].missing or ""
    if says(words, "nobody|no one|none") and not says(words, FAMILIES):
        yield Unsure("nobody-missing", "Somebody is missing: the people the whole meeting was about.", words)
        return
    if says(
        words,
        "don't care|do not care|not interested|no interest|lazy|difficult|never come|don't want|unreliable",
    ):
        yield Unsure("blames", f"“{words}” blames them. What keeps them away that we could change?", words)
    if says(words, *_names(now)):
        named = "A person is named. This page goes round: write a group or a job, never a name."
        yield Unsure("gossip", named, words)
    if not says(words, FAMILIES):
        ask = "Who was the meeting about, and had no seat?"
        yield not_found("families-forgotten", words, "families or learners", ask)
    elif len(words.split()) < 5:
        yield Unsure("no-reason", f"“{words}”: and why are they not there? A reason can be changed.", words)
    else:
        yield Praise("You saw who had no seat, and why.")
