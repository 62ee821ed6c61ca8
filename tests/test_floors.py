"""The floors of the house: imports only go down, and a heavy library is known in one room only."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import ctekit

PACKAGE = Path(__file__).parent.parent / "ctekit"

# From the ground up. A room knows those on the lines above its own, itself, and nobody beside it.
FLOORS = (
    "terminal",
    "model",
    "rubrics",
    "worksheets",
    "ratings workshop",
    "workbook",
    "analysis",
    "rules samples",
    "charts dataframes store exercises",
    "rounds",
    "state_folder views workspace",
    "history",
    "copies",
    "editing interchange papers room",
    "site",
    "export",
    "partnership rollup",
    "widgets",
    "mail",
    "jupyter lab",
    "ctekit",
    "cli",
    "__main__",
)
FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms.split()}

KNOWN_ONLY_IN = {
    "sqlalchemy": "store",
    "sqlite3": "store",
    "psycopg": "store",
    "rapidfuzz": "analysis",
    "matplotlib": "charts papers",  # its fonts are in PDFs
    "pandas": "dataframes",
    "nbconvert": "export",
    "nbformat": "export lab",
    "mistune": "export",
    "nh3": "export",
    "docx": "papers",
    "openpyxl": "interchange",
    "typst": "papers",
    "pikepdf": "papers",
    "icalendar": "papers",
    "ipywidgets": "widgets",
    "anywidget": "widgets",
    "traitlets": "widgets export",  # nbconvert's exporters are made of them
    "starlette": "room",
    "uvicorn": "room",
    "itsdangerous": "room",
    "segno": "room",
    "psutil": "room",
    "tornado": "lab",
    "voila": "lab",
    "h11": "room",
    "typer": "cli",
    "rich": "cli terminal",
}

PUBLIC = ("", *ctekit.__all__)  # what stands in ctekit/__init__.py itself

FILES = sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    return "ctekit" if first == "__init__" else first


def imports(tree: ast.AST, for_types: bool = False) -> Iterator[tuple[int, str, bool]]:
    """Line and full name of everything that is imported, and whether only the type checker reads it."""
    for node in ast.iter_child_nodes(tree):
        match node:
            case ast.If(test=ast.Name("TYPE_CHECKING"), body=body, orelse=other):
                yield from imports(ast.Module(body, []), True)
                yield from imports(ast.Module(other, []), for_types)
            case ast.Import(names):
                yield from ((node.lineno, alias.name, for_types) for alias in names)
            case ast.ImportFrom(module, names, level):
                assert level == 0, f"line {node.lineno}: say the whole name, from ctekit on"
                yield from ((node.lineno, f"{module}.{alias.name}", for_types) for alias in names)
            case _:
                yield from imports(node, for_types)


def faults(path: Path) -> Iterator[str]:
    here = room_of(path)
    for line, name, for_types in imports(ast.parse(path.read_text("utf-8"))):
        where = f"{path.relative_to(PACKAGE.parent)}:{line}: the room “{here}” imports {name}"
        top, _, inside = name.partition(".")
        first = inside.split(".")[0]
        there = "ctekit" if first in PUBLIC else first
        if top == "ctekit" and there not in FLOOR:
            yield f"{where}, a room without a floor. Give it one in {Path(__file__).name}."
            continue
        goes_up = top == "ctekit" and there != here and FLOOR[there] >= FLOOR[here]
        if goes_up:
            yield f"{where}, on floor {FLOOR[there]}, which is not below floor {FLOOR[here]}. Move down what both need."
        if not for_types and here not in KNOWN_ONLY_IN.get(top, here).split():
            yield f"{where}, which only “{KNOWN_ONLY_IN[top]}” may know. Ask that room for what you need."


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_only_go_down(path: Path) -> None:
    assert room_of(path) in FLOOR, f"“{room_of(path)}” is a new room: give it a floor in {Path(__file__).name}."
    upward = list(faults(path))
    assert not upward, "\n".join(upward)


def test_the_test_itself_sees_an_import_that_goes_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(globals(), "PACKAGE", tmp_path)
    (tmp_path / "rules.py").write_text(
        "def late():\n    from ctekit import views\n    import sqlalchemy.orm\n"
        "if TYPE_CHECKING:\n    from ctekit.partnership import Partnership\n"
    )
    up, sideways, types = faults(tmp_path / "rules.py")
    assert "rules.py:2: the room “rules” imports ctekit.views, on floor" in up
    assert "imports sqlalchemy.orm, which only “store” may know" in sideways
    assert "imports ctekit.partnership.Partnership, on floor" in types


def test_every_room_on_a_floor_is_there() -> None:
    assert set(FLOOR) == {room_of(path) for path in FILES}


def table() -> str:
    """The floors as docs/architecture.md shows them, the highest first."""
    lines = ["| floor | rooms | alone know |", "| --- | --- | --- |"]
    for floor, rooms in reversed(list(enumerate(FLOORS))):
        heavy = [library for library, owners in KNOWN_ONLY_IN.items() if set(owners.split()) & set(rooms.split())]
        names = ", ".join(f"`{room}`" for room in rooms.split())
        lines.append(f"| {floor} | {names} | {', '.join(heavy)} |")
    return "\n".join(lines)


def test_the_tool_that_is_not_ours_looks_at_the_same_floors() -> None:
    settings = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    layers = [set(layer.split(" | ")) for layer in settings["contracts"][0]["layers"]]
    assert layers == [set(rooms.split()) for rooms in reversed(FLOORS) if rooms != "ctekit"]


def test_the_map_shows_these_floors() -> None:
    text = (PACKAGE.parent / "docs" / "architecture.md").read_text("utf-8")
    assert table() in text, f"Put this into docs/architecture.md:\n{table()}"


if __name__ == "__main__":
    print(table())
