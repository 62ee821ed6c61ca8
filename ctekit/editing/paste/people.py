"""Lists of people that are no tables: contact cards, a chat, names with where they come from."""

from __future__ import annotations

import csv
import quopri
import re
from collections.abc import Sequence

from ctekit.editing.paste.place import Place
from ctekit.model.kinds import TEXT
from ctekit.model.text import loose

_BEGINS = re.compile(r"[\s\ufeff]*BEGIN:VCARD\s*", re.IGNORECASE)
_CARD_LINE = re.compile(r"(?:item\d+\.)?(FN|N|ORG|TITLE|ROLE|EMAIL)((?:;[^:]*)?):(.*)", re.IGNORECASE | re.DOTALL)
_CHARSET = re.compile(r"charset=([\w-]+)", re.IGNORECASE)

_DAY = r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}"
_TIME = r"\d{1,2}:\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?"
_SAID = re.compile(
    rf"(?:(?:{_DAY} )?{_TIME} From (?P<zoom>[^:]{{1,99}}?)(?: to [^:]{{1,99}}?)?"
    rf"|(?:\[{_DAY},? {_TIME}\]|{_DAY},? {_TIME} -) (?P<phone>[^:]{{1,99}}?)) ?:(?: (?P<words>.*))?",
    re.IGNORECASE,
)
"""Who said something, as Zoom keeps a chat (``10:02:13 From Ana Ruiz to Everyone:``) and phones do."""

_BETWEEN = re.compile(r"\s*[,;|()]\s*|:\s+|\s+[-–—@/]\s+")
"""What people write between a name and where it comes from."""


def as_table(cells: Sequence[Sequence[str]]) -> list[list[str]]:
    """Lines as a table with a line for each person, where they are contact cards or a chat; else as they are."""
    return _cards(cells) or _chat(cells) or [list(line) for line in cells]


def _cards(cells: Sequence[Sequence[str]]) -> list[list[str]]:
    """Contact cards (vCard), as programs for mail and phones give them."""
    texts = ["\t".join(line).rstrip() for line in cells]
    if not texts or not _BEGINS.fullmatch(texts[0]):
        return []
    people: list[dict[str, str]] = []
    for text in re.sub(r"\n[ \t]", "", "\n".join(texts)).split("\n"):  # a long line goes on behind a blank
        if _BEGINS.fullmatch(text):
            people.append({})
        elif match := _CARD_LINE.fullmatch(text):
            people[-1].setdefault(match[1].upper(), _value(match[2], match[3]))
    headings = ("Name", "Organization", "Role", "Email")
    return _filled_columns([headings, *(_person(person) for person in people)])


def _person(card: dict[str, str]) -> tuple[str, str, str, str]:
    family, given, *_ = (*_parts(card.get("N", "")), "", "")
    name = " ".join(_parts(card.get("FN", ""), ";")) or f"{given} {family}".strip()
    first = next(iter(_parts(card.get("ORG", ""))), "")
    return name, first, _plain(card.get("TITLE") or card.get("ROLE", "")), card.get("EMAIL", "")


def _value(options: str, words: str) -> str:
    """What a line of a card says, also where it is encoded as mails were."""
    if "QUOTED-PRINTABLE" not in options.upper():
        return words
    charset = _CHARSET.search(options)
    try:
        return quopri.decodestring(words.encode()).decode(charset[1] if charset else "utf-8", "replace")
    except LookupError:  # nobody knows such a charset
        return words


def _parts(words: str, mark: str = ";") -> list[str]:
    return [_plain(part) for part in re.split(rf"(?<!\\){mark}", words)]


def _plain(words: str) -> str:
    return re.sub(r"\\([,;\\])", r"\1", re.sub(r"\\n", " ", words, flags=re.IGNORECASE)).strip()


def _filled_columns(lines: Sequence[Sequence[str]]) -> list[list[str]]:
    """A table without the columns that hold nothing below their heading."""
    kept = [column for column in range(len(lines[0])) if any(line[column] for line in lines[1:])]
    return [[line[column] for column in kept] for line in lines]


def _chat(cells: Sequence[Sequence[str]]) -> list[list[str]]:
    """A chat as a line for each person who said something, with all that they said."""
    lines = (" ".join(" ".join(line).split()).lstrip("\u200e") for line in cells)
    texts = [text for text in lines if text]
    matches = [_SAID.fullmatch(text) for text in texts]
    if not matches or not matches[0] or sum(map(bool, matches)) < 2:
        return []
    said: dict[str, list[str]] = {}
    for text, match in zip(texts, matches, strict=True):
        if match:
            person = match["zoom"] or match["phone"]
            text = match["words"] or ""
        said.setdefault(person, []).append(text)
    return [["Name", "Message"], *([person, " ".join(filter(None, words))] for person, words in said.items())]


def with_affiliations(place: Place, lines: list[list[str]]) -> list[list[str]]:
    """Lines such as ``Ana Ruiz, dean, River College`` as a table, where one part is nearly always an answer known here.

    That part names its column. The first other one is the name, the next goes to the next question in words. The person
    sees where they would go, and can change it.
    """
    texts = [line[0] for line in lines if any(line)]
    if len(texts) < 2 or any(len(line) > 1 for line in lines):
        return lines
    rows = [_parted(text) for text in texts]
    if not 1 < len(rows[0]) <= 4 or len(set(map(len, rows))) > 1:
        return lines
    fields: list[str] = []
    for words in zip(*rows, strict=True):
        known = (field for field in place.titles if field not in fields and _is_answered(place, field, words))
        fields.append(next(known, ""))
    if not any(fields) or all(fields):
        return lines
    others = [name for name in place.titles if name != place.named_by and place.question(name).kind == TEXT]
    free = iter([place.named_by, *(name for name in others if not place.question(name).private)])
    return [[place.titles.get(field or next(free, ""), "") for field in fields], *rows]


def _parted(text: str) -> list[str]:
    """The parts of a line; none where quotes in it hold no parts, as in a cell of several lines, or a long one."""
    try:
        parts = next(csv.reader([text], skipinitialspace=True)) if '"' in text else _BETWEEN.split(text)
    except csv.Error:
        return []
    return [part.strip() for part in parts if part.strip()]


def _is_answered(place: Place, field: str, words: Sequence[str]) -> bool:
    """Whether so many of some words are answers to a question that the others may be mistaken, or missing there yet."""
    answers = place.known.get(field, frozenset())
    known = sum(loose(word) in answers for word in words)
    return known > 1 and 3 * known >= 2 * len(words)
