"""Loading what the next cells need while somebody still reads: imports take longer than the worksheets themselves."""

from __future__ import annotations

import sys
from importlib import import_module
from threading import Thread

_NEXT = ("ctekit.widgets.shown", "ctekit.widgets.sheet", "matplotlib.figure", "matplotlib.backends.backend_svg")


def load() -> None:
    """Begin to load, in a kernel only: a command or a script loads what it uses when it uses it."""
    if "ipykernel" in sys.modules:
        Thread(target=_load, name="ctekit-ahead", daemon=True).start()


def _load() -> None:
    from ctekit.views import SENTENCES
    from ctekit.workbook import Workbook

    SENTENCES["worksheet"](Workbook({}), "roles")  # compiles the templates
    for name in _NEXT:
        import_module(name)
