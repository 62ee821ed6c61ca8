"""What one act wrote as a step: its revisions bear one token, so that the last act of a kind can be taken back."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ctekit.store.edits import Revision


def last(history: Sequence[Revision], kind: str) -> tuple[str, list[Revision]]:
    """Find the last step of a kind.

    Parameters
    ----------
    history : sequence of Revision
        Oldest first.
    kind : str
        How its token begins: the revisions of an import bear ``import-<32 hex>.<number>``.

    Returns
    -------
    tuple of str and list of Revision
        Its token and what it wrote; nothing where there was none, or it was taken back before. What takes it back
        bears ``<token>.undo.<number>``.
    """
    pattern = re.compile(rf"({kind}-[0-9a-f]{{32}})\.\d+")
    token = next((match[1] for revision in reversed(history) if (match := pattern.fullmatch(revision.uid))), "")
    step = [revision for revision in history if token and revision.uid.startswith(f"{token}.")]
    if any(revision.uid.startswith(f"{token}.undo.") for revision in step):
        return "", []
    return token, step
