"""Voila with the addresses that its pages ask where the steps stand, how to get to the wall, and for written pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jupyter_server.utils import url_path_join
from voila.app import Voila  # type: ignore[import-untyped]

from ctekit.lab.handlers import WRITTEN, StepsHandler, WallHandler, WrittenHandler


class App(Voila):  # type: ignore[misc]
    """What ``ctekit start --app`` runs."""

    def init_handlers(self) -> list[Any]:
        """Add ours to Voila's."""
        ours = {"steps": StepsHandler, "wall": WallHandler}
        folder = {"folder": Path(self.root_dir)}
        added = [(url_path_join(self.server_url, f"ctekit/{name}"), kind, folder) for name, kind in ours.items()]
        written = url_path_join(self.server_url, WRITTEN), WrittenHandler, {"path": self.root_dir}
        return [*added, written, *super().init_handlers()]
