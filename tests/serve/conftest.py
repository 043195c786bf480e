"""A preview of a folder that was written by hand, on a real socket."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitegen.serve.preview import Preview
from sitegen.serve.server import PreviewServer
from tests.serve.folder import FILES
from tests.sites import write_files


@pytest.fixture
def preview(tmp_path: Path) -> Preview:
    """A folder with pages, and a secret beside it."""
    write_files(tmp_path / "site", FILES)
    write_files(tmp_path, {"secret.txt": "secret", "site-secrets/a.txt": "secret"})
    (tmp_path / "site/out.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "site/out").symlink_to(tmp_path / "site-secrets")
    (tmp_path / "site/loop").symlink_to("loop")
    os.mkfifo(tmp_path / "site/pipe")
    return Preview(folder=tmp_path / "site")


@pytest.fixture
def server(preview: Preview) -> Iterator[PreviewServer]:
    """A server that runs."""
    with PreviewServer(preview, [0]) as running:
        running.start()
        yield running
