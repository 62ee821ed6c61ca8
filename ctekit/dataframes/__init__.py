"""Worksheets and findings as data frames: the only room that knows pandas."""

from ctekit.dataframes._findings import findings
from ctekit.dataframes._ratings import ratings
from ctekit.dataframes._tables import frame, names

__all__ = ["findings", "frame", "names", "ratings"]
