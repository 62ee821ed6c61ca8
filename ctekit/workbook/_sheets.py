"""The worksheets of one partnership side by side, and the names of their rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, TypeVar, cast

from ctekit import worksheets
from ctekit.model import questions
from ctekit.model.worksheet import Row, Worksheet

W = TypeVar("W", bound=Worksheet)


class Sheets:
    """Every worksheet, and the rows that other worksheets point to.

    Parameters
    ----------
    sheets : mapping of str to Worksheet
        By slug; a worksheet that is missing is blank.
    removed : mapping of str to Row
        Rows that were taken out, by id: whoever still points to one can say its name.
    """

    def __init__(self, sheets: Mapping[str, Worksheet], removed: Mapping[str, Row]) -> None:
        self.sheets: dict[str, Worksheet] = {
            slug: sheets.get(slug) or kind() for slug, kind in worksheets.every().items()
        }
        self.removed = dict(removed)

    def __getitem__(self, kind: type[W]) -> W:
        """The worksheet of this class: ``book[Purpose]``."""
        return cast(W, self.sheets[kind.slug])

    def __iter__(self) -> Iterator[Worksheet]:
        return iter(self.sheets.values())

    @cached_property
    def row_by_id(self) -> dict[str, Row]:
        """Every row of every table, by id."""
        return {row.id: row for sheet in self for table in sheet.tables() for row in sheet.rows(table)}

    def rows(self, target: str) -> tuple[Any, ...]:
        """The rows a reference can point to: ``book.rows("profile.people")``.

        Parameters
        ----------
        target : str
            Worksheet and table, with a period between.

        Returns
        -------
        tuple
            Rows, as the worksheet's own class of rows.
        """
        slug, table = target.split(".")
        return self.sheets[slug].rows(table)

    def name(self, row_id: str) -> str:
        """The name people read for the row behind an id; readable also when the row is gone.

        A row whose name is itself a reference (a candidate is an organization) takes the name of that one.

        Parameters
        ----------
        row_id : str
            Such as ``"person-3"``.

        Returns
        -------
        str
            For people.
        """
        row = self.row_by_id.get(row_id)
        gone = "" if row else " (removed)"
        row = row or self.removed.get(row_id)
        if row is None:
            return f"{row_id}{gone}"
        named = questions.show(row.questions()[row.named_by], getattr(row, row.named_by), self.name)
        return f"{named or self._place(row_id)}{gone}"

    def _place(self, row_id: str) -> str:
        """What a row without a name is called: where it stands in its table. Ids are for programs."""
        tables = [[row.id for row in sheet.rows(table)] for sheet in self for table in sheet.tables()]
        places = [ids.index(row_id) + 1 for ids in tables if row_id in ids]
        return f"row {places[0]}, no name yet" if places else "a row without a name"
