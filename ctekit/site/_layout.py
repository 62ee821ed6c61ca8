"""How the page of each worksheet is laid out: data in ``layouts.toml``; what is not in it follows the worksheet."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Layout:
    """The page of one worksheet.

    Attributes
    ----------
    charts, screen_charts, facilitator_charts : sequence of str
        Beside the first answers, or behind the tables where there are none. The second ones are not printed, the last
        are for the facilitator alone.
    settings : sequence of str
        Questions about the file, on no page: ``"as_of"``, or ``"people.may_be_named"`` of a table.
    unasked : sequence of str
        Questions that are not counted among those without an answer.
    lead : str
        The question whose answer is the page's first sentence.
    tables : mapping of str to list of str
        The columns of a table, the most telling first.
    labels : mapping of str to str
        What a question is called here; as in `settings`, a period stands between a table and its column.
    grouped : sequence of str
        Tables that say what stands in the first column once for rows one after the other.
    """

    charts: Sequence[str] = ()
    screen_charts: Sequence[str] = ()
    facilitator_charts: Sequence[str] = ()
    settings: Sequence[str] = ()
    unasked: Sequence[str] = ()
    lead: str = ""
    tables: Mapping[str, list[str]] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    grouped: Sequence[str] = ()


@cache
def _layouts() -> dict[str, Layout]:
    written = tomllib.loads(files("ctekit.site").joinpath("layouts.toml").read_text("utf-8"))
    return {slug: Layout(**layout) for slug, layout in written.items()}


def layout_of(slug: str) -> Layout:
    """The layout of a worksheet's page; an empty one where nobody wrote any."""
    return _layouts().get(slug, Layout())
