"""Rules 34 and 38, and the arithmetic behind them."""

from __future__ import annotations

import pytest

from ctekit.analysis.disclosure import complement, hidden
from ctekit.workbook import from_answers
from tests.rules.conftest import findings, outcome, places

AS_OF = "2025-12-31"


def counts(*cells, about="student", **profile):
    """Cells of (breakdown, group, out of, shown) of one measure at one date."""
    rows = [
        {
            "id": f"obs-{n}",
            "metric": "metric-1",
            "as_of": AS_OF,
            "breakdown": breakdown,
            "group": group,
            "counted": (out_of or 0) // 2,
            "out_of": out_of,
            "shown": shown,
        }
        for n, (breakdown, group, out_of, shown) in enumerate(cells, start=1)
    ]
    metrics = {"metrics": [{"id": "metric-1", "name": "Placed", "about": about}], "observations": rows}
    return {"profile": profile, "metrics": metrics}


ALL = ("", "all", 412, True)


def test_each_source_about_people_has_an_agreement():
    def reads(about, agreement=None):
        return {
            "metrics": {"metrics": [{"id": "metric-1", "name": "Paid", "about": about, "agreement": agreement}]},
            "roles": {"data_agreements": [{"id": "da-1", "purpose": "Yearly results"}]},
        }

    assert outcome("ME34", reads("wage record", "da-1")) == "holds"
    assert outcome("ME34", reads("aggregate")) == "holds"
    assert places("ME34", reads("wage record")) == [("metrics", "metric-1", "agreement")]
    assert outcome("ME34", reads("student", "da-9")) == "findings"
    assert outcome("ME34", reads(None)) == "waits"


def test_a_small_group_beside_a_total_is_one_finding_that_names_both_rows():
    (finding,) = findings("ME38", counts(ALL, ("English", "learners", 7, True), ("English", "others", 405, True)))
    assert (finding.row, finding.field, finding.severity) == ("obs-2", "shown", "error")
    assert "“learners” (English)" in finding.advice
    assert "“others” (English)" in finding.advice


def test_the_finding_does_not_tell_what_it_protects():
    (finding,) = findings("ME38", counts(ALL, ("English", "learners", 7, True), ("English", "others", 405, True)))
    assert " 7" not in finding.says + finding.advice
    assert "405" not in finding.says + finding.advice


def test_a_hidden_small_group_that_the_rest_gives_away_is_found():
    given_away = counts(ALL, ("English", "learners", 7, False), ("English", "others", 405, True))
    assert places("ME38", given_away) == [("metrics", "obs-3", "shown")]
    nowhere_written = counts(ALL, ("English", "others", 405, True))
    assert places("ME38", nowhere_written) == [("metrics", "obs-2", "shown")]


def test_two_hidden_rows_keep_the_secret():
    kept = counts(ALL, ("English", "learners", 7, False), ("English", "others", 405, False))
    assert outcome("ME38", kept) == "holds"
    three = counts(ALL, ("county", "A", 7, False), ("county", "B", 20, False), ("county", "C", 385, True))
    assert outcome("ME38", three) == "holds"


def test_without_a_total_nothing_can_be_subtracted():
    assert outcome("ME38", counts(("English", "learners", 7, False), ("English", "others", 405, True))) == "holds"


def test_a_total_in_another_table_gives_it_away_too():
    inside = counts(("English", "all", 412, True), ("English", "learners", 7, False), ("English", "others", 405, True))
    assert places("ME38", inside) == [("metrics", "obs-3", "shown")]
    other_breakdown = counts(
        ("", "all", 412, False),
        ("district", "North", 200, True),
        ("district", "South", 212, True),
        ("English", "learners", 7, False),
        ("English", "others", 405, True),
    )
    (finding,) = findings("ME38", other_breakdown)
    assert finding.row == "obs-5"
    assert "another table" in finding.says


@pytest.mark.parametrize(("smallest", "expected"), [(None, "findings"), (5, "holds"), (16, "findings")])
def test_the_smallest_group_is_the_partnerships(smallest, expected):
    profile = {} if smallest is None else {"smallest_group": smallest}
    assert outcome("ME38", counts(("county", "A", 7, True), **profile)) == expected


def test_the_edge_is_shown():
    assert outcome("ME38", counts(("county", "A", 10, True))) == "holds"
    assert outcome("ME38", counts(("county", "A", 9, True))) == "findings"


def test_totals_that_tell_of_nobody_and_hidden_rows_are_not_judged():
    assert outcome("ME38", counts(("county", "A", 7, True), about="aggregate")) == "holds"
    assert outcome("ME38", counts(("county", "A", 7, False))) == "waits"
    assert outcome("ME38", counts(("county", "A", 7, True), about=None)) == "waits"
    assert outcome("ME38", counts(("county", "A", None, True))) == "waits"


def test_enough_groups_are_hidden_until_what_is_left_is_large():
    assert complement({"others": 405}, 412, 10) == ("others",)
    assert complement({"a": 2, "b": 30, "c": 90}, 124, 10) == ("a", "b")
    assert complement({"a": 200, "b": 212}, 412, 10) == ()
    assert complement({"a": 405}, None, 10) == ()


def test_everybody_outside_one_of_two_groups_that_overlap_is_a_group_too():
    assert complement({"paid": 404, "credit": 300}, 412, 10) == ("paid",)


def test_hidden_takes_the_small_the_complement_and_what_was_marked():
    cells = (ALL, ("English", "learners", 7, True), ("English", "others", 405, True), ("county", "A", 300, False))
    assert hidden(from_answers(counts(*cells))) == {"obs-2", "obs-3", "obs-4"}


def test_hidden_is_careful_where_nobody_said_what_a_figure_is_about():
    assert hidden(from_answers(counts(("county", "A", 7, True), about=None))) == {"obs-1"}
    assert hidden(from_answers(counts(("county", "A", 7, True), about="aggregate"))) == frozenset()
    assert hidden(from_answers(counts(("county", "A", None, True)))) == {"obs-1"}


def test_what_is_left_after_hiding_holds():
    """Mark as hidden what `hidden` says: the rule then has nothing to say."""
    cells = [
        ALL,
        ("county", "A", 3, True),
        ("county", "B", 4, True),
        ("county", "C", 12, True),
        ("county", "D", 393, True),
    ]
    gone = hidden(from_answers(counts(*cells)))
    assert gone == {"obs-2", "obs-3", "obs-4"}
    marked = [(*cell[:3], f"obs-{n}" not in gone) for n, cell in enumerate(cells, start=1)]
    assert outcome("ME38", counts(*marked)) == "holds"
