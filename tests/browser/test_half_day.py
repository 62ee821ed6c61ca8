"""A half-day of people who answer every quick question, and nothing else: only what is truly wrong is found.

The purpose is filled in the form, as is every “ready to check”. The other answers go in as the messages that a form
sends, for typing all of them would take minutes.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from ctekit import rounds, rules, samples, worksheets, workspace
from ctekit.editing import dispatch
from ctekit.editing.protocol import FromKernel
from ctekit.editing.session import EditSession
from ctekit.jupyter.partnership import Partnership
from ctekit.model.questions import show as in_words
from tests.browser.bare import Bare

pytestmark = pytest.mark.browser

Answers = dict[str, dict[str, Any]]
CASE: Answers = tomllib.loads(Path(__file__).with_name("health.toml").read_text(encoding="utf-8"))
TYPED = "purpose"

TRUE = {
    ("RE12", "recruitment/need-2/at_least"),  # a must takes two nurses who may teach; one has said yes
    ("RO27", "roles/task-2/matrix"),  # the school and the clinic both answer for the van
    ("RO28", "roles/task-3/matrix"),  # the college answers for the course, and nobody teaches it
    ("ME33", "metrics/metric-2/owner"),  # Peter Haas was asked and has not answered
}


def send(partnership: Partnership, slug: str, promises: dict[str, str]) -> None:
    """The answers of one worksheet, as the messages of a form; `promises` says which id each promise got when typed."""
    heard: list[FromKernel] = []
    session = EditSession(partnership.store, slug, heard.append, who="Ann")
    rows: dict[str, str] = {}
    for number, (_, row, field, value) in enumerate(samples.as_edits({slug: CASE[slug]})):
        if row and row not in rows:
            table = worksheets.called(slug).table_of(row)
            after = next((done for done in reversed(rows) if done.partition("-")[0] == row.partition("-")[0]), "")
            act = {"add": table, "after": after}
            dispatch.receive(session, {"act": act, "uid": f"{slug}-{row}", "view": "v"})
            rows[row] = next(message["row"] for message in reversed(heard) if message.get("row"))
            assert rows[row] == row
        value = promises.get(value, value) if isinstance(value, str) else value
        edit = {"uid": f"{slug}-{number}", "row": row, "field": field, "value": value, "base": None}
        dispatch.receive(session, {"edits": [edit], "view": "v", "n": number})
    assert not [message["wrong"] for message in heard if message.get("wrong")]


def fill_in(bare: Bare) -> None:
    """The purpose, in the short form."""
    sheet, kind = bare.worksheet, worksheets.called(TYPED)
    for field, answer in CASE[TYPED].items():
        question = kind.questions()[field]
        if not question.is_rows:
            sheet.answer(question.title, question, answer)
            continue
        for row in answer:
            number = sheet.add_row(question.title)
            for column, words in row.items():
                if column != "id":
                    asked = question.row.questions()[column]
                    sheet.put(question.title, number, asked.title, asked, words)
    sheet.saved()


def mark(bare: Bare) -> None:
    """Say in the form that the quick questions are done."""
    ready = bare.sheet.session.kind.question("ready")
    bare.worksheet.control(ready.title).select_option(label=in_words(ready, "quick"))
    bare.worksheet.saved()


def unanswered(partnership: Partnership) -> list[str]:
    """The quick questions that a half-day was asked and did not answer."""
    blank = []
    for sheet in (sheet for sheet in partnership.book if sheet.slug in CASE):
        for field, question in sheet.questions().items():
            if not question.quick:
                continue
            if getattr(sheet, field) in (None, (), {}) and field not in sheet.suggestions():
                blank.append(f"{sheet.slug}.{field}")
            for row in sheet.rows(field) if question.is_rows else ():
                columns = [name for name, column in row.questions().items() if column.quick]
                blank += [f"{row.id}.{name}" for name in columns if getattr(row, name) in (None, ())]
    return blank


def filled_and_marked(browser: Browser, folder: Path, slug: str) -> None:
    """One worksheet, in a page of its own."""
    page = browser.new_page()
    bare = Bare(page, folder, slug)
    if slug == TYPED:
        fill_in(bare)
    mark(bare)
    page.close()


def test_after_every_quick_question_only_what_is_wrong_is_found(browser: Browser, tmp_path: Path) -> None:
    folder = tmp_path / "health"
    workspace.make(folder, "Lantern Valley Nursing Pathway", "")
    partnership = Partnership(folder)
    promises: dict[str, str] = {}
    for slug in (slug for slug in worksheets.every() if slug in CASE):  # a half-day asks nothing about meetings
        if slug != TYPED:
            send(partnership, slug, promises)
        filled_and_marked(browser, folder, slug)
        if slug == TYPED:  # a row that Enter began and nobody filled has had an id, too
            rows = zip(CASE[slug]["clauses"], partnership[slug].clauses, strict=True)
            promises = {case_row["id"]: row.id for case_row, row in rows}
    assert unanswered(partnership) == []
    assert {sheet.ready for sheet in partnership.book if sheet.slug in CASE} == {"quick"}
    findings = [finding for result in rules.check(partnership.book) for finding in result.findings]
    assert {(finding.code, finding.place) for finding in findings} == TRUE, [finding.says for finding in findings]
    sentence, _ = rounds.voted_on(partnership.book, "fist", "purpose")
    assert sentence == (
        "For high-school juniors and seniors in two counties: graduates who are certified nurse aides from 6 to 20 by "
        "June 2028. Why employers care: eleven beds are closed for want of aides; why learners care: a job at home "
        "that pays for the next step."
    )
