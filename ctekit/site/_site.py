"""All pages of a partnership for one reader: which there are, and each as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from ctekit import papers, worksheets
from ctekit.model.reader import Reader
from ctekit.papers import Paragraph
from ctekit.site import brief, families, state, worksheet
from ctekit.site._blocks import Fragment, Pointers, SiteBlock
from ctekit.site._frame import Around, Link, address, framed
from ctekit.site._says import Says
from ctekit.site._words import left_out, saved
from ctekit.workbook import Workbook
from ctekit.worksheets.profile import Profile

INDEX = "index"
FAMILIES = "families"
STATE = "for-the-state"
BRIEF = "Brief"


@dataclass(frozen=True)
class _Entry:
    """A page that there can be: its title, and the part of the list of pages where it stands."""

    title: str
    group: str


class Site:
    """The pages of a partnership.

    Parameters
    ----------
    book : Workbook or None
        With whatever is private; None where there is no partnership, but other pages.
    reader : str
        ``"partners"``, ``"public"`` or ``"facilitator"``.
    others : mapping of str to str
        Pages made of something else, by name: their titles. They stand in the list of pages.
    linked : iterable of str or None
        The names of the pages that may be linked to; None for all.
    """

    def __init__(
        self,
        book: Workbook | None,
        reader: Reader = "partners",
        others: Mapping[str, str] | None = None,
        linked: Iterable[str] | None = None,
    ) -> None:
        self.reader = reader
        self._says = Says(book, reader) if book is not None else None
        self._others = dict(others or {})
        self._linked = None if linked is None else frozenset(linked)

    @cached_property
    def _partners(self) -> Mapping[str, papers.Paper]:
        sheets = papers.every()["partner-sheets"].papers(self._says.answers) if self._says else ()
        return {paper.name: paper for paper in sheets}

    @cached_property
    def _entries(self) -> Mapping[str, _Entry]:
        entries: dict[str, _Entry] = {}
        if self._says or self._others:
            entries[INDEX] = _Entry(BRIEF if self._says else "All pages", "")
        if self._says:
            kinds = sorted(worksheets.every().values(), key=lambda kind: kind.notebook)
            entries |= {
                kind.notebook: _Entry(kind.title, "Worksheets") for kind in kinds if self._says.book[kind].begun
            }
            entries |= {name: _Entry(paper.title, "Partners") for name, paper in self._partners.items()}
            entries |= {FAMILIES: _Entry(families.TITLE, "More"), STATE: _Entry(state.TITLE, "More")}
        return entries | {name: _Entry(title, "More") for name, title in self._others.items() if name not in entries}

    @property
    def names(self) -> list[str]:
        """The pages that the answers give, in order; without those that are made of something else."""
        return [name for name in self._entries if name not in self._others]

    def page(self, name: str, lesson: str = "") -> str:
        """One page.

        Parameters
        ----------
        name : str
            Of `names`, or of a worksheet's notebook.
        lesson : str
            Safe HTML to stand behind the answers; "" for none.

        Returns
        -------
        str
            HTML, whole.
        """
        kinds = {kind.notebook: kind for kind in worksheets.every().values()}
        title = kinds[name].title if name in kinds else self._entries[name].title
        blocks = list(self._blocks(name, kinds[name].slug if name in kinds else ""))
        if lesson:
            blocks.append(Fragment(Markup(f'<section class="lesson" aria-label="The lesson">{lesson}</section>')))
        return self.framed(name, title, tuple(blocks))

    def framed(self, name: str, title: str, blocks: tuple[SiteBlock, ...]) -> str:
        """A page with the frame of the site around it.

        Parameters
        ----------
        name, title : str
        blocks : tuple
            Its content.

        Returns
        -------
        str
            HTML, whole.
        """
        profile = self._says.book[Profile] if self._says else None
        partnership = (profile and profile.name) or ""
        around = Around(
            name=name,
            title=(partnership or self._entries[INDEX].title) if name == INDEX else title,
            partnership=partnership,
            groups=self._groups(name),
            reader=self.reader,
            is_sample=bool(profile and profile.invented_sample),
            place=self._place if name == INDEX else "",
            day=self._says.book.day if self._says else None,
            is_draft=self._says is not None and brief.is_draft(self._says),
            saved=saved(self._says.book) if self._says else "",
            left_out=self._left_out(name),
        )
        return framed(around, blocks, self._may_link)

    def _blocks(self, name: str, slug: str) -> Iterable[SiteBlock]:
        if self._says is None:
            return (Paragraph("There is no partnership here yet."), *self._list())
        if slug:
            return worksheet.blocks(self._says, slug)
        if name in self._partners:
            return (block for block in self._partners[name].blocks if block != papers.INVENTED)
        writers = {INDEX: brief.blocks, FAMILIES: families.blocks, STATE: state.blocks}
        return writers[name](self._says)

    def _list(self) -> Iterable[SiteBlock]:
        pages = tuple(("", name, title) for name, title in self._others.items() if self._may_link(name))
        return (Pointers(pages),) if pages else ()

    def _left_out(self, name: str) -> str:
        """What is not on a page, and why: once for all where the brief is at hand."""
        if not self._says:
            return ""
        if name != INDEX and self._may_link(INDEX):
            return "Left out: see the end of the brief."
        return " ".join(filter(None, (left_out(self._says), self._partners_left_out)))

    @property
    def _partners_left_out(self) -> str:
        """Why some partners have no page of their own; "" where all have one."""
        partners = len(self._says.book[Profile].organizations) if self._says else 0
        if len(self._partners) == partners:
            return ""
        return f"Partners with a page: {len(self._partners)} of {partners}, those that give something or have a duty."

    @property
    def _place(self) -> str:
        profile = self._says.book[Profile] if self._says else None
        return ", ".join(part for part in (profile.region, profile.state) if part) if profile else ""

    def _may_link(self, name: str) -> bool:
        return name in self._entries and (self._linked is None or name in self._linked)

    @property
    def linkable(self) -> list[str]:
        """The pages that may be linked to."""
        return [name for name in self._entries if self._may_link(name)]

    def _groups(self, here: str) -> tuple[tuple[str, tuple[Link, ...]], ...]:
        groups: dict[str, list[Link]] = {}
        for name, entry in self._entries.items():
            if name == here or self._may_link(name):
                link = Link(address(name), entry.title, name == here)
                groups.setdefault(entry.group, []).append(link)
        return tuple((group, tuple(links)) for group, links in groups.items())
