"""The rubric: one table of words an element, and in `_rubric` what reads them."""

from ctekit.rubrics._languages import languages, translation
from ctekit.rubrics._page import as_markdown
from ctekit.rubrics._prompt import SPOKEN, prompt
from ctekit.rubrics._rubric import (
    DONT_KNOW,
    ELEMENTS,
    HEADLINES,
    INDICATORS,
    LADDER,
    NOT_VALIDATED,
    RULES_OF_USE,
    TRANSLATED,
    Element,
    Indicator,
    Level,
    Written,
    called,
    elements,
    of,
    translations,
)

__all__ = [
    "DONT_KNOW",
    "ELEMENTS",
    "HEADLINES",
    "INDICATORS",
    "LADDER",
    "NOT_VALIDATED",
    "RULES_OF_USE",
    "SPOKEN",
    "TRANSLATED",
    "Element",
    "Indicator",
    "Level",
    "Written",
    "as_markdown",
    "called",
    "elements",
    "languages",
    "of",
    "prompt",
    "translation",
    "translations",
]
