"""The commands, from new and start to history, restore and doctor."""

from __future__ import annotations

import json
import os
import re
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from ctekit.terminal import (
    ascii_where_needed,
    command,
    complain,
    console,
    drop_output,
    plain,
    prepare,
    say,
    show_table,
)

if TYPE_CHECKING:
    from ctekit.history import History
    from ctekit.partnership import Partnership

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="The workshop toolkit for partnerships of schools, colleges and employers.",
)
# Typer brings its own copy of click from 0.25 on and says nowhere what a usage error is called; its parent class does.
_USAGE_ERROR: type[Any] = typer.BadParameter.__mro__[1]

Private = Annotated[bool, typer.Option("--private", help="With the answers for the facilitator only.")]
AsOf = Annotated[str, typer.Option("--as-of", help="As it stood on this day, such as 2027-01-15.")]
Dir = Annotated[Path, typer.Argument(help="The partnership's folder; the one you stand in if not told.")]


@app.command()
def new(
    name: Annotated[str, typer.Argument(help="The partnership's name, in quotes.")],
    folder: Annotated[
        Path | None, typer.Option(help="Where; a folder named after the partnership if not told.")
    ] = None,
    sample: Annotated[str, typer.Option(help="Begin with an invented sample: harrow-bend, clean or half.")] = "",
) -> None:
    """Start a partnership: a folder with its store and its own copies of the notebooks."""
    from ctekit import folder as folders

    home = folder or Path(re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "partnership")
    folders.make(home, name, sample)
    _say_which_differ(home)
    what = f"“{name}”" if name else "The partnership"
    say(f"{what} is ready in {home}. Open it with: {command('ctekit', 'start', home)}")


@app.command()
def start(
    folder: Dir = Path(),
    browser: Annotated[bool, typer.Option(help="Open a browser where there is one.")] = True,
    as_app: Annotated[bool, typer.Option("--app", help="As pages without code, in Voila.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Show what Jupyter says beside errors.")] = False,
) -> None:
    """Open the guided notebooks, or the exercises, in JupyterLab, on this computer only."""
    from ctekit import folder as folders
    from ctekit import launch

    if folders.holds_exercises(folder) and not as_app:
        sys.exit(launch.exercises(folder, browser=browser, say=say, verbose=verbose))
    partnership = _open(folder)
    _say_which_differ(folder)
    run = launch.app if as_app else launch.lab
    sys.exit(run(partnership, browser=browser, say=say, verbose=verbose))


@app.command()
def practice(
    folder: Annotated[Path, typer.Argument(help="Where; the folder you stand in if not told.")] = Path(),
) -> None:
    """Copy the eight exercises into the folder exercises. They need no partnership of your own, and touch none."""
    from ctekit import folder as folders

    for changed in folders.copy_exercises(folder):
        say(f"{changed.name} differs from this version's exercise; yours is kept as it is.")
    home = folder / "exercises"
    say(f"The exercises are in {home}. Begin with 01-convener. Open them with: {command('ctekit', 'start', home)}")


@app.command()
def export(
    folder: Dir = Path(),
    output: Annotated[Path, typer.Option("--output", "-o", help="A folder for the pages.")] = Path("pages"),
    worksheet: Annotated[
        list[str] | None, typer.Option(help="Only this worksheet or notebook; may be given several times.")
    ] = None,
    blank: Annotated[
        bool, typer.Option("--blank", help="Empty worksheets, cards, slip and ballot, for paper.")
    ] = False,
    facilitator: Annotated[
        bool, typer.Option("--facilitator", help="The run sheet: times, words, what may go wrong.")
    ] = False,
    private: Private = False,
    as_of: AsOf = "",
) -> None:
    """Write pages that anyone can open, print and read aloud, without running anything."""
    from rich.progress import Progress, TextColumn

    from ctekit import export as exporting

    if blank and facilitator:
        raise typer.BadParameter("Choose --blank or --facilitator, not both.")
    if worksheet and (blank or facilitator):
        raise typer.BadParameter("What is printed for a workshop belongs together; leave --worksheet out.")
    if as_of and (blank or facilitator):
        raise typer.BadParameter("Paper for a workshop has no history; leave --as-of out.")
    sentences: list[str] = []
    with Progress(
        *Progress.get_default_columns()[:2],
        TextColumn("{task.fields[page]}", markup=False),
        console=console(),
        transient=True,
    ) as bar:
        notebooks = len(list(folder.glob("[0-9][0-9]-*.ipynb"))) or 9
        task = bar.add_task("Writing pages", total=len(worksheet or []) or notebooks, page="")

        def told(page: str) -> None:
            bar.update(task, advance=1, page=page)

        if blank or facilitator:
            kind = "blank" if blank else "facilitator"
            pages = exporting.paper(folder, output, kind, private=private)
        else:
            partnership, names = _open(folder), tuple(worksheet or ())
            try:
                pages = partnership.export(
                    output, names, private=private, progress=told, as_of=as_of, say=sentences.append
                )
            finally:
                for sentence in sentences:
                    say(sentence)
    first = pages[0] if blank or facilitator else pages[-1]
    how_many = "1 file is" if len(pages) == 1 else f"{len(pages)} files are"
    say(f"{how_many} in {output}. Begin with {first.name}.")


@app.command()
def check(
    folder: Dir = Path(),
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, for programs.")] = False,
    private: Private = False,
    as_of: AsOf = "",
) -> None:
    """Check the worksheets against each other. Exit code 1 while an error stands."""
    checked = _open(folder).check(as_of=as_of, private=private)
    findings = checked.findings
    known = [one for result in checked.results for one in result.acknowledged]
    if as_json:
        # Open ones first. Only an acknowledged one says so.
        as_data = [
            {name: value for name, value in asdict(one).items() if name != "acknowledged" or value}
            for one in (*findings, *known)
        ]
        print(ascii_where_needed(json.dumps(as_data, ensure_ascii=False, indent=2)))
    else:
        name = checked.seen.name
        for one in sorted(findings, key=lambda one: ("error", "warning", "hint").index(one.severity)):
            place = " · ".join(part for part in (one.worksheet, name(one.row) if one.row else "", one.field) if part)
            say(f"{one.severity} {one.code}  {one.sentence}", bold=True)
            say(f"    {one.says} ({place})", f"    {one.advice}")
        if known:
            say("Acknowledged", bold=True)
        for one in known:
            say(f"    {one.code}  {one.says} ({one.place})", f"    {one.acknowledged}")
        results = checked.results
        waiting = sum(result.outcome == "waits" for result in results)
        holding = sum(result.outcome == "holds" for result in results)
        number = "1 finding" if len(findings) == 1 else f"{len(findings)} findings"
        apart = f" and {len(known)} acknowledged" if known else ""
        say(f"{number}{apart}; {holding} rules hold, {waiting} wait for more answers.")
    if any(one.severity == "error" for one in findings):
        raise typer.Exit(1)


@app.command()
def status(folder: Dir = Path(), private: Private = False, as_of: AsOf = "") -> None:
    """Say where each worksheet stands."""
    from ctekit import copies

    partnership = _open(folder)
    checked = partnership.check(as_of=as_of, private=private)
    book, findings = checked.seen, checked.findings
    known = [one for result in checked.results for one in result.acknowledged]
    heads = ["worksheet", "begun", "ready to check", "open findings", *(["acknowledged"] if known else [])]
    rows = []
    for sheet in book:
        numbers = [
            sum(one.worksheet == sheet.slug for one in those) for those in ((findings, known) if known else (findings,))
        ]
        states = ("yes" if sheet.begun else "not yet", "yes" if sheet.ready else "not yet")
        rows.append([sheet.title, *states, *map(str, numbers)])
    show_table(partnership.name, heads, rows)
    if book.as_it_stood_on:
        say(f"As it stood on {book.as_it_stood_on}.")
    say(f"Revision {book.revision}, saved {book.saved_at or 'never'}.")
    say(*copies.beside(partnership.store))


@app.command()
def history(
    folder: Dir = Path(),
    worksheet: Annotated[str, typer.Option(help="Only this worksheet.")] = "",
    row: Annotated[str, typer.Option(help="Only this row: its id, such as need-3.")] = "",
    field: Annotated[str, typer.Option(help="Only this question, such as learners.")] = "",
    since: Annotated[str, typer.Option(help="Only what came after this day or time.")] = "",
    private: Private = False,
) -> None:
    """Say who changed what and when, newest first."""
    _say_changes(_open(folder).history(worksheet, row, field, since=since, private=private))


@app.command()
def compare(
    folder: Dir = Path(),
    since: Annotated[str, typer.Option("--from", help="The end of a day, a time, or a revision's number.")] = "",
    to: Annotated[str, typer.Option("--to", help="The same; now if not told.")] = "",
    worksheet: Annotated[str, typer.Option(help="Only this worksheet.")] = "",
    private: Private = False,
) -> None:
    """Say what is different from how it stood at an earlier moment."""
    if not since:
        raise typer.BadParameter("Say from when, such as --from 2026-10-01.")
    _say_changes(_open(folder).compare(since, to, worksheet, private=private))


@app.command()
def restore(
    folder: Annotated[Path, typer.Argument(help="The partnership's folder.")],
    worksheet: Annotated[str, typer.Argument(help="A worksheet's name, such as purpose.")],
    to: Annotated[str, typer.Option("--to", help="The end of a day, a time, or a revision's number.")],
    row: Annotated[str, typer.Option(help="Only this row: its id, such as need-3.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask first.")] = False,
) -> None:
    """Bring a worksheet, or one row of it, back to a moment. What stands now stays in the history."""
    from ctekit.history import way_back

    partnership = _open(folder)
    number = len(way_back(partnership.store, worksheet, to, row))
    what = f"the row {row} of “{worksheet}”" if row else f"“{worksheet}”"
    if not number:
        say(f"Nothing to do: {what} stands just as it did at {to}.")
        return
    how_many = "1 answer or row" if number == 1 else f"{number} answers and rows"
    if not yes and not typer.confirm(
        plain(f"This changes {how_many} of {what}; what stands now stays in the history. Go on?")
    ):
        say("Nothing was changed.")
        return
    done = len(partnership.restore(worksheet, to, row, private=True))
    say(f"Brought {what} back to {to}: {done} changed. See them with: {command('ctekit', 'history', folder)}")


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
        int, typer.Option(help="How many are in the room: no more phones can join than that, and a few.", min=0)
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
    chosen = [about for about, given in asked.items() if given]
    if len(chosen) != 1:
        raise typer.BadParameter(
            "Choose one: --quick, --element with a worksheet's name, --dots with a list, --fist with a worksheet or "
            "a sentence, or --slip."
        )
    from ctekit.room import terminal

    what = dots or fist
    if reveal:
        sure = (lambda _: True) if yes else typer.confirm
        terminal.reveal(folder, chosen[0], what=what, say=say, sure=sure)
        return
    terminal.run(
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
def doctor(folder: Dir = Path()) -> None:
    """Look over this computer: versions, Jupyter's parts, the folder. Exit code 1 if something is wrong."""
    from ctekit.cli.doctor import examine

    wrong = 0
    for good, words in examine(folder):
        say(("ok    " if good else "WRONG ") + words)
        wrong += not good
    if wrong:
        raise typer.Exit(1)


def _say_changes(changes: History) -> None:
    for one in changes:
        say(f"{one.seq:>6}  {one.moment}  {one.who}  {one.worksheet}  {' '.join(one.words.split())}")
    say(f"{len(changes)} change{'s' * (len(changes) != 1)}.")


def _say_which_differ(folder: Path) -> None:
    """Copy the notebooks that are missing, and name those that are somebody's own by now."""
    from ctekit import folder as folders

    for changed in folders.copy_notebooks(folder):
        say(f"{changed.name} differs from this version's notebook; yours is kept as it is.")


def _open(folder: Path) -> Partnership:
    from ctekit.partnership import Partnership

    partnership = Partnership(folder)
    _ = partnership.store
    return partnership


def run(given: list[str]) -> NoReturn:
    """Run a command, and end as `ctekit.cli.main` says."""
    from ctekit.errors import ForPeople, refuse_stripped

    prepare()
    if given[:1] == ["ctekit"]:  # jupyter_core hands its own first word on
        given = given[1:]
    try:
        Path.cwd()
    except OSError:
        _end("The folder you stand in was moved or deleted. Go to one that is there (cd), then try again.")
    try:
        refuse_stripped()
        code = app(given or ["--help"], standalone_mode=False, prog_name="ctekit") or 0
        if sys.stdout is not None:
            sys.stdout.flush()  # what cannot be written is told here, not by Python when it ends
        sys.exit(code)
    except typer.Exit as ended:
        sys.exit(ended.exit_code)
    except typer.Abort:
        sys.exit(130)
    except _USAGE_ERROR as error:
        known = {getattr(each.callback, "__name__", "") for each in app.registered_commands}
        about = [one for one in given[:1] if one in known]
        _end(f"{error.format_message().rstrip('.')}. See: {command('ctekit', *about, '--help')}")
    except ForPeople as error:
        _end(error)
    except BrokenPipeError:  # ctekit history | head
        drop_output()
        sys.exit(141)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        _end(f"{error.filename or 'A file'} could not be used: {reason}. Choose another place and try again.")
    except Exception as error:
        if "CTEKIT_DEBUG" in os.environ:
            raise
        fault = f"{type(error).__name__}: {error}"
        _end(
            f"ctekit has a fault ({fault}). Nothing was lost. Run it again with CTEKIT_DEBUG=1 and report what it says."
        )


def _end(sentence: object) -> NoReturn:
    complain(sentence)
    sys.exit(2)
