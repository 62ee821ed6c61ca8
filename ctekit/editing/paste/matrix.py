"""How a pasted matrix lies: names of columns across, names of rows down, wherever they stand."""

from __future__ import annotations

from collections.abc import Sequence

from ctekit.editing.paste import headings
from ctekit.editing.paste.headings import Lines
from ctekit.editing.paste.layout import Layout, PasteOptions
from ctekit.editing.paste.place import ROW_NAMES, Place
from ctekit.editing.paste.reader import Reader, without_remark
from ctekit.model.questions import InvalidAnswerError


def layout(place: Place, lines: Lines, first: int, wishes: PasteOptions, reader: Reader, turned: bool) -> Layout:
    """How a pasted matrix lies: names across, names down, or none; `lines` are already the right way round.

    Parameters
    ----------
    place : Place
    lines : lines of cells, equally long
    first : int
        The column that the first pasted one goes to, if it has no names.
    wishes : Wishes
    reader : Reader
    turned : bool
        Whether the lines were turned.
    """
    is_letters = _letters(place, lines, reader)
    width = len(lines[0]) if lines else 0
    heading = _line_of_names(place, lines)
    names = _column_of_names(place, lines, heading, is_letters)
    unsure = False
    if heading is None:
        heading = _strange_headings(place, lines, names, is_letters)
        unsure = heading is not None
    if wishes.heading is not None:
        heading, unsure = (wishes.heading if 0 <= wishes.heading < len(lines) else None), False
    columns: list[str | None]
    if heading is None:
        across = iter(place.columns[first:])
        columns = [ROW_NAMES if column == names else next(across, None) for column in range(width)]
    else:
        columns = _by_names(place, lines, heading, names, is_letters)
        unsure = unsure or not any(name and name != ROW_NAMES for name in columns)
    if wishes.columns is not None:
        columns, unsure = [*wishes.chosen(place, width)], False
    names_in = columns.index(ROW_NAMES) if ROW_NAMES in columns else None
    left_out: dict[str, list[int]] = {}
    body = []
    for at, line in enumerate(lines):
        if at == heading or not any(line):
            continue
        kind = _kind(lines, at, heading, columns, names_in)
        if kind in ("", "without letters") and (
            "below" in left_out or _begins_another(place, line, columns, names_in, is_letters)
        ):
            kind = "below"
        if kind:
            left_out.setdefault(kind, []).append(at)
        else:
            body.append(at)
    return Layout(heading, tuple(columns), tuple(body), left_out, unsure, turned)


def with_corner(place: Place, lines: Lines) -> Lines:
    """Headings that begin above the names of the rows, moved one cell on: text often lacks the tab before them."""
    for at, line in enumerate(lines):
        below = [other[0] for other in lines[at + 1 :] if other[0]]
        for across, down in ((place.columns_called, place.rows_called), (place.rows_called, place.columns_called)):
            if len(line) > 1 and not line[-1] and across(line[0]) and not down(line[0]) and any(map(down, below)):
                return [*lines[:at], ["", *line[:-1]], *lines[at + 1 :]]
    return lines


def _by_names(
    place: Place, lines: Lines, heading: int, names: int | None, is_letters: frozenset[str]
) -> list[str | None]:
    """Columns by the names above them, each once; what holds no letters under a strange name is left out."""
    columns: list[str | None] = []
    for column, words in enumerate(lines[heading]):
        called = [name for name in place.columns_called(words) if name in place.columns]
        single = called[0] if len(called) == 1 and called[0] not in columns else None
        below = [line[column] for line in lines[heading + 1 :] if line[column]]
        spare = not single and 2 * sum(text in is_letters for text in below) < max(1, len(below))
        columns.append(ROW_NAMES if column == names else single or ("" if spare else None))
    return columns


def _kind(lines: Lines, at: int, heading: int | None, columns: Sequence[str | None], names_in: int | None) -> str:
    """What a line is that holds no letters for a row; "" for one that may."""
    line = lines[at]
    if heading is not None and at < heading:
        return "above"
    if heading is not None and headings.is_again(line, lines[heading]):
        return "headings"
    has_letters = any(words for column, words in enumerate(line) if columns[column] not in ("", ROW_NAMES))
    return "" if has_letters and (names_in is None or line[names_in]) else "without letters"


def is_turned(place: Place, lines: Lines) -> bool:
    """Whether the columns of a pasted matrix are the rows here: more names are found when it is turned."""
    turned = [list(column) for column in zip(*lines, strict=True)]
    return _names_found(place, turned) > _names_found(place, lines)


def _letters(place: Place, lines: Lines, reader: Reader) -> frozenset[str]:
    """Those of the pasted words that can be read as letters."""
    letters = set()
    for words in {words for line in lines for words in line if 0 < len(words) < 200}:
        question = place.question("")
        try:
            reader.read(question, without_remark(question, words)[0])
        except InvalidAnswerError:
            continue
        letters.add(words)
    return frozenset(letters)


def _names_found(place: Place, lines: Lines) -> int:
    columns = zip(*lines, strict=True)
    across = max((sum(bool(place.columns_called(words)) for words in line) for line in lines), default=0)
    return across + max((sum(bool(place.rows_called(words)) for words in column) for column in columns), default=0)


def _line_of_names(place: Place, lines: Lines) -> int | None:
    counts = [sum(bool(place.columns_called(words)) for words in line) for line in lines]
    most = max(counts, default=0)
    return counts.index(most) if most and len(lines) > 1 else None


def _column_of_names(place: Place, lines: Lines, heading: int | None, is_letters: frozenset[str]) -> int | None:
    """The column with the names of rows; where none is known, the first one that holds words and not letters."""
    below = lines[(heading or -1) + 1 :] if heading is not None else lines
    columns = list(zip(*below, strict=True))
    counts = [sum(bool(place.rows_called(words)) for words in column) for column in columns]
    if any(counts):
        return counts.index(max(counts)) if len(counts) > 1 else None
    for at, column in enumerate(columns):
        words = [text for text in column if text]
        known = heading is not None and place.columns_called(lines[heading][at])
        strange = sum(text not in is_letters for text in words)
        if (
            len(columns) > 1
            and words
            and not known
            and 2 * strange > len(words)
            and not headings.is_numbering(below, at)
        ):
            return at
    return None


def _strange_headings(place: Place, lines: Lines, names: int | None, is_letters: frozenset[str]) -> int | None:
    """The last line of words above the first letters: names that nobody knows here, or a title."""
    last = None
    for at, line in enumerate(lines):
        words = [text for column, text in enumerate(line) if text and column != names]
        if any(text in is_letters for text in words) or (names is not None and place.rows_called(line[names])):
            break
        last = at if words else last
    return last if len(lines) > 1 else None


def _begins_another(
    place: Place, line: Sequence[str], columns: Sequence[str | None], names_in: int | None, is_letters: frozenset[str]
) -> bool:
    """Whether a line holds the headings of another matrix: names where the letters of this one would stand."""
    words = [text for column, text in enumerate(line) if text and columns[column] not in ("", ROW_NAMES)]
    if names_in is None or any(text in is_letters for text in words) or place.rows_called(line[names_in]):
        return False
    return len(words) > 1 or any(place.columns_called(text) for text in words)
