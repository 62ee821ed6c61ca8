"""Where links and pictures of a notebook lead: to a page of ours, out in plain sight, or into the page itself."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping
from html import escape, unescape
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/]+={0,2}")
BASE64 = re.compile(r"[A-Za-z0-9+/]+={0,2}")
NO_WORDS = "Picture without description"
KINDS = ("image/png", "image/jpeg", "image/gif", "image/webp")

LARGEST = 5_000_000
"""A picture of more bytes is named, not shown: a page is mailed and opened on phones."""

_BEGINNINGS = {
    "image/png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "image/jpeg": re.compile(rb"\xff\xd8\xff"),
    "image/gif": re.compile(rb"GIF8[79]a"),
    "image/webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
}
_TAGS = re.compile(r"<[^>]*>")
NEVER = ("data", "javascript", "livescript", "vbscript")
"""Schemes of addresses that are programs or files of their own: they are not even said."""

_CALLED = {"mailto": re.compile(r"mailto:[^\s@]+@[^\s@]+"), "tel": re.compile(r"tel:\+?[\d().*#;=a-z-]+")}


def plain(html: str) -> str:
    """The words of a piece of HTML that is clean already."""
    return unescape(_TAGS.sub("", html)).strip()


def kind_of(content: bytes) -> str:
    """What sort of picture these bytes are, by how they begin; "" for none that a page may show."""
    return next((kind for kind, begins in _BEGINNINGS.items() if begins.match(content)), "")


def packed(content: Any) -> str:
    """The base64 of a picture in a notebook file as a ``data:`` address; "" when it is none."""
    letters = "".join("".join(content if isinstance(content, list) else str(content)).split())
    if not BASE64.fullmatch(letters) or len(letters) > LARGEST * 4 // 3:
        return ""
    try:
        kind = kind_of(base64.b64decode(letters[:32]))
    except ValueError:
        return ""
    return f"data:{kind};base64,{letters}" if kind else ""


class Places:
    """What a notebook's links and pictures can reach.

    Attributes
    ----------
    folder : Path or None
        The notebook's. Pictures are taken from it and from below it; from nowhere where it is None.
    page_of : callable
        Gives the page that a relative link leads to, or None.
    draw : callable
        Gives the ``data:`` address of a drawing beside the notebook; "" for none that a page may show.
    attachments : mapping
        The pictures of the cell in hand, by name.
    """

    def __init__(
        self,
        page_of: Callable[[str], str | None],
        folder: Path | None = None,
        draw: Callable[[bytes], str] = lambda content: "",
    ) -> None:
        self.page_of = page_of
        self.folder = folder
        self.draw = draw
        self.attachments: Mapping[str, Any] = {}

    def link(self, html: str, address: str) -> str:
        """Words with a link where it may lead there; else the words, and the address or the name of the file."""
        parts = _parts(address)
        if parts is None:
            return _with_address(html, address)
        scheme = parts.scheme.lower()
        if scheme in ("http", "https") and parts.netloc:
            return f'<a href="{escape(address)}" rel="noreferrer">{html}</a>'
        if scheme in _CALLED:
            whom = address[len(scheme) :].partition("?")[0]  # a subject behind it may hold blanks
            good = _CALLED[scheme].fullmatch(scheme + unquote(whom))
            return f'<a href="{escape(address)}">{html}</a>' if good else _with_address(html, address)
        if scheme or parts.netloc:
            return html if scheme in NEVER else _with_address(html, address)
        path = unquote(parts.path)
        if page := self.page_of(path):
            return f'<a href="{escape(page)}">{html}</a>'
        return _with_address(html, PurePosixPath(path).name)

    def picture(self, words: str, address: str, size: str = "") -> str:
        """A picture that the page carries; else its words, and where it lies."""
        attached = address.startswith("attachment:")
        source = self._attached(address) if attached else address if PICTURE.fullmatch(address) else ""
        parts = _parts(address)
        if not source and parts and not parts.scheme and not parts.netloc:
            source = self._beside(unquote(parts.path))
        if source:
            return f'<img src="{source}" alt="{escape(words or NO_WORDS)}"{size}>'
        if attached:
            address = unquote(address.removeprefix("attachment:"))
        # A picture elsewhere would be a request; what it shows and where it lies can be read.
        where = "" if not address or address.startswith("data:") else f" ({address})"
        return escape(f"{words or ('Picture' if where else NO_WORDS)}{where}", quote=False)

    def _attached(self, address: str) -> str:
        bundle: Any = self.attachments.get(unquote(address.removeprefix("attachment:"))) or {}
        return next(filter(None, (packed(bundle.get(kind, "")) for kind in KINDS)), "")

    def _beside(self, path: str) -> str:
        """A picture in the notebook's folder or below it; "" for anything else, wherever a link leads."""
        if self.folder is None or not path:
            return ""
        try:
            home = self.folder.resolve()
            file = (home / path).resolve(strict=True)
            if not file.is_relative_to(home) or not file.is_file() or file.stat().st_size > LARGEST:
                return ""
            content = file.read_bytes()
        except (OSError, ValueError, RuntimeError):
            return ""
        kind = kind_of(content)
        return f"data:{kind};base64,{base64.b64encode(content).decode()}" if kind else self.draw(content)


def _with_address(html: str, where: str) -> str:
    """Words, and in brackets where they lead, unless they say it themselves."""
    return html if where in plain(html) else f"{html} ({escape(where, quote=False)})"


def _parts(address: str) -> SplitResult | None:
    try:
        return urlsplit(address)
    except ValueError:
        return None
