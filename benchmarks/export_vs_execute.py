"""Nine pages by ``ctekit export``, beside one ``jupyter nbconvert --execute`` of the same nine: whole processes."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import Comparison, by_turns, seconds
from benchmarks.places import SCRIPTS, harrow_bend, surroundings
from ctekit import export


def compare() -> Iterator[Comparison | str]:
    """The peer gets all nine in one process, so that it starts and imports once, as ours does."""
    with harrow_bend() as home:
        ours, peer = home.parent / "ours", home.parent / "peer"
        names = [path.name for path in export.notebooks(home)]

        def run(*words: str | Path) -> float:
            def do() -> None:
                subprocess.run(words, cwd=home, env=surroundings(home), check=True, capture_output=True, timeout=1800)

            return seconds(do)

        taken = by_turns(
            lambda: run(SCRIPTS / "ctekit", "export", home, "-o", ours),
            lambda: run(*(SCRIPTS / "jupyter", "nbconvert", "--execute", "--to", "html", "--output-dir", peer), *names),
            times=3,
        )
        yield Comparison(
            "export_vs_execute",
            *taken,
            "s",
            f"ctekit export, {len(names)} pages and an index",
            f"jupyter nbconvert --execute --to html, the same {len(names)}",
            "at most 0.25",
        )
        for side in (ours, peer):
            sizes = [path.stat().st_size / 1000 for path in sorted(side.glob("[0-9]*.html"))]
            yield f"{side.name}: {len(sizes)} pages of {min(sizes):.0f} to {max(sizes):.0f} KB"
