"""The nbconvert exporter: one class, the same bytes from the command line, from JupyterLab's menu and from `pages`."""

from __future__ import annotations

from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbconvert.exporters.html import HTMLExporter
from nbformat import NotebookNode
from traitlets import Bool, Unicode
from traitlets.config import Config

from ctekit.export import STORE
from ctekit.export.clean import Clean, joined
from ctekit.export.frame import TEMPLATES, Link, Page, around, framed
from ctekit.export.markdown import Prose, settled
from ctekit.export.sentences import Sentences

if TYPE_CHECKING:
    from ctekit.store import Store
    from ctekit.workbook import Workbook


class CtekitExporter(HTMLExporter):
    """Turns a notebook and the store beside it into a page that needs nothing: no kernel, no network, no script.

    A notebook of somebody else becomes a page as well, from its prose and its saved outputs.

    Attributes
    ----------
    workbook : Workbook or None
        What the page in hand is made from.
    """

    export_from_notebook = "Partnership page (HTML)"

    private = Bool(False, help="Also show what is for the facilitator only; each page then says so.").tag(config=True)
    as_of = Unicode("", help="Show everything as it stood at the end of this day, such as 2027-01-15.").tag(config=True)

    def __init__(self, config: Config | None = None, **kw: Any) -> None:
        self._open: dict[Path, tuple[Store, Workbook]] = {}
        self.workbook: Workbook | None = None
        # Not defaults but settings: what somebody configured for HTML pages at large must not reach these. Templates
        # are code, so none is looked for where the command was given; one of their preprocessors executes notebooks.
        ours = {
            "template_name": "ctekit",
            "extra_template_basedirs": [str(TEMPLATES)],
            "default_preprocessors": [],
            "preprocessors": [],
            "optimistic_validation": True,
        }
        super().__init__(config=config, **{**kw, **ours})  # type: ignore[no-untyped-call]

    @property
    def default_config(self) -> Config:
        """Their defaults, with the style for code that we do not show switched off."""
        config: Config = super().default_config.copy()
        config.merge({"CSSHTMLHeaderPreprocessor": {"enabled": False}})
        return config

    def _init_preprocessors(self) -> None:
        super()._init_preprocessors()  # type: ignore[no-untyped-call]
        # Clean first: nothing that was in the file can then pass for a view that Sentences put in.
        for step in (Clean, Sentences):
            self.register_preprocessor(step, enabled=True)  # type: ignore[no-untyped-call]

    @cached_property
    def _prose(self) -> Prose:
        return Prose()

    def default_filters(self) -> Any:
        """Their filters, and our own Markdown: theirs leaves ``javascript:`` links alive."""
        yield from super().default_filters()  # type: ignore[no-untyped-call]
        yield "markdown2html", self._markdown
        yield "raw_text", lambda cell: escape(joined(cell.source))

    def _markdown(self, cell: NotebookNode) -> str:
        return self._prose.render(joined(cell.source), cell.get("attachments"))

    def book(self, folder: Path) -> Workbook | None:
        """The workbook of a folder, or None where there is no partnership. It is read again only after a save.

        Raises
        ------
        ctekit.store.StoreError
            What lies there is not ours, damaged, or newer than this ctekit.
        """
        path = folder.resolve() / STORE
        if not path.exists():
            return None
        from ctekit.store import open_store

        store, book = self._open.get(path, (None, None))
        store = store or open_store(path)
        if book is None or book.revision != store.latest():
            book = store.load()
        self._open[path] = store, book
        return book.as_of(self.as_of) if self.as_of else book

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Make one page.

        Parameters
        ----------
        nb : NotebookNode
        resources : dict
            Its ``metadata`` says the notebook's ``name`` and ``path``. Nothing else is looked at, so that
            whoever asks for the page gets the same one.
        """
        resources = self._init_resources(resources)  # type: ignore[no-untyped-call]
        folder, name = folder_of(resources), str(resources["metadata"].get("name") or "")
        self.workbook = self.book(folder)
        page: Page = around(folder, self.workbook, name, self.private)
        known = {link.href for link in page.pages}

        def page_of(path: str) -> str | None:
            other = f"{path.removesuffix('.ipynb').removesuffix('.html').removeprefix('./')}.html"
            return other if other in known else None

        resources["page"] = page
        self._prose.begin(page_of)
        # HTMLExporter's own step would parse the page once more to add tab stops and filler words for pictures.
        content, resources = super(HTMLExporter, self).from_notebook_node(nb, resources, **kw)
        page = resources["page"]
        page.title = self._prose.title or name or "Notebook"
        page.contents = [Link(f"#{anchor}", words) for anchor, words in self._prose.contents]
        return framed(page, settled(content)), resources


def folder_of(resources: Any) -> Path:
    """The notebook's folder: absolute in a server, "" from the command line, not there for standard input."""
    return Path(resources["metadata"].get("path") or ".")
