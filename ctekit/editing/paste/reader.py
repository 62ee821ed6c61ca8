"""Reads one pasted cell: as spreadsheets, mails and lists write it, into what the store keeps."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from ctekit import worksheets
from ctekit.editing.paste.lines import without_numbers
from ctekit.model import questions
from ctekit.model.days import in_full
from ctekit.model.questions import InvalidAnswerError, Json, Question
from ctekit.model.text import loose, plain, quoted, shortened
from ctekit.workbook import Workbook

_SPREADSHEET_ERROR = re.compile(
    r"#(?:N/A|N/D|NV|GETTING_DATA|[¡¿]?[^\W\d_][^\W_/0]*(?:/0|_\w+)?[!?]|##+)|Err:\d{3}|Loading(?:\.\.\.|…)"
)
_BULLET = re.compile(r"^(?:(?:[•‣◦▪▫●○■□☐☑☒✓✔✅➢–—*·∙⁃\uf0b7\uf0a7\uf0d8\uf0fc-]\ufe0f?|\[[ xX]?\])[ \t]+(?=\S))+")
_BOX = re.compile(r"[-*•]?\s*([☐□☑☒🗹]\ufe0f?|\[[ xX✓✔]?\])\s*")
"""A box to tick, as forms of Word and lists of tasks write it."""
_TICKED = re.compile(r"[☑☒🗹xX✓✔]")
_MAIL = re.compile(r"(?<=[^\s;,])[ \t]*<[^<>\s]+@[^<>\s]+>")
"""Behind a name, as programs for mail write it: ``Ben Ode <ben@example.org>``."""
_LETTER_WORDS = {
    "responsible": "R",
    "accountable": "A",
    "consulted": "C",
    "informed": "I",
    "supportive": "S",
    "support": "S",
    "supports": "S",
}
_REMARK = re.compile(r"^([^()\[\]]+?)\s*([(\[].*[)\]])$", re.DOTALL)
_SUGGESTIONS = 200
"""For so many different unknown names a near one is looked for; it takes a while for each."""


class Reader:
    """Reads what stands in a spreadsheet more leniently than what is typed: spaces, hyphens and cases do not count."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._names: dict[str, dict[str, list[str]]] = {}
        self._unknown: dict[tuple[str, str], str] = {}
        self._letters: dict[str, str] = {}

    def read(self, question: Question, words: str) -> Json:
        """What the store keeps of a cell; InvalidAnswerError with one sentence where it does not fit."""
        if is_spreadsheet_error(words):
            raise InvalidAnswerError(
                f"“{words}” is an error of the spreadsheet, not an answer. Correct it there, or type it here."
            )
        if not question.kind.is_words:
            words = _ticked(words)
        if not question.kind.is_number:  # there a stroke is a sign
            words = _BULLET.sub("", words)
        if question.is_reference:
            words = _MAIL.sub("", words)
        if question.is_reference and question.kind.is_several:
            return list(dict.fromkeys(self._rows(question, words))) or None
        if question.is_reference:
            return self._row(question, words)
        if question.is_matrix:
            if words not in self._letters:
                self._letters[words] = _letters(question, words)
            try:
                return questions.read(question, self._letters[words])
            except InvalidAnswerError as error:  # it names what was made of the words
                raise InvalidAnswerError(str(error).replace(quoted(self._letters[words]), quoted(words))) from None
        return questions.read(question, _parts(words, question.options) if question.kind.is_several else words)

    def _rows(self, question: Question, words: str) -> Iterator[str]:
        for part in without_numbers([part.strip() for part in re.split(r"[\n;]", words) if part.strip()]):
            yield from self._listed(question, _BULLET.sub("", part))

    def _listed(self, question: Question, words: str) -> Iterator[str]:
        """One name, or several with commas between; a comma may also belong to a name."""
        pieces = words.split(",")
        while pieces:
            for size in range(len(pieces), 0, -1):
                name = ",".join(pieces[:size]).strip()
                if size == 1 or loose(name) in self._by_name(question):
                    if name:
                        yield self._row(question, name)
                    del pieces[:size]
                    break

    def _row(self, question: Question, words: str) -> str:
        named = self._by_name(question)
        rows = named.get(loose(words)) or named.get(loose(in_full(words)), [])
        if len(rows) == 1:
            return rows[0]
        slug, table = question.target.split(".")
        kind = worksheets.called(slug)
        title = kind.questions()[table].title
        if rows:
            raise InvalidAnswerError(
                f"More than one row of “{title}” is called “{shortened(words)}”. Pick the right one by hand."
            )
        if (question.target, words) not in self._unknown:
            names = [self._book.name(row.id) for row in self._book.rows(question.target)]
            near = did_you_mean(words, names) if len(self._unknown) < _SUGGESTIONS else ""
            self._unknown[question.target, words] = near or f" Add it in “{kind.title}” first."
        raise InvalidAnswerError(f"“{shortened(words)}” is not in “{title}”.{self._unknown[question.target, words]}")

    def _by_name(self, question: Question) -> dict[str, list[str]]:
        """The rows of a question's target by their name, read loosely; the words it takes besides, too."""
        key = f"{question.target} {question.also}"
        if key not in self._names:
            named: dict[str, list[str]] = defaultdict(list)
            for row in self._book.rows(question.target):
                named[loose(self._book.name(row.id))].append(row.id)
            self._names[key] = dict(named) | {loose(word): [word] for word in question.also}
        return self._names[key]


def did_you_mean(words: str, names: Sequence[str]) -> str:
    """A question about the nearest name, with a space before it; "" if none is near. Case and accents do not count."""
    spelled = {plain(name): name for name in names}
    near = get_close_matches(plain(words[:200]), spelled, 1, 0.75)
    return f" Did you mean “{shortened(spelled[near[0]])}”?" if near else ""


def _ticked(words: str) -> str:
    """What stands behind the ticked ones of boxes to tick; words without a box that is not ticked stay as they are."""
    if not _BOX.match(words):
        return words
    _, *parts = _BOX.split(words)
    boxes = [
        (bool(_TICKED.search(box)), label.strip(" \t\n,;")) for box, label in zip(parts[::2], parts[1::2], strict=True)
    ]
    if all(is_ticked for is_ticked, _ in boxes):
        return words
    chosen = [label for is_ticked, label in boxes if is_ticked and label]
    if not chosen:
        raise InvalidAnswerError(
            f"{quoted(words)} holds no box that is ticked. Write what is meant, or leave it blank."
        )
    return "\n".join(chosen)


def is_spreadsheet_error(words: str) -> bool:
    """Whether a cell holds what spreadsheets write in place of a result: ``#N/A``, ``#REF!``, ``####``."""
    return bool(_SPREADSHEET_ERROR.fullmatch(words))


def without_remark(question: Question, words: str) -> tuple[str, str]:
    """The letters of a matrix's cell, and a remark in brackets behind them: ``R (lead)``."""
    parts = _REMARK.match(words) if question.is_matrix else None
    return (parts[1], parts[2]) if parts else (words, "")


def _letters(question: Question, words: str) -> str:
    """Letters with anything between them, or written in full; a stroke alone is blank."""
    if words in ("-", "–", "—"):
        return ""
    parts = [part for part in re.split(r"[\s,;/+&|.]+", words) if part]
    for letter, meaning in zip(question.options, question.meanings, strict=True):
        if loose(words) in (loose(meaning), loose(letter + meaning)):
            return letter
    in_full = [_LETTER_WORDS.get(part.casefold(), part) for part in parts if part.casefold() != "and"]
    return "".join(in_full)


def _parts(words: str, options: Sequence[str]) -> list[str]:
    """Several choices in one cell; a choice may hold a comma itself."""
    if any(loose(words) == loose(option) for option in options):
        return [words]
    parts = [part.strip() for part in re.split(r"[\n;,]", words) if part.strip()]
    return [_BULLET.sub("", part) for part in without_numbers(parts)]
