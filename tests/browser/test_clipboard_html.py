"""What the clipboard of other programs holds, read by the sheet's own JavaScript in a page of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from ctekit.widgets.bundle import bundle
from tests.browser import clipboards

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def read(browser: Browser) -> Iterator[Callable[[str], Any]]:
    """Calls the reader of HTML tables."""
    page = browser.new_page()
    page.add_script_tag(content=bundle("pasted_table") + "\nwindow.read = tableOfHtml;")
    yield lambda html: page.evaluate("(html) => read(html)", html)
    page.close()


GRID = "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>"
CELLS = [["a", "b"], ["c", "d"]]

LAYOUTS = {
    "text before and after": f"<p>Hi all</p>{GRID}<p>Bye</p>",
    "a layout of one cell": f'<table role="presentation"><tr><td>Hi{GRID}Bye</td></tr></table>',
    "a layout in a layout": f"<table><tr><td><table><tr><td>Hi{GRID}Bye</td></tr></table></td></tr></table>",
    "a newsletter of many lines": f"<table>{'<tr><td>News</td></tr>' * 9}<tr><td>{GRID}</td></tr></table>",
    "a layout that says so": f'<table role="none"><tr>{"<td>1</td>" * 5}</tr></table>{GRID}',
    "a signature below": f"{GRID}<table><tr><td>Ana</td></tr><tr><td>555-0100</td></tr></table>",
    "pictures beside": f"<table><tr><td><img src=x></td><td>{GRID}</td></tr></table>",
    "Google Docs": f'<b style="font-weight:normal" id="docs-internal-guid-1"><div dir="ltr">{GRID}</div></b>',
}


@pytest.mark.parametrize("form", LAYOUTS)
def test_the_table_with_the_data_is_taken_and_not_the_layout(read: Callable[[str], Any], form: str) -> None:
    assert read(LAYOUTS[form])["cells"] == CELLS


@pytest.mark.parametrize(
    "html", ["", "<p>a</p>", "<table><tr><td>a</td></tr></table>", "<table></table>", "<tr><td>a</td><td>b</td></tr>"]
)
def test_no_table_or_one_cell_is_left_to_the_plain_text(read: Callable[[str], Any], html: str) -> None:
    assert read(html) is None


def test_a_table_in_a_cell_stays_in_its_cell(read: Callable[[str], Any]) -> None:
    inner = "<table><tr><td>x</td><td>y</td></tr><tr><td>z</td></tr></table>"
    below = "<tr><td>c</td><td>d</td></tr><tr><td>e</td><td>f</td></tr>"
    html = f"<table><tr><td>a</td><td>b {inner}</td></tr>{below}</table>"
    assert read(html)["cells"] == [["a", "b\nx y\nz"], ["c", "d"], ["e", "f"]]


def test_merged_cells_bold_lines_and_what_is_beside_are_told(read: Callable[[str], Any]) -> None:
    table = read(clipboards.MERGED)
    assert table["cells"] == [
        ["Our plan, draft 2", "", ""],
        ["Person in charge", "Work", ""],
        ["Person in charge", "What", "By when"],
        ["Adaeze Whitcomb", "Call the mayor", "11/18/2026"],
        ["Adaeze Whitcomb", "Write to the board", "2026-12-01"],
    ]
    assert (table["marked"], table["merged"]) == ([0, 1, 2], [0])
    assert table["notes"] == ["2 cells merged over several lines: their words were put into each line."]
    assert read(GRID + GRID)["notes"] == ["Another table was copied with this one. Paste each by itself."]
    assert read(GRID + "<p>Bye</p>")["notes"] == ["The text around the table is left out."]


def test_bold_lines_are_known_in_the_style_of_excel_and_of_google(read: Callable[[str], Any]) -> None:
    css = "<style>.xl65 {mso-style-parent:style0;\n\tfont-weight:700;} .xl66 {color:black;}</style>"
    excel = (
        GRID.replace("<td>a", "<td class=xl65>a")
        .replace("<td>b", "<td class=xl65>b")
        .replace("<td>c", "<td class=xl66>c")
    )
    assert read(css + excel)["marked"] == [0]
    bold = '<td style="overflow:hidden;font-weight:bold;">'
    assert read(GRID.replace("<td>a", f"{bold}a").replace("<td>b", f"{bold}b"))["marked"] == [0]
    assert read(GRID.replace("<td>a", f"{bold}a"))["marked"] == []


HIDDEN = {
    "a line that a filter hides": ("<tr><td>c", "<tr style='display:none'><td>x</td><td>y</td></tr><tr><td>c"),
    "a column that is hidden": ("<td>b", "<td style='DISPLAY: none'>x</td><td>b"),
    "a line in a merged cell": ("<tr><td>c</td>", "<tr hidden><td rowspan=2>c</td><td>x</td></tr><tr>"),
    "the last line of a merged cell": (
        "<td>a</td><td>b</td></tr>",
        "<td rowspan=2>a</td><td>b</td></tr><tr hidden></tr>",
    ),
    "an attribute": ("<td>b", "<td hidden>x</td><td>b"),
    "how a name is said, as Excel keeps it": (
        "<td>b",
        "<td><ruby>b<span style='display:none'><rt>x</rt></span></ruby>",
    ),
    "how a name is said, shown above it": ("<td>b", "<td><ruby>b<rp>(</rp><rt>x</rt><rp>)</rp></ruby>"),
    "words that Word hides": ("<td>b", "<td>b<span style='mso-hide:all'>x</span>"),
}


@pytest.mark.parametrize("form", HIDDEN)
def test_what_nobody_sees_in_a_table_is_not_pasted(read: Callable[[str], Any], form: str) -> None:
    assert read(GRID.replace(*HIDDEN[form]))["cells"] == CELLS


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("12<sup>3</sup>", "12³"),
        ("Oak Mills<sup> 1 </sup>", "Oak Mills¹"),
        ("CO<sub>2</sub>", "CO₂"),
        ("June 1<sup>st</sup>", "June 1st"),
        ('<img alt="✅" src="x">', "✅"),
        ('<img alt="Our logo" src="x">', ""),
        ('<input type="checkbox" checked>', "☑"),
        ('<input type="checkbox">', ""),
        ('<input type="checkbox">Yes<br><input type="checkbox" checked>No', "☐ Yes\n☑ No"),
        ('<input type="radio" checked> Yes <input type="radio"> No', "☑ Yes ☐ No"),
    ],
)
def test_signs_say_what_people_see(read: Callable[[str], Any], html: str, words: str) -> None:
    assert read(GRID.replace("<td>b", f"<td>{html}"))["cells"] == [["a", words], ["c", "d"]]


def test_hidden_columns_are_told(read: Callable[[str], Any]) -> None:
    columns = "<col><col span=2 style='display:none'>"
    wide = GRID.replace("<td>b", "<td>x</td><td>y</td><td>b").replace("<td>d", "<td>x</td><td colspan=2>y</td><td>d")
    table = read(wide.replace("<table>", f"<table>{columns}"))
    assert table["cells"] == [["a", "b"], ["c", "y", "d"]]
    assert table["notes"] == ["2 hidden columns are left out."]


def test_nothing_in_what_is_pasted_runs_or_is_fetched(read: Callable[[str], Any]) -> None:
    html = GRID.replace("a<", "a<img src=x onerror='window.ran=1'><script>window.ran=1</script><style>b</style><")
    assert read(html)["cells"] == CELLS


def test_twenty_thousand_lines_are_read_no_further_than_they_are_taken(read: Callable[[str], Any]) -> None:
    table = read(clipboards.excel([[f"Step {number}", "x", "y", "z"] for number in range(20_000)]))
    assert (len(table["cells"]), table["count"]) == (1000, 20_000)
