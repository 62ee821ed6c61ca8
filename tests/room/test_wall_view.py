"""The pictures of the wall: what a room may see, large, and nothing else."""

from __future__ import annotations

import dataclasses
import datetime
import re
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from ctekit import samples, workshop
from ctekit.ratings import SECTORS, Rating, Results, Round, of_ratings
from ctekit.room import wall_view
from ctekit.room.offers import offers
from ctekit.room.wall_results import alike
from ctekit.workbook import from_answers
from ctekit.workshop.block import Activity
from ctekit.workshop.progress import Progress
from ctekit.workshop.run import Run
from tests.half_day import cut_to_quick
from tests.newcomer import new_kind

TODAY = datetime.date(2026, 9, 16)
NINE = datetime.datetime(2026, 9, 16, 9, 0, tzinfo=datetime.UTC)


def results_of(about: str, answers: list[tuple[str, dict[str, object]]], **more: object) -> Results:
    """A revealed round in which each person, of a sector, gave these answers."""
    round_ = Round("round-7", "A round", "2026-09-16", about, state="revealed", **more)  # type: ignore[arg-type]
    ratings = [
        Rating("round-7", f"r-{person}", sector, field, code)  # type: ignore[arg-type]
        for person, (sector, codes) in enumerate(answers)
        for field, code in codes.items()
    ]
    return of_ratings(round_, ratings)


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def two_sectors(business: int, schools: int, field: str = "4.1") -> Results:
    people = [(SECTORS[0], {field: business})] * 5 + [(SECTORS[1], {field: schools})] * 6
    return results_of("value", people)


@pytest.mark.parametrize("name", samples.names())
def test_the_partnerships_own_pictures_hold_no_id_no_control_and_nothing_private(name: str) -> None:
    book = samples.book(name)
    run = Run(workshop.load("half-day").blocks, Progress(path="half-day")).begin(NINE)
    shown = [*wall_view.ANSWERS, *book.sheets]
    pictures = [wall_view.answers(book, picture, TODAY, 60) for picture in shown]
    for html in [*pictures, wall_view.block(run, NINE)]:
        assert not re.search(r"\b(?:org|need|task|clause|act|ask|s|person|round)-\d", html)
        assert not re.search(r"<(?:a|button|input|select|form|summary|script)\b", html)
    private = {
        str(value)
        for sheet in book
        for question, ask in sheet.questions().items()
        if ask.private and (value := getattr(sheet, question)) and isinstance(value, str)
    }
    assert not [value for value in private if value in "".join(pictures)]


def test_the_pathway_wall_shows_the_steps_of_the_pathway_and_not_who_facilitates() -> None:
    (block,) = [block for block in workshop.load("half-day").blocks if block.title == "The pathway wall"]
    (offer,) = [offer for activity in block.activities for offer in offers(activity)]
    assert offer.label == "Show on the wall: From school to a job (Profile)"
    book = samples.book("clean")
    html = unescape(words(wall_view.answers(book, offer.fields["picture"], TODAY)))
    for step in book.rows("profile.steps"):
        assert step.step in html
    assert book.sheets["profile"].question("facilitator").title not in html


def test_a_room_that_talks_about_asks_to_the_state_sees_them_and_not_its_next_90_days() -> None:
    (block,) = [block for block in workshop.load("half-day").blocks if block.title == "Asks to the state"]
    (offer,) = [offer for activity in block.activities for offer in offers(activity)]
    assert offer.label == "Show on the wall: What we ask of the state (The whole picture)"
    book = samples.book("clean")
    html = unescape(words(wall_view.answers(book, offer.fields["picture"], TODAY)))
    for asked in book.rows("plan.asks_of_state"):
        assert f"{asked.ask} {asked.decides} {book.name(asked.contact)}" in html
    for action in book.rows("plan.actions"):
        assert action.action not in html


def test_what_people_typed_is_text() -> None:
    book = from_answers({"purpose": {"sentence": "<script>alert(1)</script> & co"}})
    html = wall_view.answers(book, "sentence", TODAY)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; co" in html


def test_where_nothing_is_marked_the_wall_does_not_say_that_all_is_well() -> None:
    unmarked = words(wall_view.answers(from_answers({"purpose": {"sentence": "All"}}), "questions", TODAY))
    assert re.search(r"Nothing is checked yet, because nothing is marked as done\. \d\d checks wait\.", unmarked)
    clean = from_answers(cut_to_quick("clean"))
    marked = words(wall_view.answers(clean, "questions", TODAY))
    assert "What is marked as done fits together" in marked
    assert re.search(r"\d+ checks? waits? for the rest", marked)


def test_a_button_for_a_worksheet_says_what_the_wall_will_say() -> None:
    for sheet in from_answers({}):
        for lang in ("en", "es"):
            (offer,) = offers(Activity(kind="worksheet", subject=sheet.slug), lang)
            shown = wall_view.answers(from_answers({}), sheet.slug, TODAY, lang=lang)
            assert unescape(re.search("<h1.*?>(.*?)</h1>", shown)[1]) in offer.label  # type: ignore[index]
    (slips,) = offers(Activity(kind="worksheet", subject="value"))
    assert "slips (Mutual benefit and shared value)" in slips.label


def test_the_wall_calls_a_worksheet_that_somebody_added_by_its_title(tmp_path: Path) -> None:
    with new_kind(tmp_path):
        (offer,) = offers(Activity(kind="worksheet", subject="contacts"))
        book = from_answers({"contacts": {"office": "ann@school.example"}})
        shown = wall_view.answers(book, "contacts", TODAY)
    assert (offer.label, offer.fields) == ("Show on the wall: Contacts (Contacts)", {"picture": "contacts"})
    assert ">Contacts</h1>" in shown
    assert "ann@school.example" in shown


def test_the_sentence_is_put_together_from_its_parts_where_nobody_wrote_it() -> None:
    book = from_answers({"purpose": {"learners": "all", "change": "paid work", "by": "2028-06-30"}})
    assert "For all: paid work by June 2028." in words(wall_view.answers(book, "sentence", TODAY))
    assert "still to be written" in wall_view.answers(from_answers({}), "sentence", TODAY)


def test_the_plan_shows_what_is_due_in_90_days_and_not_done() -> None:
    actions = [
        {"id": "act-1", "action": "Near", "by": "2026-10-01"},
        {"id": "act-2", "action": "Far", "by": "2027-10-01"},
        {"id": "act-3", "action": "Finished", "by": "2026-10-01", "done": True},
        {"id": "act-4", "action": "Undated"},
    ]
    shown = words(wall_view.answers(from_answers({"plan": {"actions": actions}}), "plan", TODAY))
    assert "Near nobody yet October 1" in shown
    assert "Undated nobody yet no day yet" in shown
    assert "Far" not in shown
    assert "Finished" not in shown


@pytest.mark.parametrize("part", wall_view.RESULTS)
def test_two_answers_are_shown_to_nobody(part: str) -> None:
    html = wall_view.results(results_of("value", [(SECTORS[0], {"4.1": 3}), (SECTORS[1], {"4.1": 0})]), part)
    assert "<circle" not in html
    assert part == "agree" or "too few to show" in html


def test_every_answer_is_a_dot_and_the_same_is_said_in_words() -> None:
    html = wall_view.results(two_sectors(1, 3), "everyone")
    assert html.count("<circle") == 11
    assert "1 In someone&#39;s head: 5" in html or "1 In someone&#x27;s head: 5" in html
    assert "middle: 3" in html


def test_only_sectors_that_may_be_shown_stand_apart() -> None:
    apart = wall_view.results(two_sectors(1, 3), "sectors")
    assert "Business &amp; industry" in apart
    people = [(SECTORS[0], {"4.1": 1})] * 4 + [(SECTORS[1], {"4.1": 3})] * 6
    together = wall_view.results(results_of("value", people), "sectors")
    assert "Business" not in re.sub(r'<p class="talk">.*?</p>', "", together)
    assert "Everyone" in together


def test_what_all_sectors_agree_on_needs_sectors_that_say_the_same() -> None:
    assert [level for _, level in alike(two_sectors(2, 2))] == ["Written down"]
    assert alike(two_sectors(1, 3)) == []
    assert alike(results_of("value", [(SECTORS[0], {"4.1": 2})] * 9)) == []
    assert "On nothing yet" in wall_view.results(two_sectors(1, 3), "agree")
    assert "shows none apart" in wall_view.results(results_of("value", [(SECTORS[0], {"4.1": 2})] * 9), "agree")


@pytest.mark.parametrize("levels", [(0, 0, 2, 4, 4), (0, 1, 2, 3, 4)], ids=["split", "far apart"])
def test_sectors_with_the_same_middle_do_not_agree_where_each_is_split_itself(levels: tuple[int, ...]) -> None:
    people = [(sector, {"4.1": level}) for sector in SECTORS[:2] for level in levels]
    results = results_of("value", people)
    assert {spread.median for spread in results.indicators[0].sectors} == {2}
    assert alike(results) == []


def test_dots_stand_as_bars_the_longest_first() -> None:
    people = [("", {"option-1": 1})] * 2 + [("", {"option-2": 1})] * 5
    html = wall_view.results(results_of("dots", people, title="Promises", options=("One", "Two")), "everyone")
    assert words(html).index("Two") < words(html).index("One")
    assert re.findall(r'rect width="([\d.]+)"', html) == ["1000.0", "400.0"]


def test_the_block_shows_its_title_its_time_and_what_is_next_and_no_word_of_the_script() -> None:
    agenda = workshop.load("half-day")
    for number, block in enumerate(agenda.blocks):
        visits = Run(agenda.blocks, Progress(path="half-day")).begin(NINE)
        while visits.now is not block:
            visits = visits.go_on(NINE)
        html = words(wall_view.block(visits, NINE + datetime.timedelta(minutes=1)))
        assert block.title in html.replace("&#39;", "'")
        assert f"{block.minutes - 1}:00" in html or block.minutes == 1
        for line in (*block.words, *(trouble.do for trouble in block.trouble), block.aim):
            assert line not in html, number


def test_many_ideas_stand_in_columns_and_the_rest_is_counted() -> None:
    for number, columns in ((3, "one"), (9, "two"), (40, "three")):
        options = tuple(f"Idea of mine {place}" for place in range(number))
        round_ = Round("round-7", "Ideas", "2026-09-16", "ideas", state="revealed", options=options)
        html = wall_view.ideas(round_, 12)
        assert f'class="{columns}"' in html
        assert html.count("<li") == min(number, 30)
        assert ("and 10 more" in words(html)) == (number == 40)


def test_the_wall_lists_no_more_options_of_dots_than_stand_beside_the_code_and_says_how_many_more() -> None:
    options = tuple(f"Idea {number}" for number in range(1, 34))
    round_ = Round("round-1", "Dots", "2026-11-30", "dots", "What we need", options)
    way = wall_view.WayIn("http://192.168.1.1:8765", "ABCDEF", "", "Dots", 10, 4, **wall_view.asked(round_))
    shown = wall_view.code(way)
    assert shown.count("<li") == wall_view.MOST_OPTIONS
    assert "and 13 more" in shown
    few = wall_view.asked(dataclasses.replace(round_, options=options[:20]))
    assert (len(few["options"]), few["more"]) == (20, 0)


_COLUMNS = """() => [...document.querySelectorAll('.strip')].map((strip) => {
    const {left, right} = strip.children[1].getBoundingClientRect();
    const aside = strip.lastElementChild;
    return [Math.round(left), Math.round(right), aside.scrollWidth <= aside.clientWidth];
})"""


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1366, 768), (1024, 768)])
@pytest.mark.parametrize("about", ["exit", "quick"])
def test_dots_stand_below_the_heads_of_their_columns_however_wide_the_middle_is_told(
    browser: Browser, about: str, width: int, height: int, lang: str
) -> None:
    fields = [question.field for question in Round("round-7", "A round", "2026-09-16", about).questions]
    people = [("K-12", dict.fromkeys(fields, 1 + person % 2)) for person in range(8)]
    style = Path(wall_view.__file__).with_name("wall.css").read_text("utf-8")
    page = browser.new_page(viewport={"width": width, "height": height})
    try:
        page.set_content(f"<style>{style}</style>{wall_view.results(results_of(about, people), 'all', lang)}")
        columns = page.evaluate(_COLUMNS)
        heads = page.locator(".scale li")
        whole = heads.evaluate_all("(all) => all.every((head) => head.scrollWidth <= head.clientWidth)")
        wraps = set(heads.evaluate_all("(all) => all.map((head) => getComputedStyle(head).overflowWrap)"))
    finally:
        page.close()
    assert whole, "the words of a level fit into its column"
    assert wraps == {"normal"}, "and no word is broken: “someone' / s head”"
    assert len(columns) == 1 + len(fields)
    assert len({(left, right) for left, right, _ in columns}) == 1
    assert all(fits for *_, fits in columns)
