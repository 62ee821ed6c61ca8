"""Taking times by turns, and telling them: medians with their number and range, and the ratio of the two."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter, process_time

Once = Callable[[], float]
"""Does the thing once and gives what it cost."""


@dataclass(frozen=True)
class Comparison:
    """Ours beside a peer's.

    Attributes
    ----------
    name : str
        As in results.json.
    ours, peer : sequence of float
        What was measured, run after run.
    unit : str
        ``"s"``, ``"ms"`` or ``"KB"``.
    us, them : str
        What was run, in words.
    aim : str
        What we mean to reach. Nothing here fails when we do not: a figure is to be read.
    at : callable
        Which figure of each side is compared; the median if not told.
    """

    name: str
    ours: Sequence[float]
    peer: Sequence[float]
    unit: str
    us: str
    them: str
    aim: str = ""
    at: Callable[[Sequence[float]], float] = median

    @property
    def ratio(self) -> float:
        """Ours over the peer's: below 1, ours costs less."""
        return self.at(self.ours) / self.at(self.peer)

    def lines(self) -> str:
        """For people."""
        ratio = f"  ratio  {self.ratio:.3f}" + (f"   (aim: {self.aim})" if self.aim else "")
        return "\n".join(
            [self.name, self._side("ours", self.ours, self.us), self._side("peer", self.peer, self.them), ratio]
        )

    def row(self) -> dict[str, str | float]:
        """For results.json."""
        ours, peer = (float(f"{self.at(side):.4g}") for side in (self.ours, self.peer))
        return {"name": self.name, "ours": ours, "peer": peer, "unit": self.unit, "ratio": float(f"{self.ratio:.3g}")}

    def _side(self, who: str, costs: Sequence[float], what: str) -> str:
        spread = f"n {len(costs)}, {min(costs):.4g} to {max(costs):.4g}"
        return f"  {who}  {self.at(costs):9.4g} {self.unit}   ({spread})   {what}"


def by_turns(ours: Once, peer: Once, times: int, warm: int = 1) -> tuple[list[float], list[float]]:
    """Costs of both, taken A B A B, so that a busy minute falls on both; the first `warm` rounds do not count."""
    taken = [(ours(), peer()) for _ in range(warm + times)][warm:]
    return [first for first, _ in taken], [other for _, other in taken]


def seconds(do: Callable[[], object]) -> float:
    """How long it takes, on the clock on the wall."""
    began = perf_counter()
    do()
    return perf_counter() - began


def processor_seconds(do: Callable[[], object]) -> float:
    """How long this process works at it: however busy the machine is with others."""
    began = process_time()
    do()
    return process_time() - began


def percentile(share: float) -> Callable[[Sequence[float]], float]:
    """The value that this share of all stays at or below."""

    def at(costs: Sequence[float]) -> float:
        return sorted(costs)[min(int(share * len(costs)), len(costs) - 1)]

    return at
