"""Who may ask the preview, how, and for how long."""

import time
from contextlib import suppress

import pytest

from sitegen.serve import handler, reload
from sitegen.serve.preview import Preview
from sitegen.serve.reload import Notice
from sitegen.serve.server import PreviewServer
from tests.serve.clients import ask, connect, get, listen


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "get", "GOT"])
def test_other_methods_are_refused(server: PreviewServer, method: str) -> None:
    reply = get(server.port, "/", "Content-Length: 300000", "Expect: 100-continue", method=method)
    assert (reply.status, reply.headers["Allow"]) == (405, "GET, HEAD")
    assert "Access-Control-Allow-Origin" not in reply.headers


def test_a_body_that_nobody_wants_does_not_tear_up_the_answer(server: PreviewServer) -> None:
    head = f"POST / HTTP/1.1\r\nHost: localhost:{server.port}\r\nContent-Length: 900000\r\n\r\n".encode()
    assert ask(server.port, head + b"x" * 900_000).status == 405


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:{port}", "127.0.0.1", "127.0.0.1:{port}", "[::1]", "[::1]:80"]
)
def test_hosts_that_mean_this_machine(server: PreviewServer, host: str) -> None:
    named = host.format(port=server.port)
    assert ask(server.port, f"GET / HTTP/1.1\r\nHost: {named}\r\n\r\n".encode()).status == 200


@pytest.mark.parametrize(
    "lines",
    [
        "",
        "Host:\r\n",
        "Host: evil.example\r\n",
        "Host: localhost.evil.example\r\n",
        "Host: evil.example:8000\r\n",
        "Host: localhost:8000:80\r\n",
        "Host: localhost@evil.example\r\n",
        "Host: 127.0.0.1.evil.example\r\n",
        "Host: 127.0.0.2\r\n",
        "Host: [::1\r\n",
        "Host: ::1\r\n",
        "Host: localhost\r\nHost: evil.example\r\n",
    ],
)
@pytest.mark.parametrize("target", ["/", "/__sitegen/events", "/__sitegen/reload.js"])
def test_other_hosts_are_refused(server: PreviewServer, lines: str, target: str) -> None:
    reply = ask(server.port, f"GET {target} HTTP/1.1\r\n{lines}\r\n".encode())
    assert (reply.status, reply.body) == (403, b"403 Forbidden\n")


def test_the_stream_is_for_pages_of_the_preview(server: PreviewServer) -> None:
    for origin in ("https://evil.example", "null", "http://localhost:1", f"https://localhost:{server.port}", ""):
        reply = get(server.port, "/__sitegen/events", f"Origin: {origin}", method="HEAD")
        assert (reply.status, "Access-Control-Allow-Origin" in reply.headers) == (403, False)
    own = get(server.port, "/__sitegen/events", f"Origin: http://localhost:{server.port}", method="HEAD")
    assert (own.status, own.headers["Content-Type"]) == (200, "text/event-stream; charset=utf-8")


@pytest.mark.parametrize(
    ("request_head", "status"),
    [
        ("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x" * 70_000 + "\r\n\r\n", 431),
        ("GET / HTTP/1.1\r\nHost: localhost\r\n" + ("X: " + "x" * 1000 + "\r\n") * 80 + "\r\n", 431),
        ("GET / HTTP/1.1\r\nHost: localhost\r\n" + "X: x\r\n" * 200 + "\r\n", 431),
        ("GET /" + "x" * 70_000 + " HTTP/1.1\r\n\r\n", 414),
        ("GET / HTTP/9.9\r\n\r\n", 505),
        ("GET / HTTP/x\r\n\r\n", 400),
        ("nonsense\r\n\r\n", 400),
        ("\x16\x03\x01\x02 TLS hello\r\n\r\n", 400),
    ],
)
def test_heads_that_are_too_large_or_no_heads(server: PreviewServer, request_head: str, status: int) -> None:
    assert ask(server.port, request_head.encode("latin-1")).status == status


def test_news_reach_everybody_who_listens(server: PreviewServer, preview: Preview) -> None:
    first = preview.hub.update.generation
    with listen(server.port) as one, listen(server.port) as other:
        for news in (one, other):
            assert (next(news).generation, preview.hub.update.notices) == (first, ())
        preview.hub.announce((Notice(severity="warning", text="é\n</script>"),), reload=False)
        preview.hub.announce((), reload=True)
        for news in (one, other):
            heard = [*(next(news) for _ in range(1))]
            while heard[-1].generation == first:
                assert heard[-1].problems == (("warning", "é\n</script>"),)
                heard.append(next(news))
            assert (heard[-1].generation, heard[-1].problems) == (first + 1, ())


def test_a_reader_that_is_gone_gives_its_place_back(
    server: PreviewServer, preview: Preview, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reload, "MAX_STREAMS", 1)
    monkeypatch.setattr(reload, "KEEP_ALIVE", 0.02)
    with listen(server.port) as news:
        next(news)
        assert get(server.port, "/__sitegen/events").status == 503
    deadline = time.monotonic() + 20
    while (reply := get(server.port, "/__sitegen/events", method="HEAD")).status == 503:
        assert time.monotonic() < deadline
    assert reply.status == 200


@pytest.mark.parametrize("sent", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: localhost\r\n"])
def test_slow_connections_are_ended(preview: Preview, monkeypatch: pytest.MonkeyPatch, sent: bytes) -> None:
    monkeypatch.setattr(handler, "READ_SECONDS", 0.2)
    with PreviewServer(preview, [0]) as server, connect(server.port) as connection:
        server.start()
        connection.sendall(sent)
        assert connection.recv(1) == b""


def test_a_byte_now_and_then_does_not_keep_a_connection(preview: Preview, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handler, "READ_SECONDS", 0.2)
    with PreviewServer(preview, [0]) as server, connect(server.port) as connection:
        server.start()
        connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX: ")
        connection.settimeout(0.02)
        for _ in range(500):
            with suppress(TimeoutError):
                assert connection.recv(1) == b""
                return
            with suppress(OSError):  # ended between reading and writing
                connection.send(b"x")
    pytest.fail("the connection was kept for ten seconds")
