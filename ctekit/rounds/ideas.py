"""Ideas that people wrote on phones: what the lead makes of them before they are shown, and those that are shown.

Nobody reads one while they are still being sent, nor where fewer than `LEAST_IN_ALL` people sent any: each of them
would know what the others wrote. What was typed stays in the store, whatever the lead changes.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ctekit.model import text
from ctekit.model.errors import CtekitError
from ctekit.ratings import LEAST_IN_ALL, Rating, Round
from ctekit.ratings.questions import LONGEST_IDEA
from ctekit.rounds.lookup import find
from ctekit.store import Store


@dataclass(frozen=True)
class Idea:
    """What one person or several wrote, as it will be shown.

    Attributes
    ----------
    words : str
        "" for one that is not shown.
    typed : tuple of str
        As it was typed; several where doubles were merged.
    sources : tuple of str
        The id of each. It tells nothing of the person, nor which are of one person.
    """

    words: str
    typed: tuple[str, ...]
    sources: tuple[str, ...]

    @property
    def id(self) -> str:
        """By which a page names it."""
        return self.sources[0]


def listed(store: Store, round_: Round) -> list[Idea]:
    """All ideas of a round as the lead has them before their eyes: those to be shown first, in alphabetical order.

    Parameters
    ----------
    store : Store
    round_ : Round
        About ideas.

    Returns
    -------
    list of Idea
        Empty while people still send, and where too few have sent any.
    """
    typed = store.ideas(round_.id)
    if len({rating.respondent for rating in typed}) < LEAST_IN_ALL:
        return []
    groups: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for rating in typed:
        words = str(rating.code)
        source = _source(round_, rating)
        shown = round_.edited.get(source, words)
        # What says the same stands once; what is hidden stays apart, so that each can be brought back.
        groups[text.key(shown).rstrip(".!") or source].append((source, shown, words))
    ideas = []
    for group in groups.values():
        words = min((shown for _, shown, _ in group), key=text.order)
        as_typed = sorted({written for _, _, written in group}, key=text.order)
        ideas.append(Idea(words, tuple(as_typed), tuple(sorted(source for source, _, _ in group))))
    return sorted(ideas, key=lambda idea: (not idea.words, text.order(idea.words or idea.typed[0])))


def carried_over(typed: Sequence[Rating], before: Round, reopened: Round) -> dict[str, str]:
    """What the lead changed in a round that is opened again: each change holds as long as its words stand.

    Parameters
    ----------
    typed : sequence of Rating
        The ideas of the round.
    before, reopened : Round
        As it stands, and as it will.

    Returns
    -------
    dict
        As ``edited`` of a round.
    """
    sources = {_source(before, rating): _source(reopened, rating) for rating in typed}
    return {**before.edited, **{sources[old]: words for old, words in before.edited.items() if old in sources}}


def change_words(store: Store, round_id: str, idea_id: str, words: str) -> Round:
    """Show an idea in other words.

    Parameters
    ----------
    store : Store
    round_id, idea_id : str
    words : str

    Returns
    -------
    Round
        As it stands now.

    Raises
    ------
    CtekitError
        There are no words, or too many.
    """
    words = text.one_line(words)
    if not words:
        raise CtekitError("An idea without words cannot be shown. Write some, or hide it.")
    if len(words) > LONGEST_IDEA:
        raise CtekitError(f"These words are too long for the wall. Use {LONGEST_IDEA} characters at most.")
    return _edit(store, round_id, [idea_id], words)


def merge(store: Store, round_id: str, picked: Collection[str]) -> Round:
    """Show several ideas as one, in the words of the first of them; see `listed`.

    Parameters
    ----------
    store : Store
    round_id : str
    picked : collection of str
        Their ids.

    Returns
    -------
    Round
        As it stands now.

    Raises
    ------
    CtekitError
        Fewer than two that are shown are picked.
    """
    words = [idea.words for idea in listed(store, find(store, round_id)) if idea.id in picked and idea.words]
    if len(words) < 2:
        raise CtekitError("Tick two ideas at least, then merge them.")
    return _edit(store, round_id, picked, words[0])


def hide(store: Store, round_id: str, picked: Collection[str]) -> Round:
    """Show these ideas to nobody.

    Parameters
    ----------
    store : Store
    round_id : str
    picked : collection of str
        Their ids.

    Returns
    -------
    Round
        As it stands now.

    Raises
    ------
    CtekitError
        None is picked.
    """
    return _edit(store, round_id, picked, "")


def restore(store: Store, round_id: str, picked: Collection[str]) -> Round:
    """Show these ideas as they were typed, each for itself again.

    Parameters
    ----------
    store : Store
    round_id : str
    picked : collection of str
        Their ids.

    Returns
    -------
    Round
        As it stands now.

    Raises
    ------
    CtekitError
        None is picked.
    """
    return _edit(store, round_id, picked, None)


def show(store: Store, round_id: str) -> Round:
    """Show the ideas to everybody; from then on they are the round's options.

    Parameters
    ----------
    store : Store
    round_id : str

    Returns
    -------
    Round
        As it stands now.

    Raises
    ------
    CtekitError
        Ideas are still sent.
    """
    standing = find(store, round_id)
    if standing.state == "open":
        raise CtekitError("Ideas are still coming in. Take no more first, and look through them; then reveal.")
    return _kept(store, dataclasses.replace(standing, state="revealed"))


def _source(round_: Round, rating: Rating) -> str:
    place = f"{round_.id}:{rating.respondent}:{rating.field}"
    # In a round that was opened again, another idea may have been written into the same place.
    name = f"{place}:{rating.code}" if round_.reopened else place
    return hashlib.sha256(name.encode()).hexdigest()[:12]


def _edit(store: Store, round_id: str, picked: Collection[str], words: str | None) -> Round:
    standing = find(store, round_id)
    sources = [source for idea in listed(store, standing) if idea.id in picked for source in idea.sources]
    if not sources:
        raise CtekitError("Tick an idea first. Where the list has changed meanwhile, tick it there.")
    edited = {source: kept for source, kept in standing.edited.items() if source not in sources}
    if words is not None:
        edited |= dict.fromkeys(sources, words)
    return _kept(store, dataclasses.replace(standing, edited=edited))


def _kept(store: Store, round_: Round) -> Round:
    if round_.state == "revealed":
        options = tuple(idea.words for idea in listed(store, round_) if idea.words)
        round_ = dataclasses.replace(round_, options=options)
    return store.keep_round(round_)
