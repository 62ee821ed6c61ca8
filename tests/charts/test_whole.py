"""The charts that look across worksheets or at the whole year: calendar, findings, influence, network, trace."""

from __future__ import annotations

import datetime
import xml.etree.ElementTree as ET
from functools import cache
from itertools import combinations
from math import dist
from typing import Any, get_args

import pytest

from ctekit import charts, rules, samples
from ctekit.charts import Chart
from ctekit.charts._drawing import Marker
from ctekit.views import SENTENCES
from ctekit.workbook import Earlier, Workbook, from_answers
from ctekit.worksheets.communication import DAYS, Communication, HowOften
from ctekit.worksheets.profile import Profile


@cache
def harrow() -> Workbook:
    return samples.book("harrow-bend")


def changed(**tables: Any) -> Workbook:
    """Harrow Bend with single fields changed: ``recruitment__needs=[...]``."""
    answers = samples.read("harrow-bend")
    for path, value in tables.items():
        slug, field = path.split("__")
        answers[slug][field] = value
    return from_answers(answers)


def drawn(chart: Chart) -> str:
    return " ".join(ET.fromstring(chart.svg()).itertext())


# Calendar


def months(*audiences: dict[str, Any], as_of: str | None = "2026-10-01") -> list[tuple[Any, ...]]:
    """How many dates fall into each of the twelve months, audience by audience."""
    rows = [{"id": f"com-{i}", "audience": f"A{i}"} | audience for i, audience in enumerate(audiences, 1)]
    book = from_answers({"profile": {"as_of": as_of}, "communication": {"audiences": rows}})
    chart = charts.of("calendar", book)
    assert chart.svg()
    return [row[4:-1] for row in chart.numbers.rows]


def test_calendar_on_harrow_bend() -> None:
    chart = charts.of("calendar", harrow())
    assert chart.numbers.columns[4] == "Dates in Oct 2026"
    assert chart.numbers.columns[15] == "Dates in Sep 2027"
    assert [(row[0], sum(row[4:-1])) for row in chart.numbers.rows] == [
        ("Steering group", 12),
        ("All partners: bulletin", 12),
        ("Teachers and counselors", 26),
        ("Data group", 4),
        ("Host employers", 12),
        ("Boards of the public bodies", 2),
    ]
    assert chart.numbers.rows[3][4:-1] == (0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0)
    assert chart.words.caption == (
        "No month is quiet: the fewest dates are 5, in Oct 2026, Mar 2027, Apr 2027 and 2 more. "
        "The most: 7, in Jul 2027."
    )
    assert "68 in all, from 5 to 7 a month" in chart.words.alt


def test_calendar_names_the_quiet_months_and_who_has_no_date() -> None:
    audiences = [
        {"id": "com-1", "audience": "Boards", "how_often": "twice a year", "first_on": "2026-11-05"},
        {"id": "com-2", "audience": "Families"},
        {"id": "com-3", "audience": "Hosts", "first_on": "2026-11-20"},
    ]
    chart = charts.of("calendar", changed(communication__audiences=audiences))
    assert chart.words.caption == (
        "Quiet: Oct 2026, Dec 2026, Jan 2027 and 7 more. The most: 2, in Nov 2026. Without a first date: Families. "
        "How often is not written: Hosts."
    )
    assert [row[-1] for row in chart.numbers.rows] == [
        "none",
        "no first date; how often is not written",
        "how often is not written",
    ]


@pytest.mark.parametrize(
    ("often", "first", "expected"),
    [
        ("monthly", "2020-01-31", (1,) * 12),
        ("every two months", "2026-10-15", (1, 0) * 6),
        ("quarterly", "2026-07-04", (1, 0, 0) * 4),
        ("each term", "2026-09-30", (0, 0, 0, 1) * 3),
        ("yearly", "2024-02-29", (0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0)),
        ("when needed", "2026-12-24", (0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0)),
        ("yearly", "2031-01-01", (0,) * 12),
    ],
)
def test_calendar_goes_on_from_the_first_date(often: str, first: str, expected: tuple[int, ...]) -> None:
    assert months({"how_often": often, "first_on": first}) == [expected]


def test_calendar_counts_weeks_by_the_day() -> None:
    first = datetime.date(2019, 3, 6)
    weeks = [first + datetime.timedelta(7 * step) for step in range(700)]
    expected = [
        sum((day.year, day.month) == (2026 + (9 + ahead) // 12, (9 + ahead) % 12 + 1) for day in weeks)
        for ahead in range(12)
    ]
    assert months({"how_often": "every week", "first_on": "2019-03-06"}) == [tuple(expected)]


def test_every_rhythm_but_when_needed_has_its_days() -> None:
    assert set(DAYS) == set(get_args(HowOften)) - {"when needed"}


def test_calendar_begins_with_the_first_date_where_no_day_is_known_and_bears_the_end_of_days() -> None:
    assert months({"how_often": "yearly", "first_on": "2027-05-09"}, as_of=None) == [(1, *(0,) * 11)]
    assert months({"how_often": "monthly"}, as_of=None) == [(0,) * 12]
    # An older file may hold days that nobody can type any more.
    audience = {"id": "com-1", "how_often": "every week", "first_on": "9999-12-31"}
    late = Workbook(
        {
            "profile": Profile.model_validate({"as_of": "9999-12-31"}),
            "communication": Communication.model_validate({"audiences": [audience]}),
        }
    )
    assert sum(charts.of("calendar", late).numbers.rows[0][4:-1]) == 0
    assert months({"how_often": "monthly", "first_on": "1900-01-01"}) == [(1,) * 12]


# Findings


def with_history() -> Workbook:
    """Half-filled, then with defects, then mended; the last day is that of the mended one."""
    days = ("2026-09-16", "2026-10-14", "2027-01-20")
    then = dict(zip(days, map(samples.book, ("half", "harrow-bend", "clean")), strict=True))
    past = Earlier(lambda: days, lambda day: Workbook(then[day].sheets, as_it_stood_on=day))
    return Workbook(then[days[-1]].sheets, saved_at="2027-01-20T10:00:00Z", past=past)


def test_findings_of_a_sample_are_those_of_the_check() -> None:
    numbers = charts.of("findings", harrow()).numbers
    listed = [finding for result in rules.check(harrow()) for finding in result.findings if not finding.private]
    assert numbers.columns == ("Worksheet", "Open on 2026-10-01", "Errors among the last")
    titles = {sheet.title: sheet.slug for sheet in harrow() if sheet.begun}
    assert {row[0]: row[1] for row in numbers.rows} == {
        title: sum(finding.worksheet == slug for finding in listed) for title, slug in titles.items()
    }
    assert sum(row[2] for row in numbers.rows) == sum(finding.severity == "error" for finding in listed)
    caption = charts.of("findings", harrow()).words.caption
    assert caption.startswith(f"{len(listed)} findings are open, ")
    assert caption.endswith("There is no earlier day to compare with yet.")


def test_findings_look_back_to_each_day_and_say_whether_it_got_less() -> None:
    book = with_history()
    chart = charts.of("findings", book)
    assert chart.numbers.columns[1:-1] == ("Open on 2026-09-16", "Open on 2026-10-14", "Open on 2027-01-20")
    totals = [sum(row[at] for row in chart.numbers.rows) for at in (1, 2, 3)]
    assert totals[0] == totals[2] == 0 < totals[1]
    assert chart.words.caption == "Nothing is open on the worksheets begun so far. As many as on September 16, 2026."
    assert f"in all 0, {totals[1]} and 0" in chart.words.alt
    assert "Oct 14" in drawn(chart)


def test_findings_of_a_long_history_keep_its_first_day_and_its_last() -> None:
    days = tuple(f"2026-{month:02}-{day:02}" for month in range(1, 11) for day in range(1, 29))
    past = Earlier(lambda: days, lambda day: from_answers({}))
    chart = charts.of("findings", Workbook(harrow().sheets, saved_at="2026-10-28T10:00:00Z", past=past))
    columns = chart.numbers.columns[1:-1]
    assert (columns[0], columns[-1], len(columns)) == ("Open on 2026-01-01", "Open on 2026-10-28", 6)
    assert list(columns) == sorted(set(columns))
    assert "more than on January 1, 2026" in chart.words.caption


# Influence


def test_influence_on_harrow_bend() -> None:
    chart = charts.of("influence", harrow())
    assert [row[:4] for row in chart.numbers.rows[:4]] == [
        ("Adaeze Whitcomb", 1, 5, 5),
        ("Colleen Ardmore", 2, 5, 4),
        ("Marcus Dray", 3, 5, 4),
        ("Mirela Osei", 4, 4, 5),
    ]
    assert [row[5] for row in chart.numbers.rows].count("work closely with") == 6
    assert chart.words.caption == (
        "6 of 14 people can move much and care much: Adaeze Whitcomb, Colleen Ardmore, Marcus Dray and 3 more. "
        "Still waiting among them: Colleen Ardmore. Much influence and less interest: Yolanda Fisk."
    )
    # s-15 has left.
    assert len(chart.numbers.rows) == 14


def test_influence_is_kept_back_unless_the_facilitator_asks() -> None:
    kept = SENTENCES["chart"](harrow(), "influence")
    assert "<svg" not in kept
    assert "Yolanda Fisk" not in kept
    shown = SENTENCES["chart"](harrow(), "influence", private=True)
    assert "<svg" in shown
    assert "Facilitator only" in shown


def test_influence_gives_a_crowded_cell_one_mark_and_the_rest_one_each() -> None:
    people = [{"id": f"s-{i}", "name": f"Person {i}"} for i in range(1, 41)]
    asked = [
        {"id": f"ask-{i}", "person": f"s-{i}", "influence": 4 if i < 10 else 2, "interest": 5 if i < 10 else i % 5 + 1}
        for i in range(1, 41)
    ]
    chart = charts.of("influence", from_answers({"profile": {"people": people}, "recruitment": {"invitations": asked}}))
    words = drawn(chart)
    assert "1–9" in words
    assert "16 more rows stand only in the table." in words
    assert len(chart.numbers.rows) == 40


def test_influence_marks_never_lie_on_one_another() -> None:
    people = [{"id": f"s-{i}", "name": f"Person {i}"} for i in range(100)]
    asked = [
        {"id": f"ask-{i}", "person": f"s-{i}", "influence": i % 5 + 1, "interest": i // 5 % 5 + 1} for i in range(100)
    ]
    drawing = charts.of(
        "influence", from_answers({"profile": {"people": people}, "recruitment": {"invitations": asked}})
    ).drawing
    points = [(shape.x, shape.y) for shape in drawing.shapes if isinstance(shape, Marker) and shape.size >= 15]
    assert len(points) == 100 + 24  # four in each cell, and those beside the names
    assert min(dist(point, other) for point, other in combinations(points, 2)) > 18 + 1


def test_influence_names_who_is_not_placed_and_takes_the_higher_of_two() -> None:
    people = [{"id": f"s-{i}", "name": name} for i, name in enumerate(("Ana", "Ben", "Cal"), 1)]
    people.append({"id": "s-4", "name": "Dee", "status": "left"})
    asked = [
        {"id": "ask-1", "person": "s-1", "influence": 2, "interest": 2},
        {"id": "ask-2", "person": "s-1", "influence": 5, "interest": 4, "stance": "against"},
        {"id": "ask-3", "person": "s-2", "influence": 3},
        {"id": "ask-4", "person": "s-4", "influence": 5, "interest": 5},
        {"id": "ask-5", "person": "s-3", "influence": 1, "interest": 5},
    ]
    chart = charts.of("influence", from_answers({"profile": {"people": people}, "recruitment": {"invitations": asked}}))
    assert chart.numbers.rows == (
        ("Ana", 1, 5, 4, "against", "work closely with"),
        ("Cal", 2, 1, 5, "not said", "keep informed"),
        ("Ben", None, 3, None, "not said", "not placed yet"),
    )
    assert chart.words.caption == (
        "1 of 2 people can move much and care much: Ana. Against it among them: Ana. Not placed yet: Ben."
    )


# Network


def test_network_on_harrow_bend() -> None:
    chart = charts.of("network", harrow())
    by_name = {row[0]: row for row in chart.numbers.rows}
    names = chart.numbers.columns[4:]
    assert names == tuple(by_name)
    alderfield = dict(zip(names, by_name["Alderfield Unified School District"][4:], strict=True))
    # task-5, 8, 9, 10, 4: both are at work on them.
    assert alderfield["Novak Rural Schools"] == 5
    assert alderfield["Families and learners seat"] == 0
    assert by_name["Families and learners seat"][1:4] == ("learners & families", 1, 1)
    assert all(
        chart.numbers.rows[row][4 + other] == chart.numbers.rows[other][4 + row]
        for row in range(len(names))
        for other in range(len(names))
    )
    assert chart.words.caption == (
        "Nobody works alone: each of 11 organizations shares a duty with another. With most others, 7, works "
        "Alderfield Unified School District. Alderfield Unified School District and Novak Rural Schools share most: "
        "5 duties."
    )
    assert "22 lines" in chart.words.alt


def network(many: int, **matrix: dict[str, str]) -> Chart:
    organizations = [{"id": f"org-{i}", "name": f"Org {i}", "sector": "community"} for i in range(1, many + 1)]
    people = [{"id": f"s-{i}", "organization": f"org-{i}", "status": "confirmed"} for i in range(1, many + 1)]
    exchanges = [{"id": "x-1", "organization": "org-3", "gives": "Vans"}]
    tasks = [{"id": "task-1", "task": "Drive"}, {"id": "task-2", "task": "Ask", "gives": ["x-1"]}]
    return charts.of(
        "network",
        from_answers(
            {
                "profile": {"organizations": organizations, "people": people},
                "value": {"exchanges": exchanges},
                "roles": {"tasks": tasks, "matrix": {f"task-{name[-1]}": cells for name, cells in matrix.items()}},
            }
        ),
    )


def test_network_counts_work_not_mail_and_joins_whoever_keeps_a_pledge() -> None:
    chart = network(4, task1={"org-1": "AR", "org-2": "I", "org-3": "C"}, task2={"org-1": "A", "org-4": "I"})
    assert [row[3:] for row in chart.numbers.rows] == [
        (1, 0, 0, 1, 0),
        (0, 0, 0, 0, 0),
        (1, 1, 0, 0, 0),
        (0, 0, 0, 0, 0),
    ]
    assert chart.words.caption.startswith("Org 2 and Org 4 share no duty with anybody.")


def test_network_of_too_many_says_so_and_draws_bars() -> None:
    chart = network(31, task1={"org-1": "A", "org-2": "R"})
    assert "31 organizations are too many for a network to be read" in chart.words.caption
    assert chart.words.alt.startswith("Bar chart")
    assert "7 more rows stand only in the table." in drawn(chart)
    assert network(30, task1={"org-1": "A", "org-2": "R"}).words.alt.startswith("Network")


# Trace


def test_trace_on_harrow_bend_holds_from_end_to_end() -> None:
    chart = charts.of("trace", harrow())
    assert [row[1:] for row in chart.numbers.rows] == [
        (4, 6, 4, 2, 3, "none"),
        (3, 5, 3, 3, 3, "none"),
        (1, 2, 2, 3, 2, "none"),
        (2, 3, 2, 1, 1, "none"),
        (2, 3, 5, 2, 1, "none"),
    ]
    assert chart.words.caption == "Nowhere: all 5 promises hold from need to people, duty, measure and audience."


def test_trace_says_where_the_thread_breaks_and_what_hangs_on_no_promise() -> None:
    answers = samples.read("harrow-bend")
    answers["purpose"]["clauses"].append({"id": "clause-6", "promise": "Everyone has a bus."})
    for metric in answers["metrics"]["metrics"]:
        if metric.get("promise") == "clause-4":
            metric["promise"] = None
    chart = charts.of("trace", from_answers(answers))
    assert chart.words.caption == (
        "“The programs look like the three counties” has no measures and no audiences. "
        "“Everyone has a bus” has no needs, no people, no duties, no measures and no audiences. "
        "4 of 6 promises hold from end to end."
    )
    assert chart.numbers.note == "On no promise: 1 measure."
    assert "2 with a gap; crosses: 1 at needs, 1 at people, 1 at duties, 2 at measures, 2 at audiences." in (
        chart.words.alt
    )
