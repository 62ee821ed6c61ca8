"""The commands that look at the answers: check and status; history, compare and restore."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ctekit.cli.app import AsOf, Dir, Private, app, open_partnership, read_path
from ctekit.model.text import count
from ctekit.terminal import ascii_where_needed, command, plain, say, show_table

if TYPE_CHECKING:
    from ctekit.history.entries import History
    from ctekit.partnership import Partnership
    from ctekit.rules import Finding, Result
    from ctekit.workbook import Workbook


def _book(partnership: Partnership, as_of: str, private: bool) -> Workbook:
    """The answers that a command may tell of."""
    return partnership.as_of(as_of).seen(private)


def _outcome(book: Workbook) -> tuple[tuple[Result, ...], list[Finding], list[Finding]]:
    """What every rule gives, the open findings, and those that somebody lets stand."""
    from ctekit import rules

    results = rules.check(book)
    return (
        results,
        [finding for result in results for finding in result.findings],
        [finding for result in results for finding in result.acknowledged],
    )


@app.command()
def check(
    folder: Dir = Path(),
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, for programs.")] = False,
    private: Private = False,
    as_of: AsOf = "",
) -> None:
    """Check the worksheets against each other. Exit code 1 while an error stands."""
    book = _book(open_partnership(folder), as_of, private)
    results, findings, acknowledged = _outcome(book)
    if as_json:
        # Open ones first. Only an acknowledged one says so.
        as_data = [
            {name: value for name, value in asdict(finding).items() if name != "acknowledged" or value}
            for finding in (*findings, *acknowledged)
        ]
        print(ascii_where_needed(json.dumps(as_data, ensure_ascii=False, indent=2)))
    else:
        for finding in sorted(findings, key=lambda finding: ("error", "warning", "hint").index(finding.severity)):
            row = book.name(finding.row) if finding.row else ""
            place = " · ".join(part for part in (finding.worksheet, row, finding.field) if part)
            say(f"{finding.severity} {finding.code}  {finding.sentence}", bold=True)
            say(f"    {finding.says} ({place})", f"    {finding.advice}")
        if acknowledged:
            say("Acknowledged", bold=True)
        for finding in acknowledged:
            say(f"    {finding.code}  {finding.says} ({finding.place})", f"    {finding.acknowledged}")
        waiting = sum(result.outcome == "waits" for result in results)
        holding = sum(result.outcome == "holds" for result in results)
        number = count(len(findings), "finding")
        apart = f" and {len(acknowledged)} acknowledged" if acknowledged else ""
        waits = "waits" if waiting == 1 else "wait"
        checked = f"Of {count(len(results), 'check')}, {holding} passed"
        say(f"{number}{apart}. {checked}, and {waiting} {waits} for more answers.")
    if any(finding.severity == "error" for finding in findings):
        raise typer.Exit(1)


@app.command()
def status(folder: Dir = Path(), private: Private = False, as_of: AsOf = "") -> None:
    """Say where each worksheet stands."""
    from ctekit import copies
    from ctekit.model.worksheet import DEPTH_WORDS

    partnership = open_partnership(folder)
    book = _book(partnership, as_of, private)
    _, findings, acknowledged = _outcome(book)
    heads = ["worksheet", "begun", "ready to check", "open findings", *(["acknowledged"] if acknowledged else [])]
    rows = []
    for sheet in book:
        numbers = [
            sum(finding.worksheet == sheet.slug for finding in group)
            for group in ((findings, acknowledged) if acknowledged else (findings,))
        ]
        states = ("yes" if sheet.begun else "not yet", DEPTH_WORDS[sheet.ready] or "not yet")
        rows.append([sheet.title, *states, *map(str, numbers)])
    show_table(partnership.name, heads, rows)
    if book.as_it_stood_on:
        say(f"As it stood on {book.as_it_stood_on}.")
    say(f"Revision {book.revision}, saved {book.saved_at or 'never'}.")
    say(*copies.notes(partnership.store))


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
    from ctekit import rounds

    partnership = open_partnership(folder)
    _say_changes(partnership.history(worksheet, row, field, since=since, private=private))
    if not (worksheet or row or field or since):
        for words in rounds.left_out(partnership.store):
            say(f"Set aside, and counted in nothing: {words}")


@app.command()
def compare(
    folder: Dir = Path(),
    since: Annotated[str, typer.Option("--as-of", help="The end of a day, a time, or a revision's number.")] = "",
    to: Annotated[str, typer.Option("--to", help="The same; now if not told.")] = "",
    worksheet: Annotated[str, typer.Option(help="Only this worksheet.")] = "",
    private: Private = False,
    was: Annotated[str, typer.Option("--from", hidden=True, help="What --as-of was called before.")] = "",
) -> None:
    """Say what is different from how it stood at an earlier moment."""
    if not (since or was):
        raise typer.BadParameter("Say with which moment, such as --as-of 2026-10-01.")
    _say_changes(open_partnership(folder).compare(since or was, to, worksheet, private=private))


@app.command()
def restore(
    folder: Annotated[Path, typer.Argument(parser=read_path, help="The partnership's folder.")],
    worksheet: Annotated[str, typer.Argument(help="A worksheet's name, such as purpose.")],
    to: Annotated[str, typer.Option("--to", help="The end of a day, a time, or a revision's number.")],
    row: Annotated[str, typer.Option(help="Only this row: its id, such as need-3.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask first.")] = False,
) -> None:
    """Bring a worksheet, or one row of it, back to a moment. What stands now stays in the history."""
    from ctekit.history.restore import plan_restore

    partnership = open_partnership(folder)
    number = len(plan_restore(partnership.store, worksheet, to, row))
    what = f"the row {row} of “{worksheet}”" if row else f"“{worksheet}”"
    if not number:
        say(f"Nothing to do: {what} stands just as it did at {to}.")
        return
    how_many = "1 answer or row" if number == 1 else f"{number} answers and rows"
    if not yes and not confirmed(f"This changes {how_many} of {what}; what stands now stays in the history. Go on?"):
        say("Nothing was changed.")
        return
    done = len(partnership.restore(worksheet, to, row, private=True))
    say(f"Brought {what} back to {to}: {done} changed. See them with: {command('ctekit', 'history', folder)}")


def confirmed(question: str) -> bool:
    """Ask; whoever cannot be asked is told of --yes."""
    try:
        return typer.confirm(plain(question))
    except typer.Abort:  # Ctrl+C, or nobody there who could answer
        say("", "Nothing was changed. To go on without being asked, add --yes.")
        raise


def _say_changes(changes: History) -> None:
    for entry in changes:
        say(f"{entry.seq:>6}  {entry.moment}  {entry.who}  {entry.worksheet}  {' '.join(entry.words.split())}")
    say(f"{len(changes)} change{'s' * (len(changes) != 1)}.")
