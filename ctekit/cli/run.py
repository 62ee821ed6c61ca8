"""Running a command, and how it ends: an exit code, and one sentence for what went wrong."""

from __future__ import annotations

import copy
import inspect
import os
import sys
from pathlib import Path
from typing import Any, NoReturn

import typer

from ctekit.cli import (
    backups,
    commands,
    documents,
    forgetting,
    hub,
    interchange,
    mailing,
    merging,
    printing,
    review,
    rollup,
)
from ctekit.cli.app import app
from ctekit.model.errors import CtekitError, describe_fault, refuse_stripped
from ctekit.terminal import command, complain, drop_output, prepare

# Importing the commands is what makes the application know them.
__all__ = [
    "app",
    "backups",
    "commands",
    "documents",
    "forgetting",
    "hub",
    "interchange",
    "mailing",
    "merging",
    "printing",
    "review",
    "rollup",
    "run",
]

# Typer brings its own copy of click from 0.25 on and says nowhere what a usage error is called; its parent class does.
_USAGE_ERROR: type[Any] = typer.BadParameter.__mro__[1]


def run(arguments: list[str]) -> NoReturn:
    """Run a command, and end as `ctekit.cli.main` says."""
    prepare()
    if arguments[:1] == ["ctekit"]:  # jupyter_core hands its own first word on
        arguments = arguments[1:]
    try:
        Path.cwd()
    except OSError:
        _end("The folder you stand in was moved or deleted. Go to one that is there (cd), then try again.")
    try:
        refuse_stripped()
        arguments = arguments or ["--help"]
        code = _application(arguments[0])(arguments, standalone_mode=False, prog_name="ctekit") or 0
        if sys.stdout is not None:
            sys.stdout.flush()  # what cannot be written is told here, not by Python when it ends
        sys.exit(code)
    except typer.Exit as ended:
        sys.exit(ended.exit_code)
    except typer.Abort:
        sys.exit(130)
    except _USAGE_ERROR as error:
        about = [word for word in arguments[:1] if word in map(_name, app.registered_commands)]
        _end(f"{error.format_message().rstrip('.')}. See: {command('ctekit', *about, '--help')}")
    except CtekitError as error:
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
        fault = describe_fault(error)
        _end(
            f"ctekit has a fault ({fault}). Nothing was lost. Run it again with CTEKIT_DEBUG=1 and report what it says."
        )


def _application(name: str) -> typer.Typer:
    """The application, of whose commands one has its options; the others can only be listed.

    Typer looks through the options of all commands before it runs one, which takes longer than many a command does.
    """
    short = copy.copy(app)
    short.registered_commands = [
        info if _name(info) == name else typer.models.CommandInfo(_name(info), callback=_list, help=_help(info))
        for info in app.registered_commands
    ]
    return short


def _name(info: typer.models.CommandInfo) -> str:
    return str(info.name or getattr(info.callback, "__name__", ""))


def _help(info: typer.models.CommandInfo) -> str:
    return inspect.getdoc(info.callback) or ""


def _list() -> None:
    """Stand for a command that was not asked for."""


def _end(sentence: object) -> NoReturn:
    complain(sentence)
    sys.exit(2)
