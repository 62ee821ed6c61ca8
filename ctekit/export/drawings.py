"""An SVG file beside a notebook, made safe and put into the page: most logos are one."""

from __future__ import annotations

import base64
import re
from xml.etree import ElementTree

from ctekit.export import sanitize

LONGEST = 500_000
"""A drawing of more bytes is named, not shown."""

_LOST = re.compile(r"<style\b(?![^<>]*>\s*\*\s*\{[^{}]*\}\s*</style>)|<(?:textPath|switch)\b", re.IGNORECASE)
"""What a drawing would be drawn wrong without, such as the colors of its classes; not a style of all, for line ends."""

_NAMES = ' xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def packed(content: bytes) -> str:
    """A drawing as a ``data:`` address; "" where it is none, or where parts of it cannot be shown."""
    if len(content) > LONGEST or b"<svg" not in content:
        return ""
    words = content.decode("utf-8", "replace")
    kept = sanitize.html(words[words.index("<svg") :], lambda name: name)
    start, end = next(sanitize.outermost(kept, "svg"), (0, 0))
    if start or not end or kept[end:].strip() or _LOST.search(words):
        return ""
    drawn = f"<svg{_NAMES}{kept[len('<svg') : end]}".replace("&nbsp;", "&#160;")
    try:
        ElementTree.fromstring(drawn)
    except ElementTree.ParseError:
        return ""
    return f"data:image/svg+xml;base64,{base64.b64encode(drawn.encode()).decode()}"
