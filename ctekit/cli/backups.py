"""The commands that keep copies of a partnership, look them over, and put one back: backup, verify, restore-backup."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ctekit.cli.app import Dir, app, open_partnership, read_path
from ctekit.cli.review import confirmed
from ctekit.history.entries import local_time
from ctekit.terminal import command, say

if TYPE_CHECKING:
    from ctekit.store.backups import Condition


@app.command()
def backup(
    folder: Dir = Path(),
    keep: Annotated[int, typer.Option(help="So many are kept; the oldest go.", min=1, max=1000)] = 10,
) -> None:
    """Keep a whole, checked copy of answers, ratings and history in the folder backups; people may go on typing."""
    from ctekit.store import backups

    path = backups.keep(open_partnership(folder).store, keep)
    say(f"The backup is {path}. Put it back with: {command('ctekit', 'restore-backup', path, folder)}")


@app.command()
def verify(
    place: Annotated[
        Path, typer.Argument(parser=read_path, help="A partnership's folder, with its backups; or one file.")
    ] = Path(),
) -> None:
    """Look over a partnership's file and its backups, all of each. Exit code 1 if one is not whole."""
    from ctekit.model.paths import STORE_FILE
    from ctekit.store import StoreError, backups
    from ctekit.store.connect import absolute

    place = absolute(place)
    wrong = 0
    for path in [place] if not place.is_dir() else [place / STORE_FILE, *backups.all_of(place)]:
        try:
            contents = backups.verify(path)
            say(f"ok    {path}: {_words(contents)}")
        except StoreError as error:
            wrong += 1
            say(f"WRONG {error}")
    if wrong:
        raise typer.Exit(1)


@app.command("restore-backup")
def restore_backup(
    file: Annotated[
        Path, typer.Argument(parser=read_path, help="A backup, such as backups/2027-01-15-184500-120.ctekit.")
    ],
    folder: Dir = Path(),
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask first.")] = False,
) -> None:
    """Put a backup in the place of all that stands, which is backed up first."""
    from ctekit.store import backups
    from ctekit.store.connect import absolute

    store = open_partnership(folder).store
    path = absolute(file)
    there, here = backups.verify(path), backups.verify(store.path)
    question = (
        f"The backup holds {_words(there)}; here are {_words(here)}. What stands now is backed up first. "
        "Put the backup in its place?"
    )
    if not yes and not confirmed(question):
        say("Nothing was changed.")
        return
    before = backups.restore(store, path)
    say(f"The backup is in its place. How it stood until now is in {before}.")


def _words(condition: Condition) -> str:
    return f"{condition.revisions} changes, the last of {local_time(condition.saved_at)}"
