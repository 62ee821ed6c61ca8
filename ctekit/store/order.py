"""The order of rows: position keys, of which there is always one more between any two."""

from __future__ import annotations

from bisect import bisect_right, insort

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_BASE = len(_DIGITS)
_VALUE = {digit: value for value, digit in enumerate(_DIGITS)}


def is_key(text: object) -> bool:
    """Whether this is a position key: letters and digits, and no zero at the end (nothing would fit before "0")."""
    return isinstance(text, str) and text != "" and text[-1] != "0" and all(letter in _VALUE for letter in text)


def between(a: str | None, b: str | None) -> str:
    """A key that sorts after `a` and before `b`; None leaves that side open.

    Keys are fractions in base 62 without the leading "0.", so that they sort as plain text. Ten thousand rows added at
    the end, one after another, need keys of no more than five letters.

    Parameters
    ----------
    a : str or None
        Key of the neighbor before.
    b : str or None
        Key of the neighbor after.

    Returns
    -------
    str
        A key.

    Raises
    ------
    ValueError
        `a` is not before `b`, or one of them is not a key.

    Examples
    --------
    >>> between(None, None), between("V", None), between("V", "W"), between(None, "1")
    ('V', 'W', 'VV', '0V')
    """
    for key in (a, b):
        if key is not None and not is_key(key):
            raise ValueError(f"“{key}” is not a position of a row. Take one that `between` gave.")
    if a is not None and b is None:
        return _after(a)
    if a is not None and b is not None and a >= b:
        raise ValueError(f"Nothing lies between “{a}” and “{b}”. Give the earlier position first.")
    return _middle(a or "", b)


def _after(a: str) -> str:
    # As many z as lead the key, so many digits are counted behind the next one: keys grow like a logarithm.
    lead = len(a) - len(a.lstrip("z"))
    width = 2 * lead + 1
    number = 0
    for digit in a[:width].ljust(width, "0"):
        number = number * _BASE + _VALUE[digit]
    number += 1
    digits = ""
    for _ in range(width):
        number, digit_value = divmod(number, _BASE)
        digits = _DIGITS[digit_value] + digits
    return digits.rstrip("0")


def _middle(a: str, b: str | None) -> str:
    key = ""
    while True:
        at = len(key)
        low = _VALUE[a[at]] if at < len(a) else 0
        high = _BASE if b is None else _VALUE[b[at]]
        if (low + high) // 2 > low:
            return key + _DIGITS[(low + high) // 2]
        key += _DIGITS[low]
        if high > low:
            b = None  # from here on everything that begins like this is before b


class Positions:
    """Where the rows of a table stand. A place is found without a look at all of them: thousands come at once.

    Parameters
    ----------
    of_rows : dict
        The key of each row; None for those that were removed.
    """

    def __init__(self, of_rows: dict[str, str | None]) -> None:
        self.of_rows = of_rows
        self._keys = sorted(filter(None, of_rows.values()))

    def put(self, row: str, key: str | None) -> None:
        """Note where a row stands from now on; None for one that is removed."""
        if before := self.of_rows.get(row):
            self._keys.remove(before)
        self.of_rows[row] = key
        if key:
            insort(self._keys, key)

    def place(self, row: str, after: str | None) -> str:
        """The key for a row behind another one, "" for the first place, None for the end; its own where that fits."""
        keys = self._keys
        if mine := self.of_rows.get(row):
            keys = keys.copy()
            keys.remove(mine)
        leader = self.of_rows.get(after) if after and after != row else None
        at = 0 if after == "" else bisect_right(keys, leader) if leader else len(keys)
        low = leader or (keys[at - 1] if at else None)
        high = keys[at] if at < len(keys) else None
        if mine and (low is None or low < mine) and (high is None or mine < high):
            return mine
        return between(low, high)
