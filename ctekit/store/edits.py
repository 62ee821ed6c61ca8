"""What goes into the store and what comes back: edits, revisions, and what was saved."""

from __future__ import annotations

import dataclasses
import uuid
from dataclasses import dataclass

from ctekit.model.errors import CtekitError
from ctekit.model.questions import Json


class StoreError(CtekitError):
    """The store could not be opened, read or written. The message is one sentence or two for people."""


class StaleError(StoreError):
    """Nothing was saved, for somebody else saved since: read again, then save upon what stands now."""


@dataclass(frozen=True)
class Edit:
    """One answer to be saved. It is not in its repr, which may be printed in a cell or a log.

    Attributes
    ----------
    worksheet : str
        The slug of the worksheet.
    field : str
        The question; ``"row"`` for a row itself, ``"matrix/org-3"`` for a cell, ``"marks/learners"`` for the mark of
        an honest blank.
    value : object
        The answer as `ctekit.model.questions.read` gives it, None for blank. For ``"row"``: None removes it, ``""``
        puts it at the end, ``{"after": "need-3"}`` behind that row (``{"after": ""}``: first); or a position made by
        `between`.
    row : str
        The id of the row; ``"need-*"`` for a new one, the same for all edits of a batch (``"need-*1"``, ``"need-*2"``
        and so on for several), also where an answer, a column or a position names it; "" for the worksheet itself.
    who : str
        Who says so; "" for the person at this computer.
    based_on : int or None
        The revision that was on the screen when this was typed, 0 for "there was none"; None to write in any case.
    uid : str
        Made once by whoever made the edit. Sending an edit again never writes it twice.
    said_at : str
        When it was said (ISO 8601, UTC), where that was elsewhere and earlier; "" for now.
    settles : bool
        Whether it chooses between answers that contradict each other: it is written also where it stands already.
    supersedes : str
        The uid of an answer of the same writer that came too late, and whose place it takes; "" for none.
    """

    worksheet: str
    field: str
    value: Json = dataclasses.field(repr=False)
    row: str = ""
    who: str = ""
    based_on: int | None = None
    uid: str = dataclasses.field(default_factory=lambda: uuid.uuid4().hex)
    said_at: str = ""
    settles: bool = False
    supersedes: str = ""


@dataclass(frozen=True)
class Revision:
    """One line of the history. `conflicts_with`: this one came too late, and that revision went on standing.

    `parents` are the uids of the revisions that whoever wrote it had seen standing, or in conflict, at its place: with
    them two copies of a file can be joined whatever numbers they gave. A file of the first schema says none; see
    `ctekit.store.parents`. `said_at` is when it was said, where it arrived later (`at`); else "".

    Its answers are not in its repr: a cell that shows revisions must not publish what is for the facilitator only.
    """

    seq: int
    uid: str
    worksheet: str
    row: str
    field: str
    old: Json = dataclasses.field(repr=False)
    value: Json = dataclasses.field(repr=False)
    who: str
    at: str
    based_on: int | None
    conflicts_with: int | None
    parents: tuple[str, ...] = ()
    said_at: str = ""


@dataclass(frozen=True)
class SaveResult:
    """What became of an edit, told only after it is safe on the disk.

    Attributes
    ----------
    uid : str
        Of the edit.
    row : str
        The id the row really has.
    field : str
        The question.
    seq : int
        The revision that holds the answer; 0 when a blank stayed blank that was never anything else.
    at : str
        When that was saved (ISO 8601, UTC).
    conflict : Revision or None
        What stands instead: somebody else changed the same answer meanwhile. Ours is in the history; people choose.
    """

    uid: str
    row: str
    field: str
    seq: int
    at: str
    conflict: Revision | None = None
