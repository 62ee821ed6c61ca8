"""The command that takes a person out of answers, history and backups: forget."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ctekit.cli.app import Dir, app, open_partnership
from ctekit.cli.review import confirmed
from ctekit.model.text import count, key, listed, quoted, shortened
from ctekit.terminal import command, complain, say

if TYPE_CHECKING:
    from ctekit.workbook import Workbook


@app.command()
def forget(
    name: Annotated[str, typer.Argument(help="The person's name, in quotes; or the row's id, such as s-3.")],
    folder: Dir = Path(),
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask first.")] = False,
) -> None:
    """Take a person's name and contact out of answers, history and backups, for good."""
    from ctekit.store import forget as forgetting

    partnership = open_partnership(folder)
    row, person = _find(partnership.book, name)
    question = (
        f"This takes name, role, contact and notes of {person} out of the answers, the history and the backups here. "
        "It cannot be undone, and reaches no page, paper or copy elsewhere. Go on?"
    )
    if not yes and not confirmed(question):
        say("Nothing was changed.")
        return
    forgotten = forgetting.forget(partnership.store, row)
    changes = count(forgotten.number, "change")
    say(f"Done: {changes} of the history and the backups told of {person}, and do so no more.")
    say("Make pages, papers and worksheets to mail anew, and delete copies of this folder that lie elsewhere.")
    for sentence in forgotten.not_done:
        complain(f"Not done: {sentence}")
    if forgotten.not_done:
        files, them = ("This file", "it") if len(forgotten.not_done) == 1 else ("These files", "them")
        complain(
            f"{files} may still tell of this person. Delete {them}, even where you read above to keep a file. "
            f"If you put one right instead, run {command('ctekit', 'forget', row, folder)} again. "
            "That takes only the name and contact that stand in the file itself for this person, not later ones."
        )
        raise typer.Exit(1)


def _find(book: Workbook, name: str) -> tuple[str, str]:
    """The id of whoever has a name or an id, and how to speak of them in a message."""
    from ctekit.model.errors import NotFoundError

    people = [*book.rows("profile.people"), *(row for row in book.removed.values() if row.id.startswith("s-"))]
    matches = [person for person in people if name == person.id or key(person.name) == key(name)]
    called = [
        f"{quoted(person.name or 'no name')} ({', '.join(filter(None, (person.id, shortened(person.role or ''))))})"
        for person in matches
    ]
    if not matches:
        raise NotFoundError(
            f"Nobody in this partnership is called {quoted(name)}. Nothing was changed. "
            "Give the name as it stands in the worksheet, or the row's id, such as s-3."
        )
    if len(matches) > 1:
        raise NotFoundError(
            f"{len(matches)} people in this partnership are called {quoted(name)}: {listed(called)}. "
            f"Nothing was changed. Give the id of the one you mean, such as {matches[0].id}."
        )
    return matches[0].id, called[0]
