"""Each path's agenda is whole: its clock adds up, its blocks say what to do, and what they open exists."""

from __future__ import annotations

import re
from datetime import time
from itertools import pairwise

import pytest

from ctekit import rubrics, worksheets, workshop
from ctekit.model.errors import NotFoundError
from ctekit.workshop import Block, Session
from ctekit.workshop.posters import posters

SESSIONS = [(name, session) for name in workshop.NAMES for session in workshop.load(name).sessions]
BLOCKS = [(f"{name} · {session.title} · {block.key}", block) for name, session in SESSIONS for block in session.blocks]

each_session = pytest.mark.parametrize(
    "session", [session for _, session in SESSIONS], ids=[f"{name}: {session.title}" for name, session in SESSIONS]
)
each_block = pytest.mark.parametrize("block", [block for _, block in BLOCKS], ids=[name for name, _ in BLOCKS])


@each_session
def test_the_clock_adds_up_to_the_length_slack_included(session: Session) -> None:
    assert sum(block.minutes for block in session.blocks if not block.before) == session.minutes
    assert session.blocks[-1].key == "slack"
    ends = [offset + block.minutes for offset, block in zip(session.offsets, session.blocks, strict=True)]
    assert [later == end for end, later in zip(ends, session.offsets[1:], strict=False)] == [True] * (len(ends) - 1)
    assert ends[-1] == session.minutes
    assert 0 in session.offsets, "something begins when the session does"


@each_session
def test_the_doors_come_first_and_every_block_has_a_key_of_its_own(session: Session) -> None:
    keys = [block.key for block in session.blocks]
    assert len(set(keys)) == len(keys)
    before = [block.before for block in session.blocks]
    assert not any(later and not earlier for earlier, later in pairwise(before))


@each_block
def test_the_parts_of_a_block_fill_its_minutes(block: Block) -> None:
    assert not block.steps or sum(step.minutes for step in block.steps) == block.minutes


@each_block
def test_a_block_says_what_it_is_for_and_what_to_say(block: Block) -> None:
    assert block.aim
    assert block.words


@each_block
def test_what_a_block_opens_exists(block: Block) -> None:
    for activity in block.activities:
        slug, _, field = activity.subject.partition(".")
        if activity.kind in ("worksheet", "fist", "dots", "slips", "ideas", "plan"):
            assert not field or field in worksheets.called(slug).questions()
        if activity.kind == "round":
            assert slug in ("quick", *(element.slug for element in rubrics.ELEMENTS))
    if block.element:
        assert re.match(r"\d\d-", block.notebook)


def test_the_half_day_keeps_what_people_were_promised() -> None:
    (session,) = workshop.load("half-day").sessions
    begins = {block.key: offset for block, offset in zip(session.blocks, session.offsets, strict=True)}
    minutes = {block.key: block.minutes for block in session.blocks}
    assert begins["slips"] < begins["break"], "slips are signed before anyone is at the door"
    assert begins["gallery"] == 2 * 60 + 27, "two employers are asked to stay until 2:27"
    assert begins["gallery"] + session.blocks[13].steps[0].minutes == 2 * 60 + 39, "2:39: worksheets are marked"
    assert (minutes["promises"], minutes["wall"], minutes["asks"]) == (8, 12, 5)
    assert {element.slug for element in rubrics.ELEMENTS} <= {
        activity.subject for block in session.blocks for activity in block.activities
    }


def test_tables_split_for_two_to_five_of_them() -> None:
    (block,) = [block for block in workshop.load("half-day").blocks if block.tables]
    assert [variant.count for variant in block.tables] == [2, 3, 4, 5]
    for variant in block.tables:
        assert len(variant.cards) == variant.count
        for card in variant.cards:
            assert sum(step.minutes for step in card.steps) == block.minutes
            assert worksheets.called(card.element)


def test_start_times_of_a_path_with_two_days_begin_anew() -> None:
    agenda = workshop.load("two-half-days")
    begins = workshop.clock(agenda, time(9))
    assert len(begins) == len(agenda.blocks)
    assert begins[0] == time(8, 40)
    assert [at for at, block in zip(begins, agenda.blocks, strict=True) if block.key == "doors"] == [
        time(8, 40),
        time(8, 45),
    ]
    assert begins[1] == time(9)
    assert workshop.clock(agenda.sessions[1], time(23, 50))[:2] == (time(23, 35), time(23, 50))


def test_a_path_that_is_not_there_is_an_error_that_names_all_paths() -> None:
    with pytest.raises(NotFoundError, match=r"no path called 'halfday'. Did you mean 'half-day'\? The paths are: half"):
        workshop.load("halfday")


def test_marks_are_named_from_the_legend_alone() -> None:
    for path in (
        *workshop.agenda.FOLDER.joinpath("paths").iterdir(),
        *workshop.agenda.FOLDER.joinpath("scripts").iterdir(),
    ):
        assert not set("●▲■✕") & set(path.read_text(encoding="utf-8")), path.name
    for name in workshop.NAMES:
        assert "{" not in workshop.load(name).model_dump_json().replace('{"', "").replace("{}", ""), name


def test_a_poster_has_the_columns_of_its_worksheet_in_their_order() -> None:
    for poster in posters():
        for part in (part for part in poster.parts if part.table):
            order = list(part.table.row.questions().values())
            places = [order.index(question) for question in part.questions]
            assert places == sorted(places), (poster.title, part.table.title)


def test_hard_moments_are_on_every_path() -> None:
    for name in workshop.NAMES:
        moments = " ".join(trouble.when for trouble in workshop.load(name).trouble)
        for word in ("dominates", "seven people", "conflict", "reporter", "interpreter", "door", "union"):
            assert word in moments
