"""The site of a partnership: a brief, a page a worksheet, a page a partner, one for families and one for the state.

It is made from the answers alone, as one reader may know them. It knows no notebook and no disk.
"""

from ctekit.site._blocks import Figure, Fragment, Pointers, SiteBlock, Statement
from ctekit.site._frame import Around, Link, address, framed
from ctekit.site._says import figure_of
from ctekit.site._site import Site

__all__ = [
    "Around",
    "Figure",
    "Fragment",
    "Link",
    "Pointers",
    "Site",
    "SiteBlock",
    "Statement",
    "address",
    "figure_of",
    "framed",
]
