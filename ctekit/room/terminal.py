"""The room from a terminal: open a round or take up the open one, show the way in, and wait."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ctekit import ratings
from ctekit.errors import ForPeople
from ctekit.room.serving import ALONE, SHARED, Listening, serve
from ctekit.store import NAME, Store, open_store

Say = Callable[[str], None]


def run(folder: Path, about: str, *, share: bool, port: int, reveal: bool, say: Say) -> None:
    """Open the room for `about` and serve until Ctrl+C; or, with `reveal`, close the open round and tell what it says.

    Raises
    ------
    ForPeople
        There is nothing to reveal, or the room cannot be opened; one sentence.
    """
    store = open_store(folder / NAME)
    standing = [one for one in store.rounds() if one.state == "open" and one.about == about]
    if reveal:
        if not standing:
            raise ForPeople(f"No round about “{about}” is open, so there is nothing to reveal. Open one first.")
        _tell(store, ratings.reveal(store, standing[-1].id), say)
        return
    try:
        held = standing[-1] if standing else ratings.open_round(store, about)
    except ValueError as error:
        raise ForPeople(str(error)) from None
    how = "goes on" if standing else "is open"
    say(f"The round “{held.name}” ({held.held_on}) {how}.")
    serve(folder, held.id, share=share, port=port, ready=lambda listening: _show(listening, say))
    answered = ratings.responses(store, held.id)
    say(
        f"\nStopped. {answered} answered. The round is still open: the same command goes on with it, "
        "and with --reveal closes it and shows what it says."
    )


def _show(listening: Listening, say: Say) -> None:
    import io

    import segno

    drawn = io.StringIO()
    segno.make(listening.link, error="m").terminal(drawn, compact=True)
    say(f"\nPhones open  {listening.address}  and type  {listening.code}\nor scan:\n\n{drawn.getvalue()}")
    say(SHARED if listening.shared else ALONE)
    say("If phones cannot reach it, take the paper ballots: ctekit export --blank. Stop with Ctrl+C.")


def _tell(store: Store, held: ratings.Round, say: Say) -> None:
    found = ratings.results(store, held.id)
    say(f"“{held.name}”: {found.people} answered. What to talk about first:")
    for one in found.talk_first:
        middle = "too few to show" if one.everyone.median is None else f"median {one.everyone.median:g}"
        gap = f", gap {one.gap:g}" if one.gap else ""
        say(f"  {one.number}  {one.question.statement}: {middle}{gap}\n       {one.prompt}")
