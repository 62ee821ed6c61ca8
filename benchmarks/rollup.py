"""A million ratings of a thousand partnerships, rolled up: ours beside DuckDB's and pandas's, time and memory.

Each works in a fresh process on the same answers: a table of partnership, question, sector and code, ours in SQLite as
a hub would keep it, DuckDB's as Parquet, pandas's pickled. All give, for the state and for each region, how often each
answer was given by element and sector, with quartiles, and leave out what a partnership does not show by itself. Ours
also finds which small groups can be added only together, and looks that over. The row compares engines on equal
rows: on a hub a roll-up reads the counts that each partnership submitted, and of files the ballots of each.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Iterator
from math import log
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.measure import Comparison
from ctekit import rubrics
from ctekit.ratings import SECTORS

SIZES = (63, 250, 1000)
"""Partnerships: 1x, 4x, 16x. Each has 36 people, who answer 28 questions."""
PEOPLE, REGIONS, TIMES, LIMIT = 36, 20, 5, 600

_OURS = """
import sqlite3
from itertools import groupby
from operator import itemgetter
from ctekit.rollup import Rollup, Summary
from ctekit.rollup._newest import newest
from ctekit.rollup._summary import ANSWERS
began = time.process_time()
counts = ", ".join(f"count(*) FILTER (WHERE code = '{answer}')" for answer in ANSWERS)
rows = sqlite3.connect(path).execute(f"SELECT partnership, question, sector, {counts} FROM ratings GROUP BY 1, 2, 3")
summaries = []
for name, of_it in groupby(rows, itemgetter(0)):
    ratings = newest(["r"], (("r", *row[1:3], row[3:]) for row in of_it))
    summaries.append(Summary(name, groups={"region": (f"R{int(name) % REGIONS}",)}, ratings=ratings))
rollup = Rollup(summaries)
answer = [[figures.ratings[1, "everyone"].people, *figures.ratings[1, "everyone"].middle]
          for figures in (rollup.statewide, *rollup.by("region").values())]
answer = sorted(answer)
"""

_DUCKDB = """
import duckdb
began = time.process_time()
db = duckdb.connect()
db.execute("SET threads TO 1")
db.execute(f"CREATE VIEW ratings AS SELECT *, partnership::INT % {REGIONS} AS region, split_part(question, '.', 1) AS "
           f"element FROM read_parquet('{path}')")
db.execute('''CREATE TABLE sizes AS SELECT partnership, question, sector, count(*) AS n FROM ratings GROUP BY ALL''')
db.execute('''CREATE TABLE shown AS SELECT s.partnership, s.question, s.sector FROM sizes s JOIN (
    SELECT partnership, question, coalesce(sum(n) FILTER (n < 5), 0) AS folded FROM sizes GROUP BY ALL) f
    USING (partnership, question) WHERE s.n >= 5 AND (f.folded = 0 OR f.folded >= 5)''')
numbers = '''count(*), count(*) FILTER (code = '0'), count(*) FILTER (code = '1'), count(*) FILTER (code = '2'),
    count(*) FILTER (code = '3'), count(*) FILTER (code = '4'),
    quantile_cont(TRY_CAST(code AS INT), [0.25, 0.5, 0.75])'''
db.execute(f'''SELECT GROUPING_ID(region), region, element, sector, {numbers} FROM ratings
    JOIN shown USING (partnership, question, sector)
    GROUP BY GROUPING SETS ((element, sector), (region, element, sector))''').fetchall()
everyone = db.execute(f'''SELECT region, element, count(DISTINCT partnership), {numbers} FROM ratings
    GROUP BY GROUPING SETS ((element), (region, element))''').fetchall()
answer = sorted([row[2] * PEOPLE, *row[-1]] for row in everyone if row[1] == "1")
"""

_PANDAS = """
import pandas as pd
began = time.process_time()
frame = pd.read_pickle(path)
frame["region"] = frame["partnership"].astype(int) % REGIONS
frame["element"] = frame["question"].str[0]
keys = ["partnership", "question", "sector"]
size = frame.groupby(keys, observed=True)["code"].transform("size")
small = size.where(size < 5, 0) / size
folded = small.groupby([frame["partnership"], frame["question"]], observed=True).transform("sum")
numbered = frame.assign(level=pd.to_numeric(frame["code"], errors="coerce"))
shown = numbered[(size >= 5) & ((folded == 0) | (folded >= 5))]
for by in (["element", "sector"], ["region", "element", "sector"]):
    shown.groupby([*by, "code"], observed=True).size()
    shown.groupby(by, observed=True)["level"].quantile([0.25, 0.5, 0.75])
answer = []
for by in (["element"], ["region", "element"]):
    levels = numbered.groupby(by, observed=True)["level"].quantile([0.25, 0.5, 0.75]).unstack()
    people = numbered.groupby(by, observed=True)["partnership"].nunique() * PEOPLE
    answer += [[int(people[at]), *levels.loc[at]] for at in levels.index if at == "1" or at[-1] == "1"]
answer = sorted(answer)
"""

_MEASURED = """
import json, re, sys, time
path, REGIONS, PEOPLE = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
{script}
taken = time.process_time() - began
# Not ru_maxrss: a process that was just started has that of whoever started it.
peak = int(re.search(r"VmHWM:\\s*(\\d+)", open("/proc/self/status").read())[1]) / 1024
print(json.dumps([taken, peak, answer]))
"""

Measured = tuple[float, float]
"""Seconds of the processor without imports, and the most memory held with them, in MB."""


def compare() -> Iterator[Comparison | str]:
    """Ours beside DuckDB and pandas at 16x, in time and in memory; then how ours grows."""
    with TemporaryDirectory(prefix="ctekit-") as home:
        folder = Path(home)
        for size in SIZES:
            _make(folder, size)
        taken: dict[str, list[Measured]] = {"ours": [], "duckdb": [], "pandas": []}
        grown: dict[int, list[float]] = {size: [] for size in SIZES}
        for _ in range(TIMES):
            answers = {}
            for name in taken:
                *cost, answers[name] = _run(folder, name, SIZES[-1])
                taken[name].append((cost[0], cost[1]))
            for other in ("duckdb", "pandas"):
                _agree(answers["ours"], answers[other], other)
            for size in SIZES[:-1]:
                grown[size].append(_run(folder, "ours", size)[0])
        grown[SIZES[-1]] = [seconds for seconds, _ in taken["ours"]]
    what = f"{SIZES[-1] * PEOPLE * len(rubrics.INDICATORS):,} ratings of {SIZES[-1]:,} partnerships"
    for other, words in (("duckdb", "DuckDB, one thread, on Parquet"), ("pandas", "pandas, on a pickled frame")):
        for place, (unit, aim) in enumerate((("s", ""), ("MB", "0.5" if other == "duckdb" else ""))):
            ours, theirs = ([cost[place] for cost in taken[name]] for name in ("ours", other))
            kind = "time" if unit == "s" else "memory"
            yield Comparison(f"rollup_{kind}_{other}", ours, theirs, unit, f"{what}, {kind}", words, aim)
    first, last = SIZES[0], SIZES[-1]
    middles = {size: median(costs) for size, costs in grown.items()}
    words = ", ".join(f"{size} partnerships {middles[size]:.2f} s" for size in SIZES)
    exponent = log(middles[last] / middles[first]) / log(last / first)
    yield f"{words}: grows with the size to the power {exponent:.2f}"


def _make(folder: Path, size: int) -> None:
    """The same ratings for all three."""
    import sqlite3

    import duckdb
    import pandas as pd

    chance = random.Random(size)
    questions = [indicator.number for indicator in rubrics.INDICATORS]
    rows = [
        (f"{number:04}", question, sector, chance.choice("0112223334?"))
        for number in range(size)
        for sector in (SECTORS[min(6, int(chance.expovariate(0.45)))] for _ in range(PEOPLE))
        for question in questions
    ]
    database = sqlite3.connect(folder / f"ours-{size}")
    database.execute("CREATE TABLE ratings (partnership TEXT, question TEXT, sector TEXT, code TEXT)")
    database.executemany("INSERT INTO ratings VALUES (?, ?, ?, ?)", rows)
    database.execute("CREATE INDEX one ON ratings (partnership, question, sector, code)")
    database.commit()
    database.close()
    frame = pd.DataFrame(rows, columns=["partnership", "question", "sector", "code"])
    frame.to_pickle(folder / f"pandas-{size}")
    duckdb.sql(f"COPY frame TO '{folder / f'duckdb-{size}'}' (FORMAT parquet)")


def _run(folder: Path, name: str, size: int) -> tuple[float, float, list[list[float]]]:
    """What one of them took in a fresh process, and what it says."""
    script = _MEASURED.format(script={"ours": _OURS, "duckdb": _DUCKDB, "pandas": _PANDAS}[name])
    command = [sys.executable, "-c", script, str(folder / f"{name}-{size}"), str(REGIONS), str(PEOPLE)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=LIMIT)
    seconds, megabytes, answer = json.loads(done.stdout)
    return seconds, megabytes, answer


def _agree(ours: list[list[float]], theirs: list[list[float]], name: str) -> None:
    """See that both tell the same people and quartiles: else their times mean nothing."""
    if ours != theirs:
        raise ValueError(f"{name} says something else: {theirs[:3]}, ours {ours[:3]}")
