"""The database itself keeps facilitators apart: what a user's own password may do, typed past ctekit, in a kernel."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import URL, make_url

from ctekit import workspace
from ctekit.model.paths import STORE_FILE
from ctekit.store import Store, StoreError, create_store, open_store, sharing
from ctekit.store.postgres import roles
from ctekit.worksheets.purpose import Purpose
from tests.hub.conftest import Facilitator
from tests.stores import ROOT, in_process, say

Make = Callable[[str], Facilitator]


def began(user: Facilitator, words: str) -> Store:
    """A partnership of a user on the hub, with one answer."""
    with user.here():
        store = create_store(user.folder / STORE_FILE, url=user.address)
        say(store, "learners", words)
        store.door("day-2027-01-01")
    return store


KERNEL = """
import psycopg
connection = psycopg.connect(sys.argv[2].replace("+psycopg", ""), autocommit=True)
answer = []
for statement in json.loads(sys.argv[3]):
    try:
        cursor = connection.execute(statement)
        answer.append(["rows", cursor.fetchall() if cursor.description else cursor.rowcount])
    except psycopg.Error as error:
        answer.append(["refused", error.sqlstate])
"""


def tried(user: Facilitator, *statements: str) -> list[list[object]]:
    """What becomes of statements in a process of the user's own, with their own password."""
    import json

    result: list[list[object]] = in_process(KERNEL, user.folder, user.address, json.dumps(statements))
    return result


def test_another_partnership_cannot_be_read(facilitator: Make) -> None:
    ann, ben = facilitator("ann"), facilitator("ben")
    theirs = began(ann, "for Ann alone")
    ours = began(ben, "for Ben")
    answers = tried(
        ben,
        f"SELECT value FROM revision WHERE partnership = '{theirs.partnership}'",
        "SELECT DISTINCT partnership FROM revision",
        "SELECT id FROM partnership",
        "SELECT partnership FROM member",
        "SELECT partnership FROM doors",
        f"SELECT set_config('ctekit.partnership', '{theirs.partnership}', false)",
        "SELECT secret FROM door",
        f"SELECT is_member('{theirs.partnership}')",
    )
    mine = ["rows", [[ours.partnership]]]
    assert answers[:5] == [["rows", []], mine, mine, mine, mine]
    assert answers[6:] == [["rows", []], ["rows", [[False]]]]
    with ben.here(), pytest.raises(StoreError, match="not shared with you"):
        workspace.join(ben.folder / "other", ben.address, theirs.partnership)


def test_another_partnership_cannot_be_written(facilitator: Make) -> None:
    ann, ben = facilitator("ann"), facilitator("ben")
    theirs = began(ann, "for Ann alone")
    began(ben, "for Ben")
    values = f"'{theirs.partnership}', 99, 'u', 'purpose', '', 'region', '\"x\"', 'ben', '2027-01-01T00:00:00.000Z'"
    for kind, code in tried(
        ben,
        f'INSERT INTO revision (partnership, seq, uid, worksheet, "row", field, value, who, at) VALUES ({values})',
        f"INSERT INTO doors VALUES ('{theirs.partnership}', 'r', 's', 'c', 'k', 1)",
        f"SELECT send_away('{theirs.partnership}')",
        f"SELECT bring_back('{theirs.partnership}')",
        f"SELECT new_partnership('{theirs.partnership}')",
    ):
        assert (kind, code) in (("refused", "42501"), ("refused", "23505"))
    with ann.here():
        assert [revision.who for revision in theirs.history("purpose")] == [theirs.history()[0].who]


def test_history_cannot_be_changed_or_deleted_not_even_ones_own(facilitator: Make, owner: URL) -> None:
    ann = facilitator("ann")
    store = began(ann, "as it was said")
    statements = (
        "UPDATE revision SET value = '\"never said\"'",
        "DELETE FROM revision",
        "TRUNCATE revision",
        "ALTER TABLE revision DISABLE TRIGGER ALL",
        "DROP TABLE revision",
    )
    assert tried(ann, *statements) == [["refused", "42501"]] * 5
    # Nor by whoever owns the tables, unless they take the rule away first.
    with psycopg.connect(owner.set(drivername="postgresql").render_as_string(hide_password=False)) as connection:
        for statement in statements[:3]:
            with pytest.raises(psycopg.errors.RaiseException, match="never changes"), connection.transaction():
                connection.execute(statement)
    with ann.here():
        assert store.load()[Purpose].learners == "as it was said"


def test_what_a_member_replaces_is_kept_for_the_owner_alone(facilitator: Make, owner: URL) -> None:
    ann, ben = facilitator("ann"), facilitator("ben")
    store = began(ann, "as it was said")
    with ann.here():
        sharing.share(store.path, ben.name)
    theirs = f"'{store.partnership}'"
    answers = tried(
        ben,
        f"SELECT send_away({theirs})",
        f"SELECT bring_back({theirs})",
        "SELECT * FROM revision_replaced",
        "DELETE FROM revision_replaced",
        "TRUNCATE revision_replaced",
    )
    assert [kind for kind, _ in answers[:2]] == ["rows", "rows"]
    assert answers[2:] == [["refused", "42501"]] * 3
    # The owner sees who it was, and puts it back as the runbook says.
    runbook = (ROOT / "deploy" / "README.md").read_text("utf-8")
    statement = runbook[runbook.index("INSERT INTO revision SELECT") :].split(";")[0]
    with psycopg.connect(owner.set(drivername="postgresql").render_as_string(hide_password=False)) as connection:
        query = f"SELECT DISTINCT replaced_at, replaced_by FROM revision_replaced WHERE partnership = {theirs}"
        ((when, who),) = connection.execute(query).fetchall()
        assert who == ben.role
        connection.execute(statement.replace("'ID'", theirs).replace("'TIME'", f"'{when}'").encode())
    with ann.here():
        assert store.load()[Purpose].learners == "as it was said"


def test_nobody_lets_themselves_in(facilitator: Make) -> None:
    ann, ben = facilitator("ann"), facilitator("ben")
    theirs = began(ann, "for Ann alone")
    began(ben, "for Ben")
    answers = tried(
        ben,
        f"INSERT INTO member VALUES ('{ben.role}', '{theirs.partnership}')",
        f"SELECT share_partnership('{theirs.partnership}', '{ben.role}')",
        f"UPDATE member SET partnership = '{theirs.partnership}'",
        "DELETE FROM member",
        f"SELECT set_config('role', '{ann.role}', false)",
        f'SET SESSION AUTHORIZATION "{ann.role}"',
    )
    assert answers == [["refused", "42501"]] * 6


def test_nobody_becomes_more_than_they_are(facilitator: Make) -> None:
    ben = facilitator("ben")
    began(ben, "for Ben")
    answers = tried(
        ben,
        "SET ROLE ctekit",
        "ALTER TABLE revision DISABLE ROW LEVEL SECURITY",
        "CREATE ROLE other LOGIN",
        "GRANT ctekit TO CURRENT_USER",
        "SELECT rolpassword FROM pg_authid",
        "SET session_replication_role = replica",
        "CREATE TABLE public.mine (x integer)",
        "CREATE TEMPORARY TABLE revision (x integer)",
        "COPY revision TO PROGRAM 'cat'",
        "SELECT pg_read_file('/etc/hostname')",
        "ALTER ROLE CURRENT_USER VALID UNTIL 'infinity'",
    )
    assert answers == [["refused", "42501"]] * 11


def test_those_who_share_a_partnership_both_write_it(facilitator: Make) -> None:
    ann, ben, cid = facilitator("ann"), facilitator("ben"), facilitator("cid")
    theirs = began(ann, "said by Ann")
    with ann.here():
        assert sharing.share(theirs.path, ben.name) == theirs.partnership
        with pytest.raises(StoreError, match="no facilitator of this name"):
            sharing.share(theirs.path, "nobody-here")
    with ben.here():
        path = workspace.join(ben.folder / "shared", ben.address, theirs.partnership)
        with closing(open_store(path)) as store:
            assert store.load()[Purpose].learners == "said by Ann"
            say(store, "region", "said by Ben")
    with ann.here():
        assert theirs.load()[Purpose].region == "said by Ben"
    with cid.here(), pytest.raises(StoreError, match="not shared with you"):
        workspace.join(cid.folder / "other", cid.address, theirs.partnership)


def test_no_outsider_keeps_others_from_saving(facilitator: Make) -> None:
    ann, ben, cid = facilitator("ann"), facilitator("ben"), facilitator("cid")
    store = began(ann, "first")
    with ann.here():
        sharing.share(store.path, cid.name)
    locks = [
        f"SELECT pg_advisory_lock(hashtextextended('{store.partnership}', 0))",
        f"SELECT lock_partnership('{store.partnership}')",
        f"SELECT FROM partnership WHERE id = '{store.partnership}' FOR UPDATE",
        "LOCK TABLE partnership IN SHARE MODE",
        "LOCK TABLE revision IN SHARE MODE",
        "LOCK TABLE doors IN SHARE MODE",
        "LOCK TABLE door IN SHARE MODE",
        f"SELECT FROM doors WHERE partnership = '{store.partnership}' FOR UPDATE",
    ]
    with psycopg.connect(ben.address.replace("+psycopg", "")) as outsider:
        outsider.execute("SELECT 1")  # one transaction around them all, so that what they lock stays locked
        for lock in locks:
            with suppress(psycopg.errors.InsufficientPrivilege), outsider.transaction():
                outsider.execute(lock.encode())
        with ann.here():
            say(store, "learners", "saved all the same")
            store.door("day-2027-01-02")  # a room begins all the same
            store.close_door()
    # A member's lock counts: whoever saves meanwhile waits.
    with (
        psycopg.connect(cid.address.replace("+psycopg", "")) as member,
        psycopg.connect(ann.address.replace("+psycopg", "")) as other,
    ):
        member.execute(locks[1].encode())
        other.execute("SET lock_timeout = '100ms'")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            other.execute(locks[1].encode())


def test_a_password_runs_out_and_a_new_one_takes_its_place(facilitator: Make, owner: URL) -> None:
    ann = facilitator("ann")
    began(ann, "said").close()
    late = roles.mint(owner, ann.name, hours=-1)
    renewed = Facilitator(ann.name, late, ann.folder)
    for user in (ann, renewed):
        with user.here(), pytest.raises(StoreError, match="user name and password"):
            open_store(ann.folder / STORE_FILE)
    with facilitator("ann").here(), closing(open_store(ann.folder / STORE_FILE)) as store:
        assert store.load()[Purpose].learners == "said"
    roles.retire(owner, ann.name)
    with ann.here(), pytest.raises(StoreError, match="user name and password"):
        open_store(ann.folder / STORE_FILE)
    with facilitator("ann").here():
        open_store(ann.folder / STORE_FILE).close()


def test_a_pointer_of_a_stranger_is_not_followed(facilitator: Make, tmp_path: Path) -> None:
    ann = facilitator("ann")
    path = tmp_path / STORE_FILE
    path.write_text('# a partnership\nstore = "postgresql+psycopg://evil.example/ctekit"\npartnership = "x"\n')
    with ann.here(), pytest.raises(StoreError, match="kept on a hub, at") as refused:
        open_store(path)
    assert str(ann.url.password) not in str(refused.value)
    path.write_text('# a partnership\nstore = "sqlite:///etc/passwd"\npartnership = "x"\n')
    with ann.here(), pytest.raises(StoreError, match="cannot be read"):
        open_store(path)


def test_long_names_are_roles_of_their_own() -> None:
    assert roles.role_of("a" * 100 + "1") != roles.role_of("a" * 100 + "2")
    assert roles.role_of(roles.role_of("a" * 100)[2:]) != roles.role_of("a" * 100), "nor is another user named like it"
    assert all(len(roles.role_of(name).encode()) <= 63 for name in ("ann", "ü" * 40, "a" * 200))


def test_a_database_that_was_not_prepared_says_so(owner: URL, tmp_path: Path) -> None:
    for address, words in (
        (owner.set(database="postgres"), "not prepared"),
        (owner.set(database="nothing"), "not prepared"),
        (owner.set(password="wrong"), "user name and password"),
        (make_url("postgresql+psycopg://x:y@127.0.0.1:1/z"), "does not answer"),
    ):
        with pytest.raises(StoreError, match=words):
            create_store(tmp_path / STORE_FILE, url=address.render_as_string(hide_password=False))
