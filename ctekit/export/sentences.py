"""The sentences of a notebook, each turned into its view: rendered from the store, with no kernel and no code run."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, cast

from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode

from ctekit import views
from ctekit.export.clean import joined, view

if TYPE_CHECKING:
    from ctekit.export.exporter import CtekitExporter

NO_PARTNERSHIP = (
    '<div class="card"><p><strong>There is no partnership here yet.</strong></p>'
    "<p>Open this notebook in a partnership’s folder, or start one there with <code>ctekit new</code>,"
    " and export it again.</p></div>"
)

_ID = re.compile(r' id="([^"]*)"')


@dataclass(frozen=True)
class Sentence:
    """One call on ``partnership`` with literal arguments."""

    verb: str
    positional: tuple[Any, ...]
    named: dict[str, Any]


def read(source: str) -> Sentence | None:
    """The sentence a cell consists of, or None when it is anything else."""
    try:
        body = ast.parse(source).body
        match body:
            case [ast.Expr(ast.Call(ast.Attribute(ast.Name("partnership"), verb), positional, named))]:
                arguments = {one.arg: ast.literal_eval(one.value) for one in named if one.arg}
                if len(arguments) < len(named):
                    return None
                return Sentence(verb, tuple(ast.literal_eval(one) for one in positional), arguments)
    except (SyntaxError, ValueError, TypeError, MemoryError, RecursionError):
        return None
    return None


def opens(source: str) -> bool:
    """Whether a cell does nothing but open the partnership. The path it gives is not looked at."""
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return False
    found = False
    for statement in body:
        match statement:
            case ast.Import() | ast.ImportFrom() | ast.Expr(ast.Name() | ast.Constant()):
                continue
            case ast.Assign(value=ast.Call(func)) | ast.Expr(ast.Call(func)):
                if not ast.unparse(func).endswith("open_partnership"):
                    return False
                found = True
            case _:
                return False
    return found


class Sentences(Preprocessor):
    """Gives each cell that is a sentence its view, and takes out the cells a page does not show."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Render the sentences of one notebook."""
        exporter = cast("CtekitExporter", self.parent)
        book = exporter.workbook
        page, ids, kept = resources["page"], set[str](), []
        missing = False
        for cell in nb.cells:
            if "facilitator" in (cell.metadata.get("tags") or ()):
                continue
            if cell.cell_type == "code":
                sentence = read(cell.source)
                if opens(cell.source) or (sentence and sentence.verb == "keep"):
                    continue
                if sentence and sentence.verb in views.SENTENCES:
                    if book is None and missing:
                        continue
                    missing = book is None
                    shown = NO_PARTNERSHIP if book is None else self._view(sentence, book, exporter.private)
                    if shown:
                        cell.outputs = [view(_once(shown, ids))]
                        page.speaks = book is not None
                    elif not cell.outputs:
                        cell.outputs = [view(_nothing(sentence))]
            kept.append(cell)
        nb.cells = kept
        return nb, resources

    def _view(self, sentence: Sentence, book: Any, private: bool) -> str:
        verb: Callable[..., str] = views.SENTENCES[sentence.verb]
        # What a page may tell is the exporter's to say, never the notebook's.
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


def _nothing(sentence: Sentence) -> str:
    names = ", ".join(joined(repr(one)) for one in (*sentence.positional, *sentence.named.values()))
    return f'<p class="note">There is nothing to show for {sentence.verb}({escape(names)}).</p>'


def _once(html: str, ids: set[str]) -> str:
    """A fragment without the ids that an earlier one on the page has; what points to them finds the earlier."""

    def keep(found: re.Match[str]) -> str:
        fresh = found[1] not in ids
        ids.add(found[1])
        return found[0] if fresh else ""

    return _ID.sub(keep, html)
