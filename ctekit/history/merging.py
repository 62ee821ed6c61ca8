"""What a merge brought, and where copies contradict each other, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctekit import worksheets
from ctekit.analysis.doubles import Double, doubles
from ctekit.history.changes import current_values, differences
from ctekit.history.describe import ChangeDescriber
from ctekit.history.entries import Entry, local_time
from ctekit.store import Revision, Store
from ctekit.store.differences import Difference
from ctekit.store.differences import differences as open_differences
from ctekit.store.told_apart import told_apart

if TYPE_CHECKING:
    from ctekit.store.joining import Joined


@dataclass(frozen=True)
class Answer:
    """One of the answers that people may choose among.

    Attributes
    ----------
    words : str
    who, moment : str
        Who said so, and when, as people read it.
    stands : bool
        Whether it stands until somebody chooses.
    revision : Revision
    """

    words: str
    who: str
    moment: str
    stands: bool
    revision: Revision


@dataclass(frozen=True)
class Choice:
    """An answer that was given in several ways, side by side.

    Attributes
    ----------
    worksheet : str
        Its title.
    row, question : str
        The row's name, "" for none; and the question's title.
    answers : tuple of Answer
        The one that was here first comes first.
    difference : Difference
    """

    worksheet: str
    row: str
    question: str
    answers: tuple[Answer, ...]
    difference: Difference

    @property
    def what(self) -> str:
        """Where it is, in one line."""
        return ": ".join(filter(None, (self.worksheet, self.row, self.question)))


def choices(store: Store, *, private: bool = False) -> list[Choice]:
    """The answers that people have to choose among.

    Parameters
    ----------
    store : Store
    private : bool
        Also those that are for the facilitator only.

    Returns
    -------
    list of Choice
        Whether there are others that were not asked for is told by nothing.
    """
    there = open_differences(store)
    if not there:
        return []
    order = {slug: number for number, slug in enumerate(worksheets.every())}
    there.sort(key=lambda difference: order.get(difference.stands.worksheet, len(order)))
    describer = ChangeDescriber(store.load(), private=private)
    return [choice for difference in there if (choice := _choice(describer, difference)) is not None]


def _choice(describer: ChangeDescriber, difference: Difference) -> Choice | None:
    answers = []
    for revision in difference.answers:
        entries = describer.describe([revision])
        if not entries:
            return None
        entry = entries[0]
        words = entry.new if revision.field != "row" or revision.value is None else "kept"
        stands = revision.uid == difference.stands.uid
        answers.append(Answer(words, revision.who, local_time(revision.said_at or revision.at), stands, revision))
    title = worksheets.called(entry.worksheet).title
    return Choice(title, entry.name, entry.question, tuple(answers), difference)


def brought(store: Store, since: int, *, private: bool = False) -> list[Entry]:
    """What stands in another way since a revision: one entry a place, oldest first.

    Parameters
    ----------
    store : Store
    since : int
        The number of the revision.
    private : bool
        Also what is for the facilitator only.
    """
    history = store.history()
    before = current_values(revision for revision in history if revision.seq <= since)
    changed = differences(before, current_values(history))
    return ChangeDescriber(store.load(), before, private).describe(changed)[::-1]


def report(store: Store, since: int, joined: Iterable[Joined], *, private: bool = False) -> list[tuple[str, list[str]]]:
    """What a merge does, as headings with their lines.

    Parameters
    ----------
    store : Store
        Merged, or a draft in which the merge is tried.
    since : int
        The number of the newest revision before.
    joined : iterable of Joined
        One a copy.
    private : bool
        Also what is for the facilitator only.

    Returns
    -------
    list of tuple of str and list of str
        None of them without a line.
    """
    book = store.load()
    put_back = [line for each in joined for line in each.put_back]
    sections = {
        "Comes in": [entry.words for entry in brought(store, since, private=private)],
        "Deleted on one side, changed on the other; put back": [
            book.name(line.row)
            for line in put_back
            if private or not worksheets.called(line.worksheet).is_private(line.field, line.row)
        ],
    }
    return [(title, lines) for title, lines in sections.items() if lines]


def proposed_doubles(store: Store) -> list[Double]:
    """Organizations and people that look like the same, one of them born in another copy; not those told apart."""
    born: dict[str, Revision] = {}
    for revision in store.history("profile", field="row"):
        born.setdefault(revision.row, revision)
    arrived = {row for row, revision in born.items() if revision.said_at}
    apart = told_apart(store) if arrived else ()
    return [each for each in doubles(store.load(), arrived) if {each.first, each.second} not in apart]


def lines(choices: Sequence[Choice]) -> Iterator[str]:
    """Choices as lines of a terminal: where, and below it each answer with who said it, and when."""
    for choice in choices:
        yield choice.what
        for answer in choice.answers:
            stands = "  (stands now)" if answer.stands else ""
            yield f"    {answer.words or '(blank)'}    {answer.who or 'somebody'}, {answer.moment}{stands}"
