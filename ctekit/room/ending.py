"""What is asked before a round ends: too few have answered, or somebody is amid an answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ctekit import ratings
from ctekit.ratings import Round
from ctekit.room.translations import counted, presenting


def unsent_answers(now: Mapping[str, Any] | None, round_: Round) -> tuple[int, bool]:
    """On how many phones something stands that was not sent to a round, and whether more may still say so.

    Parameters
    ----------
    now : mapping or None
        What stands in the room, as `ctekit.room.client` gives it; None where no room runs.
    round_ : Round

    Returns
    -------
    tuple of int and bool
    """
    activity = now["activity"] if now else None
    return (activity["unsent"], now["hearing"]) if now and activity and activity["round"] == round_.id else (0, False)


def before_reveal(round_: Round, answered: int, unsent: int, is_hearing: bool = False, lang: str = "en") -> str:
    """What to ask before a round is revealed; "" for nothing.

    Dots are shown however few gave them, and slips are no secret.

    Parameters
    ----------
    round_ : Round
    answered : int
    unsent : int
        Phones on which something stands that was not sent.
    is_hearing : bool
        Whether the room was just started anew, and phones may still say that something stands on them.
    lang : str
        The language that is spoken.

    Returns
    -------
    str
    """
    few = ""
    if answered < ratings.LEAST_IN_ALL and round_.about not in ("dots", ratings.SLIP):
        few = counted(presenting(lang)["lead"], "few", answered, least=ratings.LEAST_IN_ALL)
    return " ".join(filter(None, (few, before_close(unsent, is_hearing, lang))))


def before_close(unsent: int, is_hearing: bool = False, lang: str = "en") -> str:
    """What to ask before no more answers are taken; "" for nothing.

    Parameters
    ----------
    unsent : int
    is_hearing : bool
    lang : str

    Returns
    -------
    str
    """
    words = presenting(lang)["lead"]
    if unsent:
        return counted(words, "half_filled", unsent)
    return str(words["hearing_ask"]) if is_hearing else ""


def before_end(now: Mapping[str, Any] | None, lang: str = "en") -> str:
    """What to ask before the room ends, of what is open and of what was open before; "" for nothing.

    Parameters
    ----------
    now : mapping or None
        What stands in the room, as `ctekit.room.client` gives it; None where no room runs.
    lang : str

    Returns
    -------
    str
    """
    if not now:
        return ""
    activity = now["activity"]
    return before_close((activity["unsent"] if activity else 0) + now["late"], now["hearing"], lang)
