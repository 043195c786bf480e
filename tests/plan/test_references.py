"""What the words for a document mean."""

import pytest

from sitegen.model.names import ArticleId
from sitegen.plan.references import content_path, site_url


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("other.md", "world/asia/other.md"),
        ("../other.md", "world/other.md"),
        ("./x/../other.md", "world/asia/other.md"),
        ("/sport/other.md", "sport/other.md"),
        ("../../../../other.md", "../../other.md"),
    ],
)
def test_content_paths_are_relative_to_the_document_or_to_content(target: str, path: str) -> None:
    assert content_path(target, ArticleId("world/asia/origin.md")) == path


@pytest.mark.parametrize(
    ("reference", "url"),
    [
        ("/a/b", "/a/b/"),
        ("/a/b/?x=1#y", "/a/b/"),
        ("/a/b.html", "/a/b.html"),
        ("/%C3%BCber/50%25/", "/über/50%25/"),
        ("https://news.example/p/a/b", "/a/b/"),
        ("https://news.example/p/", "/"),
        ("https://news.example/other/a", None),
        ("http://news.example/p/a", "/a/"),
        ("//news.example/p/a", "/a/"),
        ("https://news.example.evil/p/a", None),
        ("ftp://news.example/p/a", None),
        ("mailto:desk@news.example", None),
        ("a/b", None),
        ("", None),
    ],
)
def test_addresses_of_this_site(reference: str, url: str | None) -> None:
    assert site_url(reference, "https://news.example/p/") == url
