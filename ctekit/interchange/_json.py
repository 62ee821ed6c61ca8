"""Answers as JSON: for programs, and to make the same partnership elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

from ctekit import worksheets
from ctekit.interchange._contents import LARGEST, MOST_ROWS, Contents, Given, GivenRow, ImportRefusedError, Place
from ctekit.interchange._names import Names
from ctekit.interchange._snapshot import NOT_CARRIED, Snapshot, columns, matrices, plain_questions, tables
from ctekit.model import questions
from ctekit.model.questions import InvalidAnswerError, Json, Question
from ctekit.model.text import quoted

FORMAT = "ctekit-answers"
VERSION = 1

_HEAD = {"format", "version", "partnership", "state", "private", "worksheets"}


def write(snapshot: Snapshot, partnership: str, state: str) -> bytes:
    """The file of a snapshot; the same answers always give the same bytes.

    Parameters
    ----------
    snapshot : Snapshot
    partnership : str
        Its id.
    state : str
        The uid of the newest revision that is in it.

    Returns
    -------
    bytes
        UTF-8.
    """
    document = {
        "format": FORMAT,
        "version": VERSION,
        "partnership": partnership,
        "state": state,
        "private": snapshot.private,
        "worksheets": {slug: dict(_worksheet(snapshot, slug)) for slug in worksheets.every()},
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _worksheet(snapshot: Snapshot, slug: str) -> Iterator[tuple[str, Any]]:
    for its, name, question in plain_questions(snapshot.private):
        if its == slug:
            yield name, shown(snapshot, (slug, "", name), question)
    for its, table, question in tables(snapshot.private):
        if its == slug:
            names = columns(question, snapshot.private)
            yield table, [_row(snapshot, slug, row, names) for row in snapshot.rows[f"{slug}.{table}"]]
    for its, name, _ in matrices():
        if its == slug:
            yield name, dict(getattr(snapshot.book.sheets[slug], name))
    yield "marks", _marks(snapshot, slug, "")


def _row(snapshot: Snapshot, slug: str, row: str, names: Mapping[str, Question]) -> dict[str, Any]:
    answers = {name: shown(snapshot, (slug, row, name), question) for name, question in names.items()}
    return {"id": row, **answers, "marks": _marks(snapshot, slug, row)}


def _marks(snapshot: Snapshot, slug: str, row: str) -> dict[str, Json]:
    marked: Any = snapshot.book.row_by_id[row] if row else snapshot.book.sheets[slug]
    return {name: snapshot.answers[slug, row, f"marks/{name}"] for name in marked.marks}


def parse(content: bytes) -> Contents:
    """What a file says.

    Raises
    ------
    ImportRefusedError
        It is no file of ours, too large, or cut off.
    """
    if len(content) > LARGEST:
        raise ImportRefusedError(
            f"The file has {len(content):,} bytes, and {LARGEST:,} are read at most. Nothing was changed."
        )
    try:
        document = json.loads(content.decode("utf-8-sig"), parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise ImportRefusedError(
            "The file is cut off or is no JSON. Nothing was changed. Ask for it once more, or write it anew."
        ) from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise ImportRefusedError(
            "The file is JSON, but not one of all answers from ctekit. Nothing was changed. Let ctekit write a new one."
        )
    if document.get("version") != VERSION:
        raise ImportRefusedError("The file is of a newer ctekit. Nothing was changed. Update ctekit, then try again.")
    partnership, state, sheets = (document.get(name) for name in ("partnership", "state", "worksheets"))
    if not (isinstance(partnership, str) and isinstance(state, str) and isinstance(sheets, dict)):
        raise ImportRefusedError(
            "The head of the file is not whole: “partnership”, “state” and “worksheets” have to be there. "
            "Nothing was changed. Let ctekit write the file anew."
        )
    reader = _Reader()
    for name in document.keys() - _HEAD:
        reader.refuse(name)
    for slug, sheet in sheets.items():
        reader.take(slug, sheet)
    private = document.get("private") is True
    return Contents(partnership, state, private, reader.tables, reader.answers, reader.strange)


class _Reader:
    """Takes a document apart."""

    def __init__(self) -> None:
        self.tables: dict[str, list[GivenRow]] = {}
        self.answers: dict[Place, Given] = {}
        self.strange: list[str] = []

    def refuse(self, where: str) -> None:
        self.strange.append(f"{quoted(where)} belongs to no question.")

    def take(self, slug: str, sheet: Any) -> None:
        kind = worksheets.every().get(slug)
        if kind is None or not isinstance(sheet, dict):
            self.refuse(slug)
            return
        asked = kind.questions()
        for name, value in sheet.items():
            where = f"{slug}.{name}"
            if name == "marks" and isinstance(value, dict):
                self.answers |= {(slug, "", field): given for field, given in self._marks(asked, value, where)}
            elif name not in asked or (slug, name) == NOT_CARRIED:
                self.refuse(where)
            elif asked[name].is_rows:
                self._table(where, asked[name], value)
            elif asked[name].is_matrix:
                self._matrix(slug, name, value)
            else:
                self.answers[slug, "", name] = Given(value, where)

    def _table(self, where: str, table: Question, value: Any) -> None:
        if not isinstance(value, list) or len(value) > MOST_ROWS:
            self.strange.append(f"{quoted(where)} is no list of at most {MOST_ROWS:,} rows.")
            return
        rows = [self._row(f"{where}[{number}]", table, row) for number, row in enumerate(value)]
        self.tables[where] = [row for row in rows if row]

    def _row(self, where: str, table: Question, row: Any) -> GivenRow | None:
        if not isinstance(row, dict):
            self.refuse(where)
            return None
        asked = table.row.questions()
        answers: dict[str, Given] = {}
        for name, value in row.items():
            if name == "marks" and isinstance(value, dict):
                answers |= dict(self._marks(asked, value, f"{where}.marks"))
            elif name in asked:
                answers[name] = Given(value, f"{where}.{name}")
            elif name != "id":
                self.refuse(f"{where}.{name}")
        given = row.get("id")
        return GivenRow(given if isinstance(given, str) else "", where, answers)

    def _marks(
        self, asked: Mapping[str, Question], marks: Mapping[str, Any], where: str
    ) -> Iterator[tuple[str, Given]]:
        for name, mark in marks.items():
            if name in asked:
                yield f"marks/{name}", Given(mark, f"{where}.{name}")
            else:
                self.refuse(f"{where}.{name}")

    def _matrix(self, slug: str, name: str, value: Any) -> None:
        for row, cells in value.items() if isinstance(value, dict) else ():
            for column, letters in cells.items() if isinstance(cells, dict) else ():
                self.answers[slug, row, f"{name}/{column}"] = Given(letters, f"{slug}.{name}.{row}.{column}")


# How one answer stands in the file, compared and read.


def shown(snapshot: Snapshot, place: Place, question: Question | None) -> Any:
    """What the file holds at a place."""
    return None if place in snapshot.withheld else snapshot.answers.get(place)


def same(value: Any, other: Any) -> bool:
    """Whether two things that a file holds are the same answer."""
    return bool(type(value) is type(other) and value == other)


def read(question: Question, given: Any, names: Names) -> Json:
    """The answer that was written, as the store keeps it.

    Raises
    ------
    InvalidAnswerError
        It is none.
    """
    if question.is_reference and given is not None:
        parts = given if isinstance(given, list) else [given]
        ids = [names.by_id(question, part) for part in parts]
        return (
            (ids or None) if question.kind.is_several else ids[0] if len(ids) == 1 else questions.read(question, parts)
        )
    if isinstance(given, dict) or (isinstance(given, list) and not question.kind.is_several):
        raise InvalidAnswerError(f"{quoted(given)} is no answer to “{question.title}”. Write text or a number.")
    return questions.read(question, given)


def read_mark(given: Any, names: Names) -> Json:
    """An honest blank; see `ctekit.model.questions.read_mark`."""
    return questions.read_mark(given)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)
