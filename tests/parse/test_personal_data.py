"""What tells who a reader is, and what only looks like it."""

import json

import pytest

from sitegen.errors import ContentError
from sitegen.parse.comments import parse_snapshot
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


def write(**fields: object) -> str:
    comment = {"id": "wp-1", "published": None, "body": {"format": "text", "text": "Fine."}, **fields}
    return json.dumps({"schema": "sitegen.comments/1", "comments": [comment]})


@pytest.mark.parametrize(
    "fields",
    [
        {"author": {"name": "ada@mail.example"}},
        {"author": {"name": "Ada <ada@mail.example>"}},
        {"author": {"name": "192.0.2.7"}},
        {"author": {"name": HASH}},
        {"author": {"name": "Ada", "url": f"https://gravatar.com/{HASH}"}},
        {"author": {"name": "Ada", "url": "mailto:ada@mail.example"}},
        {"author": {"name": "Ada", "avatar": f"/avatars/{HASH}.png"}},
        {"author": {"name": "Ada", "avatar": "https://elsewhere.example/a.png"}},
        {"reply_to_name": "ada@mail.example"},
        {"edited": {"by": "ada@mail.example"}},
        {"edited": {"by": "Desk", "note": "asked for by ada@mail.example"}},
        {"body": {"format": "html", "text": f'<img src="https://secure.gravatar.com/avatar/{HASH}">'}},
        {"email": "ada@mail.example"},
        {"author": {"name": "Ada", "ip": "192.0.2.7"}},
    ],
)
def test_a_snapshot_with_personal_data_in_any_place_is_refused_without_showing_it(fields: dict[str, object]) -> None:
    with pytest.raises(ContentError) as caught:
        parse_snapshot(write(**fields), "a.comments.json")
    assert all(problem.private for problem in caught.value.problems)
    assert not any(word in str(caught.value) for word in ("ada@", "192.0", HASH))


def test_what_a_reader_wrote_in_the_open_stays() -> None:
    text = "Write to ada@mail.example, or look at 192.0.2.7."
    (comment,) = parse_snapshot(write(body={"format": "text", "text": text}), "a.comments.json").comments
    assert text in comment.body
