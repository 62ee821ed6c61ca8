"""Somebody who has read CONTRIBUTING alone adds what it shows, in a copy of the repository: nothing else has to change.

`make test` adds all of them at once and runs the tests that read what stands there, but for the cases it runs by itself
on what stood there before; `make additions` adds each alone and runs all of `make quick`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(r"^```\w+ (\S+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
EXAMPLES = dict(BLOCK.findall((ROOT / "CONTRIBUTING.md").read_text("utf-8")))
"""Each file that CONTRIBUTING shows, by the path where it goes."""

ADDITIONS = {
    "rule": ["ctekit/rules/front_door.py"],
    "chart": ["ctekit/charts/seats.py"],
    "worksheet": ["ctekit/worksheets/equipment.py", "notebooks/09-equipment.ipynb"],
    "exercise": ["ctekit/exercises/first_call.toml", "exercises/11-first-call.ipynb"],
    "paper": ["ctekit/papers/badges.py"],
    "format of papers": ["ctekit/papers/renderers/text.py"],
    "language": ["ctekit/languages/ht/room.toml"],
}
READING = [
    "charts",
    "exercises",
    "notebooks",
    "papers/test_papers.py",
    "room/test_spoken.py",
    "rubrics",
    "rules/test_rule.py",
    "rules/test_samples.py",
    "worksheets",
    "test_floors.py",
]
"""Tests that read what stands in a folder."""

LIMIT = 1200
SHOWS = """
from ctekit import charts, exercises, papers, rubrics, rules, samples, views, worksheets
from ctekit.room.translations import words
from ctekit.workbook import from_answers
from tests.papers.test_papers import text_of

(rule,) = (rule for rule in rules.every() if rule.code == "CM99")
named = {"ready": "full", "front_door": "The desk"}
addressed = {"front_door_address": "desk@partners.example"}
cases = ({}, {**named, **addressed}, named)
outcomes = [rules.run(rule, from_answers({"communication": case})).outcome for case in cases]
assert outcomes == ["waits", "holds", "findings"], outcomes
assert "### CM99: The front door has an address of its own." in rules.as_markdown()
page = views.SENTENCES["chart"](samples.book("harrow-bend"), "seats")
assert all(part in page for part in ("Who fills the room?", "<svg", "<td"))
assert list(worksheets.every())[-2:] == ["equipment", "plan"]
book = from_answers({"equipment": {"machines": [{"id": "machine-1", "machine": "A lathe"}]}})
assert "A lathe" in views.worksheet(book, "equipment")
call = exercises.called("first-call")
states = [outcome.state for outcome in call.outcomes(call.before, {"open": "Tom Berg told me to call.", "ask": "Hm."})]
assert states == ["right", "compare", "not attempted"], states
(badges,) = papers.make("badges", samples.book("harrow-bend"))
for form in papers.FORMATS:
    if papers.suits(badges, form):
        name, content = papers.render(badges, form)
        assert name.startswith("badges."), form
        assert "Mirela Osei" in text_of(form, content), form
name, content = papers.render(badges, "text")
assert name == "badges.txt" and "- Mirela Osei\\n" in content.decode(), content
assert rubrics.languages() == ("en", "es", "ht")
assert (words()["ht"]["join"], words()["ht"]["change"]) == ("Antre", words()["en"]["change"])
"""


def copy_with(folder: Path, paths: list[str]) -> None:
    """Copy the repository as git knows it, with these examples added and the page of rules written anew."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    for name in subprocess.run(
        listed, cwd=ROOT, check=True, capture_output=True, text=True, timeout=LIMIT
    ).stdout.split("\0"):
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    for path in paths:
        assert not (folder / path).exists()
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(EXAMPLES[path], "utf-8")
    (folder / "docs" / "rules.md").write_text(run(folder, "-m", "ctekit.rules"), "utf-8")


def run(folder: Path, *words: str) -> str:
    """What Python says in the copy."""
    done = subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        env={key: value for key, value in os.environ.items() if "PYTEST" not in key} | {"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout[-6000:]}\n{done.stderr[-3000:]}"
    return done.stdout


def check(folder: Path, *tests: str) -> None:
    run(folder, "-m", "ruff", "check", "--quiet", ".")
    run(folder, "-m", "ruff", "format", "--check", "--quiet", ".")
    words = ("-q", "-p", "no:cacheprovider", "-m", "not browser and not slow", "--ignore", "tests/test_additions.py")
    run(folder, "-m", "pytest", *words, *tests)


@pytest.fixture
def copy() -> Iterator[Path]:
    """A folder for a copy. Not in pytest's own place: a test lets go of its rights, and must be able to read."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def test_contributing_shows_every_file_of_an_addition() -> None:
    assert sorted(EXAMPLES) == sorted(path for paths in ADDITIONS.values() for path in paths)


@pytest.mark.slow
@pytest.mark.timeout(LIMIT)
def test_all_additions_together_work_by_standing_there(copy: Path, request: pytest.FixtureRequest) -> None:
    copy_with(copy, list(EXAMPLES))
    run(copy, "-c", SHOWS)
    cases = copy.with_name(f"{copy.name}-cases")  # beside the copy, whose files are read
    same = (f"--deselect={item.nodeid}" for item in request.session.items if item.nodeid.endswith("]"))
    cases.write_text("\n".join(same), "utf-8")
    try:
        check(copy, f"@{cases}", *(f"tests/{name}" for name in READING))
    finally:
        cases.unlink()


@pytest.mark.slow
@pytest.mark.timeout(LIMIT)
@pytest.mark.skipif("CTEKIT_ADDITIONS" not in os.environ, reason="minutes for each: run by `make additions`")
@pytest.mark.parametrize("paths", ADDITIONS.values(), ids=list(ADDITIONS))
def test_each_addition_alone_leaves_the_quick_tests_green(copy: Path, paths: list[str]) -> None:
    copy_with(copy, paths)
    check(copy, "-n", "2", "--dist", "loadfile")
