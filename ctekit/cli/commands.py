"""The commands that make, open and hand round: new, start, practice, export, room, run and doctor."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ctekit.cli.app import AsOf, Dir, StoreUrl, app, open_partnership, read_path
from ctekit.cli.review import confirmed
from ctekit.model import clock
from ctekit.model.reader import Reader
from ctekit.model.text import count
from ctekit.terminal import (
    command,
    progress_bar,
    say,
)

if TYPE_CHECKING:
    from ctekit.partnership import Partnership

PagesDir = Annotated[Path, typer.Option("--output", "-o", parser=read_path, help="A folder for the pages.")]


@app.command()
def new(
    name: Annotated[str, typer.Argument(help="The partnership's name, in quotes.")],
    folder: Annotated[
        Path | None, typer.Option(parser=read_path, help="Where; a folder named after the partnership if not told.")
    ] = None,
    sample: Annotated[str, typer.Option(help="Begin with an invented sample: harrow-bend, clean or half.")] = "",
    store: StoreUrl = "",
    state: Annotated[bool, typer.Option("--state", help="For a state: to see many partnerships at once.")] = False,
) -> None:
    """Start a partnership: a folder with its store and its own copies of the notebooks. Or a state's folder."""
    from ctekit import state_folder, workspace

    if name or not sample:  # a sample has a name of its own
        name = workspace.read_name(name)
    home = folder or workspace.folder_for(name)
    if state:
        say(f"Put the partnerships' files into {state_folder.make(home)}. Then: {command('ctekit', 'start', home)}")
        return
    workspace.make(home, name, sample, url=store)
    _say_which_differ(home)
    what = f"“{name}”" if name else "The partnership"
    say(f"{what} is ready in {home}. Open it with: {command('ctekit', 'start', home)}")


@app.command()
def start(
    folder: Dir = Path(),
    browser: Annotated[bool, typer.Option(help="Open a browser where there is one.")] = True,
    as_app: Annotated[bool, typer.Option("--app", help="As pages without code, in Voila.")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="JupyterLab as it is, with nothing hidden.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Show what Jupyter says beside errors.")] = False,
) -> None:
    """Open the guided notebooks, the exercises or the state's, in JupyterLab, on this computer only."""
    from ctekit import state_folder, workspace
    from ctekit.cli import servers

    if not as_app and (workspace.holds_exercises(folder) or state_folder.is_state(folder)):
        first = state_folder.NOTEBOOK if state_folder.is_state(folder) else servers.FIRST_EXERCISE
        sys.exit(servers.without_partnership(folder, first, browser=browser, say=say, verbose=verbose))
    partnership = open_partnership(folder)
    _keep_daily_backup(partnership)
    _say_which_differ(folder)
    if as_app:
        sys.exit(servers.app(partnership, browser=browser, say=say, verbose=verbose))
    sys.exit(servers.lab(partnership, browser=browser, say=say, verbose=verbose, plain=plain))


@app.command()
def practice(
    folder: Annotated[
        Path, typer.Argument(parser=read_path, help="Where; the folder you stand in if not told.")
    ] = Path(),
) -> None:
    """Copy the exercises into the folder exercises. They need no partnership of your own, and touch none."""
    from ctekit import workspace

    for changed in workspace.copy_exercises(folder):
        say(f"{changed.name} differs from this version's exercise; yours is kept as it is.")
    home = folder / "exercises"
    say(f"The exercises are in {home}. Begin with 01-convener. Open them with: {command('ctekit', 'start', home)}")


def _refuse_together(
    blank: bool, facilitator: bool, worksheet: list[str] | None, as_of: str, timed: bool, lesson_for: str
) -> None:
    """Say which options of `export` cannot go together."""
    if blank and facilitator:
        raise typer.BadParameter("Choose --blank or --run-sheet, not both.")
    if worksheet and (blank or facilitator):
        raise typer.BadParameter("What is printed for a workshop belongs together; leave --worksheet out.")
    if as_of and (blank or facilitator):
        raise typer.BadParameter("Paper for a workshop has no history; leave --as-of out.")
    if timed and not facilitator:
        raise typer.BadParameter("--path and --start belong to a run sheet; add --run-sheet, or leave them out.")
    if lesson_for == "public":
        raise typer.BadParameter("The prose of notebooks may name people; leave --lesson out for the public.")


@contextmanager
def _progress(pages: int) -> Iterator[Callable[[str], None]]:
    """A bar in the terminal; it moves on when it is told the name of the next page."""
    from rich.progress import Progress, TextColumn

    columns = (*Progress.get_default_columns()[:2], TextColumn("{task.fields[page]}", markup=False))
    with progress_bar(*columns) as bar:
        task = bar.add_task("Writing pages", total=pages, page="")
        yield lambda page: bar.update(task, advance=1, page=page)


@app.command()
def export(
    folder: Dir = Path(),
    output: PagesDir = Path("pages"),
    worksheet: Annotated[
        list[str] | None, typer.Option(help="Only this worksheet or notebook; may be given several times.")
    ] = None,
    blank: Annotated[
        bool, typer.Option("--blank", help="Empty worksheets, cards, slip and ballot, for paper.")
    ] = False,
    facilitator: Annotated[
        bool, typer.Option("--run-sheet", "--facilitator", help="The run sheets: times, words, what may go wrong.")
    ] = False,
    path: Annotated[
        str, typer.Option(help="Only this run sheet: half-day, two-half-days, seven-meetings or employers-90.")
    ] = "",
    start: Annotated[str, typer.Option(help="When a session begins, such as 9:00.")] = "",
    reader: Annotated[
        Reader, typer.Option("--for", help="Who will read them; the public reads the names of those who said yes.")
    ] = "partners",
    lesson: Annotated[bool, typer.Option("--lesson", help="With the notebooks' prose, behind the answers.")] = False,
    private: Annotated[bool, typer.Option("--private", hidden=True, help="What --for facilitator was called.")] = False,
    as_of: AsOf = "",
) -> None:
    """Write the site: a brief, a page a worksheet and a partner, to open, print and read aloud; or paper."""
    # nbformat brings jsonschema, which builds a grammar of international addresses for more than a second, to check
    # what no notebook holds. This process reads nothing but notebooks, and does without.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

    from ctekit import export as exporting

    _refuse_together(blank, facilitator, worksheet, as_of, bool(path or start), reader if lesson else "")
    sentences: list[str] = []
    reader = "facilitator" if private else reader
    with _progress(len(worksheet or []) or 25) as progress:
        try:
            if blank or facilitator:
                kind = "blank" if blank else "facilitator"
                begins = clock.read(start) if start else None
                pages = exporting.paper(
                    folder, output, kind, private=reader == "facilitator", say=sentences.append, path=path, start=begins
                )
            else:
                partnership, names = open_partnership(folder), tuple(worksheet or ())
                pages = partnership.export(
                    output, names, reader=reader, lesson=lesson, progress=progress, as_of=as_of, say=sentences.append
                )
        finally:
            for sentence in sentences:
                say(sentence)
    first = pages[0] if blank or facilitator else pages[-1]
    say(f"{count(len(pages), 'file is', 'files are')} in {output}. Begin with {first.name}.")


@app.command()
def room(
    folder: Dir = Path(),
    element: Annotated[str, typer.Option(help="A worksheet's name, such as purpose; or exit, the exit ballot.")] = "",
    quick: Annotated[bool, typer.Option("--quick", help="One question an element: three minutes.")] = False,
    dots: Annotated[str, typer.Option(help="Dots on a list of a worksheet, such as purpose.clauses.")] = "",
    fist: Annotated[str, typer.Option(help="Fist to five on a worksheet, such as purpose, or on a sentence.")] = "",
    slip: Annotated[bool, typer.Option("--slip", help="Give-and-get slips, into element 4.")] = False,
    minutes: Annotated[float, typer.Option(help="Show a timer. Nothing closes by itself.", min=0, max=600)] = 0,
    people: Annotated[
        int,
        typer.Option(help="How many are in the room: no more phones can join than that, and a few.", min=0, max=2000),
    ] = 0,
    share: Annotated[bool, typer.Option("--share", help="Listen to the network, for phones.")] = False,
    address: Annotated[
        str, typer.Option(help="Share in the network where this computer has this address; --share lists them.")
    ] = "",
    port: Annotated[int, typer.Option(help="0 for a free one.", min=0, max=65535)] = 0,
    reveal: Annotated[bool, typer.Option("--reveal", help="Close the open round and show what it says.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Reveal without asking, however few have answered.")] = False,
) -> None:
    """Let everybody rate, vote or write alone on a phone; then look together."""
    asked = {"quick": quick, element: element, "dots": dots, "fist": fist, "slip": slip}
    chosen = [about for about, is_set in asked.items() if is_set]
    if len(chosen) != 1 and not (reveal and not chosen):
        raise typer.BadParameter(
            "Choose one: --quick, --element with a worksheet's name, --dots with a list, --fist with a worksheet or "
            "a sentence, or --slip."
        )
    from ctekit.room import console

    what = dots or fist
    if reveal:
        sure = (lambda _: True) if yes else confirmed
        console.reveal(folder, *(chosen or [""]), what=what, say=say, sure=sure)
        return
    console.run(
        folder,
        chosen[0],
        what=what,
        share=share or bool(address),
        address=address,
        port=port,
        minutes=minutes,
        people=people,
        say=say,
    )


@app.command()
def run(
    folder: Dir = Path(),
    path: Annotated[str, typer.Option(help="half-day, two-half-days, seven-meetings or employers-90.")] = "half-day",
    start: Annotated[str, typer.Option(help="When it starts, such as 9:00; now if not told.")] = "",
    meeting: Annotated[int, typer.Option(help="Which meeting of the path.", min=1)] = 1,
    share: Annotated[bool, typer.Option("--share", help="Listen to the network, for phones.")] = False,
    address: Annotated[
        str, typer.Option(help="Share in the network where this computer has this address; --share lists them.")
    ] = "",
    rehearsal: Annotated[bool, typer.Option("--rehearsal", help="Work on a copy that is thrown away.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Start the clock anew.")] = False,
    browser: Annotated[bool, typer.Option(help="Open the wall and the lead's view where there is a browser.")] = True,
) -> None:
    """Run a meeting: the clock, the wall for the projector, the lead's view for you, and the room for phones."""
    import webbrowser

    from ctekit.cli.running import leading_to
    from ctekit.room import run_console
    from ctekit.room.translations import presenting

    open_partnership(folder)
    text = presenting()["terminal"]

    def show(screen: str, page: str) -> None:
        place = leading_to(page).as_uri()  # readable by its owner alone: what is printed here opens nothing elsewhere
        say(text["wall" if screen == "wall" else "lead_view"].format(place=place))
        if browser:
            webbrowser.open(place)

    ask = input if sys.stdin is not None and sys.stdin.isatty() else None
    run_console.run(
        folder,
        path,
        at=start,
        session=meeting,
        share=share,
        address=address,
        rehearsal=rehearsal,
        again=again,
        say=say,
        ask=ask,
        show=show,
    )


@app.command()
def doctor(folder: Dir = Path()) -> None:
    """Look over this computer: versions, Jupyter's parts, the folder. Exit code 1 if something is wrong."""
    from ctekit.cli.doctor import examine

    wrong = 0
    for good, words in examine(folder):
        say(("ok    " if good else "WRONG ") + words)
        wrong += not good
    if wrong:
        raise typer.Exit(1)


def _keep_daily_backup(partnership: Partnership) -> None:
    """Keep a copy on each day of use. Where it cannot be made, that is said, and people work all the same."""
    from ctekit.store import StoreError, backups

    try:
        backups.keep_daily(partnership.store)
    except StoreError as error:
        say(f"Today's backup could not be made. {error}")


def _say_which_differ(folder: Path) -> None:
    """Copy the notebooks that are missing, and name those that are somebody's own by now."""
    from ctekit import workspace

    for changed in workspace.copy_notebooks(folder):
        say(f"{changed.name} differs from this version's notebook; yours is kept as it is.")
