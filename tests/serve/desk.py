"""Whoever sits before a preview: serves a site in this process, edits it and looks at its pages."""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from urllib.parse import urlsplit

from sitegen.app.serve import Outcome, ServeRequest, serve_site
from tests.serve.clients import SECONDS, get, listen
from tests.sites import Silence, write_files


class EnoughError(Exception):
    """The test is over."""


class Desk:
    """Whoever sits before a preview and edits its site."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.outcomes: Queue[Outcome] = Queue()
        self.urls: Queue[str] = Queue()
        self.is_over = False
        self.port = 0

    def open(self, url: str) -> None:
        self.urls.put(url)

    def show(self, outcome: Outcome) -> None:
        if self.is_over:
            raise EnoughError
        self.outcomes.put(outcome)

    def say(self, text: str) -> None:
        raise AssertionError(text)

    def write(self, path: str, text: str) -> None:
        """Save a file of the site."""
        write_files(self.root, {path: text})

    def wait_for(self, condition: Callable[[Outcome], bool]) -> Outcome:
        """Return the first build, from now on, for which the condition holds."""
        while not condition(outcome := self.outcomes.get(timeout=SECONDS)):
            pass
        return outcome

    def wait_for_writing(self) -> Outcome:
        """Return the first build that wrote anything."""
        return self.wait_for(lambda outcome: outcome.report.written + outcome.report.removed > 0)

    def read(self, target: str) -> str:
        """The text of a page, without what the preview puts into it; with the status where it is not 200."""
        reply = get(self.port, target)
        text = re.sub(r'<script src="/__sitegen/.*?</script>', "", reply.body.decode())
        return text if reply.status == 200 else f"{reply.status} {text}"

    def notices(self) -> list[str]:
        """The problems that pages show now."""
        with listen(self.port) as news:
            return [text for _, text in next(news).problems]


@contextmanager
def serve(root: Path) -> Iterator[Desk]:
    """Serve the preview of a site, and go on when it has been built and is being watched."""
    desk = Desk(root)
    ended: Queue[BaseException] = Queue()

    def run() -> None:
        try:
            serve_site(ServeRequest(folder=root, config=None, ports=[0]), desk, Silence())
        except BaseException as end:  # noqa: BLE001 -- the main thread looks at it
            ended.put(end)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        desk.port = urlsplit(desk.urls.get(timeout=SECONDS)).port or 0
        for _ in range(2):
            desk.outcomes.get(timeout=SECONDS)
        yield desk
    finally:
        desk.is_over = True
        desk.write("content/world/over.md", "")
        thread.join(SECONDS)
    assert isinstance(ended.get_nowait(), EnoughError)
