"""A mailed file holds what one partner may know, and is made of nothing else."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest

from ctekit import mail, worksheets
from ctekit.mail import _form, _page
from ctekit.model.paths import STORE_FILE
from ctekit.model.question import Question
from ctekit.store import Edit, Store, open_store
from ctekit.store.letters import Letter
from ctekit.workbook import Workbook
from ctekit.worksheets.plan import Plan
from ctekit.worksheets.profile import Profile
from ctekit.worksheets.recruitment import Recruitment
from ctekit.worksheets.roles import Roles
from ctekit.worksheets.value import Value
from tests.mail.answering import MailedPage, harrow_bend
from tests.secrets import found, plant

LARGEST = 300_000
HEADER = _page.Header("0" * 32, "p", "org-7", "", "2026-11-30")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return harrow_bend(tmp_path_factory.mktemp("mail") / "hb")


def page(book: Workbook) -> str:
    return _page.html(HEADER, mail.for_partner(book, HEADER.organization), mail.WORKSHEETS)


def test_no_file_holds_one_of_800_private_answers(tmp_path: Path) -> None:
    assert plant(tmp_path / "hb") > 800
    mailings = mail.prepare(open_store(tmp_path / "hb" / STORE_FILE))
    assert len(mailings) > 10
    assert not found("".join(mailing.html + "".join(mailing.words) for mailing in mailings))


def test_every_file_is_small_and_names_its_partner(store: Store) -> None:
    mailings = mail.prepare(store)
    assert len({mailing.file_name for mailing in mailings}) == len(mailings) == len(store.load()[Profile].organizations)
    for mailing in mailings:
        assert len(mailing.html.encode()) < LARGEST
        assert mailing.name in unescape(mailing.html)


def test_what_others_give_and_are_called_is_in_no_file_but_theirs(store: Store) -> None:
    book = store.load()
    for mailing in mail.prepare(store):
        theirs = mailing.letter.organization
        rows = [row for row in book[Value].exchanges if row.organization == theirs]
        own = " ".join(str(row.model_dump()) for row in rows)
        page = re.sub(r'"spec":.*?"state":', "", mailing.html)  # the questions themselves have examples
        data = page.partition("</style>")[2].rpartition("<script>")[0]
        others = [row for row in book[Value].exchanges if row.organization != theirs]
        texts = {text for row in others for text in (row.gives, row.gets, row.in_own_words) if text and text not in own}
        texts |= of_others(book, theirs)
        people = {person.name for person in book[Profile].people if person.organization != theirs and person.name}
        names = {row.name for row in book[Profile].organizations if row.id != theirs and row.name}
        assert len(texts) > 20
        assert [text for text in (*texts, *people) if text in data] == []
        assert [name for name in names if f'"{name}"' in data or f">{name}<" in data] == []


def of_others(book: Workbook, organization: str) -> set[str]:
    """What people of other organizations do there, are asked for and have taken on, and what other colleges give."""
    own, others = set[str](), set[str]()
    for person in book[Profile].people:
        words = [row.ask for row in book[Recruitment].invitations if row.person == person.id]
        words += [row.action for row in book[Plan].actions if row.owner == person.id]
        texts = own if person.organization == organization else others
        texts.update(text for text in (person.role, *words) if text)
    own |= {row.title for row in book[Roles].signatories if row.organization == organization and row.title}
    own |= {
        task.task for task in book[Roles].tasks if task.task and organization in book[Roles].matrix.get(task.id, {})
    }
    others |= {
        row.college_course for row in book[Profile].credits if row.college != organization and row.college_course
    }
    return {text for text in others if not any(text in words for words in own)}


def test_nothing_is_asked_that_is_private_or_that_others_have_to_say(store: Store) -> None:
    for slug, parts in _form.PARTS.items():
        kind = worksheets.called(slug)
        for table, part in parts.items():
            columns = kind.questions()[table].row.questions()
            assert not any(columns[field].private for field in part.columns)
            assert columns[part.owner].target in ("profile.organizations", "profile.people")
    castellan = MailedPage(store, "Castellan Gear")
    assert castellan.answers("recruitment") == {
        "ask-10": {"person": "s-10", "ask": "26 paid places; a yearly contribution"}
    }
    assert set(castellan.answers("profile")) == {"org-7", "s-10"}
    assert "plan" not in castellan.mailing.letter.worksheets  # nobody there has taken anything on


ALLOWED = {"profile//name", "communication//front_door", "communication//front_door_address"}


def places(book: Workbook) -> list[tuple[str, str, str]]:
    """Each question of the partnership that another answer can be thought of for, in each row."""
    private = []
    for slug, kind in worksheets.every().items():
        for name, question in kind.questions().items():
            if question.is_rows:
                columns = [field for field, each in question.row.questions().items() if another(each) is not None]
                private += [(slug, row.id, field) for row in book[kind].rows(name) for field in columns]
            elif another(question) is not None:
                private.append((slug, "", name))
    return private


def another(question: Question) -> object:
    """An answer that nobody has given yet; None for tables and where rows are pointed to."""
    if question.kind.is_words:
        return "ZQXWORDS"
    if question.kind.is_date:
        return datetime.date(2099, 12, 31)
    if question.kind.dtype == "Float64":
        return Decimal("98765.4")
    return 98765 if question.kind.name == "whole" else None


def changed(book: Workbook, place: tuple[str, str, str]) -> Workbook:
    """The same partnership with another answer at one place."""
    slug, row_id, field = place
    sheet = book.sheets[slug]
    words = another(sheet.question(field, row_id))
    if not row_id:
        update: dict[str, object] = {field: words}
    else:
        table = sheet.table_of(row_id)
        rows = [row.model_copy(update={field: words}) if row.id == row_id else row for row in sheet.rows(table)]
        update = {table: tuple(rows)}
    return Workbook({**book.sheets, slug: sheet.model_copy(update=update)}, book.removed, book.revision, book.saved_at)


@pytest.mark.slow  # four seconds of one core
def test_no_answer_outside_the_list_changes_a_byte_of_the_file(store: Store) -> None:
    """Whoever adds a question finds it closed; whoever opens it names it in `for_partner`."""
    book = store.load()
    before = mail.for_partner(book, HEADER.organization)
    unchanged = page(book)
    different = [place for place in places(book) if page(changed(book, place)) != unchanged]
    own = {row.id for sheet in before for table in sheet.tables() for row in sheet.rows(table)}
    assert len(places(book)) > 900
    assert len(different) > 10
    for slug, row, field in different:
        assert row in own or f"{slug}/{row}/{field}" in ALLOWED, (slug, row, field)
        assert not worksheets.called(slug).is_private(field, row)


def test_nothing_but_the_workbook_of_the_partner_makes_the_file(store: Store) -> None:
    book = store.load()
    removed = Workbook(book.sheets, {}, book.revision + 7, "2030-01-01T00:00:00.000Z")
    assert page(removed) == page(book)


def test_words_of_people_are_data_in_the_file(tmp_path: Path) -> None:
    words = "</script><script>alert(1)</script><!--<b>'\"&"
    store = harrow_bend(tmp_path / "hb")
    row = MailedPage(store, "Castellan Gear").row("value", "gives", "Paid internships")
    store.save([Edit("value", "gives", words, row), Edit("profile", "name", words)])
    store.save([Edit("profile", "name", words, "org-7"), Edit("communication", "front_door", words)])
    mailed = MailedPage(store, "org-7")
    assert mailed.answers("value")[row]["gives"] == words
    assert mailed.mailing.html.count("<script") == 2
    assert "<b>" not in mailed.mailing.html.partition("</style>")[2].partition("<script>")[0]


def test_the_page_may_ask_for_nothing_and_its_scripts_are_the_same_for_everybody(store: Store) -> None:
    policies = {re.findall(r'Content-Security-Policy" content="([^"]+)"', each.html)[0] for each in mail.prepare(store)}
    (policy,) = policies
    assert "default-src &#39;none&#39;" in policy
    assert "connect-src" not in policy
    assert "unsafe" not in policy
    outside = re.findall(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}", mail.prepare(store)[0].html)
    assert set(outside) <= {"http://www.w3.org"}  # the name of SVG


def test_a_letter_is_known_to_the_store_and_to_no_worksheet_history_or_day(tmp_path: Path) -> None:
    store = harrow_bend(tmp_path / "hb")
    before = (store.history(), store.load().sheets, store.load().days(), store.rounds())
    letter = Letter("a" * 32, "org-7", "", ("value",), store.latest())
    store.keep_letters([letter])
    kept = store.letter(letter.id)
    assert kept is not None
    assert (kept.organization, kept.worksheets, kept.revision) == ("org-7", ("value",), letter.revision)
    assert (store.history(), store.load().sheets, store.load().days(), store.rounds()) == before
    assert store.letter("b" * 32) is None


def test_the_file_of_a_partner_called_as_no_file_can_be_on_windows_has_another_name(tmp_path: Path) -> None:
    store = harrow_bend(tmp_path / "hb")
    store.save([Edit("profile", "name", "CON", row="org-1")])
    names = [mailing.file_name for mailing in mail.prepare(store)]
    assert "partner-con.html" in names
    store.close()
