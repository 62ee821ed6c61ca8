"""The commands: what they do, what they say, how they end. Bad use is one sentence and exit code 2, no traceback."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import pytest

import ctekit
from ctekit import cli, rounds, worksheets, workshop, workspace
from ctekit.cli import doctor, servers
from ctekit.cli.app import app, read_path
from ctekit.model.paths import STORE_FILE
from ctekit.room.networks import Network
from ctekit.store import SCHEMA, StoreError, open_store

Ended = tuple[int, str, str]
Run = Callable[..., Ended]
ROOT = Path(__file__).parents[2]
PAGES = {*(path.stem for path in ROOT.glob("notebooks/[0-9][0-9]-*.ipynb")), "index"}
unix = pytest.mark.skipif(sys.platform == "win32", reason="needs users and limits as Unix has them")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Give a command; its exit code, output and complaints."""

    def call(*words: object) -> Ended:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main([str(word) for word in words])
        captured = capsys.readouterr()
        return ended.value.code or 0, captured.out, captured.err

    return call


@pytest.fixture(scope="module")
def samples_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples, each in a folder, made once and only read."""
    home = tmp_path_factory.mktemp("samples")
    for name in ("harrow-bend", "clean", "half"):
        workspace.make(home / name, "", name)
    return home


@pytest.fixture
def mine(samples_folder: Path, tmp_path: Path) -> Path:
    """A copy of the half-filled sample, to write to."""
    return shutil.copytree(samples_folder / "half", tmp_path / "mine")


def complaint(ended: Ended) -> str:
    """What a command complains of: on one line, with exit code 2, and nothing that looks like a traceback."""
    code, _, message = ended
    assert code == 2, message
    assert len(message.strip().splitlines()) == 1, message
    assert message.strip()[-1] in ".…p", message  # a sentence, or "See: ctekit … --help"
    for fault in ("Traceback", "Error(", "has a fault"):
        assert fault not in message
    return message


# new


def test_new_makes_a_folder_with_store_and_notebooks(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    code, output, _ = run("new", "River Side & Co.")
    assert (code, output.strip()) == (
        0,
        "“River Side & Co.” is ready in river-side-co. Open it with: ctekit start river-side-co",
    )
    assert ctekit.open_partnership("river-side-co").name == "River Side & Co."
    assert {path.stem for path in Path("river-side-co").glob("*.ipynb")} | {"index"} == PAGES


def test_new_can_begin_with_a_sample_under_a_name_of_its_own(run: Run, tmp_path: Path) -> None:
    assert run("new", "Practice", "--folder", tmp_path / "deep" / "er", "--sample", "half")[0] == 0
    p = ctekit.open_partnership(tmp_path / "deep" / "er")
    assert p.name == "Practice"
    assert p["profile"].invented_sample is True
    assert p["purpose"].learners


@pytest.mark.parametrize("name", ["", "   ", "\u200b\u2060", "\u3164", "\u2800", "...", "“—”", "\u202e"])
def test_new_asks_for_a_name_that_says_something(
    name: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    words = complaint(run("new", name))
    assert "is no name for a partnership: it has no letter and no number. Nothing was made." in words
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("Ü 名 ★", "partnership"),
        ("a" * 300, "a" * 60),
        ("A\nB\u202e", "a-b"),
        ("CON", "con-partnership"),
        ("Nul.", "nul-partnership"),
        ("COM1", "com1-partnership"),
        ('What <is> this: "A|B"?*', "what-is-this-a-b"),
    ],
)
def test_new_makes_a_folder_whatever_the_name(
    name: str, folder: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("new", name)[0] == 0
    assert ctekit.open_partnership(folder).name == name.replace("\n", " ").replace("\u202e", "")


@pytest.mark.parametrize("state", [[], ["--state"]])
def test_new_refuses_a_folder_that_windows_cannot_have(state: list[str], run: Run, tmp_path: Path) -> None:
    words = complaint(run("new", "Ours", "--folder", tmp_path / "NUL", *state))
    assert words.startswith(
        "No computer with Windows could open a folder called “NUL”. Nothing was made. Choose a name"
    )
    assert not list(tmp_path.iterdir())


def test_a_name_longer_than_an_answer_may_be_makes_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert len(complaint(run("new", "a" * 100_000))) < 500
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("words", [["mail", "--reply-to"], ["rollup", "--title"]], ids=" ".join)
@pytest.mark.parametrize("value", ["   ", "\u200b", "..."])
def test_words_told_with_an_option_say_something(words: list[str], value: str, run: Run, mine: Path) -> None:
    output = mine / "out"
    assert "has no letter and no number. Nothing was written." in complaint(run(*words, value, mine, "-o", output))
    assert not output.exists()


@pytest.mark.parametrize(
    "words", [["new", "Ours", "--folder", ""], ["check", ""], ["export", "--output", " "], ["merge", "ours", ""]]
)
def test_a_blank_in_place_of_a_folder_is_not_the_folder_one_stands_in(
    words: list[str], run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    message = complaint(run(*words))
    assert "It is blank, so nothing was done. Name a folder or a file, or leave it out." in message
    assert not list(tmp_path.iterdir())


def test_every_command_reads_the_names_of_folders_and_files_alike() -> None:
    for command in app.registered_commands:
        assert command.callback
        for name, hint in get_type_hints(command.callback, include_extras=True).items():
            if get_origin(hint) is Annotated and "Path" in str(get_args(hint)[0]):
                assert get_args(hint)[1].parser is read_path, f"{command.callback.__name__}: {name}"


def test_a_paper_without_a_name_is_not_all_of_them(run: Run, mine: Path) -> None:
    assert "Which paper?" in complaint(run("paper", "", mine, "-o", mine / "out"))
    assert not (mine / "out").exists()


def test_new_refuses_a_partnership_that_is_there(run: Run, mine: Path) -> None:
    before = (mine / STORE_FILE).read_bytes()
    words = complaint(run("new", "Another", "--folder", mine))
    assert words == f"There is a partnership in {mine} already. Choose another folder, or open that one.\n"
    assert (mine / STORE_FILE).read_bytes() == before


def test_new_keeps_notebooks_that_are_there_and_names_those_that_differ(run: Run, tmp_path: Path) -> None:
    tmp_path.joinpath("02-purpose.ipynb").write_text("mine")
    code, output, _ = run("new", "Riverside", "--folder", tmp_path)
    assert code == 0
    assert "02-purpose.ipynb differs from this version's notebook; yours is kept as it is." in output
    assert tmp_path.joinpath("02-purpose.ipynb").read_text() == "mine"


def test_an_unknown_sample_makes_nothing(run: Run, tmp_path: Path) -> None:
    words = complaint(run("new", "X", "--folder", tmp_path / "x", "--sample", "harow-bend"))
    assert "No sample is called “harow-bend”. Did you mean “harrow-bend”?" in words
    assert not (tmp_path / "x").exists()


KILLED_AT = """
import os, signal, sys
at, count = sys.argv[1], 0
def watch(event, arguments):
    global count
    if event in ("open", "os.link", "os.rename", "os.mkdir", "os.remove", "sqlite3.connect", "shutil.copyfile"):
        count += 1
        if at == "count":
            return
        if count == int(at):
            os.kill(os.getpid(), signal.SIGKILL)
from ctekit.cli import main, run
import ctekit.workspace, ctekit.samples, ctekit.rounds, ctekit.store
sys.argv[1:2] = []
sys.addaudithook(watch)
try:
    main()
finally:
    if at == "count":
        print(count)
"""


@pytest.mark.slow  # eight processes, most of them killed
@unix
def test_new_that_was_killed_at_any_moment_works_when_it_is_run_again(tmp_path: Path) -> None:
    def killed(at: object, place: Path) -> Ended:
        return process(sys.executable, "-c", KILLED_AT, at, "new", "X", "--folder", place, "--sample", "half")

    steps = int(killed("count", tmp_path / "whole")[1].split()[-1])
    assert steps > 40
    # Two of those that copy notebooks, and the last ones, which make the store.
    for at in (5, steps // 2, *range(steps - 12, steps + 1, 3)):
        place = tmp_path / f"killed-{at}"
        assert killed(at, place)[0] == -9
        is_there = (place / STORE_FILE).exists()
        assert not is_there or ctekit.open_partnership(place)["purpose"].learners, "whole, or not there"
        if not is_there:
            workspace.make(place, "X", "half")
            assert not [path.name for path in place.rglob(".*")], "what was begun is tidied up"
        assert {path.stem for path in place.glob("*.ipynb")} | {"index"} == PAGES
        assert ctekit.open_partnership(place)["purpose"].learners


# start, and notebooks of a later version


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """JupyterLab, which only notes what it was started with."""
    calls: list[dict[str, Any]] = []

    def run(application: str, options: dict[str, Any]) -> int:
        calls.append({"application": application, **options})
        return 7

    monkeypatch.setattr(servers, "_run", run)
    monkeypatch.setattr(servers, "_when_ready", lambda planned, where, tell: tell(planned))
    monkeypatch.setattr(servers.running, "lab", lambda folder: None)
    return calls


def test_an_address_is_printed_once_the_server_answers() -> None:
    answered = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        servers._when_ready("", lambda: "there" if servers._answers(port) else None, lambda _: answered.set())
        listener.settimeout(20)
        first, _ = listener.accept()
        first.close()
        assert not answered.is_set(), "it listens, and has not answered"
        # Any but the first may be the one that is waited for: on a busy computer some were given up before their turn.
        listener.settimeout(1)
        until = time.monotonic() + 30
        while not answered.is_set() and time.monotonic() < until:
            with suppress(OSError), listener.accept()[0] as later:
                later.recv(1000)
                later.sendall(b"HTTP/1.0 404 Not Found\r\n\r\n")
        assert answered.is_set()


def test_start_opens_the_guided_notebooks_on_this_computer_only(
    run: Run, mine: Path, started: list[dict[str, Any]]
) -> None:
    code, output, _ = run("start", mine, "--no-browser")
    assert code == 7, "JupyterLab's own exit code"
    (options,) = started
    assert options["application"] == "jupyterlab.labapp:LabApp"
    assert options["ServerApp.root_dir"] == str(mine)
    assert options["ServerApp.ip"] == "127.0.0.1"
    assert options["ServerApp.open_browser"] is False
    token = options["IdentityProvider.token"]
    assert len(token) > 20
    port = options["ServerApp.port"]
    assert f"http://127.0.0.1:{port}/lab?token={token}" in output


def test_start_as_an_app_is_on_this_computer_only_too_and_serves_no_file(
    run: Run, mine: Path, started: list[dict[str, Any]]
) -> None:
    code, output, _ = run("start", mine, "--app", "--no-browser")
    (options,) = started
    assert (code, options["application"]) == (7, "ctekit.lab.voila_app:App")
    assert options["Voila.root_dir"] == str(mine)
    assert options["Voila.ip"] == "127.0.0.1"
    assert options["VoilaConfiguration.file_denylist"] == ".*"
    token, port = options["Voila.token"], options["Voila.port"]
    assert len(token) > 20
    assert f"http://127.0.0.1:{port}/voila/render/00-start-here.ipynb?token={token}" in output
    assert int(port) == servers.free_port(ctekit.open_partnership(mine).store.partnership), "as JupyterLab does"


def test_start_as_an_app_says_what_to_install(
    run: Run, mine: Path, started: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(servers, "find_spec", lambda _: None)
    assert 'is not installed here: pip install "ctekit[app]".' in complaint(run("start", mine, "--app"))
    assert started == []


def test_a_partnership_keeps_its_port_and_two_have_two(samples_folder: Path) -> None:
    ids = [ctekit.open_partnership(samples_folder / name).store.partnership for name in ("clean", "half")]
    ports = [servers.free_port(id_) for id_ in (*ids, ids[0])]
    assert ports[0] == ports[2]
    assert ports[0] != ports[1]


def test_a_port_that_is_taken_is_passed_over() -> None:
    import socket

    wanted = servers.free_port("somebody")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", wanted))
        taken.listen()
        assert servers.free_port("somebody") not in (0, wanted)


def test_a_later_version_never_overwrites_a_notebook_and_names_those_that_differ(
    run: Run, mine: Path, started: list[dict[str, Any]]
) -> None:
    changed, ran, gone = (mine / f"{name}.ipynb" for name in ("02-purpose", "03-recruitment", "04-value"))
    notebook = json.loads(changed.read_text("utf-8"))
    notebook["cells"][0]["source"] = ["# Our own words"]
    changed.write_text(json.dumps(notebook), "utf-8")
    notebook = json.loads(ran.read_text("utf-8"))
    code = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    code["outputs"], code["execution_count"] = [{"output_type": "stream", "name": "stdout", "text": "ran"}], 3
    ran.write_text(json.dumps(notebook), "utf-8")
    gone.unlink()
    before = {path: path.read_bytes() for path in (changed, ran)}
    _, output, _ = run("start", mine, "--no-browser")
    assert [line for line in output.splitlines() if "differs" in line] == [
        "02-purpose.ipynb differs from this version's notebook; yours is kept as it is."
    ], "one that was only run does not differ"
    assert {path: path.read_bytes() for path in before} == before
    assert gone.read_bytes() == (ROOT / "notebooks" / gone.name).read_bytes(), "one that is missing is there again"


def test_half_a_notebook_is_not_left_behind_when_the_disk_is_full(
    run: Run, mine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(handle: int, _: str) -> None:
        os.write(handle, b"{")
        os.close(handle)
        raise OSError(28, "No space left on device")

    (mine / "04-value.ipynb").unlink()
    monkeypatch.setattr("ctekit.model.files.os.fdopen", half)
    words = complaint(run("start", mine, "--no-browser"))
    assert "04-value.ipynb could not be written (No space left on device). Make room" in words
    assert not (mine / "04-value.ipynb").exists(), "it would pass for somebody's own for ever"
    assert not list(mine.glob(".*.part"))


def test_a_new_partnership_clears_drafts_of_a_try_that_was_cut_short_and_nothing_else(tmp_path: Path) -> None:
    for name in (".ctekit-abc.part", ".ctekit-run.json", f".{STORE_FILE}.abc"):
        (tmp_path / name).write_text("{}")
    workspace.make(tmp_path, "Ours")
    assert [path.name for path in tmp_path.glob(".*")] == [".ctekit-run.json"], "the clock of a session stays"


# export


def names(output: Path) -> set[str]:
    return {path.stem for path in output.iterdir()}


def test_export_writes_a_brief_and_a_page_for_each_worksheet_that_was_begun(
    run: Run, samples_folder: Path, tmp_path: Path
) -> None:
    code, output, complaints = run("export", samples_folder / "half", "--output", tmp_path / "out")
    assert (code, complaints) == (0, "")
    written = names(tmp_path / "out")
    assert f"{len(written)} files are in {tmp_path / 'out'}. Begin with index.html." in output
    assert {"index", "families", "for-the-state", "02-purpose"} <= set(written)
    assert "07-metrics" not in written


def test_export_is_made_for_a_reader(run: Run, samples_folder: Path, tmp_path: Path) -> None:
    for reader, heads in (("partners", False), ("public", False), ("facilitator", True)):
        code, _, complaints = run("export", samples_folder / "half", "--for", reader, "-o", tmp_path / reader)
        assert (code, complaints) == (0, "")
        assert ("Facilitator only" in (tmp_path / reader / "02-purpose.html").read_text("utf-8")) is heads
    assert "'boss' is not one of" in complaint(run("export", samples_folder / "half", "--for", "boss"))


def test_export_writes_into_pages_where_one_stands(run: Run, mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(mine)
    assert run("export", "--worksheet", "purpose", "--worksheet", "plan")[0] == 0
    assert names(mine / "pages") == {"02-purpose", "99-whole-picture", "index"}


def test_export_keeps_private_answers_back_unless_asked(run: Run, mine: Path, tmp_path: Path) -> None:
    p = ctekit.open_partnership(mine)
    p.change("profile", p["profile"].people[0].id, contact="only-for-us@example.org")
    run("export", mine, "-o", tmp_path / "open", "--worksheet", "profile")
    run("export", mine, "-o", tmp_path / "shut", "--worksheet", "profile", "--private")
    kept_back, path = (tmp_path / name / "00-start-here.html" for name in ("open", "shut"))
    assert "only-for-us" not in kept_back.read_text("utf-8")
    assert "only-for-us@example.org" in path.read_text("utf-8")
    assert "Facilitator only" in path.read_text("utf-8")


def test_export_for_paper(run: Run, samples_folder: Path, tmp_path: Path) -> None:
    code, output, _ = run("export", samples_folder / "half", "--blank", "-o", tmp_path / "blank")
    assert (code, f"{len(worksheets.every()) + 4} files are in" in output) == (0, True)
    assert "Begin with 00-start-here-blank.html." in output
    assert {"ballot", "need-cards", "give-and-get-slip", "06-roles-blank"} < names(tmp_path / "blank")
    code, output, _ = run("export", samples_folder / "half", "--facilitator", "-o", tmp_path / "run")
    assert (code, "4 files are in" in output) == (0, True)
    assert names(tmp_path / "run") == {f"run-sheet-{name}" for name in workshop.NAMES}


def test_a_run_sheet_of_one_path_begins_at_the_time_that_was_said(run: Run, tmp_path: Path) -> None:
    there = ("export", tmp_path / "nowhere", "--run-sheet", "-o", tmp_path / "run")
    assert run(*there, "--path", "half-day", "--start", "9:00")[0] == 0
    assert names(tmp_path / "run") == {"run-sheet-half-day"}
    page = (tmp_path / "run" / "run-sheet-half-day.html").read_text("utf-8")
    assert "<td>8:40</td>" in page
    assert "<td>11:39</td>" in page
    assert "Did you mean 'half-day'? The paths are: half-day, two-half-days" in complaint(
        run(*there, "--path", "halfday")
    )
    assert "is not a time of day" in complaint(run(*there, "--start", "nine"))
    assert run(*there, "--start", "1:30 pm")[0] == 0
    assert "add --run-sheet" in complaint(run("export", tmp_path, "--start", "9:00"))


def test_blank_paper_needs_no_partnership(run: Run, tmp_path: Path) -> None:
    assert run("export", tmp_path / "nowhere", "--blank", "-o", tmp_path / "blank")[0] == 0
    assert run("export", tmp_path / "nowhere", "--run-sheet", "-o", tmp_path / "run")[0] == 0


def test_what_cannot_go_together_is_said(run: Run, samples_folder: Path, tmp_path: Path) -> None:
    there = samples_folder / "half", "-o", tmp_path / "out"
    assert "Choose --blank or --run-sheet, not both" in complaint(run("export", *there, "--blank", "--facilitator"))
    assert "leave --worksheet out" in complaint(run("export", *there, "--blank", "--worksheet", "plan"))
    assert not (tmp_path / "out").exists()


# check and status


def test_check_ends_with_1_while_an_error_stands(run: Run, samples_folder: Path) -> None:
    code, output, _ = run("check", samples_folder / "harrow-bend")
    assert code == 1
    assert "error CM23  Each person who said yes is in at least one audience." in output
    order = [line.split()[0] for line in output.splitlines() if line.startswith(("error", "warning", "hint"))]
    assert order == sorted(order, key=("error", "warning", "hint").index), "the worst first"
    assert re.search(r"^9 findings\. Of \d+ checks, \d+ passed, and \d+ waits? for more answers\.$", output, re.M)


def test_check_ends_with_0_when_nothing_is_wrong_or_merely_blank(run: Run, samples_folder: Path) -> None:
    code, output, _ = run("check", samples_folder / "clean")
    assert (code, output.startswith("0 findings. Of ")) == (0, True)
    assert run("check", samples_folder / "half")[0] == 0


def test_check_as_json_has_the_place_the_words_and_the_rule(run: Run, samples_folder: Path) -> None:
    code, output, complaints = run("check", samples_folder / "harrow-bend", "--json")
    findings = json.loads(output)
    assert (code, complaints) == (1, "")
    parts = {"worksheet", "row", "field", "says", "advice", "private", "code", "severity", "sentence"}
    parts |= {"subject", "asks", "action"}
    assert all(set(finding) >= parts for finding in findings), "programs count on these; more may come"
    assert all(finding["says"] and finding["advice"] and finding["sentence"] for finding in findings)
    assert {finding["severity"] for finding in findings} <= {"error", "warning", "hint"}
    assert ("CM23", "communication") in {(finding["code"], finding["worksheet"]) for finding in findings}
    assert len(findings) == len(ctekit.open_partnership(samples_folder / "harrow-bend").findings())
    assert run("check", samples_folder / "clean", "--json")[:2] == (0, "[]\n")


def test_status_says_where_each_worksheet_stands(run: Run, samples_folder: Path, mine: Path) -> None:
    code, output, _ = run("status", samples_folder / "harrow-bend")
    assert code == 0
    assert "Harrow Bend Advanced Manufacturing Pathway" in output
    for title in ("Profile", "Convening agency", "Process-wide success metrics", "The whole picture"):
        assert title in output
    p = ctekit.open_partnership(mine)
    assert f"Revision {p.store.latest()}, saved 2" in run("status", mine)[1]


# doctor


def test_doctor_looks_this_computer_over(run: Run, samples_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = {"prefix": sys.prefix, "version": ctekit.__version__}
    monkeypatch.setattr(doctor, "_ask", lambda python: here)
    monkeypatch.setattr(doctor.shutil, "which", lambda name: None)
    code, output, _ = run("doctor", samples_folder / "half")
    assert [line for line in output.splitlines() if not line.startswith("ok    ")] == []
    assert code == 0
    for words in (f"ctekit {ctekit.__version__} is installed.", "can be written to.", "MB of disk are free"):
        assert words in output
    assert f"holds “{ctekit.open_partnership(samples_folder / 'half').name}”." in output


@unix
@pytest.mark.parametrize(
    ("zone", "sentence"),
    [
        (
            "UTC",
            "(UTC). Its midnight ends a room's day. In the United States that is an afternoon or evening: there, set",
        ),
        ("CST6", "(CST). Its midnight ends a room's day."),
    ],
)
def test_doctor_says_by_which_clock_a_day_ends(zone: str, sentence: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setenv("TZ", zone)
        time.tzset()
        words = doctor.day()
    time.tzset()
    assert re.match(r"It is \d{1,2}:\d\d [AP]M by this computer's clock \(", words)
    assert sentence in words
    assert ("United States" in words) == (zone == "UTC")


def test_doctor_says_over_which_network_phones_can_join(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "ctekit.room.networks.networks", lambda: [Network("10.1.2.3", "wlan0"), Network("10.9.9.9", "b")]
    )
    assert doctor.phones() == (
        True,
        "Phones can join over 10.1.2.3 (wlan0) where they are in the same network, or choose 10.9.9.9 (b) with "
        "--address. A guest network or a firewall may still keep them out: try with one phone before the day.",
    )
    monkeypatch.setattr("ctekit.room.networks.networks", list)
    good, words = doctor.phones()
    assert good, "a workshop on paper needs no phones"
    assert "in no network" in words


def wrong(ended: Ended) -> str:
    """What the doctor found wrong; its exit code then is 1."""
    code, output, _ = ended
    wrong_lines = "\n".join(line for line in output.splitlines() if line.startswith("WRONG "))
    assert (code == 1) == bool(wrong_lines)
    return wrong_lines


def test_doctor_says_when_server_and_kernel_live_apart(
    run: Run, samples_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "_ask", lambda python: {"prefix": "/elsewhere", "version": "9"})
    assert "the kernel in /elsewhere: worksheets show only where both have ctekit" in wrong(
        run("doctor", samples_folder / "half")
    )
    monkeypatch.setattr(doctor, "_ask", lambda python: None)
    assert "cannot import ctekit. Install ctekit there too: pip install ctekit." in wrong(
        run("doctor", samples_folder / "half")
    )


def test_doctor_tells_of_a_folder_that_is_no_good(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_server_and_kernel", lambda: iter(()))
    cloud = tmp_path / "OneDrive - County"
    cloud.mkdir()
    assert "The folder lies in OneDrive - County, which copies files while they are written." in wrong(
        run("doctor", cloud)
    )
    (tmp_path / STORE_FILE).write_text("something else")
    assert "is not a partnership of ctekit" in wrong(run("doctor", tmp_path))
    assert f"{tmp_path / 'none'} cannot be written to." in wrong(run("doctor", tmp_path / "none"))


def test_doctor_asks_the_kernels_own_python() -> None:
    answer = doctor._ask(sys.executable)
    assert answer == {"prefix": sys.prefix, "version": ctekit.__version__}
    assert doctor._ask("/no/such/python") is None


# Bad use


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["bogus"], "No such command 'bogus'. See: ctekit --help"),
        (["new"], "Missing argument 'name'. See: ctekit new --help"),
        (["check", "--bogus"], "No such option: --bogus. See: ctekit check --help"),
        (["export", "a", "b"], "Got unexpected extra argument"),
        (["export", "--output"], "Option '--output' requires an argument. See: ctekit export --help"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_bad_use_is_one_sentence(run: Run, words: list[str], sentence: str) -> None:
    assert sentence in complaint(run(*words))


def test_without_a_word_it_says_what_there_is(run: Run) -> None:
    code, output, _ = run()
    assert code == 0
    for command in ("new", "start", "export", "check", "status", "doctor"):
        assert f"  {command} " in output


def test_a_fault_of_ours_is_said_in_one_sentence_too_and_shown_to_whoever_asks(
    run: Run, samples_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ctekit.cli.review._outcome", lambda book: {}["her private number"])
    code, _, output = run("check", samples_folder / "half")
    assert code == 2
    assert re.match(r"ctekit has a fault \(KeyError in cli/review\.py, line \d+\)\. Nothing was lost", output)
    assert "her private number" not in output
    monkeypatch.setenv("CTEKIT_DEBUG", "1")
    with pytest.raises(KeyError):
        cli.main(["check", str(samples_folder / "half")])


# Bad input: one clear sentence each, nothing lost

NEED_ONE = ("start", "export", "check", "status")


@pytest.mark.parametrize("command", NEED_ONE)
def test_a_folder_without_a_partnership(run: Run, tmp_path: Path, command: str) -> None:
    words = complaint(run(command, tmp_path))
    assert words.startswith(f"There is no partnership in {tmp_path}. Start one there with `ctekit new NAME")
    assert list(tmp_path.iterdir()) == []
    complaint(run(command, tmp_path / "not" / "there"))


@pytest.mark.parametrize("command", NEED_ONE)
@pytest.mark.parametrize("content", [b"", b"something else", b"SQLite format 3\x00" + bytes(100)])
def test_a_file_that_is_no_partnership(run: Run, tmp_path: Path, command: str, content: bytes) -> None:
    (tmp_path / STORE_FILE).write_bytes(content)
    words = complaint(run(command, tmp_path))
    assert f"“{tmp_path / STORE_FILE}” " in words
    assert (tmp_path / STORE_FILE).read_bytes() == content
    assert [path.name for path in tmp_path.iterdir()] == [STORE_FILE]


@pytest.mark.parametrize("command", NEED_ONE)
def test_a_newer_schema_than_ours(run: Run, mine: Path, command: str) -> None:
    with closing(sqlite3.connect(mine / STORE_FILE)) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    before = (mine / STORE_FILE).read_bytes()
    words = complaint(run(command, mine))
    assert f"was written by a newer ctekit (schema {SCHEMA + 1}; this one knows {SCHEMA})" in words
    assert "Update ctekit" in words
    assert (mine / STORE_FILE).read_bytes() == before


def test_a_damaged_partnership(run: Run, mine: Path) -> None:
    whole = (mine / STORE_FILE).read_bytes()
    (mine / STORE_FILE).write_bytes(whole[: len(whole) // 2])
    assert "is damaged, and nothing was written to it. Keep it" in complaint(run("status", mine))


def test_an_unknown_worksheet(run: Run, samples_folder: Path, tmp_path: Path) -> None:
    words = complaint(run("export", samples_folder / "half", "-o", tmp_path / "out", "--worksheet", "purpse"))
    assert "No worksheet is called 'purpse'. Did you mean 'purpose'? The worksheets are: profile, " in words
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("content", ["{ not json", "[]", ""])
def test_a_notebook_that_is_not_json(run: Run, mine: Path, tmp_path: Path, content: str) -> None:
    (mine / "20-notes.ipynb").write_text(content)
    words = complaint(run("export", mine, "-o", tmp_path / "out"))
    assert "20-notes.ipynb is not a notebook that can be read; the other pages were written." in words
    assert "index" in names(tmp_path / "out")
    assert "20-notes" not in names(tmp_path / "out")
    assert (mine / "20-notes.ipynb").read_text() == content
    assert run("export", mine, "--run-sheet", "-o", tmp_path / "run")[0] == 0


def test_an_output_that_is_a_file(run: Run, samples_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("somebody's file")
    for more in ((), ("--blank",), ("--facilitator",)):
        words = complaint(run("export", samples_folder / "half", "-o", tmp_path / "taken", *more))
        assert f"could not be written: {tmp_path / 'taken'} is a file and no folder. Choose another folder." in words
    assert (tmp_path / "taken").read_text() == "somebody's file"


@pytest.fixture
def read_only(samples_folder: Path) -> Iterator[Path]:
    """A partnership in a folder that may only be read. Not in pytest's own place, which is its owner's alone."""
    home = Path(tempfile.mkdtemp())
    home.chmod(0o755)
    place = shutil.copytree(samples_folder / "half", home / "mine")
    (place / "04-value.ipynb").unlink()
    place.chmod(0o555)
    yield place
    place.chmod(0o755)
    shutil.rmtree(home)


@pytest.fixture
def nobody() -> Iterator[None]:
    """Let go of the right to write everywhere, for as long as the test runs."""
    import_module("ctekit.cli.run")  # before we may no longer read it
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    yield
    if root:
        os.seteuid(0)


@pytest.mark.slow  # two seconds of one core: all that write, twice
@unix
def test_a_read_only_folder(run: Run, read_only: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    for command in ("status", "check"):
        run(command, read_only)
    run("export", read_only, "-o", tmp_path / "out")  # everything is loaded now
    writing = ("kit", "paper charter", "paper pack", "mail --yes", "rollup", "data")
    for number, command in enumerate(writing):
        verb, *more = command.split()
        assert run(verb, *more, read_only, "-o", tmp_path / str(number) / "a.json")[0] == 0
    before = (read_only / STORE_FILE).read_bytes()
    request.getfixturevalue("nobody")
    assert run("status", read_only)[0] == 0, "it can be read"
    assert run("check", read_only)[0] == 0
    words = complaint(run("start", read_only, "--no-browser"))
    assert "04-value.ipynb could not be written (Permission denied). Choose a folder that you may write to." in words
    words = complaint(run("export", read_only, "-o", read_only / "pages"))
    assert "could not be written (Permission denied). Choose a folder that you may write to" in words
    words = complaint(run("new", "X", "--folder", read_only / "x"))
    assert "cannot be made (Permission denied). Choose a folder that you may write to." in words
    for command in writing:
        verb, *more = command.split()
        code, _, words = run(verb, *more, read_only, "-o", read_only / "a.json")
        assert code == 2
        assert str(read_only) in words
        assert "(Permission denied). Choose a folder that you may write to." in words or "is read-only" in words, verb
        assert ".part" not in words, command
    with pytest.raises(StoreError, match="read-only"):
        ctekit.open_partnership(read_only).answer("purpose", "learners", "x")
    assert (read_only / STORE_FILE).read_bytes() == before


# As a process of its own

SCRIPTS = Path(sys.executable).parent


def process(*words: object, size: int = 0) -> Ended:
    """Run a command as people do; `size` is how many bytes the disk has room for in one file."""

    def limit() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    environment = {**os.environ, "PATH": f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "100"}
    done = subprocess.run(
        [str(word) for word in words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**environment, "PYTHONUTF8": "1"},
        preexec_fn=limit if size else None,
        check=False,
        timeout=240,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.slow  # three processes
def test_jupyter_ctekit_and_python_m_are_the_same_command(samples_folder: Path) -> None:
    ours = process(SCRIPTS / "ctekit", "status", samples_folder / "half")
    assert ours[0] == 0
    assert "Profile" in ours[1]
    assert process(SCRIPTS / "jupyter", "ctekit", "status", samples_folder / "half") == ours
    assert process(sys.executable, "-m", "ctekit", "status", samples_folder / "half") == ours


@pytest.mark.slow  # two processes
def test_exit_codes_reach_the_shell(samples_folder: Path, tmp_path: Path) -> None:
    assert process(SCRIPTS / "ctekit", "check", samples_folder / "harrow-bend")[0] == 1
    code, output, complaints = process(SCRIPTS / "ctekit", "check", tmp_path)
    assert (code, output, len(complaints.splitlines())) == (2, "", 1)


@pytest.mark.slow  # three processes
@unix
def test_a_full_disk(mine: Path, tmp_path: Path) -> None:
    words = complaint(process(SCRIPTS / "ctekit", "export", mine, "-o", tmp_path / "out", size=20_000))
    assert "could not be written (File too large)" in words
    assert not list((tmp_path / "out").iterdir()), "a page is there whole, or not at all"
    words = complaint(
        process(SCRIPTS / "ctekit", "new", "X", "--folder", tmp_path / "x", "--sample", "harrow-bend", size=60_000)
    )
    assert "The disk is full" in words
    code, _, _ = process(SCRIPTS / "ctekit", "new", "X", "--folder", tmp_path / "x", "--sample", "half")
    assert code == 0, "what was begun does not stand in the way of the next try"


def test_the_history_tells_which_rounds_were_set_aside_and_why(run: Run, mine: Path) -> None:
    with closing(open_store(mine / STORE_FILE)) as store:
        opened = rounds.open_round(store, "quick")
        rounds.set_aside(store, opened.id, "half the room\nwas at the door")
    _, output, _ = run("history", mine)
    assert f"Set aside, and counted in nothing: “{opened.name}”" in output
    assert output.rstrip().endswith(": half the room was at the door")
    assert "Set aside" not in run("history", mine, "--worksheet", "purpose")[1]


def test_history_compare_and_restore(run: Run, mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    partnership = ctekit.open_partnership(mine)
    partnership.answer("purpose", "learners", "everybody")
    then = partnership.store.latest()
    partnership.answer("purpose", "learners", "nobody")
    code, output, _ = run("history", mine, "--worksheet", "purpose", "--field", "learners")
    assert code == 0
    assert "Which learners is this for?: everybody → nobody" in output.splitlines()[0]
    assert "everybody → nobody" in run("compare", mine, "--as-of", then)[1]
    assert run("compare", mine, "--as-of", then) == run("compare", mine, "--from", then), "what it was called before"
    assert "--as-of 2026-10-01" in complaint(run("compare", mine))
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    code, output, _ = run("restore", mine, "purpose", "--to", then)
    assert code == 130
    assert "Nothing was changed. To go on without being asked, add --yes." in output, "nobody is there who could answer"
    monkeypatch.setattr("typer.confirm", lambda words: "1 answer or row of “purpose”" not in words)
    assert run("restore", mine, "purpose", "--to", then)[:2] == (0, "Nothing was changed.\n")
    code, output, _ = run("restore", mine, "purpose", "--to", then, "--yes")
    assert (code, partnership["purpose"].learners) == (0, "everybody")
    assert "1 changed" in output
    assert "Nothing to do" in run("restore", mine, "purpose", "--to", then)[1]
    assert "is not a date or a time" in complaint(run("restore", mine, "purpose", "--to", "then"))


# kit


def test_the_kit_prints_its_page_counts_and_says_where_to_begin(run: Run, samples_folder: Path, tmp_path: Path) -> None:
    code, output, _ = run("kit", samples_folder / "half", "-o", tmp_path / "kit", "--people", "12", "--language", "es")
    assert code == 0
    assert re.search(r"37-ballot\.html +1 page x +14  Quick ballot", output)
    assert re.search(r"22-posters-in-two\.html +24 pages x +1", output)
    assert "Begin with 00-checklist.html." in output
    assert {"00-checklist", "37-ballot-es"} < names(tmp_path / "kit")


def test_a_kit_that_cannot_be_is_refused_in_one_sentence(run: Run, tmp_path: Path) -> None:
    there = "-o", tmp_path / "kit"
    assert "Did you mean 'half-day'?" in complaint(run("kit", *there, "--path", "half"))
    assert "is not a time of day" in complaint(run("kit", *there, "--start", "noon"))
    assert "There is no folder" in complaint(run("kit", tmp_path / "nowhere", *there))
    assert not (tmp_path / "kit").exists()
