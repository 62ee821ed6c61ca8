"""The samples are whole, hold together, and read the same on every day of every year."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from ctekit import rubrics, samples, worksheets
from ctekit.model import paths
from ctekit.model.paths import content
from ctekit.workbook import Workbook
from ctekit.worksheets.convener import Convener
from ctekit.worksheets.profile import Profile
from tests import half_day

Places = dict[tuple[str, str, str], Any]


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


def test_nobody_of_a_sample_can_be_written_to() -> None:
    for name in samples.names():
        for person in samples.book(name)[Profile].people:
            assert person.contact.endswith(".example"), person.name


def test_everybody_of_the_round_answered_each_question_once() -> None:
    ratings = samples.ratings("harrow-bend")
    for indicator, groups in ratings["counts"].items():
        assert rubrics.called(indicator)
        assert {group: sum(answers) for group, answers in groups.items()} == ratings["people"]


# What a room can carry.


def test_the_counts_of_the_case() -> None:
    book = samples.book("harrow-bend")
    tables = [(sheet, table) for sheet in book for table in sheet.tables()]
    count = {f"{sheet.slug}.{table}": len(rows) for sheet, table in tables if (rows := sheet.rows(table))}
    assert count == {
        "profile.organizations": 11, "profile.people": 15, "profile.steps": 4,
        "profile.credits": 3,
        "convener.jobs": 6, "convener.funding": 3, "convener.criteria": 4, "convener.candidates": 3,
        "convener.evidence": 12, "convener.scores": 60,
        "purpose.clauses": 5, "purpose.evidence": 4, "purpose.decisions": 6, "purpose.disputes": 4,
        "recruitment.needs": 12, "recruitment.invitations": 15, "recruitment.groups": 2,
        "value.exchanges": 14, "communication.audiences": 6,
        "roles.tasks": 16, "roles.data_agreements": 1, "roles.signatories": 10,
        "metrics.metrics": 11, "metrics.observations": 19,
        "meetings.meetings": 11, "meetings.items": 6, "meetings.recommendations": 3,
        "plan.actions": 3, "plan.asks_of_state": 2, "plan.parked": 2,
    }  # fmt: skip
    assert Counter(person.status for person in book[Profile].people) == {"confirmed": 14, "left": 1}
    assert sum(bool(organization.votes) for organization in book[Profile].organizations) == 9


def test_the_case_calls_the_jobs_of_a_convener_as_the_worksheet_does() -> None:
    asked = [job["job"] for job in Convener.tables()["jobs"].ready]
    assert [job.job for job in samples.book("harrow-bend")[Convener].jobs] == asked


def test_a_room_of_the_size_of_the_case_types_fewer_than_260_cells() -> None:
    count = half_day.cells("harrow-bend")
    print("quick cells:", sum(count.values()), dict(count))
    assert sum(count.values()) < 260


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
        ("profile", "s-16", "here_today"): True,
        ("profile", "s-16", "status"): "confirmed",
        ("profile", "s-16", "votes"): False,
        ("profile", "s-16", "contact"): "odile.marsh@castellan.example",
        ("profile", "s-17", "name"): "Ray Tibbets",
        ("profile", "s-17", "organization"): "org-8",
        ("profile", "s-17", "role"): "Maintenance supervisor",
        ("profile", "s-17", "here_today"): True,
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


@pytest.mark.parametrize("defect", MENDED)
def test_each_fix_can_be_applied_alone_and_changes_only_its_own_places(defect: str) -> None:
    assert changed(places("harrow-bend"), places("clean", (defect,))) == MENDED[defect]


def test_clean_is_the_case_with_the_nine_fixes_and_no_other_change() -> None:
    every = {place: value for mended in MENDED.values() for place, value in mended.items()}
    assert changed(places("harrow-bend"), places("clean")) == every
    assert samples.read("clean", mend=()) == samples.read("harrow-bend")
    assert samples.read("clean", mend=tuple(MENDED)) == samples.read("clean")


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
        question = worksheets.called(slug).question(field, row)
        if question.kind.name in ("reference", "references"):
            there = {*(row.id for row in book.rows(question.target)), *question.also}
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
    assert last == dict.fromkeys(samples.read("harrow-bend"), "ready")


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
