"""Whatever the terminal is, each command works there, and text of people cannot steer it."""

from __future__ import annotations

import io
import json
import os
import shlex
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import ctekit
from ctekit import cli, terminal
from ctekit.cli import doctor, servers
from ctekit.cli.run import app
from ctekit.room.networks import ListeningSocket
from ctekit.store import Edit, open_store
from tests.mail.answering import MailedPage
from tests.stores import harrow_bend

unix = pytest.mark.skipif(sys.platform == "win32", reason="its shell is another one")

EVIL = (
    "\x1b[2J\x1b]0;title\x07\x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\ \x9b31m [red]not markup[/] [/]"
    " \u202egnirts\u2066 line\nnext\rback\u2028sep\x00\ud800 日本 “ü” → \U0001f468\u200d\U0001f33e"
)

COMMANDS: dict[str, list[str]] = {
    "new": ["A → B ü 日本", "--folder", "{new}", "--sample", "harrow-bend"],
    "start": ["{home}", "--no-browser"],
    "practice": ["{home}"],
    "export": ["{home}", "-o", "{home}/pages-out", "--worksheet", "purpose"],
    "check": ["{home}"],
    "status": ["{home}"],
    "history": ["{home}", "--private"],
    "compare": ["{home}", "--as-of", "1", "--private"],
    "restore": ["{home}", "purpose", "--to", "1", "--yes"],
    "room": ["{home}", "--fist", "roles"],
    "doctor": ["{home}"],
    "kit": ["{home}", "-o", "{home}/kit-out"],
    "paper": ["all", "{home}", "-o", "{home}/papers-out"],
    "run": ["{home}", "--no-browser"],
    "data": ["{home}", "-o", "{home}/answers.xlsx"],
    "import": ["{home}/answers.json", "{home}", "--yes"],
    "undo-import": ["{home}"],
    "backup": ["{home}"],
    "verify": ["{home}"],
    "restore-backup": ["{home}/backups/kept.ctekit", "{home}", "--yes"],
    "merge": ["{home}", "{home}/theirs", "--yes"],
    "undo-merge": ["{home}"],
    "join-rows": ["{home}", "org-1", "org-2"],
    "undo-join-rows": ["{home}"],
    "rollup": ["{home}", "-o", "{new}"],
    "submit": ["{home}", "-o", "{new}"],
    "forget": ["Yolanda Fisk", "{home}", "--yes"],
    **{
        name: ["--help"] for name in ("hub-prepare", "hub-rooms", "join", "move", "share")
    },  # they need a hub: tests/hub
    "mail": ["{home}", "-o", "{home}/mail-out", "--yes"],
    "take": ["{home}/mailed.json", "--folder", "{home}", "--yes"],
}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Harrow Bend with text in it that would steer a terminal."""
    home = tmp_path_factory.mktemp("evil") / "ours"
    harrow_bend(home)
    partnership = ctekit.open_partnership(home)
    evil = EVIL.replace("\ud800", "").replace("\x00", "")
    partnership.answer("profile", "name", evil)
    partnership.change("profile", partnership["profile"].people[0].id, name=evil)
    partnership.change("profile", partnership["profile"].organizations[0].id, name=evil)
    partnership.answer("purpose", "learners", evil)
    (home / "backups").mkdir()
    partnership.store.backup(home / "backups" / "kept.ctekit")
    mailed = MailedPage(partnership.store, partnership["profile"].organizations[0].id)
    row = next(iter(mailed.answers("value")))
    partnership.change("value", row, how_much=evil)
    mailed.write("value", row, "how_much", f"{evil} too").save(home / "mailed.json")
    partnership.store.close()
    (home / "theirs").mkdir()
    shutil.copyfile(home / "partnership.ctekit", home / "theirs" / "partnership.ctekit")
    for folder in (home, home / "theirs"):
        with closing(open_store(folder / "partnership.ctekit")) as store:
            store.save([Edit("purpose", "region", f"{folder.name} {evil}", who=evil)])
    _run("data", str(home), "-o", str(home / "theirs.json"))
    theirs = json.loads((home / "theirs.json").read_text("utf-8"))
    theirs["worksheets"]["purpose"]["change"] = evil
    (home / "theirs.json").write_text(json.dumps(theirs), "utf-8")
    _run("import", str(home / "theirs.json"), str(home), "--yes")
    _run("data", str(home), "-o", str(home / "answers.json"))
    return home


def _run(*arguments: str) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(list(arguments))
    assert not ended.value.code


@pytest.fixture
def home(sample: Path, tmp_path: Path) -> Path:
    return shutil.copytree(sample, tmp_path / "it's [red] (v2) → ü")


@pytest.fixture
def run(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str]]:
    """Give a command to an output of some encoding; its exit code, and what it wrote there and to standard error."""

    def serve(folder: Path, round_id: str, *, ready: Callable[[ListeningSocket], None], **_: Any) -> None:
        ready(ListeningSocket("http://192.168.1.5:8100/", "http://192.168.1.5:8100/room/j/KEY", "ABCDEF", 8100, True))

    def lab(partnership: Any, *, browser: bool, say: Callable[..., None], verbose: bool, plain: bool) -> int:
        say(f"JupyterLab is starting on {partnership.name}")
        return 0

    room = SimpleNamespace(address="http://192.168.1.5:8100/", code="ABCDEF", shared=True, running=False)
    room.screens = lambda: dict.fromkeys(("wall", "lead"), room.address)
    room.act = lambda name, **_: {}
    monkeypatch.setattr("ctekit.room.run_console.start", lambda folder, **_: room)
    monkeypatch.setattr("ctekit.room.run_console._run", lambda room: None)
    monkeypatch.setattr("ctekit.room.console.serve", serve)
    monkeypatch.setattr(servers, "lab", lab)
    monkeypatch.setattr(doctor, "_ask", lambda python: {"prefix": sys.prefix, "version": "1"})

    def call(name: str, encoding: str, words: list[str] | None = None) -> tuple[int, str]:
        raw = io.BytesIO()
        output = io.TextIOWrapper(raw, encoding, errors="strict")
        with monkeypatch.context() as during:
            during.setattr(sys, "stdout", output)
            during.setattr(sys, "stderr", output)
            arguments = [word.format(home=home, new=tmp_path / "new") for word in words or COMMANDS[name]]
            with pytest.raises(SystemExit) as ended:
                cli.main([name, *arguments])
            output.flush()
        code = ended.value.code or 0
        assert isinstance(code, int)
        return code, raw.getvalue().decode(encoding)

    return call


def steering(words: str) -> set[str]:
    return {
        letter
        for letter in words
        if letter != "\n" and unicodedata.category(letter) in ("Cc", "Cf", "Zl", "Zp") and letter != "\u200d"
    }


NAMES = sorted(command.name or getattr(command.callback, "__name__", "") for command in app.registered_commands)


def test_every_command_is_tried_here() -> None:
    assert set(NAMES) == set(COMMANDS), "give the new command its arguments above"


@pytest.mark.slow  # a dozen seconds of one core for each encoding; the next runs each command in UTF-8
@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "cp437"])
@pytest.mark.parametrize("name", NAMES)
def test_every_command_works_whatever_the_output_can_hold(
    run: Callable[..., tuple[int, str]], name: str, encoding: str
) -> None:
    works(name, *run(name, encoding))


def works(name: str, code: int, output: str) -> None:
    assert "fault" not in output.lower().replace("default", ""), output
    assert code == (1 if name == "check" else 0), output
    assert output.strip()


@pytest.mark.parametrize("name", [*NAMES, "json"])
def test_text_of_people_cannot_steer_a_terminal(run: Callable[..., tuple[int, str]], name: str) -> None:
    words = ["{home}", "--json"] if name == "json" else None
    command = "check" if name == "json" else name
    code, output = run(command, "utf-8", words)
    works(command, code, output)
    assert steering(output) == set()
    assert all(not line.startswith(("next", "back", "sep")) for line in output.splitlines()), "a name is one line"
    if name in ("status", "start", "history"):
        assert "[red]not markup[/]" in output
    if name == "json":
        assert json.loads(output)


def test_an_arrow_and_an_accent_are_written_another_way(run: Callable[..., tuple[int, str]]) -> None:
    _, output = run("history", "ascii")
    assert "(blank) -> " in output
    assert '?? "u" -> ' in output
    _, output = run("history", "cp1252")
    assert "?? “ü” -> " in output


def test_json_says_the_same_in_every_encoding(run: Callable[..., tuple[int, str]]) -> None:
    words = ["{home}", "--json"]
    assert json.loads(run("check", "ascii", words)[1]) == json.loads(run("check", "utf-8", words)[1])


def test_a_room_opens_where_its_code_cannot_be_drawn(run: Callable[..., tuple[int, str]]) -> None:
    code, output = run("room", "cp1252")
    assert code == 0
    assert "ABCDEF" in output
    assert "http://192.168.1.5:8100/room/j/KEY" in output
    assert "?" * 10 not in output
    assert "█" in run("room", "utf-8")[1]


@pytest.mark.parametrize("columns", [10, 20, 30])
def test_a_narrow_terminal_shows_whole_words(
    run: Callable[..., tuple[int, str]], columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    _, output = run("status", "utf-8")
    assert "The whole picture: begun yes, ready to check all, open findings 0" in output
    assert "█" not in run("room", "utf-8")[1]


# Printed commands


@unix
@pytest.mark.parametrize(
    "name",
    [
        "a b",
        "it's",
        'say "hi"',
        "(v2)",
        "a#b?c*",
        "$HOME",
        "`id`",
        "~root",
        "-dash",
        "Büro 名",
        "a\nb",
        "\x1b[2J",
        "!x",
        "a\\b",
    ],
)
def test_a_printed_command_works_when_it_is_pasted(name: str, tmp_path: Path) -> None:
    pasted = terminal.command("ctekit", "start", Path(name))
    assert "\n" not in pasted
    assert terminal.plain(pasted) == pasted
    script = f"ctekit() {{ printf '%s\\0' \"$@\"; }}\n{pasted}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, check=True, cwd=tmp_path, timeout=60)
    start, path, _ = done.stdout.split(b"\0")
    assert (start, Path(os.fsdecode(path))) == (b"start", Path(name))
    assert not path.startswith(b"-"), "it would be taken for an option"


def test_on_windows_a_path_is_quoted_as_its_shells_read_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal.os, "name", "nt")
    assert terminal.command("ctekit", "start", r"C:\Users\me\ours") == r"ctekit start C:\Users\me\ours"
    assert terminal.command("ctekit", "start", r"C:\My files\it's (v2)") == 'ctekit start "C:\\My files\\it\'s (v2)"'


@unix
def test_commands_print_commands_that_can_be_pasted(run: Callable[..., tuple[int, str]], home: Path) -> None:
    for name, at in (("practice", "start"), ("restore", "history")):
        _, output = run(name, "utf-8")
        pasted = output.strip().split(f"ctekit {at} ")[1]
        (path,) = shlex.split(pasted)
        assert Path(path).parent in (home, home.parent)


# As processes


def process(*words: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "ctekit", *map(str, words)],
        capture_output=True,
        env={**os.environ, **environment},
        timeout=60,
        check=False,
    )


@pytest.mark.slow  # twelve processes
@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONUTF8": "0", "PYTHONIOENCODING": "cp1252"},
        {"PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii:strict"},
        {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C"},
        {"TERM": "dumb", "NO_COLOR": "1", "COLUMNS": "30"},
    ],
    ids=["cp1252", "ascii", "C", "dumb"],
)
def test_a_process_ends_well_in_poor_surroundings(home: Path, tmp_path: Path, environment: dict[str, str]) -> None:
    for words in (["history", home], ["compare", home, "--as-of", "3"], ["new", "Ü → 名", "--folder", tmp_path / "ü"]):
        done = process(*words, **environment)
        assert (done.returncode, done.stderr) == (0, b""), words
        assert done.stdout.strip()
        assert b"\x1b" not in done.stdout


@pytest.mark.slow  # six processes
def test_a_python_that_keeps_no_docstrings_is_told_in_one_sentence(home: Path, tmp_path: Path) -> None:
    words = ["new", "X", "--folder", tmp_path / "x"]
    for arguments in (["check", home], ["export", home, "-o", tmp_path / "pages"], words, ["--help"]):
        done = process(*arguments, PYTHONOPTIMIZE="2")
        assert (done.returncode, done.stdout) == (2, b"")
        assert done.stderr.startswith(b"ctekit needs Python's docstrings. Unset PYTHONOPTIMIZE")
        assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "x").exists()
    assert process("status", home, PYTHONOPTIMIZE="1").returncode == 0
    script = "import ctekit; ctekit.open_partnership()"
    done = subprocess.run([sys.executable, "-OO", "-c", script], capture_output=True, timeout=60, check=False)
    assert b"ctekit needs Python's docstrings" in done.stderr


@pytest.mark.slow  # three seconds of one core
@pytest.mark.parametrize(
    "words",
    [
        ["status", "--as-of"], ["check", "--as-of"], ["export", "-o", "{new}", "--as-of"], ["history", "--since"],
        ["compare", "--as-of"], ["compare", "--as-of", "1", "--to"], ["restore", "purpose", "--to"],
    ],
    ids=lambda words: " ".join(words),
)  # fmt: skip
@pytest.mark.parametrize(
    "day", ["9999-12-31", "0001-01-01", "10000-01-01", "2026-13-45", "99999999999999999999", "", "-5"]
)
def test_a_day_at_the_end_of_the_calendar_is_no_fault(
    run: Callable[..., tuple[int, str]], words: list[str], day: str
) -> None:
    command, *rest = words
    where = rest.index("purpose") if "purpose" in rest else 0
    code, output = run(command, "utf-8", [*rest[:where], "{home}", *rest[where:-1], f"{rest[-1]}={day}"])
    assert "has a fault" not in output
    assert code in (0, 1, 2)
    assert code != 2 or len(output.strip().splitlines()) == 1


@pytest.mark.slow  # a process each
@unix
@pytest.mark.parametrize("command", ["history", "check", "status"])
def test_a_reader_that_goes_away_is_no_fault(home: Path, command: str) -> None:
    line = f"{shlex.quote(sys.executable)} -m ctekit {command} {shlex.quote(str(home))} | head -c 10"
    done = subprocess.run(
        ["bash", "-c", f"{line}; exit ${{PIPESTATUS[0]}}"], capture_output=True, timeout=60, check=False
    )
    assert done.stderr == b""
    assert done.returncode in (0, 1, 141)


@pytest.mark.slow  # two processes
@unix
def test_an_output_that_is_closed_or_full(home: Path) -> None:
    command = f"{shlex.quote(sys.executable)} -m ctekit status {shlex.quote(str(home))}"
    done = subprocess.run(["bash", "-c", f"{command} >&-"], capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    done = subprocess.run(["bash", "-c", f"{command} >/dev/full"], capture_output=True, timeout=60, check=False)
    assert done.returncode == 2
    assert b"No space left on device" in done.stderr
    assert b"Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1
