"""Pasting from a spreadsheet: what each cell of it becomes here, and what does not fit, before anything is written.

`lines` cleans what was pasted, `headings` and `layout` (for a matrix: `matrix`) find out how it lies, `reader` reads
one cell, `place` knows what is pasted into, `targets` finds the row of each line, and `plan` puts it all together.
"""

from ctekit.editing.paste.cells import Cell, UnreadableValue
from ctekit.editing.paste.layout import Layout, PasteOptions
from ctekit.editing.paste.lines import LINES
from ctekit.editing.paste.place import ROW_NAMES
from ctekit.editing.paste.plan import Plan, plan
from ctekit.editing.paste.reader import Reader

__all__ = ["LINES", "ROW_NAMES", "Cell", "Layout", "PasteOptions", "Plan", "Reader", "UnreadableValue", "plan"]
