"""What a mailed page asks, and what it holds: the form's own questions and answers, cut down to one partner."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ctekit import worksheets
from ctekit.editing import form_state
from ctekit.model.question import Question
from ctekit.model.worksheet import Worksheet
from ctekit.store.text import LONGEST
from ctekit.workbook import Workbook


@dataclass(frozen=True)
class Part:
    """What of a table one partner is asked.

    Attributes
    ----------
    owner : str
        The field that says whose a row is: an organization, or a person of one.
    columns : tuple of str
        The questions; empty for all that are not private, but the owner.
    grows : bool
        Whether rows may be added and deleted; where not, it is asked only of whoever has some.
    """

    owner: str
    columns: tuple[str, ...] = ()
    grows: bool = True


PARTS: Mapping[str, Mapping[str, Part]] = {
    # Whether somebody may be named in public is not asked: a colleague could say yes for them.
    "profile": {
        "people": Part("organization", ("name", "role", "left_on", "taken_over_by"), grows=False),
        "credits": Part("college", grows=False),
    },
    "recruitment": {"invitations": Part("person", ("person", "ask", "answer"), grows=False)},
    "value": {"exchanges": Part("organization")},
    "roles": {"signatories": Part("organization")},
    "plan": {"actions": Part("owner", ("action", "owner", "by", "done"), grows=False)},
}
"""By worksheet: the tables that can be mailed: rows that one partner alone answers for.

Steps, audiences and clauses are agreed on by several. Which counts may leave the room follows from other counts, so
that no file could be made of one partner's alone.
"""

MATRICES: Mapping[str, str] = {"roles": "matrix"}
"""By worksheet: the grid of which a partner gets its own column."""


_HINTS: Mapping[str, str] = {
    "people": "Those of yours who take part. Say who has left, and who takes over.",
    "credits": "The credit that you give. Change what is not so any more.",
    "invitations": "What we ask of you. Say yes or no, or change it to what you can do.",
    "invitations.person": "Somebody else of yours? Choose whom.",
    "invitations.answer": "“Waiting” while you find out.",
    "exchanges": "One row for each thing you give.",
    "matrix": "Your part in each duty. A and R may both stand in one cell.",
    "actions": "What people of yours have taken on. Say what is done, and by when the rest will be.",
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
        elif (part := PARTS[slug].get(name)) and (part.grows or book[kind].rows(name)):
            columns = {field: each for field, each in question.row.questions().items() if not each.private}
            wanted = part.columns or tuple(field for field in columns if field != part.owner)
            questions[name] = {field: columns[field] for field in wanted}
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
        part = PARTS[slug][question["field"]]
        question |= {"prefix": original.prefix, "ready": 0, "grows": part.grows}
        few = {"quick": True} if part.columns else {}  # so that all of them are seen at once
        question["columns"] = [
            column | _bounds(columns[column["field"]]) | _hint(question["field"], column) | few
            for column in question["columns"]
            if column["field"] in columns
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
            for field, value in answers.items()
            if field.removeprefix("marks/") in fields or field.partition("/")[0] in names
        }
        for row, answers in whole["answers"].items()
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


def _hint(table: str, column: Mapping[str, Any]) -> dict[str, Any]:
    return {"hint": _HINTS.get(f"{table}.{column['field']}", column["hint"])}


def _bounds(question: Question) -> dict[str, Any]:
    """What the page needs besides, to read what is typed without Python."""
    least, most = (None if bound is None else str(bound) for bound in (question.least, question.most))
    return {"least": least, "most": most, "longest": question.kind.longest}
