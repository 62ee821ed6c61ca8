"""What every rule can count on: severities of the partnership, findings that are let stand, and the page of rules."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

import ctekit
import ctekit.rules
from ctekit import cli, rules, samples, views, workspace
from ctekit.rules import Finding
from ctekit.workbook import Workbook, from_answers
from ctekit.worksheets.profile import Profile

ROOT = Path(__file__).parents[2]
LOCKED = {"RO27", "ME34", "ME38"}


def harrow_bend(**changes: dict[str, Any]) -> Workbook:
    answers = samples.read("harrow-bend")
    for slug, fields in changes.items():
        answers[slug].update(fields)
    return from_answers(answers)


def finding_of(book: Workbook, code: str) -> Finding:
    (finding,) = [
        finding
        for result in rules.check(book)
        for finding in (*result.findings, *result.acknowledged)
        if finding.code == code
    ]
    return finding


def let_stand(finding: Finding, **more: Any) -> dict[str, Any]:
    row = {
        "id": "ack-1",
        "rule": finding.code,
        "place": finding.place,
        "said": finding.says,
        "note": "After harvest",
        "by": "s-2",
    }
    return {"acknowledged": [{**row, **more}]}


def test_a_finding_has_a_place_that_never_changes():
    assert finding_of(harrow_bend(), "ME41").place == "metrics/metric-5/owner"
    assert finding_of(harrow_bend(), "CO03").place == "convener/reason"


@pytest.mark.parametrize(
    ("code", "docstring", "expected"),
    [
        (
            "CM23",
            "All is well.\n\nSource: practice.",
            "Two rules have the code CM23. The other is “Each person who said",
        ),
        ("CM00", "All is well.", "The docstring of rule CM00 lacks its sentence or its source."),
        ("CM00", None, "The docstring of rule CM00 lacks its sentence or its source."),
    ],
)
def test_a_rule_that_cannot_stand_says_what_it_lacks(code, docstring, expected):
    def find(book):
        return iter(())

    find.__doc__ = docstring
    rules.every()
    with pytest.raises(ValueError, match=f"^{expected}"):
        rules.rule(code, needs=(Profile,), asks="Is all well?", action="Ask", severity="hint")(find)


def test_only_the_three_are_locked():
    assert {rule.code for rule in rules.every() if rule.locked} == LOCKED


def test_a_partnership_sets_its_own_severity():
    rows = [{"id": "sev-1", "rule": "re17", "severity": "error", "because": "One firm is all we have"}]
    book = harrow_bend(profile={"severities": rows})
    assert finding_of(harrow_bend(), "RE17").severity == "hint"
    assert finding_of(book, "RE17").severity == "error"
    assert finding_of(book, "CO03").severity == finding_of(harrow_bend(), "CO03").severity


@pytest.mark.parametrize("code", sorted(LOCKED))
def test_a_locked_rule_keeps_its_severity_and_its_findings(code):
    rows = [{"id": "sev-1", "rule": code, "severity": "hint", "because": "We know"}]
    finding = finding_of(harrow_bend(), code)
    book = harrow_bend(profile={"severities": rows}, plan=let_stand(finding))
    assert (finding_of(book, code).severity, finding_of(book, code).acknowledged) == ("error", "")


def test_a_finding_that_is_let_stand_leaves_the_open_list_with_its_note_and_name():
    finding = finding_of(harrow_bend(), "RE17")
    book = harrow_bend(plan=let_stand(finding, on="2026-10-01"))
    (result,) = [result for result in rules.check(book) if result.rule.code == "RE17"]
    assert (result.outcome, result.findings) == ("findings", ())
    assert result.acknowledged[0].acknowledged == "After harvest (Tomasz Breel, October 1, 2026)"
    here = {result.rule.code: result for result in rules.check(book, "recruitment")}
    assert here["RE17"].acknowledged
    assert not any(result.acknowledged for result in rules.check(book, "metrics"))


def test_what_was_let_stand_when_findings_wrote_days_in_digits_stays_so():
    finding = finding_of(harrow_bend(), "ME41")
    assert "June 30, 2026" in finding.says
    rows = let_stand(finding)
    rows["acknowledged"][0]["said"] = finding.says.replace("June 30, 2026", "2026-06-30")
    (result,) = [result for result in rules.check(harrow_bend(plan=rows)) if result.rule.code == "ME41"]
    assert [finding.says] == [let.says for let in result.acknowledged]


@pytest.mark.parametrize(
    "missing", [{"note": None}, {"by": None}, {"rule": "RE16"}, {"place": "profile"}, {"said": "x"}]
)
def test_without_note_name_code_place_or_words_it_stays_open(missing):
    finding = finding_of(harrow_bend(), "RE17")
    book = harrow_bend(plan=let_stand(finding, **missing))
    assert finding_of(book, "RE17").acknowledged == ""


def test_it_comes_back_when_its_facts_change():
    finding = finding_of(harrow_bend(), "RE17")
    answers = samples.read("harrow-bend")
    answers["plan"].update(let_stand(finding))
    assert finding_of(from_answers(answers), "RE17").acknowledged
    answers["profile"]["people"][9]["status"] = "declined"  # one of the three from business
    again = finding_of(from_answers(answers), "RE17")
    assert (again.acknowledged, again.says == finding.says) == ("", False)


def test_words_that_were_typed_over_still_fit():
    finding = finding_of(harrow_bend(), "RE17")
    book = harrow_bend(plan=let_stand(finding, said=f"  {finding.says.replace(' ', '  ')} ", rule="re17 "))
    assert finding_of(book, "RE17").acknowledged


def test_the_check_shows_apart_what_is_let_stand():
    finding = finding_of(harrow_bend(), "RE17")
    html = views.check(harrow_bend(plan=let_stand(finding, note="After <b>harvest</b>")))
    head, _, apart = html.partition("Acknowledged (1)")
    assert "After &lt;b&gt;harvest&lt;/b&gt; (Tomasz Breel)" in apart
    assert "RE17" not in head


def test_what_is_private_stays_private_when_it_is_let_stand():
    answers = samples.read("clean")
    answers["value"]["exchanges"][0].update(worth=1, action=None)
    finding = finding_of(from_answers(answers), "VA22")
    answers["plan"].update(let_stand(finding, note="A word in private"))
    book = from_answers(answers)
    assert finding_of(book, "VA22").acknowledged
    for html in (views.check(book), views.worksheet(book, "plan")):
        assert "A word in private" not in html
        assert "worth 1 of 5" not in html
    assert "A word in private" in views.check(book, private=True)


# The page of rules


def test_docs_rules_is_what_the_docstrings_say():
    page = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert page == rules.as_markdown(), "write it anew: python -m ctekit.rules > docs/rules.md"


def test_each_rule_has_its_place_on_the_page():
    page = rules.as_markdown()
    for rule in rules.every():
        assert page.count(f"### {rule.code}: {rule.sentence}") == 1
    assert page.count("locked, ") == len(LOCKED)
    assert len(re.findall(r"^## ", page, re.MULTILINE)) == len({rule.find.__module__ for rule in rules.every()})


# The commands


def test_the_commands_show_apart_what_is_let_stand(tmp_path, capsys):
    home = tmp_path / "ours"
    workspace.make(home, "", "clean")
    partnership = ctekit.open_partnership(home)
    partnership.answer("convener", "can_sign", False)
    assert run("check", home) == 1
    (finding,) = partnership.check().findings
    partnership.acknowledge(finding, note="The board signs in June", by="s-2")
    capsys.readouterr()
    assert run("check", home) == 0, "an error that is let stand does not stop a script"
    captured = capsys.readouterr().out
    assert "0 findings and 1 acknowledged. " in captured
    assert (
        captured.index("Acknowledged")
        < captured.index("CO04")
        < captured.index("The board signs in June (Tomasz Breel")
    )
    assert run("check", home, "--json") == 0
    (written,) = json.loads(capsys.readouterr().out)
    assert (written["code"], written["acknowledged"].startswith("The board signs")) == ("CO04", True)
    assert run("status", home) == 0
    assert "acknowledged" in capsys.readouterr().out
    partnership.answer("convener", "can_hold_funds", False)
    assert run("check", home) == 1, "the other one is still open"


def run(*words: object) -> int:
    with pytest.raises(SystemExit) as ended:
        cli.main([str(word) for word in words])
    return int(ended.value.code or 0)


# What a room is asked, and what somebody could do


def test_each_rule_asks_the_room_in_its_own_words():
    asks = [rule.asks for rule in rules.every()]
    assert all(re.fullmatch(r"[A-Z][^?]*\?", question) for question in asks)
    assert len(set(asks)) == len(asks), "no two rules ask the same"
    texts = [words for rule in rules.every() for words in (rule.asks, rule.action)]
    assert not [words for words in texts if re.search(r"\b[ARSCI]\b", words)], "a letter of the grid says nothing alone"
    assert finding_of(harrow_bend(), "RO27").asks == "Which one of us answers for it?"
    assert finding_of(harrow_bend(), "VA18").asks == "What would make this worth it for them?"


def test_each_finding_proposes_what_somebody_can_do():
    actions = {finding.code: finding.action for result in rules.check(harrow_bend()) for finding in result.findings}
    assert actions["RO27"] == "Settle which one organization answers for “Place learners in internships”"
    assert actions["VA18"] == "Ask Ostrander Tool what would make it worth it for them"
    assert actions["ME41"] == "Settle who takes over from Neil Farrow"
    assert actions["RE17"] == "Ask a firm that is here to bring a second one"
    for rule in rules.every():
        assert re.match(r"[A-Z][a-z]+ ", rule.action), rule.code
        assert "{" not in rule.action.replace("{subject}", ""), rule.code
        assert not rule.action.endswith("."), rule.code


def test_braces_that_somebody_typed_stay_as_they_are():
    answers = samples.read("harrow-bend")
    answers["roles"]["tasks"][4]["task"] = "Place {learners} in {0}"
    assert finding_of(from_answers(answers), "RO27").action.endswith("“Place {learners} in {0}”")
