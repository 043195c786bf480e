"""A scan whose reading is watched."""

from collections.abc import Callable
from io import FileIO

import pytest


def watch_reading(monkeypatch: pytest.MonkeyPatch, act: Callable[[str], object]) -> None:
    """Call `act` with the path of each file before a scan reads it."""

    def read(path: str) -> FileIO:
        act(path)
        return FileIO(path)

    monkeypatch.setattr("sitegen.storage.scan.FileIO", read)
