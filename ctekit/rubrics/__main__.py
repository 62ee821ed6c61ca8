"""``python -m ctekit.rubrics > docs/rubric.md`` writes the rubric as a page; with ``es``, the one in Spanish."""

import sys

from ctekit import rubrics

if __name__ == "__main__":
    sys.stdout.buffer.write(rubrics.as_markdown(*sys.argv[1:]).encode())  # the same bytes on every system
