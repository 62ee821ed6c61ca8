"""In the place of a code cell a facilitator reads what it shows: each sentence of a notebook has its words."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat

import ctekit
from ctekit import workspace

WORDS = Path(ctekit.__file__).parent / "lab/guided/labextensions/ctekit-guided/static/code_line.js"


def test_each_sentence_of_a_notebook_or_an_exercise_has_words_for_the_line_in_its_place() -> None:
    table = WORDS.read_text(encoding="utf-8").partition("const SHOWS = {")[2].partition("};")[0]
    known = set(re.findall(r"^  (\w+): \"", table, re.MULTILINE))
    verbs = {
        verb
        for notebook in (*workspace.notebooks(), *workspace.exercises())
        if notebook.suffix == ".ipynb"
        for cell in nbformat.read(notebook, 4).cells
        if cell.cell_type == "code"
        for verb in re.findall(r"^(?:partnership|exercise)\.(\w+)\(", cell.source)
    }
    assert {"worksheet", "kit", "quiz"} <= verbs
    assert verbs - known == set()
