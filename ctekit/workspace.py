"""A partnership's folder: the store, and its own copies of the guided notebooks and of the exercises."""

from __future__ import annotations

import re
from pathlib import Path

from ctekit import worksheets
from ctekit.model import paths, questions, text
from ctekit.model.errors import CtekitError
from ctekit.model.files import DRAFT, fits_everywhere, make_folder, refuse_unfit, write_whole
from ctekit.model.paths import STORE_FILE, content
from ctekit.store import Edit, StoreError, create_store, pointer
from ctekit.store.file import whole

__all__ = [
    "copy_exercises",
    "copy_notebooks",
    "exercises",
    "folder_for",
    "holds_exercises",
    "join",
    "make",
    "notebooks",
    "read_name",
]


def make(folder: Path, name: str = "", sample: str = "", partnership: str | None = None, url: str = "") -> Path:
    """Start a partnership in a folder.

    Parameters
    ----------
    folder : Path
        Made if it is not there.
    name : str
        The partnership's name; with a sample, "" keeps the sample's own.
    sample : str
        The invented partnership to begin with; "" for an empty one.
    partnership : str or None
        The id it has elsewhere already; None to invent one.
    url : str
        The address of a hub's database to keep the answers in; "" for a file in the folder.

    Returns
    -------
    Path
        The store's file.

    Raises
    ------
    StoreError
        There is a partnership already.
    CtekitError
        The name says nothing, or is too long; or the folder cannot be written, or is called as none can be on Windows.
    LookupError
        There is no such sample.
    """
    from ctekit import rounds, samples

    edits = [Edit(slug, field, value, row) for slug, row, field, value in samples.edits(sample)] if sample else []
    if name:
        edits.append(Edit("profile", "name", read_name(name)))
    file = _furnished(folder)
    # Last, and whole or not at all: one that lacks half of its beginning would stand in the way of the next try.
    with whole(file) as draft:
        store = create_store(draft, partnership=partnership, url=url)
        try:
            if edits:
                store.save(edits)
            if sample and samples.ratings(sample):
                rounds.keep_sample(store, sample)
        finally:
            store.close()
    return file


def read_name(name: str) -> str:
    """Read the name of a partnership that is to be made.

    Parameters
    ----------
    name : str

    Returns
    -------
    str
        In one line, as it is kept.

    Raises
    ------
    CtekitError
        It says nothing, or is too long.
    """
    question = worksheets.called("profile").question("name")
    words = text.one_line(questions.read(question, name) or "")
    if not text.says_something(words):
        raise CtekitError(
            f"{text.quoted(name)} is no name for a partnership: it has no letter and no number. Nothing was made. "
            "Give the name that people know it by; it can be changed later."
        )
    return words


def folder_for(name: str) -> Path:
    """A folder for a partnership of this name, which every system can have.

    Parameters
    ----------
    name : str

    Returns
    -------
    Path
        In the folder where one stands; it may be there already.
    """
    called = re.sub(r"[^a-z0-9]+", "-", name.lower())[:60].strip("-") or "partnership"
    return Path(called if fits_everywhere(called) else f"{called}-partnership")


def join(folder: Path, url: str, partnership: str) -> Path:
    """Make a folder for a partnership of a hub that is there already.

    Parameters
    ----------
    folder : Path
        Made if it is not there.
    url : str
        The address of the hub's database.
    partnership : str
        The partnership's id.

    Returns
    -------
    Path
        The pointer.

    Raises
    ------
    StoreError
        There is a partnership already, or it is not shared with us.
    ctekit.model.files.NotWrittenError
        The folder cannot be written.
    """
    where = pointer.address(url)
    from ctekit.store.postgres.database import PostgresDatabase

    PostgresDatabase(folder / STORE_FILE, where, partnership).check()
    file = _furnished(folder)
    pointer.write(file, pointer.Pointer(pointer.location(where), partnership))
    return file


def _furnished(folder: Path) -> Path:
    """Make a folder with its notebooks; gives where its partnership is to be."""
    file = folder / STORE_FILE
    if file.exists():
        raise StoreError(f"There is a partnership in {folder} already. Choose another folder, or open that one.")
    refuse_unfit(folder)
    make_folder(folder)
    for pattern in (f".{STORE_FILE}.*", DRAFT, f"exercises/{DRAFT}"):  # of a try that was cut short
        for draft in folder.glob(pattern):
            draft.unlink(missing_ok=True)
    copy_notebooks(folder)
    if folder.resolve() != content("notebooks").resolve():  # a checkout has its exercises beside its notebooks
        copy_exercises(folder)
    return file


def copy_notebooks(folder: Path) -> list[Path]:
    """Copy the guided notebooks that are not there yet. One that is there is somebody's own: it is never overwritten.

    Parameters
    ----------
    folder : Path
        The partnership's folder.

    Returns
    -------
    list of Path
        The copies that differ from this version's notebooks.

    Raises
    ------
    ctekit.model.files.NotWrittenError
        The folder cannot be written.
    """
    return _copy(notebooks(), folder)


def copy_exercises(folder: Path) -> list[Path]:
    """Copy the exercises into the folder ``exercises``, just as `copy_notebooks` does; gives those that differ.

    Parameters
    ----------
    folder : Path
        The partnership's folder.

    Returns
    -------
    list of Path
        The copies that differ from this version's exercises.

    Raises
    ------
    ctekit.model.files.NotWrittenError
        The folder cannot be written.
    """
    home = folder / "exercises"
    make_folder(home)
    return _copy(exercises(), home)


def holds_exercises(folder: Path) -> bool:
    """Whether a folder holds the exercises and no guided notebooks; some of both have the same names.

    Parameters
    ----------
    folder : Path
        Any folder.

    Returns
    -------
    bool
        False also for a folder that is not there.
    """
    others = (folder / STORE_FILE, folder / "00-start-here.ipynb")
    return (folder / exercises()[0].name).exists() and not any(path.exists() for path in others)


def _copy(files: list[Path], folder: Path) -> list[Path]:
    differ = []
    for ours in files:
        theirs = folder / ours.name
        if theirs.exists():
            if theirs.resolve() != ours.resolve() and _words(theirs) != _words(ours):
                differ.append(theirs)
            continue
        write_whole(theirs, ours.read_bytes())  # half a notebook would pass for somebody's own
    return differ


def notebooks() -> list[Path]:
    """The guided notebooks of this version, in order.

    Returns
    -------
    list of Path
        In the installed package or the checkout.
    """
    return paths.notebooks(content("notebooks"))


def exercises() -> list[Path]:
    """The exercises of this version in order, and the page on how to run them in pairs.

    Returns
    -------
    list of Path
        In the installed package or the checkout.
    """
    folder = content("exercises")
    return [*paths.notebooks(folder), folder / "README.md"]


def _words(notebook: Path) -> object:
    """What a notebook says, without outputs and counts, which change whenever somebody runs it."""
    import json

    try:
        cells = json.loads(notebook.read_text("utf-8"))["cells"]
        return [(cell["cell_type"], "".join(cell["source"])) for cell in cells]
    except (ValueError, KeyError, TypeError, OSError):
        return None
