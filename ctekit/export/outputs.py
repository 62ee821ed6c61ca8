"""Saved outputs as HTML that is safe to show. What a page cannot show is named."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import groupby
from typing import Any

from ctekit.export import sanitize
from ctekit.export.markdown import Prose
from ctekit.export.places import KINDS, NO_WORDS, packed
from ctekit.export.terminal import joined, raw, readable, screen

LONGEST_TEXT = 100_000
LONGEST_HTML = 1_000_000
MOST_WRITTEN = 5_000_000
"""Of what a program wrote to the terminal no more is read, in characters."""

VIEW = '<div class="ctekit-last" data-view>'
"""Begins what `ctekit.jupyter.display` saves beside a widget that only shows something: all there is to see."""

_HEADING = re.compile(r"<(/?)h[1-6]\b")
_ONLY_A_NAME = re.compile(r"<[^<>\n]{1,200}>")
_LOADS = re.compile(r"_load\.v\d")
_STORED = ("text/plain", "text/latex", "text/html", "text/markdown", "image/svg+xml", "application/json", *KINDS)


def rendered(outputs: Sequence[Any], prose: Prose, first: int) -> Iterator[str]:
    """The outputs of one cell, each run of a stream as one.

    Parameters
    ----------
    outputs : sequence
    prose : Prose
    first : int
        The number of the first one on the page, which begins the ids inside it.
    """
    for number, (_, run) in enumerate(groupby(outputs, _stream), first):
        html = _output(list(run), prose, f"o{number}-")
        if html:
            yield html


def _stream(output: Mapping[str, Any]) -> str | int:
    """What keeps outputs together: the name of their stream; else nothing does."""
    return str(output.get("name")) if output["output_type"] == "stream" else id(output)


def _output(run: Sequence[Mapping[str, Any]], prose: Prose, prefix: str) -> str:
    output = run[0]
    kind = output["output_type"]
    if kind == "stream":
        return pre("".join(raw(output.get("text", "")) for output in run))
    if kind == "error":
        return _error(joined(output.get("ename") or "Error"), joined(output.get("evalue") or ""))
    return _data(output.get("data") or {}, output.get("metadata") or {}, prose, prefix)


def _error(name: str, value: str) -> str:
    """What went wrong in one sentence. The way there is for whoever opens the notebook."""
    first = next(iter(value.strip().splitlines()), "")[:300].rstrip(".: ")
    return note(f"This cell stopped with an error: {name[:100]}{': ' if first else ''}{first}.")


def _data(data: Mapping[str, Any], metadata: Mapping[str, Any], prose: Prose, prefix: str) -> str:
    if any(_LOADS.search(kind) for kind in data):  # announces a library, and shows nothing
        return ""
    control = any("widget" in kind for kind in data) and VIEW not in joined(data.get("text/html") or "")
    if "text/html" in data and not control:
        return _html(joined(data["text/html"]), data, metadata, prose, prefix)
    return _picture(data, metadata, prefix) or _moves(data, control) or _words(data, prose)


def _html(source: str, data: Mapping[str, Any], metadata: Mapping[str, Any], prose: Prose, prefix: str) -> str:
    # Whoever made it offers a picture for where no program runs.
    shown = sanitize.html(source[:LONGEST_HTML], lambda name: f"{prefix}{name}", places=prose.places)
    # A heading of theirs would tear the outline of the page; a section ends what a heading ends.
    shown = _HEADING.sub(r"<\1section", shown)
    if not sanitize.is_seen(shown) or shown.strip() == f"<p>{sanitize.MOVES}</p>":
        if picture := _picture(data, metadata, prefix):
            return picture
        return note(sanitize.MOVES) if shown.strip() or "<script" in source.lower() else ""
    if "<table" in shown:
        shown = f'<div class="scroll" role="group" tabindex="0" aria-label="Table">{shown}</div>'
    return shown + note("The rest of this output is not shown: it is too long for a page.") * (
        len(source) > LONGEST_HTML
    )


def _picture(data: Mapping[str, Any], metadata: Mapping[str, Any], prefix: str) -> str:
    if "image/svg+xml" in data:
        kind = "image/svg+xml"
        svg = joined(data[kind])
        if len(svg) > LONGEST_HTML:
            return note("A drawing stood here that is too large for a page. Open the notebook to see it.")
        return sanitize.drawing(svg, alt(metadata, kind), lambda name: f"{prefix}{name}")
    for kind in KINDS:
        if kind in data:
            source = packed(data[kind])
            if source:
                return f'<img src="{source}" alt="{escape(alt(metadata, kind))}">'
            if set(data) == {kind}:
                return note("A picture stood here that a page cannot show. Open the notebook to see it.")
    return ""


def _moves(data: Mapping[str, Any], control: bool) -> str:
    if control:
        words = joined(data.get("text/plain") or "")
        return note("A control stood here. Open the notebook to use it.") + pre(words)
    others = [kind for kind in data if kind not in _STORED]
    if any(kind.startswith("audio/") for kind in others):
        return note(sanitize.MISSING["audio"])
    if any(kind.startswith("video/") for kind in others):
        return note(sanitize.MISSING["video"])
    if any(kind.startswith("application/") and kind != "application/pdf" for kind in others):
        return note(sanitize.MOVES)
    return ""


def _words(data: Mapping[str, Any], prose: Prose) -> str:
    if "text/markdown" in data:
        return prose.render(joined(data["text/markdown"]), headings=False)
    for kind in ("text/plain", "text/latex"):
        words = raw(data.get(kind) or "")
        if words.strip() and not _ONLY_A_NAME.fullmatch(words.strip()):
            return pre(words)
    if "application/json" in data:
        return pre(json.dumps(data["application/json"], ensure_ascii=False, indent=1))
    if set(data) - {"text/plain"}:
        kinds = ", ".join(sorted(readable(str(kind)) for kind in data if kind != "text/plain"))
        return note(f"Something stood here that a page cannot show ({kinds[:100]}). Open the notebook to see it.")
    return pre(raw(data.get("text/plain") or ""))


def note(words: str) -> str:
    """A sentence of ours in place of what is not shown."""
    return f'<p class="note">{escape(words, quote=False)}</p>'


def pre(text: str) -> str:
    """Plain text as a terminal shows it in the end."""
    shown = screen(text[:MOST_WRITTEN]).strip("\n")
    if not shown.strip():
        return ""
    html = f'<pre dir="auto">{escape(shown[:LONGEST_TEXT], quote=False)}</pre>'
    if len(shown) > LONGEST_TEXT or len(text) > MOST_WRITTEN:
        html += note("The rest of this output is not shown: it is too long for a page.")
    return html


def alt(metadata: Mapping[str, Any], kind: str) -> str:
    """The words for a picture, from the output's metadata."""
    own = metadata.get(kind)
    alt = own.get("alt") if isinstance(own, Mapping) else None
    return readable(str(alt or metadata.get("alt") or NO_WORDS))
