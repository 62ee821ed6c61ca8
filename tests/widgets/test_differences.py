"""Answers of merged copies that contradict each other: side by side, chosen one by one, row by row or all at once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import html5lib
import pytest

from ctekit.history.merging import proposed_doubles
from ctekit.jupyter.partnership import Partnership
from ctekit.model.errors import CtekitError
from ctekit.model.paths import STORE_FILE
from ctekit.store import Edit, merge, open_store
from ctekit.store.differences import Difference, differences
from ctekit.store.told_apart import told_apart
from ctekit.widgets.differences import Differences
from tests.stores import harrow_bend

OURS = {"learners": "<b>ours</b>", "region": "our region"}
THEIRS = {"learners": "theirs", "region": "their region"}


@pytest.fixture(scope="module")
def merged_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two copies that say otherwise in three answers of everybody, and one for the facilitator only."""
    home = tmp_path_factory.mktemp("merged")
    ours, theirs = home / "ours", home / "theirs"
    harrow_bend(ours)
    shutil.copytree(ours, theirs)
    here, there = open_store(ours / STORE_FILE), open_store(theirs / STORE_FILE)
    for store, words in ((here, OURS), (there, THEIRS)):
        store.save([Edit("purpose", field, text, who="ann") for field, text in words.items()])
        store.save([Edit("profile", "role", words["region"], "s-1"), Edit("profile", "note", f"SECRET {words}", "s-1")])
    merge.merge(here, merge.read(here, [there.path]))
    here.close()
    there.close()
    return home


@pytest.fixture
def merged(merged_once: Path, tmp_path: Path) -> Iterator[Partnership]:
    shutil.copytree(merged_once, tmp_path, dirs_exist_ok=True)
    partnership = Partnership(tmp_path / "ours")
    yield partnership
    partnership.store.close()


def named(partnership: Partnership, field: str) -> Difference:
    return next(each for each in differences(partnership.store) if each.stands.field == field)


def test_both_answers_are_shown_side_by_side_with_who_said_them(merged: Partnership) -> None:
    panel = Differences(merged.store)
    page = html5lib.HTMLParser(strict=True).parseFragment(panel.draw(), container="div")
    cells = [" ".join("".join(cell.itertext()).split()) for cell in page.iter("{http://www.w3.org/1999/xhtml}td")]
    assert cells[2].startswith("<b>ours</b>ann, 20"), "text is text"
    assert cells[3].startswith("theirsann, 20")
    assert "Stands now" in cells[3]
    assert "SECRET" not in panel.draw()
    assert "What is for the facilitator only is not shown here." in panel.draw()


def test_what_is_private_is_shown_when_asked_for_and_saved_in_no_notebook(merged: Partnership) -> None:
    panel = Differences(merged.store, private=True)
    assert "SECRET" in panel.draw()
    assert panel.html == ""


def test_one_answer_is_chosen_and_that_is_taken_back(merged: Partnership) -> None:
    panel = Differences(merged.store)
    first = named(merged, "learners")
    assert panel.press("choose", first.of("ours").uid) == "1 answer chosen."
    assert merged["purpose"].learners == "<b>ours</b>"
    assert [choice.difference.stands.field for choice in panel.choices] == ["role", "region"]
    assert panel.press("undo").startswith("Taken back")
    assert merged["purpose"].learners == "theirs"
    again = named(merged, "learners")
    assert [answer.value for answer in again.answers] == ["<b>ours</b>", "theirs"], "it is to be chosen again"
    assert {answer.who for answer in again.answers} == {"ann"}
    panel.draw()  # as after each press
    assert panel.press("choose", again.of("ours").uid) == "1 answer chosen."
    assert merged["purpose"].learners == "<b>ours</b>"


def test_the_history_says_of_answers_said_again_that_a_choice_was_taken_back(merged: Partnership) -> None:
    panel = Differences(merged.store)
    panel.press("choose", named(merged, "learners").of("ours").uid)
    panel.press("undo")
    note = "(said again: a choice was taken back)"
    newest, other, choice, *_ = merged.history("purpose", field="learners")
    assert [each.words.endswith(note) for each in (newest, other, choice)] == [True, True, False]
    assert newest.who == "ann", "who said so first"
    assert merged.history("purpose")._repr_html_().count(note) == 2


def test_what_was_changed_since_it_was_chosen_stays_when_that_is_taken_back(merged: Partnership) -> None:
    panel = Differences(merged.store)
    panel.press("choose", named(merged, "learners").of("ours").uid)
    merged.store.save([Edit("purpose", "learners", "newer")])
    assert panel.press("undo").endswith(" 1 answer changed meanwhile and stays as it is.")
    assert merged["purpose"].learners == "newer"


def test_what_was_changed_meanwhile_is_not_chosen_and_there_is_nothing_to_take_back(merged: Partnership) -> None:
    panel = Differences(merged.store)
    late = named(merged, "learners")
    merged.store.save([Edit("purpose", "learners", "newer")])
    words = panel._choose([(late, late.of("ours"))])
    assert words == "0 answers chosen. 1 answer changed meanwhile and stays as it is."
    assert "Take the last choice back" not in panel.draw()
    assert panel.press("undo") == "There is nothing to take back."


def test_an_answer_that_comes_while_the_panel_is_open_is_asked_for_before_one_is_chosen(
    merged: Partnership, tmp_path: Path
) -> None:
    panel = Differences(merged.store)
    first = named(merged, "learners").of("ours").uid
    harrow_bend(tmp_path / "third")
    shutil.copy(tmp_path / "theirs" / STORE_FILE, tmp_path / "third" / STORE_FILE)
    with closing(open_store(tmp_path / "third" / STORE_FILE)) as third:
        learners = next(each for each in third.history("purpose", "", "learners") if each.value == "theirs")
        third.save([Edit("purpose", "learners", "a third", who="eva", based_on=learners.based_on)])
        merge.merge(merged.store, merge.read(merged.store, [third.path]))
    assert {answer.value for answer in named(merged, "learners").answers} >= {"<b>ours</b>", "a third"}
    with pytest.raises(CtekitError, match="Look at what is there now"):
        panel.press("choose", first)
    assert panel.press("ours") == "2 answers chosen. 1 answer changed meanwhile and stays as it is."
    assert merged["purpose"].learners == "a third"
    assert "a third" in panel.draw()
    assert panel.press("choose", first) == "1 answer chosen."
    assert merged["purpose"].learners == "<b>ours</b>"


def test_a_choice_that_was_taken_back_is_open_in_the_other_copy_too(merged: Partnership) -> None:
    panel = Differences(merged.store)
    panel.press("theirs")
    panel.press("undo")
    path = merged.folder.parent / "theirs" / STORE_FILE
    other = open_store(path)
    merge.merge(other, merge.read(other, [merged.store.path]))
    expected = {(each.stands.field, each.stands.value) for each in differences(merged.store)}
    assert {(each.stands.field, each.stands.value) for each in differences(other)} == expected
    number = merged.store.latest()
    merge.merge(merged.store, merge.read(merged.store, [path]))
    assert merged.store.latest() == number, "and nothing comes back"
    other.close()


def test_a_row_or_all_are_chosen_at_once(merged: Partnership) -> None:
    panel = Differences(merged.store)
    assert panel.press("ours", "purpose/") == "2 answers chosen."
    assert (merged["purpose"].learners, merged["purpose"].region) == ("<b>ours</b>", "our region")
    assert panel.press("ours") == "1 answer chosen."
    assert merged["profile"].people[0].role == "our region"
    assert "No copies contradict each other" in panel.draw()
    assert len(differences(merged.store)) == 1, "what is for the facilitator only was not shown, and not chosen"


def test_a_button_of_what_is_gone_says_so(merged: Partnership) -> None:
    panel = Differences(merged.store)
    uid = named(merged, "region").of("ours").uid
    panel.press("choose", uid)
    with pytest.raises(CtekitError, match="meanwhile"):
        panel.press("choose", uid)


def test_organizations_that_look_like_the_same_are_joined_by_a_button(merged: Partnership) -> None:
    other = open_store(merged.folder.parent / "theirs" / STORE_FILE)
    other.save([Edit("profile", "name", "Ostrander Tool, Inc.", "org-*")])
    merge.merge(merged.store, merge.read(merged.store, [other.path]))
    other.close()
    panel = Differences(merged.store)
    number = len(merged["profile"].organizations)
    assert "Make one of them, called “Ostrander Tool”" in panel.draw()
    (double,) = proposed_doubles(merged.store)
    assert panel.press("join", f"{double.first} {double.second}").startswith("They are one now")
    assert len(merged["profile"].organizations) == number - 1
    assert "look like the same" not in panel.draw().lower()
    assert panel.press("part") == "They are two again."
    assert len(merged["profile"].organizations) == number


def test_two_that_only_look_like_the_same_are_told_apart_for_all_copies_until_somebody_asks_again(
    merged: Partnership,
) -> None:
    other = open_store(merged.folder.parent / "theirs" / STORE_FILE)
    other.save([Edit("profile", "name", "Ostrander Tool, Inc.", "org-*")])
    merged.store.save([Edit("profile", "name", "Quite Another", "org-*")])  # the same id, here
    merge.merge(merged.store, merge.read(merged.store, [other.path]))
    panel = Differences(merged.store)
    (double,) = proposed_doubles(merged.store)
    assert "They are two" in panel.draw()
    panel.press("two", f"{double.first} {double.second}")
    assert proposed_doubles(merged.store) == []
    merge.merge(other, merge.read(other, [merged.store.path]))
    merge.merge(merged.store, merge.read(merged.store, [other.path]))
    assert proposed_doubles(other) == proposed_doubles(merged.store) == [], "merged again nobody is asked again"
    (pair,) = told_apart(other)
    assert {other.load().name(row) for row in pair} == set(double.names), "by whatever ids they have there"
    assert "1 pair" in panel.press("ask")
    assert [each.names for each in proposed_doubles(merged.store)] == [double.names]
    other.close()


def test_the_overview_says_that_there_is_something_to_choose(merged: Partnership) -> None:
    display = merged.overview()
    assert "Merged copies contradict each other: 3 answers" in display.view()
    Differences(merged.store).press("theirs")
    assert "Merged copies" not in display.view()


def test_a_notebook_shows_it_and_a_page_does_not(merged: Partnership) -> None:
    display = merged.differences()
    assert display._repr_html_() == ""
    assert repr(display) == "<differences>"
