"""The made-up newspaper: the same every time, and a sound site of sitegen."""

import json
from pathlib import Path

import pytest

from benchmarks.corpus import make_post, make_posts
from benchmarks.layouts import write_eleventy, write_hugo, write_pelican, write_sitegen
from tests.sites import call_sitegen, read_tree


def test_an_article_depends_on_its_number_alone() -> None:
    assert make_post(7) == tuple(make_posts(8))[7]
    assert len({post.slug for post in make_posts(200)}) == 200
    assert 6 < sum(len(post.remarks) for post in make_posts(200)) / 200 < 10


@pytest.mark.parametrize("theme", ["equal", "broadsheet"])
def test_it_builds_without_a_word_of_warning(tmp_path: Path, theme: str) -> None:
    write_sitegen(tmp_path, make_posts(30), theme=theme)
    done = call_sitegen("-C", tmp_path, "build", "--strict", "--clock", "2200-01-01T00:00:00Z")
    assert done.code == 0, done.err
    post = make_post(29)
    page = (tmp_path / "output" / post.section / post.slug / "index.html").read_text()
    assert page.count("<h2") >= 5
    assert (f"{len(post.remarks)} comments" in page) or theme == "broadsheet"
    assert (tmp_path / "output" / "comments.xml").exists() == (theme == "broadsheet")


def test_peers_get_the_same_articles(tmp_path: Path) -> None:
    for write in (write_hugo, write_eleventy, write_pelican):
        write(tmp_path / write.__name__, make_posts(3))
        files = read_tree(tmp_path / write.__name__)
        articles = [name for name in files if name.endswith(".md")]
        assert len(articles) == 3
        assert sum(json.dumps(make_post(1).remarks[0].text).encode() in data for data in files.values()) == 1
