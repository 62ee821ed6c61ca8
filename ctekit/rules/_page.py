"""All rules as a page to read, made from their docstrings."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Mapping

from ctekit.rules._rule import every


def as_markdown() -> str:
    """All rules as a page to read, made from their docstrings: ``docs/rules.md``.

    Returns
    -------
    str
        Markdown.
    """
    rules = every()
    parts = [
        "# The rules\n\n"
        f"ctekit reads all worksheets together and asks {len(rules)} rules. Each is a sentence that is true when "
        "all is well. A *contradiction* speaks as soon as the answers it compares are there. A *gap* waits until its "
        "worksheets are marked ready to check: a *quick gap* until the quick questions are done, of which alone it "
        "speaks; a *full gap* until all of it is done. A blank worksheet never lights up.\n\n"
        "An *error* must be mended, a *warning* talked over, a *hint* thought about. A partnership may set another "
        "severity in its profile, and may let a finding stand, with a note and a name, under *The whole picture*; it "
        "comes back when its words change. Neither is possible for the rules marked *locked*. Rules that read what is "
        "*for the facilitator only* speak only where that was asked for.\n\n"
        "This page is made from the docstrings by `python -m ctekit.rules > docs/rules.md`. Change a rule there, not "
        "here."
    ]
    family = ""
    for rule in sorted(rules, key=lambda rule: (_first_of_family()[rule.find.__module__], int(rule.code[2:]))):
        if rule.find.__module__ != family:
            family = rule.find.__module__
            about = inspect.cleandoc(importlib.import_module(family).__doc__ or "").splitlines()[0]
            about = (about.partition(": ")[2] or about).rstrip(".")
            parts.append(f"## {about[:1].upper()}{about[1:]}")
        more = f"{'locked, ' if rule.locked else ''}{'for the facilitator only, ' if rule.private else ''}"
        kind = f"{rule.severity}, {more}{f'{rule.depth} gap' if rule.depth else 'contradiction'}"
        reads = ", ".join(kind.title for kind in rule.needs)
        parts.append(f"### {rule.code}: {rule.sentence}")
        asked = f"In the room: {rule.asks} To do: {rule.action.format(subject='…')}."
        parts.append(f"*{kind}* · reads: {reads}\n\n{rule.reason}\n\n{asked}\n\nSource: {rule.source}")
    return "\n\n".join(parts) + "\n"


def _first_of_family() -> Mapping[str, int]:
    """The lowest number of each family, by its module: families stand in the order of the elements."""
    first: dict[str, int] = {}
    for rule in every():
        number, module = int(rule.code[2:]), rule.find.__module__
        first[module] = min(number, first.get(module, number))
    return first
