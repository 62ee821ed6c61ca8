"""Making mailed files: to whom, what is in them, and which words of theirs go out."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ctekit import worksheets
from ctekit.mail import _form, _page
from ctekit.mail._projection import for_partner
from ctekit.model.errors import NotFoundError
from ctekit.model.files import make_folder, write_whole
from ctekit.model.text import key, listed, quoted
from ctekit.store import Store
from ctekit.store.letters import Letter
from ctekit.workbook import Workbook
from ctekit.worksheets.profile import Organization, Person, Profile

WORKSHEETS = tuple(_form.PARTS)
"""The slugs of those that can be mailed."""


@dataclass(frozen=True)
class Mailing:
    """A file that is ready to be sent.

    Attributes
    ----------
    letter : Letter
    name : str
        Of whom it is for.
    file_name : str
    html : str
    words : tuple of str
        What people wrote in words of their own and now goes out; only people can tell whom it names.
    """

    letter: Letter
    name: str
    file_name: str
    html: str
    words: tuple[str, ...]


def prepare(
    store: Store, to: Sequence[str] = (), slugs: Sequence[str] = (), reply: str = "", today: str = ""
) -> list[Mailing]:
    """Make the files. Nothing is written yet.

    Parameters
    ----------
    store : Store
    to : sequence of str
        Names or ids of organizations and people; empty for every organization.
    slugs : sequence of str
        Of worksheets; empty for all that can be mailed.
    reply : str
        Where to send the answers; "" for the address of the front door.
    today : str
        The day that stands in the files (ISO); "" for this one.

    Returns
    -------
    list of Mailing

    Raises
    ------
    NotFoundError
        There is no such organization, person or worksheet to mail.
    """
    book = store.load()
    chosen = tuple(slugs) or WORKSHEETS
    unknown = [slug for slug in chosen if slug not in WORKSHEETS]
    if unknown:
        raise NotFoundError(
            f"The worksheet {quoted(unknown[0])} cannot be mailed. Nothing was written. "
            f"Choose from: {listed(WORKSHEETS)}."
        )
    whole = [(row.id, "") for row in book[Profile].organizations if row.name]
    receivers = [_receiver(book, name) for name in to] or whole
    if not receivers:
        raise NotFoundError("There is no organization yet to mail to. Write them in 00-start-here, then try again.")
    day = today or datetime.datetime.now().astimezone().date().isoformat()
    return _numbered([_mailing(store, book, receiver, chosen, reply, day) for receiver in receivers])


def words_by_organization(book: Workbook) -> list[tuple[str, str, tuple[str, ...]]]:
    """What would go out in words of people's own, for each organization.

    Parameters
    ----------
    book : Workbook

    Returns
    -------
    list of tuple
        Id and name of the organization, and the words.
    """
    rows = [(row.id, row.name) for row in book[Profile].organizations if row.name]
    return [(id, name, tuple(_words(for_partner(book, id), WORKSHEETS))) for id, name in rows if name]


def send(store: Store, mailings: Sequence[Mailing], folder: Path) -> list[Path]:
    """Write the files, once the store knows them: one that it does not know could never be taken back.

    Parameters
    ----------
    store : Store
    mailings : sequence of Mailing
    folder : pathlib.Path
        It is made where it is not there.

    Returns
    -------
    list of pathlib.Path

    Raises
    ------
    ctekit.store.StoreError
        The store could not be written; no file was.
    ctekit.model.files.NotWrittenError
        A file could not be written.
    """
    make_folder(folder)
    store.keep_letters([mailing.letter for mailing in mailings])
    paths = [folder / mailing.file_name for mailing in mailings]
    for path, mailing in zip(paths, mailings, strict=True):
        write_whole(path, mailing.html.encode())
    return paths


def _receiver(book: Workbook, name: str) -> tuple[str, str]:
    """The organization and the person behind a name; the person is "" where an organization is meant."""
    profile = book[Profile]
    rows: list[Organization | Person] = [*profile.organizations, *profile.people]
    matches = [row for row in rows if row.id == name] or [
        row for row in rows if row.name and key(row.name) == key(name)
    ]
    if len(matches) != 1:
        there = "Nobody" if not matches else f"{len(matches)} rows"
        raise NotFoundError(
            f"{there} in this partnership {'is' if not matches else 'are'} called {quoted(name)}. Nothing was written. "
            "Give the name of an organization or a person as it stands in the profile."
        )
    organization = getattr(matches[0], "organization", None)
    if matches[0] in profile.organizations:
        return matches[0].id, ""
    if not organization or organization not in book.row_by_id:
        raise NotFoundError(
            f"It is not said where {quoted(name)} comes from. Nothing was written. Say so in the profile first."
        )
    return organization, matches[0].id


def _mailing(
    store: Store, book: Workbook, receiver: tuple[str, str], chosen: Sequence[str], reply: str, day: str
) -> Mailing:
    organization, person = receiver
    theirs = for_partner(book, organization)
    slugs = tuple(slug for slug in worksheets.every() if slug in chosen and _form.asked(slug, theirs))
    letter = Letter(uuid.uuid4().hex, organization, person, slugs, book.revision)
    name = book.name(person) if person else ""
    header = _page.Header(letter.id, store.partnership, organization, name, day, reply)
    stem = _page.file_stem(book.name(organization))
    return Mailing(
        letter,
        name or book.name(organization),
        f"{stem}.html",
        _page.html(header, theirs, slugs),
        tuple(_words(theirs, slugs)),
    )


def _numbered(mailings: Sequence[Mailing]) -> list[Mailing]:
    """Files of names of their own, whoever they are for."""
    names: dict[str, int] = {}
    different = []
    for mailing in mailings:
        stem = mailing.file_name.removesuffix(".html")
        names[stem] = names.get(stem, 0) + 1
        name = mailing.file_name if names[stem] == 1 else f"{stem}-{names[stem]}.html"
        different.append(Mailing(mailing.letter, mailing.name, name, mailing.html, mailing.words))
    return different


def _words(book: Workbook, slugs: Sequence[str]) -> list[str]:
    """What stands in the file in people's own words, each once, in the order of the page."""
    texts = []
    for slug in slugs:
        for name, columns in _form.asked(slug, book).items():
            rows = book[worksheets.called(slug)].rows(name) if columns else ()
            for row in rows:
                texts += [getattr(row, field) for field, column in columns.items() if column.kind.is_words]
                texts += [mark.because for mark in row.marks.values()]
    return list(dict.fromkeys(text for text in texts if text))
