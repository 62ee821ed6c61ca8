"""The answers of one partnership, for scripts and commands: read, write, look back, export. No widget."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from ctekit.partnership._follow_up import FollowUp
from ctekit.partnership._history import AnswersOverTime

if TYPE_CHECKING:
    from pandas import DataFrame

    from ctekit.model.reader import Reader


class Partnership(AnswersOverTime, FollowUp):
    """The answers of one partnership, in one folder.

    Parameters
    ----------
    path : path
        The folder that holds ``partnership.ctekit``.

    Examples
    --------
    >>> partnership = Partnership("no-such-folder")
    >>> partnership.exists
    False
    """

    # As data frames, for people who use Python. See `ctekit.dataframes` for columns and types.

    def frame(self, name: str, as_of: str = "", *, private: bool = False) -> DataFrame:
        """A table of the worksheets as a pandas data frame: ``frame("metrics")``, ``frame("metrics.observations")``.

        Parameters
        ----------
        name : str
            A worksheet's slug for its first table, or slug and table with a period between.
        as_of : str
            A day to look back to.
        private : bool
            Also the columns for the facilitator only, and the rows of tables that are.

        Returns
        -------
        DataFrame
            One row for each row of the table; a blank answer is missing.

        Raises
        ------
        NotFoundError
            There is no such table. The message names those there are.
        """
        from ctekit import dataframes

        return dataframes.frame(self.as_of(as_of), name, private)

    def findings(self, as_of: str = "", *, private: bool = False) -> DataFrame:
        """What the rules found, one row a finding, as a pandas data frame; see `ctekit.dataframes.findings`.

        Parameters
        ----------
        as_of : str
            A day to look back to, such as ``"2027-01-15"``; "" for now.
        private : bool
            Also what is for the facilitator only.

        Returns
        -------
        DataFrame
            A finding a row.
        """
        from ctekit import dataframes

        return dataframes.findings(self.as_of(as_of), private)

    def ratings(self) -> DataFrame:
        """What the revealed rounds of ratings say, as a pandas data frame; see `ctekit.dataframes.ratings`.

        Returns
        -------
        DataFrame
            See there for its columns.
        """
        from ctekit import dataframes, rounds

        revealed = [round_.id for round_ in self.store.rounds() if round_.state == "revealed" and round_.is_counted]
        return dataframes.ratings(rounds.results(self.store, round_id) for round_id in revealed)

    def export(
        self,
        output: str | PathLike[str],
        names: tuple[str, ...] = (),
        *,
        reader: Reader = "partners",
        lesson: bool = False,
        progress: Callable[[str], None] | None = None,
        as_of: str = "",
        say: Callable[[str], None] = print,
    ) -> list[Path]:
        """Write the site: a brief, a page a worksheet and a partner, that anyone can open, print and read aloud.

        Parameters
        ----------
        output : path
            A folder; made if it is not there.
        names : tuple of str
            Only these worksheets, or notebooks of these names.
        reader : str
            ``"partners"``; ``"public"``, where people who have not said yes to being named are called by what they do;
            or ``"facilitator"``, who also sees what is private, and what the check found.
        lesson : bool
            Put the prose of the guided notebooks behind the answers.
        progress : callable
            Told the name of each page as it is written.
        as_of : str
            Everything as it stood on this day, such as ``"2027-01-15"``.
        say : callable
            Told which notebooks have no page, and which earlier pages were removed; unless told, they are printed.

        Returns
        -------
        list of pathlib.Path
        """
        from ctekit import export

        self.as_of(as_of)
        return export.pages(self.folder, Path(output), names, reader, lesson, progress, as_of, say)

    def papers(
        self,
        name: str,
        output: str | PathLike[str],
        formats: Sequence[str] = ("html",),
        *,
        final: bool = False,
        reader: Reader | None = None,
        replace: bool = False,
        progress: Callable[[str], None] | None = None,
    ) -> list[Path]:
        """Write a paper, such as the agreement, into a folder.

        Parameters
        ----------
        name : str
            Of `ctekit.papers.every`, such as ``"agreement"``; "" for all that the answers give.
        output : path
            A folder; made if it is not there.
        formats : sequence of str
            Of ``html``, ``word``, ``markdown``, ``pdf``, and ``ics`` for papers with days.
        final : bool
            To be signed: nothing may be missing.
        reader : str
            ``"partners"``, or ``"public"``: then people are named only where they said yes to it. If not told: what the
            paper is meant for.
        replace : bool
            Write over files of the same name that say something else.
        progress : callable
            Told the name of each file as it is made.

        Returns
        -------
        list of pathlib.Path

        Raises
        ------
        CtekitError
            There is no such paper or format, something is missing, or a file would be lost; one sentence.
        """
        from ctekit import papers

        book = self.book  # once: all papers say the same, whoever saves meanwhile
        names = [name] if name else papers.every()
        documents = [paper for each in names for paper in papers.make(each, book, final=final, reader=reader)]
        return papers.write(documents, Path(output), formats, replace=replace, progress=progress)
