"""Files that somebody hands over."""

import gzip
from pathlib import Path

import pytest

from sitegen.errors import ContentError, UsageError
from sitegen.importers.inputs import Gauge, digest_inputs, read_text, read_whole


def read(path: Path) -> bytes:
    return read_whole(str(path), lambda _: None)


def test_gzip_is_undone_in_all_of_its_members(tmp_path: Path) -> None:
    (tmp_path / "a.gz").write_bytes(gzip.compress(b"one ") + gzip.compress(b"two"))
    (tmp_path / "plain").write_bytes(b"one two")
    assert read(tmp_path / "a.gz") == read(tmp_path / "plain") == b"one two"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (gzip.compress(b"text " * 50_000)[:-200], "ends in the middle"),
        (b"\x1f\x8b\x08\x00nonsense that is no gzip", "broken gzip"),
        (gzip.compress(bytes(1 << 25)), "200 times its size"),
    ],
)
def test_broken_and_hostile_gzip_files_are_refused(tmp_path: Path, data: bytes, message: str) -> None:
    (tmp_path / "a.gz").write_bytes(data)
    with pytest.raises(ContentError, match=message):
        read(tmp_path / "a.gz")


def test_a_file_may_not_grow_for_ever() -> None:
    gauge = Gauge("a.gz")
    gauge.packed = 1 << 32
    gauge.add(1 << 33)
    with pytest.raises(ContentError, match="more than 8 GB"):
        gauge.add(1)


def test_what_is_told_of_the_way_adds_up_to_the_file(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 200_000)
    steps: list[int] = []
    read_whole(str(tmp_path / "a"), steps.append)
    assert sum(steps) == 200_000


def test_text_is_utf8_and_the_line_of_other_bytes_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\xef\xbb\xbfone\ntwo \xff\n")
    with pytest.raises(ContentError) as caught:
        read_text(str(tmp_path / "a"), lambda _: None)
    span = caught.value.problems[0].span
    assert span
    assert span.line == 2


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a folder"):
        read(tmp_path)


def test_only_a_single_file_has_a_digest(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"")
    name = str(tmp_path / "a")
    assert digest_inputs((name,)) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert digest_inputs((name, name)) is None
