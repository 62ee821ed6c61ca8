"""What is voted on: a list or a sentence that stands in a worksheet, never what is for the facilitator only."""

from __future__ import annotations

from typing import Literal

from ctekit import worksheets
from ctekit.model.errors import CtekitError, NotFoundError
from ctekit.model.questions import Question
from ctekit.ratings.questions import IDEAS, questions
from ctekit.workbook import Workbook

VOTES = {"dots": "“purpose.clauses”, a list", "fist": "“purpose”, a worksheet, or a sentence"}
"""The rounds that need to be told on what, and an example for each."""


def asked(book: Workbook, about: str, what: str = "") -> tuple[str, tuple[str, ...]]:
    """The title and the options of a round about this: of a vote what `voted_on` gives, else none.

    Parameters
    ----------
    book : Workbook
        All worksheets.
    about : str
        As for `ctekit.ratings.questions`.
    what : str
        What is voted on; as for `voted_on`. For ideas, what they are for.

    Returns
    -------
    tuple
        The title, "" where it is no vote, and the options.

    Raises
    ------
    NotFoundError
        There is nothing of that name to rate.
    CtekitError
        It is a vote, and not said on what; or as for `voted_on`.
    """
    if about == IDEAS:
        return _ideas_for(book, what), ()
    if about not in VOTES:
        questions(about)
        return "", ()
    if not what.strip():
        raise CtekitError(f"Say what is voted on, such as {VOTES[about]}.")
    return voted_on(book, "dots" if about == "dots" else "fist", what)


def _ideas_for(book: Workbook, what: str) -> str:
    """For what ideas are asked, as people call it."""
    if not what:
        return ""
    slug, _, field = what.partition(".")
    sheet = book.sheets[worksheets.called(slug).slug]
    question = sheet.questions().get(field)
    if field and question is None:
        raise NotFoundError(f"“{what}” is nothing that ideas can be for. Name a worksheet, or a list of one.")
    if question is not None and _hidden(question):
        raise CtekitError(f"“{question.title}” is for the facilitator only, so it goes onto no phone.")
    return question.title if question else sheet.title


def voted_on(book: Workbook, kind: Literal["dots", "fist"], what: str) -> tuple[str, tuple[str, ...]]:
    """The title and the options of a vote.

    Parameters
    ----------
    book : Workbook
    kind : str
        ``"dots"``: on the rows of a list. ``"fist"``: on one sentence.
    what : str
        A list (``"purpose.clauses"``), an answer (``"purpose.sentence"``), or a worksheet (``"purpose"``); for fist to
        five also the sentence itself.

    Returns
    -------
    tuple
        The title; and the options, empty for fist to five.

    Raises
    ------
    NotFoundError
        There is no such list or answer.
    CtekitError
        It is blank, or for the facilitator only.
    """
    if kind == "fist" and " " in what.strip():
        return what.strip(), ()
    slug, _, field = what.strip().partition(".")
    sheet = book.sheets[worksheets.called(slug).slug]
    if kind == "fist" and not field:
        field = "sentence" if "sentence" in sheet.questions() else ""
        if not field:
            return f"{sheet.title}: we take it as it stands today", ()
    question = sheet.questions().get(field)
    lists = [f"{slug}.{name}" for name, ask in sheet.tables().items() if not _hidden(ask)]
    if question is None or (kind == "dots" and not question.is_rows):
        raise NotFoundError(f"“{what}” is no list to vote on. The lists there are: {', '.join(lists) or 'none'}.")
    if _hidden(question):
        raise CtekitError(
            f"“{question.title}” is for the facilitator only, so it goes onto no phone. Choose another list."
        )
    named: tuple[str, ...] = ()
    if question.is_rows:
        named = tuple(book.name(row.id) for row in sheet.rows(field) if getattr(row, row.named_by))
    elif question.kind.is_words and (words := getattr(sheet, field) or sheet.suggestions().get(field)):
        named = (words,)  # a sentence stands as its parts do, until somebody writes it
    if not named:
        raise CtekitError(
            f"“{question.title}” in “{sheet.title}” is blank, so there is nothing to vote on yet. Fill it in first."
        )
    if kind == "dots":
        return question.title, named
    if not question.is_rows:
        return named[0], ()
    listed = "\n".join(f"{number}. {name.rstrip('.')}." for number, name in enumerate(named, 1))
    return f"{question.title}:\n{listed}", ()


def _hidden(question: Question) -> bool:
    return question.private or (question.is_rows and bool(question.row.questions()[question.row.named_by].private))
