"""What earlier roll-ups told: whose small groups were added up together, so that the next one keeps to it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ctekit.model.errors import CtekitError
from ctekit.model.files import write_whole
from ctekit.rollup._rollup import Earlier

FILE = "counted-together.json"
_FORMAT = "ctekit-rollup-pools"
_ABOUT = (
    "Which partnerships' small groups were added up only together. It holds no counts. Keep it beside the roll-up: "
    "without it, the next one could give a small group away."
)


def load(folder: Path) -> Earlier:
    """What the folder of earlier roll-ups says.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    mapping
        Empty where there was none.

    Raises
    ------
    CtekitError
        The file is there and cannot be read: going on without it could give somebody away.
    """
    path = folder / FILE
    if not path.exists():
        return {}
    try:
        return _read(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise CtekitError(
            f"{path} says what earlier roll-ups told, and cannot be read, so nothing was written: a new one beside "
            "them could give a small group away. Put it back from a backup, or choose a new folder if none of the "
            "earlier ones has been shown to anybody."
        ) from None


def _read(document: Any) -> Earlier:
    if document["format"] != _FORMAT:
        raise ValueError(document["format"])
    return {
        str(group): [frozenset(map(str, pool)) for pool in pools if pool]
        for group, pools in document["together"].items()
    }


def save(folder: Path, pooled: Earlier) -> None:
    """Keep what a roll-up told.

    Parameters
    ----------
    folder : Path
    pooled : mapping
        As `Rollup.pooled` gives it.
    """
    together = {group: [sorted(pool) for pool in pools] for group, pools in pooled.items()}
    document = {"format": _FORMAT, "about": _ABOUT, "together": together}
    write_whole(folder / FILE, (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode())
