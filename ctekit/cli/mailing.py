"""The commands that send worksheets by mail and take the answers back in: mail, take."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ctekit.cli.app import Dir, app, open_partnership, read_path, words
from ctekit.cli.review import confirmed
from ctekit.model.text import count
from ctekit.terminal import command, complain, say

if TYPE_CHECKING:
    from ctekit.mail import Mailing, Plan
    from ctekit.store import Store


@app.command()
def mail(
    folder: Dir = Path(),
    to: Annotated[
        list[str] | None,
        typer.Option("--to", help="An organization or a person; may be given several times. All if not told."),
    ] = None,
    worksheet: Annotated[
        list[str] | None, typer.Option(help="Only this worksheet, such as value; may be given several times.")
    ] = None,
    output: Annotated[Path, typer.Option("--output", "-o", parser=read_path, help="A folder for the files.")] = Path(
        "mail"
    ),
    reply: Annotated[
        str, typer.Option("--reply-to", callback=words, help="Where to send answers; the front door if not told.")
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask first.")] = False,
) -> None:
    """Write a worksheet for each partner as one file to mail: filled in on a phone, without an account or a network."""
    from ctekit import mail as mailing

    store = open_partnership(folder).store
    mailings = mailing.prepare(store, to or (), worksheet or (), reply)
    for each in mailings:
        _say_words(each)
    if not yes and not confirmed(f"Write {count(len(mailings), 'file')}? Words above go to the partner named."):
        say("Nothing was written.")
        return
    paths = mailing.send(store, mailings, output)
    say(*(f"{path}  {round(path.stat().st_size / 1000)} KB" for path in paths))
    say(f"Mail each to its partner. Take answers back in with: {command('ctekit', 'take', 'FILE', '--folder', folder)}")


@app.command()
def take(
    files: Annotated[list[Path], typer.Argument(parser=read_path, help="Files that “Save my answers” made.")],
    folder: Annotated[
        Path, typer.Option(parser=read_path, help="The partnership's folder; the one you stand in if not told.")
    ] = Path(),
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask first.")] = False,
) -> None:
    """Take in the answers to mailed worksheets. What was changed here as well stays; both are kept."""
    from ctekit import mail as mailing
    from ctekit.model.errors import CtekitError

    store = open_partnership(folder).store
    wrong = 0
    for file in files:
        try:
            planned = mailing.plan(store, mailing.read(file))
            if not planned.edits or yes or _agreed(store, file, planned):
                say(*mailing.report(store, planned, mailing.take(store, planned)))
        except CtekitError as error:
            complain(str(error) if file.name in str(error) else f"{file.name}: {error}")
            wrong += 1
    if wrong:
        raise typer.Exit(2)


def _say_words(mailing: Mailing) -> None:
    """All that people wrote in words of their own and goes out: only people can tell whom it names."""
    say(f"{mailing.name}: {', '.join(mailing.letter.worksheets)}", bold=True)
    say(*(f"    {' '.join(words.split())}" for words in mailing.words))


def _agreed(store: Store, file: Path, planned: Plan) -> bool:
    """Show what a file would change, and ask."""
    from ctekit import mail as mailing

    lines = mailing.changes(store, planned)
    say(f"{file.name}: from {planned.who}", bold=True)
    say(*(f"    {line}" for line in lines))
    return confirmed("Take this in?")
