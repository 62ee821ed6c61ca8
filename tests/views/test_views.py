"""The showing verbs: what people typed comes back as text, what is private does not come back, pages are valid."""

from __future__ import annotations

import re
from types import SimpleNamespace

import html5lib
import pytest

from ctekit import rubrics, views, worksheets
from ctekit.charts import Numbers, Words
from ctekit.charts._layout import WIDTH, rows_layout
from ctekit.rules import Finding, Pending, Rule, _engine
from ctekit.views import paper
from ctekit.views.answers import Wording
from ctekit.views.draft import draft
from ctekit.workbook import Workbook, from_answers
from ctekit.worksheets.profile import Profile
from ctekit.worksheets.purpose import Purpose
from ctekit.workshop.posters import parts_of

HOSTILE = '<script>alert(1)</script> =HYPERLINK("x") @b\x08 \ud800'
SECRET = "a-secret-of-the-facilitator"
TEXTS = ("text", "long_text")


def filled(words: str, private: str | None = None) -> Workbook:
    """Every text question of every worksheet answered with `words`, two rows a table; private ones with `private`."""

    def answer(ask, hidden):
        return (words if private is None else private) if ask.private or hidden else words

    def texts(model, hidden=False):
        return {name: answer(ask, hidden) for name, ask in model.questions().items() if ask.kind.name in TEXTS}

    answers = {}
    for slug, kind in worksheets.every().items():
        tables = {
            name: [{"id": f"{question.prefix}-{n}", **texts(question.row, question.private)} for n in (1, 2)]
            for name, question in kind.tables().items()
        }
        answers[slug] = {**texts(kind), **tables}
    answers["roles"]["matrix"] = {"task-1": {"org-1": "AR"}, "task-2": {"org-2": "S", "org-9": "R"}}
    return from_answers(answers)


def finding(**more) -> Finding:
    return Finding(**{"worksheet": "roles", "row": "task-1", "field": "matrix", "says": "", "advice": "", **more})


def rules(monkeypatch, *findings, code="T", severity="error", needs=(Purpose,)) -> None:
    """Stand-ins for the rules: each of `found` is what one rule says."""
    faked = tuple(
        Rule(
            f"{code}{n:02}",
            needs,
            severity,
            "",
            f"Sentence {n}.",
            "",
            "",
            lambda book, outcome=outcome: iter(outcome),
            "",
            "",
        )
        for n, outcome in enumerate(findings, 1)
    )
    monkeypatch.setattr(_engine, "every", lambda: faked)


def draw(numbers, width=WIDTH):
    return rows_layout([str(row[0]) for row in numbers.rows], width=width).drawing


def one_chart(monkeypatch, *rows, name="promises", **more) -> None:
    module = SimpleNamespace(
        WORKSHEET="purpose",
        QUESTION="Which promise has nobody?",
        numbers=lambda book: Numbers(("Promise", "People"), rows, "1 group is hidden."),
        draw=draw,
        tell=lambda numbers: Words("One promise has nobody." if rows else "No promise yet.", "Bars <one a promise>."),
        **more,
    )
    monkeypatch.setattr("ctekit.charts._chart.every", lambda: {name: module})


def page(*fragments: str) -> str:
    body = "".join(fragments)
    return f'<!doctype html><html lang="en"><head><title>Page</title></head><body><main>{body}</main></body></html>'


def parsed(*fragments: str):
    """A page of these fragments, parsed strictly: any slip in the HTML raises."""
    html = page(*fragments)
    html.encode("utf-8")
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)


def text(*fragments: str) -> str:
    return " ".join("".join(parsed(*fragments).find("body").itertext()).split())


# Worksheets


def test_plain_questions_are_shown_with_answers_marks_and_blanks() -> None:
    book = from_answers(
        {
            "profile": {"people": [{"id": "s-1", "name": "Ann"}]},
            "purpose": {
                "learners": "learners",
                "marks": {
                    "start": {"kind": "to find out", "whom": "s-1", "by": "2027-01-01"},
                    "target": {"kind": "to find out", "whom": "the college"},
                    "region": {"kind": "does not apply", "because": "statewide"},
                },
            },
        }
    )
    html = views.worksheet(book, "purpose")
    rows = dict(re.findall(r'<div id="purpose-(\w+)"><dt>.*?</dt><dd>(.*?)</dd></div>', html))
    assert rows["learners"] == '<span dir="auto">learners</span>'
    assert rows["start"] == '<span class="ctekit-mark">To find out: from Ann, by January 1, 2027</span>'
    assert rows["target"] == '<span class="ctekit-mark">To find out: from the college</span>'
    assert rows["region"] == '<span class="ctekit-mark">Does not apply: statewide</span>'
    assert rows["change"] == '<span class="ctekit-muted">not answered</span>'
    assert "Not yet marked ready to check." in html
    for depth, words in (("yes", "all of it is done"), ("quick", "the quick questions are done")):
        html = views.worksheet(from_answers({"purpose": {"ready": depth}}), "purpose")
        assert f"Marked ready to check: {words}." in html


def test_one_table_alone_is_exactly_this() -> None:
    book = from_answers({"purpose": {"clauses": [{"id": "clause-3", "promise": "Paid & near"}]}})
    assert views.worksheet(book, "purpose", only="clauses") == (
        '<section class="ctekit-worksheet" aria-label="Clear purpose and established protocols: What we promise">\n'
        '<div class="ctekit-table" id="purpose-clauses">\n<table>\n<caption>What we promise</caption>\n'
        '<thead><tr><th scope="col">Promise</th></tr></thead>\n<tbody>\n'
        '<tr id="purpose-clause-3"><th scope="row"><span dir="auto">Paid &amp; near</span></th></tr>\n'
        "</tbody>\n</table>\n</div>\n</section>"
    )


def test_the_composed_sentence_stands_in_until_there_is_one() -> None:
    parts = {"learners": "learners", "change": "more graduates", "by": "2028-06-30"}
    assert "For learners: more graduates by June 2028." in text(
        views.worksheet(from_answers({"purpose": parts}), "purpose")
    )
    own = views.worksheet(from_answers({"purpose": {**parts, "sentence": "One line.\nTwo."}}), "purpose")
    assert '<span class="ctekit-lines" dir="auto">One line.\nTwo.</span>' in own
    assert "put together" not in own


@pytest.mark.parametrize(
    "reason", ["a paid job by the water at $21", "turn away 40 boats a year", "Yards turn away boats."]
)
def test_the_composed_sentence_reads_well_with_a_noun_a_verb_or_a_sentence_as_reason(reason: str) -> None:
    parts = {"learners": "learners", "change": "more graduates", "by": "2028-06-30"}
    book = from_answers({"purpose": {**parts, "employer_reason": reason, "learner_reason": reason}})
    shown = reason.rstrip(".")
    assert book[Purpose].composed == (
        f"For learners: more graduates by June 2028. Why employers care: {shown}; why learners care: {shown}."
    )


def test_references_are_names_also_of_rows_that_are_gone() -> None:
    removed = Profile.questions()["organizations"].row(id="org-7", name="Old Mill")
    sheet = from_answers(
        {
            "profile": {"organizations": [{"id": "org-1", "name": "Chamber"}]},
            "purpose": {"agreed_by": ["org-1", "org-7"]},
        }
    )
    book = Workbook(sheet.sheets, {"org-7": removed})
    assert "Chamber, Old Mill (removed)" in views.worksheet(book, "purpose")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("clause-1", "Paid work experience"),
        ("PU06 purpose/clause-1/promise", "PU06 Paid work experience"),
        ("PU12 purpose", f"PU12 {Purpose.title}"),
        ("roles/renewal_date", worksheets.called("roles").title),
        ("What is our purpose", "What is our purpose"),
        ("Written in the plan", "Written in the plan"),
    ],
)
def test_where_an_action_comes_from_is_named_and_words_of_people_stay_theirs(typed: str, shown: str) -> None:
    book = from_answers({"purpose": {"clauses": [{"id": "clause-1", "promise": "Paid work experience"}]}})
    assert Wording(book).source(typed) == shown


def test_many_columns_become_cards_and_empty_columns_are_left_out() -> None:
    kind = worksheets.called("metrics")
    question = kind.questions()["metrics"]
    words = {
        name: "said"
        for name, column in question.row.questions().items()
        if column.kind.name in TEXTS and not column.private
    }
    book = from_answers({"metrics": {"metrics": [{"id": "metric-1", **words}, {"id": "metric-2", "name": "Bare"}]}})
    html = views.worksheet(book, "metrics", only="metrics")
    assert "<table" not in html
    assert re.findall(r'<li id="([^"]+)"', html) == ["metrics-metric-1", "metrics-metric-2"]
    assert html.count("<dt>Not answered</dt>") == 1
    empty = next(column.title for column in question.row.questions().values() if column.kind.name == "date")
    assert empty not in html


def test_the_matrix_has_headers_letters_a_legend_and_a_region_for_the_keyboard() -> None:
    book = from_answers(
        {
            "profile": {"organizations": [{"id": "org-1", "name": "Chamber"}, {"id": "org-2", "name": "College"}]},
            "roles": {
                "tasks": [{"id": "task-1", "task": "Host learners"}],
                "matrix": {"task-1": {"org-1": "AR", "org-9": "C"}},
            },
        }
    )
    tree = parsed(views.worksheet(book, "roles", only="matrix"))
    region = tree.find(".//div[@role='region']")
    assert region.get("tabindex") == "0"
    assert region.get("aria-label")
    heads = ["".join(element.itertext()) for element in region.findall(".//th[@scope='col']")]
    assert heads[1:] == ["Chamber", "College", "org-9 (removed)"]
    assert "".join(region.find(".//th[@scope='row']").itertext()) == "Host learners"
    assert [cell.text for cell in region.findall(".//td")] == ["AR", None, "C"]
    assert [element.text for element in tree.findall(".//dl/div/dt")] == ["A", "R", "S", "C", "I"]


def test_the_duties_are_printed_with_a_place_to_sign() -> None:
    book = from_answers(
        {
            "profile": {"organizations": [{"id": "org-1", "name": "Chamber"}, {"id": "org-2", "name": "College"}]},
            "roles": {
                "tasks": [{"id": "task-1", "task": "Host learners"}, {"id": "task-2", "task": "Send news"}],
                "matrix": {"task-2": {"org-1": "A"}, "task-1": {"org-1": "AR", "org-2": "C"}},
                "signatories": [
                    {"id": "sign-1", "organization": "org-1", "signer": "Ann Bo", "board_date": "2026-10-14"}
                ],
            },
        }
    )
    words = text(views.worksheet(book, "roles"))
    assert "Draft for counsel" in words
    assert "Answers for: Host learners Send news Does: Host learners" in words
    assert "NameAnn Bo Title Authority Board dateOctober 14, 2026 Signed on Signature" in words
    assert "College" not in text(draft(book))
    assert draft(from_answers({})) == ""
    assert "Draft for counsel" not in views.worksheet(book, "roles", only="tasks")


def test_an_unknown_name_is_answered_with_one_sentence() -> None:
    book = from_answers({})
    with pytest.raises(LookupError, match="Did you mean 'purpose'"):
        views.worksheet(book, "purpse")
    with pytest.raises(LookupError, match="asks nothing called 'clause'. Did you mean 'clauses'"):
        views.worksheet(book, "purpose", only="clause")
    with pytest.raises(LookupError, match="Did you mean 'purpose'"):
        views.check(book, "purpse")
    with pytest.raises(LookupError, match="No chart is called 'nothing'"):
        views.chart(book, "nothing")


@pytest.mark.parametrize("slug", worksheets.every())
@pytest.mark.parametrize("private", [False, True])
def test_a_blank_worksheet_is_a_page_too(slug: str, private: bool) -> None:
    words = text(views.worksheet(from_answers({}), slug, private=private))
    assert "nothing yet" in words or "not answered" in words
    assert "Not yet marked ready to check." in words


def test_views_only_show() -> None:
    whole = {"overview", "picture", "thread", "changes", "handover", "agenda"}
    assert set(views.SENTENCES) == {"worksheet", "check", "chart", "rate", *whole}


# What is private


@pytest.mark.parametrize("slug", worksheets.every())
def test_no_private_answer_is_shown_unless_asked_for(slug: str) -> None:
    book = filled("open", SECRET)
    html = views.worksheet(book, slug)
    assert SECRET not in html
    assert "Facilitator only" not in html
    shown = views.worksheet(book, slug, private=True)
    hidden = shown.count(SECRET)
    if hidden:
        assert 'class="ctekit-only">Facilitator only' in shown
    assert shown.split(">", 1)[1].strip().startswith('<p class="ctekit-private">Facilitator only</p>')
    assert "not shown" not in shown
    nothing = views.worksheet(filled("open", ""), slug)
    assert html == nothing, "a page tells neither whether nor how often a private question was answered"


def test_nothing_is_said_about_private_answers_where_there_are_none() -> None:
    assert "facilitator" not in views.worksheet(from_answers({"purpose": {"learners": "x"}}), "purpose").lower()


def test_the_name_of_a_row_in_a_private_table_stays_private(monkeypatch) -> None:
    table = next(
        (question for kind in worksheets.every().values() for question in kind.tables().values() if question.private),
        None,
    )
    assert table
    book = filled("open", SECRET)
    rules(monkeypatch, [finding(worksheet="convener", row=f"{table.prefix}-1", says="a")], needs=())
    assert SECRET not in views.check(book)
    assert f'#convener-{table.prefix}-1"' not in views.check(book)


def test_a_count_that_people_said_not_to_show_is_not_shown() -> None:
    counts = [
        {"id": "obs-1", "group": "English learners", "counted": 4, "out_of": 7, "shown": "no"},
        {"id": "obs-2", "group": "all", "counted": 293, "out_of": 412, "shown": "yes"},
    ]
    book = from_answers({"metrics": {"observations": counts}})
    words = text(views.worksheet(book, "metrics", only="observations"))
    assert "English learnersnot shownnot shownno all293412yes" in words
    assert "4 (Facilitator only)7 (Facilitator only)" in text(views.worksheet(book, "metrics", private=True))


# Checks


def test_findings_stand_under_their_severity_with_advice_and_a_link(monkeypatch) -> None:
    book = from_answers({"roles": {"tasks": [{"id": "task-1", "task": "Host <b>"}]}})
    rules(
        monkeypatch,
        [finding(says="Two answer for it.", advice="Agree on one.")],
        [Pending("until there are names")],
        [],
    )
    html = views.check(book)
    assert (
        '<a href="06-roles.html#roles-task-1">Clear stakeholder roles and responsibilities: Host &lt;b&gt;</a>' in html
    )
    words = text(html)
    assert "1 must be mended. Of 3 checks, 1 passed, and 1 waits for more answers." in words
    assert "Must be mended (1) Sentence 1. Two answer for it. Agree on one." in words
    assert "Waiting (1) Sentence 2. until there are names" in words
    assert "Passed (1) Sentence 3." in words


def test_on_its_own_page_a_finding_links_within_the_page(monkeypatch) -> None:
    book = from_answers({"roles": {"tasks": [{"id": "task-1", "task": "Host"}]}})
    rules(
        monkeypatch,
        [
            finding(),
            finding(row="task-8"),
            finding(row="", field="ends"),
            finding(worksheet="purpose", row="", field="change"),
        ],
    )
    html = views.check(book, "roles")
    assert re.findall(r'href="([^"]+)"', html) == ["#roles-task-1", "#roles-tasks", "#roles-ends"]


def test_a_rule_with_findings_only_elsewhere_is_not_said_to_hold(monkeypatch) -> None:
    book = from_answers({"roles": {"notice": "60 days"}, "purpose": {"learners": "x"}})
    rules(monkeypatch, [finding()], needs=(Purpose,))
    assert "Sentence 1." not in views.check(book, "purpose")
    assert "Sentence 1." in views.check(book)


def test_private_findings_are_neither_told_nor_counted(monkeypatch) -> None:
    book = from_answers({"roles": {"tasks": [{"id": "task-1", "task": "Host"}]}})
    rules(monkeypatch, [finding(says=SECRET, advice=SECRET, private=True)])
    html = views.check(book)
    assert SECRET not in html
    assert "Nothing to mend" in html
    assert "Findings for the facilitator only are not shown." in html
    assert "passed (" not in html.lower()
    assert SECRET in views.check(book, private=True)


def test_a_worksheet_not_begun_gets_no_findings(monkeypatch) -> None:
    rules(monkeypatch, [finding(worksheet="purpose", row="", field="by")])
    assert views.check(from_answers({}), "purpose") == '<p class="ctekit-check">Not begun.</p>'
    assert views.check(from_answers({})) == '<p class="ctekit-check">Not begun.</p>'


# Charts


def test_a_chart_brings_its_question_caption_and_numbers(monkeypatch) -> None:
    one_chart(monkeypatch, ("Paid <work>", 1234), ("Credit", None))
    html = views.chart(from_answers({}), "promises")
    words = text(html)
    assert words.startswith("Which promise has nobody?")
    assert "<figcaption>One promise has nobody.</figcaption>" in html
    assert '<th scope="row" dir="auto">Paid &lt;work&gt;</th><td class="ctekit-number">1,234</td>' in html
    assert '<th scope="row" dir="auto">Credit</th><td dir="auto">not known</td>' in html
    assert 'aria-label="Bars &lt;one a promise&gt;."' in html
    assert "1 group is hidden." in words


def test_a_chart_without_rows_says_what_is_missing(monkeypatch) -> None:
    one_chart(monkeypatch)
    html = views.chart(from_answers({}), "promises")
    assert "No promise yet." in html
    assert "<svg" not in html
    assert "<table" not in html


def test_a_chart_for_the_facilitator_is_drawn_only_when_asked_for(monkeypatch) -> None:
    one_chart(monkeypatch, (SECRET, 1), PRIVATE=True)
    assert SECRET not in views.chart(from_answers({}), "promises")
    assert SECRET in views.chart(from_answers({}), "promises", private=True)


# The whole page


@pytest.mark.parametrize("private", [False, True])
def test_hostile_answers_come_back_only_as_text(monkeypatch, private: bool) -> None:
    book = filled(HOSTILE)
    rules(monkeypatch, [finding(says=HOSTILE, advice=HOSTILE)], [Pending(HOSTILE)])
    one_chart(monkeypatch, (HOSTILE, HOSTILE))
    fragments = [views.worksheet(book, slug, private=private) for slug in worksheets.every()]
    fragments += [views.check(book, private=private), views.chart(book, "promises", private=private)]
    html = page(*fragments)
    assert "<script" not in html
    tree = parsed(*fragments)
    assert not tree.findall(".//script")
    shown = "".join(tree.itertext())
    assert shown.count('<script>alert(1)</script> =HYPERLINK("x") @b') >= 100
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    targets = [element.get("href") for element in tree.iter() if (element.get("href") or "").startswith("#")]
    assert {target[1:] for target in targets} <= set(ids)
    labels = [
        element.get("aria-label")
        for element in tree.iter()
        if element.tag == "section" or element.get("role") == "region"
    ]
    assert len(labels) == len(set(labels))


def test_a_link_of_every_finding_leads_somewhere(monkeypatch) -> None:
    book = filled("x")
    for slug, kind in worksheets.every().items():
        fields = [finding(worksheet=slug, row="", field=name) for name in kind.questions()]
        rows = [
            finding(worksheet=slug, row=row.id, field="")
            for name in kind.tables()
            for row in book.sheets[slug].rows(name)
        ]
        rules(monkeypatch, [*fields, *rows], needs=(kind,))
        tree = parsed(views.worksheet(book, slug), views.check(book, slug))
        ids = {element.get("id") for element in tree.iter() if element.get("id")}
        links = {element.get("href") for element in tree.findall(".//a")}
        assert links
        assert {link.partition("#")[2] for link in links if "#" in link} <= ids


def test_the_style_asks_nobody_for_anything() -> None:
    css = views.stylesheet()
    assert "@import" not in css
    assert "url(" not in css
    assert ".ctekit-worksheet" in css


# Paper


@pytest.mark.parametrize("slug", worksheets.every())
def test_an_empty_worksheet_asks_what_its_poster_asks_or_its_quick_questions(slug: str) -> None:
    kind = worksheets.called(slug)
    html = paper.blank(slug)
    headings = ["".join(part.itertext()) for part in parsed(html).iter("h3")]
    posters = parts_of(slug)
    quick = [ask.title for field, ask in kind.questions().items() if ask.quick and not ask.private and field != "ready"]
    asked = [ask.title for part in posters for ask in ((part.table,) if part.table else part.questions)]
    assert headings == (asked or quick)
    columns = [ask.title for part in posters if part.table for ask in part.questions]
    assert all(column in text(html) for column in columns)
    assert "ctekit-rule" in html or "<td></td>" in html


def test_posters_of_the_elements_ask_nothing_but_quick_questions() -> None:
    elements = [part for slug in worksheets.every() if slug != "plan" for part in parts_of(slug)]
    assert len(elements) > 10
    assert [ask.title for part in elements for ask in part.questions if not ask.quick] == []


def test_an_empty_worksheet_that_does_not_exist_is_said() -> None:
    with pytest.raises(LookupError, match="Did you mean 'purpose'"):
        paper.blank("purpse")


def test_a_sheet_of_many_columns_lies_on_its_side() -> None:
    assert {slug for slug in worksheets.every() if "ctekit-wide" in paper.blank(slug)} == {
        *("recruitment", "value", "communication", "roles", "metrics", "meetings")
    }


def test_paper_prints_on_letter_and_a4_without_asking_anybody() -> None:
    css = paper.stylesheet()
    assert "size: auto" in css
    assert "url(" not in css


def test_the_rubric_has_four_indicators_an_element_and_one_headline() -> None:
    for element in range(1, 8):
        four = [indicator for indicator in rubrics.INDICATORS if indicator.element == element]
        assert [indicator.number for indicator in four] == [f"{element}.{place}" for place in (1, 2, 3, 4)]
        assert sum(indicator.headline for indicator in four) == 1
    assert all(len(indicator.statement.split()) <= 20 for indicator in rubrics.INDICATORS)
    assert [level.step for level in rubrics.LADDER] == [0, 1, 2, 3, 4]


def test_what_people_wrote_keeps_its_direction_and_names_their_letters() -> None:
    book = from_answers(
        {
            "profile": {"organizations": [{"id": "org-1", "name": "مدرسة النور"}]},
            "purpose": {"learners": "الطلاب في الصف 9.", "agreed_by": ["org-1"]},
            "roles": {"tasks": [{"id": "task-1", "task": "تعليم"}], "matrix": {"task-1": {"org-1": "AR"}}},
        }
    )
    name = '<span dir="auto" translate="no">مدرسة النور</span>'
    assert '<span dir="auto">الطلاب في الصف 9.</span>' in views.worksheet(book, "purpose")
    assert name in views.worksheet(book, "purpose")
    assert name in views.worksheet(book, "profile")
    matrix = views.worksheet(book, "roles", only="matrix")
    assert f'<th scope="col">{name}</th>' in matrix
    assert '<span dir="auto">تعليم</span>' in matrix
    assert '<td translate="no">AR</td>' in matrix
    assert '<dt translate="no">A</dt>' in matrix
