"""The same site in a folder of a host, and at another address than it was built for."""

import shutil
from pathlib import Path

import pytest

from sitegen.app.site import load_site
from sitegen.parse.config import override_base_url
from tests.site.links import BuiltSite, find_broken_links, find_unreachable, read_site
from tests.sites import build, read_tree

PREFIX = "https://example.org/some/prefix/"


@pytest.fixture(scope="module")
def output(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample site, built for a path prefix."""
    root = tmp_path_factory.mktemp("prefix") / "site"
    shutil.copytree(sample, root, ignore=shutil.ignore_patterns("output", ".sitegen"))
    config = override_base_url(load_site(root, None).config, PREFIX)
    build(root, config=config)
    return root / "output"


@pytest.fixture(scope="module")
def site(output: Path) -> BuiltSite:
    """It as a browser sees it."""
    return read_site(output, PREFIX)


def test_every_link_stays_in_the_folder(site: BuiltSite) -> None:
    assert find_broken_links(site) == []
    assert find_unreachable(site) == set()


def test_it_is_served_as_a_folder_of_a_bigger_site(output: Path, tmp_path: Path) -> None:
    shutil.copytree(output, tmp_path / "some/prefix")
    (tmp_path / "index.html").write_text('<!doctype html><title>x</title><a href="some/prefix/">', encoding="utf-8")
    assert find_broken_links(read_site(tmp_path, "https://example.org/")) == []


def test_pages_work_at_any_address_but_for_what_has_to_be_absolute(output: Path, sample_output: Path) -> None:
    """Browsers follow relative links only: the two builds differ in heads, feeds and the page for strays."""
    here, there = read_tree(sample_output), read_tree(output)
    assert here.keys() == there.keys()
    pages = [path for path in here if path.endswith(".html") and path != "404.html"]
    assert len(pages) > 20
    for path in pages:
        one, other = (tree[path].decode().partition("<body")[2] for tree in (here, there))
        assert one.replace("https://news.example/", PREFIX) == other, path
