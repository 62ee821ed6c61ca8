"""The whole rubric as a page to read and print, in each of its languages."""

from __future__ import annotations

from collections.abc import Iterator

from ctekit.rubrics._rubric import ELEMENTS, HEADLINES, LADDER, NOT_VALIDATED, RULES_OF_USE, TRANSLATED, translations


def as_markdown(language: str = "en") -> str:
    """The whole rubric as a page to read and print: ``docs/rubric.md``, and in Spanish ``docs/rubric.es.md``.

    Parameters
    ----------
    language : str
        ``"en"`` or ``"es"``.

    Returns
    -------
    str
        Markdown.
    """
    say = _Saying(translations(language))
    argument, page, other, its_page = (
        ("", "rubric.md", "Español", "rubric.es.md")
        if language == "en"
        else (f" {language}", f"rubric.{language}.md", "English", "rubric.md")
    )
    steps = ((str(level.step), say[level.word], say[level.shown_by]) for level in LADDER)
    lines = [
        f"<!-- Written by `python -m ctekit.rubrics{argument} > docs/{page}`. Edit ctekit/rubrics instead. -->",
        f"# {say['Rubric: seven elements, four indicators each']}",
        say["The names of the elements are ExcelinEd's (2018). Everything else is ours."],
        f"**{say[NOT_VALIDATED]}**",
        f"[{other}]({its_page}): {say[TRANSLATED]}",
        f"## {say['One ladder for every indicator']}",
        _table((say["Level"], say["In a word"], say["Shown by"]), steps),
        say["The 90 days are those before the date of the round, not before today."],
        "\n".join(f"- {say[rule]}" for rule in RULES_OF_USE),
        f"## {say['The quick round: one indicator an element, three minutes']}",
        "\n".join(f"{indicator.element}. {say[indicator.statement]} ({indicator.number})" for indicator in HEADLINES),
    ]
    for element in ELEMENTS:
        lines.append(f"## {element.number} {say[element.title]}")
        for indicator in element.indicators:
            rows = ((str(step), say[level.screen], say[level.phone]) for step, level in enumerate(indicator.levels))
            lines += [
                f"### {indicator.number} {say[indicator.statement]}",
                f"- {say['On a phone']}: {say[indicator.statement_short]}.\n"
                f"- {say['Evidence']}: {say[indicator.evidence]}.\n"
                f"- {say['If sector A says less than sector B']}: {say[indicator.gap].format(low='A', high='B')}",
                _table((say["Level"], say["On a screen"], say["On a phone"]), rows),
            ]
    return "\n\n".join(lines) + "\n"


class _Saying(dict[str, str]):
    """A text in another language; the English where there is no other."""

    def __missing__(self, text: str) -> str:
        return text


def _table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ("---",) * len(head), *rows))
