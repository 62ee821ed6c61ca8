"""The sentences of a notebook, each turned into its view: rendered from the store, with no kernel and no code run."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any

from ctekit import views
from ctekit.export.terminal import joined
from ctekit.workbook import Workbook

NO_PARTNERSHIP = (
    '<div class="card"><p><strong>There is no partnership here yet.</strong></p>'
    "<p>Open this notebook in a partnership’s folder, or start one there with <code>ctekit new</code>,"
    " and export it again.</p></div>"
)

LONGEST = 10_000
"""More characters than this no sentence has; reading them as Python takes long."""

_PRIVATE = re.compile(r"\bprivate\b\W{0,20}True\b")
_ID = re.compile(r' id="([^"]*)"')


@dataclass(frozen=True)
class Sentence:
    """One call on ``partnership`` with literal arguments."""

    verb: str
    positional: tuple[Any, ...]
    named: dict[str, Any]

    @property
    def has_buttons_only(self) -> bool:
        """Whether it shows nothing that a page could; `room` of a round shows its results."""
        return self.verb in ("keep", "run", "kit", "paper", "differences", "mail") or (
            self.verb == "room" and not self.positional
        )

    @property
    def tells_findings(self) -> bool:
        """Whether it shows what the check found, or what would follow from the ranking of who could lead."""
        named = self.positional[0] if self.positional else self.named.get("name")
        return self.verb in _FINDINGS or (self.verb == "chart" and named in _CHARTS)


_FINDINGS = ("check", "picture", "overview", "handover")
_CHARTS = ("findings", "leader")


def read(source: str) -> Sentence | None:
    """The sentence a cell consists of, or None when it is anything else."""
    body = _statements(source)
    try:
        match body:
            case [ast.Expr(ast.Call(ast.Attribute(ast.Name("partnership"), verb), positional, named))]:
                arguments = {keyword.arg: ast.literal_eval(keyword.value) for keyword in named if keyword.arg}
                if len(arguments) < len(named):
                    return None
                return Sentence(verb, tuple(ast.literal_eval(argument) for argument in positional), arguments)
    except (ValueError, TypeError, MemoryError, RecursionError):
        return None
    return None


def _statements(source: str) -> list[ast.stmt]:
    """The statements of a cell that speaks of a partnership; none of a longer or another one, or of no Python."""
    if len(source) > LONGEST or "partnership" not in source:
        return []
    try:
        return ast.parse(source).body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return []


def opens(source: str) -> bool:
    """Whether a cell does nothing but open the partnership. The path it gives is not looked at."""
    has_sentence = False
    for statement in _statements(source):
        match statement:
            case ast.Import() | ast.ImportFrom() | ast.Expr(ast.Name() | ast.Constant()):
                continue
            case ast.Assign(value=ast.Call(func)) | ast.Expr(ast.Call(func)):
                if not ast.unparse(func).endswith("open_partnership"):
                    return False
                has_sentence = True
            case _:
                return False
    return has_sentence


def asks_for_private(source: str) -> bool:
    """Whether a cell asks for what is private by name: what was saved from it may hold just that."""
    return bool(_PRIVATE.search(source))


def shown(sentence: Sentence, book: Workbook, private: bool) -> str:
    """The view of a sentence; "" where it names something that nobody knows.

    What a page may tell is the exporter's to say, never the notebook's.
    """
    verb: Callable[..., str] = views.SENTENCES[sentence.verb]
    arguments = {**sentence.named, "private": private}
    try:
        inspect.signature(verb).bind(book, *sentence.positional, **arguments)
    except TypeError:
        return ""
    try:
        return verb(book, *sentence.positional, **arguments)
    except LookupError as unknown:
        if isinstance(unknown, KeyError | IndexError):  # a fault of ours, not a name that nobody knows
            raise
        return ""


def nothing(sentence: Sentence) -> str:
    """What stands in place of a view that there is not."""
    names = ", ".join(joined(repr(value)) for value in (*sentence.positional, *sentence.named.values()))[:200]
    return f'<p class="note">There is nothing to show for {sentence.verb}({escape(names)}).</p>'


def once(html: str, ids: set[str]) -> str:
    """A fragment without the ids that an earlier one on the page has; what points to them finds the earlier."""

    def keep(match: re.Match[str]) -> str:
        fresh = match[1] not in ids
        ids.add(match[1])
        return match[0] if fresh else ""

    return _ID.sub(keep, html)
