"""One request to the network that cannot be turned against whoever makes it (server-side request forgery).

A name is resolved once, its addresses are checked, and the connection goes to an address that was checked: what the
name means a moment later does not matter. Every redirect is a new request with all checks. Time, size and redirects are
bounded, compressed answers after they are unpacked as well. No cookies, no credentials, no proxy: behind a proxy nobody
could tell which address is connected to.
"""

import http.client
import io
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast
from urllib.parse import urljoin

from sitegen import __version__
from sitegen.importers.web.failures import FetchError, PassingError
from sitegen.importers.web.hosts import (
    IPAddress,
    Origin,
    Target,
    is_local_name,
    is_public,
    is_usual_port,
    read_target,
    resolve_host,
)

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PIECE = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How far one request may go."""

    size: int
    """Most bytes of an answer, unpacked."""
    seconds: float
    """Longest time from the first byte out to the last byte in, with all redirects."""
    redirects: int = 5
    """Most redirects."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back."""

    address: str
    """Where it came from in the end."""
    status: int
    """The status of HTTP."""
    headers: Mapping[str, str]
    """Headers by name in lower case; several of one name joined by commas."""
    body: bytes
    """The content, unpacked."""


def open_connection(address: IPAddress, port: int, seconds: float) -> socket.socket:
    """Return a connection to an address; raises OSError."""
    return socket.create_connection((str(address), port), timeout=seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """The parts of the machine that a request needs."""

    resolve: Callable[[str, int], Sequence[IPAddress]] = resolve_host
    """Returns the addresses of a host."""
    connect: Callable[[IPAddress, int, float], socket.socket] = open_connection
    """Opens a connection to an address and a port, within so many seconds."""
    clock: Callable[[], float] = time.monotonic
    """Seconds that only go up."""


class Fetcher:
    """Fetches addresses, one request at a time."""

    def __init__(self, *, named: Iterable[str] = (), network: Network | None = None) -> None:
        """Allow the public Internet, and the origins of the addresses `named`, which the user has typed."""
        self._named = frozenset(read_target(address).origin for address in named)
        self._network = network or Network()
        self._tls = ssl.create_default_context()

    def get(self, address: str, limits: Limits, *, accept: str = "*/*") -> Answer:
        """Return what is at an address, whatever its status; raises FetchError."""
        deadline = self._network.clock() + limits.seconds
        target = read_target(address)
        first = target.origin
        for _ in range(limits.redirects + 1):
            # Only the named origin itself is trusted, and not somebody else who sends us there.
            is_named = target.origin in self._named and target.origin == first
            answer = self._ask(target, limits, deadline, accept, is_named=is_named)
            if answer.status not in _REDIRECTS or "location" not in answer.headers:
                return answer
            following = read_target(urljoin(target.address, _read_location(answer.headers["location"])))
            if target.origin.scheme == "https" and following.origin.scheme == "http":
                raise FetchError(f"{target.address} redirects to an address without encryption")
            if following.origin != first:
                first = _NOBODY
            target = following
        raise FetchError(f"{address} redirects more than {limits.redirects} times")

    def _ask(self, target: Target, limits: Limits, deadline: float, accept: str, *, is_named: bool) -> Answer:
        try:
            with self._connect(target.origin, deadline, is_named=is_named) as connection:
                line = _Line(connection, deadline, self._network.clock)
                line.sendall(_write_request(target, accept))
                response = http.client.HTTPResponse(cast("socket.socket", line), method="GET")
                try:
                    response.begin()
                    body = _read_body(response, target, limits)
                finally:
                    response.close()
        except FetchError:
            raise
        except ssl.SSLCertVerificationError as failure:
            raise FetchError(
                f"{target.origin.host}: its certificate is not valid: {failure.verify_message}"
            ) from failure
        except TimeoutError as failure:
            raise PassingError(f"{target.address} takes too long") from failure
        except (OSError, http.client.HTTPException, ValueError) as failure:
            raise PassingError(f"{target.address}: the connection broke ({type(failure).__name__})") from failure
        headers: dict[str, str] = {}
        for name, value in response.getheaders():
            known = headers.get(name.lower())
            headers[name.lower()] = value if known is None else f"{known}, {value}"
        return Answer(address=target.address, status=response.status, headers=headers, body=body)

    def _connect(self, origin: Origin, deadline: float, *, is_named: bool) -> socket.socket:
        """Return a connection to an address of `origin` that was checked."""
        if not is_named and not is_usual_port(origin):
            raise FetchError(f"{origin.host_header}: only the ports 80 and 443 are asked")
        found = self._network.resolve(origin.host, origin.port)
        allowed = found if is_named and is_local_name(origin.host) else [item for item in found if is_public(item)]
        if not allowed:
            message = f"{origin.host} is no address of the public Internet"
            raise FetchError(message, "only a server that you name yourself, by number or local name, may be private")
        failure: OSError | None = None
        for address in allowed:
            try:
                plain = self._network.connect(address, origin.port, _left(deadline, self._network.clock))
                break
            except OSError as broken:
                failure = broken
        else:
            raise PassingError(f"{origin.host_header} does not answer", "look whether it is there") from failure
        if origin.scheme == "http":
            return plain
        try:
            plain.settimeout(_left(deadline, self._network.clock))
            return self._tls.wrap_socket(plain, server_hostname=origin.host)
        except BaseException:
            plain.close()
            raise


_NOBODY = Origin(scheme="", host="", port=0)


def _left(deadline: float, clock: Callable[[], float]) -> float:
    """Return how many seconds are left; raises TimeoutError without any."""
    left = deadline - clock()
    if left <= 0:
        raise TimeoutError
    return left


def _read_location(header: str) -> str:
    """Return where a redirect leads; many servers write UTF-8 where the header is read as Latin-1."""
    try:
        return header.encode("latin-1").decode()
    except UnicodeError:
        return header


def _write_request(target: Target, accept: str) -> bytes:
    lines = (
        f"GET {target.path} HTTP/1.1",
        f"Host: {target.origin.host_header}",
        f"User-Agent: sitegen/{__version__}",
        f"Accept: {accept}",
        "Accept-Encoding: gzip",
        "Connection: close",
    )
    return "".join(f"{line}\r\n" for line in (*lines, "")).encode("ascii")


def _read_body(response: http.client.HTTPResponse, target: Target, limits: Limits) -> bytes:
    pieces = bytearray()
    while len(pieces) <= limits.size:
        piece = response.read(min(_PIECE, limits.size + 1 - len(pieces)))
        if not piece:
            break
        pieces += piece
    if response.length and len(pieces) <= limits.size:
        raise PassingError(f"{target.address}: the answer is cut short")
    body = bytes(pieces)
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding in {"gzip", "x-gzip"} and len(body) <= limits.size:
        body = _unpack(body, target, limits.size)
    elif encoding not in {"identity", "", "gzip", "x-gzip"}:
        raise FetchError(f"{target.address} is packed with `{encoding[:20]}`, which nobody asked for")
    if len(body) > limits.size:
        raise FetchError(f"{target.address} has more than {limits.size // 1_000_000} MB")
    return body


def _unpack(packed: bytes, target: Target, size: int) -> bytes:
    """Return at most one byte more than `size`, so that a bomb costs no memory."""
    unpacker = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    try:
        body = unpacker.decompress(packed, size + 1)
    except zlib.error as failure:
        raise PassingError(f"{target.address}: the answer is damaged") from failure
    if not unpacker.eof and len(body) <= size:
        raise PassingError(f"{target.address}: the answer is cut short")
    return body


class _Line:
    """A connection that ends at a deadline, however slowly bytes trickle in."""

    def __init__(self, connection: socket.socket, deadline: float, clock: Callable[[], float]) -> None:
        self._connection = connection
        self._deadline = deadline
        self._clock = clock

    def makefile(self, _mode: str) -> io.BufferedReader:
        """Return what HTTPResponse reads from."""
        return io.BufferedReader(_Reading(self._connection, self._deadline, self._clock), _PIECE)

    def sendall(self, data: bytes) -> None:
        """Send everything."""
        self._connection.settimeout(_left(self._deadline, self._clock))
        self._connection.sendall(data)


class _Reading(io.RawIOBase):
    """The bytes that come in."""

    def __init__(self, connection: socket.socket, deadline: float, clock: Callable[[], float]) -> None:
        super().__init__()
        self._connection = connection
        self._deadline = deadline
        self._clock = clock

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Read what is there; raises TimeoutError at the deadline."""
        self._connection.settimeout(_left(self._deadline, self._clock))
        return self._connection.recv_into(buffer)
