"""The commands that write answers to a file, take them back in, and take that back: data, import, undo-import."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ctekit.cli.app import Dir, Private, app, open_partnership, read_path
from ctekit.cli.review import confirmed
from ctekit.model.text import count
from ctekit.terminal import ascii_where_needed, command, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ctekit.interchange import Change, Contents, Plan
    from ctekit.store import Revision, Store

_SHOWN = 100
"""So many lines of each kind are shown before a file is taken in."""


@app.command()
def data(
    folder: Dir = Path(),
    output: Annotated[Path, typer.Option("--output", "-o", parser=read_path, help="The file: .xlsx or .json.")] = Path(
        "answers.xlsx"
    ),
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON Schema of such a .json file.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Write over a file that is there.")] = False,
    private: Private = False,
) -> None:
    """Write all answers to a spreadsheet or to JSON; `ctekit import` takes them back in."""
    from ctekit import interchange
    from ctekit.model.errors import CtekitError
    from ctekit.model.files import write_whole

    if schema:
        print(ascii_where_needed(interchange.schema()), end="")
        return
    content = interchange.write(open_partnership(folder).store, output.suffix.lower(), private=private)
    if output.is_file() and not replace and output.read_bytes() != content:
        raise CtekitError(
            f"{output} is there, and somebody may have written in it. Nothing was written. "
            "Choose another name, or add --replace."
        )
    write_whole(output, content)
    say(f"The answers are in {output}. Take them back in with: {command('ctekit', 'import', output, folder)}")


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(parser=read_path, help="A .xlsx or .json file from `ctekit data`.")],
    folder: Dir = Path(),
    delete: Annotated[bool, typer.Option("--delete", help="Take rows out that the file lacks.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask first.")] = False,
    private: Private = False,
) -> None:
    """Take answers in from a file: first see what is new, changed and gone, then say yes."""
    from ctekit import interchange
    from ctekit.partnership import Partnership

    contents, form = interchange.read(file)
    if not Partnership(folder).exists and not _make_folder(contents, folder, yes):
        return
    store = open_partnership(folder).store
    plan = interchange.plan(store, contents, form, delete=delete)
    _preview(plan, private)
    if not plan.edits:
        say("Nothing to do: what could be read stands here just so.")
        return
    if not yes and not plan.makes_partnership and not confirmed("Write this?"):
        say("Nothing was changed.")
        return
    saved = interchange.take(store, plan, contents)
    for sentence in plan.sentences(saved):
        say(sentence)
    if not plan.makes_partnership:
        say(f"Take it back in one step with: {command('ctekit', 'undo-import', folder)}")


@app.command("undo-import")
def undo_import(folder: Dir = Path()) -> None:
    """Take the last import back, in one step; what was changed since stays."""
    from ctekit import interchange

    store = open_partnership(folder).store
    undone = interchange.undo(store)
    if undone is None:
        say(interchange.NOTHING_TO_UNDO)
        return
    for sentence in undone.sentences():
        say(sentence)
    if undone.stay:
        _tell_stay(undone.stay, store)


def _tell_stay(stay: Sequence[Revision], store: Store) -> None:
    """Name what was changed since an import; of what is for the facilitator only, just the number."""
    from ctekit.history.describe import ChangeDescriber

    entries = ChangeDescriber(store.load()).describe(stay)[::-1]
    for entry in entries[:_SHOWN]:
        name = f"{entry.name}: {entry.question}" if entry.name else entry.question
        say(f"    {' '.join(name.split())[:500]}")
    if len(entries) > _SHOWN:
        say(f"    and {len(entries) - _SHOWN} more")
    if len(entries) < len(stay):
        say(f"    {len(stay) - len(entries)} for the facilitator only")
    say("The History of a worksheet shows both, and brings back what you choose.")


def _make_folder(contents: Contents, folder: Path, yes: bool) -> bool:
    """Make a partnership for a file where there is none, if that is meant."""
    from ctekit import interchange, workspace

    rows = sum(len(rows) for rows in contents.tables.values())
    say(f"There is no partnership in {folder}. The file holds {count(rows, 'row')} of one.")
    if not yes and not confirmed("Make it there?"):
        say("Nothing was changed.")
        return False
    workspace.make(folder, partnership=interchange.partnership_id(contents))
    return True


def _preview(plan: Plan, private: bool) -> None:
    if not (plan.knows_moment or plan.makes_partnership):
        say("It is not known how things stood here when the file was written, so all that differs counts as changed.")
    for title, changes, words in plan.sections():
        if not plan.makes_partnership or changes is plan.refused:  # of a new one all would be new
            _tell(title, changes, words, private)
    if plan.gone and not plan.removed:
        say("To take out what the file lacks, add --delete.")


def _tell(title: str, changes: list[Change], words: str, private: bool) -> None:
    from ctekit.interchange import lines

    say(f"{title}: {len(changes)}", bold=True)
    for line in lines(changes[:_SHOWN], private, words):
        say(f"    {' '.join(line.split())[:500]}")
    if len(changes) > _SHOWN:
        say(f"    and {len(changes) - _SHOWN} more")
