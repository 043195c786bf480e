"""What an author waits for is measured until the sentence is served."""

from pathlib import Path

import pytest

from benchmarks.increments import Server, list_servers, measure_waits


def test_a_sentence_is_waited_for(tmp_path: Path) -> None:
    sitegen = next(server for server in list_servers(5, tmp_path) if server.name == "sitegen serve")
    waits = list(measure_waits(sitegen, tmp_path / "site", articles=5, runs=2))
    assert len(waits) == 2
    assert all(wait > 0 for wait in waits)


def test_a_server_that_ends_is_told(tmp_path: Path) -> None:
    broken = Server(name="none", write_site=lambda root: root.mkdir(), write_post=lambda *_: None, command=("false",))
    with pytest.raises(RuntimeError, match="does not serve"):
        next(measure_waits(broken, tmp_path / "site", articles=5, runs=1))
