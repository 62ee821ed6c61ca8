"""What a file would change, in words and as edits; and what a module of a format gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from ctekit.interchange._contents import Place
from ctekit.interchange._names import Names
from ctekit.interchange._snapshot import Snapshot
from ctekit.model.questions import Json, Question
from ctekit.model.text import count
from ctekit.store import Edit, SaveResult


class Format(Protocol):
    """How one answer stands in a file; a module of this package."""

    def shown(self, snapshot: Snapshot, place: Place, question: Question | None) -> Any:
        """What the file holds at a place."""
        ...

    def same(self, value: Any, other: Any) -> bool:
        """Whether two things that a file holds are the same answer."""
        ...

    def read(self, question: Question, given: Any, names: Names) -> Json:
        """The answer that was written, as the store keeps it."""
        ...

    def read_mark(self, given: Any, names: Names) -> Json:
        """An honest blank that was written."""
        ...


@dataclass(frozen=True)
class Change:
    """One thing that a file says otherwise, in words.

    Attributes
    ----------
    what : str
        Where: the table or worksheet, the row's name, the question.
    old, new : str
        The answer here and that of the file; "" for blank.
    private : bool
        For the facilitator only.
    """

    what: str = field(repr=False)
    old: str = field(default="", repr=False)
    new: str = field(default="", repr=False)
    private: bool = False


@dataclass
class Plan:
    """What taking a file in would do.

    Attributes
    ----------
    edits : list of Edit
        To be saved together.
    new, changed, gone, both, refused : list of Change
        Rows that come; answers that change; rows that the file lacks; answers that were changed here as well, which
        stay; what cannot be read, with the reason as `new`.
    removed : bool
        Whether the rows that the file lacks are taken out.
    knows_moment : bool
        Whether it is known how the partnership stood when the file was written.
    makes_partnership : bool
        Whether nothing has been answered here yet.
    """

    edits: list[Edit] = field(default_factory=list)
    new: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    gone: list[Change] = field(default_factory=list)
    both: list[Change] = field(default_factory=list)
    refused: list[Change] = field(default_factory=list)
    removed: bool = False
    knows_moment: bool = True
    makes_partnership: bool = False

    def sections(self) -> Iterator[tuple[str, list[Change], str]]:
        """What is shown of it before it is written.

        Yields
        ------
        tuple
            A title, its changes, and how the answers of each are put together, see `lines`.
        """
        gone = "Not in the file, and taken out" if self.removed else "Not in the file; stays here"
        both = "Changed here as well; what stands here stays, that of the file goes into the history"
        arrow = "{old} → {new}"
        for title, changes, words in (
            ("New", self.new, arrow),
            ("Changed", self.changed, arrow),
            (gone, self.gone, arrow),
            (both, self.both, "{old} (the file: {new})"),
            ("Could not be read, and is held back", self.refused, "{new}"),
        ):
            if changes:
                yield title, changes, words

    def written(self, saved: Sequence[SaveResult]) -> int:
        """Count what stands as the file has it, as it was shown before: a new row once, with its answers.

        Parameters
        ----------
        saved : sequence of SaveResult
            What became of each edit.

        Returns
        -------
        int
        """
        coming = {edit.row for edit in self.edits if edit.field == "row" and edit.value is not None}
        counted = (edit.field == "row" or edit.row not in coming for edit in self.edits)
        return sum(counts and not result.conflict for counts, result in zip(counted, saved, strict=True))

    def sentences(self, saved: Sequence[SaveResult]) -> list[str]:
        """What was written, and how much was changed here as well, for people.

        Parameters
        ----------
        saved : sequence of SaveResult
            What became of each edit.

        Returns
        -------
        list of str
        """
        done = f"{count(self.written(saved), 'answer or row is', 'answers and rows are')} written."
        late = sum(result.conflict is not None for result in saved)
        if not late:
            return [done]
        both = count(late, "answer or row was", "answers and rows were")
        return [done, f"{both} changed here as well: what stood here stays, and that of the file is in the History."]


def lines(changes: Sequence[Change], private: bool, words: str = "{old} → {new}") -> Iterator[str]:
    """Changes as lines for people; what is for the facilitator only is told of without its words.

    Parameters
    ----------
    changes : sequence of Change
    private : bool
        Whether what is for the facilitator only is told.
    words : str
        How the answer here, `old`, and that of the file, `new`, are put together.

    Yields
    ------
    str
    """
    for change in changes:
        if change.private and not private:
            yield "something for the facilitator only; --private shows it"
        elif change.old or change.new:
            answers = words.format(old=change.old or "(blank)", new=change.new or "(blank)")
            yield f"{change.what}: {answers}"
        else:
            yield change.what
