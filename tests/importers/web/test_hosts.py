"""Which addresses are public, and which parts of an address are safe in a request."""

import ipaddress

import pytest

from sitegen.importers.web.failures import FetchError
from sitegen.importers.web.hosts import is_local_name, is_public, read_target

PRIVATE = """
0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.100.100.200 127.0.0.1 127.255.0.9 169.254.169.254 172.16.0.1 172.31.255.255
192.0.0.8 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.51.100.7 203.0.113.7 224.0.0.1 240.0.0.1 255.255.255.255
168.63.129.16
:: ::1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::8.8.8.8 64:ff9b::7f00:1 64:ff9b::808:808 64:ff9b:1::1 100::1 fe80::1 fec0::1
fc00::1 fd00:ec2::254 ff02::1 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:db8::1 2002:7f00:1::1 3fff::1 5f00::1
4000::1
"""
PUBLIC = (
    "1.1.1.1 8.8.8.8 93.184.216.34 172.15.255.255 172.32.0.1 100.63.0.1 100.128.0.1 2606:4700::1111 2a00:1450:4001::1"
)


@pytest.mark.parametrize("address", PRIVATE.split())
def test_an_address_that_is_not_public_is_told_apart(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", PUBLIC.split())
def test_a_public_address_is_let_through(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://News.Example", "https://news.example/"),
        ("http://news.example:80/a?b=c#d", "http://news.example/a?b=c"),
        ("http://news.example:8080/", "http://news.example:8080/"),
        ("https://bücher.example/straße/ä b.jpg", "https://xn--bcher-kva.example/stra%C3%9Fe/%C3%A4%20b.jpg"),
        ("https://news.example/a%20b.jpg", "https://news.example/a%20b.jpg"),
        ("http://[2606:4700::1111]:81/", "http://[2606:4700::1111]:81/"),
        ("https://news.example/?q=ü", "https://news.example/?q=%C3%BC"),
    ],
)
def test_an_address_is_written_as_a_request_needs_it(written: str, address: str) -> None:
    assert read_target(written).address == address


@pytest.mark.parametrize(
    "address",
    [
        "ftp://news.example/",
        "file:///etc/passwd",
        "//news.example/",
        "/uploads/a.jpg",
        "javascript:alert(1)",
        "http://",
        "http://user@news.example/",
        "http://user:secret@news.example/",
        "http://news.example\\@evil.example/",
        "http://news.example/a\r\nX-Evil: 1",
        "http://news.example:99999/",
        "http://news.example:abc/",
        "http://news example/",
        "http://news..example/",
        "http://[::1/",
        "http://[nonsense]/",
        "http://" + "a" * 300 + "ü.example/",
    ],
)
def test_what_is_no_address_of_the_web_is_refused(address: str) -> None:
    with pytest.raises(FetchError):
        read_target(address)


def test_a_password_in_an_address_is_not_repeated() -> None:
    with pytest.raises(FetchError) as failure:
        read_target("http://user:secret@news.example/")
    assert "secret" not in str(failure.value)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1", "wiki", "wiki.internal", "nas.local", "a.home.arpa"])
def test_a_local_name_belongs_to_whoever_types_it(host: str) -> None:
    assert is_local_name(host)


@pytest.mark.parametrize("host", ["news.example", "127.0.0.1.nip.example", "localhost.evil.example"])
def test_a_name_that_can_be_registered_is_not_local(host: str) -> None:
    assert not is_local_name(host)
