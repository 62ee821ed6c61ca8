"""The cells of a notebook, each turned into its piece of the page. A cell that cannot be shown costs only itself."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from ctekit.analysis.readers import seen_by
from ctekit.export import outputs, sentences
from ctekit.export.markdown import Prose
from ctekit.export.outputs import note
from ctekit.export.terminal import joined, raw
from ctekit.export.withheld import holds_any, private_answers
from ctekit.model.reader import Reader
from ctekit.views import SENTENCES
from ctekit.workbook import Workbook

LARGEST = 20_000_000
"""More than this of a notebook's own text and outputs, in characters, no page takes in."""

NOT_READ = "There is nothing to show here: this cell of the notebook could not be read."
NOT_TOLD = "This cell asks for what is for the facilitator only. What it shows is on no page for everybody."
HOLDS_PRIVATE = (
    "What this cell shows holds an answer for the facilitator only, so it is on no page for everybody. Take the answer "
    "out of it and run the cell again; or export with --for facilitator, for the facilitator alone."
)
FOUND = "What the check found is for those who can mend it. It is on no page that is handed round."
NO_CELLS = "This notebook has no cells. Open it, write something in it, and export it again."
TOO_MUCH = "The rest of this notebook is not shown: it is too much for a page. Open the notebook to see it."


class Cells:
    """Renders the cells of one notebook, in their order.

    Parameters
    ----------
    reader : str
        Who will read the page.
    prose : Prose
    book : Workbook or None
        With whatever is private.
    """

    def __init__(self, reader: Reader, prose: Prose, book: Workbook | None) -> None:
        self._prose = prose
        self._whole = book
        self._book = book and seen_by(book, reader)
        self._is_private = reader == "facilitator"
        self._ids: set[str] = set()
        self._outputs = 0
        self._silent = 0
        self._missed_partnership = False
        self._left = LARGEST

    def render(self, cells: Sequence[Any]) -> str:
        """The content of the page."""
        parts = [self._guarded(cell) for cell in cells] or [f"{note(NO_CELLS)}\n"]
        if self._left < 0:
            parts.append(f"{note(TOO_MUCH)}\n")
        if self._silent:
            many = self._silent != 1
            parts.append(
                note(
                    f"{self._silent} {'cells' if many else 'cell'} of code {'are' if many else 'is'} not shown;"
                    f" nothing was saved from {'them' if many else 'it'}."
                )
                + "\n"
            )
        return "".join(parts)

    def _guarded(self, cell: Any) -> str:
        try:
            return self._cell(cell)
        except Exception:
            # Whatever it is that a stranger's file holds: the rest of the page is there without it.
            if "CTEKIT_DEBUG" in os.environ:
                raise
            return f"{note(NOT_READ)}\n"

    def _cell(self, cell: Mapping[str, Any]) -> str:
        kind = cell["cell_type"]
        if "facilitator" in ((cell.get("metadata") or {}).get("tags") or ()):
            return ""
        if kind == "code":
            return self._code(cell)
        source = cell["source"]
        if kind == "markdown":
            return self._bounded(f"{self._prose.render(joined(source), cell.get('attachments'))}\n")
        if kind == "raw":
            return self._bounded(f"{outputs.pre(raw(source))}\n" if joined(source).strip() else "")
        return f"{note(NOT_READ)}\n"

    def _code(self, cell: Mapping[str, Any]) -> str:
        source = raw(cell["source"])
        sentence = sentences.read(source)
        if sentences.opens(source) or (sentence and sentence.has_buttons_only):
            return ""
        if sentence and sentence.tells_findings and not self._is_private:
            return _output(note(FOUND))
        if sentence and sentence.verb in SENTENCES:
            if self._book is not None:
                shown = self._view(sentence, self._book)
                if shown:
                    return _output(sentences.once(shown, self._ids))
            elif self._missed_partnership:
                return ""
            else:
                self._missed_partnership = True
                return _output(sentences.NO_PARTNERSHIP)
        saved = cell.get("outputs") or []
        if saved and not self._is_private and sentences.asks_for_private(source):
            return _output(note(NOT_TOLD))
        pieces = list(outputs.rendered(saved, self._prose, self._outputs + 1))
        self._outputs += len(saved)
        if pieces and not self._is_private and holds_any(self._private_answers, pieces):
            return _output(note(HOLDS_PRIVATE))
        if pieces:
            return self._bounded("".join(map(_output, pieces)))
        if sentence and sentence.verb in SENTENCES:
            return _output(sentences.nothing(sentence))
        self._silent += bool(source.strip() and not sentence)
        return ""

    @cached_property
    def _private_answers(self) -> frozenset[str]:
        return private_answers(self._whole, self._book) if self._whole and self._book else frozenset()

    def _view(self, sentence: sentences.Sentence, book: Workbook) -> str:
        try:
            return sentences.shown(sentence, book, self._is_private)
        except Exception:
            if "CTEKIT_DEBUG" in os.environ:
                raise
            return sentences.nothing(sentence)

    def _bounded(self, html: str) -> str:
        """A piece of the page, as long as it has room."""
        self._left -= len(html)
        return html if self._left >= 0 else ""


def _output(html: str) -> str:
    return f'<div class="output">\n{html}\n</div>\n'
