"""The values of a form's controls as words: a page has no control to hold them."""

from __future__ import annotations

import re
from html import escape, unescape

# No piece is read twice: an attribute ends at its quote, a control at the next bracket.
_GIVEN = r"""((?:[^<>"']|"[^"]*"|'[^']*')*+)"""
_INPUT = re.compile(rf"<input\b{_GIVEN}>", re.IGNORECASE)
_SELECT = re.compile(rf"<select\b{_GIVEN}>((?:(?!</?select\b).)*+)</select\s*>", re.IGNORECASE | re.DOTALL)
_BUTTON = re.compile(rf"<button\b{_GIVEN}>((?:(?!</?button\b).)*+)</button\s*>", re.IGNORECASE | re.DOTALL)
_OPTION = re.compile(rf"<option\b{_GIVEN}>([^<]*)", re.IGNORECASE)
_GAUGE = re.compile(rf"<(progress|meter)\b{_GIVEN}>\s*</\1\s*>", re.IGNORECASE)
_EDGE = re.compile(r"</?(?:textarea|progress|meter)\b", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([^\s"'=<>/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?""")

_TICKED = {"checkbox": "☐☑", "radio": "○◉"}
_WITHOUT_WORDS = {"button", "file", "hidden", "image", "password", "reset", "submit"}


def written_out(html: str) -> str:
    """HTML that we did not make, with words in place of controls without words of their own.

    Parameters
    ----------
    html : str

    Returns
    -------
    str
        Still to be cleaned.
    """
    html = _SELECT.sub(_chosen, _INPUT.sub(_typed, _BUTTON.sub(" ", html)))
    return _EDGE.sub(r" \g<0>", _GAUGE.sub(_measured, html))


def _typed(control: re.Match[str]) -> str:
    attributes = _attributes(control[1])
    kind = attributes.get("type", "").strip().lower()
    if kind in _TICKED:
        return f" {_TICKED[kind]['checked' in attributes]} "
    return "" if kind in _WITHOUT_WORDS else _words(attributes.get("value", ""))


def _chosen(control: re.Match[str]) -> str:
    options = [(_attributes(raw), words.strip()) for raw, words in _OPTION.findall(control[2])]
    chosen = [words for raw, words in options if "selected" in raw]
    if not chosen and "multiple" not in _attributes(control[1]):
        chosen = [words for _, words in options[:1]]
    return f" {', '.join(chosen)} "


def _measured(control: re.Match[str]) -> str:
    attributes = _attributes(control[2])
    value, most = attributes.get("value", ""), attributes.get("max", "")
    return _words(f"{value} of {most}" if value and most else value)


def _attributes(raw: str) -> dict[str, str]:
    matches = _ATTRIBUTE.findall(raw)
    return {name.lower(): unescape(double or single or bare) for name, double, single, bare in reversed(matches)}


def _words(value: str) -> str:
    return f" {escape(value)} " if value else ""
