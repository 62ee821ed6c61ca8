"""The site of a partnership: a brief, a page a worksheet, a page a partner, one for families and one for the state.

It is made from the answers alone, as one reader may know them. It knows no notebook and no disk.
"""

from ctekit.site._blocks import Fragment
from ctekit.site._frame import address
from ctekit.site._site import Site

__all__ = ["Fragment", "Site", "address"]
