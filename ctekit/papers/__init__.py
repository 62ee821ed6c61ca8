"""Papers: one module each, found by standing here; `make` gives one of a workbook, `render` writes it in a format."""

from ctekit.papers._answers import Answers, address
from ctekit.papers._blocks import (
    Block,
    Fields,
    Gap,
    Heading,
    Items,
    Note,
    Paper,
    Paragraph,
    Picture,
    Run,
    Signature,
    Table,
    Words,
    gaps,
    numeric,
    runs,
)
from ctekit.papers._event import Event
from ctekit.papers._fields import fields
from ctekit.papers._files import put, write
from ctekit.papers._frame import INVENTED
from ctekit.papers._pack import PACK, pack
from ctekit.papers._paper import Module, called, every, make
from ctekit.papers._templates import fill_all, templates
from ctekit.papers.renderers import FORMATS, render, suits

__all__ = [
    "FORMATS",
    "INVENTED",
    "PACK",
    "Answers",
    "Block",
    "Event",
    "Fields",
    "Gap",
    "Heading",
    "Items",
    "Module",
    "Note",
    "Paper",
    "Paragraph",
    "Picture",
    "Run",
    "Signature",
    "Table",
    "Words",
    "address",
    "called",
    "every",
    "fields",
    "fill_all",
    "gaps",
    "make",
    "numeric",
    "pack",
    "put",
    "render",
    "runs",
    "suits",
    "templates",
    "write",
]
