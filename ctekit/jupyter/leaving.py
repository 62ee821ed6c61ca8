"""Leaving a notebook whose kernel goes on for others: what it showed lives no longer than its page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ctekit.widgets import closing


def leave(models: Sequence[str]) -> None:
    """Close the widgets of a notebook, and let go of what its cells gave.

    Parameters
    ----------
    models : sequence of str
        Ids of the widgets in its outputs. Those of other notebooks and windows stay.
    """
    from IPython.core.getipython import get_ipython

    from ctekit.jupyter.display import Display

    closing.close(models)
    shell: Any = get_ipython()
    if shell is None:
        return
    outputs = shell.user_ns.get("_oh", {})
    for number in [number for number, value in outputs.items() if isinstance(value, Display)]:
        del outputs[number]
        shell.user_ns.pop(f"_{number}", None)
