"""The samples are what their document says, cell by cell, and read the same on every day of every year."""

from __future__ import annotations

import ast
import re
import statistics
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ctekit import samples, worksheets
from ctekit.model import paths
from ctekit.model.paths import content
from ctekit.workbook import Workbook
from ctekit.worksheets.metrics import Metrics
from ctekit.worksheets.profile import Profile

DOCUMENT = Path(__file__).parents[2] / "shared" / "harrow-bend.md"
needs_document = pytest.mark.skipif(
    not DOCUMENT.is_file(), reason="the document the sample was written from (../shared/harrow-bend.md) is not here"
)
DEFECTS = tuple(f"D{number}" for number in range(1, 10))

# How the document's tables lie in the worksheets: section, which table of it, where it lies, column -> field.
# A column without a field is told by other cells and checked on its own.
TABLES: list[tuple[int, int, str, dict[str, str]]] = [
    (1, 1, "profile.steps", {"id": "id", "step": "step", "where": "where", "credential": "credential",
        "credit that carries": "credit", "leads to": "leads_to job", "starting wage": "wage"}),
    (2, 0, "profile.organizations", {"id": "id", "organization": "name", "kind": "kind", "sector": "sector",
        "public body": "public_body", "votes": "votes", "agreement": "agreement"}),
    (2, 1, "profile.people", {"id": "id", "person": "name", "org": "organization", "role": "role", "votes": "votes",
        "status": "status", "consultation group(s)": "groups"}),
    (2, 2, "recruitment.groups", {"group": "group", "does not apply": "does_not_apply", "because": "because"}),
    (3, 0, "convener.jobs", {"job of a convener": "job", "who does it now": "who"}),
    (3, 1, "convener.criteria", {"id": "id", "criterion": "criterion", "group": "group", "weight": "weight"}),
    (3, 2, "convener.candidates", {"id": "id", "organization": "organization", "paid time (FTE)": "fte",
        "money a year": "money_a_year", "can hold funds": "can_hold_funds", "can sign": "can_sign"}),
    (3, 6, "convener.funding", {"money": "source", "amount a year": "amount", "until": "until"}),
    (3, 7, "convener.evidence", {"candidate": "candidate", "criterion": "criterion",
        "evidence (same note on each score)": "evidence"}),
    (4, 0, "purpose.evidence", {"statement": "statement", "figure": "figure", "source": "source", "as of": "as_of"}),
    (4, 2, "purpose.clauses", {"id": "id", "promise (clause)": "promise"}),
    (4, 3, "purpose.decisions", {"id": "id", "decision": "decision", "who decides": "decider", "how": "method",
        "how many must agree": "agree advice_from", "how many must be there": "quorum",
        "if we cannot agree": "fallback", "written where": "recorded"}),
    (4, 4, "purpose.disputes", {"step of a dispute": "step", "who": "who", "within days": "within_days"}),
    (5, 0, "recruitment.needs", {"id": "id", "support needed": "support", "kind": "kind", "promise": "promise",
        "at least": "at_least", "priority": "priority", "by": "by", "horizon": "horizon"}),
    (5, 1, "recruitment.invitations", {"id": "person", "needs met": "needs", "who asks": "asked_by", "the ask": "ask",
        "ask by": "ask_by", "influence": "influence", "interest": "interest", "stance": "stance", "why them": "why"}),
    (6, 0, "value.exchanges", {"id": "id", "partner": "organization", "gives": "gives", "kind": "kind",
        "how much": "how_much", "by": "by", "gets": "gets", "in its own words": "in_own_words",
        "confirmed by": "confirmed_by", "on": "confirmed_on", "fairness": "worth", "action when low": "action",
        "review on": "review"}),
    (7, 0, "communication.audiences", {"id": "id", "audience": "audience", "members": "members", "purpose": "purpose",
        "channel": "channel", "how often": "how_often", "owner": "owner", "backup": "backup", "language": "language",
        "format": "format", "how they answer": "reply", "two-way": "two_way", "first on": "first_on",
        "metrics reported": "metrics"}),
    (8, 0, "roles.tasks", {"id": "id", "task": "task", "phase": "phase", "need": "need", "gives": "gives",
        "hours a month": "hours", "kind of duty": "duty"}),
    (8, 3, "roles.data_agreements", {"id": "id", "purpose": "purpose", "basis": "basis", "parties": "parties",
        "data": "data", "destroy by": "destroy_by", "expires": "expires"}),
    (8, 4, "roles.signatories", {"organization": "organization", "signs": "signer", "title": "title",
        "authority": "authority", "board date": "board_date", "signed on": "signed_on"}),
    (9, 0, "metrics.metrics", {"id": "id", "plain name": "name", "promise": "promise", "stage": "stage",
        "process or outcome": "kind", "leading or lagging": "timing", "counted": "counted", "out of": "out_of",
        "who": "who", "federal code": "federal_code", "version": "code_version", "level": "level"}),
    (9, 1, "metrics.metrics", {"id": "id", "baseline": "", "on": "", "target": "target", "on 2": "target_date",
        "source": "source", "about single people?": "about", "data agreement": "agreement", "steward": "steward",
        "owner": "owner", "how often": "how_often", "groups": "groups", "protocol": "feeds",
        "decision it triggers": "decision"}),
    (9, 2, "metrics.observations", {"metric": "metric", "as of": "as_of", "breakdown": "breakdown", "group": "group",
        "counted": "counted", "out of": "out_of", "percent": "", "to be shown": "shown"}),
    (10, 0, "plan.actions", {"id": "id", "action": "action", "element": "element", "from": "finding", "owner": "owner",
        "by": "by", "status": "done"}),
    (10, 1, "plan.asks_of_state", {"lever": "lever", "who decides": "decides", "our ask": "ask",
        "evidence": "evidence", "contact": "contact", "by": "by"}),
    (10, 2, "plan.parked", {"parked item": "item", "raised by": "raised_by", "goes to": "goes_to"}),
]  # fmt: skip
# Tables of two columns that answer the worksheet's own questions: section, table, worksheet, label -> field.
ANSWERS: list[tuple[int, int, str, dict[str, str]]] = [
    (1, 0, "profile", {"name": "name", "invented sample": "invented_sample", "as of": "as_of", "level": "level",
        "state or territory": "state", "region served": "region", "career cluster": "clusters",
        "pathway title": "pathway", "program CIP codes (2020)": "cip_codes", "occupation SOC codes (2018)": "soc_codes",
        "immediate need (now to 2 years)": "immediate_need", "long-term need (3 to 10 years)": "long_term_need",
        "stage": "stage", "facilitator": "facilitator", "workshop dates": "workshop_dates", "languages": "languages",
        "smallest group shown": "smallest_group", "business floor": "business_floor", "sectors in use": "",
        "worksheets ready to check": ""}),
    (3, 5, "convener", {"convener": "lead", "shared with": "shared_with", "reason when not first": "reason",
        "start-up only": "first_year_only", "lead person": "lead_person", "backup person": "stand_in",
        "review date": "review"}),
    (4, 1, "purpose", {"learners": "learners", "region": "region", "what changes": "change", "from": "start",
        "to": "target", "by": "by", "employer reason": "employer_reason", "learner reason": "learner_reason",
        "sentence": "sentence", "what we will not do": "not_do", "working principles": "principles",
        "meeting rhythm": "rhythm", "data-sharing stance": "data_stance", "review date": "review"}),
    (8, 2, "roles", {"kind": "agreement_kind", "parties": "parties", "advisory, does not sign": "advisory",
        "starts": "starts", "ends": "ends", "renewal": "renewal", "money flow": "money_flow", "notice to end": "notice",
        "who keeps what": "who_keeps"}),
]  # fmt: skip
CHECKED_ON_THEIR_OWN = {(3, 3), (3, 4), (8, 1), (11, 0)}  # scores, their totals, the matrix, ratings

Cells = list[list[str]]
Places = dict[tuple[str, str, str], Any]


# Reading the document: sections, their tables, and cells without the marks that are for the reader.


def section(number: int) -> str:
    match = re.search(rf"^## {number} .*?(?=^## |\Z)", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    assert match, f"the document has no section {number}"
    return match[0]


def tables(number: int) -> list[Cells]:
    """The tables of a section, each with its header; a header that comes twice is numbered."""
    found: list[Cells] = [[]]
    for line in section(number).splitlines():
        if not line.startswith("|"):
            found += [[]] if found[-1] else []
        elif not re.fullmatch(r"[|-]+", line):
            cells = line.removeprefix("|").removesuffix("|").split("|")
            found[-1].append([re.sub(r"\*\*\[D\d\]\*\*|\(blank\)|\*\*", "", cell).strip() for cell in cells])
    for table in filter(None, found):
        header = table[0]
        table[0] = [f"{name} 2" if name in header[:at] else name for at, name in enumerate(header)]
    return [table for table in found if table]


def names_of_ids() -> dict[str, str]:
    organizations, people = tables(2)[0], tables(2)[1]
    decisions = tables(4)[3]
    return {row[0]: row[1] for row in organizations + people} | {row[0]: f"“{row[1]}”" for row in decisions}


# Saying what the sample holds in the document's notation.


def said(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, list) else str(value or "")


def in_the_documents_words(place: str, column: str, row: dict[str, Any], fields: str) -> str:
    given: list[Any] = [row.get(field) for field in fields.split()]
    match place, column:
        case "profile.steps", "leads to":
            return " or ".join([*(given[0] or []), *filter(None, [given[1]])])
        case "profile.steps", "starting wage":
            return f"${given[0]}" if given[0] else ""
        case "profile.people", "consultation group(s)":
            return said(given[0]) or "none"
        case "convener.funding", "amount a year":
            return f"${given[0]:,}"
        case "purpose.decisions", "how many must agree":
            return f"advice from {' and '.join(given[1])}" if given[1] else said(given[0])
        case "purpose.disputes", "step of a dispute":
            return f"{row['id'].removeprefix('rung-')} {given[0]}"
        case "purpose.disputes", "who":
            return {"someone both name": "named by both"}.get(given[0][0], " and ".join(given[0]))
        case "recruitment.invitations", "stance":
            return {"for": "+", "waiting": "0", "against": "-"}[given[0]]
        case "value.exchanges", "in its own words":
            return f'"{given[0]}"' if given[0] else ""
        case "plan.actions", "element":
            return str(worksheets.called(given[0]).element)
        case "plan.actions", "status":
            return "done" if given[0] else "open"
        case "profile", "business floor":
            return f"{given[0]}%"
        case "convener", "convener":
            return f"{given[0]} (cand-1)"
        case "roles", "parties":
            return f"{given[0][0]} to {given[0][-1]}"
    return said(given[0])


def places(name: str, mend: tuple[str, ...] | None = None) -> Places:
    """Every answer of a sample by its place."""
    return {(slug, row, field): value for slug, row, field, value in samples.edits(name, mend)}


def test_there_are_three_samples_and_each_says_that_it_is_invented() -> None:
    assert samples.names() == ("clean", "half", "harrow-bend")
    for name in samples.names():
        profile = samples.book(name)[Profile]
        assert profile.invented_sample is True
        assert str(profile.as_of) == "2026-10-01"
        readme = content("data", "sample", name, "README.md").read_text("utf-8")
        assert "**Invented, every name and figure" in readme
    for path in content("data", "sample").glob("*/*.toml"):
        assert "invented" in path.read_text("utf-8").splitlines()[0], f"{path.name} does not say that it is invented"


# The letter test.


@needs_document
def test_every_cell_of_the_document_stands_in_the_sample_and_nothing_else_does() -> None:
    answers, name = samples.read("harrow-bend"), names_of_ids()
    compared: set[tuple[str, str, str]] = set()
    used = set(CHECKED_ON_THEIR_OWN)

    def compare(place: str, column: str, cell: str, row: dict[str, Any], fields: str, model: Any) -> None:
        asks = model.questions()
        prose = any(
            row.get(field) and asks[field].kind in ("text", "long_text") for field in fields.split() if field != "id"
        )
        if prose and not re.fullmatch(r"[a-z]+-\d+", cell):  # an id alone points to a row; within prose it is a name
            cell = re.sub(r"\b(?:s|org|prot)-\d+\b", lambda match: name[match[0]], cell)
        where = f"{place} {row.get('id', '')} “{column}”"
        assert in_the_documents_words(place, column, row, fields) == cell, where
        compared.update((place.split(".")[0], row.get("id", ""), field) for field in fields.split())

    for number, which, place, columns in TABLES:
        header, *lines = tables(number)[which]
        slug, table = place.split(".")
        rows = answers[slug][table]
        if place == "convener.funding":
            fte = answers["convener"]["candidates"][0]["fte"]
            assert lines.pop()[:2] == ["Total", f"${sum(row['amount'] for row in rows):,} for {fte} FTE"]
        assert len(rows) == len(lines), f"{place} has {len(rows)} rows, the document has {len(lines)}"
        assert set(header) == set(columns), f"columns of {place}"
        for row, line in zip(rows, lines, strict=True):
            for column, cell in zip(header, line, strict=True):
                if columns[column]:
                    compare(place, column, cell, row, columns[column], worksheets.called(slug).tables()[table].row)
        used.add((number, which))
    for number, which, slug, fields in ANSWERS:
        _, *lines = tables(number)[which]
        assert {label for label, _ in lines} == set(fields), f"answers of {slug}"
        for label, cell in lines:
            if fields[label]:
                compare(slug, label, cell, answers[slug], fields[label], worksheets.called(slug))
        used.add((number, which))
    assert used == {(number, which) for number in range(1, 12) for which in range(len(tables(number)))}

    compared |= told_in_sentences(answers) | the_matrix(answers) | the_scores(answers)
    assert set(places("harrow-bend")) - compared == set(), "the sample says something that the document does not"


def told_in_sentences(answers: samples.Answers) -> set[tuple[str, str, str]]:
    """What the document tells between its tables."""
    for slug in worksheets.every():
        assert answers[slug]["ready"] is True  # "worksheets ready to check: all"
    found = {(slug, "", "ready") for slug in worksheets.every()}

    short = ["chamber", "region4", "alderfield", "novak", "trifork", "workforce"]
    short += ["castellan", "blueheron", "ostrander", "puente", "families"]
    for person in answers["profile"]["people"]:
        first, last = person["name"].split(" (")[0].replace("é", "e").lower().split()
        domain = short[int(person["organization"].removeprefix("org-")) - 1]
        assert person["contact"] == f"{first}.{last}@{domain}.example"
        found.add(("profile", person["id"], "contact"))
    left_on = {person["id"]: str(person["left_on"]) for person in answers["profile"]["people"] if "left_on" in person}
    assert left_on == {"s-15": "2026-06-30"}
    assert len({row["sector"] for row in answers["profile"]["organizations"]}) == 7  # "sectors in use: all seven"
    found.add(("profile", "s-15", "left_on"))

    lines, sheet = section(7), answers["communication"]
    assert f"Front door: {sheet['front_door']}, {sheet['front_door_person']}, {sheet['front_door_address']}. " in lines
    contact = sheet["change_of_contact"]
    assert f"Change of contact: {contact[0].lower()}{contact[1:]}\n" in lines
    fields = ("front_door", "front_door_person", "front_door_address", "change_of_contact")
    found |= {("communication", "", field) for field in fields}
    assert re.findall(r'(com-\d) "(.*?)"', lines) == [(row["id"], row["message"]) for row in sheet["audiences"]]
    found |= {("communication", row["id"], "message") for row in sheet["audiences"]}

    assert "Direction wanted: up, for all. Unit: percent, for all (metric-8: percent of dollars)." in section(9)
    for metric in answers["metrics"]["metrics"]:
        unit = "percent of dollars" if metric["id"] == "metric-8" else "percent"
        assert (metric["direction"], metric["unit"]) == ("up", unit)
        found |= {("metrics", metric["id"], "direction"), ("metrics", metric["id"], "unit")}
    return found


def the_matrix(answers: samples.Answers) -> set[tuple[str, str, str]]:
    header, *lines = tables(8)[1]
    grid = {line[0]: dict(zip(header[1:], line[1:], strict=True)) for line in lines}
    expected = {task: {f"org-{at}": cell for at, cell in cells.items() if cell} for task, cells in grid.items()}
    assert answers["roles"]["matrix"] == expected
    return {("roles", task, f"matrix/{organization}") for task, cells in expected.items() for organization in cells}


def the_scores(answers: samples.Answers) -> set[tuple[str, str, str]]:
    expected: list[dict[str, Any]] = [
        {"candidate": f"cand-{candidate}", "criterion": f"crit-{at}", "scored_by": line[0], "score": int(score)}
        for line in tables(3)[3][1:]
        for candidate, cell in enumerate(line[1:], 1)
        for at, score in enumerate(cell.split("-"), 1)
    ]
    assert answers["convener"]["scores"] == [{"id": f"score-{at}", **row} for at, row in enumerate(expected, 1)]
    weight = {row["id"]: row["weight"] for row in answers["convener"]["criteria"]}
    own = {row["id"]: row["organization"] for row in answers["convener"]["candidates"]}
    for line, places_after, with_own in zip(tables(3)[4][1:], (3, 2), (False, True), strict=True):
        for candidate, cell in zip(own, line[1:], strict=True):
            mean = sum(
                Decimal(weight[criterion]) / 100 * statistics.mean(
                    Decimal(row["score"])
                    for row in expected
                    if row["candidate"] == candidate
                    and row["criterion"] == criterion
                    and (with_own or row["scored_by"] != own[candidate])
                )
                for criterion in weight
            )  # fmt: skip
            # The document cuts 3.3375 to 3.337 in one line and rounds in the other: a little over half a step.
            assert abs(mean - Decimal(cell)) <= Decimal(f"0.6e-{places_after}"), f"{candidate}, {line[0]}"
    return {("convener", f"score-{at}", field) for at, row in enumerate(expected, 1) for field in row}


@needs_document
def test_every_percent_and_baseline_of_the_document_follows_from_the_counts() -> None:
    metrics = samples.book("harrow-bend")[Metrics]
    for observation, line in zip(metrics.observations, tables(9)[2][1:], strict=True):
        assert str(observation.percent) == line[6], observation.id
    for metric, line in zip(metrics.metrics, tables(9)[1][1:], strict=True):
        first = metrics.observed(metric.id)[0]
        assert [str(first.percent), str(first.as_of)] == line[1:3], metric.id


@needs_document
def test_the_round_of_ratings_is_the_documents() -> None:
    ratings = samples.ratings("harrow-bend")
    assert f'Round "{ratings["name"]}", {ratings["held_on"]}, {sum(ratings["people"].values())} people' in section(11)
    header, *lines = tables(11)[0]
    assert header[1:5] == [f"{group} ({people})" for group, people in ratings["people"].items()]
    assert list(ratings["counts"]) == [line[0] for line in lines]
    for indicator, *cells, medians, gap in lines:
        found = []
        for group, cell in zip(ratings["people"], cells, strict=True):
            *levels, unknown = ratings["counts"][indicator][group]
            assert f"{'-'.join(map(str, levels))} / {unknown}" == cell
            assert sum(levels) + unknown == ratings["people"][group]
            found.append(statistics.median(Counter(dict(enumerate(levels))).elements()))
        assert [float(median) for median in medians.split()] == found
        assert float(gap) == max(found) - min(found)


# What a room can carry.


def test_the_counts_of_the_case() -> None:
    book = samples.book("harrow-bend")
    count = {f"{sheet.slug}.{table}": len(sheet.rows(table)) for sheet in book for table in sheet.tables()}
    assert count == {
        "profile.organizations": 11, "profile.people": 15, "profile.steps": 4,
        "convener.jobs": 6, "convener.funding": 3, "convener.criteria": 4, "convener.candidates": 3,
        "convener.evidence": 12, "convener.scores": 60,
        "purpose.clauses": 5, "purpose.evidence": 4, "purpose.decisions": 6, "purpose.disputes": 4,
        "recruitment.needs": 12, "recruitment.invitations": 15, "recruitment.groups": 2,
        "value.exchanges": 14, "communication.audiences": 6,
        "roles.tasks": 16, "roles.data_agreements": 1, "roles.signatories": 10,
        "metrics.metrics": 11, "metrics.observations": 19,
        "plan.actions": 3, "plan.asks_of_state": 2, "plan.parked": 2, "plan.acknowledged": 0, "profile.severities": 0,
    }  # fmt: skip
    assert Counter(person.status for person in book[Profile].people) == {"confirmed": 14, "left": 1}
    assert sum(bool(organization.votes) for organization in book[Profile].organizations) == 9


def test_the_quick_part_of_the_case_is_fewer_than_250_cells() -> None:
    """A room fills about 250 cells in a half-day. Of the matrix it types the letters A and R only."""
    count: Counter[str] = Counter()
    for (slug, row, field), value in places("harrow-bend").items():
        kind = worksheets.called(slug)
        if field.startswith("matrix/"):
            count[slug] += bool({"A", "R"} & set(value))
        else:
            in_quick_table = not row or kind.tables()[kind.table_of(row)].quick
            count[slug] += in_quick_table and kind.ask(field, row).quick
    in_the_room = {slug: cells for slug, cells in count.items() if slug not in ("profile", "plan")}
    print("quick cells:", sum(in_the_room.values()), in_the_room)
    assert sum(in_the_room.values()) < 250


# The other two samples.

MENDED: dict[str, dict[tuple[str, str, str], Any]] = {
    "D1": {("roles", "task-5", "matrix/org-4"): "R"},
    "D2": {
        ("value", "x-9", "gets"): "Two trained applicants a year who know its shop",
        ("value", "x-9", "in_own_words"): "I cannot pay a recruiter.",
        ("value", "x-9", "confirmed_by"): "s-12",
        ("value", "x-9", "confirmed_on"): "2026-09-30",
        ("value", "x-9", "worth"): 4,
        ("value", "x-9", "review"): "2027-06-15",
    },
    "D3": {("metrics", "metric-5", "owner"): "s-3"},
    "D4": {
        ("communication", "com-7", "audience"): "Families and learners",
        ("communication", "com-7", "members"): ["s-14"],
        ("communication", "com-7", "message"): "Places, pay, bus",
        ("communication", "com-7", "purpose"): "What is offered, what it pays, how to join",
        ("communication", "com-7", "channel"): "Evening meeting and text message",
        ("communication", "com-7", "how_often"): "monthly",
        ("communication", "com-7", "owner"): "s-13",
        ("communication", "com-7", "backup"): "s-5",
        ("communication", "com-7", "language"): "English and Spanish",
        ("communication", "com-7", "format"): "Print 14 pt and text",
        ("communication", "com-7", "reply"): "Text or call to the front door",
        ("communication", "com-7", "two_way"): True,
        ("communication", "com-7", "first_on"): "2026-10-27",
        ("communication", "com-7", "metrics"): ["metric-4"],
    },
    "D5": {
        ("roles", "da-2", "purpose"): "Wage match for completers",
        ("roles", "da-2", "parties"): ["org-5", "org-6"],
        ("roles", "da-2", "data"): "Counts returned, no records",
        ("roles", "da-2", "destroy_by"): "2029-06-30",
        ("roles", "da-2", "expires"): "2028-12-31",
        ("metrics", "metric-6", "agreement"): "da-2",
    },
    "D6": {("convener", "", "reason"): "Employers trust it; the board lends its fiscal staff."},
    "D7": {("purpose", "prot-2", "quorum"): 6},
    "D8": {("metrics", "obs-4", "shown"): False, ("metrics", "obs-5", "shown"): False},
    "D9": {
        ("profile", "s-16", "name"): "Odile Marsh",
        ("profile", "s-16", "organization"): "org-7",
        ("profile", "s-16", "role"): "Human resources lead",
        ("profile", "s-16", "status"): "confirmed",
        ("profile", "s-16", "votes"): False,
        ("profile", "s-16", "contact"): "odile.marsh@castellan.example",
        ("profile", "s-17", "name"): "Ray Tibbets",
        ("profile", "s-17", "organization"): "org-8",
        ("profile", "s-17", "role"): "Maintenance supervisor",
        ("profile", "s-17", "status"): "confirmed",
        ("profile", "s-17", "votes"): False,
        ("profile", "s-17", "contact"): "ray.tibbets@blueheron.example",
        ("recruitment", "ask-16", "person"): "s-16",
        ("recruitment", "ask-16", "needs"): ["need-2"],
        ("recruitment", "ask-16", "asked_by"): "s-10",
        ("recruitment", "ask-16", "influence"): 3,
        ("recruitment", "ask-16", "interest"): 4,
        ("recruitment", "ask-17", "person"): "s-17",
        ("recruitment", "ask-17", "needs"): ["need-4"],
        ("recruitment", "ask-17", "asked_by"): "s-11",
        ("recruitment", "ask-17", "influence"): 2,
        ("recruitment", "ask-17", "interest"): 4,
        ("communication", "com-5", "members"): ["s-10", "s-11", "s-12", "s-16", "s-17"],
    },
}


def changed(before: Places, after: Places) -> Places:
    assert set(before) <= set(after), "a fix takes nothing away"
    return {place: value for place, value in after.items() if place not in before or before[place] != value}


@pytest.mark.parametrize("defect", DEFECTS)
def test_each_fix_can_be_applied_alone_and_changes_only_its_own_places(defect: str) -> None:
    assert changed(places("harrow-bend"), places("clean", (defect,))) == MENDED[defect]


def test_clean_is_the_case_with_the_nine_fixes_and_no_other_change() -> None:
    every = {place: value for mended in MENDED.values() for place, value in mended.items()}
    assert changed(places("harrow-bend"), places("clean")) == every
    assert samples.read("clean", mend=()) == samples.read("harrow-bend")
    assert samples.read("clean", mend=DEFECTS) == samples.read("clean")


@needs_document
@pytest.mark.parametrize("defect", DEFECTS)
def test_what_a_fix_writes_is_what_the_document_says(defect: str) -> None:
    (cell,) = (line[1] for line in tables(12)[0] if line[0] == defect)
    for (_, row, field), value in MENDED[defect].items():
        if field not in ("contact", "shown", "votes", "two_way") and (row, field) != ("com-5", "members"):
            for one in value if isinstance(value, list) else [value]:
                assert str(one).casefold() in cell.casefold(), f"{row} {field}"


def test_half_keeps_what_its_definition_names_and_nothing_dangles() -> None:
    whole, half = places("harrow-bend"), places("half")
    kept = {
        *(f"org-{n}" for n in range(1, 8)), *(f"s-{n}" for n in range(1, 8)), *(f"step-{n}" for n in range(1, 5)),
        *(f"clause-{n}" for n in range(1, 4)), *(f"need-{n}" for n in range(1, 6)), *(f"task-{n}" for n in range(1, 7)),
    }  # fmt: skip
    gone = {("recruitment", "need-1", "promise"), ("roles", "task-4", "need")}
    gone |= {("roles", f"task-{n}", "gives") for n in (1, 5, 6)}
    expected = {
        place: value
        for place, value in whole.items()
        if (place[1] in kept or (place[0] in ("profile", "purpose") and not place[1]))
        and place[2] != "ready"
        and not place[2].startswith("matrix/")
        and place not in gone
    }
    assert half == expected
    begun = [sheet.slug for sheet in samples.book("half") if sheet.begun]
    assert begun == ["profile", "purpose", "recruitment", "roles"]


@pytest.mark.parametrize("name", ["clean", "half", "harrow-bend"])
def test_no_sample_points_to_a_row_that_is_not_there(name: str) -> None:
    book = samples.book(name)
    for (slug, row, field), value in places(name).items():
        if field.startswith("matrix/"):
            assert {row, field.removeprefix("matrix/")} <= set(book.row_by_id)
            continue
        question = worksheets.called(slug).ask(field, row)
        if question.kind in ("reference", "references"):
            there = {*(one.id for one in book.rows(question.target)), *question.also}
            assert set([value] if isinstance(value, str) else value) <= there, f"{slug} {row} {field}"


# The reader.


def test_edits_hold_the_whole_sample(tmp_path: Path) -> None:
    from ctekit.store import Edit, create_store

    store = create_store(tmp_path / "partnership.ctekit", partnership="test")
    store.save([Edit(slug, field, value, row) for slug, row, field, value in samples.edits("harrow-bend")])
    loaded: Workbook = store.load()
    store.close()
    for saved, read in zip(loaded, samples.book("harrow-bend"), strict=True):
        same = saved.model_copy(update={"partnership_id": None}) if isinstance(saved, Profile) else saved
        assert same == read


def test_ready_is_the_last_thing_a_worksheet_says() -> None:
    last = {slug: field for slug, _, field, _ in samples.edits("harrow-bend")}
    assert last == dict.fromkeys(worksheets.every(), "ready")


def test_whoever_changes_what_was_read_changes_nobody_elses_copy() -> None:
    samples.read("clean")["purpose"]["decisions"].clear()
    assert samples.read("clean")["purpose"]["decisions"]


@pytest.mark.parametrize(
    ("name", "mend", "sentence"),
    [
        ("harow-bend", None, "No sample is called “harow-bend”. Did you mean “harrow-bend”?"),
        ("clean", ["D11"], "No fix of the sample “clean” is called “D11”. Did you mean “D1”?"),
        ("half", ["D1"], "No fix of the sample “half” is called “D1”. It has none."),
        ("../harrow-bend", None, "No sample is called “../harrow-bend”."),
    ],
)
def test_a_name_that_is_not_there_gets_the_nearest(name: str, mend: list[str] | None, sentence: str) -> None:
    with pytest.raises(LookupError) as error:
        samples.read(name, mend)
    assert str(error.value).startswith(sentence)


def test_a_sample_never_reads_the_clock() -> None:
    tree = ast.parse(Path(samples.__file__).read_text("utf-8"))
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not imported & {"datetime", "time"}


def test_what_travels_in_the_package_comes_before_what_lies_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path / "ctekit")
    assert content("data", "sample") == tmp_path / "data" / "sample"
    (tmp_path / "ctekit" / "content").mkdir(parents=True)
    assert content("data", "sample") == tmp_path / "ctekit" / "content" / "data" / "sample"
