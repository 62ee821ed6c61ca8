"""What goes wrong with PostgreSQL, in sentences; by its codes, for its words are in the server's language."""

from __future__ import annotations

_BUSY = ("40001", "40P01", "55P03")
_GONE = ("08", "57P", "25P03", "53300")
"""Also where it has no connection left: there will be one."""

_SENTENCES = {
    ("28",): (
        "The hub's database did not take your user name and password; they last for a day. Stop your server on the hub "
        "and start it again, then open the notebook anew."
    ),
    ("3D", "3F", "42P01", "42883"): (
        "The hub's database was not prepared for this version of ctekit. Ask whoever runs the hub to run "
        "`ctekit hub-prepare`."
    ),
    ("42501",): (
        "The hub's database does not let you do this: the partnership is not shared with you, or was moved out of the "
        "hub. Nothing was changed. Ask its facilitator."
    ),
    ("25006",): "The hub's database can only be read at the moment. Nothing was saved; try again later.",
    ("23505",): "There is a partnership of this id on the hub already. Open that one; nothing was changed.",
    ("42704",): (
        "There is no facilitator of this name on the hub. They have to start their server there once; check the name, "
        "then share again."
    ),
    ("53100",): (
        "The disk of the hub's database is full. Nothing was saved. Tell whoever runs the hub, then save again."
    ),
    _BUSY: "Somebody else kept this partnership busy for too long, so nothing was saved. Save again.",
}


def sentence(error: Exception) -> str:
    """What an error means to people. It never repeats answers, nor the address."""
    code = _code(error)
    for begins, words in _SENTENCES.items():
        if code.startswith(begins):
            return words
    if is_gone(error):
        return "The hub's database does not answer. Nothing was lost: what was typed is sent again. Try again later."
    return f"The hub's database could not do this (code {code}). Nothing was changed. Tell whoever runs the hub."


def is_busy(error: BaseException) -> bool:
    """Whether somebody else was writing for too long."""
    return _code(error).startswith(_BUSY)


def is_gone(error: BaseException) -> bool:
    """Whether the server was stopped or cannot be reached; it may come back."""
    import psycopg

    code = _code(error)
    if code.startswith("28") or (not code and _is_refused(error)):
        return False
    is_lost = not code and isinstance(getattr(error, "orig", error), psycopg.OperationalError)
    return is_lost or code.startswith(_GONE)


def _is_refused(error: BaseException) -> bool:
    """Whether the server answered and said no, which libpq tells in words alone while it connects."""
    return any(words in str(error) for words in ("authentication failed", "does not exist", "not permitted", "pg_hba"))


def _code(error: BaseException) -> str:
    code = str(getattr(getattr(error, "orig", error), "sqlstate", None) or "")
    if not code and _is_refused(error):
        return "3D000" if "database" in str(error) and "does not exist" in str(error) else "28000"
    return code
