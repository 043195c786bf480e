"""Files that are copied as they are, and the sizes of the images among them."""

from pathlib import Path

import pytest

from sitegen.app import assets
from sitegen.app.assets import measure_assets
from sitegen.model.digests import digest_bytes
from sitegen.model.names import Digest
from sitegen.model.source import SourceFile
from sitegen.storage.state import open_state
from tests.sites import write_files

_SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"></svg>'
_FILES = {"static/a.svg": _SVG, "static/b.png": b"no picture", "static/c.txt": b"text", "static/d.png": _SVG}
_EXPECTED = {
    "static/a.svg": (30, 20),
    "static/b.png": (None, None),
    "static/c.txt": (None, None),
    "static/d.png": (None, None),  # the bytes of a.svg, but not what its name says
}


def measure(root: Path) -> dict[str, tuple[int | None, int | None]]:
    files = [
        SourceFile(path=path, size=len(data), mtime_ns=0, ctime_ns=0, digest=digest_bytes(data))
        for path, data in _FILES.items()
    ]
    with open_state(root / "state.sqlite") as state:
        facts, keys = measure_assets(files, root, Digest("engine"), state)
    assert keys.keys() == {"static/a.svg", "static/b.png", "static/d.png"}
    return {path: (fact.width, fact.height) for path, fact in facts.items()}


def test_pictures_have_their_size_and_other_files_none(tmp_path: Path) -> None:
    write_files(tmp_path, _FILES)
    assert measure(tmp_path) == _EXPECTED


def test_sizes_are_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> None:
        raise AssertionError(f"{path} was read again")

    write_files(tmp_path, _FILES)
    measure(tmp_path)
    monkeypatch.setattr(assets, "read_image_size", refuse)
    assert measure(tmp_path) == _EXPECTED
