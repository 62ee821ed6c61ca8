"""A worksheet in a page of its own: the real script in a real browser and the real kernel side, without JupyterLab.

It opens in a moment, so that many small cases can be tried; what JupyterLab does to a form is tried elsewhere.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from ctekit.jupyter.partnership import Partnership
from ctekit.store import Edit
from ctekit.widgets.sheet import Sheet
from tests.browser.driver import Worksheet

_PAGE = "<!doctype html><html lang=en><meta charset=utf-8><title>A worksheet</title><style>{css}</style><body></body>"

_MOUNT = """
async ([source, traits]) => {
    const listeners = new Set();
    const model = {
        get: (name) => traits[name],
        on: (_, listener) => listeners.add(listener),
        off: (_, listener) => listeners.delete(listener),
        send: async (message) => {
            if (window.cut) return;
            const answers = await toKernel(JSON.stringify(message));
            hear(answers);
        },
        widget_manager: {kernel: window.kernel},
    };
    window.hear = (answers) => answers.forEach((answer) => [...listeners].forEach((listener) => listener(answer)));
    const {default: {render}} = await import(URL.createObjectURL(new Blob([source], {type: 'text/javascript'})));
    window.mount = () => {
        const el = document.createElement('div');
        document.body.append(el);
        const clean = render({model, el});
        return () => { clean(); el.remove(); };
    };
    window.unmount = [mount()];
}
"""

ADDRESS = "http://worksheet.test/"


class Bare:
    """One worksheet of a partnership in one page, which may show it in several views."""

    def __init__(self, page: Page, folder: Path, name: str) -> None:
        self.page, self.folder = page, folder
        self.partnership = Partnership(folder)
        self.sheet = Sheet(self.partnership.store, name, who="Ann")
        self.sheet.send = lambda message, buffers=None: self._say(message)  # type: ignore[method-assign]
        html = _PAGE.format(css=self.sheet._css)
        page.route(ADDRESS + "**", lambda route: route.fulfill(body=html, content_type="text/html"))
        page.expose_function("toKernel", self._hear)
        self._said: list[Any] = []
        self.open()

    def open(self) -> Worksheet:
        """Show it in a fresh page, as after a reload."""
        self.page.goto(ADDRESS)
        self.sheet.refresh()
        traits = {"spec": self.sheet.spec, "state": self.sheet.session.state}
        self.page.evaluate(_MOUNT, [self.sheet._esm, traits])
        return self.worksheet

    @property
    def worksheet(self) -> Worksheet:
        return Worksheet(self.page, self.page.locator(".ctekit-sheet").first)

    def _hear(self, message: str) -> list[Any]:
        self._said = []
        self.sheet._receive(self.sheet, json.loads(message), [])
        return self._said

    def _say(self, message: Any) -> None:
        """Playwright gives what a function of ours returns to the page; it cannot be called while that runs."""
        self._said.append(json.loads(json.dumps(message)))

    def save_elsewhere(self, *edits: Edit) -> None:
        """Somebody else saves something, and the page hears of it."""
        self.partnership.store.save(edits)
        self._said = []
        self.sheet.refresh()
        self.page.evaluate("(answers) => hear(answers)", self._said)

    def show_again(self) -> Worksheet:
        """A second view of the same worksheet in the same page, as in a second tab."""
        self.page.evaluate("void unmount.push(mount())")
        return Worksheet(self.page, self.page.locator(".ctekit-sheet").nth(1))

    def stored(self, row: str, field: str) -> Any:
        """What the store holds of one answer, and None for a blank."""
        self.page.wait_for_timeout(20)  # lets what is on its way be heard
        revisions = self.partnership.store.history(self.sheet.session.kind.slug, row, field)
        return max(revisions, key=lambda revision: revision.seq).value if revisions else None
