"""What `ctekit start` began, it ends; it is begun once a folder; and its terminal is quiet."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from ctekit import room, workspace
from ctekit.cli import running
from tests.waiting import WAIT, until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="its signals are others"),
]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    place = tmp_path / "ours"
    workspace.make(place, "A partnership")
    return place


@pytest.fixture
def surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    for name in ("HOME", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR", "JUPYTER_RUNTIME_DIR"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    monkeypatch.setenv("PYTHONUNBUFFERED", "1")
    monkeypatch.delenv("JUPYTER_TOKEN", raising=False)
    return dict(os.environ)


# As from a terminal: who runs the tests under nohup hands its deafness to SIGHUP down to every process.
FRESH = (
    sys.executable,
    "-c",
    "import os, signal, sys; signal.signal(signal.SIGHUP, signal.SIG_DFL);"
    "os.execv(sys.executable, sys.orig_argv[:1] + sys.argv[1:])",
)


class Started:
    """A server that was begun by a command, with what it prints."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self.process = process
        self.log = log

    @property
    def said(self) -> str:
        return self.log.read_text("utf-8")

    @property
    def address(self) -> str:
        until(lambda: re.search(r"http://\S+", self.said) or self.process.poll() is not None, self.said)
        match = re.search(r"http://\S+", self.said)
        assert match, self.said
        return match[0]

    def ask(self, path: str, what: dict[str, object] | None = None) -> bytes:
        base, token = re.match(r"(http://[^/]+/).*token=(\S+)", self.address).groups()  # type: ignore[union-attr]
        body = json.dumps(what).encode() if what else None
        with urlopen(Request(base + path, body, {"Authorization": f"token {token}"}), timeout=30) as answer:
            return bytes(answer.read())

    def answers(self) -> bool:
        try:
            return bool(self.ask("lab"))
        except OSError:
            return False

    def end(self, number: int) -> int:
        self.process.send_signal(number)
        return self.process.wait(WAIT)


@contextmanager
def started(home: Path, surroundings: dict[str, str], *more: str) -> Iterator[Started]:
    log = home.parent / f"log-{len(list(home.parent.glob('log-*')))}"
    command = [*FRESH, "-m", "ctekit", "start", str(home), "--no-browser", *more]
    with log.open("w") as out:
        process = subprocess.Popen(command, env=surroundings, stdout=out, stderr=out, start_new_session=True)
    try:
        yield Started(process, log)
    finally:
        process.kill()
        process.wait(30)


def kernels(runtime: str) -> list[int]:
    """The processes that run a kernel of ours."""
    ids = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            line = (process / "cmdline").read_bytes()
        except OSError:
            continue
        if b"ipykernel" in line and runtime.encode() in line:
            ids.append(int(process.name))
    return ids


needs_proc = pytest.mark.skipif(not Path("/proc").exists(), reason="processes are looked up in /proc")


@needs_proc
def test_two_copies_that_start_at_once_want_one_port_and_each_prints_the_address_where_it_is(
    home: Path, surroundings: dict[str, str]
) -> None:
    other = home.parent / "copy"
    shutil.copytree(home, other)
    with started(home, surroundings) as first, started(other, surroundings) as second:
        assert first.answers(), first.said
        assert second.answers(), second.said
        assert first.address.partition("/lab")[0] != second.address.partition("/lab")[0]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_jupyterlab_and_its_kernels(home: Path, surroundings: dict[str, str], number: int) -> None:
    runtime = surroundings["JUPYTER_RUNTIME_DIR"]
    with started(home, surroundings) as server:
        until(server.answers, "it answers")
        session = {"path": "00-start-here.ipynb", "type": "notebook", "name": "", "kernel": {"name": "python3"}}
        server.ask("api/sessions", session)
        until(lambda: kernels(runtime), "a kernel runs")
        token = server.address.partition("token=")[2].encode()
        lines = [(Path("/proc") / str(pid) / "cmdline").read_bytes() for pid in (server.process.pid, *kernels(runtime))]
        assert not any(token in line for line in lines), "others on this computer can read a command line"
        server.ask("api/contents/00-start-here.ipynb")
        again = subprocess.run(
            [sys.executable, "-m", "ctekit", "start", f"{home}/../ours", "--no-browser"],
            env=surroundings, capture_output=True, text=True, timeout=WAIT, check=False,
        )  # fmt: skip
        assert (again.returncode, again.stderr) == (0, "")
        assert "JupyterLab is open on this folder already" in again.stdout
        assert server.address in again.stdout
        time.sleep(1)  # what a kernel has to complain of, it says when it starts
        for alarming in ("not trusted", "encryption", "Deprecat", "Warning", "WARN"):
            assert alarming not in server.said
        assert server.end(number) == 0
        until(lambda: not kernels(runtime), "its kernels ended with it")
        assert running.lab(home) is None


@needs_proc
def test_a_signal_ends_the_app(home: Path, surroundings: dict[str, str]) -> None:
    with started(home, surroundings, "--app") as server:
        until(lambda: running.app(home), "it answers")
        again = subprocess.run(
            [sys.executable, "-m", "ctekit", "start", str(home), "--app", "--no-browser"],
            env=surroundings, capture_output=True, text=True, timeout=WAIT, check=False,
        )  # fmt: skip
        assert (again.returncode, again.stderr) == (0, "")
        assert "The app is open on this folder already" in again.stdout
        assert server.address in again.stdout
        assert server.end(signal.SIGTERM) == 0
    assert running.app(home) is None
    assert not list(Path(surroundings["JUPYTER_RUNTIME_DIR"]).glob("ctekit-app-*")), "its mark went with it"


@needs_proc
def test_a_room_ends_when_its_terminal_is_closed(home: Path, surroundings: dict[str, str]) -> None:
    command = [*FRESH, "-m", "ctekit", "room", str(home), "--quick"]
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        log = home.parent / f"room-{number}"
        with log.open("w") as out:
            process = subprocess.Popen(command, env=surroundings, stdout=out, stderr=out, start_new_session=True)
        try:
            until(lambda: "Stop with Ctrl+C" in log.read_text("utf-8") or process.poll() is not None, "it is open")  # noqa: B023
            until(lambda: room.find(home) or process.poll() is not None, "it answers, and hears signals")  # noqa: B023
            process.send_signal(number)
            assert process.wait(WAIT) in (0, 130)
            assert "Stopped. 0 answered." in log.read_text("utf-8")
            assert "Traceback" not in log.read_text("utf-8")
        finally:
            process.kill()
            process.wait(30)


def test_a_mark_that_a_crash_left_behind_is_passed_over(home: Path, surroundings: dict[str, str]) -> None:
    runtime = Path(surroundings["JUPYTER_RUNTIME_DIR"])
    runtime.mkdir()
    us = {
        "root_dir": str(home),
        "url": "http://127.0.0.1:9/",
        "token": "t",
        "port": 9,
        "address": "http://127.0.0.1:9/",
    }
    for name in ("jpserver-1.json", "ctekit-app-9.json"):
        for pid in (os.getpid(), 2**22 + 1):  # a process that is somebody else by now, and none
            (runtime / name).write_text(json.dumps({**us, "pid": pid}))
            assert running.lab(home) is None
            assert running.app(home) is None
    for broken in ("", "{", "[]", "5", "null", json.dumps({"pid": "x"}), json.dumps({"pid": os.getpid()})):
        (runtime / "jpserver-2.json").write_text(broken)
        (runtime / "ctekit-app-2.json").write_text(broken)
        assert running.lab(home) is None
        assert running.app(home) is None


AT_IMPORT = """
import os, signal, sys
class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == sys.argv[1]:
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Interrupting())
from ctekit.cli import main
sys.argv[1:2] = []
main()
"""


@pytest.mark.parametrize(
    "module",
    [
        "ctekit.cli.commands",
        "typer",
        "click.core",
        "ctekit.partnership",
        "pydantic",
        "sqlalchemy",
        "ctekit.rules",
        "rich.text",
    ],
)
def test_ctrl_c_amid_an_import_shows_no_traceback(home: Path, module: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", AT_IMPORT, module, "check", str(home)], capture_output=True, timeout=WAIT, check=False
    )
    assert done.returncode in (0, 130, -signal.SIGINT)  # 0: it does not import that one
    assert b"Traceback" not in done.stderr
    assert b"for more answers" not in done.stdout or done.returncode == 0


def test_the_exercises_open_without_a_partnership(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from ctekit import cli
    from ctekit.cli import servers

    calls: list[dict[str, object]] = []
    monkeypatch.setattr(servers, "_run", lambda name, options: calls.append(options) or 0)
    monkeypatch.setattr(servers, "_when_ready", lambda planned, where, tell: tell(planned))
    monkeypatch.setattr(servers.running, "lab", lambda folder: None)
    home = tmp_path / "a (b)"
    with pytest.raises(SystemExit):
        cli.main(["practice", str(home)])
    assert f"Open them with: ctekit start '{home / 'exercises'}'" in capsys.readouterr().out
    with pytest.raises(SystemExit) as ended:
        cli.main(["start", str(home / "exercises"), "--no-browser"])
    assert not ended.value.code
    assert calls[0]["LabApp.default_url"] == "/lab/tree/01-convener.ipynb"
    assert not list(home.rglob("*.ctekit"))
