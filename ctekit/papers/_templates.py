"""A state's own forms: Word and Markdown files with fields in the partnership's folder, filled from the answers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ctekit.model.errors import CtekitError
from ctekit.model.reader import Reader
from ctekit.model.text import count
from ctekit.papers._answers import Answers
from ctekit.papers._fields import PLACE, Values
from ctekit.papers._word_template import fill
from ctekit.papers.renderers.markdown import escaped
from ctekit.workbook import Workbook

FOLDER = "toolbox"
"""Where they lie, beside the notebooks."""
_MOST = 30_000_000
"""Bytes of one template."""


def templates(folder: Path) -> list[Path]:
    """The templates of a partnership: Word files, and Markdown files that hold a field.

    Parameters
    ----------
    folder : pathlib.Path
        Of the partnership.

    Returns
    -------
    list of pathlib.Path
        By name.
    """
    files = sorted((folder / FOLDER).glob("*")) if (folder / FOLDER).is_dir() else []
    words = [path for path in files if path.is_file() and path.suffix.lower() == ".docx" and path.name[0] not in "~."]
    texts = [path for path in files if path.is_file() and path.suffix.lower() == ".md" and PLACE.search(_read(path))]
    return words + texts


def fill_all(
    book: Workbook, paths: Sequence[Path], *, final: bool = False, reader: Reader = "partners"
) -> dict[str, bytes]:
    """Fill templates.

    Parameters
    ----------
    book : Workbook
    paths : sequence of pathlib.Path
        As `templates` gives them.
    final : bool
        Whether nothing may be missing.
    reader : str
        Who will read them; see `ctekit.papers.make`.

    Returns
    -------
    dict
        Name of the file -> bytes.

    Raises
    ------
    CtekitError
        A template names what is no field, is no file of its kind, or runs something; or it is final and something is
        missing.
    """
    answers = Answers(book, reader)
    contents = {}
    for path in paths:
        values = Values(answers, path.name)
        if path.suffix.lower() == ".md":
            contents[path.name] = _fill_text(_read(path), values)
        elif path.stat().st_size > _MOST:
            raise CtekitError(f"{path.name} is too big for a template. Take pictures out of it.")
        else:
            contents[path.name] = fill(path.read_bytes(), values)
        if final and values.gaps:
            lines = "".join(f"\n- {gap.what} ({gap.where})" for gap in values.gaps)
            missing = count(len(values.gaps), "answer is", "answers are")
            raise CtekitError(f"{path.name} cannot be final: {missing} not written yet.{lines}")
    return contents


def _read(path: Path) -> str:
    if path.stat().st_size > _MOST:
        return ""
    return path.read_text("utf-8", errors="replace")


def _fill_text(text: str, values: Values) -> bytes:
    """A Markdown template; a line that names fields of a list is repeated for each of its rows."""
    lines = []
    for line in text.splitlines(keepends=True):
        for row in values.rows(line):
            lines.append(values.filled(line, row, lambda words: escaped(words.replace("\n", " "))))
    return "".join(lines).encode()
