"""The commands of a hub, as somebody types them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from ctekit import cli
from ctekit.model.paths import STORE_FILE
from ctekit.store import StoreError, create_store
from ctekit.store.postgres import roles
from ctekit.store.postgres.prepare import prepare
from ctekit.store.submitting import submissions
from ctekit.worksheets.purpose import Purpose
from tests.hub import postgres
from tests.hub.conftest import Facilitator
from tests.stores import say

Make = Callable[[str], Facilitator]
Run = Callable[..., str]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command, and gives what it said."""

    def call(*words: object, code: int = 0) -> str:
        with pytest.raises(SystemExit) as ended:
            cli.main([str(word) for word in words])
        captured = capsys.readouterr()
        assert (ended.value.code or 0) == code, captured
        return " ".join((captured.out + captured.err).split())

    return call


def test_a_partnership_is_begun_shared_backed_up_and_taken_home(facilitator: Make, run: Run) -> None:
    ann, ben = facilitator("ann"), facilitator("ben")
    home = ann.folder / "home"
    with ann.here():
        assert "is ready in" in run("new", "Riverside", "--folder", home, "--sample", "half")
        assert "store = " in (home / STORE_FILE).read_text()
        output = run("share", ben.name, home)
        assert f"{ben.name} shares the partnership now" in output
        identity = output.rpartition("ctekit join ")[2].strip()
        run("backup", home)
        output = run("verify", home)
        assert output.count("ok ") == 2
    with ben.here():
        assert "is ready in" in run("join", identity, "--folder", ben.folder / "shared")
        assert "Riverside" in run("status", ben.folder / "shared")
    with ann.here():
        assert "the hub takes nothing" in run("move", home, "--here")
        assert "ok " in run("verify", home)
        assert "partnership is at" in run("move", home)
    run("status", home, code=2)


def test_an_address_that_is_none_is_told_without_the_password(run: Run, facilitator: Make) -> None:
    ann = facilitator("ann")
    for address, words in (
        ("", "Where is the hub's database?"),
        ("mysql://ann:pa55word@host/ctekit", "something else"),
        ("ann:pa55word@host", "cannot be read"),
        ("postgresql://ann:pa55word@127.0.0.1:1/ctekit", "does not answer"),
    ):
        output = run("join", "x", "--folder", ann.folder / "x", "--store", address, code=2)
        assert words in output
        assert "pa55word" not in output


def test_the_database_is_prepared_once(run: Run, owner: object) -> None:
    from tests.stores import ADMINISTRATOR

    output = run("hub-prepare", "--store", ADMINISTRATOR)
    assert "was ready already" in output
    assert ADMINISTRATOR not in output


BEFORE_ROOMS = """
DROP TABLE submission;
DROP FUNCTION submit_counts, withdraw_counts;
DROP OWNED BY ctekit_agency;
DROP ROLE ctekit_agency;
DROP FUNCTION close_doors, may_write;
DROP OWNED BY ctekit_rooms;
DROP ROLE ctekit_rooms;
GRANT DELETE ON doors TO ctekit_facilitator;
COMMENT ON TABLE store IS NULL;
"""
"""Takes a database back to what it was before a hub had rooms, and a state agency."""


def test_a_database_of_an_earlier_ctekit_is_brought_up_to_date_and_keeps_what_it_holds(
    run: Run, tmp_path: Path
) -> None:
    with postgres.serving() as server:
        owner = make_url(server.url)
        assert prepare(owner)
        ann = Facilitator("ann", roles.mint(owner, "ann"), tmp_path)
        superuser = server.url.replace("+psycopg", "").replace("//ctekit", "//postgres")
        with ann.here(), closing(create_store(tmp_path / STORE_FILE, url=ann.address)) as store:
            say(store, "learners", "Everybody")
            with psycopg.connect(superuser, autocommit=True) as connection:
                connection.execute(BEFORE_ROOMS)
            with pytest.raises(StoreError, match="not prepared for this version"):
                store.door("day-2027-01-15")
            assert "is ready for partnerships" in run("hub-prepare", "--store", server.url, "--rooms")
            assert store.door("day-2027-01-15").name
            assert store.load()[Purpose].learners == "Everybody"
        assert submissions(roles.mint(owner, "pat", group=roles.AGENCY)) == []
        query = "SELECT has_table_privilege('ctekit_facilitator', 'doors', 'DELETE')"
        with psycopg.connect(superuser) as connection:
            assert connection.execute(query).fetchone() == (False,), "a right that is given no more"
        assert "was ready already" in run("hub-prepare", "--store", server.url)
