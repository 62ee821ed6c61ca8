"""What a page and the kernel say to each other. `tests/js/protocol.d.ts` is made of this: ``python -m tests.protocol``.

A field that is not there means that there is nothing to say of it.
"""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict

from ctekit.model.question import Json


class SentEdit(TypedDict):
    """One answer as it was typed; `base` is what stood there when the person began."""

    uid: str
    row: str
    field: str
    value: Json
    base: Json
    root: NotRequired[Json]
    """What stood there before the first of several edits on their way: the kernel may get a later one first."""


class Act(TypedDict, total=False):
    """What a person asks for besides edits: one action by its name, and what it needs."""

    reveal: bool
    sample: str
    """A question; also `row`."""
    row: str
    view: dict[str, Any]
    paste: dict[str, Any]
    layout: dict[str, Any]
    pasted: int
    """The token of a plan."""
    add: str
    """A table; also `after`."""
    move: str
    """A row; also `after`."""
    after: str
    """The row before; "" for the first place."""
    remove: str
    restore: str
    duplicate: str
    ready_rows: str
    history: bool
    compare: tuple[str, str]
    """Two days; "" for now."""
    undo: bool
    redo: bool
    bring: int
    bring_all: str


class FromSheet(TypedDict, total=False):
    """What a view of a worksheet says: a greeting with the revision it knows, edits, or an act, by its name."""

    hello: int
    seen: int
    """The newest revision of this file that this browser has ever known."""
    edits: list[SentEdit]
    act: Act
    view: str
    n: int
    """The number of a message of edits or an act: an earlier one that comes later must not win."""
    uid: str
    """The act that `reply` answers."""


class SavedEdit(TypedDict):
    """An edit that is on the disk. `private` is a value for the facilitator only."""

    uid: str
    row: str
    field: str
    value: NotRequired[Json]
    private: NotRequired[Json]


class RefusedEdit(TypedDict):
    """An edit that was not saved, and why."""

    uid: str
    row: str
    field: str
    error: str
    private: bool


class Conflict(TypedDict):
    """An answer that somebody else changed meanwhile: theirs stands, both are in the history."""

    row: str
    field: str
    private: bool
    title: str
    mine: Json
    theirs: Json
    mine_words: str
    theirs_words: str
    who: str
    at: str


class Follows(TypedDict, total=False):
    """What follows from the answers: names to choose from, why a table is still closed, sentences put together."""

    refs: dict[str, Any]
    closed: dict[str, str]
    suggestions: dict[str, str]


class State(TypedDict):
    """All answers of a worksheet, by row ("" for none) and field."""

    revision: int
    answers: dict[str, dict[str, Json]]
    rows: dict[str, list[str]]
    refs: dict[str, Any]
    closed: dict[str, str]
    suggestions: dict[str, str]


class Change(TypedDict):
    """A line of the history; `bring` is what the button says that brings something back."""

    seq: int
    when: str
    who: str
    words: str
    bring: NotRequired[str]


class PlanPreview(TypedDict):
    """The first lines of a pasted table under the columns that they would go to, and what can be chosen there."""

    size: tuple[int, int]
    heading: int
    heading_words: list[str]
    heading_lines: list[tuple[int, str]]
    columns: list[str]
    choices: list[tuple[str, str]]
    turned: bool | None
    alone: int
    preview: list[tuple[int, str, list[str]]]
    below: int


class Plan(PlanPreview):
    """What would be written of a pasted table, and where its columns would go."""

    token: int
    every_line: bool
    notes: list[str]
    cells: int
    words: str
    ask: str
    unfit: str
    misfits: list[tuple[str, str, str, str]]
    more: int


class FromKernel(TypedDict, total=False):
    """What the kernel says to the views of a worksheet; what concerns one of them alone names it in `view`."""

    hello: int
    revision: int
    older: str
    """That the file is an older copy than the one that was here before."""
    ask_again: bool
    view: str
    state: State
    private: State
    follows: Follows
    saved: list[SavedEdit]
    wrong: list[RefusedEdit]
    conflict: list[Conflict]
    private_conflict: list[Conflict]
    at: str
    refused: str
    can: tuple[bool, bool]
    """Whether there is something to undo, and to do again."""
    reply: str | None
    failed: str
    words: str
    places: list[tuple[str, str]]
    row: str
    sample: str
    shown: list[str]
    history: list[Change]
    days: list[tuple[str, str]]
    plan: Plan
    gone: str
    first: tuple[str, str]


class FromPanel(TypedDict, total=False):
    """What a panel says: a greeting, the button that was pressed, or whether a view of it is on the screen."""

    hello: bool
    seen: bool
    gone: bool
    """The view is closed, and not only out of sight."""
    view: str
    n: int
    """The number of a message: an earlier one that comes later must not win."""
    act: str
    what: str
    value: str
    of: str
    """The round that the button stood beside, where the panel is about one."""


class ToPanel(TypedDict, total=False):
    """What the kernel says to a panel: all of its HTML or words for parts of it, words to read out, a page to open."""

    html: str
    parts: dict[str, str]
    said: str
    open: str
    """An address for a window of its own; it never stands in the panel's HTML, which notebooks save."""
    held_back: str
    """What to say where the browser does not let the window open."""
