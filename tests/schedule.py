"""Which worker runs which tests: as with ``--dist loadfile``, but one test that is stopped cannot stop the run."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Ours for ``--dist loadfile``; pytest-xdist's own for everything else."""
    if config.getvalue("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling

    class KeepsGoing(LoadFileScheduling):
        """pytest-xdist 3.8 begins a test again and again that took its worker down, and may then wait for ever.

        To be dropped once its pull request 1371 and its issue 1378 are in a release.
        """

        def remove_node(self, node: Any) -> str | None:
            units = self.assigned_work.pop(node)
            waiting = [(name, test) for name, unit in units.items() for test, done in unit.items() if not done]
            if not waiting:
                return None
            name, crashed = waiting[0]
            units[name][crashed] = True  # it is told as failed, and not begun again
            self.workqueue.update({name: unit for name, unit in units.items() if not all(unit.values())})
            for other in self.nodes:
                self._reschedule(other)
            return crashed

        def _reschedule(self, node: Any) -> None:
            if node not in self.registered_collections:
                return  # it is still collecting
            super()._reschedule(node)
            if not node.shutting_down and self._pending_of(self.assigned_work[node]) < 2:
                self._reschedule(node)  # a worker runs a test only when it knows what comes next

    return KeepsGoing(config, log)
