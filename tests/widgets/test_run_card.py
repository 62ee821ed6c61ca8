"""The card that starts a run in a notebook: three buttons, and no token in anything that a notebook saves."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

import ctekit
from ctekit import workshop, workspace
from ctekit.editing.protocol import ToPanel
from ctekit.model.errors import CtekitError, NotFoundError
from ctekit.store import Edit
from ctekit.widgets.run_card import RunCard
from ctekit.workshop.progress import read
from tests.protocol import fitting
from tests.stores import harrow_bend


class Card:
    """A card and all that it has told its page."""

    def __init__(self, folder: Path) -> None:
        self.partnership = ctekit.open_partnership(folder)
        self.display = self.partnership.run()
        self.card: RunCard = self.display.live()
        self.told: list[dict[str, Any]] = []
        self.card.send = lambda message: self.told.append(fitting(message, ToPanel))  # type: ignore[method-assign]
        self.card._receive(None, {"seen": True, "view": "v"}, [])

    def press(self, act: str, **typed: str) -> str:
        return self.card.press(
            act, "", json.dumps({f"{self.card.name} {name}": words for name, words in typed.items()})
        )

    def tokens(self) -> dict[str, str]:
        assert self.card.rooms.process is not None
        return {screen: page.rpartition("/")[2] for screen, page in self.card.rooms.process.screens().items()}

    def saved(self) -> str:
        """What a notebook would keep of it."""
        return json.dumps([self.card.get_state(), self.display._repr_mimebundle_()], default=str)


@pytest.fixture
def card(tmp_path: Path) -> Iterator[Card]:
    harrow_bend(tmp_path / "ours")
    opened = Card(tmp_path / "ours")
    yield opened
    if opened.card.rooms.now():
        opened.card.rooms.process.end()  # type: ignore[union-attr]


def test_a_run_is_started_and_its_screens_open_from_the_card(card: Card) -> None:
    assert "Start the run" in card.card.draw()
    assert "Open the wall on the projector" in card.press("start", start="9:00")
    assert "Open the wall" in card.card.draw()
    assert "Why we are here" in card.card.draw() or "Doors" in card.card.draw()
    for screen in ("wall", "lead"):
        card.press(screen)
        address = card.told[-1]["open"]
        answer = httpx.get(address, follow_redirects=True, trust_env=False)
        assert answer.status_code == 200
        assert answer.url.path == f"/{screen}/"


def test_of_a_rehearsal_nobody_is_told_that_its_answers_stay(card: Card) -> None:
    card.press("rehearse")
    for said in (card.press("end"), card.card.draw()):
        assert "All that was answered in this rehearsal is thrown away." in said
        assert "stays" not in said
    assert card.press("end_sure") == "The rehearsal has ended. Nothing of it is kept."
    card.press("start")
    assert "What was answered stays." in card.press("end")


def test_no_token_stands_in_what_a_notebook_saves_nor_in_the_cards_html(card: Card) -> None:
    card.press("start")
    for act in ("wall", "lead", "phone", "menu", "end", "menu"):
        card.press(act)
        html = card.card.draw()
        for token in card.tokens().values():
            assert token not in html
            assert token not in card.saved()


def test_the_code_for_the_leads_phone_is_shown_only_when_asked_for_and_saved_nowhere(card: Card) -> None:
    card.press("start")
    assert "this computer only" in card.press("phone") or "no phone can reach it" in card.card.draw()
    assert "<svg" not in card.card.draw()
    card.press("show_code")
    assert "<svg" in card.card.draw()
    assert "<svg" not in card.saved()
    card.press("menu")
    assert "<svg" not in card.card.draw()


def test_another_kernel_goes_on_with_the_run_and_so_does_a_new_room(card: Card) -> None:
    card.press("start", start="9:00")
    card.card.rooms.process.act("next")  # type: ignore[union-attr]
    kept = read(card.card.rooms.folder)
    other = Card(card.card.rooms.folder)
    assert other.card.draw().count("Open the wall") == 1
    assert "has ended" in other.press("end_sure")
    assert "Start the run" in other.card.draw()
    assert "goes on where it was" in other.press("start")
    assert read(card.card.rooms.folder) == kept


def test_a_rehearsal_leaves_the_real_clock_alone(card: Card) -> None:
    card.press("rehearse", start="9:00")
    assert card.card.rooms.now()["rehearsal"] is True  # type: ignore[index]
    assert read(card.card.rooms.folder) is None


def test_a_run_can_be_started_in_a_room_that_another_panel_opened(card: Card) -> None:
    process = card.card.rooms.open()
    drawn = card.card.draw()
    assert "no run has started" in drawn
    assert 'data-act="start"' in drawn
    process.act("begin", path="half-day")
    card.card.rooms.look_again()
    card.card.refresh()
    assert "no run has started" not in card.told[-1]["html"]
    assert read(card.card.rooms.folder).path == "half-day"  # type: ignore[union-attr]


def test_a_rehearsal_is_called_one_and_its_run_is_started_in_it(card: Card) -> None:
    card.card.rooms.open(rehearsal=True)
    assert "This is a rehearsal" in card.card.draw()
    assert "The run has started" in card.press("start", start="9:00")
    drawn = card.card.draw()
    assert "This is a rehearsal" in drawn
    assert "no run has started" not in drawn
    assert read(card.card.rooms.folder) is None


def test_what_cannot_be_done_is_said(card: Card) -> None:
    with pytest.raises(CtekitError, match="No room is open"):
        card.press("wall")
    with pytest.raises(CtekitError, match="is not a time of day"):
        card.press("start", start="soon")
    with pytest.raises(CtekitError, match="older version"):
        card.press("fly")
    with pytest.raises(NotFoundError, match="There is no path"):
        card.partnership.run("whole-day")
    with pytest.raises(NotFoundError, match="has 2 meetings"):
        card.partnership.run("two-half-days", meeting=3)


def test_a_card_starts_the_meeting_that_was_asked_for(card: Card) -> None:
    second = card.partnership.run("two-half-days", meeting=2).live()
    assert second is card.partnership.run("two-half-days", meeting=2).live()
    assert second is not card.partnership.run("two-half-days").live()
    second.press("start", "", "{}")
    assert read(second.rooms.folder).session == 1  # type: ignore[union-attr]


def test_a_card_says_what_is_still_to_be_written_until_somebody_has_written_it(tmp_path: Path) -> None:
    workspace.make(tmp_path / "blank")
    opened = Card(tmp_path / "blank")
    assert "name the organizations in the profile" in opened.card.draw()
    store = opened.partnership.store
    store.save([Edit("profile", "row", "", row="org-*"), Edit("profile", "name", "Lopes Welding", row="org-*")])
    opened.card.refresh()
    assert "name the organizations" not in opened.told[-1]["html"]
    before = len(opened.told)
    opened.card.refresh()
    assert len(opened.told) == before


def test_whoever_never_opens_a_terminal_runs_any_meeting_of_any_path(card: Card) -> None:
    drawn = card.card.draw()
    assert re.findall(r'<option value="([^"]+)" selected', drawn) == ["half-day 0"]
    choices = re.findall(r'<option value="([\w-]+) (\d+)"', drawn)
    sessions = {name: len(workshop.load(name).sessions) for name in workshop.NAMES}
    assert sorted(choices) == sorted((name, str(number)) for name, many in sessions.items() for number in range(many))
    card.press("start", path="seven-meetings 4")
    kept = read(card.card.rooms.folder)
    assert kept is not None
    assert (kept.path, kept.session) == ("seven-meetings", 4)
    assert "Meeting 5: messages" in card.card.draw()
    other = Card(card.card.rooms.folder)
    assert "Meeting 5: messages" in other.card.draw()  # in the next kernel, too
    other.press("end_sure")
    assert re.findall(r'<option value="([^"]+)" selected', other.card.draw()) == ["seven-meetings 4"]
    assert "goes on where it was" in other.press("start")
