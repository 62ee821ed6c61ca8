"""Drives JupyterLab and a worksheet the way a person does: by what is written on the screen, with mouse and keys."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Download, Locator, Page, expect

from ctekit.model.questions import Question

SHOTS = Path(__file__).parent / "shots"
BEGUN = re.compile(r"\[[*\d]+\]")
SAVED = re.compile(r"^Saved \d\d?:\d\d [AP]M$")


def wait_until(page: Page, ready: Callable[[], bool], seconds: float = 20) -> bool:
    """Whether something that no locator knows of becomes true."""
    until = time.monotonic() + seconds
    while not ready() and time.monotonic() < until:
        page.wait_for_timeout(100)
    return ready()


class Notebook:
    """One notebook open in JupyterLab."""

    def __init__(self, page: Page, name: str) -> None:
        self.page = page
        self.name = name
        self.panel = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")

    def wait_until_open(self) -> None:
        expect(self.panel.locator(".jp-Notebook-cell").first).to_be_visible(timeout=60_000)
        expect(self.page.locator(f'.lm-DockPanel .lm-TabBar-tab.lm-mod-current[title*="{self.name}"]')).to_be_visible()
        # Run before there is a kernel, and JupyterLab starts two and may end up with neither. Its indicator says "idle"
        # of no kernel too.
        expect(self.panel.locator(".jp-KernelName")).to_have_text(re.compile("Python"), timeout=60_000)
        expect(self.panel.locator(".jp-Notebook-ExecutionIndicator")).to_have_attribute(
            "data-status", "idle", timeout=60_000
        )

    def menu(self, *entries: str) -> None:
        """Choose an entry of JupyterLab's menus, such as ("Run", "Run All Cells")."""
        self.page.locator(".lm-MenuBar-item", has_text=re.compile(f"^{entries[0]}$")).click()
        for entry in entries[1:]:
            words = re.compile(f"^{re.escape(entry)}$")
            item = self.page.locator(
                ".lm-Menu .lm-Menu-item", has=self.page.locator(".lm-Menu-itemLabel", has_text=words)
            )
            item.last.hover()
            if entry == entries[-1]:
                item.last.click()

    def switch(self, name: str) -> Notebook:
        """Open another notebook of the folder from the list at the left, and run it."""
        other = Notebook(self.page, f"{name}.ipynb")
        entry = self.page.locator(f'.jp-DirListing-item[title*="{name}.ipynb"]')

        def select() -> bool:
            entry.click()
            return "jp-mod-selected" in (entry.get_attribute("class") or "")

        # Not by a double click: while JupyterLab lays out anew what was open, the entry may move away between the two.
        assert wait_until(self.page, select), f"{name} cannot be selected"
        self.page.keyboard.press("Enter")
        other.wait_until_open()
        if not other.panel.locator(".ctekit-sheet").count():
            other.run_all()
        return other

    def run_all(self, seconds: float = 60) -> None:
        self._forget_numbers()
        self.menu("Run", "Run All Cells")
        expect(self.panel.locator(".jp-CodeCell .jp-InputPrompt").first).to_have_text(BEGUN)
        self.wait_until_run(seconds)

    def restart_and_run_all(self) -> None:
        self._forget_numbers()
        self.menu("Kernel", "Restart Kernel and Run All Cells…")
        self.page.locator(".jp-Dialog").get_by_role("button", name="Confirm Kernel Restart").click()
        expect(self.panel.locator(".jp-CodeCell .jp-InputPrompt").first).to_have_text(BEGUN)
        self.wait_until_run()

    def _forget_numbers(self) -> None:
        """Those of an earlier run would be taken for this one's: JupyterLab leaves them until a cell begins."""
        self.panel.locator(".jp-CodeCell .jp-InputPrompt").evaluate_all(
            "(all) => all.forEach((prompt) => (prompt.textContent = '[ ]:'))"
        )

    def save(self) -> None:
        """File > Save Notebook, until the file is written."""
        name = quote(self.name)
        with self.page.expect_response(lambda answer: answer.request.method == "PUT" and name in answer.url):
            self.menu("File", "Save Notebook")

    def wait_until_run(self, seconds: float = 60) -> None:
        """Until every code cell has a number, which it gets when it has run."""
        ended = self.page.wait_for_function(
            """(panel) => {
                const stderr = '.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.stderr"]';
                const wrong = panel.querySelector(stderr);
                if (wrong) return wrong.textContent;
                const prompts = [...panel.querySelectorAll('.jp-CodeCell > .jp-Cell-inputWrapper .jp-InputPrompt')];
                return prompts.every((prompt) => /\\[\\d+\\]/.test(prompt.textContent)) && 'run';
            }""",
            arg=self.panel.element_handle(),
            timeout=seconds * 1000,
        )
        assert ended.json_value() == "run", ended.json_value()

    def sheet(self, title: str) -> Worksheet:
        """A worksheet of this notebook, by its title."""
        sheet = Worksheet(self.page, self.panel.locator(f'.ctekit-sheet[aria-label="{title}"]'))
        expect(sheet.root).to_be_visible()
        return sheet

    def cells(self) -> list[tuple[str, str]]:
        """Kind and source of every cell, as JupyterLab holds them."""
        cells: list[tuple[str, str]] = self.panel.locator(".jp-Notebook-cell").evaluate_all(
            """(all) => all.map((cell) => [
                ['Code', 'Markdown', 'Raw'].find((kind) => cell.matches(`.jp-${kind}Cell`)).toLowerCase(),
                (cell.querySelector('.jp-RenderedMarkdown, .cm-content') || cell).textContent])"""
        )
        return [(kind, words) for kind, words in cells]

    def export(self, to: Path) -> Path:
        """Keep the page that File > Save and Export Notebook As > Ctekit brings."""
        downloads: list[Download] = []

        def opened(window: Page) -> None:
            # The window closes as soon as it turns out to be a download.
            window.on("download", lambda download: downloads.append(download))

        self.page.context.on("page", opened)
        opened(self.page)
        self.menu("File", "Save and Export Notebook As", "Ctekit")
        until = time.monotonic() + 20
        while not downloads and time.monotonic() < until:
            self.page.wait_for_timeout(50)
        self.page.context.remove_listener("page", opened)
        assert downloads, "JupyterLab's menu brought no page"
        downloads[0].save_as(to)
        return to


class Worksheet:
    """One worksheet on the screen."""

    def __init__(self, page: Page, root: Locator) -> None:
        self.page = page
        self.root = root
        self.status = root.locator(".ck-status")

    # Looking

    def question(self, title: str) -> Locator:
        """A question with all that belongs to it, by its title."""
        label = self.page.locator(".ck-label", has_text=re.compile(f"^{re.escape(title)}( ?Facilitator only)? ?$"))
        return self.root.locator(".ck-question:not(.ck-row-form .ck-question)").filter(has=label)

    def control(self, title: str) -> Locator:
        return self.question(title).locator("input:not(.ck-calendar), select, textarea").first

    def table(self, title: str) -> Locator:
        return self.question(title).locator("table.ck-grid")

    def rows(self, title: str) -> Locator:
        return self.table(title).locator("tbody tr")

    def column(self, table: str, column: str) -> int:
        heads = self.table(table).locator("thead th").all_text_contents()
        return heads.index(column)

    def cell(self, table: str, row: int, column: str) -> Locator:
        return self.rows(table).nth(row).locator("td").nth(self.column(table, column))

    def answers(self) -> tuple[dict[str, str], dict[str, list[dict[str, str]]]]:
        """All that the form shows: words by question, and for each table its rows, words by column."""
        plain, cells = self.root.evaluate(
            """(root) => {
                const plain = {}, cells = {};
                for (const block of root.querySelectorAll('.ck-question')) {
                    const title = block.querySelector('.ck-label').firstChild.textContent;
                    const table = block.querySelector('table.ck-grid');
                    if (table) {
                        const heads = [...(table.tHead?.rows[0].cells ?? [])].map((cell) => cell.textContent);
                        const rows = [...table.tBodies[0]?.rows ?? []];
                        const named = (row) => [...row.cells].map((cell, i) => [heads[i], cell.textContent]);
                        cells[title] = rows.map((row) => Object.fromEntries(named(row)));
                        continue;
                    }
                    const group = block.querySelector(':scope > [role=group], :scope > [role=radiogroup]');
                    const control = block.querySelector('select, textarea, input');
                    if (group) {
                        const ticked = [...group.querySelectorAll('label')].filter((label) => label.firstChild.checked);
                        const names = ticked.map((label) => label.textContent.trim());
                        plain[title] = names.join(names.some((name) => name.includes(',')) ? '; ' : ', ');
                    } else if (control.tagName === 'SELECT') plain[title] = control.selectedOptions[0].textContent;
                    else plain[title] = control.value;
                }
                return [plain, cells];
            }"""
        )
        return plain, cells

    def saved(self) -> None:
        """Wait for "Saved 10:42 AM", and for nothing to be on its way."""
        expect(self.root.locator(".ck-pending")).to_have_count(0)
        expect(self.status).to_have_text(SAVED)

    # Doing

    def press(self, name: str) -> None:
        self.root.get_by_role("button", name=name, exact=True).first.click()

    def show_all(self) -> None:
        """Press "Show all questions" and "Show facilitator-only questions", where they are there to press."""
        for name in ("Show all questions", "Show facilitator-only questions"):
            button = self.root.get_by_role("button", name=name, exact=True)
            if button.count() and button.is_visible():
                button.click()
                if name.endswith("facilitator-only questions"):  # they come from the kernel
                    expect(self.root.get_by_role("button", name=name.replace("Show", "Hide"))).to_be_visible()

    def open_everything(self) -> None:
        """Open the first row of the first table as a form, and some question's "No answer yet?" with it."""
        for table in self.root.locator("table.ck-grid:not(.ck-matrix)").all()[:1]:
            if table.locator("tbody td").count() and table.is_visible():
                table.locator("tbody td").first.click()
                self.page.keyboard.press("Escape")
                table.locator("xpath=../..").get_by_role("button", name="Open row as a form").click()
        for button in self.root.get_by_role("button", name="No answer yet?").all()[:3]:
            button.click()

    def answer(self, title: str, ask: Question, words: Any, *, keys: bool = False) -> None:
        """Answer a question with what a person reads on the screen: words, names, or a list of names."""
        question = self.question(title)
        if ask.kind.name in ("references", "choices"):
            self._tick(question, words)
        elif ask.kind.name == "scale":
            question.get_by_role("radio", name=words, exact=True).check()
        elif question.locator("select:not(.ck-marks select)").count():
            question.locator("select").first.select_option(label=words)
        else:
            self.control(title).click()
            self.control(title).select_text()
            self._type(words, keys=keys)

    def add_row(self, table: str) -> int:
        """Press "Add a row"; gives the number of the new row, whose first cell is open then."""
        before = self.rows(table).count()
        self.question(table).get_by_role("button", name="Add a row", exact=True).click()
        expect(self.rows(table)).to_have_count(before + 1)
        return self.rows(table).evaluate_all(
            "(all) => all.findIndex((row) => row.querySelector('input, select, textarea'))"
        )

    def put(self, table: str, row: int, column: str, question: Question, words: Any, *, keys: bool = False) -> None:
        """Fill one cell of a table: click it, type, Enter. A row that this begins is left again."""
        cell = self.cell(table, row, column)
        count = self.rows(table).count()
        ends = row == count - 1 and column == self.table(table).locator("thead th").last.text_content()
        control = cell.locator("input, select, textarea").first
        if not control.count():  # the first cell of a new row is open already
            cell.click()
        if question.kind.name in ("references", "choices"):
            self._tick(cell, words)
            self.page.keyboard.press("Enter")
        elif control.evaluate("(element) => element.tagName") == "SELECT":
            control.select_option(label=words)
            self.page.keyboard.press("Enter")
        else:
            self._type(words, keys=keys)
            self.page.keyboard.press("Enter")
        if ends:
            expect(self.rows(table)).to_have_count(count + 1)
            expect(self.rows(table).last.locator("input, select, textarea").first).to_be_focused()
            self.root.focus()
            expect(self.rows(table)).to_have_count(count)

    def _type(self, words: str, *, keys: bool) -> None:
        if keys:
            self.page.keyboard.type(words)
        else:
            self.page.keyboard.insert_text(words)

    def _tick(self, where: Locator, names: list[str]) -> None:
        search = where.get_by_label("Type to find")
        for name in names:
            if search.is_visible():
                search.fill(name)
            where.get_by_role("checkbox", name=name, exact=True).check()

    def letters(self, title: str, row: str, column: str, letters: str) -> None:
        """Type letters into the matrix, by the words of the row and the column."""
        table = self.table(title)
        heads = table.locator("thead th").all_inner_texts()
        line = table.locator("tbody tr").filter(has=self.page.locator("th", has_text=re.compile(f"^{re.escape(row)}$")))
        line.locator("td").nth(heads.index(column)).click()
        self.page.keyboard.type(letters)

    def shot(self, name: str) -> None:
        """Keep a picture of the whole sheet to look at; JupyterLab shows only what fits the window."""
        SHOTS.mkdir(exist_ok=True)
        usual = self.page.viewport_size
        height = int(self.root.evaluate("(root) => root.scrollHeight"))
        self.page.set_viewport_size({"width": 1400, "height": min(height + 400, 9000)})
        self.root.screenshot(path=SHOTS / f"{name}.png")
        if usual:
            self.page.set_viewport_size(usual)
