"""Answers come back once, under the partner's name, and nothing that was said here meanwhile is written over."""

from __future__ import annotations

import contextlib
import copy
import datetime
import itertools
import random
import shutil
from pathlib import Path

import pytest

from ctekit import mail
from ctekit.model.paths import STORE_FILE
from ctekit.store import Edit, Store, create_store, merge, open_store
from ctekit.store.differences import differences
from ctekit.worksheets.roles import Roles
from ctekit.worksheets.value import Value
from tests.mail.answering import MailedPage, harrow_bend, sealed, take


@pytest.fixture(scope="module")
def mailed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, MailedPage]:
    """A partnership that mailed a page, and the page: made once, since a page holds a whole form."""
    home = tmp_path_factory.mktemp("mailed") / "hb"
    with contextlib.closing(harrow_bend(home)) as store:
        return home, MailedPage(store, "Castellan Gear")


@pytest.fixture
def store(mailed: tuple[Path, MailedPage], tmp_path: Path) -> Store:
    return open_store(shutil.copytree(mailed[0], tmp_path / "hb") / STORE_FILE)


@pytest.fixture
def page(mailed: tuple[Path, MailedPage]) -> MailedPage:
    """Nobody has written in it yet."""
    page = copy.copy(mailed[1])
    page.entries = []
    return page


@pytest.fixture
def gift(page: MailedPage) -> str:
    return page.row("value", "gives", "Paid internships")


def answer(store: Store, row: str, field: str = "how_much") -> object:
    return getattr(store.load().row_by_id[row], field)


def say(store: Store, row: str, value: object, field: str = "how_much") -> None:
    store.save([Edit("value", field, value, row, "Ada")])


def test_an_answer_comes_back_under_the_partners_name_and_once(
    store: Store, page: MailedPage, gift: str, tmp_path: Path
) -> None:
    file = page.write("value", gift, "how_much", "30 a year").save(tmp_path / "a.json")
    assert len(take(store, file)) == 1
    (last,) = store.history("value", gift, "how_much")[-1:]
    assert (last.value, last.who) == ("30 a year", "Castellan Gear")
    latest = store.latest()
    assert take(store, file) == []
    assert store.latest() == latest
    say(store, gift, "31 a year")
    assert take(store, file) == []
    assert answer(store, gift) == "31 a year"


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=str)
def test_two_people_who_answer_one_file_are_told_where_they_differ(
    order: tuple[int, int], store: Store, page: MailedPage, gift: str, tmp_path: Path
) -> None:
    """A partner hands its file round: neither has seen what the other wrote."""
    pages = [page, copy.copy(page)]
    pages[1].entries = []
    words = ["34 a year", "36 a year"]
    files = [pages[n].write("value", gift, "how_much", words[n]).save(tmp_path / f"{n}.json") for n in (0, 1)]
    first, second = order
    assert not any(result.conflict for result in take(store, files[first]))
    (late,) = take(store, files[second])
    assert late.conflict is not None
    assert answer(store, gift) == words[first]
    assert {revision.value for revision in store.history("value", gift, "how_much")} >= set(words)
    assert take(store, files[second]) == []
    pages[first].write("value", gift, "how_much", "35 a year").save(tmp_path / "on.json")
    assert not any(result.conflict for result in take(store, tmp_path / "on.json"))
    assert answer(store, gift) == "35 a year"


def test_a_person_writes_under_their_own_name(store: Store, tmp_path: Path) -> None:
    page = MailedPage(store, "Marcus Dray")
    row = page.row("value", "gives", "Paid internships")
    take(store, page.write("value", row, "how_much", "30").save(tmp_path / "a.json"))
    assert store.history("value", row, "how_much")[-1].who == "Marcus Dray"


def test_rows_that_were_added_there_are_rows_here_and_a_later_file_goes_on_with_them(
    store: Store, page: MailedPage, gift: str, tmp_path: Path
) -> None:
    page.write("value", "x-*1", "row", {"after": gift}).write("value", "x-*2", "row", {"after": "x-*1"})
    page.write("value", "x-*2", "gives", "A bus").write("value", "x-*1", "gives", "A lathe")
    first = page.save(tmp_path / "1.json")
    page.write("value", "x-*1", "how_much", "one").write("value", "x-*2", "row", None)
    second = page.save(tmp_path / "2.json")
    take(store, first)
    take(store, second)
    take(store, first)
    own = [row for row in store.load()[Value].exchanges if row.organization == page.mailing.letter.organization]
    names = [row.gives for row in own]
    assert names[names.index("Paid internships") + 1] == "A lathe"
    assert "A bus" not in names
    assert own[names.index("A lathe")].how_much == "one"


def test_the_later_file_alone_or_first_gives_the_same(
    store: Store, page: MailedPage, gift: str, tmp_path: Path
) -> None:
    page.write("value", "x-*1", "row", "").write("value", "x-*1", "gives", "A lathe")
    page.write("value", gift, "how_much", "one")
    first = page.save(tmp_path / "1.json")
    second = page.write("value", gift, "how_much", "two").save(tmp_path / "2.json")
    store.close()
    contents = []
    for number, order in enumerate([(first, second), (second, first), (second, second), (second, first, second)]):
        copy = shutil.copytree(tmp_path / "hb", tmp_path / f"copy{number}")
        other = open_store(copy / STORE_FILE)
        for file in order:
            take(other, file)
        contents.append([row.model_dump() for row in other.load()[Value].exchanges])
        other.close()
    assert all(each == contents[0] for each in contents)


def test_what_was_changed_here_meanwhile_stays_and_both_are_in_the_history(
    store: Store, page: MailedPage, gift: str, tmp_path: Path
) -> None:
    say(store, gift, "27 a year")
    planned = mail.plan(store, mail.read(page.write("value", gift, "how_much", "30 a year").save(tmp_path / "a.json")))
    results = mail.take(store, planned)
    (conflict,) = mail.conflicts(store, planned, results)
    assert (conflict.here, conflict.theirs, conflict.who) == ("27 a year", "30 a year", "Ada")
    assert "Paid internships" in conflict.place
    assert answer(store, gift) == "27 a year"
    (difference,) = differences(store)  # what people choose among by buttons
    assert [each.value for each in difference.answers] == ["27 a year", "30 a year"]
    assert [each.value for each in store.history("value", gift, "how_much")][-2:] == ["27 a year", "30 a year"]


def test_an_answer_that_stayed_stays_when_a_second_file_says_another_and_that_is_told_again(
    store: Store, page: MailedPage, gift: str, tmp_path: Path
) -> None:
    say(store, gift, "27 a year")
    take(store, page.write("value", gift, "how_much", "30 a yaer").save(tmp_path / "1.json"))
    planned = mail.plan(store, mail.read(page.write("value", gift, "how_much", "30 a year").save(tmp_path / "2.json")))
    (conflict,) = mail.conflicts(store, planned, mail.take(store, planned))
    assert (conflict.here, conflict.theirs) == ("27 a year", "30 a year")
    assert answer(store, gift) == "27 a year"
    (difference,) = differences(store)
    assert [each.value for each in difference.answers] == ["27 a year", "30 a year"]


def test_of_answers_that_came_too_late_the_last_alone_is_to_be_chosen_also_in_a_copy(
    store: Store, page: MailedPage, gift: str, tmp_path: Path
) -> None:
    store.close()
    other = open_store(shutil.copytree(tmp_path / "hb", tmp_path / "other") / STORE_FILE)
    store = open_store(tmp_path / "hb" / STORE_FILE)
    say(store, gift, "27 a year")
    for number, words in enumerate(["30 a yaer", "30 a yeer", "30 a year"]):
        take(store, page.write("value", gift, "how_much", words).save(tmp_path / f"{number}.json"))
    store.close()
    merge.merge(other, merge.read(other, [tmp_path / "hb" / STORE_FILE]))
    with contextlib.closing(open_store(tmp_path / "hb" / STORE_FILE)) as store, contextlib.closing(other):
        for each in (store, other):
            (difference,) = differences(each)
            assert [revision.value for revision in difference.answers] == ["27 a year", "30 a year"]


def test_the_same_said_here_and_there_is_no_conflict(store: Store, page: MailedPage, gift: str, tmp_path: Path) -> None:
    say(store, gift, "30 a year")
    file = page.write("value", gift, "how_much", "30 a year").save(tmp_path / "a.json")
    assert [result.conflict for result in take(store, file)] == [None]
    say(store, gift, "31 a year")
    assert take(store, file) == []


def test_what_a_file_would_change_and_what_came_of_it_is_said_in_words(
    store: Store, page: MailedPage, gift: str, tmp_path: Path
) -> None:
    page.write("value", "x-*1", "row", "").write("value", "x-*1", "gives", "A lathe").write("value", gift, "by", None)
    page.write("value", gift, "how_much", "30 a year").write("value", gift, "marks/by", {"kind": "to find out"})
    say(store, gift, "27 a year")
    planned = mail.plan(store, mail.read(page.save(tmp_path / "a.json")))
    assert mail.changes(store, planned) == [
        "“A lathe”: added",
        "“A lathe”, Gives: A lathe",
        "“Paid internships”, Gives it by: (blank)",
        "“Paid internships”, How much: 30 a year",
        "“Paid internships”, Gives it by: to find out",
    ]
    lines = mail.report(store, planned, mail.take(store, planned))
    assert lines[0] == "Castellan Gear: 4 changes taken in."
    assert lines[1] == (
        "Changed here as well: How much of “Paid internships”. It stays “27 a year” (Ada); Castellan Gear wrote "
        "“30 a year”. Both are in the history."
    )
    again = mail.plan(store, mail.read(tmp_path / "a.json"))
    assert mail.report(store, again, mail.take(store, again)) == ["Castellan Gear: all of it was taken in before."]


def test_a_row_deleted_there_goes_unless_it_was_changed_here(
    store: Store, page: MailedPage, gift: str, tmp_path: Path
) -> None:
    other = page.row("value", "gives", next(f["gives"] for r, f in page.answers("value").items() if r != gift))
    say(store, gift, "27 a year")
    page.write("value", gift, "row", None).write("value", other, "row", None)
    planned = mail.plan(store, mail.read(page.save(tmp_path / "a.json")))
    mail.take(store, planned)
    assert planned.kept == ("Paid internships",)
    rows = store.load().row_by_id
    assert gift in rows
    assert other not in rows


def test_what_was_answered_in_rows_that_were_deleted_here_is_told_and_kept_in_the_history(
    store: Store, page: MailedPage, gift: str, tmp_path: Path
) -> None:
    task = page.row("roles", "task", "Mentor learners on the job")
    store.save([Edit("value", "row", None, gift, "Ada"), Edit("roles", "row", None, task, "Ada")])
    page.write("value", gift, "how_much", "30 a year").write(
        "roles", task, f"matrix/{page.mailing.letter.organization}", "R"
    )
    other = next(row for row in page.answers("value") if row != gift)
    planned = mail.plan(store, mail.read(page.write("value", other, "how_much", "one").save(tmp_path / "a.json")))
    lines = mail.report(store, planned, mail.take(store, planned))
    assert lines[0] == "Castellan Gear: 1 change taken in."
    assert lines[1].startswith("Castellan Gear answered “How much” of “Paid internships”, which was deleted here.")
    assert "of “Mentor learners on the job”, which was deleted here" in lines[2]
    assert len(lines) == 3
    store.save([Edit("value", "row", "", gift, "Ada")])
    assert answer(store, gift) == "30 a year"


def test_a_row_that_was_deleted_here_and_there_is_not_told_of(
    store: Store, page: MailedPage, gift: str, tmp_path: Path
) -> None:
    store.save([Edit("value", "row", None, gift, "Ada")])
    page.write("value", gift, "how_much", "30 a year").write("value", gift, "row", None)
    planned = mail.plan(store, mail.read(page.save(tmp_path / "a.json")))
    assert mail.report(store, planned, mail.take(store, planned)) == ["Castellan Gear: 0 changes taken in."]


def test_answers_to_a_row_come_back_with_the_row_that_was_deleted_there(
    store: Store, page: MailedPage, gift: str, tmp_path: Path
) -> None:
    take(store, page.write("value", gift, "row", None).save(tmp_path / "1.json"))
    page.write("value", gift, "row", "").write("value", gift, "how_much", "30 a year")
    planned = mail.plan(store, mail.read(page.save(tmp_path / "2.json")))
    assert mail.report(store, planned, mail.take(store, planned)) == ["Castellan Gear: 2 changes taken in."]
    assert answer(store, gift) == "30 a year"


def test_a_row_that_was_added_and_deleted_there_comes_back_with_all_that_was_typed_into_it(
    store: Store, page: MailedPage, tmp_path: Path
) -> None:
    page.write("value", "x-*1", "row", "").write("value", "x-*1", "gives", "A lathe")
    first = page.write("value", "x-*1", "row", None).save(tmp_path / "1.json")
    assert take(store, first) == []
    second = page.write("value", "x-*1", "row", "").save(tmp_path / "2.json")
    planned = mail.plan(store, mail.read(second))
    assert mail.changes(store, planned) == ["“A lathe”: added", "“A lathe”, Gives: A lathe"]
    mail.take(store, planned)
    assert [row.gives for row in store.load()[Value].exchanges].count("A lathe") == 1
    assert take(store, second) == take(store, first) == []


def test_where_a_row_stands_is_told_in_words_where_it_was_changed_here_and_there(
    store: Store, page: MailedPage, gift: str, tmp_path: Path
) -> None:
    other = next(row for row in page.answers("value") if row != gift)
    store.save([Edit("value", "row", None, gift, "Ada")])
    page.write("value", gift, "row", {"after": other})
    planned = mail.plan(store, mail.read(page.save(tmp_path / "a.json")))
    (conflict,) = mail.conflicts(store, planned, mail.take(store, planned))
    assert (conflict.here, conflict.theirs) == ("deleted", "in the table")


def test_where_a_row_that_both_put_back_stands_is_nothing_to_look_at(
    store: Store, page: MailedPage, gift: str, tmp_path: Path
) -> None:
    take(store, page.write("value", gift, "row", None).save(tmp_path / "1.json"))
    store.save([Edit("value", "row", "", gift, "Ada")])
    page.write("value", gift, "row", {"after": next(row for row in page.answers("value") if row != gift)})
    planned = mail.plan(store, mail.read(page.save(tmp_path / "2.json")))
    assert mail.report(store, planned, mail.take(store, planned)) == ["Castellan Gear: 0 changes taken in."]


def test_letters_of_the_own_column_come_back_and_no_others(store: Store, page: MailedPage, tmp_path: Path) -> None:
    task = page.row("roles", "task", "Mentor learners on the job")
    organization = page.mailing.letter.organization
    before = store.load()[Roles].matrix[task]
    take(store, page.write("roles", task, f"matrix/{organization}", "R").save(tmp_path / "a.json"))
    assert store.load()[Roles].matrix[task] == {**before, organization: "R"}


@pytest.mark.slow  # three seconds of one core
def test_every_partner_taken_in_any_order_and_twice_gives_the_same_partnership(store: Store, tmp_path: Path) -> None:
    files = []
    for mailing in mail.prepare(store):
        page = MailedPage(store, mailing.letter.organization)
        for row in page.answers("value"):
            page.write("value", row, "how_much", f"{mailing.name} {row}")
        page.write("value", "x-*1", "row", "").write("value", "x-*1", "gives", f"More of {mailing.name}")
        page.write("roles", "sign-*2", "row", "").write("roles", "sign-*2", "signer", f"Director of {mailing.name}")
        files.append(page.save(tmp_path / f"{mailing.file_name}.json"))
    assert len(files) > 10
    store.close()

    def partnership_of(order: list[Path], name: str) -> object:
        other = open_store(shutil.copytree(tmp_path / "hb", tmp_path / name) / STORE_FILE)
        for file in order:
            take(other, file)
        latest = other.latest()
        assert [take(other, file) for file in order] == [[]] * len(order)
        assert other.latest() == latest
        book = other.load()
        other.close()
        rows = [row.model_dump(exclude={"id"}) for row in (*book[Value].exchanges, *book[Roles].signatories)]
        return sorted(map(str, rows))

    first = partnership_of(files, "first")
    for number in range(2):
        assert partnership_of(random.Random(number).sample(files, len(files)), f"copy{number}") == first


def test_a_copy_that_was_merged_brings_what_was_taken_in_and_leaves_new_answers_to_where_it_was_mailed(
    store: Store, page: MailedPage, gift: str, tmp_path: Path
) -> None:
    other = open_store(shutil.copytree(tmp_path / "hb", tmp_path / "other") / STORE_FILE)
    page = MailedPage(other, "Castellan Gear")
    take(other, page.write("value", gift, "how_much", "30 a year").save(tmp_path / "a.json"))
    other.close()
    merge.merge(store, merge.read(store, [tmp_path / "other" / STORE_FILE]))
    assert answer(store, gift) == "30 a year"
    assert "not mailed from this copy" in refused(store, tmp_path / "a.json")


def refused(store: Store, file: Path, at: datetime.datetime | None = None) -> str:
    """What is said of a file; nothing may be written."""
    latest = store.latest()
    with pytest.raises(mail.WrongFileError) as error:
        mail.take(store, mail.plan(store, mail.read(file), at))
    assert store.latest() == latest
    words = str(error.value)
    assert "othing was written" in words or "no file" in words
    assert len(words) < 400
    return words


def test_a_file_that_was_cut_anywhere_or_changed_by_hand_is_refused(
    store: Store, page: MailedPage, gift: str, tmp_path: Path
) -> None:
    text = page.write("value", gift, "how_much", "thirty").text()
    file = tmp_path / "a.json"
    for size in (*range(0, len(text), 7), len(text) - 1):
        file.write_text(text[:size], "utf-8")
        refused(store, file)
    file.write_text(text.replace("thirty", "ninety"), "utf-8")
    assert "changed" in refused(store, file)
    assert "no file" in refused(store, tmp_path / "none.json")
    file.write_text(f"\ufeff\n{text}\r\n", "utf-8")
    assert len(take(store, file)) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"\xff\xfe\x00",
        b"<!doctype html><html></html>",
        b"PK\x03\x04",
        b"SQLite format 3\x00",
        b"[" * 100_000,
    ],
    ids=["empty", "json", "bytes", "html", "zip", "store", "deep"],
)
def test_what_is_no_file_of_answers_is_refused(store: Store, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(content)
    assert "not a file of answers" in refused(store, file)


def test_a_file_of_another_partnership_or_copy_or_of_last_year_is_refused(
    store: Store, page: MailedPage, gift: str, tmp_path: Path
) -> None:
    file = page.write("value", gift, "how_much", "30").save(tmp_path / "a.json")
    assert "another partnership" in refused(create_store(tmp_path / "other.ctekit"), file)
    fresh = MailedPage(store, "Castellan Gear")
    fresh.data["header"]["mail"] = "0" * 32
    assert "not mailed from this copy" in refused(store, fresh.save(tmp_path / "b.json"))
    later = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=370)
    assert "more than a year ago" in refused(store, file, later)
    store.save([Edit("profile", "row", None, page.mailing.letter.organization)])
    assert "no longer in this partnership" in refused(store, file)


HOSTILE = {
    "a private answer": ("value", "GIFT", "worth", 1),
    "a note": ("value", "GIFT", "note", "x"),
    "whose row it is": ("value", "GIFT", "organization", "org-1"),
    "somebody else's row": ("value", "OTHER", "how_much", "x"),
    "a row of another table": ("value", "s-1", "name", "x"),
    "a worksheet's own answer": ("value", "", "ready", "full"),
    "a worksheet that was not sent": ("purpose", "", "learners", "x"),
    "no worksheet": ("nothing", "", "learners", "x"),
    "somebody else's column": ("roles", "TASK", "matrix/org-1", "A"),
    "a new column": ("roles", "TASK", "matrix/org-999", "A"),
    "a duty's words": ("roles", "TASK", "task", "x"),
    "a new duty": ("roles", "task-*1", "row", ""),
    "a new person": ("profile", "s-*1", "name", "x"),
    "a person who is not in the list": ("value", "GIFT", "confirmed_by", "s-999"),
    "a position of its own making": ("value", "x-*1", "row", "a0"),
    "a row that it does not add": ("value", "x-*1", "how_much", "x"),
    "no day": ("value", "GIFT", "by", "soon"),
    "a long answer": ("value", "GIFT", "how_much", "x" * 6000),
    "a list for words": ("value", "GIFT", "how_much", ["x"]),
    "a mapping for words": ("value", "GIFT", "how_much", {"x": {"y": 1}}),
    "a mark of none": ("value", "GIFT", "marks/nothing", {"kind": "to find out"}),
    "an odd mark": ("value", "GIFT", "marks/by", {"kind": "never"}),
    "a place by a path": ("value", "../x", "how_much", "x"),
    "the partnership's id": ("profile", "", "partnership_id", "x"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_what_was_not_asked_is_refused_with_all_that_stands_beside_it(
    store: Store, page: MailedPage, gift: str, tmp_path: Path, case: str
) -> None:
    slug, row, field, value = HOSTILE[case]
    others = [each.id for each in store.load()[Value].exchanges if each.id not in page.answers("value")]
    places = {"GIFT": gift, "OTHER": others[0], "TASK": page.row("roles", "task", "Mentor learners on the job")}
    page.write("value", gift, "gets", "Something good")
    refused(store, page.write(slug, places.get(row, row), field, value).save(tmp_path / "a.json"))
    assert answer(store, gift, "gets") != "Something good"


@pytest.mark.parametrize(
    "how", list(itertools.product(["entries", "mail", "format", "partnership"], [None, 7, {}, []]))
)
def test_odd_shapes_are_refused(store: Store, page: MailedPage, tmp_path: Path, how: tuple[str, object]) -> None:
    name, value = how
    file = page.save(tmp_path / "a.json", **{name: value})
    if (name, value) == ("entries", []):
        assert take(store, file) == []
    else:
        refused(store, file)


def test_two_changes_of_one_id_are_refused(store: Store, page: MailedPage, gift: str, tmp_path: Path) -> None:
    page.write("value", gift, "how_much", "30", uid="a" * 32).write("value", gift, "gets", "x", uid="a" * 32)
    assert "a.json holds two changes under one id" in refused(store, page.save(tmp_path / "a.json"))


def test_numbers_that_no_file_can_hold_and_entries_with_more_to_say_are_refused(store: Store, tmp_path: Path) -> None:
    page = MailedPage(store, "Castellan Gear").write("value", "x-*1", "row", "")
    refused(store, page.save(tmp_path / "nan.json", more=float("nan")))
    page.entries[0]["who"] = "Ada"
    refused(store, page.save(tmp_path / "who.json"))
    (tmp_path / "twice.json").write_text(sealed({"ctekit": "answers"}), "utf-8")
    refused(store, tmp_path / "twice.json")


def test_when_it_was_said_is_kept_only_where_it_can_be_true(
    store: Store, page: MailedPage, gift: str, tmp_path: Path
) -> None:
    page.write("value", gift, "how_much", "30", at="2099-01-01T00:00:00.000Z")
    take(store, page.write("value", gift, "gets", "More", at="1999-01-01T00:00:00.000Z").save(tmp_path / "a.json"))
    late, early = (store.history("value", gift, field)[-1] for field in ("how_much", "gets"))
    letter = store.letter(page.mailing.letter.id)
    assert letter is not None
    assert early.said_at == letter.at
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    assert letter.at <= late.said_at <= now
