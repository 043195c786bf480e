"""Sites of Hugo: every file becomes something, or is counted."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from sitegen.app.importing import ImportReport, ImportTools, import_source
from sitegen.app.site import load_site
from sitegen.errors import UsageError
from sitegen.importers.generators.hugo import read_documents
from sitegen.importers.records import ImportRequest
from sitegen.model.values import replace
from sitegen.parse.front_matter import split_document
from tests.samples import CLOCK
from tests.sites import build, read_content, write_files, write_site

SITE: Mapping[str, str | bytes] = {
    "hugo.toml": """\
baseURL = "https://old.example/"
defaultContentLanguage = "en"
[permalinks]
news = "/:section/:year/:month/:slug/"
[languages.en]
[languages.nl]
""",
    "content/_index.md": "---\ntitle: Home\n---\n",
    "content/news/_index.md": "---\ntitle: The News\nweight: 2\n---\nAll of it.\n",
    "content/news/_index.nl.md": "---\ntitle: Het nieuws\n---\n",
    "content/news/bridge.md": """\
+++
title = "Bridge: reopens"
date = 2024-03-09T07:30:00+01:00
lastmod = 2024-03-10
slug = "bridge-open"
tags = ["Harbour"]
categories = ["Transport"]
images = ["img/span.png"]
aliases = ["/old/bridge/", "older"]
weight = 10
[params]
mood = "glad"
+++

See {{< figure src="/img/span.png" >}} and [that]({{< ref "tide.md" >}}), not `{{< this >}}`.
""",
    "content/news/bridge.nl.md": "---\ntitle: Brug open\ndate: 2024-03-09\n---\nTekst.\n",
    "content/news/tide/index.md": "---\ntitle: Tide\ndate: 2024-03-08 10:00:00 -0400\n---\n![A](gauge.png)\n",
    "content/news/tide/gauge.png": b"gauge",
    "content/news/tide/note.md": "A part.\n",
    "content/news/draft.md": "---\ntitle: Later\ndate: 2024-03-01\ndraft: true\n---\nText.\n",
    "content/news/soon.md": "---\ntitle: Soon\ndate: 2024-03-01\npublishDate: 2030-01-01\n---\nText.\n",
    "content/news/wrong.md": "---\ntitle: Wrong\ndate: March 9, 2024\n---\nText.\n",
    "content/news/broken.md": "---\ntitle: One\ntitle: Two\n---\nText.\n",
    "content/about.md": '{\n"title": "About us"\n}\nWe.\n',
    "content/news/old.org": "* Org\n",
    "static/img/span.png": b"span",
    "static/robots.txt": "User-agent: *\n",
    "layouts/index.html": "<p>{{ .Title }}</p>\n",
}


def import_hugo(root: Path, source: Path, **told: object) -> ImportReport:
    site = load_site(root, None)
    request = ImportRequest(inputs=(str(source),), config=site.config, clock=CLOCK)
    return import_source(site, read_documents, replace(request, **told), ImportTools(), dry_run=False)  # type: ignore[arg-type]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    write_files(tmp_path / "hugo", SITE)
    return tmp_path / "hugo"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_site(tmp_path / "site")


def read(root: Path, path: str) -> dict[str, object]:
    return dict(split_document((root / "content" / path).read_text(), path).values)


def test_front_matter_becomes_that_of_sitegen(root: Path, source: Path) -> None:
    import_hugo(root, source)
    assert read(root, "news/bridge.md") == {
        "title": "Bridge: reopens",
        "date": "2024-03-09 07:30:00+01:00",
        "updated": "2024-03-10",
        "tags": ["Harbour", "Transport"],
        "image": "/img/span.png",
        "slug": "bridge-open",
        "url": "/news/2024/03/bridge-open/",
        "aliases": ["/old/bridge/", "/older"],
        "extra": {"weight": "10", "params": {"mood": "glad"}},
    }
    assert (
        (root / "content/news/bridge.md")
        .read_text()
        .endswith('See {{< figure src="/img/span.png" >}} and [that]({{< ref "tide.md" >}}), not `{{< this >}}`.\n')
    )
    assert read(root, "news/_index.md") == {"title": "The News", "order": "2"}
    translation = read(root, "news/bridge-nl.md")
    assert (translation["lang"], translation["url"]) == ("nl", "/nl/news/2024/03/brug-open/")
    assert read(root, "pages/about.md") == {"title": "About us", "url": "/about/"}
    assert read(root, "news/tide/index.md")["url"] == "/news/2024/03/tide/"


def test_what_readers_could_not_see_stays_hidden(root: Path, source: Path) -> None:
    report = import_hugo(root, source)
    assert read(root, "news/draft.md")["draft"] == "true"
    assert read(root, "news/wrong.md")["draft"] == "true"
    assert read(root, "news/soon.md")["date"] == "2030-01-01"
    assert (report.written["drafts"], report.written["scheduled"]) == (2, 1)


def test_every_file_is_accounted_for(root: Path, source: Path) -> None:
    report = import_hugo(root, source)
    read_ = report.tally.read
    assert dict(report.tally.skipped) == {
        ".org text": 1,
        "_index.md in another language": 1,
        "_index.md that is no section's": 1,
        "file of the site": 1,
        "front matter that cannot be read": 1,
        "layouts/": 1,
        "page within a bundle": 1,
        "robots.txt, which sitegen writes itself": 1,
    }
    assert dict(read_) == {"files": 18, "articles": 6, "pages": 1, "sections": 1, "media": 2}
    assert read_["files"] == sum(read_.values()) - read_["files"] + report.tally.skipped.total()
    assert dict(report.tally.unknown) == {"{{< figure >}}": 1, "{{< ref >}}": 1}
    assert [(problem.code, Path(problem.file or "").name) for problem in report.tally.problems] == [
        ("yaml", "broken.md"),
        ("import", "wrong.md"),
    ]
    assert [note.message for note in report.tally.warnings] == [
        "`params` is no key of sitegen: it stands under `extra` (1)",
        "`weight` is no key of sitegen: it stands under `extra` (1)",
    ]


def test_files_come_along_and_the_site_builds(root: Path, source: Path) -> None:
    import_hugo(root, source)
    assert (root / "static/img/span.png").read_bytes() == b"span"
    assert (root / "content/news/tide/gauge.png").read_bytes() == b"gauge"
    before = read_content(root)
    assert import_hugo(root, source).changed == ()
    assert read_content(root) == before
    build(root)
    assert "{{&lt; figure src=" in (root / "output/news/2024/03/bridge-open/index.html").read_text()
    assert (root / "output/about/index.html").is_file()


def test_a_content_folder_alone_tells_no_addresses(root: Path, source: Path) -> None:
    import_hugo(root, source / "content")
    assert "url" not in read(root, "news/bridge.md")


def test_folders_of_years_are_no_sections(root: Path, tmp_path: Path) -> None:
    text = "---\ntitle: One\ndate: 2024-03-09\ncategories: [World]\n---\nText.\n"
    write_files(tmp_path / "content", {"2024/03/one.md": text})
    import_hugo(root, tmp_path / "content", section="News")
    assert read(root, "news/2024/03/one.md")["tags"] == ["World"]
    other = write_site(tmp_path / "other")
    import_hugo(other, tmp_path / "content")
    assert "tags" not in read(other, "world/one.md")


def test_nothing_is_run_followed_or_written_elsewhere(root: Path, source: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("---\ntitle: Secret\n---\n")
    (source / "content/news/link.md").symlink_to(tmp_path / "secret.md")
    (source / "static/link").symlink_to(tmp_path)
    (source / ".git").mkdir()
    (source / ".git/config").write_text("[user]")
    report = import_hugo(root, source)
    assert report.tally.skipped["link"] == 1
    assert not any(b"Secret" in data for data in read_content(root).values())


def test_what_is_no_folder_is_refused(root: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        import_hugo(root, tmp_path / "absent")
