"""Files and functions stay small: split by reason when one grows past what fits in a head."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

import ctekit

PACKAGE = Path(ctekit.__file__).parent
FILES = sorted(path for path in PACKAGE.rglob("*.*") if path.suffix in (".py", ".js", ".css"))
MODULES = [path for path in FILES if path.suffix == ".py"]

LONGEST_FILE = 300
LONGEST_FUNCTION = 50
MEDIAN_FILE = 110


def docstring_lines(node: ast.AST) -> int:
    """How many lines explain: NumPy's form takes some for each parameter, and they are not read all at once."""
    if not isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        return 0
    match node.body:
        case [ast.Expr(ast.Constant(str())) as first, *_]:
            return (first.end_lineno or first.lineno) - first.lineno + 1
    return 0


def long_functions(tree: ast.AST) -> Iterator[str]:
    """Each function with more lines than it may have, its docstring apart."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1 - docstring_lines(node)
            if lines > LONGEST_FUNCTION:
                yield f"{node.name}, line {node.lineno}: {lines} lines"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_file_is_read_in_one_go(path: Path) -> None:
    lines = len(path.read_text("utf-8").splitlines())
    assert lines <= LONGEST_FILE, f"{lines} lines: take out what has a reason of its own to change."


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_function_fits_on_a_screen(path: Path) -> None:
    assert not list(long_functions(ast.parse(path.read_text("utf-8"))))


def test_a_function_that_grows_too_long_is_seen() -> None:
    source = "def grown():\n" + '    """Says\n    much."""\n' + "    pass\n" * 50
    assert list(long_functions(ast.parse(source))) == ["grown, line 1: 51 lines"]


def test_most_files_are_far_smaller() -> None:
    def code(path: Path) -> int:
        text = path.read_text("utf-8")
        return len(text.splitlines()) - sum(docstring_lines(node) for node in ast.walk(ast.parse(text)))

    assert median(map(code, MODULES)) < MEDIAN_FILE
