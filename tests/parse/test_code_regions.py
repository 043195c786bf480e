import pytest

from sitegen.parse.code_regions import blank_fences, find_code


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("a `b` c", ["`b`"]),
        ("a ``b ` c`` d", ["``b ` c``"]),
        ("a ` b\n\nc ` d", []),
        (r"a \`b` c`", ["` c`"]),
        ("a\n\n    b\n    c\n\nd", ["    b", "    c"]),
        ("a\n    b", []),
        ("- a\n\n    b", []),
        ("```python\na\n```\nb", ["```python\na\n```"]),
        ("~~~ {.x}\n```\n~~~", ["~~~ {.x}\n```\n~~~"]),
        ("```\na\n\nb", []),
        ("```\r\na\r\n```\r\nb", ["```\r\na\r\n```"]),
        ("``` not a language\na\n```", ["``` not a language\na\n```"]),
    ],
)
def test_code_is_found(source: str, code: list[str]) -> None:
    assert [source[start:end].rstrip() for start, end in find_code(source)] == code


def test_fences_are_blanked_in_place() -> None:
    source = "a `b`\n```\n[[[\n```\nc"
    assert blank_fences(source) == "a `b`\n   \n   \n   \nc"
    assert blank_fences("a\n```\nb") == "a\n```\nb"
