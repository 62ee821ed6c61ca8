"""What the sample partnership wrote, shown beside a question."""

from __future__ import annotations

from ctekit.editing.protocol import FromKernel, FromSheet
from ctekit.editing.session import EditSession
from ctekit.model import questions

_SHOWN = 3
"""So many answers of a column are shown."""


def _sample(session: EditSession, message: FromSheet) -> FromKernel:
    from ctekit import samples

    act = message["act"]
    row, field = act["row"], act["sample"]
    book = samples.book("harrow-bend")
    sheet = book[session.kind]
    question = session.kind.question(field, row)
    rows = sheet.rows(session.kind.table_of(row)) if row else [sheet]
    answers = [questions.show(question, getattr(part, field), book.name) for part in rows]
    shown = list(dict.fromkeys(filter(None, answers)))[:_SHOWN]
    return {"sample": " · ".join(shown) or "Harrow Bend left this blank."}


QUERIES = {"sample": _sample}
