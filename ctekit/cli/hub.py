"""The commands of a hub: prepare its database, move a partnership there and back, share one, and take one up."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ctekit.cli.app import Dir, StoreUrl, app, read_path
from ctekit.model.paths import STORE_FILE
from ctekit.terminal import command, say


@app.command("hub-prepare")
def hub_prepare(
    store: StoreUrl = "",
    rooms: Annotated[
        bool, typer.Option("--rooms", help="Make a fresh password for hub-rooms, and print its address of the store.")
    ] = False,
) -> None:
    """Make what ctekit needs in a PostgreSQL database, and again after an upgrade; for whoever runs a hub."""
    from ctekit.store import pointer
    from ctekit.store.postgres import roles
    from ctekit.store.postgres.prepare import prepare

    url = pointer.address(store)
    done = prepare(url)
    say(f"{pointer.location(url)} {'is ready' if done else 'was ready already'} for partnerships.")
    if rooms:
        address = roles.mint_rooms(url).render_as_string(hide_password=False)
        say("Keep this line secret; ctekit hub-rooms needs it in its environment. The one before is worth nothing now.")
        say(f"{pointer.VARIABLE}={address}")


@app.command("hub-rooms")
def hub_rooms(
    address: Annotated[str, typer.Argument(help="What phones open: https://rooms.example.org")],
    folder: Annotated[Path, typer.Option(parser=read_path, help="For files of its own; no answers.")] = Path("rooms"),
    port: Annotated[int, typer.Option(help="Where it listens for the proxy, on this computer alone.")] = 8790,
    store: StoreUrl = "",
) -> None:
    """Serve the rooms of a hub to phones that have no account; for whoever runs a hub."""
    from ctekit.cli import doctor
    from ctekit.room.hub_server import serve

    say(doctor.day())
    serve(store, address, folder, port)


@app.command()
def move(
    folder: Dir = Path(),
    store: StoreUrl = "",
    here: Annotated[bool, typer.Option("--here", help="Out of the hub, into a file in this folder.")] = False,
) -> None:
    """Move a partnership whole, with history and ratings, from its folder to a hub; or back, with --here."""
    from ctekit.store import moving, pointer
    from ctekit.store.connect import absolute

    path = absolute(folder) / STORE_FILE
    if here:
        moving.to_laptop(path)
        say(f"The partnership is in {path} now, and the hub takes nothing for it any more.")
        say(
            "Counts that were submitted to the state agency are taken back with it. Mail them from here: "
            f"{command('ctekit', 'submit', folder, '-o', 'FILE')}"
        )
        return
    url = pointer.address(store)
    backup = moving.to_hub(path, url)
    say(
        f"The partnership is at {pointer.location(url)} now. Its file as it was is {backup}.",
        f"Take it back with: {command('ctekit', 'move', folder, '--here')}",
    )


@app.command()
def share(
    facilitator: Annotated[str, typer.Argument(help="The other facilitator's name on the hub.")],
    folder: Dir = Path(),
) -> None:
    """Let another facilitator of the hub read and write all of a partnership."""
    from ctekit.store import sharing
    from ctekit.store.connect import absolute

    partnership = sharing.share(absolute(folder) / STORE_FILE, facilitator)
    say(
        f"{facilitator} shares the partnership now. They open it on the hub with: "
        f"{command('ctekit', 'join', partnership)}"
    )


@app.command()
def join(
    partnership: Annotated[str, typer.Argument(help="The id that ctekit share told.")],
    folder: Annotated[
        Path | None, typer.Option(parser=read_path, help="Where; a folder named after the id if not told.")
    ] = None,
    store: StoreUrl = "",
) -> None:
    """Make a folder with notebooks for a partnership of the hub that was shared with you."""
    from ctekit import workspace

    home = folder or Path(partnership)
    workspace.join(home, store, partnership)
    say(f"The partnership is ready in {home}. Open it with: {command('ctekit', 'start', home)}")
