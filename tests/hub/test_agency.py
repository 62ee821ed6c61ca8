"""The state agency on a hub: it sees what partnerships submitted, and the database itself refuses the rest."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import MagicMock

import psycopg
import pytest
from sqlalchemy import URL, make_url

from ctekit import workspace
from ctekit.jupyter.state import State
from ctekit.model.paths import STORE_FILE
from ctekit.rollup import Submission, gather, submitted
from ctekit.store import Edit, StoreError, open_store, submitting
from ctekit.store.pointer import AGENCY_VARIABLE, VARIABLE
from ctekit.store.postgres import roles
from ctekit.store.postgres.prepare import prepare
from tests.hub import hub as hubs
from tests.hub import postgres as servers
from tests.hub.conftest import Facilitator
from tests.hub.test_commands import Run, run  # noqa: F401 (a fixture)
from tests.stores import ROOT

Make = Callable[[str], Facilitator]


@pytest.fixture
def agency(owner: URL, facilitator: Make) -> Facilitator:
    """Somebody of the state agency, with a role and a folder of their own."""
    name = facilitator("agency").name
    user = facilitator("agency")
    return Facilitator(name, roles.mint(owner, name, group=roles.AGENCY), user.folder)


def tried(url: URL, *statements: str) -> list[Any]:
    """What becomes of statements with somebody's own password: rows, a number of rows, or the code of a refusal."""
    results: list[Any] = []
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        for statement in statements:
            try:
                cursor = connection.execute(statement.encode())
                results.append(cursor.fetchall() if cursor.description else cursor.rowcount)
            except psycopg.Error as error:
                results.append(error.sqlstate)
    return results


def region(user: Facilitator, code: str) -> Path:
    """A partnership of a user on the hub, with ratings and counts, in a region."""
    with user.here():
        workspace.make(user.folder / code, f"Region {code}", "harrow-bend", url=user.address)
        with closing(open_store(user.folder / code / STORE_FILE)) as store:
            store.save([Edit("profile", "region_code", code)])
    return user.folder / code


def test_the_agency_adds_up_what_was_submitted_and_nothing_else(
    facilitator: Make,
    agency: Facilitator,
    run: Run,  # noqa: F811
    tmp_path: Path,
) -> None:
    ann, ben = facilitator("ann"), facilitator("ben")
    north, south, west = region(ann, "R1"), region(ann, "R2"), region(ben, "R3")
    with ann.here():
        for folder in (north, south):
            assert "sees the counts as they stand now" in run("submit", folder)
    with ben.here():
        assert "Nothing was submitted" in run("submit", west, "--withdraw")
    mine = {open_id(ann, north), open_id(ann, south)}
    theirs = [each for each in submitted(agency.address) if each.partnership in mine]
    assert {each.partnership for each in theirs} == mine
    assert open_id(ben, west) not in {each.partnership for each in submitted(agency.address)}
    messages: list[str] = []
    summaries = gather(theirs, messages.append)
    assert (sorted(summary.groups["region"] for summary in summaries), messages) == ([("R1",), ("R2",)], [])
    assert all(summary.ratings and summary.measures for summary in summaries)
    output = run("rollup", "--store", agency.address, "-o", tmp_path / "view")
    assert "added up" in output
    page = (tmp_path / "view" / "index.html").read_text("utf-8")
    assert ">R1<" in page
    assert ">R3<" not in page
    with ann.here():
        assert "does not see the counts any more" in run("submit", north, "--withdraw")
    assert mine & {each.partnership for each in submitted(agency.address)} == {open_id(ann, south)}


def open_id(user: Facilitator, folder: Path) -> str:
    """The id of a partnership."""
    with user.here(), closing(open_store(folder / STORE_FILE)) as store:
        return store.partnership


def test_a_list_that_is_submitted_again_takes_the_place_of_the_earlier_one(
    facilitator: Make,
    agency: Facilitator,
    run: Run,  # noqa: F811
) -> None:
    ann = facilitator("ann")
    home = region(ann, "R1")
    with ann.here():
        run("submit", home)
        with closing(open_store(home / STORE_FILE)) as store:
            store.save([Edit("profile", "region_code", "R9")])
        run("submit", home)
    (submission,) = [each for each in submitted(agency.address) if each.partnership == open_id(ann, home)]
    assert gather([submission])[0].groups["region"] == ("R9",)


def test_a_partnership_that_is_moved_out_takes_its_list_with_it(
    facilitator: Make,
    agency: Facilitator,
    run: Run,  # noqa: F811
) -> None:
    ann = facilitator("ann")
    home = region(ann, "R1")
    identity = open_id(ann, home)
    with ann.here():
        run("submit", home)
        assert identity in {each.partnership for each in submitted(agency.address)}
        assert "are taken back with it" in run("move", home, "--here")
        assert identity not in {each.partnership for each in submitted(agency.address)}
        # Nor does somebody put an old one there from a pointer that is left elsewhere.
        assert tried(ann.url, f"SELECT submit_counts('{identity}', '')") == ["42501"]
        run("move", home)
        run("submit", home)
    assert identity in {each.partnership for each in submitted(agency.address)}


def test_the_database_refuses_the_agency_all_that_was_not_submitted(facilitator: Make, agency: Facilitator) -> None:
    ann = facilitator("ann")
    identity = open_id(ann, region(ann, "R1"))
    answers = tried(
        agency.url,
        "SELECT * FROM revision",
        "SELECT value FROM revision",
        "SELECT id FROM partnership",
        "SELECT * FROM member",
        "SELECT * FROM doors",
        "SELECT * FROM door",
        "SELECT * FROM revision_replaced",
        "SELECT submitted_by FROM submission",
        f"INSERT INTO submission VALUES ('{identity}', '', now(), 'x')",
        "UPDATE submission SET document = ''",
        "DELETE FROM submission",
        "TRUNCATE submission",
        "DO $$ BEGIN LOCK TABLE submission IN ROW EXCLUSIVE MODE; END $$",
        f"INSERT INTO member VALUES ('{agency.role}', '{identity}')",
        f"SELECT new_partnership('{identity}x')",
        f"SELECT share_partnership('{identity}', '{agency.role}')",
        f"SELECT submit_counts('{identity}', '')",
        f"SELECT withdraw_counts('{identity}')",
        f"SELECT lock_partnership('{identity}')",
        f"SELECT is_member('{identity}')",
        "SELECT close_doors('')",
        f'SET SESSION AUTHORIZATION "{ann.role}"',
        "SET ROLE ctekit_facilitator",
        "ALTER TABLE submission DISABLE ROW LEVEL SECURITY",
        "CREATE TABLE mine (x integer)",
        "CREATE TEMPORARY TABLE submission (x integer)",
    )
    assert answers == ["42501"] * len(answers)
    assert tried(agency.url, f"SELECT document FROM submission WHERE partnership = '{identity}'") == [[]]
    # Nor does a facilitator let the agency into a partnership, or read what others submitted.
    assert tried(ann.url, f"SELECT share_partnership('{identity}', '{agency.role}')") == ["42704"]
    with pytest.raises(StoreError, match="Only somebody of the state agency"):
        submitted(ann.address)


def test_nobody_submits_or_takes_back_the_counts_of_others(facilitator: Make, agency: Facilitator) -> None:
    ann, ben = facilitator("ann"), facilitator("ben")
    home = region(ann, "R1")
    identity = open_id(ann, home)
    with ann.here():
        submitting.submit(home / STORE_FILE, "theirs")
    answers = tried(
        ben.url,
        f"SELECT submit_counts('{identity}', 'forged')",
        f"SELECT withdraw_counts('{identity}')",
        "SELECT * FROM submission",
        f"INSERT INTO submission VALUES ('{identity}', 'forged', now(), 'x')",
        "DELETE FROM submission",
    )
    assert answers == ["42501"] * 5
    assert Submission(identity, "theirs") in submitted(agency.address)
    # What a member submits by hand may be anything, and says nothing about other partnerships.
    with ben.here():
        forger = open_id(ben, region(ben, "R2"))
    forged = json.dumps({"partnership": identity})
    assert tried(ben.url, f"SELECT submit_counts('{forger}', '{forged}')") == [[("",)]]
    messages: list[str] = []
    assert (
        gather([each for each in submitted(agency.address) if each.partnership in (forger, identity)], messages.append)
        == []
    )
    assert len(messages) == 2


def test_the_notebook_of_the_state_shows_what_was_submitted(
    facilitator: Make,
    agency: Facilitator,
    run: Run,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ann = facilitator("ann")
    with ann.here():
        run("submit", region(ann, "R1"))
    monkeypatch.setenv(AGENCY_VARIABLE, agency.address)
    assert "Region R1" in repr(State(agency.folder).sources())


def test_the_hub_gives_somebody_of_the_agency_a_role_that_reads_no_partnership(
    facilitator: Make, owner: URL, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = facilitator("pat").name
    monkeypatch.setenv("CTEKIT_HUB_STORE", owner.render_as_string(hide_password=False))
    path = ROOT / "deploy" / "jupyterhub_config.py"
    settings = MagicMock()
    exec(compile(path.read_text("utf-8"), str(path), "exec"), {"get_config": lambda: settings})
    start, stop = settings.Spawner.pre_spawn_hook, settings.Spawner.post_stop_hook

    def address(*groups: str) -> dict[str, str]:
        user = SimpleNamespace(name=name, groups=[SimpleNamespace(name=group) for group in groups])
        spawner = SimpleNamespace(user=user, environment={})
        asyncio.run(start(spawner))
        return spawner.environment

    as_facilitator, as_agency = address("teachers"), address("state-agency")
    assert VARIABLE not in as_agency
    assert AGENCY_VARIABLE not in as_facilitator
    assert submitted(as_agency[AGENCY_VARIABLE]) is not None
    assert tried(make_url(as_agency[AGENCY_VARIABLE]), "SELECT * FROM revision") == ["42501"]
    assert tried(make_url(as_facilitator[VARIABLE]), "SELECT * FROM revision") == [[]]
    asyncio.run(stop(SimpleNamespace(user=SimpleNamespace(name=name))))
    for words in (as_agency[AGENCY_VARIABLE], as_facilitator[VARIABLE]):
        with pytest.raises(psycopg.OperationalError):
            tried(make_url(words), "SELECT 1")


AGENT = """
import os, psycopg
from ctekit.rollup import submitted
address = os.environ["CTEKIT_AGENCY_STORE"]
print("CTEKIT_STORE" in os.environ, len(submitted(address)) >= 0)
with psycopg.connect(address.replace("+psycopg", "")) as connection:
    try:
        connection.execute("SELECT value FROM revision")
    except psycopg.Error as error:
        print(error.sqlstate)
"""


@pytest.mark.skipif(not hubs.PROXY, reason="needs configurable-http-proxy: make hub-test")
@pytest.mark.timeout(300)
def test_in_a_kernel_on_the_hub_somebody_of_the_agency_reads_submissions_and_no_answer() -> None:
    with servers.serving() as server:  # a hub makes passwords of its own
        prepare(make_url(server.url))
        with hubs.running(server.url) as hub:
            hub.begin("pat")
            assert hub.ready("pat").run(AGENT).split() == ["False", "True", "42501"]


def test_of_the_agency_a_long_name_is_a_role_of_its_own() -> None:
    names = {
        roles.role_of(name, group) for name in ("a" * 100, "ann") for group in (roles.AGENCY, "ctekit_facilitator")
    }
    assert len(names) == 4
    assert all(len(name) <= 63 for name in names)
