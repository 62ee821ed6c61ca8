"""From an edit to its row on the disk: in a browser beside a bare round trip with one commit, and headless."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any
from uuid import uuid4

from playwright.sync_api import Page

from benchmarks.bare import Commits
from benchmarks.lab import idle, running
from benchmarks.matrix_vs_dropdowns import KERNEL
from benchmarks.measure import Comparison, by_turns, percentile, seconds
from benchmarks.places import harrow_bend, v4, write
from ctekit.store import open_store

TIMES = 300
ROUNDS = 40
"""Rounds in the browser: in each, every way to save is taken once, and the bare one after it."""

WORDS = "120 juniors and seniors in advanced manufacturing, at all three high schools, number {}. " * 3
CELLS = (
    "import ctekit\n\npartnership = ctekit.open_partnership()",
    'partnership.worksheet("purpose")',
    'from benchmarks.bare import Echo\n\nEcho("bare.sqlite")',
)
WAYS = ("Enter", "blur", "choice", "pause")
LINE = '[data-field="learners"] input'
CHOICE = '[data-field="ready"] select'
BARE = ".bench-echo"

# Begins at the flush: the key, the blur, the choice, or the end of the pause after the last key. Ends when the browser
# forgets what it kept of the unsaved text, which it does when the kernel has answered that the row is on the disk.
CLOCK = """() => {
  const bench = (window.bench = {
    way: "",
    began: 0,
    taken: [],
    begin(ways) {
      if (ways.includes(bench.way)) bench.began = performance.now();
    },
    end() {
      if (bench.began) bench.taken.push(performance.now() - bench.began);
    },
  });
  addEventListener("keydown", (event) => event.key === "Enter" && bench.begin(["Enter", "bare", "echo"]), true);
  addEventListener("focusout", () => bench.begin(["blur"]), true);
  addEventListener("change", () => bench.begin(["choice"]), true);
  addEventListener("input", () => bench.begin(["burst"]), true);
  const later = window.setTimeout;
  window.setTimeout = (act, time, ...rest) => {
    if (time !== 400) return later(act, time, ...rest);
    const real = ["pause", "burst"].includes(bench.way); // for the others it must not come before what they wait for
    return later(() => (bench.begin(["pause"]), act(...rest)), real ? time : 60000);
  };
  const forget = Storage.prototype.removeItem;
  Storage.prototype.removeItem = function (place) {
    forget.call(this, place);
    if (place.startsWith("ctekit ")) bench.end();
  };
}"""


def compare() -> Iterator[Comparison | str]:
    """In a real JupyterLab, then headless."""
    yield from _in_the_browser()
    yield from _headless()


def _in_the_browser() -> Iterator[Comparison | str]:
    """All ways to save in the same page and kernel as the bare round trip."""
    with harrow_bend() as home:
        cells = [v4.new_code_cell(source) for source in CELLS]
        # As in our notebooks, prose follows: run as the last one, a cell makes JupyterLab put a new one below it.
        node = v4.new_notebook(cells=[*cells, v4.new_markdown_cell("Then talk it over.")], metadata=KERNEL)
        write(node, home / "scratch.ipynb")
        with running(home) as lab, lab.notebook("scratch.ipynb") as page:
            editors = page.locator(".jp-CodeCell .cm-content")
            for number in range(len(CELLS)):
                editors.nth(number).click()
                page.keyboard.press("Shift+Enter")
            page.locator(BARE).wait_for()
            idle(page)
            page.evaluate(CLOCK)
            taken: dict[str, list[float]] = {way: [] for way in (*WAYS, "bare", "echo")}
            for number in range(1 + ROUNDS):
                for way in WAYS:
                    for side in (way, "bare"):
                        taken[side].append(_once(page, side))
                taken["echo"].append(_once(page, "echo"))
                if not number:  # the first round warms
                    taken = {way: [] for way in taken}
            burst = _burst(page, home)
    ours = [cost for way in WAYS for cost in taken[way]]
    us, them = "flush -> saved told, in the page", "bare round trip with one commit"
    for share in (50, 95):
        at, aim = percentile(share / 100), "at most 2" if share == 95 else ""
        yield Comparison(f"save_in_browser_p{share}", ours, taken["bare"], "ms", us, them, aim, at)
    for way, costs in taken.items():
        yield f"{way}: p50 {percentile(0.5)(costs):.1f} ms, p95 {percentile(0.95)(costs):.1f} ms (n {len(costs)})"
    yield burst


def _once(page: Page, way: str) -> float:
    """Save in one way; milliseconds from the flush to the answer."""
    words = WORDS.format(*[uuid4().hex[:4]] * 3).strip()
    page.wait_for_timeout(100)  # what followed from the last one is over
    page.evaluate("(way) => Object.assign(bench, { way, began: 0, taken: [] })", way)
    if way == "choice":
        choice = page.locator(CHOICE).first
        choice.select_option(index=1 if choice.input_value() == '"full"' else 2)
    else:
        line = page.locator(LINE if way in WAYS else BARE).first
        line.focus()
        line.select_text()
        page.keyboard.insert_text(words)
        if way != "pause":
            page.keyboard.press("Tab" if way == "blur" else "Enter")
    page.wait_for_function("() => bench.taken.length")
    taken: float = page.evaluate("() => bench.taken[0]")
    return taken


def _burst(page: Page, home: Path) -> str:
    """How many writes 60 keys make, and when the last is on the disk."""
    with closing(open_store(home / "partnership.ctekit")) as store:
        before = len(store.history("purpose", "", "learners"))
        page.evaluate("() => Object.assign(bench, { way: 'burst', began: 0, taken: [] })")
        line = page.locator(LINE).first
        line.focus()
        line.select_text()
        keys = "".join(chr(ord("a") + n % 26) for n in range(60))
        typing = seconds(lambda: page.keyboard.type(keys, delay=10))
        page.wait_for_function("() => !Object.keys(localStorage).some((place) => place.startsWith('ctekit '))")
        last = page.evaluate("() => bench.taken.at(-1)")
        written = store.history("purpose", "", "learners")
    if written[-1].value != keys:
        raise RuntimeError(f"The last key is not in the store: {written[-1].value!r}")
    return (
        f"60 keys in {typing:.1f} s make {len(written) - before} writes;"
        f" the last key is told saved {last:.0f} ms after it, 400 of them the pause"
    )


def _headless() -> Iterator[Comparison | str]:
    """The sheet gets the browser's own message, and is timed until it answers "saved"."""
    from ctekit.widgets.sheet import Sheet

    with harrow_bend() as home:
        store = open_store(home / "partnership.ctekit")
        sheet = Sheet(store, "purpose")
        answered: list[tuple[float, Any]] = []
        sheet.send = lambda content, buffers=None: answered.append((perf_counter(), content))
        base, count, view = sheet.session.state["answers"].get("", {}).get("learners"), 0, uuid4().hex

        def edit() -> float:
            nonlocal base, count
            count += 1
            words = WORDS.format(*[count] * 3).strip()
            typed = {"uid": uuid4().hex, "row": "", "field": "learners", "value": words, "base": base}
            began = perf_counter()
            answered.clear()
            sheet._receive(sheet, {"edits": [typed], "view": view, "n": count}, [])
            at, answer = answered[0]  # the thanks; what follows from the answer comes after it
            if len(answer["saved"]) != 1 or answer["conflict"]:
                raise RuntimeError(f"The edit was not saved as it should be: {answer}")
            base = answer["saved"][0]["value"]
            return 1000 * (at - began)

        commits = Commits(home.parent / "bare.sqlite")
        ours, peer = by_turns(edit, lambda: 1000 * seconds(lambda: commits.one(WORDS)), times=TIMES, warm=20)
        kept = len(store.history("purpose", "", "learners"))
        store.close()
    us, them = "edit received -> saved told", "BEGIN IMMEDIATE, INSERT, COMMIT"
    for share in (50, 95):
        at = median if share == 50 else percentile(share / 100)
        yield Comparison(f"save_roundtrip_p{share}", ours, peer, "ms", us, them, at=at)
    yield f"{kept} revisions of the answer are in the store ({count} edits were made, after the sample's own)"
