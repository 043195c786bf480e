"""Exports in ZIP archives: what is read of them, and what is refused."""

import gzip
import io
import struct
import zipfile
from pathlib import Path

import pytest

from sitegen.errors import ContentError
from sitegen.importers.archives import read_parts


def pack(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def read(path: Path) -> dict[str, bytes]:
    steps: list[int] = []
    parts = {name: b"".join(chunks) for name, chunks in read_parts(str(path), steps.append)}
    assert sum(steps) <= path.stat().st_size
    return parts


def test_the_parts_of_an_archive_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    files = {"b.xml": b"two", "folder/a.XML": b"one", "__MACOSX/b.xml": b"\0", "read.me": b"no part"}
    path = pack(tmp_path / "a.zip", files)
    assert list(read(path).items()) == [(f"{path}/b.xml", b"two"), (f"{path}/folder/a.XML", b"one")]


def test_other_files_are_one_part(tmp_path: Path) -> None:
    (tmp_path / "a.gz").write_bytes(gzip.compress(b"text"))
    assert read(tmp_path / "a.gz") == {str(tmp_path / "a.gz"): b"text"}


def test_names_in_an_archive_are_only_shown(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {"../../../escape\x1b[2J.xml": b"text", "/etc/passwd.xml": b"text"})
    assert sorted(name.removeprefix(str(path)) for name in read(path)) == [
        "/../../../escape[2J.xml",
        "//etc/passwd.xml",
    ]
    assert sorted(tmp_path.iterdir()) == [path]


def inner_archive() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.xml", b"")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({"a.txt": b""}, "holds no XML file"),
        ({"a.xml": bytes(1 << 25)}, "200 times its size"),
        ({f"{number}.xml": bytes(1 << 20) for number in range(30)}, "200 times its size"),
        ({"a.xml": inner_archive()}, "an archive inside of an archive"),
        ({"a.xml": gzip.compress(b"text")}, "an archive inside of an archive"),
        ({f"{number}.xml": b"" for number in range(1001)}, "more than 1,000 files"),
    ],
)
def test_hostile_archives_are_refused(tmp_path: Path, members: dict[str, bytes], message: str) -> None:
    with pytest.raises(ContentError, match=message):
        read(pack(tmp_path / "a.zip", members))


def test_broken_archives_are_refused(tmp_path: Path) -> None:
    whole = pack(tmp_path / "a.zip", {"a.xml": b"text " * 1000}).read_bytes()
    (tmp_path / "cut.zip").write_bytes(whole[:-30])
    (tmp_path / "flipped.zip").write_bytes(whole[:45] + bytes([whole[45] ^ 255]) + whole[46:])
    for name in ("cut.zip", "flipped.zip"):
        with pytest.raises(ContentError, match="broken"):
            read(tmp_path / name)


def test_an_encrypted_archive_is_refused(tmp_path: Path) -> None:
    data = bytearray(pack(tmp_path / "a.zip", {"a.xml": b"text"}).read_bytes())
    directory = data.index(b"PK\x01\x02")
    struct.pack_into("<H", data, directory + 8, 1)
    (tmp_path / "a.zip").write_bytes(data)
    with pytest.raises(ContentError, match="is encrypted"):
        read(tmp_path / "a.zip")
