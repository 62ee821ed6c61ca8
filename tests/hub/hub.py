"""A JupyterHub of the tests' own, with its proxy, and users whose kernels run what the tests say."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import psutil
from sqlalchemy import make_url
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

from ctekit.store.postgres import roles
from tests.hub.postgres import free_port

ROOT = Path(__file__).parents[2]
PROXY = os.environ.get("CTEKIT_TEST_PROXY", "")
"""The program configurable-http-proxy, where `make hub-test` has it."""

LIMIT = 240
"""Seconds that anything may take that is asked of the hub."""


class Hub:
    """JupyterHub and its proxy, on this computer alone.

    Attributes
    ----------
    place : Path
        Where users have their folders, each by its name.
    rooms : Rooms
        What phones reach.
    """

    def __init__(self, place: Path, owner: str) -> None:
        self.place, self._token = place, secrets.token_hex(16)
        self.rooms = rooms = Rooms(place, owner)
        port = free_port()
        self.base = f"http://127.0.0.1:{port}"
        environment = {
            "CTEKIT_HUB_STORE": owner,
            "CTEKIT_ROOMS": rooms.address,
            "CTEKIT_TEST_ROOT": str(ROOT),
            "CTEKIT_TEST_PLACE": str(place),
            "CTEKIT_TEST_PORT": str(port),
            "CTEKIT_TEST_HUB_PORT": str(free_port()),
            "CTEKIT_TEST_API_PORT": str(free_port()),
            "CTEKIT_TEST_TOKEN": self._token,
            "CTEKIT_TEST_PROXY": PROXY,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        }
        self._log = place / "hub.log"
        command = [sys.executable, "-m", "jupyterhub", "-f", str(Path(__file__).with_name("jupyterhub_config.py"))]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=place, env=os.environ | environment, stdout=log, stderr=log, start_new_session=True
            )
        self.client = httpx.Client(headers={"Authorization": f"token {self._token}"}, timeout=LIMIT)

    def see_started(self) -> None:
        """Wait until it answers."""
        ends = time.monotonic() + LIMIT
        while True:
            with contextlib.suppress(httpx.TransportError):
                if self.client.get(f"{self.base}/hub/api/").status_code == 200:
                    return
            if self._process.poll() is not None or time.monotonic() > ends:
                raise RuntimeError(f"JupyterHub did not start:\n{self._log.read_text()[-3000:]}")
            time.sleep(0.2)

    def begin(self, user: str) -> None:
        """Begin to start a user's server."""
        (self.place / user).mkdir(exist_ok=True)
        self._api("POST", f"users/{user}", fine=(201, 409))
        self._api("POST", f"users/{user}/server", fine=(201, 202))

    def ready(self, user: str) -> User:
        """The user, once the server has started."""
        ends = time.monotonic() + LIMIT
        while True:
            server = self._api("GET", f"users/{user}").json()["servers"].get("", {})
            if server.get("ready"):
                return User(self, user, int(server["progress_url"] and self._pid(user)))
            if time.monotonic() > ends:
                raise RuntimeError(f"The server of {user} did not start:\n{self._log.read_text()[-3000:]}")
            time.sleep(0.3)

    def stop(self) -> None:
        """End it, and every process that it has started."""
        self.client.close()
        self.rooms.stop()
        with contextlib.suppress(psutil.NoSuchProcess):
            ours = psutil.Process(self._process.pid)
            everybody = [*ours.children(recursive=True), ours]
            # Servers have sessions of their own, and their parents may be gone.
            everybody += [each for each in psutil.process_iter(["cwd"]) if _is_below(each, self.place)]
            for process in everybody:
                with contextlib.suppress(psutil.NoSuchProcess):
                    process.kill()
            for process in everybody:  # not `wait_procs`, which waits for orphans that are zombies
                gone(process.pid)
        self._process.wait(LIMIT)

    def _pid(self, user: str) -> int:
        folder = self.place / user
        for process in psutil.process_iter(["cmdline"]):
            if "jupyterhub-singleuser" in " ".join(process.info["cmdline"] or ()) and _is_below(process, folder):
                return int(process.pid)
        raise RuntimeError(f"There is no server of {user}.")

    def _api(self, method: str, what: str, fine: tuple[int, ...] = (200,)) -> httpx.Response:
        answer = self.client.request(method, f"{self.base}/hub/api/{what}")
        if answer.status_code not in fine:
            raise RuntimeError(f"{method} {what}: {answer.status_code} {answer.text[:500]}")
        return answer


class Rooms:
    """The rooms of the hub, with a proxy of their own before them, which phones speak to.

    Attributes
    ----------
    address : str
        The proxy's.
    """

    def __init__(self, place: Path, owner: str) -> None:
        self._place, self._port, front = place, free_port(), free_port()
        self.address = f"http://127.0.0.1:{front}"
        self._store = roles.mint_rooms(make_url(owner)).render_as_string(hide_password=False)
        command = [PROXY, "--ip=127.0.0.1", f"--port={front}", f"--api-port={free_port()}", "--log-level=error"]
        self._front = subprocess.Popen([*command, f"--default-target=http://127.0.0.1:{self._port}"])
        self.start()

    def start(self) -> None:
        """Start them, as the system does where they have ended."""
        command = [sys.executable, "-m", "ctekit", "hub-rooms", self.address, f"--port={self._port}"]
        environment = os.environ | {"CTEKIT_STORE": self._store}
        with (self._place / "rooms.log").open("ab") as log:
            self._process = subprocess.Popen(command, cwd=self._place, env=environment, stdout=log, stderr=log)

    def kill(self) -> None:
        """End them amid whatever they do."""
        self._process.kill()
        self._process.wait(LIMIT)

    def stop(self) -> None:
        """End them, and the proxy."""
        for process in (self._process, self._front):
            process.kill()
            process.wait(LIMIT)


class User:
    """A user whose server has started, with one kernel.

    Attributes
    ----------
    hub : Hub
    name : str
    folder : Path
        The user's files.
    server : int
        The process of the server.
    """

    def __init__(self, hub: Hub, name: str, server: int) -> None:
        self.hub, self.name, self.folder, self.server = hub, name, hub.place / name, server
        answer = hub.client.post(f"{hub.base}/user/{name}/api/kernels", json={"name": "python3"})
        answer.raise_for_status()
        self._kernel: str = answer.json()["id"]

    def run(self, code: str) -> str:
        """What a cell printed; a cell that fails is an error here."""
        return asyncio.run(asyncio.wait_for(self._run(code), LIMIT))

    async def _run(self, code: str) -> str:
        url = f"{self.hub.base.replace('http', 'ws', 1)}/user/{self.name}/api/kernels/{self._kernel}/channels"
        socket = await websocket_connect(HTTPRequest(url, headers=dict(self.hub.client.headers)))
        message = uuid.uuid4().hex
        header = {"msg_id": message, "msg_type": "execute_request", "username": self.name, "session": uuid.uuid4().hex,
                  "date": "", "version": "5.3"}  # fmt: skip
        content = {"code": code, "silent": False, "store_history": False, "user_expressions": {}, "allow_stdin": False}
        sent = {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"}
        await socket.write_message(json.dumps(sent))
        printed = ""
        try:
            while True:
                answer: dict[str, Any] = json.loads(await socket.read_message() or "{}")
                if answer.get("parent_header", {}).get("msg_id") != message:
                    continue
                content = answer["content"]
                if answer["msg_type"] == "stream" and content["name"] == "stdout":
                    printed += content["text"]
                elif answer["msg_type"] == "error":
                    raise AssertionError("\n".join(content["traceback"]))
                elif answer["msg_type"] == "status" and content["execution_state"] == "idle":
                    return printed
        finally:
            socket.close()

    def processes(self) -> list[psutil.Process]:
        """The server and all that it has started, the kernel for one."""
        server = psutil.Process(self.server)
        return [server, *server.children(recursive=True)]

    def memory(self) -> float:
        """Megabytes that are this user's: what several processes share is divided among them."""
        return sum(process.memory_full_info().pss for process in self.processes()) / 1e6

    def kill(self) -> None:
        """End server and kernel as the system does that has no memory left."""
        for process in self.processes():
            process.send_signal(signal.SIGKILL)
        gone(self.server)


@contextlib.contextmanager
def running(owner: str) -> Iterator[Hub]:
    """A hub, for as long as the block takes."""
    with tempfile.TemporaryDirectory(prefix="hub-", ignore_cleanup_errors=True) as place:
        hub = Hub(Path(place), owner)
        try:
            hub.see_started()
            yield hub
        finally:
            hub.stop()


def gone(pid: int) -> None:
    """Wait until a process has ended; its parent may not have noticed yet."""
    ends = time.monotonic() + LIMIT
    with contextlib.suppress(psutil.NoSuchProcess):
        while psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
            assert time.monotonic() < ends
            time.sleep(0.05)


def _is_below(process: psutil.Process, folder: Path) -> bool:
    try:
        return folder in (Path(process.cwd()), *Path(process.cwd()).parents)
    except (psutil.Error, OSError):
        return False
