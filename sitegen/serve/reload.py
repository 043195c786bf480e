"""What open pages are told: which build they should show, and what is wrong with the site.

Pages listen on one stream of server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html).
"""

import json
import threading
import time
from collections.abc import Generator
from dataclasses import dataclass
from typing import Literal

RETRY_MS = 1000
"""Milliseconds after which a browser that lost the stream asks for it again."""

KEEP_ALIVE = 10.0
"""Seconds of silence after which a comment is sent; a reader that is gone is noticed by it."""

MAX_STREAMS = 1024
"""How many may listen at a time; a browser needs one for all its tabs."""

SCRIPT = "/__sitegen/reload.js"
"""Address of the script in every page of the preview."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A problem as pages show it."""

    severity: Literal["error", "warning"]
    """How much it matters."""
    text: str
    """Place and message in the first line; the line with its caret and the hint below."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """What a page must know."""

    generation: int
    """Number of the build that is shown; greater after every build that changed something."""
    notices: tuple[Notice, ...] = ()
    """What is wrong now."""

    def to_event(self) -> bytes:
        """Return the update as an event of the stream."""
        notices = [{"severity": notice.severity, "text": notice.text} for notice in self.notices]
        return f"data: {json.dumps({'generation': self.generation, 'problems': notices})}\n\n".encode()


class Hub:
    """Holds the newest update and hands it to everybody who listens."""

    def __init__(self) -> None:
        """Begin without problems, with a generation greater than any of a server that ran here before.

        So a page that a former server delivered, and whose stream comes back to this one, reloads.
        """
        self._news = threading.Condition()
        self._update = Update(generation=time.time_ns() // 1_000_000)
        self._streams = 0
        self._closed = False

    @property
    def update(self) -> Update:
        """The newest update."""
        return self._update

    def announce(self, notices: tuple[Notice, ...], *, reload: bool) -> None:
        """Tell all pages what is wrong now; with `reload` they load themselves anew."""
        with self._news:
            self._update = Update(generation=self._update.generation + reload, notices=notices)
            self._news.notify_all()

    def close(self) -> None:
        """End all streams."""
        with self._news:
            self._closed = True
            self._news.notify_all()

    def open_stream(self) -> Generator[bytes, None, None] | None:
        """Return the parts of a new stream; None where too many listen already. Close the iterator when done."""
        with self._news:
            if self._streams >= MAX_STREAMS:
                return None
            self._streams += 1
        stream = self._stream()
        next(stream)
        return stream

    def _stream(self) -> Generator[bytes, None, None]:
        try:
            yield b""  # started here, so that closing the iterator always gives the place back
            yield f"retry: {RETRY_MS}\n\n".encode()
            told: Update | None = None
            while True:
                is_news = self._wait_for_news(told)
                if self._closed:
                    return
                told = self._update
                yield told.to_event() if is_news else b":\n\n"
        finally:
            with self._news:
                self._streams -= 1

    def _wait_for_news(self, told: Update | None) -> bool:
        """Wait until there is another update than `told`, or the end; False where it stays quiet for too long."""
        with self._news:
            return self._news.wait_for(lambda: self._closed or self._update is not told, KEEP_ALIVE)


def inject_script(page: bytes, generation: int) -> bytes:
    """Return an HTML page with the reload script at the end of its body; `generation` is the build it belongs to."""
    tag = f'<script src="{SCRIPT}" data-generation="{generation}" defer></script>'.encode()
    place = page.lower().rfind(b"</body>")
    return page + tag if place < 0 else page[:place] + tag + page[place:]
