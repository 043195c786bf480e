"""One request to the preview: who may ask, what for, and for how long.

Every connection carries one request, so that none is idle for long. Pages in a browser can send requests to this
machine, whatever site they come from: `Host` and `Origin` tell those from the reader's own.
"""

import io
import re
import shutil
import socket
import time
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from socketserver import BaseServer
from typing import TYPE_CHECKING

from sitegen.serve.answers import EVENTS, Answer, answer_get, answer_plainly
from sitegen.serve.preview import Preview

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAX_HEAD = 64 * 1024
"""How many bytes a request line and its headers may have together."""

READ_SECONDS = 10.0
"""How long a client may take to send them."""

WRITE_SECONDS = 30.0
"""How long a client may take to receive a block of the answer."""

_HOST = re.compile(r"(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?", re.IGNORECASE)
_METHODS = ("GET", "HEAD")


class _TooLargeError(Exception):
    """The head of the request is too large."""


class _HeadReader(io.RawIOBase):
    """Reads the head of a request from a connection: only so much, and only so long."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._deadline = time.monotonic() + READ_SECONDS
        self._left = MAX_HEAD

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        if self._left <= 0:
            raise _TooLargeError
        rest = self._deadline - time.monotonic()
        if rest <= 0:
            raise TimeoutError
        self._connection.settimeout(rest)
        count = self._connection.recv_into(buffer, min(self._left, memoryview(buffer).nbytes))
        self._left -= count
        return count


class RequestHandler(BaseHTTPRequestHandler):
    """Answers the request of one connection."""

    protocol_version = "HTTP/1.1"
    default_request_version = "HTTP/1.1"

    def __init__(self, preview: Preview, request: socket.socket, client_address: object, server: BaseServer) -> None:
        """Answer from `preview`."""
        self._preview = preview
        super().__init__(request, client_address, server)

    def setup(self) -> None:
        """Bound what is read."""
        super().setup()
        self.rfile.close()
        self.rfile = io.BufferedReader(_HeadReader(self.connection))
        # Set for answers to what is not even a request line.
        self.command, self.requestline, self.request_version = "", "", self.protocol_version

    def handle(self) -> None:
        """Handle the one request."""
        try:
            self.handle_one_request()
        except _TooLargeError:
            too_large = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
            self._refuse(too_large if self.command else HTTPStatus.REQUEST_URI_TOO_LONG)

    def parse_request(self) -> bool:
        """Read the head; whoever may not ask, or not like this, is told so."""
        if not super().parse_request():
            return False
        if not self._is_host_ours():
            self._refuse(HTTPStatus.FORBIDDEN)
        elif self.command not in _METHODS:
            self._refuse(HTTPStatus.METHOD_NOT_ALLOWED, (("Allow", ", ".join(_METHODS)),))
        else:
            return True
        return False

    def handle_expect_100(self) -> bool:
        """Promise nothing: no request that is accepted here has a body."""
        return True

    def do_GET(self) -> None:
        """Send a page, a file or the stream of news."""
        if self.path.partition("?")[0] == EVENTS:
            self._send_events()
        else:
            self._send(answer_get(self.path, self._preview))

    do_HEAD = do_GET  # noqa: N815 -- the name that http.server looks for

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer what http.server itself refuses."""
        del message, explain
        self._refuse(HTTPStatus(code))

    def log_message(self, *_: object) -> None:
        """Say nothing: the terminal is for builds."""

    def version_string(self) -> str:
        """Return what the `Server` header says."""
        return "sitegen"

    def _is_host_ours(self) -> bool:
        """Whether the request was meant for this machine: a foreign name may have been bent to its address."""
        hosts = self.headers.get_all("Host", [])
        return len(hosts) == 1 and _HOST.fullmatch(hosts[0].strip()) is not None

    def _is_origin_ours(self) -> bool:
        origins = self.headers.get_all("Origin", [])
        return not origins or origins == [f"http://{self.headers['Host'].strip()}"]

    def _refuse(self, status: HTTPStatus, headers: tuple[tuple[str, str], ...] = ()) -> None:
        self._send(answer_plainly(status, headers))

    def _send(self, answer: Answer) -> None:
        with answer.body:
            self._send_head(answer.status, answer.media_type, (*answer.headers, ("Content-Length", str(answer.length))))
            if self.command != "HEAD":
                shutil.copyfileobj(answer.body, self.wfile)

    def _send_head(self, status: HTTPStatus, media_type: str, headers: tuple[tuple[str, str], ...] = ()) -> None:
        self.connection.settimeout(WRITE_SECONDS)
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        # No page of another site may embed what is not published yet.
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Connection", "close")
        self.end_headers()

    def _send_events(self) -> None:
        if not self._is_origin_ours():
            self._refuse(HTTPStatus.FORBIDDEN)
            return
        stream = self._preview.hub.open_stream()
        if stream is None:
            self._refuse(HTTPStatus.SERVICE_UNAVAILABLE, (("Retry-After", "1"),))
            return
        try:
            self._send_head(HTTPStatus.OK, "text/event-stream; charset=utf-8")
            if self.command != "HEAD":
                for part in stream:
                    self.wfile.write(part)
        finally:
            stream.close()
