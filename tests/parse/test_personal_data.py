"""What tells who a reader is, and what only looks like it."""

import pytest

from sitegen.parse.personal_data import describe_personal, holds_avatar, strip_personal

HASH = "0123456789abcdef" * 2


@pytest.mark.parametrize(
    ("name", "held", "left"),
    [
        ("ada@mail.example", "is an e-mail address", None),
        ("Ada <ada@mail.example>", "holds an e-mail address", "Ada"),
        ("Ada (mailto:ada@mail.example) Brook", "holds an e-mail address", "Ada Brook"),
        ("192.0.2.7", "is an IP address", None),
        ("[2001:db8::1]", "is an IP address", None),
        (HASH, "is a hash, as of an e-mail address", None),
        ("Ada Brook", None, "Ada Brook"),
        ("1900", None, "1900"),
        ("no", None, "no"),
        ("@ada", None, "@ada"),
        ("ada@home", None, "ada@home"),
        ("@ada@social.example", "holds an e-mail address", "@"),
        ("3.14", None, "3.14"),
        ("17:22", None, "17:22"),
    ],
)
def test_names(name: str, held: str | None, left: str | None) -> None:
    assert describe_personal(name) == held
    assert strip_personal(name) == left


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f'<img src="https://secure.gravatar.com/avatar/{HASH}?s=64">', True),
        (f"https://GRAVATAR.com/{HASH.upper()}", True),
        ("https://gravatar.com/", False),
        (f"https://other.example/avatar/{HASH}", False),
    ],
)
def test_addresses_of_gravatar(text: str, *, found: bool) -> None:
    assert holds_avatar(text) is found
