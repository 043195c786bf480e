"""Threads that wait in little room come out as they went in."""

from pathlib import Path

import pytest

from sitegen.importers.packing import pack_thread, unpack_thread
from tests.importers.exports import read_capture


@pytest.mark.parametrize("platform", ["disqus", "isso", "remark42", "discussions", "mastodon"])
def test_what_is_packed_is_unpacked(tmp_path: Path, platform: str) -> None:
    thread = read_capture(platform, tmp_path)
    assert unpack_thread(pack_thread(thread)) == thread
