"""An SVG file beside a notebook, made safe and put into the page: most logos are one."""

from __future__ import annotations

import base64
from xml.etree import ElementTree

from ctekit.export import sanitize

LONGEST = 500_000
"""A drawing of more bytes is named, not shown."""

_NAMES = ' xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def packed(content: bytes) -> str:
    """A drawing as a ``data:`` address; "" where it is none, or where parts of it cannot be shown."""
    if len(content) > LONGEST or b"<svg" not in content:
        return ""
    words = content.decode("utf-8", "replace")
    kept = sanitize.html(words[words.index("<svg") :], lambda name: name)
    start, end = next(sanitize.outermost(kept, "svg"), (0, 0))
    if start or not end or sanitize.NOT_ALL in kept:
        return ""
    drawn = f"<svg{_NAMES}{kept[len('<svg') : end]}".replace("&nbsp;", "&#160;")
    try:
        ElementTree.fromstring(drawn)
    except ElementTree.ParseError:
        return ""
    return f"data:image/svg+xml;base64,{base64.b64encode(drawn.encode()).decode()}"
