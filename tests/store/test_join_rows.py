"""Two rows that are the same become one: whatever named the one names the other, and it is taken back in one step."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from ctekit import samples
from ctekit.analysis.doubles import doubles
from ctekit.store import Edit, Store, StoreError
from ctekit.store.join_rows import _standing, join_rows, undo
from ctekit.store.lines import Line, Place
from ctekit.store.told_apart import tell_apart, told_apart
from ctekit.worksheets.plan import Plan
from ctekit.worksheets.profile import Profile
from ctekit.worksheets.roles import Roles


def people(store: Store, *names: str) -> None:
    store.save([Edit("profile", "name", name, f"s-*{number}") for number, name in enumerate(names)])


def organizations(store: Store, *names: str) -> None:
    store.save([Edit("profile", "name", name, f"org-*{number}") for number, name in enumerate(names)])


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Ridge Tool, Inc.", "Ridge Tool"),
        ("Ridge Tool", "The Ridge Tool Company"),
        ("Café Ibáñez LLC", "Cafe Ibanez"),
        ("Berg & Sons", "Berg and Sons"),
        ("Castellan Gear", "Castelan Gear"),
        ("R.J. Tool GmbH", "RJ Tool"),
    ],
)
def test_organizations_that_look_like_the_same_are_proposed(store: Store, name: str, other: str) -> None:
    organizations(store, name, "Puente Adelante", other)
    (double,) = doubles(store.load())
    assert (double.first, double.second, double.names) == ("org-1", "org-3", (name, other))
    assert doubles(store.load(), {"org-2"}) == []


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Novak High School", "Novak Middle School"),
        ("District 12", "District 13"),
        ("Berg Tool", "Bell Tool"),
        ("Co", ""),
    ],
)
def test_organizations_that_are_two_are_not(store: Store, name: str, other: str) -> None:
    organizations(store, name, other)
    assert doubles(store.load()) == []


def test_people_are_found_whichever_name_comes_first(store: Store) -> None:
    people(store, "José Ruiz", "Ruiz, Jose", "Ana Ruiz")
    assert [(each.first, each.second) for each in doubles(store.load())] == [("s-1", "s-2")]


@pytest.mark.parametrize("name", ["harrow-bend", "clean"])
def test_nobody_in_the_samples_looks_like_somebody_else(name: str) -> None:
    assert doubles(samples.book(name)) == []


def test_what_named_the_one_names_the_other(store: Store) -> None:
    organizations(store, "Ridge Tool", "Ridge Tool Inc.")
    people(store, "Ana")
    store.save([Edit("profile", "sector", "K-12", "org-2"), Edit("profile", "organization", "org-2", "s-1")])
    store.save([Edit("roles", "duty", "Teach", "task-*"), Edit("roles", "matrix/org-1", "R", "task-*")])
    store.save(
        [Edit("roles", "matrix/org-2", "A", "task-1"), Edit("plan", "finding", "RO01 profile/org-2/name", "act-*")]
    )
    before = store.load()
    join_rows(store, "profile", "org-1", "org-2")
    book = store.load()
    (row,) = book[Profile].organizations
    assert (row.id, row.name, row.sector) == ("org-1", "Ridge Tool", "K-12")
    assert book[Profile].people[0].organization == "org-1"
    assert sorted(book[Roles].matrix["task-1"]["org-1"]) == ["A", "R"]
    assert "org-2" not in book[Roles].matrix["task-1"]
    assert book[Plan].actions[0].finding == "RO01 profile/org-1/name"
    assert undo(store) > 0
    assert {slug: store.load().sheets[slug] for slug in book.sheets} == dict(before.sheets)
    assert undo(store) == 0


def test_a_person_who_is_named_twice_in_a_list_is_in_it_once(store: Store) -> None:
    people(store, "Ana", "Ann")
    store.save([Edit("profile", "co_facilitators", ["s-2", "s-1"])])
    store.save([Edit("profile", "marks/role", {"kind": "to find out", "whom": "s-2"}, "s-1")])
    join_rows(store, "profile", "s-1", "s-2")
    profile = store.load()[Profile]
    assert profile.co_facilitators == ("s-1",)
    assert profile.people[0].marks["role"].whom == "s-1"


def test_an_answer_that_somebody_gives_meanwhile_is_not_written_over(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    organizations(store, "Ridge", "Ridge Inc.")
    store.save([Edit("profile", "sector", "K-12", "org-2")])
    meanwhile = []

    def slow_standing(lines: list[Line]) -> Mapping[Place, Line]:
        meanwhile.append(store.submit([Edit("profile", "sector", "postsecondary", "org-1")]))
        return _standing(lines)

    monkeypatch.setattr("ctekit.store.join_rows._standing", slow_standing)
    join_rows(store, "profile", "org-1", "org-2")
    assert meanwhile[0].result(10)[0].conflict is None
    assert store.load()[Profile].organizations[0].sector == "postsecondary"


@pytest.mark.parametrize(
    ("kept", "other"), [("org-1", "org-9"), ("org-1", "org-1"), ("org-1", "s-1"), ("org-3", "org-1")]
)
def test_rows_that_are_not_there_or_of_two_tables_are_refused(store: Store, kept: str, other: str) -> None:
    organizations(store, "Ridge", "Berg")
    people(store, "Ana")
    number = store.latest()
    with pytest.raises(StoreError, match="othing was changed"):
        join_rows(store, "profile", kept, other)
    assert store.latest() == number


@pytest.mark.parametrize("other", ["org-999", "org-1", "s-1", "org-3"])
def test_only_two_rows_of_one_table_that_are_there_are_told_apart(store: Store, other: str) -> None:
    organizations(store, "Berg Tool", "Bergs Tool", "Gone")
    people(store, "Ana Ruiz")
    store.save([Edit("profile", "row", None, "org-3")])
    with pytest.raises(StoreError, match="no row|no two rows"):
        tell_apart(store, "org-1", other)
    assert told_apart(store) == frozenset()
    tell_apart(store, "org-1", "org-2")
    assert told_apart(store) == {frozenset({"org-1", "org-2"})}
