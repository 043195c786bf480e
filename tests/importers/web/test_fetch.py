"""One request: who may be asked, and how far it may go."""

import gzip
import socket
import threading
from collections.abc import Iterator

import pytest

from sitegen.importers.web.failures import FetchError, PassingError
from sitegen.importers.web.fetch import Fetcher, Limits, Network
from tests.importers.web.servers import Lab, Reply, Served, serve

LIMITS = Limits(size=1000, seconds=20)
PUBLIC = "93.184.216.34"


def redirect(to: str) -> Reply:
    return Reply(status=302, headers=(("Location", to),))


def fetch_from(lab: Lab, address: str, *named: str) -> bytes:
    return Fetcher(named=named, network=lab.network()).get(address, LIMITS).body


def answer(path: str) -> Reply:
    known = {
        "/plain": Reply(body=b"fine"),
        "/to-private": redirect("http://10.0.0.5/plain"),
        "/to-metadata": redirect("http://meta.example/latest/"),
        "/to-port": redirect("http://news.example:6379/"),
        "/to-file": redirect("file:///etc/passwd"),
        "/to-plain": redirect("/plain"),
        "/to-other": redirect("http://other.example/plain"),
        "/to-mine": redirect("http://localhost:8000/plain"),
        "/loop": redirect("/loop"),
        "/long": Reply(body=b"x" * 1001),
        "/bomb": Reply(headers=(("Content-Encoding", "gzip"),), body=gzip.compress(b"0" * 500_000)),
        "/packed": Reply(headers=(("Content-Encoding", "gzip"),), body=gzip.compress(b"unpacked")),
        "/damaged": Reply(headers=(("Content-Encoding", "gzip"),), body=b"no gzip"),
        "/half-packed": Reply(headers=(("Content-Encoding", "gzip"),), body=gzip.compress(b"unpacked")[:-9]),
        "/strange": Reply(headers=(("Content-Encoding", "br"),), body=b"??"),
        "/short": Reply(headers=(("Content-Length", "100"),), body=b"only this"),
        "/chunk": Reply(raw=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nonly"),
        "/noise": Reply(raw=b"SSH-2.0-server\r\n"),
    }
    return known.get(path, Reply(status=404, body=b"nothing"))


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with serve(answer) as server:
        yield server


@pytest.fixture
def lab(served: Served) -> Lab:
    return Lab(
        {
            "news.example": (PUBLIC,),
            "other.example": ("2606:4700::1111",),
            "meta.example": ("169.254.169.254",),
            "mixed.example": ("127.0.0.1", PUBLIC),
            "localhost": ("127.0.0.1",),
        },
        served.port,
    )


def test_the_address_that_was_checked_is_the_one_that_is_asked(lab: Lab) -> None:
    assert fetch_from(lab, "http://news.example/plain") == b"fine"
    assert lab.resolved == ["news.example"]
    assert lab.connected == [f"{PUBLIC}:80"]


def test_of_several_addresses_only_public_ones_are_asked(lab: Lab) -> None:
    fetch_from(lab, "http://mixed.example/plain")
    assert lab.connected == [f"{PUBLIC}:80"]


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/plain",
        "http://localhost/plain",
        "http://meta.example/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://news.example:8080/",
    ],
)
def test_nobody_private_is_asked(lab: Lab, address: str) -> None:
    with pytest.raises(FetchError):
        fetch_from(lab, address)
    assert lab.connected == []


@pytest.mark.parametrize("path", ["/to-private", "/to-metadata", "/to-port", "/to-file", "/to-mine"])
def test_a_redirect_leads_to_nobody_private(lab: Lab, path: str) -> None:
    with pytest.raises(FetchError):
        fetch_from(lab, f"http://news.example{path}", "http://localhost:8000/")
    assert lab.connected == [f"{PUBLIC}:80"]


def test_a_redirect_is_followed_with_all_checks(lab: Lab) -> None:
    assert fetch_from(lab, "http://news.example/to-other") == b"fine"
    assert lab.connected == [f"{PUBLIC}:80", "2606:4700::1111:80"]


def test_redirects_end(lab: Lab) -> None:
    with pytest.raises(FetchError, match="more than 5 times"):
        fetch_from(lab, "http://news.example/loop")
    assert len(lab.connected) == 6


def test_whom_the_user_has_named_may_be_private(lab: Lab) -> None:
    named = "http://localhost:8000/blog/"
    assert fetch_from(lab, "http://localhost:8000/to-plain", named) == b"fine"
    with pytest.raises(FetchError):
        fetch_from(lab, "http://localhost:8001/plain", named)
    with pytest.raises(FetchError):
        fetch_from(lab, "http://localhost:8000/to-private", named)


def test_a_name_that_somebody_owns_may_not_be_private_even_if_it_was_named(lab: Lab) -> None:
    with pytest.raises(FetchError, match="no address of the public Internet"):
        fetch_from(lab, "http://meta.example/", "http://meta.example/")


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/long", "has more than"),
        ("/bomb", "has more than"),
        ("/strange", "packed with `br`"),
        ("/damaged", "damaged"),
        ("/half-packed", "cut short"),
        ("/short", "cut short"),
        ("/chunk", "the connection broke"),
        ("/noise", "the connection broke"),
    ],
)
def test_an_answer_that_is_too_long_or_broken_is_refused(lab: Lab, path: str, message: str) -> None:
    with pytest.raises(FetchError, match=message):
        fetch_from(lab, f"http://news.example{path}")


def test_a_packed_answer_is_unpacked(lab: Lab) -> None:
    assert fetch_from(lab, "http://news.example/packed") == b"unpacked"


def test_a_request_says_who_asks_and_holds_no_credentials(lab: Lab, served: Served) -> None:
    served.headers.clear()
    fetch_from(lab, "http://news.example/plain")
    (sent,) = served.headers
    assert set(sent) == {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}
    assert sent["Host"] == "news.example"


def test_proxies_of_the_environment_are_not_used(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    assert fetch_from(lab, "http://news.example/plain") == b"fine"


def test_an_answer_that_trickles_in_ends_at_the_deadline() -> None:
    """Every byte comes in time by itself; the clock of the test goes on by a second with each look at it."""
    ticks = iter(range(1_000_000))
    ours, theirs = socket.socketpair()
    stop = threading.Event()

    def trickle() -> None:
        try:
            theirs.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            while not stop.is_set():
                theirs.sendall(b"x")
        except OSError:
            pass

    thread = threading.Thread(target=trickle)
    thread.start()
    network = Network(connect=lambda *_: ours, clock=lambda: float(next(ticks)))
    try:
        with pytest.raises(PassingError, match="takes too long"):
            Fetcher(named=["http://127.0.0.1:8/"], network=network).get("http://127.0.0.1:8/", LIMITS)
    finally:
        stop.set()
        theirs.close()
        thread.join()


def test_a_server_without_encryption_behind_https_is_a_failure(lab: Lab) -> None:
    with pytest.raises(PassingError, match="the connection broke"):
        fetch_from(lab, "https://news.example/plain")
