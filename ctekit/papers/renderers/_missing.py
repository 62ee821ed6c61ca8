"""What to say where a format needs what is not installed."""

from __future__ import annotations

from ctekit.model.errors import CtekitError
from ctekit.papers._blocks import Paper


def missing(form: str, paper: Paper) -> CtekitError:
    """The error to raise: what was wanted, how to get it, and what works without."""
    return CtekitError(
        f"“{paper.title}” cannot be written for {form}: what that needs is not installed. "
        "Install it with `pip install 'ctekit[papers]'`, or choose html or markdown."
    )
