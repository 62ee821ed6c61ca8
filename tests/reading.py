"""How hard a text is to read: the Flesch-Kincaid grade of its prose, tables, addresses and code left out."""

from __future__ import annotations

import re

PLAIN = (
    (r"```.*?```", " "),  # code
    (r"`[^`]*`", "word"),
    (r"^\|.*$", " "),  # tables
    (r"^#+ .*$", " "),  # headings
    (r"Sources?: (\[[^\]]*\]\([^)]*\)(, )?)+\.?", " "),
    (r"\[([^\]]*)\]\([^)]*\)", r"\1"),
    (r"https?://\S+", " "),
    (r"^ *(?:[-*]|\d+\.) (.*?)[.:;]?$", r"\1. "),  # a line of a list ends as a sentence does
    (r"[*_>]", " "),
)
VOWELS = re.compile(r"[aeiouy]+")


def grade(text: str) -> float:
    """The Flesch-Kincaid grade; 0 for no words."""
    for pattern, becomes in PLAIN:
        text = re.sub(pattern, becomes, text, flags=re.MULTILINE | re.DOTALL if "```" in pattern else re.MULTILINE)
    sentences = [part for part in re.split(r"(?<=[.!?:;])[\"”)]*\s+|\n\n", text) if re.search(r"[A-Za-z]", part)]
    words = re.findall(r"[A-Za-z][A-Za-z'’]*", text)
    if not words:
        return 0
    syllables = sum(_syllables(word.lower()) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def words(text: str) -> int:
    """How many words the prose has."""
    for pattern, becomes in PLAIN:
        text = re.sub(pattern, becomes, text, flags=re.MULTILINE | re.DOTALL if "```" in pattern else re.MULTILINE)
    return len(re.findall(r"[A-Za-z][A-Za-z'’]*", text))


def _syllables(word: str) -> int:
    word = re.sub(r"(?:[^laeiouy]es|[^td]ed|[^laeiouy]e)$", lambda match: match[0][0], word)
    return max(1, len(VOWELS.findall(word)))
