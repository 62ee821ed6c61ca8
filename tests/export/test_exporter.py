"""Pages: what they show, what they keep out, and that every way to make one gives the same bytes."""

from __future__ import annotations

import datetime
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from lxml.html import fromstring
from nbformat.v4 import new_markdown_cell, new_notebook, new_output
from traitlets.config import Config

from ctekit import samples, worksheets, workshop
from ctekit.export import CtekitExporter, ExportError, pages, paper, sentences
from ctekit.model.errors import CtekitError, NotFoundError
from ctekit.store import Edit, backups, create_store
from ctekit.worksheets.purpose import Purpose
from tests.export import tricks
from tests.export.exporting import code, export, faults, text
from tests.workshop.script import told_in

ROOT = Path(__file__).parents[2]
AT = datetime.datetime(2027, 3, 5, 10, 42, 7, tzinfo=datetime.UTC)
HOSTILE = '<script>alert(1)</script>=HYPERLINK("x")'
SECRET = "only the facilitator may know this"


@pytest.fixture(scope="session")
def harrow_bend(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A partnership's folder with the sample's answers, a hostile one and a private one."""
    folder = tmp_path_factory.mktemp("harrow bend")
    for notebook in (ROOT / "notebooks").glob("[0-9][0-9]-*.ipynb"):
        shutil.copy(notebook, folder)
    edits = [Edit(sheet, field, value, row=row) for sheet, row, field, value in samples.edits("harrow-bend")]
    edits.append(Edit("purpose", "principles", HOSTILE))
    edits.append(Edit("purpose", "note", SECRET, row="clause-1"))
    store = create_store(folder / "partnership.ctekit", partnership="harrow-bend", clock=lambda: AT)
    store.save(edits)
    store.close()
    return folder


@pytest.fixture(scope="session")
def site(harrow_bend: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its pages."""
    output = tmp_path_factory.mktemp("pages")
    pages(harrow_bend, output)
    return output


# The sentences


@pytest.mark.parametrize(
    ("source", "verb"),
    [
        ('partnership.worksheet("purpose")', "worksheet"),
        ('# look\npartnership.worksheet("plan", only="actions");', "worksheet"),
        ("partnership.check()", "check"),
        ("partnership.rate(['a', 1, None])", "rate"),
    ],
)
def test_a_cell_that_is_one_call_with_literal_arguments_is_a_sentence(source: str, verb: str) -> None:
    sentence = sentences.read(source)
    assert sentence is not None
    assert sentence.verb == verb


@pytest.mark.parametrize(
    "source",
    [
        "partnership.worksheet(name)",
        "partnership.worksheet(*names)",
        "partnership.worksheet(**{'name': 'purpose'})",
        "other.worksheet('purpose')",
        "partnership.store.worksheet('purpose')",
        "sheet = partnership.worksheet('purpose')",
        "partnership.worksheet('purpose')\npartnership.check()",
        "partnership.worksheet('purpose'",
        "%matplotlib inline",
        "",
    ],
)
def test_anything_else_is_none(source: str) -> None:
    assert sentences.read(source) is None


def test_a_sentence_shows_the_store_and_not_what_was_saved_in_the_notebook(harrow_bend: Path) -> None:
    saved = new_output("display_data", {"text/html": "<p>stale answer</p>"})
    html = export(harrow_bend, code('partnership.worksheet("purpose")', saved))
    assert "stale answer" not in html
    assert "high-school and college learners" in text(html)
    assert re.search(r"As saved at \d+:42 [AP]M \S+ on March \d, 2027\.", text(html)), "by the clock of this computer"


def test_only_the_folder_of_the_notebook_is_read(harrow_bend: Path, tmp_path: Path) -> None:
    html = export(
        tmp_path,
        code(f"import ctekit\n\npartnership = ctekit.open_partnership({str(harrow_bend)!r})"),
        code('partnership.worksheet("purpose")'),
        code("partnership.worksheet('plan')"),
    )
    assert text(html).count("There is no partnership here yet") == 1
    assert "Harrow Bend" not in html


def test_a_name_nobody_knows_keeps_the_saved_output_or_says_so(harrow_bend: Path) -> None:
    saved = new_output("display_data", {"text/plain": "as it was saved"})
    html = export(
        harrow_bend,
        code('partnership.worksheet("purpse")', saved),
        code('partnership.chart("<b>")'),
        code("partnership.chart()"),
    )
    assert "as it was saved" in text(html)
    assert "There is nothing to show for chart('<b>')." in text(html)
    assert "There is nothing to show for chart()." in text(html)


def test_the_days_room_has_only_buttons_and_a_rounds_room_what_was_saved_of_it(harrow_bend: Path) -> None:
    saved = new_output("display_data", {"text/html": "<p>as it was saved</p>"})
    assert "as it was saved" not in text(export(harrow_bend, code("partnership.room(element='value')", saved)))
    assert "as it was saved" in text(export(harrow_bend, code("partnership.room('quick', share=True)", saved)))


@pytest.mark.parametrize(
    "sentence", ["keep()", "run('half-day')", "kit()", "paper('agreement')", "differences()", "mail()"]
)
def test_of_what_has_only_buttons_a_page_shows_nothing(harrow_bend: Path, sentence: str) -> None:
    saved = new_output("display_data", {"text/html": "<p>as it was saved</p>"})
    shown = text(export(harrow_bend, code(f"partnership.{sentence}", saved)))
    assert "as it was saved" not in shown
    assert "nothing to show" not in shown


def test_nothing_that_writes_is_done(harrow_bend: Path) -> None:
    before = (harrow_bend / "partnership.ctekit").read_bytes()
    export(
        harrow_bend, code('partnership.answer("purpose", "learners", "changed")'), code('partnership.rate("purpose")')
    )
    assert (harrow_bend / "partnership.ctekit").read_bytes() == before


def test_opening_keeping_and_code_are_not_shown(site: Path) -> None:
    for page in site.glob("*.html"):
        assert "open_partnership" not in page.read_text(encoding="utf-8")
        assert "partnership.worksheet" not in page.read_text(encoding="utf-8")


def test_an_answer_saved_later_is_on_the_next_page_of_the_same_exporter(tmp_path: Path) -> None:
    store = create_store(tmp_path / "partnership.ctekit")
    exporter = CtekitExporter()
    notebook = new_notebook(cells=[code('partnership.worksheet("purpose")')])
    for answer in ("the first answer", "the second answer"):
        store.save([Edit("purpose", "learners", answer, based_on=store.latest())])
        html, _ = exporter.from_notebook_node(notebook, {"metadata": {"path": str(tmp_path)}})
        assert answer in text(html)
    store.close()


def test_the_same_sentence_twice_does_not_give_an_id_twice(harrow_bend: Path) -> None:
    cells = [new_markdown_cell("# Twice"), *(code('partnership.worksheet("plan", only="actions")') for _ in range(2))]
    assert faults(export(harrow_bend, *cells)) == []


# The pages


def test_every_page_is_valid_and_small_and_asks_for_nothing(site: Path) -> None:
    paths = sorted(site.glob("*.html"))
    assert len(paths) > len(worksheets.every()) + 10
    for page in paths:
        html = page.read_text(encoding="utf-8")
        assert (page.name, faults(html)) == (page.name, [])
        assert page.stat().st_size <= 200_000
        assert '<html lang="en">' in html
        assert "<script" not in html
        assert (
            '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; img-src data:; '
            "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">" in html
        )
        assert not re.search(r'(?:src|data|action|poster)="(?!data:image/)', html)
        assert "Invented sample: all made up." in text(html)
        assert "There is nothing to show" not in html
        assert "nothing was saved from" not in html
        assert "could not be read" not in html


def test_links_between_pages_lead_to_pages(site: Path) -> None:
    for page in site.glob("*.html"):
        for target in re.findall(r'href="([^"#:]+\.html)', page.read_text(encoding="utf-8")):
            assert (site / target).is_file(), f"{page.name} links to {target}"
    assert 'href="03-recruitment.html"' in (site / "02-purpose.html").read_text(encoding="utf-8")
    assert 'aria-current="page" dir="auto">Clear purpose' in (site / "02-purpose.html").read_text(encoding="utf-8")


def test_the_index_is_a_brief(site: Path) -> None:
    words = text((site / "index.html").read_text(encoding="utf-8"))
    for sentence in (
        "Adaeze Whitcomb",
        "Results so far",
        "Next steps",
        "What we promise",
        "What we ask of you",
        "Draft",
    ):
        assert sentence in words
    assert "findings" not in words


def test_figures_end_where_their_column_does_on_the_pages_of_worksheets_too(site: Path) -> None:
    roles = fromstring((site / "06-roles.html").read_text(encoding="utf-8"))
    heads = [cell.text_content() for cell in roles.xpath('//th[@scope="col"][@class="number"]')]
    assert heads == ["Hours a month"]
    hours = [cell.text_content().strip() for cell in roles.xpath('//td[@data-label="Hours a month"]')]
    assert hours == [cell.text_content().strip() for cell in roles.xpath('//td[@class="short number"]')]
    assert "30" in hours


def test_a_percentage_that_somebody_typed_is_said_as_all_others_are(site: Path) -> None:
    purpose = fromstring((site / "02-purpose.html").read_text(encoding="utf-8"))
    assert purpose.get_element_by_id("purpose-start").text_content() == "From11%"


def test_what_was_typed_is_only_ever_text(site: Path) -> None:
    html = (site / "02-purpose.html").read_text(encoding="utf-8")
    assert HOSTILE in text(html)
    assert "<script" not in html


def test_private_answers_are_in_no_page_unless_asked_for(harrow_bend: Path, site: Path, tmp_path: Path) -> None:
    for page in site.glob("*.html"):
        assert SECRET not in page.read_text(encoding="utf-8")
    assert "what people said in confidence: who scored whom" in text((site / "index.html").read_text(encoding="utf-8"))
    assert SECRET not in export(harrow_bend, code('partnership.worksheet("purpose", private=True)'))
    for page in pages(harrow_bend, tmp_path, ["purpose"], reader="facilitator"):
        assert "Facilitator only" in text(page.read_text(encoding="utf-8"))
    assert SECRET in (tmp_path / "02-purpose.html").read_text(encoding="utf-8")


def test_the_facilitators_script_is_in_no_page(site: Path) -> None:
    assert "Facilitator: run element 2" not in (site / "02-purpose.html").read_text(encoding="utf-8")


def test_somebody_elses_notebook_becomes_a_page(tmp_path: Path) -> None:
    html = export(
        tmp_path,
        new_markdown_cell("## No title\n\nSome *prose*, $x_1$ and $5."),
        code("1 + 1", new_output("execute_result", {"text/plain": "2 < 3"})),
        code("df", new_output("display_data", {"text/html": '<table><tr><th scope="col">a</th></tr></table>'})),
        code("plot", new_output("display_data", {"image/png": tricks.PIXEL}, metadata={"image/png": {"alt": "A dot"}})),
        name="analysis",
    )
    assert faults(html) == []
    assert '<h1 dir="auto">analysis</h1>' in html
    assert "Some <em>prose</em>" in html
    assert "2 < 3" in text(html)
    assert '<th scope="col">a</th>' in html
    assert f'<img src="data:image/png;base64,{tricks.PIXEL}" alt="A dot">' in html
    assert "1 + 1" not in text(html)
    assert "partnership" not in text(html).partition("Made with ctekit")[0]


def test_a_drawing_keeps_its_shapes_and_its_ids_stay_its_own(tmp_path: Path) -> None:
    svg = (
        '<?xml version="1.0"?><svg viewBox="0 0 9 9"><defs><clipPath id="c"><path id="p" d="M0 0"/></clipPath></defs>'
        '<use xlink:href="#p" clip-path="url(#c)" style="fill: #ff0000; background: url(http://x)"/></svg>'
    )
    drawn = [
        code("plot", new_output("display_data", {"image/svg+xml": svg}, metadata={"alt": "Two"})) for _ in range(2)
    ]
    html = export(tmp_path, new_markdown_cell("# Drawings"), *drawn)
    assert faults(html) == []
    assert '<div role="img" aria-label="Two"><svg viewBox="0 0 9 9">' in html
    assert 'clip-path="url(#o1-c)" style="fill:#ff0000"' in html
    assert '<path id="o2-p" d="M0 0">' in html


def test_headings_make_one_outline(tmp_path: Path) -> None:
    source = "# Title\n\n## A\n\n#### Deep\n\n# Another title\n\n## A\n\n[to a](#A) [nowhere](#nowhere)"
    html = export(tmp_path, new_markdown_cell(source))
    assert re.findall(r"<(h\d)", html) == ["h1", "h2", "h3", "h2", "h2"]
    assert '<a href="#h-a">to a</a> nowhere' in html
    assert faults(html) == []


def test_links_go_out_only_in_plain_sight(tmp_path: Path) -> None:
    source = (
        "[s](https://a.org/?x=1&y=2) [j](javascript:hit) [d](data:text/html,x)"
        " ![map](https://a.org/map.png) [f](../x.csv)"
    )
    html = export(tmp_path, new_markdown_cell(source))
    assert re.findall(r'href="([^"#]+)"', html) == ["https://a.org/?x=1&amp;y=2"]
    assert 'rel="noreferrer"' in html
    assert "j d map (https://a.org/map.png) f" in text(html)


@pytest.mark.parametrize(
    "address",
    [
        "sms:+1555",
        "geo:1,2",
        "webcal://county.org/days.ics?a=1&amp;b=2",
        "ftp://a.org/x",
        "file:///home/ana/plan.docx",
        "zoommtg://zoom.us/join",
        "MS-Teams:/l/call",
        "mailto:nobody",
        "tel:+1555!",
        "//a.org/x",
        "http:x",
    ],
)
@pytest.mark.parametrize(
    "form", ["[the words](<{}>)", '<a href="{}">the words</a>', '<p><a href="{}">the words</a></p>']
)
def test_where_a_link_cannot_lead_its_address_is_said(tmp_path: Path, form: str, address: str) -> None:
    html = export(tmp_path, new_markdown_cell(form.format(address)))
    assert faults(html) == []
    assert re.findall(r'href="([^"#]+)"', html) == []
    shown = address.replace("&amp;", "&")
    assert f"the words ({shown})" in text(html)


def test_an_address_that_the_words_say_is_not_said_twice(tmp_path: Path) -> None:
    html = export(tmp_path, new_markdown_cell("[sms:+1555](sms:+1555)"))
    assert text(html).count("sms:+1555") == 1


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "JavaScript:alert(1)", "vbscript:alert(1)", "data:text/html,alert(1)"]
)
@pytest.mark.parametrize(
    "form", ["[the words](<{}>)", '<a href="{}">the words</a>', '<a href=" &#x09;{}">the words</a>']
)
def test_an_address_that_is_a_program_is_neither_a_link_nor_said(tmp_path: Path, form: str, address: str) -> None:
    html = export(tmp_path, new_markdown_cell(form.format(address)))
    assert "the words" in text(html)
    assert "alert" not in html


def test_a_notebook_without_cells_says_so(tmp_path: Path) -> None:
    assert "This notebook has no cells." in text(export(tmp_path))


# Tricks


def test_no_trick_breaks_the_page(tmp_path: Path) -> None:
    html = export(tmp_path, *tricks.notebook().cells)
    assert faults(html) == []
    assert html.encode()
    tags = {tag.lower() for tag in re.findall(r"<([a-zA-Z]+)", html)}
    assert not tags & {
        "script",
        "iframe",
        "object",
        "embed",
        "base",
        "form",
        "input",
        "button",
        "link",
        "video",
        "image",
    }
    assert [*re.findall(r"<meta http-equiv=\"([^\"]+)", html)] == ["Content-Security-Policy"]
    for tag in re.findall(r"<[a-zA-Z][^>]*>", html):
        names = re.findall(r'\s([\w:-]+)(?:="[^"]*")?', re.sub(r'="[^"]*"', '=""', tag))
        assert not [name for name in names if name.startswith("on")], tag
    assert "hidden by the widget" not in html
    assert "Slider()" in html
    assert "secret" not in re.sub(r"<p>.*?</p>", "", html)


@pytest.mark.browser
def test_in_a_browser_no_trick_loads_runs_or_leads_anywhere(tmp_path: Path, browser: Any) -> None:
    notebook = tricks.notebook()
    html, _ = CtekitExporter().from_notebook_node(notebook, {"metadata": {"name": "tricks", "path": str(tmp_path)}})
    page_file = tmp_path / "tricks.html"
    page_file.write_bytes(html.encode())
    requests: list[str] = []
    moves: list[str] = []
    messages: list[str] = []
    page = browser.new_page()
    page.on("request", lambda event: requests.append(event.url))
    page.on("framenavigated", lambda event: moves.append(event.url))
    page.on("dialog", lambda event: messages.append(event.message))
    page.on("console", lambda event: messages.append(event.text))
    page.goto(page_file.as_uri())
    page.wait_for_timeout(500)
    for summary in page.locator("summary").all():
        summary.click()
    for link in page.locator("main a[href^='#']").all():
        link.click()
    page.mouse.move(200, 200)
    page.wait_for_timeout(200)
    assert [url for url in requests if not url.startswith("data:image/png")] == [page_file.as_uri()]
    assert {url.partition("#")[0] for url in moves} == {page_file.as_uri()}
    assert messages == []
    assert page.evaluate("window.hit === undefined && frames.length === 0 && document.scripts.length === 0")
    page.close()


@pytest.mark.browser
def test_pages_are_accessible_and_fit_a_phone(site: Path, browser: Any) -> None:
    from axe_playwright_python.sync_playwright import Axe

    axe = Axe()
    for width in (1280, 320):
        page = browser.new_page(viewport={"width": width, "height": 800}, bypass_csp=True)
        for name in ("02-purpose", "index"):
            page.goto((site / f"{name}.html").as_uri())
            violations = axe.run(page)
            assert violations.violations_count == 0, violations.generate_report()
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.close()


@pytest.mark.browser
def test_paper_shows_what_was_folded(site: Path, browser: Any) -> None:
    page = browser.new_page()
    page.set_content(
        "<style>"
        + (site / "index.html").read_text(encoding="utf-8").partition("<style>")[2].partition("</style>")[0]
        + "</style><details><summary>s</summary><p>folded</p></details>"
    )
    assert not page.locator("p").is_visible()
    page.emulate_media(media="print")
    assert page.locator("p").bounding_box()["height"] > 0
    assert (
        page.evaluate("getComputedStyle(document.querySelector('details'), '::details-content').contentVisibility")
        == "visible"
    )
    page.close()


# Every way to make a page


def test_command_line_and_lab_and_pages_give_the_same_bytes(harrow_bend: Path, site: Path, tmp_path: Path) -> None:
    expected = (site / "02-purpose.html").read_bytes()
    command = [sys.executable, "-m", "nbconvert", "--to", "ctekit.export.CtekitExporter", "02-purpose.ipynb"]
    done = subprocess.run(
        [*command, "--output-dir", str(tmp_path)],
        cwd=harrow_bend,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "02-purpose.html").read_bytes() == expected
    notebook = nbformat.read(harrow_bend / "02-purpose.ipynb", as_version=4)
    # What JupyterLab's server hands over: see jupyter_server.nbconvert.handlers.
    resources = {
        "metadata": {"name": "02-purpose", "modified_date": "today", "path": str(harrow_bend)},
        "config_dir": str(tmp_path),
    }
    theirs = Config(
        {"HTMLExporter": {"template_name": "classic", "preprocessors": ["nbconvert.preprocessors.ClearOutput"]}}
    )
    assert CtekitExporter(config=theirs).from_notebook_node(notebook, resources)[0].encode() == expected
    assert CtekitExporter.export_from_notebook


def test_executing_is_not_possible(tmp_path: Path) -> None:
    exporter = CtekitExporter(config=Config({"ExecutePreprocessor": {"enabled": True}}))
    ran = tmp_path / "ran"
    cell = code(f"open({str(ran)!r}, 'w')")
    exporter.from_notebook_node(new_notebook(cells=[cell]), {"metadata": {"path": str(tmp_path)}})
    assert not ran.exists()


@pytest.mark.slow  # a fresh process
def test_asking_for_the_room_loads_no_nbconvert() -> None:
    heavy = ("nbconvert", "nbformat", "sqlalchemy", "matplotlib")
    ask = f"import sys, ctekit.export; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", ask], cwd=ROOT, capture_output=True, text=True, check=True, timeout=240
    )
    assert done.stdout.strip() == "[]"


# Bad input


def test_an_unknown_worksheet_is_named_with_the_nearest(harrow_bend: Path, tmp_path: Path) -> None:
    with pytest.raises(LookupError, match="No worksheet is called 'purpse'. Did you mean 'purpose'?"):
        pages(harrow_bend, tmp_path / "out", ["purpse"])
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "content", ["not json", "[]", "{}", "\xff", '{"cells": [{"cell_type": 3}], "nbformat": 4, "metadata": {}}']
)
def test_a_notebook_that_cannot_be_read_is_named_and_the_others_are_written(tmp_path: Path, content: str) -> None:
    nbformat.write(new_notebook(cells=[new_markdown_cell("# Fine")]), tmp_path / "01-convener.ipynb")
    (tmp_path / "02-purpose.ipynb").write_bytes(content.encode("latin-1"))
    with pytest.raises(ExportError, match=r"02-purpose\.ipynb .*the other pages were written"):
        pages(tmp_path, tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["01-convener.html", "index.html"]


def test_a_folder_without_notebooks_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="holds no notebook"):
        pages(tmp_path, tmp_path / "out")


def test_a_page_that_cannot_be_written_leaves_the_old_one(harrow_bend: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(CtekitError, match="could not be written"):
        pages(harrow_bend, tmp_path / "taken", ["purpose"])
    assert (tmp_path / "taken").read_text() == "a file"


def test_a_file_that_is_no_store_is_said_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "partnership.ctekit").write_text("not a store")
    nbformat.write(new_notebook(cells=[code("partnership.check()")]), tmp_path / "01-convener.ipynb")
    with pytest.raises(Exception, match="is not a partnership of ctekit"):
        pages(tmp_path, tmp_path / "out")
    assert (tmp_path / "partnership.ctekit").read_text() == "not a store"


# On paper


def test_every_worksheet_and_what_the_room_needs_is_printed_empty(tmp_path: Path) -> None:
    written = paper(None, tmp_path)
    names = [path.stem for path in written]
    assert names[0] == "00-start-here-blank"
    assert names[-4:] == ["need-cards", "give-and-get-slip", "ballot", "exit-ballot"]
    assert len(written) == len(worksheets.every()) + 4
    for path in written:
        assert (path.name, faults(path.read_text(encoding="utf-8"))) == (path.name, [])


@pytest.mark.parametrize("name", workshop.NAMES)
def test_the_run_sheet_of_each_path_prints_its_script(harrow_bend: Path, tmp_path: Path, name: str) -> None:
    (sheet,) = paper(harrow_bend, tmp_path, "facilitator", path=name, start=datetime.time(9))
    html = sheet.read_text(encoding="utf-8")
    assert faults(html) == []
    shown = text(html)
    agenda = workshop.load(name)
    assert shown.count("Facilitator only") == len(agenda.sessions)
    for block in agenda.blocks:
        assert block.title in shown
        assert not block.steps or all(words in shown for words in block.words)
        assert all(step.do in shown for tables in block.tables for card in tables.cards for step in card.steps)
    assert all(trouble.do in shown for trouble in agenda.trouble)
    assert "9:00" in shown


def test_nothing_that_the_lead_says_is_on_a_page_for_everybody(harrow_bend: Path, tmp_path: Path) -> None:
    (sheet,) = paper(harrow_bend, tmp_path / "lead", "facilitator", path="half-day")
    assert len(told_in(text(sheet.read_text(encoding="utf-8")))) > 80
    for page in pages(harrow_bend, tmp_path / "all"):
        assert told_in(text(page.read_text(encoding="utf-8"))) == [], page.name


def test_paper_that_does_not_exist_is_said(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="There is no paper called 'poster'. Choose 'blank' or 'facilitator'."):
        paper(None, tmp_path, "poster")
    with pytest.raises(NotFoundError, match="no path called 'halfday'"):
        paper(None, tmp_path, "facilitator", path="halfday")


def test_a_notebook_file_is_what_jupyter_writes() -> None:
    """The tricks are lawful: nobody could say that the notebook was broken to begin with."""
    nbformat.validate(json.loads(nbformat.writes(tricks.notebook())))


def test_a_backup_put_back_is_seen_though_as_much_was_saved_since(tmp_path: Path) -> None:
    store, exporter = create_store(tmp_path / "partnership.ctekit"), CtekitExporter()
    backup = backups.keep(store)
    for learners in ("before", "after"):
        store.save([Edit("purpose", "learners", learners)])
        book = exporter.book(tmp_path)
        assert book
        assert book[Purpose].learners == learners
        backups.restore(store, backup)
