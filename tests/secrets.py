"""A partnership with a secret in every private answer, mark, note and table, to be looked for wherever it leaks."""

from __future__ import annotations

import re
from pathlib import Path

from ctekit import worksheets
from ctekit.model.paths import STORE_FILE
from ctekit.model.questions import Question
from ctekit.store import Edit, open_store
from tests.stores import harrow_bend

SECRET = re.compile(r"ZQX\d{4}SECRET")
TEXTS = ("text", "long_text")


def plant(home: Path) -> int:
    """Make Harrow Bend in a folder and plant secrets in it; gives how many."""
    harrow_bend(home)
    store = open_store(home / STORE_FILE)
    book, edits = store.load(), list[Edit]()
    planted = 0

    def secret() -> str:
        nonlocal planted
        planted += 1
        return f"ZQX{planted:04d}SECRET"

    def hide(slug: str, row: str, field: str, question: Question) -> None:
        if question.kind.name in TEXTS:
            edits.append(Edit(slug, field, secret(), row))
        # Due: a rule speaks of what was to be found out.
        mark = {"kind": "to find out", "whom": secret(), "by": "2026-09-20"}
        edits.append(Edit(slug, f"marks/{field}", mark, row))

    for slug, kind in worksheets.every().items():
        for name, question in kind.questions().items():
            if question.kind.name == "rows":
                for row in [row.id for row in book.sheets[slug].rows(name)]:
                    for field, each in question.row.questions().items():
                        if question.private or each.private:
                            hide(slug, row, field, each)
            elif question.private:
                hide(slug, "", name, question)
    for number in range(5):
        table = worksheets.called("plan").tables()["acknowledged"]
        for field, each in table.row.questions().items():
            if each.kind.name in TEXTS:
                edits.append(Edit("plan", field, secret(), f"ack-*{number}"))
    # Findings that only the facilitator may read.
    edits += [Edit("value", "worth", 1, row.id) for row in book.rows("value.exchanges")]
    edits += [Edit("value", "action", None, row.id) for row in book.rows("value.exchanges")[:4]]
    for row in book.rows("recruitment.invitations"):
        edits += [Edit("recruitment", "influence", 5, row.id), Edit("recruitment", "interest", 5, row.id)]
    store.save(edits)
    # A row that was taken out keeps its secrets in the history.
    store.save([Edit("value", "row", None, book.rows("value.exchanges")[-1].id)])
    store.close()
    return planted


def found(words: str) -> set[str]:
    """The secrets in some text."""
    return set(SECRET.findall(words))
