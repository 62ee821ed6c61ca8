"""Prose of a notebook as HTML: Markdown and the HTML in it, cleaned alike, without links or pictures from elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from html import escape, unescape
from pathlib import Path
from typing import Any

import mistune

from ctekit.export import drawings, sanitize
from ctekit.export.places import Places, plain

LONGEST = 100_000
"""Of a longer text in one cell the rest is not shown: reading Markdown takes time by more than its length."""
CUT = '<p class="note">The rest of this text is not shown: it is too long for a page.</p>\n'

# A dollar sign before a digit or a space is money, not mathematics.
_MATH = (
    r"\$\$(?P<display>[^$]+?)\$\$|\$(?P<inline>(?![\s\d$])[^$\n]*?[^\s$\\])\$(?!\d)"
    r"|\\begin\{(?P<environment>[a-z]{1,20}\*?)\}[\s\S]{0,2000}?\\end\{(?P=environment)\}"
    r"|\\\\\([^\n]{1,1000}?\\\\\)|\\\\\[[\s\S]{1,2000}?\\\\\]"
)
_HEADING = re.compile(r"<h([1-6])(?: id=\"([^\"]*)\")?[^>]*>(.*)</h[1-6]>", re.DOTALL)
_INNER_HEADING = re.compile(r"</?h[1-6]\b[^>]*>")
_ALT = re.compile(r' alt="([^"]*)"')
_FIRST_ROW = re.compile(r"<t[hd]\b|</tr>")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_BLOCK = re.compile(r"<(p|h[1-6]|ul|ol|td|th|dt|dd|summary|caption|figcaption)(?=[\s>])")

STILL = 3
"""A table of more columns scrolls sideways on a phone, in a region that the keyboard reaches."""


def slug(words: str) -> str:
    """The id of a heading."""
    return "h-" + (re.sub(r"[\W_]+", "-", words.casefold()).strip("-") or "part")


class _Renderer(mistune.HTMLRenderer):
    """Markdown as plain HTML. What its links, pictures and headings become is settled once it is clean."""

    def text(self, text: str) -> str:
        return escape(unescape(text), quote=False)

    def link(self, text: str, url: str, title: str | None = None) -> str:
        return f'<a href="{escape("".join(unescape(url).split()))}">{text}</a>'

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return f'<img src="{escape("".join(unescape(url).split()))}" alt="{escape(plain(text))}">'

    def block_code(self, code: str, info: str | None = None) -> str:
        return f"<pre><code>{escape(code, quote=False)}</code></pre>\n"

    def codespan(self, text: str) -> str:
        return f"<code>{escape(text, quote=False)}</code>"

    def block_html(self, html: str) -> str:
        return f"{html.strip()}\n"

    def inline_html(self, html: str) -> str:
        return html

    def linebreak(self) -> str:
        return "<br>\n"

    def thematic_break(self) -> str:
        return "<hr>\n"

    def table(self, text: str) -> str:
        return f"<table>\n{text}</table>\n"

    def table_cell(self, text: str, align: str | None = None, head: bool = False) -> str:
        side = f' style="text-align:{align}"' if align in ("left", "right", "center") else ""
        return f'<th scope="col"{side}>{text}</th>\n' if head and text.strip() else f"<td{side}>{text}</td>\n"

    def math(self, text: str) -> str:
        return self.codespan(text)


def _math(inline: Any, match: re.Match[str], state: Any) -> int:
    state.append_token({"type": "math", "raw": match[0]})
    return match.end()


def _with_math(md: mistune.Markdown) -> None:
    md.inline.register("math", _MATH, _math, before="escape")


class Prose:
    """Renders the Markdown of one page after another, and remembers the outline of the current one."""

    def __init__(self) -> None:
        self._markdown = mistune.Markdown(
            renderer=_Renderer(escape=False),
            plugins=[mistune.plugins.import_plugin(name) for name in ("table", "strikethrough")] + [_with_math],
        )
        self.begin(lambda path: None)

    def begin(self, page_of: Callable[[str], str | None], below: int = 1, folder: Path | None = None) -> None:
        """Start a page.

        Parameters
        ----------
        page_of : callable
            Gives the page that a relative link leads to, or None.
        below : int
            The level of the heading that all of it stands under.
        folder : Path
            The notebook's, for the pictures beside it.
        """
        self.places = Places(page_of, folder, drawings.packed)
        self.title = ""
        self._below = below
        self._headings: list[tuple[int, str, str]] = []
        self._ids: set[str] = set()
        self._numbers: Counter[str] = Counter()

    @property
    def contents(self) -> list[tuple[str, str]]:
        """Id and words of the headings of the second level."""
        return [(anchor, words) for level, anchor, words in self._headings if level == 2]

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
        self.places.attachments = attachments or {}
        shown = sanitize.html(str(self._markdown(source[:LONGEST])), slug, self._new_id, self.places)
        shown = sanitize.replaced(scrolling(shown), "h[1-6]", lambda heading: self._heading(heading, headings))
        if _RIGHT_TO_LEFT.search(source):
            shown = _BLOCK.sub(r'<\1 dir="auto"', shown)
        return shown + CUT if len(source) > LONGEST else shown

    def _new_id(self, name: str) -> str:
        """The id of a place that somebody named; "" when there is one already."""
        anchor = slug(name)
        fresh = anchor not in self._ids
        self._ids.add(anchor)
        return anchor if fresh else ""

    def _heading(self, html: str, outline: bool) -> str:
        match = _HEADING.fullmatch(html)
        if match is None:
            return html
        level, anchor, text = int(match[1]), match[2], _INNER_HEADING.sub("", match[3]).strip()
        words = plain(text)
        named = words or " ".join(map(unescape, _ALT.findall(text)))
        if not named:
            return ""
        if not outline:
            return f'<section class="heading">{text}</section>'
        if level == self._below == 1 and not self.title:
            self.title = named
            # The title is text; a picture in it stands below.
            return "" if words and not _ALT.search(text) else f"<p>{text if not words else _pictures(text)}</p>"
        # The page has one h1, and no level is skipped on the way down.
        above = self._headings[-1][0] if self._headings else self._below
        level = min(max(self._below + 1, min(level + self._below - 1, above + 1)), 6)
        anchor = anchor or self._free(slug(named))
        self._headings.append((level, anchor, named))
        return f'<h{level} id="{anchor}">{text}</h{level}>'

    def _free(self, wanted: str) -> str:
        anchor = wanted
        while anchor in self._ids:
            self._numbers[wanted] += 1
            anchor = f"{wanted}-{self._numbers[wanted] + 1}"
        self._ids.add(anchor)
        return anchor


def _pictures(html: str) -> str:
    return "".join(re.findall(r"<img[^>]*>", html))


def scrolling(html: str) -> str:
    """HTML whose wide tables lie each in a region that scrolls."""
    return sanitize.replaced(html, "table", lambda table: _region(table) if _columns(table) > STILL else table)


def _region(table: str) -> str:
    return f'<div class="scroll" role="group" tabindex="0" aria-label="Table">\n{table}\n</div>'


def _columns(table: str) -> int:
    """How many cells the first row has."""
    number = 0
    for match in _FIRST_ROW.finditer(table):
        if match[0] == "</tr>":
            break
        number += 1
    return number


def settled(html: str) -> tuple[str, set[str]]:
    """The whole of a page's content, with links to places that it does not have turned into text; and its ids."""
    ids = set(re.findall(r' id="([^"]+)"', html))

    def settle(match: re.Match[str]) -> str:
        return f'<a href="#{match[1]}">{match[2]}</a>' if match[1] in ids else match[2]

    return re.sub(r'<a href="#([^"]*)">(.*?)</a>', settle, html, flags=re.DOTALL), ids
