"""The clock of a run: now, next, what is left, ahead or behind; never a moment that was not handed in."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from ctekit.model.errors import CtekitError
from ctekit.workshop.progress import FILE, Progress, read, write
from ctekit.workshop.run import Run, on_wall

NINE = datetime.datetime(2026, 9, 16, 9, 0, tzinfo=datetime.UTC)


@dataclass(frozen=True)
class Timed:
    key: str
    minutes: int
    before: bool = False


def run(*minutes: int, start: datetime.datetime | None = NINE, doors: int = 0) -> Run:
    blocks = [Timed(f"block-{number}", length) for number, length in enumerate(minutes)]
    blocks = [Timed("doors", doors, before=True), *blocks] if doors else blocks
    return Run(blocks, Progress(path="test", start=start))  # type: ignore[arg-type]


def after(minutes: float, start: datetime.datetime = NINE) -> datetime.datetime:
    return start + datetime.timedelta(minutes=minutes)


def test_before_the_start_the_first_block_is_next_and_nothing_is_late() -> None:
    waiting = run(8, 14)
    assert (waiting.now, waiting.next.key, waiting.left(after(90)), waiting.behind(after(90))) == (
        None,
        "block-0",
        0,
        0,
    )
    assert [slot.starts for slot in waiting.slots(after(-30))] == [NINE, after(8)]


def test_a_room_that_starts_late_is_behind_until_it_skips() -> None:
    late = run(8, 14, 8, 30).begin(after(7))
    assert late.behind(after(7)) == 7
    assert late.skip("block-2", after(7)).behind(after(7)) == -1
    assert late.skip("block-2", after(7)).put_back("block-2").behind(after(7)) == 7


def test_without_a_planned_start_the_run_sheet_begins_when_the_room_does() -> None:
    assert run(8, 14, start=None).begin(after(600)).behind(after(600)) == 0


def test_the_doors_close_at_the_start_whenever_they_were_opened() -> None:
    on = run(8, 14, doors=20).begin(after(-12))
    assert (on.now.key, on.left(after(-12)), on.behind(after(-12))) == ("doors", 12 * 60, 0)
    assert (on.left(after(3)), on.behind(after(3))) == (-180, 3)
    assert run(8, 14, doors=20).begin(after(3)).now.key == "block-0"
    assert [slot.starts for slot in run(8, 14, doors=20).slots(after(-60))] == [after(-20), NINE, after(8)]


def test_where_no_start_was_planned_the_session_starts_when_the_doors_close() -> None:
    open_doors = run(8, 14, doors=20, start=None).begin(NINE)
    assert (open_doors.behind(NINE), open_doors.behind(after(25))) == (0, 5)
    seated = open_doors.go_on(after(25))
    assert (seated.behind(after(25)), seated.behind(after(35))) == (0, 2)


def test_minutes_left_go_below_zero_and_the_room_falls_behind_only_then() -> None:
    on = run(8, 14).begin(NINE)
    assert (on.left(after(5)), on.behind(after(5))) == (180, 0)
    assert (on.left(after(11)), on.behind(after(11))) == (-180, 3)


def test_added_minutes_count_at_once() -> None:
    more = run(8, 14).begin(NINE).add(5)
    assert (more.left(NINE), more.behind(NINE), more.slots(NINE)[1].starts) == (13 * 60, 5, after(13))
    assert more.add(-100).left(NINE) == 0


def test_skipping_the_block_that_is_on_goes_on_and_going_back_takes_it_up_again() -> None:
    on = run(8, 14, 8).begin(NINE)
    skipped = on.skip("block-0", after(2))
    assert skipped.now.key == "block-1"
    assert [slot.state for slot in skipped.slots(after(2))] == ["skipped", "now", "next"]
    assert skipped.go_back() == on


def test_what_is_over_can_no_longer_be_skipped_and_nothing_is_lost_by_trying() -> None:
    on = run(8, 14).begin(NINE).go_on(after(8))
    for key in ("block-0", "block-9"):
        with pytest.raises(CtekitError, match="over, or not in this agenda"):
            on.skip(key, after(9))
    with pytest.raises(CtekitError, match="Start the run first"):
        run(8).add(5)


def test_after_the_last_block_the_run_has_ended_and_can_be_taken_back() -> None:
    over = run(8, 14).begin(NINE).go_on(after(8)).go_on(after(20))
    assert over.ended
    assert (over.now, over.next, over.left(after(60))) == (None, None, 0)
    assert [slot.ends for slot in over.slots(after(60))] == [after(8), after(20)]
    assert over.go_on(after(61)) == over
    assert over.go_back().now.key == "block-1"
    skipped = run(8).begin(NINE).skip("block-0", after(1))
    assert skipped.ended
    assert skipped.go_back() == run(8).begin(NINE)
    assert skipped.go_back().go_back() == run(8)


def test_a_block_that_an_edited_agenda_no_longer_has_breaks_nothing() -> None:
    on = run(8, 14).begin(NINE).go_on(after(8))
    fewer = Run(on.blocks[:1], on.progress)
    assert fewer.now.key == "block-0"
    assert fewer.slots(after(9))


def test_a_run_is_found_again_in_its_folder_and_a_spoiled_file_is_no_run(tmp_path: Path) -> None:
    assert read(tmp_path) is None
    on = run(8, 14).begin(NINE).add(3)
    write(tmp_path, on.progress)
    assert read(tmp_path) == on.progress
    assert [path.name for path in tmp_path.iterdir()] == [FILE]
    (tmp_path / FILE).write_text('{"path": 3', "utf-8")
    assert read(tmp_path) is None


def test_going_on_takes_down_what_the_lead_had_put_on_the_wall() -> None:
    on = run(8, 14).begin(NINE)
    shown = Run(on.blocks, on.progress.model_copy(update={"wall": "needs", "chosen": NINE}))
    assert on_wall(shown.progress, after(8)) == "needs"
    assert on_wall(shown.go_on(after(8)).progress, after(8)) == ""


def test_what_was_put_on_the_wall_on_another_day_is_not_there_today() -> None:
    shown = Progress(path="", wall="needs", chosen=NINE)
    assert on_wall(shown, after(60)) == "needs"
    assert on_wall(shown, after(24 * 60)) == ""
    assert on_wall(None, NINE) == ""


LENGTHS = some.lists(some.integers(1, 90), min_size=1, max_size=12)


@settings(deadline=None)
@given(LENGTHS)
def test_whoever_keeps_the_run_sheet_is_never_ahead_or_behind(lengths: list[int]) -> None:
    on, clock = run(*lengths).begin(NINE), 0
    for length in lengths:
        assert (on.left(after(clock)), on.behind(after(clock))) == (length * 60, 0)
        clock += length
        on = on.go_on(after(clock))
    assert on.ended


ACTS = some.lists(
    some.tuples(some.sampled_from(["on", "back", "add", "skip", "put back"]), some.integers(-20, 40)), max_size=30
)


def play(on: Run, acts: list[tuple[str, int]]) -> tuple[Run, datetime.datetime]:
    """What a lead does, a minute or so apart; what cannot be done changes nothing."""
    now = NINE
    for act, number in acts:
        now += datetime.timedelta(minutes=abs(number) % 7)
        key = f"block-{abs(number) % len(on.blocks)}"
        try:
            match act:
                case "on":
                    on = on.go_on(now)
                case "back":
                    on = on.go_back()
                case "add":
                    on = on.add(number)
                case "skip":
                    on = on.skip(key, now)
                case _:
                    on = on.put_back(key)
        except CtekitError:
            continue
    return on, now


@settings(deadline=None)
@given(LENGTHS, ACTS)
def test_whatever_a_lead_does_times_go_forward_and_what_is_kept_brings_all_of_it_back(
    lengths: list[int], acts: list[tuple[str, int]]
) -> None:
    on, now = play(run(*lengths), acts)
    slots = [slot for slot in on.slots(now) if slot.state != "skipped"]
    assert all(slot.starts <= slot.ends for slot in slots)
    assert all(earlier.ends <= later.starts for earlier, later in pairwise(slots))
    assert sum(slot.state == "now" for slot in slots) == (on.now is not None)
    visited = [visit.block for visit in on.progress.visits]
    assert visited == sorted(visited, key=lambda key: int(key.partition("-")[2]))
    assert len(visited) == len(set(visited))
    assert Run(on.blocks, Progress.model_validate_json(on.progress.model_dump_json())) == on


@settings(deadline=None)
@given(LENGTHS, ACTS)
def test_going_on_and_straight_back_changes_nothing(lengths: list[int], acts: list[tuple[str, int]]) -> None:
    on, now = play(run(*lengths).begin(NINE), acts)
    if on.now:
        assert on.go_on(now).go_back() == on
        assert on.go_on(now).ended or on.go_on(now).behind(now) <= on.behind(now)


@settings(deadline=None)
@given(LENGTHS, ACTS, some.integers(1, 60))
def test_each_minute_added_is_a_minute_later(lengths: list[int], acts: list[tuple[str, int]], more: int) -> None:
    on, now = play(run(*lengths).begin(NINE), acts)
    if on.now and on.left(now) >= 0:
        assert on.add(more).behind(now) == pytest.approx(on.behind(now) + more, abs=1)
