"""What a notebook talks to: a partnership with the verbs of a cell, and an exercise."""

from ctekit.jupyter.partnership import Partnership

__all__ = ["Partnership"]
