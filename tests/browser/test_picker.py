"""The list one picks several names from."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from ctekit.widgets.sheet import Sheet

pytestmark = pytest.mark.browser

CODE = str(Sheet._esm).replace("export default", "const widget =")
NAMES = ["José Martínez", "Jose\u0301 Ode", "Łódź Works", "Søren Day", "Weiß GmbH", *(f"Name {n}" for n in range(6))]


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("jose", NAMES[:2]),
        ("MARTINEZ", NAMES[:1]),
        ("José", NAMES[:2]),
        ("lodz", NAMES[2:3]),
        ("soren", NAMES[3:4]),
        ("weiss", NAMES[4:5]),
        ("nobody", []),
    ],
)
def test_a_name_is_found_without_its_accents(page: Page, typed: str, left: list[str]) -> None:
    page.set_content("<main></main>")
    page.evaluate(
        f"""(names) => {{
            {CODE}
            const rows = names.map((name, number) => [`s-${{number}}`, name]);
            const question = {{ control: "check_boxes", target: "profile.people", also: [], from: "Profile" }};
            const refs = () => ({{ "profile.people": rows }});
            const who = control(question, [], refs, () => {{}}, {{ name: "Who" }});
            document.querySelector("main").append(who.element);
        }}""",
        NAMES,
    )
    page.get_by_label("Type to find").fill(typed)
    assert [words.strip() for words in page.locator(".ck-list label").all_inner_texts()] == left
