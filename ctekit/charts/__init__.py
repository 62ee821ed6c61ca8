"""Charts: one module each, found by standing here; `of` gives one of a workbook."""

from ctekit.charts._chart import Chart, Module, Numbers, Words, called, every, of
from ctekit.charts._layout import WIDTH

__all__ = ["WIDTH", "Chart", "Module", "Numbers", "Words", "called", "every", "of"]
