"""The same site and clock give the same bytes, wherever, however and on whatever machine it is built."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.sites import build, read_tree, run_sitegen, write_article, write_files, write_site, write_snapshot

_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645"
    "400000000049454e44ae426082"
)


def write_sample(folder: Path) -> Path:
    """A site with something of everything."""
    files: dict[str, str | bytes] = {
        f"content/{section}/article-{place:02}.md": write_article(
            f"Ärticle {place}",
            f"2026-10-{1 + place % 28:02} 1{place % 10}:30",
            body="Text, “quoted”.\n\n```python\nx = 1\n```\n\n| a | b |\n| --- | --- |\n| 1 | 2 |",
            tags="[Zürich, red, Blue]" if place % 2 else "[red]",
            authors="[Ada, Bob]",
            lang="nl" if place % 7 == 0 else "en",
        )
        for place, section in enumerate(["world", "sport", "wörld"] * 20)
    }
    files |= {
        "content/world/bridge/index.md": write_article("Bridge", "2026-10-20", body="![](map.png)", image="map.png"),
        "content/world/bridge/map.png": _PIXEL,
        "content/world/bridge/comments.json": write_snapshot("One.", "Two."),
        "content/pages/about.md": "---\ntitle: About\n---\n\nWe.\n",
        "static/files/report.txt": "report",
    }
    write_site(folder, files)
    theme = folder / "sitegen.toml"
    theme.write_text(theme.read_text().replace("tiny", "broadsheet") + 'timezone = "Europe/Amsterdam"\n')
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_sample(tmp_path_factory.mktemp("sample") / "site")


@pytest.fixture(scope="module")
def expected(site: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What one process makes of the site."""
    folder = tmp_path_factory.mktemp("expected")
    assert build(site, folder / "output", state_folder=folder / "memory").published
    return read_tree(folder / "output")


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "1", "TZ": "America/St_Johns", "LC_ALL": "C", "LANG": "C"},
        {"PYTHONHASHSEED": "2", "TZ": "Asia/Kathmandu", "LC_ALL": "tr_TR.UTF-8", "PYTHONUTF8": "0", "HOME": "/"},
    ],
    ids=lambda environment: environment["TZ"],
)
def test_surroundings_do_not_matter(
    site: Path, expected: dict[str, bytes], tmp_path: Path, environment: Mapping[str, str]
) -> None:
    """Seed of hashes, time zone, locale, encoding, current folder, place of the site, umask, number of processes."""
    elsewhere = tmp_path / "a folder with spaces" / "and ümlauts"
    shutil.copytree(site, elsewhere, ignore=shutil.ignore_patterns(".sitegen", "output"))
    before = os.umask(0o077)
    try:
        done = run_sitegen("-C", "../" + elsewhere.name, "build", "--jobs", "2", cwd=elsewhere, env=environment)
    finally:
        os.umask(before)
    assert done.returncode == 0, done.stderr
    assert read_tree(elsewhere / "output") == expected
    modes = {path.stat().st_mode & 0o777 for path in (elsewhere / "output").rglob("*")}
    assert modes == {0o644, 0o755}


def test_the_order_in_which_files_were_made_does_not_matter(
    site: Path, expected: dict[str, bytes], tmp_path: Path
) -> None:
    """A folder lists its files in an order of its own, which depends on how they came there."""
    files = {path: data for path, data in read_tree(site).items() if not path.startswith((".sitegen/", "output/"))}
    write_files(tmp_path / "backward", dict(reversed(files.items())))
    assert build(tmp_path / "backward").published
    assert read_tree(tmp_path / "backward/output") == expected


def test_no_page_tells_where_or_when_it_was_built(site: Path, expected: dict[str, bytes]) -> None:
    assert [path for path, data in expected.items() if str(site).encode() in data] == []
    later = build(site, site.parent / "later", state_folder=site.parent / "memory", jobs=2)
    assert later.published
    assert read_tree(site.parent / "later") == expected
