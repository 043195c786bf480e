"""What the preview answers: a status, a few headers and bytes."""

import os
from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from sitegen.serve.files import HTML, TEXT, Found, Moved, find_file, media_type_of
from sitegen.serve.pages import write_not_found_page, write_problem_page
from sitegen.serve.preview import Preview
from sitegen.serve.reload import inject_script

OWN = "/__sitegen/"
"""Where the preview's own files are; no page of a site has such an address."""

EVENTS = f"{OWN}events"
"""Address of the stream."""

_CLIENT = Path(__file__).with_name("client")
_CLIENT_FILES = {f"{OWN}{name}": _CLIENT / name for name in ("reload.js", "worker.js")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A whole answer but for the headers that all have."""

    status: HTTPStatus
    """Status code."""
    media_type: str
    """Media type of the body."""
    body: BinaryIO
    """The body, to be closed by whoever sends it."""
    length: int
    """Length of the body in bytes."""
    headers: tuple[tuple[str, str], ...] = ()
    """Further headers."""


def answer_get(target: str, preview: Preview) -> Answer:
    """Return the answer to `GET target`, whose sender may see everything that the preview shows."""
    path = target.partition("?")[0]
    if path.startswith(OWN):
        client = _CLIENT_FILES.get(path)
        return _answer_file(client, HTTPStatus.OK) if client else answer_plainly(HTTPStatus.NOT_FOUND)
    # Read before the page: a build that ends in between costs one reload too many, and not one too few.
    generation = preview.hub.update.generation
    if not preview.is_built():
        preview.miss()
        page = write_problem_page(preview.hub.update.notices, generation)
        return _answer_page(page, HTTPStatus.INTERNAL_SERVER_ERROR)
    found = find_file(preview.folder, target)
    if isinstance(found, Moved):
        return answer_plainly(HTTPStatus.MOVED_PERMANENTLY, (("Location", found.location),))
    if found:
        try:
            return _answer_found(found, generation, HTTPStatus.OK)
        except OSError:
            pass  # it was deleted a moment ago
    return _answer_missing(preview, generation)


def answer_plainly(status: HTTPStatus, headers: tuple[tuple[str, str], ...] = ()) -> Answer:
    """Return an answer that says no more than its status."""
    body = f"{status.value} {status.phrase}\n".encode()
    return Answer(status=status, media_type=TEXT, body=BytesIO(body), length=len(body), headers=headers)


def _answer_missing(preview: Preview, generation: int) -> Answer:
    """Return the site's own page for addresses that do not exist, or a plain one."""
    page = find_file(preview.folder, "/404.html")
    if isinstance(page, Found):
        try:
            return _answer_found(page, generation, HTTPStatus.NOT_FOUND)
        except OSError:
            pass  # it was deleted a moment ago
    return _answer_page(write_not_found_page(generation), HTTPStatus.NOT_FOUND)


def _answer_found(found: Found, generation: int, status: HTTPStatus) -> Answer:
    if found.media_type != HTML:
        return _answer_file(found.path, status)
    return _answer_page(inject_script(found.path.read_bytes(), generation), status)


def _answer_page(page: bytes, status: HTTPStatus) -> Answer:
    return Answer(status=status, media_type=HTML, body=BytesIO(page), length=len(page))


def _answer_file(path: Path, status: HTTPStatus) -> Answer:
    body = path.open("rb")
    length = os.fstat(body.fileno()).st_size
    return Answer(status=status, media_type=media_type_of(path.name), body=body, length=length)
