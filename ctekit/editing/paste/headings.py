"""Whether a pasted line is a line of headings: known ones by their words, unknown ones by how they stand out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ctekit.editing.paste.place import Place, heading_key
from ctekit.editing.paste.reader import is_spreadsheet_error
from ctekit.model.text import loose

Lines = Sequence[Sequence[str]]

_LOOKED_AT = 40
"""A heading line is looked for in so many lines from the top."""

_USUAL_WORDS = """
    name first last full organization organisation company employer partner stakeholder person people contact email mail
    e phone telephone role title position type kind category sector group department team owner responsible lead due
    date deadline start end status note comment description detail goal purpose objective task action activity duty step
    phase id number no nr code frequency recurrence priority amount cost budget topic method channel location address
    city audience message distribution interest influence expectation need metric
    measure target unit project plan alias stake year who what when where why how often
    nombre organización organizacion empresa persona correo teléfono telefono cargo rol función estado fecha nota
    responsable tarea acción tipo frecuencia objetivo comentario
    attendee participant guest member user registration join leave time duration
"""
_USUAL = frozenset(map(heading_key, _USUAL_WORDS.split()))
"""Words that stand in headings of lists of people, partners and tasks."""

_NUMBER_OR_DAY = re.compile(
    r"[$€£(]?-?\d[\d.,:/\s-]*%?\)?|\d{1,2}[-/. ]\w{3,9}[-/. ]\d{2,4}|\w{3,9} \d{1,2},? \d{4}"
    r"|[\d/.-]{6,10},? \d{1,2}:\d\d(:\d\d)?( ?[AaPp]\.?[Mm]\.?)?"
)
_UNIT = re.compile(
    r"[(\[].*[)\]]|[%$€#]|usd|us\$|dollars?|hours?|hrs?|days?|weeks?|months?|years?|people|persons?|number|text|date|fte"
    r"|yes ?/ ?no|y ?/ ?n|mm/dd/yy(yy)?|yyyy-mm-dd|per \w+",
    re.IGNORECASE,
)


def filled(line: Sequence[str]) -> list[int]:
    """The columns in which a line holds something."""
    return [column for column, words in enumerate(line) if words]


def is_numbering(lines: Lines, column: int) -> bool:
    """Whether a column only numbers the lines: 1, 2, 3 or 1.1, 1.2 or ID-07, with a heading or none."""
    words = [line[column].rstrip(".)") for line in lines if line[column]]
    if len(words) > 2 and not re.search(r"\d", words[0]):
        words = words[1:]  # its heading
    numbers = [re.fullmatch(r"(?:[^\W\d]{1,3}[-. ]?|#)?(\d{1,4}(?:\.\d{1,3})*)", word) for word in words]
    if len(words) < 2 or not all(numbers):
        return False
    counted = [tuple(int(part) for part in number[1].split(".")) for number in numbers if number]
    return counted[0] in ((0,), (1,), (1, 0), (1, 1)) and all(a < b for a, b in pairwise(counted))


def heads_numbers(words: str) -> bool:
    """Whether a heading says that its column numbers the lines."""
    return words.rstrip(".").casefold() in ("#", "№", "no", "nr", "id", "number")


def known_heading_line(place: Place, lines: Lines, marked: frozenset[int]) -> int | None:
    """The first of the lines that hold the most headings known here; None if none holds enough of them."""
    best, most = None, 0
    for at, line in enumerate(lines[:_LOOKED_AT]):
        columns = filled(line)
        if len(columns) < 2 and at + 1 == len(lines):
            continue  # one word, perhaps the last of a list
        called = [place.columns_called(line[column])[0] for column in columns if place.columns_called(line[column])]
        matches = len(set(called))
        enough = 2 * len(called) > len(columns) or matches > 2 or (matches and stands_out(place, lines, at, marked))
        if enough and matches > most:
            best, most = at, matches
    return best


def is_turned(place: Place, lines: Lines, marked: frozenset[int]) -> bool:
    """Whether the headings stand below each other, each with its answers to the right."""
    if not lines or len(lines[0]) < 2 or known_heading_line(place, lines, marked) is not None:
        return False
    names = [line[0] for line in lines if any(line)]
    called = [place.columns_called(words)[0] for words in names if place.columns_called(words)]
    return len(called) > 1 and len(set(called)) == len(called) and 2 * len(called) > len(names)


def unknown_heading_line(place: Place, lines: Lines, marked: frozenset[int]) -> int | None:
    """The first line that is no title, if it looks like headings; None otherwise."""
    widest = max((len(filled(line)) for line in lines), default=0)
    for at, line in enumerate(lines[:_LOOKED_AT]):
        if widest > 1 and len(filled(line)) < 2:
            continue
        return at if stands_out(place, lines, at, marked) else None
    return None


def stands_out(place: Place, lines: Lines, at: int, marked: frozenset[int] = frozenset()) -> bool:
    """Whether a line looks like headings of the lines below it: short words, unlike what follows, as headings are."""
    columns = filled(lines[at])
    words = [lines[at][column] for column in columns]
    below = [line for line in lines[at + 1 :] if any(line) and line != lines[at]][:30]  # printed again on each page
    counts = [column for column in columns if heads_numbers(lines[at][column]) and is_numbering(below, column)]
    answers = [lines[at][column] for column in columns if column not in counts and _is_answer(place, lines[at][column])]
    answers = answers if len(words) > 1 else []
    if not words or 4 * sum(map(_is_short, words)) < 3 * len(words) or 4 * len(answers) > len(words):
        return False
    if any(loose(line[column]) == loose(lines[at][column]) for line in below for column in columns):
        return False
    if not below and len(words) < 3:
        return False
    if at in marked and not all(other in marked for other in range(at + 1, len(lines)) if any(lines[other])):
        return True
    usual = [text for text in words if place.columns_called(text) or set(heading_key(text).split()) <= _USUAL]
    if 2 * len(usual) >= len(words) and (len(words) > 1 or len(below) > 1):
        return True
    return (
        len(below) > 1
        and len(words) > 1
        and any(_is_column_of_answers(place, below, column) for column in columns if lines[at][column] not in answers)
    )


def is_again(line: Sequence[str], heading: Sequence[str]) -> bool:
    """Whether a line says the headings again, as at the top of each printed page."""
    return all(loose(words) == loose(above) for words, above in zip(line, heading, strict=True))


def is_units(line: Sequence[str]) -> bool:
    """Whether a line under the headings only says units: ``(hours)``, ``%``."""
    return any(line) and all(_UNIT.fullmatch(words) for words in line if words)


def _is_short(words: str) -> bool:
    has_letters = bool(re.search(r"[^\W\d_]", words)) or words in ("#", "№")
    return has_letters and len(words) <= 60 and len(words.split()) <= 8 and "@" not in words and not words.endswith(".")


def _is_column_of_answers(place: Place, below: Lines, column: int) -> bool:
    words = [line[column] for line in below if line[column]]
    return len(words) > 1 and 3 * sum(_is_answer(place, text) for text in words) >= 2 * len(words)


def _is_answer(place: Place, words: str) -> bool:
    """Whether words can only be an answer: a number, a day, an address, a choice, the name of a row."""
    if _NUMBER_OR_DAY.fullmatch(words) or re.fullmatch(r"\S+@\S+\.\w+", words) or is_spreadsheet_error(words):
        return True
    return place.is_answer(words)
