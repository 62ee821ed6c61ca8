"""What a mailed page asks, and what it holds: the form's own questions and answers, cut down to one partner."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ctekit import worksheets
from ctekit.editing import form_state
from ctekit.model.question import Question
from ctekit.model.worksheet import Worksheet
from ctekit.store.text import LONGEST
from ctekit.workbook import Workbook

OWNERS: Mapping[str, Mapping[str, str]] = {
    "value": {"exchanges": "organization"},
    "roles": {"signatories": "organization"},
}
"""By worksheet: the tables that can be mailed, each with the field that says whose a row is."""

MATRICES: Mapping[str, str] = {"roles": "matrix"}
"""By worksheet: the grid of which a partner gets its own column."""


_HINTS: Mapping[str, str] = {
    "exchanges": "One row for each thing you give.",
    "matrix": "Your part in each duty. A and R may both stand in one cell.",
}
"""What is said of a question in the place of words that are meant for a room."""


def asked(slug: str, book: Workbook) -> Mapping[str, Mapping[str, Question]]:
    """What a partner may answer of a worksheet.

    Parameters
    ----------
    slug : str
        Of the worksheet.
    book : Workbook
        As `for_partner` gives it.

    Returns
    -------
    mapping
        By question: its columns, by name; of a matrix there are none.
    """
    kind = worksheets.called(slug)
    questions: dict[str, Mapping[str, Question]] = {}
    for name, question in kind.questions().items():
        if name == MATRICES.get(slug) and book[kind].rows(question.along):
            questions[name] = {}
        elif owner := OWNERS[slug].get(name):
            columns = question.row.questions()
            questions[name] = {
                field: column for field, column in columns.items() if field != owner and not column.private
            }
    return questions


def spec(slug: str, book: Workbook, letter: str) -> dict[str, Any]:
    """The questions as the form knows them.

    Parameters
    ----------
    slug : str
        Of the worksheet.
    book : Workbook
        As `for_partner` gives it.
    letter : str
        The id of the mailed file. It stands in the place of the partnership's, so that a browser gives no file what was
        typed into another.

    Returns
    -------
    dict
        What JSON can hold.
    """
    kind = worksheets.called(slug)
    names = asked(slug, book)
    whole = form_state.spec(kind, letter)
    questions = [question for question in whole["questions"] if question["field"] in names]
    for question in questions:
        original = kind.questions()[question["field"]]
        question["hint"] = _HINTS.get(question["field"], question["hint"])
        if original.is_matrix:
            question["partial"] = True
            continue
        columns = names[question["field"]]
        question |= {"prefix": original.prefix, "ready": 0}
        question["columns"] = [
            column | _bounds(columns[column["field"]]) for column in question["columns"] if column["field"] in columns
        ]
    return {**whole, "questions": questions, "mailed": True, "home": letter, "longest": LONGEST}


def state(slug: str, book: Workbook) -> dict[str, Any]:
    """The answers as the form keeps them.

    Parameters
    ----------
    slug : str
        Of the worksheet.
    book : Workbook
        As `for_partner` gives it.

    Returns
    -------
    dict
        What JSON can hold.
    """
    kind = worksheets.called(slug)
    names = asked(slug, book)
    whole = form_state.state(kind, book)
    targets = _targets(kind, names)
    fields = {field for columns in names.values() for field in columns}
    fields |= {kind.tables()[kind.questions()[name].along].row.named_by for name in names if _is_matrix(kind, name)}
    answers = {
        row: {
            field: value
            for field, value in given.items()
            if field.removeprefix("marks/") in fields or field.partition("/")[0] in names
        }
        for row, given in whole["answers"].items()
        if row
    }
    refs = {target: rows for target, rows in whole["refs"].items() if target in targets}
    return {
        "revision": 0,
        "answers": answers,
        "rows": whole["rows"],
        "refs": refs | {"gone": {}},
        "closed": {},
        "suggestions": {},
    }


def _is_matrix(kind: type[Worksheet], name: str) -> bool:
    return kind.questions()[name].is_matrix


def _targets(kind: type[Worksheet], names: Mapping[str, Mapping[str, Question]]) -> set[str]:
    questions = [kind.questions()[name] for name in names]
    questions += [column for columns in names.values() for column in columns.values()]
    return {question.target for question in questions if question.target}


def _bounds(question: Question) -> dict[str, Any]:
    """What the page needs besides, to read what is typed without Python."""
    least, most = (None if bound is None else str(bound) for bound in (question.least, question.most))
    return {"least": least, "most": most, "longest": question.kind.longest}
