"""What a colleague saves on the hub reaches a kernel that is open elsewhere, by itself; how soon, and at what cost."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from contextlib import closing

from ctekit.model.paths import STORE_FILE
from ctekit.store import create_store, sharing
from tests.hub.conftest import Facilitator
from tests.hub.figures import tell
from tests.stores import LIMIT, begin, say

Make = Callable[[str], Facilitator]
SAVES, PAUSE = 20, 0.6

KERNEL = """
import time
from ctekit.widgets import watcher
store = open_store(path)
class Shown:
    def refresh(self):
        print(json.dumps([store.load()[Purpose].learners, time.time(), time.process_time()]), flush=True)
shown = Shown()
watcher.watch(shown, store)
time.sleep(LIMIT)
"""


def test_what_a_colleague_saves_is_seen_in_an_open_kernel_without_a_rerun(facilitator: Make) -> None:
    ann, ben = facilitator("ann"), facilitator("ben")
    with ann.here():
        store = create_store(ann.folder / STORE_FILE, url=ann.address)
        sharing.share(store.path, ben.name)
        (ben.folder / STORE_FILE).write_bytes((ann.folder / STORE_FILE).read_bytes())  # a pointer
    with ben.here():
        kernel = begin(KERNEL, ben.folder / STORE_FILE)
    assert kernel.stdout
    delays, times = [], []
    try:
        words, *start = json.loads(kernel.stdout.readline())
        assert words is None
        with ann.here(), closing(store):
            for number in range(SAVES):
                time.sleep(PAUSE)
                say(store, "learners", f"words {number}")
                saved = time.time()
                while words != f"words {number}":
                    words, *times = json.loads(kernel.stdout.readline())
                delays.append(times[0] - saved)
    finally:
        kernel.kill()
        kernel.communicate(timeout=LIMIT)
    share = (times[1] - start[1]) / (times[0] - start[0])
    tell(
        f"A colleague's save is seen in another kernel after {1000 * statistics.median(delays):.0f} ms (median), "
        f"{1000 * max(delays):.0f} at most; looking and reading take that kernel {share:.1%} of a processor"
    )
