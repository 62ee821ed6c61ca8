"""All rules on the samples: exactly the planted defects, and nothing else."""

from __future__ import annotations

import copy
import re

import pytest

from ctekit import rules, samples, worksheets
from ctekit.model.paths import content
from ctekit.workbook import Workbook, from_answers

README = content("data", "sample", "harrow-bend", "README.md").read_text("utf-8")
CODE = {int(rule.code[2:]): rule.code for rule in rules.every()}
DEFECTS = {
    defect: {CODE[int(number)] for number in re.findall(r"\d+", numbers)}
    for defect, numbers in re.findall(r"^\| (D\d+) \| ([^|]+) \|", README, re.MULTILINE)
}
"""The planted defects as the sample's own page tells them, and the rules that find each."""
WHERE = {
    "RO27": ("roles", "task-5", "matrix"),
    "VA18": ("value", "x-9", "gets"),
    "ME41": ("metrics", "metric-5", "owner"),
    "CM23": ("communication", "", "audiences"),
    "ME34": ("metrics", "metric-6", "agreement"),
    "CO03": ("convener", "", "reason"),
    "PU10": ("purpose", "prot-2", "quorum"),
    "RE17": ("recruitment", "", "invitations"),
}


def codes_in(book: Workbook) -> list[str]:
    return [finding.code for result in rules.check(book) for finding in result.findings]


def test_no_two_rules_have_the_same_number():
    assert len(CODE) == len(rules.every())


def test_the_page_of_the_sample_names_each_defect_that_clean_mends():
    assert len(DEFECTS) == 9
    assert samples.read("clean", mend=tuple(DEFECTS)) == samples.read("clean")


def test_every_rule_says_its_sentence_its_reason_and_its_source():
    for rule in rules.every():
        assert rule.sentence.endswith("."), rule.code
        assert rule.reason, rule.code
        assert "http" in rule.source or "ctekit's own" in rule.source or "U.S.C." in rule.source, rule.code


def test_harrow_bend_has_its_nine_answers_and_nothing_else():
    codes = codes_in(samples.book("harrow-bend"))
    assert sorted(codes) == sorted(code for codes in DEFECTS.values() for code in codes)


@pytest.mark.parametrize("code", WHERE)
def test_each_answer_stands_where_the_defect_is(code):
    results = rules.check(samples.book("harrow-bend"))
    (answer,) = [finding for result in results for finding in result.findings if finding.code == code]
    assert (answer.worksheet, answer.row, answer.field) == WHERE[code]


def test_the_small_group_of_harrow_bend_names_its_two_rows():
    results = rules.check(samples.book("harrow-bend"))
    (answer,) = [finding for result in results for finding in result.findings if finding.code == "ME38"]
    assert "English learners" in answer.advice
    assert "all others" in answer.advice


def test_clean_is_clean_and_every_rule_had_something_to_judge():
    results = rules.check(samples.book("clean"))
    # No duty of the case names a person beside the organization that holds its A.
    assert {result.rule.code: result.outcome for result in results if result.outcome != "holds"} == {"RO56": "waits"}


def test_half_filled_shows_no_error():
    results = rules.check(samples.book("half"))
    assert [finding.says for result in results for finding in result.findings] == []


@pytest.mark.parametrize("left", DEFECTS)
def test_mending_eight_leaves_the_ninth(left):
    assert set(codes_in(samples.book("clean", mend=[defect for defect in DEFECTS if defect != left]))) == DEFECTS[left]


@pytest.mark.parametrize("mended", DEFECTS)
def test_mending_one_takes_away_its_answers_alone(mended):
    everything = set().union(*DEFECTS.values())
    assert set(codes_in(samples.book("clean", mend=[mended]))) == everything - DEFECTS[mended]


def test_blank_worksheets_light_nothing_up():
    assert {result.outcome for result in rules.check(Workbook({}))} <= {"waits", "holds"}
    for kind in worksheets.every().values():
        assert codes_in(from_answers({kind.slug: {}})) == []


def test_harrow_bend_not_yet_ready_tells_only_contradictions():
    answers = copy.deepcopy(samples.read("harrow-bend"))
    for fields in answers.values():
        fields.pop("ready", None)
    assert sorted(codes_in(from_answers(answers))) == ["CO03", "ME34", "ME38", "ME41", "PU10", "RO27"]


def columns() -> list[tuple[str, str, str]]:
    """Every field of the sample, and every column of its tables."""
    asked = []
    for slug, fields in samples.read("clean").items():
        for name, value in fields.items():
            rows = value if isinstance(value, list) and value and isinstance(value[0], dict) else []
            asked += [(slug, name, column) for column in sorted({key for row in rows for key in row} - {"id"})]
            asked.append((slug, name, ""))
    return asked


@pytest.mark.slow  # five seconds of one core
def test_whatever_is_missing_no_rule_stumbles():
    clean = samples.read("clean")
    for slug, name, column in columns():
        answers = copy.deepcopy(clean)
        if column:
            for row in answers[slug][name]:
                row.pop(column, None)
        else:
            del answers[slug][name]
        rules.check(from_answers(answers))
    for slug, fields in clean.items():
        rules.check(from_answers({slug: fields}))


def test_nobody_on_the_list_is_readable():
    answers = copy.deepcopy(samples.read("clean"))
    answers["profile"]["people"] = []
    says = [finding.says for result in rules.check(from_answers(answers)) for finding in result.findings]
    assert any("s-9 (removed) stands in and is no longer on the list" in sentence for sentence in says)


def test_no_finding_shows_a_bare_row_id_where_a_name_is_known():
    people = re.compile(r"\b(?:s|org|task|clause|prot|metric|need|com)-\d+\b")
    for result in rules.check(samples.book("harrow-bend")):
        for finding in result.findings:
            assert not people.search(finding.says), finding.says


def test_only_worth_and_key_people_are_for_the_facilitator():
    answers = copy.deepcopy(samples.read("clean"))
    answers["value"]["exchanges"][0].update(worth=1, action=None)
    for audience in answers["communication"]["audiences"]:
        audience["two_way"] = False
    results = rules.check(from_answers(answers))
    private = {finding.code for result in results for finding in result.findings if finding.private}
    assert private == {"VA22", "CM24"}
