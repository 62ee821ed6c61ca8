"""What cannot be exported, in one sentence."""

from __future__ import annotations

from ctekit.model.errors import CtekitError


class ExportError(CtekitError):
    """Something could not be made into a page. The message says what, and what to do."""
