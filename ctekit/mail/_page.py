"""One mailed file as HTML: the forms, their scripts and the answers of one partner, and no way to any network."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader
from markupsafe import Markup

from ctekit.mail import _form
from ctekit.model.days import long_day
from ctekit.model.files import fits_everywhere
from ctekit.views.render import environment
from ctekit.widgets.bundle import bundle
from ctekit.workbook import Workbook
from ctekit.worksheets.communication import Communication
from ctekit.worksheets.profile import Profile
from ctekit.worksheets.recruitment import Recruitment

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Header:
    """What stands over a mailed file.

    Attributes
    ----------
    mail : str
        The id of the letter.
    partnership : str
        The id of the partnership.
    organization : str
        The id of whom it is for.
    person : str
        The name of whoever is asked to fill it in; "" for whoever does.
    day : str
        As of when (ISO).
    reply : str
        Where to send the answers; "" for the address of the front door.
    """

    mail: str
    partnership: str
    organization: str
    person: str
    day: str
    reply: str = ""


def html(header: Header, book: Workbook, worksheets: Sequence[str]) -> str:
    """The file. It is made of what is given, and of nothing else.

    Parameters
    ----------
    header : Header
    book : Workbook
        As `for_partner` gives it.
    worksheets : sequence of str
        The slugs of those to fill in.

    Returns
    -------
    str
        HTML, whole.
    """
    front = book[Communication]
    to = book.name(header.organization)
    sheets = [{"spec": _form.spec(slug, book, header.mail), "state": _form.state(slug, book)} for slug in worksheets]
    data = {
        "header": {
            "mail": header.mail,
            "partnership": header.partnership,
            "to": header.organization,
            "name": file_stem(to),
        },
        "sheets": sheets,
    }
    style, script = _style(), _script()
    page: str = _template().render(
        policy=_policy(style, script),
        style=Markup(style),
        script=Markup(script),
        data=_in_script(data),
        partnership=book[Profile].name or "the partnership",
        to=to,
        person=header.person,
        day=long_day(header.day),
        reply=header.reply or front.front_door_address or "",
        desk="" if header.reply else front.front_door or "",
        asks=[(book.name(row.person or ""), row.ask) for row in book[Recruitment].invitations],
    )
    return page


def file_stem(name: str) -> str:
    """A name as part of a file's name.

    Parameters
    ----------
    name : str

    Returns
    -------
    str
        ``"castellan-gear"``.
    """
    words = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in name.lower()).split()
    stem = "-".join(words)[:60] or "partner"
    return stem if fits_everywhere(stem) else f"partner-{stem}"


def _in_script(data: Mapping[str, Any]) -> Markup:
    """Data that stands in a script element: nothing in it can end that."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return Markup(text.replace("<", "\\u003c"))


def _policy(style: str, script: str) -> str:
    """No network at all: what is not named here is refused."""
    kinds = {"default": "'none'", "img": "data:", "script": _hash(script), "style": _hash(style)}
    parts = [f"{kind}-src {source}" for kind, source in kinds.items()]
    return "; ".join([*parts, "base-uri 'none'", "form-action 'none'"])


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _style() -> str:
    sheet = (_HERE.parent / "widgets" / "sheet.css").read_text("utf-8")
    return f"{sheet}\n{(_HERE / 'page.css').read_text('utf-8')}"


@cache
def _script() -> str:
    return f"(() => {{\n{bundle('mailed')}\n}})();"


@cache
def _template() -> Any:
    return environment(FileSystemLoader(_HERE)).get_template("page.html.j2")
