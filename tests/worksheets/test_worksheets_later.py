"""Communication, roles, metrics and the whole picture: what their answers say."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import get_args

import pytest

from ctekit import ratings, worksheets
from ctekit.model import questions
from ctekit.model.kinds import DATE
from ctekit.model.worksheet import Worksheet
from ctekit.rubrics import translation
from ctekit.worksheets.communication import Communication
from ctekit.worksheets.metrics import Metrics, Observation
from ctekit.worksheets.plan import Plan
from ctekit.worksheets.profile import Profile, Sector
from ctekit.worksheets.roles import Roles
from ctekit.worksheets.sector_names import SECTOR_NAMES

LATER: tuple[type[Worksheet], ...] = (Communication, Roles, Metrics, Plan)

# All counts of the invented sample partnership Harrow Bend, with the shares printed there.
HARROW_BEND = [
    (380, 408, "93.1"),
    (389, 416, "93.5"),
    (293, 412, "71.1"),
    (4, 7, "57.1"),
    (289, 405, "71.4"),
    (49, 412, "11.9"),
    (53, 420, "12.6"),
    (92, 383, "24.0"),
    (61, 251, "24.3"),
    (31, 132, "23.5"),
    (101, 393, "25.7"),
    (42, 383, "11.0"),
    (55, 393, "14.0"),
    (31, 58, "53.4"),
    (17, 42, "40.5"),
    (62000, 96000, "64.6"),
    (24, 40, "60.0"),
    (58, 96, "60.4"),
    (18, 40, "45.0"),
]


@pytest.mark.parametrize(("counted", "out_of", "percent"), HARROW_BEND)
def test_a_share_is_the_one_printed_in_the_case(counted: int, out_of: int, percent: str) -> None:
    assert str(Observation(id="obs-1", counted=counted, out_of=out_of).percent) == percent


@pytest.mark.parametrize(
    ("counted", "out_of", "percent"),
    [(1, 2000, "0.0"), (3, 2000, "0.2"), (0, 40, "0.0"), (None, 40, None), (4, None, None), (4, 0, None)],
)
def test_a_share_rounds_halves_to_even_and_is_never_made_up(
    counted: int | None, out_of: int | None, percent: str | None
) -> None:
    expected = None if percent is None else Decimal(percent)
    assert Observation(id="obs-1", counted=counted, out_of=out_of).percent == expected


def observation(number: int, metric: str, as_of: str | None, group: str | None) -> Observation:
    day = datetime.date.fromisoformat(as_of) if as_of else None
    return Observation(id=f"obs-{number}", metric=metric, as_of=day, group=group)


SERIES = Metrics(
    observations=(
        observation(1, "metric-5", "2026-06-30", "all"),
        observation(2, "metric-5", "2025-06-30", "All"),
        observation(3, "metric-5", None, "all"),
        observation(4, "metric-5", "2024-06-30", None),
        observation(5, "metric-4", "2023-06-30", "all"),
        observation(6, "metric-5", "2025-06-30", "Novak Rural Schools"),
    )
)


def test_the_baseline_is_the_oldest_dated_count_of_everybody() -> None:
    assert [observation.id for observation in SERIES.observed("metric-5")] == ["obs-2", "obs-1"]


def test_a_group_has_its_own_series() -> None:
    assert [observation.id for observation in SERIES.observed("metric-5", "Novak Rural Schools")] == ["obs-6"]
    assert SERIES.observed("metric-11") == ()


def test_two_counts_of_one_day_stay_in_the_order_people_put_them() -> None:
    day = "2025-06-30"
    book = Metrics(observations=(observation(9, "metric-1", day, "all"), observation(2, "metric-1", day, "all")))
    assert [row.id for row in book.observed("metric-1")] == ["obs-9", "obs-2"]


@pytest.mark.parametrize(
    ("typed", "kept"), [("A/R", "AR"), ("r, a", "AR"), ("RA", "AR"), ("c", "C"), ("I S", "SI"), (" ", None), ("", None)]
)
def test_a_cell_of_the_matrix_keeps_a_set_of_letters(typed: str, kept: str | None) -> None:
    assert questions.read(Roles.question("matrix"), typed) == kept


def test_a_letter_without_meaning_is_answered_with_one_sentence_of_help() -> None:
    with pytest.raises(questions.InvalidAnswerError, match=r"holds X.*Use the letters A, R, S, C, I"):
        questions.read(Roles.question("matrix"), "AX")


def test_the_matrix_holds_letters_by_task_and_organization() -> None:
    roles = Roles.model_validate({"tasks": [{"id": "task-6"}], "matrix": {"task-6": {"org-7": "AR", "org-8": "R"}}})
    assert roles.matrix["task-6"]["org-7"] == "AR"
    assert roles.begun


@pytest.mark.parametrize("kind", LATER)
def test_a_blank_worksheet_is_lawful_and_not_begun(kind: type[Worksheet]) -> None:
    assert not kind().begun
    for table in kind.tables().values():
        row = table.row(id=f"{table.prefix}-1")
        assert all(getattr(row, name) in (None, ()) for name in row.questions())
        assert row.named_by in row.questions()


@pytest.mark.parametrize("kind", LATER)
def test_no_two_questions_side_by_side_have_the_same_title(kind: type[Worksheet]) -> None:
    for model in (kind, *(table.row for table in kind.tables().values())):
        titles = [ask.title for ask in model.questions().values()]
        assert len(titles) == len(set(titles))


@pytest.mark.parametrize("kind", LATER)
def test_ready_made_rows_can_be_read(kind: type[Worksheet]) -> None:
    for table in kind.tables().values():
        for ready in table.ready:
            assert {
                name: questions.read(table.row.questions()[name], answer) for name, answer in ready.items()
            } == ready


def test_families_and_learners_come_first_among_the_ready_made_audiences() -> None:
    ready = Communication.tables()["audiences"].ready
    assert ready[0]["audience"] == "Families and learners"
    assert len(ready) == 6


UNTIL_WHEN = re.compile(r"\b(by|until|ends|target|again|runs out)\b", re.I)


def test_a_month_or_a_year_answers_every_question_that_asks_until_when() -> None:
    for kind in worksheets.every().values():
        tables = [asked.row.questions() for asked in kind.questions().values() if asked.row]
        for asked in (kind.questions(), *tables):
            for field, question in asked.items():
                if question.kind is not DATE or not UNTIL_WHEN.search(question.title):
                    continue
                assert question.period, f"{kind.slug}: {field} asks until when; let it take a month with period=True"
                assert questions.read(question, "March 2027") == "2027-03-31"
                assert questions.read(question, "2027") == "2027-12-31"


def test_each_name_that_we_print_of_a_sector_is_read_as_that_sector() -> None:
    for kind, table, field in ((Profile, "organizations", "sector"), (Communication, "audiences", "kind")):
        asked = kind.questions()[table].row.questions()[field]
        for sector, names in SECTOR_NAMES.items():
            spanish = translation("es", "room.toml")["said"].get(sector, sector)
            for name in (sector, spanish, *names, *(name.upper() for name in names)):
                assert questions.read(asked, name) == sector, name
    assert set(SECTOR_NAMES) == set(get_args(Sector))


def test_an_action_names_its_worksheet_as_the_steps_do() -> None:
    """By its title, never by the name that files and addresses use."""
    question = worksheets.called("plan").question("actions").row.questions()["element"]
    for slug, title in zip(question.options, question.meanings, strict=True):
        kind = worksheets.called(slug)
        number = f"{kind.element} " if slug in ratings.elements() else ""
        assert title == f"{number}{worksheets.short_title(kind)}"
        assert question.kind.show(question, slug, str) == title
