"""What a notebook talks to: the verbs of a cell, and what they show."""
