"""Charts: one module each, found by standing here; `of` gives one of a workbook."""

from ctekit.charts._chart import Chart, Module, Numbers, Words, called, every, of

__all__ = ["Chart", "Module", "Numbers", "Words", "called", "every", "of"]
