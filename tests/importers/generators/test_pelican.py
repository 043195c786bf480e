"""Sites of Pelican: metadata lines, links in its own form, and settings that are never run."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from sitegen.app.importing import ImportReport, ImportTools, import_source
from sitegen.app.site import load_site
from sitegen.importers.generators.pelican import read_documents
from sitegen.importers.records import ImportRequest
from sitegen.parse.front_matter import split_document
from tests.samples import CLOCK
from tests.sites import build, read_content, write_files, write_site

SITE: Mapping[str, str | bytes] = {
    "pelicanconf.py": """\
import os
AUTHOR = "Anna de Wit"
TIMEZONE = "Europe/Amsterdam"
ARTICLE_URL = "{date:%Y}/{date:%m}/{slug}/"
STATIC_PATHS = ["images", "extra"]
SECRET = os.system("touch @was-run")
open("@was-run", "w")
""",
    "publishconf.py": "from pelicanconf import *",
    "content/local/bridge.md": """\
Title: Bridge: reopens
Date: 2024-03-09 07:30
Modified: 2024-03-10
Tags: harbour, transport
Slug: bridge-open
Authors: Anna de Wit; Tom Baker
Summary: The first lorries have
    crossed.
Mood: glad

![The span]({static}/images/span.png), [the tide]({filename}../science/tide.md#gauge) and [a list]({attach}list.pdf).
[Us]({filename}/pages/about.md), [the past]({filename}/../../etc/passwd), [all]({index}).
""",
    "content/local/list.pdf": b"list",
    "content/science/tide.md": "---\ntitle: Tide\ndate: 2024-03-08\ncategory: Nature\n---\n## Gauge\n",
    "content/draft.md": "Title: Later\nDate: 2024-03-01\nStatus: draft\nLang: nl\n\nText.\n",
    "content/skip.md": "Title: Never\nStatus: skip\n\nText.\n",
    "content/pages/about.md": "Title: About us\n\nWe.\n",
    "content/old.rst": "Old\n###\n",
    "content/images/span.png": b"span",
}


def import_pelican(root: Path, source: Path) -> ImportReport:
    site = load_site(root, None)
    request = ImportRequest(inputs=(str(source),), config=site.config, clock=CLOCK)
    return import_source(site, read_documents, request, ImportTools(), dry_run=False)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    write_files(tmp_path / "pelican", SITE)
    settings = tmp_path / "pelican/pelicanconf.py"
    settings.write_text(settings.read_text().replace("@", f"{tmp_path}/"))
    return tmp_path / "pelican"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_site(tmp_path / "site")


def read(root: Path, path: str) -> dict[str, object]:
    return dict(split_document((root / "content" / path).read_text(), path).values)


def test_metadata_lines_become_front_matter(root: Path, source: Path) -> None:
    import_pelican(root, source)
    assert read(root, "local/bridge.md") == {
        "title": "Bridge: reopens",
        "date": "2024-03-09 07:30:00+01:00",
        "updated": "2024-03-10 00:00:00+01:00",
        "tags": ["harbour", "transport"],
        "authors": ["Anna de Wit", "Tom Baker"],
        "description": "The first lorries have crossed.",
        "slug": "bridge-open",
        "url": "/2024/03/bridge-open/",
        "extra": {"mood": "glad"},
    }
    assert read(root, "nature/tide.md")["section"] == "Nature"
    assert read(root, "pages/about.md") == {"title": "About us", "url": "/pages/about-us.html"}
    assert read(root, "draft.md")["draft"] == "true"


def test_links_in_its_own_form_lead_to_what_is_meant(root: Path, source: Path) -> None:
    report = import_pelican(root, source)
    body = split_document((root / "content/local/bridge.md").read_text(), "bridge.md").body
    assert body.strip() == (
        "![The span](/images/span.png), [the tide](/nature/tide.md#gauge) and [a list](/local/list.pdf).\n"
        "[Us](/pages/about.md), [the past]({filename}/../../etc/passwd), [all]({index})."
    )
    assert dict(report.tally.unknown) == {"{filename}": 1, "{index}": 1}
    build(root)
    page = (root / "output/2024/03/bridge-open/index.html").read_text()
    assert re.search(r'href="[./]*/tide/#gauge"', page)


def test_settings_are_data(root: Path, source: Path, tmp_path: Path) -> None:
    report = import_pelican(root, source)
    assert not (tmp_path / "was-run").exists()
    assert [note.message for note in report.tally.warnings] == [
        "SECRET is computed, and is not known here",
        "`mood` is no key of sitegen: it stands under `extra` (1)",
    ]


@pytest.mark.parametrize("text", ["A = (", "A = " + "(" * 10_000, "A = " + "-" * 100_000 + "1", "\0"], ids=len)
def test_settings_that_cannot_be_read_are_told(root: Path, source: Path, text: str) -> None:
    (source / "pelicanconf.py").write_text(text)
    report = import_pelican(root, source)
    assert [note.message for note in report.tally.warnings][:1] == ["cannot be read: nothing is known of addresses"]
    assert "url" not in read(root, "local/bridge.md")


def test_every_file_is_accounted_for_and_a_second_import_changes_nothing(root: Path, source: Path) -> None:
    report = import_pelican(root, source)
    read_ = report.tally.read
    assert dict(report.tally.skipped) == {".rst text": 1, "file of the site": 2, "status: skip": 1}
    assert read_["files"] == sum(read_.values()) - read_["files"] + report.tally.skipped.total()
    before = read_content(root)
    assert import_pelican(root, source).changed == ()
    assert read_content(root) == before
