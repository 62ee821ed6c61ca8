"""What all commands share: the application, the arguments they have in common, and opening the folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ctekit.model import text

if TYPE_CHECKING:
    from ctekit.partnership import Partnership

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="The workshop toolkit for partnerships of schools, colleges and employers.",
)


def read_path(path: str | Path) -> Path:
    """Read the name of a folder or file. A blank one, as of a variable of the shell that holds nothing, is refused.

    Raises
    ------
    typer.BadParameter
    """
    if isinstance(path, str) and not path.strip():
        raise typer.BadParameter("It is blank, so nothing was done. Name a folder or a file, or leave it out")
    return Path(path)


Private = Annotated[bool, typer.Option("--private", help="With the answers for the facilitator only.")]
AsOf = Annotated[str, typer.Option("--as-of", help="As it stood on this day, such as 2027-01-15.")]
Dir = Annotated[
    Path, typer.Argument(parser=read_path, help="The partnership's folder; the one you stand in if not told.")
]

StoreUrl = Annotated[
    str,
    typer.Option(
        "--store",
        envvar="CTEKIT_STORE",
        show_envvar=False,
        help="Address of a hub's database; that in CTEKIT_STORE if not told.",
    ),
]


def words(value: str) -> str:
    """Read words that are told with an option, in one line; blanks and punctuation alone are refused.

    Raises
    ------
    typer.BadParameter
    """
    if value and not text.says_something(value):
        raise typer.BadParameter(
            f"{text.quoted(value)} has no letter and no number. Nothing was written. Say it in words, or leave it out."
        )
    return text.one_line(value)


def open_partnership(folder: Path) -> Partnership:
    """The partnership of a folder; there has to be one."""
    from ctekit.partnership import Partnership

    partnership = Partnership(folder)
    _ = partnership.store
    return partnership
