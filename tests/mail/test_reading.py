"""What a mailed page takes as an answer, Python takes too, and as the same: nothing is refused on its way back."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

import ctekit
from ctekit.mail import _form
from ctekit.model import questions
from ctekit.model.errors import InvalidAnswerError
from ctekit.model.question import Question
from ctekit.worksheets.value import Value

NODE = shutil.which("node")
SCRIPT = """
import { readAnswer, readMark } from "%s";
const cases = JSON.parse(await new Promise((done) => { let text = ""; process.stdin.on("data", (part) => (text += part)); process.stdin.on("end", () => done(text)); }));
const tried = cases.map(([question, given]) => { try { return [readAnswer(question, given, {})]; } catch { return null; } });
process.stdout.write(JSON.stringify(tried));
"""  # noqa: E501

SIGNS = ["", "-", "+", "$", "US$", "("]
BODIES = [
    "0",
    "7",
    "007",
    "12",
    "1,200",
    "1.200",
    "1200.5",
    "12,34",
    "1,2,3",
    "0.123",
    "1.50",
    ".5",
    "5.",
    "1e3",
    "1_000",
]
BODIES += ["٣", "9" * 15, "9" * 16, "1,200,000.25", "1 200", "ten", "1.2.3", "3/4", "1" * 10 + "," + "200", "0.001"]
ENDS = ["", "%", " %", " USD", ")", "k"]
NUMBERS = ["".join(parts) for parts in itertools.product(SIGNS, BODIES, ENDS)]
YEARS = ["2027", "27", "1899", "2201", "0027"]
DAYS = [
    shape.format(year=year, month=month, day=day)
    for shape in ("{year}-{month}-{day}", "{month}/{day}/{year}", "{day}.{month}.{year}", "{month}-{day}-{year}")
    for year in YEARS
    for month in ("1", "02", "6", "13")
    for day in ("1", "09", "29", "30", "31", "32")
]
DAYS += [
    shape.format(year=year, month=month, day=day)
    for shape in ("{month} {day}, {year}", "{day} {month} {year}", "{month} {day}th {year}", "{month} {year}")
    for year in YEARS
    for month in ("June", "jun", "Sept", "Sept.", "ma", "Juno", "feb")
    for day in ("1", "29", "30", "31")
]
WORDS = [" a  b ", "a\nb", "\u00a0", "x" * 5001, "\u200b", "e\u0301", "\ud83d\ude00", "<b>", "0", "false", "\t"]


@pytest.fixture(scope="module")
def node() -> str:
    if not NODE and os.environ.get("CI") == "true":
        pytest.fail("There is no Node here, and a hosted run must have one (node --version)")
    if not NODE:
        pytest.skip("There is no Node here, so the two readers are not compared")
    return NODE


def in_page(node: str, question: Question, name: str, inputs: list[str]) -> list[Any]:
    """What the page makes of each, as a list of one; None where it is refused."""
    module = Path(ctekit.__file__).parent / "widgets" / "js" / "mailed" / "reading.js"
    asked = {"kind": question.kind.name, "title": name, "target": "", **_form._bounds(question)}
    cases = json.dumps([[asked, each] for each in inputs])
    command = [node, "--no-warnings", "--input-type=module", "-e", SCRIPT % module.as_uri()]
    done = subprocess.run(command, input=cases, capture_output=True, encoding="utf-8", check=True, timeout=60)
    tried: list[Any] = json.loads(done.stdout)
    return tried


def here(question: Question, value: Any) -> list[Any] | None:
    try:
        return [questions.read(question, value)]
    except InvalidAnswerError:
        return None


COLUMNS = {"worth_in_money": NUMBERS, "by": DAYS, "gives": WORDS, "how_much": NUMBERS[:40]}


@pytest.mark.parametrize("name", COLUMNS)
def test_what_the_page_takes_is_taken_here_and_reads_the_same(node: str, name: str) -> None:
    question = Value.tables()["exchanges"].row.questions()[name]
    inputs = COLUMNS[name]
    tried = in_page(node, question, name, inputs)
    taken = [(each, page[0]) for each, page in zip(inputs, tried, strict=True) if page is not None]
    assert len(taken) > 5
    for each, value in taken:
        again = here(question, value)
        assert again is not None, f"{each!r} was taken as {value!r}, and is refused here"
        assert again == here(question, each), each


@pytest.mark.parametrize("kind", ["whole", "decimal", "percentage"])
def test_numbers_of_each_kind_too(node: str, kind: str) -> None:
    question = questions.of(getattr(questions, kind)("A number"))
    assert question is not None
    tried = in_page(node, question, kind, NUMBERS)
    taken = [(text, page[0]) for text, page in zip(NUMBERS, tried, strict=True) if page is not None]
    assert len(taken) > 5
    for text, value in taken:
        again = here(question, value)
        assert again is not None, (text, value)
        assert again == here(question, text), text
