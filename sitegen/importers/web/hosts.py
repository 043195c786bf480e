"""Where a request may go: addresses of the public Internet, and the origin that the user has typed."""

import ipaddress
import re
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from sitegen.importers.web.failures import FetchError, PassingError

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*\.?")
_BREAKING = re.compile(r"[\x00-\x1f\x7f\\]")
_PATH = "/:@!$&'()*+,;=%~-._"
_LOCAL_ENDINGS = frozenset({"localhost", "local", "internal", "intranet", "lan", "home", "corp", "test", "arpa"})
"""Last parts of names that nobody can register (RFC 2606, 6762, 8375; ICANN's reserved ones)."""

_WITHIN = tuple(
    ipaddress.ip_network(block)
    for block in (
        # IANA IPv4 Special-Purpose Address Registry, with multicast and reserved space.
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24"),
        *("203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        # Looks public, and is a cloud's own service for its virtual machines.
        "168.63.129.16/32",
        # IANA IPv6 Special-Purpose Address Registry, as far as it lies within the global unicast space: protocol
        # assignments with Teredo and ORCHID, documentation, 6to4.
        *("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"),
    )
)
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
"""All of IPv6 that is given out for the public Internet. Loopback, link-local, unique local, multicast, IPv4-mapped and
NAT64 addresses lie elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Whom a request is addressed to."""

    scheme: str
    """`http` or `https`."""
    host: str
    """The name in ASCII and lower case, or the number; IPv6 without brackets."""
    port: int
    """The port."""

    @property
    def host_header(self) -> str:
        """What stands in the header `Host`."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An address, taken apart so that every part of it is safe in a request."""

    origin: Origin
    """Whom it is addressed to."""
    path: str
    """Path and query, percent-encoded."""

    @property
    def address(self) -> str:
        """The address as a whole."""
        return f"{self.origin.scheme}://{self.origin.host_header}{self.path}"


def read_target(address: str) -> Target:
    """Return the parts of an address; raises FetchError where it is none that may be fetched."""
    address = address.strip()
    if _BREAKING.search(address):
        raise FetchError(f"{address!r} is no address")
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise FetchError(f"{address} is no address") from None
    scheme = parts.scheme.lower()
    if scheme not in _PORTS or not parts.hostname:
        raise FetchError(f"{address} is no address with http or https")
    if parts.username is not None or parts.password is not None:
        raise FetchError(f"{parts.hostname}: an address with a name or a password in it is not fetched")
    query = f"?{quote(parts.query, safe=_PATH + '?')}" if parts.query else ""
    origin = Origin(scheme=scheme, host=_read_host(parts.hostname), port=_PORTS[scheme] if port is None else port)
    return Target(origin=origin, path=(quote(parts.path, safe=_PATH) or "/") + query)


def _read_host(name: str) -> str:
    """Return a host in ASCII; raises FetchError."""
    if ":" in name:
        try:
            return str(ipaddress.IPv6Address(name))
        except ValueError:
            raise FetchError(f"`{name}` is no host") from None
    try:
        host = name.encode("idna").decode().lower() if not name.isascii() else name.lower()
    except UnicodeError:
        raise FetchError(f"`{name}` is no host") from None
    if not _HOST.fullmatch(host):
        raise FetchError(f"`{name}` is no host")
    return host


def is_local_name(host: str) -> bool:
    """Whether nobody elsewhere can have this name: a number, a name without a dot, `wiki.internal`.

    Whoever types such a name means a machine of his own. A name of the public DNS says nothing of the kind: its owner
    can make it lead to any machine of whoever asks.
    """
    try:
        ipaddress.ip_address(host)
    except ValueError:
        parts = host.rstrip(".").split(".")
        return len(parts) == 1 or parts[-1] in _LOCAL_ENDINGS
    return True


def is_usual_port(origin: Origin) -> bool:
    """Whether a web server is to be expected there: other ports speak other protocols, or to other people."""
    return origin.port in _PORTS.values()


def is_public(address: IPAddress) -> bool:
    """Whether an address belongs to the public Internet."""
    if isinstance(address, ipaddress.IPv6Address) and address not in _GLOBAL_UNICAST:
        return False
    return not any(address in block for block in _WITHIN if block.version == address.version)


def resolve_host(host: str, port: int) -> Sequence[IPAddress]:
    """Return the addresses of a host; raises FetchError, or PassingError where nobody could be asked."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as failure:
        kind = PassingError if failure.errno == socket.EAI_AGAIN else FetchError
        raise kind(f"{host}: there is no such host, or nobody knows it from here") from failure
    except (OSError, UnicodeError) as failure:
        raise FetchError(f"{host}: {failure}") from failure
    return tuple(dict.fromkeys(ipaddress.ip_address(str(where[0])) for _, _, _, _, where in found))
