"""What to ask a room whose sectors see an indicator differently."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ctekit.rubrics._rubric import Indicator

SPOKEN = {
    "business & industry": ("business", "says", "has"),
    "K-12": ("schools", "say", "have"),
    "postsecondary": ("colleges", "say", "have"),
    "convener or intermediary": ("conveners", "say", "have"),
    "workforce or other public agency": ("public agencies", "say", "have"),
    "community": ("community groups", "say", "have"),
    "learners & families": ("learners and families", "say", "have"),
    "others": ("the other sectors", "say", "have"),
}
"""How a sector is called aloud, and the verbs that go with it; ``others`` are the sectors too small to show alone."""


def prompt(indicator: Indicator, low_sector: str, low: float, high_sector: str, high: float) -> str:
    """What to ask a room whose sectors see an indicator differently.

    Parameters
    ----------
    indicator : Indicator
        The one that splits them.
    low_sector : str
        Who gives less: as in the profile worksheet, or ``"others"``.
    low : float
        Their median.
    high_sector : str
        Who gives more.
    high : float
        Their median.

    Returns
    -------
    str
        Two questions to read aloud.

    Raises
    ------
    ValueError
        There is no gap to talk about: `low` is not below `high`.

    Examples
    --------
    >>> from ctekit.rubrics import called
    >>> said = prompt(called("5.1"), "business & industry", 1, "K-12", 2.5)
    >>> said.split("? ")[0]
    'Business says level 1 of 4, schools say 2.5. What have schools seen that business has not'
    >>> said.split("? ")[1]
    'Which number would business give a stranger, and which would schools give?'
    """
    if not low < high:
        raise ValueError(f"A gap needs a lower and a higher median; these are {low:g} and {high:g}. Swap or leave out.")
    below, says, has = SPOKEN.get(low_sector, (low_sector, "say", "have"))
    above, say, have = SPOKEN.get(high_sector, (high_sector, "say", "have"))
    opening = f"{below[:1].upper()}{below[1:]} {says} level {low:g} of 4, {above} {say} {high:g}."
    return f"{opening} What {have} {above} seen that {below} {has} not? {indicator.gap.format(low=below, high=above)}"
