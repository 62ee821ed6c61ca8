"""The command that prints what a workshop needs: kit."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ctekit.cli.app import app, read_path
from ctekit.terminal import say


@app.command()
def kit(
    folder: Annotated[
        Path | None,
        typer.Argument(
            parser=read_path, help="The partnership's folder, to print its names; blank sheets if not told."
        ),
    ] = None,
    output: Annotated[Path, typer.Option("--output", "-o", parser=read_path, help="A folder for the sheets.")] = Path(
        "kit"
    ),
    path: Annotated[
        str, typer.Option(help="The agenda: half-day, two-half-days, seven-meetings or employers-90.")
    ] = "half-day",
    people: Annotated[int, typer.Option(help="How many are expected in the room.")] = 24,
    paper: Annotated[
        str, typer.Option(help="letter or a4. Posters are on paper twice as big, or on two sheets.")
    ] = "letter",
    language: Annotated[str, typer.Option(help="es adds what families and employers hold in Spanish.")] = "en",
    start: Annotated[
        str, typer.Option(help="When the day begins, such as 8:30. Without it, invitations leave the hour open.")
    ] = "",
) -> None:
    """Print the kit of a workshop: invitations, badges, posters, cards, ballots, run sheet, and a checklist."""
    from ctekit.export import kit as kits
    from ctekit.model import clock

    options = kits.Options(people, path, paper, language, clock.read(start) if start else None)
    printed = kits.kit(folder, output, options)
    for line in printed:
        pages = f"{'about ' if line.sheet.about else ''}{line.pages} page{'s' if line.pages > 1 else ''}"
        say(f"{line.sheet.name + '.html':34} {pages:>14} x {line.copies:>3}  {line.sheet.title}")
    paper_in_all = sum(line.paper for line in printed)
    first = f"{printed[0].sheet.name}.html"
    say(f"{len(printed)} files are in {output}, on {paper_in_all} sheets of paper. Begin with {first}.")
