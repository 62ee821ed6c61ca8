"""What keeps strangers out of the room: the passes of phones, and how often anybody may guess or send."""

from __future__ import annotations

import hashlib
import hmac
import time
from collections import deque
from collections.abc import Callable
from typing import Literal

from itsdangerous import BadSignature, Signer, TimestampSigner
from starlette.responses import Response

LONGEST_PASS = 14 * 3600
"""Seconds. A pass outlives a phone's browser being closed, and a day's meeting, but not the next one."""


class SignedTokens:
    """The passes of phones: a random name, when it was given, and a signature that only this day's secret makes.

    How old a pass is, the room's own clock says; what a phone says of its cookie counts for nothing. Once the day is
    over its secret is gone, and no pass of it is worth anything.

    Parameters
    ----------
    secret : str
        The day's, in hexadecimal digits; see `ctekit.store.room_access.RoomAccess`.
    day : str
        A token of one day is none of another.
    encrypted : bool
        Whether browsers reach the room over TLS alone. Then no page of a neighboring host, such as what runs on the
        hub, can put a pass of its own making in the place of ours: browsers refuse it, by how the cookie's name begins.

    Attributes
    ----------
    cookie : str
        The cookie's name, another one for each day and partnership: browsers keep cookies by host and not by port, and
        two rooms on one computer would take each other's.
    screens : dict of str
        The tokens of the wall and of the lead's view; the same again when the room was killed.
    """

    def __init__(self, secret: str, day: str, *, encrypted: bool = False) -> None:
        def key(what: str) -> bytes:
            return hmac.digest(bytes.fromhex(secret), f"{what}:{day}".encode(), hashlib.sha256)

        # Each use has a key of its own, made once and not for each request.
        self._passes = TimestampSigner(key("pass"), key_derivation="none", digest_method=hashlib.sha256)
        self._forms = Signer(key("form"), key_derivation="none", digest_method=hashlib.sha256)
        self._slips = Signer(key("slip"), key_derivation="none", digest_method=hashlib.sha256)
        self._respondents = key("respondent")
        self._encrypted = encrypted
        self.cookie = f"{'__Host-' if encrypted else ''}ctekit_room_{key('cookie').hex()[:12]}"
        self.screens = {screen: key(screen).hex()[:32] for screen in ("wall", "lead")}

    def seal(self, phone: str) -> str:
        """The value of the cookie."""
        return self._passes.sign(phone).decode()

    def find(self, header: str) -> str:
        """The name in the pass among all cookies of a browser; "" where no pass is, or a forged or an old one."""
        for cookie in header.split(";"):
            name, _, value = cookie.strip().partition("=")
            if name == self.cookie and (phone := self._open(value)):
                return phone
        return ""

    def _open(self, value: str) -> str:
        try:
            phone, given_at = self._passes.unsign(value, return_timestamp=True)
        except (BadSignature, UnicodeError):
            return ""
        # Not by `max_age`: that takes a pass for forged when the room's clock was set back a little.
        age = self._passes.get_timestamp() - given_at.timestamp()
        return phone.decode() if age <= LONGEST_PASS else ""

    def give(self, response: Response, phone: str, root: str = "") -> None:
        """Put a pass on the phone, for the pages of this room, which are below `root`."""
        self.keep(response, self.cookie, self.seal(phone), f"{root}/room", "strict")

    def keep(self, response: Response, name: str, value: str, path: str, samesite: Literal["strict", "lax"]) -> None:
        """Put a cookie into the browser: for a path; by TLS for all paths, which its name promises."""
        secure = self._encrypted
        path = "/" if secure else path
        response.set_cookie(name, value, LONGEST_PASS, path=path, secure=secure, httponly=True, samesite=samesite)

    def respondent(self, phone: str, round_id: str) -> str:
        """Under which name a phone answers in a round: another one in each, so that nobody can be followed.

        The name in the pass is written nowhere. Whoever holds the file and the day's secret still cannot tell which
        answers in two rounds are of one phone; once the day is over, not even with the phone could they.
        """
        return hmac.digest(self._respondents, f"{phone}:{round_id}".encode(), hashlib.sha256).hex()[:24]

    def form(self, respondent: str) -> str:
        """The token of this respondent's forms; as a respondent is one round's, so is the form."""
        return self._forms.get_signature(respondent).decode()

    def is_form(self, respondent: str, token: str) -> bool:
        """Whether a form is this respondent's own."""
        return constant_time_equal(token, self.form(respondent))

    def read_back(self, respondent: str, slip: str) -> str:
        """The proof that this respondent has had exactly this slip before their eyes."""
        return self._slips.get_signature(f"{respondent}:{slip}").decode()


def constant_time_equal(value: str, right: str) -> bool:
    """Whether two secrets are the same, in a time that does not tell how far they are."""
    return hmac.compare_digest(value.encode("utf-8", "surrogateescape"), right.encode())


class GuessLimiter:
    """Counts wrong codes. Too many lock the typing of codes; nothing else, and never for good.

    Valid requests are not counted by address: a whole room may share one.

    Parameters
    ----------
    each, in_all : int
        So many wrong codes from one address, and from all together, within `seconds`.
    """

    def __init__(
        self, each: int = 40, in_all: int = 400, seconds: float = 600, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._each, self._in_all, self._seconds, self._clock = each, in_all, seconds, clock
        self._wrong: deque[tuple[float, str]] = deque()

    def locked(self, address: str) -> bool:
        """Whether this address may type no code now."""
        while self._wrong and self._wrong[0][0] < self._clock() - self._seconds:
            self._wrong.popleft()
        from_here = sum(wrong == address for _, wrong in self._wrong)
        return from_here >= self._each or len(self._wrong) >= self._in_all

    def wrong(self, address: str) -> None:
        """Count one. Addresses are held here for ten minutes and written nowhere."""
        self._wrong.append((self._clock(), address))


class TokenBucket:
    """Lets each participant send six times at once and once a second after that."""

    def __init__(self, burst: int = 6, per_second: float = 1, clock: Callable[[], float] = time.monotonic) -> None:
        self._burst, self._rate, self._clock = burst, per_second, clock
        self._left: dict[str, tuple[float, float]] = {}

    def take(self, who: str) -> bool:
        """Whether there is one left."""
        now = self._clock()
        left, since = self._left.get(who, (self._burst, now))
        left = min(self._burst, left + (now - since) * self._rate)
        self._left[who] = (left - 1 if left >= 1 else left, now)
        return left >= 1
