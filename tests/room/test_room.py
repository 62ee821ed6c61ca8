"""What people in a room, and whoever presents, can rely on."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from ctekit import room, rounds
from ctekit.model.errors import CtekitError
from ctekit.room import running
from ctekit.store import Store
from tests.room.conftest import Opened, Phone
from tests.stores import today
from tests.waiting import WAIT, until


def test_a_phone_joins_by_the_link_answers_and_reads_its_answers_back(opened: Opened) -> None:
    phone = opened.phone()
    welcome = phone.client.get(opened.handle.link)
    assert "Nobody sees your answers" in phone.says(welcome)
    phone.join()
    assert phone.page.count("<legend>") == 5
    assert all(f"<b>{level} " in phone.page for level in range(5)), "the lead and the wall say levels by number"
    thanks = phone.send(answers={"2.1": "3", "2.2": "?", "2.4": "0"})
    assert thanks.url.path == "/room/thanks"
    words = phone.says(thanks)
    assert "What happens next" in words
    assert "by when Agreed Our purpose" in words
    assert "both accept I don't know" in words
    assert "duties we turn down Not there" in words
    assert sorted(rating[1:] for rating in opened.standing()) == [("2.1", 3), ("2.2", "?"), ("2.4", 0)]
    assert opened.handle.now()["activity"] | {"version": 0} == {
        "round": "round-1",
        "name": "Before the workshop",
        "about": "purpose",
        "title": "",
        "options": [],
        "state": "open",
        "answered": 1,
        "left": None,
        "version": 0,
        "unsent": 0,
    }
    assert (opened.handle.now()["joined"], opened.handle.now()["results"]) == (1, None)


def test_a_typed_code_opens_it_in_any_case_and_spacing(shared: Opened) -> None:
    phone = shared.phone()
    assert "Code on the screen" in phone.look()
    assert 'aria-invalid="true"' in phone.post("/room/code", {"code": "WRONGX"}).text
    code = shared.handle.code
    assert re.fullmatch("[2-9A-HJKMNP-Z]{6}", code)
    answer = phone.post("/room/code", {"code": f" {code[:3].lower()}-{code[3:]} "})
    assert answer.url.path == "/room/"
    assert "Question 1 of 4" in phone.says(answer)


def test_a_code_opens_it_as_keyboards_of_other_scripts_and_copying_write_it(shared: Opened) -> None:
    code = shared.handle.code
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in code)
    for written in (wide, wide.lower(), f"{code}\u200b", f"\u202e{code}", f"“{code}”", f"{code}.", "–".join(code)):
        assert shared.phone().post("/room/code", {"code": written}).url.path == "/room/", written


def test_answers_can_be_changed_until_the_round_is_closed(opened: Opened) -> None:
    phone = opened.phone().join()
    phone.send(answers={"2.1": "3", "2.2": "1"})
    page = phone.look()
    assert re.search(r'name="2.1" value="3" checked', page)
    phone.send(answers={"2.1": "1"})
    assert [rating[1:] for rating in opened.standing()] == [("2.1", 1)]
    phone.look()
    rounds.close(opened.store, opened.round.id)
    late = phone.send(answers={"2.1": "4"})
    assert late.status_code == 410
    assert "This round is closed" in phone.says(late)
    assert [rating[1:] for rating in opened.standing()] == [("2.1", 1)]


def test_reveal_closes_the_round_for_the_phones_and_shows_it_to_the_notebook(opened: Opened) -> None:
    for level in "01123":
        opened.phone().join().send(answers={"2.1": level})
    with pytest.raises(rounds.NotRevealedError, match="still secret"):
        rounds.results(opened.store, opened.round.id)
    assert opened.handle.act("reveal")["results"]["people"] == 5
    results = rounds.results(opened.store, opened.round.id)
    assert results["2.1"].everyone.levels == (0, 1, 1, 2, 3)
    assert "Look at the screen, where all answers are shown together" in opened.phone().join().page


def test_a_phone_is_sent_to_the_screen_only_once_the_answers_are_shown_there(opened: Opened) -> None:
    phone = opened.phone().join()
    for act in ("close", "reveal"):
        opened.handle.act(act, sure=1)
        until(lambda: "This round is closed" in phone.look(), "the phone follows")
        assert ("Look at the screen" in phone.look()) == (act == "reveal")
        assert ("has not shown the answers yet" in phone.look()) == (act == "close")


def test_a_round_closed_in_the_notebook_is_closed_on_the_phones_too(opened: Opened) -> None:
    phone = opened.phone().join()
    rounds.close(opened.store, opened.round.id)
    until(lambda: "This round is closed" in phone.look(), "the room looks again and again")


def lines(store: Store) -> int:
    with contextlib.closing(sqlite3.connect(store.path)) as file:
        return int(file.execute("SELECT count(*) FROM revision").fetchone()[0])


def test_the_same_form_sent_five_times_counts_once(shared: Opened) -> None:
    phone = shared.phone().join()
    sent = {"2.1": "2", "2.2": "2", "2.3": "2", "2.4": "2"}
    before = lines(shared.store)
    threads = [threading.Thread(target=phone.send, kwargs={"answers": sent}) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert lines(shared.store) == before + 4
    assert len(shared.of(phone)) == 4


def test_an_old_form_sent_after_a_newer_one_changes_nothing_and_says_so(shared: Opened) -> None:
    phone = shared.phone().join()
    old = phone.hidden()
    phone.send(answers={"2.1": "2"})
    again = phone.post("/room/answers", {**old, "sector": "K-12", "2.1": "2"})
    assert again.url.path == "/room/thanks"
    phone.look()
    phone.send(answers={"2.1": "3"})
    replayed = phone.post("/room/answers", {**old, "sector": "K-12", "2.1": "2"})
    assert "by when Agreed" in phone.says(replayed)
    other = phone.post("/room/answers", {**old, "sector": "K-12", "2.1": "0"})
    assert other.status_code == 409
    assert "newer answers" in phone.says(other)
    assert shared.of(phone) == [("2.1", 3)]


def test_scanning_the_code_again_does_not_make_a_second_person(opened: Opened) -> None:
    phone = opened.phone().join()
    phone.send(answers={"2.1": "2"})
    phone.join()
    phone.send(answers={"2.1": "4"})
    assert [rating[1:] for rating in opened.standing()] == [("2.1", 4)]
    assert opened.numbers()["joined"] == 1


def test_what_is_missing_is_said_and_what_was_typed_stays(shared: Opened) -> None:
    phone = shared.phone().join()
    answer = phone.post("/room/answers", {**phone.hidden(), "2.1": "3"})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert "Choose where you come from." in answer.text
    assert re.search(r'name="2.1" value="3" checked', answer.text)
    nothing = phone.send()
    assert "Answer one question at least" in phone.says(nothing)
    assert shared.of(phone) == []


def test_the_phone_speaks_spanish_and_both_languages_count_together(shared: Opened) -> None:
    phone = shared.phone()
    phone.client.headers["accept-language"] = "es-MX,es;q=0.9,en;q=0.5"
    phone.join()
    assert '<html lang="es">' in phone.page
    assert "¿De qué sector viene usted?" in phone.page
    assert "Sabemos qué ofertas y qué responsabilidades rechazamos" in phone.page
    # Nothing is left in English but the link to the page in English.
    assert re.findall(r'<(\w+)[^>]* lang="en"', phone.page) == ["a"]
    thanked = phone.send(answers={"2.1": "2"})
    assert "para cuándo Por escrito" in phone.says(thanked)
    assert re.findall(r'<(\w+)[^>]* lang="en"', thanked.text) == ["a"]
    english = shared.phone().join()
    assert '<html lang="en">' in english.page
    english.send(answers={"2.1": "2"})
    assert shared.of(phone) == shared.of(english) == [("2.1", 2)]
    assert phone.client.get("/room/?lang=en").text.count("checked") == 2


def test_the_first_page_is_light_and_needs_no_script(shared: Opened) -> None:
    phone = shared.phone().join()
    style, script = phone.client.get("/room/page.css"), phone.client.get("/room/send.js")
    for language in ("en", "es"):
        page = phone.client.get(f"/room/?lang={language}").content
        assert len(page) + len(style.content) + len(script.content) <= 30_000
    assert "<form" in phone.page
    assert "onclick" not in phone.page
    assert "<button>" in phone.page


@pytest.mark.slow  # a room of its own
def test_the_exit_ballot_has_two_questions(tmp_path: Path) -> None:
    opened = Opened(tmp_path, "exit")
    try:
        phone = opened.phone().join()
        assert phone.page.count("<legend>") == 2
        phone.send(useful="4", heard="?")
        assert sorted(rating[1:] for rating in opened.standing()) == [("heard", "?"), ("useful", 4)]
    finally:
        opened.end()


def test_after_kill_9_the_same_phones_go_on_at_the_same_address(opened: Opened) -> None:
    address, link, code = opened.handle.address, opened.handle.link, opened.handle.code
    phones = [opened.phone().join() for _ in range(6)]
    for turn in range(3):
        for phone in phones[: 2 + 2 * turn]:
            phone.look()
            assert phone.send(answers={"2.1": str(turn)}).url.path == "/room/thanks"
        opened.again()
        assert (opened.handle.address, opened.handle.link, opened.handle.code) == (address, link, code)
    assert sorted(code for _, _, code in opened.standing()) == [2] * 6
    assert opened.numbers()["answered"] == 6
    assert 'value="2" checked' in phones[0].look()


@pytest.fixture
def terminals() -> Iterator[list[subprocess.Popen[str]]]:
    """Terminals in which `ctekit room` runs; none is left behind."""
    started: list[subprocess.Popen[str]] = []
    yield started
    for terminal in started:
        terminal.kill()
        terminal.communicate(timeout=30)


def in_terminal(folder: Path, terminals: list[subprocess.Popen[str]]) -> str:
    """What `ctekit room` says until it serves, or until it ends."""
    command = [sys.executable, "-m", "ctekit", "room", str(folder), "--element", "purpose"]
    terminals.append(
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", env=UNBUFFERED
        )
    )
    received = ""
    for line in terminals[-1].stdout or ():
        received += line
        if "Stop with Ctrl+C" in line:
            break
    return received


UNBUFFERED = {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"}


@pytest.mark.parametrize("left", ["as it was", "half written"])
def test_a_room_in_a_terminal_opens_again_after_kill_9(
    opened: Opened, terminals: list[subprocess.Popen[str]], left: str
) -> None:
    opened.handle.stop()
    assert "Phones open" in in_terminal(opened.folder, terminals)
    terminals[-1].kill()
    terminals[-1].wait(30)
    assert (opened.folder / running.NAME).exists()
    if left == "half written":
        (opened.folder / running.NAME).write_text('{"folder": "', "utf-8")
    assert room.find(opened.folder) is None
    assert "Phones open" in in_terminal(opened.folder, terminals)
    opened.handle = room.start(opened.folder, opened.round.id)
    assert opened.numbers()["activity"]["round"] == opened.round.id


def test_a_copy_of_a_folder_opens_a_room_of_its_own(
    opened: Opened, tmp_path: Path, terminals: list[subprocess.Popen[str]]
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(opened.folder, copy, ignore=shutil.ignore_patterns("copy"))
    assert (copy / running.NAME).exists()
    assert room.find(copy) is None
    assert "Phones open" in in_terminal(copy, terminals)
    assert room.find(copy).address != opened.handle.address
    assert opened.handle.running


def test_the_presenters_token_is_not_sent_to_whatever_took_the_port_of_a_killed_room(opened: Opened) -> None:
    opened.handle.process.kill()
    opened.handle.process.wait(30)
    with socket.create_server(("127.0.0.1", urlsplit(opened.handle.address).port)) as other:
        assert room.find(opened.folder) is None
        other.settimeout(0.1)
        with pytest.raises(TimeoutError):
            other.accept()
        opened.handle = room.start(opened.folder, opened.round.id)
    assert opened.handle.running


def test_every_thanked_answer_is_there_once_after_kill_9_amid_sending(opened: Opened) -> None:
    phones = [opened.phone().join() for _ in range(30)]
    thanked: list[int] = []

    def insist(number: int, phone: Phone) -> None:
        ends = time.monotonic() + WAIT
        while time.monotonic() < ends:
            try:
                if phone.send(answers={"2.1": str(number % 5), "2.2": "?"}).url.path == "/room/thanks":
                    thanked.append(number)
                    return
            except OSError:
                pass
            except Exception as error:
                if "httpx" not in type(error).__module__ and "httpcore" not in type(error).__module__:
                    raise
            time.sleep(0.1)

    threads = [threading.Thread(target=insist, args=phone) for phone in enumerate(phones)]
    for thread in threads:
        thread.start()
    time.sleep(0.08)  # `make faults` kills twenty times amid five hundred
    opened.again()
    for thread in threads:
        thread.join(WAIT + 30)
    assert sorted(thanked) == list(range(30))
    standing = [(who, code) for who, field, code in opened.standing() if field == "2.1"]
    assert len({who for who, _ in standing}) == len(standing) == 30
    assert sorted(code for _, code in standing) == sorted(number % 5 for number in range(30))


def test_a_closed_round_is_put_before_nobody(opened: Opened) -> None:
    opened.handle.act("close")
    opened.handle.stop()
    with pytest.raises(CtekitError, match="is closed"):
        room.start(opened.folder, opened.round.id)


def test_with_the_day_its_secret_is_gone_and_no_pass_of_it_opens_anything(opened: Opened) -> None:
    day = today()
    secret, phone = opened.store.door(day).secret, opened.phone().join()
    file = opened.folder / "partnership.ctekit"
    assert secret.encode() in file.read_bytes()
    opened.handle.end()
    assert secret.encode() not in file.read_bytes()
    assert not (opened.folder / running.NAME).exists()
    opened.handle = room.start(opened.folder, opened.round.id)
    assert "Code on the screen" in phone.look()


def test_secrets_stand_in_no_revision_and_no_workbook(opened: Opened) -> None:
    door = opened.store.door(today())
    phone = opened.phone().join()
    phone.send(answers={"2.1": "3"})
    revisions = str(opened.store.history()) + str(opened.store.ratings()) + str(opened.store.rounds())
    for secret in (door.secret, door.code, door.key):
        assert secret not in revisions
    assert "ratings" not in opened.store.load().sheets
    assert phone.name.encode() not in opened.store.path.read_bytes(), "the name in a pass is written nowhere"


def test_a_room_survives_the_kernel_that_opened_it_and_ends_with_its_keeper(opened: Opened) -> None:
    opened.handle.stop()
    keeper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    start = f"from ctekit import room; print(room.start({str(opened.folder)!r}, 'round-1').link)"
    kernel = {**os.environ, "JPY_PARENT_PID": str(keeper.pid)}
    try:
        output = subprocess.run([sys.executable, "-c", start], env=kernel, capture_output=True, text=True, timeout=60)
        handle = room.find(opened.folder)
        assert handle
        assert handle.link == output.stdout.strip() == opened.handle.link
        keeper.kill()
        keeper.wait(30)
        until(lambda: not handle.running, "it ends with its keeper")
        with pytest.raises(CtekitError, match="Until then take paper"):
            handle.now()
    finally:
        keeper.kill()
        keeper.wait(30)


@pytest.mark.slow  # a process that would be a room
def test_a_folder_without_partnership_is_told_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CtekitError, match="There is no partnership"):
        room.start(tmp_path, "round-1")


def test_it_listens_to_this_computer_alone_unless_shared(shared: Opened) -> None:
    assert urlsplit(shared.handle.address).hostname == "127.0.0.1"
    assert not shared.handle.shared


def test_the_qr_code_carries_the_link_and_has_a_name() -> None:
    drawn = room.qr("http://127.0.0.1:8100/room/j/abc")
    assert drawn.startswith('<svg role="img"')
    assert "<title>QR code: join the room</title>" in drawn
    assert "http" not in drawn  # nothing is fetched, and no xmlns leads anywhere


def test_sixty_phones_at_once_are_all_kept(shared: Opened) -> None:
    before = len(shared.standing())
    phones = [shared.phone().join() for _ in range(60)]
    sent = {"2.1": "1", "2.2": "2", "2.3": "3", "2.4": "?"}
    with ThreadPoolExecutor(60) as pool:
        thanks = list(pool.map(lambda phone: phone.send(answers=sent).url.path, phones))
    assert thanks == ["/room/thanks"] * 60
    assert len(shared.standing()) == before + 240


def test_the_page_that_is_made_once_for_all_carries_each_phones_own_form_and_answers(opened: Opened) -> None:
    first, other = opened.phone().join(), opened.phone().join()
    assert first.hidden()["form"] != other.hidden()["form"]
    first.send(answers={"2.1": "3"})
    assert re.findall(r'name="2\.1" value="(\d)" checked', first.look()) == ["3"]
    assert "checked" not in other.look()
    rounds.start_timer(opened.store, opened.round.id, 3)
    opened.handle.act("show", round=opened.round.id)
    assert 'role="timer"' in other.look()
    first.send(answers={"2.1": ""})
    opened.again()
    first.base, first.handle = opened.handle.address.rstrip("/"), opened.handle
    first.look()
    assert first.hidden()["based_on"] != "0"
    assert "Thank you" in first.says(first.send(answers={"2.1": "1"})), "who took all answers back is still known"
