"""Clients of a preview: as polite or as rude as a test needs them."""

import json
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPResponse
from typing import cast

SECONDS = 20.0
"""How long anything may take before a test fails."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a server answered."""

    status: int
    """Status code."""
    headers: Message
    """Headers."""
    body: bytes
    """Body."""


def connect(port: int) -> socket.socket:
    """A connection to a preview."""
    return socket.create_connection(("127.0.0.1", port), SECONDS)


def ask(port: int, request: bytes) -> Reply:
    """What a preview answers to a request that is sent byte by byte as it stands."""
    with connect(port) as connection:
        connection.sendall(request)
        return read_reply(connection, request.partition(b" ")[0].decode())


def read_reply(connection: socket.socket, method: str = "GET") -> Reply:
    """The whole reply that comes in on a connection."""
    response = HTTPResponse(connection, method=method)
    response.begin()
    reply = Reply(status=response.status, headers=response.msg, body=response.read())
    response.close()
    return reply


def get(port: int, target: str, *headers: str, method: str = "GET") -> Reply:
    """What a preview answers to a plain request with further headers."""
    lines = [f"{method} {target} HTTP/1.1", f"Host: localhost:{port}", *headers, "", ""]
    return ask(port, "\r\n".join(lines).encode("latin-1"))


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """An update as pages get it."""

    generation: int
    """Number of the build."""
    problems: tuple[tuple[str, str], ...]
    """Severity and text of every problem."""


@contextmanager
def listen(port: int) -> Iterator[Iterator[News]]:
    """The news of a preview, as they come."""
    with connect(port) as connection:
        connection.sendall(f"GET /__sitegen/events HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n".encode())
        response = HTTPResponse(connection)
        response.begin()
        yield _read_news(response)
        response.close()


def _read_news(response: HTTPResponse) -> Iterator[News]:
    deadline = time.monotonic() + SECONDS
    while line := response.readline():
        assert time.monotonic() < deadline, "no news for too long"
        if line.startswith(b"data: "):
            record = json.loads(line.removeprefix(b"data: "))
            problems = tuple((problem["severity"], problem["text"]) for problem in record["problems"])
            yield News(generation=cast("int", record["generation"]), problems=problems)
            deadline = time.monotonic() + SECONDS


def wait_for(news: Iterator[News], condition: Callable[[News], bool]) -> News:
    """The first of the news for which the condition holds."""
    return next(one for one in news if condition(one))
