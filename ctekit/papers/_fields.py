"""What a template of one's own may name: every public question, as ``roles.notice`` or ``profile.people.name``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from ctekit import worksheets
from ctekit.model.errors import CtekitError, NotFoundError, did_you_mean
from ctekit.model.text import printable
from ctekit.model.worksheet import Row, Worksheet
from ctekit.papers._answers import Answers
from ctekit.papers._blocks import Gap, Words, runs

PLACE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
"""A field in a template. Nothing else in one means anything."""


class Field(NamedTuple):
    """One question that a template may name.

    Attributes
    ----------
    worksheet : str
    table : str
        "" outside tables.
    question : str
    title : str
        As it is asked.
    """

    worksheet: str
    table: str
    question: str
    title: str


@cache
def fields() -> Mapping[str, Field]:
    """All fields by name; nothing for the facilitator only is among them.

    Returns
    -------
    mapping
    """
    return {
        ".".join(filter(None, field[:3])): field
        for slug, kind in worksheets.every().items()
        for field in _of(slug, kind)
    }


def _of(slug: str, kind: type[Worksheet]) -> Iterator[Field]:
    for name, question in kind.questions().items():
        if question.private or question.kind.name == "matrix":
            continue
        if not question.is_rows:
            yield Field(slug, "", name, question.title)
            continue
        for each, asked in question.row.questions().items():
            if not asked.private and each != "note":
                yield Field(slug, name, each, f"{question.title}: {asked.title}")


class Values:
    """The answers to fields, in words, and which of them are missing.

    Parameters
    ----------
    answers : Answers
    template : str
        The name of its file, for messages.
    """

    def __init__(self, answers: Answers, template: str) -> None:
        self.answers = answers
        self.template = template
        self.gaps: dict[Gap, None] = {}

    def named(self, text: str) -> list[Field]:
        """The fields that a piece of a template names.

        Raises
        ------
        NotFoundError
            There is no such field; the message names the nearest.
        """
        return [self._called(match[1]) for match in PLACE.finditer(text)]

    def rows(self, text: str) -> tuple[Row | None, ...]:
        """For which rows a piece of a template stands: those of the one table that it names, or once for none.

        Raises
        ------
        CtekitError
            It names two tables, so that nobody can say for which rows it stands.
        """
        tables = list(dict.fromkeys(field[:2] for field in self.named(text) if field.table))
        if len(tables) > 1:
            names = " and ".join(".".join(table) for table in tables)
            raise CtekitError(
                f"One line of {self.template} names {names}. It is repeated for each row of a list, so it can name one "
                "list only. Write them in two lines."
            )
        if not tables:
            return (None,)
        slug, table = tables[0]
        return self.answers.book.sheets[slug].rows(table)

    def words(self, name: str, row: Row | None) -> str:
        """The answer to a field, for one row of its table."""
        field = self._called(name)
        part = row if field.table else self.answers.book.sheets[field.worksheet]
        if part is None:
            return ""
        return self._text(self.answers.words(part, field.question, gap=not field.table))

    def filled(self, text: str, row: Row | None, escape: Callable[[str], str] = str) -> str:
        """A piece of text with the answers in the places of fields; what stands in an answer is never read again."""
        return PLACE.sub(lambda match: escape(self.words(match[1], row)), text)

    def _text(self, words: Words) -> str:
        parts = list(runs(words))
        self.gaps.update(dict.fromkeys(part for part in parts if isinstance(part, Gap)))
        return printable("".join(part.sentence if isinstance(part, Gap) else part.text for part in parts))

    def _called(self, name: str) -> Field:
        if name not in fields():
            raise NotFoundError(
                f"“{name}” in {self.template} is no field.{did_you_mean(name, fields())} "
                "`ctekit paper fields` lists them all."
            )
        return fields()[name]
