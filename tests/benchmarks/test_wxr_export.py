"""The made-up newspaper as an export: the same every time, and read whole."""

import sys
from pathlib import Path

import pytest

from benchmarks.measuring import run_once
from benchmarks.wxr_export import write_export
from tests.importers.wordpress.wxr_exports import read_export
from tests.sites import write_site


def test_it_is_read_whole(tmp_path: Path) -> None:
    articles = write_export(tmp_path / "a.xml", 100_000)
    write_export(tmp_path / "b.xml", 100_000)
    data = (tmp_path / "a.xml").read_bytes()
    assert data == (tmp_path / "b.xml").read_bytes()
    documents, tally = read_export(tmp_path, data)
    assert len(documents) == tally.read["articles"] == tally.read["media"] == articles > 5
    assert all(document.front_matter["image"] and document.thread for document in documents)
    assert tally.warnings == []


@pytest.mark.slow
def test_memory_does_not_grow_with_an_export(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site")
    write_export(tmp_path / "a.xml", 120_000_000)
    command = [
        str(Path(sys.executable).with_name("sitegen")),
        "-q",
        "-C",
        str(site),
        "import",
        "wxr",
        str(tmp_path / "a.xml"),
    ]
    used = run_once(command, tmp_path, {}, weigh=True).memory
    assert used is not None
    assert used < 300
