"""Prose of a notebook as HTML: raw HTML is shown as text, and no link or picture reaches further than it says."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape, unescape
from typing import Any
from urllib.parse import unquote, urlsplit

import mistune

# Characters that no HTML page may hold, and halves of surrogate pairs, which UTF-8 cannot write.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_ANSI = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\].*?(?:\x07|\x1b\\)|[@-Z\\-_])", re.DOTALL)
_TAGS = re.compile(r"<[^>]*>")
# A dollar sign before a digit or a space is money, not mathematics.
_MATH = r"\$\$(?P<display>[^$]+?)\$\$|\$(?P<inline>(?![\s\d$])[^$\n]*?[^\s$\\])\$(?!\d)"
PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/]+={0,2}")
BASE64 = re.compile(r"[A-Za-z0-9+/]+={0,2}")
NO_WORDS = "Picture without description"

STILL = 3
"""A table of more columns scrolls sideways on a phone, in a region that the keyboard reaches."""
_KINDS = ("image/png", "image/jpeg", "image/gif", "image/webp")


def readable(text: str) -> str:
    """Leave out terminal colors and the characters that no page may hold."""
    return _FORBIDDEN.sub("\ufffd", _ANSI.sub("", text))


def plain(html: str) -> str:
    """The words of a piece of HTML that we made ourselves."""
    return unescape(_TAGS.sub("", html)).strip()


def slug(words: str) -> str:
    """The id of a heading."""
    return "h-" + (re.sub(r"[\W_]+", "-", words.casefold()).strip("-") or "part")


class _Renderer(mistune.HTMLRenderer):
    def __init__(self) -> None:
        super().__init__(escape=True)
        self.begin(lambda path: None)

    def begin(self, page_of: Callable[[str], str | None], below: int = 1) -> None:
        self.below = below
        self.title = ""
        self.contents: list[tuple[int, str, str]] = []
        self.ids: set[str] = set()
        self.page_of = page_of
        self.attachments: Mapping[str, Any] = {}
        self.outline = True

    def text(self, text: str) -> str:
        return escape(unescape(text))

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        words = plain(text)
        if not words:
            return ""
        if not self.outline:
            return f"<p><strong>{text}</strong></p>\n"
        if level == self.below == 1 and not self.title:
            self.title = words
            return ""
        # The page has one h1, and no level is skipped on the way down.
        above = self.contents[-1][0] if self.contents else self.below
        level = min(max(self.below + 1, min(level + self.below - 1, above + 1)), 6)
        anchor, number = slug(words), 1
        while anchor in self.ids:
            number += 1
            anchor = f"{slug(words)}-{number}"
        self.ids.add(anchor)
        self.contents.append((level, anchor, words))
        return f'<h{level} id="{anchor}">{text}</h{level}>\n'

    def link(self, text: str, url: str, title: str | None = None) -> str:
        address = "".join(unescape(url).split())
        if address.startswith("#"):
            # Whether the heading exists is known when the page is whole: see `settled`.
            return f'<a href="#{escape(slug(unquote(address[1:])))}">{text}</a>'
        try:
            parts = urlsplit(address)
        except ValueError:
            return text
        if parts.scheme.lower() in ("http", "https") and parts.netloc:
            return f'<a href="{escape(address)}" rel="noreferrer">{text}</a>'
        page = None if parts.scheme or parts.netloc else self.page_of(unquote(parts.path))
        return f'<a href="{escape(page)}">{text}</a>' if page else text

    def image(self, text: str, url: str, title: str | None = None) -> str:
        words = plain(text)
        address = "".join(unescape(url).split())
        source = self._attached(address) if address.startswith("attachment:") else address
        if PICTURE.fullmatch(source):
            return f'<img src="{source}" alt="{escape(words or NO_WORDS)}">'
        # A picture elsewhere would be a request; what it shows and where it lies can be read.
        where = "" if address.startswith(("data:", "attachment:")) else f" ({address})"
        return escape(f"{words or 'Picture'}{where}")

    def _attached(self, address: str) -> str:
        bundle: Any = self.attachments.get(unquote(address.removeprefix("attachment:"))) or {}
        for kind in _KINDS:
            packed = "".join(str(bundle.get(kind, "")).split())
            if BASE64.fullmatch(packed):
                return f"data:{kind};base64,{packed}"
        return ""

    def block_code(self, code: str, info: str | None = None) -> str:
        return f"<pre><code>{escape(code)}</code></pre>\n"

    def codespan(self, text: str) -> str:
        return f"<code>{escape(text)}</code>"

    def block_html(self, html: str) -> str:
        return f"<p>{escape(html.strip())}</p>\n"

    def inline_html(self, html: str) -> str:
        return escape(html)

    def linebreak(self) -> str:
        return "<br>\n"

    def thematic_break(self) -> str:
        return "<hr>\n"

    def table(self, text: str) -> str:
        if text.count("<th scope") <= STILL:
            return f"<table>\n{text}</table>\n"
        return f'<div class="scroll" role="group" tabindex="0" aria-label="Table">\n<table>\n{text}</table>\n</div>\n'

    def table_cell(self, text: str, align: str | None = None, head: bool = False) -> str:
        side = f' style="text-align:{align}"' if align in ("left", "right", "center") else ""
        return f'<th scope="col"{side}>{text}</th>\n' if head and text.strip() else f"<td{side}>{text}</td>\n"

    def math(self, text: str) -> str:
        return f'<span class="math">{escape(text)}</span>'


def _math(inline: Any, found: re.Match[str], state: Any) -> int:
    state.append_token({"type": "math", "raw": found[0]})
    return found.end()


def _with_math(md: mistune.Markdown) -> None:
    md.inline.register("math", _MATH, _math, before="codespan")


class Prose:
    """Renders the Markdown of one page after another, and remembers the outline of the current one."""

    def __init__(self) -> None:
        self._renderer = _Renderer()
        self._markdown = mistune.Markdown(
            renderer=self._renderer,
            plugins=[mistune.plugins.import_plugin(name) for name in ("table", "strikethrough")] + [_with_math],
        )

    def begin(self, page_of: Callable[[str], str | None], below: int = 1) -> None:
        """Start a page.

        Parameters
        ----------
        page_of : callable
            Gives the page that a relative link leads to, or None.
        below : int
            The level of the heading that all of it stands under.
        """
        self._renderer.begin(page_of, below)

    @property
    def title(self) -> str:
        """The words of the page's first H1; "" without one."""
        return self._renderer.title

    @property
    def contents(self) -> list[tuple[str, str]]:
        """Id and words of the headings of the second level."""
        return [(anchor, words) for level, anchor, words in self._renderer.contents if level == 2]

    def render(self, source: str, attachments: Mapping[str, Any] | None = None, headings: bool = True) -> str:
        """One cell's Markdown as HTML.

        Parameters
        ----------
        source : str
            Free of characters that no page may hold.
        attachments : mapping
            The cell's pictures, by name.
        headings : bool
            False for an output: its headings then stay out of the page's outline.
        """
        self._renderer.attachments, self._renderer.outline = attachments or {}, headings
        return str(self._markdown(source))


def settled(html: str) -> str:
    """The whole of a page's content, with links to places that it does not have turned into text."""
    ids = set(re.findall(r' id="([^"]+)"', html))

    def settle(found: re.Match[str]) -> str:
        return f'<a href="#{found[1]}">{found[2]}</a>' if found[1] in ids else found[2]

    return re.sub(r'<a href="#([^"]*)">(.*?)</a>', settle, html, flags=re.DOTALL)
