"""The site of documentation builds without a warning, is whole, asks for nothing from outside, and its examples run."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from ctekit import charts, rules, worksheets
from docs.generate import public

ROOT = Path(__file__).parent.parent
PLACES = public()
WITH_EXAMPLES = [page for page in sorted((ROOT / "docs").rglob("*.md")) if "```python" in page.read_text("utf-8")]


class Assets(HTMLParser):
    """What a page loads by itself: not what a reader may follow."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {"src", "srcset", "data", "poster"} | ({"href"} if tag in ("link", "image", "use") else set())
        self.addresses += [value for name, value in attrs if name in names and value]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "docs", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr
    return folder


def test_the_site_asks_for_nothing_from_outside(site: Path) -> None:
    for page in site.rglob("*.html"):
        assets = Assets()
        assets.feed(page.read_text(encoding="utf-8"))
        outside = [address for address in assets.addresses if re.match(r"(https?:)?//", address)]
        assert not outside, f"{page.relative_to(site)} loads {outside}"
    for style in site.rglob("*.css"):
        text = style.read_text(encoding="utf-8")
        assert not re.search(r"(url\(|@import)\s*[\"']?(https?:)?//", text), f"{style.name} loads from outside"


def test_every_public_name_is_in_the_reference(site: Path) -> None:
    for name, place in PLACES.items():
        page = (site / "generated" / "reference" / f"{name}.html").read_text(encoding="utf-8")
        missing = [member for member in place.__all__ if f'id="{name}.{member}"' not in page]
        assert not missing, f"the reference of {name} lacks {missing}"


def test_every_rule_chart_and_question_has_its_words_in_the_site(site: Path) -> None:
    page = (site / "rules.html").read_text(encoding="utf-8")
    assert [rule.code for rule in rules.every() if f"{rule.code}:" not in page] == []
    drawn = (site / "generated" / "charts.html").read_text(encoding="utf-8")
    assert [name for name in charts.every() if f"partnership.chart(&quot;{name}&quot;)" not in drawn] == []
    asked = (site / "generated" / "questions.html").read_text(encoding="utf-8")
    fields = [field for kind in worksheets.every().values() for field in kind.questions()]
    assert [field for field in fields if f">{field}<" not in asked] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_no_fault_in_what_is_ours(browser: Browser, site: Path, width: int, scheme: str) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    for name in ("index", "tutorial", "architecture", "generated/charts", "generated/questions", "how-to/python"):
        page.goto((site / f"{name}.html").as_uri())
        result = Axe().run(page, context={"include": [["article.bd-article"]]})
        assert result.response["passes"], "axe looked at nothing"
        faults = [
            f"{fault['id']}: {node['html'][:200]}"
            for fault in result.response["violations"]
            for node in fault["nodes"][:3]
        ]
        assert not faults, f"{name}: {faults}"
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{name} is {wide} pixels too wide"
    page.close()
    assert [url for url in requests if not url.startswith(("file:", "data:"))] == []


@pytest.mark.parametrize("page", WITH_EXAMPLES, ids=lambda page: page.stem)
def test_the_examples_of_a_page_run_one_after_the_other(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for example in re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
        exec(compile(example, page.name, "exec"), names)


@pytest.mark.parametrize("name", PLACES)
def test_the_examples_of_docstrings_give_what_they_say(name: str) -> None:
    assert doctest.testmod(PLACES[name]).failed == 0
