"""The exercises' notebooks keep their style, give nothing away, and can be read by many."""

from __future__ import annotations

import ast
import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import nbformat
import pytest

from ctekit import exercises, worksheets
from ctekit.exercises import Practice
from tests.notebooks.test_style import AVOIDED, BRITISH, HEADING, LINK, RAW_HTML

FOLDER = Path(__file__).parents[2] / "exercises"
GUIDED = FOLDER.parent / "notebooks"
NAMES = sorted(path.stem for path in FOLDER.glob("*.ipynb"))
EACH = pytest.mark.parametrize("name", NAMES)
FROZEN = {"deletable": False, "editable": False, "jupyter": {"source_hidden": False}}
AT_THE_END = ["check", "hint", "solution", "quiz", "summary", "progress", "reset"]


def _read(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((FOLDER / f"{name}.ipynb").read_text("utf-8"))
    return content


def _cells(name: str, kind: str) -> list[dict[str, Any]]:
    return [cell for cell in _read(name)["cells"] if cell["cell_type"] == kind]


def _prose(name: str) -> str:
    return "\n\n".join("".join(cell["source"]) for cell in _cells(name, "markdown"))


def _practice(name: str) -> Practice:
    return exercises.called(name)


def _calls(name: str) -> list[tuple[str, list[Any], dict[str, Any]]]:
    calls = []
    for cell in _cells(name, "code")[1:]:
        (statement,) = ast.parse("".join(cell["source"])).body
        assert isinstance(statement, ast.Expr)
        call = statement.value
        assert isinstance(call, ast.Call)
        assert isinstance(call.func, ast.Attribute)
        assert ast.unparse(call.func.value) == "exercise"
        words = [ast.literal_eval(argument) for argument in call.args]
        calls.append(
            (call.func.attr, words, {str(keyword.arg): ast.literal_eval(keyword.value) for keyword in call.keywords})
        )
    return calls


def _words_of(practice: Practice) -> list[str]:
    """Everything a learner gets only when they ask for it."""
    sentences = [choice.feedback for question in practice.quiz for choice in question.choices]
    for task in practice.tasks:
        sentences += [*task.hints, task.solution, task.asks_next]
    return sentences


def test_each_exercise_has_its_notebook_and_the_other_way_round() -> None:
    assert [practice.notebook for practice in exercises.every()] == NAMES
    assert NAMES


@EACH
def test_the_file_is_a_clean_notebook(name: str) -> None:
    notebook = _read(name)
    nbformat.validate(notebook)
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"
    ids = [cell["id"] for cell in notebook["cells"]]
    assert len(set(ids)) == len(ids) <= 28
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", id_) for id_ in ids)
    for cell in _cells(name, "code"):
        assert (cell["outputs"], cell["execution_count"], cell["metadata"]) == ([], None, FROZEN)
    assert all(cell["metadata"] == {} for cell in _cells(name, "markdown"))


@EACH
def test_headings_make_an_outline(name: str) -> None:
    matches = [HEADING.fullmatch(line) for line in _prose(name).splitlines()]
    headings = [(len(match[1]), match[2]) for match in matches if match]
    levels = [level for level, _ in headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    words = [text.casefold() for _, text in headings]
    assert len(set(words)) == len(words)
    title = _practice(name).title
    number, _, words = title.partition(" ")
    assert headings[0][1] == f"Practice {number}: {words}"
    assert _read(name)["metadata"]["title"] == headings[0][1], "what a tab or a page may be called"


@EACH
def test_code_is_one_sentence_a_cell_in_the_order_of_learning(name: str) -> None:
    opening = "".join(_cells(name, "code")[0]["source"])
    assert opening == f'import ctekit\n\nexercise = ctekit.open_exercise("{_practice(name).name}")'
    calls = _calls(name)
    assert calls[0] == ("quiz", ["open"], {})
    assert [verb for verb, _, _ in calls[-len(AT_THE_END) :]] == AT_THE_END
    assert ("quiz", ["close"], {}) in calls
    middle = calls[1 : -len(AT_THE_END)]
    assert {verb for verb, _, _ in middle} <= {"papers", "worksheet", "chart", "reply"}
    for verb, words, named in middle:
        if verb == "worksheet" and named:
            assert named["only"] in worksheets.called(words[0]).questions()


@EACH
def test_prose_is_plain_american_commonmark(name: str) -> None:
    prose = _prose(name)
    assert not RAW_HTML.search(prose)
    assert not re.search(r"!\[\s*\]\(", prose), "a picture without alternative text"
    assert "—" not in prose
    assert not [match[0] for match in BRITISH.finditer(prose)]
    assert not [match[0] for match in AVOIDED.finditer(prose)]
    assert "is invented" in prose
    inside = [element for element in LINK.findall(prose) if not element.startswith("http")]
    assert all((FOLDER / name).is_file() for name in inside)


@EACH
def test_the_notebook_names_each_task_and_its_minutes(name: str) -> None:
    practice, prose = _practice(name), _prose(name)
    numbers = {
        int(element)
        for line in prose.splitlines()
        if re.match(r"## Tasks? |- \*\*Task ", line)
        for element in re.findall(r"\d+", line.split(":")[0])
    }
    assert numbers == set(range(1, len(practice.tasks) + 1))
    assert f"**Time:** {practice.minutes} minutes" in prose


@EACH
def test_no_hint_and_no_answer_is_in_the_file_that_is_handed_out(name: str) -> None:
    raw = " ".join(json.dumps(_read(name), ensure_ascii=False).casefold().split())
    prose = re.sub(r"[^\w%$]+", " ", _prose(name).casefold())
    assert "hint" not in json.dumps(_read(name)["metadata"])
    for words in _words_of(_practice(name)):
        assert words.casefold() not in raw
        plain = re.sub(r"[^\w%$]+", " ", words.casefold()).split()
        runs = {" ".join(plain[start : start + 9]) for start in range(len(plain) - 8)}
        assert not [run for run in runs if run in prose]


def test_what_a_checker_says_is_american_and_plain() -> None:
    for path in (Path(exercises.__file__).parent).glob("*.*"):
        words = path.read_text("utf-8")
        assert not [match[0] for match in BRITISH.finditer(words)]
        assert not [match[0] for match in AVOIDED.finditer(words)]


def test_the_page_for_pairs_says_what_notebooks_there_are_and_how_long_they_take() -> None:
    rows = re.findall(r"^\| (\d\d-\S+) \| (\d+) \|", (FOLDER / "README.md").read_text("utf-8"), flags=re.MULTILINE)
    assert len(rows) >= 10
    assert {(practice.notebook, str(practice.minutes)) for practice in exercises.every()} >= set(rows)


@pytest.mark.parametrize(
    "notebook", sorted([*FOLDER.glob("*.ipynb"), *GUIDED.glob("*.ipynb")]), ids=lambda path: path.stem
)
def test_no_two_amounts_are_taken_for_a_formula(notebook: Path) -> None:
    """JupyterLab sets what stands between two dollar signs of a text as a formula, over the cells of a table too."""
    cells = nbformat.read(notebook, as_version=4).cells  # type: ignore[no-untyped-call]
    prose = ["".join(cell.source) for cell in cells if cell.cell_type == "markdown"]
    assert [text for text in prose if len(re.findall(r"(?<!\\)\$", text)) > 1] == []
