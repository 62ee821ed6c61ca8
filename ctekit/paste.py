"""Pasting from a spreadsheet: what each cell of it becomes here, and what does not fit, before anything is written."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

from ctekit import asks, worksheets
from ctekit.asks import Ask, Json, WrongShape
from ctekit.workbook import Workbook
from ctekit.worksheet import Worksheet

Cells = Sequence[Sequence[str]]
"""Lines of a pasted table; they may be of different lengths."""

_GUARD = re.compile(r"^'(?=[=+\-@])")


@dataclass(frozen=True)
class Cell:
    """One answer that a paste would write.

    Attributes
    ----------
    row : str
        The id of the row; ``"need-*1"`` for the first new one, as the store takes it.
    field : str
        The question, or ``"matrix/org-3"``.
    value : object
        As `ctekit.asks.read` gives it; never None, for blank cells change nothing.
    old : object
        What stands there now, None for blank.
    """

    row: str
    field: str
    value: Json
    old: Json = None


@dataclass(frozen=True)
class Misfit:
    """A cell that cannot be pasted: its line in what was pasted (from 1), the column, its words, and why not."""

    line: int
    column: str
    words: str
    why: str


@dataclass(frozen=True)
class Plan:
    """What a paste would do.

    Attributes
    ----------
    cells : tuple of Cell
        What would be written; only where it differs from what stands.
    misfits : tuple of Misfit
        What would be left out.
    rows : int
        The rows it touches, new ones with them.
    new_rows : tuple of str
        The placeholders of the rows it adds, in order.
    replaced : int
        The answers it puts others in place of.
    same : int
        The cells that say what stands there already.
    headings : bool
        Whether the first line was read as headings.
    """

    cells: tuple[Cell, ...] = ()
    misfits: tuple[Misfit, ...] = ()
    rows: int = 0
    new_rows: tuple[str, ...] = ()
    replaced: int = 0
    same: int = 0
    headings: bool = False


def plan(
    kind: type[Worksheet],
    table: str,
    row: str,
    column: str,
    cells: Cells,
    book: Workbook,
    rows: Sequence[str] | None = None,
    columns: Sequence[str] | None = None,
) -> Plan:
    """Say what would become of a pasted table.

    Parameters
    ----------
    kind : type of Worksheet
    table : str
        The table or matrix that is pasted into.
    row, column : str
        The cell that the first pasted cell goes to; "" for the first new row or the first column.
    cells : sequence of sequences of str
        What was pasted.
    book : Workbook
    rows, columns : sequence of str
        The rows and columns in the order they are shown; all of them if not told.

    Returns
    -------
    Plan
    """
    ask = kind.asks()[table]
    place = _matrix(kind, ask, table, book) if ask.kind == "matrix" else _table(kind, ask, table, book)
    return _laid(place.narrowed(rows, columns), row, column, _cleaned(cells), book)


@dataclass(frozen=True)
class _Place:
    """What is pasted into: rows, columns, the question of each, and what stands."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    titles: Mapping[str, str]
    names: Mapping[str, str]
    ask: Callable[[str], Ask]
    now: Callable[[str, str], Json]
    prefix: str

    def narrowed(self, rows: Sequence[str] | None, columns: Sequence[str] | None) -> _Place:
        """The same, as it is shown: in that order, and only that."""
        shown = self.rows if rows is None else tuple(one for one in rows if one in self.rows)
        across = self.columns if columns is None else tuple(one for one in columns if one in self.columns)
        return replace(self, rows=shown, columns=across)


def _table(kind: type[Worksheet], ask: Ask, table: str, book: Workbook) -> _Place:
    questions: dict[str, Ask] = ask.row.asks()
    standing = {one.id: one for one in book[kind].rows(table)}

    def now(row: str, field: str) -> Json:
        return _plain(getattr(standing[row], field)) if row in standing else None

    titles = {field: one.title for field, one in questions.items()}
    return _Place(tuple(standing), tuple(questions), titles, {}, questions.__getitem__, now, ask.prefix)


def _matrix(kind: type[Worksheet], ask: Ask, table: str, book: Workbook) -> _Place:
    marks: Mapping[str, Mapping[str, str]] = getattr(book[kind], table)
    columns = {f"{table}/{one.id}": book.name(one.id) for one in book.rows(ask.target)}
    rows = {one.id: book.name(one.id) for one in book[kind].rows(ask.along)}

    def now(row: str, field: str) -> Json:
        return marks.get(row, {}).get(field.partition("/")[2])

    return _Place(tuple(rows), tuple(columns), columns, rows, lambda _: ask, now, "")


def _laid(place: _Place, row: str, column: str, cells: list[list[str]], book: Workbook) -> Plan:
    across, down, headings = _headed(place, cells)
    first_row = place.rows.index(row) if row in place.rows else len(place.rows)
    first_column = place.columns.index(column) if column in place.columns else 0
    reader = Reader(book)
    found: list[Cell] = []
    misfits: list[Misfit] = []
    new_rows: list[str] = []
    touched: set[str] = set()
    same = 0
    body = cells[1:] if headings else cells
    for number, line in enumerate(body):
        at = number + 1 + headings
        if not any(line):
            continue
        target = _row(place, line, down, first_row + number)
        words_at = [(index, words) for index, words in enumerate(line) if words and not (down and index == 0)]
        if target is None:
            words = line[0] if down else next(words for _, words in words_at)
            why = f"No row here is called “{_short(words)}”." if down else "There is no row here for this line."
            misfits.append(Misfit(at, "", _short(words), why))
            continue
        is_new = target == ""
        if is_new:
            target = f"{place.prefix}-*{len(new_rows) + 1}"
        fits: list[Cell] = []
        for index, words in words_at:
            field = across.get(index) if headings else _at(place.columns, first_column + index)
            if field is None:
                why = "No column here has this heading." if headings else "There are no more columns at the right."
                misfits.append(Misfit(at, cells[0][index] if headings else "", _short(words), why))
                continue
            try:
                value = reader.read(place.ask(field), words)
            except WrongShape as error:
                misfits.append(Misfit(at, place.titles[field], _short(words), str(error)))
                continue
            old = None if is_new else place.now(target, field)
            if value == old:
                same += 1
            elif value is not None:
                fits.append(Cell(target, field, value, old))
        if fits:
            touched.add(target)
            found += fits
            new_rows += [target] if is_new else []
    replaced = sum(one.old is not None for one in found)
    return Plan(tuple(found), tuple(misfits), len(touched), tuple(new_rows), replaced, same, headings)


def _headed(place: _Place, cells: list[list[str]]) -> tuple[dict[int, str], bool, bool]:
    """Columns by the headings of the first line; whether lines begin with the name of their row; if it has headings."""
    by_title = {loose(title): field for field, title in place.titles.items() if field in place.columns}
    first = cells[0] if cells else []
    named = bool(place.names) and len(first) > 1 and loose(first[0]) not in by_title
    across = {index: loose(words) for index, words in enumerate(first) if words and not (named and index == 0)}
    known = {index: by_title[words] for index, words in across.items() if words in by_title}
    # One strange heading among known ones is told as a misfit; a line of answers has no heading at all in it.
    headings = bool(known) and 2 * len(known) > len(across) and len(cells) > 1
    return (known, named, True) if headings else ({}, False, False)


def _row(place: _Place, line: list[str], down: bool, index: int) -> str | None:
    """The row a line goes to: its id, "" for a new one, None for none."""
    if down:
        wanted = loose(line[0])
        return next((row for row in place.rows if loose(place.names[row]) == wanted), None)
    return _at(place.rows, index) or ("" if place.prefix else None)


def _at(them: tuple[str, ...], index: int) -> str | None:
    return them[index] if index < len(them) else None


class Reader:
    """Reads what stands in a spreadsheet more leniently than what is typed: spaces, hyphens and cases do not count."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._names: dict[str, dict[str, list[str]]] = {}

    def read(self, ask: Ask, words: str) -> Json:
        """What the store keeps of a cell; WrongShape with one sentence where it does not fit."""
        match ask.kind:
            case "reference":
                return self._one(ask, words)
            case "references":
                return list(dict.fromkeys(self._several(ask, words))) or None
            case "choice" | "yes_no":
                return asks.read(ask, _option(ask, words))
            case "choices":
                return asks.read(ask, [_option(ask, one) for one in _parts(words, ask.options)])
            case "scale":
                return asks.read(ask, _step(ask, words))
        return asks.read(ask, words)

    def _several(self, ask: Ask, words: str) -> Iterator[str]:
        for part in re.split(r"[\n;]", words):
            if part.strip():
                yield from self._listed(ask, part.strip())

    def _listed(self, ask: Ask, words: str) -> Iterator[str]:
        """One name, or several with commas between; a comma may also belong to a name."""
        pieces = words.split(",")
        while pieces:
            for size in range(len(pieces), 0, -1):
                name = ",".join(pieces[:size]).strip()
                if size == 1 or loose(name) in self._of(ask):
                    if name:
                        yield self._one(ask, name)
                    del pieces[:size]
                    break

    def _one(self, ask: Ask, words: str) -> str:
        found = self._of(ask).get(loose(words), [])
        if len(found) == 1:
            return found[0]
        slug, table = ask.target.split(".")
        kind = worksheets.called(slug)
        title = kind.asks()[table].title
        if found:
            raise WrongShape(f"More than one row of “{title}” is called “{_short(words)}”. Pick the right one by hand.")
        close = get_close_matches(words, [self._book.name(one.id) for one in self._book.rows(ask.target)], 1, 0.75)
        meant = f" Did you mean “{close[0]}”?" if close else f" Add it in “{kind.title}” first."
        raise WrongShape(f"“{_short(words)}” is not in “{title}”.{meant}")

    def _of(self, ask: Ask) -> dict[str, list[str]]:
        """The rows of a question's target by their name, read loosely; the words it takes besides, too."""
        key = f"{ask.target} {ask.also}"
        if key not in self._names:
            named: dict[str, list[str]] = defaultdict(list)
            for one in self._book.rows(ask.target):
                named[loose(self._book.name(one.id))].append(one.id)
            self._names[key] = dict(named) | {loose(word): [word] for word in ask.also}
        return self._names[key]


def loose(words: str) -> str:
    """Words without what people and spreadsheets write differently: case, hyphens, spaces, "&" for "and"."""
    return re.sub(r"[\W_]+", "", words.replace("&", " and ")).casefold()


def _option(ask: Ask, words: str) -> str:
    return next((one for one in ask.options if loose(one) == loose(words)), words)


def _step(ask: Ask, words: str) -> str:
    """A step of a scale by its number, its words, or both."""
    for step, meaning in zip(ask.options, ask.meanings, strict=True):
        if loose(words) in (loose(step), loose(meaning), loose(step + meaning), loose(step + ".0")):
            return step
    return words


def _parts(words: str, options: Sequence[str]) -> list[str]:
    """Several choices in one cell; a choice may hold a comma itself."""
    if any(loose(words) == loose(one) for one in options):
        return [words]
    return [part.strip() for part in re.split(r"[\n;,]", words) if part.strip()]


def _plain(value: Any) -> Json:
    """A typed answer as the store keeps it."""
    if value is None or value == ():
        return None
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, bool | int | str):
        return value
    return value.isoformat() if isinstance(value, datetime.date) else format(value, "f")


def _cleaned(cells: Cells) -> list[list[str]]:
    """Without the blanks that spreadsheets add, and without the apostrophe that keeps one from reading a formula."""
    lines = [[_GUARD.sub("", one.replace("\xa0", " ").strip()) for one in line] for line in cells]
    while lines and not any(lines[-1]):
        lines.pop()
    return lines


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= 60 else words[:59] + "…"
