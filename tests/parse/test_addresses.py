"""Addresses in front matter cannot lead out of the site, whatever is written."""

import re
from collections.abc import Callable

import pytest
from pydantic_core import PydanticCustomError

from sitegen.parse.addresses import (
    is_mail_address,
    read_absolute,
    read_image_address,
    read_neighbour_address,
    read_neighbour_name,
    read_old_address,
    read_redirect_target,
    read_site_address,
    read_snapshot_path,
    read_template_name,
)


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("/bridge/", "/bridge/"),
        ("/2014/05/x.html", "/2014/05/x.html"),
        ("/caf%C3%A9/", "/café/"),
        ("/100%25/", "/100%/"),
        ("/日本/", "/日本/"),
        ("/", "/"),
    ],
)
def test_addresses_on_this_site(written: str, address: str) -> None:
    assert read_site_address(written) == address


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("bridge/", "must start with `/`"),
        ("https://other.example/bridge/", "must start with `/`"),
        ("javascript:alert(1)", "must start with `/`"),
        ("\\\\evil", "must start with `/`"),
        ("//evil.example/", "must not contain `//`"),
        ("/a//b", "must not contain `//`"),
        ("/\\evil", "must not contain a backslash"),
        ("/a/../b", "must not contain `.`, `..` or their encoded forms as a part"),
        ("/..", "must not contain `.`, `..` or their encoded forms as a part"),
        ("/a/./b", "must not contain `.`, `..` or their encoded forms as a part"),
        ("/%2e%2e/b", "must not contain `.`, `..` or their encoded forms as a part"),
        ("/%2E./b", "must not contain `.`, `..` or their encoded forms as a part"),
        ("/%252e%252e/b", "must not contain `.`, `..` or their encoded forms as a part"),
        ("/a%2fb", "must not contain `.`, `..` or their encoded forms as a part"),
        ("/a%5cb", "must not contain `.`, `..` or their encoded forms as a part"),
        ("/a%00b", "must not contain `.`, `..` or their encoded forms as a part"),
        ("/a\0b", "contains a control character (U+0000)"),
        ("/a\nb", "contains a control character"),
        ("/a?b=c", "must not have a query or a fragment"),
        ("/a#b", "must not have a query or a fragment"),
        ("/%ff", "is percent-encoded, but not as UTF-8"),
        ("/:year/:title/", "is a pattern, not an address"),
        ("/{year}/", "is a pattern, not an address"),
        ("/" + "a" * 201, "a part of the address is longer than 200 bytes"),
    ],
)
def test_other_addresses_are_refused(written: str, message: str) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        read_site_address(written)
    assert str(caught.value) == message
    assert (caught.value.context or {})["hint"]


@pytest.mark.parametrize(
    ("read", "written"),
    [
        (read_absolute, "https://news.example/a?b#c"),
        (read_absolute, "http://news.example"),
        (read_neighbour_name, "https://news.example/a"),
        (read_neighbour_name, "world/other.md"),
        (read_neighbour_name, "Macron: no, says Paris & Co"),
        (read_neighbour_address, "/world/other/"),
        (read_neighbour_address, "world/other.md"),
        (read_image_address, "bridge.jpg"),
        (read_image_address, "/uploads/bridge.jpg"),
        (read_image_address, "https://news.example/bridge.jpg"),
        (read_template_name, "special.html"),
        (read_template_name, "stories/long.html"),
        (read_snapshot_path, "archive/bridge.json"),
    ],
)
def test_sound_addresses_stay_as_they_are(read: Callable[[str], str], written: str) -> None:
    assert read(written) == written


@pytest.mark.parametrize(
    ("read", "written"),
    [
        (read_absolute, "news.example/a"),
        (read_absolute, "ftp://news.example/"),
        (read_absolute, "https://"),
        (read_absolute, "https://[bad"),
        (read_absolute, "https://a b/"),
        (read_neighbour_name, "ftp://news.example/"),
        (read_neighbour_address, "javascript:alert(1)"),
        (read_neighbour_address, "//evil.example/"),
        (read_image_address, "data:image/png;base64,AA"),
        (read_image_address, "//evil.example/x.png"),
        (read_image_address, "a\\b.jpg"),
        (read_template_name, "../x.html"),
        (read_template_name, "/x.html"),
        (read_template_name, "a/..html/../x.html"),
        (read_template_name, "x.txt"),
        (read_snapshot_path, "../x.json"),
        (read_snapshot_path, "/x.json"),
        (read_snapshot_path, "a//x.json"),
        (read_snapshot_path, "c:x.json"),
    ],
)
def test_unsound_addresses_are_refused(read: Callable[[str], str], written: str) -> None:
    with pytest.raises(PydanticCustomError):
        read(written)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("ana@news.example", True),
        (" ana.ruiz+x@mail.news.example ", True),
        ("mailto:ana@news.example", True),
        ("Ana Ruiz", False),
        ("@ana", False),
        ("ana@harbour", False),
        ("ana at news.example", False),
        ("I am ana@news.example", False),
        ("", False),
    ],
)
def test_mail_addresses(text: str, verdict: bool) -> None:
    assert is_mail_address(text) is verdict


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("/old", "/old"),
        ("/?p=123", "/?p=123"),
        ("/index.php?id=1&x=a b", "/index.php?id=1&x=a%20b"),
        ("/caf%C3%A9/?q=%C3%A9", "/café/?q=%C3%A9"),
        ('/?q="><', "/?q=%22%3E%3C"),
    ],
)
def test_old_addresses_may_have_a_query(written: str, address: str) -> None:
    assert read_old_address(written) == address


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("/old/?", "must not end with `?`"),
        ("/?p=1#comment-2", "must not have a fragment"),
        ("/old/#part", "must not have a query or a fragment"),
        ("//evil.example/?p=1", "must not contain `//`"),
        ("/\\evil?p=1", "must not contain a backslash"),
        ("?p=1", "must start with `/`"),
        ("https://news.example/?p=1", "must start with `/`"),
    ],
)
def test_what_is_no_old_address(written: str, message: str) -> None:
    with pytest.raises(PydanticCustomError, match=re.escape(message)):
        read_old_address(written)


@pytest.mark.parametrize(
    ("written", "target"),
    [
        ("/new/", "/new/"),
        ("/new/?page=2#part two", "/new/?page=2#part%20two"),
        ("/caf%C3%A9", "/café"),
        ("world/bridge.md", "world/bridge.md"),
        ("content/world/bridge.md", "world/bridge.md"),
        ("/world/bridge.md", "world/bridge.md"),
        ("https://archive.example/x?y#z", "https://archive.example/x?y#z"),
    ],
)
def test_where_an_old_address_may_lead(written: str, target: str) -> None:
    assert read_redirect_target(written) == target


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("//evil.example/", "must not contain `//`"),
        ("/\\evil.example/", "must not contain a backslash"),
        ("/%2fevil.example/", "must not contain `.`, `..` or their encoded forms as a part"),
        ("/%5cevil.example/", "must not contain `.`, `..` or their encoded forms as a part"),
        ("https://archive.example\\@evil.example/", "must not contain a backslash"),
        ("javascript:alert(1)", "must be an absolute http or https address"),
        ("ftp://archive.example/", "must be an absolute http or https address"),
        ("../../secret.md", "must not contain `.`, `..` or their encoded forms as a part"),
        ("new/", "must start with `/`"),
    ],
)
def test_where_no_old_address_may_lead(written: str, message: str) -> None:
    with pytest.raises(PydanticCustomError, match=re.escape(message)):
        read_redirect_target(written)
