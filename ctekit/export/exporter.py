"""The nbconvert exporter: one class, the same bytes from the command line, from JupyterLab's menu and from `pages`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from nbconvert.exporters.exporter import Exporter
from nbformat import NotebookNode
from traitlets import Bool, Enum, Unicode
from traitlets.config import Config

from ctekit import worksheets
from ctekit.export.cells import Cells
from ctekit.export.markdown import Prose, settled
from ctekit.export.sources import label, linked, notebooks, plain_name
from ctekit.model.paths import STORE_FILE
from ctekit.model.reader import READERS
from ctekit.site import Fragment, Site, address

if TYPE_CHECKING:
    from ctekit.store import Store
    from ctekit.workbook import Workbook


class CtekitExporter(Exporter):
    """Turns a notebook and the store beside it into a page that needs nothing: no kernel, no network, no script.

    A guided notebook gives the page of its worksheet, made of the answers. A notebook of somebody else becomes a page
    as well, from its prose and its saved outputs.

    Attributes
    ----------
    linked : sequence of str or None
        The names of the pages it may link to; None for all that the folder gives.
    """

    export_from_notebook = "Partnership page (HTML)"
    output_mimetype = "text/html"

    reader = Enum(READERS, "partners", help="Who will read it; a facilitator sees what is private too.").tag(
        config=True
    )
    lesson = Bool(False, help="Put a guided notebook's prose behind the answers; not for the public.").tag(config=True)
    as_of = Unicode("", help="Show everything as it stood at the end of this day, such as 2027-01-15.").tag(config=True)

    def __init__(self, config: Config | None = None, **kw: Any) -> None:
        self._open: dict[Path, Store] = {}
        self.linked: Sequence[str] | None = None
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

        if path not in self._open:
            self._open[path] = open_store(path)
        book = self._open[path].load()
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
        folder, name = folder_of(resources), plain_name(str(resources["metadata"].get("name") or ""))
        book = self.book(folder)
        site = self.site(folder, book)
        if book is None or name not in guided():
            content, title = self._content(nb["cells"], site, folder, book)
            return site.framed(name, title or name or "Notebook", (Fragment(Markup(content)),)), resources
        # Whoever wrote in a notebook may have named people.
        may_tell = self.lesson and self.reader != "public"
        prose = [cell for cell in nb["cells"] if cell["cell_type"] == "markdown"] if may_tell else []
        return site.page(name, self._content(prose, site, folder, book)[0] if prose else ""), resources

    def site(self, folder: Path, book: Workbook | None, without: Collection[str] = ()) -> Site:
        """The pages of a folder.

        Parameters
        ----------
        folder : Path
        book : Workbook or None
            What `book` gives for it.
        without : collection of str
            Notebooks that cannot be made into pages.

        Returns
        -------
        Site
        """
        stems = [stem for stem in linked(notebooks(folder)) if stem not in without]
        own = (
            {}
            if self.reader == "public" and book
            else {stem: label(stem) for stem in stems if not book or stem not in guided()}
        )
        return Site(book, self.reader, own, self.linked)

    def _content(self, cells: Sequence[Any], site: Site, folder: Path, book: Workbook | None) -> tuple[str, str]:
        """What the cells of a notebook show, and its title."""
        addresses = {plain_name(name): address(name) for name in site.linkable}

        def page_of(path: str) -> str | None:
            return addresses.get(plain_name(path.removesuffix(".ipynb").removesuffix(".html").removeprefix("./")))

        self._prose.begin(page_of, folder=folder)
        content, _ = settled(Cells(self.reader, self._prose, book).render(cells))
        return content, self._prose.title


def guided() -> frozenset[str]:
    """The names of the notebooks that belong to a worksheet."""
    return frozenset(kind.notebook for kind in worksheets.every().values())


def folder_of(resources: Any) -> Path:
    """The notebook's folder: absolute in a server, "" from the command line, not there for standard input."""
    return Path(resources["metadata"].get("path") or ".")
