"""What is typed, what strikes meanwhile, and what became of it: the same through a browser and without one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any, Protocol

from ctekit.store import open_store

KINDS = ("kernel killed", "server killed", "page reloaded", "offline")
RATE = 15
"""Keys a second: a person who types fast."""
SETTLED = 2.0
"""Keys typed so many seconds before the kill of a kernel should have been acknowledged."""
SECONDS = {"kernel killed": 2 * SETTLED}
LEAST = 1.2
"""Seconds of typing before a fault: those of its kind, or as many as it takes until something is saved."""
ON = 0.5
"""Seconds for which the person types on, before they see that something is wrong."""
WORDS = (
    "a purpose that one person can say from memory and three others would sign without asking what it means to them "
)


@dataclass
class Run:
    """One fault, struck amid typing into one control.

    Attributes
    ----------
    typed
        When each key was typed, until the fault.
    acknowledged
        The texts that were said to be saved, until the store was read.
    stored
        What was in the store right after the fault.
    seen
        The last that stood in the control before the person had to come back: typed after the fault, too.
    back
        What stands in the control when the person is back.
    final
        What is in the store then.
    clashes
        How often the person was told that somebody else had changed the answer. Nobody had.
    """

    kind: str
    typed: list[float] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    struck: float = 0.0
    stored: str | None = None
    seen: str = ""
    back: str = ""
    final: str = ""
    status: str = "Saved"
    clashes: int = 0

    @property
    def said(self) -> str:
        return self.acknowledged[-1].rstrip() if self.acknowledged else ""  # a blank at the end is no part of an answer

    @property
    def lost(self) -> int:
        """Characters that were acknowledged and are not in the store, which may hold more: saved, and killed unsaid."""
        return missing(self.said, self.stored or "")

    @property
    def unsent(self) -> int:
        """Characters that stood in the control and nowhere on the disk."""
        return missing(self.seen, self.stored or "")

    @property
    def gone(self) -> int:
        """Characters that stood in the control and did not come back to it, or did not reach the store from there."""
        return max(missing(self.seen, self.back), missing(self.seen, self.final))

    @property
    def due(self) -> int:
        """How many keys were typed early enough to be acknowledged; only kernels are killed late enough to tell."""
        return sum(at <= self.struck - SETTLED for at in self.typed) if self.kind in SECONDS else 0

    @property
    def in_time(self) -> int:
        """How many of these had been."""
        return min(self.due, len(self.said))

    def as_promised(self) -> bool:
        return not (self.lost or self.gone or self.clashes) and self.status.startswith("Saved")

    def line(self) -> str:
        sentence = f"{self.kind}: {len(self.seen)} keys, {len(self.said)} acknowledged, {self.lost} lost; "
        sentence += f"{self.unsent} unsent, {self.unsent - min(self.gone, self.unsent)} seen again"
        return (
            sentence
            if self.as_promised()
            else f"{sentence}  NOT AS PROMISED: {asdict(self) | {'typed': len(self.typed)}}"
        )


def missing(text: str, among: str) -> int:
    """How many characters of a text are missing where it should stand, from the first that differs."""
    same = next(
        (at for at, (letter, other) in enumerate(zip(text, among, strict=False)) if letter != other), len(among)
    )
    return max(0, len(text) - same)


def keys(kind: str, number: int) -> Iterator[str]:
    """The keys of one run, without end; it begins so that no run's text is taken for another's."""
    yield from f"{kind} {number}: "
    yield from cycle(WORDS)


class Sufferer(Protocol):
    """Whoever types: with a browser or without one."""

    def suffer(self, kind: str, number: int, seconds: float) -> Run:
        """Type for so long, be struck, and come back."""


def suffer(who: Sufferer, times: int, kinds: Sequence[str] = KINDS) -> Iterator[Run]:
    """So many runs of each kind, by turns: a kernel that dies too often in a short time is not started again.

    Each time the fault strikes at another moment of the second within which an edit goes out.
    """
    for number in range(times):
        for kind in kinds:
            yield who.suffer(kind, number, SECONDS.get(kind, LEAST) + 0.07 * number % 1)


def answer(store: Path) -> str:
    """What a store holds of the answer that is typed, or was typed last."""
    opened = open_store(store)
    try:
        return opened.load().sheets["purpose"].learners or ""  # type: ignore[attr-defined]
    finally:
        opened.close()


def add_up(runs: list[Run]) -> dict[str, Any]:
    """The figures of one kind's runs."""
    due = sum(run.due for run in runs)
    unsent, gone = sum(run.unsent for run in runs), sum(min(run.gone, run.unsent) for run in runs)
    return {
        "runs": len(runs),
        "keys": sum(len(run.seen) for run in runs),
        "acknowledged": sum(len(run.said) for run in runs),
        "lost": sum(run.lost for run in runs),
        "unsent": unsent,
        "seen_again": unsent - gone,
        "share_in_time": round(sum(run.in_time for run in runs) / due, 4) if due else None,
        "as_promised": all(run.as_promised() for run in runs),
    }


def tell(figures: dict[str, Any]) -> str:
    """The figures in a line."""
    sentence = (
        "{runs} runs, {keys} keys, {acknowledged} acknowledged, {lost} lost; {unsent} unsent, {seen_again} seen again"
    )
    share = figures["share_in_time"]
    return sentence.format(**figures) + (
        f"; {share:.1%} acknowledged within {SETTLED:g} s" if share is not None else ""
    )


def good(figures: dict[str, Any]) -> bool:
    """Whether nothing was lost, and what was typed early enough before a kill had been acknowledged."""
    share = figures["share_in_time"]
    return bool(figures["as_promised"]) and (share is None or share >= 0.95)
