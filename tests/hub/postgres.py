"""A PostgreSQL of the tests' own: in a folder that goes away, on a free port of this computer, and not run by root."""

from __future__ import annotations

import contextlib
import itertools
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

LIMIT = 60
"""Seconds within which the server has to have started or ended."""


def programs() -> Path | None:
    """The folder of PostgreSQL's programs, the newest; None where it is not installed."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    initdb = shutil.which("initdb")
    folders += [Path(initdb).resolve().parent] if initdb and not folders else []
    return next((folder for folder in reversed(folders) if (folder / "initdb").exists()), None)


class Postgres:
    """A server that can be killed and started again.

    Attributes
    ----------
    url : str
        Of the database `ctekit`, with the role that owns it and may make roles.
    """

    def __init__(self, folder: Path) -> None:
        self._programs = programs()
        assert self._programs, "PostgreSQL is not installed"
        self._data, self.port, self._password = folder / "data", free_port(), secrets.token_hex(16)
        self.url = f"postgresql+psycopg://ctekit:{self._password}@127.0.0.1:{self.port}/ctekit"
        self._server: subprocess.Popen[bytes] | None = None
        self._log = folder / "log"
        if os.getuid() == 0:  # which PostgreSQL refuses to be run by
            shutil.chown(folder, _somebody())
        word = folder / "password"
        word.write_text(self._password)
        word.chmod(0o644)  # its folder is for one only
        self._run(
            "initdb", f"--pgdata={self._data}", "--username=postgres", "--auth=scram-sha-256", f"--pwfile={word}",
            "--encoding=UTF8", "--locale=C",
        )  # fmt: skip
        word.unlink()

    @property
    def version(self) -> str:
        """Such as ``"15.8"``."""
        assert self._programs
        version = subprocess.run(
            [self._programs / "postgres", "--version"], capture_output=True, text=True, timeout=LIMIT
        )
        return version.stdout.split()[2]

    def start(self) -> None:
        """Start it, and wait until it answers."""
        settings = {
            "listen_addresses": "127.0.0.1", "port": self.port, "unix_socket_directories": "",
            "max_connections": 400, "shared_buffers": "128MB", "log_min_messages": "fatal",
        }  # fmt: skip
        command = [self._programs / "postgres", "-D", self._data]
        command += [f"-c{name}={value}" for name, value in settings.items()]
        with self._log.open("ab") as log:
            self._server = subprocess.Popen(command, stdout=log, stderr=log, **self._as_somebody())
        ends = time.monotonic() + LIMIT
        while self._run("pg_isready", "-h127.0.0.1", f"-p{self.port}", check=False):
            if self._server.poll() is not None or time.monotonic() > ends:
                raise RuntimeError(f"PostgreSQL did not start:\n{self._log.read_text()[-2000:]}")
            time.sleep(0.1)

    def make_database(self) -> None:
        """A database that a role owns which is no superuser, as on a hub."""
        import psycopg

        with psycopg.connect(self.url.replace("+psycopg", "").replace("ctekit", "postgres"), autocommit=True) as admin:
            admin.execute(f"CREATE ROLE ctekit LOGIN CREATEROLE PASSWORD '{self._password}'")
            admin.execute("CREATE DATABASE ctekit OWNER ctekit")

    def kill(self) -> None:
        """End it as a power cut would: the server and all its children at once."""
        assert self._server
        os.killpg(self._server.pid, signal.SIGKILL)
        self._server.wait(LIMIT)

    def stop(self) -> None:
        """End it, whoever is connected."""
        if self._server and self._server.poll() is None:
            self._server.send_signal(signal.SIGINT)
            try:
                self._server.wait(LIMIT)
            except subprocess.TimeoutExpired:
                self.kill()

    def _run(self, program: str, *arguments: str, check: bool = True) -> int:
        assert self._programs
        command = [self._programs / program, *arguments]
        done = subprocess.run(command, capture_output=True, timeout=LIMIT, **self._as_somebody())
        if check and done.returncode:
            raise RuntimeError(f"{program} failed: {done.stderr.decode()}")
        return done.returncode

    def _as_somebody(self) -> dict[str, object]:
        who = {"user": _somebody(), "group": pwd.getpwnam(_somebody()).pw_gid, "extra_groups": []}
        return {"cwd": self._data.parent, "start_new_session": True} | (who if os.getuid() == 0 else {})


@contextlib.contextmanager
def serving() -> Iterator[Postgres]:
    """A server with an empty database, for as long as the block takes."""
    folder = Path(tempfile.mkdtemp(prefix="ctekit-postgres-"))
    postgres = None
    try:
        postgres = Postgres(folder)
        postgres.start()
        postgres.make_database()
        yield postgres
    finally:
        if postgres:
            postgres.stop()
        shutil.rmtree(folder, ignore_errors=True)


_PORTS = itertools.count(20_000 + secrets.randbelow(10_000))
"""So low that no connection is given one: a server that is down for a moment finds its own free again."""


def free_port() -> int:
    """A port of this computer that nobody listens on, another at each call."""
    for port in itertools.islice(_PORTS, 100):
        with socket.socket() as sock, contextlib.suppress(OSError):
            sock.bind(("127.0.0.1", port))
            return port
    raise RuntimeError("A hundred ports were tried, one after the other, and each is taken.")


def _somebody() -> str:
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    sys.exit("PostgreSQL cannot be run by root, and this computer has neither a user postgres nor nobody.")
