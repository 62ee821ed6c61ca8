"""The command ``ctekit``; ``jupyter ctekit …`` is the same. Little is imported here, so that it starts at once."""

from __future__ import annotations

import sys

TYPE_CHECKING = False  # typing itself takes longer to import than all else here
if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import FrameType
    from typing import NoReturn


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a command. Bad use and bad input end with one sentence and exit code 2, never with a traceback."""
    if arguments is not None:
        from ctekit.cli.run import run

        run(list(arguments))
    import signal

    try:
        # Until the commands are loaded nothing is open: Ctrl+C may end the process there and then, without a traceback.
        before = signal.signal(signal.SIGINT, signal.SIG_DFL)
        from ctekit.cli.run import run

        for name in ("SIGTERM", "SIGHUP"):  # Windows has no SIGHUP
            number = getattr(signal, name, None)
            if number and signal.getsignal(number) is signal.SIG_DFL:  # nohup ignores SIGHUP on purpose
                signal.signal(number, _end)
        signal.signal(signal.SIGINT, before)
        run(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)


def _end(number: int, frame: FrameType | None) -> NoReturn:
    """End as Python ends, so that what was begun is tidied up; 143 is the shell's own number for SIGTERM."""
    sys.exit(128 + number)
