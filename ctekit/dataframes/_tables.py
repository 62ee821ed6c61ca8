"""The tables of worksheets as data frames."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ctekit import worksheets
from ctekit.analysis import disclosure
from ctekit.dataframes._arrays import array, number
from ctekit.model.errors import CtekitError, NotFoundError, did_you_mean
from ctekit.model.questions import Question
from ctekit.workbook import Workbook
from ctekit.worksheets.metrics import Observation
from ctekit.worksheets.roles import Roles


def names() -> list[str]:
    """Every table that `frame` knows, by its long name, and the grid of roles.

    Returns
    -------
    list of str
        Such as ``"metrics.observations"``.
    """
    return [f"{slug}.{field}" for slug, kind in worksheets.every().items() for field in _tables(kind)]


def frame(book: Workbook, name: str, private: bool = False) -> pd.DataFrame:
    """A table of the worksheets.

    Parameters
    ----------
    book : Workbook
    name : str
        A worksheet's slug for its first table, or slug and table: ``"metrics.observations"``. ``"roles.matrix"`` is the
        grid of duties, one row a filled cell.
    private : bool
        Also the columns for the facilitator only, and the rows of tables that are.

    Returns
    -------
    pandas.DataFrame
        One row a row, in the order people put them. Index ``id``: string. One column a question, named as its field,
        in the order people read them, note last. Columns for the facilitator only are there with `private`;
        ``frame.attrs["private"]`` lists them either way.

        ============================  ==================  ====================================================
        question                      dtype               blank
        ============================  ==================  ====================================================
        text, choice                  string              ``<NA>``
        reference (an id)             string              ``<NA>``
        several choices or ids        object (tuples)     ``()``
        scale, whole number           Int64               ``<NA>``
        decimal, money, percentage    Float64             ``<NA>``
        date                          datetime64[s]       ``NaT``
        yes or no                     boolean             ``<NA>``
        ============================  ==================  ====================================================

        Each reference has a second column beside it, ``<field>_name``: string, in words (several joined with "; ").
        ``marks`` (object) holds the honest blanks of the row: field -> ``"to find out"`` or ``"does not apply"``.
        A measure's counts also give ``percent`` (Float64), rounded to one decimal, and ``withheld`` (boolean): whether
        pages and charts leave the count out, because it is of a small group or would give one away.
        The grid has the columns ``task``, ``task_name``, ``organization``, ``organization_name``, ``letters``: string.

    Raises
    ------
    NotFoundError
        There is no such table. The message names the nearest, and all of them.
    CtekitError
        The whole table is for the facilitator only, and was not asked for with `private`.
    """
    slug, _, table = name.partition(".")
    kind = worksheets.every().get(slug)
    tables = _tables(kind) if kind else {}
    table = table or next(iter(tables), "")
    if kind is None or table not in tables:
        table_names = [*worksheets.every(), *names()]
        guess = did_you_mean(name, table_names)
        raise NotFoundError(f"There is no table called '{name}'.{guess} The tables are: {', '.join(table_names)}.")
    question = kind.questions()[table]
    if question.private and not private:
        raise CtekitError(
            f"“{question.title}” is for the facilitator only. Ask for it with frame('{name}', private=True)."
        )
    book = book.seen(private)
    return _grid(book) if question.is_matrix else _rows(book, slug, table, question, private)


def _tables(kind: Any) -> dict[str, Question]:
    return {field: question for field, question in kind.questions().items() if question.is_table}


def _rows(book: Workbook, slug: str, table: str, question: Question, private: bool) -> pd.DataFrame:
    rows = book.sheets[slug].rows(table)
    asked: dict[str, Question] = question.row.questions()
    hidden = [field for field, column in asked.items() if question.private or column.private]
    columns: dict[str, Any] = {}
    for field, column in asked.items():
        if field in hidden and not private:
            continue
        values = [getattr(row, field) for row in rows]
        columns[field] = _column(values, column)
        if column.is_reference:
            columns[f"{field}_name"] = array([_named(book, value) for value in values], "string")
    if question.row is Observation:
        withheld = disclosure.hidden(book)
        columns["percent"] = array([number(row.percent) for row in rows], "Float64")
        columns["withheld"] = array([row.id in withheld for row in rows], "boolean")
    columns["marks"] = pd.Series([{name: mark.kind for name, mark in row.marks.items()} for row in rows], dtype=object)
    table_frame = pd.DataFrame(columns)
    table_frame.index = pd.Index(array([row.id for row in rows], "string"), name="id")
    table_frame.attrs["private"] = hidden
    return table_frame


def _column(values: list[Any], question: Question) -> Any:
    kind = question.kind
    if kind.is_several:
        return pd.Series([tuple(value) for value in values], dtype=object)
    if kind.is_date:
        return array([value and value.isoformat() for value in values], kind.dtype)
    return array([number(value) for value in values], kind.dtype)


def _named(book: Workbook, value: str | tuple[str, ...] | None) -> str | None:
    ids = (value,) if isinstance(value, str) else value or ()
    return "; ".join(book.name(id_) for id_ in ids) or None


def _grid(book: Workbook) -> pd.DataFrame:
    matrix = book[Roles].matrix
    cells = [(task, org, letters) for task, row in matrix.items() for org, letters in row.items() if letters]
    return pd.DataFrame(
        {
            "task": array([task for task, _, _ in cells], "string"),
            "task_name": array([book.name(task) for task, _, _ in cells], "string"),
            "organization": array([org for _, org, _ in cells], "string"),
            "organization_name": array([book.name(org) for _, org, _ in cells], "string"),
            "letters": array([letters for _, _, letters in cells], "string"),
        }
    )
