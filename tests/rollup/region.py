"""Invented partnerships of a state: large ones, and some with groups so small that somebody could be known."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from typing import get_args

from ctekit.ratings import DONT_KNOW, SECTORS
from ctekit.rollup import ElementRatings, Measure, MeasureCount, Summary
from ctekit.rollup._newest import grouped, newest
from ctekit.rollup._summary import Agreement
from ctekit.worksheets.national_lists import Cluster, ConsultationGroup

CODES = ("1S1", "2S1", "3S1", "5S3")
YEARS = ("2024-25", "2025-26")


def partnership(number: int, chance: random.Random, regions: int = 8) -> Summary:
    """One partnership; in every third its measures, and in most some sectors, are small."""
    name = f"p{number:03d}"
    chosen = chance.sample(get_args(Cluster), chance.choice((1, 1, 2)))
    return Summary(
        partnership=name,
        name=f"Partnership {number}",
        state="Meridia",
        saved=f"2026-10-01T10:00:00.{number:03d}Z",
        groups={
            "region": (f"R{chance.randrange(regions) + 1}",),
            "level": (chance.choice(("regional", "local")),),
            "cluster": tuple(chosen),
            "stage": (chance.choice(("exploring", "forming", "running")),),
            "program year": (chance.choice(YEARS),),
        },
        needs={("must", "money"): (chance.randrange(2), 2), ("could", "space"): (1, 3)},
        findings={"RO27": chance.randrange(3), "RE16": chance.randrange(2)},
        asks={"data sharing": 1} if number % 2 else {},
        consulted={group: chance.choice(("reached", "nobody yet")) for group in get_args(ConsultationGroup)},
        agreement=chance.choice((Agreement("draft", 0, 5), Agreement("signed", 4, 4), Agreement("ended", 3, 3))),
        measures=dict(_measures(number, chance)),
        ratings=ratings(f"round-{chance.randrange(3)}", people(chance), chance),
    )


def _measures(number: int, chance: random.Random) -> list[tuple[Measure, MeasureCount]]:
    measures = []
    for year in YEARS:
        out_of = chance.randrange(1, 10) if number % 3 == 0 else chance.randrange(10, 400)
        for code in CODES if chance.random() < 0.7 else CODES[: chance.randrange(1, 4)]:
            size = out_of if code != "5S3" else out_of + chance.randrange(3)
            shown = size >= 10 and chance.random() < 0.9
            measures.append(
                (Measure(code, "Perkins V", "secondary", year), MeasureCount(chance.randrange(size + 1), size, shown))
            )
    return measures


def people(chance: random.Random) -> dict[str, int]:
    """How many of each sector came."""
    return {sector: chance.choice((0, 1, 2, 3, 5, 6, 9)) for sector in SECTORS}


def ratings(round_id: str, came: dict[str, int], chance: random.Random) -> dict[int, ElementRatings]:
    """What they said of three elements; a few left questions out."""
    counts: Counter[tuple[str, str, str, object]] = Counter()
    for sector, number in came.items():
        for _ in range(number):
            for element in (1, 2, 7):
                for indicator in (1, 2, 3, 4):
                    if chance.random() < 0.95:
                        code = chance.choice((0, 1, 2, 3, 4, DONT_KNOW))
                        counts[round_id, f"{element}.{indicator}", sector, code] += 1
    return newest([round_id], grouped(counts))


def state(number: int = 50, seed: int = 7) -> list[Summary]:
    """So many partnerships; the same each time."""
    chance = random.Random(seed)
    return [partnership(each, chance) for each in range(number)]


def a_year_later(summaries: list[Summary], seed: int = 8) -> list[Summary]:
    """The same state: some partnerships have gone, some have come, some have rated again or mended a count."""
    chance = random.Random(seed)
    later = []
    for summary in summaries:
        fate = chance.random()
        if fate < 0.08:
            continue
        if fate < 0.2:
            summary = replace(summary, ratings=ratings("round-9", people(chance), chance))
        elif fate < 0.3:
            measure, count = next(iter(summary.measures.items()))
            mended = MeasureCount(count.counted, count.out_of + 1, count.out_of + 1 >= 10)
            versions = {**summary.versions, (measure.level, measure.year): f"mended{seed}"}
            summary = replace(summary, measures={**summary.measures, measure: mended}, versions=versions)
        later.append(summary)
    return later + [partnership(each, chance) for each in range(len(summaries), len(summaries) + 9)]
