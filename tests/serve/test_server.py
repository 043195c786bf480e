"""The server bears many and slow clients, takes a port and gives it back."""

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from sitegen.errors import MachineError
from sitegen.serve.preview import Preview
from sitegen.serve.server import PreviewServer
from tests.serve.clients import connect, get, listen, read_reply


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
