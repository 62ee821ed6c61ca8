"""The charts: right on Harrow Bend, honest when empty, readable when crowded, closed to what people type."""

from __future__ import annotations

import subprocess
import sys
import warnings
import xml.etree.ElementTree as ET
from functools import cache
from itertools import combinations
from typing import Any

import pytest

from ctekit import charts, samples, worksheets
from ctekit.analysis import candidate_ranking
from ctekit.charts._drawing import BLACK, INK, PALETTE, PAPER, Marker, Text
from ctekit.charts._figure import figure as figure_of
from ctekit.workbook import Workbook, from_answers

PRIVATE = ("influence",)
NAMES = tuple(charts.every())
SCRIPT = "<script>alert('x')</script> & \"quoted\""
DOLLARS = r"Costs $5 and \frac{1}{2} of $x^2$ or $10"


sample = cache(samples.book)


def harrow() -> Workbook:
    return sample("harrow-bend")


def answers(**changes: Any) -> dict[str, dict[str, Any]]:
    """The sample's answers, with single fields changed: ``purpose__clauses=[...]``."""
    answers = samples.read("harrow-bend")
    for path, value in changes.items():
        slug, field = path.split("__")
        answers[slug][field] = value
    return answers


def rows(name: str, book: Workbook) -> dict[str, tuple[Any, ...]]:
    return {row[0]: row for row in charts.of(name, book).numbers.rows}


def caption(name: str, book: Workbook) -> str:
    return charts.of(name, book).words.caption


@cache
def crowded() -> Workbook:
    """More of everything than fits, with names nobody would wish for."""
    many, people = range(1, 31), range(1, 41)
    names = [
        SCRIPT,
        DOLLARS,
        "W" * 300,
        "Incorporated Association of the Northern and Southern Districts for Regional Advancement " * 3,
        "\x07bell\tand\u202eturn",
        "Ünïçödé Größenwahn ŁÓDŹ",
    ]

    def name(index: int) -> str:
        return f"{names[index % len(names)]} {index}"

    often = ["every week", "monthly", "quarterly", "each term", "twice a year", "yearly", "when needed", None]
    return from_answers(
        {
            "profile": {
                "organizations": [{"id": f"org-{i}", "name": name(i)} for i in many],
                "people": [
                    {"id": f"s-{i}", "name": name(i), "organization": f"org-{i % 30 + 1}", "status": "confirmed"}
                    for i in people
                ],
                "steps": [
                    {
                        "id": f"step-{i}",
                        "step": name(i),
                        "where": [f"org-{j}" for j in range(1, i + 1)],
                        "credential": name(i + 1),
                        "credit": name(i + 2),
                        "leads_to": [f"step-{j}" for j in (i + 1, i + 3, max(i - 2, 1)) if j <= 12],
                        "job": name(i + 3) if i % 2 else None,
                        "wage": "17.5" if i % 3 else None,
                    }
                    for i in range(1, 13)
                ],
                "as_of": "2026-10-01",
            },
            "convener": {
                "lead": "org-1",
                "fte": "0.2",
                "criteria": [{"id": f"crit-{i}", "criterion": name(i), "weight": 25} for i in range(1, 5)],
                "candidates": [{"id": f"cand-{i}", "organization": f"org-{i}"} for i in range(1, 6)],
                "scores": [
                    {
                        "id": f"score-{n}",
                        "candidate": f"cand-{i}",
                        "criterion": f"crit-{j}",
                        "scored_by": f"org-{k}",
                        "score": (i * j + k) % 5 + 1,
                    }
                    for n, (i, j, k) in enumerate(
                        ((i, j, k) for i in range(1, 6) for j in range(1, 5) for k in range(6, 10)), 1
                    )
                ],
            },
            "purpose": {"clauses": [{"id": f"clause-{i}", "promise": name(i)} for i in many]},
            "recruitment": {
                "needs": [
                    {
                        "id": f"need-{i}",
                        "support": name(i),
                        "promise": f"clause-{i}",
                        "priority": ["must", "should", "could", None][i % 4],
                        "at_least": i * i,
                    }
                    for i in many
                ],
                "invitations": [
                    {
                        "id": f"ask-{i}",
                        "person": f"s-{i}",
                        "needs": ["need-1", f"need-{i % 9 + 1}"],
                        # Thirteen in one place, the rest on all others.
                        "influence": 5 if i < 14 else i % 5 + 1,
                        "interest": 5 if i < 14 else i // 5 % 5 + 1,
                        "stance": ["for", "waiting", "against", None][i % 4],
                    }
                    for i in people
                ],
            },
            "value": {
                "exchanges": [
                    {
                        "id": f"x-{i}",
                        "organization": f"org-{i % 20 + 1}",
                        "gives": name(i) if i % 3 else None,
                        "gets": name(i) if i % 2 else None,
                    }
                    for i in range(1, 80)
                ]
            },
            "communication": {
                "audiences": [
                    {
                        "id": f"com-{i}",
                        "audience": name(i),
                        "how_often": often[i % 8],
                        "members": [f"s-{i}"],
                        "first_on": [None, "2026-10-31", "2020-02-29", "2031-01-01"][i % 4],
                    }
                    for i in many
                ]
            },
            "roles": {
                "tasks": [{"id": f"task-{i}", "task": name(i), "need": f"need-{i}", "hours": i * 37} for i in many],
                "matrix": {f"task-{i}": {f"org-{i}": "AR", "org-1": "R"} for i in many},
            },
            "metrics": {
                "metrics": [
                    {
                        "id": f"metric-{i}",
                        "name": name(i),
                        "promise": f"clause-{i}",
                        "target": [0, 100, 50, 250][i % 4],
                        "unit": ["percent", None, DOLLARS][i % 3],
                        "about": "aggregate",
                    }
                    for i in many
                ],
                "observations": [
                    {
                        "id": f"obs-{2 * i + j}",
                        "metric": f"metric-{i}",
                        "as_of": f"202{5 + j}-06-30",
                        "group": "all",
                        "counted": i * 3 + j * 40,
                        "out_of": 130,
                    }
                    for i in many
                    for j in (0, 1)
                ],
            },
            "plan": {
                "actions": [
                    {
                        "id": f"act-{i}",
                        "action": name(i),
                        "owner": f"s-{i}" if i % 4 else None,
                        "by": [None, "2026-09-01", "2026-10-02", "2026-12-29", "2029-01-01"][i % 5],
                    }
                    for i in many
                ]
            },
            "meetings": {
                "meetings": [{"id": f"meet-{i}", "date": f"2026-{i % 12 + 1:02}-{i % 28 + 1:02}"} for i in many],
                "items": [
                    {"id": f"item-{i}", "meeting": f"meet-{i * i % 40}", "topic": name(i), "decided": "yes"}
                    for i in range(1, 200)
                ],
                "recommendations": [
                    {"id": f"rec-{i}", "meeting": f"meet-{i}", "recommends": name(i), "on": "2026-01-01"} for i in many
                ],
            },
        }
    )


# What every chart owes.


def test_each_asks_one_question_that_no_other_asks() -> None:
    questions = [module.QUESTION for module in charts.every().values()]
    assert questions
    assert [question for question in questions if not question.endswith("?") or questions.count(question) > 1] == []


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_workbook_says_what_is_missing_and_where(name: str) -> None:
    chart = charts.of(name, from_answers({}))
    assert chart.numbers.rows == ()
    assert chart.numbers.columns
    begins = {"trace": "purpose", **dict.fromkeys(("findings", "readiness", "sectors", "spread"), "profile")}
    first = worksheets.called(begins.get(name, chart.module.WORKSHEET)).notebook
    assert first in chart.words.caption
    assert chart.words.alt
    assert chart.svg().startswith("<svg")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("which", ["harrow-bend", "clean", "half"])
def test_the_samples_are_drawn(name: str, which: str) -> None:
    chart = charts.of(name, sample(which))
    assert all(len(row) == len(chart.numbers.columns) for row in chart.numbers.rows)
    ET.fromstring(chart.svg())


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("book", [harrow, crowded])
def test_the_drawing_is_well_formed_and_keeps_to_itself(name: str, book: Any) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        svg = charts.of(name, book()).svg()
    root = ET.fromstring(svg)
    ids = [node.get("id") for node in root.iter() if node.get("id")]
    assert len(ids) == len(set(ids))
    assert all(id.startswith(f"{name}-") for id in ids)
    tags = {node.tag.rpartition("}")[2] for node in root.iter()}
    assert not tags & {"script", "foreignObject", "image", "a", "metadata"}
    plain = svg.replace("http://www.w3.org/2000/svg", "").replace("http://www.w3.org/1999/xlink", "")
    assert "http" not in plain
    assert "<script" not in svg


def test_a_dollar_sign_stays_a_dollar_sign() -> None:
    book = from_answers({"purpose": {"clauses": [{"id": "clause-1", "promise": DOLLARS}]}})
    assert r"Costs $5 and \frac{1}{2}" in " ".join(ET.fromstring(charts.of("promises", book).svg()).itertext())


@pytest.mark.slow  # three seconds of one core for all
@pytest.mark.parametrize("name", NAMES)
def test_each_is_drawn_as_a_picture_however_crowded(name: str) -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    chart = charts.of(name, crowded())
    canvas = FigureCanvasAgg(chart.figure)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        canvas.draw()
    is_blank = not bytes(canvas.buffer_rgba()).strip(b"\xff")
    assert is_blank == (not chart.numbers.rows)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("book", [harrow, crowded])
@pytest.mark.parametrize("inches", [7.2, 5.0])
def test_no_text_is_cut_off_or_covered(name: str, book: Any, inches: float) -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    chart = charts.of(name, book())
    figure = figure_of(chart.module.draw(chart.numbers, inches * 72))
    renderer = FigureCanvasAgg(figure).get_renderer()  # what is not drawn yet takes the same place
    edge = figure.bbox
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        texts = [(text.get_text(), text.get_window_extent(renderer)) for axes in figure.axes for text in axes.texts]
    for words, box in texts:
        assert box.x0 >= edge.x0 - 1, words
        assert box.x1 <= edge.x1 + 1, words
        assert box.y0 >= edge.y0 - 1, words
        assert box.y1 <= edge.y1 + 1, words
    for (first, a), (other, b) in combinations(texts, 2):
        assert not _cover(a, b), (first, other)
    filled = [
        p
        for axes in figure.axes
        for p in axes.get_children()
        if type(p).__name__ == "Rectangle" and p.get_linewidth() == 1.1
    ]
    for patch in filled:
        if patch.get_facecolor()[:3] != (1, 1, 1):
            bar = patch.get_window_extent(renderer)
            for words, box in texts:
                assert not _cover(box, bar), words


def _cover(a: Any, b: Any, slack: float = 1.5) -> bool:
    across = min(a.x1, b.x1) - max(a.x0, b.x0)
    down = min(a.y1, b.y1) - max(a.y0, b.y0)
    return across > slack and down > slack


@pytest.mark.parametrize("name", NAMES)
def test_text_is_large_and_dark_enough(name: str) -> None:
    from matplotlib.colors import to_rgb

    drawing = charts.of(name, harrow()).drawing
    for text in (shape for shape in drawing.shapes if isinstance(shape, Text)):
        assert text.size >= 10
        assert text.color in (INK, BLACK)
    for color in (INK, BLACK):
        assert _contrast(to_rgb(PALETTE[color]), (1, 1, 1)) >= 4.5


@pytest.mark.parametrize("name", NAMES)
def test_words_that_follow_the_theme_stand_on_no_color_of_ours(name: str) -> None:
    drawing = charts.of(name, crowded()).drawing
    signs = [shape for shape in drawing.shapes if isinstance(shape, Marker)]
    for text in (shape for shape in drawing.shapes if isinstance(shape, Text)):
        under = {sign.fill for sign in signs if abs(sign.x - text.x) < 1 and abs(sign.y - text.y) < 1}
        assert text.color == (BLACK if under - {PAPER} else INK), text


def _contrast(color: tuple[float, ...], other: tuple[float, ...]) -> float:
    def light(rgb: tuple[float, ...]) -> float:
        parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in rgb]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    high, low = sorted((light(color), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.slow  # a fresh process
def test_numbers_and_words_load_no_drawing_library() -> None:
    code = (
        "import sys; from ctekit import charts, samples; book = samples.book('harrow-bend');"
        "[charts.of(name, book) for name in charts.every()]; sys.exit('matplotlib' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=240).returncode == 0


def test_what_has_no_place_in_the_figure_is_said_to_be_in_the_table() -> None:
    chart = charts.of("promises", crowded())
    assert len(chart.numbers.rows) == 30
    assert "6 more rows stand only in the table." in chart.words.alt
    assert "6 more rows stand only in the table." in " ".join(ET.fromstring(chart.svg()).itertext())


@pytest.mark.parametrize("name", NAMES)
def test_private_answers_never_come_out(name: str) -> None:
    book = answers()
    for table in ("invitations",):
        for row in book["recruitment"][table]:
            row["note"] = "SECRET"
    for row in book["value"]["exchanges"]:
        row["action"] = "SECRET"
    for row in book["profile"]["people"]:
        row["contact"] = "SECRET"
    chart = charts.of(name, from_answers(book))
    assert "SECRET" not in repr((chart.numbers, chart.words, chart.svg()))
    if name in PRIVATE:
        return
    # With other influence, stance, worth: the same chart, to the letter.
    for row in book["recruitment"]["invitations"]:
        row.update(influence=1, interest=1, stance="against")
    for row in book["value"]["exchanges"]:
        row["worth"] = 1
    again = charts.of(name, from_answers(book))
    assert (again.numbers, again.words) == (chart.numbers, chart.words)


# Pathway


def test_pathway_joins_up_on_harrow_bend() -> None:
    assert caption("pathway", harrow()).startswith("Yes. From the first step to the last all 4 join up")
    assert "3 jobs (helper, mechanic (49-9041) and technician (17-3024), from $17.80 to $26.10" in caption(
        "pathway", harrow()
    )
    assert {row[7] for row in charts.of("pathway", harrow()).numbers.rows} == {"none"}


def test_pathway_finds_the_step_that_leads_nowhere_and_the_one_nobody_reaches() -> None:
    steps = answers()["profile"]["steps"]
    steps[1].update(leads_to=[], job=None)
    book = from_answers(answers(profile__steps=steps))
    gaps = [row[7] for row in charts.of("pathway", book).numbers.rows]
    assert gaps == ["none", "leads nowhere", "no step leads here", "none"]
    assert caption("pathway", book).startswith("Not yet: from the first step no job is reached.")


def test_pathway_says_when_credit_does_not_carry_to_another_school() -> None:
    steps = answers()["profile"]["steps"]
    steps[1]["credit"] = "none"
    book = from_answers(answers(profile__steps=steps))
    assert "no credit carries to the next place" in caption("pathway", book)


def test_pathway_bears_a_circle_and_a_removed_step() -> None:
    steps = [
        {"id": "step-1", "step": "A", "where": ["org-1"], "leads_to": ["step-2", "step-1"]},
        {"id": "step-2", "step": "B", "where": ["org-1"], "leads_to": ["step-1", "step-9"]},
    ]
    book = from_answers({"profile": {"steps": steps, "organizations": [{"id": "org-1", "name": "School"}]}})
    assert "leads to a step that was removed" in caption("pathway", book)
    charts.of("pathway", book).svg()


# Leader


def test_leader_on_harrow_bend() -> None:
    by_name = rows("leader", harrow())
    totals = {name: row[1] for name, row in by_name.items()}
    assert totals == {
        "Region 4 Workforce Board": 3.525,
        "Harrow Bend Chamber of Commerce": 3.3375,
        "Tri-Fork Technical College": 2.9875,
    }
    assert by_name["Region 4 Workforce Board"][4:6] == (8, 8)
    sentence = caption("leader", harrow())
    assert sentence.startswith(
        "Yes: Region 4 Workforce Board leads with 3.53 of 5, without its own votes, and stays first"
    )
    assert "Harrow Bend Chamber of Commerce, has 3.34" in sentence


def test_leader_agrees_with_the_ranking_that_the_rules_read() -> None:
    by_name = {harrow().name(id): float(total) for id, total in candidate_ranking.totals(harrow()).items()}
    assert {name: row[1] for name, row in rows("leader", harrow()).items()} == pytest.approx(by_name, abs=1e-4)


def test_leader_with_few_scorers_shows_no_total() -> None:
    scores = [row for row in answers()["convener"]["scores"] if row["scored_by"] in ("org-3", "org-5")]
    book = from_answers(answers(convener__scores=scores))
    assert {row[1] for row in charts.of("leader", book).numbers.rows} == {None}
    assert caption("leader", book).startswith("Nobody can say yet")


def test_leader_that_depends_on_the_weights_is_not_clear() -> None:
    criteria = [{"id": "crit-1", "weight": 50}, {"id": "crit-2", "weight": 50}]
    organizations = [{"id": f"org-{i}", "name": f"Org {i}"} for i in range(1, 6)]
    candidates = [{"id": "cand-1", "organization": "org-1"}, {"id": "cand-2", "organization": "org-2"}]
    by_pair = {
        ("cand-1", "crit-1"): (4, 4, 5),
        ("cand-1", "crit-2"): (2, 2, 2),
        ("cand-2", "crit-1"): (2, 2, 2),
        ("cand-2", "crit-2"): (4, 4, 4),
    }
    scores = [
        {"id": f"score-{n}", "candidate": who, "criterion": what, "scored_by": f"org-{by}", "score": score}
        for n, (who, what, by, score) in enumerate(
            (who, what, by, score)
            for (who, what), three in by_pair.items()
            for by, score in zip((3, 4, 5), three, strict=True)
        )
    ]
    book = from_answers(
        {
            "profile": {"organizations": organizations},
            "convener": {"criteria": criteria, "candidates": candidates, "scores": scores},
        }
    )
    assert caption("leader", book).startswith("Not clearly: Org 1 is first with 3.17 of 5")
    assert "only 2 of 4 moves" in caption("leader", book)


# Promises


def test_promises_on_harrow_bend() -> None:
    assert [row[1:] for row in charts.of("promises", harrow()).numbers.rows] == [
        (4, 4, 2, 2),
        (3, 5, 3, 3),
        (2, 1, 3, 3),
        (2, 3, 1, 1),
        (5, 2, 2, 2),
    ]
    assert caption("promises", harrow()).startswith("None: all 5 promises have somebody at work")


def test_promises_names_the_idle_and_the_untested() -> None:
    changed = answers()
    changed["purpose"]["clauses"].append({"id": "clause-6", "promise": "Everyone has a bus."})
    sentence = caption("promises", from_answers(changed))
    assert sentence == "Nobody works on “Everyone has a bus”. No measure tests “Everyone has a bus”."


# Coverage


def test_coverage_on_harrow_bend() -> None:
    coverage = charts.of("coverage", harrow()).numbers.rows
    assert [row[1] for row in coverage] == ["must"] * 10 + ["should"] * 2
    assert [row[2] for row in coverage] == [1, 2, 2, 2, 1, 3, 2, 2, 2, 3, 2, 1]
    assert caption("coverage", harrow()) == "None: all 10 must-haves have as many people as needed."


def test_coverage_names_the_must_have_without_a_yes() -> None:
    changed = answers()
    for person in changed["profile"]["people"]:
        if person["id"] in ("s-7", "s-10"):
            person["status"] = "asked"
    sentence = caption("coverage", from_answers(changed))
    assert sentence.startswith("1 of 10 must-haves has no yes: “College credit that counts toward a certificate”.")
    assert (
        "Too few said yes to “Employers who host paid internships” and “Instructors able to teach mechatronics”."
        in sentence
    )
    assert rows("coverage", from_answers(changed))["Employers who host paid internships"][2:] == (1, 2, 1, 1)


# Balance


def test_balance_on_harrow_bend() -> None:
    by_name = rows("balance", harrow())
    assert len(by_name) == 11
    assert by_name["Ostrander Tool"][1:3] == (1, 0)
    assert by_name["Blue Heron Packaging"][1:3] == (3, 3)
    assert caption("balance", harrow()) == "Ostrander Tool gives without getting. The other 10 organizations do both."
    assert caption("balance", samples.book("clean")) == "Nobody: all 11 organizations here both give and get."


# Silence


def test_silence_on_harrow_bend() -> None:
    first, *others = charts.of("silence", harrow()).numbers.rows
    assert first[0].startswith("Bethany Roake")
    assert first[2:4] == ("no end", "in no audience")
    assert len(others) == 13
    assert {row[2] for row in others} == {30, 14}
    assert "is in no audience and may hear nothing at all. 13 of 14 active people" in caption("silence", harrow())


def test_silence_tells_late_from_unknown_and_takes_the_limit_from_the_worksheet() -> None:
    def book(often: str | None, limit: int | None = None) -> Workbook:
        people = [{"id": "s-1", "name": "Ana", "status": "confirmed"}]
        audiences = [{"id": "com-1", "audience": "All", "members": ["s-1"], "how_often": often}]
        return from_answers(
            {"profile": {"people": people}, "communication": {"audiences": audiences, "longest_silence": limit}}
        )

    assert caption("silence", book("quarterly")).startswith("Nobody: all 1 active person")
    assert caption("silence", book("twice a year")).startswith("Ana may wait more than 90 days.")
    assert caption("silence", book("monthly", 20)).startswith("Ana may wait more than 20 days.")
    assert caption("silence", book("when needed")).startswith("Ana hears something only when needed.")
    assert caption("silence", book(None)).startswith("Not known for Ana")
    charts.of("silence", book("yearly", 100_000)).svg()


# Load


def test_load_on_harrow_bend() -> None:
    by_name = rows("load", harrow())
    assert {name: row[2] for name, row in by_name.items()} == {
        "Harrow Bend Chamber of Commerce": 74.0,
        "Novak Rural Schools": 60.0,
        "Tri-Fork Technical College": 36.0,
        "Alderfield Unified School District": 28.0,
        "Blue Heron Packaging": 16.0,
        "Castellan Gear": 12.0,
        "Puente Adelante": 8.0,
        "Region 4 Workforce Board": 6.0,
        "Ostrander Tool": 6.0,
        "Families and learners seat": 4.0,
        "Meridia Department of Education, Region 4 CTE Office": 0.0,
    }
    assert {name for name, row in by_name.items() if row[3] is not None} == {"Harrow Bend Chamber of Commerce"}
    assert "carries 74 of its 96 hours a month" in caption("load", harrow())
    assert "For 10 other organizations nobody has written the hours" in caption("load", harrow())


def test_load_counts_the_letters_of_the_grid() -> None:
    by_name = rows("load", harrow())
    assert charts.of("load", harrow()).numbers.columns[1::3] == (
        "Duties it does (R)",
        "Answers for (A)",
        "Is told of (I)",
    )
    # R, hours, hours it has, A, S, C, I
    assert by_name["Harrow Bend Chamber of Commerce"][1:] == (4, 74.0, 96.0, 4, 0, 0, 1)
    assert by_name["Novak Rural Schools"][1:] == (3, 60.0, None, 1, 3, 3, 3)
    assert by_name["Meridia Department of Education, Region 4 CTE Office"][1:] == (0, 0.0, None, 1, 1, 5, 0)
    assert caption("load", harrow()).endswith("Harrow Bend Chamber of Commerce answers for the most duties: 4.")
    assert "A 4   R 4   I 1" in " ".join(ET.fromstring(charts.of("load", harrow()).svg()).itertext())


def test_load_says_who_carries_too_much() -> None:
    sentence = caption("load", from_answers(answers(convener__fte="0.4")))
    assert sentence.startswith("Harrow Bend Chamber of Commerce carries 74 hours a month and has 64.")


# Progress


def test_progress_on_harrow_bend() -> None:
    by_name = rows("progress", harrow())
    assert by_name["Graduates who had work-based learning"][2:8] == (
        11.0,
        "2025-06-30",
        14.0,
        "2026-06-30",
        25.0,
        "2028-06-30",
    )
    assert caption("progress", harrow()).startswith(
        "4 of 4 measures with a second figure moved toward the target. All 9 starts"
    )


def test_progress_holds_back_what_may_not_be_shown() -> None:
    by_name = rows("progress", harrow())
    no_agreement = by_name["College completers working in the region at $22.40 an hour or more"]
    small = by_name["In college, training, service or work six months on"]
    assert no_agreement[2:6] == small[2:6] == (None,) * 4
    assert "without an agreement" in no_agreement[9]
    assert "small group" in small[9]
    assert "71.1" not in charts.of("progress", harrow()).svg()
    assert charts.of("progress", harrow()).numbers.note == (
        "1 measure held back: data about single people without an agreement. "
        "1 measure held back: a small group is marked to be shown."
    )
    mended = charts.of("progress", samples.book("clean")).numbers
    assert [row[0] for row in mended.rows if row[2] is None] == []


def test_progress_hides_a_measure_of_few_people() -> None:
    metric = {"id": "metric-1", "name": "Few", "about": "student", "agreement": "da-1"}
    row = {"id": "obs-1", "metric": "metric-1", "group": "all", "as_of": "2026-06-30", "counted": 4, "out_of": 7}
    book = from_answers(
        {"metrics": {"metrics": [metric], "observations": [row]}, "roles": {"data_agreements": [{"id": "da-1"}]}}
    )
    chart = charts.of("progress", book)
    assert chart.numbers.rows[0][2] is None
    assert "57.1" not in repr((chart.numbers, chart.words, chart.svg()))


def test_progress_down_can_be_the_right_way() -> None:
    metric = {"id": "metric-1", "name": "Left early", "about": "aggregate", "target": 5}
    rows = [
        {
            "id": f"obs-{year}",
            "metric": "metric-1",
            "group": "all",
            "as_of": f"{year}-06-30",
            "counted": many,
            "out_of": 100,
        }
        for year, many in ((2025, 20), (2026, 12))
    ]
    book = from_answers({"metrics": {"metrics": [metric], "observations": rows}})
    assert charts.of("progress", book).numbers.rows[0][9] == "toward the target"
    assert "Whose start cannot be looked up, for want of a source or a holder: “Left early”." in caption(
        "progress", book
    )


# Plan


def test_plan_on_harrow_bend_counts_from_the_as_of_date() -> None:
    numbers = charts.of("plan", harrow()).numbers
    assert numbers.columns[3] == "Days from 2026-10-01"
    assert [row[1:] for row in numbers.rows] == [
        ("Lorraine Teague", "2026-10-22", 21, "in the next 90 days"),
        ("Mirela Osei", "2026-11-18", 48, "in the next 90 days"),
        ("Adaeze Whitcomb", "2026-12-01", 61, "in the next 90 days"),
    ]
    assert caption("plan", harrow()) == (
        "3 actions are due in the next 90 days. Next: “Hold the first host visit at Castellan”, due October 22, 2026, "
        "by Lorraine Teague."
    )


def test_plan_of_a_real_partnership_counts_from_the_last_save() -> None:
    sheets = from_answers(
        {
            "plan": {
                "actions": [
                    {"id": "act-1", "action": "Late", "by": "2027-01-01"},
                    {"id": "act-2", "action": "Done", "by": "2027-01-02", "done": True},
                    {"id": "act-3", "action": "Undated"},
                    {"id": "act-4", "action": "Far", "by": "2027-09-01", "owner": "s-1"},
                ]
            },
            "profile": {"people": [{"id": "s-1", "name": "Neil", "status": "left"}]},
        }
    ).sheets
    chart = charts.of("plan", Workbook(sheets, saved_at="2027-02-03T10:42:07Z"))
    assert chart.numbers.columns[3] == "Days from 2027-02-03"
    assert [row[4] for row in chart.numbers.rows] == ["overdue", "no date", "later", "done"]
    assert chart.numbers.rows[2][1] == "nobody yet (Neil has left)"
    assert chart.words.caption == (
        "Nothing is due in the next 90 days. Overdue: “Late”. Nobody's yet: “Late”, “Undated” and “Far”. "
        "Without a day: “Undated”."
    )


def test_plan_without_any_day_or_at_the_end_of_days_is_drawn() -> None:
    book = from_answers({"plan": {"actions": [{"id": "act-1", "action": "Call"}]}})
    chart = charts.of("plan", book)
    assert "a day that is not written" in chart.numbers.columns[3]
    assert chart.svg()
    # An older file may hold days that nobody can type any more.
    stored = {"profile": {"as_of": "9999-12-31"}, "plan": {"actions": [{"id": "act-1", "by": "9999-12-31"}]}}
    last = Workbook({slug: worksheets.called(slug).model_validate(fields) for slug, fields in stored.items()})
    assert charts.of("plan", last).svg()
