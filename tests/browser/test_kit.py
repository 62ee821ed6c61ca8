"""The kit as it comes out of a printer: read from the PDF, in two widths of type and on both papers."""

from __future__ import annotations

import io
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from pypdf import PageObject, PdfReader

from ctekit import export, workspace
from ctekit.export.kit import Options, PrintedSheet, kit
from ctekit.export.kit._options import MILLIMETERS, PAPERS
from ctekit.model import clock
from ctekit.workshop import NAMES

pytestmark = pytest.mark.browser

FONTS = ("DejaVu Sans", "Liberation Sans")
"""A wide one, and one as wide as Arial."""
FOOT = "Made with ctekit, CC BY 4.0"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
SET_FONT = """(name) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { font-family: "${name}" !important }`);
    document.adoptedStyleSheets = [sheet];
}"""


@pytest.fixture(scope="module")
def kit_window(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, bypass_csp=True)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def kit_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("kit-home") / "home"
    workspace.make(home, "", "harrow-bend")
    return home


def letters(words: str) -> Counter[str]:
    """How often each letter and digit is there: the order of a PDF's words is its own."""
    return Counter(sign for sign in unicodedata.normalize("NFKC", words) if sign.isalnum())


def pdf_of(window: Page, path: Path, font: str, paper: str = "Letter") -> tuple[list[PageObject], list[str]]:
    """The pages of a sheet in print, and what its sections say there."""
    window.goto(path.as_uri())
    window.emulate_media(media="print")
    window.evaluate(SET_FONT, font)
    window.evaluate("document.querySelectorAll('.ctekit-hidden').forEach((part) => part.remove())")
    sections = window.evaluate("[...document.querySelectorAll('.page')].map((section) => section.innerText)")
    content = window.pdf(prefer_css_page_size=True, format=paper)
    window.emulate_media(media="screen")
    return list(PdfReader(io.BytesIO(content)).pages), sections


def look(window: Page, output: Path, line: PrintedSheet, font: str, paper: str) -> Iterator[str]:
    """What is wrong with a sheet in print."""
    pages, sections = pdf_of(window, output / f"{line.sheet.name}.html", font)
    name = f"{line.sheet.name} on {paper} in {font}"
    if line.sheet.about:  # the type decides
        if abs(len(pages) - line.pages) > 2:
            yield f"{name}: {len(pages)} pages, and the checklist says about {line.pages}"
        return
    if len(pages) != line.pages:
        yield f"{name}: {len(pages)} pages, and the checklist says {line.pages}"
        return
    size = MILLIMETERS[PAPERS[paper][line.sheet.big]]
    for number, (page, section) in enumerate(zip(pages, sections, strict=True), start=1):
        millimeters = [float(edge) * 25.4 / 72 for edge in page.mediabox[2:]]
        if any(abs(a - b) > 1 for a, b in zip(sorted(millimeters), size, strict=True)):
            yield f"{name}: page {number} is {millimeters} mm"
        words = page.extract_text().replace(FOOT, "")
        if missing := letters(section) - letters(words):
            yield f"{name}: page {number} lacks letters of its section, so something is split: {dict(missing)}"
        if sum(letters(words).values()) < 20:
            yield f"{name}: page {number} has only a foot"


@pytest.mark.parametrize(
    ("paper", "names"), [("letter", False), ("a4", False), ("letter", True)], ids=["letter", "a4", "with names"]
)
def test_each_sheet_for_24_people_prints_as_the_checklist_says_and_nothing_is_split(
    kit_window: Page, kit_home: Path, tmp_path: Path, paper: str, names: bool
) -> None:
    printed = kit(kit_home if names else None, tmp_path, Options(people=24, paper=paper, language="es"))
    faults = [fault for line in printed for font in FONTS for fault in look(kit_window, tmp_path, line, font, paper)]
    print(*(f"{line.sheet.name}: {line.pages} x {line.copies}" for line in printed), sep="\n")
    assert faults == []


@pytest.mark.parametrize("path", NAMES)
def test_what_is_the_paths_own_prints_as_the_checklist_says(kit_window: Page, tmp_path: Path, path: str) -> None:
    printed = kit(None, tmp_path, Options(people=60, path=path))
    own = [line for line in printed if line.sheet.paths or line.sheet.name[:2] in ("00", "03", "07", "11", "41")]
    assert [fault for line in own for fault in look(kit_window, tmp_path, line, FONTS[0], "letter")] == []


def test_the_run_sheet_has_the_clock_of_its_path_from_its_start(kit_window: Page, tmp_path: Path) -> None:
    kit(None, tmp_path, Options(path="employers-90", start=clock.read("13:30")))
    pages, _ = pdf_of(kit_window, tmp_path / "41-run-sheet.html", FONTS[0])
    first = pages[0].extract_text()
    assert "90 minutes with employers" in first
    assert "1:15" in first, "doors open before"
    assert "1:30" in first


@pytest.mark.parametrize("paper", PAPERS)
def test_empty_worksheets_split_nothing_and_have_no_page_with_only_a_foot(
    kit_window: Page, tmp_path: Path, paper: str
) -> None:
    most = {"00": 4, "01": 1, "02": 2, "03": 2, "04": 1, "05": 2, "06": 1, "07": 1, "08": 3, "99": 3}
    for path in export.paper(None, tmp_path):
        for font in FONTS if path.stem.endswith("-blank") else ():
            pages, _ = pdf_of(kit_window, path, font, PAPERS[paper][0])
            assert len(pages) <= most[path.stem[:2]], (path.stem, font)
            for page in pages:
                assert sum(letters(page.extract_text().partition("(2018).")[2] or page.extract_text()).values()) > 20
            kept = kit_window.evaluate(
                "[...document.querySelectorAll('.ctekit-space')].map((part) => getComputedStyle(part).breakInside)"
            )
            assert set(kept) == {"avoid"}
            tallest = kit_window.evaluate(
                """() => {
                    const wide = document.querySelector('.ctekit-wide') !== null;
                    document.body.style.width = wide ? '249mm' : '180mm';
                    const parts = [...document.querySelectorAll('.ctekit-space')];
                    return Math.max(...parts.map((part) => part.offsetHeight));
                }"""
            )
            wide = pages[0].mediabox.width > pages[0].mediabox.height
            assert tallest * 25.4 / 96 <= (180 if wide else 249), f"{path.stem}: a part is taller than a page"


def test_a_cut_line_is_clear_of_words(kit_window: Page, tmp_path: Path) -> None:
    for line in kit(None, tmp_path, Options(language="es")):
        kit_window.goto((tmp_path / f"{line.sheet.name}.html").as_uri())
        kit_window.emulate_media(media="print")
        closest = kit_window.evaluate(
            """() => Math.min(99, ...[...document.querySelectorAll('.cards > div')].flatMap((card) => {
                const edge = card.getBoundingClientRect();
                return [...card.children].map((part) => {
                    const box = part.getBoundingClientRect();
                    return Math.min(
                        card.clientTop || getComputedStyle(card).borderTopWidth !== '0px' ? box.top - edge.top : 99,
                        getComputedStyle(card).borderRightWidth !== '0px' ? edge.right - box.right : 99,
                    );
                });
            }))"""
        )
        kit_window.emulate_media(media="screen")
        assert closest >= 5 * 96 / 25.4, f"{line.sheet.name}: {closest} px"


def test_axe_finds_nothing_and_a_narrow_window_does_not_scroll(kit_window: Page, tmp_path: Path) -> None:
    for line in kit(None, tmp_path, Options(language="es")):
        for width in (1280, 320):
            kit_window.set_viewport_size({"width": width, "height": 800})
            kit_window.goto((tmp_path / f"{line.sheet.name}.html").as_uri())
            assert kit_window.evaluate("document.documentElement.scrollWidth") <= width, (line.sheet.name, width)
            report = Axe().run(kit_window, options=AXE)
            assert report.violations_count == 0, line.sheet.name + report.generate_report()
    kit_window.set_viewport_size({"width": 1280, "height": 800})


def test_type_is_large_enough_to_read_at_arms_length(kit_window: Page, tmp_path: Path) -> None:
    for line in kit(None, tmp_path, Options(language="es")):
        kit_window.goto((tmp_path / f"{line.sheet.name}.html").as_uri())
        kit_window.emulate_media(media="print")
        smallest = kit_window.evaluate(
            "Math.min(...[...document.querySelectorAll('.page :is(p, li, td, tbody th, h3):not(.note, .of)')]"
            ".map((part) => parseFloat(getComputedStyle(part).fontSize)))"
        )
        kit_window.emulate_media(media="screen")
        assert smallest * 72 / 96 >= 12, f"{line.sheet.name}: {smallest} px"
