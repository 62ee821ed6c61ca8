"""The command that takes a person out of answers, history and backups: forget."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ctekit.cli.app import Dir, app, open_partnership
from ctekit.cli.review import confirmed
from ctekit.model.text import count, key, quoted
from ctekit.terminal import command, complain, say


@app.command()
def forget(
    name: Annotated[str, typer.Argument(help="The person's name, in quotes; or the row's id, such as s-3.")],
    folder: Dir = Path(),
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask first.")] = False,
) -> None:
    """Take a person's name and contact out of answers, history and backups, for good."""
    from ctekit.model.errors import NotFoundError
    from ctekit.store import forget as forgetting

    partnership = open_partnership(folder)
    book = partnership.book
    people = [*book.rows("profile.people"), *(row for row in book.removed.values() if row.id.startswith("s-"))]
    ids = [person.id for person in people if name == person.id or key(person.name) == key(name)]
    if len(ids) != 1:
        there = "Nobody" if not ids else f"{len(ids)} people"
        raise NotFoundError(
            f"{there} in this partnership {'is' if not ids else 'are'} called {quoted(name)}. Nothing was changed. "
            "Give the name as it stands in the worksheet; where two have it, change one of them first."
        )
    question = (
        "This takes name, role, contact and notes of this person out of the answers, the history and the backups here. "
        "It cannot be undone, and reaches no page, paper or copy elsewhere. Go on?"
    )
    if not yes and not confirmed(question):
        say("Nothing was changed.")
        return
    forgotten = forgetting.forget(partnership.store, ids[0])
    changes = count(forgotten.number, "change")
    say(f"Done: {changes} of the history and the backups told of this person, and do so no more.")
    say("Make pages and papers anew, and delete copies of this folder that lie elsewhere.")
    for sentence in forgotten.not_done:
        complain(f"Not done: {sentence}")
    if forgotten.not_done:
        complain(
            "That file may still tell of this person. Delete it; or put it right, then run "
            f"{command('ctekit', 'forget', ids[0], folder)}"
        )
        raise typer.Exit(1)
