"""How papers are found and made.

A paper is one module in ``ctekit.papers``: ``TITLE``, ``ABOUT`` (one sentence on what it is for) and
``papers(answers) -> tuple[Paper, ...]``, most often one, or one for each partner or person. It knows no format.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Protocol, cast

from ctekit.model.errors import CtekitError, NotFoundError, did_you_mean
from ctekit.model.reader import Reader
from ctekit.model.text import count
from ctekit.papers._answers import Answers
from ctekit.papers._blocks import Gap, Paper, gaps
from ctekit.papers._frame import DRAFT
from ctekit.workbook import Workbook


class Module(Protocol):
    """What stands in a paper's module; ``READER = "public"`` beside it for what travels, if nothing else is told."""

    TITLE: str
    ABOUT: str

    def papers(self, answers: Answers) -> tuple[Paper, ...]:
        """Make it.

        Parameters
        ----------
        answers : Answers

        Returns
        -------
        tuple of Paper
        """
        ...


@cache
def every() -> dict[str, Module]:
    """All papers by name. A paper is found by being a module of ``ctekit.papers``.

    Returns
    -------
    dict
        Name -> module.
    """
    home = importlib.import_module("ctekit.papers")
    return {
        module.name.replace("_", "-"): cast(Module, importlib.import_module(f"ctekit.papers.{module.name}"))
        for module in pkgutil.iter_modules(home.__path__)
        if not module.name.startswith("_") and not module.ispkg
    }


def called(name: str) -> Module:
    """The paper's module.

    Parameters
    ----------
    name : str
        Such as ``"agreement"``.

    Returns
    -------
    Module

    Raises
    ------
    NotFoundError
        There is no such paper. The message names the nearest, and all of them.
    """
    modules = every()
    if name not in modules:
        guess = did_you_mean(name, modules)
        raise NotFoundError(f"No paper is called '{name}'.{guess} The papers are: {', '.join(modules)}.")
    return modules[name]


def make(name: str, book: Workbook, *, final: bool = False, reader: Reader | None = None) -> tuple[Paper, ...]:
    """The papers with this name, of this workbook.

    Parameters
    ----------
    name : str
        Such as ``"agreement"``.
    book : Workbook
    final : bool
        Whether it is to be signed: then nothing may be missing in it.
    reader : str
        Who will read it; to the public, people who have not said yes to being named are called by what they do. If not
        told: the public where the module says so, else partners.

    Returns
    -------
    tuple of Paper

    Raises
    ------
    NotFoundError
        There is no such paper. The message names the nearest, and all of them.
    CtekitError
        It is final, and something is missing; the message lists it.
    """
    module = called(name)
    meant: Reader = getattr(module, "READER", "partners")
    papers = module.papers(Answers(book, reader or meant))
    if final:
        _refuse_gaps(module.TITLE, papers)
        papers = tuple(replace(paper, note="" if paper.note.startswith(DRAFT) else paper.note) for paper in papers)
    return papers


def _refuse_gaps(title: str, papers: Sequence[Paper]) -> None:
    missing = dict.fromkeys(gap for paper in papers for gap in gaps(paper))
    if missing:
        lines = "".join(f"\n- {_missing(gap)} ({gap.where})" for gap in missing)
        raise CtekitError(
            f"“{title}” cannot be final: {count(len(missing), 'answer is', 'answers are')} not written yet. "
            f"Write them, or make it without --final.{lines}"
        )


def _missing(gap: Gap) -> str:
    """What is missing, and why where somebody had written it."""
    return gap.what if gap.state == Gap.state else f"{gap.what}: {gap.state}"
