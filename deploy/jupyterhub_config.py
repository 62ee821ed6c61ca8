"""JupyterHub for ctekit: each user's server gets an address of PostgreSQL of its own, which runs out.

It keeps to what JupyterHub 5 and 6 have in common. `CTEKIT_HUB_STORE` in the environment of the hub is the address of
the database with the role that owns it; users never see that. Put your authenticator and spawner behind it.
"""

from __future__ import annotations

import asyncio
import os
from typing import Any

from sqlalchemy import make_url

from ctekit.store.pointer import AGENCY_VARIABLE, VARIABLE
from ctekit.store.postgres import roles

c: Any = get_config()  # noqa: F821 (JupyterHub gives it)

# Where phones find the rooms of `ctekit hub-rooms`; without it a room opens for its facilitator's own computer alone.
ROOMS = {name: os.environ[name] for name in ("CTEKIT_ROOMS",) if name in os.environ}

# The region's own time zone, such as America/Chicago, which rooms keep too: by it days begin and end.
TIME_ZONE = {name: os.environ[name] for name in ("TZ",) if name in os.environ}

# The group of JupyterHub whose users are of the state agency: they read what was submitted, and no partnership.
AGENCY = "state-agency"

OWNER = make_url(os.environ["CTEKIT_HUB_STORE"])


async def give_address(spawner: Any) -> None:
    """Before a server starts: a fresh password for its user, in the environment of that server alone."""
    is_agency = AGENCY in {group.name for group in spawner.user.groups}
    more = {"group": roles.AGENCY} if is_agency else {}
    url = await asyncio.to_thread(roles.mint, OWNER, spawner.user.name, **more)
    address = {AGENCY_VARIABLE if is_agency else VARIABLE: url.render_as_string(hide_password=False)}
    spawner.environment = {**spawner.environment, **address, **ROOMS, **TIME_ZONE}


async def take_address(spawner: Any) -> None:
    """After it has stopped: the password is worth nothing any more."""
    await asyncio.to_thread(roles.retire, OWNER, spawner.user.name)


c.Spawner.pre_spawn_hook = give_address
c.Spawner.post_stop_hook = take_address

# One server a user: a second one would take the first one's password away.
c.JupyterHub.allow_named_servers = False

# Kernels of one machine do not listen where other users of it could speak to them.
c.Spawner.args = ["--KernelManager.transport=ipc"]
c.Spawner.default_url = "/lab"
c.Spawner.mem_guarantee = "512M"
c.Spawner.mem_limit = "1G"
c.Spawner.start_timeout = 120
c.Spawner.http_timeout = 60

# Above the limit people see a page that asks them to wait. Ten at once are a workshop that begins.
c.JupyterHub.concurrent_spawn_limit = 10
