"""The addresses that a guided page asks: where the steps stand, what to present, written files, cells, the kernel."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from jupyter_server.auth.decorator import authorized
from jupyter_server.base.handlers import APIHandler, AuthenticatedFileHandler
from jupyter_server.utils import url_path_join
from tornado import web

from ctekit import room
from ctekit.lab import presenting, steps
from ctekit.lab.sessions import SharedKernel
from ctekit.model.errors import CtekitError
from ctekit.partnership import Partnership
from ctekit.room import running

PERIOD = 0.4
"""Seconds between two looks at the store while a page waits for news."""

PATIENCE = 20
"""Seconds after which a page is answered although nothing is new; it asks again."""


class LiveHandler(APIHandler):
    """Answers at once what a page has not seen, else as soon as something was saved."""

    def initialize(self, folder: Path) -> None:
        """Take the partnership's folder."""
        self._folder = folder
        self._gone = False

    def on_connection_close(self) -> None:
        """Wait no longer for a page that was left."""
        self._gone = True

    async def answer(self, tell: Callable[[Partnership | None], dict[str, Any]]) -> None:
        """Send what `tell` gives, with a mark of the moment, once the mark differs from the page's."""
        since = self.get_query_argument("since", "")
        until = time.monotonic() + PATIENCE
        while True:
            partnership, mark = opened(self._folder)
            if mark != since or self._gone or time.monotonic() > until:
                break
            await asyncio.sleep(PERIOD)
        if not self._gone:
            await self.finish({"mark": mark, **tell(partnership)})


class StepsHandler(LiveHandler):
    """Where every guided notebook stands."""

    @web.authenticated
    async def get(self) -> None:
        """Give the partnership's name and its steps."""
        await self.answer(
            lambda partnership: {
                "name": partnership.name if partnership else "",
                "steps": [asdict(step) for step in steps.steps(partnership.book)] if partnership else [],
                "rated": presenting.rated(partnership),
                "wall": has_room(self._folder, partnership),
            }
        )


class PresentHandler(LiveHandler):
    """What the wall shows of one guided notebook: nothing private, and nothing to press."""

    @web.authenticated
    async def get(self, notebook: str) -> None:
        """Give the title and the HTML."""
        if not presenting.known(notebook):
            raise web.HTTPError(404)
        tell = presenting.present_answers if self.get_query_argument("answers", "") else presenting.present
        await self.answer(lambda partnership: tell(partnership, notebook))


class WallHandler(APIHandler):
    """The way to the wall of the room that runs; what opens it stands in no page."""

    def initialize(self, folder: Path) -> None:
        """Take the partnership's folder."""
        self._folder = folder

    @web.authenticated
    async def get(self) -> None:
        """Send the browser there."""
        process = await asyncio.to_thread(room.find, self._folder)
        if process is None:
            raise web.HTTPError(404, "No room is open. Open it in a notebook, then come back.")
        self.redirect((await asyncio.to_thread(process.screens))["wall"])


WRITTEN = r"ctekit/written/(.+)"
"""The address of a written file: its path in the server's folder."""

WRITTEN_IN = ("answers", "kit", "mail", "pages", "papers", "practice")
"""The folders of such files."""

SHOWN, SAVED = (".html", ".pdf"), (".docx", ".ics", ".json", ".md", ".xlsx", ".zip")
"""What a browser shows, and what it saves, by the ends of their names."""


class WrittenHandler(AuthenticatedFileHandler):
    """Files that a notebook wrote. Pages link to one another, and tell no server where their reader comes from.

    Jupyter's own ``files/`` gives nothing to a reader who does not tell that. Here no page can run a script, and no
    other site can put one into its own. A worksheet to mail, which lives by its script, is saved and not shown.
    """

    @property
    def content_security_policy(self) -> str:
        """What a browser lets such a page do."""
        return "frame-ancestors 'none'; sandbox allow-popups allow-popups-to-escape-sandbox"

    @web.authenticated
    @authorized
    async def get(self, path: str, include_body: bool = True) -> None:  # type: ignore[override]
        """Give the file."""
        await web.StaticFileHandler.get(self, path, include_body)

    def validate_absolute_path(self, root: str, absolute_path: str) -> str:
        """Refuse all that was not written to hand on; in an address, "/" and ".." may also be in disguise."""
        file = Path(absolute_path)
        if "\0" in absolute_path or not all(_is_written(path) for path in (file, file.resolve())):
            raise web.HTTPError(404)
        return super().validate_absolute_path(root, absolute_path)

    def set_extra_headers(self, path: str) -> None:
        """Let a browser save what it cannot show, and show a PDF, which it does in no sandbox."""
        file = Path(self.absolute_path or path)
        if file.suffix in SAVED or file.parent.name == "mail":
            self.set_attachment_header(file.name)
        elif file.suffix == ".pdf":
            self.set_header("Content-Security-Policy", "frame-ancestors 'none'")


def _is_written(file: Path) -> bool:
    return file.parent.name in WRITTEN_IN and file.suffix in SHOWN + SAVED


class SourcesHandler(APIHandler):
    """Which code cells are ours."""

    @web.authenticated
    async def get(self) -> None:
        """Give the sources of all code cells that are shipped."""
        await self.finish({"sources": sorted(steps.sources())})


class KernelHandler(APIHandler):
    """The kernel of all guided notebooks."""

    def initialize(self, kernel: SharedKernel) -> None:
        """Take it, started or not."""
        self._kernel = kernel

    @web.authenticated
    async def post(self) -> None:
        """Start it where there is none, and give each notebook without a session one on it."""
        await self.finish({"id": await self._kernel.start()})


_opened: dict[Path, Partnership] = {}


def opened(folder: Path) -> tuple[Partnership | None, str]:
    """The partnership of a folder, or None where there is none to read, with a mark of how it stands now."""
    partnership = _opened.get(folder)
    try:
        if partnership is None or partnership.lost:
            partnership = _opened[folder] = Partnership(folder)
        if not partnership.exists:
            return None, "none"
        room_file = running.read(folder) or {}  # a room that was opened or ended is news, too
        place = room_file.get("address") or room_file.get("pid", "")
        return partnership, f"{partnership.store.partnership}:{partnership.store.latest()}:{place}"
    except (CtekitError, OSError):
        _opened.pop(folder, None)
        return None, "unreadable"


def has_room(folder: Path, partnership: Partnership | None) -> bool:
    """Whether a room of the partnership is open."""
    room_file = running.living(folder)
    if room_file is None or "address" not in room_file:
        return room_file is not None
    # On a hub a lead may have ended the day, on a phone.
    return partnership is not None and partnership.store.has_door(f"day-{room_file['day']}")


def add(application: web.Application, base: str, folder: Path, kernel: SharedKernel) -> None:
    """Add our addresses to a server.

    Parameters
    ----------
    application : Application
        JupyterLab's.
    base : str
        The server's base address.
    folder : Path
        The partnership's.
    kernel : SharedKernel
    """
    application.add_handlers(
        ".*$",
        [
            (url_path_join(base, "ctekit/steps"), StepsHandler, {"folder": folder}),
            (url_path_join(base, r"ctekit/present/([\w-]+)"), PresentHandler, {"folder": folder}),
            (url_path_join(base, "ctekit/wall"), WallHandler, {"folder": folder}),
            (url_path_join(base, WRITTEN), WrittenHandler, {"path": str(folder)}),
            (url_path_join(base, "ctekit/sources"), SourcesHandler),
            (url_path_join(base, "ctekit/kernel"), KernelHandler, {"kernel": kernel}),
        ],
    )
