"""The server: on this machine only, a thread for each connection, and no more of them than it can bear."""

import errno
import resource
import selectors
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from socketserver import BaseServer, TCPServer, ThreadingMixIn
from typing import Self

from sitegen.errors import MachineError
from sitegen.serve.handler import RequestHandler
from sitegen.serve.preview import Preview

MAX_CONNECTIONS = 2048
"""How many connections may be open at a time; 200 slow ones leave room for all others."""

_OTHER_FILES = 512
_PAUSE_SECONDS = 0.05
_ATTEMPTS = 8
_BUSY = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

Request = socket.socket | tuple[bytes, socket.socket]
Handler = Callable[[socket.socket, object, BaseServer], RequestHandler]


class _Listener(ThreadingMixIn, TCPServer):
    """Accepts connections on one address."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True
    request_queue_size = 1024

    def __init__(self, address: tuple[str, int], handler: Handler, slots: threading.Semaphore) -> None:
        self._slots = slots
        super().__init__(address, handler)

    def get_request(self) -> tuple[socket.socket, object]:
        """Accept a connection, and do not spin while there is no file left for it."""
        try:
            return super().get_request()
        except OSError:
            time.sleep(_PAUSE_SECONDS)
            raise

    def process_request(self, request: Request, client_address: object) -> None:
        """Give the connection a thread, or send it away where there are too many."""
        if not self._slots.acquire(blocking=False):
            self._send_away(request)
            return
        try:
            super().process_request(request, client_address)
        except BaseException:
            self._slots.release()
            raise

    def process_request_thread(self, request: Request, client_address: object) -> None:
        """Handle the connection, and let the next one in."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._slots.release()

    def _send_away(self, request: Request) -> None:
        if isinstance(request, socket.socket):
            with suppress(OSError):
                request.send(_BUSY)
        self.shutdown_request(request)

    def handle_error(self, request: Request, client_address: object) -> None:
        """Say nothing of a client that went away."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Listener6(_Listener):
    address_family = socket.AF_INET6


class PreviewServer:
    """Serves a preview at `http://localhost:PORT/` while the body of a `with` runs, from `start` on.

    The port is taken at once, and connections wait, so that the address can be built into pages before any thread runs.
    """

    def __init__(self, preview: Preview, ports: Iterable[int]) -> None:
        """Take the first of `ports` that is free; 0 means any. Raises MachineError where none is."""
        self._preview = preview
        self._listeners = _open_listeners(ports, partial(RequestHandler, preview))
        self._waker, self._alarm = socket.socketpair()
        self._thread = threading.Thread(target=self._accept, name="preview", daemon=True)
        self.port: int = self._listeners[0].server_address[1]
        _raise_file_limit()

    @property
    def url(self) -> str:
        """The address of the preview."""
        return f"http://localhost:{self.port}/"

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def stop(self) -> None:
        """End the streams, give the port back, and leave to itself what is under way."""
        self._preview.hub.close()
        if self._thread.is_alive():
            self._waker.send(b"!")
            self._thread.join()
        for listener in self._listeners:
            listener.server_close()
        self._waker.close()
        self._alarm.close()

    def _accept(self) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._alarm, selectors.EVENT_READ)
            for listener in self._listeners:
                selector.register(listener, selectors.EVENT_READ, listener)
            while True:
                for key, _ in selector.select():
                    if key.fileobj is self._alarm:
                        return
                    key.data.handle_request()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def _raise_file_limit() -> None:
    """Allow as many open files as connections, where the system lets us."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MAX_CONNECTIONS + _OTHER_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def _open_listeners(ports: Iterable[int], handler: Handler) -> list[_Listener]:
    slots = threading.Semaphore(MAX_CONNECTIONS)
    tried: list[int] = []
    for port in ports:
        tried.append(port)
        for _ in range(1 if port else _ATTEMPTS):
            try:
                return _listen(port, handler, slots)
            except OSError as failure:
                if failure.errno != errno.EADDRINUSE:
                    raise MachineError(
                        f"port {port}: {(failure.strerror or str(failure)).lower()}", "choose another with `--port`"
                    ) from failure
    named = f"port {tried[0]} is" if len(tried) == 1 else f"ports {tried[0]} to {tried[-1]} are all"
    raise MachineError(f"{named} in use", "choose another with `--port`; `--port 0` takes any that is free")


def _listen(port: int, handler: Handler, slots: threading.Semaphore) -> list[_Listener]:
    """Listen on both addresses that `localhost` may mean, so that nobody else can answer in our name."""
    first = _Listener(("127.0.0.1", port), handler, slots)
    try:
        second = _Listener6(("::1", first.server_address[1]), handler, slots)
    except OSError as failure:
        if failure.errno == errno.EADDRINUSE:
            first.server_close()
            raise
        return [first]  # a machine without IPv6
    return [first, second]
