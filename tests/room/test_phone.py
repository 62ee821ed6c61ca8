"""Two real phones (360 x 740) in a real browser: join, answer, lose the room and find it again, see it closed."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from ctekit import rounds
from ctekit.room import RoomQuestion
from ctekit.store import Edit
from tests.browser.driver import SHOTS
from tests.room.conftest import Opened
from tests.room.test_slip import kept, partners

pytestmark = pytest.mark.browser

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}}


Phones = Callable[..., Page]


@pytest.fixture
def phone(browser: Browser) -> Iterator[Phones]:
    """Gives one phone after the other; each forgets everything afterwards."""
    contexts = []

    def unpack(**more: object) -> Page:
        context = browser.new_context(viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True, **more)
        contexts.append(context)
        context.set_default_timeout(30_000)
        page = context.new_page()
        page.faults = []
        page.on("console", lambda event: page.faults.append(event.text) if event.type == "error" else None)
        page.on("pageerror", lambda event: page.faults.append(str(event)))
        return page

    yield unpack
    for opened_context in contexts:
        opened_context.close()


def looked_at(page: Page, name: str) -> None:
    """A picture for people, axe, nothing wider than the phone, and every control a thumb high."""
    SHOTS.mkdir(exist_ok=True)
    page.bring_to_front()
    page.screenshot(path=SHOTS / f"room-{name}.png", full_page=True)
    violations = Axe().run(page, options=RULES)
    assert violations.response["passes"], "axe looked at nothing"
    assert [
        (violation["id"], violation["nodes"][0]["html"][:160]) for violation in violations.response["violations"]
    ] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    low = page.evaluate(
        "[...document.querySelectorAll('label:not(.line), button, .button, nav a, input#code')]"
        ".filter((one) => one.getBoundingClientRect().height < 44).map((one) => one.outerHTML.slice(0, 80))"
    )
    assert low == []


OUT_OF_SIGHT = """() => [...document.querySelectorAll("body *")].filter((part) => {
    const box = part.getBoundingClientRect();
    return box.width && (box.left < -1 || box.right > innerWidth + 1);
}).map((part) => part.outerHTML.slice(0, 80))"""


def join(page: Page, button: str = "Join", then: str = "Send my answers", *, has_scripts: bool = True) -> None:
    page.get_by_role("button", name=button, exact=True).tap()
    expect(page.get_by_role("button", name=then)).to_be_visible()
    if has_scripts:
        page.wait_for_load_state()  # a room that is killed gives none


def choose(page: Page, field: str, value: str) -> None:
    page.locator(f'label:has(input[name="{field}"][value="{value}"])').tap()


def test_two_phones_join_answer_and_see_it_closed(phone: Phones, opened: Opened) -> None:
    first, two = phone(), phone(locale="es-MX", color_scheme="dark")
    first.goto(opened.handle.link)
    looked_at(first, "1-join")
    join(first)
    looked_at(first, "2-questions")
    two.goto(opened.handle.address)
    looked_at(two, "3-code-es-dark")
    two.get_by_label("Código de la pantalla").fill("AAAAAA")
    two.get_by_role("button", name="Entrar").tap()
    expect(two.get_by_role("alert")).to_contain_text("no abre esta sala")
    looked_at(two, "4-wrong-code-es-dark")
    two.get_by_label("Código de la pantalla").fill(opened.handle.code.lower())
    join(two, "Entrar", "Enviar")
    looked_at(two, "5-questions-es-dark")

    choose(first, "sector", "K-12")
    first.get_by_role("button", name="Send my answers").tap()
    expect(first.get_by_role("alert")).to_contain_text("Answer one question at least")
    expect(first).to_have_title(re.compile("^! "))
    looked_at(first, "10-trouble")
    first.get_by_role("alert").get_by_role("link").tap()
    for field, value in (("2.1", "3"), ("2.2", "1"), ("2.3", "?")):
        choose(first, field, value)
    first.get_by_role("button", name="Send my answers").tap()
    expect(first.get_by_role("heading", level=1)).to_have_text("Thank you")
    looked_at(first, "6-thanks")
    choose(two, "sector", "learners & families")
    choose(two, "2.1", "0")
    two.get_by_role("button", name="Enviar").tap()
    expect(two.get_by_role("heading", level=1)).to_have_text("Gracias")
    looked_at(two, "7-thanks-es-dark")
    first.get_by_role("link", name="Change my answers").tap()
    expect(first.locator('input[name="2.1"][value="3"]')).to_be_checked()
    first.go_back()
    first.go_forward()
    choose(first, "2.1", "4")
    first.get_by_role("button", name="Send my answers").tap()
    expect(first.get_by_role("heading", level=1)).to_have_text("Thank you")
    opened.phone().join().send(answers={"2.1": "2"})
    opened.handle.act("reveal")
    assert rounds.results(opened.store, opened.round.id)["2.1"].everyone.levels == (0, 2, 4)
    # The phone follows by itself; going there by hand would cross its way.
    expect(first.get_by_role("heading", level=1)).to_have_text("This round is closed")
    looked_at(first, "8-closed")
    assert [line for line in first.faults + two.faults if not re.search("40[03]", line)] == []


def test_a_phone_waits_for_a_killed_room_and_sends_by_itself(phone: Phones, opened: Opened) -> None:
    page = phone()
    page.goto(opened.handle.link)
    join(page)
    choose(page, "sector", "community")
    choose(page, "2.1", "2")
    opened.handle.process.kill()
    opened.handle.process.wait(30)
    page.get_by_role("button", name="Send my answers").tap()
    expect(page.get_by_role("status")).to_contain_text("Not sent yet")
    expect(page.get_by_role("status")).to_contain_text("paper ballot")
    status = page.get_by_role("status").bounding_box()
    bar = page.locator(".send").bounding_box()
    assert status
    assert bar
    assert status["y"] + status["height"] <= bar["y"], "the bar with the button hides nothing of it"
    looked_at(page, "9-not-sent-yet")
    opened.again()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you", timeout=60_000)
    assert [rating[1:] for rating in opened.standing()] == [("2.1", 2)]


def test_a_phone_asks_before_it_goes_on_from_what_is_not_sent(phone: Phones, opened: Opened) -> None:
    english, spanish = phone(), phone(locale="es-MX", color_scheme="dark")
    for page, button, then in ((english, "Join", "Send my answers"), (spanish, "Entrar", "Enviar mis respuestas")):
        page.goto(opened.handle.link)
        join(page, button, then)
        with page.expect_response("**/room/begun"):
            choose(page, "sector", "community")
        choose(page, "2.4", "2")
    opened.handle.act("open", about="exit")
    expect(english.get_by_role("alert")).to_contain_text("What you ticked or wrote here is not sent yet. Send it?")
    expect(spanish.get_by_role("alert")).to_contain_text("Quien facilita ya siguió")
    assert opened.handle.now()["late"] == 2
    spanish.get_by_role("button", name="No enviarlo").tap()
    expect(spanish.get_by_text("¿Valió la pena")).to_be_visible()
    expect(spanish.get_by_role("status").filter(has_text="no cuenta")).to_have_count(0)
    english.reload()
    english.get_by_role("button", name="Send it now").focus()
    english.keyboard.press("Enter")
    expect(english.get_by_text("Your answers are kept safely. The room has gone on")).to_be_visible()
    english.get_by_role("link", name="Go to the room").tap()
    expect(english.get_by_text("Was this meeting worth the time you gave it?")).to_be_visible()
    assert [rating[1:] for rating in opened.standing()] == [("2.4", 2)]
    with spanish.expect_response("**/room/begun"):
        choose(spanish, "useful", "4")
    with pytest.raises(RoomQuestion):
        opened.handle.act("close")
    opened.handle.act("close", sure=1)
    expect(spanish.get_by_role("status").filter(has_text="Lo que no había enviado antes no cuenta")).to_be_visible()
    looked_at(spanish, "13-not-counted-es-dark")


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_question_whether_to_send_is_readable_on_a_phone(phone: Phones, opened: Opened, language: str) -> None:
    page = phone(color_scheme="dark" if language == "es" else "light")
    page.goto(f"{opened.handle.link}?lang={language}")
    join(page, *(("Entrar", "Enviar mis respuestas") if language == "es" else ()))
    choose(page, "2.4", "2")
    opened.handle.act("open", about="exit")
    expect(page.get_by_role("alert")).to_be_visible()
    looked_at(page, f"12-gone-on-{language}")  # nothing after it: the page goes on by itself while it is looked at


def test_it_works_without_script_and_says_what_is_missing(phone: Phones, opened: Opened) -> None:
    page = phone(java_script_enabled=False)
    page.goto(opened.handle.link)
    join(page)
    choose(page, "sector", "K-12")
    page.get_by_role("button", name="Send my answers").tap()
    expect(page.get_by_role("alert")).to_contain_text("Answer one question at least")
    choose(page, "2.4", "1")
    page.get_by_role("button", name="Send my answers").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert [rating[1:] for rating in opened.standing()] == [("2.4", 1)]


DRAFT = "localStorage.getItem('ctekit-draft/room/')"


def test_what_is_not_sent_stays_on_the_phone_and_goes_when_it_is(phone: Phones, opened: Opened) -> None:
    page = phone()
    page.goto(opened.handle.link)
    join(page)
    choose(page, "sector", "community")
    for field, value in (("2.1", "2"), ("2.2", "?"), ("2.3", "4")):
        choose(page, field, value)
    choose(page, "2.3", "")
    page.reload()
    for field, value in (("sector", "community"), ("2.1", "2"), ("2.2", "?"), ("2.3", "")):
        expect(page.locator(f'input[name="{field}"][value="{value}"]')).to_be_checked()
    expect(page.get_by_role("status")).to_have_text("Not sent yet. What you ticked before is still here.")
    looked_at(page, "11-still-here")
    again = page.context.new_page()  # the browser dropped the page, and it is opened anew
    page.close()
    again.goto(opened.handle.address)
    expect(again.locator('input[name="2.1"][value="2"]')).to_be_checked()
    again.get_by_role("button", name="Send my answers").tap()
    expect(again.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert again.evaluate(DRAFT) is None
    assert sorted(rating[1:] for rating in opened.standing()) == [("2.1", 2), ("2.2", "?")]

    # Changed, not sent, and the phone is handed on: the next person sees neither what was sent nor what was not.
    again.get_by_role("link", name="Change my answers").tap()
    expect(again.locator('input[name="2.1"][value="2"]')).to_be_checked()
    choose(again, "2.4", "1")
    again.goto(f"{opened.handle.address}room/thanks")
    looked_at(again, "12-hand-on")
    again.get_by_role("button", name="Somebody else answers on this phone").tap()
    expect(again.get_by_role("button", name="Send my answers")).to_be_visible()
    expect(again.locator("input:checked")).to_have_count(0)
    again.go_back()
    again.wait_for_load_state()
    assert "What you answered" not in again.content()
    again.goto(opened.handle.address)
    expect(again.locator("input:checked")).to_have_count(0)
    assert again.evaluate(DRAFT) is None
    with again.expect_response("**/room/begun", timeout=20_000):
        choose(again, "2.2", "0")
    with pytest.raises(RoomQuestion, match="1 phone has answers that are not sent yet"):
        opened.handle.act("close")
    opened.handle.act("close", sure=1)
    expect(again.get_by_role("heading", level=1)).to_have_text("This round is closed")
    expect(again.get_by_role("status")).to_contain_text("does not count")
    opened.handle.act("reopen")  # it was closed too early: nobody ticks it all again
    expect(again.locator('input[name="2.2"][value="0"]')).to_be_checked()
    opened.handle.act("open", about="exit")
    again.get_by_role("button", name="Do not send it").tap()
    expect(again.get_by_text("Was this meeting worth")).to_be_visible()
    assert again.evaluate(DRAFT) is None


def test_a_phone_gives_no_more_dots_than_there_are_and_says_how_many_it_gave(phone: Phones, opened: Opened) -> None:
    opened.store.save(
        [
            edit
            for place, words in enumerate(("A van", "Teachers", "Money", "Time"), 1)
            for edit in (
                Edit("recruitment", "row", "", row=f"need-*{place}"),
                Edit("recruitment", "support", words, row=f"need-*{place}"),
            )
        ]
    )
    opened.handle.act("open", about="dots", what="recruitment.needs", dots=2)
    page = phone()
    page.goto(opened.handle.link)
    join(page)
    expect(page.get_by_text("0 of 2 given")).to_be_visible()
    for words in ("A van", "Money"):
        page.get_by_role("checkbox", name=words).check()
    expect(page.get_by_role("status").filter(has_text="2 of 2 given. To give another, take one away")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Time")).to_be_disabled()
    looked_at(page, "14-dots-all-given")
    page.reload()  # what was ticked is restored, and still is the most that there is
    expect(page.get_by_role("checkbox", name="Time")).to_be_disabled()
    page.get_by_role("checkbox", name="Money").uncheck()
    page.get_by_role("checkbox", name="Time").check()
    page.get_by_role("button", name="Send my answers").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    items = opened.handle.act("reveal")["results"]["items"]
    assert sorted(item["statement"] for item in items if item["dots"]) == ["A van", "Time"]


def test_a_long_round_says_how_far_one_is_with_the_button_to_send_in_sight(phone: Phones, opened: Opened) -> None:
    page = phone()
    page.goto(opened.handle.link)
    join(page)
    of = len(opened.round.questions)
    expect(page.get_by_text(f"0 of {of} answered")).to_be_in_viewport()
    choose(page, "2.1", "2")
    choose(page, "2.3", "?")
    expect(page.get_by_text(f"2 of {of} answered")).to_be_in_viewport()
    expect(page.get_by_role("button", name="Send my answers")).to_be_in_viewport()
    choose(page, "2.1", "")
    expect(page.get_by_text(f"1 of {of} answered")).to_be_in_viewport()


def test_a_room_that_was_started_anew_hears_again_what_is_not_sent(phone: Phones, opened: Opened) -> None:
    page = phone()
    page.goto(opened.handle.link)
    join(page)
    with page.expect_response("**/room/begun"):
        choose(page, "2.1", "2")
    opened.again()
    until = time.monotonic() + 30
    while not opened.numbers()["unsent"] and time.monotonic() < until:
        page.wait_for_timeout(200)
    with pytest.raises(RoomQuestion, match="1 phone has answers that are not sent yet"):
        opened.handle.act("close")


def test_a_ballot_stays_on_its_page_while_no_room_is_at_its_address(phone: Phones, opened: Opened) -> None:
    """As on a hub that is just starting again, or whose room has ended: another program answers there."""
    page = phone()
    page.goto(opened.handle.link)
    join(page)
    choose(page, "sector", "community")
    choose(page, "2.1", "2")
    page.route("**/room/answers*", lambda route: route.fulfill(status=404, body="No room."))
    page.get_by_role("button", name="Send my answers").tap()
    expect(page.get_by_role("status")).to_contain_text("Not sent yet")
    page.unroute("**/room/answers*")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert [rating[1:] for rating in opened.standing()] == [("2.1", 2)]


def test_what_is_written_before_a_slow_script_is_there_is_kept_and_not_written_over(
    phone: Phones, tmp_path: Path
) -> None:
    opened = Opened(tmp_path, "slip", before=partners)
    waiting: list[Route] = []  # the script's requests, for which the network takes long
    gives, own_words, organization = ("#gives", "#in_own_words", "#organization option:checked")

    def arrived(page: Page) -> None:
        while waiting:
            waiting.pop().continue_()
        page.wait_for_load_state("load")

    try:
        page = phone()
        page.route("**/room/draft.js", lambda route: waiting.append(route))
        page.goto(opened.handle.link)
        join(page, then="Read it back to me", has_scripts=False)
        page.locator("#organization").select_option(label="Corrigan Community College")
        page.locator(gives).fill("A room")
        arrived(page)
        page.reload(wait_until="commit")
        page.locator(own_words).fill("Yes")
        page.locator(gives).fill("A room on Tuesdays")
        expect(page.locator(organization)).to_have_text("Choose one")
        arrived(page)
        for _ in "as the script comes", "after a reload":
            expect(page.locator(organization)).to_have_text("Corrigan Community College")
            expect(page.locator(gives)).to_have_value("A room on Tuesdays")
            expect(page.locator(own_words)).to_have_value("Yes")
            page.unroute_all()
            page.reload()
    finally:
        opened.end()


def test_a_tick_from_before_a_slow_script_stands_against_the_draft(phone: Phones, opened: Opened) -> None:
    page = phone()
    page.goto(opened.handle.link)
    join(page)
    page.wait_for_load_state("load")
    choose(page, "2.1", "2")
    choose(page, "2.2", "3")
    waiting: list[Route] = []
    page.route("**/room/draft.js", lambda route: waiting.append(route))
    page.reload(wait_until="commit")
    choose(page, "2.1", "4")
    while waiting:
        waiting.pop().continue_()
    expect(page.get_by_role("status")).to_have_text("Not sent yet. What you ticked before is still here.")
    expect(page.locator('input[name="2.1"][value="4"]')).to_be_checked()
    expect(page.locator('input[name="2.2"][value="3"]')).to_be_checked()


def test_a_slip_half_written_comes_back_and_a_kept_one_does_not(phone: Phones, tmp_path: Path) -> None:
    opened = Opened(tmp_path, "slip", before=partners)
    try:
        page = phone()
        page.goto(opened.handle.link)
        join(page, then="Read it back to me")
        page.locator("#organization").select_option(label="Corrigan Community College")
        page.locator("#gives").fill("A room on Tuesdays, “<b>free</b>”")
        page.reload()
        expect(page.locator("#gives")).to_have_value("A room on Tuesdays, “<b>free</b>”")
        expect(page.locator("#organization option:checked")).to_have_text("Corrigan Community College")
        page.get_by_role("button", name="Read it back to me").tap()
        page.get_by_role("button", name="Yes, keep it").tap()
        expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
        page.get_by_role("link", name="Write another slip").tap()
        expect(page.locator("#gives")).to_have_value("")
        expect(page.get_by_role("status")).to_have_text("")
    finally:
        opened.end()


@pytest.mark.parametrize(
    "kept", ["", "null", "[]", "5", "{", '{"of": "x"}', '{"of": "OWN"}', '{"of": "OWN", "fields": 7}', "THROWS"]
)
def test_a_storage_that_holds_nonsense_or_refuses_changes_nothing(phone: Phones, opened: Opened, kept: str) -> None:
    page = phone()
    page.goto(opened.handle.link)
    join(page)
    if kept == "THROWS":
        refuse = "Object.defineProperty(window, 'localStorage', {get() { throw new Error('SecurityError') }})"
        page.add_init_script(refuse)
    else:
        page.evaluate(
            "kept => localStorage.setItem('ctekit-draft/room/',"
            " kept.replace('OWN', document.querySelector('[data-draft]').dataset.draft))",
            kept,
        )
    page.reload()
    expect(page.locator("input:checked")).to_have_count(0)
    choose(page, "sector", "K-12")
    choose(page, "2.1", "3")
    page.get_by_role("button", name="Send my answers").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert page.faults == []


def test_a_tick_is_taken_back_by_keyboard_and_is_named(phone: Phones, opened: Opened) -> None:
    page = phone()
    page.goto(opened.handle.link)
    join(page)
    question = page.get_by_role("group").nth(1)
    question.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    expect(question.get_by_role("radio").first).to_be_checked()
    page.keyboard.press("ArrowUp")  # around to the last one
    none = question.get_by_role("radio", name="No answer")
    expect(none).to_be_checked()
    expect(none).to_be_focused()
    expect(question.locator("input:checked")).to_have_count(1)


@pytest.mark.parametrize("script", [True, False])
def test_a_partner_writes_a_slip_reads_it_back_and_keeps_it(phone: Phones, tmp_path: Path, script: bool) -> None:
    opened = Opened(tmp_path, "slip", before=partners)
    opened.handle.act("timer", minutes=5)
    try:
        page = phone(java_script_enabled=script, **({} if script else {"locale": "es-US", "color_scheme": "dark"}))
        join_, look, keep, change, thanks = (
            ("Join", "Read it back to me", "Yes, keep it", "No, change it", "Thank you")
            if script
            else ("Entrar", "Quiero leerlo otra vez", "Sí, guárdelo", "No, quiero cambiarlo", "Gracias")
        )
        page.goto(opened.handle.link)
        join(page, join_, look)
        if script:
            expect(page.get_by_role("timer")).to_contain_text(re.compile(r"You have until .*[45]:\d\d left"))
            looked_at(page, "slip-1-write")
        page.locator("#organization").select_option(label="Corrigan Community College")
        page.locator("#gives").fill("A room on Tuesdays")
        page.locator("#by").fill("2027-01-15")
        page.get_by_role("button", name=look).tap()
        expect(page.get_by_text("A room on Tuesdays")).to_be_visible()
        if script:
            looked_at(page, "slip-2-read-back")
        page.get_by_role("button", name=change).tap()
        expect(page.locator("#by")).to_have_value("2027-01-15")
        page.locator("#gives").fill("")
        page.get_by_role("button", name=look).tap()
        expect(page.get_by_role("alert")).to_be_visible()
        if script:
            looked_at(page, "slip-3-trouble")
        page.locator("#gives").fill("A room on Wednesdays")
        page.get_by_role("button", name=look).tap()
        expect(page.get_by_text("A room on Wednesdays")).to_be_visible()
        if script:  # the room dies while somebody reads: the phone waits, and keeps it by itself
            opened.handle.process.kill()
            opened.handle.process.wait(30)
        page.get_by_role("button", name=keep).tap()
        if script:
            expect(page.get_by_role("status")).to_contain_text("take a paper slip")
            opened.again()
        expect(page.get_by_role("heading", level=1)).to_have_text(thanks, timeout=60_000)
        if script:
            looked_at(page, "slip-4-thanks")
        assert [row["gives"] for row in kept(opened)] == ["A room on Wednesdays"]
    finally:
        opened.end()


@pytest.mark.parametrize(
    ("about", "more"),
    [
        ("quick", {}),
        ("fist", {"title": "By June 2028, 120 learners a year leave with a paid offer"}),
        ("dots", {"title": "Which needs come first?", "options": [f"Need number {n}" for n in range(1, 13)]}),
    ],
)
def test_every_kind_of_round_is_readable_on_a_phone(
    phone: Phones, tmp_path: Path, about: str, more: dict[str, object]
) -> None:
    opened = Opened(tmp_path, about, **more)
    try:
        page = phone()
        page.goto(opened.handle.link)
        join(page)
        looked_at(page, f"round-{about}")
        size = len(page.content().encode())
        assert size < 30_000, size
        assert page.faults == []
    finally:
        opened.end()


@pytest.mark.parametrize("lang", ["en-US", "es-MX"])
def test_a_phone_whose_owner_reads_at_twice_the_size_loses_nothing_off_an_edge(
    browser: Browser, opened: Opened, lang: str
) -> None:
    context = browser.new_context(viewport={"width": 195, "height": 422}, locale=lang)
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.goto(opened.handle.link)
    for form, then in (("form", ".send button"), ("form[data-draft]", "main a.button")):
        for name in ("sector", "2.1", "2.2", "2.3", "2.4") if then.startswith("main") else ():
            page.locator(f'label:has(input[name="{name}"])').nth(1).click()
        assert page.evaluate(OUT_OF_SIGHT) == []
        page.locator(f"{form} button").first.click()
        expect(page.locator(then)).to_be_visible()
        page.wait_for_load_state()
    assert page.evaluate(OUT_OF_SIGHT) == []
    context.close()
