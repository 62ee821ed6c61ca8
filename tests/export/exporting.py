"""One page of a notebook, and what can be said of it: its words, and what is wrong with its HTML."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import html5lib
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from ctekit.export import CtekitExporter


def export(folder: Path, *cells: NotebookNode, name: str = "20-notes", **traits: Any) -> str:
    html, _ = CtekitExporter(**traits).from_notebook_node(
        new_notebook(cells=list(cells)), {"metadata": {"name": name, "path": str(folder)}}
    )
    return html


def text(html: str) -> str:
    """What a page says, without its tags and style."""
    body = html5lib.parse(html, namespaceHTMLElements=False).find("body")
    assert body is not None
    return " ".join(" ".join(body.itertext()).split())


def code(source: str, *outputs: NotebookNode, **metadata: Any) -> NotebookNode:
    return new_code_cell(source, outputs=list(outputs), metadata=metadata)


def faults(html: str) -> list[str]:
    """Everything wrong with a page: parse errors, ids twice, references to nothing, more or fewer than one h1."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root = parser.parse(html)
    mistakes = [f"line {place[0]}: {fault}" for place, fault, _ in parser.errors]
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    mistakes += [f"id {name} twice" for name, times in Counter(ids).items() if times > 1]
    targets = set(ids)
    for element in root.iter():
        wanted = [element.get(name, "") for name in ("for", "aria-labelledby", "aria-describedby", "headers")]
        wanted += [element.get("href", "")[1:]] if element.get("href", "").startswith("#") else []
        mistakes += [f"{element.tag} points to {name}" for name in " ".join(wanted).split() if name not in targets]
    return mistakes + ([] if len(list(root.iter("h1"))) == 1 else ["not one h1"])
