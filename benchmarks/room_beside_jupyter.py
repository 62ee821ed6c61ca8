"""The kernel while 500 phones answer: a room that is a process of its own, beside one inside Jupyter's server."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.measure import Comparison, percentile
from benchmarks.room import burst, counted, joined, opened

TOKEN = "bench"

EXTENSION = """
import asyncio, hashlib, json, os
from datetime import date
from pathlib import Path
from urllib.parse import parse_qsl
from tornado.web import RequestHandler
from ctekit.ratings import Ballot
from ctekit.room.answering import _read
from ctekit.room.state import Room
from ctekit.store import open_store

class Answers(RequestHandler):
    def check_xsrf_cookie(self):
        pass
    async def post(self):
        room = self.settings["bench_room"]
        form = parse_qsl(self.request.body.decode(), keep_blank_values=True)
        who = room.passes.find(self.request.headers.get("Cookie", ""))
        round_ = room.activity.round
        who = room.passes.respondent(who, round_.id)
        if dict(form)["form"] != room.passes.form(who) or not room.buckets.take(who):
            raise ValueError("refused")
        based_on, ballot = _read(round_, form)
        name = json.dumps([round_.id, who, based_on, ballot.sector, ballot.answers], sort_keys=True)
        uid = hashlib.sha256(name.encode()).hexdigest()[:32]
        await room.activity.keep(Ballot(round_.id, who, ballot.sector, ballot.answers, based_on, uid))
        self.redirect("/room/thanks", status=303)

def _jupyter_server_extension_points():
    return [{"module": "bench_room"}]

def _load_jupyter_server_extension(app):
    store = open_store(Path(os.environ["BENCH_ROOM"]) / "partnership.ctekit")
    held = os.environ["BENCH_ROUND"]
    app.web_app.settings["bench_room"] = Room(store, store.door(f"day-{date.today()}"), "", round_id=held)
    app.web_app.add_handlers(".*$", [("/room/answers", Answers)])
"""

# In a process of its own, so that sending the answers does not slow the watching.
WATCH = """
import json, socket, sys, time, uuid
import websocket
port, kernel, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3])
at_once = ((socket.IPPROTO_TCP, socket.TCP_NODELAY, 1),)
where = f"ws://127.0.0.1:{port}/api/kernels/{kernel}/channels?token=bench"
wire = websocket.create_connection(where, timeout=60, sockopt=at_once)
def trip():
    name = uuid.uuid4().hex
    head = {"msg_id": name, "msg_type": "execute_request", "username": "", "session": "bench", "version": "5.3"}
    content = {"code": "1", "silent": True, "store_history": False, "user_expressions": {}, "allow_stdin": False}
    began = time.perf_counter()
    wire.send(json.dumps({"header": head, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"}))
    while True:
        said = json.loads(wire.recv())
        if said.get("msg_type") == "execute_reply" and said["parent_header"].get("msg_id") == name:
            return 1000 * (time.perf_counter() - began)
for _ in range(10):
    trip()
print("ready", flush=True)
sys.stdin.readline()
until = time.perf_counter() + seconds
taken = []
while time.perf_counter() < until:
    taken.append(trip())
    time.sleep(0.02)
print(json.dumps(taken), flush=True)
"""


@contextmanager
def jupyter(folder: Path, round_id: str) -> Iterator[tuple[int, str]]:
    """A Jupyter server with one kernel, and the room's handler inside it too."""
    with tempfile.TemporaryDirectory(prefix="ctekit-bench-") as place:
        Path(place, "bench_room.py").write_text(EXTENSION)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        dirs = dict.fromkeys(("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"), place)
        rooms = {"BENCH_ROOM": str(folder), "BENCH_ROUND": round_id, "PYTHONPATH": place, "JUPYTER_TOKEN": TOKEN}
        options = [
            "--ip=127.0.0.1",
            f"--port={port}",
            "--no-browser",
            "--allow-root",
            f"--ServerApp.root_dir={place}",
            "--ServerApp.jpserver_extensions={'bench_room': True}",
            "--ServerApp.log_level=ERROR",
        ]
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyter_server", *options],
            env={**os.environ, **dirs, **rooms},
            cwd=place,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield port, _kernel(port)
        finally:
            server.terminate()
            server.wait(20)


def _kernel(port: int) -> str:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/kernels", b"{}", {"Authorization": f"token {TOKEN}"}, method="POST"
    )
    until = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return str(json.load(answer)["id"])
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


async def watched(inside: bool, within: float) -> tuple[list[float], list[float], str]:
    """Kernel round trips while everybody sends, and at rest before it."""
    async with opened() as (folder, store, round_id, handle):
        phones = await joined(handle, store, round_id)
        with jupyter(folder, round_id) as (port, kernel):
            watch = [sys.executable, "-c", WATCH, str(port), kernel]
            rest = await _trips(watch, 2.0, None)
            target = port if inside else urlsplit(handle.address).port or 0
            busy = await _trips(watch, within + 0.5, lambda: burst(target, phones, within))
            lost, wrong = await asyncio.to_thread(counted, folder, round_id, phones)
    where = "inside Jupyter's server" if inside else "a process of its own"
    return busy, rest, f"{where}: {lost} lost, {wrong} duplicated or wrong"


async def _trips(watch: list[str], seconds: float, do: object) -> list[float]:
    process = await asyncio.create_subprocess_exec(
        *watch, str(seconds), stdin=subprocess.PIPE, stdout=subprocess.PIPE, limit=1 << 22
    )
    await asyncio.wait_for(process.stdout.readline(), 120)
    process.stdin.write(b"go\n")
    await process.stdin.drain()
    if do is not None:
        await do()
    taken = json.loads(await asyncio.wait_for(process.stdout.readline(), 120 + seconds))
    await asyncio.wait_for(process.wait(), 20)
    return taken


def compare() -> Iterator[Comparison | str]:
    """By turns, twice each, within one second and within ten."""
    for within in (1, 10):
        ours: list[float] = []
        peer: list[float] = []
        rest: list[float] = []
        for _ in range(2 if within == 1 else 1):
            for inside, into in ((False, ours), (True, peer)):
                busy, at_rest, sentence = asyncio.run(watched(inside, within))
                into += busy
                rest += at_rest
                yield f"500 phones within {within} s, {sentence}"
        us, them = "kernel round trip, room beside Jupyter", "kernel round trip, room inside Jupyter's server"
        yield f"at rest a round trip takes {percentile(0.5)(rest):.3g} ms (p95 {percentile(0.95)(rest):.3g})"
        yield Comparison(f"kernel_while_room_busy_{within}s_p95", ours, peer, "ms", us, them, at=percentile(0.95))
