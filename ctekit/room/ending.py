"""What is asked before a round ends: too few have answered, or somebody is amid an answer."""

from __future__ import annotations

from ctekit import ratings
from ctekit.model.text import count
from ctekit.ratings import Round
from ctekit.room.translations import presenting


def before_reveal(round_: Round, answered: int, unsent: int, lang: str = "en") -> str:
    """What to ask before a round is revealed; "" for nothing.

    Dots are shown however few gave them, and slips are no secret.

    Parameters
    ----------
    round_ : Round
    answered : int
    unsent : int
        Phones on which something stands that was not sent.
    lang : str
        The language that is spoken.

    Returns
    -------
    str
    """
    text, few = presenting(lang)["lead"], ""
    if answered < ratings.LEAST_IN_ALL and round_.about not in ("dots", ratings.SLIP):
        people = count(answered, text["person"], text["persons"])
        few = text["few"].format(people=people, least=ratings.LEAST_IN_ALL)
    return " ".join(filter(None, (few, before_close(unsent, lang))))


def before_close(unsent: int, lang: str = "en") -> str:
    """What to ask before no more answers are taken; "" for nothing.

    Parameters
    ----------
    unsent : int
    lang : str

    Returns
    -------
    str
    """
    text = presenting(lang)["lead"]
    return str(text["half_filled_one" if unsent == 1 else "half_filled"]).format(phones=unsent) if unsent else ""
