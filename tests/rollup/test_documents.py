"""The list of counts that a partnership gives its state agency: what is in it, what is not, and what is refused."""

from __future__ import annotations

import datetime
import json
import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ctekit.model.errors import CtekitError
from ctekit.model.paths import STORE_FILE
from ctekit.rollup import (
    ENDING,
    Measure,
    MeasureCount,
    Rollup,
    Submission,
    Summary,
    gather,
    paths,
    summary_of,
    write_document,
)
from ctekit.rollup._document import LONGEST, read_document, without_small_groups
from ctekit.rollup._figures import EVERYONE
from ctekit.rollup._tables import sheets
from ctekit.store import Edit, open_store, open_to_read
from ctekit.worksheets.profile import Profile
from tests.rollup.conftest import HOSTILE, Run
from tests.rollup.region import state
from tests.secrets import found, plant

SUMMARIES = state()


@pytest.mark.parametrize("summary", SUMMARIES, ids=lambda summary: summary.partnership)
def test_a_list_says_what_a_roll_up_of_the_partnership_alone_says_and_nothing_more(summary: Summary) -> None:
    text = write_document(summary)
    read = read_document(text, "list", summary.partnership)
    assert read == without_small_groups(summary)
    assert sheets(Rollup([read]), ("",)) == sheets(Rollup([summary]), ("",))
    for measure in json.loads(text)["measures"]:
        is_shown = summary.measures[Measure(*(measure[name] for name in Measure._fields))].is_shown
        assert (measure["out_of"] is not None) == is_shown
    for row in json.loads(text)["ratings"]:
        ratings = summary.ratings[row["element"]]
        assert not row["shown"].keys() & ratings.hidden
        assert ratings.is_shown or not (row["shown"] or row["others"])


def test_small_groups_of_lists_are_left_out_and_are_no_cover_for_those_of_files() -> None:
    small = [summary for summary in SUMMARIES if any(not count.is_shown for count in summary.measures.values())]
    rollup = Rollup([without_small_groups(summary) for summary in small])
    assert not rollup.pooled
    hidden = sum(not count.is_shown for summary in small for count in summary.measures.values())
    assert sum(total.left_out for total in rollup.statewide.measures.values()) == hidden
    # One list among files: nobody's small group is added together with its own, whatever it claims.
    files = [summary for summary in small if summary is not small[0]]
    assert Rollup([without_small_groups(small[0]), *files]).pooled == Rollup(files).pooled


def test_what_everybody_said_is_added_up_from_lists_as_from_files() -> None:
    def everyone(summaries: list[Summary]) -> list[Any]:
        return [(who, total) for (_, who), total in Rollup(summaries).statewide.ratings.items() if who == EVERYONE]

    assert everyone([without_small_groups(summary) for summary in SUMMARIES]) == everyone(SUMMARIES)


def test_a_list_is_written_mailed_and_added_up_beside_files(made_state: Path, tmp_path: Path, run: Run) -> None:
    home = tmp_path / "sources"
    shutil.copytree(made_state / "p1", home / "p1")
    code, output, wrong = run("submit", made_state / "p3", "-o", home / "three")
    assert (code, wrong) == (0, "")
    assert "three.counts.json holds the counts" in " ".join(output.split())
    assert run("submit", made_state / "p4", "-o", tmp_path / "four.counts.json")[0] == 0
    code, output, _ = run("rollup", home, tmp_path / "four.counts.json", "-o", tmp_path / "out")
    assert code == 0
    assert "3 partnerships are added up" in output
    (summary,) = gather([tmp_path / "four.counts.json"])
    assert summary.groups["region"] == ("R3",)


def test_of_a_list_and_a_file_of_one_partnership_the_newer_counts(made_state: Path, tmp_path: Path, run: Run) -> None:
    shutil.copytree(made_state / "p1", tmp_path / "p1")
    assert run("submit", tmp_path / "p1", "-o", tmp_path / "before")[0] == 0
    with closing(open_store(tmp_path / "p1" / STORE_FILE)) as store:
        store.save([Edit("profile", "region_code", "R77")])
    messages: list[str] = []
    (summary,) = gather(paths([tmp_path]), messages.append)
    assert summary.groups["region"] == ("R77",)
    assert "are of one partnership" in messages[0]


def test_a_list_with_a_later_day_takes_the_place_of_no_file_and_no_submission(
    made_state: Path, tmp_path: Path, run: Run
) -> None:
    shutil.copytree(made_state / "p1", tmp_path / "p1")
    assert run("submit", tmp_path / "p1", "-o", tmp_path / "mailed")[0] == 0
    mailed = tmp_path / f"mailed{ENDING}"
    with open_to_read(tmp_path / "p1" / STORE_FILE) as store:
        ours = Submission(store.partnership, mailed.read_text("utf-8"))
    later = datetime.datetime.now(datetime.UTC).isoformat()
    mailed.write_text(json.dumps(json.loads(ours.document) | {"saved": later, "groups": {"region": ["R99"]}}), "utf-8")
    for sources in ([tmp_path / "p1" / STORE_FILE, mailed], [mailed, ours], [ours, mailed]):
        messages: list[str] = []
        (summary,) = gather(sources, messages.append)
        assert summary.groups["region"] != ("R99",)
        assert len(messages) == 1
        assert "can be written by hand" in messages[0]
        assert later[:10] in messages[0]


@pytest.mark.parametrize("changes_file", [False, True])
def test_of_two_lists_the_newer_counts_and_it_is_said_which_and_of_what_day(tmp_path: Path, changes_file: bool) -> None:
    for name, day in (("old", "2026-10-01"), ("new", "2026-11-02")):
        (tmp_path / f"{name}{ENDING}").write_text(changed(saved=f"{day}T10:00:00.000Z", name=name), "utf-8")
    messages: list[str] = []
    lists = [tmp_path / f"{name}{ENDING}" for name in ("old", "new")]
    (summary,) = gather(lists[::-1] if changes_file else lists, messages.append)
    assert summary.name == "new"
    (sentence,) = messages
    assert sentence.index("(saved on 2026-10-01)") < sentence.index("(saved on 2026-11-02)")
    assert "ask the partnership which is theirs" in sentence


@pytest.mark.parametrize("saved", ["2999-01-01T00:00:00.000Z", "zzz", "2026-10-01T10:00:00"])
def test_a_list_of_a_day_to_come_or_of_no_day_is_left_out(tmp_path: Path, saved: str) -> None:
    (tmp_path / f"one{ENDING}").write_text(changed(saved=saved), "utf-8")
    messages: list[str] = []
    assert gather([tmp_path / f"one{ENDING}"], messages.append) == []
    assert "has not come yet" in messages[0]


def test_a_list_holds_no_secret_and_nobody_s_name(tmp_path: Path) -> None:
    assert plant(tmp_path) > 800
    with closing(open_store(tmp_path / STORE_FILE)) as store:
        text, profile = write_document(summary_of(store)), store.load()[Profile]
    assert not found(text)
    names = [row.name for row in (*profile.people, *profile.organizations) if row.name]
    assert len(names) > 20
    assert not [name for name in names if name in text]


def changed(**more: Any) -> str:
    return json.dumps(json.loads(write_document(SUMMARIES[0])) | more)


MEASURE = {"code": "1S1", "version": "Perkins V", "level": "secondary", "year": "2025-26"}
GROUP = {"people": 9, "answers": [1, 2, 3, 1, 1, 1]}
ELEMENT = {"element": 1, "shown": {}, "others": None, "not_shown": []}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        write_document(SUMMARIES[0])[:-9],
        '{"format": "ctekit-counts"}',
        "[" * 100_000,
        changed(version=2),
        changed(more=1),
        changed(least=-1),
        changed(is_sample=1),
        changed(findings={"RO27": 1e400}),
        changed(agreement=["signed", 4]),
        changed(consulted={"teachers": "perhaps"}),
        changed(groups={"religion": ["x"]}),
        changed(measures=[{**MEASURE, "counted": 5, "out_of": 4}]),
        changed(measures=[{**MEASURE, "counted": 5, "out_of": None}]),
        changed(ratings=[{**ELEMENT, "element": 99}]),
        changed(ratings=[{**ELEMENT, "shown": {"nobody": GROUP}}]),
        changed(ratings=[{**ELEMENT, "shown": {"postsecondary": GROUP}, "not_shown": ["postsecondary"]}]),
        changed(ratings=[{**ELEMENT, "others": {**GROUP, "answers": [1]}}]),
        changed(ratings=[{**ELEMENT, "shown": {"postsecondary": {**GROUP, "people": 4}}}]),
        changed(ratings=[{**ELEMENT, "shown": {"postsecondary": GROUP}, "others": {**GROUP, "people": 1}}]),
        changed(ratings=[{**ELEMENT, "others": {**GROUP, "people": 2}}]),
        changed(needs=[{"priority": "must", "kind": "money", "unmet": 3, "total": 2}]),
        changed(agreement=["signed", 5, 4]),
        changed(name="x" * (LONGEST + 1)),
    ],
    ids=lambda text: text[-24:],
)
def test_what_is_no_list_is_left_out_in_one_sentence(text: str, tmp_path: Path) -> None:
    (tmp_path / "theirs.counts.json").write_text(text)
    messages: list[str] = []
    assert gather([tmp_path / "theirs.counts.json", tmp_path / "nowhere.json"], messages.append) == []
    assert "is no list of counts" in messages[0]
    assert "cannot be read" in messages[1]
    assert len(messages) == 2


def test_a_list_of_another_partnership_does_not_take_its_place() -> None:
    with pytest.raises(CtekitError, match="another partnership"):
        read_document(write_document(SUMMARIES[0]), "list", SUMMARIES[1].partnership)


def test_odd_words_travel_and_are_cut() -> None:
    odd = replace(SUMMARIES[0], name="x\ud800\0" + HOSTILE * 200, groups={"region": (HOSTILE, "\ud800")})
    read = read_document(write_document(odd), "list")
    assert len(read.name) == 1000
    assert read.groups["region"] == (HOSTILE, "?")


def test_a_list_too_long_to_be_read_is_not_written() -> None:
    many = {Measure(f"{number}" * 200, "", "", ""): MeasureCount(10, 20, True) for number in range(1000, 9000)}
    with pytest.raises(CtekitError, match="longer than"):
        write_document(replace(SUMMARIES[0], measures=many))


def test_a_count_that_is_too_large_is_told_in_a_sentence_and_so_is_a_folder_for_the_list(
    made_state: Path, tmp_path: Path, run: Run
) -> None:
    with pytest.raises(CtekitError, match="larger than 1,000,000,000"):
        write_document(replace(SUMMARIES[0], least=10**12))
    for place in (".", tmp_path):
        code, output, wrong = run("submit", made_state / "p1", "-o", place)
        assert code == 2
        assert "is a folder. Give the list a name" in " ".join((output + wrong).split())
    assert list(tmp_path.iterdir()) == []
