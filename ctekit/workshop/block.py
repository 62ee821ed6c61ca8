"""A block of an agenda and its parts: what the lead does and says, and what is on the wall, the paper and the phone."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from ctekit import worksheets

Kind = Literal["join", "worksheet", "round", "fist", "dots", "slips", "ideas", "exit", "poster", "check", "plan"]
"""What a block can open."""


class Data(BaseModel):
    """Read from a file, never changed; a field that is not known is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Step(Data):
    """A part of a block.

    Attributes
    ----------
    minutes : int
        How long it takes.
    do : str
        What the lead does.
    """

    minutes: int = Field(gt=0)
    do: str


class Trouble(Data):
    """What may go wrong, and what to do then.

    Attributes
    ----------
    when : str
        What goes wrong.
    do : str
        What the lead does or says.
    """

    when: str
    do: str


class Activity(Data):
    """Something that a block opens.

    Attributes
    ----------
    kind : str
        One of `Kind`.
    subject : str
        Of what: a worksheet (``"roles"``), a field (``"purpose.promises"``), a round (``"quick"``), or a poster.
    dots : int
        How many dots each person has, of ideas in the dots on them; 0 for a quarter of what there is.
    """

    kind: Kind
    subject: str = ""
    dots: int = Field(default=0, ge=0)


class TableCard(Data):
    """What one table does while others do something else.

    Attributes
    ----------
    title : str
        What the table works on.
    element : str
        The worksheet it fills.
    note : str
        What holds for this table only.
    steps : tuple of Step
        What the host of the table reads out, with minutes.
    """

    title: str
    element: str
    note: str = ""
    steps: tuple[Step, ...] = ()


class Tables(Data):
    """Who does what where a room has so many tables.

    Attributes
    ----------
    count : int
        How many tables there are.
    cards : tuple of TableCard
        One for each table.
    """

    count: int
    cards: tuple[TableCard, ...]


class Block(Data):
    """A part of a session with a clock time of its own.

    Attributes
    ----------
    key : str
        A word for it; unique in its session.
    minutes : int
        How long it takes.
    title : str
        What the wall calls it.
    element : str
        The worksheet it belongs to ("purpose"), or nothing.
    before : bool
        Whether it comes before the session's start, as the doors do.
    aim : str
        What the lead wants from it.
    wall, paper, phone, typed : str
        What is on the wall, on paper, on phones, and what the scribe types.
    steps : tuple of Step
        Its parts. Their minutes add up to the block's.
    words : tuple of str
        What the lead says.
    trouble : tuple of Trouble
        What may go wrong.
    activities : tuple of Activity
        What it opens.
    tables : tuple of Tables
        Who does what, for two to five tables.
    """

    key: str
    minutes: int = Field(gt=0)
    title: str
    element: str = ""
    before: bool = False
    aim: str = ""
    wall: str = ""
    paper: str = ""
    phone: str = ""
    typed: str = ""
    steps: tuple[Step, ...] = ()
    words: tuple[str, ...] = ()
    trouble: tuple[Trouble, ...] = ()
    activities: tuple[Activity, ...] = ()
    tables: tuple[Tables, ...] = ()

    @property
    def notebook(self) -> str:
        """The notebook it belongs to ("02-purpose"), or nothing."""
        return worksheets.called(self.element).notebook if self.element else ""
