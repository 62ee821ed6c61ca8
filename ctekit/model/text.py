"""Text of people: made whole before it is kept, compared without what nobody sees, found without its accents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal

_BREAKS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_SURROGATES = re.compile("[\ud800-\udfff]")
# Characters that HTML does not allow even when escaped, and halves of surrogate pairs, which UTF-8 cannot write.
_NOT_PRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_LONE_SURROGATES = re.compile("[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]")
_ABBREVIATED = re.compile(r"\b[^\W\d_]\.(\s?[^\W\d_]\.)+$")
_NEITHER_LETTER_NOR_SPACE = re.compile(r"[^\w\s]{31,}")

_TURNING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
"""What makes the rest of a line run backwards."""
_JOINER = "\u200d"
_FILLERS = frozenset("\u034f\u0640\u115f\u1160\u2800\u3164\uffa0")
_QUOTES = dict.fromkeys(map(ord, "‘’‚‛ʹʻʼʽ`´′‵＇"), "'") | dict.fromkeys(map(ord, "“”„‟«»″‶〝〞＂"), '"')
_STROKES = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})


def clean(words: str) -> str:
    """Text as it is kept: one form of each letter and of line ends, nothing that no file can hold, no blank ends."""
    if _SURROGATES.search(words):
        words = _LONE_SURROGATES.sub("\N{REPLACEMENT CHARACTER}", words)  # the codec takes three times as long for each
        words = words.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    words = _CONTROLS.sub("", _BREAKS.sub("\n", words))
    return _normal("NFC", words).strip()


def one_line(words: str) -> str:
    """One line without what cannot be seen: a line that runs backwards would read back as another one."""
    kept = (" " if unicodedata.category(sign) in ("Cc", "Zl", "Zp") else sign for sign in words.translate(_TURNING))
    return " ".join("".join(kept).split())


@lru_cache(maxsize=4096)  # few names, each written in many rows
def key(words: str | None) -> str:
    """What two spellings of one name share: no case, no invisible marks, quotes, hyphens and spaces of one kind."""
    words = words or ""
    if not words.isascii():
        words = _normal("NFKC", words).translate(_QUOTES)
        words = "".join("-" if unicodedata.category(sign) == "Pd" else sign for sign in _visible(words))
        words = _normal("NFKC", words.casefold())
    return " ".join(words.replace("`", "'").casefold().split())


def loose(words: str | None) -> str:
    """The letters and digits of a name alone, "&" as "and": what people and spreadsheets write in different ways.

    A name without any letter, such as a star, stays as `key` gives it.
    """
    compared = key(words)
    spelled = compared.replace("&", "and")
    return "".join(sign for sign in spelled if unicodedata.category(sign)[0] in "LNM") or compared


def plain(words: str | None) -> str:
    """The same as `key` without accents: ``jose`` finds José."""
    apart = _normal("NFD", key(words))
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).translate(_STROKES)


def order(words: str | None) -> tuple[Any, ...]:
    """What to sort names by: accents and case do not count, numbers go by size."""
    parts = [part.lstrip("0") if part.isdecimal() else part for part in re.split(r"(\d+)", plain(words))]
    by_size = tuple((len(part), part) if place % 2 else part for place, part in enumerate(parts))
    return by_size, key(words), words or ""


def says_something(words: str) -> bool:
    """Whether there is a letter, a digit or a picture: blanks, invisible marks and punctuation alone say nothing."""
    return any(unicodedata.category(sign)[0] in "LN" or unicodedata.category(sign) == "So" for sign in _visible(words))


def western(words: str) -> str:
    """Digits, signs and spaces of all scripts as those of ASCII, for readers of numbers and days."""
    return " ".join("".join(map(_western, _visible(words))).split())


def quoted(given: Any) -> str:
    """What was given, for a message: its words between quotes, cut short, or what kind of thing it is."""
    if isinstance(given, str):
        words = " ".join(_CONTROLS.sub("", _SURROGATES.sub("\ufffd", _visible(given[:500]))).split())
        return f"“{_cut(words)}”"
    if isinstance(given, bool | float | Decimal) or (isinstance(given, int) and given.bit_length() < 200):
        return f"“{str(given)[:60]}”"
    if isinstance(given, int):
        return "A number of so many digits"
    return "A list" if isinstance(given, list | tuple | set) else f"A value of the type {type(given).__name__}"


def shortened(words: str) -> str:
    """Words in one line, as many as a message can hold."""
    return _cut(" ".join(words[:500].split()))


def without_full_stop(words: str | None) -> str:
    """Words fit to stand inside a sentence or a list: without the full stop at their end, but for that of "6 a.m."."""
    words = (words or "").rstrip()
    return words if _ABBREVIATED.search(words) else words.rstrip(". ")


def quotation(words: str | None) -> str:
    """Words in quotes, fit to stand inside a sentence."""
    return f"“{without_full_stop(words)}”"


def listed(names: Iterable[str], most: int | None = None) -> str:
    """Names in a row: "A, B and C"; beyond `most`, how many more: "A, B and 2 more"."""
    names = list(names)
    if most is not None and len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def in_a_row(names: Sequence[str]) -> str:
    """Names one after the other: "A, B"; where one of them has a comma of its own: "A; B, of C"."""
    return ("; " if any("," in name for name in names) else ", ").join(names)


def count(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun: ``1 answer``, ``2 answers``."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def printable(words: str, instead: str = "") -> str:
    """Words without the characters that no page may hold, or with something instead of each."""
    return _NOT_PRINTABLE.sub(instead, words)


def legible(words: str) -> str:
    """Words for a paper: without what no file may hold, and without signs that turn the words behind them around."""
    return printable(words).translate(_TURNING)


def _cut(words: str) -> str:
    return words if len(words) <= 60 else words[:59] + "…"


def _normal(form: Literal["NFC", "NFD", "NFKC"], words: str) -> str:
    """Unicode's normal form; words with more than 30 marks on one letter stay as they are.

    Python takes a time that grows with the square of the marks on one letter.
    """
    if words.isascii() or any(map(_is_stacked, _NEITHER_LETTER_NOR_SPACE.findall(words))):
        return words
    return unicodedata.normalize(form, words)


def _is_stacked(signs: str) -> bool:
    run = 0
    for sign in signs:
        run = run + 1 if unicodedata.combining(sign) else 0
        if run > 30:
            return True
    return False


def _visible(words: str) -> str:
    """Without soft hyphens, marks of direction and the like; what joins emoji stays."""
    kept: list[str] = []
    for sign in words:
        if sign == _JOINER:
            joins = bool(kept) and unicodedata.category(kept[-1]) in ("So", "Sk", "Mn")
        else:
            joins = unicodedata.category(sign) != "Cf" and sign not in _FILLERS
        if joins and not "\ufe00" <= sign <= "\ufe0f":
            kept.append(sign)
    return "".join(kept)


def _western(sign: str) -> str:
    digit = unicodedata.decimal(sign, None)
    if digit is not None:
        return str(digit)
    if "\uff01" <= sign <= "\uff5e":
        return chr(ord(sign) - 0xFEE0)
    if sign == "\u2212" or unicodedata.category(sign) == "Pd":
        return "-"
    return {"\u066b": ".", "\u066c": ",", "\u066a": "%", "’": "'", "‘": "'", "ʼ": "'", "′": "'"}.get(sign, sign)
