"""HTML and SVG that we did not make: only what is on a written list stays, and what is left out is named."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from functools import lru_cache, partial
from html import escape, unescape
from urllib.parse import unquote

import nh3

from ctekit.export.allowlist import ATTRIBUTES, GONE, STYLE, TAGS
from ctekit.export.controls import written_out
from ctekit.export.nesting import is_too_deep
from ctekit.export.places import NEVER, Places, plain

MOVES = "A chart that moves stood here. Open the notebook to see it."
TOO_DEEP = '<p class="note">What stood here is not shown: its HTML is nested too deeply.</p>'
NOT_ALL = '<p class="note">Parts of this drawing are not shown. Open the notebook to see it whole.</p>'

TOO_MANY = '<p class="note">What stood here is not shown: it holds too many “&amp;” for a page. Open the notebook.</p>'

MISSING = {
    **dict.fromkeys(("iframe", "object", "embed", "canvas", "applet"), MOVES),
    "video": "A video stood here. Open the notebook to see it.",
    "audio": "A sound stood here. Open the notebook to hear it.",
    "math": "A formula stood here. Open the notebook to see it.",
    "form": "A form stood here. Open the notebook to use it.",
}
"""What a page says in place of a tag that it cannot show."""

_SCHEME = re.compile(r"[a-z][a-z\d+.-]{0,30}(?=:)", re.IGNORECASE)
_MISSING = re.compile(rf"<(?=({'|'.join(MISSING)})\b)", re.IGNORECASE)
_TWICE = re.compile(r"(<p>(?:A chart that moves|A video|A sound|A formula|A form) stood here\.[^<]*</p>)(?:\s*\1)+")
# Each reference that is none takes the parser time by all the text so far.
_NO_REFERENCE = re.compile(r"&(?!(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)")
_COLOR = re.compile(r":\s*(?:rgb|hsl)a?\([\d\s.,%/]+\)\s*$")
_PAINT = re.compile(r"((?:\s*[\w-]+\s*:)?)\s*url\(\s*[\"']?#([\w.:-]+)[\"']?\s*\)\s*")
# What nh3 has written: each attribute in double quotes, and no bracket in any.
_GIVEN = r'((?:\s+[\w:-]+="[^"]*")*)\s*'
_LINK = re.compile(rf"<a{_GIVEN}>(.*?)</a>", re.DOTALL)
_LINK_TAG = re.compile(r"<(/?)a(?=[\s>])[^>]*>")
_IMAGE = re.compile(rf"<img{_GIVEN}>")
_SHAPE = re.compile(rf"<(?:path|rect|circle|ellipse|line|polyline|polygon){_GIVEN}>")
_USE = re.compile(rf"<use{_GIVEN}>")
_LOST = re.compile(r"<(?:filter|foreignObject|image|marker|mask|pattern|symbol)\b", re.IGNORECASE)
_ATTRIBUTE = re.compile(r'([\w:-]+)="([^"]*)"')

SCHEMES = {"http", "https", "mailto", "tel", "data", "attachment"}
"""Of links and pictures, beside what the piece itself names."""

MOST_REFERENCES = 30_000
"""So many ampersands in one piece at most: the parser's time grows by the square of their number."""

MOST_DRAWN = 2_000_000
"""As much as shapes that are used again and again may draw, in characters."""


def html(
    source: str, id_of: Callable[[str], str], new_id: Callable[[str], str] | None = None, places: Places | None = None
) -> str:
    """HTML that was not made by us, with only what is on the list.

    Parameters
    ----------
    source : str
        Free of characters that no page may hold; see `ctekit.export.terminal.readable`.
    id_of : callable
        The id on the page of what has this id in the source.
    new_id : callable
        The same for what gets the id; "" when something else has it already. Unless told, the first one gets it.
    places : Places
        Where links and pictures may lead.
    """
    if is_too_deep(source):
        return TOO_DEEP
    source = written_out(source)
    if source.count("&") > MOST_REFERENCES:
        return TOO_MANY
    places = places or Places(lambda path: None)
    ids: set[str] = set()

    def first(name: str) -> str:
        fresh = name not in ids
        ids.add(name)
        return id_of(name) if fresh else ""

    def identify(tag: str, name: str, value: str) -> str | None:
        return (new_id or first)(value) or None if name in ("id", "name") else value

    source = _MISSING.sub(lambda match: f"<p>{MISSING[match[1].lower()]}</p><", source)
    kept = _listed(_NO_REFERENCE.sub("&amp;", source), partial(_allowed, id_of))
    # Once more: a form that goes would leave a paragraph in a paragraph, or an item in an item. Ids are given only
    # here: what stays open is opened again by each parser, id and all.
    kept = _listed(kept, identify)
    kept = _IMAGE.sub(lambda match: _picture(match[1], places), _TWICE.sub(r"\1", kept))
    kept = _LINK.sub(lambda match: _link(match[1], match[2], id_of, places), _unnested(kept))
    if "<svg" not in kept and "<use" not in kept:
        return kept
    whole = _used_again(kept, id_of)
    return whole if whole.count("<use") == kept.count("<use") and not _LOST.search(source) else whole + NOT_ALL


def _allowed(id_of: Callable[[str], str], tag: str, name: str, value: str) -> str | None:
    """What an attribute may hold; None where it has to go."""
    if name == "href" and tag in ("linearGradient", "radialGradient"):
        return f"#{id_of(value[1:])}" if re.fullmatch(r"#[\w.:-]+", value) else None
    if name == "href":
        leads = tag in ("a", "use") and not re.match(r"\s*(?:data|attachment):", value, re.IGNORECASE)
        return value if leads else None
    if name in ("id", "name"):
        return value if re.fullmatch(r"[\w.:-]+", value) else None
    if name == "scope":
        return value if value in ("row", "col", "rowgroup", "colgroup") else None
    if name in ("colspan", "rowspan", "start"):
        return value if re.fullmatch(r"[1-9]\d{0,2}", value) else None
    if name in ("src", "alt"):
        return value
    if "\\" in value:
        return None
    if name == "style":
        parts = (part if "(" not in part or _COLOR.search(part) else _painted(id_of, part) for part in value.split(";"))
        return ";".join(filter(None, parts)) or None
    return _painted(id_of, value) if "(" in value and "url" in value.casefold() else value


def _painted(id_of: Callable[[str], str], value: str) -> str | None:
    """What is painted or cut by a part of the same drawing; None for what lies elsewhere."""
    inside = _PAINT.fullmatch(value)
    return f"{inside[1]}url(#{id_of(inside[2])})" if inside else None


def _listed(source: str, keep: Callable[[str, str, str], str | None]) -> str:
    """What is on the list of a piece of HTML. Of its links, `Places` says which lead anywhere."""
    schemes = {scheme.lower() for scheme in _SCHEME.findall(source)} - {*NEVER}
    token = _keep.set(keep)
    try:
        return _cleaner(frozenset(schemes | SCHEMES)).clean(source)
    finally:
        _keep.reset(token)


_keep: ContextVar[Callable[[str, str, str], str | None]] = ContextVar("keep")
"""What judges the attributes of the piece at hand: two threads may each write a page."""


@lru_cache(maxsize=32)
def _cleaner(schemes: frozenset[str]) -> nh3.Cleaner:
    """Made once for all pieces: reading the list takes ten times as long as cleaning a paragraph."""
    return nh3.Cleaner(
        tags=TAGS,
        clean_content_tags=GONE,
        attributes=ATTRIBUTES,
        attribute_filter=lambda tag, name, value: _keep.get()(tag, name, value),
        url_schemes=schemes,
        filter_style_properties=STYLE,
        link_rel="noreferrer",
    )


def drawing(svg: str, words: str, id_of: Callable[[str], str]) -> str:
    """An SVG picture with its words."""
    kept = html(svg[max(svg.find("<svg"), 0) :], id_of)
    start, end = next(outermost(kept, "svg"), (0, 0))
    if start or not end:
        return kept
    return f'<div role="img" aria-label="{escape(words)}">{kept[:end]}</div>{NOT_ALL if NOT_ALL in kept[end:] else ""}'


def outermost(html: str, tag: str) -> Iterator[tuple[int, int]]:
    """Where the outermost elements of this name begin and end in clean HTML."""
    depth = start = 0
    for match in re.finditer(rf"<(/?){tag}\b[^>]*>", html):
        if not depth:
            start = match.start()
        depth += -1 if match[1] else 1
        if not depth:
            yield start, match.end()


def replaced(html: str, tag: str, replace: Callable[[str], str]) -> str:
    """Clean HTML with something else in place of each outermost element of this name."""
    kept, done = [], 0
    for start, end in outermost(html, tag):
        kept += [html[done:start], replace(html[start:end])]
        done = end
    return "".join([*kept, html[done:]])


def is_seen(html: str) -> bool:
    """Whether a piece of clean HTML shows anything."""
    return bool(plain(html)) or any(tag in html for tag in ("<img", "<svg", "<hr", "<table"))


def _attributes(raw: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in _ATTRIBUTE.findall(raw)}


def _picture(raw: str, places: Places) -> str:
    attributes = _attributes(raw)
    size = "".join(
        f' {name}="{attributes[name]}"' for name in ("width", "height") if attributes.get(name, "").isdigit()
    )
    source = "".join(attributes.get("src", "").split())
    return places.picture(attributes.get("alt", "").strip(), source, size)


def _unnested(html: str) -> str:
    """HTML without links inside of links, which drawings and tables let in."""
    depth = 0

    def keep(match: re.Match[str]) -> str:
        nonlocal depth
        outer = depth == (1 if match[1] else 0)
        depth += -1 if match[1] else 1
        return match[0] if outer else ""

    return _LINK_TAG.sub(keep, html)


def _link(raw: str, words: str, id_of: Callable[[str], str], places: Places) -> str:
    attributes = _attributes(raw)
    name = attributes.get("id") or attributes.get("name")
    anchor = f'<a id="{escape(name)}"></a>' if name else ""
    address = "".join(attributes.get("href", "").split())
    if address.startswith("#"):
        # Whether the place exists is known when the page is whole: see `ctekit.export.markdown.settled`.
        return f'{anchor}<a href="#{escape(id_of(unquote(address[1:])))}">{words}</a>'
    return anchor + (places.link(words, address) if address else words)


def _used_again(html: str, id_of: Callable[[str], str]) -> str:
    """A drawing in which only plain shapes are used again; without the other uses.

    What is used could itself be made of used parts: nine levels of ten keep a browser busy for good.
    """
    alone = replaced(html, "use", lambda use: "")
    shapes = {_attributes(shape[1]).get("id", ""): len(shape[0]) for shape in _SHAPE.finditer(alone)}
    left = MOST_DRAWN

    def keep(use: str) -> str:
        nonlocal left
        match = _USE.match(use)
        attributes = _attributes(match[1]) if match else {}
        href = attributes.get("xlink:href") or attributes.get("href") or ""
        name = id_of(href[1:]) if href.startswith("#") else ""
        left -= shapes.get(name, 0) + len(use)
        if not match or not name or name not in shapes or left < 0:
            return ""
        return match[0].replace(f'href="{escape(href)}"', f'href="#{escape(name)}"', 1) + "</use>"

    return replaced(html, "use", keep)
