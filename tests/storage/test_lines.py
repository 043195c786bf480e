"""Lines of files, as messages show them."""

from pathlib import Path

import pytest

from sitegen.storage.lines import LineReader


@pytest.mark.parametrize(
    "data",
    [b"one\ntwo\nthree", b"one\r\ntwo\r\nthree\r\n", b"one\rtwo\rthree", b"\xef\xbb\xbfone\ntwo\nthree\n"],
    ids=["unix", "windows", "old mac", "byte order mark"],
)
def test_lines_are_counted_from_one_whatever_ends_them(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.md").write_bytes(data)
    read_line = LineReader(tmp_path)
    assert [read_line("a.md", line) for line in (1, 2, 3)] == ["one", "two", "three"]


def test_what_cannot_be_had_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("one\n")
    (tmp_path / "folder").mkdir()
    read_line = LineReader(tmp_path)
    assert read_line("a.md", 0) is None
    assert read_line("a.md", 9) is None
    assert read_line("missing.md", 1) is None
    assert read_line("folder", 1) is None
    assert read_line("a.md", 1) == "one"


def test_bytes_that_are_no_text_are_marked(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"caf\xe9\n")
    assert LineReader(tmp_path)("a.md", 1) == "caf\N{REPLACEMENT CHARACTER}"


def test_other_line_separators_of_unicode_end_no_line(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("one\u2028still\x0cone\ntwo\n")
    assert LineReader(tmp_path)("a.md", 2) == "two"


def test_files_may_be_asked_for_in_turn(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_text(f"line of {name}\n")
    read_line = LineReader(tmp_path)
    assert [read_line(name, 1) for name in ("a", "b", "a")] == ["line of a", "line of b", "line of a"]
