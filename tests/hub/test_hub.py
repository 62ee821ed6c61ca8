"""Ten facilitators on one JupyterHub: worksheets, a room and an export at once; and what is killed loses nothing."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from types import SimpleNamespace
from typing import TypeVar

import httpx
import psycopg
import pytest
from sqlalchemy import make_url

from ctekit.store.postgres.prepare import prepare
from tests.hub import hub as hubs
from tests.hub import postgres as servers
from tests.hub.figures import tell
from tests.room.conftest import Phone

MANY = 10
T = TypeVar("T")

pytestmark = [
    pytest.mark.skipif(not hubs.PROXY, reason="needs configurable-http-proxy: make hub-test"),
    pytest.mark.timeout(400),  # ten servers that start at once take a minute or two on a busy computer
]


@pytest.fixture(scope="module")
def postgres() -> Iterator[servers.Postgres]:
    """A database of this file's own, which may be killed."""
    with servers.serving() as server:
        prepare(make_url(server.url))
        yield server


@pytest.fixture(scope="module")
def users(postgres: servers.Postgres) -> Iterator[list[hubs.User]]:
    """Ten users whose servers were started at once, each with a partnership of their own."""
    names = [f"u{number}" for number in range(MANY)]
    with hubs.running(postgres.url) as hub:
        begun = time.monotonic()
        for name in names:
            hub.begin(name)
        ready = [hub.ready(name) for name in names]
        tell(f"{MANY} servers that start at once are ready after {time.monotonic() - begun:.0f} s")
        at_once(ready, lambda user: user.run(BEGIN.format(name=user.name)))
        yield ready


def at_once(users: list[hubs.User], work: Callable[[hubs.User], T]) -> list[T]:
    """What users do at the same time."""
    with ThreadPoolExecutor(len(users)) as pool:
        return list(pool.map(work, users, timeout=hubs.LIMIT))


BEGIN = """
import json, os, threading, time
from pathlib import Path
import ctekit
from ctekit import rounds, workspace
from ctekit.room import starting
from ctekit.store import Edit, open_store
workspace.make(Path("home"), "Region of {name}", url=os.environ["CTEKIT_STORE"])
partnership = ctekit.open_partnership("home")
"""

WORKSHEETS = """
partnership.answer("purpose", "learners", "secret of {name}")
partnership.answer("purpose", "by", "2028-06-30")
for number in range(5):
    need = partnership.add("recruitment", "needs", {{"support": f"need {{number}} of {name}"}})
partnership.add("purpose", "clauses", {{"promise": "promise of {name}"}})
partnership.add("profile", "organizations", {{"name": "college of {name}"}})
print(partnership["purpose"].learners, len(partnership["recruitment"].needs), len(partnership.check().findings))
"""

ROOM = """
round_ = rounds.open_round(partnership.store, "purpose")
room = starting.start("home", round_.id)
print(json.dumps({"address": room.address, "link": room.link, "code": room.code, "round": round_.id}))
"""

REVEAL = """
rounds.reveal(partnership.store, round_.id)
print(len(partnership.store.ratings(round_.id)))
room.end()
"""

EXPORT = """
partnership.export("pages", ("purpose",))
print(" ".join(path.read_text("utf-8") for path in Path("pages").rglob("*.html")))
"""


def test_each_of_ten_fills_opens_a_room_and_exports_and_sees_theirs_alone(users: list[hubs.User]) -> None:
    outputs = at_once(users, lambda user: user.run(WORKSHEETS.format(name=user.name)))
    for user, words in zip(users, outputs, strict=True):
        assert words.startswith(f"secret of {user.name} 5 ")
    for user in users:
        handle = SimpleNamespace(**json.loads(user.run(ROOM)))
        assert len(handle.code) == 8, "on a hub a code is longer"
        assert handle.address.startswith(f"{user.hub.rooms.address}/"), "where phones reach it without an account"
        for code in ("3", "2"):
            phone = Phone(handle).join()  # type: ignore[arg-type]
            answers = {"2.1": code, "2.2": code}
            assert phone.send(answers=answers).status_code == 200
        assert int(user.run(REVEAL)) > 0
    pages = at_once(users, lambda user: user.run(EXPORT))
    for user, page in zip(users, pages, strict=True):
        assert f"secret of {user.name}" in page
        assert not [other.name for other in users if other is not user and f"secret of {other.name}<" in page]
    memory = [user.memory() for user in users]
    tell(
        f"memory of a user (server and kernel, after worksheets, room and export): {min(memory):.0f} to "
        f"{max(memory):.0f} MB, median {statistics.median(memory):.0f}"
    )


FORBIDDEN = """
import psycopg
connection = psycopg.connect(os.environ["CTEKIT_STORE"].replace("+psycopg", ""), autocommit=True)
other, mine = "{other}", "{mine}"
became = []
for statement in (
    f"SELECT value FROM revision WHERE partnership = '{{other}}'",
    f"INSERT INTO revision (partnership, seq, uid, worksheet, row, field, who, at) "
    f"VALUES ('{{other}}', 9, 'u', 'purpose', '', 'region', '', '')",
    f"DELETE FROM revision WHERE partnership = '{{mine}}'",
    f"INSERT INTO member VALUES (current_user, '{{other}}')",
    "SET ROLE ctekit",
):
    try:
        cursor = connection.execute(statement)
        became.append(len(cursor.fetchall()) if cursor.description else "done")
    except psycopg.Error as error:
        became.append(error.sqlstate)
print(json.dumps(became))
"""


def test_five_forbidden_acts_are_refused_by_the_database_in_a_kernel(users: list[hubs.User]) -> None:
    first, second = users[:2]
    identity = "print(partnership.store.partnership)"
    other, mine = first.run(identity).strip(), second.run(identity).strip()
    became = json.loads(second.run(FORBIDDEN.format(other=other, mine=mine)))
    assert became == [0, "42501", "42501", "42501", "42501"]
    environment = json.loads(second.run("print(json.dumps(dict(os.environ)))"))
    assert "CTEKIT_HUB_STORE" not in environment


TYPE = """
acknowledged, stop = open("acknowledged", "a"), False
def type_on():
    number = len(open("acknowledged").readlines())  # no word is said twice
    while not stop:
        partnership.store.save([Edit("purpose", "region", f"words {number}")])
        acknowledged.write(f"words {number}\\n")
        acknowledged.flush()
        number += 1
        time.sleep(0.05)
typing = threading.Thread(target=type_on)
typing.start()
"""

STOP = "stop = True; typing.join(60); print(typing.is_alive())"


def kept(postgres: servers.Postgres, user: hubs.User) -> set[str]:
    """The words of a user that the database has, read by its owner."""
    query = "SELECT value FROM revision r JOIN member m USING (partnership) WHERE facilitator = %s AND field = 'region'"
    with psycopg.connect(postgres.url.replace("+psycopg", "")) as connection:
        return {json.loads(value) for (value,) in connection.execute(query, [f"f_{user.name}"])}


def told(user: hubs.User) -> list[str]:
    """What a user was told is saved."""
    return (user.folder / "acknowledged").read_text().splitlines()


def wait_for_more(users: list[hubs.User], before: list[int]) -> None:
    """Wait until each of these users was told of more words than before."""
    ends = time.monotonic() + hubs.LIMIT
    while late := [user.name for user, number in zip(users, before, strict=True) if len(told(user)) <= number]:
        assert time.monotonic() < ends, f"nothing is saved any more for {late}"
        time.sleep(0.1)


def test_no_acknowledged_word_is_lost_when_postgres_is_killed(
    postgres: servers.Postgres, users: list[hubs.User]
) -> None:
    at_once(users, lambda user: user.run(TYPE))
    for _ in range(2):
        wait_for_more(users, [len(told(user)) for user in users])
        postgres.kill()
        time.sleep(1)
        postgres.start()
    wait_for_more(users, [len(told(user)) for user in users])
    assert at_once(users, lambda user: user.run(STOP).strip()) == ["False"] * MANY
    acknowledged = [told(user) for user in users]
    lost = [set(words) - kept(postgres, user) for user, words in zip(users, acknowledged, strict=True)]
    tell(f"PostgreSQL killed twice amid typing: {sum(map(len, lost))} of {sum(map(len, acknowledged))} lost")
    assert lost == [set()] * MANY


def test_no_acknowledged_word_is_lost_when_a_server_is_killed(
    postgres: servers.Postgres, users: list[hubs.User]
) -> None:
    user = users[0]
    before = len(told(user))
    user.run(TYPE)
    wait_for_more([user], [before])
    user.kill()
    lost = set(told(user)) - kept(postgres, user)
    tell(f"a user's server killed amid typing: {len(lost)} of {len(told(user))} lost")
    assert not lost
    assert users[1].run("print(partnership.name)").strip() == "Region of u1", "nobody else is touched"


def test_no_acknowledged_ballot_is_lost_when_the_rooms_are_killed(users: list[hubs.User]) -> None:
    user, rooms, acknowledged = users[1], users[1].hub.rooms, 0
    handle = SimpleNamespace(**json.loads(user.run(ROOM)))
    early = Phone(handle).join()  # type: ignore[arg-type]

    def rate() -> httpx.Response:
        return Phone(handle).join().send(answers={"2.1": "3"})  # type: ignore[arg-type]

    def restart() -> None:
        rooms.kill()
        rooms.start()

    for _ in range(2):
        with ThreadPoolExecutor(4) as pool:
            sent = [pool.submit(until_answered, rate) for _ in range(3)]
            pool.submit(restart)
            sent += [pool.submit(until_answered, rate) for _ in range(3)]
            acknowledged += sum(phone.result(hubs.LIMIT).status_code == 200 for phone in sent)
    assert 'name="2.1"' in until_answered(lambda: early.client.get("/room/")).text, "nobody has to join again"
    answered = int(user.run("print(partnership.store.answered(round_.id))"))
    tell(f"the rooms killed twice amid ballots: {max(0, acknowledged - answered)} of {acknowledged} lost")
    assert answered >= acknowledged == 12, "one that nobody was told of may have been kept all the same"


def until_answered(ask: Callable[[], httpx.Response]) -> httpx.Response:
    """An answer of the rooms, asked for again while they are away, as phones do."""
    ends = time.monotonic() + hubs.LIMIT
    while True:
        with suppress(httpx.TransportError, AssertionError):
            if (answer := ask()).status_code == 200:
                return answer
        assert time.monotonic() < ends, "the rooms do not come back"
        time.sleep(0.2)
