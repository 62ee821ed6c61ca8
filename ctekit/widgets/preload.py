"""Loading with the notebook's opening cell what the next cells need: imports take longer than worksheets do."""

from __future__ import annotations

import gc
import sys
from importlib import import_module


def load() -> None:
    """Load the form and its views, in a kernel only: a command or a script loads what it uses when it uses it.

    Not in a thread beside the next cell: two threads that import packages with circles in them can each be given half
    a module.
    """
    if "ipykernel" in sys.modules and "ctekit.widgets.sheet" not in sys.modules:
        from ctekit.views import SENTENCES
        from ctekit.workbook import Workbook

        SENTENCES["worksheet"](Workbook({}), "roles")  # compiles the templates
        import_module("ctekit.widgets.sheet")
        # What was imported stays for good. Else the collector would look through all of it amid the first worksheet.
        gc.collect()
        gc.freeze()
