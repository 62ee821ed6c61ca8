"""Voila with the addresses that its pages ask where the steps stand, and how to get to the wall."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jupyter_server.utils import url_path_join
from voila.app import Voila  # type: ignore[import-untyped]

from ctekit.lab.handlers import StepsHandler, WallHandler


class App(Voila):  # type: ignore[misc]
    """What ``ctekit start --app`` runs."""

    def init_handlers(self) -> list[Any]:
        """Add ours to Voila's."""
        ours = {"steps": StepsHandler, "wall": WallHandler}
        folder = {"folder": Path(self.root_dir)}
        added = [(url_path_join(self.server_url, f"ctekit/{name}"), kind, folder) for name, kind in ours.items()]
        return [*added, *super().init_handlers()]
