"""What a reader of a stranger's notebook would miss is on its page, or named as missing."""

from __future__ import annotations

import base64
import re
from pathlib import Path
from typing import Any

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output, new_raw_cell

from ctekit.export.terminal import screen
from tests.export import tricks
from tests.export.exporting import code, export, faults, text

MOVES = "A chart that moves stood here. Open the notebook to see it."
PIXEL = {"fine.png": {"image/png": tricks.PIXEL}}


def prose(folder: Path, source: str, **attachments: Any) -> str:
    html = export(folder, new_markdown_cell(f"# Title\n\n{source}", **attachments), name="analysis")
    assert faults(html) == []
    return html


def output(folder: Path, data: dict[str, Any], **metadata: Any) -> str:
    html = export(folder, code("show()", new_output("display_data", data, metadata=metadata)), name="analysis")
    assert faults(html) == []
    return html


# What a reader would miss


@pytest.mark.parametrize("address", ["logo.png", "./logo.png", "sub/../logo.png", "my%20pictures/logo%202.png"])
def test_a_picture_beside_the_notebook_is_on_the_page(tmp_path: Path, address: str) -> None:
    for name in ("logo.png", "my pictures/logo 2.png", "sub/other.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(base64.b64decode(tricks.PIXEL))
    shown = f'<img src="data:image/png;base64,{tricks.PIXEL}" alt="Our logo"'
    assert f"{shown}>" in prose(tmp_path, f"![Our logo]({address})")
    assert f'{shown} width="60">' in prose(tmp_path, f'<img src="{address}" alt="Our logo" width="60">')
    assert shown in output(tmp_path, {"text/html": f'<img src="{address}" alt="Our logo">'})


LOGO = """<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "b">]>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><linearGradient id="g"><stop offset="0"/></linearGradient>
<rect fill="url(#g)" width="9" height="9" onload="alert(1)"/><text y="9">Tri-Fork\xa0College</text>%s</svg>"""


@pytest.mark.parametrize("more", ["", "<script>alert(1)</script>", '<a href="https://x.example">x</a>'])
def test_a_drawing_beside_the_notebook_is_on_the_page_without_what_runs(tmp_path: Path, more: str) -> None:
    (tmp_path / "logo.svg").write_text(LOGO % more, "utf-8")
    html = prose(tmp_path, "![Our logo](logo.svg) ![Again](logo.svg)")
    packed = re.findall(r'<img src="data:image/svg\+xml;base64,([\w+/=]+)" alt="(?:Our logo|Again)">', html)
    assert len(packed) == 2
    drawn = base64.b64decode(packed[0]).decode()
    assert 'fill="url(#g)"' in drawn
    assert "Tri-Fork" in drawn
    assert not re.search("script|onload|ENTITY|alert", drawn)


@pytest.mark.parametrize(
    "more",
    [
        '<image href="https://x.example/a.png"/>',
        "<foreignObject><p>words</p></foreignObject>",
        '<style>.a{fill:red}</style><path class="a" d="M0 0"/>',
        "<p>words</p><path/>",
        "".join(f'<g id="g{n + 1}">{f"""<use href="#g{n}"/>""" * 10}</g>' for n in range(9)),
        "x" * 600_000,
    ],
    ids=["a picture from elsewhere", "HTML", "colors of classes", "HTML amid it", "uses of uses", "long"],
)
def test_a_drawing_that_a_page_cannot_show_whole_is_named(tmp_path: Path, more: str) -> None:
    (tmp_path / "logo.svg").write_text(LOGO % more, "utf-8")
    html = prose(tmp_path, "![Our logo](logo.svg)")
    assert "<img" not in html
    assert "Our logo (logo.svg)" in text(html)


def test_a_drawing_keeps_its_colors_and_hides_what_it_hid(tmp_path: Path) -> None:
    parts = [
        '<radialGradient id="h" xlink:href="#g" fx="2"/>',
        '<g style="display:none" visibility="hidden"/>',
        '<path d="M0 0" style="fill:url(#h)"/>',
    ]
    (tmp_path / "logo.svg").write_text(LOGO % "".join(parts), "utf-8")
    (packed,) = re.findall(r'svg\+xml;base64,([\w+/=]+)"', prose(tmp_path, "![Our logo](logo.svg)"))
    drawn = base64.b64decode(packed).decode()
    for kept in ('xlink:href="#g" fx="2"', 'style="display:none" visibility="hidden"', "fill:url(&quot;#h&quot;)"):
        assert kept in drawn


def test_boxes_that_are_ticked_say_so(tmp_path: Path) -> None:
    html = prose(tmp_path, '<input type="checkbox" checked> Call\n\n<p><input disabled type=checkbox> Write</p>')
    assert "☑ Call" in text(html)
    assert "☐ Write" in text(html)


@pytest.mark.parametrize(
    ("control", "value"),
    [
        ('<input value="Ana &amp; <b>Ben</b>">', "Ana & <b>Ben</b>"),
        ("<INPUT TYPE=number VALUE=12 disabled>", "12"),
        ("<input type='date' value='2027-06-30'/>", "2027-06-30"),
        ('<input title="a > b" type="range" min="0" value="40">', "40"),
        ('<input type=radio name=r checked> Yes <input type=radio name=r data-checked="no"> No', "◉ Yes ○ No"),
        ('<select><option value="1">Low</option><option value="2" selected>High</option></select>', "High"),
        ("<select><option>First<option>Second</select>", "First"),
        ("<select multiple><option selected>A &amp; B<option>C<option selected>D</select>", "A & B, D"),
        ('<textarea rows="3">What we said &lt;today&gt;</textarea>', "What we said <today>"),
        ('<progress value="3" max="10"></progress>', "3 of 10"),
        ('<progress value="3" max="10">30 %</progress>', "30 %"),
        ('<meter min="0" max="200" value="150"> </meter>', "150 of 200"),
        ("<meter value=0.6></meter>", "0.6"),
    ],
)
def test_the_value_of_a_control_is_on_the_page_as_words(tmp_path: Path, control: str, value: str) -> None:
    for html in (
        output(tmp_path, {"text/html": f"<p><label>Level</label>{control}<span>End</span></p>"}),
        prose(tmp_path, f"<p><label>Level</label>{control}<span>End</span></p>"),
        output(tmp_path, {"text/html": f"<p>Level {control} End</p>"}),
    ):
        assert f"Level {value} End" in text(html)


def test_a_button_leaves_neither_words_nor_a_picture_behind(tmp_path: Path) -> None:
    """Colab puts some beside each table; nothing happens on a page when they are pressed."""
    button = "<button title='Convert' style='display:none'>Convert <svg><path d='M0 0h24v24H0z'/></svg></button>"
    html = output(tmp_path, {"text/html": f"<p>26 places</p>{button}<BUTTON>go</BUTTON><button>never ends"})
    assert "26 places" in text(html)
    assert "Convert" not in html
    assert "<svg" not in html
    assert "never ends" in text(html)


def test_a_secret_and_a_button_have_no_value_to_read(tmp_path: Path) -> None:
    kinds = ("password", "hidden", "submit", "button", "file")
    html = output(
        tmp_path, {"text/html": "<p>Level</p>" + "".join(f'<input type={kind} value="xyzzy">' for kind in kinds)}
    )
    assert "xyzzy" not in html
    two = "<p>Level <select multiple><option>Low<option>High</select> End</p>"
    assert not re.search("Low|High", text(output(tmp_path, {"text/html": two})))


@pytest.mark.parametrize(
    "piece",
    ["<input ", '<input "', "<input '\"", "<select>", "<select><option ", "<progress ", "<input a=", '<meter a="'],
)
def test_controls_without_an_end_are_read_in_one_go(tmp_path: Path, piece: str) -> None:
    output(tmp_path, {"text/html": f"<p>Level</p>{piece * (900_000 // len(piece))}"})


def test_no_picture_is_taken_from_elsewhere(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    secret = base64.b64decode(tricks.PIXEL)
    (tmp_path / "out.png").write_bytes(secret)
    (folder / "link.png").symlink_to(tmp_path / "out.png")
    (folder / "up").symlink_to(tmp_path)
    (folder / "words.png").write_text("no picture")
    (folder / "huge.png").write_bytes(secret + b"\0" * 6_000_000)
    (folder / "dir.png").mkdir()
    names = ["../out.png", "link.png", "up/out.png", "words.png", "huge.png", "dir.png", "none.png", "%2e%2e/out.png"]
    for address in [*names, str(tmp_path / "out.png"), (tmp_path / "out.png").as_uri(), "//host/a.png", "a%00.png"]:
        html = prose(folder, f"![Our map](<{address}>)\n\n<img alt='Again' src='{address}'>")
        assert "<img" not in html
        assert "Our map" in text(html)
        assert "Again" in text(html)
    assert "Our map (none.png)" in text(prose(folder, "![Our map](none.png)"))


def test_html_in_prose_is_cleaned_as_outputs_are(tmp_path: Path) -> None:
    source = (
        "| Duty | Who |\n|---|---|\n| Buses<br>and drivers | Ana |\n\n"
        '<a name="two"></a>\n<img src="attachment:fine.png" width="60">\n\n'
        "<table><tr><td>first</td><td>second</td></tr></table>\n\n[to two](#two) <a href='#two'>again</a>\n\n"
        "<details><summary>More</summary>\n\n**bold**\n\n</details>\n\nH<sub>2</sub>O <script>alert(1)</script>"
        "<b onclick='x()'>loud</b> <style>p {}</style><div>open"
    )
    html = prose(tmp_path, source, attachments=PIXEL)
    assert "Buses<br>and drivers" in html
    assert f'<img src="data:image/png;base64,{tricks.PIXEL}" alt="Picture without description" width="60">' in html
    assert "<td>first</td><td>second</td>" in html
    assert html.count('<a href="#h-two">') == 2
    assert "<strong>bold</strong>" in html
    assert "H<sub>2</sub>O" in html
    assert "<b>loud</b>" in html
    assert "alert" not in html
    assert "&lt;" not in html.partition("<main")[2]


def test_html_headings_are_headings(tmp_path: Path) -> None:
    html = export(tmp_path, new_markdown_cell('<h1 align="center">The title</h1>\n\n<h2 id="b">Part</h2>\n\n[b](#b)'))
    assert faults(html) == []
    assert '<h1 dir="auto">The title</h1>' in html
    assert '<h2 id="h-b">Part</h2>' in html
    assert '<a href="#h-b">b</a>' in html


def test_a_heading_that_is_a_picture_keeps_it(tmp_path: Path) -> None:
    source = "# ![Banner](attachment:fine.png)\n\n## ![Map of the county](attachment:fine.png)\n\nWords."
    html = export(tmp_path, new_markdown_cell(source, attachments=PIXEL))
    assert faults(html) == []
    assert '<h1 dir="auto">Banner</h1>' in html
    assert html.count(tricks.PIXEL) == 2
    assert '<h2 id="h-map-of-the-county"><img ' in html


def test_links_to_people_and_files_stay_or_are_said(tmp_path: Path) -> None:
    html = prose(
        tmp_path,
        "[Ana](mailto:ana@example.org), [the office](tel:+1-555-0100), [the minutes](files/minutes%20May.pdf),"
        " [plan.xlsx](plan.xlsx), <a href='list.csv'>the list</a>, [no](mailto:), [s](sms:1) <bo@example.org>"
        " [ask](mailto:ana@example.org?subject=Our%20plan&body=Dear%20Ana) [x](mailto:?subject=a@b)",
    )
    assert '<a href="mailto:ana@example.org">Ana</a>' in html
    assert '<a href="tel:+1-555-0100">the office</a>' in html
    assert '<a href="mailto:bo@example.org">bo@example.org</a>' in html
    assert '<a href="mailto:ana@example.org?subject=Our%20plan&amp;body=Dear%20Ana">ask</a>' in html
    words = text(html)
    assert "x (mailto:?subject=a@b)" in words
    assert "the minutes (minutes May.pdf), plan.xlsx, the list (list.csv), no (mailto:), s (sms:1)" in words


@pytest.mark.parametrize(
    "data",
    [
        {"application/vnd.plotly.v1+json": {"data": []}},
        {"application/vnd.plotly.v1+json": {"data": []}, "text/plain": "Figure({'data': []})"},
        {"application/vnd.plotly.v1+json": {}, "text/html": "<div id='p'></div><script>draw('p')</script>"},
        {"text/html": "<iframe src='https://example.org/video'></iframe>", "text/plain": "<Video at 0x7f>"},
        {
            "text/html": "<div class='bk-root'></div>",
            "application/vnd.bokehjs_exec.v0+json": "",
            "application/javascript": "",
        },
        {"application/vnd.vegalite.v5+json": {"mark": "bar"}, "text/plain": "<VegaLite 5 object>"},
        {"application/javascript": "draw()", "text/plain": "<IPython.core.display.Javascript object>"},
        {"application/geo+json": {}, "text/plain": "<IPython.display.GeoJSON object>"},
        {"text/html": "<canvas id='c'></canvas>"},
        {"text/html": "<p><object data='a.swf'><embed src='a.swf'></object></p>"},
    ],
)
def test_a_chart_that_moves_is_named(tmp_path: Path, data: dict[str, Any]) -> None:
    assert text(output(tmp_path, data)).count(MOVES) == 1


def test_whatever_stands_for_a_moving_chart_is_shown(tmp_path: Path) -> None:
    vega = {"application/vnd.vegalite.v5+json": {}, "image/png": tricks.PIXEL, "text/plain": "<VegaLite>"}
    assert "<img" in output(tmp_path, vega)
    assert "<img" in output(tmp_path, {"text/html": "<div></div><script>x</script>", "image/png": tricks.PIXEL})
    table = {"text/html": "<table><tr><td>7</td></tr></table><script>sortable()</script>"}
    assert MOVES not in text(output(tmp_path, table))
    assert "text" in text(prose(tmp_path, "text <iframe src='https://example.org/map'></iframe>"))
    assert MOVES in text(prose(tmp_path, "text <iframe src='https://example.org/map'></iframe>"))
    assert "A video stood here." in text(output(tmp_path, {"text/html": "<video src='a.mp4'></video>"}))
    assert "A sound stood here." in text(output(tmp_path, {"audio/wav": "AAAA"}))
    assert "(application/pdf)" in text(output(tmp_path, {"application/pdf": "AAAA"}))


def test_code_that_left_nothing_is_counted_once(tmp_path: Path) -> None:
    html = export(tmp_path, new_code_cell("places = 26"), new_code_cell("places * 2"), new_code_cell("  "))
    assert text(html).count("2 cells of code are not shown; nothing was saved from them.") == 1
    html = export(tmp_path, new_code_cell("places = 26"))
    assert "1 cell of code is not shown; nothing was saved from it." in text(html)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("\r0%\r50%\r100%", "100%"),
        ("\r 10%|#\r100%|##########| 10/10\n", "100%|##########| 10/10\n"),
        ("loading 1\x08\x08 2", "loading 2"),
        ("a\r\nb\r\n", "a\nb\n"),
        ("abc\rx", "xbc"),
        ("abc\r\x1b[Kx", "x"),
        ("one: 0%\ntwo: 0%\x1b[A\rone: 9%\n\rtwo: 9%", "one: 9%\ntwo: 9%"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]8;;http://x\x07link\x1b]8;;\x1b\\", "link"),
    ],
)
def test_of_a_progress_bar_the_last_state_is_shown(written: str, shown: str) -> None:
    assert screen(written) == shown


def test_an_error_is_a_sentence(tmp_path: Path) -> None:
    error = new_output("error", ename="KeyError", evalue="'wage'\nmore", traceback=["File /home/me/x.py", "boom"])
    html = export(tmp_path, code("wages['wage']", error))
    assert "This cell stopped with an error: KeyError: 'wage'." in text(html)
    assert "/home/me" not in html


@pytest.mark.parametrize(
    "formula",
    ["$a_1 * b_1$", "$$\\sum_i x_i * y_i$$", "\\begin{equation}a_1 * b_1\\end{equation}", "\\\\(a_1 * b_1\\\\)"],
)
def test_a_formula_is_there_as_it_was_written(tmp_path: Path, formula: str) -> None:
    assert f"<code>{formula}</code>" in prose(tmp_path, f"We use {formula} here.")


def test_money_is_no_formula(tmp_path: Path) -> None:
    assert "<code>" not in prose(tmp_path, "It costs $5 to $10, or $1,200 - $1,500.")


def test_latex_that_came_alone_is_shown(tmp_path: Path) -> None:
    latex = {"text/latex": "$x^2$", "text/plain": "<IPython.core.display.Math object>"}
    assert "$x^2$" in text(output(tmp_path, latex))


def test_right_to_left_prose_begins_on_the_right(tmp_path: Path) -> None:
    source = "# مرحبا\n\nمرحبا بكم (2026).\n\n- שלום\n\n| שם | b |\n|---|---|\n| א | 1 |"
    html = export(tmp_path, new_markdown_cell(source), new_raw_cell("שלום."))
    assert faults(html) == []
    assert '<h1 dir="auto">مرحبا</h1>' in html
    assert '<p dir="auto">مرحبا بكم (2026).</p>' in html
    assert '<ul dir="auto">' in html
    assert '<td dir="auto">א</td>' in html
    assert '<pre dir="auto">שלום.</pre>' in html
