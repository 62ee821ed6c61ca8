"""What goes to a terminal: text of people cannot steer it, and what it cannot hold is written another way."""

from __future__ import annotations

import codecs
import os
import re
import shlex
import shutil
import sys
import unicodedata
from contextlib import suppress
from os import PathLike
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console
    from rich.progress import Progress, ProgressColumn

_STAND_INS = {
    "→": "->", "←": "<-", "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "…": "...", "–": "-", "—": "-", "·": "-",
    "•": "*", "×": "x", "≥": ">=", "≤": "<=", "✓": "yes", "ß": "ss", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O",
    "ł": "l", "Ł": "L", "đ": "d", "Đ": "D",
}  # fmt: skip
_JOINERS = "\u200c\u200d"
"""Persian, Hindi and composed emoji need them; other invisible marks can turn a line round or hide in a name."""


_NARROW = 72
"""Columns that a table of ours needs."""


def prepare() -> None:
    """Let no output fail over a character that the terminal, the pipe or the file cannot hold."""
    codecs.register_error("ctekit", _stand_in)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # there is none under pythonw, nor where it was closed
            stream.reconfigure(errors="ctekit")


def _stand_in(error: UnicodeError) -> tuple[str, int]:
    """A spelling that can be encoded: ``->`` for an arrow, the letter without its accent, ``?`` at the worst."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    words = error.object[error.start : error.end]
    return "".join(_spelling(letter, error.encoding) for letter in words), error.end


def _spelling(letter: str, encoding: str) -> str:
    bare = "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))
    for spelling in (_STAND_INS.get(letter, ""), bare):
        if spelling and _fits(spelling, encoding):
            return spelling
    return "" if unicodedata.combining(letter) or letter in _JOINERS else "?"


def _fits(words: str, encoding: str) -> bool:
    try:
        words.encode(encoding)
    except UnicodeError:
        return False
    return True


def plain(words: object) -> str:
    """One line of text in which nothing can steer a terminal: no escapes, line breaks, or marks that turn it round."""
    letters = (_harmless(letter) for letter in str(words))
    return "".join(letters)


def _harmless(letter: str) -> str:
    kind = unicodedata.category(letter)
    if kind in ("Cc", "Zl", "Zp"):
        return " "
    if kind == "Cs":
        return "\ufffd"
    return "" if kind == "Cf" and letter not in _JOINERS else letter


def say(*lines: object, bold: bool = False) -> None:
    """Print; each argument is one line, whatever it holds."""
    from rich.text import Text

    for line in lines:
        console().print(Text(plain(line), style="bold" if bold else ""), soft_wrap=True)


def complain(sentence: object) -> None:
    """Say what went wrong, to standard error."""
    if sys.stderr is not None:
        print(plain(sentence), file=sys.stderr)


def ascii_where_needed(document: str) -> str:
    """JSON with what steers a terminal, or what the output cannot hold, spelled as escapes: it means the same."""
    encoding = _encoding()
    return "".join(
        letter if letter == "\n" or (letter.isprintable() and _fits(letter, encoding)) else _escaped(letter)
        for letter in document
    )


def _escaped(letter: str) -> str:
    units = letter.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))


def holds(words: str) -> bool:
    """Whether the output can hold these characters as they are."""
    return _fits(words, _encoding())


def show_table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table; on a narrow terminal, where columns would be cut, one line a row instead."""
    from rich.table import Table
    from rich.text import Text

    if width() < _NARROW:
        say(*filter(None, [title]), bold=True)
        say(*(f"{first}: {', '.join(map(' '.join, zip(heads[1:], rest, strict=True)))}" for first, *rest in rows))
        return
    table = Table(*heads, title=Text(plain(title)) if title else None)
    for row in rows:
        table.add_row(*(Text(plain(cell)) for cell in row))
    console().print(table)


def width() -> int:
    """Columns of the terminal; 80 where there is none."""
    return shutil.get_terminal_size().columns


def _encoding() -> str:
    return getattr(sys.stdout, "encoding", None) or "utf-8"


def console() -> Console:
    """Rich's console, for bold text, tables and progress."""
    from rich.console import Console

    class GuardedConsole(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError  # as it comes, to be ended quietly in one place

    # Not a notebook, also where this process has a kernel; and as wide as the terminal is now.
    return GuardedConsole(highlight=False, markup=False, emoji=False, force_jupyter=False, width=width())


def progress_bar(*columns: str | ProgressColumn) -> Progress:
    """Rich's bar, for work over a second; none where nobody watches, as in a pipe: there it would leave an empty line.

    Parameters
    ----------
    *columns : str or rich.progress.ProgressColumn
        What stands in its line; Rich's own columns if not told.

    Returns
    -------
    rich.progress.Progress
    """
    from rich.progress import Progress

    screen = console()
    return Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal)


def command(*words: str | PathLike[str]) -> str:
    """A command that works when it is pasted, whatever stands in its words."""
    return " ".join(_quoted(word) for word in words)


def _quoted(word: str | PathLike[str]) -> str:
    text = os.fspath(word)
    if not isinstance(word, str) and text.startswith("-"):
        text = f".{os.sep}{text}"  # else it would be taken for an option
    if os.name == "nt":  # the same for cmd and PowerShell; no file name there holds a quote
        return text if re.fullmatch(r"[\w@+=:.,/\\-]+", text) else f'"{text}"'
    if plain(text) != text:
        steps = (f"\\x{byte:02x}" if not 32 <= byte < 127 or chr(byte) in "'\\" else chr(byte) for byte in _bytes(text))
        return f"$'{''.join(steps)}'"
    return shlex.quote(text)


def _bytes(text: str) -> bytes:
    try:
        return os.fsencode(text)
    except UnicodeError:
        return text.encode("utf-8", "surrogatepass")


def drop_output() -> None:
    """Give up an output whose reader has gone (``ctekit history | head``), so that Python does not try it again."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):  # a stream that is no file
            os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
