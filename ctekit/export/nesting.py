"""How deep HTML nests. A parser takes time and room by the square of it, and no page that people made needs much."""

from __future__ import annotations

import re

DEEPEST = 200

_TAG = re.compile(r"<(/?)([a-z][a-z0-9:-]*)(?:[^<>]*(/>))?", re.IGNORECASE)
_NEVER_CLOSED = {
    *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"),
    *("p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "option"),
}
_DRAWN = {
    *("circle", "ellipse", "g", "image", "line", "path", "polygon", "polyline", "rect", "stop", "svg"),
    *("text", "tspan", "use"),
}
_PROGRAM = re.compile(r"<(script|style)\b", re.IGNORECASE)


def is_too_deep(html: str) -> bool:
    """Whether more tags are open at once than a page needs.

    A closing tag counts only where it closes the tag opened last. Tags that are wrongly nested stay open in a parser
    too, and come back in each paragraph.
    """
    open_tags: list[str] = []
    for closes, name, ended in _TAG.findall(without_programs(html)):
        tag = name.casefold()
        if tag in _NEVER_CLOSED or (ended and tag in _DRAWN):
            continue
        if not closes:
            open_tags.append(tag)
        elif open_tags and open_tags[-1] == tag:
            open_tags.pop()
        if len(open_tags) > DEEPEST:
            return True
    return False


def without_programs(html: str) -> str:
    """HTML without its scripts and styles, which may look like tags."""
    kept, start = [], 0
    folded = html.lower() if html.isascii() else re.sub(r"[A-Z]+", lambda match: match[0].lower(), html)
    while opened := _PROGRAM.search(html, start):
        kept.append(html[start : opened.start()])
        end = folded.find(f"</{opened[1].lower()}", opened.end())
        if end < 0:
            return "".join(kept)
        start = end + len(opened[1]) + 2
    return "".join([*kept, html[start:]])
