"""The kit of a workshop: what is in it, for how many, with whose names, and what may never stand on a sheet."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from html import unescape
from pathlib import Path

import pytest

import ctekit
from ctekit.export import ExportError
from ctekit.export.kit import Options, PrintedSheet, kit
from ctekit.export.kit._seats import sectors
from ctekit.export.kit._sheets import all_sheets
from ctekit.ratings import questions
from ctekit.rubrics import translation
from ctekit.worksheets.purpose import Purpose
from ctekit.workshop import NAMES
from ctekit.workshop.marks import marks
from ctekit.workshop.posters import posters
from tests import stores
from tests.secrets import SECRET, plant

PARTS = ("learners", "change", "start", "target", "by", "employer_reason", "learner_reason")
"""Of the sentence of purpose, as `Purpose.composed` puts them together."""
HOSTILE = '<script>alert(1)</script> & "x"'


def words(path: Path) -> str:
    """What a sheet says, without its style and tags."""
    html = path.read_text("utf-8")
    return " ".join(re.sub(r"<style>.*?</style>|<[^>]+>", " ", html, flags=re.DOTALL).split())


def printed(output: Path, folder: Path | None = None, **options: object) -> dict[str, PrintedSheet]:
    return {line.sheet.name: line for line in kit(folder, output, Options(**options))}  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("kit")
    kit(None, output, Options(language="es"))
    return output


def test_the_checklist_comes_first_and_names_every_sheet_with_its_pages_and_copies(blank: Path) -> None:
    lines = kit(None, blank, Options(language="es"))
    assert lines[0].sheet.title == "Checklist"
    shown = words(blank / "00-checklist.html")
    copies = {line.sheet.name: line.copies for line in lines}
    for line in lines[1:]:
        if line.sheet.language == "es":
            assert f'href="{line.sheet.name}.html"' in (blank / "00-checklist.html").read_text("utf-8")
            continue
        spanish = copies.get(f"{line.sheet.name}-es")
        title = line.sheet.title + (" and in Spanish" if spanish else "")
        how_many = f"{line.copies} + {spanish}" if spanish else line.copies
        about = "about " if line.sheet.about else ""
        assert f"{title} {about}{line.pages} {how_many} {line.sheet.stock}" in shown
    assert f"{sum(line.paper for line in lines)} sheets of paper at most, with this one" in shown


def test_a_sheet_is_one_file_and_its_first_lines_are_all_that_the_checklist_needs() -> None:
    assert len(all_sheets()) > 25
    assert all(sheet.title and sheet.part for sheet in all_sheets())


def test_amounts_grow_with_the_people_who_come(tmp_path: Path) -> None:
    few, many = printed(tmp_path / "few", people=8), printed(tmp_path / "many", people=40)
    assert (few["37-ballot"].copies, many["37-ballot"].copies) == (10, 42)
    assert (few["31-need-cards"].copies, many["31-need-cards"].copies) == (6, 22)
    assert (few["11-badges"].pages, many["11-badges"].pages) == (1, 5)
    assert "8 people at 2 tables" in words(tmp_path / "few" / "02-amounts.html")
    assert "Chairs 43" in words(tmp_path / "many" / "02-amounts.html")


@pytest.mark.parametrize("path", NAMES)
def test_each_path_has_a_kit(path: str, tmp_path: Path) -> None:
    lines = printed(tmp_path, path=path)
    assert ("38-element-ballots" in lines) == (path == "seven-meetings")
    assert "half-day" in words(tmp_path / "03-invitation-employer.html") or path not in ("half-day", "two-half-days")


def test_spanish_is_added_for_what_families_and_employers_hold(blank: Path, tmp_path: Path) -> None:
    english = printed(tmp_path)
    assert not [name for name in english if name.endswith("-es")]
    spanish = {path.stem for path in blank.iterdir()} - set(english)
    assert spanish == {
        *("05-invitation-family-es", "31-need-cards-es", "32-slips-es"),
        *("37-ballot-es", "39-exit-ballot-es", "23-sentence-strips-es", "34-number-cards-es"),
    }
    for name in spanish:
        assert '<html lang="es">' in (blank / f"{name}.html").read_text("utf-8")
    assert "No sé" in words(blank / "37-ballot-es.html")


def test_a_slip_asks_what_the_worksheet_asks_and_a_need_card_says_by_when(blank: Path) -> None:
    slip = words(blank / "32-slips.html")
    for box in ("Organization", "We give", "How much", "By when", "We get", "In our own words", "Signed"):
        assert slip.count(f" {box} ") == 2, "two half sheets on a page"
    card = words(blank / "31-need-cards.html")
    for box in ("For which promise?", "At least how many?", "By when?", "must should could"):
        assert card.count(box) == 4
    measure = words(blank / "33-measure-cards.html")
    for box in ("Plain name", "Which promise?", "Out of whom?", "Who holds the figure?", "Who answers for it?"):
        assert measure.count(box) == 4


def test_a_sentence_strip_asks_for_the_parts_that_the_quick_questions_ask_for(blank: Path) -> None:
    quick = Purpose.questions()
    (poster,) = [poster for poster in posters() if poster.title == "What for?"]
    assert [question.title for question in poster.parts[0].questions] == [quick[field].title for field in PARTS]
    for strip in [
        strip
        for name in ("23-sentence-strips", "23-sentence-strips-es")
        for strip in (blank / f"{name}.html").read_text("utf-8").split('class="strip"')[1:]
    ]:
        assert strip.count("<span>") == len(PARTS)
    assert all(quick[field].quick for field in PARTS)


def test_ballots_have_a_box_for_each_level_and_one_for_not_knowing(blank: Path) -> None:
    for name, rows in (("37-ballot", 7), ("37-ballot-es", 7), ("39-exit-ballot", 4), ("39-exit-ballot-es", 4)):
        lines = re.findall(r'<tr><th scope="row">.*?</tr>', (blank / f"{name}.html").read_text("utf-8"))
        assert [line.count("<td") for line in lines] == [6] * rows, name
    shown = words(blank / "37-ballot.html")
    assert "not been validated" in shown
    assert "learners &amp; families" in shown
    assert "I don&#39;t know" in shown.replace("’", "&#39;")


@pytest.mark.parametrize("name", ["34-number-cards", "34-number-cards-es"])
def test_number_cards_run_from_0_to_5_in_the_words_of_the_phones(name: str, blank: Path) -> None:
    figures = re.findall(r'class="figure">(.)<', (blank / f"{name}.html").read_text("utf-8"))
    assert figures[:6] == ["0", "1", "2", "3", "4", "5"]
    translations = translation("es", "room.toml")["said"] if name.endswith("-es") else {}
    for choice in questions("fist", title="-")[0].choices:
        assert translations.get(choice.text, choice.text) in words(blank / f"{name}.html")


def test_the_exit_ballot_on_paper_asks_what_phones_ask_and_no_more(blank: Path) -> None:
    for name in ("39-exit-ballot", "39-exit-ballot-es"):
        html = (blank / f"{name}.html").read_text("utf-8")
        assert html.count('<tr><th scope="row">') == 2 * len(questions("exit"))
        assert "rule" not in html.split("<main")[1]


def test_marks_mean_the_same_on_the_list_the_poster_and_the_run_sheet(blank: Path) -> None:
    for name in ("02-amounts", "21-posters", "41-run-sheet"):
        shown = words(blank / f"{name}.html")
        for mark in [*marks().values()][:3]:
            assert mark.name in shown.replace(mark.name.capitalize(), mark.name), (name, mark.name)
        for sign, kind in {"●": "dots?", "▲": "notes? marked", "■": "notes?", "✕": "notes?"}.items():
            assert shown.count(sign) == len(re.findall(rf"\b{kind} {sign}", shown.lower())), (name, sign)
    assert all(
        f"{mark.name.capitalize()}: {mark.means}" in words(blank / "02-amounts.html") for mark in marks().values()
    )


def test_badges_are_told_apart_by_letter_and_shape(blank: Path) -> None:
    assert [sector.letter for sector in sectors()] == list("BKCWPFV")
    assert len({sector.shape for sector in sectors()}) == 7
    html = (blank / "11-badges.html").read_text("utf-8")
    assert html.count("<svg") == 24
    for sheet in ("11-badges", "07-room-plan"):
        assert all(sector.name in unescape(words(blank / f"{sheet}.html")) for sector in sectors()), (
            "as the form names it"
        )
    assert "color" not in words(blank / "11-badges.html")


def test_a_table_card_for_each_table_whether_two_come_or_five(blank: Path) -> None:
    shown = words(blank / "35-table-cards.html")
    assert Counter(re.findall(r"For (\d) tables", shown)) == {"2": 2, "3": 3, "4": 4, "5": 5}


def test_badges_and_the_plan_give_the_seat_that_the_lead_reads_out(blank: Path) -> None:
    assert "Table 1, seat 1. Partner: seat 2" in words(blank / "11-badges.html")
    assert "Table 1 1 B" in words(blank / "07-room-plan.html")


# Names


@pytest.fixture(scope="module")
def harrow_bend(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("kit-names") / "home"
    stores.harrow_bend(home)
    return home


def test_names_of_the_partnership_stand_on_sheets_where_they_belong(harrow_bend: Path, tmp_path: Path) -> None:
    kit(harrow_bend, tmp_path, Options())
    assert "Marcus Dray" in words(tmp_path / "11-badges.html")
    assert "Harrow Bend" in words(tmp_path / "03-invitation-employer.html")
    assert "More graduates leave with a credential" in words(tmp_path / "51-within-48-hours.html")


def test_no_one_of_families_and_learners_is_named_nor_one_whose_sector_is_not_known(
    harrow_bend: Path, tmp_path: Path
) -> None:
    partnership = ctekit.open_partnership(harrow_bend)
    families = {org.id for org in partnership["profile"].organizations if org.sector == "learners & families"}
    assert families
    partnership.add("profile", "people", {"name": "Rosa Familia", "organization": min(families), "here_today": True})
    partnership.add("profile", "people", {"name": "Nobody Knows", "here_today": True})
    school = next(org.id for org in partnership["profile"].organizations if org.sector == "K-12")
    for name, more in {"Parent Atschool": {"groups": ["parents"]}, "Gone Teacher": {"left_on": "2026-09-01"}}.items():
        partnership.add("profile", "people", {"name": name, "organization": school, **more})
    names = [person.name for person in partnership["profile"].people if person.organization in families]
    kit(harrow_bend, tmp_path, Options(language="es"))
    shown = "".join(words(path) for path in tmp_path.iterdir())
    names += ["Nobody Knows", "Parent Atschool", "Gone Teacher"]
    assert [name for name in names if name and name in shown] == []


def test_the_checklist_says_why_a_badge_has_no_name(harrow_bend: Path, tmp_path: Path) -> None:
    partnership = ctekit.open_partnership(harrow_bend)
    new = partnership.add("profile", "organizations", {"name": "Valley Hospital"})
    partnership.add("profile", "people", {"name": "Ann Nurse", "organization": new, "here_today": True})
    for sector, is_said in (("", True), ("business & industry", False)):
        if sector:
            partnership.change("profile", new, sector=sector)
        kit(harrow_bend, tmp_path, Options())
        assert ("Badges without a name: people of Valley Hospital" in words(tmp_path / "00-checklist.html")) is is_said
        assert ("Ann Nurse" in words(tmp_path / "11-badges.html")) is not is_said


def test_nothing_private_stands_on_any_sheet(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert plant(home) > 100
    kit(home, tmp_path / "kit", Options(language="es"))
    assert not [path.name for path in (tmp_path / "kit").iterdir() if SECRET.search(path.read_text("utf-8"))]


def test_what_people_wrote_is_text(tmp_path: Path) -> None:
    stores.harrow_bend(tmp_path / "home")
    partnership = ctekit.open_partnership(tmp_path / "home")
    partnership.answer("profile", "name", HOSTILE)
    partnership.answer("purpose", "sentence", HOSTILE)
    for table in ("people", "organizations"):
        partnership.change("profile", partnership["profile"].rows(table)[0].id, name=HOSTILE)
    partnership.change("purpose", partnership["purpose"].clauses[0].id, promise=HOSTILE)
    kit(tmp_path / "home", tmp_path / "kit", Options())
    for path in (tmp_path / "kit").iterdir():
        assert "<script" not in path.read_text("utf-8"), path.name
    assert "&lt;script&gt;" in (tmp_path / "kit" / "11-badges.html").read_text("utf-8")


def test_letters_give_the_hour_at_which_the_day_begins_once_it_is_known(tmp_path: Path, blank: Path) -> None:
    kit(None, tmp_path, Options(language="es", start=datetime.time(13, 30)))
    for name in ("03-invitation-employer", "04-invitation-educator", "05-invitation-family", "42-interpreter"):
        assert "at 1:30 PM" in words(tmp_path / f"{name}.html")
        assert "1:30" not in words(blank / f"{name}.html")
    assert "a la 1:30 p. m." in words(tmp_path / "05-invitation-family-es.html")
    assert "9:08" in words(blank / "41-run-sheet.html")


# What is refused


def test_what_is_not_ours_is_not_written_over_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "31-need-cards.html").write_text("<p>Mine</p>")
    with pytest.raises(ExportError, match="was not made by ctekit"):
        kit(None, tmp_path, Options())
    assert [path.name for path in tmp_path.iterdir()] == ["31-need-cards.html"]


def test_sheets_of_an_earlier_kit_that_this_one_does_not_have_are_gone_and_nothing_else_is(tmp_path: Path) -> None:
    kit(None, tmp_path, Options(path="employers-90", language="es"))
    (tmp_path / "32-slips-es.html").write_text("<p>Mine</p>", "utf-8")
    (tmp_path / "map.html").write_text("<p>How to get here</p>", "utf-8")
    lines = kit(None, tmp_path, Options())
    files = {path.stem for path in tmp_path.iterdir()}
    assert files == {line.sheet.name for line in lines} | {"32-slips-es", "map"}


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"people": 1}, "A kit is for 2 to 400 people, not 1"),
        ({"paper": "legal"}, "There is no paper called “legal”. Choose letter or a4."),
        ({"language": "fr"}, "There is no kit in “fr”. Choose en or es."),
    ],
)
def test_an_option_that_cannot_be_is_said(options: dict[str, object], says: str) -> None:
    with pytest.raises(ExportError, match=says):
        Options(**options)  # type: ignore[arg-type]
