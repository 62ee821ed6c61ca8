"""``python -m ctekit`` is the command ``ctekit``."""

from ctekit.cli import main

main()
