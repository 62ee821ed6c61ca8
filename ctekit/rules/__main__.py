"""``python -m ctekit.rules > docs/rules.md`` writes the page of rules."""

import sys

from ctekit import rules

if __name__ == "__main__":
    sys.stdout.write(rules.as_markdown())
