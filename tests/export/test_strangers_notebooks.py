"""Notebooks of somebody else: nothing costs more than its cell, takes for ever, or is larger than a page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_markdown_cell, new_notebook, new_output

from ctekit.export import CtekitExporter, cells, outputs, pages, places
from ctekit.store import Edit, create_store
from tests.export import tricks
from tests.export.exporting import code, export, faults, text


def output(folder: Path, data: dict[str, Any], **metadata: Any) -> str:
    html = export(folder, code("show()", new_output("display_data", data, metadata=metadata)), name="analysis")
    assert faults(html) == []
    return html


# One cell costs itself alone


@pytest.fixture
def partnership(tmp_path: Path) -> Path:
    store = create_store(tmp_path / "partnership.ctekit")
    store.save([Edit("purpose", "learners", "the first answer")])
    store.close()
    return tmp_path


BROKEN = [
    {"cell_type": "markdown", "metadata": {}},
    {"cell_type": "markdown", "metadata": [1], "source": "x"},
    {"cell_type": "code", "metadata": {}, "source": "x", "outputs": 5},
    {"cell_type": "code", "metadata": {}, "source": "x", "outputs": [7]},
    {"cell_type": "code", "metadata": {}, "source": "x", "outputs": [{}]},
    {"cell_type": "code", "metadata": {}, "source": "x", "outputs": [{"output_type": "display_data", "data": [1]}]},
    {
        "cell_type": "code",
        "metadata": {},
        "source": "x",
        "outputs": [{"output_type": "display_data", "metadata": 3, "data": {"image/png": tricks.PIXEL}}],
    },
    {"cell_type": "markdown", "metadata": {"tags": 4}, "source": "x"},
    {"cell_type": "dance", "metadata": {}, "source": "x"},
    {"metadata": {}, "source": "x"},
    {"cell_type": "markdown", "metadata": {}, "source": "![a](attachment:a)", "attachments": [1]},
    "a cell",
    None,
]


@pytest.mark.parametrize("cell", BROKEN, ids=str)
def test_a_cell_that_cannot_be_read_costs_itself_alone(tmp_path: Path, cell: Any) -> None:
    notebook = new_notebook(cells=[new_markdown_cell("# Fine\n\nbefore"), new_markdown_cell("after")])
    notebook.cells.insert(1, nbformat.from_dict(cell))
    html, _ = CtekitExporter().from_notebook_node(notebook, {"metadata": {"name": "x", "path": str(tmp_path)}})
    assert faults(html) == []
    words = text(html)
    assert "before" in words
    assert "after" in words
    assert "There is nothing to show here: this cell of the notebook could not be read." in words
    (tmp_path / "02-purpose.ipynb").write_text(json.dumps(notebook))
    assert pages(tmp_path, tmp_path / "out")[0].read_text(encoding="utf-8").count("could not be read") == 1


@pytest.mark.parametrize(
    "call",
    [
        "worksheet({1: 2})",
        "worksheet(None)",
        "worksheet(['purpose'])",
        "worksheet('purpose', only={})",
        "rate(5)",
        "rate({'a': {}})",
        "changes('9999-12-31')",
        "changes(0)",
        "chart(b'spread')",
        "thread(1.5)",
        "check({})",
        "worksheet('purpose', as_of='9999-12-31')",
        "handover(as_of=7)",
    ],
)
def test_a_sentence_with_odd_arguments_costs_itself_alone(partnership: Path, call: str) -> None:
    cells = [code(f"partnership.{call}"), code('partnership.worksheet("purpose")')]
    nbformat.write(new_notebook(cells=cells), partnership / "20-mine.ipynb")
    nbformat.write(new_notebook(cells=[new_markdown_cell("# Behind")]), partnership / "21-behind.ipynb")
    written = pages(partnership, partnership / "pages", reader="facilitator")
    assert {"20-mine.html", "21-behind.html", "index.html"} <= {path.name for path in written}
    html = (partnership / "pages" / "20-mine.html").read_text(encoding="utf-8")
    assert faults(html) == []
    assert "the first answer" in text(html)


@pytest.mark.parametrize("bomb", ["(" * 5000, "[" * 150 + "]" * 150, "-" * 9000 + "1", "9" * 9000, "'" + "x" * 10**6])
def test_code_that_no_program_can_read_is_only_code(partnership: Path, bomb: str) -> None:
    html = export(partnership, code(f"partnership.worksheet({bomb})"), code('partnership.worksheet("purpose")'))
    assert "the first answer" in text(html)


# In time, and no larger than a page


LONG = 110_000
"""Characters that took for ever. What takes too long is ended by the limit of a test."""


@pytest.mark.parametrize("pattern", ["\x1b]", "\x1b[", "\x1b[0", "\r", "a\r", "\x08", "\x1b[A", "\x1b[1K", "\n\x1b[A"])
def test_no_stream_takes_for_ever(tmp_path: Path, pattern: str) -> None:
    stream = new_output("stream", name="stdout", text=pattern * (LONG // len(pattern)))
    assert "the end" in export(tmp_path, code("print()", stream), new_markdown_cell("the end"))


@pytest.mark.slow  # a third of a second of one core each
@pytest.mark.parametrize(
    "pattern",
    [
        "=\n",
        "# a\n",
        "**x**",
        "*_",
        "[a](",
        "![](",
        "<",
        "<!--",
        "<div>",
        "<p><b id=a>",
        "> ",
        "$a",
        "|a|\n|-|\n",
        "a\n=",
    ],
)
def test_no_prose_takes_for_ever(tmp_path: Path, pattern: str) -> None:
    html = export(tmp_path, new_markdown_cell(pattern * (LONG // len(pattern))), new_markdown_cell("the end"))
    assert "the end" in html
    assert "The rest of this text is not shown: it is too long for a page." in html


def test_tags_wrongly_nested_do_not_multiply(tmp_path: Path) -> None:
    bomb = "<p>" + "".join(f"<b id=a{number}>" for number in range(3000)) + "<p>x" * 3000
    assert "nested too deeply" in text(output(tmp_path, {"text/html": bomb}))
    assert "nested too deeply" in text(output(tmp_path, {"image/svg+xml": f"<svg>{'<g>' * 5000}"}))
    closed = "<table><tr><td></b></table>"  # does not close what stands outside of the cell
    bomb = "<p>" + "".join(f"<b id=a{number}>{closed}" for number in range(3000)) + "<p>x" * 3000
    assert "nested too deeply" in text(output(tmp_path, {"text/html": bomb}))


def test_what_is_too_long_for_a_page_is_cut_and_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outputs, "LONGEST_TEXT", 1000)
    monkeypatch.setattr(outputs, "LONGEST_HTML", 1000)
    monkeypatch.setattr(places, "LARGEST", 1000)
    stream = code("print()", new_output("stream", name="stdout", text="word " * 1000))
    table = code("df", new_output("display_data", {"text/html": "<p>row</p>" * 1000}))
    picture = code("plot", new_output("display_data", {"image/png": tricks.PIXEL.rstrip("=") + "AAAA" * 1000}))
    html = export(tmp_path, stream, table, picture)
    assert faults(html) == []
    words = text(html)
    assert words.count("The rest of this output is not shown: it is too long for a page.") == 2
    assert words.count("word") == 200
    assert words.count("row") == 100
    assert "A picture stood here that a page cannot show." in words


def test_a_page_has_a_size_and_says_where_it_ends(partnership: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "LARGEST", 900)
    table = [code("df", new_output("display_data", {"text/html": "<p>row</p>" * 30})) for _ in range(9)]
    html = export(partnership, *table, code('partnership.worksheet("purpose")'))
    assert text(html).count("row") == 60
    assert text(html).count("The rest of this notebook is not shown") == 1
    assert "the first answer" in text(html)


def test_text_takes_no_more_room_than_it_needs(tmp_path: Path) -> None:
    saved = new_output("execute_result", {"text/plain": "{'Huang \"High\"': 'O'}"})
    html = export(tmp_path, new_markdown_cell('It\'s "fine"'), code("schools", saved))
    assert 'It\'s "fine"' in html
    assert "{'Huang \"High\"': 'O'}" in html


# A drawing


def test_shapes_may_be_used_again_and_groups_may_not(tmp_path: Path) -> None:
    levels = "".join(
        f'<g id="l{level}">{f"<use href={chr(34)}#l{level - 1}{chr(34)}/>" * 10}</g>' for level in range(1, 10)
    )
    html = output(tmp_path, {"image/svg+xml": f'<svg><rect id="l0" width="9"/>{levels}<use href="#l9"/></svg>'})
    assert html.count("<use") == 10  # of the rectangle
    assert "Parts of this drawing are not shown." in text(html)
    many = '<svg><path id="p" d="' + "M0 0L9 9" * 10_000 + '"/>' + '<use href="#p"/>' * 1000 + "</svg>"
    assert output(tmp_path, {"image/svg+xml": many}).count("<use") < 100
    letters = '<svg><defs><path id="a" d="M0 0"/></defs><use xlink:href="#a" x="1"/><use xlink:href="#a" x="2"/></svg>'
    html = output(tmp_path, {"image/svg+xml": letters})
    assert html.count('<use xlink:href="#o1-a"') == 2
    assert "not shown" not in text(html)


# Whatever they hold, the page is valid


TAGS = """
    <p> </p> <b> </b> <div> </div> <pre> <hr> <br> <blockquote> <h1> </h1> <ul> <li> </ul> <details> <dl> <dt>
    </details> <table> <tr> <td> </td> <caption> </table> <select> <option> <textarea> <a/href='x.pdf'> <a/href='#t'>
    <a/name=t> </a> <a/href=mailto:a@b.c> <svg> </svg> <g/id=q> </g> <path/id=q> <use/href=#q> <foreignObject> <desc>
    <title> <iframe> </iframe> <math> <mtext> </math> <style> </style> <script> </script> <!-- --> <video> <template>
    <form> <fieldset> <address> <button> <center> <plaintext> <span/id=t> </span> <h2/id=t>
    ** _ ` [x](y) [#](#t) $a$ text &
"""
PIECES = [
    *TAGS.split(),
    *("\n", "\n\n", "```\n", "# ", "- ", "> ", "| a | b |\n|--|--|\n", "<p title='", "<img src=a.png alt='<b>\"x'>"),
]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=20))
@example(pieces=["<a/name=t>", "<div>", "<table>", "<a/href='x.pdf'>"])
def test_whatever_stands_in_prose_or_an_output_the_page_is_valid(tmp_path: Path, pieces: list[str]) -> None:
    source = "".join(pieces)
    shown = [{"text/html": source}, {"text/markdown": source}, {"image/svg+xml": f"<svg>{source}"}]
    cells = [new_markdown_cell(source), *(code("x", new_output("display_data", data)) for data in shown)]
    html = export(tmp_path, *cells, name="analysis")
    assert faults(html) == []
    assert "could not be read" not in html


@pytest.mark.parametrize("source", ["&" * 800_000, "&amp;" * 180_000, f"<a title='{'&x;' * 300_000}'>x</a>"])
def test_an_output_of_ampersands_alone_is_named_and_keeps_nobody_waiting(tmp_path: Path, source: str) -> None:
    html = export(tmp_path, code("x", new_output("display_data", {"text/html": source})), name="analysis")
    assert "it holds too many “&” for a page" in text(html)
    assert faults(html) == []


def test_an_output_of_begun_boxes_to_tick_keeps_nobody_waiting(tmp_path: Path) -> None:
    source = '<input type=checkbox checked> seen <b title="' + "<input type " * 80_000
    html = export(tmp_path, code("x", new_output("display_data", {"text/html": source})), name="analysis")
    assert "☑ seen" in text(html)
    assert faults(html) == []
