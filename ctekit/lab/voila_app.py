"""Voila with the address that its pages ask where the steps stand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jupyter_server.utils import url_path_join
from voila.app import Voila  # type: ignore[import-untyped]

from ctekit.lab.handlers import StepsHandler


class App(Voila):  # type: ignore[misc]
    """What ``ctekit start --app`` runs."""

    def init_handlers(self) -> list[Any]:
        """Add ours to Voila's."""
        steps = (url_path_join(self.server_url, "ctekit/steps"), StepsHandler, {"folder": Path(self.root_dir)})
        return [steps, *super().init_handlers()]
