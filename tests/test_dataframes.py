"""Data frames: documented columns and types, blanks that stay blank, the same numbers as everywhere else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from ctekit import dataframes, rounds, samples, worksheets, workspace
from ctekit.dataframes._ratings import LEVELS, RATING
from ctekit.jupyter.partnership import Partnership
from ctekit.model.errors import CtekitError, NotFoundError
from ctekit.ratings.model import Rating
from ctekit.ratings.results import of_ratings
from ctekit.workbook import Workbook, from_answers
from ctekit.worksheets.profile import Profile
from tests.stores import harrow_bend

HARROW_BEND, BLANK = samples.book("harrow-bend"), from_answers({})


@pytest.fixture(scope="module")
def p(tmp_path_factory: pytest.TempPathFactory) -> Partnership:
    folder = tmp_path_factory.mktemp("tables") / "hb"
    harrow_bend(folder)
    return Partnership(folder)


@pytest.mark.parametrize("name", dataframes.names())
def test_a_table_has_the_same_columns_and_types_full_or_empty(name: str) -> None:
    full, empty = dataframes.frame(HARROW_BEND, name, True), dataframes.frame(BLANK, name, True)
    assert full.dtypes.equals(empty.dtypes)
    assert len(empty) == 0
    slug, table = name.split(".")
    assert len(full) == len(getattr(HARROW_BEND.sheets[slug], table)) or table == "matrix"
    if table != "matrix":
        kinds = worksheets.called(slug).questions()[table].row.questions()
        assert {column: str(full[column].dtype) for column in kinds} == {
            column: ask.kind.dtype for column, ask in kinds.items()
        }


def test_a_worksheets_name_alone_gives_its_first_table(p: Partnership) -> None:
    for slug, kind in worksheets.every().items():
        first = next(name for name, question in kind.questions().items() if question.is_table)
        pd.testing.assert_frame_equal(p.frame(slug), p.frame(f"{slug}.{first}"))
    frame = p.frame("metrics")
    assert frame.index.name == "id"
    assert frame.loc["metric-5", "owner_name"] == "Neil Farrow"
    assert frame.loc["metric-5", "target"] == 25.0


def test_a_day_of_an_older_file_is_never_too_far_away() -> None:
    profile = Profile.model_validate({"people": [{"id": "s-1", "left_on": "1066-10-14"}]})
    people = dataframes.frame(Workbook({"profile": profile}), "profile.people")
    assert people.loc["s-1", "left_on"].year == 1066


def test_blanks_are_missing_never_zero_or_no() -> None:
    book = from_answers(
        {
            "profile": {"people": [{"id": "s-1"}, {"id": "s-2", "here_today": "no", "left_on": "1900-10-14"}]},
            "recruitment": {"needs": [{"id": "need-1"}, {"id": "need-2", "at_least": 1, "by": "2027-01-15"}]},
        }
    )
    people, needs = dataframes.frame(book, "profile.people"), dataframes.frame(book, "recruitment.needs")
    assert people["here_today"].isna().tolist() == [True, False]
    assert not people.loc["s-2", "here_today"]
    assert people.loc["s-1", "groups"] == ()
    assert people.loc["s-2", "left_on"].year == 1900
    assert needs["at_least"].isna().tolist() == [True, False]
    assert needs["by"].isna().tolist() == [True, False]
    assert needs.loc["need-2", "by"] == pd.Timestamp("2027-01-15")


def test_counts_come_with_percent_and_say_what_pages_withhold(p: Partnership) -> None:
    frame = p.frame("metrics.observations")
    assert frame.loc[frame["withheld"]].index.tolist() == ["obs-4", "obs-5"]
    assert frame.loc["obs-13", "percent"] == 14.0
    assert frame.loc["obs-13", "metric_name"] == "Graduates who had work-based learning"


def test_private_columns_are_named() -> None:
    frame = dataframes.frame(HARROW_BEND, "recruitment.invitations", True)
    assert set(frame.attrs["private"]) == {"influence", "interest", "stance", "note"} <= set(frame.columns)
    assert set(dataframes.frame(HARROW_BEND, "convener.scores", True).attrs["private"]) >= {"score", "criterion"}


def test_what_is_private_is_in_a_frame_only_when_it_was_asked_for(p: Partnership) -> None:
    frame = p.frame("recruitment.invitations")
    assert not set(frame.attrs["private"]) & set(frame.columns)
    assert frame.attrs["private"] == p.frame("recruitment.invitations", private=True).attrs["private"]
    with pytest.raises(CtekitError, match="“Scores” is for the facilitator only. Ask for it with frame\\("):
        p.frame("convener.scores")
    assert len(p.frame("convener.scores", private=True)) == 60


def test_private_findings_are_in_a_frame_only_when_they_were_asked_for(tmp_path: Path) -> None:
    harrow_bend(tmp_path / "hb")
    p = Partnership(tmp_path / "hb")
    p.change("value", "x-9", worth=1)
    assert "VA22" not in p.findings()["code"].tolist()
    both = p.findings(private=True).set_index("code")
    assert both.loc["VA22", "private"]
    assert not both["private"].drop("VA22").any()


def test_the_grid_is_one_row_a_cell() -> None:
    grid = dataframes.frame(HARROW_BEND, "roles.matrix")
    both = grid[(grid["task"] == "task-5") & grid["letters"].str.contains("A")]
    assert both["organization_name"].tolist() == ["Alderfield Unified School District", "Novak Rural Schools"]


def test_marks_are_there_as_words() -> None:
    marks = {"target": {"kind": "to find out", "whom": "the college"}}
    frame = dataframes.frame(from_answers({"metrics": {"metrics": [{"id": "metric-1", "marks": marks}]}}), "metrics")
    assert frame.loc["metric-1", "marks"] == {"target": "to find out"}


def test_a_table_that_is_not_there_is_answered_in_one_sentence(p: Partnership) -> None:
    with pytest.raises(
        NotFoundError, match="no table called 'metrics.observation'. Did you mean 'metrics.observations'?"
    ):
        p.frame("metrics.observation")
    for name in ("", "nothing", "metrics.owner", "ready"):
        with pytest.raises(NotFoundError, match="The tables are: profile"):
            p.frame(name)


def test_findings_are_those_of_the_check(p: Partnership) -> None:
    frame = p.findings()
    assert frame["code"].tolist() == [finding.code for finding in p.check()]
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == {
        **dict.fromkeys(("code", "worksheet", "row", "row_name", "field", "sentence"), "string"),
        **dict.fromkeys(("says", "advice", "action"), "string"),
        "severity": "category",
        "private": "boolean",
    }
    assert frame["severity"].max() == "error"
    assert (frame["severity"] >= "warning").sum() == 8
    lead = frame[frame["code"] == "CO03"].iloc[0]
    assert pd.isna(lead["row"])
    assert frame[frame["code"] == "RO27"].iloc[0]["row_name"] == "Place learners in internships"
    assert dataframes.findings(BLANK).dtypes.equals(frame.dtypes)


def test_findings_say_which_action_was_made_of_them(tmp_path: Path) -> None:
    harrow_bend(tmp_path / "hb")
    p = Partnership(tmp_path / "hb")
    unanswered = next(finding for finding in p.check() if finding.code == "RO27")
    row = p.act(unanswered)
    frame = p.findings().set_index("code")
    assert frame.loc["RO27", "action"] == row
    assert pd.isna(frame.loc["CM23", "action"])


def test_ratings_show_groups_that_may_be_shown_and_no_single_person() -> None:
    round_, ballots = rounds.sample("harrow-bend")
    ratings = [
        Rating("round-1", ballot.respondent, ballot.sector, field, code)
        for ballot in ballots
        for field, code in ballot.answers.items()
    ]
    results = of_ratings(round_, ratings)
    frame = dataframes.ratings([results])
    assert dict(frame.dtypes.astype(str)) == dict(RATING)
    assert dataframes.ratings([]).dtypes.equals(frame.dtypes)
    everyone = frame[frame["who"] == "everyone"]
    assert everyone["question"].tolist() == [indicator.number for indicator in results.indicators]
    first = everyone.iloc[0]
    levels = [int(first[f"level_{level}"]) for level in LEVELS]
    assert sum(levels) + first["dont_know"] == first["n"]
    assert first["median"] == results.indicators[0].everyone.median
    assert frame[frame["who"] != "everyone"]["gap"].isna().all()
    assert "respondent" not in frame
    two = dataframes.ratings(
        [of_ratings(round_, [rating for rating in ratings if rating.respondent in {ratings[0].respondent}])]
    )
    assert two["level_3"].isna().all(), "one person's answers are nobody's to see"


def test_only_revealed_rounds_are_in_the_frame(tmp_path: Path) -> None:
    workspace.make(tmp_path / "p", "P")
    p = Partnership(tmp_path / "p")
    round_ = rounds.open_round(p.store, "purpose")
    assert len(p.ratings()) == 0
    rounds.reveal(p.store, round_.id)
    frame = p.ratings()
    assert set(frame["round"]) == {round_.id}
    assert (frame["n"] == 0).all()


def test_frames_look_back_too(p: Partnership) -> None:
    assert len(p.frame("metrics", as_of="2020-01-01")) == 0
    assert len(p.findings(as_of="2020-01-01")) == 0


@pytest.mark.slow  # a fresh process
def test_opening_and_checking_load_no_pandas(p: Partnership) -> None:
    code = f"import sys, ctekit; p = ctekit.open_partnership({str(p.folder)!r}); p.check().findings"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}; p.overview()._repr_html_(); print('pandas' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        timeout=240,
    )
    assert done.stdout.strip() == "False"
