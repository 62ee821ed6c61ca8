"""Taking the last import back in one step; what somebody has changed since stays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace

from ctekit.history.changes import Place, Step, current_values, place
from ctekit.history.undo import SupersededError, inverse_edits
from ctekit.model.text import count
from ctekit.store import Edit, Revision, Store, steps

NOTHING_TO_UNDO = (
    "Nothing to do: there was no import, or the last one was taken back before. "
    "Only the last import can be taken back. The History of a worksheet brings back what stood before others."
)
"""What is said where there is no import to take back."""


@dataclass(frozen=True)
class Undone:
    """What taking an import back did.

    Attributes
    ----------
    number : int
        Answers and rows that stand as they stood before.
    stay : tuple of Revision
        One for each answer, and each new row as a whole, that stays because somebody has changed it since.
    """

    number: int = 0
    stay: Step = ()

    def sentences(self) -> list[str]:
        """What was done, and how much stays, for people.

        Returns
        -------
        list of str
        """
        if self.number:
            done = f"The last import was taken back: {count(self.number, 'answer or row', 'answers and rows')}."
        else:
            done = "Nothing was taken back: nothing of the last import stands as it came."
        if not self.stay:
            return [done]
        words = "stays, because it was" if len(self.stay) == 1 else "stay, because they were"
        return [done, f"{count(len(self.stay), 'answer or row', 'answers and rows')} {words} changed since."]


def undo(store: Store) -> Undone | None:
    """Take the last import back, in one step; it stays in the history.

    Parameters
    ----------
    store : Store

    Returns
    -------
    Undone or None
        None where there was no import, or the last one was taken back before.

    Raises
    ------
    ctekit.store.StoreError
        It could not be written; nothing was changed.
    """
    history = store.history()
    token, step = steps.last(history, "import")
    if not step:
        return None
    edits, stay = _split([revision for revision in step if revision.conflicts_with is None], history)
    edits = [replace(edit, uid=f"{token}.undo.{number}") for number, edit in enumerate(edits)]
    saved = store.save(edits) if edits else []
    late = [result.conflict for result in saved if result.conflict]  # changed in this very moment
    return Undone(len(saved) - len(late), (*stay, *late))


def _split(step: Collection[Revision], history: list[Revision]) -> tuple[list[Edit], list[Revision]]:
    """The edits that take a step back, and what stays of it."""
    mine = {revision.seq for revision in step}
    now: defaultdict[tuple[str, str], dict[Place, Revision]] = defaultdict(dict)
    for where, revision in current_values(history).items():
        now[where[:2]][where] = revision
    # A row that came goes, or stays, as a whole; of other rows each answer for itself.
    born = {place(revision)[:2] for revision in step if revision.field == "row" and revision.old is None}
    parts: defaultdict[tuple[str, ...], list[Revision]] = defaultdict(list)
    for revision in step:
        where = place(revision)
        parts[where[:2] if where[:2] in born else where].append(revision)
    edits, stay = list[Edit](), list[Revision]()
    for part in reversed(parts.values()):
        try:
            edits += inverse_edits(tuple(part), now[place(part[0])[:2]], mine)
        except SupersededError:
            stay.append(next((revision for revision in part if revision.field == "row"), part[0]))
    return edits, stay[::-1]
