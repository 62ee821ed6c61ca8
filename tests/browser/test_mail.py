"""A mailed worksheet on a phone without a network: filled in, saved, taken back; read by axe, by keys, on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from ctekit import mail
from ctekit.store import Store
from ctekit.worksheets.roles import Roles
from ctekit.worksheets.value import Value
from tests.browser.conftest import WAIT
from tests.browser.test_access import RULES
from tests.mail.answering import harrow_bend, take

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1366, "height": 768}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return harrow_bend(tmp_path / "hb")


GIFTS = ("value", "roles")


@pytest.fixture
def file(store: Store, tmp_path: Path) -> Path:
    return mail.send(store, mail.prepare(store, ["Castellan Gear"], GIFTS), tmp_path / "out")[0]


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=PHONE, offline=True, accept_downloads=True)
    context.set_default_timeout(WAIT)
    yield context
    context.close()


class Mailed:
    """A mailed file, open in a page that hears of every request and every fault."""

    def __init__(self, context: BrowserContext, file: Path, sheets: int = len(GIFTS)) -> None:
        self.page: Page = context.new_page()
        self.asked: list[str] = []
        self.faults: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", lambda message: self.faults.append(message.text))
        self.file = file
        self.page.goto(file.as_uri())
        expect(self.page.locator(".ctekit-sheet")).to_have_count(sheets)

    def field(self, name: str) -> object:
        return self.page.locator(".ck-row-form").get_by_role("textbox", name=name).first

    def says(self, words: str) -> None:
        expect(self.page.locator("#bar [role=status]")).to_contain_text(words)

    def save(self, path: Path) -> Path:
        with self.page.expect_download() as download:
            self.page.get_by_role("button", name="Save my answers").click()
        assert download.value.suggested_filename == "answers-castellan-gear.json"
        download.value.save_as(path)
        return path

    def axe(self) -> list[str]:
        violations = Axe().run(self.page, options=RULES).response["violations"]
        return [f"{fault['id']}: {fault['nodes'][0]['html'][:150]}" for fault in violations]


def test_it_is_filled_in_on_a_phone_without_a_network_and_taken_back(
    phone: BrowserContext, store: Store, file: Path, tmp_path: Path
) -> None:
    mailed = Mailed(phone, file)
    page = mailed.page
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    grid = page.locator(".ck-scroll", has=page.locator(".ck-matrix"))
    assert grid.evaluate("element => element.scrollWidth <= element.clientWidth"), "the grid of duties fits"
    expect(page.locator("header")).to_contain_text("From Harrow Bend Advanced Manufacturing Pathway, as of")
    expect(page.get_by_role("link", name="frontdoor@harrowbend.example")).to_be_visible()
    form = page.locator(".ck-row-form").first
    form.get_by_role("textbox", name="How much").fill("30 a year")
    form.get_by_role("textbox", name="Gives it by").fill("soon")
    form.get_by_role("textbox", name="Gets", exact=False).first.click()
    expect(form.locator(".ck-error", has_text="is not a date")).to_be_visible()
    form.get_by_role("textbox", name="Gives it by").fill("June 30, 2027")
    page.get_by_role("button", name="Add a row").first.click()
    gives = form.get_by_role("textbox", name="Gives", exact=False).first
    expect(gives).to_have_value("")  # the form is at the new row
    gives.fill("A <b>lathe</b>")
    page.get_by_role("button", name="Undo").nth(1).scroll_into_view_if_needed()
    cell = page.locator(".ck-matrix tbody tr", has_text="Mentor learners on the job").locator("td")
    cell.click()
    page.get_by_role("button", name="R does it").click()
    mailed.says("changes are in no file yet")
    answers = mailed.save(tmp_path / "answers.json")
    mailed.says("Saved as answers-castellan-gear.json")
    assert mailed.axe() == []
    assert [address for address in mailed.asked if not address.startswith(("file:", "blob:", "data:"))] == []
    assert mailed.faults == []

    results = take(store, answers)
    assert results
    assert [result.conflict for result in results if result.conflict] == []
    book = store.load()
    gear = next(row.id for row in book.rows("profile.organizations") if row.name == "Castellan Gear")
    own = [row for row in book[Value].exchanges if row.organization == gear]
    assert {row.gives: row.how_much for row in own}["Paid internships"] == "30 a year"
    assert str({row.gives: row.by for row in own}["Paid internships"]) == "2027-06-30"
    assert "A <b>lathe</b>" in [row.gives for row in own]
    task = next(row.id for row in book[Roles].tasks if row.task == "Mentor learners on the job")
    assert book[Roles].matrix[task][gear] == "RS"
    assert take(store, answers) == []


def test_a_closed_page_goes_on_where_it_was_and_a_cleared_browser_from_the_file(
    phone: BrowserContext, browser: Browser, store: Store, file: Path, tmp_path: Path
) -> None:
    mailed = Mailed(phone, file)
    mailed.page.get_by_role("textbox", name="How much").first.fill("31 a year")
    mailed.page.get_by_role("textbox", name="In its own words").first.click()
    mailed.says("1 change is in no file yet")
    again = Mailed(phone, file)
    expect(again.page.get_by_role("textbox", name="How much").first).to_have_value("31 a year")
    answers = again.save(tmp_path / "answers.json")
    again.page.get_by_role("button", name="Remove my answers from this browser").click()
    assert again.page.evaluate("Object.keys(localStorage).filter((key) => key.includes('mail'))") == []
    fresh = Mailed(browser.new_context(viewport=PHONE, offline=True), file)
    expect(fresh.page.get_by_role("textbox", name="How much").first).to_have_value("26 a year")
    fresh.page.get_by_label("Go on from a file").set_input_files(answers)
    expect(fresh.page.get_by_role("textbox", name="How much").first).to_have_value("31 a year")
    fresh.says("in the page again")
    wrong = tmp_path / "wrong.json"
    wrong.write_text(answers.read_text("utf-8").replace("31 a year", "99 a year"), "utf-8")
    fresh.page.get_by_label("Go on from a file").set_input_files(wrong)
    fresh.says("cut or changed")
    fresh.page.context.close()


def test_two_partners_files_on_one_computer_know_nothing_of_each_other(
    phone: BrowserContext, store: Store, tmp_path: Path
) -> None:
    gear, tool = mail.send(store, mail.prepare(store, ["Castellan Gear", "Ostrander Tool"], GIFTS), tmp_path / "two")
    first = Mailed(phone, gear)
    first.page.get_by_role("textbox", name="How much").first.fill("ZQXOURS")
    first.page.get_by_role("textbox", name="Gives", exact=False).first.click()
    first.says("in no file yet")
    second = Mailed(phone, tool)
    second.says("Nothing is changed yet")
    assert "ZQXOURS" not in second.page.content()


def test_it_is_filled_in_by_keys_alone(browser: Browser, store: Store, file: Path, tmp_path: Path) -> None:
    context = browser.new_context(viewport=DESK, offline=True, accept_downloads=True)
    context.set_default_timeout(WAIT)
    mailed = Mailed(context, file)
    keys = mailed.page.keyboard
    for _ in range(40):
        keys.press("Tab")
        if mailed.page.evaluate("document.activeElement.matches('td[data-field=gives]')"):
            break
    keys.press("ArrowRight")
    keys.type("33 a year")
    keys.press("Enter")
    mailed.says("1 change is in no file yet")
    keys.press("Control+z")
    mailed.says("Nothing is changed yet")
    keys.press("Control+y")
    mailed.says("1 change is in no file yet")
    for _ in range(60):
        keys.press("Tab")
        if mailed.page.evaluate("document.activeElement.textContent") == "Save my answers":
            break
    with mailed.page.expect_download() as download:
        keys.press("Enter")
    download.value.save_as(tmp_path / "a.json")
    assert [result.conflict for result in take(store, tmp_path / "a.json")] == [None]
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing_in_all_questions_with_a_fault_and_the_text_open(
    browser: Browser, file: Path, scheme: str, size: dict[str, int]
) -> None:
    context = browser.new_context(viewport=size, offline=True, color_scheme=scheme)  # type: ignore[arg-type]
    context.set_default_timeout(WAIT)
    mailed = Mailed(context, file)
    for _ in range(2):
        mailed.page.get_by_role("button", name="Show all questions").first.click()
    expect(mailed.page.get_by_role("button", name="Show all questions")).to_have_count(0)
    if size is PHONE:
        mailed.page.get_by_role("textbox", name="Worth in money").first.fill("a lot")
        mailed.page.get_by_role("textbox", name="Gives", exact=False).first.click()
        expect(mailed.page.locator(".ck-error", has_text="is not an amount").first).to_be_visible()
    mailed.page.get_by_role("button", name="Show my answers as text").click()
    expect(mailed.page.get_by_label("All of this text")).to_be_focused()
    assert mailed.axe() == []
    context.close()


def test_without_scripts_it_says_how_to_open_it(browser: Browser, file: Path) -> None:
    context = browser.new_context(viewport=PHONE, offline=True, java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())
    expect(page.get_by_text("Nothing can be filled in here yet")).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)
    context.close()


def test_no_script_of_an_answer_runs_and_nothing_can_be_asked_for(phone: BrowserContext, file: Path) -> None:
    mailed = Mailed(phone, file)
    tried = mailed.page.evaluate(
        """async () => {
            const script = document.createElement("script");
            script.textContent = "window.ran = 1";
            document.body.append(script);
            const refused = await fetch("https://example.com/").then(() => 0, () => 1);
            return [window.ran ?? null, refused];
        }"""
    )
    assert tried == [None, 1]
    assert [address for address in mailed.asked if address.startswith("http")] == []


def test_a_phones_share_sheet_is_given_the_same_file(
    phone: BrowserContext, store: Store, file: Path, tmp_path: Path
) -> None:
    phone.add_init_script(
        """navigator.canShare = ({files}) => files.every((file) => file.type === "text/plain");
        navigator.share = async ({files}) => (window.shared = [files[0].name, await files[0].text()]);"""
    )
    mailed = Mailed(phone, file)
    mailed.page.get_by_role("textbox", name="How much").first.fill("32 a year")
    mailed.page.get_by_role("button", name="Share my answers").click()
    mailed.says("Shared.")
    name, text = mailed.page.evaluate("window.shared")
    assert name == "answers-castellan-gear.txt"
    (tmp_path / name).write_text(text, "utf-8")
    assert len(take(store, tmp_path / name)) == 1


def test_in_a_preview_it_says_that_nothing_can_be_saved_and_still_gives_the_text(
    phone: BrowserContext, store: Store, file: Path, tmp_path: Path
) -> None:
    page = phone.new_page()
    frame = "<iframe sandbox='allow-scripts' title=preview style='width:380px;height:800px'></iframe>"
    page.set_content(frame)
    page.evaluate("(html) => (document.querySelector('iframe').srcdoc = html)", file.read_text("utf-8"))
    inside = page.frame_locator("iframe")
    expect(inside.get_by_text("This looks like a preview")).to_be_visible()
    inside.get_by_role("textbox", name="How much").first.fill("34 a year")
    inside.get_by_role("textbox", name="Gives", exact=False).first.click()
    expect(inside.locator("#bar [role=status]")).to_contain_text("This browser keeps nothing")
    inside.get_by_role("button", name="Remove my answers from this browser").click()
    inside.get_by_role("button", name="Show my answers as text").click()
    text = inside.get_by_label("All of this text")
    expect(text).to_have_value(re.compile("34 a year"))
    (tmp_path / "copied.txt").write_text(text.input_value(), "utf-8")
    assert len(take(store, tmp_path / "copied.txt")) == 1


def test_on_paper_it_is_its_tables(phone: BrowserContext, file: Path) -> None:
    mailed = Mailed(phone, file)
    mailed.page.emulate_media(media="print")
    expect(mailed.page.get_by_role("button", name="Save my answers")).to_be_hidden()
    expect(mailed.page.locator(".ck-grid", has_text="Paid internships").first).to_be_visible()
