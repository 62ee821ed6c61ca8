"""Workbooks and worksheets from plain answers, as samples and tests write them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ctekit import worksheets
from ctekit.model.worksheet import Worksheet
from ctekit.workbook._workbook import Workbook


def from_answers(answers: Mapping[str, Mapping[str, Any]]) -> Workbook:
    """A workbook from plain answers, as samples and tests write them.

    Parameters
    ----------
    answers : mapping
        Worksheet slug -> field -> answer; a table is a list of mappings with an ``id`` each.

    Returns
    -------
    Workbook
        Without history and rounds.

    Raises
    ------
    ctekit.model.questions.InvalidAnswerError
        An answer is not of its kind.
    """
    return Workbook({slug: sheet(slug, fields) for slug, fields in answers.items()})


def sheet(slug: str, fields: Mapping[str, Any]) -> Worksheet:
    """One worksheet from plain answers; see `from_answers`.

    Parameters
    ----------
    slug : str
        Such as ``"purpose"``.
    fields : mapping
        Field -> answer.

    Returns
    -------
    Worksheet
        What is not in `fields` is blank.
    """
    return worksheets.called(slug).from_answers(fields)
