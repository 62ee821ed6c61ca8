"""Samples: invented partnerships, read from plain text files. The one reader for people, exercises and tests.

A sample is a folder in ``data/sample``. It holds one TOML file a worksheet, or a ``sample.toml`` that begins with
another sample and says what is mended in it (``[[fix]]``) or what is kept of it (``[keep]``). Nothing here reads the
clock: a sample says itself on which day it is read.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from ctekit import worksheets
from ctekit.model import questions
from ctekit.model.errors import NotFoundError
from ctekit.model.paths import content
from ctekit.model.questions import Json
from ctekit.workbook import Workbook, from_answers

__all__ = ["as_edits", "book", "edits", "names", "ratings", "read"]

Answers = dict[str, dict[str, Any]]
"""Worksheet -> field -> answer, as `ctekit.workbook.from_answers` takes them."""

Edit = tuple[str, str, str, Json]
"""Worksheet, row ("" for a field of the worksheet itself), field, value."""


def names() -> tuple[str, ...]:
    """The samples there are, by name.

    Returns
    -------
    tuple of str
        Such as ``"harrow-bend"``.
    """
    folders = content("data", "sample").glob("[!.]*")  # JupyterLab leaves hidden ones
    return tuple(sorted(folder.name for folder in folders if any(folder.glob("*.toml"))))


def read(name: str, mend: Iterable[str] | None = None) -> Answers:
    """The answers of a sample.

    Parameters
    ----------
    name : str
        Such as ``"harrow-bend"``.
    mend : iterable of str, optional
        Which of its fixes to apply, such as ``["D1", "D7"]``. Without it all of them: ``read("clean")`` has none of the
        nine defects, ``read("clean", mend=["D1"])`` has eight.

    Returns
    -------
    dict
        A fresh copy each time.

    Raises
    ------
    NotFoundError
        There is no such sample, or it has no such fix. One sentence that names the nearest.
    """
    _known("sample", name, names())
    folder = content("data", "sample", name)
    about = _toml(folder / "sample.toml") if (folder / "sample.toml").is_file() else {}
    fixes = {fix["defect"]: fix["changes"] for fix in about.get("fix", ())}
    wanted = list(fixes if mend is None else mend)
    for defect in wanted:
        _known(f"fix of the sample “{name}”", defect, tuple(fixes))

    if "based_on" in about:
        answers = read(about["based_on"])
    else:
        paths = {slug: folder / f"{slug}.toml" for slug in worksheets.every()}
        answers = {slug: _toml(path) for slug, path in paths.items() if path.is_file()}
    if "keep" in about:
        answers = _kept(answers, about["keep"])
    for defect in wanted:
        for change in fixes[defect]:
            _apply(answers, change)
    return answers


def book(name: str, mend: Iterable[str] | None = None) -> Workbook:
    """A sample as a workbook; see `read`.

    Parameters
    ----------
    name : str
        Such as ``"harrow-bend"``.
    mend : iterable of str, optional
        Which of its fixes to apply; all of them if not told.

    Returns
    -------
    Workbook
        A fresh one each time.
    """
    return from_answers(read(name, mend))


def edits(name: str, mend: Iterable[str] | None = None) -> Iterator[Edit]:
    """A sample as edits that a store can take one after the other, in the order in which people read the questions.

    "Ready to check" is each worksheet's last, so that no rule speaks before its answers are there.
    A cell of the matrix belongs to the row of its duty; its field is ``matrix/org-1``.

    Parameters
    ----------
    name : str
        Such as ``"harrow-bend"``.
    mend : iterable of str, optional
        Which of its fixes to apply; all of them if not told.

    Yields
    ------
    tuple
        Worksheet, row, field and value.
    """
    yield from as_edits(read(name, mend))


def as_edits(answers: Answers) -> Iterator[Edit]:
    """Plain answers as edits; see `edits`.

    Parameters
    ----------
    answers : mapping
        As `read` gives them.

    Yields
    ------
    tuple
        Worksheet, row, field and value.
    """
    for slug, kind in worksheets.every().items():
        for field, question in kind.questions().items():
            answer = answers.get(slug, {}).get(field)
            if answer is None:
                continue
            if question.is_rows:
                for row in answer:
                    for name, column in question.row.questions().items():
                        if name in row:
                            yield slug, row["id"], name, questions.read(column, row[name])
            elif question.is_matrix:
                for row_id, cells in answer.items():
                    for column_id, letters in cells.items():
                        yield slug, row_id, f"{field}/{column_id}", questions.read(question, letters)
            else:
                yield slug, "", field, questions.read(question, answer)


def ratings(name: str) -> dict[str, Any]:
    """The round of ratings that belongs to a sample: ``name``, ``held_on``, ``people`` by group, and ``counts``.

    ``counts["4.1"]["business"]`` counts the answers of one group to one indicator: levels 0 to 4, then "I don't know".
    Empty for a sample without a round.

    Parameters
    ----------
    name : str
        Such as ``"harrow-bend"``.

    Returns
    -------
    dict
        As its file ``ratings.toml`` says.
    """
    _known("sample", name, names())
    path = content("data", "sample", name, "ratings.toml")
    return _toml(path) if path.is_file() else {}


def _toml(path: Path) -> dict[str, Any]:
    return deepcopy(_parsed(path))


@cache
def _parsed(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)


def _known(what: str, name: str, there: tuple[str, ...]) -> None:
    if name not in there:
        near = get_close_matches(name, there, 1)
        guess = f" Did you mean “{near[0]}”?" if near else ""
        choice = f" Choose one of: {', '.join(there)}." if there else " It has none."
        raise NotFoundError(f"No {what} is called “{name}”.{guess}{choice}")


def _apply(answers: Answers, change: Mapping[str, Any]) -> None:
    """One change of a fix: a row is added to a table, or one answer is put in place of another."""
    sheet = answers[change["worksheet"]]
    if "add" in change:
        sheet[change["table"]].append(change["add"])
        return
    field, _, column = change["field"].partition("/")
    if column:  # a cell of the matrix
        sheet[field][change["row"]][column] = change["value"]
    elif "row" in change:
        table = worksheets.called(change["worksheet"]).table_of(change["row"])
        (row,) = (row for row in sheet[table] if row["id"] == change["row"])
        row[field] = change["value"]
    else:
        sheet[field] = change["value"]


def _kept(answers: Answers, keep: Mapping[str, Mapping[str, Any]]) -> Answers:
    """What is kept of another sample: fields by name, and rows by id. Whatever pointed to the rest becomes blank."""
    kept_answers: Answers = {}
    for slug, kept in keep.items():
        sheet = answers[slug]
        kept_answers[slug] = {field: sheet[field] for field in kept.get("fields", ()) if field in sheet}
        for table, ids in kept.get("rows", {}).items():
            kept_answers[slug][table] = [row for row in sheet[table] if row["id"] in ids]
    parts = [part for slug, sheet in kept_answers.items() for part in _parts(worksheets.called(slug), sheet)]
    there = {fields["id"] for _, fields in parts if "id" in fields}
    for model, fields in parts:
        _blank_dangling(model, fields, there)
    return kept_answers


def _parts(kind: Any, sheet: dict[str, Any]) -> Iterator[tuple[Any, dict[str, Any]]]:
    """A worksheet and each of its rows, with the class whose questions it answers."""
    yield kind, sheet
    for table, question in kind.tables().items():
        for row in sheet.get(table, ()):
            yield question.row, row


def _blank_dangling(model: Any, fields: dict[str, Any], ids: set[str]) -> None:
    for field, question in model.questions().items():
        if question.is_reference and field in fields:
            value = fields.pop(field)
            there = {*ids, *question.also}
            left = [id_ for id_ in ([value] if isinstance(value, str) else value) if id_ in there]
            if left:
                fields[field] = left if question.kind.is_several else left[0]
