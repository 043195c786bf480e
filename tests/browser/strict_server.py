"""A server of finished pages under the strict policy that broadsheet promises to work with."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from sitegen.plan.server_files import CONTENT_POLICY


class Handler(SimpleHTTPRequestHandler):
    """Serves the output below the path of its `base_url`, under the strict policy."""

    def translate_path(self, path: str) -> str:
        """Return the file behind a path."""
        return super().translate_path(path.removeprefix("/news"))

    def end_headers(self) -> None:
        """Add the policy."""
        self.send_header("Content-Security-Policy", CONTENT_POLICY)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """A server that does not mind when a browser leaves early."""

    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serve(output: Path) -> Iterator[str]:
    """Serve `output` while the block runs; give its address."""
    server = Server(("127.0.0.1", 0), partial(Handler, directory=str(output)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
