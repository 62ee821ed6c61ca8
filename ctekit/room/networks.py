"""The networks that this computer is in, the one that a room is opened to, and where it listens."""

from __future__ import annotations

import contextlib
import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from ctekit.model.errors import CtekitError


@dataclass(frozen=True)
class Network:
    """One network: this computer's address in it, and the name of the way there (``"wlan0"``, ``"Wi-Fi"``)."""

    address: str
    name: str

    def __str__(self) -> str:
        return f"{self.address} ({self.name})"


@dataclass(frozen=True)
class ListeningSocket:
    """Where a room listens.

    Attributes
    ----------
    address : str
        What people type, such as ``"http://192.168.1.5:8100/"``.
    link : str
        What the QR code carries.
    code : str
        The join code.
    port : int
    shared : bool
    """

    address: str
    link: str
    code: str
    port: int
    shared: bool

    @property
    def root(self) -> str:
        """What the path of each page begins with: ``"/K7QF2M"`` on a hub, where many rooms have one host; else ""."""
        return urlsplit(self.address).path.rstrip("/")

    @property
    def encrypted(self) -> bool:
        """Whether browsers reach it over TLS."""
        return self.address.startswith("https:")


def networks() -> list[Network]:
    """The networks phones may be in too, the likeliest first. Nothing is sent to find out.

    Tunnels (VPN) and addresses that nobody gave out come last: a phone in the room is hardly ever there.
    """
    import psutil

    routed, up = _routed(), psutil.net_if_stats()
    ranked: list[tuple[tuple[bool, bool, bool], Network]] = []
    for name, addresses in psutil.net_if_addrs().items():
        if name not in up or not up[name].isup:
            continue
        tunnel = "pointopoint" in up[name].flags
        for address in addresses:
            if address.family == socket.AF_INET and not ipaddress.ip_address(address.address).is_loopback:
                unassigned = ipaddress.ip_address(address.address).is_link_local
                rank = (unassigned, tunnel, address.address != routed)
                ranked.append((rank, Network(address.address, name)))
    return [network for _, network in sorted(ranked, key=lambda pair: pair[0])]


def choose(address: str = "") -> Network:
    """The network of this address; the likeliest if none is given.

    Raises
    ------
    CtekitError
        This computer is in no network, or has no such address.
    """
    there = networks()
    if not there:
        raise CtekitError(
            "This computer is in no network, so no phone could reach the room. Join a network, or switch on the "
            "computer's own hotspot; or open the room on this computer alone."
        )
    if not address:
        return there[0]
    for network in there:
        if network.address == address.strip():
            return network
    raise CtekitError(f"This computer has no address “{address}”. Choose one of these: {', '.join(map(str, there))}.")


def host_names() -> list[str]:
    """What phones may call this computer besides its address."""
    name = socket.gethostname()
    return [name, f"{name.partition('.')[0]}.local"] if name else []


def _routed() -> str:
    """The address from which this computer would reach the internet; "" where no way leads out."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as trial, contextlib.suppress(OSError):
        trial.connect(("10.255.255.255", 9))  # a datagram socket only looks up the way
        return str(trial.getsockname()[0])
    return ""
