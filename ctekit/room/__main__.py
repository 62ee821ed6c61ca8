"""The room's own process, as a notebook starts it: ``python -m ctekit.room FOLDER [ROUND] [--share] [--port N]``."""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

from ctekit.model.errors import CtekitError
from ctekit.room.networks import ListeningSocket
from ctekit.room.server import serve
from ctekit.room.starting import TOKEN


def main() -> int:
    """Serve until the day is over. The first line told is where, as JSON; after it nothing is."""
    parser = argparse.ArgumentParser(prog="ctekit.room")
    parser.add_argument("folder", type=Path)
    parser.add_argument("round", nargs="?", default="")
    parser.add_argument("--share", action="store_true")
    parser.add_argument("--address", default="")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--keeper", type=int, default=0)
    parser.add_argument("--rehearsal", action="store_true")
    arguments = parser.parse_args()

    def ready(listening: ListeningSocket) -> None:
        sys.stdout.write(json.dumps(asdict(listening)) + "\n")
        sys.stdout.flush()
        # Whoever started it may be gone long before it ends.
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.stdout.fileno())
        os.close(nothing)

    # By the environment: other people on this computer can read a command line.
    token = os.environ.pop(TOKEN, "")
    try:
        serve(
            arguments.folder,
            arguments.round,
            share=arguments.share,
            address=arguments.address,
            port=arguments.port,
            token=token,
            ready=ready,
            keeper=arguments.keeper,
            rehearsal=arguments.rehearsal,
        )
    except CtekitError as error:
        sys.stdout.write(json.dumps({"trouble": str(error)}) + "\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
