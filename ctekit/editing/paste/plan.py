"""What a paste would do: every cell that would be written and every one that does not fit, before anything is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ctekit.editing.paste import layout as layouts
from ctekit.editing.paste import matrix, people
from ctekit.editing.paste import place as places
from ctekit.editing.paste.cells import Cell, UnreadableValue, misfit
from ctekit.editing.paste.headings import is_turned
from ctekit.editing.paste.layout import Layout, PasteOptions
from ctekit.editing.paste.lines import Cells, cleaned, without_hanging_marks
from ctekit.editing.paste.place import ROW_NAMES, Place
from ctekit.editing.paste.reader import Reader, did_you_mean, without_remark
from ctekit.editing.paste.targets import SUGGESTIONS, Targets, targets
from ctekit.model.questions import InvalidAnswerError
from ctekit.model.text import shortened
from ctekit.model.worksheet import Worksheet
from ctekit.workbook import Workbook


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
    layout : Layout
        How what was pasted was understood.
    lines : list of lists of str
        What was pasted, clean and equally long.
    targets : dict
        Line -> the row it goes to; "" for a new one.
    notes : tuple of str
        Sentences about what is not pasted.
    place : Place or None
        What is pasted into.
    turned_back : bool
        Whether the person said that rows and columns are not swapped.
    """

    cells: tuple[Cell, ...] = ()
    misfits: tuple[UnreadableValue, ...] = ()
    rows: int = 0
    new_rows: tuple[str, ...] = ()
    replaced: int = 0
    same: int = 0
    layout: Layout = field(default_factory=lambda: Layout(None, ()))
    lines: list[list[str]] = field(default_factory=list)
    targets: dict[int, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    place: Place | None = None
    turned_back: bool = False

    @property
    def headings(self) -> bool:
        """Whether a line was read as headings."""
        return self.layout.heading is not None


def plan(
    kind: type[Worksheet],
    table: str,
    row: str,
    column: str,
    cells: Cells,
    book: Workbook,
    rows: Sequence[str] | None = None,
    columns: Sequence[str] | None = None,
    wishes: PasteOptions = PasteOptions(),  # noqa: B008 - frozen
    marked: Sequence[int] = (),
    merged: Sequence[int] = (),
) -> Plan:
    """Say what would become of a pasted table.

    Parameters
    ----------
    kind : type of Worksheet
    table : str
        The table or matrix that is pasted into.
    row, column : str
        The cell that the first pasted cell goes to if there are no headings; "" for the first new row or column.
    cells : sequence of sequences of str
        What was pasted.
    book : Workbook
    rows, columns : sequence of str
        The rows and columns in the order they are shown; all of them if not told.
    wishes : Wishes
        What the person said about headings and columns after a first look.
    marked, merged : sequence of int
        The lines whose cells all stand out as headings (bold), and those that are one cell across.

    Returns
    -------
    Plan
    """
    question = kind.questions()[table]
    place_of = places.of_matrix if question.is_matrix else places.of_table
    place = place_of(kind, question, table, book).narrowed(rows, columns)
    first = place.columns.index(column) if column in place.columns else 0
    if first < len(place.columns) and place.question(place.columns[first]).kind.is_words:
        cells = without_hanging_marks(cells)  # elsewhere a mark is an answer: a stroke for none, a tick for yes
    takes_names = place.columns[first : first + 1] == (place.named_by,)
    if takes_names:
        cells = people.as_table(cells)
    lines = cleaned(cells, lambda words: bool(place.columns_called(words)))
    if takes_names:
        lines = people.with_affiliations(place, lines)
    if place.is_matrix:
        lines = [list(line) for line in matrix.with_corner(place, lines)]
    reader = Reader(book)
    bold, across = frozenset(marked), frozenset(merged)
    looks_turned = matrix.is_turned(place, lines) if place.is_matrix else is_turned(place, lines, bold)
    turned = looks_turned if wishes.turned is None else wishes.turned
    if turned:
        lines, bold, across = [list(words) for words in zip(*lines, strict=True)], frozenset(), frozenset()
    if place.is_matrix:
        layout = matrix.layout(place, lines, first, wishes, reader, turned)
    else:
        layout = replace(layouts.of_table(place, lines, first, wishes, bold, across), turned=turned)
    return replace(_Planning(place, lines, layout, reader).plan(row), turned_back=wishes.turned is False)


class _Planning:
    """The cells of a paste, one by one."""

    def __init__(self, place: Place, lines: list[list[str]], layout: Layout, reader: Reader) -> None:
        self.place = place
        self.lines = lines
        self.layout = layout
        self.reader = reader
        self.cells: list[Cell] = []
        self.misfits: list[UnreadableValue] = []
        self.same = 0
        self.remarks: list[str] = []

    def plan(self, row: str) -> Plan:
        """All of it; lines without names go down from `row`."""
        place, layout = self.place, self.layout
        aims = Targets() if layout.unsure else targets(place, layout, self.lines, row)
        self.misfits += aims.misfits
        new_rows: list[str] = []
        touched: set[str] = set()
        for at, target in aims.rows.items():
            is_new = target == ""
            placeholder = f"{place.prefix}-*{len(new_rows) + 1}" if is_new else target
            fits = self._line(at, placeholder, is_new, at in aims.named)
            if fits:
                touched.add(placeholder)
                self.cells += fits
                new_rows += [placeholder] if is_new else []
        misfits = tuple(sorted(self.misfits, key=lambda misfit: misfit.line))
        replaced = sum(cell.old is not None for cell in self.cells)
        return Plan(
            tuple(self.cells), misfits, len(touched), tuple(new_rows), replaced, self.same,
            layout, self.lines, aims.rows, tuple(self._notes()), place,
        )  # fmt: skip

    def _line(self, at: int, row: str, is_new: bool, is_named: bool) -> list[Cell]:
        """The cells of one line that fit; the others are told. A name by which its row was found stays as it is."""
        place, heading = self.place, self.layout.heading
        fits: list[Cell] = []
        for column, words in enumerate(self.lines[at]):
            name = self.layout.columns[column]
            if not words or name in ("", ROW_NAMES):
                continue
            if name is None:
                title = self.lines[heading][column] if heading is not None else ""
                self._misfit(at, title, words, self._no_column(column))
                continue
            words, remark = without_remark(place.question(name), words)
            try:
                value = self.reader.read(place.question(name), words)
            except InvalidAnswerError as error:
                self._misfit(at, place.titles[name], words, str(error))
                continue
            self.remarks += [remark] if remark else []
            old = None if is_new else place.now(row, name)
            if value == old or (is_named and name == place.named_by):
                self.same += value is not None
            elif value is not None:
                fits.append(Cell(row, name, value, old))
        return fits

    def _no_column(self, column: int) -> str:
        """Why a column goes nowhere."""
        place, heading = self.place, self.layout.heading
        if heading is None:
            return "There are no more columns at the right."
        words = self.lines[heading][column]
        if not words:
            return "This column has no heading."
        called = place.columns_called(words)
        if not called:
            guess = place.is_matrix and len(self.misfits) < SUGGESTIONS
            near = did_you_mean(words, list(place.titles.values())) if guess else ""
            return f"No column here has this heading.{near}"
        if called[0] not in place.columns:
            return "This question is not shown now. Show all questions, then paste again."
        return "More than one column has this heading."

    def _misfit(self, at: int, column: str, words: str, why: str) -> None:
        self.misfits.append(misfit(at, column, words, why))

    def _notes(self) -> list[str]:
        layout = self.layout
        notes = ["Rows and columns were swapped."] if layout.turned else []
        notes += layouts.notes(layout, self.lines)
        if layout.heading is not None:
            spare = [
                self.lines[layout.heading][at] or f"column {at + 1}"
                for at, name in enumerate(layout.columns)
                if name == ""
            ]
            if spare:
                notes.append(f"Columns left out: {', '.join(map(shortened, spare))}.")
        elif "" in layout.columns:
            notes.append("The first column only numbers the lines; it is left out.")
        if self.remarks:
            notes.append(
                f"Only letters fit here; remarks beside them are left out, such as “{shortened(self.remarks[0])}”."
            )
        return notes
