"""A partnership with names of people who never said yes to being named, wherever names stand, to be looked for."""

from __future__ import annotations

import re
from pathlib import Path

from ctekit import worksheets
from ctekit.model.paths import STORE_FILE
from ctekit.store import Edit, open_store
from tests.stores import harrow_bend

NAME = re.compile(r"Quillon(?:\s|&#\w+;)+Zq(\d\d)")


def plant(home: Path) -> int:
    """Make Harrow Bend in a folder and plant names in it; gives how many."""
    harrow_bend(home)
    store = open_store(home / STORE_FILE)
    book = store.load()
    names = [f"Quillon Zq{number:02d}" for number in range(40)]
    people = book.rows("profile.people")
    edits = [Edit("profile", "name", name, person.id) for name, person in zip(names, people, strict=False)]
    edits += [Edit("profile", "may_be_named", number % 2 and False, person.id) for number, person in enumerate(people)]
    for number, name in enumerate(names[len(people) :]):
        answers = {"name": name, "organization": f"org-{number % 11 + 1}", "status": "confirmed", "role": "Helper"}
        edits += [Edit("profile", field, answer, f"s-*{number}") for field, answer in answers.items()]
    edits += [Edit("recruitment", "marks/missing", {"kind": "to find out", "whom": names[39]})]
    store.save(edits)
    # What people type names people as well.
    edits = []
    texts = iter(range(10_000))
    for slug, kind in worksheets.every().items():
        places = [("", name, question) for name, question in kind.questions().items()]
        for table, question in kind.tables().items():
            for row in (
                () if slug == "profile" and table in ("people", "organizations") else book.sheets[slug].rows(table)
            ):
                places += [(row.id, name, each) for name, each in question.row.questions().items()]
        for row_id, name, question in places:
            if question.kind.is_words and not question.is_reference and name != "partnership_id":
                edits.append(Edit(slug, name, f"Ask {names[next(texts) % 40]}, then tell us.", row_id))
    store.save(edits)
    store.save([Edit("profile", "row", None, people[-1].id)])
    store.close()
    return len(names)


def named(words: str) -> set[str]:
    """The names in some text."""
    return set(NAME.findall(words))
