"""Somebody adds a kind of question: one entry in Python, one function in JavaScript, and a worksheet that asks it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import ctekit
from ctekit import worksheets
from ctekit.widgets.bundle import bundle
from ctekit.widgets.sheet import Sheet

WORKSHEET = '''"""Whom to write to: a worksheet that asks a question of a new kind."""

from typing import ClassVar

from ctekit.model import questions
from ctekit.model.question import Kind, Question
from ctekit.model.questions import InvalidAnswerError
from ctekit.model.worksheet import Row, Worksheet


def read_email(question, given):
    if not isinstance(given, str) or "@" not in given:
        raise InvalidAnswerError("An email address has an @ in it. Write one such as ann@school.example.")
    return given.lower()


EMAIL = Kind("email", "string", "email", read_email, paper_lines=3)


class Contact(Row):
    named_by: ClassVar[str] = "name"

    name: str | None = questions.text("Name", quick=True)
    email: str | None = questions.field(Question(EMAIL, "Email", quick=True))


class Contacts(Worksheet):
    slug: ClassVar[str] = "contacts"
    element: ClassVar[int] = 9
    title: ClassVar[str] = "Contacts"
    notebook: ClassVar[str] = "09-contacts"

    office: str | None = questions.field(Question(EMAIL, "Email of the office", quick=True))
    contacts: tuple[Contact, ...] = questions.rows("Whom we write to", Contact, "contact", quick=True)
'''

CONTROL = """// An email address, with the keyboard that a phone has for it.

import { CONTROLS } from "../controls.js";
import { textBox } from "../text_box.js";

CONTROLS.email = (question, value, refs, changed, tie) => textBox(value, changed, tie, { inputmode: "email" });
"""


@contextmanager
def new_kind(folder: Path) -> Iterator[None]:
    """The new worksheet lies in a folder of worksheets, and the new control among those of the form."""
    (folder / "modules").mkdir()
    (folder / "modules" / "contacts.py").write_text(WORKSHEET, encoding="utf-8")
    scripts = Path(shutil.copytree(Path(ctekit.__file__).parent / "widgets" / "js", folder / "js"))
    (scripts / "controls" / "email.js").write_text(CONTROL, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(worksheets, "__path__", [*worksheets.__path__, str(folder / "modules")])
        patch.setattr(Sheet, "_esm", bundle("worksheet", scripts))
        worksheets.every.cache_clear()
        yield
    worksheets.every.cache_clear()
