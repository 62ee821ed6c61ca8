"""The give-and-get slip on a phone: read back before it is kept, kept once, and nothing of the facilitator's on it."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from ctekit import ratings, rounds
from ctekit.model.errors import CtekitError
from ctekit.room import slips
from ctekit.room.translations import words
from ctekit.store import Edit, Store, open_store
from tests.room.conftest import Opened, Phone

SECRET = "Only the facilitator may know this"
WRITTEN = {
    "organization": "org-2",
    "gives": "Paid internships",
    "how_much": "26 a year",
    "by": "2027-01-15",
    "gets": "Applicants who have run our machines",
    "in_own_words": "Half of new hires leave in ninety days.",
}


def partners(store: Store) -> None:
    store.save(
        [
            Edit("profile", "name", "Corrigan Community College", row="org-1"),
            Edit("profile", "note", SECRET, row="org-1"),
            Edit("profile", "name", "Tool & <b>Die</b> shop", row="org-2"),
            Edit("value", "gives", "An old gift", row="x-*"),
            Edit("value", "action", SECRET, row="x-1"),
        ]
    )


@pytest.fixture(scope="module")
def slipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    opened = Opened(tmp_path_factory.mktemp("slips"), ratings.SLIP, before=partners)
    yield opened
    opened.end()


def kept(opened: Opened) -> list[dict[str, object]]:
    """The rows that came from phones, without what is blank."""
    store = open_store(opened.folder / "partnership.ctekit")
    rows = store.load().rows("value.exchanges")
    store.close()
    answers = [{name: value for name, value in row.model_dump().items() if value not in (None, {})} for row in rows]
    return [row for row in answers if "from a phone" in str(row.get("note"))]


def write(phone: Phone, **answers: str) -> object:
    """Send the slip as it is on the page; what comes is read back."""
    answer = phone.post("/room/slip", {**phone.hidden(), **WRITTEN, **answers})
    phone.page = answer.text
    return answer


def carried(phone: Phone, which: int = 0) -> dict[str, str]:
    """What a form of the page that reads back carries: the first keeps, the second changes."""
    import html

    form = phone.page.split("<form")[which + 1]
    return {name: html.unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form)}


def test_a_slip_is_read_back_as_often_as_its_writer_likes(slipped: Opened) -> None:
    phone = slipped.phone().join()
    sent = {**phone.hidden(), **WRITTEN}
    assert {phone.post("/room/slip", sent).status_code for _ in range(12)} == {200}


@pytest.mark.parametrize(("lang", "day"), [("en", "January 15, 2027"), ("es", "15 de enero de 2027")])
def test_a_slip_is_read_back_with_its_day_as_people_say_it(lang: str, day: str, slipped: Opened) -> None:
    phone = slipped.phone().join()
    shown = phone.post(f"/room/slip?lang={lang}", {**phone.hidden(), **WRITTEN}).text
    assert f"<dd>{day}</dd>" in shown
    assert "<dd>2027-01-15</dd>" not in shown


def test_a_slip_is_read_back_and_only_then_kept_as_a_row(slipped: Opened) -> None:
    phone = slipped.phone().join()
    assert "Tool &amp; &lt;b&gt;Die&lt;/b&gt; shop" in phone.page
    before = kept(slipped)
    check = write(phone)
    assert phone.says(check).count("This is what you wrote. Is it right?") == 2  # title and heading
    assert all(value in phone.says(check) for name, value in WRITTEN.items() if name not in ("organization", "by"))
    assert kept(slipped) == before
    thanks = phone.post("/room/slip/keep", carried(phone))
    assert "Thank you" in phone.says(thanks)
    (row,) = kept(slipped)[len(before) :]
    note = row.pop("note")
    assert re.fullmatch(r"from a phone, \d{4}-\d\d-\d\d", note)
    assert {**row, "by": str(row["by"])} == {**WRITTEN, "id": row["id"]}  # nothing else: nobody has confirmed it
    assert slipped.numbers()["answered"] == len(kept(slipped))


def test_a_slip_can_be_changed_before_it_is_kept(slipped: Opened) -> None:
    phone = slipped.phone().join()
    before = kept(slipped)
    write(phone, gives="A wrong thing")
    again = phone.post("/room/slip", carried(phone, 1))
    assert 'value="A wrong thing"' in again.text
    assert '<option value="org-2" selected>' in again.text
    phone.page = again.text
    write(phone, gives="The right thing")
    phone.post("/room/slip/keep", carried(phone))
    assert [row["gives"] for row in kept(slipped)[len(before) :]] == ["The right thing"]


def test_a_slip_sent_again_is_one_row_and_a_second_slip_another(slipped: Opened) -> None:
    phone = slipped.phone().join()
    before = len(kept(slipped))
    write(phone)
    form = carried(phone)
    threads = [threading.Thread(target=phone.post, args=("/room/slip/keep", form)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(kept(slipped)) == before + 1
    other = slipped.phone().join()
    write(other)
    other.post("/room/slip/keep", carried(other))
    assert len(kept(slipped)) == before + 2


@pytest.mark.slow  # a room that is killed, and another
def test_after_kill_9_the_slip_on_a_phone_is_kept_once(tmp_path: Path) -> None:
    opened = Opened(tmp_path, ratings.SLIP, before=partners)
    try:
        phone = opened.phone().join()
        write(phone)
        opened.again()
        assert "Thank you" in phone.says(phone.post("/room/slip/keep", carried(phone)))
        opened.again()
        assert "Thank you" in phone.says(phone.post("/room/slip/keep", carried(phone)))
        assert len(kept(opened)) == 1
        assert opened.numbers()["answered"] == 1
        other = opened.phone().join()
        write(other)
        rounds.close(opened.store, opened.round.id)
        late = other.post("/room/slip/keep", carried(other))
        assert late.status_code == 410
        assert "No more slips are taken" in other.says(late)
        assert len(kept(opened)) == 1
    finally:
        opened.end()


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"organization": ""}, "Choose your organization."),
        ({"gives": "", "gets": " "}, "Write what you give, or what you get."),
        ({"by": "soon"}, "“soon” is not a day."),
        ({"organization": "-", "in_own_words": ""}, "write its name under"),
        ({"gives": "g" * 161}, "“We give” is too long."),
    ],
)
def test_what_is_missing_is_said_and_what_was_written_stays(
    slipped: Opened, answers: dict[str, str], says: str
) -> None:
    phone = slipped.phone().join()
    answer = write(phone, how_much="so much & more", **answers)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert says in phone.says(answer)
    assert 'value="so much &amp; more"' in answer.text


def test_an_organization_that_is_not_listed_stays_blank_and_is_noted(slipped: Opened) -> None:
    phone = slipped.phone().join()
    write(phone, organization="-", in_own_words="Novak Bakery: we need hands.")
    phone.post("/room/slip/keep", carried(phone))
    row = kept(slipped)[-1]
    assert "organization" not in row
    assert "was not in the list" in str(row["note"])


@pytest.mark.parametrize(
    "forge",
    [
        {"seen": ""},
        {"seen": "0" * 40},
        {"gives": "Something nobody read back"},
        {"organization": "org-1"},
        {"number": "0" * 16},
        {"form": "0" * 40},
        {"confirmed_by": "s-1"},
        {"worth": "5"},
        {"organization": "org-99"},
        {"number": "'; DROP TABLE revision"},
    ],
)
def test_only_the_very_slip_that_was_read_back_is_kept(slipped: Opened, forge: dict[str, str]) -> None:
    phone = slipped.phone().join()
    write(phone)
    before = kept(slipped)
    assert phone.post("/room/slip/keep", {**carried(phone), **forge}).status_code == 403
    assert kept(slipped) == before


def test_a_slip_of_another_site_phone_or_none_is_refused(slipped: Opened) -> None:
    phone, other = slipped.phone().join(), slipped.phone().join()
    write(phone)
    form, before = carried(phone), kept(slipped)
    assert phone.post("/room/slip/keep", form, headers={"origin": "http://evil.example"}).status_code == 403
    assert other.post("/room/slip/keep", form).status_code == 403
    assert slipped.phone().post("/room/slip/keep", form).status_code == 403
    assert phone.post("/room/slip/keep", {**form, "gives": "x" * 9000}).status_code == 413
    assert phone.post("/room/answers", {**phone.hidden(), "2.1": "1"}).status_code == 403
    assert kept(slipped) == before


@pytest.mark.parametrize(
    "evil", ["<script>alert(1)</script>", '" onfocus="alert(1)', "{{7*7}}", "=1+1", "x\u202egnp.exe"]
)
def test_what_is_written_is_only_words(slipped: Opened, evil: str) -> None:
    phone = slipped.phone().join()
    check = write(phone, gives=evil)
    assert evil not in check.text or not set(evil) & set('<"\u202e')
    phone.post("/room/slip/keep", carried(phone))
    assert kept(slipped)[-1]["gives"] == evil.replace("\u202e", "")


def test_nothing_of_the_facilitators_reaches_a_phone(slipped: Opened) -> None:
    phone = slipped.phone().join()
    assert SECRET not in phone.page
    assert "An old gift" not in phone.page
    assert SECRET not in write(phone).text


def test_the_longest_slip_in_any_script_fits(slipped: Opened) -> None:
    phone = slipped.phone().join()
    longest = {name: "語" * most for name, most in slips.LONGEST.items() if name != "by"}
    assert write(phone, **longest).status_code == 200
    assert "Thank you" in phone.says(phone.post("/room/slip/keep", carried(phone)))


def test_one_phone_cannot_fill_the_worksheet(slipped: Opened) -> None:
    store = open_store(slipped.folder / "partnership.ctekit")
    some = slips.Slips(store, slipped.round)
    some._by_phone["me"] = slips.EACH
    assert some.full("me")
    assert not some.full("you")
    some._kept |= {str(number) for number in range(slips.IN_ALL)}
    assert some.full("you")
    store.close()


def test_the_slip_speaks_spanish(slipped: Opened) -> None:
    phone = slipped.phone()
    phone.client.headers["accept-language"] = "es"
    phone.join()
    assert "En nuestras palabras" in phone.page
    assert "Esto es lo que escribió. ¿Está bien?" in phone.says(write(phone))


def test_the_slips_that_are_open_are_taken_up_again(store: Store) -> None:
    with pytest.raises(CtekitError, match="No organization is named"):
        rounds.take_up(store, ratings.SLIP)
    partners(store)
    round_ = rounds.take_up(store, ratings.SLIP, minutes=4)
    left = round_.seconds_left
    assert left is not None
    assert 200 < left <= 240
    again = rounds.take_up(store, ratings.SLIP, minutes=9)
    assert again.id == round_.id
    assert (again.seconds_left or 0) <= left, "the time that runs goes on"
    assert rounds.reveal(store, again.id).state == "closed", "slips are no secret to be revealed"
    assert rounds.find(store, again.id).questions == ()


def test_a_room_for_ratings_takes_no_slips(opened: Opened) -> None:
    phone = opened.phone().join()
    assert phone.post("/room/slip", {**phone.hidden(), **WRITTEN}).status_code == 403
    assert phone.post("/room/slip/keep", {**phone.hidden(), **WRITTEN}).status_code == 403
    assert "slip" not in phone.page
    assert words()["en"]["slip_title"] not in phone.page
