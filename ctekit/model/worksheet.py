"""A worksheet: a frozen model of answers, half-filled is lawful, rows with stable ids."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from ctekit.model import questions
from ctekit.model.questions import Json, Question

Depth = Literal["quick", "full"]
"""How far a worksheet is answered: its quick questions, or all of it."""
DEPTH_WORDS: Mapping[Depth | None, str] = {None: "", "quick": "quick questions", "full": "all"}
"""How far a worksheet is marked ready to check, in as few words as a table holds."""


def _depth(kept: Any) -> Any:
    """Earlier versions kept yes and no."""
    return "full" if kept is True else None if kept is False else kept


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    @classmethod
    @cache
    def questions(cls) -> dict[str, Question]:
        """The questions by field name, in the order people read them."""
        by_name = {name: questions.of(field) for name, field in cls.model_fields.items()}
        return {name: question for name, question in by_name.items() if question is not None}

    def unit_of(self, field: str) -> str | None:
        """What a number counts, as the question beside it says; "" where none does."""
        return getattr(self, self.questions()[field].unit_field, "")

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        """What a cell shows that ends with a row: a notebook is saved and sent with it, so nothing private."""
        whole = getattr(self, "of_private_table", False)
        hidden = [name for name, question in self.questions().items() if question.private or whole]
        yield from ((name, value) for name, value in super().__repr_args__() if name not in (*hidden, "marks"))
        if (marks := getattr(self.public(), "marks", None)) and not whole:
            yield "marks", marks
        if more := [name for name in hidden if name != "note"]:  # a note has every row
            yield "for_the_facilitator_only", more

    def __iter__(self) -> Iterator[tuple[str, Any]]:  # type: ignore[override]
        """What ``dict(row)`` and ``pandas.DataFrame(rows)`` take: a notebook is saved with it, so nothing private."""
        whole = getattr(self, "of_private_table", False)
        hidden = {name for name, question in self.questions().items() if question.private or whole} | (
            {"marks"} if whole else set()
        )
        yield from ((name, value) for name, value in super(_Frozen, self.public()).__iter__() if name not in hidden)

    def public(self) -> Self:
        """The same without what is for the facilitator only: answers, their marks, and whole tables."""
        return self.model_copy(update=changed) if (changed := self._made_public()) else self

    def _made_public(self) -> dict[str, Any]:
        """What is another way in `public`, by field; nothing where nothing private was said."""
        hidden, tables = self._hidden()
        changed = {name: blank for name, blank in hidden.items() if getattr(self, name) != blank}
        for name in tables:
            before = getattr(self, name)
            rows = tuple(row.public() for row in before)
            if any(new is not row for new, row in zip(rows, before, strict=True)):
                changed[name] = rows
        marks: Mapping[str, Mark] = getattr(self, "marks", {})
        public = {name: mark for name, mark in marks.items() if name in self.questions() and name not in hidden}
        return changed | ({"marks": public} if len(public) < len(marks) else {})

    @classmethod
    @cache
    def _hidden(cls) -> tuple[dict[str, Any], list[str]]:
        """The private questions, each with its blank, and the tables that are not private."""
        asked = cls.questions().items()
        hidden = [name for name, question in asked if question.private]
        blanks = {name: cls.model_fields[name].get_default(call_default_factory=True) for name in hidden}
        return blanks, [name for name, question in asked if question.is_rows and not question.private]


class Mark(_Frozen):
    """An honest blank: *to find out* (from whom, by when), or *does not apply* (because ...).

    Attributes
    ----------
    kind : str
        ``"to find out"`` or ``"does not apply"``.
    whom, by, because : str, date, str or None
        Whom we ask (a person's id, or words) and by when; or the reason.
    """

    kind: str
    whom: str | None = None
    by: datetime.date | None = None
    because: str | None = None


class Row(_Frozen):
    """One row of a table. Its id never changes and is never used again.

    `named_by` is the field whose answer is the row's name wherever another worksheet points to it. `of_private_table`
    is told by the worksheet: its table is for the facilitator only.
    """

    named_by: ClassVar[str] = "name"
    of_private_table: ClassVar[bool] = False

    id: str
    marks: Mapping[str, Mark] = Field(default_factory=dict)
    note: str | None = questions.long_text("Note", hint="For the facilitator.", private=True)

    def is_excused(self, field: str) -> bool:
        """Whether a field is marked "does not apply", with a reason."""
        mark = self.marks.get(field)
        return mark is not None and mark.kind == "does not apply" and bool(mark.because)

    @classmethod
    @cache
    def questions(cls) -> dict[str, Question]:
        """The questions of one row, its note last."""
        by_name = dict(super().questions())
        by_name["note"] = by_name.pop("note")
        return by_name


class Worksheet(_Frozen):
    """All answers of one element. Every field may be blank.

    `slug` is its name in code and commands, `notebook` the file that walks people through it, `element` its number
    (0 the profile, 1-7 the elements, 8 the meetings, 99 the whole picture).
    """

    slug: ClassVar[str]
    element: ClassVar[int]
    title: ClassVar[str]
    notebook: ClassVar[str]

    ready: Annotated[Depth | None, BeforeValidator(_depth)] = questions.ready(
        "Is this worksheet ready to check?",
        {"quick": "the quick questions are done", "full": "all of it is done"},
        hint="Say so when the room has said what it knows. From then on, what you left blank counts as something to "
        "mend: of the quick questions alone, or of all.",
        quick=True,
    )
    marks: Mapping[str, Mark] = Field(default_factory=dict)

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        for question in cls.tables().values():
            question.row.of_private_table = question.private

    @classmethod
    @cache
    def questions(cls) -> dict[str, Question]:
        """The questions of the worksheet, "ready to check" last."""
        by_name = dict(super().questions())
        by_name["ready"] = by_name.pop("ready")
        return by_name

    @classmethod
    def from_answers(cls, fields: Mapping[str, Any]) -> Self:
        """A worksheet from plain answers, as samples and tests write them.

        Parameters
        ----------
        fields : mapping
            Field -> answer; a table is a list of mappings with an ``id`` each.

        Returns
        -------
        Worksheet
            What is not in `fields` is blank.
        """
        return cls.model_validate(_read(cls, fields))

    @classmethod
    @cache
    def tables(cls) -> dict[str, Question]:
        """The questions that are tables, by field name."""
        return {name: question for name, question in cls.questions().items() if question.is_rows}

    @classmethod
    def table_of(cls, row_id: str) -> str:
        """The field whose table a row belongs to, told by its id.

        Raises
        ------
        KeyError
            No table of this worksheet has rows with such ids.
        """
        prefix = row_id.rsplit("-", 1)[0]
        for name, question in cls.tables().items():
            if question.prefix == prefix:
                return name
        raise KeyError(row_id)

    @classmethod
    def question(cls, field: str, row_id: str = "") -> Question:
        """The question behind a field of the worksheet, or of one of its rows.

        Raises
        ------
        KeyError
            There is no such question.
        """
        model: Any = cls.tables()[cls.table_of(row_id)].row if row_id else cls
        question: Question = model.questions()[field]
        return question

    @classmethod
    def is_private(cls, field: str, row_id: str = "") -> bool:
        """Whether an answer, a mark (``"marks/by"``) or a row itself is for the facilitator only.

        What belongs to no question any more counts as private: nobody can say whether it was.
        """
        head, _, tail = field.partition("/")
        try:
            table = cls.tables()[cls.table_of(row_id)] if row_id else None
            if table and (table.private or field == "row"):
                return table.private
            question = cls.question(tail, row_id) if head == "marks" else cls.question(head, "" if tail else row_id)
        except KeyError:
            return True
        return question.private

    def rows(self, table: str) -> tuple[Any, ...]:
        """The rows of a table, in the order people put them."""
        rows_: tuple[Any, ...] = getattr(self, table)
        return rows_

    def suggestions(self) -> Mapping[str, str]:
        """Answers that can be put together from other answers, by field; a form offers them, people decide."""
        return {}

    def is_ready(self, depth: Depth) -> bool:
        """Whether it is marked ready to check as far as this; all of it done includes the quick questions."""
        return self.ready in (depth, "full")

    @property
    def begun(self) -> bool:
        """Whether anything at all has been answered."""
        return any(getattr(self, name) not in (None, (), {}) for name in self.questions())


def _read(model: type[_Frozen], fields: Mapping[str, Any]) -> dict[str, Json]:
    answers: dict[str, Json] = {}
    for name, value in fields.items():
        question = model.questions().get(name)
        if question is None or question.is_matrix:
            answers[name] = value
        elif question.is_rows:
            answers[name] = [_read(question.row, row) for row in value]
        elif (answer := questions.read(question, value)) is not None:
            answers[name] = answer
    return answers
