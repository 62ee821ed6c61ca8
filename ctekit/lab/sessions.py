"""One kernel for all notebooks of a partnership: a session for each of them, made before it is opened."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ctekit import workspace

if TYPE_CHECKING:
    from jupyter_server.services.kernels.kernelmanager import MappingKernelManager

WARM_UP = "import ctekit\nctekit.open_partnership()"
"""What every notebook begins with. Run ahead, it takes the time of the imports from the first one."""


class SharedKernel:
    """The kernel of a partnership's guided notebooks.

    Parameters
    ----------
    folder : Path
        The partnership's, which is the server's root.
    sessions : jupyter_server.services.sessions.sessionmanager.SessionManager
        The server's: JupyterLab and Notebook 7 look a notebook's kernel up there by its path.
    kernels : MappingKernelManager
        The server's.
    """

    def __init__(self, folder: Path, sessions: Any, kernels: MappingKernelManager) -> None:
        self._folder = folder
        self._sessions = sessions
        self._kernels = kernels
        self._lock = asyncio.Lock()

    async def start(self) -> str:
        """Give every guided notebook that has no session one on the kernel, which is started if there is none.

        Returns
        -------
        str
            The kernel's id.
        """
        async with self._lock:
            paths = [path.name for path in workspace.notebooks() if (self._folder / path.name).exists()]
            kernel = await self._shared(paths)
            fresh = kernel is None
            for path in paths:
                if not await self._sessions.session_exists(path):
                    words = {"path": path, "name": path, "type": "notebook"}
                    session = await self._sessions.create_session(**words, kernel_name="python3", kernel_id=kernel)
                    kernel = str(session["kernel"]["id"])
        if kernel and fresh:
            with suppress(RuntimeError, OSError):  # it only takes longer then
                await self._warm_up(kernel)
        return kernel or ""

    async def _shared(self, paths: list[str]) -> str | None:
        """The kernel that most of the notebooks have by now; a session whose kernel is gone is passed over."""
        listed: list[dict[str, Any]] = await self._sessions.list_sessions()
        kernels = [str(session["kernel"]["id"]) for session in listed if session["path"] in paths]
        return max(set(kernels), key=kernels.count, default=None)

    async def _warm_up(self, kernel: str) -> None:
        client = self._kernels.get_kernel(kernel).client()
        client.start_channels(shell=True, iopub=False, stdin=False, hb=False, control=False)
        try:
            client.execute(WARM_UP, silent=True, store_history=False, allow_stdin=False)
        finally:
            client.stop_channels()
