"""Rounds in a store: opened, answered, closed and revealed; what they are about; and those of the samples."""

from __future__ import annotations

from ctekit.rounds.answers import NotRevealedError, responses, results, slips_kept
from ctekit.rounds.idea_list import IdeaList, change_in_list, idea_list, keep_in_list
from ctekit.rounds.lifecycle import (
    LARGEST_ROOM,
    TIMERS,
    close,
    open_round,
    reopen,
    reveal,
    set_aside,
    set_people,
    start_timer,
    take_up,
)
from ctekit.rounds.lookup import find, left_out, newest
from ctekit.rounds.samples import keep_sample, sample
from ctekit.rounds.subjects import VOTES, asked, voted_on

__all__ = [
    "LARGEST_ROOM",
    "TIMERS",
    "VOTES",
    "IdeaList",
    "NotRevealedError",
    "asked",
    "change_in_list",
    "close",
    "find",
    "idea_list",
    "keep_in_list",
    "keep_sample",
    "left_out",
    "newest",
    "open_round",
    "reopen",
    "responses",
    "results",
    "reveal",
    "sample",
    "set_aside",
    "set_people",
    "slips_kept",
    "start_timer",
    "take_up",
    "voted_on",
]
