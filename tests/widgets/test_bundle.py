"""The browser's modules: joined by Python as a widget hands them over, and tested where there is a Node."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

import ctekit
from ctekit.widgets.bundle import bundle
from tests.protocol import DECLARATIONS, declarations

WIDGETS = ["worksheet", "panel"]
ENTRIES = [*WIDGETS, "mailed"]
NODE = shutil.which("node")


@pytest.fixture
def node() -> str:
    if not NODE and os.environ.get("CI") == "true":
        pytest.fail("There is no Node here, and a hosted run must have one (node --version)")
    if not NODE:
        pytest.skip("There is no Node here, so the JavaScript is tested in the browser only")
    return NODE


def test_the_modules_do_what_their_own_tests_say(node: str) -> None:
    tests = sorted((Path(__file__).parents[1] / "js").glob("*.test.mjs"))
    assert tests
    command = [node, "--no-warnings", "--test", "--test-reporter=spec", *map(str, tests)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("entry", ENTRIES)
def test_what_a_widget_hands_over_is_one_module(entry: str, node: str, tmp_path: Path) -> None:
    joined = tmp_path / "joined.mjs"
    joined.write_text(bundle(entry), "utf-8")
    done = subprocess.run([node, "--check", joined], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("entry", ENTRIES)
def test_each_name_stands_for_one_thing_and_no_import_is_left(entry: str) -> None:
    text = bundle(entry)
    names = Counter(re.findall(r"^(?:async )?(?:function|class|const|let) (\w+)", text, re.MULTILINE))
    assert [name for name, count in names.items() if count > 1] == []
    assert re.findall(r"^import\b.*", text, re.MULTILINE) == []
    exports = ["export default { initialize, render };"] if entry in WIDGETS else []
    assert re.findall(r"^export\b.*", text, re.MULTILINE) == exports


def test_every_module_is_part_of_what_a_widget_hands_over() -> None:
    joined = "".join(map(bundle, ENTRIES))
    modules = sorted((Path(ctekit.__file__).parent / "widgets" / "js").rglob("*.js"))
    assert modules
    assert [path.name for path in modules if path.read_text("utf-8").splitlines()[0] not in joined] == []


def test_a_module_comes_after_those_it_needs_and_once(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text('import { b } from "./b.js";\nimport { c } from "./c.js";\nexport default b + c;\n')
    (tmp_path / "b.js").write_text('import { c } from "./c.js";\nexport const b = c;\n')
    (tmp_path / "c.js").write_text("export const c = 1;\n")
    assert bundle("a", tmp_path).split("\n") == ["const c = 1;", "", "const b = c;", "", "export default b + c;", ""]


def test_what_stands_in_a_folder_of_a_modules_name_comes_with_it(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text('import { TABLE } from "./table.js";\nexport default TABLE;\n')
    (tmp_path / "table.js").write_text("export const TABLE = {};\n")
    (tmp_path / "table").mkdir()
    (tmp_path / "c.js").write_text("export const c = 1;\n")
    (tmp_path / "table" / "b.js").write_text(
        'import { c } from "../c.js";\nimport { TABLE } from "../table.js";\nTABLE.b = c;\n'
    )
    lines = bundle("a", tmp_path).split("\n")
    assert [line for line in lines if line] == [
        "const TABLE = {};",
        "const c = 1;",
        "TABLE.b = c;",
        "export default TABLE;",
    ]


B = 'import { b } from "./b.js";\n'


@pytest.mark.parametrize(
    ("modules", "words"),
    [
        ({"a": B, "b": 'import { a } from "./a.js";\n'}, "in a circle: a > b > a"),
        ({"a": B}, "a.js imports b.js, which is not in"),
        ({}, "There is no a.js"),
        ({"a": B, "b": "const b = 1;\n"}, "imports b, which b.js does not export"),
        ({"a": B + "const c = 1;\n", "b": "export const b = 1;\nlet c;\n"}, "c is defined in b.js and in a.js"),
        ({"a": B, "b": "export const b = 1;\nexport default b;\n"}, "b.js has an `export default`"),
        ({"a": 'import b from "b";\n'}, 'a.js: write "import b from "b";" as'),
        ({"a": "export { b };\n"}, 'a.js: write "export { b };" as'),
    ],
)
def test_what_cannot_be_joined_says_why(modules: dict[str, str], words: str, tmp_path: Path) -> None:
    for name, source in modules.items():
        (tmp_path / f"{name}.js").write_text(source)
    with pytest.raises(ValueError, match=re.escape(words)):
        bundle("a", tmp_path)


def test_the_types_of_the_messages_are_those_of_the_kernel() -> None:
    assert DECLARATIONS.read_text("utf-8") == declarations(), "run: python -m tests.protocol"
