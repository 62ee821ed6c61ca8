"""The main job: Harrow Bend's answers typed by hand into JupyterLab, seen again after a restart, and exported."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from ctekit import samples, worksheets
from ctekit.analysis.readers import seen_by
from ctekit.model import questions
from ctekit.model.days import long_day, short_day
from ctekit.model.figures import tidy
from ctekit.model.questions import Question
from ctekit.workbook import Workbook
from ctekit.worksheets.roles import Roles
from tests.browser.conftest import Lab
from tests.browser.driver import SHOTS, Worksheet

pytestmark = pytest.mark.browser

ORDER = ("profile", "purpose", "convener", "recruitment", "value", "communication", "roles", "metrics")
NAMED = ("organizations", "people", "clauses", "needs", "tasks")
"""Tables of which every row is typed, quick columns at least: the other worksheets point to them."""
WHOLE_ROWS = 2
"""So many rows of every table are typed in all their columns."""
TYPED_DUTIES = 4
"""So many rows of the matrix are typed."""
# The sample answers one question that closes four tables: a person has to choose before there is anything to score.
CHOOSING = ("convener", "settled", "no, we are choosing")


@dataclass(frozen=True)
class Answer:
    """One answer to type: where it goes, and the words a person reads."""

    slug: str
    table: str
    row: str
    column: str
    ask: Question
    value: Any
    waits_for: frozenset[str] = frozenset()

    @property
    def hidden(self) -> bool:
        """Whether it is for the facilitator only, by itself or with its whole table."""
        return self.ask.private or bool(self.table and worksheets.called(self.slug).question(self.table).private)

    def words(self, book: Workbook) -> Any:
        """As it is typed, ticked or chosen on the screen."""
        if self.ask.kind.name in ("references", "choices"):
            return [questions.show(self.ask, value, book.name) for value in self.value]
        if self.ask.kind.name in ("money", "percentage", "decimal", "whole", "date"):
            return str(self.value)
        return questions.show(self.ask, self.value, book.name)

    def printed(self, book: Workbook) -> str:
        """As a page shows it."""
        return questions.show(self.ask, self.value, book.name)

    def on_a_page(self, book: Workbook) -> set[str]:
        """The ways in which a page may show it: a day in a table is short, a percentage has no idle zeros."""
        short = {short_day(self.value)} if isinstance(self.value, datetime.date) else set()
        return {tidy(self.printed(book))} | short

    def is_known(self, book: Workbook) -> bool:
        """Whether it is not private, and stands in what a reader may know."""
        sheet = book[worksheets.called(self.slug)]
        rows = {row.id: row for row in getattr(sheet, self.table)} if self.table else {"": sheet}
        return not self.hidden and getattr(rows.get(self.row), self.column, None) == self.value


@dataclass
class Typed:
    """What has been typed so far: the rows that can be pointed to, and where each row stands on the screen."""

    rows: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    answers: list[Answer] = field(default_factory=list)

    def of(self, slug: str) -> list[Answer]:
        return [answer for answer in self.answers if answer.slug == slug]

    @property
    def ids(self) -> set[str]:
        return {row for rows in self.rows.values() for row in rows}


def answers(book: Workbook) -> Iterator[Answer]:
    """The answers to type, in the order of the questions; of long tables the first rows in full, the rest in short."""
    for slug in ORDER:
        kind = worksheets.called(slug)
        # A lead that is settled closes the tables of those who choose: that answer comes last.
        for name, question in sorted(kind.questions().items(), key=lambda item: item[0] == "settled"):
            value = getattr(book[kind], name)
            if question.kind.name == "rows":
                for number, row in enumerate(value):
                    for column, ask in question.row.questions().items():
                        if number < WHOLE_ROWS or (name in NAMED and ask.quick):
                            yield from _answer(slug, name, row.id, column, ask, getattr(row, column))
            elif question.kind.name != "matrix":
                yield from _answer(slug, "", "", name, question, value)


def _answer(slug: str, table: str, row: str, column: str, question: Question, value: Any) -> Iterator[Answer]:
    if value in (None, ()):
        return
    pointed = [value] if question.kind.name == "reference" else value if question.kind.name == "references" else ()
    yield Answer(
        slug, table, row, column, question, value, frozenset(id_ for id_ in pointed if id_ not in question.also)
    )


@pytest.mark.timeout(900)  # hundreds of answers, one after another
def test_harrow_bend_typed_by_hand_is_seen_again_and_exported(
    lab: Lab, page: Page, browser: Browser, tmp_path: Path
) -> None:
    book = samples.book("harrow-bend")
    folder = lab.folder("harrow-bend")
    todo = list(answers(book))
    typed = Typed()
    notebook = lab.open(page, folder, "00-start-here")
    for number, slug in enumerate((*ORDER, "value", "roles")):  # twice to those that point to what comes after them
        kind = worksheets.called(slug)
        if number:
            notebook = notebook.switch(kind.notebook)
        sheet = notebook.sheet(kind.title)
        if slug == "convener" and number < len(ORDER):
            sheet.answer(kind.question("settled").title, kind.question("settled"), CHOOSING[2])
        sheet.show_all()
        todo = _type(sheet, [step for step in todo if step.slug == slug], typed, book) + [
            step for step in todo if step.slug != slug
        ]
        if slug == "roles" and number < len(ORDER):  # a letter typed twice is taken away again
            _letters(sheet, book)
        sheet.saved()
        sheet.shot(kind.notebook)
    never = [step for step in todo if step.waits_for <= typed.ids]
    assert not never

    notebook.restart_and_run_all()
    page.reload()
    notebook.wait_until_open()
    reader = browser.new_page()
    for slug in ORDER:
        kind = worksheets.called(slug)
        notebook = notebook.switch(kind.notebook)
        sheet = notebook.sheet(kind.title)
        sheet.show_all()
        _seen_again(sheet, typed, slug, book)
        if slug == "roles":
            _letters_seen(sheet, book)
        exported = notebook.export(tmp_path / f"{kind.notebook}.html")
        _exported(reader, exported, typed, slug, book)
    reader.close()


def _type(sheet: Worksheet, todo: list[Answer], typed: Typed, book: Workbook) -> list[Answer]:
    """Type what can be typed now; gives what has to wait because it points to rows that are not there yet."""
    kind = worksheets.called(todo[0].slug) if todo else None
    waiting = todo
    for _ in range(2):  # rows of a table may point to later rows of the same table
        again, waiting = waiting, []
        for answer in again:
            assert kind is not None
            if not answer.waits_for <= typed.ids:
                waiting.append(answer)
                continue
            real = not any(
                before.ask.kind.name == answer.ask.kind.name and bool(before.table) == bool(answer.table)
                for before in typed.answers
            )
            if answer.table:
                title = kind.question(answer.table).title
                rows = typed.rows.setdefault((answer.slug, answer.table), [])
                if answer.row not in rows:
                    rows.insert(sheet.add_row(title), answer.row)
                sheet.put(title, rows.index(answer.row), answer.ask.title, answer.ask, answer.words(book), keys=real)
            else:
                sheet.answer(answer.ask.title, answer.ask, answer.words(book), keys=real)
            typed.answers.append(answer)
    return waiting


def _letters(sheet: Worksheet, book: Workbook) -> None:
    title = Roles.question("matrix").title
    for task, cells in list(book[Roles].matrix.items())[:TYPED_DUTIES]:
        for org, letters in cells.items():
            sheet.letters(title, book.name(task), book.name(org), letters)


def _seen_again(sheet: Worksheet, typed: Typed, slug: str, book: Workbook) -> None:
    """Each answer of a worksheet stands in the form as it was typed."""
    kind = worksheets.called(slug)
    plain, cells = sheet.answers()
    for answer in typed.of(slug):
        if answer.table:
            number = typed.rows[slug, answer.table].index(answer.row)
            text = cells[kind.question(answer.table).title][number][answer.ask.title]
        else:
            text = plain[answer.ask.title]
        day = long_day(answer.value) if answer.ask.kind.is_date else ""  # the form says June 30, 2029
        assert _flat(text) in (_flat(answer.printed(book)), _flat(str(answer.value)), day), (
            f"{slug} {answer.row} {answer.column}"
        )


def _letters_seen(sheet: Worksheet, book: Workbook) -> None:
    _, cells = sheet.answers()
    shown = cells[Roles.question("matrix").title]
    for number, (task, letters) in enumerate(list(book[Roles].matrix.items())[:TYPED_DUTIES]):
        on_screen = {book.name(org): shown[number][book.name(org)] for org in letters}
        assert on_screen == {book.name(org): words for org, words in letters.items()}, book.name(task)


def _exported(page: Page, exported: Path, typed: Typed, slug: str, book: Workbook) -> None:
    """Each answer that partners may know is in the page's text, in the words people read; no private one is."""
    page.goto(exported.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach((details) => (details.open = true))")
    text = _flat(page.inner_text("body"))
    public = {_flat(answer.printed(book)) for answer in typed.of(slug) if not answer.hidden}
    partners_book = seen_by(book, "partners")
    expected = [answer for answer in typed.of(slug) if answer.column != "ready" and answer.is_known(partners_book)]
    absent = [
        answer.printed(book) for answer in expected if not any(_flat(words) in text for words in answer.on_a_page(book))
    ]
    assert sorted(absent) == []
    private = {
        _flat(answer.printed(book)) for answer in typed.of(slug) if answer.hidden and "text" in answer.ask.kind.name
    }
    assert sorted(words for words in private if words in text and words not in public) == []
    page.screenshot(path=SHOTS / f"{exported.stem}-page.png", full_page=True)


def _flat(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip()
