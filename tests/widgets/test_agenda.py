"""The agenda is proposed from the worksheets, and a press takes a line in: into the next meeting, once."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import html5lib
import pytest

from ctekit import papers, samples, views
from ctekit.jupyter.partnership import Partnership
from ctekit.model.errors import CtekitError, NotFoundError
from ctekit.views.agenda import next_meeting, proposals, with_buttons
from ctekit.workbook import from_answers
from ctekit.worksheets.meetings import Meetings
from tests.stores import harrow_bend


@pytest.fixture(scope="module")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "hb"
    harrow_bend(folder)
    return folder


@pytest.fixture
def p(sample_folder: Path, tmp_path: Path) -> Partnership:
    return Partnership(shutil.copytree(sample_folder, tmp_path / "hb"))


def test_of_everything_that_waits_something_is_proposed_and_at_most_five_findings() -> None:
    answers = samples.read("harrow-bend")
    answers["plan"]["actions"][0]["by"] = "2026-09-20"
    answers["profile"]["people"][8]["term_ends"] = "2026-11-30"
    answers["profile"]["credits"][0]["agreed_until"] = "2026-12-01"
    answers["roles"]["renewal_date"] = "2026-12-15"
    groups = [proposal.group for proposal in proposals(from_answers(answers))]
    assert {group: groups.count(group) for group in dict.fromkeys(groups)} == {
        "Overdue actions": 1,
        "What does not fit together": 5,
        "Parking lot": 2,
        "Recommendations without an answer": 1,
        "Terms and agreements that end": 3,
    }


def test_what_was_to_be_found_out_by_now_is_proposed_and_an_overdue_action_once() -> None:
    answers = samples.read("clean")
    answers["plan"]["actions"][0]["by"] = "2026-09-20"
    answers["purpose"]["region"] = None
    answers["purpose"]["marks"] = {"region": {"kind": "to find out", "whom": "the college", "by": "2026-09-01"}}
    sources = [proposal.source for proposal in proposals(from_answers(answers))]
    assert "PL67 purpose/region" in sources
    assert [source for source in sources if "act-1" in source] == ["act-1"]


def test_a_recommendation_that_needs_no_answer_is_not_asked_about() -> None:
    answers = samples.read("harrow-bend")
    sources = [proposal.source for proposal in proposals(from_answers(answers))]
    assert "rec-3" in sources
    answers["meetings"]["recommendations"][2]["marks"] = {"answer": {"kind": "does not apply", "because": "It closed"}}
    sources = [proposal.source for proposal in proposals(from_answers(answers))]
    assert "rec-3" not in sources


def test_nothing_for_the_facilitator_only_is_proposed() -> None:
    answers = samples.read("clean")
    answers["value"]["exchanges"][0].update(worth=1, action=None)
    groups = {proposal.group for proposal in proposals(from_answers(answers))}
    assert "What does not fit together" not in groups


def test_a_press_takes_a_line_into_the_next_meeting_once(p: Partnership) -> None:
    panel = p.agenda().live()
    reply = panel.press("take", "park-1")
    assert reply == "On the agenda: “Evening bus from Novak to the plants”."
    item = p["meetings"].items[-1]  # type: ignore[attr-defined]
    assert (item.meeting, item.kind, item.comes_from) == ("meet-5", "to talk over", "park-1")
    assert 'data-what="park-1"' not in panel.draw()
    assert "Nothing is on it yet" not in panel.draw()
    with pytest.raises(CtekitError, match="on the agenda already"):
        panel.press("take", "park-1")
    p.remove("plan", "park-2")
    with pytest.raises(NotFoundError, match="somebody dealt with it"):
        panel.press("take", "park-2")


def test_a_finding_is_a_short_title_on_the_agenda_and_its_sentence_the_reason_below(p: Partnership) -> None:
    proposal = next(proposal for proposal in proposals(p.book) if proposal.source.startswith("RO27"))
    row = p.put_on_agenda(proposal.source)
    assert p.book.name(row) == "Place learners in internships: which one of us answers for it?"
    assert "both answer for “Place learners in internships”" in proposal.reason
    html = p.agenda()._repr_html_()
    on_it = html.partition("What could be on it")[0]
    assert proposal.reason in on_it
    (paper,) = papers.make("agenda", p.book)
    text = papers.render(paper, "markdown")[1].decode()
    assert f"| **Place learners in internships: which one of us answers for it?**<br>{proposal.reason} |" in text


def test_an_item_that_was_put_on_with_its_reason_in_its_title_does_not_say_it_twice() -> None:
    answers, before = samples.read("harrow-bend"), samples.book("harrow-bend")
    proposal = next(each for each in proposals(before) if each.source.startswith("RO27"))
    meeting = next_meeting(before)
    assert meeting
    item = {"id": "item-99", "meeting": meeting.id, "comes_from": proposal.source}
    whole = {**item, "topic": f"{proposal.reason} Which one of us answers for it?"}
    items = [*answers["meetings"]["items"], whole]
    book = from_answers({**answers, "meetings": {**answers["meetings"], "items": items}})
    (paper,) = papers.make("agenda", book)
    for text in (papers.render(paper, "markdown")[1].decode(), with_buttons(book, "")):
        assert text.count("both answer for “Place learners in internships”") == 1


def test_every_title_is_short_and_says_what_it_is_about() -> None:
    for proposal in proposals(samples.book("harrow-bend")):
        assert len(proposal.topic) <= 130, proposal.topic
        assert not proposal.reason or proposal.reason not in proposal.topic


def test_without_a_day_to_come_it_is_said_where_to_write_one(p: Partnership) -> None:
    for meeting in p.book[Meetings].meetings[4:]:
        p.remove("meetings", meeting.id)
    panel = p.agenda().live()
    assert "No meeting to come has a day yet" in panel.draw()
    assert re.search(r'data-what="park-1" disabled', panel.draw())
    with pytest.raises(CtekitError, match="Write it under Meetings first"):
        panel.press("take", "park-1")


def test_a_page_has_no_buttons_and_what_people_typed_is_text() -> None:
    answers = samples.read("harrow-bend")
    answers["plan"]["parked"][0]["item"] = "<script>alert(1)</script>"
    html = views.SENTENCES["agenda"](from_answers(answers))
    assert "<button" not in html
    assert "<script" not in html
    html5lib.HTMLParser(strict=True).parseFragment(html)
    assert "Nothing is overdue" in views.SENTENCES["agenda"](from_answers({}))
