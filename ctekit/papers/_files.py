"""Putting papers on the disk: whole, and never over a file that somebody may have changed."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from ctekit.model.errors import CtekitError
from ctekit.model.files import write_whole
from ctekit.papers._blocks import Paper
from ctekit.papers.renderers import FORMATS, render, suits


def write(
    papers: Iterable[Paper],
    folder: Path,
    formats: Sequence[str] = ("html",),
    *,
    replace: bool = False,
    progress: Callable[[str], None] | None = None,
) -> list[Path]:
    """Write papers into a folder, each in each format.

    Parameters
    ----------
    papers : iterable of Paper
    folder : pathlib.Path
        Made if it is not there.
    formats : sequence of str
        Of `FORMATS`.
    replace : bool
        Whether a file that says something else may be written over.
    progress : callable
        Told the name of each file as it is made.

    Returns
    -------
    list of pathlib.Path

    Raises
    ------
    CtekitError
        A file of that name is there and differs, so nothing was written; or the folder cannot be written to.
    """
    contents: dict[str, bytes] = {}
    for paper in papers:
        for form in formats:
            if form in FORMATS and not suits(paper, form):
                continue
            name, content = render(paper, form)
            contents[name] = content
            if progress:
                progress(name)
    return put(contents, folder, replace=replace)


def put(contents: Mapping[str, bytes], folder: Path, *, replace: bool = False, beside: bool = False) -> list[Path]:
    """Put files into a folder: all, or none where one of them would be written over.

    Parameters
    ----------
    contents : mapping of str to bytes
        By name.
    folder : pathlib.Path
        Made if it is not there.
    replace : bool
        Whether a file that says something else may be written over.
    beside : bool
        Whether it stays, and the new one stands beside it under a name with a number.

    Returns
    -------
    list of pathlib.Path

    Raises
    ------
    CtekitError
        See `write`.
    """
    paths = {folder / name: content for name, content in contents.items()}
    if beside:
        paths = {_free(path, content): content for path, content in paths.items()}
    differing = [path for path, content in paths.items() if _differs(path, content)]
    if differing and not replace:
        names = ", ".join(path.name for path in differing[:3]) + (" and others" if len(differing) > 3 else "")
        raise CtekitError(
            f"{names} in {folder} would be written over, and somebody may have written in them. "
            "Nothing was written. Choose another folder, or add --replace."
        )
    for path, content in paths.items():
        write_whole(path, content)
    return list(paths)


def _free(path: Path, content: bytes) -> Path:
    """The name itself, or with the first number under which nothing else stands: ``agreement-2.docx``."""
    numbered = (path.with_stem(f"{path.stem}-{number}") for number in itertools.count(2))
    return next(each for each in itertools.chain((path,), numbered) if not _differs(each, content))


def _differs(path: Path, content: bytes) -> bool:
    """Whether something else lies there; a pipe is not opened, for that would wait for a writer."""
    return os.path.lexists(path) and not (path.is_file() and path.read_bytes() == content)
