"""Values as pandas takes them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pandas as pd


def array(values: list[Any], kind: Any) -> Any:
    return pd.array(values, dtype=kind)


def number(value: Any) -> Any:
    """Numbers as pandas takes them; the store's are exact, a frame is for reckoning."""
    return float(value) if isinstance(value, Decimal) else value
