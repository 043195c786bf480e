"""Serialised data of PHP, as data alone."""

import pytest

from sitegen.importers.wordpress.php import PhpError, PhpValue, parse_php
from tests.patience import patience


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("N;", None),
        ("b:1;", True),
        ("i:-3;", -3),
        ("d:4.5;", 4.5),
        ('s:5:"a"b;c";', 'a"b;c'),
        ('s:6:"straße";', PhpError),
        ('s:7:"straße";', "straße"),
        ('a:2:{s:4:"like";i:3;s:7:"dislike";i:-1;}', {"like": 3, "dislike": -1}),
        ("a:1:{i:0;a:1:{i:0;N;}}", {0: {0: None}}),
        ("  i:7;\n", 7),
        ('s:4:"a\n\nb";', "a\n\nb"),
        ('s:6:"a\n\nb";', "a\r\n\r\nb"),
    ],
)
def test_values(text: str, value: PhpValue | type[PhpError]) -> None:
    if value is PhpError:
        with pytest.raises(PhpError):
            parse_php(text)
    else:
        assert parse_php(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "i:;",
        "i:1",
        "i:1;i:2;",
        'O:8:"stdClass":0:{}',
        'C:3:"Foo":2:{ab}',
        "a:1:{i:0;R:1;}",
        'E:7:"Foo:Bar";',
        's:99:"short";',
        's:-1:"";',
        "a:-1:{}",
        "a:2:{i:0;i:1;}",
        "a:1:{a:0:{}i:1;}",
        "a:1:{N;i:1;}",
        "d:four;",
        f"i:{'9' * 5000};",
        "a:99999999:{",
        "a:1:{i:0;" * 5_000 + "N;" + "}" * 5_000,
    ],
)
def test_whatever_else_there_is_is_refused(text: str) -> None:
    with pytest.raises(PhpError):
        parse_php(text)


def test_a_long_text_does_not_hang() -> None:
    with patience(), pytest.raises(PhpError):
        parse_php("a:9999:{" + "i:1;" * 200_000)
