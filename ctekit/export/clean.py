"""Saved outputs made safe: text is escaped, HTML and SVG keep only what is on a written list, scripts go."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from html import escape
from itertools import groupby
from typing import Any, cast

import nh3
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode, from_dict

from ctekit.export.allowed import ATTRIBUTES, GONE, STYLE, TAGS
from ctekit.export.markdown import BASE64, NO_WORDS, PICTURE, Prose, readable

_COLOR = re.compile(r":\s*(?:rgb|hsl)a?\([\d\s.,%/]+\)\s*$")
_HEADING = re.compile(r"<(/?)h[1-6]\b")
_IMG = re.compile(r"<img\b[^>]*>")
_ALT = re.compile(r' alt="([^"]*)"')


def joined(text: Any) -> str:
    """Notebook files keep long texts as lists of lines."""
    return readable("".join(map(str, text)) if isinstance(text, list | tuple) else str(text))


class Clean(Preprocessor):
    """Turns each saved output of each code cell into HTML that is safe to show.

    It runs before `Sentences`, so that nothing in a file can pass for a view that we rendered ourselves.
    """

    @cached_property
    def _prose(self) -> Prose:
        return Prose()

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Clean one notebook."""
        number = 0
        for cell in nb.cells:
            if cell.cell_type != "code":
                continue
            found = []
            for _, run in groupby(cell.outputs, _stream):
                number += 1
                html = self._shown(list(run), f"o{number}-")
                if html:
                    found.append(view(html))
            cell.outputs = found
        return nb, resources

    def _shown(self, outputs: Sequence[NotebookNode], prefix: str) -> str:
        first = outputs[0]
        if first.output_type == "stream":
            return pre("".join(joined(one.get("text", "")) for one in outputs))
        if first.output_type == "error":
            lines = first.get("traceback") or [f"{first.get('ename', '')}: {first.get('evalue', '')}"]
            return pre("\n".join(map(joined, lines)))
        return self._data(first.get("data", {}), first.get("metadata", {}), prefix)

    def _data(self, data: Mapping[str, Any], metadata: Mapping[str, Any], prefix: str) -> str:
        live = any("widget" in kind or "javascript" in kind for kind in data)
        if not live and "text/html" in data:
            kept = html(joined(data["text/html"]), prefix)
            wide = "<table" in kept
            return f'<div class="scroll" role="group" tabindex="0" aria-label="Table">{kept}</div>' if wide else kept
        if not live and "image/svg+xml" in data:
            return drawing(joined(data["image/svg+xml"]), alt(metadata, "image/svg+xml"), prefix)
        for kind in ("image/png", "image/jpeg"):
            found = "" if live else picture(kind, data.get(kind, ""), alt(metadata, kind))
            if found:
                return found
        if not live and "text/markdown" in data:
            return self._prose.render(joined(data["text/markdown"]), headings=False)
        return pre(joined(data.get("text/plain") or data.get("text/latex") or ""))


def _stream(output: NotebookNode) -> str | int:
    """What keeps outputs together: the name of their stream; else nothing does."""
    return str(output.name) if output.output_type == "stream" else id(output)


def view(html: str) -> NotebookNode:
    """An output that the page's template shows as it is."""
    shown = {"output_type": "display_data", "data": {"text/html": html}, "metadata": {}}
    return cast(NotebookNode, from_dict(shown))  # type: ignore[no-untyped-call]


def pre(text: str) -> str:
    """Plain text as it stands."""
    return f"<pre>{escape(text.strip(chr(10)))}</pre>" if text.strip() else ""


def alt(metadata: Mapping[str, Any], kind: str) -> str:
    """The words for a picture, from the output's metadata."""
    own = metadata.get(kind)
    given = own.get("alt") if isinstance(own, Mapping) else None
    return readable(str(given or metadata.get("alt") or NO_WORDS))


def picture(kind: str, content: Any, words: str) -> str:
    """A picture that carries its own bytes; "" when they are no base64."""
    packed = "".join("".join(content if isinstance(content, list) else str(content)).split())
    if not BASE64.fullmatch(packed):
        return ""
    return f'<img src="data:{kind};base64,{packed}" alt="{escape(words)}">'


def drawing(svg: str, words: str, prefix: str) -> str:
    """An SVG picture with its words."""
    kept = html(svg[max(svg.find("<svg"), 0) :], prefix)
    end = kept.rfind("</svg>") + len("</svg>")
    return f'<div role="img" aria-label="{escape(words)}">{kept[:end]}</div>' if kept.startswith("<svg") else kept


def html(source: str, prefix: str) -> str:
    """HTML that was not made by us, with only what is on the list.

    Parameters
    ----------
    source : str
        Free of characters that no page may hold; see `readable`.
    prefix : str
        Set before each id, so that no two outputs share one.
    """
    ids: set[str] = set()

    def keep(tag: str, name: str, value: str) -> str | None:
        if name == "href":
            if tag == "a":
                return value if re.match(r"https?://[^\s]", value, re.IGNORECASE) else None
            return f"#{prefix}{value[1:]}" if tag == "use" and value.startswith("#") else None
        if name == "src":
            return value if PICTURE.fullmatch(value) else None
        if name == "id":
            fresh = re.fullmatch(r"[\w.:-]+", value) and value not in ids
            ids.add(value)
            return f"{prefix}{value}" if fresh else None
        if name == "scope":
            return value if value in ("row", "col", "rowgroup", "colgroup") else None
        if name in ("colspan", "rowspan", "start"):
            return value if re.fullmatch(r"[1-9]\d{0,2}", value) else None
        if "\\" in value:
            return None
        if name == "style":
            return ";".join(part for part in value.split(";") if "(" not in part or _COLOR.search(part)) or None
        if "(" in value and "url" in value.casefold():
            inside = re.fullmatch(r"\s*url\(\s*[\"']?#([\w.:-]+)[\"']?\s*\)\s*", value)
            return f"url(#{prefix}{inside[1]})" if inside else None
        return value

    kept: str = nh3.clean(
        source,
        tags=TAGS,
        clean_content_tags=GONE,
        attributes=ATTRIBUTES,
        attribute_filter=keep,
        url_schemes={"http", "https", "data"},
        filter_style_properties=STYLE,
        link_rel="noreferrer",
    )
    # A heading of theirs would tear the page's outline.
    return _IMG.sub(_described, _HEADING.sub(r"<\1div", kept))


def _described(found: re.Match[str]) -> str:
    tag, words = found[0], _ALT.search(found[0])
    if " src=" not in tag:
        return words[1] if words else NO_WORDS
    return tag if words else tag.replace("<img", f'<img alt="{NO_WORDS}"', 1)
