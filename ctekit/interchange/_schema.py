"""The JSON Schema of a file of answers, made from the worksheets: a question that is added is in it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from ctekit import worksheets
from ctekit.interchange._contents import MOST_ROWS
from ctekit.interchange._json import FORMAT, VERSION
from ctekit.interchange._snapshot import NOT_CARRIED
from ctekit.model.marks import MARKS
from ctekit.model.questions import Question

Schema = dict[str, Any]

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_MARK: Schema = {
    "description": "Why there is no answer yet.",
    "type": ["object", "null"],
    "properties": {
        "kind": {"enum": list(MARKS)},
        "whom": {"type": ["string", "null"]},
        "by": {"type": ["string", "null"], "format": "date"},
        "because": {"type": ["string", "null"]},
    },
    "required": ["kind"],
    "additionalProperties": False,
}


def schema() -> str:
    """The schema as JSON.

    Returns
    -------
    str
        JSON Schema, draft 2020-12. A blank answer is null; what is for the facilitator only may be left out.
    """
    sheets = {slug: _worksheet(kind.questions(), slug) for slug, kind in worksheets.every().items()}
    document = {
        "$schema": _DRAFT,
        "$id": f"urn:ctekit:answers:{VERSION}",
        "title": "Answers of a partnership",
        "description": "What `ctekit data -o FILE.json` writes and `ctekit import FILE.json` takes in. Blank is null.",
        "type": "object",
        "properties": {
            "format": {"const": FORMAT},
            "version": {"const": VERSION},
            "partnership": {"type": "string", "description": "The id of the partnership."},
            "state": {"type": "string", "description": "Names the moment at which the answers stood so."},
            "private": {"type": "boolean", "description": "With the answers for the facilitator only."},
            "worksheets": {"type": "object", "properties": sheets, "additionalProperties": False},
        },
        "required": ["format", "version", "partnership", "state", "worksheets"],
        "additionalProperties": False,
        "$defs": {"mark": _MARK},
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _worksheet(asked: dict[str, Question], slug: str) -> Schema:
    properties = {name: _any(question) for name, question in asked.items() if (slug, name) != NOT_CARRIED}
    return _object(worksheets.called(slug).title, properties, asked)


def _object(title: str, properties: Schema, marked: Iterable[str]) -> Schema:
    marks = {name: {"$ref": "#/$defs/mark"} for name in marked}
    properties = {**properties, "marks": {"type": "object", "properties": marks, "additionalProperties": False}}
    return {"title": title, "type": "object", "properties": properties, "additionalProperties": False}


def _any(question: Question) -> Schema:
    if question.is_rows:
        asked = question.row.questions()
        row = _object(question.title, {name: _answer(each) for name, each in asked.items()}, asked)
        row["properties"] = {"id": {"type": "string", "pattern": _id(question.prefix)}, **row["properties"]}
        return {**_about(question), "type": "array", "items": row, "maxItems": MOST_ROWS}
    if question.is_matrix:
        letters = {"type": ["string", "null"], "pattern": f"^[{''.join(question.options)}]*$"}
        return {**_about(question), "type": "object",
                "additionalProperties": {"type": "object", "additionalProperties": letters}}  # fmt: skip
    return _answer(question)


def _answer(question: Question) -> Schema:
    single = _one(question)
    if question.kind.is_several:
        return {**_about(question), "type": ["array", "null"], "items": single}
    if "enum" in single:
        return {**_about(question), "enum": [*single["enum"], None]}
    return {**_about(question), **single, "type": [single["type"], "null"]}


def _one(question: Question) -> Schema:
    if question.is_reference:
        slug, _, table = question.target.partition(".")
        row = _id(worksheets.called(slug).tables()[table].prefix)
        return {"type": "string", "pattern": "|".join([row, *(f"^{words}$" for words in question.also)])}
    if choices := [answer for answer, _ in question.kind.choices(question)]:
        return {"enum": choices}
    if question.kind.is_date:
        return {"type": "string", "format": "date"}
    if question.kind.dtype == "Int64":
        bounds = {"minimum": question.least, "maximum": question.most}
        return {"type": "integer", **{name: int(bound) for name, bound in bounds.items() if bound is not None}}
    if question.kind.is_number:  # as text, so that no digit is lost
        return {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
    return {"type": "string", "maxLength": question.kind.longest}


def _about(question: Question) -> Schema:
    hint = " ".join(filter(None, [question.hint, "For the facilitator only." if question.private else ""]))
    return {"title": question.title, **({"description": hint} if hint else {})}


def _id(prefix: str) -> str:
    """The id of a row; a new one may be called ``need-*1`` until it has one."""
    return f"^{prefix}-([0-9]{{1,9}}|[*][0-9]*)$"
