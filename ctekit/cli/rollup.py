"""The commands of a roll-up: a partnership gives its counts to its state agency, and the agency adds them up."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Annotated

import typer

from ctekit.cli.app import Dir, app, open_partnership, read_path, words
from ctekit.model.paths import STORE_FILE
from ctekit.model.text import count
from ctekit.terminal import command, progress_bar, say

_PATIENCE = 1
"""Seconds after which a bar shows how far it is."""


@app.command()
def rollup(
    sources: Annotated[
        list[Path] | None,
        typer.Argument(
            parser=read_path,
            help="Partnerships' folders, .ctekit files, lists of counts, or folders of these; "
            "partnerships if not told.",
        ),
    ] = None,
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", parser=read_path, help="A folder for the pages and the spreadsheet; always the same one."
        ),
    ] = Path("state-view"),
    title: Annotated[str, typer.Option(callback=words, help="Whose view it is, such as a state's name.")] = "",
    replace: Annotated[bool, typer.Option("--replace", help="Write over the spreadsheet that is there.")] = False,
    store: Annotated[
        str,
        typer.Option(
            "--store",
            envvar="CTEKIT_AGENCY_STORE",
            show_envvar=False,
            help="Address of a hub's database, for what was submitted there; that in CTEKIT_AGENCY_STORE if not told.",
        ),
    ] = "",
) -> None:
    """Add partnerships up for a state: needs, asks, agreements, measures and ratings; small groups stay hidden."""
    from ctekit import rollup as rolling
    from ctekit import state_folder

    unread: list[str] = []
    submitted = rolling.submitted(store)
    folder = Path(state_folder.PARTNERSHIPS)
    files = list(rolling.paths(sources or ([folder] if folder.exists() or not submitted else [])))
    inputs: list[Path | rolling.Submission] = [*files, *submitted]
    with _progress(len(inputs)) as step:
        summaries = rolling.gather(inputs, unread.append, step)
    for sentence in unread:
        say(sentence)
    today, not_in_it = datetime.date.today(), len(inputs) - len(summaries)
    earlier = rolling.load(output)
    first, *_ = rolling.write(summaries, output, title=title, day=today, not_in_it=not_in_it, replace=replace)
    say(f"{count(len(summaries), 'partnership is', 'partnerships are')} added up in {output}. Begin with {first.name}.")
    if not earlier and rolling.load(output):
        say(
            f"Small groups were added together, and {output} knew of no earlier roll-up. If you showed one from "
            "another folder, show this one to nobody: both together could give a small group away. "
            "Write it there, with -o."
        )


@app.command()
def submit(
    folder: Dir = Path(),
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", parser=read_path, help="Into this file, to be mailed, instead of the hub."),
    ] = None,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Take back what was submitted on the hub.")] = False,
) -> None:
    """Give a partnership's counts to its state agency, without answers and small groups: on a hub, or as a file."""
    from ctekit import rollup as rolling
    from ctekit.model.files import write_whole
    from ctekit.store import submitting
    from ctekit.store.connect import absolute

    if output and (output.is_dir() or not output.name):
        raise typer.BadParameter(f"“{output}” is a folder. Give the list a name in it, such as ours{rolling.ENDING}.")
    path = absolute(folder) / STORE_FILE
    if withdraw:
        there = submitting.withdraw(path)
        say("The state agency does not see the counts any more." if there else "Nothing was submitted.")
        return
    summary = rolling.summary_of(open_partnership(folder).store)
    document = rolling.write_document(summary)
    if output is None:
        submitting.submit(path, document)
        say(
            f"The state agency of the hub sees the counts as they stand now. Take them back with: "
            f"{command('ctekit', 'submit', folder, '--withdraw')}"
        )
        return
    stem = output.name.removesuffix(rolling.ENDING).removesuffix(".json")
    place = output.with_name(stem + rolling.ENDING)  # by which a folder's lists are known
    write_whole(place, document.encode())
    say(f"{place} holds the counts as they stand now, and no answer. Read it, then mail it to the state agency.")


@contextmanager
def _progress(sources: int) -> Iterator[Callable[[], None]]:
    """A bar in the terminal, from the second on; it moves on when it is called."""
    began = monotonic()
    bar = progress_bar()
    task = bar.add_task("Reading partnerships", total=sources)

    def step() -> None:
        bar.advance(task)
        if monotonic() - began > _PATIENCE:
            bar.start()

    try:
        yield step
    finally:
        if bar.live.is_started:
            bar.stop()
