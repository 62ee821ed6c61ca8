"""The store: every answer ever given, one revision after another, in one file that a plugged-out laptop cannot hurt."""

from __future__ import annotations

from ctekit.store.edits import Edit, Revision, SaveResult, StaleError, StoreError
from ctekit.store.opening import create_store, open_store, open_to_read
from ctekit.store.order import between
from ctekit.store.schema import SCHEMA
from ctekit.store.store import Store

__all__ = [
    "SCHEMA",
    "Edit",
    "Revision",
    "SaveResult",
    "StaleError",
    "Store",
    "StoreError",
    "between",
    "create_store",
    "open_store",
    "open_to_read",
]
