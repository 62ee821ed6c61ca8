"""Run the comparisons, or those that are named: ``python -m benchmarks [NAME ...]``."""

from __future__ import annotations

import importlib
import json
import os
import sys
import traceback
from pathlib import Path

NAMES = (
    "commands",
    "rules",
    "save_roundtrip",
    "merge",
    "live_views",
    "page_vs_htmlexporter",
    "site_vs_htmlexporter",
    "export_vs_execute",
    "lab_menu_export",
    "matrix_vs_dropdowns",
    "grids",
    "nine_notebooks",
    "papers",
    "room",
    "following",
    "room_beside_jupyter",
    "rollup",
)
"""A comparison is a module here with `compare`, which yields a `Comparison` or a line to print."""

RESULTS = Path(__file__).with_name("results.json")


def main(wanted: list[str]) -> int:
    """Print each comparison and keep the figures; what was not run keeps the figures it had."""
    unknown = [name for name in wanted if name not in NAMES]
    if unknown:
        print(f"No comparison is called '{unknown[0]}'. They are: {', '.join(NAMES)}.", file=sys.stderr)
        return 2
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores{load}. Medians, taken by turns; read the ratios.")
    rows = {row["name"]: row for row in json.loads(RESULTS.read_text("utf-8"))} if wanted and RESULTS.exists() else {}
    broken = []
    for name in wanted or NAMES:
        print(flush=True)
        try:
            for outcome in importlib.import_module(f"benchmarks.{name}").compare():
                if isinstance(outcome, str):
                    print(f"  {outcome}", flush=True)
                else:
                    print(outcome.lines(), flush=True)
                    rows[outcome.name] = outcome.row()
        except Exception:  # the other comparisons are still worth their time
            traceback.print_exc()
            broken.append(name)
        RESULTS.write_text(json.dumps(list(rows.values()), indent=2) + "\n", "utf-8")
    print(f"\n{len(rows)} rows are in {RESULTS.parent.name}/{RESULTS.name}.")
    if broken:
        print(f"Not measured, for the reason printed above: {', '.join(broken)}.", file=sys.stderr)
    return len(broken) > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
