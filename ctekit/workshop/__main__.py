"""``python -m ctekit.workshop`` prints the tables of the agendas that the notebook ``00-start-here`` shows."""

import sys

from ctekit.workshop.markdown import tables

if __name__ == "__main__":
    for heading, table in tables().items():
        sys.stdout.write(f"{heading}\n\n{table}\n\n")
