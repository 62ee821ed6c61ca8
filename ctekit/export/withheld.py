"""Saved outputs that hold an answer for the facilitator only: a page for everybody leaves them out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ctekit.export.places import plain
from ctekit.workbook import Workbook

SHORTEST = 8
"""Shorter answers ("yes", a first name) stand in other texts by chance."""
COMPARED = 40
"""So many characters of an answer are looked for: pandas shows the first 47 of a long one."""
_WRITTEN_BY_PYTHON = {"\\n": " ", "\\'": "'", '\\"': '"'}


def private_answers(whole: Workbook, seen: Workbook) -> frozenset[str]:
    """The texts that the reader of `seen` may not read, each as far as it is compared."""
    public = set(_texts(seen))
    return frozenset(text for text in _texts(whole) if len(text) >= SHORTEST and text not in public)


def holds_any(answers: Iterable[str], pieces: Iterable[str]) -> bool:
    """Whether one of the answers stands in these pieces of clean HTML, as it was written."""
    shown = plain("\n".join(pieces))
    for written, meant in _WRITTEN_BY_PYTHON.items():
        shown = shown.replace(written, meant)
    shown = " ".join(shown.split())
    return any(answer in shown for answer in answers)


def _texts(book: Workbook) -> Iterator[str]:
    for sheet in book:
        rows = [row for table in sheet.tables() for row in sheet.rows(table)]
        for part in (sheet, *rows):
            answers = [getattr(part, name) for name, question in part.questions().items() if question.kind.is_words]
            reasons = [mark.because for mark in part.marks.values()]
            yield from (" ".join(text.split())[:COMPARED].strip() for text in (*answers, *reasons) if text)
