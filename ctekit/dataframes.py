"""Worksheets and findings as data frames: the only room that knows pandas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import pandas as pd

from ctekit import rules, worksheets
from ctekit.analysis import disclosure
from ctekit.model.errors import CtekitError, NotFoundError, did_you_mean
from ctekit.model.questions import Question
from ctekit.ratings import IndicatorResult, Results, Spread
from ctekit.rules import action_of
from ctekit.workbook import Workbook
from ctekit.worksheets.metrics import Observation
from ctekit.worksheets.roles import Roles

__all__ = ["findings", "frame", "names", "ratings"]

MAIN: Mapping[str, str] = {
    "profile": "organizations",
    "convener": "jobs",
    "purpose": "clauses",
    "recruitment": "needs",
    "value": "exchanges",
    "communication": "audiences",
    "roles": "tasks",
    "metrics": "metrics",
    "meetings": "meetings",
    "plan": "actions",
}
"""The table that a worksheet's name alone stands for. Others are named with a period: ``"metrics.observations"``."""

LEVELS = range(5)

RATING: Mapping[str, str] = {
    "round": "string",
    "round_name": "string",
    "held_on": "datetime64[s]",
    "question": "string",
    "statement": "string",
    "who": "string",
    "n": "Int64",
    "dont_know": "Int64",
    "median": "Float64",
    "low_quarter": "Float64",
    "high_quarter": "Float64",
    "gap": "Float64",
    "agreement": "Float64",
    **{f"level_{level}": "Int64" for level in LEVELS},
}
"""The columns of `ratings`."""


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
        A worksheet's slug for its main table, or slug and table: ``"metrics.observations"``. ``"roles.matrix"`` is the
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
    table = table or MAIN.get(slug, "")
    if kind is None or table not in _tables(kind):
        known = [*MAIN, *names()]
        guess = did_you_mean(name, known)
        raise NotFoundError(f"There is no table called '{name}'.{guess} The tables are: {', '.join(known)}.")
    question = kind.questions()[table]
    if question.private and not private:
        raise CtekitError(
            f"“{question.title}” is for the facilitator only. Ask for it with frame('{name}', private=True)."
        )
    book = book.seen(private)
    return _grid(book) if question.is_matrix else _rows(book, slug, table, question, private)


def findings(book: Workbook, private: bool = False) -> pd.DataFrame:
    """What the rules found, one row a finding, as they are counted in `ctekit check`.

    Parameters
    ----------
    book : Workbook
    private : bool
        Also what they found in answers for the facilitator only.

    Returns
    -------
    pandas.DataFrame
        In the order of the codes, index 0, 1, 2, … (int64).

        ================  =========  ==================================================================
        column            dtype      what it says
        ================  =========  ==================================================================
        code              string     the rule's: ``"RO27"``
        severity          category   ``error`` > ``warning`` > ``hint``, ordered
        worksheet         string     the slug of the worksheet to mend
        row               string     the id of the row; ``<NA>`` for a question of the worksheet itself
        row_name          string     its name in words; ``<NA>`` likewise
        field             string     the question
        sentence          string     what is true when the rule passes
        says              string     what is there
        advice            string     what to do next
        private           boolean    for the facilitator only
        action            string     the id of the action made from it; ``<NA>`` where there is none
        ================  =========  ==================================================================
    """
    book = book.seen(private)
    found = [finding for result in rules.check(book) for finding in result.findings]
    text = ("code", "worksheet", "row", "row_name", "field", "sentence", "says", "advice", "action")
    lines = []
    for finding in found:
        action = action_of(book, finding)
        line = {name: getattr(finding, name, "") or None for name in text}
        lines.append(
            {
                **line,
                "row_name": book.name(finding.row) if finding.row else None,
                "action": action.id if action else None,
            }
        )
    made_of = pd.DataFrame(lines, columns=list(text)).astype(dict.fromkeys(text, "string"))
    severities = pd.CategoricalDtype(["hint", "warning", "error"], ordered=True)
    made_of.insert(1, "severity", pd.Series(pd.Categorical([finding.severity for finding in found], dtype=severities)))
    made_of.insert(9, "private", _array([finding.private for finding in found], "boolean"))
    return made_of


def ratings(rounds: Iterable[Results]) -> pd.DataFrame:
    """What rounds of ratings say, one row for each question and group: the groups that may be shown, never one person.

    Parameters
    ----------
    rounds : iterable of Results
        Of rounds that are revealed; see `ctekit.ratings.results`.

    Returns
    -------
    pandas.DataFrame
        In the order of rounds and questions, "everyone" before the sectors; index 0, 1, 2, … (int64).

        ==============================  ===============  =====================================================
        column                          dtype            what it says
        ==============================  ===============  =====================================================
        round, round_name               string           ``"round-1"``, and what people call it
        held_on                         datetime64[s]    its date
        question, statement             string           the indicator's number, and its words
        who                             string           ``"everyone"``, a sector, or ``"others"`` folded together
        n, dont_know                    Int64            how many answered; how many of them "I don't know"
        median, low_quarter,            Float64          the middle, and the bounds of the middle half;
        high_quarter                                     ``<NA>`` where too few answered to be shown
        gap, agreement                  Float64          of the whole question, in the row of everyone only
        level_0 … level_4               Int64            how many chose each level; ``<NA>`` likewise
        ==============================  ===============  =====================================================

        Self-ratings: not validated, and not for comparison between partnerships.
    """
    lines = [
        _rating(results, indicator, spread)
        for results in rounds
        for indicator in results.indicators
        for spread in (indicator.everyone, *indicator.sectors)
    ]
    return pd.DataFrame({name: _array([line[name] for line in lines], kind) for name, kind in RATING.items()})


def _rating(told: Results, indicator: IndicatorResult, spread: Spread) -> dict[str, Any]:
    low, high = spread.middle_half or (None, None)
    shown = bool(spread.levels) or spread.dont_know > 0
    whole = spread is indicator.everyone
    return {
        "round": told.round.id,
        "round_name": told.round.name,
        "held_on": told.round.held_on or None,
        "question": indicator.number,
        "statement": indicator.question.statement,
        "who": spread.who,
        "n": spread.n,
        "dont_know": spread.dont_know if shown else None,
        "median": spread.median,
        "low_quarter": low,
        "high_quarter": high,
        "gap": indicator.gap if whole else None,
        "agreement": indicator.agreement if whole else None,
        **{f"level_{level}": spread.levels.count(level) if shown else None for level in LEVELS},
    }


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
            columns[f"{field}_name"] = _array([_named(book, value) for value in values], "string")
    if question.row is Observation:
        withheld = disclosure.hidden(book)
        columns["percent"] = _array([_number(row.percent) for row in rows], "Float64")
        columns["withheld"] = _array([row.id in withheld for row in rows], "boolean")
    columns["marks"] = pd.Series([{name: mark.kind for name, mark in row.marks.items()} for row in rows], dtype=object)
    table_frame = pd.DataFrame(columns)
    table_frame.index = pd.Index(_array([row.id for row in rows], "string"), name="id")
    table_frame.attrs["private"] = hidden
    return table_frame


def _column(values: list[Any], question: Question) -> Any:
    kind = question.kind
    if kind.is_several:
        return pd.Series([tuple(value) for value in values], dtype=object)
    if kind.is_date:
        return _array([value and value.isoformat() for value in values], kind.dtype)
    return _array([_number(value) for value in values], kind.dtype)


def _array(values: list[Any], kind: Any) -> Any:
    return pd.array(values, dtype=kind)


def _number(value: Any) -> Any:
    """Numbers as pandas takes them; the store's are exact, a frame is for reckoning."""
    return float(value) if isinstance(value, Decimal) else value


def _named(book: Workbook, value: str | tuple[str, ...] | None) -> str | None:
    ids = (value,) if isinstance(value, str) else value or ()
    return "; ".join(book.name(id_) for id_ in ids) or None


def _grid(book: Workbook) -> pd.DataFrame:
    matrix = book[Roles].matrix
    cells = [(task, org, letters) for task, row in matrix.items() for org, letters in row.items() if letters]
    return pd.DataFrame(
        {
            "task": _array([task for task, _, _ in cells], "string"),
            "task_name": _array([book.name(task) for task, _, _ in cells], "string"),
            "organization": _array([org for _, org, _ in cells], "string"),
            "organization_name": _array([book.name(org) for _, org, _ in cells], "string"),
            "letters": _array([letters for _, _, letters in cells], "string"),
        }
    )
