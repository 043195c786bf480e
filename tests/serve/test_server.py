"""The preview server on a real socket: who may ask for what, and who cannot stand in whose way."""

import os
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from sitegen.errors import MachineError
from sitegen.serve import handler, reload
from sitegen.serve.preview import Preview
from sitegen.serve.reload import Notice
from sitegen.serve.server import PreviewServer
from tests.serve.clients import Reply, ask, connect, get, listen, read_reply
from tests.sites import write_files

PAGE = "<!doctype html><title>Home</title><body><p>Home</p></body>\n"
FILES: dict[str, str | bytes] = {
    "manifest.sha256": "",
    "index.html": PAGE,
    "404.html": "<!doctype html><title>Lost</title><body>Nothing here</body>",
    "world/index.html": PAGE,
    "world/café/index.html": PAGE,
    "empty/picture.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "rss.xml": "<rss/>",
    "feed.json": "{}",
    "photo.avif": b"\0\0\0\x1cftypavif",
    "photo.webp": b"RIFF",
    "style.css": "p { color: red }",
    "notes.txt": "é",
    "unknown.xyz": b"\xff",
    ".hidden": "secret",
    ".git/config": "secret",
    "world/.draft.html": "secret",
}


@pytest.fixture
def preview(tmp_path: Path) -> Preview:
    """A folder with pages, and a secret beside it."""
    write_files(tmp_path / "site", FILES)
    write_files(tmp_path, {"secret.txt": "secret", "site-secrets/a.txt": "secret"})
    (tmp_path / "site/out.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "site/out").symlink_to(tmp_path / "site-secrets")
    (tmp_path / "site/loop").symlink_to("loop")
    os.mkfifo(tmp_path / "site/pipe")
    return Preview(folder=tmp_path / "site")


@pytest.fixture
def server(preview: Preview) -> Iterator[PreviewServer]:
    """A server that runs."""
    with PreviewServer(preview, [0]) as running:
        running.start()
        yield running


def strip_script(reply: Reply) -> str:
    """The body of a page without what the preview puts into it."""
    before, _, after = reply.body.decode().partition('<script src="/__sitegen/reload.js"')
    return before + after.partition("</script>")[2]


def test_a_page_comes_with_the_reload_script_at_the_end_of_its_body(server: PreviewServer, preview: Preview) -> None:
    reply = get(server.port, "/")
    assert reply.status == 200
    script = f'<script src="/__sitegen/reload.js" data-generation="{preview.hub.update.generation}" defer></script>'
    assert reply.body.decode() == PAGE.replace("</body>", f"{script}</body>")
    assert dict(reply.headers.items()) == {
        "Server": "sitegen",
        "Date": reply.headers["Date"],
        "Content-Type": "text/html; charset=utf-8",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Content-Length": str(len(reply.body)),
        "Connection": "close",
    }


@pytest.mark.parametrize(
    ("target", "media_type"),
    [
        ("/rss.xml", "application/xml; charset=utf-8"),
        ("/feed.json", "application/json"),
        ("/photo.avif", "image/avif"),
        ("/photo.webp", "image/webp"),
        ("/empty/picture.svg", "image/svg+xml"),
        ("/style.css?v=1a2b", "text/css; charset=utf-8"),
        ("/notes.txt", "text/plain; charset=utf-8"),
        ("/unknown.xyz", "application/octet-stream"),
    ],
)
def test_other_files_come_as_they_are(server: PreviewServer, target: str, media_type: str) -> None:
    reply = get(server.port, target)
    content = FILES[target[1:].partition("?")[0]]
    assert (reply.status, reply.headers["Content-Type"]) == (200, media_type)
    assert reply.body == (content.encode() if isinstance(content, str) else content)


@pytest.mark.parametrize(
    ("target", "location"),
    [
        ("/world", "/world/"),
        ("/world?page=2&x=%20", "/world/?page=2&x=%20"),
        ("/world/caf%C3%A9", "/world/caf%C3%A9/"),
        ("/world/caf\xc3\xa9?q=\xe9", "/world/caf%C3%A9/?q=%E9"),
        ("//world", "/world/"),
    ],
)
def test_a_folder_without_its_slash_moves(server: PreviewServer, target: str, location: str) -> None:
    reply = get(server.port, target)
    assert (reply.status, reply.headers["Location"]) == (301, location)
    assert get(server.port, location).status == 200


@pytest.mark.parametrize(
    "target",
    [
        "/missing",
        "/missing/",
        "/empty",
        "/empty/",
        "/notes.txt/",
        "/.hidden",
        "/%2ehidden",
        "/.git/config",
        "/world/.draft.html",
        "/../secret.txt",
        "/world/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/%2E%2E%2Fsecret.txt",
        "/..%2fsecret.txt",
        "/%252e%252e/secret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "/%c0%ae%c0%ae/secret.txt",
        "/%uff0e%uff0e/secret.txt",
        "/world/..;/../secret.txt",
        "/world//index.html",
        "/world%2findex.html",
        "/index.html%00.txt",
        "/notes.txt%0a",
        "/out.txt",
        "/out/a.txt",
        "/out",
        "/out/",
        "/loop",
        "/loop/",
        "/pipe",
        "/%",
        "/%ff",
        "/" + "a" * 300,
        "/" + "a/" * 3000,
        "secret.txt",
        "*",
        "http://localhost/../secret.txt",
        "/__sitegen/",
        "/__sitegen/../handler.py",
        "/__sitegen/client/reload.js",
        "/site-secrets/a.txt",
    ],
)
def test_everything_else_is_not_there(server: PreviewServer, target: str) -> None:
    reply = get(server.port, target)
    assert reply.status == 404
    assert b"secret" not in reply.body


def test_the_page_for_missing_addresses_is_the_site_s_own(server: PreviewServer, preview: Preview) -> None:
    assert strip_script(get(server.port, "/world/missing")) == FILES["404.html"]
    (preview.folder / "404.html").unlink()
    reply = get(server.port, "/world/missing")
    assert (reply.status, reply.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert b"<h1>Not found</h1>" in reply.body
    assert b"/__sitegen/reload.js" in reply.body


@pytest.mark.parametrize("target", ["/", "/world", "/missing", "/style.css", "/__sitegen/events"])
def test_head_is_get_without_a_body(server: PreviewServer, target: str) -> None:
    reply = get(server.port, target, method="HEAD")
    assert reply.body == b""
    if target != "/__sitegen/events":
        plain = get(server.port, target)
        assert (reply.status, reply.headers["Content-Length"]) == (plain.status, plain.headers["Content-Length"])


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


def test_the_scripts_of_the_preview(server: PreviewServer) -> None:
    for name in ("reload.js", "worker.js"):
        reply = get(server.port, f"/__sitegen/{name}?x")
        assert (reply.status, reply.headers["Content-Type"]) == (200, "text/javascript; charset=utf-8")
        assert b"/__sitegen/events" in reply.body


def test_problems_are_a_page_while_there_is_no_build(tmp_path: Path) -> None:
    missed: list[None] = []
    preview = Preview(folder=tmp_path / "site", miss=lambda: missed.append(None))
    preview.hub.announce((Notice(severity="error", text="a.md:1:1: error[yaml]: <script>\n  hint: &"),), reload=True)
    with PreviewServer(preview, [0]) as server:
        server.start()
        reply = get(server.port, "/any/page/")
    assert (reply.status, reply.headers["Content-Type"]) == (500, "text/html; charset=utf-8")
    assert b"<pre>a.md:1:1: error[yaml]: &lt;script&gt;\n  hint: &amp;</pre>" in reply.body
    assert f'data-generation="{preview.hub.update.generation}"'.encode() in reply.body
    assert len(missed) == 1


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


def test_the_end_of_the_server_ends_the_streams(preview: Preview) -> None:
    with PreviewServer(preview, [0]) as server:
        server.start()
        with listen(server.port) as news:
            next(news)
            server.stop()
            assert list(news) == []


def open_slow_connections(port: int, number: int, stack: ExitStack) -> list[socket.socket]:
    """Connections that have sent half a request."""
    connections = [stack.enter_context(connect(port)) for _ in range(number)]
    for connection in connections:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: loc")
    return connections


def test_slow_connections_stand_in_nobody_s_way(server: PreviewServer) -> None:
    with ExitStack() as stack:
        connections = open_slow_connections(server.port, 200, stack)
        started = time.monotonic()
        assert get(server.port, "/").status == 200
        assert time.monotonic() - started < 10
        connections[0].sendall(b"alhost\r\n\r\n")
        assert read_reply(connections[0]).status == 200


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


def test_a_full_server_says_so(preview: Preview, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sitegen.serve.server.MAX_CONNECTIONS", 2)
    with PreviewServer(preview, [0]) as server, ExitStack() as stack:
        server.start()
        first, _ = open_slow_connections(server.port, 2, stack)
        reply = get(server.port, "/")
        assert (reply.status, reply.headers["Retry-After"]) == (503, "1")
        first.sendall(b"alhost\r\n\r\n")
        assert read_reply(first).status == 200
        deadline = time.monotonic() + 20
        while get(server.port, "/").status == 503:
            assert time.monotonic() < deadline


def test_many_clients_at_once(server: PreviewServer) -> None:
    with ThreadPoolExecutor(50) as pool:
        assert {reply.status for reply in pool.map(lambda _: get(server.port, "/"), range(200))} == {200}


@pytest.mark.slow
def test_a_thousand_clients_at_once(server: PreviewServer) -> None:
    with ExitStack() as stack:
        connections = open_slow_connections(server.port, 1000, stack)
        for connection in connections:
            connection.sendall(b"alhost\r\n\r\n")
        assert {read_reply(connection).status for connection in connections} == {200}


def test_pages_that_change_under_way_are_whole(server: PreviewServer, preview: Preview) -> None:
    pages = [f"<p>{letter * 200_000}</p>" for letter in "ab"]
    target = preview.folder / "index.html"

    def swap() -> None:
        for number in range(100):
            (preview.folder / "new").write_text(pages[number % 2])
            (preview.folder / "new").replace(target)

    target.write_text(pages[0])
    with ThreadPoolExecutor(1) as pool:
        swapping = pool.submit(swap)
        while not swapping.done():
            assert strip_script(get(server.port, "/")) in pages


def test_both_addresses_of_this_machine_answer(server: PreviewServer) -> None:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        pytest.skip("this machine has no IPv6")
    with socket.create_connection(("::1", server.port), 5) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: [::1]\r\n\r\n")
        assert read_reply(connection).status == 200


def test_the_next_port_is_taken_where_one_is_in_use(preview: Preview, tmp_path: Path) -> None:
    with PreviewServer(preview, [0]) as first:
        with PreviewServer(Preview(folder=tmp_path), [first.port, 0]) as second:
            assert second.port != first.port
            assert second.url == f"http://localhost:{second.port}/"
        with pytest.raises(MachineError, match=f"port {first.port} is in use") as caught:
            PreviewServer(Preview(folder=tmp_path), [first.port])
        assert caught.value.hint == "choose another with `--port`; `--port 0` takes any that is free"
        with pytest.raises(MachineError, match=f"ports {first.port} to {first.port} are all in use"):
            PreviewServer(Preview(folder=tmp_path), [first.port, first.port])


def test_a_server_that_listens_is_not_reached_from_elsewhere(server: PreviewServer) -> None:
    addresses = {listener.server_address[0] for listener in server._listeners}
    assert addresses <= {"127.0.0.1", "::1"}


def test_stopping_is_quick_and_gives_the_port_back(preview: Preview) -> None:
    with PreviewServer(preview, [0]) as server, ExitStack() as stack:
        server.start()
        open_slow_connections(server.port, 10, stack)
        started = time.monotonic()
        server.stop()
        assert time.monotonic() - started < 10
        with PreviewServer(preview, [server.port]) as again:
            assert again.port == server.port
