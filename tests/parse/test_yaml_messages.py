"""Mistakes in YAML beside what is said about them; the text stands below a fence on line 1."""

import pytest

from sitegen.errors import ContentError, format_problem
from sitegen.parse.yaml_source import load_yaml

CASES = [
    (
        "title: Macron: no",
        "x.md:2:14: error[yaml]: a colon and a space inside a value",
        'quote it: title: "Macron: no"',
    ),
    (
        'title: He said: "no"',
        "x.md:2:15: error[yaml]: a colon and a space inside a value",
        'quote it: title: "He said: \\"no\\""',
    ),
    (
        "title: b\n sub: d",
        "x.md:3:5: error[yaml]: a key inside of the value above",
        "look for a missing colon above, or too much indentation",
    ),
    (
        "title: c\njust text",
        "x.md:3:1: error[yaml]: a line without `key: value`",
        'write one `key: value` a line, and quote values with special characters: key: "value"',
    ),
    (
        "\ttitle: x",
        "x.md:2:1: error[yaml]: a tab cannot stand at the start of a line",
        "indent with spaces: YAML does not read tabs",
    ),
    (
        "title: a\n\tb: c",
        "x.md:3:1: error[yaml]: a tab cannot stand at the start of a line",
        "indent with spaces: YAML does not read tabs",
    ),
    ("title: @home", "x.md:2:8: error[yaml]: a value cannot start with this character", 'quote it: title: "@home"'),
    (
        "title: *bold* x",
        "x.md:2:8: error[yaml]: a value that starts with `*` is an alias to YAML",
        'quote it: title: "*bold* x"',
    ),
    (
        "title: & Co",
        "x.md:2:8: error[yaml]: a value that starts with `&` is an anchor to YAML",
        'quote it: title: "& Co"',
    ),
    ("title: 50% off\n%x", "x.md:3:1: error[yaml]: a line cannot start with `%`", None),
    (
        "title: >quote",
        "x.md:2:8: error[yaml]: a value that starts with `>` or `|` is a block of text to YAML",
        'quote it: title: ">quote"',
    ),
    (
        "title: [Breaking] news",
        "x.md:2:19: error[yaml]: text that is neither a key nor belongs to the value before it",
        'quote it: title: "[Breaking] news"',
    ),
    (
        "title: 'Don't panic'",
        "x.md:2:13: error[yaml]: text that is neither a key nor belongs to the value before it",
        "inside '…' write '' for an apostrophe, and let nothing follow the closing quote",
    ),
    (
        'title: "abc',
        "x.md:2:8: error[yaml]: a quote is opened and never closed",
        'inside "…" write \\" for a quote and \\\\ for a backslash, and let nothing follow the closing quote',
    ),
    (
        'title: "abc\ndate: 2026-10-01\nalias: "/?p=1"',
        "x.md:2:8: error[yaml]: a quote is opened and never closed",
        'inside "…" write \\" for a quote and \\\\ for a backslash, and let nothing follow the closing quote',
    ),
    (
        "title: 'abc\ndate: 2026-10-01\nsummary: It's so",
        "x.md:2:8: error[yaml]: a quote is opened and never closed",
        "inside '…' write '' for an apostrophe, and let nothing follow the closing quote",
    ),
    (
        'title: "two\n  lines"\nsummary: "abc\ntags: [a, "b"]',
        "x.md:4:10: error[yaml]: a quote is opened and never closed",
        'inside "…" write \\" for a quote and \\\\ for a backslash, and let nothing follow the closing quote',
    ),
    (
        'title: "two\n  lines" more\ndate: 2026-10-01',
        "x.md:3:10: error[yaml]: text that is neither a key nor belongs to the value before it",
        'write one `key: value` a line, and quote values with special characters: key: "value"',
    ),
    (
        "tags: [a, b",
        "x.md:2:7: error[yaml]: a list that `[` opens is not closed, or text follows it",
        "close it with `]`, or quote the value if the bracket belongs to the text",
    ),
    ("title: - b", "x.md:2:8: error[yaml]: a list cannot start on the line of its key", 'quote it: title: "- b"'),
    (
        "a: b\n...\nc: d",
        "x.md:4:1: error[yaml]: text after the end of the YAML",
        "delete the lines `...` and `---` inside the front matter",
    ),
]


@pytest.mark.parametrize(("text", "head", "hint"), CASES, ids=[case[0] for case in CASES])
def test_mistakes_are_explained(text: str, head: str, hint: str | None) -> None:
    with pytest.raises(ContentError) as caught:
        load_yaml("\n" + text, "x.md", 1)
    problem = caught.value.problems[0]
    assert format_problem(problem, lambda _path, _line: None).split("\n")[0] == head
    assert hint is None or problem.hint == hint
