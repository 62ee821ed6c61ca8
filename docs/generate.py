"""The pages made when the site is built: the reference, the worksheets' questions, and the charts.

Each list is read from what stands in the package, so that a name, a question or a chart which is added is there.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import textwrap
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import ctekit
from ctekit import charts, samples, views, worksheets
from ctekit.model.question import Question

PRACTICE = "harrow-bend"

_INDEX = """Reference
=========

What a notebook or a script may import. Everything else may change without notice.

.. toctree::
   :maxdepth: 1

"""


_FOREIGN = "object, BaseException, BaseModel, Sequence, tuple"
"""Base classes whose members the reference does not show again."""


def public() -> dict[str, ModuleType]:
    """What others may import: ``ctekit`` and the places directly in it that say so by ``__all__``."""
    names = [f"ctekit.{place.name}" for place in pkgutil.iter_modules(ctekit.__path__) if place.name != "__main__"]
    places = {name: importlib.import_module(name) for name in ["ctekit", *names]}
    return {name: place for name, place in places.items() if hasattr(place, "__all__")}


def write(folder: Path) -> None:
    """Write all pages into a folder, and nothing where a page stands as it would be written."""
    pages = {
        **dict(_reference()),
        "questions.md": _questions(),
        "charts.md": _charts(),
        "static/ctekit.css": views.stylesheet(),
    }
    for name, text in pages.items():
        page = folder / name
        page.parent.mkdir(parents=True, exist_ok=True)
        if not page.is_file() or page.read_text(encoding="utf-8") != text:
            page.write_text(text, encoding="utf-8")
    for page in {*folder.rglob("*.*")} - {folder / name for name in pages}:
        page.unlink()  # of a place that is gone


def _reference() -> Iterator[tuple[str, str]]:
    for name, place in public().items():
        lines = [name, "=" * len(name), "", inspect.getdoc(place) or "", "", f".. currentmodule:: {name}", ""]
        for member in place.__all__:
            lines += [_entry(place, member), ""]
        yield f"reference/{name}.rst", "\n".join(lines)
    yield "reference/index.rst", _INDEX + "".join(f"   {name}\n" for name in public())


def _entry(place: ModuleType, name: str) -> str:
    value = getattr(place, name)
    if inspect.isclass(value):
        return f".. autoclass:: {name}\n   :members:\n   :inherited-members: {_FOREIGN}"
    if inspect.isroutine(value) or hasattr(value, "__wrapped__"):
        return f".. autofunction:: {name}"
    return f".. data:: {name}\n\n" + textwrap.indent(meaning(place, name), "   ")


def meaning(place: ModuleType, name: str) -> str:
    """The docstring below a value, where it is defined: a package may only hand it on."""
    before = None
    top = ast.parse(inspect.getsource(place)).body
    # What a package loads only on demand it imports for the type checker alone.
    for node in [inner for outer in top for inner in (outer.body if isinstance(outer, ast.If) else [outer])]:
        if isinstance(node, ast.ImportFrom) and node.module and name in {alias.name for alias in node.names}:
            return meaning(importlib.import_module(node.module), name)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            targets = before.targets if isinstance(before, ast.Assign) else [getattr(before, "target", None)]
            if name in {getattr(target, "id", None) for target in targets}:
                return inspect.cleandoc(str(node.value.value))
        before = node
    return ""


def _questions() -> str:
    lines = [
        "# What the worksheets ask",
        "",
        "Questions marked *quick* are part of the short form that a room fills. Those marked *facilitator only* are "
        "[private](../privacy.md).",
    ]
    for slug, kind in worksheets.every().items():
        lines += ["", f"## {kind.title} (`{slug}`)", ""]
        for field, question in kind.questions().items():
            lines.append(f"- {_question(field, question)}")
            if question.is_rows:
                lines += [f"  - {_question(column, inner)}" for column, inner in question.row.questions().items()]
    return "\n".join([*lines, ""])


def _question(field: str, question: Question) -> str:
    marks = [question.kind.name]
    marks += ["quick"] if question.quick else []
    marks += ["facilitator only"] if question.private else []
    hint = f" {question.hint}" if question.hint else ""
    return f"**{question.title}**{hint} (`{field}`: {', '.join(marks)})"


def _charts() -> str:
    book = samples.book(PRACTICE)
    lines = ["# The charts", "", "Each chart answers one question, here for *Harrow Bend*, an invented partnership."]
    for name in charts.every():
        lines += ["", f"## {name.capitalize()}", "", f'`partnership.chart("{name}")`', ""]
        lines += ["```{raw} html", f'<div class="ctekit">{views.chart(book, name)}</div>', "```"]
    return "\n".join([*lines, ""])
