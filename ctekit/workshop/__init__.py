"""The workshop: agendas of four paths with a clock, and what the lead says and does in each block.

Paths and scripts are data: ``paths`` holds one agenda a file, ``scripts`` the blocks that paths are made of. Neither
stands in a notebook, so that nothing of a script can be unfolded on a wall.
"""

from ctekit.workshop.agenda import NAMES, Agenda, Session, clock, load
from ctekit.workshop.block import Activity, Block, Step, TableCard, Tables, Trouble

__all__ = ["NAMES", "Activity", "Agenda", "Block", "Session", "Step", "TableCard", "Tables", "Trouble", "clock", "load"]
