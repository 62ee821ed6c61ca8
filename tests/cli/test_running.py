"""Files that lead a browser to a server: they go with it, and what was left behind goes at the next start."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ctekit.cli import running


@pytest.fixture
def runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("lasting", [False, True])
def test_the_file_goes_when_the_program_ends_unless_a_browser_may_still_come(runtime: Path, lasting: bool) -> None:
    makes = (
        f"from ctekit.cli.running import leading_to as l; print(l('http://127.0.0.1:9/?token=t', lasting={lasting}))"
    )
    process = subprocess.run([sys.executable, "-c", makes], capture_output=True, text=True, timeout=60, check=True)
    path = Path(process.stdout.strip())
    assert path.parent == runtime
    assert path.exists() == lasting


def test_what_leads_to_a_server_that_is_gone_is_swept_away(runtime: Path) -> None:
    def left(name: str, port: int) -> Path:
        path = runtime / f"ctekit-{name}.html"
        path.write_text(f'<meta http-equiv="refresh" content="0;url=http://127.0.0.1:{port}/?token=t">', "utf-8")
        return path

    with socket.socket() as here, socket.socket() as gone:
        for each in (here, gone):
            each.bind(("127.0.0.1", 0))
        here.listen()
        port, free = here.getsockname()[1], gone.getsockname()[1]
        runs, dead, old = left("runs", port), left("dead", free), left("old", port)
        days_ago = time.time() - 2 * 86400
        os.utime(old, (days_ago, days_ago))
        foreign = runtime / "jpserver-1.html"
        foreign.write_text("not ours", "utf-8")
        new = running.leading_to(f"http://127.0.0.1:{port}/lab?token=t", lasting=True)
    assert runs.exists()
    assert foreign.exists()
    assert new.exists()
    assert not dead.exists()
    assert not old.exists()
