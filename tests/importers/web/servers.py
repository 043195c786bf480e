"""Servers on the loopback that answer as they are told to, and a network that leads to them."""

import ipaddress
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from sitegen.importers.web.fetch import Network, open_connection
from sitegen.importers.web.hosts import IPAddress


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a server says."""

    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    raw: bytes | None = None
    """Everything as it goes over the line, instead of the rest."""


@dataclass(slots=True)
class Served:
    """A server at work."""

    port: int
    asked: list[str] = field(default_factory=list)
    """Paths in the order in which they were asked."""
    headers: list[dict[str, str]] = field(default_factory=list)
    """Headers of the requests."""

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def serve(answer: Callable[[str], Reply]) -> Iterator[Served]:
    """Answer every path with `answer`, as long as the `with` lasts."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.asked.append(self.path)
            served.headers.append(dict(self.headers.items()))
            reply = answer(self.path)
            if reply.raw is not None:
                self.wfile.write(reply.raw)
                return
            self.send_response(reply.status)
            lengths = [value for name, value in reply.headers if name == "Content-Length"]
            for name, value in reply.headers:
                self.send_header(name, value)
            if not lengths:
                self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the name is the library's
            """Print nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        served = Served(server.server_port)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield served
        finally:
            server.shutdown()
            thread.join()


@dataclass(slots=True)
class Lab:
    """A network in which names mean what a test says, and every connection goes to a server on the loopback."""

    names: dict[str, tuple[str, ...]]
    """Addresses by name."""
    port: int
    """The port of the server."""
    connected: list[str] = field(default_factory=list)
    """Addresses that a connection was opened to."""
    resolved: list[str] = field(default_factory=list)
    """Names that were looked up."""

    def network(self) -> Network:
        return Network(resolve=self._resolve, connect=self._connect)

    def _resolve(self, host: str, _port: int) -> Sequence[IPAddress]:
        self.resolved.append(host)
        return tuple(ipaddress.ip_address(item) for item in self.names.get(host, (host,)))

    def _connect(self, address: IPAddress, port: int, seconds: float) -> socket.socket:
        self.connected.append(f"{address}:{port}")
        return open_connection(ipaddress.ip_address("127.0.0.1"), self.port, seconds)
