"""What else than gifts and duties a partner is asked by mail: who it sends, what it was asked for, what it took on."""

from __future__ import annotations

from pathlib import Path

import pytest

from ctekit import mail
from ctekit.store import Store
from ctekit.worksheets.profile import Person
from tests.mail.answering import MailedPage, harrow_bend, take


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return harrow_bend(tmp_path / "hb")


def test_an_ask_is_answered_and_a_duty_told_as_done_and_who_has_left(store: Store, tmp_path: Path) -> None:
    page = MailedPage(store, "Tri-Fork Technical College")
    asked, action = next(iter(page.answers("recruitment"))), next(iter(page.answers("plan")))
    page.write("recruitment", asked, "answer", "yes").write("plan", action, "done", True)
    page.write("profile", "s-7", "left_on", "2026-11-01").write("profile", "s-7", "taken_over_by", "s-8")
    take(store, page.save(tmp_path / "a.json"))
    book = store.load()
    assert (book.row_by_id[asked].answer, book.row_by_id[action].done) == ("yes", True)  # type: ignore[attr-defined]
    dean = book.row_by_id["s-7"]
    assert isinstance(dean, Person)
    assert (str(dean.left_on), dean.taken_over_by) == ("2026-11-01", "s-8")


FOREIGN = {
    "a new ask": ("recruitment", "ask-*1", "row", ""),
    "an ask that goes": ("recruitment", "ask-{own}", "row", None),
    "another partner's answer": ("recruitment", "ask-{other}", "answer", "no"),
    "how they see us": ("recruitment", "ask-{own}", "stance", "for"),
    "an ask to somebody else": ("recruitment", "ask-{own}", "person", "s-1"),
    "a new action": ("plan", "act-*1", "row", ""),
    "another partner's action": ("plan", "act-{other}", "done", True),
    "a new course": ("profile", "cred-*1", "row", ""),
    "a new person": ("profile", "s-*1", "row", ""),
    "a person who goes": ("profile", "s-{own}", "row", None),
    "a colleague's yes to being named": ("profile", "s-{own}", "may_be_named", True),
    "another partner's person": ("profile", "s-{other}", "role", "Janitor"),
    "its own name": ("profile", "org-{own}", "name", "Other"),
    "the name of all": ("profile", "", "name", "Other"),
}


@pytest.mark.parametrize("what", FOREIGN)
def test_what_was_not_asked_of_a_partner_is_refused_and_nothing_written(
    store: Store, tmp_path: Path, what: str
) -> None:
    page = MailedPage(store, "Tri-Fork Technical College")
    slug, row, field, value = FOREIGN[what]
    prefix = row.partition("{")[0]
    own = {name for name in page.answers(slug) if name.startswith(prefix)} if "{" in row else set()
    if "{own}" in row:
        row = sorted(own)[0]
    elif "{other}" in row:
        row = next(name for name in store.load().row_by_id if name.startswith(prefix) and name not in own)
    latest = store.latest()
    with pytest.raises(mail.WrongFileError, match="what was not asked"):
        take(store, page.write(slug, row, field, value).save(tmp_path / "a.json"))
    assert store.latest() == latest
