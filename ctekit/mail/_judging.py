"""Whether a file of answers may be taken in: it answers a letter of ours, in time, and nothing that was not asked."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from ctekit import worksheets
from ctekit.mail import _form
from ctekit.mail._answers import Answers, Entry, WrongFileError
from ctekit.model import questions
from ctekit.model.days import long_day
from ctekit.model.errors import InvalidAnswerError
from ctekit.model.question import Json, Question
from ctekit.store import Store
from ctekit.store.letters import Letter
from ctekit.workbook import Workbook

_OLDEST = datetime.timedelta(days=366)

_NOT_ASKED = (
    "The file answers what was not asked in the worksheet that was mailed. It was changed by hand. Nothing was "
    "written. Ask for the file that “Save my answers” made."
)


def letter_of(store: Store, answers: Answers, at: datetime.datetime) -> Letter:
    """The letter that a file answers.

    Raises
    ------
    WrongFileError
        There is none in this store, it is too old, or its receiver is gone.
    """
    if answers.partnership != store.partnership:
        raise WrongFileError(
            "The file answers a worksheet of another partnership. Nothing was written. Take it in there."
        )
    letter = store.letter(answers.letter)
    if letter is None:
        raise WrongFileError(
            "The file answers a worksheet that was not mailed from this copy of the partnership. Nothing was written. "
            "Take it in where `ctekit mail` was run."
        )
    if at - datetime.datetime.fromisoformat(letter.at) > _OLDEST:
        raise WrongFileError(
            f"The file answers a worksheet that was mailed on {long_day(letter.at[:10])}, more than a year ago. "
            "Nothing was written. Mail a new one."
        )
    if letter.organization not in store.load().row_by_id:
        raise WrongFileError(
            "The file is from an organization that is no longer in this partnership. Nothing was written. "
            "Put its row back in the profile first."
        )
    return letter


def check(entry: Entry, theirs: Workbook, letter: Letter) -> None:
    """See that an entry answers what was sent, and can be read.

    Raises
    ------
    WrongFileError
        It does not, or cannot.
    """
    if entry.worksheet not in letter.worksheets:
        raise WrongFileError(_NOT_ASKED)
    try:
        question = _question(entry, theirs)
        if question is not None:
            _value(question, entry, theirs)
    except (KeyError, TypeError):
        raise WrongFileError(_NOT_ASKED) from None
    except InvalidAnswerError as error:
        raise WrongFileError(f"The file holds an answer that cannot be read. Nothing was written. {error}") from None


def check_births(entries: Sequence[Entry]) -> None:
    """See that a file adds each new row that it answers.

    Raises
    ------
    WrongFileError
        It does not.
    """
    born = {(each.worksheet, each.row) for each in entries if each.field == "row" and each.value is not None}
    if any("*" in each.row and (each.worksheet, each.row) not in born for each in entries):
        raise WrongFileError(
            "The file answers in a row that it does not add. It was changed by hand. Nothing was written. "
            "Ask for the file that “Save my answers” made."
        )


def _question(entry: Entry, theirs: Workbook) -> Question | None:
    """The question of an entry; None for the coming and going of a row.

    Raises
    ------
    KeyError
        There was none such in what was sent.
    """
    kind = worksheets.called(entry.worksheet)
    asked = _form.asked(entry.worksheet, theirs)
    head, slash, tail = entry.field.partition("/")
    if slash and head != "marks":
        question = kind.questions()[head]
        if head not in asked or tail not in theirs.row_by_id or entry.row not in theirs.row_by_id:
            raise KeyError(head)
        if kind.table_of(entry.row) != question.along or not tail.startswith("org-"):
            raise KeyError(tail)
        return question
    table = kind.table_of(entry.row.replace("*", ""))
    if "*" not in entry.row and entry.row not in theirs.row_by_id:
        raise KeyError(entry.row)
    columns = asked[table]
    if entry.field == "row":
        if not _form.PARTS[entry.worksheet][table].grows:
            raise KeyError(entry.row)
        after = entry.value["after"] if isinstance(entry.value, dict) and set(entry.value) == {"after"} else ""
        if entry.value not in (None, "") and not (isinstance(after, str) and after):
            raise KeyError(entry.row)
        return None
    return columns[tail if slash else head]


def _value(question: Question, entry: Entry, theirs: Workbook) -> Json:
    """The answer as the store keeps it; a name that was not in the file's lists is refused."""
    if entry.field.startswith("marks/"):
        return questions.read_mark(entry.value)
    value = questions.read(question, entry.value)
    if question.is_reference and value is not None:
        named = {row.id for row in theirs.rows(question.target)} | set(question.also)
        if any(part not in named for part in ([value] if isinstance(value, str) else value)):
            raise KeyError(entry.field)
    return value
