"""A whole half-day, from the QR code to the exit ballot: the wall, the lead's view by keyboard alone, and six phones.

Nobody joins twice, loads a page again or types a line of Python. The run sheet's clock goes as fast as the test does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, Route, expect

from ctekit import samples, workshop, workspace
from ctekit.ratings import SECTORS
from ctekit.store import Edit
from ctekit.workshop.block import Activity, Block
from tests.browser.driver import SHOTS
from tests.browser.test_half_day import CASE
from tests.room.served import Served, at, served
from tests.room.test_lead import SCRIPT

pytestmark = [pytest.mark.browser, pytest.mark.slow]

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}}
MOST_TABS = 150


class Room:
    """Everything in a room with a screen, and what was seen on it."""

    def __init__(self, browser: Browser, room: Served) -> None:
        self.room, self.browser = room, browser
        self.faults: list[str] = []
        self.joins: list[str] = []
        self.wall = self.screen(width=1920, height=1080)
        self.lead = self.screen(width=1280, height=800)
        self.phones = [self.screen(width=360, height=740, is_mobile=True) for _ in range(6)]
        self.seen: set[str] = set()

    def screen(self, *, width: int, height: int, **more: object) -> Page:
        context = self.browser.new_context(viewport={"width": width, "height": height}, **more)
        context.set_default_timeout(20_000)
        page = context.new_page()
        page.on("console", lambda line: self.faults.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("request", self._count_joins)
        return page

    def _count_joins(self, request: Request) -> None:
        if request.method == "POST" and re.search(r"/room/(j/|code)", request.url):
            self.joins.append(request.url)

    def close(self) -> None:
        for page in (self.wall, self.lead, *self.phones):
            page.context.close()

    # What a lead does, without a mouse

    def press(self, name: str, key: str = "Enter") -> None:
        """Go to a control by the Tab key once it is there, and press Enter or another key."""
        expect(self.lead.locator(f'[id="{name}"]')).to_be_visible()
        for _ in range(MOST_TABS):
            if self.lead.evaluate("document.activeElement.id") == name:
                break
            self.lead.keyboard.press("Tab")
        else:
            raise AssertionError(f"no way by keyboard to “{name}”")
        self.lead.keyboard.press(key)

    # What stands on the wall

    def picture(self) -> str:
        return self.wall.locator("main").get_attribute("data-picture") or ""

    def look(self, name: str, *more: Page) -> None:
        """A picture for people, axe on each page, and no word of the script on the wall, nor a control."""
        for page, called in ((self.wall, "wall"), (self.lead, "lead"), *((page, "phone") for page in more)):
            SHOTS.mkdir(exist_ok=True)
            page.bring_to_front()
            page.screenshot(path=SHOTS / f"half-day-{name}-{called}.png", full_page=called != "wall")
            violations = Axe().run(page, options=RULES)
            faults = [(fault["id"], fault["nodes"][0]["html"][:160]) for fault in violations.response["violations"]]
            assert faults == [], (name, called)
        shown = self.wall.locator("body").inner_text()
        assert not [line for line in SCRIPT if line and line in shown]
        assert self.wall.locator("a, button, input, select, textarea, summary").count() == 0
        assert self.wall.evaluate("document.documentElement.scrollHeight") <= 1080


@pytest.fixture
def room(browser: Browser, tmp_path: Path) -> Iterator[Room]:
    workspace.make(tmp_path / "ours", "", "harrow-bend")
    with served(tmp_path / "ours", at(8, 40)) as running:
        opened = Room(browser, running)
        yield opened
        opened.close()


def choose(phone: Page, field: str, value: object) -> None:
    phone.locator(f'label:has(input[name="{field}"][value="{value}"])').click()


def answer(room: Room) -> None:
    """All six answer what is open; it came to their phones by itself."""
    expect(room.phones[0].get_by_role("button", name="Send my answers")).to_be_visible()
    activity = room.room.room.activity
    assert activity is not None
    for number, phone in enumerate(room.phones):
        expect(phone.get_by_role("button", name="Send my answers")).to_be_visible()
        if activity.round.asks_sector:
            choose(phone, "sector", SECTORS[number % 2])
        for place, question in enumerate(activity.round.questions):
            if question.is_dot and place % 2:
                continue
            choose(phone, question.field, question.choices[-1].code if question.is_dot else 2 + number % 2)
            if question.is_dot:
                break
        phone.get_by_role("button", name="Send my answers").click()
        expect(phone.get_by_role("heading", level=1)).to_have_text("Thank you")
    expect(room.wall.locator('[data-live="answered"]')).to_have_text("6")


def rate(room: Room, block: Block) -> None:
    answer(room)
    room.look(f"{block.key}-open", room.phones[0])
    room.press("reveal")
    expect(room.wall.locator(".results")).to_be_visible()
    expect(room.phones[0].get_by_role("heading", level=1)).not_to_have_text("Thank you")
    room.look(f"{block.key}-revealed", room.phones[0])


def write_slips(room: Room, block: Block) -> None:
    phone = room.phones[2]
    expect(phone.get_by_role("heading", level=1)).to_have_text("Give-and-get slip")
    phone.locator("#organization").select_option(index=1)
    phone.locator("#gives").fill("Two machines")
    phone.get_by_role("button", name="Read it back to me").click()
    phone.get_by_role("button", name="Yes, keep it").click()
    expect(room.wall.locator('[data-live="answered"]')).to_have_text("1")
    room.look(f"{block.key}-slips", room.phones[2])
    room.press("close")
    expect(room.wall.locator(".code")).to_contain_text("No more slips are taken")


IDEAS = (
    "Paid internships for juniors",
    "paid internships for juniors.",
    "Somebody to teach weldng",
    "A van to the plants",
)


def collect_ideas(room: Room, block: Block) -> None:
    """Phones write; the lead merges, mends and hides by keyboard alone; all see what is left, and give dots."""
    expect(room.phones[0].get_by_label("Idea 1")).to_be_visible()
    room.look(f"{block.key}-ideas-open", room.phones[0])
    for phone, words in zip(room.phones, (*IDEAS, "Joe Miller is no help", "Space"), strict=True):
        phone.get_by_label("Idea 1").fill(words)
        phone.get_by_role("button", name="Send my answers").click()
        expect(phone.get_by_role("heading", level=1)).to_have_text("Thank you")
    expect(room.wall.locator('[data-live="answered"]')).to_have_text("6")
    assert not [page for page in (room.wall, room.lead) if "Joe Miller" in page.content()]
    room.press("close")
    boxes = room.lead.locator(".sorted input[type=checkbox]")
    expect(boxes).to_have_count(5)
    room.press(room.lead.get_by_label("Joe Miller is no help").get_attribute("id") or "", "Space")
    room.press("sort-hide")
    expect(room.lead.locator(".sorted")).to_contain_text("hidden: Joe Miller")
    idea = (room.lead.get_by_label("Somebody to teach weldng").get_attribute("id") or "").removeprefix("idea-")
    room.press(f"change-open-{idea}")
    room.press(f"words-{idea}", "End")
    for _ in "ng":
        room.lead.keyboard.press("Backspace")
    room.lead.keyboard.type("ing")
    room.press(f"save-{idea}")
    expect(room.lead.locator(".sorted")).to_contain_text("Somebody to teach welding")
    for words in ("A van to the plants", "Space"):
        room.press(room.lead.get_by_label(words, exact=True).get_attribute("id") or "", "Space")
    room.press("sort-merge")
    expect(room.lead.locator(".sorted")).to_contain_text("typed: A van to the plants / Space")
    assert "Joe Miller" not in room.wall.content()
    room.look(f"{block.key}-ideas-sorted", room.phones[0])
    room.press("reveal")
    expect(room.wall.locator(".ideas li")).to_have_count(3)
    room.look(f"{block.key}-ideas-shown", room.phones[0])
    room.press("dots")
    for phone, choice in zip(room.phones, (1, 1, 1, 2, 2, 3), strict=True):
        choose(phone, f"option-{choice}", 1)
        phone.get_by_role("button", name="Send my answers").click()
        expect(phone.get_by_role("heading", level=1)).to_have_text("Thank you")
    room.press("reveal")
    expect(room.wall.locator(".talk")).to_contain_text("Most dots")
    room.press("keep-option-1")
    expect(room.lead.locator("[aria-labelledby=h-chosen]")).to_contain_text("in the plan")
    room.look(f"{block.key}-ideas-chosen", room.phones[0])


def put_on_wall(room: Room, block: Block) -> None:
    expect(room.wall.locator("main")).not_to_have_attribute("data-picture", f"block {block.key}")


DOES: dict[str, Callable[[Room, Block], None]] = {
    "round": rate,
    "fist": rate,
    "dots": rate,
    "exit": rate,
    "ideas": collect_ideas,
    "slips": write_slips,
    "worksheet": put_on_wall,
    "check": put_on_wall,
    "plan": put_on_wall,
}


def buttons(block: Block) -> list[Activity]:
    """The activities that the lead's view has a button for."""
    return [activity for activity in block.activities if activity.kind in DOES]


def join(room: Room) -> None:
    """One by the square on the wall, the others by address and code, in whatever language."""
    expect(room.wall.locator(".qr svg")).to_be_visible()
    code = "".join(room.wall.locator(".letters span:not(.name)").all_inner_texts())
    room.phones[0].goto(room.room.link)
    room.phones[0].get_by_role("button", name="Join").click()
    for phone in room.phones[1:]:
        phone.goto(room.room.base)
        phone.get_by_label("Code on the screen").fill(code)
        phone.get_by_role("button", name="Join").click()
    expect(room.wall.locator('[data-live="joined"]')).to_have_text("6")


@pytest.mark.timeout(900)  # a whole half-day: each page of each block is looked over by axe
def test_a_half_day_from_the_code_to_the_exit_ballot(room: Room) -> None:
    room.wall.goto(room.room.address("wall"))
    room.lead.goto(room.room.address("lead"))
    for page in (room.wall, room.lead):
        assert page.url.count("/") == 4, "the token is out of the address"
        page.evaluate("window.sameDocument = true")
    join(room)
    room.look("join", room.phones[0])
    room.press("begin")
    blocks = workshop.load("half-day").blocks
    for place, block in enumerate(blocks):
        expect(room.lead.get_by_role("heading", level=1)).to_contain_text(block.title)
        expect(room.lead.locator(".clock strong")).to_have_text("On time")
        joins = any(activity.kind == "join" for activity in block.activities)
        picture = re.compile("^code ") if joins else f"block {block.key}"
        expect(room.wall.locator("main")).to_have_attribute("data-picture", picture)
        expect(room.wall.locator(".timer")).to_have_text(re.compile(rf"{block.minutes}:00|{block.minutes - 1}:\d\d"))
        for activity in buttons(block):
            offer = [each.kind for each in block.activities if each.kind != "poster"].index(activity.kind)
            room.press(f"offer-{offer + 1}")
            DOES[activity.kind](room, block)
        room.look(f"{place:02}-{block.key}")
        room.room.clock.pass_minutes(block.minutes)
        room.press("next")
    expect(room.lead.get_by_role("heading", level=1)).to_have_text("The run has ended. Thank you.")
    expect(room.wall.locator("h1")).to_have_text("Thank you")
    assert len(room.joins) == 6
    assert all(page.evaluate("window.sameDocument") for page in (room.wall, room.lead))
    assert room.faults == []
    voted = [round_.about for round_ in room.room.store.rounds() if round_.state == "revealed"]
    assert {"quick", "fist", "exit"} <= set(voted)


def test_what_is_pressed_while_the_press_before_is_on_its_way_is_done_after_it(room: Room) -> None:
    """And the same pressed twice is done once."""
    room.wall.goto(room.room.address("wall"))
    room.lead.goto(room.room.address("lead"))
    room.press("begin")
    expect(room.lead.locator("#add-5")).to_be_visible()
    presses: list[Route] = []

    def hold_the_first(route: Route) -> None:
        presses.append(route)
        if len(presses) > 1:
            route.continue_()

    room.lead.route("**/lead/do/*", hold_the_first)
    for name in ("add-5", "add-5", "offer-1", "add-1"):
        room.lead.locator(f"#{name}").click()
    presses[0].continue_()
    expect(room.lead.locator(".timer")).to_have_text(re.compile("2[56]:"))
    room.lead.wait_for_timeout(500)
    assert [route.request.url.rpartition("/")[2] for route in presses] == ["add", "wall", "add"]


def test_what_is_typed_elsewhere_is_on_the_wall_without_a_press(room: Room) -> None:
    room.wall.goto(room.room.address("wall"))
    room.lead.goto(room.room.address("lead"))
    room.press("pictures-open")
    room.press("picture-sentence")
    expect(room.wall.locator("h1")).to_have_text("What we are for")
    room.room.store.save([Edit("purpose", "sentence", "One sentence that all of us can say.")])
    expect(room.wall.locator(".words")).to_have_text("One sentence that all of us can say.")


def test_a_question_and_a_trouble_stay_until_somebody_answers(room: Room) -> None:
    """Phones come and go all the while, and each of them is told to the lead's page."""
    room.wall.goto(room.room.address("wall"))
    room.lead.goto(room.room.address("lead"))
    for press, title in (("begin", "Doors"), ("next", "Why we are here"), ("next", "Rate alone")):
        room.press(press)
        expect(room.lead.get_by_role("heading", level=1)).to_contain_text(title)
    room.press("offer-1")
    expect(room.lead.locator("#reveal")).to_be_visible()
    room.press("reveal")
    expect(room.lead.locator("#question")).to_contain_text("0 people answered")
    join(room)
    room.lead.wait_for_timeout(1000)
    room.lead.locator("#sure").click()
    expect(room.wall.locator(".results")).to_be_visible()
    expect(room.lead.locator("#question")).to_have_count(0)
    expect(room.lead.locator(".counts")).to_contain_text("6")
    room.press("aside-open")
    room.press("set-aside")
    expect(room.lead.locator("#trouble")).to_contain_text("Say why")
    room.room.store.save([Edit("purpose", "sentence", "One sentence.")])
    room.room.room.nod()
    room.phones[0].goto(room.room.base)
    room.lead.wait_for_timeout(1500)
    expect(room.lead.locator("#trouble")).to_contain_text("Say why")


def test_what_came_while_somebody_typed_is_shown_when_they_leave_the_field(room: Room) -> None:
    room.wall.goto(room.room.address("wall"))
    room.lead.goto(room.room.address("lead"))
    field = room.lead.get_by_role("textbox", name=re.compile("here"))
    field.fill("1")
    join(room)
    counts = room.lead.locator(".counts")
    expect(counts).to_contain_text("0")
    field.press("End")
    field.press_sequentially("8")
    room.lead.keyboard.press("Tab")
    expect(counts).to_contain_text("6")
    expect(field).to_have_value("18")
    expect(room.lead.locator("#people")).to_be_focused()
    room.lead.keyboard.press("Enter")
    expect(counts).to_contain_text("18")


def test_the_clock_falls_behind_on_both_screens_while_nobody_does_anything(room: Room) -> None:
    for page in (room.wall, room.lead):
        page.clock.install()
    room.wall.goto(room.room.address("wall"))
    room.lead.goto(room.room.address("lead"))
    room.press("begin")
    expect(room.lead.locator(".clock strong")).to_have_text("On time")
    expect(room.wall.locator(".timer")).to_have_text(re.compile("20:00|19:"))
    room.room.clock.pass_minutes(30)
    for page in (room.wall, room.lead):
        page.clock.fast_forward(20_000)
    expect(room.lead.locator(".clock strong")).to_contain_text("behind")
    expect(room.wall.locator(".timer")).to_have_class(re.compile("over"))


BROKEN = """(most) => [...document.querySelectorAll("td")].flatMap((cell) => {
    const text = cell.firstChild;
    return [...(text?.data ?? "").matchAll(/\\S+/g)].filter(({ 0: word, index }) => {
        const range = document.createRange();
        range.setStart(text, index);
        range.setEnd(text, index + word.length);
        return word.length <= most && !word.includes("-") && range.getClientRects().length > 1;
    }).map(([word]) => word);
})"""


def test_no_name_of_everyday_length_is_broken_in_the_tables_of_the_wall(browser: Browser, tmp_path: Path) -> None:
    workspace.make(tmp_path / "ours", "")
    with served(tmp_path / "ours") as running:
        for slug in ("profile", "purpose", "value", "communication", "metrics"):
            edits = samples.as_edits({slug: CASE[slug]})
            running.store.save([Edit(slug, field, value, row=row) for _, row, field, value in edits])
        room = Room(browser, running)
        room.wall.goto(running.address("wall"))
        room.lead.goto(running.address("lead"))
        show = "(picture) => fetch('do/wall', { method: 'POST', body: new URLSearchParams({ picture }) })"
        for slug in ("value", "communication", "metrics"):
            room.lead.evaluate(show, slug)
            expect(room.wall.locator(f'main[data-picture="{slug}"] td').first).to_be_visible()
            assert room.wall.evaluate(BROKEN, 10) == [], slug
            assert room.wall.evaluate("document.documentElement.scrollWidth") <= 1920
        room.close()


NUMBERS = """() => [...document.querySelectorAll("ol > li")].map((item) => getComputedStyle(item).direction)"""


def test_the_numbers_of_a_list_stay_at_its_left_beside_words_that_run_from_the_right(room: Room) -> None:
    room.wall.goto(room.room.address("wall"))
    room.lead.goto(room.room.address("lead"))
    room.room.store.save([Edit("purpose", "promise", "حافلة إلى العيادات", "clause-1")])
    room.press("pictures-open")
    room.press("picture-sentence")
    expect(room.wall.locator("ol > li").first).to_contain_text("حافلة")
    assert set(room.wall.evaluate(NUMBERS)) == {"ltr"}
    assert room.wall.locator("ol > li > bdi").first.evaluate("(words) => getComputedStyle(words).direction") == "rtl"


def test_dark_screens_and_a_leads_phone_are_sound(room: Room) -> None:
    wall = room.screen(width=1366, height=768, color_scheme="dark")
    lead = room.screen(width=390, height=844, is_mobile=True, color_scheme="dark")
    wall.goto(room.room.address("wall"))
    room.wall, room.lead = wall, lead
    lead.goto(room.room.address("lead"))
    room.press("begin")
    room.press("pictures-open")
    for picture in ("code", "time", "sentence", "needs", "matrix", "asks", "plan", "questions"):
        room.press(f"picture-{picture}")
        expect(wall.locator("main")).to_have_attribute("data-picture", re.compile(f"^(?:block|{picture})"))
        faults = Axe().run(wall, options=RULES).response["violations"]
        assert [(fault["id"], fault["nodes"][0]["html"][:160]) for fault in faults] == [], picture
        assert wall.evaluate("document.documentElement.scrollHeight") <= 768
        stage = wall.locator(".stage")
        assert not stage.count() or stage.evaluate("(box) => box.scrollHeight <= box.clientHeight + 1"), picture
    faults = Axe().run(lead, options=RULES).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"][:160]) for fault in faults] == []
    assert lead.evaluate("document.documentElement.scrollWidth") <= 390
    low = "[...document.querySelectorAll('button, summary, select, input:not([type=hidden])')]"
    assert lead.evaluate(f"{low}.filter((part) => part.getBoundingClientRect().height < 44).length") == 0
    for page, name in ((wall, "wall-dark"), (lead, "lead-dark")):
        page.screenshot(path=SHOTS / f"half-day-{name}.png", full_page=name == "lead-dark")
    wall.context.close()
    lead.context.close()


def test_bars_and_dots_grow_unless_people_asked_for_no_motion(room: Room) -> None:
    calm = room.screen(width=1920, height=1080, reduced_motion="reduce")
    room.wall.goto(room.room.address("wall"))
    calm.goto(room.room.address("wall"))
    room.lead.goto(room.room.address("lead"))
    join(room)
    for press, title in (("begin", "Doors"), ("next", "Why we are here"), ("next", "Rate alone")):
        room.press(press)
        expect(room.lead.get_by_role("heading", level=1)).to_contain_text(title)
    room.press("offer-1")
    answer(room)
    room.press("reveal")
    for page, name in ((room.wall, "grow"), (calm, "none")):
        expect(page.locator(".pile circle").first).to_be_attached()
        names = page.locator(".pile circle").first.evaluate("(dot) => getComputedStyle(dot).animationName")
        assert names == name
    calm.context.close()
