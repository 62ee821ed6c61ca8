"""The nbconvert exporter: one class, the same bytes from the command line, from JupyterLab's menu and from `pages`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbconvert.exporters.exporter import Exporter
from nbformat import NotebookNode
from traitlets import Bool, Unicode
from traitlets.config import Config

from ctekit.export.cells import Cells
from ctekit.export.markdown import Prose, settled
from ctekit.export.page import Link, Page, around, framed
from ctekit.export.sources import address, linked, notebooks, plain_name
from ctekit.model.paths import STORE_FILE

if TYPE_CHECKING:
    from ctekit.store import Store
    from ctekit.workbook import Workbook


class CtekitExporter(Exporter):
    """Turns a notebook and the store beside it into a page that needs nothing: no kernel, no network, no script.

    A notebook of somebody else becomes a page as well, from its prose and its saved outputs.

    Attributes
    ----------
    workbook : Workbook or None
        What the page in hand is made from.
    stems : sequence of str or None
        The names of the notebooks whose pages it may link to; None for all of its folder that can be read.
    """

    export_from_notebook = "Partnership page (HTML)"
    output_mimetype = "text/html"

    private = Bool(False, help="Also show what is for the facilitator only; each page then says so.").tag(config=True)
    as_of = Unicode("", help="Show everything as it stood at the end of this day, such as 2027-01-15.").tag(config=True)

    def __init__(self, config: Config | None = None, **kw: Any) -> None:
        self._open: dict[Path, tuple[Store, Workbook]] = {}
        self.workbook: Workbook | None = None
        self.stems: Sequence[str] | None = None
        # Not defaults but settings: one of their preprocessors executes notebooks, and none has a part in our pages.
        ours: dict[str, Any] = {"default_preprocessors": [], "preprocessors": []}
        super().__init__(config=config, **{**kw, **ours})  # type: ignore[no-untyped-call]

    def _file_extension_default(self) -> str:
        return ".html"

    @cached_property
    def _prose(self) -> Prose:
        return Prose()

    def book(self, folder: Path) -> Workbook | None:
        """The workbook of a folder, or None where there is no partnership. It is read again only after a save.

        Parameters
        ----------
        folder : Path
            Where ``partnership.ctekit`` lies.

        Returns
        -------
        Workbook or None
            All answers, the private ones too: what shows them leaves those out.

        Raises
        ------
        ctekit.store.StoreError
            What lies there is not ours, damaged, or newer than this ctekit.
        """
        path = folder.resolve() / STORE_FILE
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
        **kw : object
            Passed over.

        Returns
        -------
        tuple
            The page, and the resources with what nbconvert needs to write it.
        """
        resources = self._init_resources(resources)  # type: ignore[no-untyped-call]
        folder, name = folder_of(resources), str(resources["metadata"].get("name") or "")
        self.workbook = self.book(folder)
        workbook = self.workbook if self.private or not self.workbook else self.workbook.public()
        stems = linked(notebooks(folder)) if self.stems is None else self.stems
        page: Page = around(stems, workbook, name, self.private)
        known = {"index": "index.html"} if stems else {}
        known |= {plain_name(stem): address(stem) for stem in stems}

        def page_of(path: str) -> str | None:
            return known.get(plain_name(path.removesuffix(".ipynb").removesuffix(".html").removeprefix("./")))

        self._prose.begin(page_of, folder=folder)
        content, ids = settled(Cells(page, self._prose, self.workbook).render(nb["cells"]))
        page.title = self._prose.title or name or "Notebook"
        page.contents = [Link(f"#{anchor}", words) for anchor, words in self._prose.contents if anchor in ids]
        resources["page"] = page
        return framed(page, content), resources


def folder_of(resources: Any) -> Path:
    """The notebook's folder: absolute in a server, "" from the command line, not there for standard input."""
    return Path(resources["metadata"].get("path") or ".")
