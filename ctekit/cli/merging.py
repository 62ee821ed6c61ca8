"""The commands that join copies, or two rows, and take that back: merge, undo-merge, join-rows, undo-join-rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ctekit.cli.app import Dir, Private, app, open_partnership, read_path
from ctekit.cli.review import confirmed
from ctekit.model.text import count
from ctekit.terminal import command, say

if TYPE_CHECKING:
    from ctekit.store import Store
    from ctekit.store.joining import Joined
    from ctekit.store.merge import Copy, Side

_SHOWN = 100
"""So many lines of each kind are shown."""


@app.command()
def merge(
    folder: Annotated[
        Path, typer.Argument(parser=read_path, help="The partnership's folder, into which the others go.")
    ],
    others: Annotated[
        list[Path] | None,
        typer.Argument(
            parser=read_path, help="Other copies of it: folders, or .ctekit files. None: what is still to be chosen."
        ),
    ] = None,
    ours: Annotated[bool, typer.Option("--ours", help="Take our answer wherever both changed the same.")] = False,
    theirs: Annotated[bool, typer.Option("--theirs", help="Take theirs.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask first.")] = False,
    private: Private = False,
) -> None:
    """Join copies of a partnership that people went on writing in: answers, ratings and history of all of them."""
    from ctekit.model.errors import CtekitError
    from ctekit.store import merge as merging
    from ctekit.store import merge_undo

    if ours and theirs:
        raise CtekitError("--ours and --theirs contradict each other, so nothing was changed. Give one of them.")
    side: Side = "ours" if ours else "theirs" if theirs else ""
    store = open_partnership(folder).store
    if not others:
        _choose(store, folder, side, private)
        return
    copies = merging.read(store, [_file(path) for path in others])
    with merging.tried(store, copies, side) as (draft, joined):
        _tell(draft, folder, store.latest(), zip(copies, joined, strict=True), private)
    if not any(each.lines for each in joined):
        say("Nothing to do: all of it is here.")
        return
    if not yes and not confirmed("Merge this?"):
        say("Nothing was changed.")
        return
    joined, backup = merging.merge(store, copies, side)
    number = sum(len(each.lines) for each in joined)
    say(f"{count(number, 'change is', 'changes are')} merged, with their history.")
    say(f"Take it back in one step with: {command('ctekit', 'undo-merge', folder)}")
    say(*merge_undo.WITHDRAWN)
    say(f"How it stood before is in {backup}.")


@app.command("undo-merge")
def undo_merge(folder: Dir = Path()) -> None:
    """Take the last merge back, in one step, also for copies that merge this one later; the history keeps all of it."""
    from ctekit.store import merge_undo

    undone = merge_undo.undo(open_partnership(folder).store)
    if undone is None:
        say("Nothing to do: there was no merge, or it was taken back before.")
        return
    for sentence in undone.sentences():
        say(sentence)


@app.command("join-rows")
def join_rows(
    folder: Annotated[Path, typer.Argument(parser=read_path, help="The partnership's folder.")],
    keep: Annotated[str, typer.Argument(help="The id of the organization or person that stays, such as org-3.")],
    other: Annotated[str, typer.Argument(help="The id of the one that is the same; what names it names the first.")],
    two: Annotated[bool, typer.Option("--two", help="They are two: join nothing, and propose them no more.")] = False,
) -> None:
    """Make one of two organizations, or people, that are the same. What is blank in the first comes from the other."""
    from ctekit.store import join_rows as joining
    from ctekit.store.told_apart import tell_apart

    store = open_partnership(folder).store
    names = [store.load().name(row) for row in (keep, other)]
    if two:
        tell_apart(store, keep, other)
        say(f"“{names[0]}” and “{names[1]}” are two, and not proposed again. Join them after all without --two.")
        return
    number = joining.join_rows(store, "profile", keep, other)
    say(f"“{names[1]}” is “{names[0]}” now: {count(number, 'answer')} changed. All of it stays in the history.")
    say(f"Take it back in one step with: {command('ctekit', 'undo-join-rows', folder)}")


@app.command("undo-join-rows")
def undo_join_rows(folder: Dir = Path()) -> None:
    """Make two rows again of those that were joined last, in one step."""
    from ctekit.store import join_rows as joining

    number = joining.undo(open_partnership(folder).store)
    if number:
        say(f"They are two again: {count(number, 'answer')} changed.")
    else:
        say("Nothing to do: no rows were joined, or they are two again already.")


def _file(path: Path) -> Path:
    from ctekit.model.paths import STORE_FILE
    from ctekit.store.connect import absolute

    path = absolute(path)
    return path / STORE_FILE if path.is_dir() else path


def _tell(store: Store, folder: Path, since: int, read: Iterable[tuple[Copy, Joined]], private: bool) -> None:
    from ctekit.history import merging

    read = list(read)
    for copy, each in read:
        say(f"{copy.name}: {_kinds(each)}", bold=True)
    for title, lines in merging.report(store, since, [each for _, each in read], private=private):
        _list(f"{title}: {len(lines)}", lines)
    _list_choices(store, private)
    _list_doubles(store, folder)


def _list_doubles(store: Store, folder: Path) -> None:
    from ctekit.history import merging

    there = merging.proposed_doubles(store)
    _list(
        f"Look like the same; nothing was joined: {len(there)}",
        [f"“{each.names[0]}” ({each.first}) and “{each.names[1]}” ({each.second})" for each in there],
    )
    if there:
        rows = (there[0].first, there[0].second)
        say(f"Make one of two with: {command('ctekit', 'join-rows', folder, *rows)}")
        say("Where they are two, add --two: they are not proposed again.")


def _kinds(joined: Joined) -> str:
    """How much of each kind is new."""
    from ctekit.store.ballots import KEEPER, SHEET
    from ctekit.store.lines import APART

    kinds = Counter(
        "answers"
        if not line.respondent
        else "rounds"
        if line.respondent == KEEPER
        else "ratings"
        if line.worksheet == SHEET
        else "pairs"
        if line.worksheet == APART
        else "letters"
        for line in joined.lines
    )
    words = {"answers": ("change", "changes"), "rounds": ("change of a round", "changes of rounds"),
             "ratings": ("rating", "ratings"), "letters": ("note of mail", "notes of mail"),
             "pairs": ("pair told apart", "pairs told apart")}  # fmt: skip
    return ", ".join(count(kinds[kind], *words[kind]) for kind in words if kinds[kind]) or "nothing new"


def _list_choices(store: Store, private: bool) -> int:
    from ctekit.history import merging

    choices = merging.choices(store, private=private)
    if choices:
        say(f"Given in several ways; what was said last stands until somebody chooses: {len(choices)}", bold=True)
        for line in merging.lines(choices[:_SHOWN]):
            say(f"    {' '.join(line.split()) if not line.startswith(' ') else line}"[:500])
        if len(choices) > _SHOWN:
            say(f"    and {len(choices) - _SHOWN} more")
    if not private:
        say("What is for the facilitator only is not in this list; --private shows it.")
    return len(choices)


def _list(title: str, lines: list[str]) -> None:
    if not lines:
        return
    say(title, bold=True)
    for line in lines[:_SHOWN]:
        say(f"    {' '.join(line.split())[:500]}")
    if len(lines) > _SHOWN:
        say(f"    and {len(lines) - _SHOWN} more")


def _choose(store: Store, folder: Path, side: str, private: bool) -> None:
    """List what is to be chosen, or choose one side of all of it."""
    from ctekit.history import merging
    from ctekit.store.differences import choose

    if not side:
        number = _list_choices(store, private)
        _list_doubles(store, folder)
        if not number:
            say("Nothing to choose: no two copies contradict each other.")
            return
        say(f"Take all of one side with: {command('ctekit', 'merge', folder, '--ours')} (or --theirs)")
        say("Choose one by one at the end of a notebook, or in a cell with: partnership.differences()")
        return
    there = [choice.difference for choice in merging.choices(store, private=private)]
    number = choose(store, [(difference, difference.of(side)) for difference in there])
    say(f"{count(number, 'answer was', 'answers were')} chosen. The others stay in the history.")
