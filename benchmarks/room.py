"""A full room: 500 phones beside a bare Starlette app that writes nothing; slow disk, kills, a million answers."""

from __future__ import annotations

import asyncio
import datetime
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from urllib.parse import urlencode, urlsplit

from benchmarks.measure import Comparison, percentile
from ctekit import ratings, room, rounds
from ctekit.room.security import SignedTokens
from ctekit.store import Store, create_store, open_store

PEOPLE = 500
FIELDS = ("2.1", "2.2", "2.3", "2.4")
FORM = "application/x-www-form-urlencoded"
KILLS = 20

BARE = """
import asyncio, socket, sys
import uvicorn
from starlette.applications import Starlette
from starlette.responses import RedirectResponse
from starlette.routing import Route
async def answers(request):
    await request.body()
    return RedirectResponse("/room/thanks", 303)
sock = socket.create_server(("127.0.0.1", 0), backlog=2048)
print(sock.getsockname()[1], flush=True)
app = Starlette(routes=[Route("/room/answers", answers, methods=["POST"])])
uvicorn.Server(uvicorn.Config(app, http="h11", loop="asyncio", access_log=False, log_level="error")).run([sock])
"""

SLOW = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <unistd.h>
static int late(const char *name, int file) {
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    usleep(20000);
    return real(file);
}
int fsync(int file) { return late("fsync", file); }
int fdatasync(int file) { return late("fdatasync", file); }
"""


@dataclass
class Phone:
    """One phone: its cookie, its form, what it answers, and how long each thank-you took."""

    number: int
    cookie: str = ""
    respondent: str = ""
    form: dict[str, str] = field(default_factory=dict)
    took: float = 0
    tries: int = 0

    @property
    def answers(self) -> dict[str, str]:
        return {name: str((self.number + place) % 5) for place, name in enumerate(FIELDS)}


async def ask(port: int, method: str, path: str, body: str = "", cookie: str = "") -> tuple[int, str]:
    """One request on a connection of its own; status, and head and body as they came."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        host = f"127.0.0.1:{port}"
        head = f"{method} {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nConnection: close\r\n"
        head += f"Content-Type: {FORM}\r\nContent-Length: {len(body)}\r\nCookie: {cookie}\r\n\r\n"
        writer.write(head.encode() + body.encode())
        reply = (await asyncio.wait_for(reader.read(), 120)).decode()
        if not reply.startswith("HTTP/1.1 "):
            raise ConnectionError("no answer")
        return int(reply[9:12]), reply
    finally:
        writer.close()


async def joined(handle: room.RoomProcess, store: Store, round_id: str, people: int = PEOPLE) -> list[Phone]:
    """So many phones, each with the page's form before it."""
    day = f"day-{datetime.date.today().isoformat()}"
    passes = SignedTokens(store.door(day).secret, day)
    address = urlsplit(handle.link)
    phones = [Phone(number) for number in range(people)]

    async def join(phone: Phone) -> None:
        _, reply = await ask(address.port or 0, "POST", address.path)
        phone.cookie = re.search(r"set-cookie: (\S+?);", reply)[1]
        phone.respondent = passes.respondent(phone.cookie.partition("=")[2].partition(".")[0], round_id)
        _, reply = await ask(address.port or 0, "GET", "/room/", cookie=phone.cookie)
        phone.form = dict(re.findall(r'type="hidden" name="(\w+)" value="([\w-]+)"', reply))

    for start in range(0, people, 50):
        await asyncio.gather(*map(join, phones[start : start + 50]))
    return phones


async def send(port: int, phone: Phone, at: float, *, insist: bool = False) -> None:
    """Send when it is time; `insist`: try until thanked, as the page does."""
    await asyncio.sleep(max(0, at - time.perf_counter()))
    body = urlencode({**phone.form, "sector": ratings.SECTORS[phone.number % 7], **phone.answers})
    began = time.perf_counter()
    while True:
        phone.tries += 1
        try:
            async with asyncio.timeout(8 if insist else 60):
                status, reply = await ask(port, "POST", "/room/answers", body, phone.cookie)
            if status == 303 and "/room/thanks" in reply:
                phone.took = 1000 * (time.perf_counter() - began)
                return
            if not insist:
                raise RuntimeError(f"Not thanked, but: {reply[:200]}")
        except (OSError, TimeoutError):
            if not insist:
                raise
        await asyncio.sleep(0.3 + 0.3 * random.random())


async def burst(port: int, phones: list[Phone], within: float) -> list[float]:
    """Everybody sends once, evenly over so many seconds."""
    begin = time.perf_counter() + 0.2
    await asyncio.gather(*(send(port, phone, begin + within * phone.number / len(phones)) for phone in phones))
    return [phone.took for phone in phones]


@asynccontextmanager
async def opened() -> AsyncIterator[tuple[Path, Store, str, room.RoomProcess]]:
    """A new partnership with an open round and its room, in a folder that goes away."""
    with tempfile.TemporaryDirectory(prefix="ctekit-bench-") as place:
        folder = Path(place)
        store = create_store(folder / "partnership.ctekit")
        round_ = rounds.open_round(store, "purpose")
        handle = await asyncio.to_thread(room.start, folder, round_.id)
        try:
            yield folder, store, round_.id, handle
        finally:
            await asyncio.to_thread(handle.stop)
            store.close()


def counted(folder: Path, round_id: str, phones: list[Phone]) -> tuple[int, int]:
    """How many thanked answers are not there, and how many are there more than once or wrong."""
    store = open_store(folder / "partnership.ctekit")
    rounds.reveal(store, round_id)
    kept = store.ratings(round_id)
    store.close()
    codes, raw = {(rating.respondent, rating.field): rating.code for rating in kept}, len(kept)
    lost = wrong = 0
    for phone in phones:
        who = phone.respondent
        for name, level in phone.answers.items():
            if (who, name) not in codes:
                lost += 1
            elif str(codes[who, name]) != level:
                wrong += 1
    return lost, wrong + raw - len(codes) + max(0, len(codes) - len(phones) * len(FIELDS))


@contextmanager
def bare() -> Iterator[int]:
    """A Starlette app that reads the form and thanks, and keeps nothing."""
    process = subprocess.Popen([sys.executable, "-c", BARE], stdout=subprocess.PIPE)
    try:
        yield int(process.stdout.readline())
    finally:
        process.kill()
        process.wait(20)
        process.stdout.close()


async def full_room(within: float) -> tuple[list[float], list[float], str]:
    async with opened() as (folder, store, round_id, handle):
        phones = await joined(handle, store, round_id)
        ours = await burst(urlsplit(handle.address).port or 0, phones, within)
        lost, wrong = await asyncio.to_thread(counted, folder, round_id, phones)
    with bare() as port:
        peer = await burst(port, [Phone(phone.number, phone.cookie, phone.form) for phone in phones], within)
    return ours, peer, f"{PEOPLE} x {len(FIELDS)} within {within:g} s: {lost} lost, {wrong} duplicated or wrong"


async def slow_disk() -> tuple[list[float], str] | None:
    """The room on a disk whose fsync takes 20 ms more; None where no C compiler is at hand to make one."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or not sys.platform.startswith("linux"):
        return None
    with tempfile.TemporaryDirectory(prefix="ctekit-bench-") as place:
        source, path = Path(place, "slow.c"), Path(place, "slow.so")
        source.write_text(SLOW)
        subprocess.run([compiler, "-shared", "-fPIC", "-o", path, source, "-ldl"], check=True, timeout=120)
        os.environ["LD_PRELOAD"] = str(path)
        try:
            # Only the room is slowed: this process was loaded before.
            async with opened() as (folder, store, round_id, handle):
                phones = await joined(handle, store, round_id)
                ours = await burst(urlsplit(handle.address).port or 0, phones, 10)
                lost, wrong = await asyncio.to_thread(counted, folder, round_id, phones)
        finally:
            del os.environ["LD_PRELOAD"]
    return ours, f"fsync slowed by 20 ms: {lost} lost, {wrong} duplicated or wrong"


async def kills(times: int = KILLS) -> str:
    """kill -9 again and again while everybody sends; each phone insists until it is thanked."""
    chance = random.Random(1)
    async with opened() as (folder, store, round_id, handle):
        phones = await joined(handle, store, round_id)
        port = urlsplit(handle.address).port or 0
        begin = time.perf_counter()
        tasks = [
            asyncio.create_task(send(port, phone, begin + 22 * phone.number / PEOPLE, insist=True)) for phone in phones
        ]
        for _ in range(times):
            await asyncio.sleep(0.15 + 0.5 * chance.random())
            handle.process.kill()
            await asyncio.to_thread(handle.process.wait, 20)
            handle = await asyncio.to_thread(room.start, folder, round_id)
        await asyncio.gather(*tasks)
        lost, wrong = await asyncio.to_thread(counted, folder, round_id, phones)
        await asyncio.to_thread(handle.stop)
    again = sum(phone.tries > 1 for phone in phones)
    return (
        f"{times} x kill -9 amid {PEOPLE} submissions: {lost} of {PEOPLE * len(FIELDS)} thanked answers lost, "
        f"{wrong} duplicated or wrong; {again} phones had to send again, and did so by themselves"
    )


ROUNDS, HEADS = 400, 90
OURS_MILLION = """
import resource, sys, time
from pathlib import Path
from ctekit import ratings, rounds
from ctekit.store import open_store
store = open_store(Path(sys.argv[1]))
began = time.perf_counter()
asked = ratings.questions("+".join(ratings.elements()))
found, answers = {}, 0
for number in range(1, int(sys.argv[2]) + 1):
    counts = {place[1:]: count for place, count in store.counts(f"round-{number}").items()}
    for one in ratings.summarize(asked, counts):
        found[number, one.number] = one.everyone.median, one.gap, one.agreement
        answers += one.everyone.n
took = time.perf_counter() - began
print(took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, answers)
"""
PANDAS_MILLION = """
import json, resource, sqlite3, sys, time
import pandas as pd
began = time.perf_counter()
query = "SELECT row, field, value FROM revision WHERE respondent NOT IN ('', 'facilitator')"
frame = pd.read_sql(query, sqlite3.connect(sys.argv[1]))
pairs = frame["value"].map(json.loads)
frame["sector"], frame["code"] = pairs.str[0], pd.to_numeric(pairs.str[1], errors="coerce")
by = frame.groupby(["row", "field", "sector"])["code"].agg(["median", "count"])
by.groupby(["row", "field"])["median"].agg(["max", "min"])
print(time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, len(frame))
"""


def million(file: Path) -> int:
    """Fill a store with about a million answers, as many rounds would; straight, since writing is not measured here."""
    import sqlite3

    from ctekit.store.text import to_text

    store = create_store(file)
    asked = [rating_item.field for rating_item in ratings.questions("+".join(ratings.elements()))]
    partnership = store.partnership
    store.close()
    chance = random.Random(3)

    def rows() -> Iterator[tuple[object, ...]]:
        number = 0
        revealed = ratings.Round("", "Measured", "2026-09-16", "+".join(ratings.elements()), state="revealed")
        for round_number in range(1, ROUNDS + 1):
            place = (partnership, "ratings", f"round-{round_number}", "round", "facilitator")
            yield (f"round-{round_number}", *place, to_text(revealed.to_json()), "", "2026-09-16T10:00:00.000Z")
            for person in range(HEADS):
                sector = ratings.SECTORS[person % 7]
                for name in asked:
                    number += 1
                    value = to_text([sector, "?" if chance.random() < 0.08 else chance.randrange(5)])
                    place = (partnership, "ratings", f"round-{round_number}", name, f"{round_number:04}{person:020}")
                    yield (f"u{number}", *place, value, "", "2026-09-16T10:00:00.000Z")

    wire = sqlite3.connect(file)
    columns = "uid, partnership, worksheet, row, field, respondent, value, who, at"
    wire.executemany(f"INSERT INTO revision ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows())
    wire.commit()
    wire.close()
    return ROUNDS * HEADS * len(asked)


def summarized(program: str, file: Path) -> tuple[float, float, int]:
    """Seconds, peak memory in MB, and answers counted, in a process of its own."""
    output = subprocess.run(
        [sys.executable, "-c", program, str(file), str(ROUNDS)],
        capture_output=True,
        text=True,
        check=True,
        timeout=1800,
    ).stdout
    took, memory, answers = output.split()
    return float(took), float(memory), int(answers)


def compare() -> Iterator[Comparison | str]:
    """Phones are sockets of this process; the rooms are processes of their own."""
    us, them = "the room: checks, writes, thanks", "a bare Starlette app that thanks and writes nothing"
    for within in (10, 1):
        ours, peer, sentence = asyncio.run(full_room(within))
        yield sentence
        yield Comparison(f"room_500_within_{within}s_p99", ours, peer, "ms", us, them, at=percentile(0.99))
        yield Comparison(f"room_500_within_{within}s_p50", ours, peer, "ms", us, them, at=median)
        if within == 10:
            usual = ours
    slowed = asyncio.run(slow_disk())
    if slowed is None:
        yield "fsync slowed by 20 ms: not measured, no C compiler here to slow it with"
    else:
        ours, sentence = slowed
        yield sentence
        yield Comparison(
            "room_500_slow_disk_p99",
            ours,
            usual,
            "ms",
            "the room, each fsync 20 ms slower",
            "the room on this disk",
            aim="below 500 ms",
            at=percentile(0.99),
        )
    yield asyncio.run(kills())
    with tempfile.TemporaryDirectory(prefix="ctekit-bench-") as place:
        file = Path(place, "partnership.ctekit")
        count = million(file)
        taken = [(summarized(OURS_MILLION, file), summarized(PANDAS_MILLION, file)) for _ in range(3)]
    (_, _, ours_counted), (_, _, peer_counted) = taken[0]
    yield f"{count} answers in {ROUNDS} rounds: ours counted {ours_counted}, pandas {peer_counted}"
    us, them = "counts in SQL, round by round: medians, gaps, agreement", "pandas: read all, medians and gaps only"
    for place_, unit in ((0, "s"), (1, "MB")):
        yield Comparison(
            f"ratings_million_{unit.lower()}",
            [result[place_] for result, _ in taken],
            [result[place_] for _, result in taken],
            unit, us, them,
        )  # fmt: skip
