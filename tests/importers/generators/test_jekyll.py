"""Sites of Jekyll: posts, drafts, pages, collections and the files beside them."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from sitegen.app.importing import ImportReport, ImportTools, import_source
from sitegen.app.site import load_site
from sitegen.importers.generators.jekyll import read_documents
from sitegen.importers.records import ImportRequest
from sitegen.parse.front_matter import split_document
from tests.samples import CLOCK
from tests.sites import build, read_content, write_files, write_site

POST = "---\ntitle: One\n---\nText.\n"
SITE: Mapping[str, str | bytes] = {
    "_config.yml": "timezone: Europe/Amsterdam\nexclude: [notes]\ncollections:\n  recipes:\n    output: true\n",
    "_posts/2024-03-09-bridge-reopens.md": """\
---
layout: post
title: "Bridge: reopens"
categories: Local Transport
tags: harbour bridge
last_modified_at: 2024-03-10 08:00
excerpt: The first lorries.
image: {path: /assets/span.png}
redirect_from: /old/bridge/
---
See [the tide]({% post_url 2024-03-08-tide %}).

{% highlight ruby %}
puts 1
{% endhighlight %}
""",
    "science/_posts/2024-03-08-tide.markdown": (
        "---\ntitle: Tide\ndate: 2024-03-08 10:00\npermalink: /tide/\n---\nText.\n"
    ),
    "_posts/2024-03-07-hidden.md": "---\ntitle: Hidden\npublished: false\n---\nText.\n",
    "_drafts/later.md": "---\ntitle: Later\n---\nText.\n",
    "_recipes/eel.md": "---\ntitle: Eel\n---\nText.\n",
    "_layouts/post.html": "{{ content }}",
    "about.md": "---\ntitle: About us\n---\nWe.\n",
    "index.md": "---\nlayout: home\n---\n",
    "README.md": "# Not for readers\n",
    "map.html": "---\ntitle: Map\n---\n<p>Map</p>\n",
    "notes/a.md": POST,
    "assets/span.png": b"span",
    "Gemfile": "gem 'jekyll'",
}


def import_jekyll(root: Path, source: Path) -> ImportReport:
    site = load_site(root, None)
    request = ImportRequest(inputs=(str(source),), config=site.config, clock=CLOCK)
    return import_source(site, read_documents, request, ImportTools(), dry_run=False)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    write_files(tmp_path / "jekyll", SITE)
    return tmp_path / "jekyll"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_site(tmp_path / "site")


def read(root: Path, path: str) -> dict[str, object]:
    return dict(split_document((root / "content" / path).read_text(), path).values)


def test_a_post_keeps_what_it_says(root: Path, source: Path) -> None:
    report = import_jekyll(root, source)
    assert read(root, "local/2024-03-09-bridge-reopens.md") == {
        "title": "Bridge: reopens",
        "date": "2024-03-09 00:00:00+01:00",
        "updated": "2024-03-10 08:00:00+01:00",
        "tags": ["harbour", "bridge", "Transport"],
        "section": "Local",
        "description": "The first lorries.",
        "image": "/assets/span.png",
        "url": "/local/transport/2024/03/09/bridge-reopens.html",
        "aliases": ["/old/bridge/"],
        "extra": {"layout": "post"},
    }
    assert "({% post_url 2024-03-08-tide %})" in (root / "content/local/2024-03-09-bridge-reopens.md").read_text()
    assert dict(report.tally.unknown) == {"{% post_url %}": 1, "{% highlight %}": 1, "{% endhighlight %}": 1}
    assert read(root, "science/2024-03-08-tide.md")["url"] == "/tide/"


def test_pages_drafts_and_collections(root: Path, source: Path) -> None:
    report = import_jekyll(root, source)
    assert read(root, "pages/about.md") == {"title": "About us", "url": "/about.html"}
    assert read(root, "pages/recipes/eel.md")["title"] == "Eel"
    assert read(root, "later.md")["draft"] == "true"
    assert read(root, "2024-03-07-hidden.md")["draft"] == "true"
    assert report.written["drafts"] == 2


def test_every_file_is_accounted_for(root: Path, source: Path) -> None:
    report = import_jekyll(root, source)
    read_ = report.tally.read
    assert dict(report.tally.skipped) == {
        ".html text": 1,
        "Markdown without front matter": 1,
        "_layouts/": 1,
        "file of the site": 3,
        "front page": 1,
    }
    assert read_["files"] == sum(read_.values()) - read_["files"] + report.tally.skipped.total()
    assert (root / "static/assets/span.png").read_bytes() == b"span"


def test_the_site_builds_and_importing_again_changes_nothing(root: Path, source: Path) -> None:
    import_jekyll(root, source)
    before = read_content(root)
    assert import_jekyll(root, source).changed == ()
    assert read_content(root) == before
    build(root)
    assert (root / "output/local/transport/2024/03/09/bridge-reopens.html").is_file()


@pytest.mark.parametrize(
    ("permalink", "url"),
    [
        ("pretty", "/2024/03/09/one/"),
        ("none", "/one.html"),
        ("ordinal", "/2024/069/one.html"),
        ("/:year/:i_month/:short_month/:slug/", "/2024/3/Mar/one/"),
        ("/:nothing/:title/", None),
    ],
)
def test_addresses_follow_the_configuration(root: Path, tmp_path: Path, permalink: str, url: str | None) -> None:
    write_files(tmp_path / "a", {"_config.yml": f"permalink: {permalink}\n", "_posts/2024-03-09-one.md": POST})
    import_jekyll(root, tmp_path / "a")
    assert read(root, "2024-03-09-one.md").get("url") == url
