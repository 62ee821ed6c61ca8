"""What the process that serves rooms may do in the database: what a room needs, where one is open, and no more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import URL

from ctekit import rounds
from ctekit.model.paths import STORE_FILE
from ctekit.ratings import Ballot
from ctekit.store import Edit, Store, StoreError, create_store
from ctekit.store.hub_rooms import HubDoors
from ctekit.store.postgres import roles
from ctekit.worksheets.purpose import Purpose
from tests.hub.conftest import Facilitator
from tests.stores import say, today

Make = Callable[[str], Facilitator]


def began(user: Facilitator) -> Store:
    with user.here():
        store = create_store(user.folder / STORE_FILE, url=user.address)
        say(store, "learners", f"said by {user.name}")
    return store


@pytest.fixture(scope="module")
def rooms() -> URL:
    """The address of the process that serves rooms."""
    from sqlalchemy import make_url

    from tests.stores import ADMINISTRATOR

    return roles.mint_rooms(make_url(ADMINISTRATOR))


@pytest.fixture
def doors(rooms: URL) -> Iterator[HubDoors]:
    with closing(HubDoors(rooms)) as doors:
        yield doors


def tried(rooms: URL, *statements: str) -> list[object]:
    """What becomes of statements with the rooms' own password: rows, or the code of the refusal."""
    became: list[object] = []
    address = rooms.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        for statement in statements:
            try:
                cursor = connection.execute(statement.encode())
                became.append(cursor.fetchall() if cursor.description else cursor.rowcount)
            except psycopg.Error as error:
                became.append(error.sqlstate)
    return became


def test_a_room_reads_answers_and_keeps_ballots_once_its_door_is_open(
    facilitator: Make, doors: HubDoors, tmp_path: Path
) -> None:
    ann, ben = facilitator("ann"), facilitator("ben")
    theirs, closed = began(ann), began(ben)
    with ann.here():
        round_ = rounds.open_round(theirs, "purpose")
        door = theirs.door(today())
    assert doors.read(today())[door.name] == (theirs.partnership, door)
    with closing(doors.store(theirs.partnership, tmp_path)) as store:
        assert store.load()[Purpose].learners == f"said by {ann.name}"
        assert store.rate([Ballot(round_.id, "someone", "K-12", {"2.1": 3}, None, "a")])[0].outcome == "kept"
        rounds.reveal(store, round_.id)
    with ann.here():
        assert theirs.answered(round_.id) == 1
    with pytest.raises(StoreError, match="not shared with you"):
        doors.store(closed.partnership, tmp_path)


def test_rooms_write_what_a_room_adds_and_change_nothing(
    facilitator: Make, doors: HubDoors, rooms: URL, tmp_path: Path
) -> None:
    ann = facilitator("ann")
    theirs = began(ann)
    with ann.here():
        theirs.door(today())
    room = doors.store(theirs.partnership, tmp_path)
    with closing(room), pytest.raises(StoreError, match="does not let you"):
        room.save([Edit("purpose", "learners", "said by a stranger")])
    name = f"'{theirs.partnership}'"
    assert (
        tried(
            rooms,
            "UPDATE revision SET value = NULL",
            "DELETE FROM revision",
            "UPDATE doors SET code = 'A'",
            "DELETE FROM doors",
            f"INSERT INTO doors VALUES ({name}, 'day-x', 's', 'c', 'k', 1)",
            "SELECT * FROM member",
            "SELECT * FROM revision_replaced",
            f"SELECT send_away({name})",
            f"SELECT bring_back({name})",
            f"SELECT share_partnership({name}, 'ctekit_rooms')",
            "SELECT new_partnership('x')",
            "SET ROLE ctekit",
            "SET ROLE ctekit_facilitator",
            "DO $$ BEGIN LOCK TABLE doors IN SHARE MODE; END $$",
            "DO $$ BEGIN LOCK TABLE revision IN SHARE MODE; END $$",
            "CREATE TABLE public.mine (x integer)",
        )
        == ["42501"] * 16
    )
    with ann.here():
        assert theirs.load()[Purpose].learners == f"said by {ann.name}"


def test_where_the_day_is_over_or_the_partnership_is_away_rooms_see_nothing(
    facilitator: Make, doors: HubDoors, rooms: URL, tmp_path: Path
) -> None:
    ann = facilitator("ann")
    theirs = began(ann)
    value = f"SELECT value FROM revision WHERE partnership = '{theirs.partnership}' AND field = 'learners'"
    for day in ("day-2020-01-01", "day-2999-01-01"):  # left open by a room that was killed, or by a wrong clock
        with ann.here():
            theirs.door(day)
        assert tried(rooms, value) == [[]]
    with ann.here():
        door = theirs.door(today())
    assert tried(rooms, value) != [[]]
    with closing(doors.store(theirs.partnership, tmp_path)) as store:
        store.close_door()  # as the lead does who ends the day
    assert tried(rooms, value) == [[]]
    assert door.name not in doors.read(today())
    with ann.here():
        theirs.door(today())
    tried(ann.url, f"SELECT send_away('{theirs.partnership}')")
    assert tried(rooms, value) == [[]]


def test_a_door_that_says_nonsense_or_means_to_be_another_is_left_out(facilitator: Make, doors: HubDoors) -> None:
    ann, ben = facilitator("ann"), facilitator("ben")
    theirs, strange = began(ann), began(ben)
    with ann.here():
        door = theirs.door(today())
    insert = f"INSERT INTO doors VALUES ('{strange.partnership}', '{today()}', '%s', 'c', 'k', 1)"
    assert tried(ben.url, insert % "no secret") == [1]
    assert strange.partnership not in [partnership for partnership, _ in doors.read(today()).values()]
    assert door.name in doors.read(today())
    with ben.here():
        strange.close_door()
    endless = (
        f"INSERT INTO doors VALUES ('{strange.partnership}', '{today()}', repeat('0', 64), repeat('c', 5000), 'k', 1)"
    )
    assert tried(ben.url, endless) == [1]
    assert strange.partnership not in [partnership for partnership, _ in doors.read(today()).values()]
    tried(ben.url, f"SELECT set_config('ctekit.partnership', '{strange.partnership}', false)", "SELECT close_doors('')")
    with ben.here():
        strange.close_door()
    assert tried(ben.url, insert % door.secret) == [1]
    assert door.name not in doors.read(today()), "two rooms of one name: neither is taken for the other"


def test_the_rooms_password_is_worth_nothing_once_a_new_one_is_made(owner: URL, rooms: URL) -> None:
    new = roles.mint_rooms(owner)
    try:
        with pytest.raises(StoreError, match="user name and password"):
            HubDoors(rooms).read(today())
        assert HubDoors(new).read("day-2020-01-01") == {}
    finally:
        roles.mint_rooms(owner)
