"""The command that adds partnerships up for a state."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Annotated

import typer

from ctekit.cli.app import app
from ctekit.model.text import count
from ctekit.terminal import progress_bar, say

_PATIENCE = 1
"""Seconds after which a bar shows how far it is."""


@app.command()
def rollup(
    sources: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Partnerships' folders, their .ctekit files, or folders that hold them; partnerships if not told."
        ),
    ] = None,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="A folder for the pages and the spreadsheet; always the same one.")
    ] = Path("state-view"),
    title: Annotated[str, typer.Option(help="Whose view it is, such as a state's name.")] = "",
    replace: Annotated[bool, typer.Option("--replace", help="Write over the spreadsheet that is there.")] = False,
) -> None:
    """Add partnerships up for a state: needs, asks, agreements, measures and ratings; small groups stay hidden."""
    from ctekit import rollup as rolling
    from ctekit import state_folder

    unread: list[str] = []
    files = list(rolling.paths(sources or [Path(state_folder.PARTNERSHIPS)]))
    with _progress(len(files)) as step:
        summaries = rolling.gather(files, unread.append, step)
    for sentence in unread:
        say(sentence)
    today, not_in_it = datetime.date.today(), len(files) - len(summaries)
    earlier = rolling.load(output)
    first, *_ = rolling.write(summaries, output, title=title, day=today, not_in_it=not_in_it, replace=replace)
    say(f"{count(len(summaries), 'partnership is', 'partnerships are')} added up in {output}. Begin with {first.name}.")
    if not earlier and rolling.load(output):
        say(
            f"Small groups were added together, and {output} knew of no earlier roll-up. If you showed one from "
            "another folder, show this one to nobody: both together could give a small group away. "
            "Write it there, with -o."
        )


@contextmanager
def _progress(files: int) -> Iterator[Callable[[], None]]:
    """A bar in the terminal, from the second on; it moves on when it is called."""
    began = monotonic()
    bar = progress_bar()
    task = bar.add_task("Reading partnerships", total=files)

    def step() -> None:
        bar.advance(task)
        if monotonic() - began > _PATIENCE:
            bar.start()

    try:
        yield step
    finally:
        if bar.live.is_started:
            bar.stop()
