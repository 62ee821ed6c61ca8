"""The views of the whole: honest about blanks, questions for a room, the thread of a promise, and nothing private."""

from __future__ import annotations

import datetime
import re
from functools import partial

import html5lib
import pytest

from ctekit import samples, views, worksheets
from ctekit.model.days import long_day
from ctekit.model.errors import NotFoundError
from ctekit.rules import Finding, action_source
from ctekit.views.answers import Wording
from ctekit.views.room_questions import chosen
from ctekit.views.standing import awaited, open_findings, stands
from ctekit.views.thread import of as stations_of
from ctekit.workbook import Workbook, from_answers
from ctekit.worksheets.metrics import Metrics
from ctekit.worksheets.purpose import Purpose

WHOLE = ("overview", "picture", "thread", "changes", "handover")
HARROW_BEND, CLEAN, HALF = (samples.book(name) for name in ("harrow-bend", "clean", "half"))
BLANK = from_answers({})


def parsed(html: str):
    """A page with this fragment, parsed strictly: any slip in the HTML raises."""
    page = f'<!doctype html><html lang="en"><head><title>P</title></head><body><main>{html}</main></body></html>'
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)


def text(html: str) -> str:
    html = re.sub(r"(</(?:dt|dd|th|td|li|p|h3|h4)>)", r" \1", html)  # as people read it: cells apart
    return " ".join("".join(parsed(html).find("body").itertext()).split())


def finding(**more: object) -> Finding:
    plain = {"worksheet": "roles", "row": "task-1", "field": "matrix", "says": "Two do.", "advice": "Take one."}
    return Finding(**{**plain, "code": "T01", **more})


# What holds for all of them


@pytest.mark.parametrize("book", [HARROW_BEND, CLEAN, HALF, BLANK], ids=["harrow-bend", "clean", "half", "blank"])
@pytest.mark.parametrize("private", [False, True])
@pytest.mark.parametrize("verb", WHOLE)
def test_each_is_valid_html_with_an_outline_and_named_regions(verb: str, private: bool, book: Workbook) -> None:
    tree = parsed(views.SENTENCES[verb](book, private=private))
    levels = [int(element.tag[1]) for element in tree.iter() if re.fullmatch("h[1-6]", str(element.tag))]
    assert all(level == 3 or (level == 4 and 3 in levels) for level in levels)
    for region in tree.iterfind(".//*[@role='region']"):
        assert region.get("tabindex") == "0"
        assert region.get("aria-label")
    for table in tree.iterfind(".//table"):
        assert table.find("caption") is not None
        assert all(head.get("scope") in ("col", "row") for head in table.iter("th"))
    labels = [element.get("aria-label") for element in tree.iter("section")]
    assert len(labels) == 1
    assert labels[0]


@pytest.mark.parametrize("verb", WHOLE)
def test_what_people_typed_is_text(verb: str) -> None:
    hostile = '<script>alert(1)</script>"\x08'
    marks = {"start": {"kind": "to find out", "whom": hostile, "by": "2026-10-05"}}
    book = from_answers(
        {
            "profile": {"name": hostile, "people": [{"id": "s-1", "name": hostile}], "as_of": "2026-10-01"},
            "convener": {"lead_person": "s-1", "settled": "yes, but not everyone knows"},
            "purpose": {"clauses": [{"id": "clause-1", "promise": hostile}], "marks": marks},
            "recruitment": {"needs": [{"id": "need-1", "support": hostile, "promise": "clause-1"}]},
            "metrics": {"metrics": [{"id": "metric-1", "name": hostile, "promise": "clause-1", "owner": "s-1"}]},
            "roles": {"tasks": [{"id": "task-1", "task": hostile, "need": "need-1"}], "agreement_kind": hostile},
            "plan": {
                "actions": [{"id": "act-1", "action": hostile}],
                "asks_of_state": [{"id": "policy-1", "ask": hostile}],
            },
        }
    )
    html = views.SENTENCES[verb](book, private=True)
    assert "<script" not in html
    assert "\x08" not in html
    parsed(html)


def test_private_facts_stay_out_and_are_counted() -> None:
    secret = "Hank is close to leaving"
    people = [{"id": "s-1", "name": "Ann", "status": "confirmed", "organization": "org-1"}]
    book = from_answers(
        {
            "profile": {"organizations": [{"id": "org-1", "name": "Shop"}], "people": people, "as_of": "2026-10-01"},
            "value": {
                "exchanges": [
                    {
                        "id": "x-1",
                        "organization": "org-1",
                        "gives": "Hours",
                        "worth": 1,
                        "note": secret,
                        "marks": {"action": {"kind": "to find out", "whom": secret, "by": "2026-10-05"}},
                    }
                ]
            },
        }
    )
    for verb in WHOLE:
        html = views.SENTENCES[verb](book)
        assert secret not in html
        assert "VA22" not in html
    assert "Findings for the facilitator only are not shown." in views.picture(book)
    assert "All open findings that everybody may see (" in views.picture(book)
    assert "For the facilitator: all open findings (" in views.picture(book, private=True)
    shown = views.picture(book, private=True)
    assert "VA22" in shown.partition("<details>")[2]
    assert "VA22" not in shown.partition("<details>")[0], "a projector shows nothing private"
    assert secret in views.picture(book, private=True)


# Counts that must not be shown


def observed(**more: object) -> dict[str, object]:
    return {"metric": "metric-1", "as_of": "2026-06-30", **more}


SMALL = (
    observed(id="obs-1", group="all", counted=300, out_of=412),
    observed(id="obs-2", breakdown="language", group="English learners", counted=4, out_of=7, shown="yes"),
    observed(id="obs-3", breakdown="language", group="all others", counted=296, out_of=405, shown="yes"),
    observed(id="obs-4", breakdown="place", group="north", counted=151, out_of=None),
)
AGREED = {"data_agreements": [{"id": "da-1", "purpose": "Results"}]}


def with_counts(metric: dict[str, object], counts: object = SMALL) -> Workbook:
    measures = [{"id": "metric-1", "name": "Placed", "agreement": "da-1", "about": "student", **metric}]
    return from_answers({"metrics": {"metrics": measures, "observations": counts}, "roles": AGREED})


def cells(html: str) -> dict[str, list[str]]:
    tree = parsed(html)
    return {
        row.get("id", ""): ["".join(cell.itertext()) for cell in row.iter("td")]
        for row in tree.iter("tr")
        if row.get("id")
    }


def test_a_worksheet_withholds_small_groups_and_what_would_give_them_away() -> None:
    shown = cells(views.worksheet(with_counts({}), "metrics", only="observations"))
    small, away = "not shown: fewer than 10", "not shown: would give a small group away"
    assert shown["metrics-obs-1"][-2:] == ["300", "412"] or "300" in shown["metrics-obs-1"]
    assert shown["metrics-obs-2"].count(small) == 2
    assert shown["metrics-obs-3"].count(away) == 2
    assert "not shown: nobody wrote out of how many" in shown["metrics-obs-4"]
    html = views.worksheet(with_counts({}), "metrics")
    assert not re.search(r">(4|7|296|405|151)<", html)


def test_the_facilitator_sees_them_marked() -> None:
    html = views.worksheet(with_counts({}), "metrics", only="observations", private=True)
    words = text(html)
    for count in ("4", "7", "296", "405", "151"):
        assert f"{count} (Facilitator only)" in words
    assert "300 (Facilitator only)" not in words


def test_the_smallest_group_of_the_profile_counts() -> None:
    book = with_counts({}, (observed(id="obs-1", group="all", counted=20, out_of=24),))
    assert "24" in cells(views.worksheet(book, "metrics", only="observations"))["metrics-obs-1"]
    answers = {"profile": {"smallest_group": 25}, "roles": AGREED}
    sheet = {"metrics": [{"id": "metric-1", "about": "student", "agreement": "da-1"}]}
    book = from_answers(
        {**answers, "metrics": {**sheet, "observations": [observed(id="obs-1", group="all", counted=20, out_of=24)]}}
    )
    shown = cells(views.worksheet(book, "metrics", only="observations"))["metrics-obs-1"]
    assert shown.count("not shown: fewer than 25") == 2


def test_without_an_agreement_no_count_of_single_people_is_shown() -> None:
    book = with_counts({"agreement": None})
    assert (
        cells(views.worksheet(book, "metrics", only="observations"))["metrics-obs-1"].count(
            "not shown: no agreement allows these data"
        )
        == 2
    )
    assert "hidden: no agreement allows these data" in stations(book)["Measures that test it"]


def stations(book: Workbook, **metric: object) -> dict[str, str]:
    answers = {worksheet.slug: worksheet for worksheet in book}
    wired = Workbook({**answers, "purpose": from_answers({"purpose": CLAUSE})[Purpose]})
    measures = tuple(
        metric_row.model_copy(update={"promise": "clause-1", **metric}) for metric_row in book[Metrics].metrics
    )
    wired = Workbook({**wired.sheets, "metrics": book[Metrics].model_copy(update={"metrics": measures})})
    hung = stations_of(Wording(wired), wired[Purpose].clauses[0])
    return {station.title: "; ".join([*(item.says for item in station.items), *station.gaps]) for station in hung}


CLAUSE = {"clauses": [{"id": "clause-1", "promise": "Paid work"}]}


@pytest.mark.parametrize("verb", WHOLE)
def test_no_view_of_the_whole_tells_a_hidden_count(verb: str) -> None:
    only_small = (observed(id="obs-1", group="all", counted=431, out_of=7),)
    book = with_counts({"unit": "people", "promise": "clause-1"}, only_small)
    book = Workbook({**book.sheets, "purpose": from_answers({"purpose": CLAUSE})[Purpose]})
    assert "431" not in views.SENTENCES[verb](book)
    if verb == "thread":
        assert "hidden: a small group, or marked not to be shown" in views.thread(book)


# The dashboard


def test_the_dashboard_is_honest_about_blanks() -> None:
    words = text(views.overview(BLANK))
    every = len(worksheets.every()) - 1
    assert f"0 of {every} worksheets begun, 0 ready to check." in words
    assert words.count("not begun") == every
    assert "Nothing is marked “to find out”." in words
    half = views.overview(HALF)
    assert re.search(r"\d checks? waits?", half)
    assert ">none so far" in half
    ready = len(samples.read("clean")) - 1  # a worksheet that somebody adds has no answers there
    assert f"{ready} of {every} worksheets begun, {ready} ready to check" in views.overview(CLEAN)


def test_the_dashboard_links_each_worksheet_and_counts_by_severity() -> None:
    lines = {line.href: line for line in stands(HARROW_BEND, private=False)}
    assert len(lines) == len(worksheets.every()) - 1
    assert lines["01-convener.html"].findings == "1 warning"
    assert lines["03-recruitment.html"].findings == "1 hint"
    html = views.overview(HARROW_BEND)
    assert '<a href="07-metrics.html">Process-wide success metrics</a>' in html


def test_what_is_to_find_out_is_counted_until_it_is_answered() -> None:
    mark = {"start": {"kind": "to find out", "whom": "the college"}, "target": {"kind": "does not apply"}}
    book = from_answers({"purpose": {"marks": mark}})
    assert "1 answer is</a>" not in views.overview(book)
    assert "1 answer is still to find out</a>" in views.overview(book)
    answered = from_answers({"purpose": {"marks": mark, "start": "11%"}})
    assert not awaited(answered)


# The picture


def test_at_most_five_questions_the_gravest_first_and_from_many_worksheets() -> None:
    many = [finding(worksheet="roles", row=f"task-{n}", severity="error") for n in range(1, 9)]
    many += [finding(worksheet="value", row="x-1", field="gets", severity="error")]
    many += [finding(worksheet="metrics", row="metric-1", field="owner", severity="hint")]
    picked = chosen(many)
    assert [question.worksheet for question in picked] == ["roles", "value", "roles", "roles", "roles"]
    assert not chosen([finding(private=True)] * 3)
    assert len(chosen([finding(code="A"), finding(code="B")])) == 1, "one place asks one question"
    assert [question.severity for question in chosen([many[-1], many[0]])] == ["error", "hint"]


def test_one_who_left_is_asked_about_once_whatever_they_held() -> None:
    left = {"code": "ME41", "subject": "Neil Farrow"}
    both = [finding(**left), finding(**left, worksheet="value", row="x-1", field="gets")]
    assert len(chosen(both)) == 1


def test_the_facilitator_reads_all_by_severity_and_owner_with_the_action() -> None:
    finding = next(finding for finding in open_findings(HARROW_BEND) if finding.code == "RO27")
    plan = {"actions": [{"id": "act-9", "action": "Settle it", "owner": "s-1", "finding": action_source(finding)}]}
    book = Workbook({**HARROW_BEND.sheets, "plan": from_answers({"plan": plan}).sheets["plan"]})
    html = views.picture(book)
    everything = html.partition("<details>")[2].partition("</details>")[0]
    assert everything.count('class="ctekit-sentence"') == len(open_findings(HARROW_BEND))
    assert re.findall(r"<h4>(.*?) \(", everything) == ["Must be mended", "Warning", "Hint"]
    assert "Action: Settle it (" in everything
    assert "Whose: nobody yet." not in everything
    assert html.count('class="ctekit-asked"') == 5


def test_what_we_wait_for_is_a_message_to_each_and_the_earliest_first() -> None:
    marks = {
        "start": {"kind": "to find out", "whom": "s-1", "by": "2027-02-01"},
        "target": {"kind": "to find out", "whom": "s-1", "by": "2027-01-15"},
        "region": {"kind": "to find out", "whom": "the college", "by": "2027-01-01"},
        "employer_reason": {"kind": "to find out"},
    }
    people = [{"id": "s-1", "name": "Ann"}]
    book = from_answers({"profile": {"name": "Riverside", "people": people}, "purpose": {"marks": marks}})
    words = text(views.picture(book)).partition("What we asked and wait for")[2]
    assert re.findall("To: (Ann|the college)", words) == ["the college", "Ann"]
    assert "Could you tell us by January 15, 2027:" in words
    assert "We are filling in the worksheets of Riverside." in words
    assert words.index("To what figure?") < words.index("From what figure?")
    assert "Nobody has been named to ask Why do employers care?" in words


def test_asks_of_the_state_are_there() -> None:
    words = text(views.picture(HARROW_BEND))
    assert "A standard agreement for counts of completers in work" in words
    assert "Lorraine Teague, January 31, 2027" in words
    assert "Nothing is asked of the state yet." in text(views.picture(BLANK))


# The thread


def test_the_thread_runs_from_promise_to_audience() -> None:
    html = views.thread(CLEAN, "clause-2")
    titles = re.findall("<h3>(.*?)</h3>", html)
    assert titles == [
        "Needs that serve it",
        "People who said yes",
        "Pledges behind it",
        "Duties that keep it",
        "Measures that test it",
        "Decisions it feeds",
        "Who hears of it",
    ]
    words = text(html)
    assert "Host learners at work sites: A: Castellan Gear. R: Castellan Gear and Blue Heron Packaging." in words
    assert "Graduates who had work-based learning: 14.0% on June 30, 2026, target 25% by June 30, 2028" in words
    assert '<a href="05-communication.html#communication-com-5">Host employers</a>' in html
    assert "This thread holds from end to end." in words


def test_without_a_name_it_takes_the_first_promise_with_a_gap_and_says_the_gap() -> None:
    words = text(views.thread(HARROW_BEND))
    assert words.startswith("Promise: Any learner in the programs who wants paid work experience gets it.")
    assert "Gap: 2 organizations answer for “Place learners in internships”." in words
    assert "Gap: Neil Farrow answers for “Graduates who had work-based learning” and left on June 30, 2026." in words


def test_a_bare_promise_has_a_gap_at_every_stop() -> None:
    book = from_answers({"purpose": CLAUSE})
    words = text(views.thread(book))
    for gap in (
        "No need serves this promise.",
        "No partner has pledged anything for it.",
        "No duty serves its needs.",
        "No measure tests this promise.",
        "Without a measure, nothing feeds a decision.",
        "Without a measure, there is no figure to tell.",
    ):
        assert f"Gap: {gap}" in words
    assert "There is no promise yet." in text(views.thread(BLANK))


def test_a_promise_that_is_not_there_is_named_with_the_nearest() -> None:
    with pytest.raises(NotFoundError, match="No promise is called 'clause-22'. Did you mean 'clause-2'?"):
        views.thread(CLEAN, "clause-22")


# Handover


def test_the_handover_says_what_a_successor_needs_and_what_is_missing() -> None:
    words = text(views.handover(HARROW_BEND))
    assert "Person who leads Adaeze Whitcomb" in words
    assert "Until when is it paid for? June 30, 2027" in words
    assert "Bring the credit table to the trustees Mirela Osei November 18, 2026" in words
    assert "how many must be there: 10" in words
    assert "Harrow Bend Pathway Desk, frontdoor@harrowbend.example" in words
    assert "Region 4 Workforce Board: Lorraine Teague; board votes on October 8, 2026" in words
    blank = text(views.handover(BLANK))
    assert "Person who leads not written yet" in blank
    assert "Until when is it paid for? not written yet" in blank
    assert "there is no day to count from" in blank


def test_dates_are_those_of_the_next_90_days_and_only_what_is_due() -> None:
    day = datetime.date(2026, 10, 1)

    def on(days: int) -> str:
        return (day + datetime.timedelta(days)).isoformat()

    people = [{"id": "s-1", "name": "Ann", "status": "left", "left_on": on(5)}]
    deeds = [
        {"id": "act-1", "action": "Late", "by": on(-3), "owner": "s-1"},
        {"id": "act-2", "action": "Soon", "by": on(90)},
        {"id": "act-3", "action": "Far", "by": on(91)},
        {"id": "act-4", "action": "Done", "by": on(4), "done": "yes"},
    ]
    marks = {"start": {"kind": "to find out", "by": on(7)}}
    book = from_answers(
        {
            "profile": {"as_of": on(0), "people": people},
            "plan": {"actions": deeds},
            "purpose": {"marks": marks, "agreed_on": on(2)},
        }
    )
    words = text(views.handover(book))
    coming = words.partition("Dates in the next 90 days")[2].partition("Signatures")[0]
    assert re.findall(r"[A-Z]\w+ \d+, \d{4}", coming) == [long_day(on(after)) for after in (0, 7, 90)]
    assert "Late Ann, who left on October 6, 2026 September 28, 2026 overdue" in words


def test_views_take_only_the_arguments_that_a_notebook_writes() -> None:
    for verb in WHOLE:
        assert isinstance(partial(views.SENTENCES[verb], CLEAN)(), str)
