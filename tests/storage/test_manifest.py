"""`manifest.sha256`: written as `sha256sum` writes it, and read with suspicion."""

import hashlib
import subprocess
from pathlib import Path

import pytest

from sitegen.model.digests import digest_bytes
from sitegen.model.names import OutPath
from sitegen.plan.out_paths import MANIFEST
from sitegen.storage.manifest import format_manifest, read_manifest, recall_manifest

A, B = "a" * 64, "b" * 64


def read(folder: Path, data: bytes) -> dict[OutPath, str] | None:
    (folder / "manifest.sha256").write_bytes(data)
    return read_manifest(folder)


def test_one_line_a_file_sorted_by_path(tmp_path: Path) -> None:
    entries = {OutPath("world/index.html"): A, OutPath("index.html"): B, OutPath("world.html"): A}
    data = format_manifest(entries)
    assert data.decode() == f"{B}  index.html\n{A}  world.html\n{A}  world/index.html\n"
    assert read(tmp_path, data) == entries


def test_sha256sum_can_check_it(tmp_path: Path) -> None:
    entries = {}
    for name in ("index.html", "tags/æther and more.html"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name)
        entries[OutPath(name)] = hashlib.sha256(name.encode()).hexdigest()
    (tmp_path / "manifest.sha256").write_bytes(format_manifest(entries))
    done = subprocess.run(
        ["sha256sum", "--strict", "-c", "manifest.sha256"], cwd=tmp_path, capture_output=True, text=True, timeout=10
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_one_that_is_known_is_read_without_a_doubt(tmp_path: Path) -> None:
    entries = {OutPath("index.html"): "0" * 64, OutPath("world/é\u2028.html"): "f" * 64}
    for known in ({}, entries):
        data = format_manifest(known)
        (tmp_path / MANIFEST).write_bytes(data)
        assert recall_manifest(tmp_path, digest_bytes(data)) == known
    assert recall_manifest(tmp_path, digest_bytes(b"another")) is None


def test_an_empty_site_has_an_empty_manifest(tmp_path: Path) -> None:
    assert read(tmp_path, format_manifest({})) == {}


def test_no_manifest_is_none(tmp_path: Path) -> None:
    assert read_manifest(tmp_path) is None
    assert read_manifest(tmp_path / "missing") is None
    (tmp_path / "manifest.sha256").mkdir()
    assert read_manifest(tmp_path) is None


@pytest.mark.parametrize(
    "data",
    [
        f"{A}  ../x\n",
        f"{A}  a/../../x\n",
        f"{A}  /etc/passwd\n",
        f"{A}  a\\b\n",
        f"{A}  .git/config\n",
        f"{A}  a//b\n",
        f"{A}  \n",
        f"{A} index.html\n",
        f"{A.upper()}  index.html\n",
        f"{A[:-1]}  index.html\n",
        f"{A}  index.html",
        f"{A}  index.html\n\n",
        f"{A}  index.html\r\n",
        "just a text\n",
    ],
)
def test_what_sitegen_cannot_have_written_is_no_manifest(tmp_path: Path, data: str) -> None:
    assert read(tmp_path, f"{B}  fine.html\n{data}".encode()) is None


@pytest.mark.parametrize("data", [b"\xff\xfe\n", f"{A}  caf".encode() + b"\xe9\n", b"\0" * 100])
def test_neither_are_bytes_that_are_no_text(tmp_path: Path, data: bytes) -> None:
    assert read(tmp_path, data) is None
