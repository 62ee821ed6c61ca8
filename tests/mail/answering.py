"""A mailed page without a browser: what somebody answers in it, as the file that it saves."""

from __future__ import annotations

import json
import re
import uuid
import zlib
from pathlib import Path
from typing import Any

from ctekit import mail
from ctekit.store import SaveResult, Store, open_store
from tests import stores


def harrow_bend(home: Path) -> Store:
    """The sample as a partnership of its own."""
    return open_store(stores.harrow_bend(home))


class MailedPage:
    """A page that was mailed to somebody."""

    def __init__(self, store: Store, to: str) -> None:
        (self.mailing,) = mail.prepare(store, [to])
        store.keep_letters([self.mailing.letter])
        self.data = json.loads(re.findall(r'id="mailed">(.*?)</script>', self.mailing.html)[0])
        self.entries: list[dict[str, Any]] = []

    def answers(self, slug: str) -> dict[str, dict[str, Any]]:
        (answers,) = [each["state"]["answers"] for each in self.data["sheets"] if each["spec"]["slug"] == slug]
        return dict(answers)

    def row(self, slug: str, field: str, value: object) -> str:
        return next(row for row, fields in self.answers(slug).items() if fields.get(field) == value)

    def write(self, worksheet: str, row: str, field: str, value: Any, **more: Any) -> MailedPage:
        entry = {"uid": uuid.uuid4().hex, "worksheet": worksheet, "row": row, "field": field, "value": value, "at": ""}
        self.entries.append(entry | more)
        return self

    def text(self, **changed: Any) -> str:
        header = self.data["header"]
        identity = {name: header[name] for name in ("mail", "partnership", "to")}
        return sealed({"ctekit": "answers", "format": 1, **identity, "entries": self.entries} | changed)

    def save(self, path: Path, **changed: Any) -> Path:
        path.write_text(self.text(**changed), "utf-8")
        return path


def sealed(data: dict[str, Any]) -> str:
    """Data with the sum that a page puts at the end."""
    head = f'{json.dumps(data, ensure_ascii=False, separators=(",", ":"))[:-1]},"end":"'
    return f'{head}{zlib.crc32(head.encode()):08x}"}}'


def take(store: Store, path: Path) -> list[SaveResult]:
    return mail.take(store, mail.plan(store, mail.read(path)))


def write_answers(file: Path, to: Path) -> None:
    header = json.loads(re.findall(r'id="mailed">(.*?)</script>', file.read_text("utf-8"))[0])["header"]
    entry = {"uid": "a" * 32, "worksheet": "value", "row": "x-*1", "field": "gives", "value": "A lathe", "at": ""}
    birth = entry | {"uid": "b" * 32, "field": "row", "value": ""}
    identity = {name: header[name] for name in ("mail", "partnership", "to")}
    to.write_text(sealed({"ctekit": "answers", "format": 1, **identity, "entries": [birth, entry]}), "utf-8")
