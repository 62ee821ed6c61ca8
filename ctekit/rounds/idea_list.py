"""Ideas that were asked for a list of a worksheet: they go into it as its rows, each once."""

from __future__ import annotations

from dataclasses import dataclass

from ctekit import worksheets
from ctekit.model import text
from ctekit.model.errors import CtekitError
from ctekit.ratings import Round
from ctekit.store import Edit, Store

WHO = "ideas from phones"
"""Who the history says it was."""


@dataclass(frozen=True)
class IdeaList:
    """The list that ideas are for.

    Attributes
    ----------
    title : str
        As people call it.
    worksheet, field : str
        Where it stands.
    missing : tuple of str
        The ideas that are shown and do not stand in it.
    """

    title: str
    worksheet: str
    field: str
    missing: tuple[str, ...]


def idea_list(store: Store, round_: Round) -> IdeaList | None:
    """The list in which the ideas of a round belong. An idea stands there in whatever words its row has got since.

    Parameters
    ----------
    store : Store
    round_ : Round
        Of ideas, or of dots on them.

    Returns
    -------
    IdeaList or None
        None where they are for no list, or for one whose rows are not called by words.
    """
    slug, _, field = round_.subject.partition(".")
    sheet = store.load().sheets.get(slug)
    question = sheet.tables().get(field) if sheet else None
    if sheet is None or question is None or not question.row.questions()[question.row.named_by].kind.is_words:
        return None
    there = {row.id for row in sheet.rows(field)}
    written = store.history(slug, field=question.row.named_by)
    standing = {_same(str(revision.value or "")) for revision in written if revision.row in there}
    ideas = round_.options if round_.state != "open" or round_.about == "dots" else ()
    missing = tuple(idea for idea in ideas if _same(idea) not in standing)
    return IdeaList(question.title, sheet.slug, field, missing)


def keep_in_list(store: Store, round_: Round) -> None:
    """Put the ideas that are shown into their list, below what stands there; all of them are one step of the history.

    Parameters
    ----------
    store : Store
    round_ : Round

    Raises
    ------
    CtekitError
        They are for no list, or all of them stand in it.
    """
    target = idea_list(store, round_)
    if target is None:
        raise CtekitError("These ideas were asked for no list. Put what the room chooses into the plan.")
    if not target.missing:
        raise CtekitError(f"All ideas that are shown stand in the list “{target.title}”. Nothing was written twice.")
    table = worksheets.called(target.worksheet).tables()[target.field]
    edits = []
    for place, idea in enumerate(target.missing, 1):
        new = f"{table.prefix}-*{place}"
        edits += [
            Edit(target.worksheet, "row", "", row=new, who=WHO),
            Edit(target.worksheet, table.row.named_by, idea, row=new, who=WHO),
        ]
    store.save(edits)


def change_in_list(store: Store, round_: Round, before: str, words: str) -> None:
    """Write an idea anew in its list, too, where phones' words stand there as they were shown before.

    A row that people wrote into the worksheet themselves stays as it is, even if it says the same.

    Parameters
    ----------
    store : Store
    round_ : Round
    before, words : str
        In which the idea was shown, and is shown now.
    """
    target = idea_list(store, round_)
    if target is None or round_.state != "revealed":  # before that none of its ideas was put there
        return
    name = worksheets.called(target.worksheet).tables()[target.field].row.named_by
    from_phones = {revision.row for revision in store.history(target.worksheet, field=name) if revision.who == WHO}
    rows = store.load().rows(f"{target.worksheet}.{target.field}")
    standing = [row.id for row in rows if row.id in from_phones and _same(getattr(row, name) or "") == _same(before)]
    if standing:
        store.save([Edit(target.worksheet, name, words, row=standing[-1], who=WHO)])


def _same(words: str) -> str:
    return text.key(words).rstrip(".!")
