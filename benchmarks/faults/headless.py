"""The same faults without a browser: the messages of widgets/js/autosave.js, over the server's own WebSocket.

`Tab` imitates one browser tab with one control of one worksheet, and what that tab does by itself:

- a key makes an edit that rests upon what stood there before; it is kept in the browser at once;
- an edit goes out after a pause, or after a while of steady typing, but not before the last batch was answered;
- what is not answered in time is sent again, the same edits under the same names;
- a page that goes sends its last words, which may or may not reach anybody;
- a worksheet that is shown again sends what its browser still keeps, in the order in which it was typed;
- a message for a connection that is gone is lost, and a page that comes back by itself keeps its session, so that the
  server hands it what it missed.

Left out are the control itself, other questions, and edits of a wrong shape.
"""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any
from uuid import uuid4

import websocket

from benchmarks.faults.run import KINDS, ON, RATE, Run, answer, keys
from tests.browser.conftest import Lab

PAUSE, LONGEST = 0.4, 1.0
"""As in autosave.js."""
PATIENCE = 1.0
"""In autosave.js it is 5 s. Nothing else happens meanwhile, and a run is shorter so."""
OFFLINE = 1.5
CELLS = "import ctekit\npartnership = ctekit.open_partnership({!r})\npartnership.worksheet('purpose')"
VIEW = "application/vnd.jupyter.widget-view+json"
GONE = (OSError, websocket.WebSocketException)
ENOUGH = 20.0
"""Seconds after which something is told as not done."""

Edit = dict[str, Any]


class Tab:
    """A tab that shows the worksheet, from the running of its cell on."""

    def __init__(self, lab: Lab, kernel: str, run: Run, kept: Sequence[Edit] = ()) -> None:
        self.lab, self.kernel, self.run = lab, kernel, run
        self.session, self.view, self.count = uuid4().hex, uuid4().hex, 0
        self.waiting: Edit | None = None
        self.sent: dict[str, Edit] = {}
        self.pause_ends = self.since = self.again_at = 0.0
        self.connect()
        self.model = self._run_cells()
        self.answer: str | None = None
        self.text = kept[-1]["value"] if kept else ""
        self.say({"hello": -1})
        if kept:
            self.send(kept)
        self.wait_until(lambda: self.answer is not None)
        self.text = self.text or self.answer or ""

    # What autosave.js does

    def type(self, pressed: Iterator[str], seconds: float) -> None:
        begun, count = time.monotonic(), 0
        while time.monotonic() - begun < seconds:
            self.text += next(pressed)
            count += 1
            if not self.run.struck:
                self.run.typed.append(time.monotonic())
            self.edit(self.text)
            self.breathe(begun + count / RATE - time.monotonic())

    def edit(self, value: str) -> None:
        now = time.monotonic()
        on_its_way = list(self.sent.values())
        before = self.waiting["base"] if self.waiting else on_its_way[-1]["value"] if on_its_way else self.answer
        root = self.waiting["root"] if self.waiting else on_its_way[-1]["root"] if on_its_way else self.answer
        self.waiting = {"uid": uuid4().hex, "row": "", "field": "learners", "value": value}
        self.waiting |= {"base": before or None, "root": root or None}
        self.pause_ends = now + PAUSE
        self.since = self.since or now
        if now - self.since > LONGEST:
            self.flush()

    def flush(self, hurry: bool = False) -> None:
        self.pause_ends = 0.0
        if self.waiting is None or (self.sent and not hurry):
            return
        edits, self.waiting, self.since = [self.waiting], None, 0.0
        self.send(edits)

    def send(self, edits: Sequence[Edit]) -> None:
        self.sent |= {edit["uid"]: edit for edit in edits}
        self.count += 1
        self.say({"edits": list(edits), "view": self.view, "n": self.count})
        self.again_at = time.monotonic() + PATIENCE

    def answered(self, saved: Sequence[Edit]) -> None:
        for saved_edit in saved:
            self.answer = saved_edit["value"] or ""
            mine = self.sent.pop(saved_edit["uid"], None)
            if mine and self.run.stored is None:
                self.run.acknowledged.append(mine["value"])
        if not self.sent:
            self.again_at = 0.0
            self.flush()

    @property
    def kept(self) -> list[Edit]:
        """What the browser has in its own keeping."""
        return [*self.sent.values(), *([self.waiting] if self.waiting else [])]

    def breathe(self, seconds: float) -> None:
        """Let time pass: listen, and do what is due."""
        ends = time.monotonic() + seconds
        while True:
            self.listen(min(0.02, max(0.001, ends - time.monotonic())))
            now = time.monotonic()
            if self.pause_ends and now > self.pause_ends:
                self.flush()
            if self.again_at and now > self.again_at and self.sent:
                self.send(list(self.sent.values()))
            if now >= ends:
                return

    def wait_until(self, there: Any) -> None:
        ends = time.monotonic() + ENOUGH
        while not there() and time.monotonic() < ends:
            self.breathe(0.02)

    # The connection

    def connect(self) -> None:
        where = f"{self.lab.address.replace('http', 'ws', 1)}/api/kernels/{self.kernel}/channels"
        self.wire: Any = websocket.create_connection(
            f"{where}?session_id={self.session}&token={self.lab.token}", timeout=60
        )

    def cut(self) -> None:
        """The connection is gone, and nobody said goodbye."""
        if self.wire is not None:
            with suppress(*GONE):
                self.wire.shutdown()
        self.wire = None

    def say(self, words: Edit) -> None:
        content = {"comm_id": self.model, "data": {"method": "custom", "content": words}}
        self._message("comm_msg", content)

    def listen(self, seconds: float) -> None:
        message = self._next(seconds)
        if message.get("msg_type") != "comm_msg" or message["content"]["comm_id"] != self.model:
            return
        words = message["content"]["data"].get("content", {})
        if "state" in words:
            self.answer = words["state"]["answers"].get("", {}).get("learners") or ""
        self.run.clashes += len(words.get("conflict", ()))
        if words.get("saved"):
            self.answered(words["saved"])

    def _message(self, kind: str, content: Edit) -> str:
        name = uuid4().hex
        head = {"msg_id": name, "msg_type": kind, "username": "", "session": self.session, "version": "5.3", "date": ""}
        words = {"header": head, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"}
        if self.wire is not None:
            with suppress(*GONE):
                self.wire.send(json.dumps(words))
        return name

    def _next(self, seconds: float) -> Edit:
        if self.wire is None:
            time.sleep(seconds)
            return {}
        try:
            self.wire.settimeout(seconds)
            words = self.wire.recv()
            return dict(json.loads(words)) if words else {}
        except websocket.WebSocketTimeoutException:
            return {}
        except GONE:
            self.cut()
            return {}

    def _run_cells(self) -> str:
        """Run the notebook's sentences; the model's id is in what they show."""
        code = {"code": CELLS.format(str(self.lab.home)), "silent": False, "store_history": True}
        code |= {"user_expressions": {}, "allow_stdin": False}
        asked, model = self._message("execute_request", code), ""
        ends = time.monotonic() + 60
        while time.monotonic() < ends and self.wire is not None:
            message = self._next(1)
            if message.get("parent_header", {}).get("msg_id") != asked:
                continue
            content = message["content"]
            model = content.get("data", {}).get(VIEW, {}).get("model_id", model)
            if message["msg_type"] == "status" and content["execution_state"] == "idle" and model:
                return model
        raise RuntimeError("the kernel did not show the worksheet")


class RatingPanelState:
    """A server with one kernel, and the tab that is open on it; both are another after some faults."""

    def __init__(self, lab: Lab) -> None:
        self.lab = lab
        self.store = lab.home / "partnership.ctekit"
        self.kernel = self._new_kernel()
        self.tab = Tab(lab, self.kernel, Run(""))

    def suffer(self, kind: str, number: int, seconds: float) -> Run:
        """Type for so long, be struck, and come back."""
        run = self.tab.run = Run(kind)
        self.tab.text, self.keys = "", keys(kind, number)
        self.tab.type(self.keys, seconds)
        faults = (self._kernel_killed, self._server_killed, self._page_reloaded, self._offline)
        dict(zip(KINDS, faults, strict=True))[kind](number)
        tab = self.tab
        tab.wait_until(lambda: not tab.kept)
        run.back, run.final = tab.text.rstrip(), answer(self.store)
        return run

    def _kernel_killed(self, number: int) -> None:
        dead = self.lab.process(self.kernel)
        self._amid_saving(number)
        os.kill(dead, signal.SIGKILL)
        self._struck()
        self._type_on(ON)
        ends = time.monotonic() + ENOUGH
        while time.monotonic() < ends:  # the server starts another one by itself
            with suppress(LookupError):
                if self.lab.process(self.kernel) != dead:
                    break
            time.sleep(0.1)
        self._come_back()

    def _server_killed(self, number: int) -> None:
        self._amid_saving(number)
        self.lab.kill()
        self._struck()
        self._type_on(ON)
        self.lab.start()
        self.kernel = self._new_kernel()
        self._come_back()

    def _page_reloaded(self, number: int) -> None:
        self.tab.run.seen = self.tab.text.rstrip()
        if number % 2:
            self.tab.flush(hurry=True)
        self.tab.cut()
        self._struck()
        self._come_back()

    def _offline(self, number: int) -> None:
        """Every other time the network holds what was sent until it is back; else the connection breaks."""
        tab = self.tab
        if number % 2:
            wire, tab.wire = tab.wire, None
            waiting: list[str] = []
            tab.wire = _Held(waiting)
            self._struck()
            self._type_on(OFFLINE)
            tab.wire = wire
            for words in waiting:
                wire.send(words)
        else:
            tab.cut()
            self._struck()
            self._type_on(OFFLINE)
            tab.connect()

    def _amid_saving(self, number: int) -> None:
        """Every other time strike some milliseconds after an edit was sent, when it may be saved and unthanked."""
        if number % 2:
            self.tab.flush(hurry=True)
            time.sleep(0.001 * (number // 2 % 15))

    def _struck(self) -> None:
        """What was said to be saved until now has to be in the store now."""
        self.tab.run.struck = time.monotonic()
        self.tab.breathe(0.05)
        self.tab.run.stored = answer(self.store)

    def _type_on(self, seconds: float) -> None:
        self.tab.type(self.keys, seconds)
        self.tab.run.seen = self.tab.text.rstrip()

    def _come_back(self) -> None:
        before = self.tab
        before.cut()
        self.tab = Tab(self.lab, self.kernel, before.run, before.kept)

    def _new_kernel(self) -> str:
        return str(self.lab.ask("POST", "/api/kernels")["id"])


class _Held:
    """A network that takes everything and brings nothing."""

    def __init__(self, waiting: list[str]) -> None:
        self.send = waiting.append
        self.pause = 0.0

    def settimeout(self, seconds: float) -> None:
        self.pause = seconds

    def recv(self) -> str:
        time.sleep(self.pause)
        return ""
