"""What a file of answers would change and what came of it, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ctekit import worksheets
from ctekit.history.describe import ChangeDescriber, question_title
from ctekit.mail._taking import Plan
from ctekit.model import questions
from ctekit.model.question import Question
from ctekit.model.text import count, shortened
from ctekit.store import Edit, Revision, SaveResult, Store
from ctekit.workbook import Workbook


@dataclass(frozen=True)
class Conflict:
    """An answer that was changed here and there; what stands here stays, and both are in the history.

    Attributes
    ----------
    place : str
        Question and row, in words.
    here, theirs : str
        Both answers in words.
    who : str
        Who wrote what stands here.
    """

    place: str
    here: str
    theirs: str
    who: str


def conflicts(store: Store, planned: Plan, results: Sequence[SaveResult]) -> list[Conflict]:
    """What came too late, in words.

    Parameters
    ----------
    store : Store
    planned : Plan
    results : sequence of SaveResult
        As `take` gave them.

    Returns
    -------
    list of Conflict
    """
    book = store.load()
    describer = ChangeDescriber(book)
    conflicts_ = []
    for edit, result in zip(planned.edits, results, strict=True):
        here = result.conflict
        if here is not None and edit.uid not in planned.lost:
            place = " of ".join([question_title(here), f"“{book.name(result.row)}”"])
            ours, theirs = (_words(describer, here, value) for value in (here.value, edit.value))
            if here.field == "row" and ours == theirs:  # only where it stands
                continue
            conflicts_.append(Conflict(place, ours, theirs, here.who or "somebody"))
    return conflicts_


def _words(describer: ChangeDescriber, here: Revision, value: questions.Json) -> str:
    if here.field == "row":
        return "deleted" if value is None else "in the table"
    return describer.describe_value(here, value) or "(blank)"


def changes(store: Store, planned: Plan) -> list[str]:
    """What a plan would change, a line each.

    Parameters
    ----------
    store : Store
    planned : Plan

    Returns
    -------
    list of str
    """
    book = store.load()
    added = {edit.row: str(edit.value) for edit in planned.edits if "*" in edit.row and edit.field == _naming(edit)}
    edits = (edit for edit in planned.edits if not edit.uid.endswith(".owner"))
    return [
        _line(book, edit, added.get(edit.row, "a new row") if "*" in edit.row else book.name(edit.row))
        for edit in edits
    ]


def report(store: Store, planned: Plan, results: Sequence[SaveResult]) -> list[str]:
    """What came of a file.

    Parameters
    ----------
    store : Store
    planned : Plan
    results : sequence of SaveResult
        As `take` gave them.

    Returns
    -------
    list of str
        A sentence on all of it; then one for each answer that people have to look at.
    """
    if not planned.entries:
        return [f"{planned.who}: {'all of it was taken in before' if planned.is_known else 'nothing was changed'}."]
    both = conflicts(store, planned, results)
    written = [edit.uid for edit, result in zip(planned.edits, results, strict=True) if result.conflict is None]
    number = sum(not uid.endswith(".owner") and uid not in planned.lost for uid in written)
    return [
        f"{planned.who}: {count(number, 'change')} taken in.",
        *(
            f"Changed here as well: {each.place}. It stays “{shortened(each.here)}” ({each.who}); {planned.who} wrote "
            f"“{shortened(each.theirs)}”. Both are in the history."
            for each in both
        ),
        *(
            f"{planned.who} deleted “{name}”, which was changed here since. It stays until you delete it."
            for name in planned.kept
        ),
        *_lost(store, planned),
    ]


def _lost(store: Store, planned: Plan) -> list[str]:
    """What was answered in rows that were deleted here, a sentence each."""
    book = store.load()
    edits = [edit for edit in planned.edits if edit.uid in planned.lost]
    names = [shortened(book.name(edit.row).removesuffix(" (removed)")) for edit in edits]
    return [
        f"{planned.who} answered “{_question(edit).title}” of “{name}”, which was deleted here. "
        "The answer is in the history. Put the row back there to see it."
        for edit, name in zip(edits, names, strict=True)
    ]


def _naming(edit: Edit) -> str:
    kind = worksheets.called(edit.worksheet)
    named_by: str = kind.tables()[kind.table_of(edit.row.replace("*", ""))].row.named_by
    return named_by


def _line(book: Workbook, edit: Edit, row: str) -> str:
    if edit.field == "row":
        return f"“{shortened(row)}”: " + ("deleted" if edit.value is None else "added")
    question = _question(edit)
    if edit.field.startswith("marks/"):
        words = edit.value["kind"] if edit.value else "(no mark)"
    else:
        words = "(blank)" if edit.value is None else questions.show(question, edit.value, book.name)
    return f"“{shortened(row)}”, {question.title}: {shortened(' '.join(words.split()))}"


def _question(edit: Edit) -> Question:
    kind = worksheets.called(edit.worksheet)
    head, slash, tail = edit.field.partition("/")
    row = edit.row.replace("*", "")
    return kind.question(tail, row) if head == "marks" else kind.question(head, "" if slash else row)
