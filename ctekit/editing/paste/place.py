"""What is pasted into: the rows and columns of a table or of a matrix, their names, and what stands there."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from ctekit.model.questions import Json, Question
from ctekit.model.text import key, loose
from ctekit.model.worksheet import Worksheet
from ctekit.workbook import Workbook

ROW_NAMES = "names of the rows"
"""In place of a question: this pasted column holds the names of the matrix's rows."""

_NUMBERING = re.compile(r"^(?:\d+(?:\.\d+)*[.)]?|[a-zA-Z][.)])\s+(?=\S)")
_REMARK = re.compile(
    r"\s*[(\[](?:required|optional|if (?:any|known|applicable)|yes ?/ ?no|y ?/ ?n|\$|%|usd|dollars|"
    r"mm/dd/yy(?:yy)?|yyyy-mm-dd)[)\]]$",
    re.IGNORECASE,
)
"""What forms write behind a heading."""
_NOTED = "*†‡§⁰¹²³⁴⁵⁶⁷⁸⁹ "
"""Signs behind a heading that point to a note."""
_SMALL_WORDS = frozenset({"the", "a", "an", "of", "s"})


@dataclass(frozen=True)
class Place:
    """What is pasted into, as it is shown.

    Attributes
    ----------
    rows, columns : tuple of str
        What is shown, in that order.
    all_rows : tuple of str
        Those that are hidden by a search, too.
    titles : mapping
        The headings of all columns, hidden ones too.
    row_names : mapping
        The name of each row; "" where it has none yet.
    named_by : str
        The column that holds the names of a table's rows; "" where names cannot tell rows apart.
    question : callable
        The question of a column.
    now : callable
        What stands at a row and a column.
    prefix : str
        How the ids of new rows begin; "" where none can be added, as in a matrix.
    title : str
        What the table or matrix is called.
    known : mapping
        For each question with choices, or that points to names of other tables, those answers, read loosely.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    all_rows: tuple[str, ...]
    titles: Mapping[str, str]
    row_names: Mapping[str, str]
    named_by: str
    question: Callable[[str], Question]
    now: Callable[[str, str], Json]
    prefix: str
    title: str
    known: Mapping[str, frozenset[str]] = dataclasses.field(default_factory=dict)

    @property
    def is_matrix(self) -> bool:
        """Whether its columns are rows of another table."""
        return not self.prefix

    @cached_property
    def _column_by_heading(self) -> dict[str, list[str]]:
        fields_by_heading: dict[str, list[str]] = {}
        for field, title in self.titles.items():
            fields_by_heading.setdefault(loose(title) if self.is_matrix else heading_key(title), []).append(field)
        if not self.is_matrix:
            if self.named_by:
                fields_by_heading.setdefault(heading_key(self.title), [self.named_by])
            for field, title in self.titles.items():
                question = self.question(field)
                names_a_row = question.is_reference and not question.kind.is_several
                names = [field] + [f"{title} name"] * (names_a_row or field == self.named_by)
                for name in names:
                    fields_by_heading.setdefault(heading_key(name), [field])
        return fields_by_heading

    @cached_property
    def _rows_by_name(self) -> dict[str, list[str]]:
        rows_by_name: dict[str, list[str]] = {}
        for row in self.all_rows:
            if self.row_names[row]:
                rows_by_name.setdefault(loose(self.row_names[row]), []).append(row)
        return rows_by_name

    def narrowed(self, rows: Sequence[str] | None, columns: Sequence[str] | None) -> Place:
        """The same, as it is shown: in that order, and only that."""
        return replace(self, rows=_shown(self.rows, rows), columns=_shown(self.columns, columns))

    def columns_called(self, heading: str) -> list[str]:
        """The columns with this heading, hidden ones too; questions also by the name of their field."""
        if heading not in self._called:
            self._called[heading] = self._find_columns(heading) if heading else []
        return self._called[heading]

    def _find_columns(self, heading: str) -> list[str]:
        index, plain = self._column_by_heading, heading.rstrip(_NOTED)
        if not self.is_matrix:
            return index.get(heading_key(heading)) or index.get(heading_key(_REMARK.sub("", plain)), [])
        return index.get(loose(heading)) or index.get(loose(unnumbered(plain)), [])

    @cached_property
    def _called(self) -> dict[str, list[str]]:
        return {}

    def is_answer(self, words: str) -> bool:
        """Whether words are a choice here or the name of a row, so that they head nothing."""
        return words != "No." and (loose(words) in self._answers or loose(words) in self._rows_by_name)

    @cached_property
    def _answers(self) -> frozenset[str]:
        return frozenset().union(*self.known.values())

    def rows_called(self, name: str) -> list[str]:
        """The rows of this name; a matrix's also with a number before it (``2.1 Host learners``)."""
        if name not in self._named:
            rows = self._rows_by_name.get(loose(name)) if loose(name) else []
            numbered = self._rows_by_name.get(loose(unnumbered(name)), []) if self.is_matrix else []
            self._named[name] = rows or numbered
        return self._named[name]

    @cached_property
    def _named(self) -> dict[str, list[str]]:
        return {}


def of_table(kind: type[Worksheet], table_question: Question, table: str, book: Workbook) -> Place:
    """A table of a worksheet as a place to paste into, with all its rows and columns."""
    questions: dict[str, Question] = table_question.row.questions()
    standing = {row.id: row for row in book[kind].rows(table)}
    named_by = table_question.row.named_by

    def now(row: str, field: str) -> Json:
        return _plain(getattr(standing[row], field)) if row in standing else None

    names = {row: book.name(row) if getattr(standing[row], named_by) else "" for row in standing}
    titles = {field: question.title for field, question in questions.items()}
    rows, columns = tuple(standing), tuple(questions)
    by_text = named_by if questions[named_by].kind.is_words else ""
    others = {question.target for question in questions.values()} - {"", f"{kind.slug}.{table}"}
    pointed = {target: [book.name(row.id) for row in book.rows(target)] for target in others}
    known = {
        field: frozenset(
            loose(answer) for answer in (*question.options, *pointed.get(question.target, ())) if not answer.isdigit()
        )
        for field, question in questions.items()
    }
    return Place(
        rows,
        columns,
        rows,
        titles,
        names,
        by_text,
        questions.__getitem__,
        now,
        table_question.prefix,
        table_question.title,
        known,
    )


def of_matrix(kind: type[Worksheet], question: Question, table: str, book: Workbook) -> Place:
    """A matrix as a place to paste into, with all its rows and columns."""
    marks: Mapping[str, Mapping[str, str]] = getattr(book[kind], table)
    titles = {f"{table}/{row.id}": book.name(row.id) for row in book.rows(question.target)}
    names = {row.id: book.name(row.id) for row in book[kind].rows(question.along)}

    def now(row: str, field: str) -> Json:
        return marks.get(row, {}).get(field.partition("/")[2])

    return Place(
        tuple(names), tuple(titles), tuple(names), titles, names, "", lambda _: question, now, "", question.title
    )


def _shown(every: Sequence[str], wanted: Sequence[str] | None) -> tuple[str, ...]:
    """Those of `wanted` that there are, in that order; all if nothing is wanted in particular."""
    names = set(every)
    return tuple(every) if wanted is None else tuple(name for name in wanted if name in names)


def unnumbered(name: str) -> str:
    """A name without the number before it."""
    return _NUMBERING.sub("", name)


def heading_key(words: str) -> str:
    """A heading without case, order, small words, plurals and line breaks: "Name of the organization" is found."""
    parts = [part for part in re.findall(r"[^\W_]+", key(words).replace("&", " and ")) if part not in _SMALL_WORDS]
    return " ".join(sorted(part.removesuffix("s") if len(part) > 3 else part for part in parts))


def _plain(value: Any) -> Json:
    """A typed answer as the store keeps it."""
    if value is None or value == ():
        return None
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, bool | int | str):
        return value
    return value.isoformat() if isinstance(value, datetime.date) else format(value, "f")
