"""``ctekit run``: the clock of a run in a terminal, with the same words as the lead's view."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import httpx
import pytest

from ctekit import room, workspace
from ctekit.model.errors import CtekitError
from ctekit.room import run_console
from ctekit.workshop.progress import read
from tests.stores import harrow_bend

pytestmark = pytest.mark.slow  # each starts a room


class Terminal:
    """Somebody who types these lines, and then q."""

    def __init__(self, folder: Path, *typed: str) -> None:
        self.folder, self.typed = folder, iter([*typed, "q"])
        self.told: list[str] = []
        self.pages: dict[str, str] = {}

    def run(self, path: str = "half-day", **more: object) -> str:
        run_console.run(
            self.folder,
            path,
            say=lambda *lines: self.told.extend(map(str, lines)),
            ask=lambda: next(self.typed),
            show=self.pages.__setitem__,
            **more,  # type: ignore[arg-type]
        )
        return "\n".join(self.told)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    harrow_bend(tmp_path / "ours")
    yield tmp_path / "ours"
    running = room.find(tmp_path / "ours")
    if running:
        running.end()


def test_the_clock_goes_on_by_letters_and_the_same_command_takes_it_up_again(folder: Path) -> None:
    printed = Terminal(folder, "", "+5", "b", "s").run()
    # The minute after which the clock began to run: it runs while the room is asked.
    for clock in ("Doors, (20:00|19:..)", r"Why we are here, (8:00|7:..)", r"Why we are here, (13:00|12:..)"):
        assert re.search(f"Now: {clock} left", printed), clock
    assert "q: leave" in printed
    kept = read(folder)
    assert kept is not None
    assert kept.visits[-1].block == "welcome"
    assert "Now: Why we are here" in Terminal(folder).run()
    assert read(folder) == kept
    assert "Now: Doors" in Terminal(folder).run(again=True)


def test_enter_goes_on_from_the_block_that_was_printed_and_not_from_a_later_one(folder: Path) -> None:
    terminal = Terminal(folder)

    def lines() -> Iterator[str]:
        running = room.find(folder)
        assert running
        running.act("next")  # somebody presses in the lead's view, while this waits for a line
        yield ""
        yield "s"

    terminal.typed = chain(lines(), ["q"])
    printed = terminal.run()
    assert "Somebody else has gone on: now is “Why we are here”" in printed
    kept = read(folder)
    assert kept is not None
    assert kept.visits[-1].block != "doors"


def test_the_pages_are_opened_and_no_token_is_printed(folder: Path) -> None:
    terminal = Terminal(folder)
    printed = terminal.run()
    assert set(terminal.pages) == {"wall", "lead"}
    for page in terminal.pages.values():
        assert page.rpartition("/")[2] not in printed
        assert httpx.get(page, follow_redirects=True, trust_env=False).status_code == 200


def test_what_the_day_needs_is_said_at_its_start_and_how_the_leads_view_gets_onto_a_phone(tmp_path: Path) -> None:
    workspace.make(tmp_path / "blank")
    for more in ({"rehearsal": True}, {}):
        printed = Terminal(tmp_path / "blank").run(**more)
        assert "Still to be written for this run:" in printed
        assert "has slips on phones: name the organizations in the profile before you begin" in printed
        assert printed.count("has to be typed by then") >= 2
        assert "Show the code for my own phone" in printed
        running = room.find(tmp_path / "blank")
        assert running
        running.end()


def test_a_full_partnership_is_told_of_nothing_that_it_has(folder: Path) -> None:
    assert "name the organizations" not in Terminal(folder).run()


def test_what_is_no_step_is_said_and_changes_nothing(folder: Path) -> None:
    printed = Terminal(folder, "x", "?").run()
    assert "“x” is none of the steps" in printed
    with pytest.raises(CtekitError, match="has 1 meeting"):
        Terminal(folder).run(session=2)
    with pytest.raises(CtekitError, match="There is no path"):
        Terminal(folder).run("whole-day")
    with pytest.raises(CtekitError, match="is not a time of day"):
        Terminal(folder).run(again=True, at="soon")


def test_another_meeting_of_the_same_path_begins_its_own_clock(folder: Path) -> None:
    for session in (1, 2, 2):
        Terminal(folder).run("two-half-days", session=session)
        assert read(folder).session == session - 1  # type: ignore[union-attr]
    kept = read(folder)
    assert "is none of the steps" in Terminal(folder, "²").run("two-half-days", session=2)
    assert "is no number of minutes" in Terminal(folder, "9" * 4300).run("two-half-days", session=2)
    assert read(folder) == kept
