"""After the quick questions alone: what can be true then is said, and nothing of what was never asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from ctekit import rounds, rules, samples, worksheets
from ctekit.rules import Finding
from ctekit.workbook import Workbook, from_answers
from tests.half_day import Answers, cut_to_quick

QUICK = {
    "D1": "RO27",  # two answer for one duty: the grid is quick
    "D2": "VA18",  # a partner gets nothing: the slip is quick
    "D3": "ME33",  # s-15 is neither here nor has said yes; that they left (ME41) is no quick answer
    "D9": "RE17",  # few from business: sectors, and who is here
}
"""The planted defects of Harrow Bend that quick answers show. For D4 to D8 they lack members, records, scores, votes,
counts."""


def findings_of(book: Workbook) -> list[Finding]:
    return [finding for result in rules.check(book) for finding in result.findings]


def findings_in(answers: Answers) -> list[Finding]:
    return findings_of(from_answers(answers))


def in_words(findings: list[Finding]) -> list[str]:
    return [f"{finding.code} {finding.place}: {finding.says}" for finding in findings]


def test_clean_has_no_finding_after_a_half_day() -> None:
    assert in_words(findings_in(cut_to_quick("clean"))) == []


def test_harrow_bend_has_just_the_defects_that_quick_answers_show() -> None:
    assert sorted(finding.code for finding in findings_in(cut_to_quick("harrow-bend"))) == sorted(QUICK.values())


@pytest.mark.parametrize("defect", ["D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8", "D9"])
def test_each_defect_that_is_left_alone_is_shown_or_not(defect: str) -> None:
    mended = tuple(f"D{n}" for n in range(1, 10) if f"D{n}" != defect)
    expected = [QUICK[defect]] if defect in QUICK else []
    assert [finding.code for finding in findings_in(cut_to_quick("clean", mended))] == expected


def test_a_session_that_came_to_no_names_and_no_letters_has_no_error() -> None:
    severities = {finding.severity for finding in findings_in(cut_to_quick("half"))}
    assert "error" not in severities


def blanked(name: str) -> Iterator[Workbook]:
    """A sample with each of its quick answers left blank in turn; and with each of its rows taken out."""
    whole = cut_to_quick(name)
    sheets = from_answers(whole).sheets
    for slug, fields in whole.items():
        for other in _blanked(fields):
            yield Workbook({**sheets, slug: from_answers({slug: other}).sheets[slug]})  # the others are read once


def _blanked(fields: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The same of the answers of one worksheet."""
    for field, answer in fields.items():
        if isinstance(answer, list) and answer and isinstance(answer[0], dict):
            for index, row in enumerate(answer):
                before, after = answer[:index], answer[index + 1 :]
                for column in row.keys() - {"id"}:
                    left = {name: words for name, words in row.items() if name != column}
                    yield {**fields, field: [*before, left, *after]}
                yield {**fields, field: [*before, *after]}
        elif field != "ready":
            yield {name: words for name, words in fields.items() if name != field}


def is_quick(finding: Finding) -> bool:
    """Whether it stands at a question that the quick path asks."""
    kind = worksheets.called(finding.worksheet)
    fields = kind.questions()
    if finding.field in fields and fields[finding.field].is_table:
        return fields[finding.field].quick
    return kind.question(finding.field, finding.row).quick


@pytest.mark.parametrize("name", samples.names())
def test_whatever_is_left_blank_no_rule_speaks_of_what_was_never_asked(name: str) -> None:
    asked_of_all = {rule.code for rule in rules.every() if rule.depth == "full"}
    judged = 0
    for book in blanked(name):
        findings = findings_of(book)
        judged += bool(findings)
        beyond = [finding for finding in findings if finding.code in asked_of_all or not is_quick(finding)]
        assert not in_words(beyond)
    assert judged, "some blanks are found"


def test_a_worksheet_of_which_all_is_done_is_asked_for_all() -> None:
    quick = cut_to_quick("clean")
    everything = {slug: {**fields, "ready": "full"} for slug, fields in quick.items()}
    speaking = {finding.code for finding in findings_in(everything)}
    assert {"RE16", "VA19", "ME35"} <= speaking


def test_an_earlier_yes_is_all_of_it_and_an_earlier_no_is_not_yet() -> None:
    values: list[Any] = [
        True,
        "yes",
        "full",
        "all of it is done",
        False,
        "not yet",
        "quick",
        "The quick questions are done",
    ]
    depths = [from_answers({"purpose": {"ready": ready}}).sheets["purpose"].ready for ready in values]
    assert depths == ["full"] * 4 + [None] * 2 + ["quick"] * 2


def test_being_here_stands_for_yes_until_something_else_is_said() -> None:
    answers = cut_to_quick("clean")
    lead = answers["convener"]["lead_person"]
    assert "status" not in next(person for person in answers["profile"]["people"] if person["id"] == lead)
    answers["recruitment"]["invitations"].append({"id": "ask-99", "person": "s-9", "answer": "no"})
    assert "CO06" in {finding.code for finding in findings_in(answers)}, "who stands in was here and said no"


def test_a_person_belongs_to_the_audience_of_their_sector_until_names_are_picked() -> None:
    answers = cut_to_quick("clean")
    kinds = ("K-12", "postsecondary", "business & industry", "convener or intermediary", "community")
    public = {"id": "com-90", "audience": "Public bodies", "kind": "workforce or other public agency"}
    answers["communication"]["audiences"] = [
        public,
        *({"id": f"com-{n}", "audience": kind, "kind": kind, "owner": "s-1"} for n, kind in enumerate(kinds, 1)),
    ]
    public["owner"] = "s-1"
    (finding,) = [finding for finding in findings_in(answers) if finding.code == "CM23"]
    assert finding.says.startswith("Bethany Roake of Families")
    assert finding.says.endswith("of Families and learners seat hears nothing from us: they are in no audience.")
    answers["communication"]["audiences"][0]["kind"] = "mixed"
    assert "CM23" not in {finding.code for finding in findings_in(answers)}, "a mixed one may be for anybody"
    answers["communication"]["audiences"][0]["members"] = ["s-2"]
    assert "CM23" in {finding.code for finding in findings_in(answers)}


def test_whoever_convenes_is_told_nothing_by_themselves_until_names_are_picked() -> None:
    """A chamber that leads writes an audience for everybody but its own staff."""
    answers = cut_to_quick("clean")
    sectors = {organization["sector"] for organization in answers["profile"]["organizations"]}
    answers["communication"]["audiences"] = [
        {"id": f"com-{n}", "audience": sector, "kind": sector, "owner": "s-1"}
        for n, sector in enumerate(sorted(sectors - {"convener or intermediary"}), 1)
    ]
    assert "CM23" not in {finding.code for finding in findings_in(answers)}
    answers["communication"]["ready"] = "full"
    assert "CM23" in {finding.code for finding in findings_in(answers)}


def test_the_steps_of_the_pathway_follow_one_another_until_somebody_says_otherwise() -> None:
    answers = cut_to_quick("clean")
    assert not any("leads_to" in step for step in answers["profile"]["steps"])
    for step in answers["profile"]["steps"]:
        step.pop("job", None)
    assert {finding.code for finding in findings_in(answers)} == {"PR45"}


def test_the_room_votes_on_the_sentence_that_its_quick_answers_make() -> None:
    answers = cut_to_quick("harrow-bend")
    del answers["purpose"]["sentence"]
    title, _ = rounds.voted_on(from_answers(answers), "fist", "purpose")
    assert title.startswith(
        "For high-school and college learners in three counties: graduates with work-based learning"
    )
    assert "from 11% to 25% by June 2028" in title
