"""The made-up newspaper as an export: the same every time, and read whole."""

from pathlib import Path

from benchmarks.wxr_export import write_export
from tests.importers.wordpress.wxr_exports import read_export


def test_it_is_read_whole(tmp_path: Path) -> None:
    articles = write_export(tmp_path / "a.xml", 100_000)
    write_export(tmp_path / "b.xml", 100_000)
    data = (tmp_path / "a.xml").read_bytes()
    assert data == (tmp_path / "b.xml").read_bytes()
    documents, tally = read_export(tmp_path, data)
    assert len(documents) == tally.read["articles"] == tally.read["media"] == articles > 5
    assert all(document.front_matter["image"] and document.thread for document in documents)
    assert tally.warnings == []
